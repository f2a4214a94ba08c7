#include "scene/views/lab/sheet.h"

#include <math.h>
#include <stdio.h>

#include "scene/figure/grid.h"
#include "scene/parts/blocks.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/views/lab/controls.h"
#include "scene/views/lab/cost.h"
#include "scene/views/lab/effect.h"
#include "scene/views/lab/lab.h"
#include "scene/views/lab/values.h"
#include "scene/widgets/label.h"

enum { BESIDE = 600 /* logical px from which on the cost stands beside the numbers */ };

static const float gap = 1.0F; /* em */

struct sheet {
    struct heed_lab lab;
    struct heed_blocks page;
    struct heed_map_grid grid;
};

/* lab's head as it was trained, or as it is here. */
static void add_map(struct sheet *sheet, struct heed_shown_map *shown,
                    struct heed_item_heatmap *map, bool is_trained)
{
    struct heed_list *list = sheet->lab.frame->list;
    heed_head_name(shown->id, shown->heading, sizeof(shown->heading));
    list->failed = !heed_lab_heatmap(&sheet->lab, is_trained, map) || list->failed;
}

/* Of every shown head two maps; false: there is none, or no token. */
static bool find_maps(struct sheet *sheet)
{
    struct heed_lab *lab = &sheet->lab;
    struct heed_map_grid *grid = &sheet->grid;
    struct heed_sheet *base = &grid->base;
    struct heed_arena *arena = &lab->frame->list->arena;
    if (!heed_sheet_begin(base, lab->frame)) {
        return false;
    }
    const int n_shown = lab->frame->state->n_shown;
    const size_t most = 2 * (size_t)n_shown + 1;
    struct heed_shown_map *shown = heed_arena_zeroed(arena, most, sizeof(*shown));
    struct heed_item_heatmap *maps = heed_arena_zeroed(arena, most, sizeof(*maps));
    int32_t *cells = heed_arena_zeroed(arena, most, sizeof(*cells));
    int n = 0;
    for (int i = 0; shown != NULL && maps != NULL && cells != NULL && i < n_shown; i++) {
        struct heed_shown_map head;
        if (heed_shown_head(lab->frame, &lab->frame->state->shown[i], &head)) {
            lab->head = head.id;
            shown[n] = shown[n + 1] = head;
            add_map(sheet, &shown[n], &maps[n], true);
            add_map(sheet, &shown[n + 1], &maps[n + 1], false);
            cells[n] = HEED_LAB_TRAINED;
            n += 2;
        }
    }
    base->shown = (struct heed_shown_maps){shown, n};
    base->labels[0] = "as trained";
    base->labels[1] = "in the lab";
    base->together = 2;
    grid->maps = maps;
    grid->cells = cells;
    grid->has_holes = true;
    grid->rows = (struct heed_map_names){lab->maps->units, lab->maps->n, "Query", base->query, 0};
    grid->columns = (struct heed_map_names){lab->maps->units, lab->maps->n, "Key", base->key, 0};
    grid->scale_title = "Weight";
    return n > 0 && !lab->frame->list->failed;
}

/* What of the maps needs a word; 0: nothing does. */
static float put_notes(const struct sheet *sheet, float y)
{
    const struct heed_lab *lab = &sheet->lab;
    const bool weights = heed_lab_shows_weights(lab), mask = lab->result->allowed != NULL;
    char text[128], forbidden[64] = "";
    if (mask) {
        snprintf(forbidden, sizeof(forbidden), "%s: what the mask forbids",
                 lab->frame->theme->for_print ? "struck out" : "grey");
    }
    snprintf(text, sizeof(text), "%s%s%s",
             weights ? "The heads\xE2\x80\x99 weights themselves" : "", weights && mask ? "; " : "",
             forbidden);
    return heed_blocks_text(&sheet->page, sheet->page.rect.x, y, sheet->page.rect.w,
                            lab->frame->theme->muted, text);
}

static float put_effect(struct sheet *sheet, float y)
{
    struct heed_map_grid *grid = &sheet->grid;
    const float notes = put_notes(sheet, y);
    heed_map_grid_place(grid, sheet->page.rect.w);
    sheet->lab.frame->is_meagre = grid->base.together == 0;
    if (sheet->page.draws) {
        heed_map_grid_draw(grid, sheet->page.rect.x, y + notes);
    }
    return notes + grid->height;
}

static float put_numbers(struct sheet *sheet, float y)
{
    struct heed_lab *lab = &sheet->lab;
    const struct heed_rect rect = sheet->page.rect;
    const float between = 2 * sheet->page.em, table = heed_lab_table_height(lab);
    const bool beside = rect.w >= BESIDE * lab->s;
    const float half = beside ? (rect.w - between) / 2 : rect.w;
    const float cost = heed_lab_cost_height(lab, half);
    lab->pad = 0;
    lab->columns = false;
    lab->cost = beside ? (struct heed_rect){rect.x + half + between, y, half, cost}
                       : (struct heed_rect){rect.x, y + table + gap * sheet->page.em, half, cost};
    if (sheet->page.draws) {
        heed_lab_draw_table(lab, rect.x, y, half);
        heed_lab_draw_cost(lab);
    }
    return beside ? fmaxf(table, cost) : table + gap * sheet->page.em + cost;
}

/* px from the top to the end; below 0: nothing is shown. */
static float put_sheet(struct sheet *sheet, struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_lab *lab = &sheet->lab;
    if (!heed_lab_begin(lab, frame) || !find_maps(sheet)) {
        return -1;
    }
    heed_blocks_begin(&sheet->page, &lab->skin, rect);
    const float em = sheet->page.em;
    lab->controls = sheet->page.rect;
    lab->pad = 0;
    frame->foot->tells_hidden = false;
    float y = rect.y + heed_lab_words(lab, sheet->page.draws);
    y += put_effect(sheet, y) + gap * em;
    y += put_numbers(sheet, y) + 0.3F * em;
    if (sheet->page.draws) {
        heed_foot_draw(frame, &lab->skin, sheet->page.rect.x,
                       y + heed_blocks_line(&sheet->page) / 2, sheet->page.rect.w);
    }
    return y + heed_foot_height(frame, &lab->skin, sheet->page.rect.w) + 0.2F * em - rect.y;
}

void heed_lab_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct sheet sheet = {.page.draws = true};
    if (put_sheet(&sheet, frame, rect) < 0) {
        heed_view_is_empty(frame, rect, frame->state->n_shown);
    }
}

float heed_lab_sheet_height(struct heed_frame *frame, float width)
{
    struct sheet sheet = {0};
    const float height = put_sheet(&sheet, frame, (struct heed_rect){0, 0, width, 0});
    return height >= 0 ? height : 120 * frame->scale;
}

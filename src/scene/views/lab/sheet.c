#include "scene/views/lab/sheet.h"

#include <math.h>
#include <stdio.h>

#include "scene/figure/grid.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/views/lab/controls.h"
#include "scene/views/lab/cost.h"
#include "scene/views/lab/effect.h"
#include "scene/views/lab/lab.h"
#include "scene/views/lab/values.h"
#include "scene/widgets/label.h"

enum { BESIDE = 600 /* logical px from which on the cost stands beside the numbers */ };

/* In em. */
static const float edge = 0.35F, gap = 1.0F, line_room = 1.4F;

/* Blocks from top to bottom; each is measured as it is drawn. */
struct sheet {
    struct heed_lab lab;
    struct heed_rect rect; /* within the edges */
    float em;
    bool draws; /* else only measures */
    struct heed_map_grid grid;
};

static void add_map(struct sheet *sheet, struct heed_shown_map *shown,
                    struct heed_item_heatmap *map, bool is_trained)
{
    const struct heed_lab *lab = &sheet->lab;
    const struct heed_state *state = lab->frame->state;
    const char *what = is_trained ? "as trained" : "in the lab";
    char name[24];
    heed_head_name(shown->id, name, sizeof(name));
    snprintf(shown->heading, sizeof(shown->heading), "%s %s", name, what);
    *map = (struct heed_item_heatmap){.values = {.id = heed_lab_map_id(lab, is_trained),
                                                 .data = heed_lab_map(lab, is_trained),
                                                 .n_slices = 1,
                                                 .n_rows = lab->maps->n,
                                                 .n_columns = lab->maps->n},
                                      .rows = lab->maps->n,
                                      .columns = lab->maps->n,
                                      .high = 1,
                                      .palette = *heed_palette_get(state->theme, state->palette)};
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
            lab->frame->list->failed |=
                maps[n].values.data == NULL || maps[n + 1].values.data == NULL;
            n += 2;
        }
    }
    base->shown = (struct heed_shown_maps){shown, n};
    base->label = "";
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
    struct heed_skin skin = lab->skin;
    const bool weights = heed_lab_shows_weights(lab), mask = lab->result->allowed != NULL;
    const float line = line_room * sheet->em;
    char text[128], forbidden[64] = "";
    if (mask) {
        snprintf(forbidden, sizeof(forbidden), "%s: what the mask forbids",
                 lab->frame->theme->for_print ? "struck out" : "grey");
    }
    snprintf(text, sizeof(text), "%s%s%s",
             weights ? "The heads\xE2\x80\x99 weights themselves" : "", weights && mask ? "; " : "",
             forbidden);
    skin.list = sheet->draws ? skin.list : NULL;
    return line * (float)heed_text_wrapped(&skin, sheet->rect.x, y + line / 2, line,
                                           heed_widget_style(&skin, 14, 400),
                                           lab->frame->theme->muted, text, sheet->rect.w, 4);
}

static float put_effect(struct sheet *sheet, float y)
{
    struct heed_map_grid *grid = &sheet->grid;
    const float notes = put_notes(sheet, y);
    heed_map_grid_place(grid, sheet->rect.w);
    if (sheet->draws) {
        heed_map_grid_draw(grid, sheet->rect.x, y + notes);
    }
    return notes + grid->height;
}

static float put_numbers(struct sheet *sheet, float y)
{
    struct heed_lab *lab = &sheet->lab;
    const struct heed_rect rect = sheet->rect;
    const float between = 2 * sheet->em, table = heed_lab_table_height(lab);
    const bool beside = rect.w >= BESIDE * lab->s;
    const float half = beside ? (rect.w - between) / 2 : rect.w;
    const float cost = heed_lab_cost_height(lab, half);
    lab->pad = 0;
    lab->columns = false;
    lab->cost = beside ? (struct heed_rect){rect.x + half + between, y, half, cost}
                       : (struct heed_rect){rect.x, y + table + gap * sheet->em, half, cost};
    if (sheet->draws) {
        heed_lab_draw_table(lab, rect.x, y, half);
        heed_lab_draw_cost(lab);
    }
    return beside ? fmaxf(table, cost) : table + gap * sheet->em + cost;
}

/* px from the top to the end; below 0: nothing is shown. */
static float put_sheet(struct sheet *sheet, struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_lab *lab = &sheet->lab;
    if (!heed_lab_begin(lab, frame) || !find_maps(sheet)) {
        return -1;
    }
    const float em = sheet->em = HEED_EXPORT_TYPE * lab->s;
    sheet->rect = (struct heed_rect){rect.x + edge * em, rect.y, rect.w - 2 * edge * em, 0};
    lab->controls = sheet->rect;
    lab->pad = 0;
    frame->foot->tells_hidden = false;
    float y = rect.y + heed_lab_words(lab, sheet->draws);
    y += put_effect(sheet, y) + gap * em;
    y += put_numbers(sheet, y) + 0.3F * em;
    if (sheet->draws) {
        heed_foot_draw(frame, &lab->skin, sheet->rect.x, y + line_room * em / 2, sheet->rect.w);
    }
    return y + heed_foot_height(frame, &lab->skin, sheet->rect.w) + 0.2F * em - rect.y;
}

void heed_lab_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct sheet sheet = {.draws = true};
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

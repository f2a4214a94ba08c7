#include "scene/views/compare/sheet.h"
#include "scene/frame/two_models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "scene/figure/grid.h"
#include "scene/parts/blocks.h"
#include "scene/parts/link_numbers.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/compare/arcs.h"
#include "scene/views/compare/heads.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/line.h"
#include "scene/views/compare/margins.h"
#include "scene/views/compare/ranking.h"
#include "scene/views/compare/values.h"
#include "scene/widgets/label.h"

enum { N_RANKED = 10 };

/* In em. */
static const float block_gap = 1.0F, letters = 1.7F;
static const float arcs_room = 8.5F;                   /* above and below the line ... */
static const float least_column = 3, most_column = 11; /* ... and beside a column, with stems */
static const float row_pitch = 1.45F;                  /* of a column's words */
static const float heads_width = 24, heads_pitch = 1.5F, heads_axis = 1.7F;

struct sheet {
    struct heed_compare compare;
    struct heed_blocks page;
    struct heed_map_grid grid;
    struct heed_compared_heads heads;
    struct heed_item_heatmap *maps;
    bool beside; /* the ranked heads stand at the map's right */
};

static float put_text(const struct sheet *sheet, float x, float y, float width, const char *text)
{
    return heed_blocks_text(&sheet->page, x, y, width, sheet->page.skin.theme->text, text);
}

/* --- the line of words, or the column --- */

static float put_heading(const struct sheet *sheet, float y)
{
    const struct heed_compare *compare = &sheet->compare;
    const struct heed_compared_pin *query = &compare->query;
    const bool is_query = query->places.count > 0;
    const struct heed_result *result = compare->frame->result;
    char a[HEED_MODEL_NAME_BYTES + 8], b[HEED_MODEL_NAME_BYTES + 8];
    char word[128] = "", sides[256], text[480];
    heed_name_side(result, false, a, sizeof(a));
    heed_name_side(result, true, b, sizeof(b));
    snprintf(sides, sizeof(sides), "%s %s, %s %s", a,
             compare->upright ? "at the left" : "above the line", b,
             compare->upright ? "at the right" : "below");
    if (heed_compare_is_pointed(compare)) {
        heed_compare_text(compare, is_query ? query : &compare->key, word, sizeof(word));
        snprintf(text, sizeof(text), "Attention %s \xE2\x80\x9C%s\xE2\x80\x9D: %s",
                 is_query ? "of" : "to", word, sides);
    } else {
        snprintf(text, sizeof(text), "%s", sides);
    }
    float height = put_text(sheet, sheet->page.rect.x, y, sheet->page.rect.w, text);
    const int lines = heed_heads_legend(
        &compare->skin, heed_shown_collect(compare->frame), sheet->page.rect.x,
        y + height + heed_blocks_line(&sheet->page) / 2, sheet->page.rect.w, sheet->page.draws);
    return height + (float)lines * 18 * compare->s;
}

static void draw_line(const struct heed_compare *compare)
{
    heed_compare_draw_arcs(compare);
    for (int i = 0; i < compare->n; i++) {
        heed_compare_draw_word(compare, i);
    }
}

/* Half the width of a column's words: those of one text stand at its side of the middle. */
static float half_column(const struct sheet *sheet)
{
    const struct heed_compare *compare = &sheet->compare;
    float half = 0;
    for (int i = 0; i < compare->n; i++) {
        const float width = compare->words[i].width;
        half = fmaxf(half, compare->places[i].same ? width / 2 : width + 8 * compare->s);
    }
    return half + 9 * compare->s;
}

static float put_column(struct sheet *sheet, float y)
{
    struct heed_compare *compare = &sheet->compare;
    const float em = sheet->page.em, pitch = roundf(row_pitch * em),
                top = heed_blocks_line(&sheet->page);
    const float middle = sheet->page.rect.x + sheet->page.rect.w / 2;
    compare->upright = true;
    compare->half = half_column(sheet);
    compare->up = fminf(sheet->page.rect.w / 2 - compare->half, most_column * em);
    if (compare->up < least_column * em) {
        heed_list_lack(compare->frame->list, "the arcs beside their words");
        compare->up = least_column * em;
    }
    compare->down = compare->up;
    compare->line_y = middle;
    compare->tags = 0;
    for (int i = 0; i < compare->n; i++) {
        compare->words[i].slot = pitch;
        compare->words[i].x = y + top + ((float)i + 0.5F) * pitch;
    }
    const float height = top + (float)compare->n * pitch;
    compare->upper = (struct heed_rect){sheet->page.rect.x, y, sheet->page.rect.w, height};
    if (sheet->page.draws) {
        const struct heed_color color = compare->frame->theme->muted;
        const float off = compare->half + 0.6F * compare->up,
                    cy = y + heed_blocks_line(&sheet->page) / 2;
        heed_widget_middle(&compare->skin, middle - off, cy, 12, 600, color, "A", 0);
        heed_widget_middle(&compare->skin, middle + off, cy, 12, 600, color, "B", 0);
        draw_line(compare);
    }
    return height;
}

/* The rise that arcs of this span like, within their room. */
static float put_line(struct sheet *sheet, float y, float need)
{
    struct heed_compare *compare = &sheet->compare;
    const float em = sheet->page.em, s = compare->s, pad = letters * em;
    const struct heed_rect rect = sheet->page.rect;
    compare->upper = rect;
    compare->tags = heed_compare_tags_height(compare);
    compare->half =
        roundf((heed_compare_is_stacked(compare) ? 1.45F : 0.9F) * compare->type + 4 * s);
    heed_compare_spread(compare, rect.x + pad, need, rect.w - pad);
    compare->up = compare->down = arcs_room * em + compare->tags;
    compare->upper.y = y;
    compare->upper.h = compare->up + compare->down + 2 * compare->half;
    compare->line_y = roundf(y + compare->up + compare->half);
    if (sheet->page.draws) {
        draw_line(compare);
        heed_compare_draw_letters(compare, rect.x, 12);
    }
    return compare->upper.h;
}

/* On one line if the words fit, else one below the other. */
static float put_words(struct sheet *sheet, float y)
{
    struct heed_compare *compare = &sheet->compare;
    const float need = heed_compare_measure(compare, sheet->page.em);
    compare->upright = need > sheet->page.rect.w - letters * sheet->page.em;
    const float head = put_heading(sheet, y);
    const float words =
        compare->upright ? put_column(sheet, y + head) : put_line(sheet, y + head, need);
    struct heed_compare legend = *compare;
    legend.skin.list = sheet->page.draws ? compare->skin.list : NULL;
    const float end = head + words + 0.3F * sheet->page.em;
    const bool any = heed_compare_legend(&legend, sheet->page.rect.x,
                                         y + end + heed_blocks_line(&sheet->page) / 2);
    return end + (any ? heed_blocks_line(&sheet->page) : 0);
}

/* --- what the arcs weigh, where that doesn't stand beside them --- */

static float put_side(const struct sheet *sheet, float y, bool b)
{
    const struct heed_compare *compare = &sheet->compare;
    struct heed_frame frame = b ? compare->frame_b : *compare->frame;
    const struct heed_range query = b ? compare->query.b : compare->query.a;
    const struct heed_range key = b ? compare->key.b : compare->key.a;
    const struct heed_link_numbers numbers = {.frame = &frame,
                                              .skin = &compare->skin,
                                              .maps = b ? compare->maps_b : compare->maps_a,
                                              .shown = heed_shown_collect(&frame),
                                              .query = query,
                                              .key = key,
                                              .lead = b ? "B: " : "A: "};
    char word[96], text[160];
    if (b && numbers.shown.n == 0 && heed_shown_collect(compare->frame).n > 0) {
        return put_text(sheet, sheet->page.rect.x, y, sheet->page.rect.w,
                        "B\xE2\x80\x99s model has none of the shown heads");
    }
    if (query.count + key.count > 0) {
        return (float)heed_link_numbers(&numbers, sheet->page.rect.x,
                                        y + HEED_NUMBERS_LINE * compare->s / 2, sheet->page.rect.w,
                                        sheet->page.draws) *
               HEED_NUMBERS_LINE * compare->s;
    }
    heed_compare_text(compare, compare->query.places.count > 0 ? &compare->query : &compare->key,
                      word, sizeof(word));
    snprintf(text, sizeof(text), "%s has no \xE2\x80\x9C%s\xE2\x80\x9D", b ? "B" : "A", word);
    return put_text(sheet, sheet->page.rect.x, y, sheet->page.rect.w, text);
}

/* "hidden: A L3H1 0.111, L5H11 0.152; B L3H1 0.342, L5H11 0.221" of the query, or of the
 * mean row; nothing where all is seen. */
static float put_hidden(const struct sheet *sheet, float y)
{
    const struct heed_compare *compare = &sheet->compare;
    struct heed_buffer text = {0};
    const bool of_query = compare->query.places.count > 0;
    char word[96] = "";
    if (of_query) {
        heed_compare_text(compare, &compare->query, word, sizeof(word));
    }
    heed_buffer_printf(&text, "Hidden tokens\xE2\x80\x99 share%s%s%s:",
                       of_query ? " of \xE2\x80\x9C" : ", mean of the rows", word,
                       of_query ? "\xE2\x80\x9D" : "");
    for (int b = 0; b < 2; b++) {
        const struct heed_frame frame = b ? compare->frame_b : *compare->frame;
        const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
        const struct heed_shown_maps shown = heed_shown_collect(&frame);
        const struct heed_range query = b ? compare->query.b : compare->query.a;
        const struct heed_range rows =
            query.count > 0 ? query : (struct heed_range){maps->rows.first, maps->rows.count};
        for (int i = 0; i < shown.n; i++) {
            char number[32];
            heed_format_number(number, sizeof(number),
                               (double)heed_map_hidden(shown.items[i].hidden, rows), 3);
            heed_buffer_printf(&text, "%s %s\xC2\xA0%s",
                               i > 0 ? ","
                               : b   ? "; B"
                                     : " A",
                               shown.items[i].name, number);
        }
    }
    const bool hides = compare->maps_a->n < compare->maps_a->n_all;
    char *copy = hides ? heed_arena_copy(&compare->frame->list->arena, text.data, text.size) : NULL;
    compare->frame->list->failed |= text.failed || (hides && copy == NULL);
    heed_buffer_finish(&text);
    return copy != NULL ? put_text(sheet, sheet->page.rect.x, y, sheet->page.rect.w, copy) : 0;
}

static float put_numbers(const struct sheet *sheet, float y)
{
    const struct heed_compare *compare = &sheet->compare;
    float height = 0;
    if (heed_compare_is_pointed(compare) && compare->tags == 0) {
        height += put_side(sheet, y, false);
        height += put_side(sheet, y + height, true);
    }
    height += put_hidden(sheet, y + height);
    return height + heed_compare_margins(compare, &sheet->page, y + height);
}

/* --- the maps, and the heads that change most --- */

static struct heed_map_names names_of(const struct heed_compare_values *values, bool rows)
{
    struct heed_list *list = values->compare->frame->list;
    const int n = rows ? values->rows : values->columns;
    const bool layers = values->kind == HEED_COMPARE_LAYERS;
    struct heed_unit *units = heed_arena_zeroed(&list->arena, (size_t)n + 1, sizeof(*units));
    struct heed_map_names names = {.units = units, .title = layers ? "" : rows ? "Query" : "Key"};
    for (int i = 0; units != NULL && i < n; i++) {
        char text[192];
        heed_compare_name(values, i, rows, text, sizeof(text));
        units[i].label = heed_arena_copy(&list->arena, text, strlen(text));
        units[i].first = -1; /* of no candidate: their marks stand on the line */
        names.n += units[i].label != NULL;
    }
    list->failed = list->failed || names.n < n;
    if (layers) { /* a word's column */
        names.pinned = rows ? (struct heed_range){0, n}
                            : heed_compare_find_range(values, &values->compare->query, false);
    } else {
        names.pinned = heed_compare_find_range(
            values, rows ? &values->compare->query : &values->compare->key, rows);
    }
    return names;
}

static struct heed_item_heatmap heatmap_of(const struct heed_compare_values *values)
{
    return (struct heed_item_heatmap){.values = {.id = values->id,
                                                 .data = values->values,
                                                 .n_slices = 1,
                                                 .n_rows = values->all_rows,
                                                 .n_columns = values->all_columns},
                                      .row = values->first_row,
                                      .column = values->first_column,
                                      .rows = values->rows,
                                      .columns = values->columns,
                                      .low = values->low,
                                      .high = values->high,
                                      .palette = *values->palette};
}

static const char *label_of(enum heed_compare_map kind)
{
    switch (kind) {
    case HEED_COMPARE_A:
        return "A";
    case HEED_COMPARE_B:
        return "B";
    case HEED_COMPARE_LAYERS:
        return "cosine of A and B";
    default: /* the scale says it */
        return "";
    }
}

/* The shown heads that B's model has, too; the foot says which it hasn't. False: none. */
static bool keep_partners(const struct heed_compare *compare, struct heed_shown_maps *shown)
{
    struct heed_list *list = compare->frame->list;
    struct heed_shown_map *kept =
        heed_arena_zeroed(&list->arena, (size_t)shown->n + 1, sizeof(*kept));
    int n = 0;
    list->failed |= kept == NULL;
    for (int i = 0; kept != NULL && i < shown->n; i++) {
        if (shown->items == NULL || shown->items[i].id.layer < 0 ||
            heed_maps_have(compare->maps_b, shown->items[i].id)) {
            kept[n++] = shown->items[i];
        }
    }
    *shown = (struct heed_shown_maps){kept, n};
    return n > 0;
}

/* One map of hidden states, or one of each shown head, all of one scale. */
static bool find_maps(struct sheet *sheet)
{
    struct heed_compare *compare = &sheet->compare;
    struct heed_map_grid *grid = &sheet->grid;
    const enum heed_compare_map kind = compare->frame->state->compare_map;
    static const struct heed_shown_map states = {.id = {-1, -1}, .heading = "Hidden states"};
    struct heed_compare_values values = {.compare = compare, .kind = kind};
    float high = 0;
    if (!heed_sheet_begin(&grid->base, compare->frame)) {
        return false;
    }
    if (kind == HEED_COMPARE_LAYERS) {
        grid->base.shown = (struct heed_shown_maps){&states, 1};
    }
    if (kind != HEED_COMPARE_A && !keep_partners(compare, &grid->base.shown)) {
        return false;
    }
    const int n = grid->base.shown.n;
    sheet->maps = heed_arena_zeroed(&compare->frame->list->arena, (size_t)n, sizeof(*sheet->maps));
    int32_t *cells = heed_arena_zeroed(&compare->frame->list->arena, (size_t)n, sizeof(*cells));
    compare->frame->list->failed |= sheet->maps == NULL || cells == NULL;
    for (int i = 0; !compare->frame->list->failed && i < n; i++) {
        values.head = grid->base.shown.items[i];
        if (!heed_compare_find_values(&values)) {
            return false;
        }
        sheet->maps[i] = heatmap_of(&values);
        cells[i] = 1 + (int32_t)kind;
        high = fmaxf(high, values.high);
    }
    for (int i = 0; !compare->frame->list->failed && i < n; i++) {
        sheet->maps[i].low = values.low < 0 ? -high : 0;
        sheet->maps[i].high = high;
    }
    grid->maps = sheet->maps;
    grid->cells = cells;
    grid->base.label = label_of(kind);
    grid->rows = names_of(&values, true);
    grid->columns = names_of(&values, false);
    grid->has_cosines = kind == HEED_COMPARE_LAYERS;
    grid->scale_title = grid->has_cosines                 ? "Cosine"
                        : kind == HEED_COMPARE_DIFFERENCE ? "B \xE2\x88\x92 A"
                                                          : "Weight";
    return !compare->frame->list->failed;
}

/* The first of them, and those that are shown. */
static void rank(struct sheet *sheet)
{
    const struct heed_compare *compare = &sheet->compare;
    const int all = heed_count_partners(compare->frame->result);
    struct heed_compared_head *items = heed_compare_ranked(compare->frame, &sheet->heads.is_link);
    int n = 0;
    for (int i = 0; items != NULL && i < all; i++) {
        if (i < N_RANKED || heed_state_shows(compare->frame->state, items[i].id, NULL)) {
            items[n++] = items[i];
        }
    }
    sheet->heads.items = items;
    sheet->heads.n = n;
}

static float put_heads(const struct sheet *sheet, struct heed_rect rect)
{
    const struct heed_compare *compare = &sheet->compare;
    const struct heed_compared_heads *heads = &sheet->heads;
    const int all = heed_count_partners(compare->frame->result);
    const int first = all < N_RANKED ? all : N_RANKED;
    char by[256], text[400];
    heed_compare_explain_heads(compare, heads->is_link, by, sizeof(by));
    snprintf(
        text, sizeof(text), "%s%d of %d heads%s%s, %s%s", first < all ? "The first " : "", first,
        all, all < compare->maps_a->n_layers * compare->maps_a->n_heads ? " that both have" : "",
        heads->n > first ? " and those shown" : "", by, heads->is_link ? "; A filled, B open" : "");
    const float title = put_text(sheet, rect.x, rect.y, rect.w, text);
    const float top = title + heads_axis * sheet->page.em, pitch = heads_pitch * sheet->page.em;
    if (sheet->page.draws) {
        heed_compare_draw_ranking(compare, heads,
                                  (struct heed_rect){rect.x, rect.y + top, rect.w, 0}, pitch);
    }
    return top + (float)heads->n * pitch;
}

static bool is_without_partner(const struct heed_compare *compare)
{
    return compare->frame->state->compare_map != HEED_COMPARE_LAYERS &&
           heed_shown_collect(&compare->frame_b).n == 0;
}

/* Beside one another if that costs the map no size, else one below the other. */
static float put_maps(struct sheet *sheet, float y, bool has_maps)
{
    struct heed_map_grid *grid = &sheet->grid;
    struct heed_rect rect = sheet->page.rect;
    const float gap = 2 * sheet->page.em, heads = heads_width * sheet->page.em;
    float height = 0, right = rect.w - heads - gap;
    rect.y = y;
    if (has_maps) {
        const bool beside = right > 0 && heed_map_grid_place(grid, right) &&
                            grid->fashion.slanted && heed_sheet_lines(&grid->base) == 1;
        if (!beside) {
            heed_map_grid_place(grid, rect.w);
            right = 0;
        }
        height = grid->height;
        if (sheet->page.draws) {
            heed_map_grid_draw(grid, rect.x, y);
        }
    } else {
        height = put_text(sheet, rect.x, y, rect.w,
                          is_without_partner(&sheet->compare)
                              ? "B\xE2\x80\x99s model has none of the shown heads"
                              : heed_compare_no_states(&sheet->compare));
        right = 0;
    }
    if (right > 0) {
        rect.x += right + gap;
        rect.w -= right + gap;
        return fmaxf(height, put_heads(sheet, rect));
    }
    rect.y += height + block_gap * sheet->page.em;
    return height + block_gap * sheet->page.em + put_heads(sheet, rect);
}

/* --- all of it --- */

/* Links are counted before anything is drawn: the provisos depend on it. */
static void count_links(struct sheet *sheet)
{
    struct heed_compare *compare = &sheet->compare;
    if (heed_compare_is_pointed(compare)) {
        return;
    }
    for (int below = 0; below < 2; below++) {
        struct heed_frame of = below ? compare->frame_b : *compare->frame;
        const struct heed_maps *maps = below ? compare->maps_b : compare->maps_a;
        const struct heed_link_request request = {.frame = &of,
                                                  .maps = maps,
                                                  .shown = heed_shown_collect(&of),
                                                  .last = maps->n,
                                                  .limit = heed_compare_limit(&of)};
        if (request.shown.n > 0 && maps->n > 0) {
            const struct heed_chosen_links links = heed_link_choose(&request);
            heed_compare_report(compare->frame, &links);
        }
    }
}

/* px from the top to the end; below 0: there is nothing to compare. */
static float put_sheet(struct sheet *sheet, struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_compare *compare = &sheet->compare;
    if (!heed_compare_begin(compare, frame)) {
        return -1;
    }
    heed_blocks_begin(&sheet->page, &compare->skin, rect);
    const float em = sheet->page.em;
    count_links(sheet);
    rank(sheet);
    float y = rect.y + 0.2F * em;
    y += put_words(sheet, y);
    y += put_numbers(sheet, y) + block_gap * em;
    y += put_maps(sheet, y, find_maps(sheet)) + 0.6F * em;
    frame->foot->tells_hidden = false;
    if (sheet->page.draws) {
        heed_foot_draw(frame, &compare->skin, sheet->page.rect.x,
                       y + heed_blocks_line(&sheet->page) / 2, sheet->page.rect.w);
    }
    return y + heed_foot_height(frame, &compare->skin, sheet->page.rect.w) + 0.2F * em - rect.y;
}

bool heed_compare_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct sheet sheet = {.page.draws = true};
    return put_sheet(&sheet, frame, rect) >= 0;
}

float heed_compare_sheet_height(struct heed_frame *frame, float width)
{
    struct sheet sheet = {0};
    const float height = put_sheet(&sheet, frame, (struct heed_rect){0, 0, width, 0});
    return height >= 0 ? height : 120 * frame->scale;
}

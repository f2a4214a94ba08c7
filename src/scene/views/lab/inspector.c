#include "scene/views/lab/inspector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/analysis/link_measures.h"
#include "scene/frame/off_values.h"
#include "scene/frame/scores.h"
#include "scene/inspector/inspector.h"
#include "scene/views/lab/lab.h"
#include "scene/views/lab/values.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

enum { MOST_ROWS = 8, MOST_HEADS = 3, ROW = 28 };

/* One key's weight in both runs. */
struct row {
    int unit;
    float trained, lab;
};

/* A head's rows, and the sum of the keys that have none. */
struct rows {
    struct row items[MOST_ROWS + 1];
    int n;
    float trained, lab;
};

static float larger(const struct row *row)
{
    return fmaxf(row->trained, row->lab);
}

/* The keys that have most of the query's weight in either. */
static void find_rows(const struct heed_lab *lab, struct heed_head_id id,
                      struct heed_token_range query, struct rows *rows)
{
    *rows = (struct rows){0};
    for (int i = 0; i < lab->maps->n; i++) {
        const struct heed_token_range key = heed_unit_tokens(lab->maps, (struct heed_range){i, 1});
        const struct row row = {i,
                                heed_run_link_weight(lab->trained, id.layer, id.head, query, key),
                                heed_run_link_weight(lab->lab, id.layer, id.head, query, key)};
        int at = rows->n;
        while (at > 0 && larger(&rows->items[at - 1]) < larger(&row)) {
            at--;
        }
        memmove(&rows->items[at + 1], &rows->items[at], (size_t)(rows->n - at) * sizeof(row));
        rows->items[at] = row;
        if (rows->n < MOST_ROWS) {
            rows->n++;
        } else {
            rows->trained += rows->items[MOST_ROWS].trained;
            rows->lab += rows->items[MOST_ROWS].lab;
        }
    }
}

/* The columns' right ends: trained, lab. */
static float end_of(const struct heed_column *column, bool is_lab)
{
    return column->x + column->width - (is_lab ? 0 : 56) * column->s;
}

static void draw_numbers(const struct heed_column *column, float trained, float lab, bool strong)
{
    const struct heed_skin *skin = column->skin;
    const float cy = column->y + ROW * column->s / 2;
    heed_widget_number(skin, end_of(column, false), cy, 14, 400, skin->theme->muted,
                       (double)trained, 3);
    heed_widget_number(skin, end_of(column, true), cy, 14, strong ? 600 : 500, skin->theme->text,
                       (double)lab, 3);
}

/* Of the full scale: trained above, lab below. */
static void draw_bars(const struct heed_column *column, const struct row *row,
                      struct heed_color color)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, x = column->x + 96 * s;
    const float width = end_of(column, false) - 48 * s - x;
    const float values[] = {row->trained, row->lab};
    const struct heed_color colors[] = {skin->theme->faint, color};
    for (int i = 0; i < 2; i++) {
        const struct heed_rect bar = {x, roundf(column->y + (i == 0 ? 6 : 15) * s), width, 7 * s};
        heed_widget_bar(skin, bar, bar.w * fminf(fmaxf(values[i], 0), 1), colors[i]);
    }
}

/* Why a weight is 0 by a person's hand. */
static const char *reason(const struct heed_lab *lab, struct heed_head_id id,
                          struct heed_token_range query, struct heed_token_range key)
{
    const struct heed_result *result = lab->result;
    if (heed_cuts_have(result->cuts, result->n_cuts, id.layer, id.head, query.first, key.first)) {
        return "cut";
    }
    return heed_mask_forbids(result, query, key) ? "masked" : NULL;
}

static void draw_row(struct heed_column *column, const struct heed_lab *lab,
                     const struct heed_shown_map *map, const struct row *row,
                     struct heed_token_range query)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + ROW * s / 2;
    const struct heed_unit *unit = &lab->maps->units[row->unit];
    const struct heed_token_range key = {unit->first, unit->count};
    const bool pinned =
        heed_range_has(heed_pin_units(lab->maps, lab->frame->state->key), row->unit);
    const char *why = reason(lab, map->id, query, key);
    const struct heed_text_style small = heed_widget_style(skin, 12, 400);
    const float note = why != NULL ? heed_widget_width(skin, small, why) + 6 * s : 0;
    const float used =
        heed_token_draw(skin, column->x, cy, heed_widget_style(skin, 15, pinned ? 600 : 400),
                        HEED_ANCHOR_START, skin->theme->text, unit, 88 * s - note);
    if (why != NULL) {
        heed_widget_text(skin, column->x + used + 6 * s, cy, small, HEED_ANCHOR_START,
                         skin->theme->muted, why, 0);
    }
    draw_bars(column, row, map->color);
    draw_numbers(column, row->trained, row->lab, pinned);
    column->y += ROW * s;
}

static void draw_head_line(struct heed_column *column, const struct heed_shown_map *map)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 16 * s;
    heed_chip_draw(skin, column->x, cy, 14, map->color, map->dashed);
    heed_widget_left(skin, column->x + 22 * s, cy, 15, 600, skin->theme->text, map->name, 0);
    heed_term_right(skin, end_of(column, false), cy, 13, 400, skin->theme->muted, "trained", 0);
    heed_term_right(skin, end_of(column, true), cy, 13, 400, skin->theme->muted, "lab", 0);
    column->y += 32 * s;
}

static void draw_head(struct heed_column *column, const struct heed_lab *lab,
                      const struct heed_shown_map *map, struct heed_token_range query)
{
    struct rows rows;
    find_rows(lab, map->id, query, &rows);
    draw_head_line(column, map);
    for (int i = 0; i < rows.n; i++) {
        draw_row(column, lab, map, &rows.items[i], query);
    }
    const int others = lab->maps->n - rows.n;
    if (others > 0) {
        char text[40];
        snprintf(text, sizeof(text), "%d other%s", others, others == 1 ? "" : "s");
        heed_widget_left(column->skin, column->x, column->y + ROW * column->s / 2, 14, 400,
                         column->skin->theme->muted, text, 0);
        draw_numbers(column, rows.trained, rows.lab, false);
        column->y += ROW * column->s;
    }
    column->y += 8 * column->s;
}

bool heed_lab_inspect(struct heed_column *column)
{
    struct heed_lab lab;
    struct heed_frame *frame = column->frame;
    if (!heed_lab_begin(&lab, frame) || heed_frame_query(frame).count == 0) {
        return false;
    }
    const struct heed_range units = heed_frame_query(frame);
    const struct heed_token_range query = heed_unit_tokens(lab.maps, units);
    const struct heed_state *state = frame->state;
    char text[128];
    const struct heed_unit unit = heed_inspector_unit(lab.maps, units, text, sizeof(text));
    heed_inspector_token_header(column, &unit, false, "trained and lab");
    column->y += 4 * column->s;
    int n = 0;
    for (int i = 0; i < state->n_shown && n < MOST_HEADS; i++) {
        struct heed_shown_map map;
        if (heed_shown_head(frame, &state->shown[i], &map)) {
            draw_head(column, &lab, &map, query);
            n++;
        }
    }
    if (state->n_shown > n) {
        snprintf(text, sizeof(text), "The first %d of %d shown heads", n, state->n_shown);
        heed_widget_left(column->skin, column->x, column->y + 12 * column->s, 13, 400,
                         column->skin->theme->muted, text, column->width);
        column->y += 28 * column->s;
    }
    return true;
}

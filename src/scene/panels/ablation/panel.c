#include "scene/panels/ablation/panel.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"

#include "draw/hit.h"
#include "scene/frame/ablation_values.h"
#include "scene/frame/shown.h"
#include "scene/frame/tasks.h"
#include "scene/panels/ablation/words.h"
#include "scene/parts/panel_figure.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"
#include "state/interventions.h"

enum {
    ROW = 28,
    HEAD = 46,
    RANK = 34,
    NAME = 76,
    NUMBER = 92,
    EXPORT_NUMBER = 66,
    PLACE = 58,
    MUTE = 64,
    LEAST_BAR = 72, /* logical px */
    EXPORT_ROW = 18,
    EXPORT_ROWS = 12
};

/* The columns of numbers, in their order. */
static const struct {
    const char *title;
    int decimals;
} columns[HEED_N_ABLATION_BY] = {
    [HEED_ABLATION_BY_LARGEST] = {"Largest", 3},
    [HEED_ABLATION_BY_MEAN] = {"Mean |\xCE\x94|", 4},
    [HEED_ABLATION_BY_TOKEN] = {"Token", 4},
    [HEED_ABLATION_BY_SENTENCE] = {"Sentence", 4},
};

/* A table that is being drawn. */
struct table {
    struct heed_frame *frame;
    struct heed_skin skin;
    const struct heed_ablation_work *work;
    bool current;
    enum heed_ablation_by by;
    float s, x, width;              /* px, inside the padding */
    float ends[HEED_N_ABLATION_BY]; /* right ends of the columns; 0: left out */
    float place_end;                /* of "in L4H4"; 0: left out */
    float bar_x, bar_w;
    float high;
};

struct ranked {
    const struct heed_ablation_row *row;
    float size;
};

static float row_height(const struct table *table)
{
    return (table->frame->is_export ? EXPORT_ROW : ROW) * table->s;
}

/* An export has the largest only. */
static int n_rows(const struct table *table)
{
    const int all = table->work->table.n;
    return table->frame->is_export && all > EXPORT_ROWS ? EXPORT_ROWS : all;
}

static bool has(const struct table *table, enum heed_ablation_by by)
{
    return heed_ablation_by_of(&table->work->table, by) == by;
}

/* An export that leaves out a column has too little room. */
static void note_missing(const struct table *table, enum heed_ablation_by by)
{
    if (table->frame->is_export && has(table, by)) {
        heed_list_lack(table->frame->list, "the column %s", columns[by].title);
    }
}

static float number_width(const struct table *table)
{
    return (table->frame->is_export ? EXPORT_NUMBER : NUMBER) * table->s;
}

/* What there is room for, from the right; the chosen column always. */
static void place_columns(struct table *table)
{
    const float s = table->s;
    float end = table->x + table->width;
    float room = table->width - (RANK + NAME + LEAST_BAR) * s;
    if (!table->frame->is_export) {
        end -= MUTE * s;
        room -= (MUTE + NUMBER) * s;
    }
    for (int i = HEED_N_ABLATION_BY - 1; i >= 0; i--) {
        const enum heed_ablation_by by = (enum heed_ablation_by)i;
        const float width = number_width(table) + (by == HEED_ABLATION_BY_LARGEST ? PLACE : 0) * s;
        table->ends[i] = 0;
        if (!has(table, by) || (by != table->by && room < width)) {
            note_missing(table, by);
            continue;
        }
        if (by == HEED_ABLATION_BY_LARGEST) {
            table->place_end = end;
            end -= PLACE * s;
        }
        table->ends[i] = end;
        end -= number_width(table);
        room -= width;
    }
    table->bar_x = table->x + (RANK + NAME) * s;
    table->bar_w = fmaxf(end + 8 * s - table->bar_x, 24 * s);
}

static int compare_sizes(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->size != y->size) {
        return x->size < y->size ? 1 : -1;
    }
    return x->row->head.layer != y->row->head.layer ? x->row->head.layer - y->row->head.layer
                                                    : x->row->head.head - y->row->head.head;
}

/* All rows, the largest first; NULL without memory. */
static struct ranked *rank(const struct table *table)
{
    const struct heed_ablation_table *of = &table->work->table;
    struct ranked *ranked =
        heed_arena_alloc(&table->frame->list->arena, (size_t)of->n * sizeof(*ranked));
    if (ranked == NULL) {
        table->frame->list->failed = true;
        return NULL;
    }
    for (int i = 0; i < of->n; i++) {
        ranked[i].row = &of->rows[i];
        ranked[i].size = fabsf(heed_ablation_value(&of->rows[i], table->by));
    }
    heed_sort(ranked, (size_t)of->n, sizeof(*ranked), compare_sizes);
    return ranked;
}

static void format(char *text, size_t size, float value, enum heed_ablation_by by)
{
    char number[32];
    heed_format_number(number, sizeof(number), (double)value, columns[by].decimals);
    const bool plus = by == HEED_ABLATION_BY_LARGEST && value > 0;
    snprintf(text, size, "%s%s", plus ? "+" : "", number);
}

/* --- the head of the table --- */

static void draw_axis(const struct table *table, float cy)
{
    const bool both = table->by == HEED_ABLATION_BY_LARGEST;
    const struct heed_color muted = table->skin.theme->muted;
    const struct heed_text_style small = heed_widget_style(&table->skin, 12, 400);
    char low[40] = "0", high[40];
    format(high, sizeof(high), table->high, table->by);
    if (both) {
        format(low, sizeof(low), -table->high, table->by);
    }
    const float used = heed_widget_width(&table->skin, small, low);
    if (both && 2 * used + 8 * table->s > table->bar_w) {
        char ends[48]; /* both in one */
        snprintf(ends, sizeof(ends), "\xC2\xB1%s", high + 1);
        heed_widget_text(&table->skin, table->bar_x + table->bar_w / 2, cy, small,
                         HEED_ANCHOR_MIDDLE, muted, ends, 0);
        return;
    }
    heed_widget_text(&table->skin, table->bar_x, cy, small, HEED_ANCHOR_START, muted, low, 0);
    heed_widget_text(&table->skin, table->bar_x + table->bar_w, cy, small, HEED_ANCHOR_END, muted,
                     high, 0);
    if (both && 2 * used + 24 * table->s < table->bar_w) {
        heed_widget_text(&table->skin, table->bar_x + table->bar_w / 2, cy, small,
                         HEED_ANCHOR_MIDDLE, muted, "0", 0);
    }
}

static void draw_column_head(const struct table *table, enum heed_ablation_by by, float cy)
{
    const struct heed_skin *skin = &table->skin;
    const float s = table->s, end = table->ends[by];
    const bool chosen = by == table->by;
    const struct heed_target target = heed_command_target(HEED_COMMAND_ABLATION_BY, (int)by);
    const bool hot = heed_target_equal(skin->hot, target);
    const struct heed_rect spot = {end - (NUMBER - 8) * s, cy - 14 * s, (NUMBER - 4) * s, 28 * s};
    skin->list->target = target;
    if (hot) {
        heed_list_fill(skin->list, spot, 6 * s, skin->theme->hover);
    }
    const float width = heed_widget_right(skin, end, cy, 13, chosen ? 600 : 400,
                                          chosen || hot ? skin->theme->text : skin->theme->muted,
                                          columns[by].title, 0);
    if (chosen) {
        heed_list_fill(skin->list,
                       (struct heed_rect){end - width, roundf(cy + 10 * s), width, 2 * s}, 0,
                       skin->theme->ink);
    }
    heed_list_hotspot(skin->list, spot);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, spot, target, 0, 6 * s);
}

/* Of the columns that belong together: what is measured. */
static void draw_groups(const struct table *table, float cy)
{
    const struct heed_skin *skin = &table->skin;
    const float s = table->s;
    const float link = fmaxf(table->ends[HEED_ABLATION_BY_MEAN], table->place_end);
    const float moved =
        fmaxf(table->ends[HEED_ABLATION_BY_TOKEN], table->ends[HEED_ABLATION_BY_SENTENCE]);
    if (link > 0) {
        const float largest = table->ends[HEED_ABLATION_BY_LARGEST];
        const float from = (largest > 0 ? largest : link) - 56 * s;
        heed_widget_middle(skin, (from + link) / 2, cy, 12, 400, skin->theme->muted,
                           "weight in later heads", 0);
    }
    if (moved > 0) {
        const float token = table->ends[HEED_ABLATION_BY_TOKEN];
        const float from = (token > 0 ? token : moved) - 56 * s;
        heed_widget_middle(skin, (from + moved) / 2, cy, 12, 400, skin->theme->muted,
                           "1 \xE2\x88\x92 cosine", 0);
    }
}

static void draw_head(const struct table *table, float y)
{
    const struct heed_skin *skin = &table->skin;
    const float s = table->s, cy = y + 31 * s;
    heed_list_fill(skin->list,
                   (struct heed_rect){table->x - 8 * s, roundf(y + (HEAD - 1) * s),
                                      table->width + 16 * s, skin->hairline},
                   0, skin->theme->border);
    heed_term_left(skin, table->x + RANK * s, cy, 13, 400, skin->theme->muted, "Head", 0);
    draw_groups(table, y + 11 * s);
    draw_axis(table, cy);
    for (int i = 0; i < HEED_N_ABLATION_BY; i++) {
        if (table->ends[i] > 0) {
            draw_column_head(table, (enum heed_ablation_by)i, cy);
        }
    }
}

/* --- a row --- */

static void draw_bar(const struct table *table, float value, float cy)
{
    const struct heed_theme *theme = table->skin.theme;
    const float s = table->s, h = 12 * s, top = roundf(cy - h / 2);
    const bool both = table->by == HEED_ABLATION_BY_LARGEST;
    const struct heed_palette *palette = heed_palette_get(
        table->frame->state->theme, both ? HEED_PALETTE_DIFFERENCE : table->frame->state->palette);
    struct heed_color color =
        heed_palette_color(palette, both ? (value < 0 ? 1 / 8.0F : 7 / 8.0F) : 0.6F);
    if (!table->current) {
        color = theme->strong_border;
    }
    const float zero = table->bar_x + (both ? table->bar_w / 2 : 0);
    const float length = fabsf(value) / table->high * (both ? table->bar_w / 2 : table->bar_w);
    heed_list_fill(table->skin.list, (struct heed_rect){table->bar_x, top, table->bar_w, h}, 2 * s,
                   theme->sunken);
    heed_list_fill(table->skin.list,
                   (struct heed_rect){value < 0 ? zero - length : zero, top, length, h},
                   fminf(2 * s, length / 2), color);
    if (both) {
        heed_list_fill(
            table->skin.list,
            (struct heed_rect){roundf(zero), top - 2 * s, table->skin.hairline, h + 4 * s}, 0,
            theme->strong_border);
    }
}

static void draw_numbers(const struct table *table, const struct heed_ablation_row *row, float cy)
{
    const struct heed_theme *theme = table->skin.theme;
    const struct heed_color plain = table->current ? theme->text : theme->faint;
    for (int i = 0; i < HEED_N_ABLATION_BY; i++) {
        const enum heed_ablation_by by = (enum heed_ablation_by)i;
        char text[40] = "\xE2\x80\x93"; /* the last layer has no later one */
        if (table->ends[i] <= 0) {
            continue;
        }
        if (by >= HEED_ABLATION_BY_TOKEN || row->head.change_layer >= 0) {
            format(text, sizeof(text), heed_ablation_value(row, by), by);
        }
        heed_widget_right(&table->skin, table->ends[i], cy, 14, by == table->by ? 600 : 400, plain,
                          text, 0);
    }
    if (table->place_end > 0 && row->head.change_layer >= 0) {
        char place[24];
        snprintf(place, sizeof(place), "L%dH%d", row->head.change_layer, row->head.change_head);
        heed_widget_right(&table->skin, table->place_end, cy, 13, 400,
                          table->current ? theme->muted : theme->faint, place, 0);
    }
}

/* Mutes the head for all that is shown, or switches it on again. */
static void draw_mute(const struct table *table, struct heed_head_id id, float cy)
{
    const struct heed_skin *skin = &table->skin;
    const float s = table->s;
    const struct heed_target target =
        heed_command_target(HEED_COMMAND_MUTE, heed_head_argument(id));
    const bool muted = heed_state_mutes(table->frame->state, id);
    const bool hot = heed_target_equal(skin->hot, target);
    const struct heed_rect spot = {table->x + table->width - (MUTE - 10) * s, roundf(cy - 12 * s),
                                   (MUTE - 10) * s, 24 * s};
    skin->list->target = target;
    if (muted || hot) {
        heed_list_fill(skin->list, spot, 6 * s, muted ? skin->theme->ink : skin->theme->sunken);
    }
    heed_widget_middle(skin, spot.x + spot.w / 2, cy, 13, 400,
                       muted ? skin->theme->on_ink
                       : hot ? skin->theme->text
                             : skin->theme->muted,
                       muted ? "Muted" : "Mute", 0);
    heed_list_hotspot(skin->list, spot);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, spot, target, 0, 6 * s);
}

static void draw_name(const struct table *table, struct heed_head_id id, int rank, float cy)
{
    const struct heed_theme *theme = table->skin.theme;
    const float s = table->s;
    char text[24];
    int index = 0;
    const bool shown = heed_state_shows(table->frame->state, id, &index);
    snprintf(text, sizeof(text), "%d", rank);
    heed_widget_right(&table->skin, table->x + (RANK - 12) * s, cy, 12, 400, theme->muted, text, 0);
    float x = table->x + RANK * s;
    if (shown) {
        const int slot = table->frame->state->shown[index].color;
        heed_chip_of(&table->skin, x, cy, 11, slot);
        x += 17 * s;
    }
    heed_head_name(id, text, sizeof(text));
    heed_widget_left(&table->skin, x, cy, 14, shown ? 600 : 400, theme->text, text, 0);
}

static void draw_row(const struct table *table, const struct heed_ablation_row *row, int rank,
                     float y)
{
    const struct heed_skin *skin = &table->skin;
    const float s = table->s, height = row_height(table), cy = y + height / 2;
    const struct heed_head_id id = {(int16_t)row->head.layer, (int16_t)row->head.head};
    const struct heed_target target = {.kind = HEED_TARGET_HEAD, .a = id.layer, .b = id.head};
    const struct heed_rect spot = {table->x - 8 * s, y, table->width + 16 * s, height};
    skin->list->target = target;
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, spot, 6 * s, skin->theme->hover);
    }
    heed_list_hotspot(skin->list, spot);
    draw_name(table, id, rank, cy);
    draw_bar(table, heed_ablation_value(row, table->by), cy);
    draw_numbers(table, row, cy);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, spot, target, 4 * s, 4 * s);
    if (!table->frame->is_export) {
        draw_mute(table, id, cy);
    }
}

/* --- what is said about it --- */

static float draw_note(const struct table *table, float y, bool draw)
{
    char text[900];
    struct heed_skin skin = table->skin;
    const float line = (table->frame->is_export ? 15 : 18) * table->s;
    const int all = table->work->table.n;
    if (!draw) {
        skin.list = NULL;
    }
    heed_ablation_note_text(table->frame, table->work, all - n_rows(table), text, sizeof(text));
    return line * (float)heed_text_wrapped(&skin, table->x, y, line,
                                           heed_widget_style(&table->skin, 13, 400),
                                           table->skin.theme->muted, text, table->width, 20);
}

/* What the numbers are of, when it isn't what is shown. Returns the height. */
static float draw_stale(const struct table *table, float y)
{
    const float s = table->s;
    char text[512];
    if (table->current) {
        return 0;
    }
    heed_ablation_stale_text(table->frame, table->work, text, sizeof(text));
    const struct heed_rect box = {table->x - 8 * s, roundf(y), table->width + 16 * s, 36 * s};
    heed_widget_note(&table->skin, box);
    heed_widget_left(&table->skin, box.x + 12 * s, box.y + box.h / 2, 14, 500,
                     table->skin.theme->text, text, box.w - 24 * s);
    return box.h + 4 * s;
}

static bool open_table(struct table *table, struct heed_frame *frame, const struct heed_skin *skin,
                       struct heed_rect rect)
{
    bool current = false;
    const struct heed_ablation_work *work = heed_ablation_find(frame, &current);
    if (work == NULL) {
        return false;
    }
    *table = (struct table){
        .frame = frame, .skin = *skin, .work = work, .current = current, .s = skin->scale};
    table->skin.scale = table->s;
    const float pad = (frame->is_export ? 4 : 28) * table->s;
    table->by = heed_ablation_by_of(&work->table, frame->state->ablation_by);
    table->x = rect.x + pad;
    table->width = rect.w - 2 * pad;
    for (int i = 0; i < work->table.n; i++) {
        const float value = heed_ablation_value(&work->table.rows[i], table->by);
        table->high = fmaxf(table->high, fabsf(value));
    }
    table->high = table->high > 0 ? table->high : 1;
    place_columns(table);
    return true;
}

/* The window's skin, or an export's, whose type is of the size asked for. */
static struct heed_skin skin_of(const struct heed_frame *frame, const struct heed_skin *skin)
{
    struct heed_skin made = *skin;
    heed_frame_fit_skin(frame, &made, HEED_EXPORT_BASE);
    return made;
}

/* The rows from y on, and what is said about them; returns the lower end. */
static float draw_rows(struct table *table, float y)
{
    const struct ranked *ranked = rank(table);
    const float s = table->s;
    y += 4 * s;
    for (int i = 0; ranked != NULL && i < n_rows(table); i++) {
        draw_row(table, ranked[i].row, i + 1, y);
        y += row_height(table);
    }
    y += (table->frame->is_export ? 14 : 20) * s;
    return y + draw_note(table, y, true) + (table->frame->is_export ? 0 : 12) * s;
}

static void draw_on_screen(struct table *table, struct heed_rect rect, float top)
{
    struct heed_frame *frame = table->frame;
    const float y = top + HEAD * table->s;
    draw_head(table, top);
    frame->fixed_top = y - rect.y;
    heed_list_clip(frame->list, (struct heed_rect){rect.x, y, rect.w, rect.y + rect.h - y});
    const float end = draw_rows(table, y - frame->scroll_y);
    heed_list_unclip(frame->list);
    frame->content_height = end + frame->scroll_y - rect.y;
}

void heed_ablation_draw(struct heed_frame *frame, const struct heed_skin *skin,
                        struct heed_rect rect)
{
    struct table table;
    struct heed_panel_header header;
    char text[320];
    const struct heed_skin own = skin_of(frame, skin);
    rect.w -= frame->covered;
    const bool open = open_table(&table, frame, &own, rect);
    heed_ablation_fill_header(frame, open, open && table.current, &header, text, sizeof(text));
    struct heed_rect body = heed_panel_draw_header(frame, &own, rect, &header);
    if (!open) {
        char what[320], cost[96];
        const float pad = 28 * own.scale;
        heed_ablation_start_text(frame, what, sizeof(what));
        heed_ablation_cost(frame, cost, sizeof(cost));
        heed_panel_draw_start(
            frame, &own,
            (struct heed_rect){rect.x + pad, body.y + 8 * own.scale, rect.w - 2 * pad, body.h},
            &header, what, cost);
        return;
    }
    body.y += draw_stale(&table, body.y);
    if (frame->is_export) {
        body.y += heed_panel_draw_map(frame, &own, table.x, body.y, table.width);
        draw_head(&table, body.y);
        draw_rows(&table, body.y + HEAD * table.s);
    } else {
        draw_on_screen(&table, rect, body.y);
    }
}

float heed_ablation_height(struct heed_frame *frame, float width)
{
    struct table table;
    struct heed_panel_header header;
    char text[320];
    const struct heed_skin plain = heed_frame_get_skin(frame);
    const struct heed_skin skin = skin_of(frame, &plain);
    const float s = skin.scale;
    if (!open_table(&table, frame, &skin, (struct heed_rect){.w = width})) {
        return 160 * s;
    }
    heed_ablation_fill_header(frame, true, table.current, &header, text, sizeof(text));
    return heed_panel_header_height(frame, &skin, &header, width) + (table.current ? 0 : 40 * s) +
           heed_panel_map_height(frame, &skin, table.width) + (HEAD + 4 + 14) * s +
           (float)n_rows(&table) * row_height(&table) + draw_note(&table, 0, false);
}

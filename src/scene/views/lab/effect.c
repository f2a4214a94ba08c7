#include "scene/views/lab/effect.h"

#include <math.h>
#include <stdio.h>

#include "core/analysis/link_measures.h"
#include "scene/frame/off_values.h"
#include "scene/views/lab/style.h"
#include "scene/views/lab/values.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"
#include "state/interventions.h"

/* Logical px. */
enum {
    HEAD = 46,  /* the section's title */
    LABEL = 24, /* what each matrix is */
    GAP = 28,   /* between the matrices */
    LEAST_SIDE = 96,
    MOST_SIDE = 480,
    MOST_BESIDE = 232,
    NUMBERS = 304, /* the table's least width */
    ROW = 27,
    COLUMN = 88, /* from one column's end to the next */
    FOOT = 16
};

enum { MOST_PAIRS = 4, MOST_PROJECTED = 2, HINT_LINES = 2 };

/* The words of what is pinned, and where the numbers go. */
struct table {
    const struct heed_lab *lab;
    struct heed_token_range query, key; /* count 0: not pinned, or hidden */
    float x, y, end;
};

/* --- sizes --- */

static struct heed_token_range pinned(const struct heed_lab *lab, struct heed_pin pin)
{
    return heed_unit_tokens(lab->maps, heed_pin_units(lab->maps, pin));
}

static int most_pairs(const struct heed_lab *lab)
{
    if (lab->frame->is_export) {
        return lab->frame->state->n_shown;
    }
    return lab->frame->state->projector ? MOST_PROJECTED : MOST_PAIRS;
}

static int count_rows(const struct heed_lab *lab)
{
    const struct heed_state *state = lab->frame->state;
    const bool pair = pinned(lab, state->query).count > 0 && pinned(lab, state->key).count > 0;
    if (!pair || state->n_shown == 0) {
        return lab->frame->is_export ? 0 : HINT_LINES;
    }
    const int most = most_pairs(lab);
    return state->n_shown < most ? state->n_shown : most;
}

float heed_lab_table_height(const struct heed_lab *lab)
{
    const bool query = pinned(lab, lab->frame->state->query).count > 0;
    return (float)(ROW * (count_rows(lab) + 2 + query) + 10) * lab->s;
}

/* The matrices' side; height 0: as much as the width allows. */
static float find_side(const struct heed_lab *lab, float width, float height)
{
    const float s = lab->s, inner = width - lab->pad - 22 * s;
    if (lab->beside) {
        const float side = (inner - (GAP + 32 + NUMBERS) * s) / 2;
        return fminf(side, MOST_BESIDE * s);
    }
    const float side = fminf((inner - GAP * s) / 2, MOST_SIDE * s);
    if (height <= 0) {
        return side;
    }
    const float left = height - heed_lab_table_height(lab) - (HEAD + LABEL + 8 + FOOT) * s;
    return fmaxf(fminf(side, left), LEAST_SIDE * s);
}

float heed_lab_effect_height(const struct heed_lab *lab, float width)
{
    const float side = find_side(lab, width, 0), table = heed_lab_table_height(lab);
    const float s = lab->s;
    return lab->beside ? (HEAD + FOOT) * s + fmaxf(LABEL * s + side, table)
                       : (HEAD + LABEL + 8 + FOOT) * s + side + table;
}

float heed_lab_effect_least(const struct heed_lab *lab)
{
    return (HEAD + LABEL + 8 + FOOT + LEAST_SIDE) * lab->s + heed_lab_table_height(lab);
}

/* --- the matrices --- */

/* One of both, in place. */
struct matrix {
    const struct heed_lab *lab;
    bool is_trained;
    struct heed_rect cells;
    float cell;
};

/* Of lab's head: the same for the same values. */
static uint64_t map_id(const struct heed_lab *lab, bool is_trained)
{
    uint64_t id = lab->maps->id * 0x9E3779B97F4A7C15U;
    id ^= ((uint64_t)(uint16_t)lab->head.layer << 17 | (uint64_t)(uint16_t)lab->head.head << 1 |
           (uint64_t)is_trained) +
          0x4C61624CU + (id << 6) + (id >> 2);
    return id != 0 ? id : 1;
}

bool heed_lab_heatmap(const struct heed_lab *lab, bool is_trained, struct heed_item_heatmap *map)
{
    const struct heed_state *state = lab->frame->state;
    *map = (struct heed_item_heatmap){.values = {.id = map_id(lab, is_trained),
                                                 .data = heed_lab_map(lab, is_trained),
                                                 .n_slices = 1,
                                                 .n_rows = lab->maps->n,
                                                 .n_columns = lab->maps->n},
                                      .rows = lab->maps->n,
                                      .columns = lab->maps->n,
                                      .high = 1,
                                      .palette = *heed_palette_get(state->theme, state->palette)};
    return map->values.data != NULL;
}

static bool draw_cells(const struct matrix *matrix)
{
    const struct heed_lab *lab = matrix->lab;
    struct heed_frame *frame = lab->frame;
    struct heed_list *list = frame->list;
    struct heed_item_heatmap map;
    if (!heed_lab_heatmap(lab, matrix->is_trained, &map)) {
        return false;
    }
    map.rect = matrix->cells;
    heed_list_fill(list, matrix->cells, 0, frame->theme->sunken);
    list->target = heed_target_of(HEED_TARGET_CELL, lab->head.layer, lab->head.head,
                                  matrix->is_trained ? HEED_LAB_TRAINED : 0);
    heed_list_heatmap(list, map);
    list->target = (struct heed_target){0};
    return true;
}

static void draw_grid(const struct matrix *matrix)
{
    struct heed_list *list = matrix->lab->frame->list;
    const struct heed_stroke stroke = {.width = matrix->lab->skin.hairline,
                                       .color = matrix->lab->frame->theme->border};
    const struct heed_rect cells = matrix->cells;
    const int n = matrix->lab->maps->n;
    if (matrix->cell < 7 * matrix->lab->s) {
        heed_list_rect(list, (struct heed_item_rect){.rect = cells, .stroke = stroke});
        return;
    }
    for (int i = 0; i <= n; i++) {
        const float off = (float)i * matrix->cell;
        heed_list_line(list, (struct heed_item_line){cells.x + off, cells.y, cells.x + off,
                                                     cells.y + cells.h, stroke});
        heed_list_line(list, (struct heed_item_line){cells.x, cells.y + off, cells.x + cells.w,
                                                     cells.y + off, stroke});
    }
}

/* A cross where a link is cut. */
static void draw_cuts(const struct matrix *matrix)
{
    const struct heed_lab *lab = matrix->lab;
    const float cell = matrix->cell, r = 0.28F * cell;
    const struct heed_stroke stroke = {.width = 1.5F * lab->s, .color = lab->frame->theme->text};
    for (int i = 0; cell >= 7 * lab->s && i < lab->result->n_cuts; i++) {
        const struct heed_cut *cut = &lab->result->cuts[i];
        const int row = heed_maps_find_unit(lab->maps, cut->query);
        const int column = heed_maps_find_unit(lab->maps, cut->key);
        if (row < 0 || column < 0 ||
            !heed_cuts_have(cut, 1, lab->head.layer, lab->head.head, cut->query, cut->key)) {
            continue;
        }
        const float x = matrix->cells.x + ((float)column + 0.5F) * cell;
        const float y = matrix->cells.y + ((float)row + 0.5F) * cell;
        heed_list_line(lab->frame->list,
                       (struct heed_item_line){x - r, y - r, x + r, y + r, stroke});
        heed_list_line(lab->frame->list,
                       (struct heed_item_line){x - r, y + r, x + r, y - r, stroke});
    }
}

static void draw_outline(const struct matrix *matrix, struct heed_range rows,
                         struct heed_range columns, float width)
{
    const float s = matrix->lab->s, cell = matrix->cell;
    if (rows.count == 0 || columns.count == 0) {
        return;
    }
    const float w = fmaxf((float)columns.count * cell, 4 * s);
    const float h = fmaxf((float)rows.count * cell, 4 * s);
    heed_list_outline(matrix->lab->frame->list,
                      (struct heed_rect){matrix->cells.x + (float)columns.first * cell - width,
                                         matrix->cells.y + (float)rows.first * cell - width,
                                         w + 2 * width, h + 2 * width},
                      2 * s, width, matrix->lab->frame->theme->ink);
}

/* The pinned query's row and the pinned key's cell in it, or what is pointed at: in both alike. */
static void draw_marks(const struct matrix *matrix)
{
    const struct heed_lab *lab = matrix->lab;
    const struct heed_frame *frame = lab->frame;
    const struct heed_range all = {0, lab->maps->n};
    const struct heed_range query = heed_pin_units(lab->maps, frame->state->query);
    const struct heed_range key = heed_pin_units(lab->maps, frame->state->key);
    draw_outline(matrix, query, all, 1.5F * lab->s);
    draw_outline(matrix, query, key, 2 * lab->s);
    if (frame->hover.query.count > 0) {
        const bool cell = frame->hover.key.count > 0;
        draw_outline(matrix, heed_frame_query(frame), cell ? heed_frame_key(frame) : all,
                     2 * lab->s);
    }
}

static void draw_matrix(const struct heed_lab *lab, float x, float y, float side, bool is_trained)
{
    const struct heed_theme *theme = lab->frame->theme;
    struct matrix matrix = {.lab = lab, .is_trained = is_trained};
    const float n = (float)lab->maps->n;
    matrix.cell = side / n;
    if (matrix.cell >= 4) {
        matrix.cell = floorf(matrix.cell);
    }
    matrix.cells =
        (struct heed_rect){roundf(x), roundf(y + LABEL * lab->s), matrix.cell * n, matrix.cell * n};
    heed_widget_left(&lab->skin, x, y + 10 * lab->s, 14, 400,
                     is_trained ? theme->muted : theme->text,
                     is_trained ? "as trained" : "in the lab", side);
    if (draw_cells(&matrix)) {
        draw_grid(&matrix);
        if (!is_trained) {
            draw_cuts(&matrix);
        }
        draw_marks(&matrix);
    }
}

/* --- the numbers --- */

static void put_number(const struct table *table, double value, float end, bool strong, bool muted)
{
    const struct heed_lab *lab = table->lab;
    heed_widget_number(&lab->skin, end, table->y + ROW * lab->s / 2, 15, strong ? 600 : 400,
                       muted ? lab->frame->theme->muted : lab->frame->theme->text, value, 3);
}

static void put_label(const struct table *table, const char *text, float room)
{
    const struct heed_lab *lab = table->lab;
    heed_widget_left(&lab->skin, table->x, table->y + ROW * lab->s / 2, 15, 400,
                     lab->frame->theme->text, text, room);
}

static void words_of(const struct table *table, struct heed_token_range tokens, char *text,
                     size_t size)
{
    heed_pin_words(table->lab->result, heed_pin_of(tokens), text, size);
}

static void put_pair(struct table *table, struct heed_head_id id)
{
    const struct heed_lab *lab = table->lab;
    const float s = lab->s;
    char query[64], key[64], name[24], text[176];
    words_of(table, table->query, query, sizeof(query));
    words_of(table, table->key, key, sizeof(key));
    heed_head_name(id, name, sizeof(name));
    snprintf(text, sizeof(text), "%s \xE2\x86\x92 %s, %s", query, key, name);
    const double trained =
        (double)heed_run_link_weight(lab->trained, id.layer, id.head, table->query, table->key);
    const double now =
        (double)heed_run_link_weight(lab->lab, id.layer, id.head, table->query, table->key);
    const float room = table->end - table->x - (COLUMN + 56) * s;
    const char *const texts[] = {text, name}; /* the words are those that are pinned */
    put_label(
        table,
        lab->frame->is_export
            ? text
            : heed_label_choose(&lab->skin, heed_widget_style(&lab->skin, 15, 400), texts, 2, room),
        room);
    put_number(table, trained, table->end - COLUMN * s, false, true);
    put_number(table, now, table->end, true, false);
    table->y += ROW * s;
}

static void put_hint(struct table *table)
{
    const struct heed_lab *lab = table->lab;
    const float s = lab->s;
    const char *text =
        lab->frame->state->n_shown == 0 ? "Show a head: click a cell of the head map."
        : table->query.count == 0
            ? "Pin a query and a key, in another view or by a click on a cell, to see their weight."
            : "Pin a key too, by a click on a cell of its row, to see the weight.";
    heed_text_wrapped(&lab->skin, table->x, table->y + ROW * s / 2, 20 * s,
                      heed_widget_style(&lab->skin, 14, 400), lab->frame->theme->muted, text,
                      table->end - table->x, HINT_LINES);
    table->y += HINT_LINES * ROW * s;
}

static void put_pairs(struct table *table)
{
    const struct heed_lab *lab = table->lab;
    const struct heed_state *state = lab->frame->state;
    const float cy = table->y + ROW * lab->s / 2;
    const struct heed_color muted = lab->frame->theme->muted;
    if (table->query.count == 0 || table->key.count == 0 || state->n_shown == 0) {
        if (!lab->frame->is_export) {
            put_hint(table);
        }
        return;
    }
    int n = 0;
    for (int i = 0; i < state->n_shown && n < most_pairs(lab); i++) {
        const struct heed_head_id id = state->shown[i].id;
        if (id.layer < lab->maps->n_layers && id.head < lab->maps->n_heads) {
            table->y += n == 0 ? ROW * lab->s : 0;
            put_pair(table, id);
            n++;
        }
    }
    char note[48] = "";
    if (state->n_shown > n) {
        snprintf(note, sizeof(note), "first %d of %d heads", n, state->n_shown);
    }
    heed_widget_left(&lab->skin, table->x, cy, 13, 400, muted, note, 0);
    heed_term_right(&lab->skin, table->end - COLUMN * lab->s, cy, 13, 400, muted, "trained", 0);
    heed_term_right(&lab->skin, table->end, cy, 13, 400, muted, "lab", 0);
}

static void put_cosine(struct table *table, const char *label, double cosine)
{
    const float s = table->lab->s;
    put_label(table, label, table->end - table->x - 60 * s);
    put_number(table, cosine, table->end, true, false);
    table->y += ROW * s;
}

/* The pinned word's label, or one without it where that has no room. */
static const char *cosine_label(const struct table *table, const char *label)
{
    static const char brief[] = "Query after the last layer, cosine";
    const struct heed_lab *lab = table->lab;
    const char *const texts[] = {label, brief, "Query, cosine"};
    return lab->frame->is_export
               ? label
               : heed_label_choose(&lab->skin, heed_widget_style(&lab->skin, 15, 400), texts, 3,
                                   table->end - table->x - 60 * lab->s);
}

void heed_lab_draw_table(const struct heed_lab *lab, float x, float y, float width)
{
    const struct heed_state *state = lab->frame->state;
    const float s = lab->s;
    struct table table = {.lab = lab,
                          .query = pinned(lab, state->query),
                          .key = pinned(lab, state->key),
                          .x = x,
                          .y = y,
                          .end = x + width};
    put_pairs(&table);
    table.y += 5 * s;
    heed_list_fill(lab->frame->list,
                   (struct heed_rect){x, roundf(table.y), width, lab->skin.hairline}, 0,
                   lab->frame->theme->strong_border);
    table.y += 5 * s;
    put_cosine(&table, "Sentence vector, cosine", lab->result->plain_cosine);
    if (table.query.count > 0) {
        char word[64], label[112];
        words_of(&table, table.query, word, sizeof(word));
        snprintf(label, sizeof(label), "\xE2\x80\x9C%s\xE2\x80\x9D after the last layer, cosine",
                 word);
        put_cosine(&table, cosine_label(&table, label),
                   heed_word_cosine(&lab->frame->list->arena, lab->result, table.query,
                                    lab->lab->n_layers));
    }
}

static void explain(const struct heed_lab *lab, char *text, size_t size)
{
    char name[24];
    heed_head_name(lab->head, name, sizeof(name));
    snprintf(text, size, "%s%s, rows attend%s", name,
             heed_lab_shows_weights(lab) ? "\xE2\x80\x99s weights themselves" : "",
             lab->result->plain != NULL                     ? ""
             : heed_state_count_off(lab->frame->state) == 0 ? "; nothing is changed"
                                                            : "; that changes nothing here");
}

bool heed_lab_shows_weights(const struct heed_lab *lab)
{
    const struct heed_filter *filter = &lab->maps->filter;
    return filter->measure != HEED_MEASURE_WEIGHT || filter->renormalise ||
           filter->aggregate != HEED_AGGREGATE_NONE;
}

void heed_lab_draw_effect(const struct heed_lab *lab)
{
    const struct heed_rect rect = lab->effect;
    const float s = lab->s, x = rect.x + lab->pad;
    const float width = rect.w - lab->pad - (lab->columns ? 22 * s : lab->pad);
    const float y = rect.y + HEAD * s;
    char text[96] = "no head is shown";
    if (lab->head.layer >= 0) {
        explain(lab, text, sizeof(text));
    }
    heed_lab_title(lab, x, rect.y + 26 * s, x + width, "Effect", text);
    float table_x = x, table_y = y, table_w = width;
    if (lab->head.layer >= 0 && lab->maps->n > 0) {
        const float side = find_side(lab, rect.w, lab->columns ? rect.h : 0);
        const float second = x + side + GAP * s;
        draw_matrix(lab, x, y, side, true);
        draw_matrix(lab, second, y, side, false);
        if (lab->beside) {
            table_x = second + side + 32 * s;
            table_w = x + width - table_x;
        } else {
            table_w = fminf(width, fmaxf(2 * side + GAP * s, 320 * s));
            table_y = y + LABEL * s + side + 8 * s;
        }
    } else if (lab->maps->n == 0) {
        heed_widget_left(&lab->skin, x, y + 10 * s, 14, 400, lab->frame->theme->muted,
                         "No token is left: show special tokens or punctuation again.", width);
        return;
    }
    heed_lab_draw_table(lab, table_x, table_y, table_w);
}

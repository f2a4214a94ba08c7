#include "scene/views/neuron/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/minimap.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/strips.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

/* Columns, in px from the left. */
struct columns {
    float key, products, products_w;    /* strip */
    float score, score_w, score_end;    /* bar and the number's right end */
    float weight, weight_w, weight_end; /* likewise */
    float carried, carried_w;           /* strip */
};

/* The rows' place. */
struct table {
    struct columns at;
    float head, sum;             /* heights */
    float head_y, rows_y, sum_y; /* px; rows_y: of the first, scrolled */
    struct heed_rect rows;       /* where rows are seen */
};

static const float ring_room = 6; /* px between a row's ring and what it is around */

float heed_neuron_key_width(const struct heed_neuron_view *view, float least)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    const struct heed_text_style style = heed_widget_style(&view->skin, 15, 600);
    float widest = least;
    for (int i = 0; view->frame->is_export && i < n->n_rows; i++) {
        const struct heed_unit unit =
            heed_neuron_unit(&view->frame->list->arena, n->maps, n->rows[i]);
        widest = fmaxf(widest, heed_token_width(&view->skin, style, &unit) + 14 * view->s);
    }
    return widest;
}

static struct columns place_columns(const struct heed_neuron_view *view)
{
    const float s = view->s, w = view->width;
    const float key = heed_neuron_key_width(view, (w < 700 * s ? 84 : 100) * s);
    const float number = (view->frame->is_export ? 40 : 48) * s, gap = 16 * s;
    const float inside = view->frame->is_export ? ring_room * s : 0; /* nothing is outside a page */
    const float room = fmaxf(w - 2 * inside - key - 2 * number - 4 * gap, 60 * s);
    struct columns c = {.key = view->x + inside};
    const float d = (float)view->numbers.d;
    const float cell = 0.335F * room / d;
    const float strip = cell >= 2 ? floorf(cell) * d : 0.335F * room;
    const float bar = (room - 2 * strip) / 2;
    c.products = roundf(c.key + key);
    c.products_w = strip;
    c.score = c.products + strip + gap;
    c.score_w = bar;
    c.score_end = c.score + bar + number;
    c.weight = roundf(c.score_end + gap);
    c.weight_w = bar;
    c.weight_end = c.weight + bar + number;
    c.carried_w = strip;
    c.carried = roundf(view->x + w - inside - strip);
    return c;
}

static bool hides(const struct heed_neuron_view *view)
{
    return view->numbers.n_rows < view->numbers.n;
}

static struct table place_table(const struct heed_neuron_view *view)
{
    const float s = view->s;
    const float lines = hides(view) ? 2 : 1;
    struct table table = {.at = place_columns(view),
                          .head = (view->frame->is_export ? 22 : 32) * s,
                          .sum = lines * 26 * s + 14 * s};
    const float rows = view->row * (float)view->numbers.n_rows;
    const float bottom = view->rect.y + view->rect.h;
    const float most = fmaxf(view->frame->content_height - view->rect.h, 0);
    const float scroll = view->frame->is_export ? 0 : fminf(fmaxf(view->frame->scroll_y, 0), most);
    table.head_y = fmaxf(view->table_y, view->rect.y);
    table.rows_y = view->table_y + table.head - (view->fixed_top ? scroll : 0);
    table.sum_y = table.rows_y + rows;
    if (!view->frame->is_export) {
        table.sum_y = fminf(table.sum_y, bottom - table.sum);
        table.sum_y = fmaxf(table.sum_y, table.head_y + table.head);
    }
    table.rows.x = view->rect.x;
    table.rows.w = view->rect.w;
    table.rows.y = table.head_y + table.head;
    table.rows.h = fmaxf(table.sum_y - table.rows.y, 0);
    return table;
}

float heed_neuron_table_height(const struct heed_neuron_view *view)
{
    const struct table table = place_table(view);
    return table.head + view->row * (float)view->numbers.n_rows + table.sum;
}

/* A column's name that sorts the rows when it is clicked. */
static void sort_title(const struct heed_neuron_view *view, float x, float cy, const char *text,
                       bool active, float room)
{
    const struct heed_theme *theme = view->skin.theme;
    const struct heed_skin *skin = &view->skin;
    struct heed_list *list = view->frame->list;
    const float s = view->s;
    const struct heed_target target =
        active ? (struct heed_target){0} : heed_command_target(HEED_COMMAND_NEURON_SORT, 0);
    const float width =
        heed_widget_text(skin, x, cy, heed_widget_style(&view->skin, 14, active ? 600 : 400),
                         HEED_ANCHOR_START, active ? theme->text : theme->muted, text, room);
    if (active && !view->frame->is_export) {
        const float tx = x + width + 6 * s;
        heed_list_triangle(list, (struct heed_item_triangle){tx, cy - 2 * s, tx + 8 * s, cy - 2 * s,
                                                             tx + 4 * s, cy + 3 * s, theme->text});
    }
    if (!active && !view->frame->is_export) {
        const struct heed_rect rect = {x - 6 * s, roundf(cy - 12 * s),
                                       fmaxf(width + 12 * s, 24 * s), 24 * s};
        heed_list_spot(list, rect, target);
        heed_widget_ring(skin, rect, target, 4 * s, 2 * s);
    }
}

/* before: px at its left that are free, too. */
static void strip_title(const struct heed_neuron_view *view, float x, float w, float before,
                        float cy, const char *markup, const char *short_markup, float limit)
{
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s;
    const struct heed_text_style style = heed_widget_style(&view->skin, 14, 400);
    char text[32];
    snprintf(text, sizeof(text), "\xC2\xB1%g", (double)limit);
    const float width = heed_formula_width(&view->skin, style, markup);
    if (width > w && width <= w + before) {
        heed_formula_draw(&view->skin, x + w - width, cy, style, theme->muted, markup, width + 1);
        return;
    }
    if (width > w) {
        markup = short_markup;
    }
    const float used = heed_formula_draw(&view->skin, x, cy, style, theme->muted, markup, w);
    const struct heed_text_style small = heed_widget_style(&view->skin, 12, 400);
    if (used + 6 * s + heed_widget_width(&view->skin, small, text) <= w) {
        heed_widget_text(&view->skin, x + w, cy, small, HEED_ANCHOR_END, theme->muted, text, 0);
    }
}

static void draw_head(const struct heed_neuron_view *view, const struct table *table)
{
    const struct columns *c = &table->at;
    const struct heed_neuron_numbers *n = &view->numbers;
    const bool sorted = view->frame->state->neuron_sorted;
    const bool values = view->frame->state->neuron_values;
    const float cy = table->head_y + table->head / 2;
    sort_title(view, c->key, cy, "Key", !sorted, c->products - c->key);
    strip_title(view, c->products, c->products_w, 0, cy,
                values      ? "*v*"
                : n->linear ? "*f*(*q*) \xC3\x97 *f*(*k*)"
                            : "*q* \xC3\x97 *k*",
                values      ? "*v*"
                : n->linear ? "*f f*"
                            : "*q k*",
                values ? n->value_limit : n->product_limit);
    heed_term_left(&view->skin, c->score, cy, 14, 400, view->skin.theme->muted, "score",
                   c->score_end - c->score);
    sort_title(view, c->weight, cy, "weight", sorted, c->weight_end - c->weight);
    strip_title(view, c->carried, c->carried_w,
                view->frame->is_export ? c->carried - c->weight_end : 0, cy, "weight \xC3\x97 *v*",
                "*a v*", n->carried_limit);
    if (table->rows_y < table->rows.y - 0.5F) {
        heed_list_stroke(view->frame->list, view->x, table->rows.y, view->x + view->width,
                         table->rows.y, view->skin.hairline, view->skin.theme->border);
    }
}

/* An export tells what a written number is. */
static void mark_number(const struct heed_neuron_view *view, enum heed_neuron_value kind, int token)
{
    if (view->frame->is_export) {
        view->frame->list->target = heed_target_of(HEED_TARGET_VALUE, (int32_t)kind, token, 0);
    }
}

static void score_bar(const struct heed_neuron_view *view, const struct columns *c, float cy,
                      int token, int weight)
{
    const struct heed_palette *palette =
        heed_palette_get(view->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    const float s = view->s, h = view->frame->is_export ? 8 * s : 12 * s;
    const float zero = roundf(c->score + c->score_w / 2), score = view->numbers.scores[token];
    const float w = isfinite(score) ? fabsf(score) / view->numbers.score_limit * c->score_w / 2 : 0;
    heed_list_fill(view->frame->list,
                   (struct heed_rect){score >= 0 ? zero : zero - w, roundf(cy - h / 2), w, h},
                   fminf(2 * s, w / 2), palette->stops[score >= 0 ? 7 : 1]);
    mark_number(view, HEED_NEURON_SCORE, token);
    heed_widget_number(&view->skin, c->score_end, cy, 14, weight, view->skin.theme->text,
                       (double)score, 2);
    view->frame->list->target = (struct heed_target){0};
}

static void weight_bar(const struct heed_neuron_view *view, const struct columns *c, float cy,
                       int token)
{
    const float weight = view->numbers.weights[token];
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s, h = view->frame->is_export ? 8 * s : 12 * s;
    const struct heed_rect track = {c->weight, roundf(cy - h / 2), c->weight_w, h};
    struct heed_item_rect bar = {.rect = track, .radius = 2 * s, .fill = theme->sunken};
    heed_list_rect(view->frame->list, bar);
    bar.rect.w = fmaxf(track.w * fminf(weight, 1), view->skin.hairline);
    bar.fill = view->numbers.color;
    bar.radius = fminf(2 * s, bar.rect.w / 2);
    heed_list_rect(view->frame->list, bar);
    mark_number(view, HEED_NEURON_WEIGHT, token);
    heed_widget_number(&view->skin, c->weight_end, cy, 14, weight >= 0.1F ? 600 : 400,
                       weight < 0.01F ? theme->faint : theme->text, (double)weight, 3);
    view->frame->list->target = (struct heed_target){0};
}

static void row_ground(const struct heed_neuron_view *view, float y, int token, bool whole)
{
    const struct heed_frame *frame = view->frame;
    struct heed_list *list = frame->list;
    const float s = view->s, out = 8 * s;
    const struct heed_rect rect = {view->x - out, y, view->width + 2 * out, view->row};
    const struct heed_target target = {.kind = HEED_TARGET_KEY, .a = token, .b = 1};
    const bool shown = token == view->numbers.key;
    const bool hovered = frame->hover.key.count > 0 && shown;
    if (frame->is_export) {
        return;
    }
    list->target = whole ? target : (struct heed_target){0};
    if (hovered) {
        heed_list_fill(list, rect, 6 * s, view->skin.theme->hover);
    }
    if (whole) {
        heed_list_hotspot(list, rect);
    }
    list->target = (struct heed_target){0};
}

static void row_ring(const struct heed_neuron_view *view, float y, int token)
{
    const struct heed_frame *frame = view->frame;
    const struct heed_pin pin = frame->state->key;
    const float s = view->s, out = ring_room * s;
    const bool pinned = pin.count > 0 && token >= pin.first && token < pin.first + pin.count;
    const struct heed_rect rect = {view->x - (frame->is_export ? 0 : out), y,
                                   view->width + (frame->is_export ? 0 : 2 * out), view->row};
    struct heed_item_rect ring = {.rect = rect,
                                  .radius = 6 * s,
                                  .stroke = {.width = 1.5F * s, .color = view->skin.theme->ink}};
    if (!pinned && token == view->numbers.key) {
        ring.stroke.width = view->skin.hairline;
        ring.stroke.color = view->skin.theme->strong_border;
        heed_list_rect(frame->list, ring);
    } else if (pinned) {
        heed_list_rect(frame->list, ring);
    }
    const struct heed_target target = {.kind = HEED_TARGET_KEY, .a = token, .b = 1};
    if (heed_target_equal(frame->focus, target)) {
        ring.stroke.width = 2 * s;
        ring.stroke.color = view->skin.theme->accent;
        heed_list_rect(frame->list, ring);
    }
}

static void draw_row(struct heed_neuron_view *view, const struct columns *c, float y, int token,
                     bool whole)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s, cy = y + view->row / 2;
    const float h = roundf((view->frame->is_export ? 10 : 15) * s);
    const float top = roundf(cy - h / 2);
    const bool values = view->frame->state->neuron_values;
    const bool shown = token == n->key;
    const struct heed_unit unit = heed_neuron_unit(&view->frame->list->arena, n->maps, token);
    row_ground(view, y, token, whole);
    const struct heed_text_style style = heed_widget_style(&view->skin, 15, shown ? 600 : 400);
    const float width = heed_token_draw(&view->skin, c->key, cy, style, HEED_ANCHOR_START,
                                        unit.special ? theme->muted : theme->text, &unit,
                                        c->products - c->key - 10 * s);
    heed_candidate_draw(&view->skin, view->frame->state, &unit,
                        (struct heed_candidate_label){c->key, cy, width, style.size, theme->text});
    heed_neuron_strip(view, (struct heed_rect){c->products, top, c->products_w, h},
                      values ? HEED_NEURON_VALUE : HEED_NEURON_PRODUCT, token,
                      values ? n->value_limit : n->product_limit, 0);
    score_bar(view, c, cy, token, shown ? 500 : 400);
    weight_bar(view, c, cy, token);
    heed_neuron_strip(view, (struct heed_rect){c->carried, top, c->carried_w, h},
                      HEED_NEURON_CARRIED, token, n->carried_limit, 0);
    row_ring(view, y, token);
}

static void draw_rows(struct heed_neuron_view *view, const struct table *table)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    struct heed_list *list = view->frame->list;
    const struct heed_rect rows = table->rows;
    const float s = view->s;
    if (rows.h <= 0) {
        return;
    }
    /* The ring of the first and last row may reach a pixel out. */
    heed_list_clip(list, rows);
    const float zero = roundf(table->at.score + table->at.score_w / 2);
    heed_list_stroke(list, zero, fmaxf(table->rows_y, rows.y), zero, rows.y + rows.h,
                     view->skin.hairline, view->skin.theme->strong_border);
    for (int i = 0; i < n->n_rows; i++) {
        const float y = table->rows_y + (float)i * view->row;
        if (y + view->row <= rows.y || y >= rows.y + rows.h) {
            continue;
        }
        /* The keyboard goes only to rows that are seen whole. */
        const bool whole = view->frame->focus.kind == HEED_TARGET_NONE ||
                           (y >= rows.y - s && y + view->row <= rows.y + rows.h + s);
        draw_row(view, &table->at, y, n->rows[i], whole);
    }
    heed_list_unclip(list);
}

/* A line below the rows: words, the longest of three that have room, a weight, a strip. */
static void total(struct heed_neuron_view *view, const struct columns *c, float cy,
                  const char *title, const char *const words[3], float weight,
                  enum heed_neuron_value kind)
{
    const struct heed_theme *theme = view->skin.theme;
    const bool sum = kind == HEED_NEURON_OUTPUT;
    const float s = view->s;
    const float h = roundf((view->frame->is_export ? 12 : sum ? 20 : 15) * s);
    char number[32];
    float x = c->key;
    heed_format_number(number, sizeof(number), (double)weight, 3);
    const float used = heed_widget_right(&view->skin, c->weight_end, cy, 15, sum ? 600 : 400,
                                         theme->text, number, 0);
    x += heed_widget_left(&view->skin, x, cy, 15, sum ? 600 : 400, theme->text, title,
                          c->weight_end - used - x) +
         12 * s;
    const float room = fmaxf(c->weight_end - used - 8 * s - x, 1);
    const struct heed_text_style style = heed_widget_style(&view->skin, 14, 400);
    heed_widget_left(&view->skin, x, cy, 14, 400, theme->muted,
                     heed_label_choose(&view->skin, style, words, 3, room), room);
    const struct heed_rect rect = {c->carried, roundf(cy - h / 2), c->carried_w, h};
    heed_neuron_strip(view, rect, kind, view->numbers.query, view->numbers.output_limit, 0);
    heed_list_outline(view->frame->list, rect, 0, view->skin.hairline, theme->border);
}

static void draw_totals(struct heed_neuron_view *view, const struct table *table)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    const float s = view->s;
    float cy = table->sum_y + 7 * s + 13 * s;
    char words[160], brief[64], limit[32];
    heed_list_stroke(view->frame->list, view->x, table->sum_y, view->x + view->width, table->sum_y,
                     view->skin.hairline, view->skin.theme->strong_border);
    if (hides(view)) {
        const int hidden = n->n - n->n_rows;
        snprintf(words, sizeof(words), "%d token%s not shown above", hidden,
                 hidden == 1 ? "" : "s");
        snprintf(brief, sizeof(brief), "%d token%s", hidden, hidden == 1 ? "" : "s");
        total(view, &table->at, cy, "Hidden", (const char *[]){words, brief, brief},
              n->hidden_weight, HEED_NEURON_HIDDEN);
        cy += 26 * s;
    }
    double all = 0;
    for (int t = 0; t < n->n; t++) {
        all += (double)n->weights[t];
    }
    snprintf(words, sizeof(words),
             "the output of %s for \xE2\x80\x9C%.60s\xE2\x80\x9D, at \xC2\xB1%g", n->name,
             heed_neuron_label(&view->frame->list->arena, n->maps, n->query),
             (double)n->output_limit);
    snprintf(limit, sizeof(limit), "at \xC2\xB1%g", (double)n->output_limit);
    snprintf(brief, sizeof(brief), "the output, %s", limit);
    total(view, &table->at, cy, "Sum", (const char *[]){words, brief, limit}, (float)all,
          HEED_NEURON_OUTPUT);
}

/* The weight of every key of a table that scrolls. */
static void draw_minimap(const struct heed_neuron_view *view, const struct table *table)
{
    const struct heed_neuron_numbers *n = &view->numbers;
    const float w = 14 * view->s;
    const struct heed_rect strip = {view->rect.x + view->rect.w - w, table->rows.y, w,
                                    table->rows.h};
    const float over = view->row * (float)n->n_rows - strip.h;
    if (!view->fixed_top || !heed_minimap_strip(view->frame, strip, over)) {
        return;
    }
    for (int i = 0; i < n->n_rows; i++) {
        const int token = n->rows[i];
        const bool own = token == n->key;
        if (own || n->weights[token] >= 0.02F) {
            heed_minimap_mark(view->frame, strip, i, n->n_rows, own ? 1 : n->weights[token],
                              own ? view->skin.theme->ink : n->color);
        }
    }
    heed_minimap_grip(view->frame, strip, 0, 0, strip.h);
}

void heed_neuron_table_draw(struct heed_neuron_view *view)
{
    const struct table table = place_table(view);
    draw_rows(view, &table);
    draw_minimap(view, &table);
    draw_head(view, &table);
    draw_totals(view, &table);
}

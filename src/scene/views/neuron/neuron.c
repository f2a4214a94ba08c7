#include "scene/views/neuron/neuron.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/steps.h"
#include "scene/views/neuron/strips.h"
#include "scene/views/neuron/table.h"
#include "scene/views/neuron/values.h"
#include "scene/views/neuron/vectors.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/label.h"

/* From one key to the next, logical px. */
#define LEAST_ROW 24.5F
#define MOST_ROW 34

/* The upper part, in logical px. */
struct upper {
    float pad, head, chips, strips, strip, gap, bars, bar_room, boxes, box, table;
    float box_pitch; /* from a line of boxes to the next */
};

static struct upper upper_of(const struct heed_neuron_view *view)
{
    const bool small = view->rect.w < 720 * view->s || view->rect.h < 700 * view->s;
    struct upper u = {.pad = small ? 20 : 28,
                      .head = small ? 22 : 34,
                      .strip = small ? 24 : 30,
                      .gap = small ? 6 : 12,
                      .bar_room = small ? 36 : 56,
                      .box = view->tall_boxes ? 58
                             : small          ? 46
                                              : 54};
    u.chips = u.head + (small ? 30 : 40);
    u.strips = u.chips + (small ? 22 : 26);
    if (view->frame->is_export) {
        u = (struct upper){.pad = 2,
                           .head = 12,
                           .chips = 12,
                           .strips = view->head_lines > 1 ? 45 : 38,
                           .strip = 20,
                           .gap = 6,
                           .bar_room = 34,
                           .box = view->tall_boxes ? 58 : 40};
    }
    u.strip += 10 * view->grow;
    u.gap += 8 * view->grow;
    u.bar_room += 44 * view->grow;
    u.box += 10 * view->grow;
    u.bars = u.strips + 2 * u.strip + u.gap + 4;
    u.boxes = u.bars + u.bar_room + 34;
    u.box_pitch = u.box + 8;
    u.table = u.boxes + u.box + (small ? 6 : 12) + (view->box_columns == 2 ? u.box_pitch : 0);
    return u;
}

/* --- the four boxes --- */

struct box {
    char number[40];
    char above[64], under[64]; /* markup */
};

static void fill_boxes(const struct heed_neuron_numbers *n, struct box boxes[4])
{
    static const char *const scores[] = {"score", "score: cut", "score: masked"};
    char all[32];
    memset(boxes, 0, 4 * sizeof(boxes[0]));
    heed_format_number(boxes[0].number, sizeof(boxes[0].number), n->dot, 2);
    snprintf(boxes[0].above, sizeof(boxes[0].above), "%s",
             n->linear ? "*f*(*q*)\xC2\xB7*f*(*k*)" : "*q*\xC2\xB7*k*");
    snprintf(boxes[0].under, sizeof(boxes[0].under), "dot product");
    heed_format_number(boxes[1].number, sizeof(boxes[1].number), (double)n->scores[n->key], 2);
    if (n->linear) {
        snprintf(boxes[1].above, sizeof(boxes[1].above), "no \xE2\x88\x9A%d", n->d);
    } else {
        heed_score_rule(n->maps->run, boxes[1].above, sizeof(boxes[1].above));
    }
    snprintf(boxes[1].under, sizeof(boxes[1].under), "%s", scores[n->key_off]);
    heed_format_size(boxes[2].number, sizeof(boxes[2].number), n->exp);
    heed_format_size(all, sizeof(all), n->exp_sum);
    if (n->linear) {
        snprintf(boxes[2].above, sizeof(boxes[2].above), "no exp");
    } else if (n->shift > 0) {
        char shift[32];
        heed_format_number(shift, sizeof(shift), n->shift, 2);
        snprintf(boxes[2].above, sizeof(boxes[2].above), "exp(score \xE2\x88\x92 %s)", shift);
    } else {
        snprintf(boxes[2].above, sizeof(boxes[2].above), "exp");
    }
    snprintf(boxes[2].under, sizeof(boxes[2].under), "of %s in all", all);
    heed_format_number(boxes[3].number, sizeof(boxes[3].number), (double)n->weights[n->key], 3);
    snprintf(boxes[3].above, sizeof(boxes[3].above), "\xC3\xB7 %s", all);
    snprintf(boxes[3].under, sizeof(boxes[3].under), "weight");
    if (n->apart > 0) { /* no softmax makes the one of the other */
        char apart[32];
        heed_format_number(apart, sizeof(apart), n->apart, 3);
        snprintf(boxes[2].number, sizeof(boxes[2].number), "no softmax");
        snprintf(boxes[2].above, sizeof(boxes[2].above), "%s apart", apart);
        snprintf(boxes[2].under, sizeof(boxes[2].under), "at most");
        snprintf(boxes[3].above, sizeof(boxes[3].above), "the file\xE2\x80\x99s");
    }
}

static void draw_caption(const struct heed_neuron_view *view, float end, float cy,
                         struct heed_color color, const char *markup, float room)
{
    const struct heed_text_style style = heed_widget_style(&view->skin, 13, 400);
    const float width = fminf(heed_formula_width(&view->skin, style, markup), room);
    heed_formula_draw(&view->skin, end - width, cy, style, color, markup, width + 0.5F);
}

static float box_pad(const struct heed_neuron_view *view, float width)
{
    return 14 * view->s * (width < 170 * view->s ? 0.6F : 1);
}

static void draw_box(const struct heed_neuron_view *view, struct heed_rect rect,
                     const struct box *box, int index)
{
    const struct heed_theme *theme = view->skin.theme;
    struct heed_list *list = view->frame->list;
    const float s = view->s, pad = box_pad(view, rect.w);
    const bool ink = index == 3;
    const struct heed_color color = ink ? theme->on_ink : theme->text;
    const struct heed_color quiet = ink ? theme->on_ink : theme->muted;
    const float cy = rect.y + rect.h / 2;
    list->target =
        (struct heed_target){.kind = HEED_TARGET_VALUE, .a = HEED_NEURON_BOX, .b = index};
    heed_list_box(list, rect, 8 * s, ink ? theme->ink : theme->panel, ink ? 0 : view->skin.hairline,
                  theme->border);
    list->target = (struct heed_target){0};
    const float size = rect.w < 170 * s ? 18 : 24;
    const struct heed_text_style style = heed_widget_style(&view->skin, size, 600);
    const float used = heed_widget_width(&view->skin, style, box->number);
    const float room = rect.w - 2 * pad - used - 6 * s;
    if (!view->tall_boxes) {
        heed_widget_text(&view->skin, rect.x + pad, cy, style, HEED_ANCHOR_START, color,
                         box->number, 0);
        draw_caption(view, rect.x + rect.w - pad, cy - 9 * s, quiet, box->above, room);
        draw_caption(view, rect.x + rect.w - pad, cy + 9 * s, quiet, box->under, room);
        return;
    }
    /* All that stands beside, in lines of their own. */
    const struct heed_text_style plain = heed_widget_style(&view->skin, 12, 400);
    heed_widget_left(&view->skin, rect.x + pad, cy - 17 * s, 16, 600, color, box->number,
                     rect.w - 2 * pad);
    heed_formula_draw(&view->skin, rect.x + pad, cy, plain, quiet, box->above, rect.w - 2 * pad);
    heed_formula_draw(&view->skin, rect.x + pad, cy + 17 * s, plain, quiet, box->under,
                      rect.w - 2 * pad);
}

/* Room for the words beside the number, in a box this wide. */
static bool fits_beside(const struct heed_neuron_view *view, const struct box *box, float width)
{
    const float pad = box_pad(view, width);
    const struct heed_text_style style =
        heed_widget_style(&view->skin, width < 170 * view->s ? 18 : 24, 600);
    const struct heed_text_style small = heed_widget_style(&view->skin, 13, 400);
    const float under = heed_formula_width(&view->skin, small, box->under);
    const float above = heed_formula_width(&view->skin, small, box->above);
    return heed_widget_width(&view->skin, style, box->number) + fmaxf(under, above) + 2 * pad +
               6 * view->s <=
           width;
}

/* Room for all of its words in lines of their own. */
static bool fits_tall(const struct heed_neuron_view *view, const struct box *box, float width)
{
    const struct heed_text_style number = heed_widget_style(&view->skin, 16, 600);
    const struct heed_text_style plain = heed_widget_style(&view->skin, 12, 400);
    const float above = heed_formula_width(&view->skin, plain, box->above);
    const float under = heed_formula_width(&view->skin, plain, box->under);
    return fmaxf(heed_widget_width(&view->skin, number, box->number), fmaxf(above, under)) +
               2 * box_pad(view, width) <=
           width;
}

static float boxes_gap(const struct heed_neuron_view *view)
{
    return (view->width < 700 * view->s ? 22 : 36) * view->s;
}

static float box_width(const struct heed_neuron_view *view)
{
    const float columns = (float)view->box_columns;
    return floorf((view->width - (columns - 1) * boxes_gap(view)) / columns);
}

static bool do_all(const struct heed_neuron_view *view, const struct box boxes[4],
                   bool (*fits)(const struct heed_neuron_view *, const struct box *, float))
{
    bool all = true;
    for (int i = 0; i < 4; i++) {
        all &= fits(view, &boxes[i], box_width(view));
    }
    return all;
}

/* A window cuts what has no room; a page has two lines of two. */
static void arrange_boxes(struct heed_neuron_view *view)
{
    struct box boxes[4];
    fill_boxes(&view->numbers, boxes);
    view->box_columns = 4;
    if (view->frame->is_export && !do_all(view, boxes, fits_tall)) {
        view->box_columns = 2;
    }
    view->tall_boxes = !do_all(view, boxes, fits_beside);
}

static void draw_boxes(const struct heed_neuron_view *view, float y, const struct upper *u)
{
    struct box boxes[4];
    const float gap = boxes_gap(view), w = box_width(view);
    fill_boxes(&view->numbers, boxes);
    for (int i = 0; i < 4; i++) {
        const int column = i % view->box_columns, line = i / view->box_columns;
        const struct heed_rect rect = {roundf(view->x + (float)column * (w + gap)),
                                       roundf(y + (float)line * u->box_pitch * view->s), w,
                                       roundf(u->box * view->s)};
        draw_box(view, rect, &boxes[i], i);
        if (column + 1 < view->box_columns) {
            heed_widget_icon(&view->skin, HEED_ICON_CHEVRON_RIGHT, rect.x + rect.w + gap / 2,
                             rect.y + rect.h / 2, view->skin.theme->text);
        }
    }
}

/* --- the whole --- */

/* What is shown of the head, in as many words as there is room for. */
static const char *header_text(const struct heed_neuron_view *view, struct heed_text_style style,
                               float room, char text[64])
{
    static const char *const unpinned[] = {"nothing pinned: the first word and its strongest key",
                                           "nothing pinned: the first word", "nothing pinned"};
    static const char *const strongest[] = {
        "the query\xE2\x80\x99s strongest key; click a row for another",
        "the query\xE2\x80\x99s strongest key", "strongest key"};
    const struct heed_neuron_numbers *n = &view->numbers;
    snprintf(text, 64, "one query against every key, %d dimensions a head", n->d);
    if (view->frame->is_export) {
        return text;
    }
    const char *const pinned[] = {text, "one query against every key", "a query, every key"};
    return heed_label_choose(&view->skin, style,
                             !n->query_chosen ? unpinned
                             : !n->key_chosen ? strongest
                                              : pinned,
                             3, room);
}

static float legend_width(const struct heed_neuron_view *view)
{
    return (view->width < 700 * view->s ? 96 : 148) * view->s;
}

/* px from the left that the head's chip and name take; of a panel its heading names it. */
static float name_width(const struct heed_neuron_view *view)
{
    const struct heed_text_style style = heed_widget_style(&view->skin, 16, 600);
    return view->frame->is_part
               ? 0
               : (view->frame->is_export ? 13 : 22) * view->s +
                     heed_widget_width(&view->skin, style, view->numbers.name) + 12 * view->s;
}

/* px between the name and the legend. */
static float header_room(const struct heed_neuron_view *view)
{
    return fmaxf(view->width - name_width(view) - legend_width(view) - 16 * view->s, 1);
}

static int count_header_lines(const struct heed_neuron_view *view)
{
    const struct heed_text_style style = heed_widget_style(&view->skin, 14, 400);
    const float room = header_room(view);
    char text[64];
    return heed_text_lines(&view->skin, style, header_text(view, style, room, text), room,
                           view->frame->is_export ? 2 : 1);
}

static void draw_header(const struct heed_neuron_view *view, float cy)
{
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s, room = header_room(view);
    const bool values = view->frame->state->neuron_values;
    const bool is_export = view->frame->is_export;
    const struct heed_text_style style = heed_widget_style(&view->skin, 14, 400);
    char text[64];
    heed_neuron_legend(view->frame, &view->skin, view->x + view->width, cy - 2 * s,
                       legend_width(view),
                       values ? view->numbers.value_limit : view->numbers.limit);
    if (!view->frame->is_part) {
        heed_chip_draw(&view->skin, view->x, cy, is_export ? 9 : 14, view->numbers.color,
                       view->numbers.dashed);
        heed_widget_left(&view->skin, view->x + (is_export ? 13 : 22) * s, cy, 16, 600, theme->text,
                         view->numbers.name, 0);
    }
    heed_text_wrapped(&view->skin, view->x + name_width(view), cy, 17 * s, style, theme->muted,
                      header_text(view, style, room, text), room, is_export ? 2 : 1);
}

static void draw_upper(struct heed_neuron_view *view, float y)
{
    const struct upper u = upper_of(view);
    const struct heed_neuron_numbers *n = &view->numbers;
    const bool values = view->frame->state->neuron_values;
    const float s = view->s;
    const struct heed_neuron_row queries[] = {
        {n->linear ? "*f*(*q*)" : "*q*", "query", HEED_NEURON_QUERY, n->query, n->limit},
        {n->linear ? "*f*(*k*)" : "*k*", "key", HEED_NEURON_KEY, n->key, n->limit}};
    const struct heed_neuron_row carried[] = {
        {"*v*", "value", HEED_NEURON_VALUE, n->key, n->value_limit},
        {"*o*", "output", HEED_NEURON_OUTPUT, n->query, n->value_limit}};
    const struct heed_neuron_bars products = {
        HEED_NEURON_PRODUCT, n->linear ? "*f*(*q*) \xC3\x97 *f*(*k*)" : "*q* \xC3\x97 *k*",
        "one by one", "sum", n->dot};
    const struct heed_neuron_bars parts = {HEED_NEURON_CARRIED, "weight \xC3\x97 *v*",
                                           "what it adds", "norm",
                                           heed_neuron_norm(n, HEED_NEURON_CARRIED, n->key)};
    const struct heed_neuron_row *rows = values ? carried : queries;
    draw_header(view, y + u.head * s);
    if (!view->frame->is_export) {
        const float x = view->x;
        const float used = heed_widget_left(&view->skin, x, y + u.chips * s, 13, 400,
                                            view->skin.theme->muted, "Query", 0);
        heed_neuron_chips(view->frame, &view->skin, x + used + 12 * s, y + u.chips * s,
                          view->width - used - 12 * s, n->query);
    }
    heed_neuron_row_draw(view, &rows[0], y + u.strips * s, u.strip * s);
    heed_neuron_row_draw(view, &rows[1], y + (u.strips + u.strip + u.gap) * s, u.strip * s);
    heed_neuron_bars_draw(view, values ? &parts : &products, y + u.bars * s, u.bar_room * s);
    draw_boxes(view, y + u.boxes * s, &u);
}

/* px of all of it, with the rows as high as they are now; the table's place follows. */
static float find_height(struct heed_neuron_view *view)
{
    const float upper = upper_of(view).table * view->s;
    view->table_y = view->rect.y + upper;
    return upper + heed_neuron_table_height(view);
}

/* What a large canvas leaves goes to the rows, then to the upper part, then around it all. */
static void fill_room(struct heed_neuron_view *view)
{
    const float s = view->s, h = view->rect.h;
    float spare = h - find_height(view) - 40 * s;
    if (view->frame->is_export || spare <= 0) {
        return;
    }
    view->row +=
        floorf(fminf(spare / (float)(view->numbers.n_rows + 1), (MOST_ROW - LEAST_ROW) * s));
    spare = h - find_height(view) - 40 * s;
    view->grow = fminf(fmaxf(spare / (100 * s), 0), 1);
}

static bool begin(struct heed_neuron_view *view, struct heed_rect rect, const char **why,
                  const char **how)
{
    struct heed_frame *frame = view->frame;
    enum { LEAST_ROWS = 5 };
    view->rect = rect;
    view->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    view->s = view->skin.scale;
    if (!heed_neuron_compute(frame, &view->numbers, why, how)) {
        return false;
    }
    const struct upper u = upper_of(view);
    const float s = view->s, most = 1120 * s;
    view->row = roundf((frame->is_export ? 17 : LEAST_ROW) * s);
    view->width = fminf(rect.w - 2 * u.pad * s, most);
    view->x = roundf(rect.x + (rect.w - view->width) / 2);
    view->y = rect.y;
    arrange_boxes(view);
    view->head_lines = count_header_lines(view);
    fill_room(view);
    const float natural = find_height(view);
    const float shown = natural - view->row * (float)(view->numbers.n_rows > LEAST_ROWS
                                                          ? view->numbers.n_rows - LEAST_ROWS
                                                          : 0);
    view->fixed_top = shown <= rect.h;
    if (natural < rect.h && !frame->is_export) {
        view->y += roundf((rect.h - natural) / 2);
        view->table_y += view->y - rect.y;
    }
    frame->content_height = fmaxf(natural, rect.h);
    heed_neuron_prepare_strips(view);
    return true;
}

float heed_neuron_height(struct heed_frame *frame, float width)
{
    if (heed_neuron_in_steps(frame)) {
        return heed_neuron_steps_height(frame, width);
    }
    struct heed_neuron_view view = {.frame = frame};
    const char *why = NULL, *how = NULL;
    if (!begin(&view, (struct heed_rect){0, 0, width, 1e4F}, &why, &how)) {
        return 120 * frame->scale;
    }
    return view.table_y + heed_neuron_table_height(&view) +
           heed_foot_height(frame, &view.skin, width - 4 * view.s) + 12 * view.s;
}

void heed_neuron_draw(struct heed_frame *frame, struct heed_rect rect)
{
    if (heed_neuron_in_steps(frame)) {
        heed_neuron_steps_draw(frame, rect);
        return;
    }
    struct heed_neuron_view view = {.frame = frame};
    const char *why = NULL, *how = NULL;
    if (!begin(&view, rect, &why, &how)) {
        if (why != NULL) {
            heed_view_empty(frame, rect, why, how);
        }
        return;
    }
    if (frame->state->neuron_step != HEED_NEURON_WHOLE) {
        heed_list_lack(frame->list, "the steps: the file's weights weren't made by them");
    }
    const float most = fmaxf(frame->content_height - rect.h, 0);
    const float scroll = fminf(fmaxf(frame->scroll_y, 0), most);
    const float up = view.fixed_top || frame->is_export ? 0 : scroll;
    heed_list_clip(frame->list, rect);
    draw_upper(&view, view.y - up);
    heed_list_unclip(frame->list);
    view.table_y -= up;
    heed_neuron_table_draw(&view);
    heed_foot_draw(frame, &view.skin, rect.x + 2 * view.s,
                   view.table_y + heed_neuron_table_height(&view) + 10 * view.s,
                   rect.w - 4 * view.s);
}

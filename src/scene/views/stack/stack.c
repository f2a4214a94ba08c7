#include "scene/views/stack/stack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scene/frame/shown.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/stack/end.h"
#include "scene/views/stack/pages.h"
#include "scene/views/stack/steps.h"
#include "scene/views/stack/values.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

enum {
    MOST_ROW = 120,
    MOST_TOP = 120, /* free above the rows */
    NORM = 76,      /* the last column */
    LEAST_STRIP = 200,
    LEAST_STRIP_ON_SCREEN = 380,
    LABEL = 258, /* least, on screen: the same on every page */
    TEXT_LINE = 16,
    APART = 10,    /* a step's words from the strip above them */
    WORDS_GAP = 10 /* between a step's name and its formula in one line */
};

static const float PI = 3.14159265F;

static bool has_line(const struct heed_stack_view *view)
{
    return view->stack->page <= view->stack->n_layers;
}

/* px of a step's name, and of its formula. */
static float name_width(const struct heed_stack_view *view, const struct heed_stack_step *step)
{
    return heed_widget_width(&view->skin, heed_widget_style(&view->skin, 15, 600), step->name);
}

static float formula_width(const struct heed_stack_view *view, const struct heed_stack_step *step)
{
    return heed_formula_width(&view->skin, heed_widget_style(&view->skin, 14, 400), step->formula);
}

/* The column beside the strips that cuts no step's words. */
static float words_width(const struct heed_stack_view *view)
{
    float widest = 0;
    for (int i = 0; i < view->n_steps; i++) {
        widest = fmaxf(
            widest, fmaxf(name_width(view, &view->steps[i]), formula_width(view, &view->steps[i])));
    }
    return widest + (has_line(view) ? 40 : 15) * view->s;
}

/* How many lines a step's words need above its strip. */
static int count_lines(const struct heed_stack_view *view)
{
    for (int i = 0; i < view->n_steps; i++) {
        const struct heed_stack_step *step = &view->steps[i];
        if (name_width(view, step) + WORDS_GAP * view->s + formula_width(view, step) >
            view->end - view->strip) {
            return 2;
        }
    }
    return 1;
}

/* An export's strips take all that is there; a window's are a whole number of quarters of a
 * pixel a number, in the middle. */
static void place_strips(struct heed_stack_view *view, float label)
{
    const float s = view->s, hidden = (float)view->stack->hidden;
    view->strip_w = view->width - NORM * s - label;
    if (!view->frame->is_export) {
        const float pitch = fminf(view->strip_w / hidden, 1152 * s / hidden);
        view->strip_w = (pitch >= 1 ? floorf(pitch * 4) / 4 : pitch) * hidden;
        view->x += roundf(fmaxf(view->width - label - view->strip_w - NORM * s, 0) / 2);
    }
    view->strip = view->x + label;
    view->end = view->strip + view->strip_w + NORM * s;
    view->line = view->strip - 26 * s;
}

/* Where the words beside them leave too little for the strips, they stand above. */
static void place_columns(struct heed_stack_view *view, float pad)
{
    const bool is_export = view->frame->is_export;
    const float s = view->s, least = (is_export ? LEAST_STRIP : LEAST_STRIP_ON_SCREEN) * s;
    view->width = fminf(view->rect.w - 2 * pad, 1500 * s);
    view->x = roundf(view->rect.x + (view->rect.w - view->width) / 2);
    const float words = words_width(view);
    const float label = roundf(is_export ? words : fmaxf(words, LABEL * s));
    view->is_stacked = view->width - NORM * s - label < least;
    place_strips(view, view->is_stacked ? (has_line(view) ? 40 : 0) * s : label);
    view->n_lines = view->is_stacked ? count_lines(view) : 0;
}

/* px of a step without its words, and of its words above its strip. */
static float step_height(const struct heed_stack_view *view, int i)
{
    const float s = view->s, height = view->steps[i].height;
    if (!view->is_stacked) {
        return (view->frame->is_export ? 0.9F : 1) * height * s;
    }
    const bool several = height > 56; /* strips below one another */
    if (view->frame->is_export) {
        return (several ? height - 4 : 30) * s;
    }
    return (several ? height - 14 : 28) * s;
}

static float words_height(const struct heed_stack_view *view)
{
    return (float)view->n_lines * TEXT_LINE * view->s;
}

/* px of all of a step, and what is free above it. */
static float row_height(const struct heed_stack_view *view, int i)
{
    const bool apart = view->is_stacked && !view->frame->is_export;
    return step_height(view, i) + words_height(view) + view->grow + (apart ? APART * view->s : 0);
}

/* The line of what is shown, stepper above, strips below. */
static void place_head(struct heed_stack_view *view, bool small)
{
    const bool is_export = view->frame->is_export;
    const float s = view->s;
    view->stepper = view->rect.y + (is_export ? 14 : small ? 24 : 34) * s;
    view->chips = view->stepper +
                  (is_export ? 26
                   : small   ? 36
                             : 46) *
                      s +
                  (float)(heed_stack_page_lines(view) - 1) * HEED_STACK_PAGE_LINE * s;
    view->legend = view->chips + (!is_export ? 28 : view->is_stacked ? TEXT_LINE + 4 : 0) * s;
    view->rows = view->legend + (is_export ? 20 : small ? 22 : 28) * s;
}

static bool begin(struct heed_stack_view *view, struct heed_rect rect)
{
    struct heed_frame *frame = view->frame;
    const bool is_export = frame->is_export;
    view->stack = frame->cache;
    view->rect = rect;
    view->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    view->s = view->skin.scale;
    if (view->stack == NULL) {
        frame->list->failed |= heed_stack_is_missing(frame);
        return false;
    }
    const float s = view->s;
    const bool small = rect.w < 720 * s || rect.h < 700 * s;
    view->n_steps = heed_stack_steps(view->stack, view->steps);
    place_columns(view, (is_export ? 2 : small ? 14 : 28) * s);
    place_head(view, small);
    float least = 0;
    for (int i = 0; i < view->n_steps; i++) {
        least += row_height(view, i);
    }
    const float below = heed_stack_end_height(view);
    const float room = rect.y + rect.h - 10 * s - view->rows - below;
    const float most = (float)(MOST_ROW - 56) * s;
    view->grow = is_export || view->n_steps == 0
                     ? 0
                     : fminf(fmaxf((room - least) / (float)view->n_steps, 0), most);
    view->content = least + view->grow * (float)view->n_steps + below;
    if (!is_export) { /* what is left stands around the rows */
        const float left = rect.y + rect.h - view->rows - view->content;
        view->rows += roundf(fminf(fmaxf(left / 3, 0), MOST_TOP * s));
    }
    view->bottom = rect.y + rect.h;
    frame->content_height = fmaxf(view->rows - rect.y + view->content + 10 * s, rect.h);
    return true;
}

/* --- rows --- */

static void draw_strip(const struct heed_stack_view *view, enum heed_stack_vector vector, int row,
                       struct heed_rect rect)
{
    const struct heed_stack *stack = view->stack;
    const struct heed_stack_place *place = &stack->places[vector];
    const int left = place->n - row * stack->hidden;
    const int columns = left < stack->hidden ? left : stack->hidden;
    rect.w *= (float)columns / (float)stack->hidden;
    heed_value_strip(view->frame,
                     (struct heed_item_heatmap){.rect = rect,
                                                .values = {stack->values_id, stack->values, 1,
                                                           stack->n_rows, stack->hidden},
                                                .row = place->row + row,
                                                .columns = columns,
                                                .high = place->limit},
                     heed_target_of(HEED_TARGET_VALUE, HEED_STACK_TARGET + (int32_t)vector,
                                    row * stack->hidden, columns));
}

static void draw_frame(const struct heed_stack_view *view, struct heed_rect rect)
{
    heed_list_outline(view->frame->list, rect, 0, view->skin.hairline, view->skin.theme->border);
}

static void draw_norm(const struct heed_stack_view *view, enum heed_stack_vector vector, float cy,
                      const char *symbol)
{
    heed_norm_draw(&view->skin, view->end, cy, symbol, view->stack->places[vector].norm);
}

/* Queries, keys and values below one another. */
static void draw_three(const struct heed_stack_view *view, float cy)
{
    static const char *const names[] = {"*q*", "*k*", "*v*"};
    const float s = view->s, h = roundf(15 * s), pitch = roundf(19 * s);
    for (int i = 0; i < 3; i++) {
        const float y = roundf(cy + ((float)i - 1) * pitch);
        const struct heed_rect rect = {view->strip, roundf(y - h / 2), view->strip_w, h};
        const enum heed_stack_vector vector = (enum heed_stack_vector)(HEED_STACK_QUERY + i);
        draw_strip(view, vector, 0, rect);
        draw_norm(view, vector, y, names[i]);
    }
}

static void draw_inner(const struct heed_stack_view *view, float cy)
{
    const struct heed_stack_place *place = &view->stack->places[HEED_STACK_INNER];
    const int rows = place->n_rows;
    const float s = view->s, most = 48 * s;
    const float pitch = floorf(fminf(most / (float)rows, 26 * s));
    const float h = fmaxf(pitch - (pitch >= 6 * s ? 2 * s : 0), 1);
    const float top = roundf(cy - pitch * (float)rows / 2);
    for (int i = 0; i < rows; i++) {
        draw_strip(view, HEED_STACK_INNER, i,
                   (struct heed_rect){view->strip, top + (float)i * pitch, view->strip_w, h});
    }
    draw_frame(
        view, (struct heed_rect){view->strip - 1, top - 1, view->strip_w + 2, pitch * (float)rows});
    draw_norm(view, HEED_STACK_INNER, cy, NULL);
}

/* --- attention --- */

/* The head's colour if it is shown. */
static bool shown_color(const struct heed_stack_view *view, int head, struct heed_color *color)
{
    const struct heed_head_id id = {(int16_t)(view->stack->page - 1), (int16_t)head};
    *color = heed_frame_head_color(view->frame, id, *color);
    return heed_state_shows(view->frame->state, id, NULL);
}

static struct heed_rect head_box(const struct heed_stack_view *view, int head, float top, float h)
{
    const float w = view->strip_w / (float)view->stack->n_heads;
    const float x = roundf(view->strip + w * (float)head);
    return (struct heed_rect){x, top, roundf(view->strip + w * (float)(head + 1)) - x, h};
}

/* What the full height of the bars stands for: 1, or less in a long text, where
 * no weight reaches the half of it. */
static float full_weight(const struct heed_stack *stack)
{
    float most = 0;
    for (int i = 0; i < stack->n_heads * stack->n_tokens; i++) {
        most = fmaxf(most, stack->weights[i]);
    }
    return most < 0.5F ? heed_neuron_limit((double)most) : 1;
}

/* A head's row as bars; several tokens in one bar show their largest. */
static void head_bars(const struct heed_stack_view *view, int head, struct heed_rect box,
                      float full, struct heed_color color)
{
    const struct heed_stack *stack = view->stack;
    const float *row = stack->weights + (size_t)head * (size_t)stack->n_tokens;
    struct heed_list *list = view->frame->list;
    const int most = (int)fmaxf(box.w - 2 * view->s, 1);
    const int n = stack->n_tokens < most ? stack->n_tokens : most;
    const float w = (box.w - 2 * view->s) / (float)n;
    for (int i = 0; i < n; i++) {
        float weight = 0;
        const int from = (int)((int64_t)i * stack->n_tokens / n);
        const int to = (int)((int64_t)(i + 1) * stack->n_tokens / n);
        for (int t = from; t < to; t++) {
            weight = fmaxf(weight, row[t]);
        }
        const float h = fmaxf(weight / full * box.h, weight > 0.002F ? 1 : 0);
        heed_list_fill(list,
                       (struct heed_rect){box.x + view->s + w * (float)i, box.y + box.h - h,
                                          fmaxf(w - (w >= 3 ? 1 : 0), 1), h},
                       0, color);
    }
    heed_list_spot(list, box,
                   heed_target_of(HEED_TARGET_VALUE, HEED_STACK_TARGET + HEED_STACK_ATTENTION, head,
                                  stack->n_tokens));
}

static void ring(const struct heed_stack_view *view, struct heed_rect rect, struct heed_color color)
{
    const float out = 2 * view->s;
    heed_list_outline(view->frame->list, heed_rect_grow(rect, out), 4 * view->s, 2 * view->s,
                      color);
}

/* Is the head's number written, if there is room for one every `step` heads?
   The first shown ones first, then every step-th that is clear of them. */
static bool is_numbered(const struct heed_stack_view *view, int head, int step)
{
    int last = -step;
    bool clear = true;
    for (int other = 0; other < view->stack->n_heads; other++) {
        struct heed_color color = {0};
        if (shown_color(view, other, &color) && other - last >= step) {
            last = other;
            clear = clear && (other == head || abs(other - head) >= step);
            if (other == head) {
                return true;
            }
        }
    }
    return clear && head % step == 0;
}

static void draw_attention(const struct heed_stack_view *view, float cy)
{
    const struct heed_stack *stack = view->stack;
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s, h = 50 * s, top = roundf(cy - 34 * s);
    heed_list_fill(view->frame->list, (struct heed_rect){view->strip, top, view->strip_w, h}, 0,
                   theme->panel);
    const float full = full_weight(stack);
    const float room = view->strip_w / (float)stack->n_heads;
    const float need = (view->frame->is_export ? 17 : 20) * s;
    const int step = room >= need ? 1 : (int)ceilf(need / room);
    if (step > 1 && view->frame->is_export) {
        heed_list_lack(view->frame->list, "the numbers of %d heads", stack->n_heads);
    }
    for (int head = 0; head < stack->n_heads; head++) {
        const struct heed_rect box = head_box(view, head, top, h);
        struct heed_color color = theme->muted;
        const bool shown = shown_color(view, head, &color);
        head_bars(view, head, box, full, color);
        char text[16];
        snprintf(text, sizeof(text), "%d", head);
        if (is_numbered(view, head, step)) {
            heed_widget_middle(&view->skin, box.x + box.w / 2, top + h + 12 * s, 13,
                               shown ? 600 : 400, shown ? theme->text : theme->muted, text, 0);
        }
        if (shown) {
            ring(view, (struct heed_rect){box.x, box.y, box.w, h + 20 * s}, color);
        }
    }
    heed_list_stroke(view->frame->list, view->strip, top + h, view->strip + view->strip_w, top + h,
                     view->skin.hairline, theme->strong_border);
    if (view->stack->model != NULL) { /* a file's rows may hold less */
        heed_widget_right(&view->skin, view->end, cy - 17 * s, 13, 400, theme->muted, "each", 0);
        heed_widget_right(&view->skin, view->end, cy, 13, 400, theme->muted, "sums to 1", 0);
    }
    if (full < 1) {
        char text[32];
        snprintf(text, sizeof(text), "up to %g", (double)full);
        heed_widget_right(&view->skin, view->end, cy + 17 * s, 13, 400, theme->muted, text, 0);
    }
}

static void ring_heads(const struct heed_stack_view *view, struct heed_rect rect)
{
    for (int head = 0; head < view->stack->n_heads; head++) {
        struct heed_color color = {0};
        if (shown_color(view, head, &color)) {
            ring(view, head_box(view, head, rect.y, rect.h), color);
        }
    }
}

static struct heed_target name_target(const struct heed_stack_step *step)
{
    return (struct heed_target){.kind = HEED_TARGET_VALUE,
                                .a = HEED_STACK_TARGET_NAME + (int32_t)step->vector};
}

/* The step's name and formula: at its left, or above it. */
static void draw_words(const struct heed_stack_view *view, const struct heed_stack_step *step,
                       float cy, float top)
{
    const struct heed_theme *theme = view->skin.theme;
    const struct heed_text_style plain = heed_widget_style(&view->skin, 14, 400);
    const float s = view->s;
    if (view->is_stacked) {
        const float room = view->end - view->strip;
        const bool one = view->n_lines == 1;
        const float used = heed_widget_left(&view->skin, view->strip, top + 0.5F * TEXT_LINE * s,
                                            15, 600, theme->text, step->name, room);
        const float indent = one ? used + WORDS_GAP * s : 0;
        heed_list_spot(view->frame->list,
                       (struct heed_rect){view->strip, top, room, words_height(view)},
                       name_target(step));
        heed_formula_draw(&view->skin, view->strip + indent,
                          top + (one ? 0.5F : 1.5F) * TEXT_LINE * s, plain, theme->muted,
                          step->formula, room - indent);
        return;
    }
    const float room = (has_line(view) ? view->line : view->strip) - view->x - 14 * s + 1;
    heed_list_spot(view->frame->list, (struct heed_rect){view->x, cy - 20 * s, room, 40 * s},
                   name_target(step));
    heed_widget_left(&view->skin, view->x, cy - 10 * s, 15, 600, theme->text, step->name, room);
    heed_formula_draw(&view->skin, view->x, cy + 11 * s, plain, theme->muted, step->formula, room);
}

/* Of a strip: less than all where its vector is narrower than the layers. */
static float own_width(const struct heed_stack_view *view, enum heed_stack_vector vector)
{
    const struct heed_stack_place *place = &view->stack->places[vector];
    return view->strip_w *
           (place->n < view->stack->hidden ? (float)place->n / (float)view->stack->hidden : 1);
}

static void draw_row(const struct heed_stack_view *view, const struct heed_stack_step *step,
                     float cy)
{
    const float s = view->s, h = roundf((view->frame->is_export ? 18 : 26) * s);
    const struct heed_rect rect = {view->strip, roundf(cy - h / 2), view->strip_w, h};
    switch (step->vector) {
    case HEED_STACK_QUERY:
        draw_three(view, cy);
        break;
    case HEED_STACK_ATTENTION:
        draw_attention(view, cy);
        break;
    case HEED_STACK_INNER:
        draw_inner(view, cy);
        break;
    default:
        draw_strip(view, step->vector, 0, rect);
        draw_frame(view, (struct heed_rect){rect.x, rect.y, own_width(view, step->vector), h});
        draw_norm(view, step->vector, cy, NULL);
        if (step->vector == HEED_STACK_CONCAT) {
            ring_heads(view, rect);
        }
        break;
    }
}

/* --- the residual --- */

static void plus(const struct heed_stack_view *view, float y)
{
    const struct heed_color ink = view->skin.theme->ink;
    struct heed_list *list = view->frame->list;
    const float s = view->s, r = 8.5F * s, x = view->line, arm = 4.5F * s;
    const struct heed_stroke stroke = {.width = 1.5F * s, .color = ink};
    heed_list_rect(list, (struct heed_item_rect){.rect = {x - r, y - r, 2 * r, 2 * r},
                                                 .radius = r,
                                                 .fill = view->skin.theme->canvas,
                                                 .stroke = stroke});
    heed_list_line(list, (struct heed_item_line){x - arm, y, x + arm, y, stroke});
    heed_list_line(list, (struct heed_item_line){x, y - arm, x, y + arm, stroke});
    const float tip = view->strip - 3 * s;
    heed_list_line(list, (struct heed_item_line){x + r, y, tip - 5 * s, y, stroke});
    heed_list_triangle(list, (struct heed_item_triangle){tip - 7 * s, y - 4.5F * s, tip - 7 * s,
                                                         y + 4.5F * s, tip, y, ink});
}

/* From a strip's left edge round a corner and down to the next plus. */
static void residual(const struct heed_stack_view *view, float from, float to)
{
    struct heed_list *list = view->frame->list;
    const float s = view->s, r = 7 * s, x = view->line;
    const struct heed_stroke stroke = {.width = 1.5F * s, .color = view->skin.theme->ink};
    heed_list_line(list, (struct heed_item_line){view->strip - 4 * s, from, x + r, from, stroke});
    heed_list_arc(list, (struct heed_item_arc){.cx = x + r,
                                               .cy = from + r,
                                               .rx = r,
                                               .ry = r,
                                               .from = PI,
                                               .to = 1.5F * PI,
                                               .stroke = stroke});
    heed_list_line(list, (struct heed_item_line){x, from + r, x, to, stroke});
}

static void draw_residuals(const struct heed_stack_view *view, const float *centres)
{
    float from = centres[0];
    for (int i = 0; i < view->n_steps; i++) {
        if (view->stack->page == 0 && i > 0 && view->steps[i].vector < HEED_STACK_SUM) {
            residual(view, centres[i], centres[i] + 14 * view->s);
        }
        if (view->steps[i].adds) {
            residual(view, from, centres[i]);
            plus(view, centres[i]);
            from = centres[i] + 13 * view->s;
        }
    }
}

/* --- the whole --- */

static void draw_head(const struct heed_stack_view *view)
{
    const struct heed_theme *theme = view->skin.theme;
    const struct heed_stack *stack = view->stack;
    const float s = view->s, right = view->strip + view->strip_w;
    const float legend = (view->strip_w < 440 * s ? 96 : 148) * s;
    heed_stack_draw_pages(view);
    heed_term_right(&view->skin, view->end, view->legend + 4 * s, 13, 400, theme->muted, "norm", 0);
    heed_neuron_legend(view->frame, &view->skin, right, view->legend, legend, stack->limit);
    if (!view->frame->is_export) {
        heed_neuron_chips(view->frame, &view->skin, view->x, view->chips, view->end - view->x,
                          stack->token);
        return;
    }
    char text[512], width[24] = "";
    if (stack->model != NULL) {
        snprintf(width, sizeof(width), " of %d", stack->head_dim);
    }
    snprintf(text, sizeof(text), "\xE2\x80\x9C%.420s\xE2\x80\x9D, %d values, %d heads%s",
             heed_neuron_label(&view->frame->list->arena, heed_frame_get_maps(view->frame),
                               stack->token),
             stack->hidden, stack->n_heads, width);
    heed_widget_left(&view->skin, view->x, view->chips, 14, 500, theme->text, text,
                     (view->is_stacked ? view->end : right - legend - 14 * s) - view->x);
}

static void draw_rows(const struct heed_stack_view *view, float scroll)
{
    float centres[HEED_STACK_MAX_STEPS], tops[HEED_STACK_MAX_STEPS];
    float y = view->rows - scroll;
    for (int i = 0; i < view->n_steps; i++) {
        const float h = step_height(view, i);
        y += row_height(view, i);
        centres[i] = roundf(y - h / 2 - (view->is_stacked ? 0 : view->grow / 2));
        tops[i] = y - h - words_height(view);
    }
    draw_residuals(view, centres);
    for (int i = 0; i < view->n_steps; i++) {
        if (centres[i] > view->rows - 60 * view->s && centres[i] < view->bottom + 60 * view->s) {
            draw_words(view, &view->steps[i], centres[i], tops[i]);
            draw_row(view, &view->steps[i], centres[i]);
        }
    }
    heed_stack_end_draw(view, y + 8 * view->s);
}

static void say_empty(struct heed_frame *frame, struct heed_rect rect)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    if (maps != NULL && maps->n == 0) {
        heed_view_no_token(frame, rect);
    } else if (maps != NULL) {
        heed_view_empty(frame, rect, "These steps weren\xE2\x80\x99t computed.",
                        "Type something, and they are.");
    }
}

void heed_stack_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_stack_view view = {.frame = frame};
    if (!begin(&view, rect)) {
        say_empty(frame, rect);
        return;
    }
    const float most = fmaxf(frame->content_height - rect.h, 0);
    const float scroll = frame->is_export ? 0 : fminf(fmaxf(frame->scroll_y, 0), most);
    draw_head(&view);
    heed_list_clip(frame->list, (struct heed_rect){rect.x, view.rows, rect.w,
                                                   fmaxf(rect.y + rect.h - view.rows, 1)});
    draw_rows(&view, scroll);
    heed_list_unclip(frame->list);
    heed_foot_draw(frame, &view.skin, rect.x + 2 * view.s, view.rows + view.content + 12 * view.s,
                   rect.w - 4 * view.s);
}

float heed_stack_height(struct heed_frame *frame, float width)
{
    struct heed_stack_view view = {.frame = frame};
    if (!begin(&view, (struct heed_rect){0, 0, width, 1})) {
        return 120 * frame->scale;
    }
    return view.rows + view.content + heed_foot_height(frame, &view.skin, width - 4 * view.s) +
           12 * view.s;
}

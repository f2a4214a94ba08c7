#include "scene/views/neuron/steps.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/shown.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/step_rows.h"
#include "scene/views/neuron/strips.h"
#include "scene/views/neuron/sums.h"
#include "scene/views/neuron/table.h"
#include "scene/views/neuron/values.h"
#include "scene/views/neuron/vectors.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

bool heed_neuron_in_steps(const struct heed_frame *frame)
{
    return heed_neuron_has_steps(frame) &&
           (frame->state->neuron_step != HEED_NEURON_WHOLE || heed_frame_is_projected(frame));
}

void heed_neuron_step_name(const struct heed_neuron_numbers *n, enum heed_neuron_step step,
                           char *text, size_t size)
{
    static const char *const names[] = {"all at once", "q and k",   "products", "sum", "",
                                        "softmax",     "weighted v"};
    if (step == HEED_NEURON_SCALE && n->linear) {
        snprintf(text, size, "no scaling");
    } else if (step == HEED_NEURON_SCALE) {
        snprintf(text, size, "\xC3\xB7 \xE2\x88\x9A%d%s", n->d, n->bias != NULL ? " + b" : "");
    } else {
        snprintf(text, size, "%s",
                 step == HEED_NEURON_SOFTMAX && n->linear ? "share of sum" : names[step]);
    }
}

/* --- places --- */

static bool is_projected(const struct heed_steps *it)
{
    return heed_frame_is_projected(it->view.frame);
}

/* The vertical places, in logical px from the top. */
static void place_lines(struct heed_steps *it)
{
    const struct heed_neuron_view *view = &it->view;
    const bool is_export = view->frame->is_export, projected = is_projected(it);
    const bool small = it->small;
    float y = is_export ? 12 : projected ? 0 : small ? 22 : 34;
    it->header = y;
    y += is_export ? 14 : projected ? 0 : small ? 18 : 30;
    it->bar = y;
    it->bar_h = is_export ? 0 : projected ? 0 : small ? 28 : 36;
    y += it->bar_h + (is_export ? 8 : projected ? 8 : small ? 8 : 30);
    const bool vectors = !projected || it->step <= HEED_NEURON_PRODUCTS;
    const bool large = it->step <= HEED_NEURON_PRODUCTS && !is_export && !small;
    it->vectors = y;
    it->strip = !vectors ? 0 : projected ? 48 : large ? 30 : small || is_export ? 18 : 24;
    it->bar_room = !vectors                                     ? 0
                   : projected                                  ? 100
                   : it->step == HEED_NEURON_PRODUCTS && !small ? 44
                                                                : 26;
    y += vectors ? 2 * it->strip + (projected ? 20 : 6) + (large ? 12 : 4) : 0;
    it->bars = y;
    y += vectors ? it->bar_room + 34 + (small ? 0 : 8) : 0;
    it->table = y;
    it->head = is_export ? 38 : projected ? 26 : small ? 40 : 52;
}

static int count_lines(const struct heed_steps *it)
{
    return 1 + (it->view.numbers.n_rows < it->view.numbers.n || it->others > 0);
}

/* More keys than a projector's rows: the strongest, then a line for all others. */
static void limit_rows(struct heed_steps *it)
{
    struct heed_neuron_numbers *n = &it->view.numbers;
    const float s = it->view.s;
    const float room = it->view.rect.h / s - it->table - it->head - 8;
    const int most = (int)fmaxf(floorf(room / HEED_STEPS_LEAST_ROW) - 1, 3);
    if (!is_projected(it) || n->n_rows <= most) {
        return;
    }
    heed_neuron_sort_rows(n);
    it->others = n->n_rows - (most - 1);
    n->n_rows = most - 1;
}

static void place_rows(struct heed_steps *it)
{
    struct heed_neuron_view *view = &it->view;
    const float s = view->s, rows = (float)view->numbers.n_rows;
    const float foot = is_projected(it) ? 4 : it->small ? 62 : 72;
    const float room = view->rect.h / s - it->table - it->head - foot;
    float row = room / (rows + (float)count_lines(it));
    row = view->frame->is_export ? 17 : fminf(fmaxf(row, it->small ? 17 : 19), 34);
    row = is_projected(it) ? fminf(fmaxf(room / (rows + (float)count_lines(it)), 19), 26) : row;
    view->row = roundf(row * s);
    it->rows = it->table + it->head;
    it->sums = it->rows + view->row / s * rows;
    it->end = it->sums + view->row / s * (float)count_lines(it) + 6;
    it->foot = it->end + (it->small ? 6 : 14);
    it->foot_h = view->frame->is_export ? 24 : is_projected(it) ? 0 : it->small ? 38 : 52;
}

/* Widths of the four groups of columns: what is done, in hand, to come. */
static void place_groups(struct heed_steps *it)
{
    static const float done[] = {0.62F, 1.5F, 2.3F, 1}, now[] = {1.3F, 2, 3.6F, 3.2F};
    const struct heed_neuron_view *view = &it->view;
    const float s = view->s, gap = (it->small ? 8 : 14) * s;
    float sum = 0, parts[HEED_STEPS_GROUPS];
    int n = 0;
    for (int g = 0; g < HEED_STEPS_GROUPS; g++) {
        const int step = HEED_NEURON_SUM + g;
        const bool gone = is_projected(it) &&
                          (step > (int)it->step || step + 1 + (g == 1) < (int)it->step || g == 3) &&
                          !(g == 3 && it->step == HEED_NEURON_WEIGHTED) &&
                          !(g == 0 && it->step == HEED_NEURON_SCALE);
        it->groups[g].when = (int)it->step > step ? -1 : (int)it->step < step;
        parts[g] = gone                       ? 0
                   : it->groups[g].when == 0  ? now[g]
                   : it->groups[g].when == -1 ? done[g]
                                              : 1;
        sum += parts[g];
        n += parts[g] > 0;
    }
    it->key_w = heed_neuron_key_width(view, (is_projected(it)        ? 96
                                             : view->width < 700 * s ? 76
                                                                     : 104) *
                                                s);
    const float room = view->width - it->key_w - gap * (float)(n - 1);
    const float least = 50 * s;
    const bool narrow = parts[0] > 0 && room * parts[0] / sum < least;
    float x = view->x + it->key_w;
    for (int g = 0; g < HEED_STEPS_GROUPS; g++) {
        float w = sum > 0 ? room * parts[g] / sum : 0;
        if (narrow) {
            w = g == 0 ? least : (room - least) * parts[g] / (sum - parts[0]);
        }
        it->groups[g].x = roundf(x);
        it->groups[g].w = floorf(w);
        x += w + (parts[g] > 0 ? gap : 0);
    }
}

static bool begin(struct heed_steps *it, struct heed_frame *frame, struct heed_rect rect,
                  const char **why, const char **how)
{
    struct heed_neuron_view *view = &it->view;
    view->frame = frame;
    view->rect = rect;
    view->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    view->s = view->skin.scale;
    if (!heed_neuron_compute(frame, &view->numbers, why, how)) {
        return false;
    }
    const float s = view->s;
    it->step = frame->state->neuron_step != HEED_NEURON_WHOLE ? frame->state->neuron_step
                                                              : HEED_NEURON_WEIGHTED;
    it->small = !frame->is_export && (rect.w < 720 * s || rect.h < 760 * s);
    const float pad = frame->is_export ? 2 : it->small ? 14 : 28;
    view->width = fminf(rect.w - 2 * pad * s, 1120 * s);
    view->x = roundf(rect.x + (rect.w - view->width) / 2);
    place_lines(it);
    limit_rows(it);
    place_rows(it);
    place_groups(it);
    frame->content_height = is_projected(it)
                                ? rect.h
                                : fmaxf(rect.h, (it->foot + it->foot_h + (it->small ? 6 : 14)) * s);
    const float most = fmaxf(frame->content_height - rect.h, 0);
    view->y = roundf(rect.y - (frame->is_export ? 0 : fminf(fmaxf(frame->scroll_y, 0), most)));
    it->foot_h = is_projected(it) ? 0 : it->foot_h;
    heed_neuron_prepare_strips(view);
    return true;
}

/* --- above the table --- */

static void draw_header(const struct heed_steps *it)
{
    const struct heed_neuron_view *view = &it->view;
    const struct heed_theme *theme = view->skin.theme;
    const struct heed_skin *skin = &view->skin;
    const float s = view->s, cy = view->y + it->header * s;
    const bool is_export = view->frame->is_export;
    char text[160];
    if (is_projected(it)) {
        return;
    }
    float x = view->x, end = view->x + view->width;
    heed_chip_draw(skin, x, cy, is_export ? 9 : 14, view->numbers.color, view->numbers.dashed);
    x += (is_export ? 13 : 22) * s;
    x += heed_widget_left(skin, x, cy, 16, 600, theme->text, view->numbers.name, 0) + 12 * s;
    if (!is_export) {
        end -= heed_widget_right(
                   skin, end, cy, 13, 400, theme->muted,
                   it->step + 1 < HEED_N_NEURON_STEPS ? "N  next step" : "Shift+N  back", 0) +
               16 * s;
    }
    snprintf(text, sizeof(text),
             "how \xE2\x80\x9C%.60s\xE2\x80\x9D comes to its weights, one step at a time",
             heed_neuron_label(&view->frame->list->arena, view->numbers.maps, view->numbers.query));
    heed_widget_left(skin, x, cy, 14, 400, theme->muted, text, fmaxf(end - x, 1));
}

static void draw_step(const struct heed_steps *it, struct heed_rect rect,
                      enum heed_neuron_step step)
{
    const struct heed_neuron_view *view = &it->view;
    const struct heed_theme *theme = view->skin.theme;
    const struct heed_skin *skin = &view->skin;
    const float s = view->s, cy = rect.y + rect.h / 2;
    const bool now = step == it->step, later = step > it->step;
    const struct heed_target target =
        view->frame->is_export ? (struct heed_target){0}
                               : heed_command_target(HEED_COMMAND_NEURON_STEP, (int32_t)step);
    const struct heed_color color = now ? theme->on_ink : later ? theme->muted : theme->text;
    char number[8], name[32];
    snprintf(number, sizeof(number), "%d", (int)step);
    heed_neuron_step_name(&view->numbers, step, name, sizeof(name));
    skin->list->target = target;
    heed_list_rect(skin->list, (struct heed_item_rect){
                                   .rect = rect,
                                   .radius = 8 * s,
                                   .fill = now                                    ? theme->ink
                                           : heed_target_equal(skin->hot, target) ? theme->hover
                                           : later                                ? theme->canvas
                                                                                  : theme->raised,
                                   .stroke = {.width = now ? 0 : skin->hairline,
                                              .color = theme->strong_border,
                                              .dash_on = later ? 4 * s : 0,
                                              .dash_off = later ? 3 * s : 0}});
    const struct heed_text_style style = heed_widget_style(skin, 14, now ? 600 : 500);
    const float digit = heed_widget_width(skin, style, number) + 6 * s;
    const float room = rect.w - 8 * s - digit;
    if (step == HEED_NEURON_WEIGHTED && heed_widget_width(skin, style, name) > room) {
        snprintf(name, sizeof(name), "values");
    }
    /* Where there is no room for all names the step in hand is named by the inspector. */
    const bool named = heed_widget_width(skin, style, name) <= room;
    const float w = named ? heed_widget_width(skin, style, name) : -6 * s;
    const float x = rect.x + (rect.w - w - digit) / 2;
    heed_widget_text(skin, x, cy, style, HEED_ANCHOR_START, now ? color : theme->muted, number, 0);
    if (named) {
        heed_widget_text(skin, x + digit, cy, style, HEED_ANCHOR_START, color, name, 0);
    }
    heed_list_hotspot(skin->list, rect);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, rect, target, 0, 8 * s);
}

static void draw_step_bar(const struct heed_steps *it)
{
    const struct heed_neuron_view *view = &it->view;
    const float s = view->s, gap = (it->small || view->frame->is_export ? 14 : 28) * s;
    const int n = HEED_N_NEURON_STEPS - 1;
    const float w = floorf((view->width - gap * (float)(n - 1)) / (float)n);
    if (is_projected(it) || view->frame->is_export) {
        return;
    }
    for (int i = 0; i < n; i++) {
        const struct heed_rect rect = {roundf(view->x + (float)i * (w + gap)),
                                       view->y + roundf(it->bar * s), w, roundf(it->bar_h * s)};
        draw_step(it, rect, (enum heed_neuron_step)(i + 1));
        if (i + 1 < n) {
            heed_widget_icon(
                &view->skin, HEED_ICON_CHEVRON_RIGHT, rect.x + w + gap / 2, rect.y + rect.h / 2,
                i + 1 < (int)it->step ? view->skin.theme->text : view->skin.theme->faint);
        }
    }
}

/* Projected, the first step has the screen to itself: what is asked with, what is asked by,
 * and what is given. */
static void draw_three(struct heed_steps *it)
{
    struct heed_neuron_view *view = &it->view;
    const struct heed_neuron_numbers *n = &view->numbers;
    const char *query = heed_neuron_label(&view->frame->list->arena, n->maps, n->query);
    const char *key = heed_neuron_label(&view->frame->list->arena, n->maps, n->key);
    const struct {
        struct heed_neuron_row row;
        const char *format, *word;
    } all[] = {{{n->linear ? "*f*(*q*)" : "*q*", "query", HEED_NEURON_QUERY, n->query, n->limit},
                "what \xE2\x80\x9C%.40s\xE2\x80\x9D asks for",
                query},
               {{n->linear ? "*f*(*k*)" : "*k*", "key", HEED_NEURON_KEY, n->key, n->limit},
                "what \xE2\x80\x9C%.40s\xE2\x80\x9D is found by",
                key},
               {{"*v*", "value", HEED_NEURON_VALUE, n->key, n->value_limit},
                "what \xE2\x80\x9C%.40s\xE2\x80\x9D gives to those who look at it",
                key}};
    const float s = view->s, pitch = view->rect.h / (float)HEED_COUNT(all);
    for (size_t i = 0; i < HEED_COUNT(all); i++) {
        const float y = view->rect.y + pitch * (float)i, h = fminf(pitch * 0.5F, 60 * s);
        char text[160];
        snprintf(text, sizeof(text), all[i].format, all[i].word);
        heed_widget_left(&view->skin, view->x, y + (pitch - h) / 2 - 16 * s, 16, 600,
                         view->skin.theme->text, text, view->width);
        heed_neuron_row_draw(view, &all[i].row, y + (pitch - h) / 2 + 4 * s, h);
    }
}

static void draw_vectors(struct heed_steps *it)
{
    struct heed_neuron_view *view = &it->view;
    const struct heed_neuron_numbers *n = &view->numbers;
    const float s = view->s, y = view->y + it->vectors * s;
    const struct heed_neuron_row rows[] = {
        {n->linear ? "*f*(*q*)" : "*q*", "query", HEED_NEURON_QUERY, n->query, n->limit},
        {n->linear ? "*f*(*k*)" : "*k*", "key", HEED_NEURON_KEY, n->key, n->limit}};
    const struct heed_neuron_bars products = {
        HEED_NEURON_PRODUCT, n->linear ? "*f*(*q*) \xC3\x97 *f*(*k*)" : "*q* \xC3\x97 *k*",
        "one by one", "sum", n->dot};
    if (it->strip <= 0) {
        return;
    }
    if (is_projected(it) && it->step == HEED_NEURON_VECTORS) {
        draw_three(it);
        return;
    }
    heed_neuron_row_draw(view, &rows[0], y, it->strip * s);
    heed_neuron_row_draw(view, &rows[1], y + (it->strip + (is_projected(it) ? 20 : 6)) * s,
                         it->strip * s);
    const struct heed_rect bars = {view->x - 8 * s, view->y + it->bars * s, view->width + 16 * s,
                                   (it->bar_room + 34) * s};
    if (it->step >= HEED_NEURON_PRODUCTS) {
        heed_neuron_bars_draw(view, &products, bars.y, it->bar_room * s);
    } else if (!is_projected(it)) {
        heed_steps_later(it, bars, HEED_NEURON_PRODUCTS);
    }
    const struct heed_rect strips = {bars.x, y - 6 * s, bars.w, bars.y - y + 2 * s};
    if (it->step <= HEED_NEURON_PRODUCTS && !is_projected(it)) {
        heed_steps_current(it, it->step == HEED_NEURON_VECTORS ? strips : bars);
    }
}

/* --- below it --- */

static void button(const struct heed_steps *it, struct heed_rect rect, const char *label,
                   int32_t argument)
{
    heed_widget_button(&it->view.skin, rect, HEED_ICON_NONE, label, false, false,
                       heed_command_target(HEED_COMMAND_COPY_SUMS, argument));
}

static void draw_foot(const struct heed_steps *it)
{
    const struct heed_neuron_view *view = &it->view;
    const struct heed_skin *skin = &view->skin;
    const float s = view->s;
    const struct heed_rect rect = {view->x, view->y + roundf(it->foot * s), view->width,
                                   roundf(it->foot_h * s)};
    const float pad = (it->small ? 10 : 16) * s, cy = rect.y + rect.h / 2;
    char text[256];
    float end = rect.x + rect.w - pad / 2;
    if (it->foot_h <= 0) {
        return;
    }
    heed_neuron_write_out(&view->numbers, it->step, false, &view->frame->list->arena, text,
                          sizeof(text));
    if (!view->frame->is_export) {
        const float h = (it->small ? 28 : 34) * s, gap = 8 * s;
        const float latex = 70 * s, plain = 112 * s, y = roundf(cy - h / 2);
        heed_list_outline(skin->list, rect, 8 * s, skin->hairline, skin->theme->border);
        button(it, (struct heed_rect){end - latex, y, latex, h}, "LaTeX", 1);
        end -= latex + gap;
        button(it, (struct heed_rect){end - plain, y, plain, h}, "Copy as text", 0);
        end -= plain + gap;
    }
    const float x = rect.x + (view->frame->is_export ? 0 : pad);
    const struct heed_text_style style = heed_widget_style(skin, it->small ? 14 : 15, 400);
    if (heed_formula_width(skin, style, text) > end - x) {
        heed_neuron_write_out(&view->numbers, it->step, true, &view->frame->list->arena, text,
                              sizeof(text));
    }
    heed_formula_draw(skin, x, cy, style, skin->theme->text, text, fmaxf(end - x, 1));
}

/* --- the whole --- */

void heed_neuron_steps_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_steps it = {0};
    const char *why = NULL, *how = NULL;
    if (!begin(&it, frame, rect, &why, &how)) {
        if (why != NULL) {
            heed_view_empty(frame, rect, why, how);
        }
        return;
    }
    heed_list_clip(frame->list, rect);
    draw_header(&it);
    draw_step_bar(&it);
    draw_vectors(&it);
    if (!is_projected(&it) || it.step > HEED_NEURON_PRODUCTS) {
        heed_steps_draw_table(&it);
    }
    draw_foot(&it);
    heed_list_unclip(frame->list);
    const float s = it.view.s;
    heed_foot_draw(frame, &it.view.skin, rect.x + 2 * s, it.view.y + (it.foot + it.foot_h + 10) * s,
                   rect.w - 4 * s);
}

float heed_neuron_steps_height(struct heed_frame *frame, float width)
{
    struct heed_steps it = {0};
    const char *why = NULL, *how = NULL;
    if (!begin(&it, frame, (struct heed_rect){0, 0, width, 1e4F}, &why, &how)) {
        return 120 * frame->scale;
    }
    const float s = it.view.s;
    return (it.foot + it.foot_h + 12) * s + heed_foot_height(frame, &it.view.skin, width - 4 * s) +
           12 * s;
}

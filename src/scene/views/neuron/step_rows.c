#include "scene/views/neuron/step_rows.h"

#include <math.h>
#include <stdio.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/steps.h"
#include "scene/views/neuron/strips.h"
#include "scene/views/neuron/sums.h"
#include "scene/views/neuron/values.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

void heed_steps_later(const struct heed_steps *it, struct heed_rect rect,
                      enum heed_neuron_step step)
{
    const struct heed_skin *skin = &it->view.skin;
    const float s = it->view.s, cx = rect.x + rect.w / 2, cy = rect.y + rect.h / 2;
    char number[8], name[32];
    snprintf(number, sizeof(number), "%d", (int)step);
    heed_neuron_step_name(&it->view.numbers, step, name, sizeof(name));
    heed_list_rect(skin->list,
                   (struct heed_item_rect){.rect = rect,
                                           .radius = 10 * s,
                                           .stroke = {.width = skin->hairline,
                                                      .color = skin->theme->strong_border,
                                                      .dash_on = 4 * s,
                                                      .dash_off = 3 * s}});
    const struct heed_text_style style = heed_widget_style(skin, 14, 400);
    const float room = rect.w - 6 * s;
    if (rect.h < 48 * s) {
        const float w = heed_widget_width(skin, style, name) + 16 * s;
        heed_widget_left(skin, cx - w / 2, cy, 14, 600, skin->theme->muted, number, 0);
        heed_widget_text(skin, cx - w / 2 + 16 * s, cy, style, HEED_ANCHOR_START,
                         skin->theme->muted, name, room);
        return;
    }
    heed_widget_middle(skin, cx, cy - 16 * s, 18, 600, skin->theme->muted, number, 0);
    if (heed_widget_width(skin, style, name) <= room || step != HEED_NEURON_WEIGHTED) {
        heed_widget_middle(skin, cx, cy + 8 * s, 14, 400, skin->theme->muted, name, room);
        return;
    }
    heed_widget_middle(skin, cx, cy + 8 * s, 14, 400, skin->theme->muted, "weighted", room);
    heed_widget_middle(skin, cx, cy + 26 * s, 14, 400, skin->theme->muted, "v", room);
}

void heed_steps_current(const struct heed_steps *it, struct heed_rect rect)
{
    heed_list_outline(it->view.frame->list, rect, 10 * it->view.s, 2 * it->view.s,
                      it->view.skin.theme->ink);
}

static bool is_projected(const struct heed_steps *it)
{
    return heed_frame_is_projected(it->view.frame);
}

/* From a group's left: where its bar begins, how wide, and the right ends of its numbers. */
struct softmax_columns {
    float exp_x, exp_w, exp_end, weight_x, weight_w, weight_end;
    bool bars; /* of the exponentials */
};

static struct softmax_columns place_softmax(const struct heed_steps *it)
{
    const struct heed_steps_group *group = &it->groups[HEED_NEURON_SOFTMAX - HEED_NEURON_SUM];
    const float s = it->view.s, pad = group->when == 0 ? (it->small ? 8 : 16) * s : 0;
    const float number = 56 * s, gap = 8 * s;
    const float room = group->w - 2 * pad - 2 * number - 3 * gap;
    const bool bars = group->when == 0 && room > 60 * s;
    struct softmax_columns c = {.bars = bars};
    c.exp_x = group->x + pad;
    c.exp_w = bars ? floorf(room * 0.42F) : 0;
    c.exp_end = c.exp_x + c.exp_w + number + (bars ? gap : 0);
    c.weight_end = group->x + group->w - pad;
    c.weight_x = c.exp_end + 2 * gap;
    c.weight_w = fmaxf(c.weight_end - number - c.weight_x, 0);
    return c;
}

static const struct heed_steps_group *group_of(const struct heed_steps *it,
                                               enum heed_neuron_step step)
{
    return &it->groups[step - HEED_NEURON_SUM];
}

/* Done or in hand, and drawn at all. */
static bool has(const struct heed_steps *it, enum heed_neuron_step step)
{
    return group_of(it, step)->w > 0 && group_of(it, step)->when <= 0;
}

/* Of the step in hand: where its bias ends, before the score; 0: there is none, or no room. */
static float bias_end(const struct heed_steps *it)
{
    const struct heed_steps_group *group = group_of(it, HEED_NEURON_SCALE);
    const float s = it->view.s, inset = group->when == 0 ? (it->small ? 6 : 10) * s : 0;
    return it->view.numbers.bias != NULL && group->when == 0 && group->w > 130 * s
               ? group->x + group->w - inset - 54 * s
               : 0;
}

/* --- the head --- */

static void title(const struct heed_steps *it, enum heed_neuron_step step, float end, float cy)
{
    const struct heed_skin *skin = &it->view.skin;
    const struct heed_steps_group *group = group_of(it, step);
    const bool now = group->when == 0;
    char number[8], name[32];
    snprintf(number, sizeof(number), "%d", (int)step);
    heed_neuron_step_name(&it->view.numbers, step, name, sizeof(name));
    if (end > 0) {
        const float used =
            heed_widget_right(skin, end, cy, 14, now ? 600 : 500, skin->theme->text, name, 0);
        heed_widget_right(skin, end - used - 6 * it->view.s, cy, 14, 400, skin->theme->muted,
                          number, 0);
        return;
    }
    const float x = group->x + (now ? (it->small ? 8 : 16) * it->view.s : 0);
    const float used = heed_widget_left(skin, x, cy, 14, 400, skin->theme->muted, number, 0);
    heed_widget_left(skin, x + used + 6 * it->view.s, cy, 14, now ? 600 : 500, skin->theme->text,
                     name, 0);
}

static void name_column(const struct heed_steps *it, float end, float cy, const char *markup,
                        bool now, float room)
{
    const struct heed_skin *skin = &it->view.skin;
    const struct heed_text_style style = heed_widget_style(skin, 14, 400);
    const float width = fminf(heed_formula_width(skin, style, markup), room);
    heed_formula_draw(skin, end - width, cy, style, now ? skin->theme->text : skin->theme->muted,
                      markup, width + 0.5F);
}

static void name_softmax(const struct heed_steps *it, float cy)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const struct heed_skin *skin = &it->view.skin;
    const struct softmax_columns c = place_softmax(it);
    const struct heed_steps_group *group = group_of(it, HEED_NEURON_SOFTMAX);
    const float s = it->view.s;
    char all[32], text[48];
    heed_format_size(all, sizeof(all), n->exp_sum);
    const float used = heed_widget_right(skin, c.weight_end, cy, 14, group->when == 0 ? 600 : 500,
                                         skin->theme->text, "weight", 0);
    snprintf(text, sizeof(text), "\xC3\xB7 %s = ", all);
    if (heed_widget_width(skin, heed_widget_style(skin, 14, 400), text) <
        c.weight_end - used - c.exp_end - 6 * s) {
        heed_widget_right(skin, c.weight_end - used, cy, 14, 400, skin->theme->muted, text, 0);
    }
    const bool narrow = heed_widget_width(skin, heed_widget_style(skin, 14, 400), "exp(score)") >
                        c.exp_end - group->x;
    name_column(it, c.exp_end, cy,
                n->linear                ? "*score*"
                : n->shift > 0 || narrow ? "exp"
                                         : "exp(score)",
                group->when == 0, c.exp_end - group->x);
}

static void draw_head(const struct heed_steps *it)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const struct heed_skin *skin = &it->view.skin;
    const float s = it->view.s, top = it->view.y + it->table * s;
    const bool one = is_projected(it);
    const float first = top + 0.32F * it->head * s, cy = top + (one ? 0.5F : 0.74F) * it->head * s;
    const struct heed_steps_group *sum = group_of(it, HEED_NEURON_SUM);
    const struct heed_steps_group *scale = group_of(it, HEED_NEURON_SCALE);
    if (it->step < HEED_NEURON_SUM) {
        return;
    }
    heed_term_left(skin, it->view.x, cy, 14, 600, skin->theme->text, "Key", 0);
    const float inset = it->small ? 6 * s : 10 * s;
    if (has(it, HEED_NEURON_SUM)) {
        const float end = sum->x + sum->w - (sum->when == 0 ? inset : 0);
        name_column(it, end, cy, n->linear ? "*f f*" : "*q*\xC2\xB7*k*", sum->when == 0, sum->w);
        if (!one) {
            title(it, HEED_NEURON_SUM, end, first);
        }
    }
    if (has(it, HEED_NEURON_SCALE)) {
        const float end = scale->x + scale->w - (scale->when == 0 ? inset : 0);
        name_column(it, end, cy, "score", scale->when == 0, scale->w);
        if (bias_end(it) > 0) {
            name_column(it, bias_end(it), cy, "+ *b*", true, scale->w);
        }
        if (!one) {
            title(it, HEED_NEURON_SCALE, end, first);
        }
    }
    if (has(it, HEED_NEURON_SOFTMAX)) {
        name_softmax(it, cy);
        if (!one) {
            title(it, HEED_NEURON_SOFTMAX, 0, first);
        }
    }
    if (has(it, HEED_NEURON_WEIGHTED)) {
        const struct heed_steps_group *group = group_of(it, HEED_NEURON_WEIGHTED);
        const float x = group->x + (it->small ? 8 : 16) * s;
        heed_formula_draw(skin, x, cy, heed_widget_style(skin, 14, 400), skin->theme->text,
                          "weight \xC3\x97 *v*", group->w);
        if (!one) {
            title(it, HEED_NEURON_WEIGHTED, 0, first);
        }
    }
}

/* --- a row --- */

static void bar(const struct heed_steps *it, float x, float cy, float w, float share,
                struct heed_color color)
{
    const float h = roundf(fminf(it->view.row * 0.5F, 14 * it->view.s));
    heed_widget_bar(&it->view.skin, (struct heed_rect){x, roundf(cy - h / 2), w, h},
                    fmaxf(w * fminf(share, 1), it->view.skin.hairline), color);
}

static void number(const struct heed_steps *it, float end, float cy, double value, int decimals,
                   bool strong, bool now)
{
    const struct heed_theme *theme = it->view.skin.theme;
    heed_widget_number(&it->view.skin, end, cy, 14, strong ? 600 : 400,
                       strong || now ? theme->text : theme->muted, value, decimals);
}

/* To both sides of its middle: a share of the half, -1 to 1. */
static void signed_bar(const struct heed_steps *it, float x, float cy, float w, float share)
{
    const struct heed_palette *palette =
        heed_palette_get(it->view.frame->state->theme, HEED_PALETTE_DIFFERENCE);
    struct heed_list *list = it->view.frame->list;
    const float zero = roundf(x + w / 2), reach = fabsf(share) * w / 2;
    const float h = roundf(fminf(it->view.row * 0.5F, 14 * it->view.s));
    heed_list_fill(
        list, (struct heed_rect){share >= 0 ? zero : zero - reach, roundf(cy - h / 2), reach, h},
        fminf(2 * it->view.s, reach / 2), palette->stops[share >= 0 ? 7 : 1]);
    heed_list_stroke(list, zero, cy - it->view.row / 2, zero, cy + it->view.row / 2,
                     it->view.skin.hairline, it->view.skin.theme->strong_border);
}

/* Its bar only while it is in hand, where the number stands far from its key. */
static void draw_dot(const struct heed_steps *it, float cy, int token, bool own)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const struct heed_steps_group *group = group_of(it, HEED_NEURON_SUM);
    const bool now = group->when == 0;
    const float s = it->view.s, inset = now ? (it->small ? 6 : 10) * s : 0;
    const float w = group->w - 2 * inset - 74 * s;
    const double dot = heed_neuron_dot(n, token);
    if (now && w > 300 * s) {
        double limit = 0;
        for (int i = 0; i < n->n_rows; i++) {
            limit = fmax(limit, fabs(heed_neuron_dot(n, n->rows[i])));
        }
        signed_bar(it, group->x + inset, cy, w, limit > 0 ? (float)(dot / limit) : 0);
    }
    number(it, group->x + group->w - inset, cy, dot, 2, own, now);
}

static void draw_score(const struct heed_steps *it, float cy, int token, bool own)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const struct heed_steps_group *group = group_of(it, HEED_NEURON_SCALE);
    const float s = it->view.s, inset = group->when == 0 ? (it->small ? 6 : 10) * s : 0;
    const float end = group->x + group->w - inset;
    const float numbers = (bias_end(it) > 0 ? 104 : 54) * s;
    const float w = fmaxf(group->w - 2 * inset - numbers, 0);
    const float score = n->scores[token];
    signed_bar(it, group->x + inset, cy, w, isfinite(score) ? score / n->score_limit : 0);
    number(it, end, cy, (double)score, 2, own, group->when == 0);
    if (bias_end(it) > 0) {
        number(it, bias_end(it), cy, (double)n->bias[token], 2, own, true);
    }
}

static void draw_softmax(const struct heed_steps *it, float cy, double share, float weight,
                         bool own)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const struct heed_theme *theme = it->view.skin.theme;
    const struct softmax_columns c = place_softmax(it);
    const bool now = group_of(it, HEED_NEURON_SOFTMAX)->when == 0;
    if (c.bars) {
        bar(it, c.exp_x, cy, c.exp_w, n->exp_sum > 0 ? (float)(share / n->exp_sum) : 0,
            theme->muted);
    }
    char text[32];
    heed_format_number(text, sizeof(text), share, 2);
    if (share >= 1e5) {
        heed_format_size(text, sizeof(text), share);
    }
    heed_widget_right(&it->view.skin, c.exp_end, cy, 14, own ? 600 : 400,
                      own || now ? theme->text : theme->muted, text, 0);
    if (c.weight_w > 16 * it->view.s) {
        bar(it, c.weight_x, cy, c.weight_w, weight, n->color);
    } else {
        it->view.frame->is_meagre = true;
    }
    heed_widget_number(&it->view.skin, c.weight_end, cy, 14, own || weight >= 0.1F ? 600 : 400,
                       weight < 0.01F ? theme->muted : theme->text, (double)weight, 3);
}

static struct heed_rect weighted_rect(const struct heed_steps *it, float cy, float h)
{
    const struct heed_steps_group *group = group_of(it, HEED_NEURON_WEIGHTED);
    const float pad = (it->small ? 8 : 16) * it->view.s;
    return (struct heed_rect){group->x + pad, roundf(cy - h / 2), group->w - 2 * pad, h};
}

static void draw_row(struct heed_steps *it, float y, int token)
{
    struct heed_neuron_view *view = &it->view;
    const struct heed_neuron_numbers *n = &view->numbers;
    const struct heed_theme *theme = view->skin.theme;
    struct heed_list *list = view->frame->list;
    const float s = view->s, cy = y + view->row / 2, out = view->frame->is_export ? 2 * s : 8 * s;
    const bool own = token == n->key;
    float end = view->x + view->width + out;
    for (int g = 0; g < HEED_STEPS_GROUPS; g++) { /* up to what is to come */
        end = it->groups[g].when > 0 && it->groups[g].w > 0 ? fminf(end, it->groups[g].x - 2 * s)
                                                            : end;
    }
    const struct heed_rect rect = {view->x - out, y, end - view->x + out, view->row};
    const struct heed_target target = {.kind = HEED_TARGET_KEY, .a = token, .b = 1};
    const struct heed_unit unit = heed_neuron_unit(&list->arena, n->maps, token);
    if (own) {
        heed_list_fill(list, rect, 6 * s, theme->hover);
    }
    if (!view->frame->is_export) {
        heed_list_spot(list, rect, target);
        heed_widget_ring(&view->skin, rect, target, 2 * s, 6 * s);
    }
    const struct heed_text_style style = heed_widget_style(&view->skin, 15, own ? 600 : 400);
    const float width =
        heed_token_draw(&view->skin, view->x, cy, style, HEED_ANCHOR_START,
                        unit.special ? theme->muted : theme->text, &unit, it->key_w - 6 * s);
    heed_candidate_draw(&view->skin, view->frame->state, &unit,
                        (struct heed_candidate_label){view->x, cy, width, style.size, theme->text});
    if (has(it, HEED_NEURON_SUM)) {
        draw_dot(it, cy, token, own);
    }
    if (has(it, HEED_NEURON_SCALE)) {
        draw_score(it, cy, token, own);
    }
    if (has(it, HEED_NEURON_SOFTMAX)) {
        draw_softmax(it, cy, heed_neuron_share(n, token), n->weights[token], own);
    }
    if (has(it, HEED_NEURON_WEIGHTED)) {
        heed_neuron_strip(view, weighted_rect(it, cy, roundf(view->row * 0.64F)),
                          HEED_NEURON_CARRIED, token, n->carried_limit, 0);
    }
}

/* --- below the rows --- */

/* What the rows above leave out. */
static void draw_rest(struct heed_steps *it, float cy)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const struct heed_theme *theme = it->view.skin.theme;
    double share = n->exp_sum, weight = 0;
    char text[64];
    for (int t = 0; t < n->n; t++) {
        weight += (double)n->weights[t];
    }
    for (int i = 0; i < n->n_rows; i++) {
        share -= heed_neuron_share(n, n->rows[i]);
        weight -= (double)n->weights[n->rows[i]];
    }
    const int left = n->n - n->n_rows;
    snprintf(text, sizeof(text), it->others > 0 ? "%d others" : "%d hidden", left);
    heed_widget_left(&it->view.skin, it->view.x, cy, 14, 400, theme->muted, text, it->key_w);
    if (has(it, HEED_NEURON_SOFTMAX)) {
        draw_softmax(it, cy, fmax(share, 0), (float)fmax(weight, 0), false);
    }
    if (has(it, HEED_NEURON_WEIGHTED) && it->others == 0) {
        heed_neuron_strip(&it->view, weighted_rect(it, cy, roundf(it->view.row * 0.64F)),
                          HEED_NEURON_HIDDEN, n->query, n->output_limit, 0);
    }
}

static void draw_sum(struct heed_steps *it, float cy)
{
    struct heed_neuron_view *view = &it->view;
    const struct heed_neuron_numbers *n = &view->numbers;
    const struct heed_skin *skin = &view->skin;
    char text[32];
    if (!has(it, HEED_NEURON_SOFTMAX)) {
        return;
    }
    const struct softmax_columns c = place_softmax(it);
    double all = 0;
    for (int t = 0; t < n->n; t++) {
        all += (double)n->weights[t];
    }
    const float y = cy - view->row / 2;
    heed_list_stroke(skin->list, c.exp_x, y, c.weight_end, y, skin->hairline,
                     skin->theme->strong_border);
    heed_term_left(skin, view->x, cy, 14, 400, skin->theme->muted, "sum", it->key_w);
    heed_format_number(text, sizeof(text), n->exp_sum, 2);
    if (n->exp_sum >= 1e5) {
        heed_format_size(text, sizeof(text), n->exp_sum);
    }
    heed_widget_right(skin, c.exp_end, cy, 14, 600, skin->theme->text, text, 0);
    heed_widget_number(skin, c.weight_end, cy, 14, 600, skin->theme->text, all, 3);
    if (has(it, HEED_NEURON_WEIGHTED)) {
        const struct heed_rect rect = weighted_rect(it, cy, roundf(view->row * 0.8F));
        heed_neuron_strip(view, rect, HEED_NEURON_OUTPUT, n->query, n->output_limit, 0);
        heed_list_outline(skin->list, rect, 0, skin->hairline, skin->theme->border);
    }
}

static void draw_borders(const struct heed_steps *it)
{
    const float s = it->view.s, top = it->view.y + it->table * s;
    if (is_projected(it)) {
        return;
    }
    for (int g = 0; g < HEED_STEPS_GROUPS; g++) {
        const struct heed_steps_group *group = &it->groups[g];
        const struct heed_rect rect = {group->x, top, group->w, (it->end - it->table) * s};
        if (group->when > 0) {
            heed_steps_later(it, rect, (enum heed_neuron_step)(HEED_NEURON_SUM + g));
        } else if (group->when == 0) {
            heed_steps_current(it, rect);
        }
    }
}

void heed_steps_draw_table(struct heed_steps *it)
{
    const struct heed_neuron_numbers *n = &it->view.numbers;
    const float s = it->view.s;
    draw_head(it);
    float y = it->view.y + roundf(it->rows * s);
    for (int i = 0; i < n->n_rows && it->step >= HEED_NEURON_SUM; i++) {
        if (y + it->view.row > it->view.rect.y && y < it->view.rect.y + it->view.rect.h) {
            draw_row(it, y, n->rows[i]);
        }
        y += it->view.row;
    }
    if (it->step >= HEED_NEURON_SUM) {
        if (n->n_rows < n->n) {
            draw_rest(it, y + it->view.row / 2);
            y += it->view.row;
        }
        draw_sum(it, y + it->view.row / 2);
    }
    draw_borders(it);
}

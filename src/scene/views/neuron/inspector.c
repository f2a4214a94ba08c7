#include "scene/views/neuron/inspector.h"

#include <math.h>
#include <stdio.h>

#include "scene/inspector/candidates.h"
#include "scene/inspector/inspector.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/steps_inspector.h"
#include "scene/views/neuron/values.h"
#include "scene/widgets/formula.h"

enum { N_HEADS = 10, N_DIMENSIONS = 6 };

static void header(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    struct heed_arena *arena = &column->skin->list->arena;
    const struct heed_unit query = heed_neuron_unit(arena, maps, n->query);
    const struct heed_unit key = heed_neuron_unit(arena, maps, n->key);
    heed_inspector_pair_header(column, &query, &key);
}

/* A row of 26: name, bar, number. */
static void bar_row(struct heed_column *column, const char *name, float length,
                    struct heed_color color, const char *number, bool strong)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    const float bar_x = column->x + 70 * s;
    const float bar_w = column->width - 70 * s - 60 * s;
    if (heed_column_sees(column, 26 * s)) {
        heed_widget_left(skin, column->x, cy, 15, strong ? 600 : 400, skin->theme->text, name, 0);
        heed_widget_bar(skin, (struct heed_rect){bar_x, roundf(cy - 6 * s), bar_w, 12 * s},
                        fmaxf(bar_w * length, skin->hairline), color);
        heed_widget_right(skin, column->x + column->width, cy, 15, strong ? 600 : 400,
                          skin->theme->text, number, 0);
    }
    column->y += 26 * s;
}

static void rest_row(struct heed_column *column, int n, const char *what, const char *number)
{
    heed_inspector_others(column, n, what, number);
    column->y += 10 * column->s;
    heed_column_separator(column);
}

/* Which heads give this link the most. */
static void draw_heads(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    const struct heed_frame *frame = column->frame;
    struct heed_list *list = frame->list;
    const struct heed_run *run = n->maps->run;
    const int all = run->n_layers * run->n_heads;
    int top[N_HEADS];
    double sum = 0;
    char text[160], number[32];
    float *weights = heed_arena_zeroed(&list->arena, (size_t)all, sizeof(float));
    float *room = heed_arena_alloc(&list->arena, (size_t)n->n * sizeof(float));
    if (weights == NULL || room == NULL) {
        list->failed = true;
        return;
    }
    for (int i = 0; i < all; i++) {
        weights[i] = heed_run_rows(run, HEED_RUN_ATTENTION, i, n->query, 1, room)[n->key];
        sum += (double)weights[i];
    }
    const int shown = heed_inspector_top(weights, all, true, top, N_HEADS);
    snprintf(text, sizeof(text), "by weight of %.40s \xE2\x86\x92 %.40s",
             heed_neuron_label(&list->arena, n->maps, n->query),
             heed_neuron_label(&list->arena, n->maps, n->key));
    heed_column_title(column, "Heads", text, NULL);
    for (int i = 0; i < shown; i++) {
        const struct heed_head_id id = {(int16_t)(top[i] / run->n_heads),
                                        (int16_t)(top[i] % run->n_heads)};
        const bool own = heed_head_equal(id, n->head);
        heed_head_name(id, text, sizeof(text));
        heed_format_number(number, sizeof(number), (double)weights[top[i]], 3);
        list->target =
            (struct heed_target){.kind = HEED_TARGET_HEAD, .flags = 0, .a = id.layer, .b = id.head};
        heed_list_hotspot(list,
                          (struct heed_rect){column->x, column->y, column->width, 26 * column->s});
        bar_row(column, text, weights[top[i]],
                heed_frame_head_color(frame, id, frame->theme->faint), number, own);
        list->target = (struct heed_target){0};
        sum -= (double)weights[top[i]];
    }
    heed_format_number(number, sizeof(number), all > shown ? fmax(sum, 0) / (all - shown) : 0, 3);
    rest_row(column, all - shown, ", mean", number);
}

static void draw_dimensions(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, HEED_PALETTE_DIFFERENCE);
    int top[N_DIMENSIONS];
    double rest = 0;
    char name[24], number[32], text[40];
    float *products = heed_arena_zeroed(&frame->list->arena, (size_t)n->d, sizeof(float));
    if (products == NULL) {
        frame->list->failed = true;
        return;
    }
    for (int i = 0; i < n->d; i++) {
        products[i] = heed_neuron_number(n, HEED_NEURON_PRODUCT, n->key, i);
        rest += (double)products[i];
    }
    const int shown = heed_inspector_top(products, n->d, true, top, N_DIMENSIONS);
    const float most = shown > 0 ? fabsf(products[top[0]]) : 0;
    heed_column_title(column, "Dimensions", "that carry the dot product", NULL);
    for (int i = 0; i < shown; i++) {
        const float x = products[top[i]];
        snprintf(name, sizeof(name), "%d", top[i]);
        heed_format_number(text, sizeof(text), (double)x, 2);
        snprintf(number, sizeof(number), "%s%.28s", x > 0 ? "+" : "", text);
        bar_row(column, name, most > 0 ? fabsf(x) / most : 0, palette->stops[x >= 0 ? 7 : 1],
                number, false);
        rest -= (double)x;
    }
    heed_format_number(text, sizeof(text), rest, 2);
    snprintf(number, sizeof(number), "%s%.28s", rest > 0 ? "+" : "", text);
    rest_row(column, n->d - shown, "", number);
}

static void draw_rules(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s;
    char score[96];
    if (n->linear) {
        snprintf(score, sizeof(score), "*score*  =  *f*(*q*) \xC2\xB7 *f*(*k*),  *f* = elu + 1");
    } else {
        char rule[48];
        if (n->plain) {
            snprintf(rule, sizeof(rule), "/ \xE2\x88\x9A%d", n->d);
        } else {
            heed_score_rule(n->maps->run, rule, sizeof(rule));
        }
        snprintf(score, sizeof(score), "*score*  =  *q* \xC2\xB7 *k* %s", rule);
    }
    const char *const rules[] = {score,
                                 n->apart > 0 ? "*weight*  =  the file\xE2\x80\x99s, no softmax"
                                 : n->linear  ? "*weight*  =  *score* / \xCE\xA3 *score*"
                                              : "*weight*  =  exp(*score*) / \xCE\xA3 exp(*score*)",
                                 "*output*  =  \xCE\xA3 *weight* \xC3\x97 *v*"};
    heed_column_title(column, "Rules", NULL, NULL);
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        heed_formula_draw(skin, column->x, column->y + 13 * s, heed_widget_style(skin, 15, 400),
                          skin->theme->text, rules[i], column->width);
        column->y += 26 * s;
    }
    column->y += 12 * s;
}

bool heed_neuron_inspect(struct heed_column *column)
{
    struct heed_neuron_numbers n;
    const char *why = NULL, *how = NULL;
    if (!heed_neuron_compute(column->frame, &n, &why, &how)) {
        return true;
    }
    header(column, &n);
    if (column->frame->state->neuron_step != HEED_NEURON_WHOLE &&
        heed_neuron_has_steps(column->frame)) {
        heed_neuron_inspect_step(column, &n);
        return true;
    }
    draw_heads(column, &n);
    draw_dimensions(column, &n);
    heed_inspector_candidates(column);
    draw_rules(column, &n);
    return true;
}

#include "scene/views/neuron/steps_inspector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "scene/inspector/inspector.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/steps.h"
#include "scene/views/neuron/values.h"
#include "scene/views/neuron/vectors.h"

static void prose(struct heed_column *column, const char *text)
{
    heed_column_prose(column, (struct heed_prose){14, 20, 12, 12, 6}, text);
}

/* What the step does, in two or three lines. */
static void say_step(const struct heed_neuron_numbers *n, enum heed_neuron_step step, char *text,
                     size_t size)
{
    static const char *const words[] = {
        [HEED_NEURON_VECTORS] = "The query of one token and the key of another: what the one looks "
                                "for, and what the other offers to be found by.",
        [HEED_NEURON_PRODUCTS] = "Both vectors are multiplied dimension by dimension. Where they "
                                 "agree in sign the product is positive.",
        [HEED_NEURON_SUM] = "The products are added up to one number for each key: the better "
                            "query and key match, the larger.",
        [HEED_NEURON_SCALE] = "Each sum is divided by the root of the head\xE2\x80\x99s width, so "
                              "that wide heads don\xE2\x80\x99t make one key take all.",
        [HEED_NEURON_WEIGHTED] = "Each key\xE2\x80\x99s value vector times its weight, added up: "
                                 "the output of the head for this token.",
    };
    if (n->linear && step == HEED_NEURON_SCALE) {
        snprintf(text, size,
                 "Linear attention doesn\xE2\x80\x99t scale: the features are positive "
                 "already.");
    } else if (step == HEED_NEURON_SOFTMAX) {
        snprintf(text, size,
                 n->linear ? "Each score is divided by the sum of all %d: the weights. Linear "
                             "attention has no exponential."
                           : "Each score becomes a positive number, its exponential; divided by "
                             "their sum, the %d numbers add up to 1: the weights.",
                 n->n);
    } else {
        snprintf(text, size, "%s%s", words[step],
                 step == HEED_NEURON_SCALE && n->bias != NULL
                     ? " Then this head\xE2\x80\x99s bias b for the distance from query to key "
                       "is added."
                     : "");
    }
}

static void numbers(struct heed_column *column, const struct heed_neuron_numbers *n,
                    enum heed_neuron_step step)
{
    char text[40];
    if (step == HEED_NEURON_VECTORS) {
        heed_column_value(column, "norm of q", heed_neuron_norm(n, HEED_NEURON_QUERY, n->query), 2);
        heed_column_value(column, "norm of k", heed_neuron_norm(n, HEED_NEURON_KEY, n->key), 2);
        return;
    }
    if (step == HEED_NEURON_WEIGHTED) {
        heed_column_value(column, "norm of v", heed_neuron_norm(n, HEED_NEURON_VALUE, n->key), 2);
        heed_column_value(column, "weight", (double)n->weights[n->key], 3);
        heed_column_value(column, "norm of weight \xC3\x97 v",
                          heed_neuron_norm(n, HEED_NEURON_CARRIED, n->key), 2);
        heed_column_value(column, "norm of the output",
                          heed_neuron_norm(n, HEED_NEURON_OUTPUT, n->query), 2);
        return;
    }
    heed_column_value(column,
                      n->linear ? "f(q)\xC2\xB7"
                                  "f(k)"
                                : "q\xC2\xB7k",
                      n->dot, 2);
    if (step >= HEED_NEURON_SCALE && n->bias != NULL) {
        const int away = abs(n->key - n->query);
        snprintf(text, sizeof(text), "b, %d token%s %s", away, away == 1 ? "" : "s",
                 n->key < n->query ? "before" : "after");
        heed_column_value(column, n->key == n->query ? "b, the token itself" : text,
                          (double)n->bias[n->key], 2);
    }
    if (step >= HEED_NEURON_SCALE) {
        heed_column_value(column, "score", (double)n->scores[n->key], 2);
    }
    if (step >= HEED_NEURON_SOFTMAX) {
        if (!n->linear) {
            heed_format_size(text, sizeof(text), n->exp);
            heed_column_text(column,
                             n->shift > 0 ? "exp(score \xE2\x88\x92 largest)" : "exp(score)", text);
        }
        snprintf(text, sizeof(text), "sum over %d keys", n->n);
        heed_column_value(column, text, n->exp_sum, 2);
        heed_column_value(column, "weight", (double)n->weights[n->key], 3);
    }
}

/* One thing to learn: a difference of scores is a factor between weights. */
static void say_gap(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    struct heed_arena *arena = &column->skin->list->arena;
    const int other = heed_neuron_rival(n);
    char text[256], factor[32];
    if (n->linear || other < 0 || n->key_off != HEED_LINK_ON) {
        return;
    }
    const double gap = (double)n->scores[n->key] - (double)n->scores[other];
    heed_format_size(factor, sizeof(factor), exp(fabs(gap)));
    snprintf(text, sizeof(text),
             "\xE2\x80\x9C%.40s\xE2\x80\x9D scores %.2f %s than \xE2\x80\x9C%.40s\xE2\x80\x9D, so "
             "it gets "
             "exp(%.2f) = %s times %s: %.3f against %.3f.",
             heed_neuron_label(arena, n->maps, n->key), fabs(gap), gap < 0 ? "less" : "more",
             heed_neuron_label(arena, n->maps, other), fabs(gap), factor,
             gap < 0 ? "less" : "the weight", (double)n->weights[n->key],
             (double)n->weights[other]);
    heed_column_separator(column);
    heed_column_title(column, "A gap becomes a factor", NULL, NULL);
    prose(column, text);
}

/* Without the division; a bias isn't divided. */
static double bare_score(const struct heed_neuron_numbers *n, int token)
{
    const double bias = n->bias != NULL ? (double)n->bias[token] : 0;
    return sqrt((double)n->d) * ((double)n->scores[token] - bias) + bias;
}

/* What the softmax of the sums themselves would give. */
static double unscaled(const struct heed_neuron_numbers *n, int token)
{
    double largest = -INFINITY, all = 0;
    for (int t = 0; t < n->n; t++) {
        largest = fmax(largest, bare_score(n, t));
    }
    for (int t = 0; t < n->n; t++) {
        all += exp(bare_score(n, t) - largest);
    }
    return all > 0 ? exp(bare_score(n, token) - largest) / all : 0;
}

static void without_scale(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    struct heed_arena *arena = &column->skin->list->arena;
    const struct heed_skin *skin = column->skin;
    enum { SHOWN = 3 };
    const float s = column->s;
    int top[SHOWN];
    char title[48], number[32];
    if (n->linear) {
        return;
    }
    snprintf(title, sizeof(title), "Without \xC3\xB7 \xE2\x88\x9A%d", n->d);
    heed_column_separator(column);
    heed_column_title(column, title, NULL, "with   without");
    const int shown = heed_inspector_top(n->weights, n->n, true, top, SHOWN);
    for (int i = 0; i < shown; i++) {
        const float cy = column->y + 12 * s, end = column->x + column->width;
        const double bare = unscaled(n, top[i]);
        const float x = column->x + 80 * s, w = column->width - 80 * s - 116 * s;
        if (heed_column_sees(column, 26 * s)) {
            heed_widget_left(skin, column->x, cy, 14, 400, skin->theme->text,
                             heed_neuron_label(arena, n->maps, top[i]), 76 * s);
            heed_widget_bar(skin, (struct heed_rect){x, cy - 7 * s, w, 6 * s},
                            fmaxf(w * n->weights[top[i]], skin->hairline), n->color);
            heed_widget_bar(skin, (struct heed_rect){x, cy + 1 * s, w, 6 * s},
                            fmaxf(w * (float)bare, skin->hairline), skin->theme->faint);
            heed_format_number(number, sizeof(number), (double)n->weights[top[i]], 3);
            heed_widget_right(skin, end - 56 * s, cy, 14, 600, skin->theme->text, number, 0);
            heed_format_number(number, sizeof(number), bare, 3);
            heed_widget_right(skin, end, cy, 14, 400, skin->theme->muted, number, 0);
        }
        column->y += 26 * s;
    }
    column->y += 6 * s;
}

void heed_neuron_inspect_step(struct heed_column *column, const struct heed_neuron_numbers *n)
{
    const enum heed_neuron_step step = column->frame->state->neuron_step;
    char title[24], name[32], text[256];
    snprintf(title, sizeof(title), "Step %d", (int)step);
    heed_neuron_step_name(n, step, name, sizeof(name));
    heed_column_title(column, title, name, NULL);
    say_step(n, step, text, sizeof(text));
    prose(column, text);
    numbers(column, n, step);
    column->y += 8 * column->s;
    if (step == HEED_NEURON_SOFTMAX) {
        say_gap(column, n);
    }
    if (step == HEED_NEURON_SCALE || step == HEED_NEURON_SOFTMAX) {
        without_scale(column, n);
    }
    if (step + 1 < HEED_N_NEURON_STEPS) {
        heed_column_separator(column);
        heed_neuron_step_name(n, step + 1, name, sizeof(name));
        snprintf(text, sizeof(text), "%d, %s", (int)step + 1, name);
        heed_column_title(column, "Next", text, NULL);
        say_step(n, step + 1, text, sizeof(text));
        prose(column, text);
    }
}

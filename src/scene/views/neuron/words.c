#include "scene/views/neuron/words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "scene/figure/heads.h"
#include "scene/frame/shown.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/neuron/steps.h"
#include "scene/views/neuron/values.h"

#define OPEN "\xE2\x80\x9C"
#define CLOSE "\xE2\x80\x9D"

/* --- tooltips --- */

static const char *const kind_names[] = {
    [HEED_NEURON_QUERY] = "q, the query of",
    [HEED_NEURON_KEY] = "k, the key of",
    [HEED_NEURON_PRODUCT] = "q \xC3\x97 k with",
    [HEED_NEURON_VALUE] = "v, the value of",
    [HEED_NEURON_CARRIED] = "weight \xC3\x97 v of",
    [HEED_NEURON_HIDDEN] = "weight \xC3\x97 v of the hidden keys, for",
    [HEED_NEURON_OUTPUT] = "the head\xE2\x80\x99s output for",
};

/* With linear attention. */
static const char *const feature_names[] = {
    [HEED_NEURON_QUERY] = "f(q), the query\xE2\x80\x99s features, of",
    [HEED_NEURON_KEY] = "f(k), the key\xE2\x80\x99s features, of",
    [HEED_NEURON_PRODUCT] = "f(q) \xC3\x97 f(k) with",
};

static const char *kind_name(const struct heed_neuron_numbers *n, enum heed_neuron_value kind)
{
    return n->linear && kind <= HEED_NEURON_PRODUCT ? feature_names[kind] : kind_names[kind];
}

/* As describe_box, where linear attention does otherwise. */
static int describe_linear(const struct heed_neuron_numbers *n, int box,
                           char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    char number[40];
    heed_format_number(number, sizeof(number), box == 0 ? n->dot : n->exp, 4);
    snprintf(lines[0], HEED_TIP_BYTES, "%s = %s",
             box == 0 ? "f(q)\xC2\xB7"
                        "f(k)"
                      : "score",
             number);
    if (box == 0) {
        snprintf(lines[1], HEED_TIP_BYTES, "the sum of the %d products of features, f = elu + 1",
                 n->d);
    } else if (box == 1 && n->key_off != HEED_LINK_ON) {
        snprintf(lines[1], HEED_TIP_BYTES, "the link is %s: the rest of the row is renormalised",
                 n->key_off == HEED_LINK_CUT ? "cut" : "masked");
    } else if (box == 1) {
        snprintf(lines[1], HEED_TIP_BYTES,
                 "linear attention doesn\xE2\x80\x99t divide by \xE2\x88\x9A%d", n->d);
    } else {
        snprintf(lines[1], HEED_TIP_BYTES, "features are positive: no exponential; all keys: %.6g",
                 n->exp_sum);
    }
    return 2;
}

static int describe_box(const struct heed_neuron_numbers *n, int box,
                        char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    char number[40];
    if (n->linear && box < 3) {
        return describe_linear(n, box, lines);
    }
    switch (box) {
    case 0:
        heed_format_number(number, sizeof(number), n->dot, 4);
        snprintf(lines[0], HEED_TIP_BYTES, "q\xC2\xB7k = %s", number);
        snprintf(lines[1], HEED_TIP_BYTES,
                 "the sum of the %d products: how well query and key match", n->d);
        return 2;
    case 1:
        heed_format_number(number, sizeof(number), (double)n->scores[n->key], 4);
        snprintf(lines[0], HEED_TIP_BYTES, "score = %s", number);
        if (n->key_off != HEED_LINK_ON) {
            snprintf(lines[1], HEED_TIP_BYTES,
                     "the link is %s: the rest of the row is renormalised",
                     n->key_off == HEED_LINK_CUT ? "cut" : "masked");
            return 2;
        }
        if (!n->plain) {
            char rule[48];
            heed_score_rule(n->maps->run, rule, sizeof(rule));
            snprintf(lines[1], HEED_TIP_BYTES, "q\xC2\xB7k %s, %s", rule,
                     n->maps->run->distances != NULL ? "the model\xE2\x80\x99s for this distance"
                                                     : "as the file says");
            return 2;
        }
        snprintf(
            lines[1], HEED_TIP_BYTES,
            "divided by \xE2\x88\x9A%d, so that wide heads don\xE2\x80\x99t saturate the softmax",
            n->d);
        return 2;
    case 2:
        if (n->apart > 0) {
            snprintf(lines[0], HEED_TIP_BYTES, "softmax(score) isn\xE2\x80\x99t this row");
            snprintf(lines[1], HEED_TIP_BYTES, "a weight is up to %.3g from it, so none is drawn",
                     n->apart);
            return 2;
        }
        snprintf(lines[0], HEED_TIP_BYTES, "exp = %.6g, all keys: %.6g", n->exp, n->exp_sum);
        snprintf(lines[1], HEED_TIP_BYTES, "%s",
                 n->shift > 0 ? "the largest score is taken off first: the weights stay the same"
                              : "makes every score positive");
        return 2;
    default:
        heed_format_number(number, sizeof(number), (double)n->weights[n->key], 6);
        snprintf(lines[0], HEED_TIP_BYTES, "weight = %s", number);
        if (n->apart > 0) {
            snprintf(lines[1], HEED_TIP_BYTES, "as the file has it");
            return 2;
        }
        snprintf(lines[1], HEED_TIP_BYTES, "the key\xE2\x80\x99s share of all %s; a row sums to 1",
                 n->linear ? "scores" : "exponentials");
        return 2;
    }
}

int heed_neuron_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                         char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    const struct heed_target target = subject->target;
    const int column = subject->column;
    struct heed_neuron_numbers n;
    const char *why = NULL, *how = NULL;
    if (target.kind != HEED_TARGET_VALUE || target.a < 0 || target.a > HEED_NEURON_BOX ||
        !heed_neuron_compute(frame, &n, &why, &how)) {
        return 0;
    }
    const enum heed_neuron_value kind = (enum heed_neuron_value)target.a;
    if (kind == HEED_NEURON_BOX) {
        return describe_box(&n, target.b, lines);
    }
    if (target.b < 0 || target.b >= n.n || column < 0 || column >= n.d) {
        return 0;
    }
    char number[40];
    struct heed_arena *arena = &frame->list->arena;
    heed_format_number(number, sizeof(number),
                       (double)heed_neuron_number(&n, kind, target.b, column), 4);
    snprintf(lines[0], HEED_TIP_BYTES, "%s in dimension %d", number, column);
    snprintf(lines[1], HEED_TIP_BYTES, "%s \xE2\x80\x9C%.60s\xE2\x80\x9D in %s",
             kind_name(&n, kind), heed_neuron_label(arena, n.maps, target.b), n.name);
    if (kind == HEED_NEURON_PRODUCT) {
        char q[40], k[40];
        heed_format_number(q, sizeof(q),
                           (double)heed_neuron_number(&n, HEED_NEURON_QUERY, n.query, column), 4);
        heed_format_number(k, sizeof(k),
                           (double)heed_neuron_number(&n, HEED_NEURON_KEY, target.b, column), 4);
        snprintf(lines[2], HEED_TIP_BYTES, "= %s \xC3\x97 %s", q, k);
        return 3;
    }
    return 2;
}

bool heed_neuron_value_key(struct heed_target target, struct heed_pin *key)
{
    if (target.kind != HEED_TARGET_VALUE ||
        (target.a != HEED_NEURON_PRODUCT && target.a != HEED_NEURON_VALUE &&
         target.a != HEED_NEURON_CARRIED && target.a != HEED_NEURON_KEY)) {
        return false;
    }
    *key = (struct heed_pin){target.b, 1};
    return true;
}

/* --- the status line --- */

static void say_hidden(struct heed_clauses *clauses, const struct heed_neuron_numbers *n,
                       bool short_form)
{
    const struct heed_filter *filter = &n->maps->filter;
    char mass[96] = ", in each head\xE2\x80\x99s sum", names[160];
    heed_special_names(n->maps, names, sizeof(names));
    if (!heed_heads_sheet_wanted(clauses->frame)) { /* each panel has its own */
        snprintf(mass, sizeof(mass),
                 short_form ? ": hold %.2f" : ": they hold %.2f of the row and are in the sum",
                 (double)n->hidden_weight);
    }
    if (n->n_rows == n->n) {
        return;
    }
    if (filter->hide_special) {
        heed_clauses_say(clauses, HEED_COMMAND_HIDE_SPECIAL, 0, "%s hidden%s",
                         short_form ? "special" : names, filter->hide_punctuation ? "" : mass);
    }
    if (filter->hide_punctuation) {
        heed_clauses_say(clauses, HEED_COMMAND_HIDE_PUNCTUATION, 0, "punctuation hidden%s", mass);
    }
}

/* What the filters ask for and this view doesn't do. */
static void say_own_ways(struct heed_clauses *clauses, const struct heed_state *state,
                         const struct heed_neuron_numbers *n)
{
    const struct heed_filter *filter = &n->maps->filter;
    if (filter->words) {
        heed_clauses_say(clauses, HEED_COMMAND_WORDS, 0, "tokens, not words");
    }
    if (filter->measure != HEED_MEASURE_WEIGHT || filter->renormalise) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "the head\xE2\x80\x99s plain weights");
    }
    if (filter->aggregate != HEED_AGGREGATE_NONE) {
        heed_clauses_say(clauses, HEED_COMMAND_AGGREGATE, 0, "one head, %s, not an average",
                         n->name);
    }
    if (state->query.count > 1) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "the query is the word\xE2\x80\x99s first token");
    }
}

static void say_apart(struct heed_clauses *clauses, const struct heed_neuron_numbers *n)
{
    if (n->apart > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         clauses->short_form
                             ? "weights up to %.3f from softmax"
                             : "the file\xE2\x80\x99s weights are up to %.3f from softmax(score)",
                         n->apart);
    }
}

static void say_scales(struct heed_clauses *clauses, bool values,
                       const struct heed_neuron_numbers *n, bool short_form)
{
    if (!short_form && !clauses->frame->is_export) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "palette Difference, linear");
    }
    heed_say_strips(clauses);
    if (heed_heads_sheet_wanted(clauses->frame)) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "each panel clipped at the limits it names");
    } else if (short_form) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "clipped at \xC2\xB1%g",
                         (double)(values ? n->value_limit : n->limit));
    } else if (values) {
        heed_clauses_say(
            clauses, HEED_COMMAND_NONE, 0,
            "clipped at \xC2\xB1%g (weight \xC3\x97 v at \xC2\xB1%g, sum at \xC2\xB1%g)",
            (double)n->value_limit, (double)n->carried_limit, (double)n->output_limit);
    } else {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "clipped at \xC2\xB1%g (q \xC3\x97 k at \xC2\xB1%g, weight \xC3\x97 v at "
                         "\xC2\xB1%g, sum at \xC2\xB1%g)",
                         (double)n->limit, (double)n->product_limit, (double)n->carried_limit,
                         (double)n->output_limit);
    }
}

void heed_neuron_say(struct heed_clauses *clauses)
{
    const struct heed_frame *frame = clauses->frame;
    const bool short_form = clauses->short_form;
    struct heed_neuron_numbers n;
    const char *why = NULL, *how = NULL;
    if (!heed_neuron_compute(frame, &n, &why, &how)) {
        return;
    }
    say_hidden(clauses, &n, short_form);
    say_own_ways(clauses, frame->state, &n);
    say_apart(clauses, &n);
    heed_say_nothing_hidden(clauses);
    say_scales(clauses, frame->state->neuron_values, &n, short_form);
}

/* --- the projected headline --- */

void heed_neuron_headline(const struct heed_frame *frame, char *title, size_t title_size,
                          char *line, size_t line_size)
{
    struct heed_neuron_numbers n;
    const char *why = NULL, *how = NULL;
    struct heed_arena *arena = &frame->list->arena;
    if (!heed_neuron_compute(frame, &n, &why, &how)) {
        return;
    }
    const enum heed_neuron_step step = frame->state->neuron_step != HEED_NEURON_WHOLE
                                           ? frame->state->neuron_step
                                           : HEED_NEURON_SOFTMAX;
    const char *query = heed_neuron_label(arena, n.maps, n.query);
    const char *key = heed_neuron_label(arena, n.maps, n.key);
    char name[32], number[40];
    heed_neuron_step_name(&n, step, name, sizeof(name));
    heed_format_number(number, sizeof(number),
                       step == HEED_NEURON_SUM ? n.dot : (double)n.scores[n.key], 2);
    if (step == HEED_NEURON_SUM || step == HEED_NEURON_SCALE) {
        snprintf(title, title_size, "%s, %s: %.60s and %.60s come to %s", n.name, name, query, key,
                 number);
    } else if (step == HEED_NEURON_SOFTMAX) {
        char exponential[32], all[32];
        heed_format_size(exponential, sizeof(exponential), n.exp);
        heed_format_size(all, sizeof(all), n.exp_sum);
        snprintf(title, title_size, "%s, %s: %s of %s is %.3f", n.name, name, exponential, all,
                 (double)n.weights[n.key]);
    } else {
        snprintf(title, title_size, "%s, %s of " OPEN "%.60s" CLOSE " and " OPEN "%.60s" CLOSE,
                 n.name, name, query, key);
    }
    const int other = heed_neuron_rival(&n);
    if (step == HEED_NEURON_SOFTMAX && other >= 0 && !n.linear && n.key_off == HEED_LINK_ON) {
        const double gap = (double)n.scores[n.key] - (double)n.scores[other];
        char factor[32];
        heed_format_size(factor, sizeof(factor), exp(fabs(gap)));
        snprintf(line, line_size,
                 OPEN "%.40s" CLOSE " scores %.2f %s than " OPEN "%.40s" CLOSE
                      ": exp(%.2f) = %s times %s weight",
                 key, fabs(gap), gap < 0 ? "less" : "more", heed_neuron_label(arena, n.maps, other),
                 fabs(gap), factor, gap < 0 ? "less" : "the");
    }
}

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/difference.h"
#include "core/bert/variant.h"
#include "lesson/values.h"

/* --- hidden states --- */

static const float *state_of(const struct heed_run *run, int layer, int token)
{
    return run->hidden_states +
           ((size_t)layer * (size_t)run->n_tokens + (size_t)token) * (size_t)run->hidden;
}

static bool has_states(const struct heed_run *run, struct heed_error *err)
{
    return run->hidden_states != NULL ||
           heed_error_set(err, HEED_ERROR_INPUT, "hidden states aren't known here");
}

/* The same word in A and in B. */
static bool get_similarity(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                           struct heed_error *err)
{
    struct heed_token_range in_b = {0, 0};
    if (call->result->compare == NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no second text to compare");
    }
    const struct heed_result *b = call->result->compare->result;
    if (!has_states(call->run, err) ||
        !heed_lesson_find_word(&in_b, call->world->tokenizer, b->encoding, call->word, err)) {
        return false;
    }
    const struct heed_run *run = call->trained ? heed_result_untouched(b) : b->run;
    value->number = heed_cosine(state_of(call->run, call->state_a, call->query.first),
                                state_of(run, call->state_a, in_b.first), run->hidden);
    return true;
}

static bool get_kept(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                     struct heed_error *err)
{
    if (!has_states(call->run, err)) {
        return false;
    }
    value->number =
        heed_cosine(state_of(call->run, call->state_a, call->query.first),
                    state_of(call->run, call->state_b, call->query.first), call->run->hidden);
    return true;
}

static bool get_alike(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                      struct heed_error *err)
{
    const int n = call->run->n_tokens;
    double sum = 0;
    if (!has_states(call->run, err)) {
        return false;
    }
    for (int i = 1; i < n; i++) {
        for (int j = 0; j < i; j++) {
            sum += heed_cosine(state_of(call->run, call->state_a, i),
                               state_of(call->run, call->state_a, j), call->run->hidden);
        }
    }
    value->number = n > 1 ? 2 * sum / ((double)n * (n - 1)) : 1;
    return true;
}

/* AB: of the two texts; TL: of the untouched run with the changed one. */
static bool get_sentence(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                         struct heed_error *err)
{
    const struct heed_comparison *compare = call->result->compare;
    if (strcmp(call->kind, "TL") == 0) {
        value->number = call->result->plain_cosine;
        return true;
    }
    if (strcmp(call->kind, "AB") != 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT, "sentence is of AB or TL, not of '%s'",
                              call->kind);
    }
    if (compare == NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no second text to compare");
    }
    value->number = call->trained ? compare->untouched_cosine : compare->sentence_cosine;
    return true;
}

/* How far what is off moves a word, or the sentence. */
static bool get_effect(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                       struct heed_error *err)
{
    const struct heed_run *plain = heed_result_untouched(call->result);
    if (strcmp(call->word, "sentence") == 0) {
        value->number = 1 - call->result->plain_cosine;
        return true;
    }
    if (!has_states(call->run, err)) {
        return false;
    }
    value->number =
        1 - heed_cosine(state_of(call->run, call->run->n_layers, call->query.first),
                        state_of(plain, plain->n_layers, call->query.first), plain->hidden);
    return true;
}

/* --- heads --- */

static float measure_of(const struct heed_head_measures *measures, const char *kind, bool *known)
{
    const struct {
        const char *name;
        float value;
    } all[] = {{"previous", measures->to_previous}, {"next", measures->to_next},
               {"self", measures->to_self},         {"cls", measures->to_cls},
               {"sep", measures->to_sep},           {"punctuation", measures->to_punctuation},
               {"same", measures->to_same_word},    {"entropy", measures->entropy},
               {"distance", measures->distance},    {"confidence", measures->confidence}};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (strcmp(all[i].name, kind) == 0) {
            return all[i].value;
        }
    }
    *known = false;
    return 0;
}

/* Of one head, or the mean of all. */
static bool measure(const struct heed_lesson_call *call, const char *kind,
                    struct heed_lesson_value *value, struct heed_error *err)
{
    const struct heed_maps *maps = call->result->maps;
    const int n = maps->n_layers * maps->n_heads;
    bool known = true;
    double sum = 0;
    if (call->trained && call->result->plain != NULL) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "a head's measures are of the run on screen: no 'trained'");
    }
    for (int i = 0; i < n; i++) {
        sum += (double)measure_of(&maps->measures[i], kind, &known);
    }
    if (!known) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "share is of previous, next, self, cls, sep, punctuation or same, "
                              "not of '%s'",
                              kind);
    }
    const int at = call->head.layer * maps->n_heads + call->head.head;
    value->number =
        call->all_heads ? sum / n : (double)measure_of(&maps->measures[at], kind, &known);
    return true;
}

static bool get_share(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                      struct heed_error *err)
{
    return measure(call, call->kind, value, err);
}

static bool get_entropy(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                        struct heed_error *err)
{
    return measure(call, "entropy", value, err);
}

static bool get_distance(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                         struct heed_error *err)
{
    return measure(call, "distance", value, err);
}

static bool get_confidence(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                           struct heed_error *err)
{
    return measure(call, "confidence", value, err);
}

/* The largest weight of a row if scores weren't divided: the same powers of the same
 * exponentials, from the weights themselves. */
static double sharp_confidence(const float *map, int n, double power)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const float *row = map + (size_t)i * (size_t)n;
        float most = 0;
        double all = 0;
        for (int j = 0; j < n; j++) {
            most = row[j] > most ? row[j] : most;
        }
        for (int j = 0; j < n && most > 0; j++) {
            all += pow((double)row[j] / (double)most, power);
        }
        sum += all > 0 ? 1 / all : 0;
    }
    return sum / n;
}

static bool get_sharp(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                      struct heed_error *err)
{
    const struct heed_run *run = call->run;
    const double power = sqrt(run->head_dim);
    const int first = call->all_heads ? 0 : call->head.layer * run->n_heads + call->head.head;
    const int count = call->all_heads ? run->n_layers * run->n_heads : 1;
    double sum = 0;
    float *room = malloc((size_t)run->n_tokens * (size_t)run->n_tokens * sizeof *room);
    if (room == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for a map of weights");
    }
    for (int i = first; i < first + count; i++) {
        sum += sharp_confidence(heed_run_map(run, i, room), run->n_tokens, power);
    }
    free(room);
    value->number = sum / count;
    return true;
}

static bool get_labels(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                       struct heed_error *err)
{
    static const char *const names[] = {"none", "previous",    "next", "self", "cls",
                                        "sep",  "punctuation", "same", "broad"};
    const struct heed_maps *maps = call->result->maps;
    for (int label = HEED_LABEL_NONE; label <= HEED_LABEL_BROAD; label++) {
        if (strcmp(names[label], call->kind) != 0) {
            continue;
        }
        value->number = 0;
        for (int i = 0; i < maps->n_layers * maps->n_heads; i++) {
            value->number += (int)heed_head_label(&maps->measures[i], NULL) == label;
        }
        return true;
    }
    return heed_error_set(err, HEED_ERROR_FORMAT, "no head's label is called '%s'", call->kind);
}

/* --- counts --- */

#define COUNT(name, count)                                                                         \
    static bool name(const struct heed_lesson_call *call, struct heed_lesson_value *value,         \
                     struct heed_error *err)                                                       \
    {                                                                                              \
        (void)err;                                                                                 \
        value->number = (double)(count);                                                           \
        return true;                                                                               \
    }

COUNT(get_tokens, call->run->n_tokens)
COUNT(get_layers, call->run->n_layers)
COUNT(get_heads, call->run->n_heads)
COUNT(get_all_heads, call->run->n_layers * call->run->n_heads)
COUNT(get_dim, call->run->head_dim)
COUNT(get_width, call->run->hidden)
COUNT(get_place, call->query.first)
COUNT(get_far, call->query.first > call->key.first ? call->query.first - call->key.first
                                                   : call->key.first - call->query.first)

static bool get_pairs(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                      struct heed_error *err)
{
    const int n = call->run->n_tokens;
    (void)err;
    value->number = (double)n * n;
    if (call->result->allowed != NULL && !call->trained) {
        value->number = 0;
        for (int i = 0; i < n * n; i++) {
            value->number += call->result->allowed[i] != 0;
        }
    }
    return true;
}

/* --- a probe's --- */

static bool has_probe(const struct heed_lesson_call *call, struct heed_error *err)
{
    const struct heed_probe_run *probe = call->world->probe;
    return (probe != NULL && !heed_probe_run_is_relations(probe)) ||
           heed_error_set(err, HEED_ERROR_INPUT, "no probe of pronouns has been run yet");
}

static bool probed(const struct heed_lesson_call *call, int what, struct heed_lesson_value *value,
                   struct heed_error *err)
{
    if (!has_probe(call, err)) {
        return false;
    }
    const struct heed_probe_run *probe = call->world->probe;
    const int at = heed_probe_run_find(probe, call->head.layer, call->head.head);
    if (at < 0) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the probe has no L%dH%d", call->head.layer,
                              call->head.head);
    }
    value->number = what < 0   ? probe->intervals[at].accuracy.low
                    : what > 0 ? probe->intervals[at].accuracy.high
                               : probe->heads[at].accuracy;
    return true;
}

static bool get_probe(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                      struct heed_error *err)
{
    return probed(call, 0, value, err);
}

static bool get_probe_low(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                          struct heed_error *err)
{
    return probed(call, -1, value, err);
}

static bool get_probe_high(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                           struct heed_error *err)
{
    return probed(call, 1, value, err);
}

#define PROBED(name, number_of)                                                                    \
    static bool name(const struct heed_lesson_call *call, struct heed_lesson_value *value,         \
                     struct heed_error *err)                                                       \
    {                                                                                              \
        if (!has_probe(call, err)) {                                                               \
            return false;                                                                          \
        }                                                                                          \
        const struct heed_probe_run *probe = call->world->probe;                                   \
        value->number = (double)(number_of);                                                       \
        return true;                                                                               \
    }

PROBED(get_probe_sentences, probe->n)
PROBED(get_probe_guess, probe->baselines.uniform)
PROBED(get_probe_nearest, probe->baselines.nearest)
PROBED(get_probe_all, probe->summary.mas)
PROBED(get_probe_best, probe->heads[0].accuracy)
/* The better of the two halves' choices, on the other half. */
PROBED(get_probe_heldout,
       fmax(probe->summary.halves[0].on_other, probe->summary.halves[1].on_other))

const struct heed_lesson_function heed_lesson_state_functions[] = {
    {"similarity", "w@", get_similarity},
    {"kept", "w@@", get_kept},
    {"alike", "@", get_alike},
    {"sentence", "k", get_sentence},
    {"effect", "w", get_effect},
    {"share", "kH", get_share},
    {"entropy", "H", get_entropy},
    {"distance", "H", get_distance},
    {"confidence", "H", get_confidence},
    {"confidence-noscale", "H", get_sharp},
    {"labels", "k", get_labels},
    {"tokens", "", get_tokens},
    {"layers", "", get_layers},
    {"heads", "", get_heads},
    {"allheads", "", get_all_heads},
    {"dim", "", get_dim},
    {"width", "", get_width},
    {"place", "w", get_place},
    {"far", "l", get_far},
    {"pairs", "", get_pairs},
    {"probe", "h", get_probe},
    {"probe-low", "h", get_probe_low},
    {"probe-high", "h", get_probe_high},
    {"probe-sentences", "", get_probe_sentences},
    {"probe-guess", "", get_probe_guess},
    {"probe-nearest", "", get_probe_nearest},
    {"probe-all", "", get_probe_all},
    {"probe-best", "", get_probe_best},
    {"probe-heldout", "", get_probe_heldout},
    {NULL, NULL, NULL},
};

static const struct heed_lesson_function *find_in(const struct heed_lesson_function *rows,
                                                  const char *name, size_t length)
{
    for (; rows->name != NULL; rows++) {
        if (strlen(rows->name) == length && memcmp(rows->name, name, length) == 0) {
            return rows;
        }
    }
    return NULL;
}

const struct heed_lesson_function *heed_lesson_find_function(const char *name, size_t length)
{
    const struct heed_lesson_function *row = find_in(heed_lesson_head_functions, name, length);
    return row != NULL ? row : find_in(heed_lesson_state_functions, name, length);
}

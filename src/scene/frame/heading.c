#include "scene/frame/heading.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/compiler.h"
#include "scene/frame/shown.h"

enum { NAMED = 6 };

/* Text that grows, never past its end. */
struct words {
    char *text;
    size_t size, length;
};

static void append(struct words *words, const char *format, ...) HEED_PRINTF(2, 3);

static void append(struct words *words, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n =
        vsnprintf(words->text + words->length, words->size - words->length, format, arguments);
    va_end(arguments);
    if (n > 0) {
        const size_t most = words->size - words->length - 1;
        words->length += (size_t)n < most ? (size_t)n : most;
    }
}

static bool is_rollout(const struct heed_filter *filter)
{
    return filter->measure == HEED_MEASURE_ROLLOUT;
}

bool heed_heading_same_map(const struct heed_filter *filter, struct heed_head_id a,
                           struct heed_head_id b)
{
    return a.layer == b.layer && (a.head == b.head || is_rollout(filter));
}

/* The mean of equal maps is that map. */
static bool is_one_map(const struct heed_state *state, const struct heed_filter *filter)
{
    for (int i = 1; i < state->n_shown; i++) {
        if (!heed_heading_same_map(filter, state->shown[i].id, state->shown[0].id)) {
            return false;
        }
    }
    return state->n_shown > 0;
}

static const char *aggregate_word(const struct heed_filter *filter)
{
    return filter->aggregate == HEED_AGGREGATE_MAX ? "max" : "mean";
}

static void append_heads(struct words *words, const struct heed_state *state)
{
    for (int i = 0; i < state->n_shown; i++) {
        char name[24];
        heed_head_name(state->shown[i].id, name, sizeof(name));
        append(words, "%s%s", i > 0 ? ", " : "", name);
    }
}

static void append_layers(struct words *words, const struct heed_state *state)
{
    for (int i = 0; i < state->n_shown; i++) {
        append(words, "%s%d", i > 0 ? ", " : "", state->shown[i].id.layer);
    }
}

static void append_aggregate(struct words *words, const struct heed_state *state,
                             const struct heed_filter *filter)
{
    append(words, "%s of ", aggregate_word(filter));
    if (state->n_shown == 0 || state->n_shown > NAMED) {
        const char *what = is_rollout(filter) ? "rollouts" : "heads";
        if (state->n_shown == 0) {
            append(words, "all %s", what);
        } else {
            append(words, "%d %s", state->n_shown, what);
        }
    } else if (is_rollout(filter)) {
        append(words, "rollouts to layers ");
        append_layers(words, state);
    } else {
        append_heads(words, state);
    }
}

void heed_heading(const struct heed_state *state, const struct heed_filter *filter,
                  struct heed_head_id id, char *text, size_t size)
{
    struct words words = {text, size, 0};
    if (id.layer < 0 && is_one_map(state, filter)) {
        id = state->shown[0].id;
    }
    if (id.layer < 0) {
        append_aggregate(&words, state, filter);
    } else if (is_rollout(filter)) {
        append(&words, "rollout to layer %d", id.layer);
    } else {
        append(&words, "L%dH%d", id.layer, id.head);
    }
    if (filter->measure == HEED_MEASURE_VALUE_NORM) {
        append(&words, ", weight \xC3\x97 |value|");
    }
}

void heed_heading_short(const struct heed_state *state, const struct heed_filter *filter,
                        struct heed_head_id id, char *text, size_t size)
{
    if (id.layer < 0 && is_one_map(state, filter)) {
        id = state->shown[0].id;
    }
    if (id.layer < 0 && state->n_shown == 0) {
        snprintf(text, size, "%s of all", aggregate_word(filter));
    } else if (id.layer < 0) {
        snprintf(text, size, "%s of %d", aggregate_word(filter), state->n_shown);
    } else if (is_rollout(filter)) {
        snprintf(text, size, "layer %d", id.layer);
    } else {
        heed_head_name(id, text, size);
    }
}

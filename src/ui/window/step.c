#include "ui/window/step.h"

#include <stdlib.h>
#include <string.h>

/* Words of a moment: runs of zeros and what follows each, behind one word that says how
 * many there are of both. Zeros at the end aren't kept. A pointer is one word: whoever looks
 * for leaks finds it. */
enum { N_WORDS = sizeof(struct heed_moment) / sizeof(uint64_t), SHIFT = 32 };

_Static_assert(sizeof(struct heed_moment) % sizeof(uint64_t) == 0, "whole words");

static size_t pack(const uint64_t *words, uint64_t *packed)
{
    size_t used = 0;
    size_t i = 0;
    while (i < N_WORDS) {
        const size_t zeros = i;
        while (i < N_WORDS && words[i] == 0) {
            i++;
        }
        const size_t others = i;
        while (i < N_WORDS && words[i] != 0) {
            i++;
        }
        if (i > others) {
            packed[used++] = (uint64_t)(others - zeros) << SHIFT | (i - others);
            memcpy(packed + used, words + others, (i - others) * sizeof(*words));
            used += i - others;
        }
    }
    return used;
}

static void unpack(const uint64_t *packed, size_t n, uint64_t *words)
{
    memset(words, 0, N_WORDS * sizeof(*words));
    for (size_t at = 0; at < n;) {
        const size_t others = (uint32_t)packed[at];
        words += packed[at++] >> SHIFT;
        memcpy(words, packed + at, others * sizeof(*words));
        words += others;
        at += others;
    }
}

static size_t text_bytes(const struct heed_state *state)
{
    return strlen(state->text) + (state->pair != NULL ? strlen(state->pair) : 0) +
           (state->compare != NULL ? strlen(state->compare) : 0) +
           (state->sentences != NULL ? strlen(state->sentences) : 0);
}

struct heed_step *heed_step_of(const struct heed_moment *moment)
{
    uint64_t words[N_WORDS];
    uint64_t packed[N_WORDS + 1]; /* a word between zeros takes two: no more than it did */
    memcpy(words, moment, sizeof(words));
    const size_t n = pack(words, packed);
    struct heed_step *step = malloc(sizeof(*step) + n * sizeof(packed[0]));
    if (step != NULL) {
        *step = (struct heed_step){moment->text_version, moment->pin_version,
                                   text_bytes(&moment->state), n};
        memcpy(step->words, packed, n * sizeof(packed[0]));
    }
    return step;
}

struct heed_step *heed_step_create(const struct heed_moment *moment)
{
    struct heed_moment copy = *moment;
    if (!heed_state_copy(&copy.state, &moment->state, NULL)) {
        return NULL;
    }
    struct heed_step *step = heed_step_of(&copy);
    if (step == NULL) {
        heed_state_finish(&copy.state);
    }
    return step;
}

void heed_step_read(const struct heed_step *step, struct heed_moment *moment)
{
    uint64_t words[N_WORDS];
    unpack(step->words, step->n_words, words);
    memcpy(moment, words, sizeof(words));
}

void heed_step_destroy(struct heed_step *step)
{
    if (step != NULL) {
        struct heed_moment moment;
        heed_step_read(step, &moment);
        heed_state_finish(&moment.state);
        free(step);
    }
}

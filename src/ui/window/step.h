/*
 * A moment as the history keeps it: some hundred of its fifteen thousand bytes, as most
 * of a state is the empty part of its lists.
 */
#ifndef HEED_UI_WINDOW_STEP_H
#define HEED_UI_WINDOW_STEP_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "state/state.h"

/* A state and the versions that it speaks of: a version numbers one pair of
 * texts; the pins' tokens are those of pin_version. */
struct heed_moment {
    struct heed_state state;
    uint64_t text_version, pin_version;
};

struct heed_step {
    uint64_t text_version, pin_version; /* the moment's */
    size_t text_bytes;
    size_t n_words;
    uint64_t words[]; /* of the moment; see step.c */
};

/* With texts of its own. NULL: there is no memory. */
HEED_NODISCARD struct heed_step *heed_step_create(const struct heed_moment *moment);
/* Takes the moment's texts over. NULL: there is no memory, and they are the moment's. */
HEED_NODISCARD struct heed_step *heed_step_of(const struct heed_moment *moment);
/* The moment again, whose texts are the step's: they go with heed_step_destroy, and are
 * the moment's after free(step). */
void heed_step_read(const struct heed_step *step, struct heed_moment *moment);
void heed_step_destroy(struct heed_step *step);

#endif

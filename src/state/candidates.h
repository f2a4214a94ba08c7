/*
 * Candidates: words that a pinned query could mean, marked by a person and
 * held against each other. The state's list, what it comes to in a frame, and
 * the mark that a view's token carries. Pure; the thread that builds the list.
 */
#ifndef HEED_STATE_CANDIDATES_H
#define HEED_STATE_CANDIDATES_H

#include <stdbool.h>

#include "base/compiler.h"
#include "state/state.h"

/* Index of the candidate that holds one of the pin's tokens, or -1. */
int heed_state_find_candidate(const struct heed_state *state, struct heed_pin pin);
/* Marks the word, or unmarks all that share a token with it. False if there
 * is no room for one more. */
bool heed_state_toggle_candidate(struct heed_state *state, struct heed_pin pin);

/* Where a unit's label lies: (x, cy) is the middle of its left edge; px. */
struct heed_candidate_label {
    float x, cy, width, size;
    struct heed_color color;
    bool turned; /* along the slant of 45 degrees that rises to the right */
    float below; /* px from the middle to the lower edge of the chip that it stands on; 0: none */
};

#endif

/*
 * Candidates: words that a pinned query could mean, marked by a person and
 * held against each other. The state's list, what it comes to in a frame, and
 * the mark that a view's token carries. Pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_CANDIDATES_H
#define HEED_SCENE_CANDIDATES_H

#include "core/analysis/margin.h"
#include "scene/parts.h"

/* Index of the candidate that holds one of the pin's tokens, or -1. */
int heed_state_find_candidate(const struct heed_state *state, struct heed_pin pin);
/* Marks the word, or unmarks all that share a token with it. False if there
 * is no room for one more. */
bool heed_state_toggle_candidate(struct heed_state *state, struct heed_pin pin);

/* What is ranked: the pinned query, and as keys the pinned one (the answer)
 * and the candidates; without a pinned key the first candidate in the text is
 * the answer. Words that the filter hides are left out. False without a
 * visible pinned query, or without any key. */
bool heed_candidates_find(const struct heed_frame *frame, struct heed_margin_request *request);
/* The same, and there are at least two keys. */
bool heed_candidates_have_margin(const struct heed_frame *frame,
                                 struct heed_margin_request *request);
/* "animal" of one of its keys. */
void heed_candidates_name(const struct heed_margin_request *request, int key, char *text,
                          size_t size);

/* "animal − street" of the pinned query, "animal − best of 3"; "" without a
 * margin. */
void heed_candidates_text(const struct heed_frame *frame, char *text, size_t size);

/* Where a unit's label lies: (x, cy) is the middle of its left edge; px. */
struct heed_candidate_label {
    float x, cy, width, size;
    struct heed_color color;
    bool turned; /* along the slant of 45 degrees that rises to the right */
};

/* If the unit belongs to a candidate: a bracket below its label that opens
 * upwards. */
void heed_candidate_draw(const struct heed_skin *skin, const struct heed_state *state,
                         const struct heed_unit *unit, struct heed_candidate_label label);

#endif

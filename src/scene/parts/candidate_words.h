/* The candidates as units of the maps, named and drawn. */
#ifndef HEED_SCENE_PARTS_CANDIDATE_WORDS_H
#define HEED_SCENE_PARTS_CANDIDATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/analysis/margin.h"
#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"
#include "state/candidates.h"

/* What is ranked: the pinned query, and as keys the pinned one (the answer)
 * and the candidates; without a pinned key the first candidate in the text is
 * the answer. Words that the filter hides are left out. False without a
 * visible pinned query, or without any key. */
bool heed_candidates_find(const struct heed_frame *frame, struct heed_margin_request *request);
/* Why one of what is pinned or marked isn't among them: a filter hides it, or words are
 * merged and it is a part of one. False: all are, or there is nothing to rank by. */
bool heed_candidates_explain(const struct heed_frame *frame, char *text, size_t size);
/* As heed_candidates_find, and there are at least two keys. */
bool heed_candidates_have_margin(const struct heed_frame *frame,
                                 struct heed_margin_request *request);
/* "animal" of one of its keys. */
void heed_candidates_name(const struct heed_margin_request *request, int key, char *text,
                          size_t size);
/* "animal − street" of the pinned query, "animal − best of 3"; "" without a margin. */
void heed_candidates_text(const struct heed_frame *frame, char *text, size_t size);
/* If the unit belongs to a candidate: a bracket below its label, or below its chip, that
 * opens upwards. */
void heed_candidate_draw(const struct heed_skin *skin, const struct heed_state *state,
                         const struct heed_unit *unit, struct heed_candidate_label label);

#endif

/* By how much each head changes from A to B: in its margin, in the pinned link, or as a
 * whole map. */
#ifndef HEED_SCENE_VIEWS_COMPARE_RANKING_H
#define HEED_SCENE_VIEWS_COMPARE_RANKING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "core/analysis/margin.h"
#include "scene/frame/kind.h"
#include "scene/views/compare/parts.h"

/* What the state asks for, or the next that there is: a margin needs candidates that both
 * texts have, a link pins that both have. */
enum heed_compare_rank heed_compare_rank_of(const struct heed_frame *frame);
/* The candidates that both texts have, in A and in B; false: no margin in both. */
bool heed_compare_find_margins(const struct heed_frame *frame,
                               struct heed_margin_request requests[2]);
/* The head's numbers by that. */
struct heed_compared_head heed_compare_head(const struct heed_frame *frame,
                                            enum heed_compare_rank by, struct heed_head_id id);
/* All heads in the list's arena, largest |change| first; NULL without memory. *is_link: a
 * and b are numbers of each text, and change is signed. */
struct heed_compared_head *heed_compare_ranked(const struct heed_frame *frame, bool *is_link);
/* The first n of them, without a list; returns how many there are (0 without B). */
int heed_compare_most(const struct heed_state *state, const struct heed_result *result,
                      struct heed_head_id *ids, int n);
/* "by change of margin animal - street". */
void heed_compare_explain(const struct heed_frame *frame, char *text, size_t size);
/* As heed_view_kind has them. */
HEED_NODISCARD bool heed_compare_fill_changes(const struct heed_frame *frame, float *changes);
bool heed_compare_is_signed(const struct heed_frame *frame);
void heed_compare_name_changes(const struct heed_frame *frame, struct heed_change_name *name);

#endif

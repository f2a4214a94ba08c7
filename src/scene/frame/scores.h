/*
 * What a link's weight was made of in a result: its score, as the result's
 * attention has it, and whether it counted. Pure; any thread.
 */
#ifndef HEED_SCENE_FRAME_SCORES_H
#define HEED_SCENE_FRAME_SCORES_H

#include <stddef.h>

#include "core/engine/result.h"

enum heed_link_off { HEED_LINK_ON, HEED_LINK_CUT, HEED_LINK_MASKED };

/* Of two tokens in a head; tokens that the text doesn't have are on. */
enum heed_link_off heed_link_is_off(const struct heed_result *result, struct heed_head_id head,
                                    int query, int key);
/* The mask lets no token of the query see one of the key. */
bool heed_mask_forbids(const struct heed_result *result, struct heed_token_range query,
                       struct heed_token_range key);
/* "cut, its score is −∞", "masked, its score is 0"; "" if it is on. */
void heed_link_off_words(const struct heed_result *result, enum heed_link_off off, char *text,
                         size_t size);
/* What makes a score of q.k: "÷ √64"; of a file that says so "× 0.25 + bias". */
void heed_score_rule(const struct heed_run *run, char *text, size_t size);
/* The factor of q.k, and whether it and nothing else makes the score as usual: 1 / sqrt(d)
 * without a bias. */
double heed_score_scale(const struct heed_run *run);
bool heed_score_is_plain(const struct heed_run *run);
/* q.k / sqrt(d) (or a file's own factor and bias), or of linear attention f(q).f(k), from what the
 * run kept and before anything is cut or masked. */
double heed_link_score(const struct heed_result *result, struct heed_head_id head, int query,
                       int key);

#endif

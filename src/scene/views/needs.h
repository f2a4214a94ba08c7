/*
 * What commands need of what is shown: an attention file may lack it. Of a view or a
 * panel its row says so. Pure; any thread.
 */
#ifndef HEED_SCENE_VIEWS_NEEDS_H
#define HEED_SCENE_VIEWS_NEEDS_H

#include "core/engine/result.h"
#include "draw/display_list.h"
#include "state/commands.h"
#include "state/state.h"

struct heed_view_kind;
struct heed_frame;

/* A set of enum heed_absence. */
unsigned heed_command_needs(enum heed_command command, int32_t argument);
/* What of that the result lacks; 0: nothing, or there is no result. */
unsigned heed_command_lacks(const struct heed_result *result, enum heed_command command,
                            int32_t argument);
/* The command's target, marked if the result lacks something. */
struct heed_target heed_needy_target(const struct heed_result *result, enum heed_command command,
                                     int32_t argument);
/* Whether a command would change nothing of what is open: a threshold where no links are
 * drawn, pieces where only whole words can be compared. kind: of what is drawn; result may be
 * NULL. Then why, in words (NULL: nobody asks). */
bool heed_command_is_idle(const struct heed_view_kind *kind, const struct heed_state *state,
                          const struct heed_result *result, int command, char *why, size_t size);
/* Whether Compare's, or any view's, maps are of whole words: chosen, or all that can be. */
bool heed_merges_words(const struct heed_frame *frame);
bool heed_slider_is_idle(const struct heed_view_kind *kind, const struct heed_state *state,
                         int slider, char *why, size_t size);
/* "Lab, Compare, Ablation": what one bit of enum heed_absence would open. */
void heed_absence_opens(unsigned absence, char *text, size_t size);

#endif

/* What the newest ablation says about a head, where it is of what is shown. */
#ifndef HEED_SCENE_FRAME_ABLATION_VALUES_H
#define HEED_SCENE_FRAME_ABLATION_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/engine/ablation_task.h"
#include "scene/frame/frame.h"

/* The pins that an ablation is of: B's words in Compare aren't A's. */
void heed_ablation_pins(const struct heed_state *state, struct heed_pin *query,
                        struct heed_pin *key);
/* The newest that is done; NULL: none. *current: it is of the text and the pins that are shown. */
const struct heed_ablation_work *heed_ablation_find(const struct heed_frame *frame, bool *current);
/* The row of a head; NULL: there is none. */
const struct heed_ablation_row *heed_ablation_row_of(const struct heed_ablation_table *table,
                                                     struct heed_head_id id);
/* The state's, or the nearest that the table has. */
enum heed_ablation_by heed_ablation_by_of(const struct heed_ablation_table *table,
                                          enum heed_ablation_by by);
float heed_ablation_value(const struct heed_ablation_row *row, enum heed_ablation_by by);
/* The work is of the text that is shown. */
/* What was run is of the shown tokens: the model reads nothing else. */
bool heed_frame_has_ids(const struct heed_frame *frame, const struct heed_result *result);
bool heed_ablation_has_text(const struct heed_ablation_work *work, const struct heed_frame *frame);
/* "72 runs as the last one of 3.1 ms, about 0.2 s": what running it would cost, from the last run's
 * time. */
void heed_ablation_cost(const struct heed_frame *frame, char *text, size_t size);

#endif

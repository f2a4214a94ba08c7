/*
 * The ablation panel: what muting each head by itself changes, as a ranked
 * table and as the head map's colours. And what others want to know of it:
 * whether it is of what is shown, and a head's effect. Pure; the thread that
 * builds the list.
 */
#ifndef HEED_SCENE_ABLATION_H
#define HEED_SCENE_ABLATION_H

#include "core/engine/ablation_task.h"
#include "scene/panel.h"

/* The newest that is done; NULL: none. *current: it is of the text and the
 * pins that are shown. */
const struct heed_ablation_work *heed_ablation_find(const struct heed_frame *frame,
                                                    bool *current);
/* The row of a head; NULL: there is none. */
const struct heed_ablation_row *
heed_ablation_row_of(const struct heed_ablation_table *table,
                     struct heed_head_id id);
/* The state's, or the nearest that the table has. */
enum heed_ablation_by heed_ablation_by_of(const struct heed_ablation_table *table,
                                          enum heed_ablation_by by);
float heed_ablation_value(const struct heed_ablation_row *row,
                          enum heed_ablation_by by);

/* As heed_panel_map. */
bool heed_ablation_map(const struct heed_frame *frame, struct heed_panel_map *map);
void heed_ablation_draw(struct heed_frame *frame, const struct heed_skin *skin,
                        struct heed_rect rect);
float heed_ablation_height(struct heed_frame *frame, float width);

/* "72 runs as the last one of 3.1 ms, about 0.2 s": what running it would cost, from the last run's time. */
void heed_ablation_cost(const struct heed_frame *frame, char *text, size_t size);

#endif

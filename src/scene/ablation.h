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

/* The pins that an ablation is of: B's words in Compare aren't A's. */
void heed_ablation_pins(const struct heed_state *state, struct heed_pin *query,
                        struct heed_pin *key);
/* The newest that is done; NULL: none. *current: it is of the text and the
 * pins that are shown. */
const struct heed_ablation_work *heed_ablation_find(const struct heed_frame *frame, bool *current);
/* The row of a head; NULL: there is none. */
const struct heed_ablation_row *heed_ablation_row_of(const struct heed_ablation_table *table,
                                                     struct heed_head_id id);
/* The state's, or the nearest that the table has. */
enum heed_ablation_by heed_ablation_by_of(const struct heed_ablation_table *table,
                                          enum heed_ablation_by by);
float heed_ablation_value(const struct heed_ablation_row *row, enum heed_ablation_by by);

/* As heed_panel_map. */
bool heed_ablation_map(const struct heed_frame *frame, struct heed_panel_map *map);
/* As heed_panel_put_table. */
bool heed_ablation_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                             struct heed_error *err);
void heed_ablation_draw(struct heed_frame *frame, const struct heed_skin *skin,
                        struct heed_rect rect);
float heed_ablation_height(struct heed_frame *frame, float width);

/* What the columns are, below the table; n_left_out: rows that aren't in it. */
void heed_ablation_note_text(const struct heed_frame *frame, const struct heed_ablation_work *work,
                             int n_left_out, char *text, size_t size);
/* That the numbers are of another text, or of another link in it. */
void heed_ablation_stale_text(const struct heed_frame *frame, const struct heed_ablation_work *work,
                              char *text, size_t size);
/* The work is of the text that is shown. */
/* What was run is of the shown tokens: the model reads nothing else. */
bool heed_frame_has_ids(const struct heed_frame *frame, const struct heed_result *result);
bool heed_ablation_has_text(const struct heed_ablation_work *work, const struct heed_frame *frame);
/* text: room for the explanation. */
void heed_ablation_fill_header(const struct heed_frame *frame, bool has_work, bool current,
                               struct heed_panel_header *header, char *text, size_t size);

/* "72 runs as the last one of 3.1 ms, about 0.2 s": what running it would cost, from the last run's
 * time. */
void heed_ablation_cost(const struct heed_frame *frame, char *text, size_t size);

#endif

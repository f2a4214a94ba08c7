/* The ablation's words: what it is of, what it costs. */
#ifndef HEED_SCENE_PANELS_ABLATION_WORDS_H
#define HEED_SCENE_PANELS_ABLATION_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/engine/ablation_task.h"
#include "scene/parts/panel_header.h"

/* What the columns are, below the table; n_left_out: rows that aren't in it. */
void heed_ablation_note_text(const struct heed_frame *frame, const struct heed_ablation_work *work,
                             int n_left_out, char *text, size_t size);
/* That the numbers are of another text, or of another link in it. */
void heed_ablation_stale_text(const struct heed_frame *frame, const struct heed_ablation_work *work,
                              char *text, size_t size);
/* What running it would do, in a sentence or two. */
void heed_ablation_start_text(const struct heed_frame *frame, char *text, size_t size);
/* text: room for the explanation. */
void heed_ablation_fill_header(const struct heed_frame *frame, bool has_work, bool current,
                               struct heed_panel_header *header, char *text, size_t size);

#endif

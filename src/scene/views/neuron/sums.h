/* A row's arithmetic as text: for a line on screen, and to be copied. Pure. */
#ifndef HEED_SCENE_VIEWS_NEURON_SUMS_H
#define HEED_SCENE_VIEWS_NEURON_SUMS_H

#include "base/buffer.h"
#include "scene/views/neuron/parts.h"

/* What the step does to the key in hand, as markup (scene/widgets/formula.h); briefly: in
 * numbers alone. */
void heed_neuron_write_out(const struct heed_neuron_numbers *n, enum heed_neuron_step step,
                           bool briefly, struct heed_arena *arena, char *text, size_t size);
/* The whole row: every token's q k, score, exponential and weight, and their sums;
 * tab-separated, or a tabular and a formula of LaTeX. Nothing if the frame has none. */
void heed_neuron_put_sums(struct heed_buffer *out, const struct heed_frame *frame, bool latex);

#endif

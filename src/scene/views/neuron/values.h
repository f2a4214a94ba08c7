/* Neuron's vectors, scores and sums, of one head and query. */
#ifndef HEED_SCENE_VIEWS_NEURON_VALUES_H
#define HEED_SCENE_VIEWS_NEURON_VALUES_H

#include <stdbool.h>

#include "base/compiler.h"
#include "scene/views/neuron/parts.h"

/* False: nothing can be shown. *why then says so. */
HEED_NODISCARD bool heed_neuron_compute(const struct heed_frame *frame,
                                        struct heed_neuron_numbers *numbers, const char **why,
                                        const char **how);
/* The steps from q and k to the output are those of a model's run, or of a file whose row
 * was made by the same ones. */
bool heed_neuron_has_steps(const struct heed_frame *frame);
/* The rows by weight, largest first. */
void heed_neuron_sort_rows(struct heed_neuron_numbers *numbers);
/* q k of the query in hand and this token's key. */
double heed_neuron_dot(const struct heed_neuron_numbers *numbers, int token);
/* The key with the largest weight after the one in hand; -1: there is none. */
int heed_neuron_rival(const struct heed_neuron_numbers *numbers);
/* What the row's weights are shares of: exp(score), less the shift; 0 for what is off. */
double heed_neuron_share(const struct heed_neuron_numbers *numbers, int key);
/* One number of a strip. */
float heed_neuron_number(const struct heed_neuron_numbers *numbers, enum heed_neuron_value kind,
                         int token, int dimension);

#endif

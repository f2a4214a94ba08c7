/*
 * What tells a model the order of its tokens, beside the rows of a table: which row a
 * token takes, and the bias of a score by the distance of its tokens (Raffel et al.
 * 2020, section 2.1, as MPNet has it). Pure; any thread.
 */
#ifndef HEED_CORE_BERT_POSITIONS_H
#define HEED_CORE_BERT_POSITIONS_H

#include <stdint.h>

#include "core/model/model.h"

/* places[n]: of each token, from 0; that of a padding token is -1. */
void heed_positions_find_places(int *places, const struct heed_model_config *config,
                                const int32_t *ids, int n);
/* Of a head, for distance = key - query; 0 if the model has none. */
float heed_relative_bias(const struct heed_model_weights *weights,
                         const struct heed_model_config *config, int head, int distance);

#endif

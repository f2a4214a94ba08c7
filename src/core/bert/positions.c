#include "core/bert/positions.h"

#include <math.h>
#include <stdlib.h>

void heed_positions_find_places(int *places, const struct heed_model_config *config,
                                const int32_t *ids, int n)
{
    int next = 0;
    for (int i = 0; i < n; i++) {
        const bool is_padding = config->padding_id >= 0 && ids[i] == config->padding_id;
        places[i] = is_padding ? -1 : next++;
    }
}

/* Small distances have a bucket each, larger ones share them by their logarithm, as far
 * as 128; half of the buckets is for keys before the query. */
static int find_bucket(int distance)
{
    enum { SIDE = 16, EXACT = 8 };
    const float farthest = 128.0f;
    const int n = abs(distance);
    const int side = distance > 0 ? SIDE : 0;
    if (n < EXACT) {
        return side + n;
    }
    const float part = logf((float)n / EXACT) / (float)log((double)farthest / EXACT);
    const int bucket = EXACT + (int)(part * (SIDE - EXACT));
    return side + (bucket < SIDE ? bucket : SIDE - 1);
}

float heed_relative_bias(const struct heed_model_weights *weights,
                         const struct heed_model_config *config, int head, int distance)
{
    return weights->relative_bias
               ? weights->relative_bias[find_bucket(distance) * config->n_heads + head]
               : 0;
}

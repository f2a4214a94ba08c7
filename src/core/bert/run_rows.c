#include "core/bert/run.h"

const float *heed_run_rows(const struct heed_run *run, enum heed_run_array which, int map,
                           int first, int count, float *room)
{
    const float *const arrays[] = {run->attention, run->queries, run->keys, run->values, run->bias};
    const bool by_token = which == HEED_RUN_ATTENTION || which == HEED_RUN_BIAS;
    const int width = by_token ? run->n_tokens : run->head_dim;
    if (arrays[which]) {
        return arrays[which] +
               ((size_t)map * (size_t)run->n_tokens + (size_t)first) * (size_t)width;
    }
    if (which == HEED_RUN_BIAS && run->distances) {
        for (int i = 0; i < count * width; i++) {
            room[i] = heed_run_bias(run, map, first + i / width, i % width);
        }
        return room;
    }
    run->reader.read(run->reader.context, which, map, first, count, room);
    return room;
}

#include "core/bert/pooled.h"

#include <math.h>
#include <string.h>

void heed_pooled(double *vector, const struct heed_run *run, enum heed_pooling pooling)
{
    const size_t width = (size_t)run->hidden;
    const size_t n = (size_t)run->n_tokens;
    const float *states = run->hidden_states + (size_t)run->n_layers * n * width;
    const double share = pooling == HEED_POOLING_MEAN        ? 1.0 / (double)n
                         : pooling == HEED_POOLING_MEAN_SQRT ? 1.0 / sqrt((double)n)
                                                             : 1.0;
    for (size_t k = 0; k < width; k++) {
        double value = (double)states[k];
        for (size_t i = 1; i < n && pooling != HEED_POOLING_FIRST; i++) {
            const double next = (double)states[i * width + k];
            value = pooling == HEED_POOLING_MAX ? fmax(value, next) : value + next;
        }
        vector[k] = value * share;
    }
}

double heed_pooled_cosine(const double *a, const double *b, int n)
{
    double dot = 0, aa = 0, bb = 0;
    for (int i = 0; i < n; i++) {
        dot += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return aa > 0 && bb > 0 ? dot / sqrt(aa * bb) : 0;
}

bool heed_pooled_runs(double *cosine, struct heed_arena *arena, const struct heed_run *a,
                      const struct heed_run *b, enum heed_pooling pooling, struct heed_error *err)
{
    const size_t width = (size_t)a->hidden;
    double *vectors = (double *)heed_arena_alloc(arena, 2 * width * sizeof(*vectors));
    if (!vectors) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for two vectors");
    }
    heed_pooled(vectors, a, pooling);
    heed_pooled(vectors + width, b, pooling);
    *cosine = heed_pooled_cosine(vectors, vectors + width, a->hidden);
    return true;
}

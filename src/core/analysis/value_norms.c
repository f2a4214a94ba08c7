#include <math.h>

#include "core/analysis/transform.h"

/* |v W_O| = sqrt(v G v^T) with G = W_O W_O^T: G is made once a head, so that
 * a key costs head_dim squared and not head_dim times hidden. In double, as
 * the square of a small norm among large weights would lose its digits. */
static void fill_gram(double *gram, const struct heed_linear_weights *output,
                      const struct heed_run *run, int head)
{
    const size_t hidden = (size_t)run->hidden;
    const size_t dim = (size_t)run->head_dim;
    for (size_t i = 0; i < dim * dim; i++) {
        gram[i] = 0;
    }
    for (size_t out = 0; out < hidden; out++) {
        const float *weights = output->weight + out * hidden + (size_t)head * dim;
        for (size_t a = 0; a < dim; a++) {
            for (size_t b = 0; b <= a; b++) {
                gram[a * dim + b] += (double)weights[a] * (double)weights[b];
            }
        }
    }
}

/* Only the lower half of G is filled: the others count twice. */
static float norm(const double *gram, const float *value, size_t dim)
{
    double square = 0;
    for (size_t a = 0; a < dim; a++) {
        double sum = 0;
        for (size_t b = 0; b < a; b++) {
            sum += gram[a * dim + b] * (double)value[b];
        }
        square +=
            (double)value[a] * (2 * sum + gram[a * dim + a] * (double)value[a]);
    }
    return square > 0 ? (float)sqrt(square) : 0.0F;
}

struct norming {
    const struct heed_run *run;
    const struct heed_layer_weights *layers;
    float *norms;
    double *grams; /* [threads, head_dim, head_dim] */
};

static void norm_head_task(void *context, int map, int thread)
{
    const struct norming *norming = context;
    const struct heed_run *run = norming->run;
    const size_t n = (size_t)run->n_tokens;
    const size_t dim = (size_t)run->head_dim;
    double *gram = norming->grams + (size_t)thread * dim * dim;
    fill_gram(gram, &norming->layers[map / run->n_heads].attention_output, run,
              map % run->n_heads);
    for (size_t key = (size_t)map * n; key < ((size_t)map + 1) * n; key++) {
        norming->norms[key] = norm(gram, run->values + key * dim, dim);
    }
}

bool heed_value_norms(float **norms, struct heed_arena *arena,
                      const struct heed_run *run, const struct heed_model *model,
                      struct heed_pool *pool, struct heed_error *err)
{
    const size_t n_maps = (size_t)run->n_layers * (size_t)run->n_heads;
    const size_t gram = (size_t)run->head_dim * (size_t)run->head_dim;
    const size_t n_threads = (size_t)heed_pool_get_threads(pool);
    struct norming norming = {
        .run = run,
        .layers = heed_model_get_weights(model)->layers,
        .norms = heed_arena_zeroed(arena, n_maps * (size_t)run->n_tokens,
                                   sizeof(float)),
        .grams = heed_arena_zeroed(arena, n_threads * gram, sizeof(double)),
    };
    if (!norming.norms || !norming.grams) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the value norms");
    }
    heed_pool_run(pool, norm_head_task, &norming, (int)n_maps);
    *norms = norming.norms;
    return true;
}

#include <math.h>
#include <stdlib.h>

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

bool heed_value_norms(float **norms, const struct heed_run *run,
                      const struct heed_model *model, struct heed_error *err)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t dim = (size_t)run->head_dim;
    const size_t n_maps = (size_t)run->n_layers * (size_t)run->n_heads;
    const struct heed_layer_weights *layers = heed_model_get_weights(model)->layers;
    float *made = malloc(n_maps * n * sizeof *made);
    double *gram = malloc(dim * dim * sizeof *gram);
    if (!made || !gram) {
        free(made);
        free(gram);
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the value norms");
    }
    for (size_t map = 0; map < n_maps; map++) {
        const size_t layer = map / (size_t)run->n_heads;
        fill_gram(gram, &layers[layer].attention_output, run,
                  (int)(map % (size_t)run->n_heads));
        for (size_t key = 0; key < n; key++) {
            made[map * n + key] =
                norm(gram, run->values + (map * n + key) * dim, dim);
        }
    }
    free(gram);
    *norms = made;
    return true;
}

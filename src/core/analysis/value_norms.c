#include <math.h>
#include <string.h>

#include "core/analysis/transform.h"

enum {
    TILE = 4,   /* of G: its sums stay in registers */
    DEPTH = 32, /* lines of W_O at once: they stay in the cache */
    KEYS = 8
};

/* |v W_O| = sqrt(v G v^T) with G = W_O W_O^T: G is made once a head, so that
 * a key costs head_dim squared and not head_dim times hidden. In double, as
 * the square of a small norm among large weights would lose its digits. */
static void add_tile(double *gram, const double *lines, size_t depth, size_t dim, size_t a,
                     size_t b)
{
    double *to = gram + a * dim + b;
    double sums[TILE][TILE];
    for (size_t i = 0; i < TILE; i++) {
        memcpy(sums[i], to + i * dim, sizeof sums[i]);
    }
    for (size_t line = 0; line < depth; line++) {
        const double *of = lines + line * dim;
#pragma GCC unroll 4
        for (size_t i = 0; i < TILE; i++) {
#pragma GCC unroll 4
            for (size_t j = 0; j < TILE; j++) {
                sums[i][j] += of[a + i] * of[b + j];
            }
        }
    }
    for (size_t i = 0; i < TILE; i++) {
        memcpy(to + i * dim, sums[i], sizeof sums[i]);
    }
}

static void add_lines(double *gram, const double *lines, size_t depth, size_t dim)
{
    const size_t tiled = dim - dim % TILE;
    for (size_t a = 0; a < tiled; a += TILE) {
        for (size_t b = 0; b <= a; b += TILE) {
            add_tile(gram, lines, depth, dim, a, b);
        }
    }
    for (size_t a = tiled; a < dim; a++) {
        for (size_t b = 0; b <= a; b++) {
            for (size_t line = 0; line < depth; line++) {
                gram[a * dim + b] += lines[line * dim + a] * lines[line * dim + b];
            }
        }
    }
}

static void fill_gram(double *gram, const struct heed_linear_weights *output,
                      const struct heed_run *run, int head, double *lines)
{
    const size_t hidden = (size_t)run->hidden;
    const size_t dim = (size_t)run->head_dim;
    const float *weights = output->weight + (size_t)head * dim;
    memset(gram, 0, dim * dim * sizeof *gram);
    for (size_t out = 0; out < hidden; out += DEPTH) {
        const size_t depth = hidden - out < DEPTH ? hidden - out : DEPTH;
        for (size_t line = 0; line < depth; line++) {
            for (size_t a = 0; a < dim; a++) {
                lines[line * dim + a] = (double)weights[(out + line) * hidden + a];
            }
        }
        add_lines(gram, lines, depth, dim);
    }
}

/* Of up to KEYS keys at once, as one's sums wait for each other. Only the
 * lower half of G is read: the others count twice. */
static void fill_norms(float *norms, const double *gram, const float *values, size_t n_keys,
                       size_t dim, double *turned)
{
    double squares[KEYS] = {0};
    for (size_t a = 0; a < dim; a++) {
        for (size_t key = 0; key < KEYS; key++) {
            turned[a * KEYS + key] = key < n_keys ? (double)values[key * dim + a] : 0;
        }
    }
    for (size_t a = 0; a < dim; a++) {
        const double *own = turned + a * KEYS;
        double sums[KEYS] = {0};
        for (size_t b = 0; b < a; b++) {
#pragma GCC unroll 8
            for (size_t key = 0; key < KEYS; key++) {
                sums[key] += gram[a * dim + b] * turned[b * KEYS + key];
            }
        }
#pragma GCC unroll 8
        for (size_t key = 0; key < KEYS; key++) {
            squares[key] += own[key] * (2 * sums[key] + gram[a * dim + a] * own[key]);
        }
    }
    for (size_t key = 0; key < n_keys; key++) {
        norms[key] = squares[key] > 0 ? (float)sqrt(squares[key]) : 0.0F;
    }
}

struct norming {
    const struct heed_run *run;
    const struct heed_layer_weights *layers;
    float *norms;
    double *grams; /* [threads, head_dim, head_dim] */
    double *room;  /* [threads, DEPTH, head_dim]; of KEYS at least */
    int layer;
};

static void norm_head_task(void *context, int head, int thread)
{
    const struct norming *norming = context;
    const struct heed_run *run = norming->run;
    const int map = norming->layer * run->n_heads + head;
    const size_t n = (size_t)run->n_tokens;
    const size_t dim = (size_t)run->head_dim;
    double *room = norming->room + (size_t)thread * dim * DEPTH;
    double *gram = norming->grams + (size_t)thread * dim * dim;
    fill_gram(gram, &norming->layers[norming->layer].attention_output, run, head, room);
    const size_t end = ((size_t)map + 1) * n;
    for (size_t key = (size_t)map * n; key < end; key += KEYS) {
        fill_norms(norming->norms + key, gram, run->values + key * dim,
                   end - key < KEYS ? end - key : KEYS, dim, room);
    }
}

bool heed_value_norms(float **norms, struct heed_arena *arena, const struct heed_run *run,
                      const struct heed_model *model, struct heed_pool *pool, struct heed_stop stop,
                      struct heed_error *err)
{
    const size_t n_maps = (size_t)run->n_layers * (size_t)run->n_heads;
    const size_t gram = (size_t)run->head_dim * (size_t)run->head_dim;
    const size_t n_threads = (size_t)heed_pool_get_threads(pool);
    struct norming norming = {
        .run = run,
        .layers = heed_model_get_weights(model)->layers,
        .norms = heed_arena_zeroed(arena, n_maps * (size_t)run->n_tokens, sizeof(float)),
        .grams = heed_arena_zeroed(arena, n_threads * gram, sizeof(double)),
        .room = heed_arena_zeroed(arena, n_threads * (size_t)run->head_dim * DEPTH, sizeof(double)),
    };
    if (!norming.norms || !norming.grams || !norming.room) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the value norms");
    }
    for (; norming.layer < run->n_layers; norming.layer++) {
        if (stop.cancelled && stop.cancelled(stop.context)) {
            return heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
        }
        heed_pool_run(pool, norm_head_task, &norming, run->n_heads);
    }
    *norms = norming.norms;
    return true;
}

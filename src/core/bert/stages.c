#include "core/bert/stages.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/bert/plain.h"

/* The struct and the floats that its pointers lie in. */
struct owned_stages {
    struct heed_stages stages;
    float floats[];
};

/* The next floats, for a vector of the stages; to be filled. */
static float *take(const float **vector, float **next, size_t count)
{
    float *taken = *next;
    *vector = taken;
    *next += count;
    return taken;
}

/* Row `token` of each head, beside each other. */
static void gather(float *to, const float *layer, int n_heads, int n_tokens, int token, int width)
{
    const size_t w = (size_t)width;
    for (int h = 0; h < n_heads; h++) {
        const size_t row = (size_t)h * (size_t)n_tokens + (size_t)token;
        memcpy(to + (size_t)h * w, layer + row * w, w * sizeof(float));
    }
}

/* [heads, n]: the token's rows. */
static void read_weights(float *to, const struct heed_stage_request *request)
{
    const struct heed_run *run = request->run;
    const size_t n = (size_t)run->n_tokens;
    for (int h = 0; h < run->n_heads; h++) {
        float *row = to + (size_t)h * n;
        const float *read = heed_run_rows(
            run, HEED_RUN_ATTENTION, request->layer * run->n_heads + h, request->token, 1, row);
        if (read != row) {
            memcpy(row, read, n * sizeof *row);
        }
    }
}

/* weights v of each head, times the head's factor */
static void mix(float *concat, const struct heed_stage_request *request, const float *weights,
                const float *values)
{
    const struct heed_run *run = request->run;
    const size_t n = (size_t)run->n_tokens;
    const size_t dim = (size_t)run->head_dim;
    for (int h = 0; h < run->n_heads; h++) {
        const float factor =
            request->head_scale ? request->head_scale[request->layer * run->n_heads + h] : 1.0f;
        float *out = concat + (size_t)h * dim;
        memset(out, 0, dim * sizeof(float));
        for (size_t key = 0; key < n; key++) {
            const float weight = weights[(size_t)h * n + key];
            const float *value = values + ((size_t)h * n + key) * dim;
            for (size_t i = 0; i < dim; i++) {
                out[i] += weight * value[i];
            }
        }
        for (size_t i = 0; i < dim; i++) {
            out[i] *= factor;
        }
    }
}

static void add(float *sum, const float *a, const float *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sum[i] = a[i] + b[i];
    }
}

/* What the run has kept. */
static void fill_attention(struct heed_stages *s, const struct heed_stage_request *request,
                           float **next)
{
    const struct heed_run *run = request->run;
    const int n = run->n_tokens;
    const size_t hidden = (size_t)run->hidden;
    const size_t layer = (size_t)request->layer;
    const size_t wide = layer * (size_t)n * hidden;
    float *input = take(&s->input, next, hidden);
    float *query = take(&s->query, next, hidden);
    float *key = take(&s->key, next, hidden);
    float *value = take(&s->value, next, hidden);
    float *weights = take(&s->weights, next, (size_t)run->n_heads * (size_t)n);
    float *concat = take(&s->concat, next, hidden);
    memcpy(input, run->hidden_states + wide + (size_t)request->token * hidden,
           hidden * sizeof(float));
    gather(query, run->queries + wide, run->n_heads, n, request->token, run->head_dim);
    gather(key, run->keys + wide, run->n_heads, n, request->token, run->head_dim);
    gather(value, run->values + wide, run->n_heads, n, request->token, run->head_dim);
    read_weights(weights, request);
    mix(concat, request, weights, run->values + wide);
}

/* What the layer computes from it. */
static void fill_layer(struct heed_stages *s, const struct heed_model_config *config,
                       const struct heed_layer_weights *layer, float **next)
{
    const int hidden = s->hidden;
    const int intermediate = s->intermediate;
    const size_t n = (size_t)hidden;
    float *projection = take(&s->projection, next, n);
    float *attention_added = take(&s->attention_added, next, n);
    float *x = take(&s->x, next, n);
    float *inner_sum = take(&s->inner_sum, next, (size_t)intermediate);
    float *inner = take(&s->inner, next, (size_t)intermediate);
    float *outer = take(&s->outer, next, n);
    float *outer_added = take(&s->outer_added, next, n);
    float *output = take(&s->output, next, n);
    heed_plain_linear(projection, s->concat, hidden, hidden, &layer->attention_output);
    add(attention_added, s->input, projection, n);
    heed_plain_norm(x, attention_added, hidden, config->layer_norm_eps, &layer->attention_norm);
    heed_plain_linear(inner_sum, x, hidden, intermediate, &layer->inner);
    heed_plain_activate(inner, inner_sum, intermediate, config->activation);
    heed_plain_linear(outer, inner, intermediate, hidden, &layer->outer);
    add(outer_added, x, outer, n);
    heed_plain_norm(output, outer_added, hidden, config->layer_norm_eps, &layer->output_norm);
}

bool heed_stage_compute(struct heed_stages **stages, const struct heed_model *model,
                        const struct heed_stage_request *request, struct heed_error *err)
{
    const struct heed_run *run = request->run;
    const struct heed_model_config *config = heed_model_get_config(model);
    if (request->layer < 0 || request->layer >= run->n_layers || request->token < 0 ||
        request->token >= run->n_tokens) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no token %d in layer %d",
                              request->token, request->layer);
    }
    const size_t hidden = (size_t)run->hidden;
    const size_t floats = 11 * hidden + 2 * (size_t)config->intermediate +
                          (size_t)run->n_heads * (size_t)run->n_tokens;
    struct owned_stages *owned =
        (struct owned_stages *)malloc(sizeof(*owned) + floats * sizeof(float));
    if (!owned) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the steps of a layer");
    }
    struct heed_stages *s = &owned->stages;
    *s = (struct heed_stages){.n_tokens = run->n_tokens,
                              .n_heads = run->n_heads,
                              .head_dim = run->head_dim,
                              .hidden = run->hidden,
                              .intermediate = config->intermediate};
    float *next = owned->floats;
    fill_attention(s, request, &next);
    fill_layer(s, config, &heed_model_get_weights(model)->layers[request->layer], &next);
    *stages = s;
    return true;
}

void heed_stages_destroy(struct heed_stages *stages)
{
    free(stages);
}

int heed_stage_get_place(const struct heed_model *model, const struct heed_encoding *encoding,
                         int token)
{
    const int padding = heed_model_get_config(model)->padding_id;
    int place = 0;
    if (padding >= 0 && encoding->tokens[token].id == padding) {
        return -1;
    }
    for (int i = 0; i < token; i++) {
        place += padding < 0 || encoding->tokens[i].id != padding;
    }
    return place;
}

struct heed_embedding_parts heed_stage_get_embedding(const struct heed_model *model, int id,
                                                     int type)
{
    const struct heed_model_weights *weights = heed_model_get_weights(model);
    const struct heed_model_config *config = heed_model_get_config(model);
    const size_t width = (size_t)config->embedding;
    struct heed_embedding_parts parts = {.word = weights->word_embeddings + (size_t)id * width,
                                         .width = config->embedding,
                                         .is_mapped = weights->projection.weight != NULL};
    if (weights->segment_embeddings && type < config->n_segments) {
        parts.segment = weights->segment_embeddings + (size_t)type * width;
    }
    return parts;
}

bool heed_stage_get_position(const struct heed_model *model, enum heed_positions positions,
                             int place, float *row)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    const float *learned = heed_model_get_weights(model)->position_embeddings;
    const ptrdiff_t width = config->embedding;
    if (positions == HEED_POSITIONS_OFF || (positions == HEED_POSITIONS_SINUSOIDAL && place < 0)) {
        return false;
    }
    if (positions == HEED_POSITIONS_SINUSOIDAL) {
        heed_positions_sinusoid(
            row, place, config->embedding,
            heed_positions_factor(learned, config->max_positions, config->embedding));
    } else {
        memcpy(row, learned + place * width, (size_t)width * sizeof *row);
    }
    return true;
}

void heed_stage_norm_embedding(const struct heed_model *model, const float *sum, float *normed)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    heed_plain_norm(normed, sum, config->embedding, config->layer_norm_eps,
                    &heed_model_get_weights(model)->embedding_norm);
}

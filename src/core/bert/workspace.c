#include "core/bert/workspace.h"

#include "core/tensor/memory.h"
#include "core/tensor/pack.h"

static bool grow(struct heed_workspace *workspace, struct heed_stock *stock, size_t floats,
                 int n_tokens, struct heed_error *err)
{
    workspace->wanted = floats;
    if (floats <= workspace->capacity) {
        return true;
    }
    float *memory = heed_stock_take(stock, floats * sizeof *memory);
    if (!memory) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "out of memory for %d tokens; shorten the text", n_tokens);
    }
    heed_stock_give(workspace->floats);
    workspace->floats = memory;
    workspace->capacity = floats;
    return true;
}

/* Sizes need no checked arithmetic: a run, which is larger than each of them
 * but for small factors, has been allocated before. */
bool heed_workspace_reserve(struct heed_workspace *workspace, struct heed_stock *stock,
                            const struct heed_model_config *config,
                            const struct heed_kernel_set *kernels, int n_threads, int n_tokens,
                            struct heed_error *err)
{
    const int panel = kernels->panel;
    const size_t n = (size_t)n_tokens;
    const size_t wide = heed_floats_round(n * (size_t)config->hidden);
    const int embedding = config->embedding > config->hidden ? config->embedding : config->hidden;
    const size_t sum = heed_floats_round(n * (size_t)embedding);
    const size_t inner = heed_floats_round(n * (size_t)config->intermediate);
    const size_t keys = heed_weigh_key_floats(kernels, n_tokens, config->head_dim);
    const size_t values = heed_floats_round(heed_pack_floats(n_tokens, config->head_dim, panel));
    const size_t heads = (size_t)config->n_heads;
    workspace->shape = heed_score_shape_of(kernels, n_tokens);
    const size_t rows = (size_t)workspace->shape.rows;
    const size_t scores = (size_t)n_threads * rows * workspace->shape.stride;
    const size_t weights = heed_floats_round((size_t)n_threads * rows * n);
    const size_t scratch = heed_floats_round(rows * ((size_t)config->head_dim + 2));
    if (!grow(workspace, stock,
              2 * wide + sum + inner + heads * (keys + values) + scores + weights +
                  (size_t)n_threads * scratch,
              n_tokens, err)) {
        return false;
    }
    workspace->concat = workspace->floats;
    workspace->residual = workspace->concat + wide;
    workspace->sum = workspace->residual + wide;
    workspace->inner = workspace->sum + sum;
    workspace->keys = workspace->inner + inner;
    workspace->values = workspace->keys + heads * keys;
    workspace->scores = workspace->values + heads * values;
    workspace->weights = workspace->scores + scores;
    workspace->scratch = workspace->weights + weights;
    workspace->scratch_stride = scratch;
    workspace->keys_stride = keys;
    workspace->values_stride = values;
    return true;
}

void heed_workspace_trim(struct heed_workspace *workspace)
{
    if (workspace->wanted < workspace->capacity / 4) {
        heed_workspace_finish(workspace);
    }
}

void heed_workspace_finish(struct heed_workspace *workspace)
{
    heed_stock_give(workspace->floats);
    *workspace = (struct heed_workspace){0};
}

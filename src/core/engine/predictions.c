#include "core/engine/predictions.h"

#include <math.h>

#include "core/bert/mlm.h"

static void enter(struct heed_mask_change *mask, struct heed_prediction_change it, int most)
{
    const float size = fmaxf(it.before, it.after);
    int at = mask->n;
    while (at > 0 && fmaxf(mask->items[at - 1].before, mask->items[at - 1].after) < size) {
        at--;
    }
    if (at >= most) {
        return;
    }
    for (int i = mask->n < most ? mask->n : most - 1; i > at; i--) {
        mask->items[i] = mask->items[i - 1];
    }
    mask->items[at] = it;
    mask->n += mask->n < most;
}

/* both: [2, vocab] */
static void choose(struct heed_mask_change *mask, const float *both, int vocab)
{
    const int most = vocab < HEED_MASK_PREDICTIONS ? vocab : HEED_MASK_PREDICTIONS;
    for (int id = 0; id < vocab; id++) {
        const struct heed_prediction_change it = {id, both[id], both[vocab + id]};
        enter(mask, it, most);
    }
}

bool heed_mask_changes_create(const struct heed_mask_change **masks, int *n,
                              struct heed_arena *arena, const struct heed_model *model,
                              int32_t mask_id, const struct heed_encoding *encoding,
                              const struct heed_run *before, const struct heed_run *after,
                              struct heed_error *err)
{
    *masks = NULL;
    *n = 0;
    if (mask_id < 0 || !heed_model_get_weights(model)->has_mlm_head) {
        return true;
    }
    const int vocab = heed_model_get_config(model)->vocab_size;
    struct heed_stock *stock = arena->stock;
    float *both = heed_stock_take(stock, 2 * (size_t)vocab * sizeof *both);
    struct heed_mask_change *made = heed_arena_zeroed(arena, HEED_MAX_MASKS, sizeof *made);
    bool ok =
        (both && made) || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for predictions");
    int count = 0;
    for (int i = 0; ok && i < encoding->n_tokens && count < HEED_MAX_MASKS; i++) {
        if (encoding->tokens[i].id == mask_id) {
            ok = heed_mlm_probabilities(both, stock, model, before, i, err) &&
                 heed_mlm_probabilities(both + vocab, stock, model, after, i, err);
            if (ok) {
                made[count].token = i;
                choose(&made[count++], both, vocab);
            }
        }
    }
    heed_stock_give(both);
    if (ok && count > 0) {
        *masks = made;
        *n = count;
    }
    return ok;
}

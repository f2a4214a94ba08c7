#include "core/engine/predictions.h"

#include <math.h>
#include <string.h>

#include "core/bert/classes.h"
#include "core/bert/mlm.h"

static void enter(struct heed_prediction_change *items, int *n, struct heed_prediction_change it,
                  int most)
{
    const float size = fmaxf(it.before, it.after);
    int at = *n;
    while (at > 0 && fmaxf(items[at - 1].before, items[at - 1].after) < size) {
        at--;
    }
    if (at >= most) {
        return;
    }
    for (int i = *n < most ? *n : most - 1; i > at; i--) {
        items[i] = items[i - 1];
    }
    items[at] = it;
    *n += *n < most;
}

/* both: [2, all] */
static void choose(struct heed_prediction_change *items, int *n, const float *both, int all)
{
    const int most = all < HEED_MASK_PREDICTIONS ? all : HEED_MASK_PREDICTIONS;
    for (int id = 0; id < all; id++) {
        const struct heed_prediction_change it = {id, both[id], both[all + id]};
        enter(items, n, it, most);
    }
}

bool heed_class_changes_create(const struct heed_class_changes **classes, int *n,
                               struct heed_arena *arena, const struct heed_model *model,
                               const struct heed_run *before, const struct heed_run *after,
                               struct heed_error *err)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    *classes = NULL;
    *n = 0;
    if (!heed_model_get_weights(model)->classes.out.weight) {
        return true;
    }
    const int all = config->n_classes;
    const int count = config->class_kind == HEED_CLASSES_OF_TEXT ? 1 : after->n_tokens;
    float *both = heed_stock_take(arena->stock, 2 * (size_t)all * sizeof *both);
    struct heed_class_changes *made = heed_arena_zeroed(arena, (size_t)count, sizeof *made);
    bool ok =
        (both && made) || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the classes");
    for (int i = 0; ok && i < count; i++) {
        ok = heed_class_scores(both, arena->stock, model, before, i, err) &&
             heed_class_scores(both + all, arena->stock, model, after, i, err);
        if (ok) {
            choose(made[i].items, &made[i].n, both, all);
        }
    }
    heed_stock_give(both);
    if (ok) {
        *classes = made;
        *n = count;
    }
    return ok;
}

/* Of both runs, which may be one: [2, vocab]. */
static bool predict_both(float *both, int vocab, struct heed_stock *stock, struct heed_pool *pool,
                         const struct heed_model *model, const struct heed_run *before,
                         const struct heed_run *after, int token, struct heed_error *err)
{
    if (!heed_mlm_probabilities(both, stock, pool, model, before, token, err)) {
        return false;
    }
    if (before == after) {
        memcpy(both + vocab, both, (size_t)vocab * sizeof *both);
        return true;
    }
    return heed_mlm_probabilities(both + vocab, stock, pool, model, after, token, err);
}

bool heed_mask_changes_create(const struct heed_mask_change **masks, int *n,
                              struct heed_arena *arena, const struct heed_model *model,
                              struct heed_pool *pool, int32_t mask_id,
                              const struct heed_encoding *encoding, const struct heed_run *before,
                              const struct heed_run *after, struct heed_error *err)
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
            ok = predict_both(both, vocab, stock, pool, model, before, after, i, err);
            if (ok) {
                made[count].token = i;
                choose(made[count].items, &made[count].n, both, vocab);
                count++;
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

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

static bool is_cancelled(const struct heed_prediction_request *request, struct heed_error *err)
{
    if (request->cancelled && request->cancelled(request->context)) {
        (void)heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
        return true;
    }
    return false;
}

bool heed_class_changes_create(const struct heed_class_changes **classes, int *n,
                               struct heed_arena *arena,
                               const struct heed_prediction_request *request,
                               struct heed_error *err)
{
    const struct heed_model *model = request->model;
    const struct heed_model_config *config = heed_model_get_config(model);
    *classes = NULL;
    *n = 0;
    if (!heed_model_get_weights(model)->classes.out.weight) {
        return true;
    }
    const int all = config->n_classes;
    const int count = config->class_kind == HEED_CLASSES_OF_TEXT ? 1 : request->after->n_tokens;
    float *both = heed_stock_take(arena->stock, 2 * (size_t)all * sizeof *both);
    struct heed_class_changes *made = heed_arena_zeroed(arena, (size_t)count, sizeof *made);
    bool ok =
        (both && made) || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the classes");
    for (int i = 0; ok && i < count; i++) {
        ok = !is_cancelled(request, err) &&
             heed_class_scores(both, arena->stock, model, request->before, i, err) &&
             heed_class_scores(both + all, arena->stock, model, request->after, i, err);
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
static bool predict_both(float *both, int vocab, struct heed_stock *stock,
                         const struct heed_prediction_request *request, int token,
                         struct heed_error *err)
{
    if (is_cancelled(request, err) ||
        !heed_mlm_probabilities(both, stock, request->pool, request->model, request->before, token,
                                err)) {
        return false;
    }
    if (request->before == request->after) {
        memcpy(both + vocab, both, (size_t)vocab * sizeof *both);
        return true;
    }
    return !is_cancelled(request, err) &&
           heed_mlm_probabilities(both + vocab, stock, request->pool, request->model,
                                  request->after, token, err);
}

int heed_masks_find(const struct heed_encoding *encoding, int32_t mask_id,
                    int tokens[HEED_MAX_MASKS])
{
    int n = 0;
    for (int i = 0; mask_id >= 0 && i < encoding->n_tokens && n < HEED_MAX_MASKS; i++) {
        if (encoding->tokens[i].id == mask_id) {
            tokens[n++] = i;
        }
    }
    return n;
}

bool heed_mask_changes_create(const struct heed_mask_change **masks, int *n,
                              struct heed_arena *arena,
                              const struct heed_prediction_request *request, struct heed_error *err)
{
    int tokens[HEED_MAX_MASKS];
    const int count = heed_masks_find(request->encoding, request->mask_id, tokens);
    *masks = NULL;
    *n = 0;
    if (count == 0 || !heed_model_get_weights(request->model)->has_mlm_head) {
        return true;
    }
    const int vocab = heed_model_get_config(request->model)->vocab_size;
    struct heed_stock *stock = arena->stock;
    float *both = heed_stock_take(stock, 2 * (size_t)vocab * sizeof *both);
    struct heed_mask_change *made = heed_arena_zeroed(arena, HEED_MAX_MASKS, sizeof *made);
    bool ok =
        (both && made) || heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for predictions");
    for (int i = 0; ok && i < count; i++) {
        ok = predict_both(both, vocab, stock, request, tokens[i], err);
        if (ok) {
            made[i].token = tokens[i];
            choose(made[i].items, &made[i].n, both, vocab);
        }
    }
    heed_stock_give(both);
    if (ok) {
        *masks = made;
        *n = count;
    }
    return ok;
}

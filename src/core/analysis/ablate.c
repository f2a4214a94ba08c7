#include "core/analysis/ablate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/difference.h"
#include "core/analysis/link_measures.h"
#include "core/bert/pooled.h"

struct work {
    const struct heed_ablation *of;
    float *scale;             /* [layers * heads]: 0 for the one, else 1 */
    float *token, *untouched; /* [hidden]: the token's state, pooled */
    double *sentences;        /* [2, hidden]: the sentence's, muted and untouched */
};

/* The mean of the last hidden states of a word's tokens. */
static void pool_word(float *pooled, const struct heed_run *run, struct heed_token_range word)
{
    const size_t hidden = (size_t)run->hidden;
    const float *last = run->hidden_states + (size_t)run->n_layers * (size_t)run->n_tokens * hidden;
    memset(pooled, 0, hidden * sizeof *pooled);
    for (int t = word.first; t < word.first + word.count; t++) {
        for (size_t d = 0; d < hidden; d++) {
            pooled[d] += last[(size_t)t * hidden + d] / (float)word.count;
        }
    }
}

static void measure_link(struct heed_ablated_head *head, const struct heed_ablation *of,
                         const struct heed_run *muted)
{
    double sum = 0;
    int n = 0;
    for (int layer = head->layer + 1; layer < muted->n_layers; layer++) {
        for (int h = 0; h < muted->n_heads; h++, n++) {
            const float change = heed_run_link_weight(muted, layer, h, of->query, of->key) -
                                 heed_run_link_weight(of->run, layer, h, of->query, of->key);
            sum += fabs((double)change);
            if (head->change_layer < 0 || fabsf(change) > fabsf(head->link_change)) {
                head->link_change = change;
                head->change_layer = layer;
                head->change_head = h;
            }
        }
    }
    head->link_effect = n > 0 ? (float)(sum / n) : 0.0F;
}

static void measure(struct heed_ablated_head *head, const struct work *work,
                    const struct heed_run *muted)
{
    const struct heed_ablation *of = work->of;
    if (of->query.count > 0 && of->key.count > 0) {
        measure_link(head, of, muted);
    }
    if (of->token.count > 0) {
        pool_word(work->token, muted, of->token);
        head->token_effect = (float)(1 - heed_cosine(work->token, work->untouched, muted->hidden));
    }
    double *untouched = work->sentences + muted->hidden;
    heed_pooled(work->sentences, muted, of->pooling);
    heed_pooled(untouched, of->run, of->pooling);
    head->sentence_effect =
        (float)(1 - heed_pooled_cosine(work->sentences, untouched, muted->hidden));
}

static bool mute(struct heed_ablated_head *head, const struct work *work, struct heed_error *err)
{
    const struct heed_ablation *of = work->of;
    const struct heed_request request = {
        .ids = of->ids,
        .segments = of->segments,
        .n_tokens = of->run->n_tokens,
        .head_scale = work->scale,
        .cancelled = of->cancelled,
        .cancelled_context = of->context,
    };
    const struct heed_run *muted = NULL;
    if (!heed_encode(of->encoder, &request, &muted, err)) {
        return false;
    }
    measure(head, work, muted);
    heed_run_release(muted);
    return true;
}

bool heed_ablate_head(struct heed_ablated_head *ablated, const struct heed_ablation *ablation,
                      int index, struct heed_error *err)
{
    const struct heed_run *run = ablation->run;
    const size_t n = (size_t)run->n_layers * (size_t)run->n_heads;
    const size_t hidden = (size_t)run->hidden;
    float *floats = malloc((n + 2 * hidden) * sizeof *floats);
    double *sentences = malloc(2 * hidden * sizeof *sentences);
    if (!floats || !sentences) {
        free(floats);
        free(sentences);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the ablation");
    }
    const struct work work = {.of = ablation,
                              .scale = floats,
                              .token = floats + n,
                              .untouched = floats + n + hidden,
                              .sentences = sentences};
    for (size_t i = 0; i < n; i++) {
        floats[i] = 1;
    }
    floats[index] = 0;
    if (ablation->token.count > 0) {
        pool_word(work.untouched, run, ablation->token);
    }
    struct heed_ablated_head head = {
        .layer = index / run->n_heads, .head = index % run->n_heads, .change_layer = -1};
    const bool ok = mute(&head, &work, err);
    if (ok) {
        *ablated = head;
    }
    free(floats);
    free(sentences);
    return ok;
}

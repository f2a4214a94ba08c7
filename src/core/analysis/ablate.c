#include "core/analysis/ablate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/difference.h"

struct work {
    const struct heed_ablation *of;
    struct heed_ablated_head *heads;
    float *scale;             /* [layers * heads], all 1 between runs */
    float *token, *untouched; /* [hidden]: the token's state, pooled */
};

float heed_run_link_weight(const struct heed_run *run, int layer, int head,
                           struct heed_token_range query,
                           struct heed_token_range key)
{
    const float *map = heed_run_attention(run, layer, head);
    double sum = 0;
    for (int i = query.first; i < query.first + query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            sum += (double)map[(size_t)i * (size_t)run->n_tokens + (size_t)j];
        }
    }
    return (float)(sum / query.count);
}

/* The mean of the last hidden states of a word's tokens. */
static void pool_word(float *pooled, const struct heed_run *run,
                      struct heed_token_range word)
{
    const size_t hidden = (size_t)run->hidden;
    const float *last = run->hidden_states +
                        (size_t)run->n_layers * (size_t)run->n_tokens * hidden;
    memset(pooled, 0, hidden * sizeof *pooled);
    for (int t = word.first; t < word.first + word.count; t++) {
        for (size_t d = 0; d < hidden; d++) {
            pooled[d] += last[(size_t)t * hidden + d] / (float)word.count;
        }
    }
}

static void measure_link(struct heed_ablated_head *head,
                         const struct heed_ablation *of,
                         const struct heed_run *muted)
{
    double sum = 0;
    int n = 0;
    for (int layer = head->layer + 1; layer < muted->n_layers; layer++) {
        for (int h = 0; h < muted->n_heads; h++, n++) {
            const float change =
                heed_run_link_weight(muted, layer, h, of->query, of->key) -
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

static bool measure(struct heed_ablated_head *head, const struct work *work,
                    const struct heed_run *muted, struct heed_error *err)
{
    const struct heed_ablation *of = work->of;
    if (of->query.count > 0 && of->key.count > 0) {
        measure_link(head, of, muted);
    }
    if (of->token.count > 0) {
        pool_word(work->token, muted, of->token);
        head->token_effect =
            (float)(1 - heed_cosine(work->token, work->untouched, muted->hidden));
    }
    double cosine = 0;
    if (!heed_cosine_sentences(&cosine, muted, of->run, err)) {
        return false;
    }
    head->sentence_effect = (float)(1 - cosine);
    return true;
}

static bool mute(struct work *work, int index, struct heed_error *err)
{
    const struct heed_ablation *of = work->of;
    const struct heed_request request = {
        .ids = of->ids,
        .segments = of->segments,
        .n_tokens = of->run->n_tokens,
        .head_scale = work->scale,
    };
    struct heed_ablated_head *head = &work->heads[index];
    *head = (struct heed_ablated_head){.layer = index / of->run->n_heads,
                                       .head = index % of->run->n_heads,
                                       .change_layer = -1};
    const struct heed_run *muted = NULL;
    work->scale[index] = 0;
    const bool ok = heed_encode(of->encoder, &request, &muted, err) &&
                    measure(head, work, muted, err);
    work->scale[index] = 1;
    heed_run_release(muted);
    return ok;
}

static bool mute_all(struct work *work, int n, struct heed_error *err)
{
    for (int i = 0; i < n; i++) {
        if (work->of->progress && !work->of->progress(work->of->context, i, n)) {
            return heed_error_set(err, HEED_ERROR_CANCELLED,
                                  "cancelled after %d of %d heads", i, n);
        }
        if (!mute(work, i, err)) {
            return false;
        }
    }
    return true;
}

bool heed_ablate_heads(struct heed_ablated_head *heads,
                       const struct heed_ablation *ablation, struct heed_error *err)
{
    const struct heed_run *run = ablation->run;
    const int n = run->n_layers * run->n_heads;
    const size_t hidden = (size_t)run->hidden;
    struct work work = {.of = ablation};
    work.heads = malloc((size_t)n * sizeof *work.heads);
    work.scale = malloc(((size_t)n + 2 * hidden) * sizeof *work.scale);
    bool ok = work.heads && work.scale;
    if (ok) {
        for (int i = 0; i < n; i++) {
            work.scale[i] = 1;
        }
        work.token = work.scale + n;
        work.untouched = work.token + hidden;
        if (ablation->token.count > 0) {
            pool_word(work.untouched, run, ablation->token);
        }
        ok = mute_all(&work, n, err);
    } else {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the ablation");
    }
    if (ok) {
        memcpy(heads, work.heads, (size_t)n * sizeof *heads);
    }
    free(work.heads);
    free(work.scale);
    return ok;
}

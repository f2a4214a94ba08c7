#include "scene/frame/scores.h"

#include <math.h>
#include <stdio.h>

enum heed_link_off heed_link_is_off(const struct heed_result *result, struct heed_head_id head,
                                    int query, int key)
{
    const size_t n = (size_t)result->run->n_tokens;
    if (heed_cuts_have(result->cuts, result->n_cuts, head.layer, head.head, query, key)) {
        return HEED_LINK_CUT;
    }
    const bool is_inside = (size_t)query < n && (size_t)key < n;
    return is_inside && result->allowed != NULL && !result->allowed[(size_t)query * n + (size_t)key]
               ? HEED_LINK_MASKED
               : HEED_LINK_ON;
}

bool heed_mask_forbids(const struct heed_result *result, struct heed_token_range query,
                       struct heed_token_range key)
{
    const size_t n = (size_t)result->run->n_tokens;
    for (int i = query.first; result->allowed != NULL && i < query.first + query.count; i++) {
        for (int j = key.first; j < key.first + key.count; j++) {
            if (result->allowed[(size_t)i * n + (size_t)j] != 0) {
                return false;
            }
        }
    }
    return result->allowed != NULL && query.count > 0 && key.count > 0;
}

void heed_link_off_words(const struct heed_result *result, enum heed_link_off off, char *text,
                         size_t size)
{
    const bool linear = result->variant.attention == HEED_ATTENTION_LINEAR;
    text[0] = '\0';
    if (off != HEED_LINK_ON) {
        snprintf(text, size, "%s, its score is %s", off == HEED_LINK_CUT ? "cut" : "masked",
                 linear ? "0" : "\xE2\x88\x92\xE2\x88\x9E");
    }
}

double heed_score_scale(const struct heed_run *run)
{
    return run->scale > 0 ? run->scale : 1 / sqrt((double)run->head_dim);
}

bool heed_score_is_plain(const struct heed_run *run)
{
    const double root = sqrt((double)run->head_dim);
    return fabs(heed_score_scale(run) * root - 1) < 1e-6 && !heed_run_has(run, HEED_RUN_BIAS);
}

void heed_score_rule(const struct heed_run *run, char *text, size_t size)
{
    const double scale = heed_score_scale(run);
    const char *bias = heed_run_has(run, HEED_RUN_BIAS) ? " + bias" : "";
    if (fabs(scale * sqrt((double)run->head_dim) - 1) < 1e-6) {
        snprintf(text, size, "\xC3\xB7 \xE2\x88\x9A%d%s", run->head_dim, bias);
    } else {
        snprintf(text, size, "\xC3\x97 %.4g%s", scale, bias);
    }
}

double heed_link_score(const struct heed_result *result, struct heed_head_id head, int query,
                       int key)
{
    const struct heed_run *run = result->run;
    const bool linear = result->variant.attention == HEED_ATTENTION_LINEAR;
    const size_t d = (size_t)run->head_dim, n = (size_t)run->n_tokens;
    const size_t map = (size_t)head.layer * (size_t)run->n_heads + (size_t)head.head;
    const float *q = run->queries + (map * n + (size_t)query) * d;
    const float *k = run->keys + (map * n + (size_t)key) * d;
    double sum = 0;
    for (size_t i = 0; i < d; i++) {
        sum += linear ? (double)heed_linear_feature(q[i]) * (double)heed_linear_feature(k[i])
                      : (double)q[i] * (double)k[i];
    }
    const float bias = heed_run_bias(run, (int)map, query, key);
    return linear ? sum : sum * heed_score_scale(run) + (double)bias;
}

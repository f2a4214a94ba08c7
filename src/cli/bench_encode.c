#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"
#include "core/bert/encoder.h"
#include "core/model/model.h"

enum { WARM_UPS = 3 };

/* Repeated between [CLS] and [SEP] until the length is reached. */
static const char sentence[] =
    "The animal didn't cross the street because it was too tired, and the "
    "people who had waited on the other side went home without a word. ";

/* What the products and the attention of a run need; a multiplication with
 * its addition counts as two. */
static double count_flops(const struct heed_model_config *config, double n)
{
    const double hidden = config->hidden;
    const double projections = 8 * n * hidden * hidden;
    const double attention = 4 * n * n * hidden;
    const double feed_forward = 4 * n * hidden * config->intermediate;
    return config->n_layers * (projections + attention + feed_forward);
}

/* ids[n] of a text with n tokens. */
static bool make_ids(int32_t *ids, int n, const struct heed_tokenizer *tokenizer,
                     struct heed_error *err)
{
    struct heed_encoding *encoding = NULL;
    const struct heed_tokenize_options options = {0};
    if (!heed_tokenize(&encoding, tokenizer, sentence, sizeof sentence - 1,
                       NULL, 0, options, err)) {
        return false;
    }
    const struct heed_token *tokens = encoding->tokens;
    const int last = encoding->n_tokens - 1;
    const int inner = last > 1 ? last - 1 : 1;
    for (int i = 0; i < n; i++) {
        ids[i] = tokens[1 + (i + inner - 1) % inner].id;
    }
    ids[0] = tokens[0].id;
    ids[n - 1] = tokens[n > 1 ? last : 0].id;
    heed_encoding_destroy(encoding);
    return true;
}

static bool time_one(struct heed_encoder *encoder, const int32_t *ids, int n,
                     double *ms, struct heed_error *err)
{
    const struct heed_request request = {.ids = ids, .n_tokens = n};
    const struct heed_run *run = NULL;
    const double start = heed_bench_now_ms();
    if (!heed_encode(encoder, &request, &run, err)) {
        return false;
    }
    *ms = heed_bench_now_ms() - start;
    heed_run_release(run);
    return true;
}

/* The lengths take turns, so that a machine that slows down or is busy for a
 * while bears on all of them alike. */
static bool time_all(struct heed_timings *timings,
                     struct heed_pipeline *pipeline, int32_t *const *ids,
                     const int *lengths, int n, struct heed_error *err)
{
    struct heed_encoder *encoder = heed_pipeline_get_encoder(pipeline);
    bool done = false;
    for (int round = 0; !done; round++) {
        done = true;
        for (int k = 0; k < n; k++) {
            double ms = 0;
            if (heed_timings_are_enough(&timings[k])) {
                continue;
            }
            done = false;
            if (!time_one(encoder, ids[k], lengths[k], &ms, err)) {
                return false;
            }
            if (round >= WARM_UPS && !heed_timings_add(&timings[k], ms)) {
                return heed_error_set(err, HEED_ERROR_MEMORY,
                                      "no memory left for the timings");
            }
        }
    }
    return true;
}

static void put_length(struct heed_buffer *out, struct heed_timings *timings,
                       const struct heed_model_config *config, int length)
{
    const double median = heed_timings_median(timings);
    const double flops = count_flops(config, length);
    heed_buffer_printf(out,
                       "{\"tokens\":%d,\"median_ms\":%.4f,\"min_ms\":%.4f,"
                       "\"gflops\":%.1f,\"runs\":%d}",
                       length, median, timings->ms[0], flops / (median * 1e6),
                       timings->n);
}

static bool bench(struct heed_buffer *out, struct heed_timings *timings,
                  int32_t **ids, struct heed_pipeline *pipeline,
                  const int *lengths, int n, struct heed_error *err)
{
    const struct heed_model_config *config =
        heed_model_get_config(heed_pipeline_get_model(pipeline));
    for (int k = 0; k < n; k++) {
        ids[k] = malloc((size_t)lengths[k] * sizeof *ids[k]);
        if (!ids[k]) {
            return heed_error_set(err, HEED_ERROR_MEMORY,
                                  "no memory left for %d tokens", lengths[k]);
        }
        if (!make_ids(ids[k], lengths[k], heed_pipeline_get_tokenizer(pipeline),
                      err)) {
            return false;
        }
    }
    if (!time_all(timings, pipeline, ids, lengths, n, err)) {
        return false;
    }
    heed_buffer_puts(out, "\"encode\":[");
    for (int k = 0; k < n; k++) {
        heed_buffer_puts(out, k > 0 ? "," : "");
        put_length(out, &timings[k], config, lengths[k]);
    }
    heed_buffer_puts(out, "]");
    return true;
}

bool heed_bench_encode(struct heed_buffer *out, struct heed_pipeline *pipeline,
                       const int *lengths, int n, struct heed_error *err)
{
    struct heed_timings *timings = calloc((size_t)n, sizeof *timings);
    int32_t **ids = calloc((size_t)n, sizeof *ids);
    bool ok = false;
    if (timings && ids) {
        ok = bench(out, timings, ids, pipeline, lengths, n, err);
    } else {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the bench");
    }
    for (int k = 0; timings && ids && k < n; k++) {
        heed_timings_finish(&timings[k]);
        free(ids[k]);
    }
    free(timings);
    free(ids);
    return ok;
}

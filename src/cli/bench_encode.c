#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "cli/bench.h"
#include "core/bert/encoder.h"
#include "core/model/model.h"

enum { WARM_UPS = 3 };

/* Repeated between [CLS] and [SEP] until the length is reached. */
static const char sentence[] =
    "The animal didn't cross the street because it was too tired, and the people who had waited on "
    "the other side went home without a word. ";

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
    if (!heed_tokenize(&encoding, tokenizer, sentence, sizeof sentence - 1, NULL, 0, options,
                       err)) {
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

/* What a length has taken. */
struct encode_times {
    struct heed_timings wall;
    double least_cpu_ms; /* of all threads: a busy machine bears less on it */
};

static double cpu_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static bool time_one(struct heed_encoder *encoder, const int32_t *ids, int n, double *ms,
                     double *cpu, struct heed_error *err)
{
    const struct heed_request request = {.ids = ids, .n_tokens = n};
    const struct heed_run *run = NULL;
    const double start_cpu = cpu_ms();
    const double start = heed_clock_ms();
    if (!heed_encode(encoder, &request, &run, err)) {
        return false;
    }
    *ms = heed_clock_ms() - start;
    *cpu = cpu_ms() - start_cpu;
    heed_run_release(run);
    return true;
}

/* The lengths take turns, so that a machine that slows down or is busy for a
 * while bears on all of them alike. */
static bool time_all(struct encode_times *times, struct heed_pipeline *pipeline,
                     int32_t *const *ids, const int *lengths, int n, struct heed_error *err)
{
    struct heed_encoder *encoder = heed_pipeline_get_encoder(pipeline);
    bool done = false;
    for (int round = 0; !done; round++) {
        done = true;
        for (int k = 0; k < n; k++) {
            double ms = 0;
            double cpu = 0;
            if (heed_timings_are_enough(&times[k].wall)) {
                continue;
            }
            done = false;
            if (!time_one(encoder, ids[k], lengths[k], &ms, &cpu, err)) {
                return false;
            }
            if (times[k].wall.n == 0 || cpu < times[k].least_cpu_ms) {
                times[k].least_cpu_ms = cpu;
            }
            if (round >= WARM_UPS && !heed_timings_add(&times[k].wall, ms)) {
                return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the timings");
            }
        }
    }
    return true;
}

/* The weights that each run reads; the embeddings' few rows don't count. */
static double count_bytes(const struct heed_model_config *config)
{
    const double hidden = config->hidden;
    return 4.0 * config->n_layers * (4 * hidden * hidden + 2 * hidden * config->intermediate);
}

/* Speeds and shares are of the median. */
static void put_length(struct heed_buffer *out, struct encode_times *times,
                       const struct heed_model_config *config,
                       const struct heed_bench_machine *machine, int length)
{
    const double median = heed_timings_median(&times->wall);
    const double gflops = count_flops(config, length) / (median * 1e6);
    const double gb_s = count_bytes(config) / (median * 1e6);
    heed_buffer_printf(out,
                       "{\"tokens\":%d,\"median_ms\":%.4f,\"min_ms\":%.4f,\"cpu_ms\":%.4f,"
                       "\"gflops\":%.1f,\"peak_share\":%.3f,\"read_share\":%.3f,\"runs\":%d}",
                       length, median, times->wall.ms[0], times->least_cpu_ms, gflops,
                       gflops / machine->gflops, gb_s / machine->read_gb_s, times->wall.n);
}

static bool bench(struct heed_buffer *out, struct encode_times *times, int32_t **ids,
                  struct heed_pipeline *pipeline, const struct heed_bench_machine *machine,
                  const int *lengths, int n, struct heed_error *err)
{
    const struct heed_model_config *config =
        heed_model_get_config(heed_pipeline_get_model(pipeline));
    for (int k = 0; k < n; k++) {
        ids[k] = malloc((size_t)lengths[k] * sizeof *ids[k]);
        if (!ids[k]) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for %d tokens",
                                  lengths[k]);
        }
        if (!make_ids(ids[k], lengths[k], heed_pipeline_get_tokenizer(pipeline), err)) {
            return false;
        }
    }
    if (!time_all(times, pipeline, ids, lengths, n, err)) {
        return false;
    }
    heed_buffer_puts(out, "\"encode\":[");
    for (int k = 0; k < n; k++) {
        heed_buffer_puts(out, k > 0 ? "," : "");
        put_length(out, &times[k], config, machine, lengths[k]);
    }
    heed_buffer_puts(out, "]");
    return true;
}

bool heed_bench_encode(struct heed_buffer *out, struct heed_pipeline *pipeline,
                       const struct heed_bench_machine *machine, const int *lengths, int n,
                       struct heed_error *err)
{
    struct encode_times *times = calloc((size_t)n, sizeof *times);
    int32_t **ids = calloc((size_t)n, sizeof *ids);
    bool ok = false;
    if (times && ids) {
        ok = bench(out, times, ids, pipeline, machine, lengths, n, err);
    } else {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the bench");
    }
    for (int k = 0; times && ids && k < n; k++) {
        heed_timings_finish(&times[k].wall);
        free(ids[k]);
    }
    free(times);
    free(ids);
    return ok;
}

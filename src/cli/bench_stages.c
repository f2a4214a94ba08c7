#include <string.h>

#include "base/clock.h"
#include "cli/bench.h"
#include "core/engine/result.h"
#include "core/text/tokenizer.h"

enum { WARM_UPS = 3, MAX_TEXT = 8192 };

/* The stages of a keystroke before its picture is drawn. */
struct stage_times {
    struct heed_timings tokenise, analyse, total;
};

/* n tokens, [CLS] and [SEP] counted: common words are one token each. */
static struct heed_job make_job(char *text, int n)
{
    size_t length = 0;
    for (int i = 0; i + 2 < n && length + 8 < MAX_TEXT; i++) {
        memcpy(text + length, i % 2 == 0 ? "animal " : "street ", 7);
        length += 7;
    }
    text[length] = '\0';
    return (struct heed_job){.text = text, .text_length = length};
}

static bool time_tokenise(struct heed_pipeline *pipeline, const struct heed_job *job, double *ms,
                          struct heed_error *err)
{
    const struct heed_tokenize_options options = {0};
    struct heed_encoding *encoding = NULL;
    const double start = heed_clock_ms();
    if (!heed_tokenize(&encoding, heed_pipeline_get_tokenizer(pipeline), job->text,
                       job->text_length, NULL, 0, options, err)) {
        return false;
    }
    *ms = heed_clock_ms() - start;
    heed_encoding_destroy(encoding);
    return true;
}

static bool time_analyse(struct heed_pipeline *pipeline, const struct heed_result *result,
                         double *ms, struct heed_error *err)
{
    const struct heed_maps_request request = {
        .encoding = result->encoding,
        .run = result->run,
        .model = heed_pipeline_get_model(pipeline),
        .tokenizer = heed_pipeline_get_tokenizer(pipeline),
        .pool = heed_encoder_get_pool(heed_pipeline_get_encoder(pipeline)),
    };
    const struct heed_maps *maps = NULL;
    const double start = heed_clock_ms();
    if (!heed_maps_create(&maps, &request, err)) {
        return false;
    }
    *ms = heed_clock_ms() - start;
    heed_maps_release(maps);
    return true;
}

static bool time_once(struct heed_pipeline *pipeline, const struct heed_job *job, bool is_kept,
                      struct stage_times *times, struct heed_error *err)
{
    double tokenise = 0;
    double analyse = 0;
    const struct heed_pipeline_hints hints = {0};
    const struct heed_result *result = NULL;
    if (!time_tokenise(pipeline, job, &tokenise, err) ||
        !heed_pipeline_run(pipeline, job, hints, &result, err)) {
        return false;
    }
    const double total = result->total_ms;
    const bool ok = time_analyse(pipeline, result, &analyse, err);
    heed_result_release(result);
    if (ok && is_kept &&
        (!heed_timings_add(&times->tokenise, tokenise) ||
         !heed_timings_add(&times->analyse, analyse) || !heed_timings_add(&times->total, total))) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the timings");
    }
    return ok;
}

static void put(struct heed_buffer *out, const char *name, struct heed_timings *timings)
{
    const double median = heed_timings_median(timings); /* sorts */
    heed_buffer_printf(out, ",\"%s_ms\":%.4f,\"%s_min_ms\":%.4f", name, median, name,
                       timings->ms[0]);
}

static bool bench_length(struct heed_buffer *out, struct heed_pipeline *pipeline, int length,
                         struct heed_error *err)
{
    char text[MAX_TEXT];
    const struct heed_job job = make_job(text, length);
    struct stage_times times = {0};
    bool ok = true;
    for (int i = 0; ok && !heed_timings_are_enough(&times.total); i++) {
        ok = time_once(pipeline, &job, i >= WARM_UPS, &times, err);
    }
    if (ok) {
        heed_buffer_printf(out, "{\"tokens\":%d", length);
        put(out, "tokenise", &times.tokenise);
        put(out, "analyse", &times.analyse);
        put(out, "total", &times.total);
        heed_buffer_puts(out, "}");
    }
    heed_timings_finish(&times.tokenise);
    heed_timings_finish(&times.analyse);
    heed_timings_finish(&times.total);
    return ok;
}

bool heed_bench_stages(struct heed_buffer *out, struct heed_pipeline *pipeline, const int *lengths,
                       int n, struct heed_error *err)
{
    heed_buffer_puts(out, "\"stages\":[");
    for (int k = 0; k < n; k++) {
        heed_buffer_puts(out, k > 0 ? "," : "");
        if (!bench_length(out, pipeline, lengths[k], err)) {
            return false;
        }
    }
    heed_buffer_puts(out, "]");
    return true;
}

/* Any bytes as a probe's file: an error that says why, or each sentence's words
 * lie in its tokens. HEED_TEST_DATA must name the tests' folder. */
#include <stdio.h>
#include <stdlib.h>

#include "core/engine/probe_task.h"
#include "fuzz.h"

static struct heed_pipeline *get_pipeline(void)
{
    static struct heed_pipeline *pipeline;
    if (!pipeline) {
        const struct heed_encoder_options options = {.n_threads = 1};
        struct heed_error err = {0};
        char path[4096];
        const char *data = getenv("HEED_TEST_DATA");
        snprintf(path, sizeof path, "%s/data/tiny-bert", data ? data : ".");
        if (!heed_pipeline_open(&pipeline, path, options, &err)) {
            fprintf(stderr, "%s\n", err.text);
            abort();
        }
    }
    return pipeline;
}

static void check_range(struct heed_token_range range, int n)
{
    if (range.count < 1 || range.first < 0 || range.first + range.count > n) {
        abort();
    }
}

static void check_run(const struct heed_probe_run *run)
{
    for (size_t i = 0; i < run->n; i++) {
        const struct heed_probe_sentence *it = &run->sentences[i];
        check_range(it->item.pronoun, it->n_tokens);
        for (int k = 0; k < it->item.n_candidates; k++) {
            check_range(it->item.candidates[k], it->n_tokens);
        }
        if (it->item.answer < 0 || it->item.answer >= it->item.n_candidates) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct heed_probe_source source = {
        .name = "fuzz.tsv", .data = (const char *)data, .size = size};
    const struct heed_filter filter = heed_filter_default();
    struct heed_error err = {0};
    struct heed_task *task = heed_probe_task_create(1, &source, &filter);
    if (task && heed_task_run(task, get_pipeline(), NULL, NULL, &err)) {
        struct heed_buffer out = {0};
        const struct heed_probe_run *run = heed_probe_task_get(task);
        check_run(run);
        heed_probe_put_json(&out, run);
        heed_probe_put_csv(&out, run);
        if (!heed_probe_run_is_relations(run)) {
            heed_probe_put_sentences(&out, run);
        }
        heed_buffer_finish(&out);
    } else if (task && err.text[0] == '\0') {
        abort();
    }
    heed_task_release(task);
    return 0;
}

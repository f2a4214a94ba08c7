#include "tiny_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fixed_kernels.h"

static struct heed_pipeline *pipeline;
static const struct heed_result *last;

struct heed_pipeline *tiny_model_open_folder(const char *name)
{
    char path[1024];
    const char *data = getenv("HEED_TEST_DATA");
    struct heed_pipeline *opened = NULL;
    struct heed_error err = {0};
    const struct heed_encoder_options options = {.n_threads = 1, .kernels = fixed_kernels()};
    snprintf(path, sizeof(path), "%s/data/%s", data ? data : "tests", name);
    if (!heed_pipeline_open(&opened, path, options, &err)) {
        fail_msg("%s", err.text);
    }
    return opened;
}

int tiny_model_open(void **state)
{
    (void)state;
    pipeline = tiny_model_open_folder("tiny-bert");
    return 0;
}

int tiny_model_close(void **state)
{
    (void)state;
    heed_result_release(last);
    heed_pipeline_close(pipeline);
    return 0;
}

struct heed_pipeline *tiny_model_pipeline(void)
{
    return pipeline;
}

const struct heed_result *tiny_model_last(void)
{
    return last;
}

const struct heed_result *fake_result_create(const struct heed_job *job)
{
    const struct heed_pipeline_hints hints = {.previous = NULL};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    if (!heed_pipeline_run(pipeline, job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    heed_result_release(last);
    last = heed_result_retain(result);
    return result;
}

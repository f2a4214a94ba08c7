#include "golden_rig.h"

#include <stdio.h>
#include <stdlib.h>

bool golden_rig_open(struct heed_pipeline **pipeline, struct heed_safetensors **golden,
                     const char *name)
{
    const struct heed_encoder_options options = {.n_threads = 1};
    const char *data = getenv("HEED_TEST_DATA");
    struct heed_error err = {0};
    char model[1024];
    char path[1024];
    snprintf(model, sizeof model, "%s/data/tiny-bert", data ? data : "tests");
    snprintf(path, sizeof path, "%s/golden/%s", data ? data : "tests", name);
    if (heed_pipeline_open(pipeline, model, options, &err) &&
        heed_safetensors_open(golden, path, &err)) {
        return true;
    }
    fprintf(stderr, "%s\n", err.text);
    return false;
}

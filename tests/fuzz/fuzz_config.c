/* Any bytes as config.json: refused, or its sizes make sense. */
#include <stdio.h>
#include <stdlib.h>

#include "core/model/config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[600];
    struct heed_config_file config;
    fuzz_put_file("config.json", data, size);
    snprintf(path, sizeof path, "%s/config.json", fuzz_folder());
    if (heed_config_read(&config, path, NULL)) {
        const struct heed_model_config *sizes = &config.sizes;
        if (sizes->n_heads < 1 || sizes->n_layers < 1 ||
            sizes->head_dim * sizes->n_heads != sizes->hidden) {
            abort();
        }
    }
    return 0;
}

/* Any bytes as model.safetensors: refused, or every tensor can be read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/safetensors.h"
#include "fuzz.h"

/* The bytes are a header's; its size is put before it, and some content
 * behind, so that the fuzzer gets past the first check. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[600];
    struct heed_safetensors *file = NULL;
    const uint64_t header = size;
    const size_t total = sizeof header + size + 64;
    unsigned char *bytes = calloc(1, total);
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, &header, sizeof header);
    if (size > 0) {
        memcpy(bytes + sizeof header, data, size);
    }
    fuzz_put_file("m.safetensors", bytes, total);
    free(bytes);
    snprintf(path, sizeof path, "%s/m.safetensors", fuzz_folder());
    if (heed_safetensors_open(&file, path, NULL)) {
        unsigned sum = 0;
        for (size_t i = 0; i < heed_safetensors_count(file); i++) {
            const struct heed_tensor_info *info = heed_safetensors_get(file, i);
            for (size_t k = 0; k < info->size; k++) {
                sum += info->data[k];
            }
            if (heed_safetensors_find(file, info->name) != info) {
                abort();
            }
        }
        heed_safetensors_destroy(file);
        if (sum != 0) { /* all content is zero */
            abort();
        }
    }
    return 0;
}

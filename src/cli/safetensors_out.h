/*
 * Writes float32 tensors as a safetensors file, atomically. Knows nothing of
 * what they mean.
 */
#ifndef HEED_CLI_SAFETENSORS_OUT_H
#define HEED_CLI_SAFETENSORS_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

struct heed_tensor_out {
    const char *name; /* plain letters: written without escapes */
    const float *data;
    int n_dims;
    size_t dims[4];
};

/* metadata: a JSON object whose values are all strings. */
bool heed_safetensors_write(const char *path, const struct heed_tensor_out *tensors,
                            int n, const struct heed_buffer *metadata,
                            struct heed_error *err);

#endif

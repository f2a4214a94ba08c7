#include "cli/safetensors_out.h"

#include <stdint.h>

#include "base/file.h"

static size_t count_bytes(const struct heed_tensor_out *tensor)
{
    size_t count = sizeof(float);
    for (int d = 0; d < tensor->n_dims; d++) {
        count *= tensor->dims[d];
    }
    return count;
}

/* The header is padded with spaces, so that the numbers lie aligned. */
static void put_header(struct heed_buffer *header,
                       const struct heed_tensor_out *tensors, int n,
                       const struct heed_buffer *metadata)
{
    size_t offset = 0;
    heed_buffer_puts(header, "{\"__metadata__\":");
    heed_buffer_append(header, metadata->data, metadata->size);
    for (int t = 0; t < n; t++) {
        heed_buffer_printf(header, ",\"%s\":{\"dtype\":\"F32\",\"shape\":[",
                           tensors[t].name);
        for (int d = 0; d < tensors[t].n_dims; d++) {
            heed_buffer_printf(header, "%s%zu", d > 0 ? "," : "",
                               tensors[t].dims[d]);
        }
        const size_t end = offset + count_bytes(&tensors[t]);
        heed_buffer_printf(header, "],\"data_offsets\":[%zu,%zu]}", offset, end);
        offset = end;
    }
    heed_buffer_puts(header, "}");
    while (header->size % 8 != 0 && !header->failed) {
        heed_buffer_puts(header, " ");
    }
}

static bool append_all(struct heed_file_writer *writer,
                       const struct heed_buffer *header,
                       const struct heed_tensor_out *tensors, int n,
                       struct heed_error *err)
{
    unsigned char length[8]; /* little endian */
    for (int i = 0; i < 8; i++) {
        length[i] = (unsigned char)((uint64_t)header->size >> (8 * i));
    }
    bool ok = heed_file_writer_append(writer, length, sizeof length, err) &&
              heed_file_writer_append(writer, header->data, header->size, err);
    for (int t = 0; ok && t < n; t++) {
        ok = heed_file_writer_append(writer, tensors[t].data,
                                     count_bytes(&tensors[t]), err);
    }
    return ok;
}

bool heed_safetensors_write(const char *path, const struct heed_tensor_out *tensors,
                            int n, const struct heed_buffer *metadata,
                            struct heed_error *err)
{
    struct heed_buffer header = {0};
    put_header(&header, tensors, n, metadata);
    if (header.failed || metadata->failed) {
        heed_buffer_finish(&header);
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the file's header");
    }
    struct heed_file_writer *writer = NULL;
    bool ok = heed_file_writer_open(&writer, path, err);
    if (ok && append_all(writer, &header, tensors, n, err)) {
        ok = heed_file_writer_commit(writer, err);
    } else if (ok) {
        heed_file_writer_abandon(writer);
        ok = false;
    }
    heed_buffer_finish(&header);
    return ok;
}

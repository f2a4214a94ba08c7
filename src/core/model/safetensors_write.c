#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/checked.h"
#include "base/file.h"
#include "core/model/safetensors.h"

enum { SIZE_BYTES = 8 };

struct heed_safetensors_writer {
    struct heed_file_writer *file;
    size_t n_left; /* values that are still to come */
    char *path;
};

static bool count_values(const struct heed_tensor_out *tensor, size_t *count)
{
    size_t total = 1;
    for (int i = 0; i < tensor->rank; i++) {
        if (!heed_checked_mul(total, tensor->shape[i], &total)) {
            return false;
        }
    }
    *count = total;
    return true;
}

static void put_metadata(struct heed_buffer *header, const struct heed_safetensors_out *content)
{
    heed_buffer_puts(header, "\"__metadata__\":{");
    for (size_t i = 0; i < content->n_metadata; i++) {
        const struct heed_metadata_out *entry = &content->metadata[i];
        const size_t length = entry->length > 0 ? entry->length : strlen(entry->value);
        heed_buffer_puts(header, i > 0 ? "," : "");
        heed_buffer_put_json(header, entry->key, strlen(entry->key));
        heed_buffer_puts(header, ":");
        heed_buffer_put_json(header, entry->value, length);
    }
    heed_buffer_puts(header, "}");
}

static void put_tensor(struct heed_buffer *header, const struct heed_tensor_out *tensor,
                       size_t begin, size_t end)
{
    heed_buffer_put_json(header, tensor->name, strlen(tensor->name));
    heed_buffer_puts(header, ":{\"dtype\":\"F32\",\"shape\":[");
    for (int i = 0; i < tensor->rank; i++) {
        heed_buffer_printf(header, "%s%zu", i > 0 ? "," : "", tensor->shape[i]);
    }
    heed_buffer_printf(header, "],\"data_offsets\":[%zu,%zu]}", begin, end);
}

/* The header, padded so that the values are aligned; *n_values is how many
 * come. False if a size overflows. */
static bool make_header(struct heed_buffer *header, const struct heed_safetensors_out *content,
                        size_t *n_values)
{
    size_t total = 0;
    bool is_first = content->n_metadata == 0;
    heed_buffer_puts(header, "{");
    if (!is_first) {
        put_metadata(header, content);
    }
    for (size_t i = 0; i < content->n_tensors; i++) {
        size_t count = 0;
        size_t end = 0;
        size_t bytes = 0;
        if (!count_values(&content->tensors[i], &count) || !heed_checked_add(total, count, &end) ||
            !heed_checked_mul(end, sizeof(float), &bytes)) {
            return false;
        }
        heed_buffer_puts(header, is_first ? "" : ",");
        put_tensor(header, &content->tensors[i], total * sizeof(float), bytes);
        total = end;
        is_first = false;
    }
    heed_buffer_puts(header, "}");
    while (header->size % SIZE_BYTES != 0 && !header->failed) {
        heed_buffer_puts(header, " ");
    }
    *n_values = total;
    return true;
}

static bool write_header(struct heed_safetensors_writer *writer, const struct heed_buffer *header,
                         struct heed_error *err)
{
    const uint64_t size = header->size;
    unsigned char bytes[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++) {
        bytes[i] = (unsigned char)(size >> (8 * i));
    }
    return heed_file_writer_append(writer->file, bytes, sizeof bytes, err) &&
           heed_file_writer_append(writer->file, header->data, header->size, err);
}

static bool open_file(struct heed_safetensors_writer *writer, const char *path,
                      const struct heed_safetensors_out *content, struct heed_error *err)
{
    struct heed_buffer header = {0};
    bool ok = make_header(&header, content, &writer->n_left);
    if (!ok) {
        heed_error_set(err, HEED_ERROR_INPUT, "can't write '%s': a tensor is too large", path);
    } else if (header.failed) {
        ok = heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write '%s'", path);
    }
    ok =
        ok && heed_file_writer_open(&writer->file, path, err) && write_header(writer, &header, err);
    heed_buffer_finish(&header);
    return ok;
}

bool heed_safetensors_begin(struct heed_safetensors_writer **writer, const char *path,
                            const struct heed_safetensors_out *content, struct heed_error *err)
{
    struct heed_safetensors_writer *begun = calloc(1, sizeof *begun);
    if (begun) {
        begun->path = strdup(path);
    }
    if (!begun || !begun->path) {
        heed_safetensors_abandon(begun);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write '%s'", path);
    }
    if (!open_file(begun, path, content, err)) {
        heed_safetensors_abandon(begun);
        return false;
    }
    *writer = begun;
    return true;
}

bool heed_safetensors_append(struct heed_safetensors_writer *writer, const float *values,
                             size_t count, struct heed_error *err)
{
    if (count > writer->n_left) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "can't write '%s': more values than its header has", writer->path);
    }
    writer->n_left -= count;
    return heed_file_writer_append(writer->file, values, count * sizeof *values, err);
}

bool heed_safetensors_commit(struct heed_safetensors_writer *writer, struct heed_error *err)
{
    bool ok = writer->n_left == 0;
    if (ok) {
        ok = heed_file_writer_commit(writer->file, err);
        writer->file = NULL;
    } else {
        heed_error_set(err, HEED_ERROR_INPUT, "can't write '%s': fewer values than its header has",
                       writer->path);
    }
    heed_safetensors_abandon(writer);
    return ok;
}

void heed_safetensors_abandon(struct heed_safetensors_writer *writer)
{
    if (writer) {
        heed_file_writer_abandon(writer->file);
        free(writer->path);
        free(writer);
    }
}

bool heed_safetensors_write(const char *path, const struct heed_safetensors_out *content,
                            struct heed_error *err)
{
    struct heed_safetensors_writer *writer = NULL;
    if (!heed_safetensors_begin(&writer, path, content, err)) {
        return false;
    }
    for (size_t i = 0; i < content->n_tensors; i++) {
        size_t count = 0;
        if (!count_values(&content->tensors[i], &count) ||
            !heed_safetensors_append(writer, content->tensors[i].data, count, err)) {
            heed_safetensors_abandon(writer);
            return false;
        }
    }
    return heed_safetensors_commit(writer, err);
}

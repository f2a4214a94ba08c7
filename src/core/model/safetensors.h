/*
 * The safetensors format: a mapped reader and a streaming writer. A file is
 * 8 bytes of header size (little-endian), a JSON header that names each
 * tensor's dtype, shape and byte range, and the bytes. Everything in the
 * header is checked before it is used: ranges must fit shape and dtype, and
 * cover the bytes without gap or overlap. Knows nothing of models. An open
 * reader is immutable: any thread; a writer: one thread.
 */
#ifndef HEED_CORE_MODEL_SAFETENSORS_H
#define HEED_CORE_MODEL_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sha256.h"

enum { HEED_TENSOR_MAX_RANK = 8 };

enum heed_dtype {
    HEED_DTYPE_F32,
    HEED_DTYPE_F16,
    HEED_DTYPE_BF16,
    HEED_DTYPE_F64,
    HEED_DTYPE_OTHER /* integers, 8-bit floats, ...: listed, not read */
};

struct heed_tensor_info {
    const char *name;
    const char *dtype_name; /* "F32" */
    enum heed_dtype dtype;
    int rank;
    size_t shape[HEED_TENSOR_MAX_RANK];
    const unsigned char *data; /* any alignment */
    size_t size;               /* bytes */
};

/* Values [first, first + count) of a tensor that isn't of HEED_DTYPE_OTHER, as float32. */
void heed_tensor_read(const struct heed_tensor_info *info, size_t first, size_t count,
                      float *values);

/* How many values it has: the product of its shape. */
size_t heed_tensor_count(const struct heed_tensor_info *info);

struct heed_safetensors;

HEED_NODISCARD bool heed_safetensors_open(struct heed_safetensors **file, const char *path,
                                          struct heed_error *err);
void heed_safetensors_destroy(struct heed_safetensors *file);
/* Borrowed; NULL if there is no such tensor. */
const struct heed_tensor_info *heed_safetensors_find(const struct heed_safetensors *file,
                                                     const char *name);
/* Tensors in the order of their names. */
size_t heed_safetensors_count(const struct heed_safetensors *file);
const struct heed_tensor_info *heed_safetensors_get(const struct heed_safetensors *file,
                                                    size_t index);
const char *heed_safetensors_get_path(const struct heed_safetensors *file);
/* A string of the header's "__metadata__", or NULL. */
const char *heed_safetensors_get_metadata(const struct heed_safetensors *file, const char *key);
/* False if the file was changed since it was opened: what was read since mustn't
 * be used. */
bool heed_safetensors_check(const struct heed_safetensors *file, struct heed_error *err);
/* Adds all bytes of the file, as it is mapped, to a hash. */
void heed_safetensors_hash(const struct heed_safetensors *file, struct heed_sha256 *hash);
/* Gives resident pages back to the system; reading faults them in again. */
void heed_safetensors_drop_pages(const struct heed_safetensors *file);

/* One tensor to write. data is read by heed_safetensors_write only; for
 * heed_safetensors_begin it may be NULL. */
struct heed_tensor_out {
    const char *name;
    int rank;
    size_t shape[HEED_TENSOR_MAX_RANK];
    const float *data;
};

struct heed_metadata_out {
    const char *key;
    const char *value;
    size_t length; /* bytes of value; 0: up to its NUL */
};

struct heed_safetensors_out {
    const struct heed_tensor_out *tensors;
    size_t n_tensors;
    const struct heed_metadata_out *metadata;
    size_t n_metadata;
};

/* Writes a file of float32 tensors, in the order given, without holding a
 * second copy of them; as atomic as heed_file_write. "-" is standard output. */
HEED_NODISCARD bool heed_safetensors_write(const char *path,
                                           const struct heed_safetensors_out *content,
                                           struct heed_error *err);

/* The same in pieces, for tensors that are made while writing: begin writes
 * the header, append the next values in the tensors' order, commit checks
 * that all came and renames. Every begin needs a commit or an abandon, which
 * free the writer. */
struct heed_safetensors_writer;
HEED_NODISCARD bool heed_safetensors_begin(struct heed_safetensors_writer **writer,
                                           const char *path,
                                           const struct heed_safetensors_out *content,
                                           struct heed_error *err);
HEED_NODISCARD bool heed_safetensors_append(struct heed_safetensors_writer *writer,
                                            const float *values, size_t count,
                                            struct heed_error *err);
HEED_NODISCARD bool heed_safetensors_commit(struct heed_safetensors_writer *writer,
                                            struct heed_error *err);
void heed_safetensors_abandon(struct heed_safetensors_writer *writer);

#endif

#include "core/model/safetensors.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/checked.h"
#include "base/compiler.h"
#include "base/file.h"
#include "core/model/json.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "safetensors are little-endian, and heed reads them in place"
#endif

enum {
    SIZE_BYTES = 8,
    MAX_HEADER = 16 * 1024 * 1024,
};

struct heed_safetensors {
    struct heed_arena arena;
    struct heed_mapped_file map;
    char *path;
    cJSON *header;
    const cJSON *metadata;
    struct heed_tensor_info *tensors; /* by name */
    size_t n_tensors;
};

static const struct dtype {
    const char *name;
    enum heed_dtype dtype;
    size_t size;
} dtypes[] = {
    {"F32", HEED_DTYPE_F32, 4},       {"F16", HEED_DTYPE_F16, 2},
    {"BF16", HEED_DTYPE_BF16, 2},     {"F64", HEED_DTYPE_F64, 8},
    {"I64", HEED_DTYPE_OTHER, 8},     {"U64", HEED_DTYPE_OTHER, 8},
    {"I32", HEED_DTYPE_OTHER, 4},     {"U32", HEED_DTYPE_OTHER, 4},
    {"I16", HEED_DTYPE_OTHER, 2},     {"U16", HEED_DTYPE_OTHER, 2},
    {"I8", HEED_DTYPE_OTHER, 1},      {"U8", HEED_DTYPE_OTHER, 1},
    {"BOOL", HEED_DTYPE_OTHER, 1},    {"F8_E5M2", HEED_DTYPE_OTHER, 1},
    {"F8_E4M3", HEED_DTYPE_OTHER, 1}, {"F8_E8M0", HEED_DTYPE_OTHER, 1},
    {"C64", HEED_DTYPE_OTHER, 8},
};

static bool fail(const struct heed_safetensors *file, const char *name, const char *what,
                 struct heed_error *err)
{
    if (!name) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s' is no sound safetensors file: %s; fetch it again", file->path,
                              what);
    }
    return heed_error_set(err, HEED_ERROR_FORMAT, "'%s', tensor '%.200s': %s; fetch the file again",
                          file->path, name, what);
}

static const struct dtype *find_dtype(const char *name)
{
    for (size_t i = 0; i < HEED_COUNT(dtypes); i++) {
        if (strcmp(dtypes[i].name, name) == 0) {
            return &dtypes[i];
        }
    }
    return NULL;
}

static bool read_shape(const struct heed_safetensors *file, const cJSON *item,
                       struct heed_tensor_info *info, struct heed_error *err)
{
    const cJSON *shape = heed_json_find(item, "shape");
    if (!cJSON_IsArray(shape)) {
        return fail(file, info->name, "it has no shape", err);
    }
    const cJSON *size = NULL;
    info->rank = 0;
    cJSON_ArrayForEach(size, shape)
    {
        if (info->rank == HEED_TENSOR_MAX_RANK) {
            return fail(file, info->name, "it has more than 8 dimensions", err);
        }
        if (!heed_json_is_size(size, &info->shape[info->rank])) {
            return fail(file, info->name, "a size in its shape is no size", err);
        }
        info->rank++;
    }
    return true;
}

/* Bytes that shape and dtype ask for. */
static bool needed_bytes(const struct heed_tensor_info *info, size_t item_size, size_t *bytes)
{
    size_t total = item_size;
    for (int i = 0; i < info->rank; i++) {
        if (!heed_checked_mul(total, info->shape[i], &total)) {
            return false;
        }
    }
    *bytes = total;
    return true;
}

static bool read_range(const struct heed_safetensors *file, const cJSON *item,
                       struct heed_tensor_info *info, struct heed_error *err)
{
    const size_t header_end = (size_t)(info->data - file->map.data); /* where the bytes begin */
    const size_t available = file->map.size - header_end;
    const cJSON *offsets = heed_json_find(item, "data_offsets");
    size_t begin = 0;
    size_t end = 0;
    if (!cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 ||
        !heed_json_is_size(cJSON_GetArrayItem(offsets, 0), &begin) ||
        !heed_json_is_size(cJSON_GetArrayItem(offsets, 1), &end)) {
        return fail(file, info->name, "its data_offsets are no two sizes", err);
    }
    if (begin > end || end > available) {
        return fail(file, info->name, "its bytes reach past the file's end", err);
    }
    info->data += begin;
    info->size = end - begin;
    return true;
}

static bool read_tensor(const struct heed_safetensors *file, const cJSON *item,
                        const unsigned char *bytes, struct heed_tensor_info *info,
                        struct heed_error *err)
{
    *info = (struct heed_tensor_info){.name = item->string, .data = bytes};
    if (!cJSON_IsObject(item)) {
        return fail(file, info->name, "its entry is no object", err);
    }
    info->dtype_name = heed_json_find_string(item, "dtype", NULL);
    if (!info->dtype_name) {
        return fail(file, info->name, "it has no dtype", err);
    }
    if (!read_shape(file, item, info, err) || !read_range(file, item, info, err)) {
        return false;
    }
    const struct dtype *dtype = find_dtype(info->dtype_name);
    info->dtype = dtype ? dtype->dtype : HEED_DTYPE_OTHER;
    size_t needed = 0;
    if (dtype && !needed_bytes(info, dtype->size, &needed)) {
        return fail(file, info->name, "its shape is too large", err);
    }
    if (dtype && needed != info->size) {
        return fail(file, info->name, "its bytes don't fit its shape", err);
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct heed_tensor_info *x = a;
    const struct heed_tensor_info *y = b;
    if (x->data != y->data) {
        return x->data < y->data ? -1 : 1;
    }
    return (x->size > y->size) - (x->size < y->size);
}

static int by_name(const void *a, const void *b)
{
    const struct heed_tensor_info *x = a;
    const struct heed_tensor_info *y = b;
    return strcmp(x->name, y->name);
}

/* The format's own rule: the ranges cover all bytes, none twice. */
static bool check_cover(struct heed_safetensors *file, const unsigned char *bytes,
                        struct heed_error *err)
{
    const unsigned char *end = file->map.data + file->map.size;
    if (file->n_tensors > 0) {
        heed_sort(file->tensors, file->n_tensors, sizeof *file->tensors, by_place);
    }
    for (size_t i = 0; i < file->n_tensors; i++) {
        const struct heed_tensor_info *info = &file->tensors[i];
        if (info->data != bytes) {
            return fail(file, info->name,
                        info->data < bytes ? "its bytes overlap another's"
                                           : "a gap lies before its bytes",
                        err);
        }
        bytes += info->size;
    }
    if (bytes != end) {
        return fail(file, NULL, "bytes after the last tensor", err);
    }
    return true;
}

static bool sort_by_name(struct heed_safetensors *file, struct heed_error *err)
{
    if (file->n_tensors > 0) {
        heed_sort(file->tensors, file->n_tensors, sizeof *file->tensors, by_name);
    }
    for (size_t i = 1; i < file->n_tensors; i++) {
        if (by_name(&file->tensors[i - 1], &file->tensors[i]) == 0) {
            return fail(file, file->tensors[i].name, "it is there twice", err);
        }
    }
    return true;
}

/* The format has only strings there. */
static bool read_metadata(struct heed_safetensors *file, const cJSON *metadata,
                          struct heed_error *err)
{
    const cJSON *entry = NULL;
    if (!cJSON_IsObject(metadata)) {
        return fail(file, NULL, "its __metadata__ is no object", err);
    }
    cJSON_ArrayForEach(entry, metadata)
    {
        if (!cJSON_IsString(entry)) {
            return fail(file, NULL, "its __metadata__ holds what is no string", err);
        }
    }
    file->metadata = metadata;
    return true;
}

static bool read_tensors(struct heed_safetensors *file, const unsigned char *bytes,
                         struct heed_error *err)
{
    const size_t n = (size_t)cJSON_GetArraySize(file->header);
    file->tensors = heed_arena_zeroed(&file->arena, n, sizeof *file->tensors);
    if (!file->tensors) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", file->path);
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, file->header)
    {
        if (strcmp(item->string, "__metadata__") == 0) {
            if (!read_metadata(file, item, err)) {
                return false;
            }
        } else if (!read_tensor(file, item, bytes, &file->tensors[file->n_tensors++], err)) {
            return false;
        }
    }
    return check_cover(file, bytes, err) && sort_by_name(file, err);
}

/* The header is copied before it is parsed: cJSON wants a NUL behind it. */
static bool read_header(struct heed_safetensors *file, size_t size, struct heed_error *err)
{
    const unsigned char *start = file->map.data + SIZE_BYTES;
    char *text = heed_arena_copy(&file->arena, (const char *)start, size);
    if (!text) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", file->path);
    }
    if (!heed_json_parse(&file->header, text, size, file->path, err)) {
        return false;
    }
    if (!cJSON_IsObject(file->header)) {
        return fail(file, NULL, "its header is no JSON object", err);
    }
    return read_tensors(file, start + size, err);
}

static bool read_file(struct heed_safetensors *file, struct heed_error *err)
{
    if (!heed_file_map(&file->map, file->path, err)) {
        return false;
    }
    if (file->map.size < SIZE_BYTES) {
        return fail(file, NULL, "shorter than 8 bytes", err);
    }
    uint64_t size = 0;
    memcpy(&size, file->map.data, sizeof size);
    if (size > file->map.size - SIZE_BYTES) {
        return fail(file, NULL, "its header reaches past the file's end", err);
    }
    if (size > MAX_HEADER) {
        return fail(file, NULL, "its header is larger than 16 MiB", err);
    }
    return read_header(file, (size_t)size, err);
}

bool heed_safetensors_open(struct heed_safetensors **file, const char *path, struct heed_error *err)
{
    struct heed_safetensors *opened = calloc(1, sizeof *opened);
    if (opened) {
        opened->path = heed_arena_copy(&opened->arena, path, strlen(path));
    }
    if (!opened || !opened->path) {
        heed_safetensors_destroy(opened);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", path);
    }
    /* A change counts more than what it has made of the header. */
    const bool ok = read_file(opened, err);
    if (!heed_file_check(&opened->map, path, err) || !ok) {
        heed_safetensors_destroy(opened);
        return false;
    }
    *file = opened;
    return true;
}

void heed_safetensors_destroy(struct heed_safetensors *file)
{
    if (!file) {
        return;
    }
    cJSON_Delete(file->header);
    heed_file_unmap(&file->map);
    heed_arena_finish(&file->arena);
    free(file);
}

const struct heed_tensor_info *heed_safetensors_find(const struct heed_safetensors *file,
                                                     const char *name)
{
    const struct heed_tensor_info key = {.name = name};
    return file->n_tensors > 0
               ? bsearch(&key, file->tensors, file->n_tensors, sizeof *file->tensors, by_name)
               : NULL;
}

size_t heed_safetensors_count(const struct heed_safetensors *file)
{
    return file->n_tensors;
}

const struct heed_tensor_info *heed_safetensors_get(const struct heed_safetensors *file,
                                                    size_t index)
{
    return &file->tensors[index];
}

const char *heed_safetensors_get_path(const struct heed_safetensors *file)
{
    return file->path;
}

const char *heed_safetensors_get_metadata(const struct heed_safetensors *file, const char *key)
{
    return heed_json_find_string(file->metadata, key, NULL);
}

bool heed_safetensors_check(const struct heed_safetensors *file, struct heed_error *err)
{
    return heed_file_check(&file->map, file->path, err);
}

void heed_safetensors_hash(const struct heed_safetensors *file, struct heed_sha256 *hash)
{
    enum { BLOCK = 4 << 20 }; /* so that the file isn't held in memory as a whole */
    for (size_t at = 0; at < file->map.size; at += BLOCK) {
        const size_t left = file->map.size - at;
        heed_sha256_add(hash, file->map.data + at, left < BLOCK ? left : BLOCK);
        heed_file_drop_pages(&file->map);
    }
}

void heed_safetensors_drop_pages(const struct heed_safetensors *file)
{
    heed_file_drop_pages(&file->map);
}

#include "core/model/bind.h"

#include <stdint.h>
#include <stdio.h>

#include "base/compiler.h"

/* In place where the file has aligned float32, else a copy. */
static bool read_values(struct heed_binder *binder, const struct heed_tensor_info *info,
                        const char *path, size_t count, const float **values,
                        struct heed_error *err)
{
    if (info->dtype == HEED_DTYPE_OTHER) {
        return heed_error_set(
            err, HEED_ERROR_UNSUPPORTED,
            "'%s', tensor '%s' is of type %.20s: heed reads F64, F32, F16 and BF16", path,
            info->name, info->dtype_name);
    }
    if (info->dtype == HEED_DTYPE_F32 && (uintptr_t)info->data % sizeof(float) == 0) {
        *values = (const float *)(const void *)info->data;
        return true;
    }
    if (binder->only_looks) {
        static const float none;
        *values = &none;
        return true;
    }
    float *copy = heed_arena_alloc(&binder->file->arena, count * sizeof *copy);
    if (!copy) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for '%s', tensor '%s'", path,
                              info->name);
    }
    heed_tensor_read(info, 0, count, copy);
    *values = copy;
    return true;
}

static void print_shape(char *text, size_t size, const size_t *shape, int rank)
{
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < rank && used + 1 < size; i++) {
        int length = snprintf(text + used, size - used, "%s%zu", i > 0 ? ", " : "", shape[i]);
        used += length > 0 ? (size_t)length : 0;
    }
}

static bool check_shape(const struct heed_tensor_info *info, const char *path,
                        const struct heed_wanted *wanted, struct heed_error *err)
{
    const size_t shape[2] = {wanted->rows > 0 ? wanted->rows : wanted->columns, wanted->columns};
    const int rank = wanted->rows > 0 ? 2 : 1;
    bool fits = info->rank == rank;
    for (int i = 0; fits && i < rank; i++) {
        fits = info->shape[i] == shape[i];
    }
    if (fits) {
        return true;
    }
    char has[200];
    char needs[64];
    print_shape(has, sizeof has, info->shape, info->rank);
    print_shape(needs, sizeof needs, shape, rank);
    return heed_error_set(err, HEED_ERROR_FORMAT,
                          "'%s', tensor '%s' has the shape [%s], but config.json asks for [%s]: "
                          "the two files don't belong together",
                          path, info->name, has, needs);
}

const struct heed_tensor_info *heed_bind_find(const struct heed_binder *binder, const char *name,
                                              const char **path)
{
    return heed_shards_find(&binder->file->shards, name, path);
}

bool heed_bind(struct heed_binder *binder, const struct heed_wanted *wanted, const char *other,
               const float **values, struct heed_error *err)
{
    const char *path = NULL;
    const struct heed_tensor_info *info = heed_bind_find(binder, wanted->name, &path);
    if (!info && other) {
        info = heed_bind_find(binder, other, &path);
    }
    if (!info) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%s' has no tensor '%s', which config.json asks for: the two files "
                              "don't belong together",
                              heed_shards_get_path(&binder->file->shards), wanted->name);
    }
    const size_t rows = wanted->rows > 0 ? wanted->rows : 1;
    return check_shape(info, path, wanted, err) &&
           read_values(binder, info, path, rows * wanted->columns, values, err);
}

bool heed_bind_linear(struct heed_binder *binder, const char *stem, int out, int in,
                      struct heed_linear_weights *linear, struct heed_error *err)
{
    char weight[HEED_MAX_TENSOR_NAME];
    char bias[HEED_MAX_TENSOR_NAME];
    snprintf(weight, sizeof weight, "%s.weight", stem);
    snprintf(bias, sizeof bias, "%s.bias", stem);
    const struct heed_wanted matrix = {weight, (size_t)out, (size_t)in};
    const struct heed_wanted vector = {bias, 0, (size_t)out};
    return heed_bind(binder, &matrix, NULL, &linear->weight, err) &&
           heed_bind(binder, &vector, NULL, &linear->bias, err);
}

bool heed_bind_norm(struct heed_binder *binder, const char *stem, int width,
                    struct heed_norm_weights *norm, struct heed_error *err)
{
    char names[4][HEED_MAX_TENSOR_NAME];
    static const char *const endings[] = {"weight", "gamma", "bias", "beta"};
    for (size_t i = 0; i < HEED_COUNT(endings); i++) {
        snprintf(names[i], HEED_MAX_TENSOR_NAME, "%s.%s", stem, endings[i]);
    }
    const struct heed_wanted gamma = {names[0], 0, (size_t)width};
    const struct heed_wanted beta = {names[2], 0, (size_t)width};
    return heed_bind(binder, &gamma, names[1], &norm->gamma, err) &&
           heed_bind(binder, &beta, names[3], &norm->beta, err);
}

/*
 * Tensors of a model's files by name and shape, for weights.c and its heads: what isn't
 * there, or isn't of the shape that config.json asks for, is an error that names both.
 */
#ifndef HEED_CORE_MODEL_BIND_H
#define HEED_CORE_MODEL_BIND_H

#include "base/arena.h"
#include "base/error.h"
#include "core/model/shards.h"
#include "core/model/weights.h"

struct heed_weights_file {
    struct heed_shards shards;
    struct heed_arena arena; /* layers, and what had to be copied */
};

enum { HEED_MAX_TENSOR_NAME = 256 };

struct heed_binder {
    struct heed_weights_file *file;
    const struct heed_architecture *layout;
    const struct heed_config_file *config;
    const struct heed_model_config *sizes;
    char prefix[HEED_MAX_TENSOR_NAME / 2];       /* of the encoder */
    char head_prefix[HEED_MAX_TENSOR_NAME / 2];  /* of the masked-language head */
    char class_prefix[HEED_MAX_TENSOR_NAME / 2]; /* of the head for classes */
    bool only_looks;                             /* nothing is read */
};

/* rows 0: a vector of `columns` values. */
struct heed_wanted {
    const char *name;
    size_t rows, columns;
};

/* NULL: no file has it. *path (if not NULL) is the one that does. */
const struct heed_tensor_info *heed_bind_find(const struct heed_binder *binder, const char *name,
                                              const char **path);
/* Binds name, or other (an older name; may be NULL): float32 in place, else a copy. */
HEED_NODISCARD bool heed_bind(struct heed_binder *binder, const struct heed_wanted *wanted,
                              const char *other, const float **values, struct heed_error *err);
HEED_NODISCARD bool heed_bind_linear(struct heed_binder *binder, const char *stem, int out, int in,
                                     struct heed_linear_weights *linear, struct heed_error *err);
HEED_NODISCARD bool heed_bind_norm(struct heed_binder *binder, const char *stem, int width,
                                   struct heed_norm_weights *norm, struct heed_error *err);

/* The masked-language head and that for classes. One that lacks a part is none: the layers
 * don't need it. */
HEED_NODISCARD bool heed_bind_mlm(struct heed_binder *binder, struct heed_model_weights *weights,
                                  struct heed_error *err);
HEED_NODISCARD bool heed_bind_classes(struct heed_binder *binder,
                                      struct heed_model_weights *weights, struct heed_error *err);
/* The last map of a head for classes, which every such head has. */
const char *heed_bind_class_out(const struct heed_binder *binder);

#endif

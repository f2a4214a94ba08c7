/*
 * The weights of a model, bound by name from its safetensors files: whatever
 * classes and wrappers put before the names ("bert.", "module."), as the architecture's
 * row lays them out, with the old names of a layer norm (gamma, beta). Any thread.
 */
#ifndef HEED_CORE_MODEL_WEIGHTS_H
#define HEED_CORE_MODEL_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/model/config.h"
#include "core/model/model.h"

struct heed_weights_file; /* one or more safetensors files */

/* What the files hold, of all their tensors. */
struct heed_weights_facts {
    size_t bytes;        /* of the files */
    size_t n_parameters; /* numbers that aren't whole ones */
    char numbers[16];    /* "F32": what most of them are stored as */
    bool has_mlm_head, has_classes;
};

/* Finds every weight as heed_weights_open does, but reads none: the same errors. */
HEED_NODISCARD bool heed_weights_look(const char *folder, const struct heed_config_file *config,
                                      struct heed_weights_facts *facts, struct heed_error *err);

/* Opens model.safetensors of the folder, or the shards that
 * model.safetensors.index.json names, and binds every weight. The weights are
 * borrowed from *file. */
HEED_NODISCARD bool heed_weights_open(struct heed_weights_file **file, const char *folder,
                                      const struct heed_config_file *config,
                                      struct heed_model_weights *weights, struct heed_error *err);
void heed_weights_destroy(struct heed_weights_file *file);
HEED_NODISCARD bool heed_weights_hash(const struct heed_weights_file *file, char hex[65],
                                      struct heed_error *err);
bool heed_weights_check(const struct heed_weights_file *file, struct heed_error *err);
void heed_weights_drop_pages(const struct heed_weights_file *file);

#endif

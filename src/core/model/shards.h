/*
 * The safetensors files of a folder as one: model.safetensors, or the shards
 * of model.safetensors.index.json. Immutable once open; any thread.
 */
#ifndef HEED_CORE_MODEL_SHARDS_H
#define HEED_CORE_MODEL_SHARDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/model/safetensors.h"

struct heed_shards {
    struct heed_safetensors **files;
    size_t n_files;
};

HEED_NODISCARD bool heed_shards_open(struct heed_shards *shards, const char *folder,
                                     struct heed_error *err);
void heed_shards_finish(struct heed_shards *shards);
/* NULL if no file has it. *path (if not NULL) is the file that has it. */
const struct heed_tensor_info *heed_shards_find(const struct heed_shards *shards, const char *name,
                                                const char **path);
/* The path to name in messages when no file has a tensor. */
const char *heed_shards_get_path(const struct heed_shards *shards);
HEED_NODISCARD bool heed_shards_hash(const struct heed_shards *shards, char hex[65],
                                     struct heed_error *err);
bool heed_shards_check(const struct heed_shards *shards, struct heed_error *err);
void heed_shards_drop_pages(const struct heed_shards *shards);

/* path = folder/name. False (errno-free, err set) if it is too long. */
HEED_NODISCARD bool heed_path_join(char *path, size_t size, const char *folder, const char *name,
                                   struct heed_error *err);
bool heed_path_exists(const char *path);

#endif

/*
 * Where the default model lies, and what people call a model. Any thread.
 */
#ifndef HEED_CORE_MODEL_LOCATE_H
#define HEED_CORE_MODEL_LOCATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* The folder in the environment's HEED_MODEL; else
 * $XDG_CACHE_HOME/heed/models/all-MiniLM-L6-v2 (or ~/.cache). An error, with
 * the remedy, if there is no such folder. */
HEED_NODISCARD bool heed_model_find_default(char *path, size_t size, struct heed_error *err);

/* The folder's own name, unless it says nothing ("model", a hash): then the
 * name of a hub cache's folder ("models--org--name"), the parent's name, or
 * name_or_path. Never empty. */
void heed_model_choose_name(char *name, size_t size, const char *folder, const char *name_or_path);

#endif

/*
 * Where the default model lies, and what people call a model. Any thread.
 */
#ifndef HEED_CORE_MODEL_LOCATE_H
#define HEED_CORE_MODEL_LOCATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* chosen, if it isn't NULL: a folder, or where there is none of that path the name of a model
 * in one of the places of core/model/places.h ("name", "owner/name"). Else the folder in the
 * environment's HEED_MODEL; else the first heed/models/all-MiniLM-L6-v2 that there is in
 * $XDG_DATA_HOME (~/.local/share), ../share beside the program, each of $XDG_DATA_DIRS
 * (/usr/local/share, /usr/share), $XDG_CACHE_HOME
 * (~/.cache). Relative folders of these variables are ignored. An error, with
 * the remedy, if there is none; whether chosen exists is seen when it is opened. */
HEED_NODISCARD bool heed_model_find(char *path, size_t size, const char *chosen,
                                    struct heed_error *err);

/* The folder's own name, unless it says nothing ("model", a hash): then the
 * name of a hub cache's folder ("models--org--name"), the parent's name, or
 * name_or_path. Never empty. */
void heed_model_choose_name(char *name, size_t size, const char *folder, const char *name_or_path);

#endif

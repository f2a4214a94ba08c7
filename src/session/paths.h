/* Where heed keeps its files (XDG base directories). Inside session/ only. */
#ifndef HEED_SESSION_PATHS_H
#define HEED_SESSION_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* $variable/heed/file, or ~/fallback/heed/file if the variable is unset or not an absolute path. */
bool heed_path_find(char *path, size_t size, const char *variable, const char *fallback,
                    const char *file, struct heed_error *err);
/* Makes the folder that a path lies in. */
bool heed_path_make_parent(const char *path, struct heed_error *err);

#endif

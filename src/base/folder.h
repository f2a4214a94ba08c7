/*
 * Folders as a person types and sees them: "~", what a folder holds, what completes a
 * name. Any thread; a slow disk is waited for.
 */
#ifndef HEED_BASE_FOLDER_H
#define HEED_BASE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A "~" or "~/" at its beginning becomes the home folder. False if there is no room. */
HEED_NODISCARD bool heed_folder_expand(const char *path, char *out, size_t size);
/* The inverse, where it begins with the home folder. */
void heed_folder_shorten(const char *path, char *out, size_t size);

struct heed_folder_entry {
    char *name;
    bool is_folder;
};

/* Folders first, each part by name; what begins with a dot is left out. */
struct heed_folder {
    struct heed_folder_entry *entries;
    size_t n;
};

/* At most so many entries are kept, the first by name. "" is the current folder. Errors: it
 * can't be read; memory. */
HEED_NODISCARD bool heed_folder_read(struct heed_folder *folder, const char *path, size_t most,
                                     struct heed_error *err);
void heed_folder_finish(struct heed_folder *folder);

/* What a person may have typed on to: the rest of the first folder by name that begins with
 * the path's last part, and a slash; "" if none does or nothing of it is typed. "~" allowed. */
void heed_folder_complete(const char *path, char *rest, size_t size);

#endif

#include "base/folder.h"
#include "base/array.h"
#include "base/platform.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *home(void)
{
    const char *folder = getenv("HOME");
    return folder && heed_platform_is_absolute(folder) ? folder : "";
}

bool heed_folder_expand(const char *path, char *out, size_t size)
{
    const bool tilde = path[0] == '~' && (path[1] == '/' || path[1] == '\0') && *home();
    const int n = snprintf(out, size, "%s%s", tilde ? home() : "", tilde ? path + 1 : path);
    return n >= 0 && (size_t)n < size;
}

void heed_folder_shorten(const char *path, char *out, size_t size)
{
    const size_t n = strlen(home());
    const bool within = n > 1 && strncmp(path, home(), n) == 0 && (path[n] == '/' || !path[n]);
    snprintf(out, size, "%s%s", within ? "~" : "", within ? path + n : path);
}

static bool is_folder(const char *folder, const struct dirent *entry)
{
    char path[PATH_MAX];
    struct stat status;
    if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK) {
        return entry->d_type == DT_DIR;
    }
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare(const void *a, const void *b)
{
    const struct heed_folder_entry *x = a, *y = b;
    return x->is_folder != y->is_folder ? (int)y->is_folder - (int)x->is_folder
                                        : strcmp(x->name, y->name);
}

static bool add(struct heed_folder *folder, size_t *capacity, const char *path,
                const struct dirent *entry)
{
    if (folder->n == *capacity) {
        *capacity = *capacity ? 2 * *capacity : 64;
        struct heed_folder_entry *grown =
            realloc(folder->entries, *capacity * sizeof *folder->entries);
        if (!grown) {
            return false;
        }
        folder->entries = grown;
    }
    char *name = strdup(entry->d_name);
    if (!name) {
        return false;
    }
    folder->entries[folder->n++] =
        (struct heed_folder_entry){.name = name, .is_folder = is_folder(path, entry)};
    return true;
}

bool heed_folder_read(struct heed_folder *folder, const char *path, size_t most,
                      struct heed_error *err)
{
    const char *where = path[0] ? path : ".";
    size_t capacity = 0;
    bool ok = true;
    *folder = (struct heed_folder){0};
    DIR *dir = opendir(where);
    if (!dir) {
        return heed_error_set(err, HEED_ERROR_SYSTEM, "the folder '%s' can't be read: %s", where,
                              strerror(errno));
    }
    for (const struct dirent *it = readdir(dir); ok && it; it = readdir(dir)) {
        ok = it->d_name[0] == '.' || add(folder, &capacity, where, it);
    }
    closedir(dir);
    if (!ok) {
        heed_folder_finish(folder);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to list '%s'", where);
    }
    if (folder->n > 0) {
        heed_sort(folder->entries, folder->n, sizeof *folder->entries, compare);
    }
    while (folder->n > most) {
        free(folder->entries[--folder->n].name);
    }
    return true;
}

void heed_folder_finish(struct heed_folder *folder)
{
    for (size_t i = 0; i < folder->n; i++) {
        free(folder->entries[i].name);
    }
    free(folder->entries);
    *folder = (struct heed_folder){0};
}

void heed_folder_complete(const char *path, char *rest, size_t size)
{
    char whole[PATH_MAX], parent[PATH_MAX];
    struct heed_folder folder;
    rest[0] = '\0';
    if (!heed_folder_expand(path, whole, sizeof whole)) {
        return;
    }
    const char *slash = strrchr(whole, '/');
    const char *part = slash ? slash + 1 : whole;
    const size_t n = strlen(part);
    snprintf(parent, sizeof parent, "%.*s", (int)(part - whole), whole);
    if (n == 0 || !heed_folder_read(&folder, parent, SIZE_MAX, NULL)) {
        return;
    }
    for (size_t i = 0; i < folder.n && rest[0] == '\0'; i++) {
        if (folder.entries[i].is_folder && strncmp(folder.entries[i].name, part, n) == 0) {
            snprintf(rest, size, "%s/", folder.entries[i].name + n);
        }
    }
    heed_folder_finish(&folder);
}

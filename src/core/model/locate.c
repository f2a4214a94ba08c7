#include "core/model/locate.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "core/model/shards.h"

#define DEFAULT_NAME "heed/models/all-MiniLM-L6-v2"

static bool fail_absent(const char *path, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_FILE,
                          "no model at '%s': run ./run --setup-only, or give --model DIR", path);
}

/* The XDG rule: a relative XDG_CACHE_HOME is ignored. */
static bool default_folder(char *path, size_t size, struct heed_error *err)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (cache && cache[0] == '/') {
        return heed_path_join(path, size, cache, DEFAULT_NAME, err);
    }
    if (home && home[0] == '/') {
        return heed_path_join(path, size, home, ".cache/" DEFAULT_NAME, err);
    }
    return heed_error_set(err, HEED_ERROR_FILE,
                          "no place for a default model, since HOME isn't set: give --model DIR");
}

bool heed_model_find_default(char *path, size_t size, struct heed_error *err)
{
    char found[PATH_MAX];
    const char *chosen = getenv("HEED_MODEL");
    if (chosen && chosen[0] != '\0') {
        if (snprintf(found, sizeof found, "%s", chosen) >= PATH_MAX) {
            return heed_error_set(err, HEED_ERROR_FILE, "HEED_MODEL is too long a path");
        }
    } else if (!default_folder(found, sizeof found, err)) {
        return false;
    }
    if (!heed_path_exists(found)) {
        return fail_absent(found, err);
    }
    if (strlen(found) >= size) {
        return heed_error_set(err, HEED_ERROR_FILE, "the path '%.300s' is too long", found);
    }
    memcpy(path, found, strlen(found) + 1);
    return true;
}

static bool is_hash(const char *name)
{
    const size_t length = strlen(name);
    return length >= 16 && strspn(name, "0123456789abcdef") == length;
}

static bool says_nothing(const char *name)
{
    static const char *const dull[] = {"", ".", "..", "model", "models", "snapshots", "main"};
    for (size_t i = 0; i < HEED_COUNT(dull); i++) {
        if (strcmp(name, dull[i]) == 0) {
            return true;
        }
    }
    return is_hash(name);
}

/* Cuts the last part off path and returns it. */
static const char *cut_last(char *path)
{
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') {
        path[--length] = '\0';
    }
    char *slash = strrchr(path, '/');
    if (!slash) {
        return path;
    }
    *slash = '\0';
    return slash + 1;
}

/* "models--org--name", as the hub's cache names its folders. */
static const char *hub_name(const char *part)
{
    if (strncmp(part, "models--", strlen("models--")) != 0) {
        return part;
    }
    const char *name = part;
    for (const char *at = strstr(part, "--"); at; at = strstr(name, "--")) {
        name = at + 2;
    }
    return name;
}

void heed_model_choose_name(char *name, size_t size, const char *folder, const char *name_or_path)
{
    char path[PATH_MAX];
    char resolved[PATH_MAX];
    const char *full = realpath(folder, resolved) ? resolved : folder;
    snprintf(path, sizeof path, "%s", full);
    for (int level = 0; level < 3 && path[0] != '\0'; level++) {
        const char *part = hub_name(cut_last(path));
        if (!says_nothing(part)) {
            snprintf(name, size, "%s", part);
            return;
        }
    }
    snprintf(path, sizeof path, "%s", name_or_path);
    const char *last = cut_last(path);
    snprintf(name, size, "%s", says_nothing(last) ? "model" : last);
}

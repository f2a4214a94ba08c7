#include "core/model/locate.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/platform.h"
#include "core/model/places.h"
#include "core/model/shards.h"

#define DEFAULT_NAME "heed/models/all-MiniLM-L6-v2"

static bool copy(char *path, size_t size, const char *from, struct heed_error *err)
{
    const size_t length = strlen(from);
    if (length >= size) {
        return heed_error_set(err, HEED_ERROR_FILE, "the path '%.300s' is too long", from);
    }
    memcpy(path, from, length + 1);
    return true;
}

struct default_search {
    char *path;
    size_t size;
};

/* False ends the search: it is found. */
static bool lacks_default(void *context, const char *base)
{
    const struct default_search *search = context;
    return !heed_path_join(search->path, search->size, base, DEFAULT_NAME, NULL) ||
           !heed_path_exists(search->path);
}

static bool find_installed(char *path, size_t size)
{
    struct default_search search = {path, size};
    return !heed_models_bases(lacks_default, &search);
}

/* HEED_MODEL's folder, or an installed one. */
static bool find_default(char *path, size_t size, struct heed_error *err)
{
    const char *wanted = getenv("HEED_MODEL");
    if (!wanted || wanted[0] == '\0') {
        return find_installed(path, size) ||
               heed_error_set(err, HEED_ERROR_FILE,
                              "no model is installed: install the package heed-model-minilm or "
                              "heed-viewer[model], run ./run --setup-only in a clone of heed, or "
                              "give --model FOLDER");
    }
    return copy(path, size, wanted, err) &&
           (heed_path_exists(path) ||
            heed_error_set(err, HEED_ERROR_FILE,
                           "no model at '%s', which HEED_MODEL names: let it name a model's "
                           "folder, or unset it",
                           wanted));
}

bool heed_model_find(char *path, size_t size, const char *chosen, struct heed_error *err)
{
    char found[PATH_MAX];
    struct heed_error twice = {0};
    if (!chosen) {
        return find_default(found, sizeof found, err) && copy(path, size, found, err);
    }
    if (heed_platform_is_absolute(chosen) || chosen[0] == '.' || heed_path_exists(chosen)) {
        return copy(path, size, chosen, err);
    }
    if (heed_models_find(found, sizeof found, chosen, &twice)) {
        return copy(path, size, found, err);
    }
    if (twice.code != HEED_OK) {
        return heed_error_set(err, twice.code, "%s", twice.text);
    }
    return copy(path, size, chosen, err);
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

#include "core/model/places.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/compiler.h"
#include "base/file.h"
#include "base/platform.h"
#include "core/model/shards.h"

#define OWN "heed/models"
#define HUB_PREFIX "models--"

/* ---- the places ---- */

bool heed_models_base(char *path, size_t size, const char *variable, const char *fallback)
{
    const char *value = getenv(variable);
    const char *home = getenv("HOME");
    if (value && heed_platform_is_absolute(value)) {
        const int length = snprintf(path, size, "%s", value);
        return length > 0 && (size_t)length < size;
    }
    return home && heed_platform_is_absolute(home) &&
           heed_path_join(path, size, home, fallback, NULL);
}

/* $XDG_DATA_DIRS: folders with : between them. */
static bool visit_system(bool (*visit)(void *context, const char *base), void *context)
{
    const char *dirs = getenv("XDG_DATA_DIRS");
    const char *at = dirs && dirs[0] != '\0' ? dirs : "/usr/local/share:/usr/share";
    while (*at != '\0') {
        char base[PATH_MAX];
        const int length = (int)strcspn(at, ":");
        snprintf(base, sizeof base, "%.*s", length, at);
        if (heed_platform_is_absolute(base) && !visit(context, base)) {
            return false;
        }
        at += length + (at[length] == ':');
    }
    return true;
}

bool heed_models_bases(bool (*visit)(void *context, const char *base), void *context)
{
    char base[PATH_MAX];
    char folder[PATH_MAX];
    const bool beside = heed_platform_program_folder(folder, sizeof folder);
    return (!heed_models_base(base, sizeof base, "XDG_DATA_HOME", ".local/share") ||
            visit(context, base)) &&
           (!beside || !heed_path_join(base, sizeof base, folder, "../share", NULL) ||
            visit(context, base)) &&
           visit_system(visit, context) &&
           (!heed_models_base(base, sizeof base, "XDG_CACHE_HOME", ".cache") ||
            visit(context, base));
}

/* As huggingface_hub finds it. */
static bool find_hub(char *path, size_t size)
{
    static const char *const variables[] = {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"};
    char base[PATH_MAX];
    for (size_t i = 0; i < HEED_COUNT(variables); i++) {
        const char *value = getenv(variables[i]);
        if (value && value[0] != '\0') {
            const int length = snprintf(path, size, "%s", value);
            return length > 0 && (size_t)length < size;
        }
    }
    const char *home = getenv("HF_HOME");
    if (home && home[0] != '\0') {
        return heed_path_join(path, size, home, "hub", NULL);
    }
    return heed_models_base(base, sizeof base, "XDG_CACHE_HOME", ".cache") &&
           heed_path_join(path, size, base, "huggingface/hub", NULL);
}

/* ---- what lies in one ---- */

struct walk {
    bool (*visit)(void *context, const struct heed_model_entry *entry);
    void *context;
    struct heed_model_entry entry;
};

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Calls act with each name in a folder, in their order; one that isn't there has none. */
static bool each_name(const char *folder, bool (*act)(struct walk *walk, const char *name),
                      struct walk *walk)
{
    struct dirent **names = NULL;
    const int n = scandir(folder, &names, is_shown, alphasort);
    bool goes_on = true;
    for (int i = 0; i < n; i++) {
        goes_on = goes_on && act(walk, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    return goes_on;
}

bool heed_model_has_config(const char *folder)
{
    char path[PATH_MAX];
    return heed_path_join(path, sizeof path, folder, "config.json", NULL) && heed_path_exists(path);
}

static bool find_inside(char *found, size_t size, const char *folder, int levels)
{
    struct dirent **names = NULL;
    bool ok = false;
    const int n = scandir(folder, &names, is_shown, alphasort);
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        if (!ok && heed_path_join(path, sizeof path, folder, names[i]->d_name, NULL)) {
            ok = heed_model_has_config(path)
                     ? snprintf(found, size, "%s", path) < (int)size
                     : levels > 1 && find_inside(found, size, path, levels - 1);
        }
        free(names[i]);
    }
    free(names);
    return ok;
}

bool heed_model_find_inside(char *found, size_t size, const char *folder)
{
    return find_inside(found, size, folder, 2);
}

static bool visit_own(struct walk *walk, const char *name)
{
    struct heed_model_entry *entry = &walk->entry;
    snprintf(entry->name, sizeof entry->name, "%s", name);
    return !heed_path_join(entry->folder, sizeof entry->folder, entry->place, name, NULL) ||
           !heed_model_has_config(entry->folder) || walk->visit(walk->context, entry);
}

/* The newest of the snapshots, where refs/main doesn't say which. */
static bool find_newest(char *folder, size_t size, const char *snapshots)
{
    struct dirent **names = NULL;
    time_t newest = 0;
    bool found = false;
    const int n = scandir(snapshots, &names, is_shown, alphasort);
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        struct stat status;
        if (heed_path_join(path, sizeof path, snapshots, names[i]->d_name, NULL) &&
            stat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
            (!found || status.st_mtime > newest)) {
            found = true;
            newest = status.st_mtime;
            snprintf(folder, size, "%s", path);
        }
        free(names[i]);
    }
    free(names);
    return found;
}

static bool find_snapshot(char *folder, size_t size, const char *repository)
{
    char path[PATH_MAX];
    char snapshots[PATH_MAX];
    char *hash = NULL;
    size_t length = 0;
    bool found = false;
    if (!heed_path_join(snapshots, sizeof snapshots, repository, "snapshots", NULL)) {
        return false;
    }
    if (heed_path_join(path, sizeof path, repository, "refs/main", NULL) &&
        heed_path_exists(path) && heed_file_read_regular(path, 256, &hash, &length, NULL)) {
        hash[strcspn(hash, "\r\n/")] = '\0';
        found = hash[0] != '\0' && heed_path_join(folder, size, snapshots, hash, NULL) &&
                heed_path_exists(folder);
    }
    free(hash);
    return found || find_newest(folder, size, snapshots);
}

static bool visit_hub(struct walk *walk, const char *name)
{
    struct heed_model_entry *entry = &walk->entry;
    char repository[PATH_MAX];
    if (strncmp(name, HUB_PREFIX, strlen(HUB_PREFIX)) != 0 ||
        !heed_path_join(repository, sizeof repository, entry->place, name, NULL) ||
        !find_snapshot(entry->folder, sizeof entry->folder, repository)) {
        return true;
    }
    const char *whole = name + strlen(HUB_PREFIX);
    const char *dashes = strstr(whole, "--");
    snprintf(entry->owner, sizeof entry->owner, "%.*s", dashes ? (int)(dashes - whole) : 0, whole);
    snprintf(entry->name, sizeof entry->name, "%s", dashes ? dashes + 2 : whole);
    return walk->visit(walk->context, entry);
}

static bool walk_own(void *context, const char *base)
{
    struct walk *walk = context;
    return !heed_path_join(walk->entry.place, sizeof walk->entry.place, base, OWN, NULL) ||
           each_name(walk->entry.place, visit_own, walk);
}

void heed_models_walk(bool (*visit)(void *context, const struct heed_model_entry *entry),
                      void *context)
{
    struct walk *walk = calloc(1, sizeof *walk);
    if (!walk) {
        return;
    }
    walk->visit = visit;
    walk->context = context;
    if (heed_models_bases(walk_own, walk)) {
        walk->entry = (struct heed_model_entry){.is_of_hub = true};
        if (find_hub(walk->entry.place, sizeof walk->entry.place)) {
            (void)each_name(walk->entry.place, visit_hub, walk);
        }
    }
    free(walk);
}

/* ---- by name ---- */

struct search {
    const char *name;
    struct heed_model_entry found;
    bool is_found, is_twice;
    char other[2 * HEED_MODEL_NAME + 2];
};

static bool has_name(const struct heed_model_entry *entry, const char *name)
{
    const size_t owner = strlen(entry->owner);
    if (strcasecmp(entry->name, name) == 0) {
        return true;
    }
    return owner > 0 && strncasecmp(name, entry->owner, owner) == 0 && name[owner] == '/' &&
           strcasecmp(name + owner + 1, entry->name) == 0;
}

/* A model of the same owner in two places is that of the first. */
static bool match(void *context, const struct heed_model_entry *entry)
{
    struct search *search = context;
    if (!has_name(entry, search->name)) {
        return true;
    }
    if (!search->is_found) {
        search->is_found = true;
        search->found = *entry;
    } else if (search->found.is_of_hub && entry->is_of_hub &&
               strcasecmp(search->found.owner, entry->owner) != 0) {
        search->is_twice = true;
        snprintf(search->other, sizeof search->other, "%s/%s", entry->owner, entry->name);
        return false;
    }
    return true;
}

bool heed_models_find(char *folder, size_t size, const char *name, struct heed_error *err)
{
    struct search *search = calloc(1, sizeof *search);
    if (!search) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to look for '%s'", name);
    }
    search->name = name;
    heed_models_walk(match, search);
    bool ok = search->is_found;
    if (search->is_twice) {
        ok = heed_error_set(err, HEED_ERROR_INPUT,
                            "two models are called '%.100s': name %s/%s or %s", name,
                            search->found.owner, search->found.name, search->other);
    } else if (ok) {
        snprintf(folder, size, "%s", search->found.folder);
    }
    free(search);
    return ok;
}

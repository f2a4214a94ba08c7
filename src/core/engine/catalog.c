#include "core/engine/catalog.h"

#include <dirent.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/thread.h"
#include "core/model/shards.h"

struct heed_catalog {
    pthread_mutex_t lock; /* of references, wanted and is_done */
    pthread_cond_t changed;
    int references; /* of the thread and of the owner */
    bool wanted, is_done;
    void (*wake)(void *context);
    void *context;
    char *path; /* only the folders that begin so; NULL: the places */
    char **recent;
    int n_recent;
    atomic_int n, n_recent_found;
    struct heed_model_facts *items[HEED_MOST_MODELS]; /* those below n stay as they are */
};

struct heed_folder_id heed_folder_identify(const char *folder)
{
    struct stat status;
    return stat(folder, &status) == 0
               ? (struct heed_folder_id){(uint64_t)status.st_dev, (uint64_t)status.st_ino}
               : (struct heed_folder_id){0, 0};
}

bool heed_folder_is_same(struct heed_folder_id a, struct heed_folder_id b)
{
    return a.node != 0 && a.device == b.device && a.node == b.node;
}

static void free_catalog(struct heed_catalog *catalog)
{
    for (int i = 0; i < atomic_load(&catalog->n); i++) {
        free(catalog->items[i]);
    }
    for (int i = 0; i < catalog->n_recent; i++) {
        free(catalog->recent[i]);
    }
    free(catalog->recent);
    free(catalog->path);
    pthread_cond_destroy(&catalog->changed);
    pthread_mutex_destroy(&catalog->lock);
    free(catalog);
}

static void release(struct heed_catalog *catalog)
{
    pthread_mutex_lock(&catalog->lock);
    const bool is_last = --catalog->references == 0;
    pthread_mutex_unlock(&catalog->lock);
    if (is_last) {
        free_catalog(catalog);
    }
}

/* False: nobody wants more. */
static bool tell(struct heed_catalog *catalog, bool is_done)
{
    pthread_mutex_lock(&catalog->lock);
    catalog->is_done = is_done;
    if (catalog->wanted && catalog->wake) {
        catalog->wake(catalog->context);
    }
    pthread_cond_broadcast(&catalog->changed);
    const bool wanted = catalog->wanted;
    pthread_mutex_unlock(&catalog->lock);
    return wanted;
}

static bool is_known(const struct heed_catalog *catalog, struct heed_folder_id id)
{
    for (int i = 0; i < atomic_load(&catalog->n); i++) {
        if (heed_folder_is_same(catalog->items[i]->id, id)) {
            return true;
        }
    }
    return false;
}

static bool add(void *context, const struct heed_model_entry *entry)
{
    struct heed_catalog *catalog = context;
    const int n = atomic_load(&catalog->n);
    const struct heed_folder_id id = heed_folder_identify(entry->folder);
    if (is_known(catalog, id)) {
        return true;
    }
    struct heed_model_facts *facts = n < HEED_MOST_MODELS ? calloc(1, sizeof *facts) : NULL;
    if (!facts) {
        return false;
    }
    facts->entry = *entry;
    facts->id = id;
    if (catalog->path && !heed_model_has_config(entry->folder)) {
        facts->is_folder = true;
    } else {
        heed_model_describe(facts);
    }
    catalog->items[n] = facts;
    atomic_store(&catalog->n, n + 1);
    return tell(catalog, false);
}

/* Where a recent folder lies, it is called as there. */
struct naming {
    struct heed_folder_id id;
    struct heed_model_entry *entry;
};

static bool name(void *context, const struct heed_model_entry *entry)
{
    const struct naming *naming = context;
    if (!heed_folder_is_same(heed_folder_identify(entry->folder), naming->id)) {
        return true;
    }
    snprintf(naming->entry->owner, sizeof naming->entry->owner, "%s", entry->owner);
    snprintf(naming->entry->name, sizeof naming->entry->name, "%s", entry->name);
    return false;
}

static void add_recent(struct heed_catalog *catalog, const char *folder)
{
    struct heed_model_entry *entry = calloc(1, sizeof *entry);
    struct naming naming = {heed_folder_identify(folder), entry};
    if (entry && naming.id.node != 0 && strlen(folder) < sizeof entry->folder) {
        snprintf(entry->folder, sizeof entry->folder, "%s", folder);
        heed_models_walk(name, &naming);
        (void)add(catalog, entry);
        atomic_store(&catalog->n_recent_found, atomic_load(&catalog->n));
    }
    free(entry);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The folders whose path begins with the one that is typed. */
static void look_inside(struct heed_catalog *catalog)
{
    char place[PATH_MAX];
    struct dirent **names = NULL;
    struct heed_model_entry *entry = calloc(1, sizeof *entry);
    const char *slash = strrchr(catalog->path, '/');
    const char *prefix = slash ? slash + 1 : catalog->path;
    snprintf(place, sizeof place, "%.*s", slash ? (int)(slash - catalog->path) : 1,
             slash ? catalog->path : ".");
    const int n = entry ? scandir(place[0] != '\0' ? place : "/", &names, NULL, alphasort) : 0;
    bool goes_on = true;
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;
        const bool is_hidden = name[0] == '.' && prefix[0] != '.';
        if (goes_on && !is_hidden && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
            strncmp(name, prefix, strlen(prefix)) == 0 &&
            heed_path_join(entry->folder, sizeof entry->folder, place, name, NULL) &&
            is_folder(entry->folder)) {
            snprintf(entry->name, sizeof entry->name, "%s", name);
            goes_on = add(catalog, entry);
        }
        free(names[i]);
    }
    free(names);
    free(entry);
}

static void *look(void *context)
{
    struct heed_catalog *catalog = context;
    if (catalog->path) {
        look_inside(catalog);
        (void)tell(catalog, true);
        release(catalog);
        return NULL;
    }
    for (int i = 0; i < catalog->n_recent; i++) {
        add_recent(catalog, catalog->recent[i]);
    }
    heed_models_walk(add, catalog);
    (void)tell(catalog, true);
    release(catalog);
    return NULL;
}

static bool copy_recent(struct heed_catalog *catalog, const char *const *recent, int n)
{
    catalog->recent = calloc((size_t)n + 1, sizeof *catalog->recent);
    for (int i = 0; catalog->recent && i < n; i++) {
        catalog->recent[i] = strdup(recent[i]);
        if (!catalog->recent[i]) {
            return false;
        }
        catalog->n_recent = i + 1;
    }
    return catalog->recent != NULL;
}

static bool begin(struct heed_catalog **catalog, char *path, const char *const *recent, int n,
                  void (*wake)(void *context), void *context, struct heed_error *err)
{
    struct heed_catalog *made = calloc(1, sizeof *made);
    if (!made) {
        free(path);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to look for models");
    }
    made->path = path;
    made->references = 2;
    made->wanted = true;
    made->wake = wake;
    made->context = context;
    pthread_mutex_init(&made->lock, NULL);
    heed_thread_init_condition(&made->changed);
    if (!copy_recent(made, recent, n) || heed_thread_begin(look, made) != 0) {
        free_catalog(made);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "can't begin to look for models");
    }
    *catalog = made;
    return true;
}

bool heed_catalog_create(struct heed_catalog **catalog, const char *const *recent, int n,
                         void (*wake)(void *context), void *context, struct heed_error *err)
{
    return begin(catalog, NULL, recent, n, wake, context, err);
}

bool heed_catalog_create_inside(struct heed_catalog **catalog, const char *path,
                                void (*wake)(void *context), void *context, struct heed_error *err)
{
    const char *home = path[0] == '~' && (path[1] == '/' || path[1] == '\0') ? getenv("HOME") : "";
    char *whole = calloc(1, strlen(path) + strlen(home ? home : "") + 2);
    if (!whole) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to look for models");
    }
    const bool is_home = home && home[0] != '\0';
    sprintf(whole, "%s%s%s", is_home ? home : "", is_home && path[1] == '\0' ? "/" : "",
            path + is_home);
    return begin(catalog, whole, NULL, 0, wake, context, err);
}

void heed_catalog_destroy(struct heed_catalog *catalog)
{
    if (catalog) {
        pthread_mutex_lock(&catalog->lock);
        catalog->wanted = false;
        pthread_mutex_unlock(&catalog->lock);
        release(catalog);
    }
}

int heed_catalog_count(const struct heed_catalog *catalog, bool *is_done)
{
    struct heed_catalog *locked = (struct heed_catalog *)(uintptr_t)catalog;
    pthread_mutex_lock(&locked->lock);
    *is_done = catalog->is_done;
    pthread_mutex_unlock(&locked->lock);
    return atomic_load(&catalog->n);
}

const struct heed_model_facts *heed_catalog_get(const struct heed_catalog *catalog, int index)
{
    return catalog->items[index];
}

int heed_catalog_count_recent(const struct heed_catalog *catalog)
{
    return atomic_load(&catalog->n_recent_found);
}

void heed_catalog_wait(struct heed_catalog *catalog)
{
    pthread_mutex_lock(&catalog->lock);
    while (!catalog->is_done) {
        pthread_cond_wait(&catalog->changed, &catalog->lock);
    }
    pthread_mutex_unlock(&catalog->lock);
}

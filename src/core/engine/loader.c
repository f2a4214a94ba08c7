#include "core/engine/loader.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/thread.h"

/* One load, which its thread and the loader hold: either may go first. */
struct load {
    pthread_mutex_t lock; /* of all that follows */
    int references;
    bool wanted, ended;
    int done, all;
    void (*wake)(void *context);
    void *context;
    struct heed_encoder_options options;
    struct heed_loaded loaded;
};

struct heed_loader {
    void (*wake)(void *context);
    void *context;
    struct load *load; /* NULL: none is under way */
};

static void release(struct load *load)
{
    pthread_mutex_lock(&load->lock);
    const bool is_last = --load->references == 0;
    pthread_mutex_unlock(&load->lock);
    if (is_last) {
        heed_loaded_finish(&load->loaded);
        pthread_mutex_destroy(&load->lock);
        free(load);
    }
}

/* Under the lock, so that the loader isn't destroyed meanwhile. */
static void tell(const struct load *load)
{
    if (load->wanted && load->wake) {
        load->wake(load->context);
    }
}

static bool go_on(void *context, int layer, int n_layers)
{
    struct load *load = context;
    pthread_mutex_lock(&load->lock);
    const bool wanted = load->wanted;
    load->done = layer;
    load->all = n_layers;
    tell(load);
    pthread_mutex_unlock(&load->lock);
    return wanted;
}

static void *open_model(void *context)
{
    struct load *load = context;
    struct heed_encoder_options options = load->options;
    struct heed_pipeline *pipeline = NULL;
    struct heed_error error = {0};
    options.go_on = go_on;
    options.go_on_context = load;
    const bool ok = heed_pipeline_open(&pipeline, load->loaded.folder, options, &error);
    pthread_mutex_lock(&load->lock);
    load->loaded.pipeline = ok ? pipeline : NULL;
    load->loaded.error = error;
    load->ended = true;
    tell(load);
    pthread_mutex_unlock(&load->lock);
    release(load);
    return NULL;
}

bool heed_loader_create(struct heed_loader **loader, void (*wake)(void *context), void *context,
                        struct heed_error *err)
{
    struct heed_loader *made = calloc(1, sizeof *made);
    if (!made) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open models");
    }
    made->wake = wake;
    made->context = context;
    *loader = made;
    return true;
}

void heed_loader_destroy(struct heed_loader *loader)
{
    if (loader) {
        heed_loader_cancel(loader);
        free(loader);
    }
}

bool heed_loader_start(struct heed_loader *loader, const char *folder,
                       struct heed_encoder_options options, struct heed_error *err)
{
    heed_loader_cancel(loader);
    struct load *load = calloc(1, sizeof *load);
    char *copy = strdup(folder);
    if (!load || !copy) {
        free(load);
        free(copy);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", folder);
    }
    *load = (struct load){.references = 2,
                          .wanted = true,
                          .wake = loader->wake,
                          .context = loader->context,
                          .options = options,
                          .loaded.folder = copy};
    pthread_mutex_init(&load->lock, NULL);
    const int status = heed_thread_begin(open_model, load);
    if (status != 0) {
        load->references = 1;
        release(load);
        return heed_error_set(err, HEED_ERROR_SYSTEM, "can't start a thread to open '%s': %s",
                              folder, strerror(status));
    }
    loader->load = load;
    return true;
}

void heed_loader_cancel(struct heed_loader *loader)
{
    struct load *load = loader->load;
    if (load) {
        pthread_mutex_lock(&load->lock);
        load->wanted = false;
        pthread_mutex_unlock(&load->lock);
        release(load);
        loader->load = NULL;
    }
}

struct heed_load_progress heed_loader_get_progress(const struct heed_loader *loader)
{
    struct heed_load_progress progress = {0};
    if (loader->load) {
        pthread_mutex_lock(&loader->load->lock);
        progress = (struct heed_load_progress){true, loader->load->done, loader->load->all};
        pthread_mutex_unlock(&loader->load->lock);
    }
    return progress;
}

bool heed_loader_take(struct heed_loader *loader, struct heed_loaded *loaded)
{
    struct load *load = loader->load;
    if (!load) {
        return false;
    }
    pthread_mutex_lock(&load->lock);
    const bool ended = load->ended;
    if (ended) {
        *loaded = load->loaded;
        load->loaded = (struct heed_loaded){0};
    }
    pthread_mutex_unlock(&load->lock);
    if (ended) {
        release(load);
        loader->load = NULL;
    }
    return ended;
}

void heed_loaded_finish(struct heed_loaded *loaded)
{
    heed_pipeline_close(loaded->pipeline);
    free(loaded->folder);
    *loaded = (struct heed_loaded){0};
}

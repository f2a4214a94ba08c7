/*
 * Opens a model beside the worker that computes with another: on a thread of its own,
 * with its progress and until it is cancelled. Whoever takes what was opened owns it.
 * One thread calls it; it never waits.
 */
#ifndef HEED_CORE_ENGINE_LOADER_H
#define HEED_CORE_ENGINE_LOADER_H

#include <stdbool.h>

#include "base/error.h"
#include "core/engine/pipeline.h"

struct heed_loader;

/* What came of a load. */
struct heed_loaded {
    char *folder;                   /* as it was asked for; on the heap */
    struct heed_pipeline *pipeline; /* NULL: it failed */
    struct heed_error error;
};

/* done of all layers are ready; all 0: the files are being opened. */
struct heed_load_progress {
    bool is_loading;
    int done, all;
};

/* wake is called on that thread when the progress is another, or the load ended. */
HEED_NODISCARD bool heed_loader_create(struct heed_loader **loader, void (*wake)(void *context),
                                       void *context, struct heed_error *err);
/* wake isn't called any more. NULL is harmless. */
void heed_loader_destroy(struct heed_loader *loader);

/* Of the options its progress is the loader's own. One that is under way is cancelled. */
HEED_NODISCARD bool heed_loader_start(struct heed_loader *loader, const char *folder,
                                      struct heed_encoder_options options, struct heed_error *err);
/* Nothing of it will be taken. */
void heed_loader_cancel(struct heed_loader *loader);
struct heed_load_progress heed_loader_get_progress(const struct heed_loader *loader);
/* False if no load has ended since. */
bool heed_loader_take(struct heed_loader *loader, struct heed_loaded *loaded);
void heed_loaded_finish(struct heed_loaded *loaded);

#endif

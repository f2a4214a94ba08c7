/*
 * Files that a person asks for, on their way to the disk: sessions, pictures, steps of a
 * lesson. Written on another thread; the window goes on beside a disk that doesn't answer.
 * Main thread.
 */
#ifndef HEED_APP_APP_SAVE_H
#define HEED_APP_APP_SAVE_H

#include <limits.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "state/state.h"

struct heed_app;

/* What became of it. Not ok: problem; is_there: since there is such a file. */
struct heed_saved {
    const char *path;
    bool ok, is_there;
    const char *problem;
};

/* A file under way. */
struct heed_saving {
    struct heed_file_writing *writing; /* NULL: none is */
    char path[PATH_MAX];
    struct heed_state session; /* what it holds, of a session */
    void (*take)(struct heed_app *app, const struct heed_saved *saved);
};

void heed_app_save_file(struct heed_app *app, const char *path);
void heed_app_replace_file(struct heed_app *app, const char *path); /* whatever is there */
/* Writes these bytes, which it takes, and calls take: at once where the disk is quick, else
 * when it has answered; never where Escape gave it up. An error: another file is under way, or
 * memory. */
HEED_NODISCARD bool
heed_app_write(struct heed_app *app, const char *path, struct heed_buffer *bytes, bool replaces,
               void (*take)(struct heed_app *app, const struct heed_saved *saved),
               struct heed_error *err);
/* Is one still under way? It says so. */
bool heed_app_is_writing(struct heed_app *app);
void heed_app_take_written(struct heed_app *app);
/* False if nothing is being written; what is may still be. */
bool heed_app_cancel_writing(struct heed_app *app);
/* At the end: waits at most so long; false if what was asked for isn't written. */
bool heed_app_end_writing(struct heed_app *app, int ms, struct heed_error *err);
/* What is on screen, as a step of the lesson at path. */
void heed_app_add_step(struct heed_app *app, const char *path);

#endif

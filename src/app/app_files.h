/*
 * The files that the window keeps by itself: the last state and the settings; and how it
 * says what became of a file. Main thread.
 */
#ifndef HEED_APP_APP_FILES_H
#define HEED_APP_APP_FILES_H

#include <stdbool.h>

#include "app/app.h"
#include "base/error.h"

struct heed_app;

/* The state to begin with: options, the last one, or the first start's. A last
 * state that can't be read leaves its message in *warning. */
HEED_NODISCARD bool heed_app_load_first(struct heed_app *app,
                                        const struct heed_app_options *options,
                                        struct heed_error *warning, struct heed_error *err);
/* In the status bar. */
void heed_app_say(struct heed_app *app, bool is_error, const char *text);
/* That it worked ("Saved PATH"), or why it didn't. */
void heed_app_say_outcome(struct heed_app *app, bool ok, const char *done, const char *path,
                          const struct heed_error *err);
/* NULL: none is open. */
const char *heed_app_get_model_name(const struct heed_app *app);
/* Before a file is written that may lie on a disk that never answers. */
void heed_app_keep_state(struct heed_app *app);
/* Greets on the first start ever. */
void heed_app_greet(struct heed_app *app);
/* Plans to save the last state if it changed. */
void heed_app_note_change(struct heed_app *app);
/* Saves it if that is due; at once, and waits for the disk, when ending. False
 * too if an earlier save has failed since. */
HEED_NODISCARD bool heed_app_save_last(struct heed_app *app, bool at_once, struct heed_error *err);

#endif

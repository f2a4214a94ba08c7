/*
 * The files that the window reads and writes: sessions, texts, probes,
 * exports, the last state and the settings. Main thread.
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
/* Read on another thread; heed_app_take_file, called when it wakes this one,
 * does the rest. */
void heed_app_open_file(struct heed_app *app, const char *path);
/* By its name. */
bool heed_app_is_attention(const char *path);
void heed_app_forget_dropped(struct heed_app *app);
/* Attention files, to choose one of; nothing if there is only one. */
void heed_app_list_files(struct heed_app *app, const char *const *paths, int n);
/* An attention file that the present one is compared with. */
void heed_app_open_second(struct heed_app *app, const char *path);
/* The path that was asked about; save: first what is open. */
void heed_app_open_anyway(struct heed_app *app, bool save);
void heed_app_take_file(struct heed_app *app);
/* False if nothing was being read. */
bool heed_app_cancel_reading(struct heed_app *app);
/* What is on screen, as a step of the lesson at path. */
void heed_app_add_step(struct heed_app *app, const char *path);
void heed_app_save_file(struct heed_app *app, const char *path);
void heed_app_replace_file(struct heed_app *app, const char *path); /* whatever is there */
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

/*
 * Opening what a person names: a session, a text, a probe, a lesson, an attention file, a
 * folder. It is looked at on another thread; heed_app_take_opened, called when that wakes
 * this one, does the rest. Main thread.
 */
#ifndef HEED_APP_APP_OPEN_H
#define HEED_APP_APP_OPEN_H

#include <stdbool.h>

#include "state/state.h"

struct heed_app;

void heed_app_open_file(struct heed_app *app, const char *path);
/* The path that was asked about; save: first what is open. */
void heed_app_open_anyway(struct heed_app *app, bool save);
void heed_app_take_opened(struct heed_app *app);
/* Says so; false if nothing was being opened. */
bool heed_app_cancel_opening(struct heed_app *app);
void heed_app_drop_opening(struct heed_app *app);

/* By its name. */
bool heed_app_is_attention(const char *path);
/* The worker reads it. */
void heed_app_open_attention(struct heed_app *app, const char *path, enum heed_part_kind part);
/* An attention file that the present one is compared with. */
void heed_app_open_second(struct heed_app *app, const char *path);
/* Attention files, to choose one of; nothing if there is only one. */
void heed_app_list_files(struct heed_app *app, const char *const *paths, int n);
void heed_app_forget_dropped(struct heed_app *app);

#endif

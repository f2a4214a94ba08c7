/*
 * The session that is open as a file: its name in the window's title, a mark while it has
 * changes, and the question before another takes its place. The folder that is listed
 * below a path. Main thread.
 */
#ifndef HEED_APP_APP_DOCUMENT_H
#define HEED_APP_APP_DOCUMENT_H

#include <stdbool.h>

#include "base/error.h"

struct heed_app;
struct heed_state;

/* It has no changes, or is no file. */
bool heed_app_is_saved(const struct heed_app *app);
/* This state is what this file has. */
void heed_app_set_document(struct heed_app *app, const char *path, const struct heed_state *state);
/* True if that is asked instead; path is kept for the answer. Without memory to ask it isn't
 * to be opened either. */
bool heed_app_ask_before(struct heed_app *app, const char *path);
/* It is the session's own file, or one about which the question is still seen. */
bool heed_app_may_replace(const struct heed_app *app, const char *path);
/* The question whether it is to be replaced, as an error: below the path that was typed; where
 * that has gone, that it wasn't. */
void heed_app_ask_replace(struct heed_app *app, const char *path, struct heed_error *err);
/* Its question isn't seen any more. */
void heed_app_forget_asked(struct heed_app *app);
/* Before a list is built: the window's title, and the folder that a path needs. */
void heed_app_follow_document(struct heed_app *app);
/* A folder that took its time is there: it is drawn. */
void heed_app_take_listed(struct heed_app *app);
void heed_app_end_document(struct heed_app *app);

#endif

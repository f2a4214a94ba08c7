/*
 * The session that is open as a file: its name in the window's title, a mark while it has
 * changes, and the question before another takes its place. The folder that is listed
 * below a path. Main thread.
 */
#ifndef HEED_APP_APP_DOCUMENT_H
#define HEED_APP_APP_DOCUMENT_H

#include <stdbool.h>

struct heed_app;

/* It has no changes, or is no file. */
bool heed_app_is_saved(const struct heed_app *app);
/* The state, as it is, is what this file has. */
void heed_app_set_document(struct heed_app *app, const char *path);
/* True if that is asked instead; path is kept for the answer. */
bool heed_app_ask_before(struct heed_app *app, const char *path);
/* Would a file be replaced that isn't the session's own, nor was asked about just now? */
bool heed_app_would_replace(struct heed_app *app, const char *path);
/* Before a list is built: the window's title, and the folder that a path needs. */
void heed_app_follow_document(struct heed_app *app);
void heed_app_end_document(struct heed_app *app);

#endif

/*
 * The files that were opened or saved last, which the question for one lists. Whether they are
 * there still is looked at by a thread: a disk that doesn't answer isn't waited for. Main
 * thread.
 */
#ifndef HEED_APP_APP_RECENT_H
#define HEED_APP_APP_RECENT_H

#include <limits.h>

#include "base/folder.h"

struct heed_app;
struct heed_settings;

/* A path that holds from any folder; the file isn't looked at for it. */
const char *heed_app_make_whole(char whole[PATH_MAX], const char *path);
void heed_app_note_recent(struct heed_app *app, const char *path);
/* Before a list is built: when a file is asked for, what has gone is looked for, once. */
void heed_app_follow_recent(struct heed_app *app);
/* What was found: called when that wakes this thread. */
void heed_app_take_recent(struct heed_app *app);
void heed_app_drop_recent(struct heed_app *app);
/* Those that are there as far as is known, "~" for the home folder; to be finished. */
void heed_app_get_recent(const struct heed_app *app, struct heed_folder *recent);

#endif

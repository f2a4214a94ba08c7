/*
 * The export panel's work: lays the preview out when what it shows has changed, writes the
 * file, fills the clipboard. Main thread.
 */
#ifndef HEED_APP_APP_EXPORT_H
#define HEED_APP_APP_EXPORT_H

#include "ui/window/export.h"

struct heed_app;

/* What the settings keep, before anything is shown. */
void heed_app_begin_export(struct heed_app *app);
/* Before a list is built: the preview and what is known of the path follow the panel. */
void heed_app_follow_export(struct heed_app *app);
void heed_app_export(struct heed_app *app, enum heed_export_act act);
/* A path that took its time was looked at: it is drawn. */
void heed_app_take_looked(struct heed_app *app);
void heed_app_end_export(struct heed_app *app);

#endif

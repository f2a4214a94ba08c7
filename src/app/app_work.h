/*
 * The window's worker: what it is to do, and what it has made. Main thread.
 */
#ifndef HEED_APP_APP_WORK_H
#define HEED_APP_APP_WORK_H

#include <stdbool.h>

#include "app/app.h"
#include "base/error.h"
#include "ui/window/effects.h"

struct heed_app;

HEED_NODISCARD bool heed_app_start_engine(struct heed_app *app,
                                          const struct heed_app_options *options,
                                          struct heed_error *err);
/* Wakes the main thread; any thread. context: the app. */
void heed_app_wake(void *context);
/* The state's text, to be encoded. */
void heed_app_submit(struct heed_app *app);
/* What the effects ask of the worker. */
void heed_app_give_work(struct heed_app *app, const struct heed_effects *effects);
/* What it has made since goes to the ui. */
void heed_app_take_results(struct heed_app *app);

#endif

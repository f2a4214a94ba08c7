/*
 * The models of this machine, and the one that is being opened beside the one in use.
 * Main thread.
 */
#ifndef HEED_APP_APP_MODELS_H
#define HEED_APP_APP_MODELS_H

#include "base/error.h"
#include "ui/window/effects.h"

struct heed_app;

/* What the effects ask for. */
void heed_app_follow_models(struct heed_app *app, const struct heed_effects *effects);
/* What was found or opened since goes to the ui. */
void heed_app_take_models(struct heed_app *app);
/* A folder that was dropped or typed: opens it. */
void heed_app_open_model(struct heed_app *app, const char *folder);
void heed_app_end_models(struct heed_app *app);

#endif

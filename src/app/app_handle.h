/*
 * An event of the scene's: the ui takes it, and what it asks for is done, the
 * clipboard's and the files' part too. Main thread.
 */
#ifndef HEED_APP_APP_HANDLE_H
#define HEED_APP_APP_HANDLE_H

#include "state/event.h"

struct heed_app;

/* The event's time is now. */
void heed_app_handle(struct heed_app *app, struct heed_event event);

#endif

/*
 * SDL's events as the scene's. Main thread.
 */
#ifndef HEED_APP_APP_EVENTS_H
#define HEED_APP_APP_EVENTS_H

#include <SDL.h>

struct heed_app;

/* One event, handled. */
void heed_app_take_event(struct heed_app *app, const SDL_Event *event);

#endif

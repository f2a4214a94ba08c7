/*
 * The teacher's window: a second one, drawn by cairo on its own surface, beside the one that
 * the hall sees. Keys mean in it what they mean in that; its buttons are commands. Main thread.
 */
#ifndef HEED_APP_APP_TEACHER_H
#define HEED_APP_APP_TEACHER_H

#include <SDL.h>
#include <stdbool.h>

#include "draw/display_list.h"

struct heed_app;

/* Opens it, on another screen than the window's where there is one; closes it. */
void heed_app_toggle_teacher(struct heed_app *app);
/* Opens it where there is a second screen, and it isn't open. */
void heed_app_offer_teacher(struct heed_app *app);
/* The window's new picture. */
void heed_app_show_teacher(struct heed_app *app, const struct heed_list *wall);
/* The clock goes on; what came too soon after another picture is drawn. */
void heed_app_step_teacher(struct heed_app *app);
/* When that is next due, s; negative: never. */
double heed_app_teacher_next(const struct heed_app *app);
/* True: the event was its own, and means nothing else. */
bool heed_app_take_teacher_event(struct heed_app *app, const SDL_Event *event);
void heed_app_close_teacher(struct heed_app *app);

#endif

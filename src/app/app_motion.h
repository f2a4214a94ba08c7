/*
 * The way from what is shown to the picture that was painted: it fades, and a newer picture
 * begins its way from what is seen then. Main thread.
 */
#ifndef HEED_APP_APP_MOTION_H
#define HEED_APP_APP_MOTION_H

#include <stdbool.h>

#include "render/gl/gl_fade.h"

struct heed_app;

struct heed_motion {
    struct heed_gl_fade fade;
    double since, time; /* seconds; time 0: nothing moves */
    double next_at;     /* of the next step; negative: none */
};

/* Before a picture is painted that comes in so many seconds (as heed_effects' fade). */
void heed_motion_begin(struct heed_app *app, double time);
/* After it was painted, or wasn't as nothing has changed. */
void heed_motion_painted(struct heed_app *app, double time, bool has_changed);
/* The next step, when it is due. */
void heed_motion_step(struct heed_app *app);
void heed_motion_finish(struct heed_motion *motion);

#endif

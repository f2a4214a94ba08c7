#include "app/app_motion.h"

#include <math.h>

#include "app/app_private.h"
#include "base/clock.h"

/* Seconds from step to step. */
static const double step_time = 1.0 / 60.0;

static bool moves(const struct heed_motion *motion)
{
    return motion->time > 0.0;
}

static void take(struct heed_app *app, enum heed_gl_fade_side side)
{
    heed_gl_fade_take(&app->motion.fade, side, app->window.width, app->window.height);
}

static void mix(struct heed_app *app, double share)
{
    heed_gl_fade_mix(&app->motion.fade, heed_gl_painter_get_canvas(app->painter), (float)share);
}

/* What is left of the way: (1 - t)^3. */
static double share_left(const struct heed_motion *motion)
{
    const double t = (heed_clock_seconds() - motion->since) / motion->time;
    return t >= 1.0 ? 0.0 : pow(1.0 - fmax(t, 0.0), 3.0);
}

void heed_motion_finish(struct heed_motion *motion)
{
    heed_gl_fade_finish(&motion->fade);
    motion->time = 0.0;
    motion->next_at = -1.0;
}

/* Is the picture that was painted last known as it is now needed? */
static bool has_picture(const struct heed_app *app)
{
    const struct heed_gl_fade *fade = &app->motion.fade;
    return fade->textures[HEED_GL_FADE_TO] != 0 && fade->width == app->window.width &&
           fade->height == app->window.height;
}

/* Where the framebuffer doesn't hold what is shown, it is made there from what is kept. */
void heed_motion_begin(struct heed_app *app, double time)
{
    struct heed_motion *motion = &app->motion;
    const bool was_moving = moves(motion);
    if ((was_moving || !app->window.keeps) && !has_picture(app)) {
        heed_motion_finish(motion);
        if (!app->window.keeps) {
            return;
        }
    }
    if (time > 0.0) {
        if (!app->window.keeps) {
            mix(app, was_moving ? share_left(motion) : 0.0);
        }
        take(app, HEED_GL_FADE_FROM);
    }
    if (was_moving && app->window.keeps) { /* the painter knows what it painted last */
        mix(app, 0.0);
    }
}

static void stand(struct heed_app *app)
{
    if (app->window.keeps) {
        heed_motion_finish(&app->motion);
    } else {
        app->motion.time = 0.0;
        app->motion.next_at = -1.0;
    }
}

void heed_motion_painted(struct heed_app *app, double time, bool has_changed)
{
    struct heed_motion *motion = &app->motion;
    const bool begins = time > 0.0 && has_changed && motion->fade.textures[HEED_GL_FADE_FROM] != 0;
    if (time == 0.0 || (!moves(motion) && !begins)) {
        stand(app);
    }
    if (moves(motion) || begins || !app->window.keeps) {
        take(app, HEED_GL_FADE_TO);
    }
    if (begins) {
        motion->since = heed_clock_seconds();
        motion->time = time;
    }
    if (moves(motion)) {
        motion->next_at = heed_clock_seconds() + step_time;
        mix(app, share_left(motion));
    }
}

void heed_motion_step(struct heed_app *app)
{
    struct heed_motion *motion = &app->motion;
    const double now = heed_clock_seconds();
    if (!moves(motion) || now < motion->next_at) {
        return;
    }
    const double left = share_left(motion);
    mix(app, left);
    heed_window_show(&app->window);
    motion->next_at = now + step_time;
    if (left <= 0.0) {
        stand(app);
    }
}

#include "app/app_paint.h"

#include "app/app_access.h"
#include "app/app_chooser.h"
#include "app/app_document.h"
#include "app/app_export.h"
#include "app/app_private.h"
#include "app/app_recent.h"
#include "app/app_teacher.h"
#include "app/app_work.h"
#include "base/clock.h"
#include "draw/display_list.h"
#include "ui/ui.h"

/* Only what has changed, if the window still has the rest. */
static void show(struct heed_app *app, const struct heed_list *list, double fade)
{
    struct heed_window *window = &app->window;
    struct heed_error err = {0};
    const uint64_t before = heed_gl_painter_get_work(app->painter).pixels;
    const bool moved = app->motion.time > 0.0;
    heed_motion_begin(app, fade);
    if (!window->keeps) {
        heed_gl_painter_forget(app->painter);
    }
    if (!heed_gl_painter_repaint(app->painter, list, window->width, window->height, &err)) {
        heed_ui_set_message(app->ui, err.text, true);
    }
    const bool has_changed = heed_gl_painter_get_work(app->painter).pixels != before;
    heed_motion_painted(app, fade, has_changed);
    if (app->exposed || has_changed || moved) {
        app->exposed = false;
        heed_window_show(window);
    }
}

void heed_app_paint(struct heed_app *app)
{
    struct heed_window *window = &app->window;
    struct heed_effects effects = {0};
    const double now = heed_clock_seconds();
    app->redraw = false;
    app->painted_at = now;
    if (heed_window_measure(window)) {
        heed_ui_resize(app->ui, (float)window->width, (float)window->height,
                       heed_window_scale(window));
        heed_ui_set_dots(app->ui, window->dots);
    }
    heed_chooser_follow(app);
    heed_app_follow_recent(app);
    heed_app_follow_document(app);
    heed_app_follow_export(app);
    const struct heed_list *list = heed_ui_build(app->ui, now, app->metrics, &effects);
    if (!heed_list_failed(list)) { /* else the last picture stays */
        show(app, list, effects.fade);
    }
    heed_app_show_teacher(app, list);
    heed_window_follow(window, &effects);
    heed_access_follow(app->access);
    heed_app_give_work(app, &effects);
    app->wake_at = effects.wake_in >= 0.0 ? now + effects.wake_in : -1.0;
}

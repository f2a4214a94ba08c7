/*
 * What moves, and how long: the picture before goes over into the new one. Nothing does
 * where the state or the desktop asks for none.
 */
#ifndef HEED_UI_WINDOW_MOTION_H
#define HEED_UI_WINDOW_MOTION_H

#include "ui/window/window.h"

static inline bool heed_ui_is_still(const struct heed_ui *ui)
{
    return ui->now.state.reduced_motion || ui->desktop_is_still;
}

/* How long the picture that was built takes to come, in seconds: 0: it is there at once,
 * below 0: nothing but what stands still has changed. Once a build. */
double heed_ui_fade(struct heed_ui *ui);

#endif

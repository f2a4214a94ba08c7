/* How far a long task is, and the button that cancels it. */
#ifndef HEED_SCENE_PARTS_PROGRESS_H
#define HEED_SCENE_PARTS_PROGRESS_H

#include "scene/frame/tasks.h"
#include "scene/widgets/widgets.h"

/* A bar, "34 of 72 heads" and Cancel in one line, 36 logical px high. */
void heed_progress_draw(const struct heed_skin *skin, struct heed_rect rect,
                        const struct heed_tasks *tasks, const char *units);
/* px of a button with this label in a panel. */
float heed_panel_button_width(const struct heed_skin *skin, const char *label);

#endif

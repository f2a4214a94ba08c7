/* The tip of a pair in Compare. */
#ifndef HEED_UI_ACTIONS_COMPARE_H
#define HEED_UI_ACTIONS_COMPARE_H

#include "ui/window/window.h"

/* The tip for a pair or a cell in Compare; returns how many lines. */
int heed_ui_describe_compared(const struct heed_ui *ui, struct heed_target target,
                              char lines[][HEED_TIP_BYTES]);

#endif

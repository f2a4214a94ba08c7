/* The tip of what is pointed at or focused. */
#ifndef HEED_UI_POPOVER_TOOLTIP_H
#define HEED_UI_POPOVER_TOOLTIP_H

#include "ui/window/window.h"

double heed_ui_tooltip_in(const struct heed_ui *ui); /* s; negative: none */
/* What a tip of a command, head, token or slider says; returns how many lines. */
int heed_ui_tip_lines(const struct heed_ui *ui, struct heed_target target,
                      char lines[HEED_TIP_LINES][HEED_TIP_BYTES]);
void heed_ui_draw_tooltip(struct heed_ui *ui, const struct heed_skin *skin);

#endif

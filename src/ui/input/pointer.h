/* Pointer and wheel: what they point at, press and drag. */
#ifndef HEED_UI_INPUT_POINTER_H
#define HEED_UI_INPUT_POINTER_H

#include <stdint.h>

#include "ui/window/window.h"

void heed_ui_pointer_event(struct heed_ui *ui, const struct heed_event *event);
void heed_ui_update_hot(struct heed_ui *ui);
/* What a click on a target means. */
void heed_ui_activate(struct heed_ui *ui, struct heed_target target, struct heed_rect rect,
                      int clicks, uint8_t mods);

#endif

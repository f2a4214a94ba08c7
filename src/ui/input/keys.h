/* Who takes a key. */
#ifndef HEED_UI_INPUT_KEYS_H
#define HEED_UI_INPUT_KEYS_H

#include "ui/window/window.h"

void heed_ui_key_event(struct heed_ui *ui, const struct heed_event *event);

#endif

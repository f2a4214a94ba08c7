/* A text field's events; its text becomes the state's. */
#ifndef HEED_UI_INPUT_FIELDS_H
#define HEED_UI_INPUT_FIELDS_H

#include <stdbool.h>

#include "ui/window/window.h"

bool heed_ui_field_event(struct heed_ui *ui, const struct heed_event *event);

#endif

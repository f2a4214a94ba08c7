/* The popover that says what heed is. */
#ifndef HEED_UI_POPOVER_ABOUT_H
#define HEED_UI_POPOVER_ABOUT_H

#include "scene/widgets/widgets.h"

struct heed_ui;

void heed_about_draw(struct heed_ui *ui, const struct heed_skin *skin);

#endif

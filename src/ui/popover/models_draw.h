/* How the chooser of models looks: the list, and beside or below it what is known of the
 * row in hand. One thread. */
#ifndef HEED_UI_POPOVER_MODELS_DRAW_H
#define HEED_UI_POPOVER_MODELS_DRAW_H

#include "ui/popover/models.h"

void heed_models_draw(struct heed_ui *ui, const struct heed_skin *skin);

#endif

/* What is known of the row in hand, beside the list of models or below it. */
#ifndef HEED_UI_POPOVER_MODELS_DETAILS_H
#define HEED_UI_POPOVER_MODELS_DETAILS_H

#include "ui/popover/models.h"

/* is_narrow: below the list, in two columns. */
void heed_models_draw_details(struct heed_ui *ui, const struct heed_skin *skin,
                              struct heed_rect rect, bool is_narrow);

#endif

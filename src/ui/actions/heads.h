/* Which heads are shown. */
#ifndef HEED_UI_ACTIONS_HEADS_H
#define HEED_UI_ACTIONS_HEADS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/window/window.h"

void heed_ui_click_head(struct heed_ui *ui, struct heed_head_id id, int clicks, uint8_t mods);
void heed_ui_isolate(struct heed_ui *ui, struct heed_head_id id);
/* Only this head, in Matrix; as if a first click before hadn't been. */
void heed_ui_open_head(struct heed_ui *ui, struct heed_head_id id, bool after_click);
void heed_ui_show_layer(struct heed_ui *ui, int layer);
void heed_ui_show_column(struct heed_ui *ui, int head);
void heed_ui_step_layer(struct heed_ui *ui, int by);
void heed_ui_step_matrix(struct heed_ui *ui, int by);
/* A row of Compare's ranking: it alone is shown; with Shift it is added, or taken away. */
void heed_ui_click_ranked(struct heed_ui *ui, struct heed_head_id id, uint8_t mods);
void heed_ui_choose_matrix(struct heed_ui *ui, struct heed_head_id id);

/* Compare: exactly the three heads that change most. */
void heed_ui_show_most(struct heed_ui *ui, int32_t argument);

#endif

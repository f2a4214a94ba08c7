/* The rows of menus that choose among a setting's values. */
#ifndef HEED_UI_ACTIONS_MENUS_H
#define HEED_UI_ACTIONS_MENUS_H

struct heed_ui;

void heed_ui_fill_orders(struct heed_ui *ui);
/* Measure, words and segments, and what the tab row has no room for. */
void heed_ui_fill_view_menu(struct heed_ui *ui);
/* What is applied, each to be taken back. */
void heed_ui_fill_provisos(struct heed_ui *ui);
void heed_ui_fill_colors(struct heed_ui *ui);
/* What Compare can rank by now. */
void heed_ui_fill_ranks(struct heed_ui *ui);
void heed_ui_fill_palettes(struct heed_ui *ui);

#endif

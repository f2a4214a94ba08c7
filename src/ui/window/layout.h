/* Where the window's parts lie, by its size and its state. */
#ifndef HEED_UI_WINDOW_LAYOUT_H
#define HEED_UI_WINDOW_LAYOUT_H

struct heed_ui;

void heed_ui_layout(struct heed_ui *ui);
/* How many rows the texts need, while they are drawn. */
void heed_ui_measure_fields(struct heed_ui *ui);

#endif

/* The text fields: which has the focus, and what they hold. */
#ifndef HEED_UI_WINDOW_FIELDS_H
#define HEED_UI_WINDOW_FIELDS_H

#include <stdbool.h>

#include "scene/field/textfield.h"

struct heed_ui;

void heed_popover_close(struct heed_ui *ui);
/* Field texts follow the state, carets stay near what changed. */
void heed_ui_sync_fields(struct heed_ui *ui);
/* The same for another document: carets go to the ends of other texts. */
void heed_ui_renew_fields(struct heed_ui *ui);
/* As heed_textfield_set; without memory the field is empty, and that is said. */
void heed_ui_fill_field(struct heed_ui *ui, struct heed_textfield *field, const char *text,
                        size_t length, bool keep_caret);
struct heed_textfield *heed_ui_field(struct heed_ui *ui, int field);
void heed_ui_focus_field(struct heed_ui *ui, int field);
bool heed_ui_caret_on(const struct heed_ui *ui, double *next);
void heed_ui_clear_focus(struct heed_ui *ui);

#endif

/* The attention file that is open: its parts, and its end. Inside ui; one thread. */
#ifndef HEED_UI_ACTIONS_ATTENTION_FILE_H
#define HEED_UI_ACTIONS_ATTENTION_FILE_H

#include <stdbool.h>

#include "ui/window/window.h"

/* An attention file in the text's place, in a view that it can fill; one step of the history. */
void heed_ui_open_attention(struct heed_ui *ui, const char *path, enum heed_part_kind part);
/* What Compare holds it against. False, with why: no file is open, or no memory. */
HEED_NODISCARD bool heed_ui_open_second(struct heed_ui *ui, const char *path,
                                        struct heed_error *err);
/* The text takes its place again. */
void heed_ui_close_file(struct heed_ui *ui);
/* More than one. */
bool heed_ui_has_parts(const struct heed_ui *ui);
/* The next part that it has, or the one before. */
void heed_ui_step_part(struct heed_ui *ui, int by);

#endif

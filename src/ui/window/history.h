/* Undo: every change of the state lies between begin and end. */
#ifndef HEED_UI_WINDOW_HISTORY_H
#define HEED_UI_WINDOW_HISTORY_H

#include <stdbool.h>

#include "base/compiler.h"
#include "ui/window/window.h"

/* Every change of the state lies between begin and end. */
HEED_NODISCARD bool heed_ui_begin(struct heed_ui *ui);
void heed_ui_end(struct heed_ui *ui, int merge);
bool heed_ui_undo(struct heed_ui *ui, bool redo);
/* A file, or a part of it, or a model, that couldn't be opened: as before, or the first
 * model; false if neither is known. */
bool heed_ui_give_up(struct heed_ui *ui, bool model);
/* Of Compare's B a model that couldn't be opened: A's from now on; false if it is. */
bool heed_ui_give_second_up(struct heed_ui *ui);
void heed_ui_forget(struct heed_ui *ui);

#endif

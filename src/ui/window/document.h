/* Another state takes the place of the present one. */
#ifndef HEED_UI_WINDOW_DOCUMENT_H
#define HEED_UI_WINDOW_DOCUMENT_H

#include <stdbool.h>

#include "state/state.h"

struct heed_ui;

/* Replaces the state (a session was opened, a first text given), but for the model
 * if it names none. With undoable it is one step of the history, else the history starts anew. */
HEED_NODISCARD bool heed_ui_set_state(struct heed_ui *ui, const struct heed_state *state,
                                      bool undoable, struct heed_error *err);
/* At least 640 x 480 logical px remain. */
void heed_ui_fit_scale(struct heed_ui *ui);

#endif

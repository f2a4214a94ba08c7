/*
 * The examples in the ui: which one was taken over, and its note, which is
 * seen as long as the texts are the example's; and the first start's
 * hint, which has the same place. Inside the ui only. One thread.
 */
#ifndef HEED_SCENE_UI_EXAMPLES_H
#define HEED_SCENE_UI_EXAMPLES_H

#include "scene/chrome.h"
#include "scene/examples.h"
#include "scene/ui.h"
#include "scene/widgets.h"

/* The one whose texts these are; NULL: none. */
const struct heed_example *heed_ui_get_example(const struct heed_ui *ui);
/* Takes it over as one step of the history. */
void heed_ui_choose_example(struct heed_ui *ui, int index);
/* What is said below the tabs: about the example, or the first start's hint. */
void heed_ui_get_note(const struct heed_ui *ui, struct heed_note *note);
void heed_ui_close_note(struct heed_ui *ui);
/* Gives the note its room before a list is drawn. */
void heed_ui_measure_note(struct heed_ui *ui, const struct heed_skin *skin);

#endif

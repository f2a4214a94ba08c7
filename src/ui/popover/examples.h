/*
 * The examples in the ui: which one was taken over, and its note, which is
 * seen as long as the texts are the example's; and the first start's
 * hint, which has the same place. Inside the ui only. One thread.
 */
#ifndef HEED_UI_POPOVER_EXAMPLES_H
#define HEED_UI_POPOVER_EXAMPLES_H

#include "scene/chrome/chrome.h"
#include "state/examples.h"

struct heed_ui;

/* The one whose texts these are; NULL: none. */
const struct heed_example *heed_ui_get_example(const struct heed_ui *ui);
/* Takes it over as one step of the history. */
void heed_ui_choose_example(struct heed_ui *ui, int index);
/* What is said below the tabs: about the example, or the first start's hint. */
void heed_ui_get_note(const struct heed_ui *ui, struct heed_note *note);
void heed_ui_close_note(struct heed_ui *ui);
/* Gives the note its room before a list is drawn. */
void heed_ui_measure_note(struct heed_ui *ui, const struct heed_skin *skin);
/* What the list of examples offers. Borrowed until the ui is destroyed. */
void heed_ui_set_examples(struct heed_ui *ui, const struct heed_example *examples, int n);
/* There is a hint to show; it speaks of the text, so not while a file is in its place. */
bool heed_ui_has_hint(const struct heed_ui *ui);
/* The hint is a card at the inspector's foot, which has room for it. */
bool heed_ui_hint_is_card(const struct heed_ui *ui);
/* The first start's hint, below the tabs until it is closed. */
void heed_ui_show_hint(struct heed_ui *ui);

/* What to look at in the example on screen; NULL: none is. */
const char *heed_ui_example_words(const struct heed_ui *ui);

#endif

/* The list of a session's sentences below the text field. Inside ui; one thread. */
#ifndef HEED_UI_ACTIONS_SENTENCES_H
#define HEED_UI_ACTIONS_SENTENCES_H

#include "ui/window/window.h"

enum heed_sentence_act {
    HEED_SENTENCE_ADD,     /* the text, at the end */
    HEED_SENTENCE_REPLACE, /* the shown one becomes the text */
    HEED_SENTENCE_REMOVE,
    HEED_SENTENCE_UP,
    HEED_SENTENCE_DOWN,
    HEED_SENTENCE_NAME /* asks for the shown one's name */
};

/* 0: unfolds the list, or folds it; index + 1: that one is shown; -1: the shown one gets the
 * name that was asked for. */
void heed_ui_sentences(struct heed_ui *ui, int32_t argument);
void heed_ui_sentence_act(struct heed_ui *ui, int32_t act);
bool heed_ui_can_sentence(const struct heed_ui *ui, int32_t act);
void heed_ui_step_sentence(struct heed_ui *ui, int by);

#endif

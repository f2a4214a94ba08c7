/*
 * The first start: what "it" looks at, in the two heads of this model that give
 * "animal" the most, so that the first picture has something to say. Inside the ui;
 * one thread.
 */
#ifndef HEED_UI_ACTIONS_STORY_H
#define HEED_UI_ACTIONS_STORY_H

#include "ui/window/window.h"

/* Asks for it, if the state is still the one that a first start has. */
void heed_ui_begin_story(struct heed_ui *ui);
/* With a result it is told, once, and no step of the history. */
void heed_ui_tell_story(struct heed_ui *ui);

#endif

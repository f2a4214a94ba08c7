/* Compare marks in a text field the words that the other text hasn't. */
#ifndef HEED_SCENE_VIEWS_COMPARE_MARKS_H
#define HEED_SCENE_VIEWS_COMPARE_MARKS_H

#include <stdbool.h>

#include "scene/field/textfield.h"
#include "scene/frame/frame.h"

/* Marks the words of A's (or B's) field that the other text hasn't. */
void heed_compare_mark_field(const struct heed_frame *frame, bool b,
                             const struct heed_textfield *field, struct heed_textfield_look *look);

#endif

/* A text field's look: text, selection, caret, what is being composed. */
#ifndef HEED_SCENE_FIELD_TEXTFIELD_DRAW_H
#define HEED_SCENE_FIELD_TEXTFIELD_DRAW_H

#include "scene/field/textfield.h"

/* Also moves field->scroll so that the caret is in view; *caret is where an
 * input method belongs. */
void heed_textfield_draw(struct heed_textfield *field, struct heed_list *list,
                         const struct heed_textfield_look *look, const struct heed_metrics *metrics,
                         struct heed_rect *caret);

#endif

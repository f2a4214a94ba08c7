/* What a text field's files all need of its text. Inside scene only. */
#ifndef HEED_SCENE_FIELD_TEXTFIELD_TEXT_H
#define HEED_SCENE_FIELD_TEXTFIELD_TEXT_H

#include "scene/field/textfield.h"

/* "" of an empty field. */
static inline const char *heed_textfield_text(const struct heed_textfield *field)
{
    return field->text.data != NULL ? field->text.data : "";
}

static inline size_t heed_least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static inline size_t heed_most(size_t a, size_t b)
{
    return a > b ? a : b;
}

#endif

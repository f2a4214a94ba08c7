/* What a field's events do to its text and caret. Inside scene/field only. */
#ifndef HEED_SCENE_FIELD_TEXTFIELD_EDIT_H
#define HEED_SCENE_FIELD_TEXTFIELD_EDIT_H

#include "scene/field/textfield.h"

/* The caret goes there; extend: the selection up to it. */
void heed_textfield_place(struct heed_textfield *field, size_t pos, bool extend);
/* Puts a text in the place of [first, last); the caret goes behind it. False without memory. */
bool heed_textfield_replace(struct heed_textfield *field, size_t first, size_t last,
                            const char *text, size_t length);
/* As a field may hold it. */
void heed_textfield_clean(struct heed_buffer *out, const char *text, size_t length);
/* As heed_textfield_insert; *too_long: it is refused, else there was no memory. */
bool heed_textfield_put_in(struct heed_textfield *field, const char *text, size_t length,
                           size_t max_bytes, bool *too_long);

#endif

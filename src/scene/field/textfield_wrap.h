/*
 * The rows that a text field's text runs in, where it may take more than one. They are
 * laid out anew only when text, width or type change. Inside scene only.
 */
#ifndef HEED_SCENE_FIELD_TEXTFIELD_WRAP_H
#define HEED_SCENE_FIELD_TEXTFIELD_WRAP_H

#include "scene/field/textfield.h"
#include "scene/field/textfield_line.h"

/* The text with the composition in it. */
const struct heed_buffer *heed_textfield_shown(struct heed_textfield *field);
/* Lays out the rows of a text in a place of this width: field->text, or what is shown. A
 * field that doesn't wrap, and a huge text, have one, which scrolls sideways. */
void heed_textfield_wrap(struct heed_textfield *field, const struct heed_buffer *text, float width,
                         struct heed_text_style style, const struct heed_metrics *metrics);
/* Does the one row scroll sideways? */
bool heed_textfield_is_single(const struct heed_textfield *field);
/* Of the text that was wrapped last; at a row's start the caret may stand behind the row
 * before. */
int heed_textfield_find_row(const struct heed_textfield *field, size_t pos, bool hangs);
/* Bytes [*from, *to) of a text of this size. */
void heed_textfield_get_row(const struct heed_textfield *field, size_t size, int row, size_t *from,
                            size_t *to);
/* Where rows lie in a place: so many are seen, from *top px on, each so high. */
int heed_textfield_seen(const struct heed_textfield *field, struct heed_rect inner,
                        struct heed_text_style style, float *top, float *height);

#endif

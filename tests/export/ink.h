/*
 * Where the ink of a picture's texts lies, by pango itself: neither heed's widths
 * nor its boxes are asked. For tests.
 */
#ifndef HEED_TESTS_EXPORT_INK_H
#define HEED_TESTS_EXPORT_INK_H

#include "base/buffer.h"
#include "draw/display_list.h"

struct ink;

struct ink *ink_open(void);
void ink_close(struct ink *ink);

/* Adds a line to out for each text that lies out of the page or of a clip, or
 * over another text; returns how many. */
int ink_check(struct ink *ink, const struct heed_list *list, struct heed_buffer *out);

#endif

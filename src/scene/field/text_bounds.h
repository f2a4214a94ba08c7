/*
 * Where a caret may stand in a line of valid UTF-8: graphemes and words. Looks
 * only at the text near by, so that a huge line costs nothing. Any thread.
 */
#ifndef HEED_SCENE_FIELD_TEXT_BOUNDS_H
#define HEED_SCENE_FIELD_TEXT_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>

/* The grapheme boundary after or before pos (UAX 29); length or 0 at the
 * ends. pos is the start of a code point. */
size_t heed_grapheme_next(const char *text, size_t length, size_t pos);
size_t heed_grapheme_previous(const char *text, size_t length, size_t pos);
/* The boundary at pos, or the one before it. Any pos up to length. */
size_t heed_grapheme_floor(const char *text, size_t length, size_t pos);
/* The end of the word at or after pos, the start of the word at or before. */
size_t heed_word_right(const char *text, size_t length, size_t pos);
size_t heed_word_left(const char *text, size_t length, size_t pos);
/* The word, the spaces or the sign that a double click at pos means. */
void heed_word_around(const char *text, size_t length, size_t pos, size_t *first, size_t *last);
/* True if a character of text[0, length) runs from right to left. */
bool heed_text_has_rtl(const char *text, size_t length);
/* True if its first letter does. */
bool heed_text_begins_rtl(const char *text, size_t length);

#endif

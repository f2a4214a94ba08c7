/*
 * The line of a text field in pieces that are shaped one by one: words, or
 * parts of very long ones; text that runs from right to left stays together.
 * Where a piece begins follows from the text near by. Inside scene only.
 */
#ifndef HEED_SCENE_FIELD_TEXTFIELD_LINE_H
#define HEED_SCENE_FIELD_TEXTFIELD_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/metrics.h"

struct heed_textline {
    const char *text;
    size_t length;
    struct heed_text_style style;
    const struct heed_metrics *metrics;
    bool whole; /* short and from right to left: one piece */
    bool rtl;   /* long, and it may hold such text */
};

struct heed_textline heed_textline_make(const char *text, size_t length,
                                        struct heed_text_style style,
                                        const struct heed_metrics *metrics);
/* The piece that holds pos starts there; the piece from `start` ends there. */
size_t heed_textline_start(const struct heed_textline *line, size_t pos);
size_t heed_textline_end(const struct heed_textline *line, size_t start);
float heed_textline_width(const struct heed_textline *line, size_t start, size_t end);
/* x of the caret at pos from the left end of the piece [start, end). */
float heed_textline_caret(const struct heed_textline *line, size_t start, size_t end, size_t pos);
/* True if the line's own direction is from right to left: by its first letter,
 * as far as the line is short. */
bool heed_textline_runs_left(const struct heed_textline *line);
/* Such a line ends at the field's right edge, if it fits: the room before it. */
float heed_textline_indent(const struct heed_textline *line, float room);
/* The grapheme boundary that lies next to the one at pos, to the right or the
 * left as it is seen; pos itself at the line's end. */
size_t heed_textline_step(const struct heed_textline *line, size_t pos, bool right);
/* True if the caret at a lies right of the one at b; both are near by. */
bool heed_textline_is_right_of(const struct heed_textline *line, size_t a, size_t b);
/* The grapheme boundary nearest to x px right of origin - scroll. */
size_t heed_textline_hit(const struct heed_textline *line, size_t origin, float x);
/* Where the grapheme begins that lies there, or the nearest one. */
size_t heed_textline_over(const struct heed_textline *line, size_t origin, float x);

#endif

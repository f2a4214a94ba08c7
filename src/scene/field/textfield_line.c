#include "scene/field/textfield_line.h"

#include <math.h>
#include <string.h>

#include "scene/field/text_bounds.h"

enum {
    WHOLE_BYTES = 2048, /* up to here a right-to-left line is one piece */
    LONG_WORD = 128     /* longer words are cut near its multiples */
};

struct heed_textline heed_textline_make(const char *text, size_t length,
                                        struct heed_text_style style,
                                        const struct heed_metrics *metrics)
{
    struct heed_textline line = {text != NULL ? text : "", length, style, metrics, false, false};
    if (length <= WHOLE_BYTES) {
        line.whole = heed_text_has_rtl(line.text, length);
    } else {
        line.rtl = true;
    }
    return line;
}

/* The word before a space at `end`, or after spaces from `start`: does it run
 * from right to left? Looks at its nearest LONG_WORD bytes. */
static bool word_before_is_rtl(const struct heed_textline *line, size_t end)
{
    size_t start = end;
    while (start > 0 && end - start < LONG_WORD && line->text[start - 1] != ' ') {
        start--;
    }
    while (start < end && ((unsigned char)line->text[start] & 0xC0) == 0x80) {
        start++;
    }
    return heed_text_has_rtl(line->text + start, end - start);
}

static bool word_after_is_rtl(const struct heed_textline *line, size_t start)
{
    size_t end = start;
    while (end < line->length && end - start < LONG_WORD && line->text[end] != ' ') {
        end++;
    }
    return heed_text_has_rtl(line->text + start, end - start);
}

/* A piece ends behind spaces, but not between two right-to-left words, except
 * once in WHOLE_BYTES bytes. */
static bool ends_after_space(const struct heed_textline *line, size_t pos)
{
    if (line->text[pos - 1] != ' ' || line->text[pos] == ' ') {
        return false;
    }
    if (!line->rtl) {
        return true;
    }
    size_t word_end = pos;
    while (word_end > 0 && line->text[word_end - 1] == ' ') {
        word_end--;
    }
    const size_t block = pos / WHOLE_BYTES * WHOLE_BYTES;
    const bool first_in_block =
        block > 0 && pos - block < WHOLE_BYTES &&
        memchr(line->text + block, ' ', pos - block - (pos > block)) == NULL;
    return first_in_block || !word_before_is_rtl(line, word_end) || !word_after_is_rtl(line, pos);
}

/* Inside a very long word: the first boundary behind a multiple of LONG_WORD.
 * pos is the start of a code point. */
static bool cuts_long_word(const struct heed_textline *line, size_t pos)
{
    const size_t mark = pos / LONG_WORD * LONG_WORD;
    if (mark == 0 || pos - mark > LONG_WORD / 2) {
        return false;
    }
    const size_t from = mark - LONG_WORD / 2;
    size_t to = pos + LONG_WORD / 2;
    to = to < line->length ? to : line->length;
    if (memchr(line->text + from, ' ', to - from) != NULL) {
        return false;
    }
    size_t cut = heed_grapheme_floor(line->text, line->length, mark);
    if (cut < mark) {
        cut = heed_grapheme_next(line->text, line->length, cut);
    }
    return cut == pos;
}

static bool is_boundary(const struct heed_textline *line, size_t pos)
{
    if (pos == 0 || pos >= line->length) {
        return true;
    }
    if (line->whole || ((unsigned char)line->text[pos] & 0xC0) == 0x80) {
        return false;
    }
    return ends_after_space(line, pos) || cuts_long_word(line, pos);
}

size_t heed_textline_start(const struct heed_textline *line, size_t pos)
{
    if (pos >= line->length) {
        if (line->length == 0) {
            return 0;
        }
        pos = line->length - 1;
    }
    while (!is_boundary(line, pos)) {
        pos--;
    }
    return pos;
}

size_t heed_textline_end(const struct heed_textline *line, size_t start)
{
    size_t pos = start + (start < line->length);
    while (!is_boundary(line, pos)) {
        pos++;
    }
    return pos;
}

float heed_textline_width(const struct heed_textline *line, size_t start, size_t end)
{
    if (end <= start) {
        return 0.0F;
    }
    return heed_text_width(line->metrics, line->style, line->text + start, end - start);
}

float heed_textline_caret(const struct heed_textline *line, size_t start, size_t end, size_t pos)
{
    if (end <= start) {
        return 0.0F;
    }
    return line->metrics->caret(line->metrics->context, line->style, line->text + start,
                                end - start, pos - start);
}

static size_t nearest_in_piece(const struct heed_textline *line, size_t start, size_t end, float x)
{
    size_t best = start;
    float best_distance = INFINITY;
    for (size_t pos = start;;) {
        const float distance = fabsf(heed_textline_caret(line, start, end, pos) - x);
        if (distance < best_distance) {
            best_distance = distance;
            best = pos;
        }
        if (pos >= end) {
            return best;
        }
        pos = heed_grapheme_next(line->text, line->length, pos);
        pos = pos < end ? pos : end;
    }
}

/* The best place so far to step to: dx px away, then near in the text. */
struct step {
    size_t from, best;
    float x, dx; /* of `from`; of the best, > 0 */
    bool right;
};

static size_t apart(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* Looks at all places of a piece whose left end is at x. */
static void try_piece(struct step *step, const struct heed_textline *line, size_t start, size_t end,
                      float x)
{
    const float least = 0.01F;
    for (size_t pos = start;;) {
        const float at = x + heed_textline_caret(line, start, end, pos) - step->x;
        const float dx = step->right ? at : -at;
        const bool nearer = dx < step->dx - least;
        const bool same = !nearer && dx < step->dx + least;
        if (dx > least &&
            (nearer || (same && apart(pos, step->from) < apart(step->best, step->from)))) {
            step->dx = dx;
            step->best = pos;
        }
        if (pos >= end) {
            return;
        }
        pos = heed_grapheme_next(line->text, line->length, pos);
        pos = pos < end ? pos : end;
    }
}

size_t heed_textline_step(const struct heed_textline *line, size_t pos, bool right)
{
    if (!line->whole && !line->rtl) { /* as it is read */
        return right ? heed_grapheme_next(line->text, line->length, pos)
                     : heed_grapheme_previous(line->text, line->length, pos);
    }
    const size_t start = heed_textline_start(line, pos);
    const size_t end = heed_textline_end(line, start);
    struct step step = {.from = pos,
                        .best = pos,
                        .x = heed_textline_caret(line, start, end, pos),
                        .dx = INFINITY,
                        .right = right};
    try_piece(&step, line, start, end, 0);
    if (start > 0) {
        const size_t before = heed_textline_start(line, start - 1);
        try_piece(&step, line, before, start, -heed_textline_width(line, before, start));
    }
    if (end < line->length) {
        try_piece(&step, line, end, heed_textline_end(line, end),
                  heed_textline_width(line, start, end));
    }
    return step.best;
}

bool heed_textline_is_right_of(const struct heed_textline *line, size_t a, size_t b)
{
    if (!line->whole) {
        return a > b;
    }
    return heed_textline_caret(line, 0, line->length, a) >
           heed_textline_caret(line, 0, line->length, b);
}

/* The piece that lies x px right of origin, and x in it. */
static void find_piece(const struct heed_textline *line, size_t origin, float *x, size_t *start,
                       size_t *end)
{
    *start = origin;
    while (*x < 0.0F && *start > 0) {
        const size_t before = heed_textline_start(line, *start - 1);
        *x += heed_textline_width(line, before, *start);
        *start = before;
    }
    for (;;) {
        *end = heed_textline_end(line, *start);
        const float width = heed_textline_width(line, *start, *end);
        if (*x <= width || *end >= line->length) {
            return;
        }
        *x -= width;
        *start = *end;
    }
}

size_t heed_textline_hit(const struct heed_textline *line, size_t origin, float x)
{
    size_t start = 0, end = 0;
    find_piece(line, origin, &x, &start, &end);
    return nearest_in_piece(line, start, end, x);
}

size_t heed_textline_over(const struct heed_textline *line, size_t origin, float x)
{
    size_t start = 0, end = 0;
    find_piece(line, origin, &x, &start, &end);
    size_t best = start;
    float best_distance = INFINITY;
    for (size_t pos = start; pos < end;) {
        size_t next = heed_grapheme_next(line->text, line->length, pos);
        next = next < end ? next : end;
        const float a = heed_textline_caret(line, start, end, pos);
        const float b = heed_textline_caret(line, start, end, next);
        const float distance = fabsf((a + b) / 2.0F - x) - fabsf(b - a) / 2.0F; /* < 0: inside */
        if (distance < best_distance) {
            best_distance = distance;
            best = pos;
        }
        pos = next;
    }
    return best;
}

bool heed_textline_runs_left(const struct heed_textline *line)
{
    return line->whole && heed_text_begins_rtl(line->text, line->length);
}

float heed_textline_indent(const struct heed_textline *line, float room)
{
    if (!heed_textline_runs_left(line)) {
        return 0.0F;
    }
    const float caret = ceilf(0.12F * line->style.size);
    const float width = heed_textline_width(line, 0, line->length);
    return fmaxf(floorf(room - caret - width), 0.0F);
}

/* Text widths that are the same on every machine. */
#include "render/record/record.h"

#include <fribidi.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "draw/display_list.h"
#include "draw/metrics.h"

/* Of the size. */
#define ADVANCE 0.55f
#define WIDE_ADVANCE 1.0f
#define BOLD_FACTOR 1.05f

static float advance(struct heed_text_style style, uint32_t c)
{
    const float factor = style.weight >= 600 ? BOLD_FACTOR : 1.0f;
    switch (utf8proc_charwidth((utf8proc_int32_t)c)) {
    case 0:
        return 0;
    case 2:
        return style.size * WIDE_ADVANCE * factor;
    default:
        return style.size * ADVANCE * factor;
    }
}

/* One wrong byte counts as U+FFFD, as in the list. */
static size_t decode(const char *text, size_t length, uint32_t *c)
{
    size_t size = heed_utf8_decode(text, length, c);
    if (size == 0) {
        *c = 0xFFFD;
        size = 1;
    }
    return size;
}

static float width(void *context, struct heed_text_style style, const char *text, size_t length)
{
    (void)context;
    float sum = 0;
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        i += decode(text + i, length - i, &c);
        sum += advance(style, c);
    }
    return sum;
}

/* One line in its order on screen. */
struct line {
    FriBidiChar *chars;
    FriBidiLevel *levels;
    FriBidiStrIndex *order; /* order[place on screen] = character */
    FriBidiCharType *types;
    FriBidiParType base;
    int n;
};

static void line_finish(struct line *line)
{
    free(line->chars);
    free(line->levels);
    free(line->order);
    free(line->types);
}

static bool line_init(struct line *line, const char *text, size_t length)
{
    *line = (struct line){0};
    line->chars = malloc((length + 1) * sizeof *line->chars);
    line->levels = malloc((length + 1) * sizeof *line->levels);
    line->order = malloc((length + 1) * sizeof *line->order);
    line->types = malloc((length + 1) * sizeof *line->types);
    if (!line->chars || !line->levels || !line->order || !line->types) {
        return false;
    }
    for (size_t i = 0; i < length;) {
        uint32_t c = 0;
        i += decode(text + i, length - i, &c);
        line->order[line->n] = line->n;
        line->chars[line->n++] = c;
    }
    line->base = FRIBIDI_PAR_ON;
    fribidi_get_bidi_types(line->chars, line->n, line->types);
    return fribidi_get_par_embedding_levels_ex(line->types, NULL, line->n, &line->base,
                                               line->levels) != 0 &&
           fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, line->types, line->n, 0, line->base,
                                line->levels, NULL, line->order) != 0;
}

static int character_at(const char *text, size_t offset)
{
    int n = 0;
    for (size_t i = 0; i < offset; n++) {
        uint32_t c = 0;
        i += decode(text + i, offset - i, &c);
    }
    return n;
}

/* Before a character: its left edge, or its right edge in a run that goes
 * leftwards; at the end: where the line ends. */
static float caret(void *context, struct heed_text_style style, const char *text, size_t length,
                   size_t offset)
{
    (void)context;
    struct line line;
    if (!line_init(&line, text, length) || line.n == 0) {
        line_finish(&line);
        return 0;
    }
    float x = 0;
    if (offset >= length) {
        x = FRIBIDI_IS_RTL(line.base) ? 0 : width(NULL, style, text, length);
    } else {
        const int character = character_at(text, offset);
        for (int i = 0; line.order[i] != character; i++) {
            x += advance(style, line.chars[line.order[i]]);
        }
        if (line.levels[character] % 2 != 0) {
            x += advance(style, line.chars[character]);
        }
    }
    line_finish(&line);
    return x;
}

const struct heed_metrics *heed_record_get_metrics(void)
{
    static const struct heed_metrics metrics = {NULL, width, caret};
    return &metrics;
}

#include "render/gl/gl_lines.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "render/gl/gl_script.h"
#include "render/gl/gl_table.h"

/* When a cache holds more, it starts anew. */
enum { MAX_LINE_BYTES = 16 << 20, MAX_WIDTHS = 1 << 15 };
/* A picture of a window has fewer: the others are of texts before. */
enum { MANY_WIDTHS = 4096 };

/* A word is cut when it grows longer: a picture of it must fit the atlas. */
enum { MAX_SPAN_CLUSTERS = 24, MAX_CLUSTER = 32, MAX_SPAN_BYTES = 1024 };

struct heed_gl_lines {
    struct heed_gl_fonts *fonts;
    struct heed_gl_table lines;  /* style and text -> line */
    struct heed_gl_table widths; /* face, script, direction, text -> em */
    struct heed_arena scratch;   /* of one layout */
    char *key;                   /* of a line */
    size_t key_capacity;
    struct heed_metrics metrics;
};

/* One line in the making; arrays of n live in the scratch arena. */
struct work {
    struct heed_gl_lines *lines;
    struct heed_text_style style;
    char *text;
    uint32_t n;       /* characters */
    uint32_t *c;      /* [n] */
    uint32_t *offset; /* [n + 1] bytes */
    uint8_t *level;   /* [n] */
    struct heed_gl_span *spans;
    int n_spans;
    size_t capacity;
};

static float measure_em(struct heed_gl_lines *lines, struct heed_gl_face *face, int script,
                        bool rtl, const char *text, size_t length)
{
    char key[MAX_SPAN_BYTES + 8] = {(char)heed_gl_face_get_index(face), (char)script, (char)rtl};
    if (length > MAX_SPAN_BYTES) {
        length = MAX_SPAN_BYTES;
    }
    memcpy(key + 3, text, length);
    if (lines->widths.count > MAX_WIDTHS) {
        heed_gl_table_clear(&lines->widths);
    }
    bool is_new;
    float *width = heed_gl_table_get(&lines->widths, key, length + 3, sizeof *width, &is_new);
    if (!width) {
        return 0.0f;
    }
    if (is_new) {
        key[3 + length] = '\0';
        const struct heed_gl_piece piece = {face, script, rtl, key + 3};
        *width = heed_gl_piece_measure(&piece);
    }
    return *width;
}

/* Controls and broken bytes take no room of their own: they become spaces. */
static void decode(struct work *work, size_t length)
{
    size_t i = 0;
    while (i < length) {
        uint32_t c = ' ';
        size_t n = heed_utf8_decode(work->text + i, length - i, &c);
        if (n == 0 || c < 0x20 || c == 0x7F) {
            n = 1;
            c = ' ';
            work->text[i] = ' ';
        }
        work->c[work->n] = c;
        work->offset[work->n] = (uint32_t)i;
        work->n++;
        i += n;
    }
    work->offset[work->n] = (uint32_t)length;
}

static bool all_left_to_right(const struct work *work)
{
    for (uint32_t i = 0; i < work->n; i++) {
        if (work->c[i] >= 0x590) {
            return false;
        }
    }
    return true;
}

/* Levels of UAX 9; all 0 where there is nothing right-to-left. */
static bool find_levels(struct work *work)
{
    struct heed_arena *scratch = &work->lines->scratch;
    work->level = heed_arena_zeroed(scratch, work->n + 1, 1);
    if (!work->level || all_left_to_right(work)) {
        return work->level != NULL;
    }
    const size_t n = work->n;
    FriBidiCharType *types = heed_arena_alloc(scratch, n * sizeof *types);
    FriBidiBracketType *brackets = heed_arena_alloc(scratch, n * sizeof *brackets);
    FriBidiLevel *levels = heed_arena_alloc(scratch, n * sizeof *levels);
    if (!types || !brackets || !levels) {
        return false;
    }
    FriBidiParType base = FRIBIDI_PAR_ON;
    fribidi_get_bidi_types(work->c, (FriBidiStrIndex)n, types);
    fribidi_get_bracket_types(work->c, (FriBidiStrIndex)n, types, brackets);
    if (fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)n, &base, levels) ==
        0) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        work->level[i] = (uint8_t)levels[i];
    }
    return true;
}

/* The characters from i on that must stay together. */
static uint32_t cluster_length(const struct work *work, uint32_t i)
{
    const uint32_t c = work->c[i];
    const uint32_t left = work->n - i;
    uint32_t n = 1;
    if (c >= 0x1F1E6 && c <= 0x1F1FF && left > 1 && work->c[i + 1] >= 0x1F1E6 &&
        work->c[i + 1] <= 0x1F1FF) {
        n = 2; /* a flag */
    }
    while (n < left && n < MAX_CLUSTER &&
           (heed_gl_script_extends(work->c[i + n]) ||
            (work->c[i + n - 1] == 0x200D && heed_gl_script_is_emoji(work->c[i])))) {
        n++;
    }
    return n;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool wants_emoji(const uint32_t *c, uint32_t n)
{
    bool wants = heed_gl_script_is_emoji(c[0]);
    for (uint32_t i = 1; i < n; i++) {
        if (c[i] == 0xFE0F) {
            wants = true;
        } else if (c[i] == 0xFE0E) {
            wants = false;
        }
    }
    return wants;
}

/* What one cluster looks like: decides where spans end. */
struct look {
    struct heed_gl_face *face;
    uint8_t script, level;
    bool alone; /* a span of its own */
    bool space;
};

static struct look look_at(const struct work *work, uint32_t i, uint32_t n,
                           const struct look *before)
{
    const uint32_t *c = work->c + i;
    struct heed_gl_fonts *fonts = work->lines->fonts;
    struct look look = {
        .script = (uint8_t)heed_gl_script_find(c[0]),
        .level = work->level[i],
        .space = c[0] == ' ',
    };
    if (before && (look.script == HEED_GL_SCRIPT_COMMON)) {
        look.script = before->script;
    }
    const bool emoji = wants_emoji(c, n);
    if (look.space && before && !before->alone) {
        look.face = before->face;
    } else if (c[0] < 0x250 && n == 1 && !emoji) {
        look.face = heed_gl_fonts_get(fonts, work->style);
    } else {
        look.face = heed_gl_fonts_find(fonts, work->style, c, (int)n, emoji);
    }
    look.alone = emoji || (work->style.tabular && is_digit(c[0]));
    return look;
}

static bool same_span(const struct look *a, const struct look *b)
{
    return a->face == b->face && a->script == b->script && a->level == b->level && !a->alone &&
           !b->alone && (!a->space || b->space);
}

static bool add_span(struct work *work, const struct look *look, uint32_t start, uint32_t end)
{
    if (!heed_arena_reserve(&work->lines->scratch, &work->spans, &work->capacity,
                            (size_t)work->n_spans + 1, sizeof *work->spans)) {
        return false;
    }
    struct heed_gl_span *span = &work->spans[work->n_spans++];
    *span = (struct heed_gl_span){
        .face = look->face,
        .start = work->offset[start],
        .length = work->offset[end] - work->offset[start],
        .script = look->script,
        .level = look->level,
    };
    span->width = measure_em(work->lines, look->face, look->script, look->level & 1,
                             work->text + span->start, span->length);
    if (work->style.tabular && span->length == 1 && is_digit((uint32_t)work->text[span->start])) {
        const float advance = heed_gl_face_get_digit_width(look->face);
        span->inset = (advance - span->width) / 2.0f;
        span->width = advance;
    }
    return true;
}

static bool cut_spans(struct work *work)
{
    struct look look = {0};
    uint32_t start = 0;
    int clusters = 0;
    for (uint32_t i = 0; i < work->n;) {
        const uint32_t n = cluster_length(work, i);
        const struct look next = look_at(work, i, n, i > 0 ? &look : NULL);
        if (i > start && (!same_span(&look, &next) || clusters == MAX_SPAN_CLUSTERS)) {
            if (!add_span(work, &look, start, i)) {
                return false;
            }
            start = i;
            clusters = 0;
        }
        look = next;
        clusters++;
        i += n;
    }
    return work->n == start || add_span(work, &look, start, work->n);
}

/* The spans' x, in the order that rule L2 of UAX 9 gives. */
static bool place_spans(struct work *work, float *width)
{
    const int n = work->n_spans;
    int *order = heed_arena_alloc(&work->lines->scratch, ((size_t)n + 1) * sizeof *order);
    if (!order) {
        return false;
    }
    uint8_t highest = 0;
    for (int i = 0; i < n; i++) {
        order[i] = i;
        if (work->spans[i].level > highest) {
            highest = work->spans[i].level;
        }
    }
    for (int level = highest; level > 0; level--) {
        for (int i = 0; i < n;) {
            int end = i;
            while (end < n && work->spans[order[end]].level >= level) {
                end++;
            }
            for (int a = i, b = end - 1; a < b; a++, b--) {
                const int swap = order[a];
                order[a] = order[b];
                order[b] = swap;
            }
            i = end > i ? end : i + 1;
        }
    }
    double x = 0.0;
    for (int i = 0; i < n; i++) {
        work->spans[order[i]].x = (float)x;
        x += (double)work->spans[order[i]].width;
    }
    *width = (float)x;
    return true;
}

static bool lay_out(struct heed_gl_lines *lines, struct heed_text_style style, const char *text,
                    size_t length, struct heed_gl_line *line)
{
    struct heed_arena *scratch = &lines->scratch;
    heed_arena_reset(scratch);
    struct work work = {.lines = lines, .style = style};
    char *copy = heed_gl_table_alloc(&lines->lines, length + 1);
    work.text = copy;
    work.c = heed_arena_alloc(scratch, (length + 1) * sizeof *work.c);
    work.offset = heed_arena_alloc(scratch, (length + 1) * sizeof *work.c);
    if (!copy || !work.c || !work.offset) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    decode(&work, length);
    float width = 0.0f;
    if (!find_levels(&work) || !cut_spans(&work) || !place_spans(&work, &width)) {
        return false;
    }
    const size_t size = (size_t)work.n_spans * sizeof *work.spans;
    struct heed_gl_span *spans = heed_gl_table_alloc(&lines->lines, size + 1);
    if (!spans) {
        return false;
    }
    if (size > 0) {
        memcpy(spans, work.spans, size);
    }
    *line = (struct heed_gl_line){copy, spans, work.n_spans, width};
    return true;
}

static const char *make_key(struct heed_gl_lines *lines, struct heed_text_style style,
                            const char *text, size_t length)
{
    if (!heed_array_reserve(&lines->key, &lines->key_capacity, length + 2, 1)) {
        return NULL;
    }
    lines->key[0] = (char)(style.weight / 10);
    lines->key[1] = (char)(style.italic | style.tabular << 1);
    memcpy(lines->key + 2, text, length);
    return lines->key;
}

const struct heed_gl_line *heed_gl_lines_get(struct heed_gl_lines *lines,
                                             struct heed_text_style style, const char *text,
                                             size_t length)
{
    if (lines->lines.bytes > MAX_LINE_BYTES) {
        heed_gl_table_clear(&lines->lines);
    }
    const char *key = make_key(lines, style, text, length);
    bool is_new = false;
    struct heed_gl_line *line =
        key ? heed_gl_table_get(&lines->lines, key, length + 2, sizeof *line, &is_new) : NULL;
    if (line && is_new && !lay_out(lines, style, text, length, line)) {
        heed_gl_table_clear(&lines->lines);
        return NULL;
    }
    return line;
}

static float metrics_width(void *context, struct heed_text_style style, const char *text,
                           size_t length)
{
    const struct heed_gl_line *line = heed_gl_lines_get(context, style, text, length);
    return line ? line->width * style.size : 0.0f;
}

/* The span that holds a byte; the last one for the line's end. */
static const struct heed_gl_span *find_span(const struct heed_gl_line *line, size_t offset)
{
    int low = 0, high = line->n_spans - 1;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (line->spans[middle].start <= offset) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return &line->spans[low];
}

static float metrics_caret(void *context, struct heed_text_style style, const char *text,
                           size_t length, size_t offset)
{
    struct heed_gl_lines *lines = context;
    const struct heed_gl_line *line = heed_gl_lines_get(lines, style, text, length);
    if (!line || line->n_spans == 0) {
        return 0.0f;
    }
    const struct heed_gl_span *span = find_span(line, offset < length ? offset : length);
    const size_t inside = offset > span->start ? offset - span->start : 0;
    float advance = 0.0f;
    if (inside >= span->length) {
        advance = span->width;
    } else if (inside > 0) {
        advance = measure_em(lines, span->face, span->script, span->level & 1,
                             line->text + span->start, inside);
    }
    const float x = span->level & 1 ? span->x + span->width - advance : span->x + advance;
    return x * style.size;
}

bool heed_gl_lines_create(struct heed_gl_lines **out, struct heed_error *err)
{
    struct heed_gl_lines *lines = calloc(1, sizeof *lines);
    if (!lines) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory for text");
    }
    if (!heed_gl_fonts_create(&lines->fonts, err)) {
        free(lines);
        return false;
    }
    lines->metrics = (struct heed_metrics){lines, metrics_width, metrics_caret};
    *out = lines;
    return true;
}

void heed_gl_lines_destroy(struct heed_gl_lines *lines)
{
    if (!lines) {
        return;
    }
    heed_gl_table_finish(&lines->lines);
    heed_gl_table_finish(&lines->widths);
    heed_arena_finish(&lines->scratch);
    heed_gl_fonts_destroy(lines->fonts);
    free(lines->key);
    free(lines);
}

void heed_gl_lines_rest(struct heed_gl_lines *lines)
{
    heed_gl_table_finish(&lines->lines);
    heed_arena_finish(&lines->scratch);
    if (lines->widths.count > MANY_WIDTHS) {
        heed_gl_table_finish(&lines->widths);
    }
}

const struct heed_metrics *heed_gl_lines_get_metrics(struct heed_gl_lines *lines)
{
    return &lines->metrics;
}

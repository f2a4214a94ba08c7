#include "scene/widgets/formula.h"

#include <math.h>
#include <string.h>

#include "draw/text_fit.h"

static const float SMALL = 0.72F, DOWN = 0.22F, UP = 0.34F;

/* Where the markup is read; what comes next looks like this. */
struct reader {
    const char *at;
    bool italic;
};

struct piece {
    const char *text;
    size_t length;
    bool italic;
    int shift; /* -1: lowered, 1: raised */
};

static bool is_mark(char c)
{
    return c == '*' || c == '_' || c == '^';
}

static size_t code_point(const char *text)
{
    size_t length = 1;
    while (((unsigned char)text[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

/* The text that a shift applies to: one sign, or what braces hold. */
static void read_shifted(struct reader *reader, struct piece *piece)
{
    const char *end = NULL;
    if (reader->at[0] == '{' && (end = strchr(reader->at, '}')) != NULL) {
        piece->text = reader->at + 1;
        piece->length = (size_t)(end - piece->text);
        reader->at = end + 1;
    } else {
        piece->text = reader->at;
        piece->length = reader->at[0] != '\0' ? code_point(reader->at) : 0;
        reader->at += piece->length;
    }
}

static bool next(struct reader *reader, struct piece *piece)
{
    while (reader->at[0] == '*') {
        reader->italic = !reader->italic;
        reader->at++;
    }
    if (reader->at[0] == '\0') {
        return false;
    }
    *piece = (struct piece){.italic = reader->italic};
    if (is_mark(reader->at[0])) {
        piece->shift = reader->at[0] == '^' ? 1 : -1;
        reader->at++;
        read_shifted(reader, piece);
        return true;
    }
    piece->text = reader->at;
    while (reader->at[0] != '\0' && !is_mark(reader->at[0])) {
        reader->at++;
    }
    piece->length = (size_t)(reader->at - piece->text);
    return true;
}

static struct heed_text_style style_of(struct heed_text_style style, const struct piece *piece)
{
    style.italic = piece->italic;
    style.size *= piece->shift != 0 ? SMALL : 1;
    return style;
}

float heed_formula_width(const struct heed_skin *skin, struct heed_text_style style,
                         const char *markup)
{
    struct reader reader = {.at = markup};
    struct piece piece;
    float width = 0;
    while (next(&reader, &piece)) {
        width += heed_text_width(skin->metrics, style_of(style, &piece), piece.text, piece.length);
    }
    return width;
}

/* The piece at x; returns its width. */
static float draw_piece(const struct heed_skin *skin, float x, float baseline,
                        struct heed_text_style style, struct heed_color color,
                        const struct piece *piece)
{
    const struct heed_text_style own = style_of(style, piece);
    const float shift = piece->shift < 0   ? DOWN * style.size
                        : piece->shift > 0 ? -UP * style.size
                                           : 0;
    heed_list_text(skin->list, (struct heed_item_text){
                                   .x = x,
                                   .y = heed_widget_baseline(skin, baseline + shift),
                                   .style = own,
                                   .color = color,
                                   .text = piece->text,
                                   .length = (uint32_t)piece->length,
                               });
    return heed_text_width(skin->metrics, own, piece->text, piece->length);
}

/* The piece's beginning and "…", as the last of a formula. */
static float draw_cut(const struct heed_skin *skin, float x, float baseline,
                      struct heed_text_style style, struct heed_color color,
                      const struct piece *piece, float room)
{
    struct heed_arena *arena = &skin->list->arena;
    const struct heed_text_style own = style_of(style, piece);
    char *whole = heed_arena_alloc(arena, piece->length + 1);
    float width = 0;
    char *fitted = NULL;
    if (whole != NULL) {
        memcpy(whole, piece->text, piece->length);
        whole[piece->length] = '\0';
        fitted = heed_text_elide(skin->list, skin->metrics, own, whole, room, &width);
    }
    if (fitted == NULL) {
        skin->list->failed = true;
        return 0;
    }
    const struct piece cut = {
        .text = fitted, .length = strlen(fitted), .italic = piece->italic, .shift = piece->shift};
    return draw_piece(skin, x, baseline, style, color, &cut);
}

float heed_formula_draw(const struct heed_skin *skin, float x, float cy,
                        struct heed_text_style style, struct heed_color color, const char *markup,
                        float max_width)
{
    const float baseline = cy + 0.364F * style.size;
    const bool cut = max_width > 0 && heed_formula_width(skin, style, markup) > max_width;
    const float end = max_width - heed_text_width(skin->metrics, style, "\xE2\x80\xA6", 3);
    struct reader reader = {.at = markup};
    struct piece piece;
    float width = 0;
    while (next(&reader, &piece)) {
        const struct heed_text_style own = style_of(style, &piece);
        if (cut && width + heed_text_width(skin->metrics, own, piece.text, piece.length) > end) {
            return width + draw_cut(skin, x + width, baseline, style, color, &piece,
                                    fmaxf(max_width - width, 1));
        }
        width += draw_piece(skin, x + width, baseline, style, color, &piece);
    }
    return width;
}

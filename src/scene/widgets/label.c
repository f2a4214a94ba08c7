#include "scene/widgets/label.h"

#include <math.h>
#include <string.h>

#include "draw/text_fit.h"
#include "scene/field/text_bounds.h"

static bool has_piece_mark(const struct heed_unit *unit)
{
    return unit->continues && unit->label[0] == '#' && unit->label[1] == '#';
}

float heed_token_width(const struct heed_skin *skin, struct heed_text_style style,
                       const struct heed_unit *unit)
{
    return heed_widget_width(skin, style, unit->label);
}

/* Fainter than its letters, where there is a fainter one that can be read. */
static struct heed_color mark_color(const struct heed_skin *skin, struct heed_color color)
{
    const bool fainter = !skin->tinted && memcmp(&color, &skin->theme->text, sizeof(color)) == 0;
    return fainter ? skin->theme->muted : color;
}

static void unknown_mark(const struct heed_skin *skin, float x, float cy, float width, float size,
                         struct heed_color color)
{
    const float s = skin->scale;
    heed_list_line(skin->list, (struct heed_item_line){
                                   x,
                                   cy + 0.62F * size,
                                   x + width,
                                   cy + 0.62F * size,
                                   {.width = fmaxf(1.5F * s, skin->hairline),
                                    .color = color,
                                    .dash_on = 3 * s,
                                    .dash_off = 2 * s},
                               });
}

float heed_token_draw(const struct heed_skin *skin, float x, float cy, struct heed_text_style style,
                      enum heed_anchor anchor, struct heed_color color,
                      const struct heed_unit *unit, float max_width)
{
    const char *label = unit->label;
    const bool piece = has_piece_mark(unit);
    const float mark = piece ? heed_text_width(skin->metrics, style, "##", 2) : 0;
    if (piece) {
        label += 2;
    }
    const float natural = heed_widget_width(skin, style, label);
    float width = mark + natural;
    if (max_width > 0 && width > max_width) {
        width = max_width;
    }
    const float shift = anchor == HEED_ANCHOR_START    ? 0
                        : anchor == HEED_ANCHOR_MIDDLE ? width / 2
                                                       : width;
    const float left = x - shift;
    /* The mark stands where the word goes on from: at the right of a piece
     * that runs from right to left. */
    const bool rtl = piece && heed_text_begins_rtl(label, strlen(label));
    const float begin = rtl ? left : left + mark;
    if (piece) {
        heed_widget_text(skin, rtl ? left + width - mark : left, cy, style, HEED_ANCHOR_START,
                         mark_color(skin, color), "##", 0);
    }
    heed_widget_text(skin, begin, cy, style, HEED_ANCHOR_START, color, label,
                     fmaxf(width - mark + 0.5F, 1));
    if (unit->unknown) {
        unknown_mark(skin, begin, cy, width - mark, style.size, color);
    }
    return width;
}

const char *heed_label_choose(const struct heed_skin *skin, struct heed_text_style style,
                              const char *const *texts, int n, float max_width)
{
    for (int i = 0; i < n - 1; i++) {
        if (heed_widget_width(skin, style, texts[i]) <= max_width) {
            return texts[i];
        }
    }
    return texts[n - 1];
}

void heed_chip_draw(const struct heed_skin *skin, float x, float cy, float size,
                    struct heed_color color, bool dashed)
{
    const float s = skin->scale, side = size * s;
    struct heed_item_rect chip = {
        .rect = {roundf(x), roundf(cy - side / 2), side, side},
        .radius = 3 * s,
        .fill = color,
    };
    if (dashed) {
        chip.fill = heed_color_alpha(color, 0.35F);
        chip.stroke = (struct heed_stroke){
            .width = 2 * s, .color = color, .dash_on = 3 * s, .dash_off = 2 * s};
    }
    heed_list_rect(skin->list, chip);
}

void heed_chip_of(const struct heed_skin *skin, float x, float cy, float size, int slot)
{
    heed_chip_draw(skin, x, cy, size, skin->theme->heads[slot % HEED_N_HEAD_COLORS],
                   slot >= HEED_N_HEAD_COLORS);
}

int heed_text_wrapped(const struct heed_skin *skin, float x, float cy, float line_height,
                      struct heed_text_style style, struct heed_color color, const char *text,
                      float max_width, int max_lines)
{
    int lines = 0;
    while (text[0] != '\0' && lines < max_lines) {
        size_t skip = 0;
        const size_t length = heed_text_line(skin->metrics, style, text, max_width, &skip);
        if (skin->list != NULL) {
            const bool last = lines + 1 == max_lines && text[skip] != '\0';
            char *line = last ? heed_arena_copy(&skin->list->arena, text, strlen(text))
                              : heed_arena_copy(&skin->list->arena, text, length);
            if (line == NULL) {
                skin->list->failed = true;
                return lines;
            }
            heed_widget_text(skin, x, cy + (float)lines * line_height, style, HEED_ANCHOR_START,
                             color, line, max_width);
        }
        lines++;
        text += skip;
    }
    return lines;
}

int heed_text_lines(const struct heed_skin *skin, struct heed_text_style style, const char *text,
                    float max_width, int max_lines)
{
    struct heed_skin quiet = *skin;
    quiet.list = NULL;
    return heed_text_wrapped(&quiet, 0, 0, 0, style, skin->theme->text, text, max_width, max_lines);
}

bool heed_text_holds(const struct heed_skin *skin, struct heed_text_style style, const char *text,
                     float max_width, int max_lines)
{
    for (int lines = 0; text[0] != '\0'; lines++) {
        size_t skip = 0;
        const size_t length = heed_text_line(skin->metrics, style, text, max_width, &skip);
        if (lines == max_lines || heed_text_width(skin->metrics, style, text, length) > max_width) {
            return false;
        }
        text += skip;
    }
    return true;
}

const char *heed_label_fit(const struct heed_skin *skin, struct heed_text_style style,
                           const char *text, float max_width, float *width)
{
    *width = heed_widget_width(skin, style, text);
    if (*width <= max_width) {
        return text;
    }
    char *fitted = heed_text_elide(skin->list, skin->metrics, style, text, max_width, width);
    if (fitted == NULL) {
        skin->list->failed = true;
        return "";
    }
    return fitted;
}

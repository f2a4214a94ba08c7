#include "scene/parts/value_tokens.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "scene/frame/shown.h"
#include "scene/parts/candidate_words.h"
#include "scene/parts/provisos.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/label.h"

enum { MARK = 38 /* logical px of "12 ..." beside the chips */ };

int heed_neuron_token(const struct heed_maps *maps, struct heed_pin pin)
{
    int first = -1, word = -1;
    for (int i = 0; i < maps->n; i++) {
        const struct heed_unit *unit = &maps->units[i];
        const int pinned = pin.first > unit->first ? pin.first : unit->first;
        if (pin.count > 0 && pinned < pin.first + pin.count && pinned < unit->first + unit->count) {
            return pinned;
        }
        if (first < 0) {
            first = unit->first;
        }
        if (word < 0 && !unit->special && !unit->punctuation) {
            word = unit->first;
        }
    }
    return word >= 0 ? word : first;
}

/* The text of a word's piece, "##" before one that continues it. */
static const char *piece_label(struct heed_arena *arena, const struct heed_encoding *encoding,
                               int index)
{
    const struct heed_token *token = &encoding->tokens[index];
    size_t length = 0;
    if (token->blank) {
        return HEED_BLANK_LABEL;
    }
    const char *text = heed_encoding_get_text(encoding, index, 1, &length);
    const size_t mark = token->continues ? 2 : 0;
    char *label = heed_arena_alloc(arena, mark + length + 1);
    if (label == NULL) {
        return "";
    }
    memcpy(label, "##", mark);
    memcpy(label + mark, text, length);
    label[mark + length] = '\0';
    return label;
}

struct heed_unit heed_neuron_unit(struct heed_arena *arena, const struct heed_maps *maps, int token)
{
    const int index = heed_maps_find_unit(maps, token);
    const struct heed_token *it = &maps->encoding->tokens[token];
    if (index >= 0 && maps->units[index].count == 1) {
        return maps->units[index];
    }
    struct heed_unit unit = {
        .first = token,
        .count = 1,
        .segment = it->segment,
        .special = it->special,
        .punctuation = it->punctuation,
        .continues = it->continues,
        .unknown = it->unknown,
    };
    unit.label = maps->encoding->labels != NULL ? maps->encoding->labels[token]
                 : it->is_template              ? heed_template_label(maps, token == 0)
                                                : piece_label(arena, maps->encoding, token);
    return unit;
}

const char *heed_neuron_label(struct heed_arena *arena, const struct heed_maps *maps, int token)
{
    return heed_neuron_unit(arena, maps, token).label;
}

/* The tokens in a line: which are seen, and how wide they are. */
struct line {
    const struct heed_skin *skin;
    const struct heed_maps *maps;
    struct heed_text_style style;
    float gap, pad;
};

static float chip_width(const struct line *line, const struct heed_unit *unit)
{
    const float most = 140 * line->skin->scale;
    const float width = heed_token_width(line->skin, line->style, unit);
    return fmaxf(fminf(width, most) + 2 * line->pad, 24 * line->skin->scale);
}

static void draw_chip(const struct heed_frame *frame, const struct line *line,
                      struct heed_rect rect, const struct heed_unit *unit, bool shown)
{
    const struct heed_skin *skin = line->skin;
    const struct heed_theme *theme = skin->theme;
    struct heed_list *list = skin->list;
    const struct heed_target target = {
        .kind = HEED_TARGET_QUERY, .a = unit->first, .b = unit->count};
    const struct heed_pin pin = frame->state->query;
    const bool pinned =
        pin.count > 0 && unit->first >= pin.first && unit->first < pin.first + pin.count;
    const bool hovered = frame->hover.query.count > 0 && frame->hover.query.first == unit->first;
    list->target = target;
    if (shown || hovered) {
        const bool ink = shown && pinned;
        heed_list_box(list, rect, 6 * skin->scale, ink ? theme->ink : theme->hover,
                      shown && !ink ? skin->hairline : 0, theme->ink);
    }
    const struct heed_color color = shown && pinned    ? theme->on_ink
                                    : shown || hovered ? theme->text
                                    : unit->special    ? theme->faint
                                                       : theme->muted;
    const float width =
        heed_token_draw(skin, rect.x + rect.w / 2, rect.y + rect.h / 2, line->style,
                        HEED_ANCHOR_MIDDLE, color, unit, rect.w - 2 * line->pad + 1);
    heed_candidate_draw(skin, frame->state, unit,
                        (struct heed_candidate_label){rect.x + (rect.w - width) / 2,
                                                      rect.y + rect.h / 2, width, line->style.size,
                                                      color});
    heed_list_hotspot(list, rect);
    list->target = (struct heed_target){0};
    heed_widget_ring(skin, rect, target, 2, 4 * skin->scale);
}

/* Round which token the line is centred: what the keyboard points at, so that
 * it can go on to both sides; never what the pointer does. */
static int centre_of(const struct heed_frame *frame, const struct heed_maps *maps)
{
    const struct heed_pin focus = {frame->focus.a, frame->focus.b};
    const bool walks = frame->focus.kind == HEED_TARGET_QUERY;
    return heed_maps_find_unit(maps, heed_neuron_token(maps, walks ? focus : frame->state->query));
}

/* As many as fit, by turns to the right and to the left of the centre. */
static void choose(const struct line *line, int centre, float room, int *first, int *last)
{
    const int n = line->maps->n;
    *first = *last = centre;
    room -= chip_width(line, &line->maps->units[centre]);
    bool left = true, right = true;
    while (left || right) {
        if (right) {
            const float need = *last + 1 < n
                                   ? chip_width(line, &line->maps->units[*last + 1]) + line->gap
                                   : INFINITY;
            right = need <= room;
            *last += right ? 1 : 0;
            room -= right ? need : 0;
        }
        if (left) {
            const float need = *first > 0
                                   ? chip_width(line, &line->maps->units[*first - 1]) + line->gap
                                   : INFINITY;
            left = need <= room;
            *first -= left ? 1 : 0;
            room -= left ? need : 0;
        }
    }
}

/* Room is kept for a mark at each end where tokens are left out, and only there. */
static void choose_with_marks(const struct line *line, int centre, float room, int *first,
                              int *last)
{
    const int n = line->maps->n;
    for (int marks = 0; marks <= 2; marks++) {
        choose(line, centre, room - (float)marks * MARK * line->skin->scale, first, last);
        if ((*first > 0) + (*last + 1 < n) <= marks) {
            return;
        }
    }
}

/* "3 ...": so many are left out there; it leads to the nearest of them. */
static void draw_mark(const struct line *line, float x, float cy, const char *text, int unit)
{
    const float s = line->skin->scale;
    const struct heed_unit *next = &line->maps->units[unit];
    struct heed_list *list = line->skin->list;
    list->target =
        (struct heed_target){.kind = HEED_TARGET_QUERY, .a = next->first, .b = next->count};
    const float width =
        heed_widget_left(line->skin, x, cy, 12, 400, line->skin->theme->muted, text, 0);
    heed_list_hotspot(list, (struct heed_rect){x - 4 * s, cy - 13 * s, width + 8 * s, 26 * s});
    list->target = (struct heed_target){0};
}

void heed_neuron_chips(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                       float cy, float width, int token)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const float s = skin->scale;
    const struct line line = {.skin = skin,
                              .maps = maps,
                              .style = heed_widget_style(skin, 15, 500),
                              .gap = 2 * s,
                              .pad = 7 * s};
    const int centre = maps->n > 0 ? centre_of(frame, maps) : -1;
    int first = 0, last = 0;
    char text[24];
    if (centre < 0) {
        return;
    }
    choose_with_marks(&line, centre, width, &first, &last);
    if (first > 0) {
        snprintf(text, sizeof(text), "%d \xE2\x80\xA6", first);
        draw_mark(&line, x, cy, text, first - 1);
        x += MARK * s;
    }
    for (int i = first; i <= last; i++) {
        const struct heed_unit *unit = &maps->units[i];
        const struct heed_rect rect = {x, roundf(cy - 13 * s), chip_width(&line, unit), 26 * s};
        const bool shown = token >= unit->first && token < unit->first + unit->count;
        draw_chip(frame, &line, rect, unit, shown);
        x += rect.w + line.gap;
    }
    if (last + 1 < maps->n) {
        snprintf(text, sizeof(text), "\xE2\x80\xA6 %d", maps->n - 1 - last);
        draw_mark(&line, x + 4 * s, cy, text, last + 1);
    }
}

void heed_norm_draw(const struct heed_skin *skin, float end, float cy, const char *symbol,
                    double norm)
{
    char text[32];
    heed_format_size(text, sizeof(text), norm);
    const float used = heed_widget_right(skin, end, cy, 15, 500, skin->theme->text, text, 0);
    if (symbol != NULL) {
        char bars[32];
        snprintf(bars, sizeof(bars), "|%s|", symbol);
        const struct heed_text_style style = heed_widget_style(skin, 13, 400);
        const float width = heed_formula_width(skin, style, bars);
        heed_formula_draw(skin, end - used - 6 * skin->scale - width, cy, style, skin->theme->muted,
                          bars, 0);
    }
}

float heed_neuron_limit(double x)
{
    static const double ends[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    if (!(x > 1e-30) || !isfinite(x)) {
        return 1;
    }
    const double power = pow(10, floor(log10(x)));
    size_t i = 0;
    while (i + 1 < sizeof(ends) / sizeof(ends[0]) && ends[i] * power < x * (1 - 1e-9)) {
        i++;
    }
    return (float)(ends[i] * power);
}

float heed_neuron_spread(const float *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (double)values[i] * (double)values[i];
    }
    return heed_neuron_limit(n > 0 ? 2.5 * sqrt(sum / (double)n) : 0);
}

/* Half of a diverging palette: the other one has its middle's colour. */
static struct heed_palette half_palette(const struct heed_palette *whole, bool above)
{
    enum { MIDDLE = HEED_PALETTE_STOPS / 2 };
    struct heed_palette half = *whole;
    for (int i = 0; i < MIDDLE; i++) {
        half.stops[above ? i : MIDDLE + 1 + i] = whole->stops[MIDDLE];
    }
    return half;
}

/* Upper and lower half, the sign of what stands there. */
static struct heed_rect half_rect(struct heed_rect rect, bool above)
{
    const float half = rect.h / 2;
    return (struct heed_rect){rect.x, above ? rect.y : rect.y + half, rect.w, half};
}

static void draw_scale(const struct heed_skin *skin, struct heed_rect bar,
                       const struct heed_palette *palette)
{
    if (!skin->theme->for_print) {
        heed_widget_palette(skin, bar, 0, palette, false);
        return;
    }
    for (int above = 0; above < 2; above++) {
        const struct heed_palette half = half_palette(palette, above);
        const struct heed_item_gradient gradient = {half_rect(bar, above), 0, half.stops,
                                                    HEED_PALETTE_STOPS, false};
        heed_list_gradient(skin->list, gradient);
    }
    heed_list_outline(skin->list, bar, 0, skin->hairline, skin->theme->border);
}

void heed_neuron_legend(const struct heed_frame *frame, const struct heed_skin *skin, float end,
                        float cy, float width, float limit)
{
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, HEED_PALETTE_DIFFERENCE);
    const float s = skin->scale, h = 8 * s;
    const struct heed_rect bar = {roundf(end - width), roundf(cy - h), width, h};
    draw_scale(skin, bar, palette);
    char text[32];
    const struct heed_color muted = skin->theme->muted;
    const float y = bar.y + h + 11 * s;
    snprintf(text, sizeof(text), "\xE2\x88\x92%g", (double)limit);
    heed_widget_left(skin, bar.x, y, 12, 400, muted, text, 0);
    heed_widget_middle(skin, bar.x + width / 2, y, 12, 400, muted, "0", 0);
    snprintf(text, sizeof(text), "+%g", (double)limit);
    heed_widget_right(skin, end, y, 12, 400, muted, text, 0);
}

void heed_value_strip(const struct heed_frame *frame, struct heed_item_heatmap strip,
                      struct heed_target target)
{
    struct heed_list *list = frame->list;
    const struct heed_rect rect = strip.rect;
    strip.rows = 1;
    strip.low = -strip.high;
    strip.palette = *heed_palette_get(frame->state->theme, HEED_PALETTE_DIFFERENCE);
    list->target = target;
    if (frame->theme->for_print) {
        const struct heed_palette whole = strip.palette;
        strip.rect = half_rect(rect, true);
        strip.palette = half_palette(&whole, true);
        heed_list_heatmap(list, strip);
        list->target = (struct heed_target){0}; /* its numbers are told once */
        strip.rect = half_rect(rect, false);
        strip.palette = half_palette(&whole, false);
    }
    heed_list_heatmap(list, strip);
    list->target = (struct heed_target){0};
}

void heed_say_strips(struct heed_clauses *clauses)
{
    if (clauses->frame->theme->for_print) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         clauses->short_form ? "strips: + above, \xE2\x88\x92 below"
                                             : "strips: positive values in the upper half, "
                                               "negative ones in the lower");
    }
}

#include "scene/widgets/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/text_fit.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/target.h"

enum { DIMMED_PERCENT = 40 };

bool heed_target_equal(struct heed_target a, struct heed_target b)
{
    return a.kind == b.kind && a.flags == b.flags && a.a == b.a && a.b == b.b && a.c == b.c;
}

static bool is_target(struct heed_target target, struct heed_target other)
{
    return target.kind != HEED_TARGET_NONE && heed_target_equal(target, other);
}

static struct heed_color dim(struct heed_color color, bool disabled)
{
    if (disabled) {
        color.a *= (float)DIMMED_PERCENT / 100;
    }
    return color;
}

static bool lacks(struct heed_target target)
{
    const unsigned weak = HEED_TARGET_FLAG_LACKS | HEED_TARGET_FLAG_IDLE;
    return (target.kind == HEED_TARGET_COMMAND || target.kind == HEED_TARGET_SLIDER) &&
           (target.flags & weak) != 0;
}

static struct heed_target set_target(const struct heed_skin *skin, struct heed_target target,
                                     bool disabled)
{
    const struct heed_target before = skin->list->target;
    skin->list->target = disabled ? (struct heed_target){.kind = HEED_TARGET_BLOCK} : target;
    return before;
}

float heed_widget_type(const struct heed_skin *skin, float size)
{
    const float least = size >= 13 ? 14.4F : 12;
    return skin->type > 0 ? skin->type : skin->projected ? fmaxf(size, least) : size;
}

struct heed_text_style heed_widget_style(const struct heed_skin *skin, float size, int weight)
{
    return (struct heed_text_style){
        .size = heed_widget_type(skin, size) * skin->scale,
        .weight = (uint16_t)weight,
        .tabular = true,
    };
}

float heed_widget_baseline(const struct heed_skin *skin, float y)
{
    return skin->printed ? y : roundf(y);
}

float heed_widget_text(const struct heed_skin *skin, float x, float cy,
                       struct heed_text_style style, enum heed_anchor anchor,
                       struct heed_color color, const char *text, float max_width)
{
    char *fitted = NULL;
    size_t length = strlen(text);
    float width = heed_text_width(skin->metrics, style, text, length);
    if (max_width > 0 && width > max_width) {
        fitted = heed_text_elide(skin->list, skin->metrics, style, text, max_width, &width);
        if (fitted == NULL) {
            skin->list->failed = true;
            return 0;
        }
        text = fitted;
        length = strlen(fitted);
    }
    heed_list_text(skin->list, (struct heed_item_text){
                                   .x = x,
                                   .y = heed_widget_baseline(skin, cy + 0.364F * style.size),
                                   .style = style,
                                   .anchor = anchor,
                                   .color = color,
                                   .text = text,
                                   .length = (uint32_t)length,
                               });
    return width;
}

float heed_widget_left(const struct heed_skin *skin, float x, float cy, float size, int weight,
                       struct heed_color color, const char *text, float max_width)
{
    return heed_widget_text(skin, x, cy, heed_widget_style(skin, size, weight), HEED_ANCHOR_START,
                            color, text, max_width);
}

float heed_widget_right(const struct heed_skin *skin, float x, float cy, float size, int weight,
                        struct heed_color color, const char *text, float max_width)
{
    return heed_widget_text(skin, x, cy, heed_widget_style(skin, size, weight), HEED_ANCHOR_END,
                            color, text, max_width);
}

float heed_widget_middle(const struct heed_skin *skin, float x, float cy, float size, int weight,
                         struct heed_color color, const char *text, float max_width)
{
    return heed_widget_text(skin, x, cy, heed_widget_style(skin, size, weight), HEED_ANCHOR_MIDDLE,
                            color, text, max_width);
}

float heed_widget_number(const struct heed_skin *skin, float x, float cy, float size, int weight,
                         struct heed_color color, double value, int decimals)
{
    char number[64];
    heed_format_number(number, sizeof(number), value, decimals);
    return heed_widget_right(skin, x, cy, size, weight, color, number, 0);
}

float heed_widget_width(const struct heed_skin *skin, struct heed_text_style style,
                        const char *text)
{
    return heed_text_width(skin->metrics, style, text, strlen(text));
}

void heed_widget_focus_ring(const struct heed_skin *skin, struct heed_rect rect, float radius)
{
    const float off = 4 * skin->scale;
    heed_list_outline(skin->list, heed_rect_grow(rect, off), radius + off, 2 * skin->scale,
                      skin->theme->accent);
}

void heed_widget_ring(const struct heed_skin *skin, struct heed_rect rect,
                      struct heed_target target, float inset, float radius)
{
    if (is_target(target, skin->focus)) {
        heed_widget_focus_ring(skin, heed_rect_grow(rect, -inset), radius);
    }
}

void heed_widget_bar(const struct heed_skin *skin, struct heed_rect track, float filled,
                     struct heed_color color)
{
    const float radius = 2 * skin->scale;
    heed_list_fill(skin->list, track, radius, skin->theme->sunken);
    track.w = filled;
    heed_list_fill(skin->list, track, radius, color);
}

/* The ground of what is pressed: raised, hover or sunken, or ink when on. */
static struct heed_color ground(const struct heed_skin *skin, struct heed_target target, bool on,
                                bool disabled, struct heed_color rest)
{
    if (on) {
        return skin->theme->ink;
    }
    if (disabled) {
        return rest;
    }
    if (is_target(target, skin->pressed)) {
        return skin->theme->sunken;
    }
    return is_target(target, skin->hot) ? skin->theme->hover : rest;
}

static void button_content(const struct heed_skin *skin, struct heed_rect rect, enum heed_icon icon,
                           const char *label, struct heed_color color)
{
    const float s = skin->scale, cy = rect.y + rect.h / 2;
    const struct heed_text_style style = heed_widget_style(skin, 14, 500);
    const float icon_width = icon == HEED_ICON_NONE ? 0 : 16 * s;
    float text_width = 0, gap = 0;
    if (label != NULL) {
        text_width = heed_widget_width(skin, style, label);
        gap = icon_width > 0 ? 6 * s : 0;
    }
    const float room = rect.w - 12 * s - icon_width - gap;
    text_width = fminf(text_width, fmaxf(room, 0));
    float x = rect.x + (rect.w - icon_width - gap - text_width) / 2;
    heed_widget_icon(skin, icon, x + 8 * s, cy, color);
    if (label != NULL) {
        heed_widget_text(skin, x + icon_width + gap, cy, style, HEED_ANCHOR_START, color, label,
                         room);
    }
}

void heed_widget_button(const struct heed_skin *skin, struct heed_rect rect, enum heed_icon icon,
                        const char *label, bool on, bool disabled, struct heed_target target)
{
    const struct heed_theme *theme = skin->theme;
    const struct heed_target before = set_target(skin, target, disabled);
    disabled = disabled || lacks(target);
    const struct heed_color fill = ground(skin, target, on, disabled, theme->raised);
    heed_list_box(skin->list, rect, 8 * skin->scale, dim(fill, disabled), skin->hairline,
                  dim(on ? theme->ink : theme->border, disabled));
    button_content(skin, rect, icon, label, dim(on ? theme->on_ink : theme->text, disabled));
    heed_list_hotspot(skin->list, rect);
    skin->list->target = before;
    heed_widget_ring(skin, rect, target, 0, 8 * skin->scale);
}

void heed_widget_icon_button(const struct heed_skin *skin, struct heed_rect rect,
                             enum heed_icon icon, bool disabled, struct heed_target target)
{
    const struct heed_color none = {0, 0, 0, 0};
    const struct heed_target before = set_target(skin, target, disabled);
    heed_list_fill(skin->list, rect, 8 * skin->scale, ground(skin, target, false, disabled, none));
    heed_widget_icon(skin, icon, rect.x + rect.w / 2, rect.y + rect.h / 2,
                     dim(skin->theme->text, disabled));
    heed_list_hotspot(skin->list, rect);
    skin->list->target = before;
    heed_widget_ring(skin, rect, target, 0, 8 * skin->scale);
}

static float tab_number_width(const struct heed_skin *skin, int number)
{
    char text[16];
    snprintf(text, sizeof(text), "%d", number);
    return heed_widget_width(skin, heed_widget_style(skin, 12, 400), text) + 5 * skin->scale;
}

float heed_widget_tab_width(const struct heed_skin *skin, int number, const char *label)
{
    /* The active tab's weight, so that nothing moves when it changes. */
    return tab_number_width(skin, number) + 20 * skin->scale +
           heed_widget_width(skin, heed_widget_style(skin, 15, 600), label);
}

void heed_widget_tab(const struct heed_skin *skin, struct heed_rect rect, int number, bool quiet,
                     const char *label, bool active, struct heed_target target)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale, cy = rect.y + rect.h / 2;
    const struct heed_rect pill = {rect.x, roundf(cy - 15 * s), rect.w, 30 * s};
    const struct heed_color none = {0, 0, 0, 0};
    const struct heed_target before = set_target(skin, target, false);
    const struct heed_color fill = ground(skin, target, false, active, none);
    const bool lit = active || fill.a > 0;
    const struct heed_color ink = dim(lit ? theme->text : theme->muted, lacks(target));
    heed_list_fill(skin->list, pill, 6 * s, fill);
    char digits[16];
    snprintf(digits, sizeof(digits), "%d", number);
    const float x = rect.x + 10 * s;
    heed_widget_left(skin, x, cy, 12, 400, dim(ink, quiet), digits, 0);
    heed_widget_left(skin, x + tab_number_width(skin, number), cy, 15, active ? 600 : 500, ink,
                     label, 0);
    if (active) {
        const float h = roundf(3 * s);
        heed_list_fill(skin->list,
                       (struct heed_rect){rect.x + 8 * s, rect.y + rect.h - h, rect.w - 16 * s, h},
                       0, theme->ink);
    }
    heed_list_hotspot(skin->list, rect);
    skin->list->target = before;
    heed_widget_ring(skin, pill, target, 4 * s, 2 * s);
}

static void toggle_track(const struct heed_skin *skin, struct heed_rect track, bool on,
                         bool disabled, bool hot)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const struct heed_color edge = on ? theme->ink : hot ? theme->text : theme->faint;
    heed_list_box(skin->list, track, track.h / 2,
                  on ? dim(theme->ink, disabled) : (struct heed_color){0, 0, 0, 0}, 1.5F * s,
                  dim(edge, disabled));
    const float size = (on ? 12 : 10) * s;
    const float inset = (track.h - size) / 2;
    const float x = on ? track.x + track.w - inset - size : track.x + inset;
    heed_list_fill(skin->list, (struct heed_rect){x, track.y + inset, size, size}, size / 2,
                   on ? theme->on_ink : dim(theme->faint, disabled));
}

void heed_widget_toggle(const struct heed_skin *skin, struct heed_rect rect, const char *label,
                        bool on, bool disabled, struct heed_target target)
{
    const float s = skin->scale, cy = rect.y + rect.h / 2;
    const struct heed_rect track = {rect.x + rect.w - 32 * s, roundf(cy - 9 * s), 32 * s, 18 * s};
    const struct heed_target before = set_target(skin, target, disabled);
    disabled = disabled || lacks(target);
    heed_list_hotspot(skin->list, rect);
    heed_widget_left(skin, rect.x, cy, 14, 400, dim(skin->theme->text, disabled), label,
                     rect.w - 40 * s);
    toggle_track(skin, track, on, disabled, !disabled && is_target(target, skin->hot));
    skin->list->target = before;
    heed_widget_ring(skin, track, target, 0, track.h / 2);
}

static void slider_knob(const struct heed_skin *skin, float x, float y, bool disabled,
                        struct heed_target target)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const bool pressed = !disabled && is_target(target, skin->pressed);
    if (!disabled && is_target(target, skin->hot)) {
        heed_list_fill(skin->list, (struct heed_rect){x - 12 * s, y - 12 * s, 24 * s, 24 * s},
                       12 * s, heed_color_alpha(theme->ink, 0.12F));
    }
    if (is_target(target, skin->focus)) {
        heed_list_outline(skin->list, (struct heed_rect){x - 12 * s, y - 12 * s, 24 * s, 24 * s},
                          12 * s, 2 * s, theme->accent);
    }
    heed_list_box(skin->list, (struct heed_rect){x - 7 * s, y - 7 * s, 14 * s, 14 * s}, 7 * s,
                  pressed ? theme->ink : theme->raised, 2 * s, dim(theme->ink, disabled));
}

void heed_widget_track(const struct heed_skin *skin, struct heed_rect track, float position,
                       bool disabled, struct heed_target target)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const float x = track.x + track.w * fminf(fmaxf(position, 0), 1);
    heed_list_fill(skin->list, track, 2 * s, dim(theme->strong_border, disabled));
    heed_list_fill(skin->list, (struct heed_rect){track.x, track.y, x - track.x, track.h}, 2 * s,
                   dim(theme->ink, disabled));
    slider_knob(skin, x, track.y + 2 * s, disabled, target);
    const struct heed_target before = set_target(skin, target, disabled && !lacks(target));
    heed_list_hotspot(skin->list, (struct heed_rect){track.x, track.y - 10 * s, track.w, 24 * s});
    skin->list->target = before;
}

void heed_widget_slider(const struct heed_skin *skin, struct heed_rect rect, const char *label,
                        const char *value, float position, bool disabled, struct heed_target target)
{
    disabled = disabled || lacks(target);
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const struct heed_text_style style = heed_widget_style(skin, 14, 400);
    const float text_y = rect.y + 10 * s;
    const float used = heed_widget_text(skin, rect.x + rect.w, text_y, style, HEED_ANCHOR_END,
                                        dim(theme->text, disabled), value, 0);
    heed_widget_text(skin, rect.x, text_y, style, HEED_ANCHOR_START, dim(theme->text, disabled),
                     label, rect.w - used - 8 * s);
    const struct heed_rect track = {rect.x + 7 * s, roundf(rect.y + 28 * s), rect.w - 14 * s,
                                    4 * s};
    heed_widget_track(skin, track, position, disabled, target);
}

void heed_widget_select(const struct heed_skin *skin, struct heed_rect rect, const char *prefix,
                        const char *value, struct heed_target target)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale, cy = rect.y + rect.h / 2;
    const struct heed_target before = set_target(skin, target, false);
    heed_list_box(skin->list, rect, 6 * s, ground(skin, target, false, false, theme->raised),
                  skin->hairline, theme->border);
    float x = rect.x + 10 * s;
    const float end = rect.x + rect.w - 28 * s;
    if (prefix != NULL && prefix[0] != '\0') {
        x += heed_widget_left(skin, x, cy, 14, 400, theme->text, prefix, fmaxf(end - x, 1)) + 4 * s;
    }
    const int weight = prefix != NULL ? 600 : 400;
    const float room = end - x;
    /* What its prefix tells alone isn't cut: it is left out. */
    const bool left_out =
        prefix != NULL && strchr(prefix, ' ') != NULL && value != NULL &&
        heed_widget_width(skin, heed_widget_style(skin, 14, weight), value) > room;
    if (value != NULL && room > 8 * s && !left_out) {
        heed_widget_left(skin, x, cy, 14, weight, theme->text, value, room);
    }
    heed_widget_icon(skin, HEED_ICON_CHEVRON_DOWN, rect.x + rect.w - 15 * s, cy, theme->text);
    heed_list_hotspot(skin->list, rect);
    skin->list->target = before;
    heed_widget_ring(skin, rect, target, 0, 6 * s);
}

static float segment_width(const struct heed_skin *skin, const char *label)
{
    return ceilf(heed_widget_width(skin, heed_widget_style(skin, 14, 500), label) +
                 22 * skin->scale);
}

float heed_widget_segments_width(const struct heed_skin *skin, const char *const *labels, int n)
{
    float width = 4 * skin->scale;
    for (int i = 0; i < n; i++) {
        width += segment_width(skin, labels[i]);
    }
    return width;
}

static void draw_segment(const struct heed_skin *skin, struct heed_rect rect, const char *label,
                         bool active, struct heed_target target)
{
    const struct heed_theme *theme = skin->theme;
    const struct heed_target before = set_target(skin, target, false);
    if (active) {
        heed_list_box(skin->list, rect, 5 * skin->scale, theme->raised, skin->hairline,
                      theme->strong_border);
    }
    const bool lit = active || is_target(target, skin->hot);
    heed_widget_middle(skin, rect.x + rect.w / 2, rect.y + rect.h / 2, 14, 500,
                       dim(lit ? theme->text : theme->muted, lacks(target)), label, rect.w);
    heed_list_hotspot(skin->list, rect);
    skin->list->target = before;
}

void heed_widget_segments(const struct heed_skin *skin, struct heed_rect rect,
                          const char *const *labels, int n, int active,
                          const struct heed_target *targets)
{
    const float s = skin->scale;
    heed_list_fill(skin->list, rect, 7 * s, skin->theme->sunken);
    const float natural = heed_widget_segments_width(skin, labels, n);
    const float spare = (rect.w - natural) / (float)(n > 0 ? n : 1);
    float x = rect.x + 2 * s;
    for (int i = 0; i < n; i++) {
        const float w = segment_width(skin, labels[i]) + spare;
        const struct heed_rect segment = {roundf(x), rect.y + 2 * s, roundf(x + w) - roundf(x),
                                          rect.h - 4 * s};
        draw_segment(skin, segment, labels[i], i == active, targets[i]);
        x += w;
    }
    for (int i = 0; i < n; i++) {
        heed_widget_ring(skin, rect, targets[i], 0, 7 * s);
    }
}

void heed_widget_scrollbar(const struct heed_skin *skin, struct heed_rect seen, float content,
                           float scroll)
{
    const float s = skin->scale;
    if (content > seen.h + 1 && !skin->printed) {
        const float h = fmaxf(seen.h * seen.h / content, 24 * s);
        const float at = fminf(fmaxf(scroll, 0) / (content - seen.h), 1);
        heed_list_fill(
            skin->list,
            (struct heed_rect){seen.x + seen.w - 7 * s, seen.y + at * (seen.h - h), 4 * s, h},
            2 * s, skin->theme->strong_border);
    }
}

void heed_widget_popover(const struct heed_skin *skin, struct heed_rect rect)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const struct heed_target before = skin->list->target;
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, (struct heed_rect){rect.x + 3 * s, rect.y + 5 * s, rect.w, rect.h},
                   10 * s, theme->shadow);
    heed_list_box(skin->list, rect, 10 * s, theme->raised, skin->hairline, theme->strong_border);
    skin->list->target = before;
}

void heed_widget_note(const struct heed_skin *skin, struct heed_rect rect)
{
    heed_list_box(skin->list, rect, 8 * skin->scale, skin->theme->note_fill, skin->hairline,
                  skin->theme->note_border);
}

void heed_widget_palette(const struct heed_skin *skin, struct heed_rect rect, float radius,
                         const struct heed_palette *palette, bool vertical)
{
    heed_list_gradient(skin->list, (struct heed_item_gradient){rect, radius, palette->stops,
                                                               HEED_PALETTE_STOPS, vertical});
    heed_list_outline(skin->list, rect, radius, skin->hairline, skin->theme->border);
}

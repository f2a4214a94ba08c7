/*
 * The controls of the window: each a function that draws one in its state and
 * gives its items the target. They keep nothing; what they look like under
 * the pointer follows from the skin.
 */
#ifndef HEED_SCENE_WIDGETS_WIDGETS_H
#define HEED_SCENE_WIDGETS_WIDGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/metrics.h"
#include "draw/theme.h"
#include "scene/widgets/numbers.h"

struct heed_skin {
    struct heed_list *list;
    const struct heed_theme *theme;
    const struct heed_metrics *metrics;
    float scale, hairline;
    float type;                 /* logical px of all text, as an export wants it; 0: as asked */
    bool projected;             /* type has a least size: see heed_widget_type */
    bool printed;               /* on paper: no whole px, nothing that a key or a hand moves */
    bool tinted;                /* the ground isn't plain: what is fainter can't be read on it */
    struct heed_target hot;     /* under the pointer */
    struct heed_target pressed; /* held down */
    struct heed_target focus;   /* keyboard focus, when it is to be shown */
};

enum heed_icon {
    HEED_ICON_NONE,
    HEED_ICON_PLUS,
    HEED_ICON_UNDO,
    HEED_ICON_REDO,
    HEED_ICON_EXPORT,
    HEED_ICON_THEME,
    HEED_ICON_CLOSE,
    HEED_ICON_CHEVRON_DOWN,
    HEED_ICON_CHEVRON_RIGHT,
    HEED_ICON_INSPECTOR,
    HEED_ICON_MENU,
    HEED_ICON_OPEN,
    HEED_ICON_SAVE,
    HEED_ICON_HELP,
    HEED_ICON_FILE,
    HEED_ICON_LESSON,
    HEED_ICON_CARDS,
    HEED_ICON_SETTINGS
};

bool heed_target_equal(struct heed_target a, struct heed_target b);
void heed_widget_button(const struct heed_skin *skin, struct heed_rect rect, enum heed_icon icon,
                        const char *label, bool on, bool disabled, struct heed_target target);
/* A button without ground at rest. */
void heed_widget_icon_button(const struct heed_skin *skin, struct heed_rect rect,
                             enum heed_icon icon, bool disabled, struct heed_target target);
/* quiet: the number is no key now. */
void heed_widget_tab(const struct heed_skin *skin, struct heed_rect rect, int number, bool quiet,
                     const char *label, bool active, struct heed_target target);
/* What a tab needs, its padding of 10 logical px a side included. */
float heed_widget_tab_width(const struct heed_skin *skin, int number, const char *label);
/* A row: label left, toggle right. */
void heed_widget_toggle(const struct heed_skin *skin, struct heed_rect rect, const char *label,
                        bool on, bool disabled, struct heed_target target);
/* A slider's track of 4 logical px and its knob, without words. */
void heed_widget_track(const struct heed_skin *skin, struct heed_rect track, float position,
                       bool disabled, struct heed_target target);
/* Label and value over a track, 40 logical px high in all; position 0..1. */
void heed_widget_slider(const struct heed_skin *skin, struct heed_rect rect, const char *label,
                        const char *value, float position, bool disabled,
                        struct heed_target target);
void heed_widget_select(const struct heed_skin *skin, struct heed_rect rect, const char *prefix,
                        const char *value, struct heed_target target);
void heed_widget_segments(const struct heed_skin *skin, struct heed_rect rect,
                          const char *const *labels, int n, int active,
                          const struct heed_target *targets);
float heed_widget_segments_width(const struct heed_skin *skin, const char *const *labels, int n);
/* At the right of what is seen, where it lies in content of this height; none if all is seen. */
void heed_widget_scrollbar(const struct heed_skin *skin, struct heed_rect seen, float content,
                           float scroll);
/* Shadow, ground, border of a popover; swallows the pointer. */
void heed_widget_popover(const struct heed_skin *skin, struct heed_rect rect);
/* A palette's colours from its lower end on, with a border. */
void heed_widget_palette(const struct heed_skin *skin, struct heed_rect rect, float radius,
                         const struct heed_palette *palette, bool vertical);
/* The ground of what must be read. */
void heed_widget_note(const struct heed_skin *skin, struct heed_rect rect);
void heed_widget_focus_ring(const struct heed_skin *skin, struct heed_rect rect, float radius);
/* The same about rect made smaller by `inset` px a side, if the target has the focus. */
void heed_widget_ring(const struct heed_skin *skin, struct heed_rect rect,
                      struct heed_target target, float inset, float radius);
/* How much of the track's whole is reached: a bar of `filled` px from its left. */
void heed_widget_bar(const struct heed_skin *skin, struct heed_rect track, float filled,
                     struct heed_color color);
/* Of a text: a whole px on a screen, for sharp letters; on paper lines stay equally far apart. */
float heed_widget_baseline(const struct heed_skin *skin, float y);
/* Text centred on its capitals at cy; elided with … beyond max_width (px, 0:
 * never). Returns the width. */
float heed_widget_text(const struct heed_skin *skin, float x, float cy,
                       struct heed_text_style style, enum heed_anchor anchor,
                       struct heed_color color, const char *text, float max_width);
/* The same in one of the styles, from x on, up to x, and on both sides of x. */
float heed_widget_left(const struct heed_skin *skin, float x, float cy, float size, int weight,
                       struct heed_color color, const char *text, float max_width);
float heed_widget_right(const struct heed_skin *skin, float x, float cy, float size, int weight,
                        struct heed_color color, const char *text, float max_width);
float heed_widget_middle(const struct heed_skin *skin, float x, float cy, float size, int weight,
                         struct heed_color color, const char *text, float max_width);
/* A number as heed_format_number writes it, up to x. */
float heed_widget_number(const struct heed_skin *skin, float x, float cy, float size, int weight,
                         struct heed_color color, double value, int decimals);
float heed_widget_width(const struct heed_skin *skin, struct heed_text_style style,
                        const char *text);
/* What type of this logical size is drawn with. Projected, 432 logical px are the height of
 * the screen: nothing is below 1/36 of it, and what is read, from 13 on, not below 1/30. */
float heed_widget_type(const struct heed_skin *skin, float size);
/* A style at this logical size, if the skin hasn't one for all text. */
struct heed_text_style heed_widget_style(const struct heed_skin *skin, float size, int weight);

#endif

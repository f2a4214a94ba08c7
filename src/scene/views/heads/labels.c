#include "scene/views/heads/labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/head_values.h"
#include "scene/parts/provisos.h"
#include "scene/views/heads/layout.h"
#include "scene/views/heads/links.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { BAR = 80 /* logical px of an export's */ };

const char *heed_heads_short_label(enum heed_head_label label, bool narrow)
{
    static const char *const names[] = {
        [HEED_LABEL_NONE] = "",
        [HEED_LABEL_PREVIOUS] = "previous",
        [HEED_LABEL_NEXT] = "next",
        [HEED_LABEL_SELF] = "self",
        [HEED_LABEL_CLS] = "[CLS]",
        [HEED_LABEL_SEP] = "[SEP]",
        [HEED_LABEL_PUNCTUATION] = "signs",
        [HEED_LABEL_SAME_WORD] = "same word",
        [HEED_LABEL_BROAD] = "broad",
    };
    return narrow && label == HEED_LABEL_PREVIOUS    ? "prev."
           : narrow && label == HEED_LABEL_SAME_WORD ? "same"
                                                     : names[label];
}

static float type_of(const struct heed_heads *heads)
{
    return heads->pitch_x < 66 * heads->s ? 12 : 13;
}

/* What a label may take below its thumbnail. */
static float room_of(const struct heed_heads *heads)
{
    return heads->pitch_x - 2 * heads->s;
}

/* Is a label too wide there, as it is? An export makes room for all. */
static bool is_narrow(const struct heed_heads *heads, enum heed_head_label label)
{
    const struct heed_text_style style = heed_widget_style(&heads->skin, type_of(heads), 600);
    const char *whole = heed_heads_short_label(label, false);
    return !heads->frame->is_export &&
           heed_widget_width(&heads->skin, style, whole) > room_of(heads);
}

/* The measure that the heads are ordered by; a link that isn't pinned is as entropy. */
static enum heed_color_by measure_of(const struct heed_heads *heads)
{
    struct heed_state state = *heads->frame->state;
    struct heed_frame frame = *heads->frame;
    state.color_by = (enum heed_color_by)(heads->order - HEED_ORDER_MEASURE);
    frame.state = &state;
    return heed_head_map_color_by(&frame);
}

/* Decimals of a number that the heads are ordered by. */
static int decimals_of(const struct heed_heads *heads)
{
    if (heads->order < HEED_ORDER_MEASURE) {
        return 2;
    }
    return heed_color_by_decimals(measure_of(heads));
}

/* --- beneath a thumbnail --- */

struct lines {
    char first[32], second[32];
    int weight;
    bool quiet; /* the label says little: a template's token */
};

static void fill_lines(const struct heed_heads *heads, const struct heed_thumbnail *item,
                       struct lines *lines)
{
    float value = item->value;
    lines->weight = 400;
    if (heads->order != HEED_ORDER_GRID) {
        heed_head_name(item->id, lines->first, sizeof(lines->first));
        lines->weight = 500;
    } else {
        const enum heed_head_label label =
            heed_maps_label(heads->maps, heed_heads_map_of(heads, item->id), &value);
        snprintf(lines->first, sizeof(lines->first), "%s",
                 heed_heads_short_label(label, is_narrow(heads, label)));
        if (label == HEED_LABEL_CLS || label == HEED_LABEL_SEP) {
            heed_template_name(heads->maps, label == HEED_LABEL_CLS, lines->first,
                               sizeof(lines->first));
        }
        lines->quiet =
            label == HEED_LABEL_CLS || label == HEED_LABEL_SEP || label == HEED_LABEL_PUNCTUATION;
        lines->weight = lines->quiet || label == HEED_LABEL_BROAD ? 400 : 600;
        if (label == HEED_LABEL_NONE) {
            return;
        }
    }
    heed_format_number(lines->second, sizeof(lines->second), (double)value, decimals_of(heads));
}

float heed_heads_widest_text(const struct heed_heads *heads)
{
    float widest = 0;
    for (int i = 0; i < heads->n; i++) {
        struct lines lines = {0};
        fill_lines(heads, &heads->items[i], &lines);
        const struct heed_text_style style = heed_widget_style(&heads->skin, 13, lines.weight);
        widest = fmaxf(widest, heed_widget_width(&heads->skin, style, lines.first));
    }
    return widest;
}

void heed_heads_draw_text(const struct heed_heads *heads, const struct heed_thumbnail *item)
{
    const struct heed_theme *theme = heads->frame->theme;
    const float s = heads->s;
    struct lines lines = {0};
    if (heads->lines == 0) {
        return;
    }
    fill_lines(heads, item, &lines);
    const bool hovered = heed_heads_is_hovered(heads, item->id);
    const float size = type_of(heads);
    const float x = item->slot.x + heads->slot / 2;
    const float y = item->slot.y + heads->slot + (heads->lines > 1 ? 14 : 13) * s;
    heed_widget_middle(&heads->skin, x, y, size, hovered ? 600 : lines.weight,
                       lines.quiet && !hovered ? theme->muted : theme->text, lines.first,
                       room_of(heads));
    if (heads->lines > 1) {
        heed_widget_middle(&heads->skin, x, y + 15 * s, size, 400, theme->muted, lines.second,
                           room_of(heads));
    }
}

/* --- rows and columns --- */

static void draw_label(const struct heed_heads *heads, struct heed_target target, float x, float cy,
                       enum heed_anchor anchor, const char *text, struct heed_rect spot)
{
    const struct heed_skin *skin = &heads->skin;
    skin->list->target = target;
    heed_widget_text(skin, x, cy, heed_widget_style(&heads->skin, 13, 400), anchor,
                     skin->theme->muted, text, 0);
    if (!heads->frame->is_export) {
        heed_list_hotspot(skin->list, spot);
    }
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin,
                     (struct heed_rect){spot.x + 4 * skin->scale, spot.y + 3 * skin->scale,
                                        spot.w - 8 * skin->scale, spot.h - 6 * skin->scale},
                     target, 0, 2 * skin->scale);
}

static void draw_columns(const struct heed_heads *heads)
{
    const float s = heads->s;
    const struct heed_rect area = heads->area;
    heed_list_clip(heads->frame->list, (struct heed_rect){area.x - 6 * s, heads->columns_y - 16 * s,
                                                          area.w + 12 * s, 32 * s});
    for (int head = 0; head < heads->maps->n_heads; head++) {
        const struct heed_rect slot = heads->items[head].slot;
        const float middle = slot.x + heads->slot / 2;
        char text[16];
        if (middle < area.x + 7 * s || middle > area.x + area.w - 7 * s) {
            continue; /* half a number would be another one */
        }
        snprintf(text, sizeof(text), "%d", head);
        draw_label(heads,
                   (struct heed_target){.kind = HEED_TARGET_HEAD_LABEL,
                                        .flags = HEED_TARGET_FLAG_THUMBNAIL,
                                        .a = head},
                   middle, heads->columns_y, HEED_ANCHOR_MIDDLE, text,
                   (struct heed_rect){slot.x - (heads->pitch_x - heads->slot) / 2,
                                      heads->columns_y - 13 * s, heads->pitch_x, 26 * s});
    }
    heed_list_unclip(heads->frame->list);
}

static void draw_layers(const struct heed_heads *heads)
{
    const float s = heads->s;
    const struct heed_rect area = heads->area;
    heed_list_clip(heads->frame->list, (struct heed_rect){heads->rect.x, area.y - 6 * s,
                                                          area.x - heads->rect.x, area.h + 12 * s});
    for (int layer = 0; layer < heads->maps->n_layers; layer++) {
        const struct heed_rect slot = heads->items[layer * heads->maps->n_heads].slot;
        char text[16];
        snprintf(text, sizeof(text), "L%d", layer);
        const float end = area.x - (heads->frame->is_export ? 4 : 9) * s;
        draw_label(heads,
                   (struct heed_target){.kind = HEED_TARGET_LAYER_LABEL,
                                        .flags = HEED_TARGET_FLAG_THUMBNAIL,
                                        .a = layer},
                   end, slot.y + heads->slot / 2, HEED_ANCHOR_END, text,
                   (struct heed_rect){end - 34 * s, slot.y, 40 * s, heads->slot});
    }
    heed_list_unclip(heads->frame->list);
}

/* --- headings --- */

static void title_text(const struct heed_heads *heads, int group, char *text, size_t size)
{
    if (heads->order == HEED_ORDER_LABEL) {
        heed_label_name(heads->maps,
                        group > (int)HEED_LABEL_BROAD ? HEED_LABEL_NONE
                                                      : (enum heed_head_label)group,
                        text, size);
        return;
    }
    const int band = HEED_HEADS_BANDS - 1 - group;
    char from[24], to[24];
    const double low = (double)heads->low;
    const double step = ((double)heads->high - low) / HEED_HEADS_BANDS;
    heed_format_number(from, sizeof(from), low + step * band, decimals_of(heads));
    heed_format_number(to, sizeof(to), low + step * (band + 1), decimals_of(heads));
    snprintf(text, size, "%s to %s", from, to);
}

static void draw_titles(const struct heed_heads *heads)
{
    const float s = heads->s;
    const struct heed_rect area = heads->area;
    heed_list_clip(heads->frame->list, (struct heed_rect){heads->rect.x, area.y - 6 * s,
                                                          heads->rect.w, area.h + 12 * s});
    for (int i = 0; i < heads->n_titles; i++) {
        const struct heed_heads_title *title = &heads->titles[i];
        char text[64];
        title_text(heads, title->group, text, sizeof(text));
        float x = area.x - heads->scroll_x;
        x += heed_widget_left(&heads->skin, x, title->y, 14, 600, heads->frame->theme->text, text,
                              0);
        snprintf(text, sizeof(text), "%d head%s", title->n, title->n == 1 ? "" : "s");
        heed_widget_left(&heads->skin, x + 10 * s, title->y, 13, 400, heads->frame->theme->muted,
                         text, 0);
    }
    heed_list_unclip(heads->frame->list);
}

/* --- header --- */

/* The rule that decides the labels, or the order. */
static void rule_text(const struct heed_heads *heads, bool short_form, char *text, size_t size)
{
    static const char rule[] =
        "label: largest mean share \xE2\x89\xA5 0.40, else entropy \xE2\x89\xA5 0.80";
    if (heads->order < HEED_ORDER_MEASURE) {
        snprintf(text, size, "%s",
                 short_form ? "label: share \xE2\x89\xA5 0.40, else entropy \xE2\x89\xA5 0.80"
                            : rule);
        return;
    }
    const enum heed_color_by measure = measure_of(heads);
    char name[224];
    if (measure == HEED_COLOR_BY_LINK) {
        struct heed_frame pinned = *heads->frame;
        pinned.hover = (struct heed_hover){0};
        char pair[192];
        heed_pair_text(&pinned, pair, sizeof(pair));
        snprintf(name, sizeof(name), "%s%s",
                 heads->frame->state->key.count > 0 ? "" : "largest from ", pair);
    } else if (measure == HEED_COLOR_BY_MARGIN) {
        heed_candidates_text(heads->frame, name, sizeof(name));
    } else {
        snprintf(name, sizeof(name), "%s", heed_color_by_name(measure));
    }
    snprintf(text, size, short_form ? "by %s" : "ordered by %s, largest first", name);
    for (char *c = text + (short_form ? 3 : 11);
         measure != HEED_COLOR_BY_LINK && measure != HEED_COLOR_BY_MARGIN && *c >= 'A' && *c <= 'Z';
         c++) {
        *c = (char)(*c - 'A' + 'a');
    }
}

static float text_width(const struct heed_heads *heads, struct heed_text_style style,
                        const char *text)
{
    return heed_widget_width(&heads->skin, style, text);
}

/* Returns where the rule begins. */
static float draw_rule(const struct heed_heads *heads, float start, float end)
{
    const struct heed_text_style style = heed_widget_style(&heads->skin, 13, 400);
    char text[320];
    for (int form = 0; form < 2; form++) {
        rule_text(heads, form == 1, text, sizeof(text));
        if (start + text_width(heads, style, text) <= end) {
            break;
        }
    }
    return end - heed_widget_text(&heads->skin, end, heads->header_y, style, HEED_ANCHOR_END,
                                  heads->frame->theme->muted, text, fmaxf(end - start, 1));
}

static const char *axes_text(const struct heed_heads *heads)
{
    return heads->links ? "left attends, right is attended to"
                        : "rows attend, columns are attended to";
}

static void count_text(const struct heed_heads *heads, char text[48])
{
    snprintf(text, 48, "%d head%s", heads->n, heads->n == 1 ? "" : "s");
}

int heed_heads_header_lines(const struct heed_heads *heads)
{
    char text[48];
    count_text(heads, text);
    const float used =
        text_width(heads, heed_widget_style(&heads->skin, 16, 600), text) +
        text_width(heads, heed_widget_style(&heads->skin, 14, 400), axes_text(heads)) +
        14 * heads->s;
    return used <= heads->rect.w - 2 * heads->pad ? 1 : 2;
}

static void draw_header(const struct heed_heads *heads)
{
    const struct heed_theme *theme = heads->frame->theme;
    const bool is_export = heads->frame->is_export;
    const float s = heads->s, left = heads->rect.x + heads->pad;
    const float end = heads->rect.x + heads->rect.w - heads->pad;
    const struct heed_text_style style = heed_widget_style(&heads->skin, 14, 400);
    float x = left, y = heads->header_y;
    char text[48];
    count_text(heads, text);
    x += heed_widget_left(&heads->skin, x, y, 16, 600, theme->text, text, 0) + 14 * s;
    const float rule = is_export ? end : draw_rule(heads, x, end) - 12 * s;
    if (is_export && heed_heads_header_lines(heads) > 1) {
        x = left;
        y += HEED_HEADS_LINE * s;
    }
    const char *axes = axes_text(heads);
    if (is_export || x + text_width(heads, style, axes) <= rule) {
        heed_widget_text(&heads->skin, x, y, style, HEED_ANCHOR_START, theme->muted, axes, 0);
    }
}

/* --- legend --- */

static const char *weight_name(const struct heed_heads *heads)
{
    switch (heads->maps->filter.measure) {
    case HEED_MEASURE_VALUE_NORM:
        return "weight \xC3\x97 |value|, share of its row";
    case HEED_MEASURE_ROLLOUT:
        return "rollout, one map a layer";
    case HEED_MEASURE_WEIGHT:
        break;
    }
    return "weight";
}

static void scale_note(const struct heed_heads *heads, bool brief, char *text, size_t size)
{
    if (heads->links) {
        snprintf(text, size, "%s; the strongest %d links of each head%s", weight_name(heads),
                 (int)HEED_HEADS_MOST_LINKS, brief ? "" : ", the stronger the clearer");
        return;
    }
    const int block = heads->small ? heads->maps->thumbnail_block : 1;
    int n = snprintf(text, size, "%s, linear, %s", weight_name(heads),
                     brief ? "one scale" : "same scale for all heads");
    if (block > 1 && n > 0 && (size_t)n < size) {
        snprintf(text + n, size - (size_t)n, "; %s the largest of %d \xC3\x97 %d",
                 brief ? "a cell:" : "each cell", block, block);
    }
}

/* In an export with the rule of what stands beneath the thumbnails. */
static void legend_note(const struct heed_heads *heads, char *text, size_t size)
{
    scale_note(heads, false, text, size);
    const size_t used = strlen(text);
    if (heads->frame->is_export && heads->lines > 0 && used + 3 < size) {
        memcpy(text + used, "; ", 3);
        rule_text(heads, false, text + used + 2, size - used - 2);
    }
}

static const float weights[] = {0.1F, 0.3F, 0.6F, 1};
static const char *const weight_labels[] = {"0.1", "0.3", "0.6", "1"};

/* px of an export's bar with its ends, or of the lines of some weights. */
static float key_width(const struct heed_heads *heads)
{
    const struct heed_text_style style = heed_widget_style(&heads->skin, 12, 400);
    const float s = heads->s;
    float width = 0;
    if (!heads->links) {
        return text_width(heads, style, "0") + text_width(heads, style, "1") + (BAR + 10) * s;
    }
    for (size_t i = 0; i < HEED_COUNT(weights); i++) {
        width += text_width(heads, style, weight_labels[i]) + 32 * s;
    }
    return width - 10 * s;
}

int heed_heads_note_lines(const struct heed_heads *heads)
{
    char note[HEED_HEADS_NOTE];
    const struct heed_text_style style = heed_widget_style(&heads->skin, 13, 400);
    const float room = heads->rect.w - 2 * heads->pad;
    legend_note(heads, note, sizeof(note));
    return key_width(heads) + 14 * heads->s + text_width(heads, style, note) <= room
               ? 0
               : heed_text_lines(&heads->skin, style, note, room, HEED_HEADS_NOTE_LINES);
}

static float draw_bar(const struct heed_heads *heads, float x, float y, bool inline_ends)
{
    const struct heed_frame *frame = heads->frame;
    const struct heed_theme *theme = frame->theme;
    const float s = heads->s;
    const float width = (frame->is_export ? BAR : inline_ends ? 96 : 200) * s;
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, frame->state->palette);
    const struct heed_text_style style = heed_widget_style(&heads->skin, 12, 400);
    if (inline_ends) {
        x += heed_widget_text(&heads->skin, x, y, style, HEED_ANCHOR_START, theme->muted, "0", 0) +
             5 * s;
    }
    const struct heed_rect bar = {x, roundf(y - 4 * s), width, 8 * s};
    heed_widget_palette(&heads->skin, bar, 2 * s, palette, false);
    const float end = x + width;
    if (inline_ends) {
        return end + 5 * s +
               heed_widget_text(&heads->skin, end + 5 * s, y, style, HEED_ANCHOR_START,
                                theme->muted, "1", 0);
    }
    heed_widget_text(&heads->skin, x, y + 15 * s, style, HEED_ANCHOR_START, theme->muted, "0", 0);
    heed_widget_text(&heads->skin, end, y + 15 * s, style, HEED_ANCHOR_END, theme->muted, "1", 0);
    return end;
}

/* Lines of some weights, as they are drawn. */
static float draw_samples(const struct heed_heads *heads, float x, float y)
{
    const struct heed_theme *theme = heads->frame->theme;
    const float s = heads->s;
    for (size_t i = 0; i < HEED_COUNT(weights); i++) {
        heed_list_stroke(heads->frame->list, x, y, x + 18 * s, y, fmaxf(s, heads->skin.hairline),
                         heed_color_alpha(theme->text, heed_heads_link_opacity(weights[i])));
        x += 22 * s;
        x += heed_widget_left(&heads->skin, x, y, 12, 400, theme->muted, weight_labels[i], 0) +
             10 * s;
    }
    return x - 10 * s;
}

static void draw_legend(const struct heed_heads *heads)
{
    const struct heed_frame *frame = heads->frame;
    const float s = heads->s, y = heads->footer_y;
    const bool one_line = frame->is_export || heads->rect.w < 860 * s || heads->rect.h < 620 * s;
    float x = frame->is_export ? heads->rect.x + 2 * s : heads->area.x;
    x = heads->links ? draw_samples(heads, x, y) : draw_bar(heads, x, y, one_line);
    char note[HEED_HEADS_NOTE];
    legend_note(heads, note, sizeof(note));
    const float end = heads->rect.x + heads->rect.w - heads->pad;
    const struct heed_text_style style = heed_widget_style(&heads->skin, 13, 400);
    if (!frame->is_export && text_width(heads, style, note) > end - x - 14 * s) {
        scale_note(heads, true, note, sizeof(note));
    }
    const int lines = frame->is_export ? heed_heads_note_lines(heads) : 0;
    if (lines == 0) {
        heed_widget_text(&heads->skin, x + 14 * s, y, style, HEED_ANCHOR_START, frame->theme->muted,
                         note, fmaxf(end - x - 14 * s, 1));
    } else {
        heed_text_wrapped(&heads->skin, heads->rect.x + heads->pad, y + 18 * s, HEED_HEADS_LINE * s,
                          style, frame->theme->muted, note, heads->rect.w - 2 * heads->pad,
                          HEED_HEADS_NOTE_LINES);
    }
    heed_foot_draw(heads->frame, &heads->skin, heads->rect.x + 2 * s,
                   y + (18 + HEED_HEADS_LINE * (float)lines) * s, heads->rect.w - 4 * s);
}

void heed_heads_draw_labels(const struct heed_heads *heads)
{
    if (heads->order == HEED_ORDER_GRID) {
        draw_columns(heads);
        draw_layers(heads);
    }
    draw_titles(heads);
    draw_header(heads);
    draw_legend(heads);
}

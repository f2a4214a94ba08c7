#include "scene/chrome/rail.h"

#include <math.h>
#include <stdio.h>

#include "scene/chrome/head_map.h"
#include "scene/chrome/sliders.h"
#include "scene/frame/kind.h"
#include "scene/frame/off_words.h"
#include "scene/frame/panel_kind.h"
#include "scene/frame/shown.h"
#include "scene/parts/head_values.h"
#include "scene/views/needs.h"
#include "scene/widgets/icons.h"
#include "scene/widgets/label.h"

enum { ROOMY_ROWS = 8 /* more heads than this get one line each */ };

/* One of the shown heads is the one in hand. */
static bool chooses_head(const struct heed_view_kind *kind)
{
    return kind->one_head || kind->fill_changes != NULL;
}

/* There a row chooses the head (flag 1), elsewhere it hides it. */
static struct heed_target row_target(const struct heed_view_kind *kind, struct heed_head_id id)
{

    return (struct heed_target){
        .kind = HEED_TARGET_HEAD, .flags = chooses_head(kind), .a = id.layer, .b = id.head};
}

static struct heed_target hide_target(struct heed_head_id id)
{
    return heed_command_target(HEED_COMMAND_TOGGLE_HEAD, heed_head_argument(id));
}

/* The ground of a row: pointed at, or the map of Matrix. */
static void row_ground(const struct heed_column *column, struct heed_rect row,
                       struct heed_head_id id, bool hot)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_state *state = column->frame->state;
    const bool chosen =
        chooses_head(column->frame->kind) && heed_head_equal(state->matrix_head, id);
    struct heed_item_rect ground = {.rect = row, .radius = 6 * column->s};
    if (hot) {
        ground.fill = skin->theme->hover;
    }
    if (chosen) {
        ground.rect.y += 1;
        ground.rect.h -= 2;
        ground.fill = hot ? skin->theme->hover : skin->theme->raised;
        ground.stroke =
            (struct heed_stroke){.width = skin->hairline, .color = skin->theme->strong_border};
    }
    if (hot || chosen) {
        heed_list_rect(skin->list, ground);
    }
}

/* extra: room for the factor. Returns where that ends. */
static float row_texts(const struct heed_column *column, const struct heed_shown_head *shown,
                       float value, bool roomy, bool hot, float cy, float extra)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const float s = column->s;
    char name[24], number[32], label[96];
    heed_head_name(shown->id, name, sizeof(name));
    number[0] = '\0';
    if (!isnan(value)) {
        heed_format_number(number, sizeof(number), (double)value, 3);
    }
    heed_head_label_text(maps, shown->id, label, sizeof(label));
    const float x = column->x + 24 * s;
    const float close = hot ? 24 * s : 0;
    const float named = heed_widget_left(skin, x, cy, 15, 600, theme->text, name, 0);
    const float used = heed_widget_right(skin, column->x + column->width - (roomy ? 0 : close), cy,
                                         15, 500, theme->text, number, 0);
    const float end = column->x + column->width - close;
    if (roomy) {
        heed_widget_left(skin, x, cy + 20 * s, 13, 400, theme->muted, label,
                         fmaxf(end - extra - x, 1));
        return end;
    }
    heed_widget_left(skin, x + named + 8 * s, cy, 13, 400, theme->muted, label,
                     fmaxf(end - used - 16 * s - extra - x - named, 1));
    return end - used - 8 * s;
}

enum { FACTOR_WIDTH = 54 };

/* "× 0.5", which opens the menu of factors. */
static void factor_button(const struct heed_column *column, struct heed_head_id id, float end,
                          float cy)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, h = 22 * s;
    const float factor = heed_state_factor(column->frame->state, id);
    const struct heed_target target =
        heed_command_target(HEED_COMMAND_SCALE_HEAD, heed_head_argument(id));
    const struct heed_rect rect = {roundf(end - FACTOR_WIDTH * s), roundf(cy - h / 2),
                                   FACTOR_WIDTH * s, h};
    char text[24];
    heed_factor_text(factor, text, sizeof(text));
    skin->list->target = target;
    heed_list_box(skin->list, rect, 6 * s,
                  heed_target_equal(skin->hot, target) ? skin->theme->sunken : skin->theme->raised,
                  skin->hairline, skin->theme->strong_border);
    heed_widget_middle(skin, rect.x + rect.w / 2, cy, 12, 500, skin->theme->text,
                       factor == 0 ? "muted" : text, rect.w - 6 * s);
    heed_list_hotspot(skin->list, rect);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, rect, target, 0, 6 * s);
}

static void shown_row(struct heed_column *column, const struct heed_shown_head *shown, float value,
                      bool roomy)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, height = (roomy ? 50 : 28) * s;
    const float cy = column->y + (roomy ? 15 : 14) * s;
    const struct heed_target target = row_target(column->frame->kind, shown->id);
    const struct heed_target hide = hide_target(shown->id);
    const struct heed_target scale =
        heed_command_target(HEED_COMMAND_SCALE_HEAD, heed_head_argument(shown->id));
    const bool focused = heed_target_equal(skin->focus, target) ||
                         heed_target_equal(skin->focus, hide) ||
                         heed_target_equal(skin->focus, scale);
    const bool hot = heed_target_equal(skin->hot, target) || heed_target_equal(skin->hot, hide) ||
                     heed_target_equal(skin->hot, scale);
    const bool scaled = heed_state_factor(column->frame->state, shown->id) != 1;
    const bool scales = hot || focused || scaled;
    const struct heed_rect row = {column->x - 8 * s, column->y, column->width + 16 * s, height};
    skin->list->target = target;
    row_ground(column, row, shown->id, hot);
    heed_chip_of(skin, column->x, cy, roomy ? 14 : 12, shown->color);
    const float end = row_texts(column, shown, value, roomy, hot || focused, cy,
                                scales ? (FACTOR_WIDTH + 8) * s : 0);
    heed_list_hotspot(skin->list, row);
    skin->list->target = (struct heed_target){0};
    if (scales) {
        factor_button(column, shown->id, end, roomy ? cy + 20 * s : cy);
    }
    if (hot || focused) {
        const float size = 24 * s;
        heed_widget_icon_button(skin,
                                (struct heed_rect){roundf(column->x + column->width - size + 6 * s),
                                                   roundf(cy + (roomy ? 20 * s : 0) - size / 2),
                                                   size, size},
                                HEED_ICON_CLOSE, false, hide);
    }
    heed_widget_ring(skin, row, target, 4 * s, 2 * s);
}

static void draw_shown(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_state *state = frame->state;
    float high = 1;
    const float *values = heed_head_map_values(frame, &high);
    if (values == NULL) {
        return;
    }
    char note[192] = "";
    const enum heed_color_by color_by = heed_head_map_color_by(frame);
    struct heed_panel_map map;
    if (heed_panel_get_map(frame, &map)) {
        snprintf(note, sizeof(note), "%s", map.note);
    } else if (heed_head_map_shows_change(frame)) {
        struct heed_change_name name = {0};
        frame->kind->name_changes(frame, &name);
        snprintf(note, sizeof(note), "%s", name.note);
    } else if (color_by == HEED_COLOR_BY_MARGIN) {
        snprintf(note, sizeof(note), "margin");
    } else if (color_by == HEED_COLOR_BY_LINK) {
        struct heed_frame pinned = *frame;
        pinned.hover = (struct heed_hover){0};
        heed_pair_text(&pinned, note, sizeof(note));
    } else {
        snprintf(note, sizeof(note), "%s", heed_color_by_name(color_by));
    }
    heed_column_title(column, "Shown", NULL, note);
    const bool roomy = state->n_shown <= ROOMY_ROWS;
    for (int i = 0; i < state->n_shown; i++) {
        const struct heed_shown_head *shown = &state->shown[i];
        const float height = (roomy ? 50 : 28) * column->s;
        if (shown->id.layer >= maps->n_layers || shown->id.head >= maps->n_heads) {
            continue;
        }
        if (heed_column_sees(column, height)) {
            shown_row(column, shown, values[shown->id.layer * maps->n_heads + shown->id.head],
                      roomy);
        }
        column->y += height;
    }
    if (state->n_shown == 0) {
        heed_widget_left(column->skin, column->x, column->y + 10 * column->s, 13, 400,
                         column->skin->theme->muted, "None. Click a cell above.", column->width);
        column->y += 32 * column->s;
    }
    column->y += 6 * column->s;
}

static void toggle(struct heed_column *column, const char *label, bool on,
                   enum heed_command command)
{
    const struct heed_rect rect = {column->x, column->y, column->width, 32 * column->s};
    struct heed_target target = heed_needy_target(column->frame->result, command, 0);
    if (heed_command_is_idle(column->frame->kind, column->frame->state, column->frame->result,
                             (int)command, NULL, 0)) {
        target.flags |= HEED_TARGET_FLAG_IDLE;
    }
    if (heed_column_sees(column, rect.h)) {
        heed_widget_toggle(column->skin, rect, label, on, false, target);
    }
    column->y += rect.h;
    if (target.flags & HEED_TARGET_FLAG_LACKS) {
        heed_widget_left(column->skin, column->x, column->y + 4 * column->s, 13, 400,
                         column->skin->theme->muted, "not marked in this file", column->width);
        column->y += 16 * column->s;
    }
}

static void slider(struct heed_column *column, const char *label, const char *value,
                   enum heed_slider which, float position)
{
    const struct heed_rect rect = {column->x, column->y, column->width, 40 * column->s};
    struct heed_target target = {.kind = HEED_TARGET_SLIDER, .a = (int32_t)which};
    if (heed_slider_is_idle(column->frame->kind, column->frame->state, (int)which, NULL, 0)) {
        target.flags = HEED_TARGET_FLAG_IDLE;
    }
    heed_widget_slider(column->skin, rect, label, value, position, false, target);
    column->y += 48 * column->s;
}

static void draw_segments(struct heed_column *column)
{
    static const char *const labels[] = {"All",
                                         "A\xE2\x86\x92"
                                         "A",
                                         "A\xE2\x86\x92"
                                         "B",
                                         "B\xE2\x86\x92"
                                         "A",
                                         "B\xE2\x86\x92"
                                         "B"};
    enum { N = sizeof(labels) / sizeof(labels[0]) };
    struct heed_target targets[N];
    const bool idle = heed_command_is_idle(column->frame->kind, column->frame->state,
                                           column->frame->result, HEED_COMMAND_SEGMENTS, NULL, 0);
    for (int i = 0; i < N; i++) {
        targets[i] = heed_command_target(HEED_COMMAND_SEGMENTS, i);
        targets[i].flags = idle ? HEED_TARGET_FLAG_IDLE : 0;
    }
    const struct heed_rect rect = {column->x, roundf(column->y + 4 * column->s), column->width,
                                   32 * column->s};
    heed_widget_segments(column->skin, rect, labels, N, (int)column->frame->state->filter.segments,
                         targets);
    column->y += 44 * column->s;
}

static void draw_sliders(struct heed_column *column)
{
    const struct heed_filter *filter = &column->frame->state->filter;
    char value[32];
    snprintf(value, sizeof(value), "%.3g", (double)filter->threshold);
    slider(column, "Threshold", value, HEED_SLIDER_THRESHOLD,
           heed_slider_to_position(HEED_SLIDER_THRESHOLD, filter->threshold));
    snprintf(value, sizeof(value), "%.0f %%", (double)filter->top_p * 100);
    slider(column, "Keep top share", value, HEED_SLIDER_TOP_P,
           heed_slider_to_position(HEED_SLIDER_TOP_P, filter->top_p));
    snprintf(value, sizeof(value), filter->top_k > 0 ? "%d of each row" : "all", filter->top_k);
    slider(column, "Keep largest", value, HEED_SLIDER_TOP_K,
           heed_slider_to_position(HEED_SLIDER_TOP_K, (float)filter->top_k));
}

/* What differs from "all links from the threshold up", in a few words. */
static void filters_summary(const struct heed_filter *filter, char *text, size_t size)
{
    int n = filter->hide_special + filter->hide_punctuation + filter->renormalise + filter->words +
            (filter->aggregate != HEED_AGGREGATE_NONE) + (filter->segments != HEED_SEGMENTS_ALL) +
            (filter->top_p < 1) + (filter->top_k > 0);
    const char *one = filter->hide_special                       ? "special hidden"
                      : filter->hide_punctuation                 ? "punctuation hidden"
                      : filter->words                            ? "words merged"
                      : filter->aggregate != HEED_AGGREGATE_NONE ? "heads averaged"
                      : filter->top_p < 1                        ? "top share"
                      : filter->top_k > 0                        ? "largest only"
                                                                 : "";
    if (n == 0) {
        snprintf(text, size, "from %.3g", (double)filter->threshold);
    } else if (n == 1 && one[0] != '\0') {
        snprintf(text, size, "%s", one);
    } else {
        snprintf(text, size, "%d on", n);
    }
}

static void folding_title(struct heed_column *column, bool open)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 22 * s;
    const struct heed_target target = heed_command_target(HEED_COMMAND_FILTERS, 0);
    const struct heed_rect row = {column->x - 8 * s, column->y + 6 * s, column->width + 16 * s,
                                  32 * s};
    char summary[64];
    struct heed_filter applied = column->frame->state->filter;
    const unsigned lacks = column->frame->result != NULL ? column->frame->result->lacks : 0;
    applied.hide_special &= (lacks & HEED_LACKS_SPECIAL) == 0;
    applied.words &= (lacks & HEED_LACKS_WORDS) == 0;
    filters_summary(&applied, summary, sizeof(summary));
    skin->list->target = target;
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, row, 6 * s, skin->theme->hover);
    }
    const float x =
        column->x + heed_widget_left(skin, column->x, cy, 15, 600, skin->theme->text, "Filters", 0);
    const float end = column->x + column->width - 18 * s;
    heed_widget_right(skin, end, cy, 13, 400, skin->theme->muted, summary, end - x - 10 * s);
    heed_widget_icon(skin, open ? HEED_ICON_CHEVRON_DOWN : HEED_ICON_CHEVRON_RIGHT,
                     column->x + column->width - 7 * s, cy, skin->theme->text);
    heed_list_hotspot(skin->list, row);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, row, target, 4 * s, 2 * s);
    column->y += 42 * s;
}

static void draw_filters(struct heed_column *column, const struct heed_chrome *chrome)
{
    const struct heed_filter *filter = &chrome->frame.state->filter;
    const bool open = !chrome->layout.filters_fold || chrome->filters_open;
    if (chrome->layout.filters_fold) {
        folding_title(column, open);
    } else {
        heed_column_title(column, "Filters", NULL, NULL);
    }
    if (!open) {
        return;
    }
    toggle(column, "Hide special tokens", filter->hide_special, HEED_COMMAND_HIDE_SPECIAL);
    toggle(column, "Hide punctuation", filter->hide_punctuation, HEED_COMMAND_HIDE_PUNCTUATION);
    toggle(column, "Renormalise rows", filter->renormalise, HEED_COMMAND_RENORMALISE);
    toggle(column, "Average shown heads", filter->aggregate != HEED_AGGREGATE_NONE,
           HEED_COMMAND_AGGREGATE);
    if (chrome->layout.compact) {
        toggle(column, "Merge word pieces", heed_merges_words(&chrome->frame), HEED_COMMAND_WORDS);
    }
    if (chrome->frame.state->pair != NULL) {
        draw_segments(column);
    }
    column->y += 6 * column->s;
    draw_sliders(column);
}

void heed_rail_draw(struct heed_chrome *chrome)
{
    const struct heed_layout *layout = &chrome->layout;
    if (layout->rail.w <= 0) {
        return;
    }
    struct heed_column column = heed_column_open(&chrome->frame, &chrome->skin, layout->rail,
                                                 chrome->rail_scroll, HEED_SCROLL_RAIL);
    heed_head_map_draw(&column, layout);
    if (heed_frame_get_maps(&chrome->frame) != NULL) {
        heed_column_separator(&column);
        draw_shown(&column);
    }
    heed_column_separator(&column);
    draw_filters(&column, chrome);
    column.y += 12 * column.s;
    chrome->rail_content = heed_column_close(&column, chrome->rail_scroll);
    heed_list_fill(chrome->frame.list,
                   (struct heed_rect){layout->rail.x + layout->rail.w - chrome->frame.hairline,
                                      layout->rail.y, chrome->frame.hairline, layout->rail.h},
                   0, chrome->frame.theme->border);
}

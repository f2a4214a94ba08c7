#include "scene/chrome/tab_row.h"

#include <math.h>

#include "scene/chrome/file_field.h"
#include "scene/chrome/text_row.h"
#include "scene/frame/kind.h"
#include "scene/frame/shown.h"
#include "scene/views/needs.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"

/* Room that the options at the right of the tabs need. */
static float options_room(const struct heed_chrome *chrome)
{
    const float s = chrome->frame.scale;
    const bool words = heed_command_lacks(chrome->frame.result, HEED_COMMAND_WORDS, 0) == 0;
    const float parts = heed_file_parts_width(chrome);
    if (chrome->layout.inspector_is_drawer) {
        return 150 * s + parts;
    }
    return (words ? 480 : 300) * s + parts;
}

/* The tabs' width with words, or with the chosen one's only. */
static float tabs_width(const struct heed_chrome *chrome, bool words)
{
    float width = 0;
    for (int i = 0; i < HEED_N_VIEWS; i++) {
        const bool named = words || (int)chrome->frame.state->view == i;
        width += heed_widget_tab_width(&chrome->skin, i + 1,
                                       named ? heed_view_name((enum heed_view)i) : "") +
                 (chrome->layout.compact ? 2 : 10) * chrome->frame.scale;
    }
    return width;
}

static float draw_tabs(const struct heed_chrome *chrome)
{
    const struct heed_layout *layout = &chrome->layout;
    const float s = chrome->frame.scale;
    float x = layout->tab_row.x + 6 * s;
    if (layout->rail_folds) {
        heed_widget_icon_button(
            &chrome->skin,
            (struct heed_rect){x + 2 * s,
                               roundf(layout->tab_row.y + layout->tab_row.h / 2 - 15 * s), 30 * s,
                               30 * s},
            HEED_ICON_MENU, false, heed_command_target(HEED_COMMAND_RAIL, 0));
        x += 40 * s;
    }
    const bool words = x + tabs_width(chrome, true) + options_room(chrome) <=
                       layout->tab_row.x + layout->tab_row.w;
    for (int i = 0; i < HEED_N_VIEWS; i++) {
        const bool named = words || (int)chrome->frame.state->view == i;
        const char *name = named ? heed_view_name((enum heed_view)i) : "";
        const float width = heed_widget_tab_width(&chrome->skin, i + 1, name);
        heed_widget_tab(
            &chrome->skin,
            (struct heed_rect){roundf(x), layout->tab_row.y, roundf(width), layout->tab_row.h},
            i + 1, chrome->field_focused || chrome->pair_focused, name,
            (int)chrome->frame.state->view == i && chrome->frame.state->panel == HEED_PANEL_NONE,
            heed_needy_target(chrome->frame.result, HEED_COMMAND_VIEW, i));
        x += roundf(width) + (layout->compact ? 2 : 10) * s;
    }
    return x;
}

/* Returns where it begins. */
static float draw_own_options(const struct heed_chrome *chrome, float left, float right)
{
    const struct heed_options_place place = {.frame = &chrome->frame,
                                             .skin = &chrome->skin,
                                             .row = chrome->layout.tab_row,
                                             .left = left,
                                             .right = right,
                                             .is_drawer = chrome->layout.inspector_is_drawer};
    const struct heed_view_kind *kind = chrome->frame.kind;
    return kind->options != NULL ? kind->options(&place) : right;
}

/* The button that opens the inspector where it is a drawer, left of x. */
static void draw_drawer_button(const struct heed_chrome *chrome, float x)
{
    const struct heed_rect row = chrome->layout.tab_row;
    const float h = 30 * chrome->frame.scale;
    if (chrome->layout.inspector_is_drawer) {
        heed_widget_icon_button(
            &chrome->skin, (struct heed_rect){x - h, roundf(row.y + row.h / 2 - h / 2), h, h},
            HEED_ICON_INSPECTOR, false, heed_command_target(HEED_COMMAND_INSPECTOR, 0));
    }
}

/* The chosen segment does nothing, the other one changes over; none where only whole words can
 * be shown. Returns whether words are chosen. */
static bool aim_words(const struct heed_chrome *chrome, struct heed_target targets[2])
{
    const struct heed_frame *frame = &chrome->frame;
    const bool merged = heed_merges_words(frame);
    const bool idle =
        heed_command_is_idle(frame->kind, frame->state, frame->result, HEED_COMMAND_WORDS, NULL, 0);
    targets[merged ? 0 : 1] = heed_needy_target(frame->result, HEED_COMMAND_WORDS, 0);
    targets[merged ? 1 : 0] = heed_term_target(HEED_COMMAND_WORDS, 0);
    for (int i = 0; i < 2 && idle; i++) {
        targets[i] = heed_command_target(HEED_COMMAND_WORDS, 0);
        targets[i].flags = HEED_TARGET_FLAG_IDLE;
    }
    return merged;
}

/* Measure and words, side by side, and what the view has of its own. */
static void wide_options(const struct heed_chrome *chrome, float left)
{
    static const char *const words[] = {"Word pieces", "Words"};
    const struct heed_result *result = chrome->frame.result;
    const char *const measures[] = {heed_measure_name(HEED_MEASURE_WEIGHT),
                                    heed_measure_name(HEED_MEASURE_VALUE_NORM),
                                    heed_measure_name(HEED_MEASURE_ROLLOUT)};
    const struct heed_target measure_targets[] = {
        heed_needy_target(result, HEED_COMMAND_MEASURE, HEED_MEASURE_WEIGHT),
        heed_needy_target(result, HEED_COMMAND_MEASURE, HEED_MEASURE_VALUE_NORM),
        heed_needy_target(result, HEED_COMMAND_MEASURE, HEED_MEASURE_ROLLOUT)};
    const struct heed_filter *filter = &chrome->frame.state->filter;
    struct heed_target word_targets[2];
    const bool merged = aim_words(chrome, word_targets);
    const struct heed_rect row = chrome->layout.tab_row;
    const float s = chrome->frame.scale, h = 32 * s;
    const float y = roundf(row.y + row.h / 2 - h / 2);
    float x = heed_file_parts_draw(chrome, left, row.x + row.w - 16 * s);
    if (heed_command_lacks(result, HEED_COMMAND_WORDS, 0) == 0) { /* else there's no choice */
        const float w = heed_widget_segments_width(&chrome->skin, words, 2);
        x = roundf(x - w);
        heed_widget_segments(&chrome->skin, (struct heed_rect){x, y, w, h}, words, 2,
                             merged ? 1 : 0, word_targets);
        x -= 16 * s;
    }
    const float w2 = heed_widget_segments_width(&chrome->skin, measures, 3);
    x = roundf(x - w2);
    heed_widget_segments(&chrome->skin, (struct heed_rect){x, y, w2, h}, measures, 3,
                         (int)filter->measure, measure_targets);
    draw_own_options(chrome, left, x);
}

static void narrow_options(const struct heed_chrome *chrome, float left)
{
    const struct heed_filter *filter = &chrome->frame.state->filter;
    const struct heed_rect row = chrome->layout.tab_row;
    const struct heed_skin *skin = &chrome->skin;
    const float s = chrome->frame.scale, h = 30 * s;
    const float y = roundf(row.y + row.h / 2 - h / 2);
    const char *name = heed_measure_name(filter->measure);
    const float need = heed_widget_width(skin, heed_widget_style(skin, 14, 400), name) + 42 * s;
    float x = row.x + row.w - 16 * s;
    const float w = fminf(need, fmaxf(x - left - 48 * s, 72 * s));
    x = roundf(x - w);
    heed_widget_select(skin, (struct heed_rect){x, y, w, h}, NULL, name,
                       heed_command_target(HEED_COMMAND_VIEW_MENU, 0));
    x = heed_file_parts_draw(chrome, left + 48 * s, x - 12 * s);
    draw_drawer_button(chrome, x);
}

void heed_tab_row_draw(const struct heed_chrome *chrome)
{
    const struct heed_rect row = chrome->layout.tab_row;
    const float line = chrome->frame.hairline;
    heed_chrome_draw_ground(chrome, row);
    heed_list_fill(chrome->frame.list, (struct heed_rect){row.x, row.y + row.h - line, row.w, line},
                   0, chrome->frame.theme->border);
    const float left = draw_tabs(chrome);
    const struct heed_view_kind *kind = chrome->frame.kind;
    const bool is_tight = row.x + row.w - left < kind->options_px * chrome->frame.scale;
    if (kind->owns_options) {
        draw_drawer_button(
            chrome, draw_own_options(chrome, left, row.x + row.w - 16 * chrome->frame.scale));
    } else if (chrome->layout.inspector_is_drawer || is_tight) {
        narrow_options(chrome, left);
    } else {
        wide_options(chrome, left);
    }
}

#include "scene/views/compare/heads.h"

#include <math.h>
#include <stdio.h>

#include "base/compiler.h"
#include "scene/frame/two_models.h"
#include "scene/views/compare/axis.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/ranking.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { ROW = 23, AXIS = 20 };

void heed_compare_explain_heads(const struct heed_compare *compare, bool is_link, char *text,
                                size_t size)
{
    (void)is_link;
    heed_compare_explain(compare->frame, text, size);
}

/* The head of the maps, at the right. */
static void draw_head_in_hand(const struct heed_compare *compare, float end, float cy)
{
    struct heed_shown_map head = {0};
    if (heed_shown_matrix(compare->frame, &head)) {
        const float width = heed_widget_right(&compare->skin, end, cy, 14, 600,
                                              compare->frame->theme->text, head.name, 0);
        heed_chip_draw(&compare->skin, end - width - 17 * compare->s, cy, 12, head.color,
                       head.dashed);
    }
}

void heed_compare_tabs(struct heed_compare *compare, struct heed_rect rect)
{
    static const char *const labels[] = {"Maps", "Heads", "States"};
    const struct heed_state *state = compare->frame->state;
    const bool states = state->compare_map == HEED_COMPARE_LAYERS;
    const int n = compare->compact ? 2 : 3; /* where labels need the room, states are by key */
    const int active = state->compare_heads ? 1 : states && n > 2 ? 2 : 0;
    struct heed_target targets[] = {
        heed_command_target(HEED_COMMAND_COMPARE_TAB, 1),
        heed_command_target(HEED_COMMAND_COMPARE_TAB, 2),
        heed_command_target(HEED_COMMAND_COMPARE_TAB, 3),
    };
    const float s = compare->s, h = 28 * s, y = roundf(rect.y + 8 * s);
    const float w = heed_widget_segments_width(&compare->skin, labels, n);
    targets[active] = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    compare->tabs_end = rect.x + compare->pad + w;
    heed_widget_segments(&compare->skin, (struct heed_rect){rect.x + compare->pad, y, w, h}, labels,
                         n, active, targets);
    if (!state->compare_heads && !states) {
        draw_head_in_hand(compare, rect.x + rect.w - compare->pad, y + h / 2);
    }
}

static void draw_row(const struct heed_compare_axis *axis, const struct heed_compared_heads *heads,
                     int index, struct heed_rect row)
{
    const struct heed_compare *compare = axis->compare;
    const struct heed_compared_head *head = &heads->items[index];
    const struct heed_skin *skin = &compare->skin;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, cy = row.y + row.h / 2;
    const bool shown = heed_state_shows(compare->frame->state, head->id, NULL);
    const struct heed_color color = heed_frame_head_color(compare->frame, head->id, theme->muted);
    const struct heed_target target = {.kind = HEED_TARGET_HEAD,
                                       .flags = HEED_TARGET_FLAG_COMPARED,
                                       .a = head->id.layer,
                                       .b = head->id.head};
    const struct heed_rect spot = {row.x - 8 * s, row.y, row.w + 12 * s, row.h};
    char name[24], number[32], change[40];
    heed_head_name(head->id, name, sizeof(name));
    heed_format_number(number, sizeof(number), (double)head->change, 3);
    snprintf(change, sizeof(change), "%s%s", heads->is_link && head->change > 0 ? "+" : "", number);
    skin->list->target = target;
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, spot, 6 * s, theme->hover);
    }
    heed_widget_left(skin, row.x, cy, 14, shown ? 600 : 400, theme->text, name, 0);
    if (axis->right > axis->left) {
        heed_compare_axis_pair(axis, head, heads->is_link, cy, color);
    }
    heed_widget_right(skin, row.x + row.w, cy, 14, shown ? 600 : 400, theme->text, change, 0);
    if (!compare->frame->is_export) {
        heed_list_hotspot(skin->list, spot);
    }
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, heed_rect_grow(spot, -2 * s), target, 0, 4 * s);
}

void heed_compare_draw_ranking(const struct heed_compare *compare,
                               const struct heed_compared_heads *heads, struct heed_rect rect,
                               float pitch)
{
    const float s = compare->s;
    const float left = rect.x + 62 * s, right = rect.x + rect.w - 68 * s;
    const struct heed_compare_axis axis =
        heed_compare_axis_of(compare, heads->items, heads->n, left, right);
    if (heads->n > 0 && right - left >= 60 * s) {
        heed_compare_axis_draw(&axis, rect.y, rect.y + (float)heads->n * pitch, rect.y - 10 * s);
    }
    for (int i = 0; i < heads->n; i++) {
        draw_row(&axis, heads, i,
                 (struct heed_rect){rect.x, rect.y + (float)i * pitch, rect.w, pitch});
    }
}

/* "Heads", and what ranks them. */
static void draw_title(const struct heed_compare *compare, struct heed_rect rect)
{
    static const char *const names[HEED_N_COMPARE_RANKS] = {"Change of margin", "Change of link",
                                                            "Whole map"};
    const float s = compare->s, h = 28 * s, end = rect.x + rect.w - compare->pad;
    const float x = rect.x + (compare->folded ? compare->pad : 24 * s);
    float width = 64 * s;
    if (!compare->folded) {
        heed_widget_left(&compare->skin, x, rect.y + 22 * s, 14, 600, compare->frame->theme->text,
                         "Heads", 0);
    } else {
        width = 260 * s; /* the tabs */
    }
    const float room = fminf(end - x - width, 168 * s);
    heed_widget_select(&compare->skin,
                       (struct heed_rect){roundf(end - room), roundf(rect.y + 8 * s), room, h},
                       NULL, names[heed_compare_rank_of(compare->frame)],
                       heed_command_target(HEED_COMMAND_COMPARE_RANK, 0));
}

void heed_compare_draw_heads(const struct heed_compare *compare)
{
    const float s = compare->s;
    const struct heed_rect rect = compare->heads;
    struct heed_compared_heads heads = {0};
    heads.items = heed_compare_ranked(compare->frame, &heads.is_link);
    if (heads.items == NULL) {
        return;
    }
    draw_title(compare, rect);
    const float x = rect.x + (compare->folded ? compare->pad : 24 * s);
    const float top = rect.y + (44 + AXIS) * s;
    const int fit = (int)((rect.y + rect.h - top - 8 * s) / (ROW * s));
    const int all = heed_count_partners(compare->frame->result);
    heads.n = fit < all ? (fit > 0 ? fit : 0) : all;
    heed_compare_draw_ranking(compare, &heads,
                              (struct heed_rect){x, top, rect.x + rect.w - compare->pad - x, 0},
                              ROW * s);
}

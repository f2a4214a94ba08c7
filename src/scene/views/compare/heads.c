#include "scene/views/compare/heads.h"

#include <math.h>
#include <stdio.h>

#include "scene/views/compare/layout.h"
#include "scene/widgets/target.h"

enum { ROW = 27 };

void heed_compare_title(const struct heed_compare *compare, struct heed_rect rect, float end,
                        const char *title, const char *explanation)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const bool is_export = compare->frame->is_export;
    const float y = rect.y + (is_export ? 11 : 26) * s;
    float x = rect.x + (is_export ? 4 : compare->folded ? 16 : 28) * s;
    x += heed_widget_left(&compare->skin, x, y, 14, 600, theme->text, title, 0) + 10 * s;
    if (end - x > 40 * s) {
        heed_widget_left(&compare->skin, x, y, 14, 400, theme->muted, explanation, end - x - 8 * s);
    }
}

float heed_compare_choices(const struct heed_compare *compare, struct heed_rect rect, float end,
                           const char *const *labels, int n, int active,
                           const struct heed_target *targets)
{
    enum { MOST = 4 };
    const float s = compare->s, h = 28 * s;
    struct heed_target asked[MOST];
    if (compare->frame->is_export) {
        return end;
    }
    for (int i = 0; i < n && i < MOST; i++) {
        asked[i] = i == active ? (struct heed_target){.kind = HEED_TARGET_BLOCK} : targets[i];
    }
    const float w = heed_widget_segments_width(&compare->skin, labels, n);
    const float x = roundf(end - w);
    heed_widget_segments(&compare->skin,
                         (struct heed_rect){x, roundf(rect.y + 26 * s - h / 2), w, h}, labels, n,
                         active, asked);
    return x;
}

struct heed_rect heed_compare_tabs(const struct heed_compare *compare, struct heed_rect rect)
{
    static const char *const labels[] = {"Maps", "Heads"};
    const struct heed_target targets[] = {heed_command_target(HEED_COMMAND_COMPARE_TAB, 1),
                                          heed_command_target(HEED_COMMAND_COMPARE_TAB, 2)};
    if (!compare->folded) {
        return rect;
    }
    const float w = heed_widget_segments_width(&compare->skin, labels, 2);
    const float end = rect.x + 28 * compare->s + w;
    heed_compare_choices(compare, rect, end, labels, 2, compare->frame->state->compare_heads,
                         targets);
    rect.w -= end - rect.x;
    rect.x = end;
    return rect;
}

/* The ranked heads' scale. */
struct chart {
    const struct heed_compare *compare;
    bool is_link;
    float left, right, top; /* of the rows, px */
    float high;             /* at the right end */
};

static float chart_x(const struct chart *chart, float value)
{
    return chart->left + (chart->right - chart->left) * fminf(fmaxf(value / chart->high, 0), 1);
}

static void draw_dot(const struct chart *chart, float value, float cy, bool filled,
                     struct heed_color color)
{
    const float s = chart->compare->s, r = 5.5F * s;
    struct heed_item_rect dot = {.rect = {chart_x(chart, value) - r, cy - r, 2 * r, 2 * r},
                                 .radius = r,
                                 .fill = filled ? color : chart->compare->frame->theme->canvas,
                                 .stroke = {.width = 2 * s, .color = color}};
    heed_list_rect(chart->compare->skin.list, dot);
}

static void draw_axis(const struct chart *chart, float bottom)
{
    const struct heed_compare *compare = chart->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const float step = chart->high > 0.5F ? 0.2F : chart->high > 0.2F ? 0.1F : 0.05F;
    for (float value = 0; value <= chart->high + 0.001F; value += step) {
        const float x = roundf(chart_x(chart, value));
        char text[32];
        heed_format_number(text, sizeof(text), (double)value,
                           value < 0.001F ? 0
                           : step < 0.1F  ? 2
                                          : 1);
        heed_list_stroke(compare->skin.list, x, chart->top, x, bottom, compare->skin.hairline,
                         theme->border);
        heed_widget_middle(&compare->skin, x, chart->top - 10 * s, 12, 400, theme->muted, text, 0);
    }
}

static void draw_row(const struct chart *chart, const struct heed_compared_head *head, float cy)
{
    const struct heed_compare *compare = chart->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const struct heed_rect rect = compare->heads;
    const bool shown = heed_state_shows(compare->frame->state, head->id, NULL);
    const struct heed_color color = heed_frame_head_color(compare->frame, head->id, theme->muted);
    const struct heed_target target = {
        .kind = HEED_TARGET_HEAD, .a = head->id.layer, .b = head->id.head};
    char name[24], number[32], change[40];
    heed_head_name(head->id, name, sizeof(name));
    heed_format_number(number, sizeof(number), (double)head->change, 3);
    snprintf(change, sizeof(change), "%s%s", chart->is_link && head->change > 0 ? "+" : "", number);
    compare->skin.list->target = target;
    heed_widget_left(&compare->skin, rect.x + 28 * s, cy, 14, shown ? 600 : 400, theme->text, name,
                     0);
    heed_list_stroke(compare->skin.list, chart_x(chart, head->a), cy, chart_x(chart, head->b), cy,
                     3 * s, heed_color_mix(theme->canvas, color, 0.5F));
    if (chart->is_link) {
        draw_dot(chart, head->a, cy, true, color);
    }
    draw_dot(chart, head->b, cy, !chart->is_link, color);
    heed_widget_right(&compare->skin, rect.x + rect.w - 24 * s, cy, 14, shown ? 600 : 400,
                      theme->text, change, 0);
    heed_list_hotspot(compare->skin.list, (struct heed_rect){rect.x + 20 * s, cy - ROW * s / 2,
                                                             rect.w - 40 * s, ROW * s});
    compare->skin.list->target = (struct heed_target){0};
    heed_widget_ring(&compare->skin,
                     (struct heed_rect){rect.x + 22 * s, cy - ROW * s / 2 + 4 * s, rect.w - 42 * s,
                                        (ROW - 8) * s},
                     target, 0, 4 * s);
}

/* Which dot is whose, in the axis's row above the names. */
static void draw_legend(const struct heed_compare *compare, float cy)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    struct chart at = {.compare = compare, .high = 1};
    float x = compare->heads.x + (compare->frame->is_export ? 10 : 34) * s;
    for (int side = 0; side < 2; side++) {
        at.left = at.right = x;
        draw_dot(&at, 0, cy, side == 0, theme->muted);
        heed_widget_left(&compare->skin, x + 10 * s, cy, 13, 400, theme->muted,
                         side == 0 ? "A" : "B", 0);
        x += 36 * s;
    }
}

/* A choice only when a link is pinned that both texts have. */
static float draw_choices(const struct heed_compare *compare, struct heed_rect rect)
{
    static const char *const labels[] = {"Link", "Whole map"};
    const float end = rect.x + rect.w - 24 * compare->s;
    const struct heed_target targets[] = {heed_command_target(HEED_COMMAND_COMPARE_RANK, 1),
                                          heed_command_target(HEED_COMMAND_COMPARE_RANK, 2)};
    if (compare->pinned_query.a.count == 0 || compare->pinned_query.b.count == 0 ||
        compare->pinned_key.a.count == 0 || compare->pinned_key.b.count == 0) {
        return end;
    }
    return heed_compare_choices(compare, rect, end, labels, 2, compare->frame->state->compare_whole,
                                targets);
}

static void draw_heads_title(const struct heed_compare *compare, struct heed_rect rect,
                             bool is_link)
{
    char pair[192] = "", text[256];
    struct heed_frame pinned = *compare->frame;
    pinned.hover = (struct heed_hover){0};
    heed_pair_text(&pinned, pair, sizeof(pair));
    if (is_link) {
        snprintf(text, sizeof(text), "by change of %s", pair);
    } else {
        snprintf(text, sizeof(text), "by Jensen\xE2\x80\x93Shannon distance, mean over rows");
    }
    heed_compare_title(compare, rect, draw_choices(compare, rect), "Heads", text);
}

void heed_compare_draw_heads(const struct heed_compare *compare)
{
    const float s = compare->s;
    const struct heed_rect rect = heed_compare_tabs(compare, compare->heads);
    bool is_link = false;
    const struct heed_compared_head *heads = heed_compare_ranked(compare->frame, &is_link);
    if (heads == NULL) {
        return;
    }
    draw_heads_title(compare, rect, is_link);
    heed_list_clip(compare->skin.list, compare->heads);
    const float top = rect.y + (compare->frame->is_export ? 40 : 70) * s;
    const int fit = (int)((rect.y + rect.h - top - 4 * s) / (ROW * s));
    const int all = compare->maps_a->n_layers * compare->maps_a->n_heads;
    const int n = fit < all ? fit : all;
    struct chart chart = {.compare = compare,
                          .is_link = is_link,
                          .left = compare->heads.x + 104 * s,
                          .right = rect.x + rect.w - 100 * s,
                          .top = top};
    for (int i = 0; i < n; i++) {
        chart.high = fmaxf(chart.high, fmaxf(heads[i].a, heads[i].b));
    }
    chart.high = fmaxf(ceilf(chart.high * 10 - 0.001F) / 10, 0.1F);
    if (n > 0) {
        draw_axis(&chart, top + (float)n * ROW * s);
    }
    if (is_link) {
        draw_legend(compare, top - 10 * s);
    }
    for (int i = 0; i < n; i++) {
        draw_row(&chart, &heads[i], top + ((float)i + 0.5F) * ROW * s);
    }
    heed_list_unclip(compare->skin.list);
}

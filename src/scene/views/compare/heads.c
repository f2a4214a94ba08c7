#include "scene/views/compare/heads.h"

#include <math.h>
#include <stdio.h>

#include "base/compiler.h"
#include "scene/views/compare/layout.h"
#include "scene/widgets/target.h"

enum { ROW = 27 };

void heed_compare_title(const struct heed_compare *compare, struct heed_rect rect, float end,
                        const char *title, const char *explanation)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const float y = rect.y + 26 * s;
    float x = rect.x + (compare->folded ? 16 : 28) * s;
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
    float names, end;       /* px: the names' left end, the changes' right one */
    float pitch;            /* of the rows, px */
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

/* A round one, with room for its number. */
static float axis_step(const struct chart *chart)
{
    static const float steps[] = {0.05F, 0.1F, 0.2F, 0.5F};
    const float unit = (chart->right - chart->left) / chart->high;
    for (size_t i = 0; i < HEED_COUNT(steps); i++) {
        if (steps[i] * unit >= 44 * chart->compare->s) {
            return steps[i];
        }
    }
    return 1;
}

static void draw_axis(const struct chart *chart, float bottom)
{
    const struct heed_compare *compare = chart->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const float step = axis_step(chart);
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
    const bool shown = heed_state_shows(compare->frame->state, head->id, NULL);
    const struct heed_color color = heed_frame_head_color(compare->frame, head->id, theme->muted);
    const struct heed_target target = {
        .kind = HEED_TARGET_HEAD, .a = head->id.layer, .b = head->id.head};
    char name[24], number[32], change[40];
    heed_head_name(head->id, name, sizeof(name));
    heed_format_number(number, sizeof(number), (double)head->change, 3);
    snprintf(change, sizeof(change), "%s%s", chart->is_link && head->change > 0 ? "+" : "", number);
    compare->skin.list->target = target;
    heed_widget_left(&compare->skin, chart->names, cy, 14, shown ? 600 : 400, theme->text, name, 0);
    heed_list_stroke(compare->skin.list, chart_x(chart, head->a), cy, chart_x(chart, head->b), cy,
                     3 * s, heed_color_mix(theme->canvas, color, 0.5F));
    if (chart->is_link) {
        draw_dot(chart, head->a, cy, true, color);
    }
    draw_dot(chart, head->b, cy, !chart->is_link, color);
    heed_widget_right(&compare->skin, chart->end, cy, 14, shown ? 600 : 400, theme->text, change,
                      0);
    const struct heed_rect row = {chart->names - 8 * s, cy - chart->pitch / 2,
                                  chart->end - chart->names + 12 * s, chart->pitch};
    if (!compare->frame->is_export) {
        heed_list_hotspot(compare->skin.list, row);
    }
    compare->skin.list->target = (struct heed_target){0};
    heed_widget_ring(&compare->skin, heed_rect_grow(row, -2 * s), target, 0, 4 * s);
}

/* Which dot is whose, in the axis's row above the names. */
static void draw_legend(const struct chart *chart, float cy)
{
    const struct heed_compare *compare = chart->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    struct chart at = {.compare = compare, .high = 1};
    float x = chart->names + 6 * s;
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

void heed_compare_explain_heads(const struct heed_compare *compare, bool is_link, char *text,
                                size_t size)
{
    char pair[192] = "";
    struct heed_frame pinned = *compare->frame;
    pinned.hover = (struct heed_hover){0};
    heed_pair_text(&pinned, pair, sizeof(pair));
    if (is_link) {
        snprintf(text, size, "by change of %s", pair);
    } else {
        snprintf(text, size, "by Jensen\xE2\x80\x93Shannon distance, mean over rows");
    }
}

void heed_compare_draw_ranking(const struct heed_compare *compare,
                               const struct heed_compared_heads *heads, struct heed_rect rect,
                               float pitch)
{
    const float s = compare->s, margin = (compare->frame->is_export ? 56 : 76) * s;
    struct chart chart = {.compare = compare,
                          .is_link = heads->is_link,
                          .names = rect.x,
                          .end = rect.x + rect.w,
                          .pitch = pitch,
                          .left = rect.x + margin,
                          .right = rect.x + rect.w - margin,
                          .top = rect.y};
    for (int i = 0; i < heads->n; i++) {
        chart.high = fmaxf(chart.high, fmaxf(heads->items[i].a, heads->items[i].b));
    }
    chart.high = fmaxf(ceilf(chart.high * 10 - 0.001F) / 10, 0.1F);
    if (heads->n > 0) {
        draw_axis(&chart, chart.top + (float)heads->n * pitch);
    }
    if (heads->is_link && !compare->frame->is_export) {
        draw_legend(&chart, chart.top - 10 * s);
    }
    for (int i = 0; i < heads->n; i++) {
        draw_row(&chart, &heads->items[i], chart.top + ((float)i + 0.5F) * pitch);
    }
}

void heed_compare_draw_heads(const struct heed_compare *compare)
{
    const float s = compare->s;
    const struct heed_rect rect = heed_compare_tabs(compare, compare->heads);
    char text[256];
    struct heed_compared_heads heads = {0};
    heads.items = heed_compare_ranked(compare->frame, &heads.is_link);
    if (heads.items == NULL) {
        return;
    }
    heed_compare_explain_heads(compare, heads.is_link, text, sizeof(text));
    heed_compare_title(compare, rect, draw_choices(compare, rect), "Heads", text);
    heed_list_clip(compare->skin.list, compare->heads);
    const float top = rect.y + 70 * s;
    const int fit = (int)((rect.y + rect.h - top - 4 * s) / (ROW * s));
    const int all = compare->maps_a->n_layers * compare->maps_a->n_heads;
    heads.n = fit < all ? fit : all;
    heed_compare_draw_ranking(
        compare, &heads,
        (struct heed_rect){compare->heads.x + 28 * s, top,
                           rect.x + rect.w - 24 * s - (compare->heads.x + 28 * s), 0},
        ROW * s);
    heed_list_unclip(compare->skin.list);
}

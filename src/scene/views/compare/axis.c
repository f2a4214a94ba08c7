#include "scene/views/compare/axis.h"

#include <math.h>

#include "base/compiler.h"
#include "scene/widgets/widgets.h"

/* A round one, with room for its number. */
static float find_step(const struct heed_compare *compare, float range, float width)
{
    static const float steps[] = {0.05F, 0.1F, 0.2F, 0.5F};
    for (size_t i = 0; i < HEED_COUNT(steps); i++) {
        if (steps[i] * width / range >= fmaxf(44 * compare->s, width / 8)) {
            return steps[i];
        }
    }
    return 1;
}

struct heed_compare_axis heed_compare_axis_of(const struct heed_compare *compare,
                                              const struct heed_compared_head *heads, int n,
                                              float left, float right)
{
    struct heed_compare_axis axis = {compare, left, right, 0, 0, 0};
    for (int i = 0; i < n; i++) {
        axis.low = fminf(axis.low, fminf(heads[i].a, heads[i].b));
        axis.high = fmaxf(axis.high, fmaxf(heads[i].a, heads[i].b));
    }
    axis.low = floorf(axis.low * 10 + 0.001F) / 10;
    axis.high = fmaxf(ceilf(axis.high * 10 - 0.001F) / 10, axis.low + 0.1F);
    axis.step = find_step(compare, axis.high - axis.low, fmaxf(right - left, 1));
    if (axis.low < 0) { /* the first line is a whole step below 0 */
        axis.low = axis.step * floorf(axis.low / axis.step + 0.001F);
    }
    return axis;
}

static float x_of(const struct heed_compare_axis *axis, float value)
{
    const float part = (value - axis->low) / (axis->high - axis->low);
    return axis->left + (axis->right - axis->left) * fminf(fmaxf(part, 0), 1);
}

void heed_compare_axis_draw(const struct heed_compare_axis *axis, float top, float bottom, float cy)
{
    const struct heed_compare *compare = axis->compare;
    const struct heed_theme *theme = compare->frame->theme;
    const int first = (int)roundf(axis->low / axis->step);
    const int last = (int)floorf(axis->high / axis->step + 0.001F);
    for (int i = first; i <= last; i++) {
        const float value = (float)i * axis->step, x = roundf(x_of(axis, value));
        char text[32];
        heed_list_stroke(compare->skin.list, x, top, x, bottom, compare->skin.hairline,
                         i == 0 && axis->low < 0 ? theme->strong_border : theme->border);
        if (cy > 0) {
            heed_format_number(text, sizeof(text), (double)value,
                               i == 0              ? 0
                               : axis->step < 0.1F ? 2
                                                   : 1);
            heed_widget_middle(&compare->skin, x, cy, 12, 400, theme->muted, text, 0);
        }
    }
}

void heed_compare_dot(const struct heed_compare *compare, float x, float cy, bool filled,
                      struct heed_color color)
{
    const float s = compare->s, r = 5.5F * s;
    heed_list_rect(
        compare->skin.list,
        (struct heed_item_rect){.rect = {x - r, cy - r, 2 * r, 2 * r},
                                .radius = r,
                                .fill = filled ? color : compare->frame->theme->canvas,
                                .stroke = {.width = filled ? 0 : 2 * s, .color = color}});
}

void heed_compare_axis_pair(const struct heed_compare_axis *axis,
                            const struct heed_compared_head *head, bool is_link, float cy,
                            struct heed_color color)
{
    const struct heed_compare *compare = axis->compare;
    const float a = x_of(axis, head->a), b = x_of(axis, head->b);
    heed_list_stroke(compare->skin.list, a, cy, b, cy, 3 * compare->s,
                     heed_color_mix(compare->frame->theme->canvas, color, 0.5F));
    if (is_link) {
        heed_compare_dot(compare, a, cy, true, color);
    }
    heed_compare_dot(compare, b, cy, !is_link, color);
}

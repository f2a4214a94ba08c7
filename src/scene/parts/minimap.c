#include "scene/parts/minimap.h"

#include <math.h>

#include "scene/widgets/target.h"

static const float least_weight = 0.02F; /* smaller ones aren't marked */

bool heed_minimap_link(const struct heed_frame *frame, const struct heed_shown_maps *shown,
                       int unit, float *weight, struct heed_color *color)
{
    const int n = heed_frame_get_maps(frame)->n;
    const struct heed_range query = heed_frame_query(frame);
    const struct heed_range key = heed_frame_key(frame);
    const struct heed_range other = {unit, 1};
    float best = least_weight;
    if (heed_range_has(query.count > 0 ? query : key, unit)) {
        *weight = 1;
        *color = frame->theme->ink;
        return true;
    }
    if (query.count == 0 && key.count == 0) {
        return false;
    }
    for (int i = 0; i < shown->n; i++) {
        const float it =
            heed_map_weight(shown->items[i].weights, n, query.count > 0 ? query : other,
                            query.count > 0 ? other : key);
        if (it > best) {
            best = it;
            *color = shown->items[i].color;
        }
    }
    *weight = best;
    return best > least_weight;
}

bool heed_minimap_strip(const struct heed_frame *frame, struct heed_rect strip, float over)
{
    if (over <= 1 || strip.h <= 0 || frame->is_export) {
        return false;
    }
    const float h = strip.h * strip.h / (over + strip.h);
    const float at = fminf(fmaxf(frame->scroll_y, 0) / over, 1);
    heed_list_fill(frame->list,
                   (struct heed_rect){strip.x, strip.y + at * (strip.h - h), strip.w, h},
                   3 * frame->scale, frame->theme->border);
    return true;
}

void heed_minimap_mark(const struct heed_frame *frame, struct heed_rect strip, int place, int n,
                       float weight, struct heed_color color)
{
    const float pitch = strip.h / (float)n;
    const float width = strip.w * fminf(0.3F + 0.7F * weight, 1);
    heed_list_fill(frame->list,
                   (struct heed_rect){strip.x + strip.w - width, strip.y + pitch * (float)place,
                                      width, fmaxf(pitch * 0.7F, frame->hairline)},
                   0, color);
}

void heed_minimap_grip(const struct heed_frame *frame, struct heed_rect rect, int flags,
                       float across, float down)
{
    heed_list_spot(frame->list, rect,
                   (struct heed_target){.kind = HEED_TARGET_SCROLL,
                                        .flags = (uint16_t)(HEED_MINIMAP_DOWN | flags),
                                        .a = HEED_SCROLL_CANVAS,
                                        .b = (int32_t)across,
                                        .c = (int32_t)down});
}

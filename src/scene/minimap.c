#include <math.h>

#include "scene/chrome_parts.h"

static const float least_weight = 0.02F; /* smaller ones aren't marked */

/* A mark for each end of the links of the token in hand, as long as the
 * strongest head's weight. */
static void draw_marks(const struct heed_chrome *chrome, struct heed_rect strip)
{
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_range query = heed_frame_query(frame);
    const struct heed_range key = heed_frame_key(frame);
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    const struct heed_range from = query.count > 0 ? query : key;
    const float pitch = strip.h / (float)maps->n;
    const float height = fmaxf(pitch * 0.7F, chrome->skin.hairline);
    for (int unit = 0; from.count > 0 && unit < maps->n; unit++) {
        const struct heed_range other = {unit, 1};
        struct heed_item_rect mark = {0};
        float best = least_weight;
        for (int i = 0; i < shown.n; i++) {
            const float weight = heed_map_weight(shown.items[i].weights, maps->n,
                                                 query.count > 0 ? query : other,
                                                 query.count > 0 ? other : key);
            if (weight > best) {
                best = weight;
                mark.fill = shown.items[i].color;
            }
        }
        const bool own = unit >= from.first && unit < from.first + from.count;
        if (own) {
            best = 1;
            mark.fill = frame->theme->ink;
        }
        const float width = strip.w * fminf(0.3F + 0.7F * best, 1);
        mark.rect =
            (struct heed_rect){strip.x + strip.w - width,
                               strip.y + pitch * (float)unit, width, height};
        if (mark.fill.a > 0) {
            heed_list_rect(frame->list, mark);
        }
    }
}

void heed_minimap_draw(const struct heed_chrome *chrome)
{
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_rect canvas = chrome->layout.canvas;
    const float s = frame->scale;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const enum heed_view view = frame->state->view;
    if (frame->content_height <= canvas.h + 1 || maps == NULL || maps->n == 0 ||
        (view != HEED_VIEW_LINKS && view != HEED_VIEW_MATRIX)) {
        return;
    }
    const struct heed_rect strip = {canvas.x + canvas.w - 14 * s, canvas.y,
                                    14 * s, canvas.h};
    const float h = canvas.h * canvas.h / frame->content_height;
    const float at =
        fminf(fmaxf(frame->scroll_y, 0) / (frame->content_height - canvas.h), 1);
    struct heed_list *list = frame->list;
    heed_list_rect(
        list, (struct heed_item_rect){
                  .rect = {strip.x, strip.y + at * (canvas.h - h), strip.w, h},
                  .radius = 3 * s,
                  .fill = frame->theme->hover});
    draw_marks(chrome, strip);
    list->target = (struct heed_target){
        .kind = HEED_TARGET_SCROLL, .flags = 1, .a = HEED_SCROLL_CANVAS};
    heed_list_hotspot(list, strip);
    list->target = (struct heed_target){0};
}

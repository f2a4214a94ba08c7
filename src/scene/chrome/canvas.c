#include "scene/chrome/canvas.h"

#include <math.h>

#include "scene/frame/panel_kind.h"
#include "scene/parts/empty.h"
#include "scene/parts/minimap.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"

/* A minimap down the picture's side says where it stands, too. */
static bool has_minimap(const struct heed_list *list)
{
    for (size_t i = list->n_items; i-- > 0;) {
        const struct heed_target target = list->items[i].target;
        if (target.kind == HEED_TARGET_SCROLL && (target.flags & HEED_MINIMAP_DOWN) != 0) {
            return true;
        }
    }
    return false;
}

/* Where the canvas stands in what can be scrolled. */
static void draw_scroll_bars(const struct heed_chrome *chrome)
{
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_rect canvas = chrome->layout.canvas;
    const float s = frame->scale;
    if (!has_minimap(frame->list)) {
        heed_widget_scrollbar(&chrome->skin, canvas, frame->content_height, frame->scroll_y);
    }
    if (frame->content_width > canvas.w + 1) {
        const float w = fmaxf(canvas.w * canvas.w / frame->content_width, 24 * s);
        const float at = fminf(fmaxf(frame->scroll_x, 0) / (frame->content_width - canvas.w), 1);
        heed_list_fill(frame->list,
                       (struct heed_rect){canvas.x + at * (canvas.w - w),
                                          canvas.y + canvas.h - 7 * s, w, 4 * s},
                       2 * s, frame->theme->strong_border);
    }
}

void heed_canvas_draw(struct heed_chrome *chrome)
{
    struct heed_list *list = chrome->frame.list;
    const struct heed_rect canvas = chrome->layout.canvas;
    list->target = (struct heed_target){.kind = HEED_TARGET_SCROLL, .a = HEED_SCROLL_CANVAS};
    heed_list_fill(list, canvas, 0, chrome->frame.theme->canvas);
    list->target = (struct heed_target){0};
    heed_list_clip(list, canvas);
    if (heed_frame_get_maps(&chrome->frame) != NULL) {
        if (chrome->layout.inspector_is_drawer) {
            chrome->frame.covered = chrome->layout.inspector.w;
        }
        if (chrome->frame.panel != NULL) {
            chrome->frame.content_width = canvas.w;
            chrome->frame.content_height = canvas.h;
            chrome->frame.panel->draw(&chrome->frame, &chrome->skin, canvas);
        } else {
            heed_view_draw(&chrome->frame, canvas);
        }
        draw_scroll_bars(chrome);
    } else if (chrome->message == NULL) {
        heed_view_empty(&chrome->frame, canvas, "One moment \xE2\x80\xA6",
                        "The model is being opened.");
    } else {
        heed_view_empty(&chrome->frame, canvas, "Nothing to show yet.", "");
    }
    heed_list_unclip(list);
}

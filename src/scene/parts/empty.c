#include "scene/parts/empty.h"

#include "scene/frame/shown.h"

void heed_view_empty(struct heed_frame *frame, struct heed_rect rect, const char *why,
                     const char *how)
{
    const struct heed_skin skin = heed_frame_get_skin(frame);
    const float s = skin.scale, y = rect.y + rect.h / 2 - 12 * s;
    const float room = rect.w - 32 * s;
    heed_widget_middle(&skin, rect.x + rect.w / 2, y, 20, 600, frame->theme->text, why, room);
    heed_widget_middle(&skin, rect.x + rect.w / 2, y + 30 * s, 14, 400, frame->theme->muted, how,
                       room);
}

void heed_view_no_token(struct heed_frame *frame, struct heed_rect rect)
{
    heed_view_empty(frame, rect, "No token is left.",
                    "Show special tokens or punctuation again, or type something.");
}

bool heed_view_is_empty(struct heed_frame *frame, struct heed_rect rect, int n_shown)
{
    const bool no_token = heed_frame_get_maps(frame)->n == 0;
    if (no_token) {
        heed_view_no_token(frame, rect);
    } else if (n_shown == 0) {
        heed_view_empty(
            frame, rect, "No head is shown.",
            "Click a cell of the head map, or a layer\xE2\x80\x99s label for all its heads.");
    }
    return no_token || n_shown == 0;
}

#include "scene/views/views.h"

#include <math.h>
#include <stddef.h>

#include "scene/figure/heads.h"
#include "scene/frame/panel_kind.h"
#include "scene/frame/shown.h"
#include "scene/parts/empty.h"

#define ROW(upper, word, name) [HEED_VIEW_##upper] = &heed_view_##word,

const struct heed_view_kind *heed_view_get_kind(enum heed_view view)
{
    static const struct heed_view_kind *const kinds[HEED_N_VIEWS] = {HEED_EACH_VIEW(ROW)};
    return kinds[view];
}

void heed_view_forget(struct heed_view_cache *cache)
{
    if (cache->kind != NULL && cache->kind->forget != NULL) {
        cache->kind->forget(cache->data);
    }
    *cache = (struct heed_view_cache){NULL, NULL};
}

void heed_view_follow(struct heed_view_cache *cache, const struct heed_view_source *source)
{
    const struct heed_view_kind *kind = heed_view_get_kind(source->state->view);
    if (cache->kind != kind) {
        heed_view_forget(cache);
        cache->kind = kind;
    }
    if (kind->follow != NULL) {
        kind->follow(&cache->data, source);
    }
}

bool heed_view_can(const struct heed_view_kind *kind, const struct heed_panel_kind *panel,
                   const struct heed_result *result, struct heed_error *err)
{
    return heed_result_has(result, panel != NULL ? panel->needs : kind->needs, err);
}

void heed_view_draw(struct heed_frame *frame, struct heed_rect rect)
{
    frame->links_total = frame->links_below = frame->links_left_out = 0;
    frame->mass_left_out = 0;
    frame->content_width = rect.w;
    frame->content_height = rect.h;
    if (rect.w <= 0 || rect.h <= 0) {
        return;
    }
    struct heed_error lacking = {0};
    if (frame->result != NULL &&
        !heed_view_can(frame->kind, frame->panel, frame->result, &lacking)) {
        heed_view_empty(frame, rect, lacking.text, "");
    } else if (frame->panel != NULL) {
        const struct heed_skin skin = heed_frame_get_skin(frame);
        frame->panel->draw(frame, &skin, rect);
    } else {
        if (heed_heads_sheet_wanted(frame)) {
            heed_heads_sheet_draw(frame, rect);
        } else {
            frame->kind->draw(frame, rect);
        }
    }
}

float heed_view_export_height(struct heed_frame *frame, float width)
{
    if (frame->panel != NULL) {
        return ceilf(frame->panel->height(frame, width));
    }
    return ceilf(heed_heads_sheet_wanted(frame) ? heed_heads_sheet_height(frame, width)
                                                : frame->kind->height(frame, width));
}

/*
 * The views by enum heed_view. Whichever is open is drawn and measured here; its
 * row says all else. Pure; the thread that builds the list.
 */
#ifndef HEED_SCENE_VIEWS_VIEWS_H
#define HEED_SCENE_VIEWS_VIEWS_H

#include "scene/frame/kind.h"

/* The row of a view; for a frame's `kind`. */
const struct heed_view_kind *heed_view_get_kind(enum heed_view view);

/* What the view that is open keeps between frames; all zero is nothing. */
struct heed_view_cache {
    const struct heed_view_kind *kind;
    void *data; /* for a frame's `cache` */
};

/* Makes it that of the source's state. */
void heed_view_follow(struct heed_view_cache *cache, const struct heed_view_source *source);
void heed_view_forget(struct heed_view_cache *cache);

/* False, with "not in this file: ..." in err, if the result lacks what the state's
 * view or panel needs. */
bool heed_view_can(const struct heed_view_kind *kind, const struct heed_panel_kind *panel,
                   const struct heed_result *result, struct heed_error *err);

/* Draws the state's view, or the panel over it, into rect. The picture includes its legend. */
void heed_view_draw(struct heed_frame *frame, struct heed_rect rect);
/* The height that an export needs at this width when none is given, px. */
float heed_view_export_height(struct heed_frame *frame, float width);

#endif

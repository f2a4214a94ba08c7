/* The panels by enum heed_panel. */
#ifndef HEED_SCENE_PANELS_PANELS_H
#define HEED_SCENE_PANELS_PANELS_H

#include "scene/frame/panel_kind.h"

/* The row of a panel, for a frame's `panel`; NULL for HEED_PANEL_NONE. */
const struct heed_panel_kind *heed_panel_get_kind(enum heed_panel panel);
/* What the panel that is open keeps between frames; all zero is nothing. */
struct heed_panel_cache {
    const struct heed_panel_kind *kind;
    void *data; /* for a frame's `panel_cache` */
};

/* Makes it that of the state's panel. */
void heed_panel_follow(struct heed_panel_cache *cache, const struct heed_state *state,
                       const struct heed_tasks *tasks);
void heed_panel_forget(struct heed_panel_cache *cache);

/* The open panel's table, as its row has it. Another error: none is open. */
HEED_NODISCARD bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame,
                                         bool json, struct heed_error *err);

#endif

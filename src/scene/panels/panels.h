/* The panels by enum heed_panel. */
#ifndef HEED_SCENE_PANELS_PANELS_H
#define HEED_SCENE_PANELS_PANELS_H

#include "scene/frame/panel_kind.h"

/* The row of a panel, for a frame's `panel`; NULL for HEED_PANEL_NONE. */
const struct heed_panel_kind *heed_panel_get_kind(enum heed_panel panel);
/* The open panel's table, as its row has it. Another error: none is open. */
HEED_NODISCARD bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame,
                                         bool json, struct heed_error *err);

#endif

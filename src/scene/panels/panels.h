/* The panel that is open: drawn, measured, written as a table. */
#ifndef HEED_SCENE_PANELS_PANELS_H
#define HEED_SCENE_PANELS_PANELS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "scene/frame/frame.h"
#include "scene/frame/panel_map.h"
#include "scene/widgets/widgets.h"

/* The state's panel, into rect; skin is the window's, or an export's. Fills
 * the frame's content_height. */
void heed_panel_draw(struct heed_frame *frame, const struct heed_skin *skin, struct heed_rect rect);
/* What an export of it needs at this width, px. */
float heed_panel_height(struct heed_frame *frame, float width);
/* False: no panel is open, or it has nothing that is of what is shown. */
bool heed_panel_get_map(const struct heed_frame *frame, struct heed_panel_map *map);
/* The open panel's table as JSON, as its command prints it, or as CSV. Looks at
 * the frame's state, result and tasks alone. Errors: no panel is open, it
 * hasn't run, or not for what is shown. */
bool heed_panel_put_table(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                          struct heed_error *err);

#endif

/*
 * The ablation panel: what muting each head by itself changes, as a ranked
 * table and as the head map's colours. And what others want to know of it:
 * whether it is of what is shown, and a head's effect. Pure; the thread that
 * builds the list.
 */
#ifndef HEED_SCENE_PANELS_ABLATION_ABLATION_H
#define HEED_SCENE_PANELS_ABLATION_ABLATION_H

#include <stdbool.h>

#include "scene/frame/panel_kind.h"

/* As heed_panel_map. */
bool heed_ablation_map(const struct heed_frame *frame, struct heed_panel_map *map);
/* As heed_panel_put_table. */
HEED_NODISCARD bool heed_ablation_put_table(struct heed_buffer *out, const struct heed_frame *frame,
                                            bool json, struct heed_error *err);

#endif

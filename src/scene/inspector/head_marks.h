/* What is off in a head, as a mark on its cell or thumbnail. */
#ifndef HEED_SCENE_INSPECTOR_HEAD_MARKS_H
#define HEED_SCENE_INSPECTOR_HEAD_MARKS_H

#include "scene/inspector/column.h"

/* What is off in a head, on its cell; how many heads have such a mark; what
 * the marks that are there mean, a line below the map. */
void heed_head_marks_draw(const struct heed_skin *skin, const struct heed_state *state,
                          struct heed_head_id id, struct heed_rect rect);
/* The same in the upper right corner of a head's picture, on a ground of its
 * own; nothing of a head that is as it was. */
void heed_head_marks_badge(const struct heed_skin *skin, const struct heed_state *state,
                           struct heed_head_id id, struct heed_rect picture);
int heed_head_marks_count(const struct heed_state *state, const struct heed_maps *maps);
void heed_head_marks_legend(struct heed_column *column);

#endif

/* What stands around Heads' thumbnails. */
#ifndef HEED_SCENE_VIEWS_HEADS_LABELS_H
#define HEED_SCENE_VIEWS_HEADS_LABELS_H

#include "scene/views/heads/parts.h"

/* "previous", "[CLS]"; "" without a label. */
const char *heed_heads_short_label(enum heed_head_label label);
/* What stands beneath a thumbnail. */
void heed_heads_draw_text(const struct heed_heads *heads, const struct heed_thumbnail *item);
/* Header, rows, columns, headings, legend. */
void heed_heads_draw_labels(const struct heed_heads *heads);

#endif

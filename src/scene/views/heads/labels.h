/* What stands around Heads' thumbnails. */
#ifndef HEED_SCENE_VIEWS_HEADS_LABELS_H
#define HEED_SCENE_VIEWS_HEADS_LABELS_H

#include "scene/views/heads/parts.h"

/* "previous", "[CLS]"; "" without a label. In a narrow column "prev." and "same". */
const char *heed_heads_short_label(enum heed_head_label label, bool narrow);
/* px of the widest text beneath a thumbnail. */
float heed_heads_widest_text(const struct heed_heads *heads);
/* Of an export's header, and of the note that has no room beside its legend. */
int heed_heads_header_lines(const struct heed_heads *heads);
int heed_heads_note_lines(const struct heed_heads *heads);
/* What stands beneath a thumbnail. */
void heed_heads_draw_text(const struct heed_heads *heads, const struct heed_thumbnail *item);
/* Header, rows, columns, headings, legend. */
void heed_heads_draw_labels(const struct heed_heads *heads);

#endif

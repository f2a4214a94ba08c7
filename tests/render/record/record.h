/*
 * A text dump of a display list, a line an item, and fixed text widths that
 * are the same on every machine: for tests.
 */
#ifndef HEED_RENDER_RECORD_RECORD_H
#define HEED_RENDER_RECORD_RECORD_H

#include "base/buffer.h"
#include "draw/display_list.h"
#include "draw/metrics.h"

void heed_record_write(const struct heed_list *list, struct heed_buffer *out);

/* A character is 0.55 of the size wide (wide East Asian ones 1, combining
 * marks 0); weight 600 adds 5 %. */
const struct heed_metrics *heed_record_get_metrics(void);

#endif

/*
 * Text that has to fit: elided at a grapheme's edge, or broken into lines at
 * spaces. Inside scene only; pure.
 */
#ifndef HEED_DRAW_TEXT_FIT_H
#define HEED_DRAW_TEXT_FIT_H

#include <stddef.h>

#include "base/compiler.h"
#include "draw/metrics.h"

/* The longest beginning of text that with "…" is at most max_width wide; only
 * "…" when nothing fits. In the list's arena; the list lacks the rest. NULL when
 * memory is exhausted. */
HEED_NODISCARD char *heed_text_elide(struct heed_list *list, const struct heed_metrics *metrics,
                                     struct heed_text_style style, const char *text,
                                     float max_width, float *width);
/* Bytes of the next line of text: up to the last space that fits, at least
 * one word. *skip is where the line after it begins. */
size_t heed_text_line(const struct heed_metrics *metrics, struct heed_text_style style,
                      const char *text, float max_width, size_t *skip);

#endif

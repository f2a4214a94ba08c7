/*
 * Can the texts of a picture be read? None lies over another or out of the
 * picture, and each contrasts with its ground as WCAG 2 level AA asks. Told
 * from the display list alone. For tests.
 */
#ifndef HEED_TESTS_RENDER_LEGIBLE_H
#define HEED_TESTS_RENDER_LEGIBLE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "draw/display_list.h"
#include "draw/metrics.h"

/* scale: px a logical px, by which type counts as large. Adds a line to out for
 * each that can't be read; returns how many. */
int legible_check(const struct heed_list *list, const struct heed_metrics *metrics, float scale,
                  struct heed_buffer *out);

/* Adds a line to out for each level text that is cut off, or cut short by "..." though it
 * is none of these words. Within the areas that scroll a text may be cut above or below; in a
 * text field it may be cut. Returns how many. */
int legible_check_cuts(const struct heed_list *list, const struct heed_metrics *metrics,
                       const struct heed_rect *scrolling, int n_scrolling, const char *words,
                       struct heed_buffer *out);

/* Adds a line to out for each value (0.123) in this area that lies over an arc or over an
 * arrowhead or line of a link; returns how many. */
int legible_check_arcs(const struct heed_list *list, const struct heed_metrics *metrics,
                       struct heed_rect area, struct heed_buffer *out);

/* Adds a line to out for each level text that is seen as a whole. */
void legible_write_whole(const struct heed_list *list, const struct heed_metrics *metrics,
                         struct heed_buffer *out);

#endif

/* What Compare holds of both texts: places, pins, labels; words on one line. */
#ifndef HEED_SCENE_VIEWS_COMPARE_LAYOUT_H
#define HEED_SCENE_VIEWS_COMPARE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "scene/frame/link_choice.h"
#include "scene/views/compare/parts.h"

/* What both texts have and what is pinned, without places; false: nothing to compare. */
bool heed_compare_begin(struct heed_compare *compare, struct heed_frame *frame);
/* Sets type and the words' widths; returns what they need together, px. */
float heed_compare_measure(struct heed_compare *compare, float type);
/* Each place's bidi level, in the list's arena; NULL when all run from left to right.
 * *is_rtl: A's own direction. */
const uint8_t *heed_compare_levels(const struct heed_compare *compare, bool *is_rtl);
/* Places the words from x on: evenly in this room if they need less. Returns their end. */
float heed_compare_spread(struct heed_compare *compare, float x, float need, float room);
/* True: words of one text only lie above or below the line, and take more room. */
bool heed_compare_is_stacked(const struct heed_compare *compare);
/* How many links a side shows while nothing is pinned; 0: all. */
int heed_compare_limit(const struct heed_frame *frame);
/* "tired, wide" of a replaced place. */
void heed_compare_label(const struct heed_compare *compare, int place, char *text, size_t size);
/* The words of a pin: "it", "tired, wide", "very". */
void heed_compare_text(const struct heed_compare *compare, const struct heed_compared_pin *pin,
                       char *text, size_t size);
/* The index-th place that both texts have; -1: there is none. */
int heed_compare_aligned_place(const struct heed_alignment *units, int index);
/* Adds a side's links to the frame's counts. */
void heed_compare_report(struct heed_frame *frame, const struct heed_chosen_links *links);

#endif

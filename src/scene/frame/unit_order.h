/*
 * In which order the words of a line stand from left to right, for texts that
 * run from right to left or mix both. Inside scene only; pure; the thread that
 * builds the list.
 */
#ifndef HEED_SCENE_FRAME_UNIT_ORDER_H
#define HEED_SCENE_FRAME_UNIT_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/analysis/maps.h"
#include "draw/display_list.h"

/* Each unit's bidi level, in the list's arena; NULL when all run from left to
 * right. *is_rtl: the first text's own direction. */
const uint8_t *heed_unit_levels(struct heed_list *list, const struct heed_encoding *encoding,
                                const struct heed_maps *maps, bool *is_rtl);
/* order[n]: the indices first .. first + n - 1 from left to right, by rule L2
 * of the bidi algorithm: from the highest level down to the lowest odd one,
 * runs of at least that level are reversed. levels may be NULL. */
void heed_unit_order(const uint8_t *levels, int first, int n, int *order);

#endif

/*
 * Looking for things in a display list.
 */
#ifndef HEED_TESTS_RIG_LISTS_H
#define HEED_TESTS_RIG_LISTS_H

#include <stdbool.h>

#include "draw/display_list.h"
#include "scene/widgets/target.h"

/* The first text that is this one; NULL: there is none. */
const struct heed_item *list_find_text(const struct heed_list *list, const char *text);
int list_count_text(const struct heed_list *list, const char *text);
/* Does a text hold this part? */
bool list_says(const struct heed_list *list, const char *part);
int list_count(const struct heed_list *list, enum heed_item_kind kind);
/* Hotspots with this kind of target. */
int list_count_hotspots(const struct heed_list *list, enum heed_target_kind kind);

#endif

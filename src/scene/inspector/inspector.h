/* What the inspector is made of: headers, rankings, notes. */
#ifndef HEED_SCENE_INSPECTOR_INSPECTOR_H
#define HEED_SCENE_INSPECTOR_INSPECTOR_H

#include <stdbool.h>

#include "scene/inspector/column.h"
#include "scene/inspector/parts.h"

extern const struct heed_measure_row heed_inspector_measures[HEED_INSPECTOR_MEASURES];

/* Name and colour of a shown head itself, whatever is averaged; false if the
 * model hasn't it. */
bool heed_inspector_shown_head(const struct heed_frame *frame, int index,
                               struct heed_shown_map *map);
/* A token as a chip; returns its width. */
float heed_inspector_unit_chip(const struct heed_column *column, float x, float cy,
                               const struct heed_unit *unit, bool is_key, float room);
/* Likewise; several units (a word's pieces) are one text. */
float heed_inspector_chip(const struct heed_column *column, float x, float cy,
                          struct heed_range range, bool is_key, float room);
/* Draws how the pin or the drawer is given up; returns its left edge. */
float heed_inspector_header_room(struct heed_column *column, float cy);
/* Then what is off changes, in every view. */
void heed_inspector_close_header(struct heed_column *column);
/* The n_top (at most HEED_INSPECTOR_LIST) largest of a row, or of the rows
 * that attend to a key, and the sum (of a column: the mean) of the others. */
void heed_inspector_ranking(struct heed_column *column, const struct heed_shown_map *map,
                            struct heed_range range, bool by_query, int n_top);
float heed_inspector_measure(const struct heed_maps *maps, struct heed_head_id id,
                             const struct heed_measure_row *row);
void heed_inspector_note(struct heed_column *column, const struct heed_shown_map *head);
/* A note in its box. */
void heed_inspector_box(struct heed_column *column, const char *title, const char *text);

#endif

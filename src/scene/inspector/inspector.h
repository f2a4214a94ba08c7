/* What the inspector is made of: headers, rankings, notes. */
#ifndef HEED_SCENE_INSPECTOR_INSPECTOR_H
#define HEED_SCENE_INSPECTOR_INSPECTOR_H

#include <stdbool.h>

#include "scene/inspector/column.h"
#include "scene/inspector/parts.h"

extern const struct heed_measure_row heed_inspector_measures[HEED_INSPECTOR_MEASURES];

/* Units as one: several (a word's pieces) are one text, borrowed from `text`. */
struct heed_unit heed_inspector_unit(const struct heed_maps *maps, struct heed_range range,
                                     char *text, size_t size);
/* Draws how the pin or the drawer is given up; returns its left edge. */
float heed_inspector_header_room(struct heed_column *column, float cy);
/* Then what is off changes, in every view. */
void heed_inspector_close_header(struct heed_column *column);
/* The whole header of a token, with a note that isn't cut; of a query and its key; and of
 * neither, with what can be pinned. */
void heed_inspector_token_header(struct heed_column *column, const struct heed_unit *unit,
                                 bool is_key, const char *note);
void heed_inspector_pair_header(struct heed_column *column, const struct heed_unit *query,
                                const struct heed_unit *key);
void heed_inspector_unpinned(struct heed_column *column, const char *title, const char *how);
/* The n_top indices with the largest values, or magnitudes, largest first;
 * returns how many there are. */
int heed_inspector_top(const float *values, int n, bool by_magnitude, int *top, int n_top);
/* The n_top (at most HEED_INSPECTOR_LIST) largest of a row, or of the rows
 * that attend to a key, and the sum (of a column: the mean) of the others. */
void heed_inspector_ranking(struct heed_column *column, const struct heed_shown_map *map,
                            struct heed_range range, bool by_query, int n_top);
/* "12 others" and their number, if there are any. */
void heed_inspector_others(struct heed_column *column, int n, const char *what, const char *number);
float heed_inspector_measure(const struct heed_maps *maps, struct heed_head_id id,
                             const struct heed_measure_row *row);
void heed_inspector_note(struct heed_column *column, const struct heed_shown_map *head);
/* A note in its box. */
void heed_inspector_box(struct heed_column *column, const char *title, const char *text);

#endif

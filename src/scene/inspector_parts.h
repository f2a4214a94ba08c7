/*
 * Inside the inspector: inspector.c shows one token or none, inspector_pair.c
 * a query with its key.
 */
#ifndef HEED_SCENE_INSPECTOR_PARTS_H
#define HEED_SCENE_INSPECTOR_PARTS_H

#include "scene/chrome_parts.h"

enum { HEED_INSPECTOR_LIST = 5, HEED_INSPECTOR_MEASURES = 6 };

/* On a head: a row of the ranking. */
enum { HEED_TARGET_FLAG_RANKED = 4 };

struct heed_measure_row {
    const char *label;
    size_t offset; /* in struct heed_head_measures */
    int decimals;
};

extern const struct heed_measure_row heed_inspector_measures[HEED_INSPECTOR_MEASURES];

struct heed_inspected_pair {
    struct heed_shown_map map;
    struct heed_range query, key;
    float weight;
};

/* The pointed pair in the head that is looked at: Matrix's, else the one of
 * the shown heads with the largest weight. False without a pair. */
bool heed_pair_find(const struct heed_frame *frame, struct heed_inspected_pair *pair);
void heed_pair_draw(struct heed_column *column, const struct heed_inspected_pair *pair);

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
float heed_inspector_header_end(struct heed_column *column, float cy);
/* Then what is off changes, in every view. */
void heed_inspector_end_header(struct heed_column *column);
/* The n_top (at most HEED_INSPECTOR_LIST) largest of a row, or of the rows
 * that attend to a key, and the sum (of a column: the mean) of the others. */
void heed_inspector_ranking(struct heed_column *column, const struct heed_shown_map *map,
                            struct heed_range range, bool by_query, int n_top);
/* What the pinned query gives to the candidates, the heads ranked for it, the
 * margin by layer; nothing if nothing is pinned or marked. */
void heed_inspector_candidates(struct heed_column *column);
float heed_inspector_measure(const struct heed_maps *maps, struct heed_head_id id,
                             const struct heed_measure_row *row);
void heed_inspector_note(struct heed_column *column, const struct heed_shown_map *head);
/* How far what is off has moved the run; nothing if nothing is. */
void heed_off_inspect(struct heed_column *column);
/* The link by weight, value norm, rollout and ablation in the shown heads, how
 * far they agree over all heads, and what none of them shows. */
void heed_inspector_caveat(struct heed_column *column, const struct heed_inspected_pair *pair);
/* A note in its box. */
void heed_inspector_box(struct heed_column *column, const char *title, const char *text);

#endif

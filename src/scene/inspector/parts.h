/*
 * Inside the inspector: inspector.c shows one token or none, pair.c
 * a query with its key.
 */
#ifndef HEED_SCENE_INSPECTOR_PARTS_H
#define HEED_SCENE_INSPECTOR_PARTS_H

#include <stddef.h>

#include "scene/frame/shown.h"

enum { HEED_INSPECTOR_LIST = 5, HEED_INSPECTOR_MEASURES = 6 };

/* On a head: a row of the ranking. */
enum { HEED_TARGET_FLAG_RANKED = 4 };

struct heed_measure_row {
    const char *label;
    size_t offset; /* in struct heed_head_measures */
    int decimals;
    unsigned needs; /* a set of enum heed_absence */
};

struct heed_inspected_pair {
    struct heed_shown_map map;
    struct heed_range query, key;
    float weight;
};

#endif

/*
 * What the keyboard can reach in the last list, in groups that Tab goes
 * through. Inside the ui only. One thread.
 */
#ifndef HEED_UI_INPUT_PLACES_H
#define HEED_UI_INPUT_PLACES_H

#include "ui/window/window.h"

/* A target of the last list that the keyboard can reach. */
struct heed_place {
    struct heed_target target;
    struct heed_rect rect;
    int group;
};

struct heed_places {
    struct heed_place *items;
    int n, capacity;
};

enum heed_region {
    HEED_REGION_TEXT,
    HEED_REGION_TABS,
    HEED_REGION_RAIL,
    HEED_REGION_CANVAS,
    HEED_REGION_INSPECTOR,
    HEED_REGION_STATUS,
    HEED_REGION_SHEET, /* the export panel: a class a control */
    HEED_REGION_POPOVER
};

enum {
    HEED_CLASS_QUERY,
    HEED_CLASS_KEY,
    HEED_CLASS_CELL,
    HEED_CLASS_MAP,
    HEED_CLASS_SHOWN,
    HEED_CLASS_FILTERS,
    HEED_CLASS_TABS,
    HEED_CLASS_COMMANDS,
    HEED_CLASS_MEASURE,
    HEED_CLASS_SEGMENTS,
    HEED_CLASS_WORDS,
    HEED_CLASS_SELECT,
    HEED_CLASS_FIELD, /* and the next two */
    HEED_CLASS_MODE = HEED_CLASS_FIELD + 3,
    HEED_CLASS_SENTENCE,
    HEED_CLASS_PROBED,
    HEED_CLASS_MASK,
    HEED_CLASS_POSITIONS,
    HEED_CLASS_ATTENTION,
    HEED_N_CLASSES = 24
};

enum { HEED_MAX_GROUPS = 64 };

/* All places now, their items on the heap: free them. */
struct heed_places heed_places_collect(struct heed_ui *ui);
const struct heed_place *heed_places_find(const struct heed_places *places,
                                          struct heed_target target);
/* One place of each group, the first, in reading order. */
int heed_places_groups(const struct heed_places *places,
                       const struct heed_place *groups[HEED_MAX_GROUPS]);
/* HEED_CLASS_*; -1: not for the keyboard. */
int heed_place_class(const struct heed_target *target);

#endif

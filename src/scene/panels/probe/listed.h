/*
 * What the probe's panel lists: all sentences by a head's margin, or the words of the
 * relation that is opened. There may be many, so they are found when what the list is of
 * changes, and not at each frame.
 */
#ifndef HEED_SCENE_PANELS_PROBE_LISTED_H
#define HEED_SCENE_PANELS_PROBE_LISTED_H

#include <stdint.h>

#include "core/engine/probe_task.h"
#include "scene/frame/tasks.h"

enum { HEED_PROBE_DISTANCES = 4 };

/* Of the listed head's answers, by how far away the right word is. */
struct heed_probe_distance {
    int by, n; /* words; by 0: all others */
    double right;
};

struct heed_probe_listed {
    /* What it is of: */
    uint64_t task;
    struct heed_probe_look look;
    struct heed_head_id head;
    enum heed_relation_direction direction; /* of a relation's words */
    int column;                             /* the probe's, or the relations' */
    /* What it has: */
    int *items;      /* [n]: of the run's sentences, or of its relations' items */
    int n;           /* those that the look keeps */
    int right, tied; /* of all */
    struct heed_probe_distance distances[HEED_PROBE_DISTANCES + 1]; /* of a relation's words */
    int n_distances;
};

/* The head whose answers are listed: the one that is shown, as a click leaves it; else the
 * best. Of pronouns. */
struct heed_head_id heed_probe_listed_head(const struct heed_state *state,
                                           const struct heed_probe_run *run);

/* As heed_panel_kind has them. *cache: a struct heed_probe_listed, NULL if there is nothing
 * to list or no memory. */
void heed_probe_listed_follow(void **cache, const struct heed_state *state,
                              const struct heed_tasks *tasks);
void heed_probe_listed_forget(void *cache);

#endif

/*
 * What the window's long tasks have come to: of each kind the newest that is
 * done, and how far the one is that runs. A cancelled or failed one leaves
 * what was there. Knows no engine; the thread of the ui.
 */
#ifndef HEED_SCENE_FRAME_TASKS_H
#define HEED_SCENE_FRAME_TASKS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/engine/task.h"
#include "scene/frame/frame.h"

struct heed_probe_run;
struct heed_related;

enum heed_probe_kept { HEED_PROBE_ALL, HEED_PROBE_RIGHT, HEED_PROBE_WRONG };

/* What is looked at of the newest probe. */
struct heed_probe_look {
    int group;                 /* its numbers alone: g + 1; 0, or one that isn't there: all */
    int relation;              /* opened, of run->related: r + 1; 0: none is */
    enum heed_probe_kept kept; /* of the list of sentences */
};

struct heed_tasks {
    struct heed_task *done[HEED_N_TASKS]; /* held; NULL: none yet */
    uint64_t running;                     /* the id of the one that runs; 0: none does */
    enum heed_task_kind kind;             /* its */
    int n_done, n_all;                    /* its units; n_all 0: not known yet */
    double since;                         /* when its first unit was seen done, s; 0: none was */
    int n_since;                          /* units that were done then */
    float rate;                           /* units a second; 0: not known yet */
    /* Why the newest of a kind failed; code 0: it didn't. */
    struct heed_error failed[HEED_N_TASKS];
    struct heed_probe_look look;
};

/* All zero is: nothing yet. */
void heed_tasks_finish(struct heed_tasks *tasks);
/* tasks may be NULL, as in a frame. */
bool heed_tasks_runs(const struct heed_tasks *tasks, enum heed_task_kind kind);
/* The work of the newest that is done; NULL: none is. */
const void *heed_tasks_get_work(const struct heed_tasks *tasks, enum heed_task_kind kind);
/* The newest probe, or the group of it that is looked at; NULL: none yet. */
const struct heed_probe_run *heed_tasks_get_probe(const struct heed_tasks *tasks);
/* The relation of a treebank that is opened, else the first; NULL: it isn't one. */
const struct heed_related *heed_tasks_get_related(const struct heed_tasks *tasks);
const struct heed_probe_run *heed_frame_get_probe(const struct heed_frame *frame);
/* How the rows of what is shown sum: of a large file once all of them were read. */
const struct heed_row_findings *heed_frame_get_rows(const struct heed_frame *frame);
/* It is there, and of a model of the maps' size. */
bool heed_probe_fits(const struct heed_frame *frame);

#endif

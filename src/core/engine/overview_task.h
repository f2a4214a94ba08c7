/*
 * All heads of a large attention file as a long task, a head a unit: thumbnails and
 * measures of its maps (heed_maps_look), and the sums of its rows.
 */
#ifndef HEED_CORE_ENGINE_OVERVIEW_TASK_H
#define HEED_CORE_ENGINE_OVERVIEW_TASK_H

#include "core/engine/result.h"
#include "core/engine/task.h"

struct heed_overview_work {
    const struct heed_result *result; /* held */
    struct heed_row_findings rows;    /* of all heads, once it is done */
    int first;                        /* head that wasn't looked at before */
    double *sums;                     /* [n_tokens] */
};

/* Of a result whose maps have a store; those of its heads that were looked at already
 * aren't again. id: the task's, not 0. Errors: memory. Its work, once it is done: struct
 * heed_overview_work. */
HEED_NODISCARD bool heed_overview_task_create(struct heed_task **task, uint64_t id,
                                              const struct heed_result *result,
                                              struct heed_error *err);
/* True if the result's maps have a store, and not all of its heads were looked at. */
bool heed_overview_is_due(const struct heed_result *result);

#endif

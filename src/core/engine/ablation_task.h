/*
 * Muting every head of a text in turn as a long task, a head a unit: what the
 * command runs at once and the window beside its live jobs.
 */
#ifndef HEED_CORE_ENGINE_ABLATION_TASK_H
#define HEED_CORE_ENGINE_ABLATION_TASK_H

#include "core/analysis/ablation_table.h"
#include "core/engine/result.h"
#include "core/engine/task.h"

struct heed_ablation_work {
    /* The text, and its untouched run: held. */
    const struct heed_result *result;
    struct heed_token_range query, key; /* count 0: not asked for */
    struct heed_ablation_table table;   /* of a task that is done */
    int32_t *ids;                       /* [2 * n_tokens]: ids and segments */
};

struct heed_ablation_options {
    uint64_t id;                        /* of the task; not 0 */
    const struct heed_result *result;   /* ok; heads muted in it count as on */
    struct heed_token_range query, key; /* tokens of it; a key needs a query */
    /* Their words as a person gave them; NULL: as heed_names_write has them. */
    const char *from, *to;
};

/* Errors: memory. */
HEED_NODISCARD bool heed_ablation_task_create(struct heed_task **task,
                                              struct heed_ablation_options options,
                                              struct heed_error *err);
/* Of a task of this kind that is done. */
const struct heed_ablation_work *heed_ablation_task_get(const struct heed_task *task);

#endif

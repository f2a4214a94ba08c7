/*
 * Every change of the whole encoder by itself as a long task, a change a unit:
 * how far each moves a text's sentence embedding.
 */
#ifndef HEED_CORE_ENGINE_VARIANTS_TASK_H
#define HEED_CORE_ENGINE_VARIANTS_TASK_H

#include "core/engine/result.h"
#include "core/engine/task.h"

enum { HEED_MOST_VARIANTS = 8 };

struct heed_variants_row {
    struct heed_variant variant; /* one thing in it isn't as trained */
    double cosine;               /* of the sentence embeddings, untouched run and this */
};

struct heed_variants_work {
    const struct heed_result *result; /* the text and its untouched run: held */
    /* Masks (with a pair also between its texts), positions, attention. */
    struct heed_variants_row rows[HEED_MOST_VARIANTS];
    int n;
    int32_t *ids;     /* [2 * n_tokens]: ids and segments */
    uint8_t *allowed; /* [n_tokens, n_tokens]: of the mask in hand */
};

/* Of a text: result is ok; what is off in it counts as on. id: the task's, not
 * 0. Errors: memory. Its work, once it is done: struct heed_variants_work. */
HEED_NODISCARD bool heed_variants_task_create(struct heed_task **task, uint64_t id,
                                              const struct heed_result *result,
                                              struct heed_error *err);

#endif

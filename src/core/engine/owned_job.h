/* A job and all that it points to, as one block: it outlives whoever asked for it. */
#ifndef HEED_CORE_ENGINE_OWNED_JOB_H
#define HEED_CORE_ENGINE_OWNED_JOB_H

#include "base/arena.h"
#include "core/engine/pipeline.h"

struct heed_owned_job {
    struct heed_job job;
    struct heed_arena arena;           /* that it lies in itself, at the beginning */
    const struct heed_result *cuts_of; /* held; NULL without */
};

/* NULL: no memory. The arena's blocks come from the stock. */
struct heed_owned_job *heed_owned_job_copy(struct heed_stock *stock, const struct heed_job *job);
/* NULL is harmless. */
void heed_owned_job_free(struct heed_owned_job *owned);

/* Names of models as jobs have them; NULL is the first one. */
bool heed_job_is_same_model(const char *a, const char *b);
/* Of the same texts, models, file and part, whatever is done to the run. */
bool heed_job_is_same_text(const struct heed_job *a, const struct heed_job *b);

#endif

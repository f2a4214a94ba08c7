#include "core/engine/owned_job.h"

#include <string.h>

#include "core/engine/result.h"

void heed_owned_job_free(struct heed_owned_job *owned)
{
    if (owned) {
        struct heed_arena arena = owned->arena; /* the job lies in it */
        heed_result_release(owned->cuts_of);
        heed_arena_finish(&arena);
    }
}

/* Puts a copy in the place of what *field points to. */
static bool own(struct heed_arena *arena, void *field, size_t size)
{
    const void *bytes = NULL;
    memcpy(&bytes, field, sizeof bytes);
    if (!bytes) {
        return true;
    }
    char *copy = heed_arena_copy(arena, bytes, size);
    memcpy(field, &copy, sizeof copy);
    return copy != NULL;
}

struct heed_owned_job *heed_owned_job_copy(struct heed_stock *stock, const struct heed_job *job)
{
    struct heed_arena arena = {.stock = stock};
    struct heed_owned_job *owned = heed_arena_zeroed(&arena, 1, sizeof *owned);
    if (!owned) {
        return NULL;
    }
    owned->job = *job;
    const bool ok = own(&arena, &owned->job.text, job->text_length) &&
                    own(&arena, &owned->job.pair, job->pair_length) &&
                    own(&arena, &owned->job.compare, job->compare_length) &&
                    own(&arena, &owned->job.model, job->model ? strlen(job->model) : 0) &&
                    own(&arena, &owned->job.compare_model,
                        job->compare_model ? strlen(job->compare_model) : 0) &&
                    own(&arena, &owned->job.file, job->file ? strlen(job->file) : 0) &&
                    own(&arena, &owned->job.muted, (size_t)job->n_muted * sizeof *job->muted) &&
                    own(&arena, &owned->job.scaled, (size_t)job->n_scaled * sizeof *job->scaled) &&
                    own(&arena, &owned->job.cuts, (size_t)job->n_cuts * sizeof *job->cuts) &&
                    own(&arena, &owned->job.heads, (size_t)job->n_heads * sizeof *job->heads);
    owned->arena = arena;
    if (!ok) {
        heed_owned_job_free(owned);
        return NULL;
    }
    owned->job.cuts_of = job->n_cuts > 0 ? job->cuts_of : NULL;
    if (owned->job.cuts_of) {
        owned->cuts_of = heed_result_retain(job->cuts_of);
    }
    return owned;
}

/* Either may be NULL: not there. */
static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return (a != NULL) == (b != NULL) &&
           (!a || (a_length == b_length && memcmp(a, b, a_length) == 0));
}

bool heed_job_is_same_model(const char *a, const char *b)
{
    return same_bytes(a, a ? strlen(a) : 0, b, b ? strlen(b) : 0);
}

bool heed_job_is_same_text(const struct heed_job *a, const struct heed_job *b)
{
    return heed_job_is_same_model(a->model, b->model) &&
           heed_job_is_same_model(a->compare_model, b->compare_model) &&
           same_bytes(a->text, a->text_length, b->text, b->text_length) &&
           same_bytes(a->pair, a->pair_length, b->pair, b->pair_length) &&
           same_bytes(a->compare, a->compare_length, b->compare, b->compare_length) &&
           same_bytes(a->file, a->file ? strlen(a->file) : 0, b->file,
                      b->file ? strlen(b->file) : 0) &&
           a->part == b->part;
}

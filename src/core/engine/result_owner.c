#include <string.h>

#include "core/engine/pipeline_private.h"

static void release_encoding(struct shared_encoding *shared)
{
    if (shared && atomic_fetch_sub(&shared->references, 1) == 1) {
        heed_encoding_destroy(shared->encoding);
        heed_stock_give(shared);
    }
}

const struct heed_result *heed_result_retain(const struct heed_result *result)
{
    atomic_fetch_add_explicit(&heed_result_owner_of(result)->references, 1, memory_order_relaxed);
    return result;
}

void heed_result_release(const struct heed_result *result)
{
    if (!result || atomic_fetch_sub(&heed_result_owner_of(result)->references, 1) != 1) {
        return;
    }
    struct heed_result_owner *owner = heed_result_owner_of(result);
    if (owner->result.compare) {
        heed_result_release(owner->result.compare->result);
    }
    heed_link_measures_release(owner->result.links);
    heed_maps_release(owner->result.maps); /* borrows the encoding */
    heed_run_release(owner->result.run);
    heed_run_release(owner->result.plain);
    release_encoding(owner->shared);
    heed_kit_release(owner->result.kit);
    struct heed_arena arena = owner->arena; /* the owner lies in it */
    heed_arena_finish(&arena);
}

struct heed_result_owner *heed_result_create(uint64_t generation, struct heed_stock *stock)
{
    struct heed_arena arena = {.stock = stock};
    struct heed_result_owner *owner = heed_arena_zeroed(&arena, 1, sizeof *owner);
    if (owner) {
        owner->arena = arena;
        atomic_init(&owner->references, 1);
        owner->result.generation = generation;
    }
    return owner;
}

const struct heed_result *heed_result_fail(uint64_t generation, const struct heed_error *error,
                                           enum heed_result_want want)
{
    struct heed_result_owner *owner = heed_result_create(generation, NULL);
    if (owner) {
        owner->result.error = *error;
        owner->result.has_no_model = want == HEED_WANTS_MODEL;
        owner->result.has_no_second = want == HEED_WANTS_SECOND;
    }
    return owner ? &owner->result : NULL;
}

bool heed_result_has_text(const struct heed_result *result, const struct heed_job *job)
{
    if (!result->ok) {
        return false;
    }
    if (result->file || job->file) {
        return result->file && job->file && strcmp(result->file, job->file) == 0 &&
               heed_part_choose(result->parts, job->part) == result->part;
    }
    const struct heed_encoding *encoding = result->encoding;
    if (encoding->text_length != job->text_length ||
        memcmp(encoding->text, job->text, job->text_length) != 0 ||
        (encoding->pair != NULL) != (job->pair != NULL)) {
        return false;
    }
    return !job->pair || (encoding->pair_length == job->pair_length &&
                          memcmp(encoding->pair, job->pair, job->pair_length) == 0);
}

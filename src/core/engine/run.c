#include <string.h>

#include "base/clock.h"
#include "core/engine/comparison.h"
#include "core/engine/pipeline_private.h"

static bool run(struct heed_pipeline *pipeline, const struct heed_job *job,
                const struct heed_result *a, struct heed_pipeline_hints hints,
                const struct heed_result **result, struct heed_error *err);

struct heed_job heed_job_of_second(const struct heed_job *job)
{
    struct heed_job other = *job;
    if (job->file) {
        other.file = job->compare;
    } else {
        other.text = job->compare;
        other.text_length = job->compare_length;
    }
    other.compare = NULL;
    other.predicts = other.measures_links = false; /* they are shown of the first alone */
    other.model = job->compare_model ? job->compare_model : job->model;
    other.compare_model = NULL;
    return other;
}

/* What makes the second: the same model, or another; of a file its own, unless it is the same
 * one. */
static struct heed_pipeline *find_second(struct heed_pipeline *pipeline, const struct heed_job *job,
                                         enum heed_part_kind part, struct heed_error *err)
{
    if (!pipeline->source) {
        if (!job->compare_model) {
            return pipeline;
        }
        if (!heed_pipeline_open_second(pipeline, job->compare_model, err)) {
            return NULL;
        }
        return pipeline->second ? pipeline->second : pipeline;
    }
    if (strcmp(job->compare, pipeline->path) == 0) {
        return pipeline;
    }
    return heed_pipeline_open_second_file(pipeline, job->compare, part, err) ? pipeline->second
                                                                             : NULL;
}

/* What an average of the second is over: those of the shown heads that it has. */
static bool fit_heads(struct heed_job *job, struct heed_head_id *heads,
                      const struct heed_model_config *config, struct heed_error *err)
{
    int n = 0;
    for (int i = 0; i < job->n_heads; i++) {
        if (job->heads[i].layer < config->n_layers && job->heads[i].head < config->n_heads) {
            heads[n++] = job->heads[i];
        }
    }
    if (n == 0 && job->n_heads > 0 && job->filter.aggregate != HEED_AGGREGATE_NONE) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "B's model has none of the heads that are averaged: choose one of "
                              "its first %d layers of %d heads",
                              config->n_layers, config->n_heads);
    }
    job->heads = heads;
    job->n_heads = n;
    return true;
}

/* Maps of whole words in the place of those that were made. */
static bool merge_words(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                        const struct heed_job *job, const struct heed_result *previous,
                        struct heed_error *err)
{
    const struct heed_maps *pieces = owner->result.maps;
    const bool same_run = previous && previous->run == owner->result.run;
    if (!heed_result_make_maps(owner, pipeline, job,
                               same_run ? heed_result_owner_of(previous) : NULL, err)) {
        owner->result.maps = pieces;
        return false;
    }
    heed_maps_release(pieces);
    return true;
}

/* Of two vocabularies only whole words can be held against one another. */
static bool compare_words(struct heed_result_owner *owner, struct heed_pipeline *pipeline,
                          struct heed_pipeline *second, const struct heed_job jobs[2],
                          const struct heed_pipeline_hints *hints,
                          const struct heed_result **result, struct heed_error *err)
{
    struct heed_alignment tokens;
    struct heed_word_alignment words;
    if (second == pipeline || jobs[0].filter.words) {
        return true;
    }
    if (!heed_comparison_align(&tokens, &words, &owner->arena, owner->result.encoding,
                               owner->result.kit, (*result)->encoding, (*result)->kit, err)) {
        return false;
    }
    if (words.words.n == 0) {
        return true;
    }
    struct heed_job whole[] = {jobs[0], jobs[1]};
    struct heed_pipeline_hints again = *hints;
    const struct heed_result *merged = NULL;
    whole[0].filter.words = whole[1].filter.words = true;
    again.previous = *result;
    if (!merge_words(owner, pipeline, &whole[0], hints->previous, err) ||
        !run(second, &whole[1], &owner->result, again, &merged, err)) {
        return false;
    }
    heed_result_release(*result);
    *result = merged;
    return true;
}

/* The job's second text, made as the first was, and held against it. */
static bool compare(struct heed_result_owner *owner, struct heed_pipeline *pipeline,
                    const struct heed_job *job, const struct heed_pipeline_hints *hints,
                    struct heed_error *err)
{
    struct heed_job other = heed_job_of_second(job);
    struct heed_pipeline *second = find_second(pipeline, job, owner->result.part, err);
    struct heed_head_id *heads =
        heed_arena_zeroed(&owner->arena, (size_t)job->n_heads + 1, sizeof *heads);
    struct heed_pipeline_hints of_other = *hints;
    if (!heads) {
        return heed_result_no_memory(err);
    }
    of_other.previous = hints->previous_b;
    if (!of_other.previous && hints->previous && hints->previous->compare) {
        of_other.previous = hints->previous->compare->result;
    }
    const struct heed_result *result = NULL;
    if (!second || !fit_heads(&other, heads, heed_pipeline_get_config(second), err) ||
        !run(second, &other, &owner->result, of_other, &result, err)) {
        return false;
    }
    const bool ok = compare_words(owner, pipeline, second, (struct heed_job[]){*job, other}, hints,
                                  &result, err) &&
                    heed_comparison_create(&owner->result.compare, &owner->arena, &owner->result,
                                           result, heed_pipeline_get_pool(pipeline), err);
    heed_result_release(result);
    return ok;
}

static bool run(struct heed_pipeline *pipeline, const struct heed_job *job,
                const struct heed_result *a, struct heed_pipeline_hints hints,
                const struct heed_result **result, struct heed_error *err)
{
    const double start = heed_clock_ms();
    struct heed_stock *stock = heed_pipeline_get_stock(pipeline);
    struct heed_result_owner *owner = heed_result_create(job->generation, stock);
    if (!owner) {
        return heed_result_no_memory(err);
    }
    owner->result.kit = pipeline->kit ? heed_kit_retain(pipeline->kit) : NULL;
    if (job->model) {
        owner->result.model = heed_arena_copy(&owner->arena, job->model, strlen(job->model));
    }
    if (!heed_result_fill(owner, pipeline, job, a, &hints, err) ||
        (job->compare && !compare(owner, pipeline, job, &hints, err)) ||
        !heed_pipeline_check(pipeline, err)) {
        heed_result_release(&owner->result);
        return false;
    }
    owner->result.ok = true;
    owner->result.is_later = (job->predicts || job->measures_links) && hints.previous &&
                             hints.previous->run == owner->result.run;
    owner->result.total_ms =
        owner->result.is_later ? hints.previous->total_ms : heed_clock_ms() - start;
    *result = &owner->result;
    return true;
}

bool heed_pipeline_run(struct heed_pipeline *pipeline, const struct heed_job *job,
                       struct heed_pipeline_hints hints, const struct heed_result **result,
                       struct heed_error *err)
{
    return run(pipeline, job, NULL, hints, result, err);
}

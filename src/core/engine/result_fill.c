#include <string.h>

#include "base/array.h"
#include "core/bert/pooled.h"
#include "core/engine/comparison.h"
#include "core/engine/pipeline_private.h"

/* Ids and segments of a result's tokens, until the next call. */
struct inputs {
    const int32_t *ids;
    int32_t *segments;
    int n;
};

static bool tokenize(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                     const struct heed_job *job, struct heed_error *err)
{
    struct heed_stock *stock = heed_pipeline_get_stock(pipeline);
    struct shared_encoding *shared = heed_stock_take(stock, sizeof *shared);
    if (!shared) {
        return heed_result_no_memory(err);
    }
    *shared = (struct shared_encoding){0};
    atomic_init(&shared->references, 1);
    const struct heed_tokenize_options options = {.stock = stock};
    if (!(pipeline->source
              ? heed_attention_source_encode(pipeline->source, &shared->encoding, err)
              : heed_tokenize(&shared->encoding, pipeline->tokenizer, job->text, job->text_length,
                              job->pair, job->pair_length, options, err))) {
        heed_stock_give(shared);
        return false;
    }
    owner->shared = shared;
    owner->result.encoding = shared->encoding;
    return true;
}

static bool read_inputs(struct heed_pipeline *pipeline, const struct heed_encoding *encoding,
                        struct inputs *inputs, struct heed_error *err)
{
    const int n = encoding->n_tokens;
    if (!heed_array_reserve(&pipeline->ids, &pipeline->capacity, 2 * (size_t)n, sizeof(int32_t))) {
        return heed_result_no_memory(err);
    }
    int32_t *segments = pipeline->ids + n;
    heed_encoding_copy_ids(encoding, pipeline->ids, segments);
    *inputs = (struct inputs){pipeline->ids, segments, n};
    return true;
}

/* With what is off, or the untouched run. */
static bool encode(const struct heed_result_owner *owner, struct heed_pipeline *pipeline,
                   const struct heed_pipeline_hints *hints, bool untouched,
                   const struct heed_run **run, struct heed_error *err)
{
    struct inputs inputs;
    if (!read_inputs(pipeline, owner->result.encoding, &inputs, err)) {
        return false;
    }
    struct heed_request request = {
        .ids = inputs.ids,
        .segments = inputs.segments,
        .n_tokens = inputs.n,
        .cancelled = hints->cancelled,
        .cancelled_context = hints->context,
    };
    if (!untouched) {
        request.positions = owner->result.variant.positions;
        request.attention = owner->result.variant.attention;
        request.allowed = owner->result.allowed;
        request.head_scale = owner->head_scale;
        request.cuts = owner->cuts;
        request.n_cuts = owner->result.n_cuts;
    }
    return heed_encode(pipeline->encoder, &request, run, err);
}

static void set_factor(float *scale, const struct heed_model_config *config, struct heed_head_id id,
                       float factor)
{
    if (id.layer >= 0 && id.layer < config->n_layers && id.head >= 0 && id.head < config->n_heads) {
        scale[id.layer * config->n_heads + id.head] = factor;
    }
}

/* The factors on the heads: 0 for those that are muted. */
static bool fill_scale(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                       const struct heed_job *job, struct heed_error *err)
{
    const struct heed_model_config *config = heed_model_get_config(pipeline->model);
    const size_t n = (size_t)config->n_layers * (size_t)config->n_heads;
    float *scale = heed_arena_zeroed(&owner->arena, n, sizeof *scale);
    bool any = false;
    if (!scale) {
        return heed_result_no_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        scale[i] = 1;
    }
    for (int i = 0; i < job->n_scaled; i++) {
        set_factor(scale, config, job->scaled[i].id, job->scaled[i].factor);
    }
    for (int i = 0; i < job->n_muted; i++) {
        set_factor(scale, config, job->muted[i], 0);
    }
    for (size_t i = 0; i < n; i++) {
        any = any || scale[i] != 1;
    }
    owner->head_scale = any ? scale : NULL;
    owner->result.head_scale = owner->head_scale;
    return true;
}

/* The job's, its mask for this text's own tokens. */
static bool fill_variant(struct heed_result_owner *owner, struct heed_pipeline *pipeline,
                         const struct heed_job *job, struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    const size_t n = (size_t)result->encoding->n_tokens;
    struct inputs inputs;
    result->variant = job->variant;
    if (job->variant.mask.kind == HEED_MASK_FULL) {
        return true;
    }
    uint8_t *allowed = heed_arena_alloc(&owner->arena, n * n);
    if (!allowed) {
        return heed_result_no_memory(err);
    }
    if (!read_inputs(pipeline, result->encoding, &inputs, err)) {
        return false;
    }
    /* Which text a token is of; the model may be told nothing of it. */
    heed_encoding_copy_sides(result->encoding, inputs.segments);
    if (heed_mask_fill(allowed, job->variant.mask, inputs.segments, inputs.n)) {
        result->allowed = allowed;
    } else {
        result->variant.mask = heed_mask_of(HEED_MASK_FULL, 0);
    }
    return true;
}

/* The job's cuts, where their tokens are in its text. */
static bool find_cuts(struct heed_result_owner *owner, const struct heed_model_config *config,
                      const struct heed_job *job, struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    const struct heed_encoding *encoding = result->encoding;
    int n = job->n_cuts;
    if (n == 0) {
        return true;
    }
    struct heed_cut_link *links = heed_arena_zeroed(&owner->arena, (size_t)n, sizeof *links);
    if (!links) {
        return heed_result_no_memory(err);
    }
    memcpy(links, job->cuts, (size_t)n * sizeof *links);
    if (job->cuts_of) {
        const struct heed_token_moves moves =
            heed_token_moves_find(job->cuts_of->encoding, encoding);
        n = heed_cuts_follow(links, n, &moves);
    }
    n = heed_cuts_fit(links, n, config->n_layers, config->n_heads, encoding->n_tokens);
    result->cut_links = links;
    result->n_cut_links = n;
    return heed_cuts_expand(&owner->cuts, &result->n_cuts, &owner->arena, links, n, err);
}

/* Those of A, where both their tokens stand in this text too. */
static bool take_cuts(struct heed_result_owner *owner, const struct heed_result *a,
                      struct heed_error *err)
{
    const size_t size = (size_t)a->n_cuts * sizeof *owner->cuts;
    struct heed_alignment tokens = {0};
    struct heed_word_alignment words;
    if (size == 0) {
        return true;
    }
    owner->cuts = heed_arena_alloc(&owner->arena, size);
    if (!owner->cuts) {
        return heed_result_no_memory(err);
    }
    memcpy(owner->cuts, a->cuts, size);
    if (!heed_comparison_align(&tokens, &words, &owner->arena, a->encoding, a->kit,
                               owner->result.encoding, owner->result.kit, err)) {
        return false;
    }
    owner->result.n_cuts = heed_cuts_translate(owner->cuts, a->n_cuts, &tokens);
    return true;
}

static bool same_scale(const struct heed_result_owner *a, const struct heed_result_owner *b)
{
    if (!a->head_scale || !b->head_scale) {
        return a->head_scale == b->head_scale;
    }
    const size_t n = (size_t)b->result.run->n_layers * (size_t)b->result.run->n_heads;
    return memcmp(a->head_scale, b->head_scale, n * sizeof(float)) == 0;
}

/* b has its run. */
static bool same_changes(const struct heed_result_owner *a, const struct heed_result_owner *b)
{
    const int n = a->result.n_cuts;
    return n == b->result.n_cuts && same_scale(a, b) &&
           heed_variant_equal(&a->result.variant, &b->result.variant) &&
           (n == 0 || memcmp(a->cuts, b->cuts, (size_t)n * sizeof *a->cuts) == 0);
}

static bool is_changed(const struct heed_result_owner *owner)
{
    return owner->head_scale || owner->result.n_cuts > 0 ||
           !heed_variant_is_plain(&owner->result.variant);
}

/* What of an earlier result of the same text can be shared is. */
static bool make_runs(struct heed_result_owner *owner, struct heed_pipeline *pipeline,
                      const struct heed_result_owner *previous,
                      const struct heed_pipeline_hints *hints, struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    const struct heed_run *untouched = previous ? heed_result_untouched(&previous->result) : NULL;
    if (previous && same_changes(owner, previous)) {
        result->run = heed_run_retain(previous->result.run);
    } else if (previous && !is_changed(owner)) {
        result->run = heed_run_retain(untouched);
    } else if (!encode(owner, pipeline, hints, false, &result->run, err)) {
        return false;
    }
    if (!is_changed(owner)) {
        return true;
    }
    if (untouched) {
        result->plain = heed_run_retain(untouched);
        return true;
    }
    return encode(owner, pipeline, hints, true, &result->plain, err);
}

/* How far what is off has moved the run. */
static bool find_changes(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                         struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    result->plain_cosine = 1;
    if (result->plain &&
        !heed_pooled_runs(&result->plain_cosine, &owner->arena, result->run, result->plain,
                          heed_kit_get_pooling(pipeline->kit), err)) {
        return false;
    }
    return true;
}

/* Those of a result of the same runs. */
static bool take_predictions(struct heed_result_owner *owner, const struct heed_result *previous,
                             struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    const size_t masks = (size_t)previous->n_masks * sizeof *previous->masks;
    const size_t classes = (size_t)previous->n_classes * sizeof *previous->classes;
    void *of_masks = masks > 0 ? heed_arena_alloc(&owner->arena, masks) : NULL;
    void *of_classes = classes > 0 ? heed_arena_alloc(&owner->arena, classes) : NULL;
    if ((masks > 0 && !of_masks) || (classes > 0 && !of_classes)) {
        return heed_result_no_memory(err);
    }
    if (of_masks) {
        result->masks = memcpy(of_masks, previous->masks, masks);
    }
    if (of_classes) {
        result->classes = memcpy(of_classes, previous->classes, classes);
    }
    result->n_masks = previous->n_masks;
    result->n_classes = previous->n_classes;
    result->has_predicted = true;
    return true;
}

/* What the output heads say, if it is wanted. previous: of the same runs; NULL: none. */
static bool predict(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                    const struct heed_job *job, const struct heed_result_owner *previous,
                    const struct heed_pipeline_hints *hints, struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    if (previous && previous->result.has_predicted) {
        return take_predictions(owner, &previous->result, err);
    }
    if (!job->predicts) {
        return true;
    }
    const struct heed_prediction_request request = {
        .model = pipeline->model,
        .encoding = result->encoding,
        .before = heed_result_untouched(result),
        .after = result->run,
        .mask_id = heed_tokenizer_get_mask_id(pipeline->tokenizer),
        .pool = heed_pipeline_get_pool(pipeline),
        .cancelled = hints->cancelled,
        .context = hints->context,
    };
    result->has_predicted = true;
    return heed_mask_changes_create(&result->masks, &result->n_masks, &owner->arena, &request,
                                    err) &&
           heed_class_changes_create(&result->classes, &result->n_classes, &owner->arena, &request,
                                     err);
}

/* Of the untouched run, which previous may have, too (the same text's; NULL: none). */
static bool measure_links(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                          const struct heed_job *job, const struct heed_result_owner *previous,
                          const struct heed_pipeline_hints *hints, struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    const struct heed_run *run = heed_result_untouched(result);
    const struct heed_link_measures *before = previous ? previous->result.links : NULL;
    if (before && heed_link_measures_get_run(before) == run) {
        result->links = heed_link_measures_retain(before);
        return true;
    }
    const struct heed_link_measures_hints how = {
        .pool = heed_pipeline_get_pool(pipeline),
        .cancelled = hints->cancelled,
        .context = hints->context,
    };
    return !job->measures_links ||
           heed_link_measures_create(&result->links, run, pipeline->model, how, err);
}

/* The aggregate's heads, kept to know whether the next job asks for others. */
static bool keep_heads(struct heed_result_owner *owner, const struct heed_job *job,
                       struct heed_error *err)
{
    if (job->n_heads == 0) {
        return true;
    }
    const size_t size = (size_t)job->n_heads * sizeof *owner->heads;
    owner->heads = heed_arena_alloc(&owner->arena, size);
    if (!owner->heads) {
        return heed_result_no_memory(err);
    }
    memcpy(owner->heads, job->heads, size);
    owner->n_heads = job->n_heads;
    return true;
}

static bool same_heads(const struct heed_result_owner *owner, const struct heed_job *job)
{
    if (owner->n_heads != job->n_heads) {
        return false;
    }
    for (int i = 0; i < job->n_heads; i++) {
        if (owner->heads[i].layer != job->heads[i].layer ||
            owner->heads[i].head != job->heads[i].head) {
            return false;
        }
    }
    return true;
}

bool heed_result_make_maps(struct heed_result_owner *owner, const struct heed_pipeline *pipeline,
                           const struct heed_job *job, const struct heed_result_owner *previous,
                           struct heed_error *err)
{
    const struct heed_maps *old = previous ? previous->result.maps : NULL;
    const bool aggregates = job->filter.aggregate != HEED_AGGREGATE_NONE;
    if (old && heed_filter_same_maps(&old->filter, &job->filter) &&
        (!aggregates || same_heads(previous, job))) {
        owner->result.maps = heed_maps_retain(old);
        return true;
    }
    const struct heed_maps_request request = {
        .encoding = owner->result.encoding,
        .run = owner->result.run,
        .model = pipeline->model,
        .tokenizer = pipeline->tokenizer,
        .measures = old ? heed_maps_get_measures(old) : NULL,
        .filter = job->filter,
        .heads = aggregates ? job->heads : NULL,
        .n_heads = aggregates ? job->n_heads : 0,
        .most_bytes = 2 * pipeline->most_read,
        .norms = pipeline->source ? heed_attention_source_get_norms(pipeline->source) : NULL,
        .pool = heed_pipeline_get_pool(pipeline),
        .stock = heed_pipeline_get_stock(pipeline),
    };
    return heed_maps_create(&owner->result.maps, &request, err);
}

bool heed_result_fill(struct heed_result_owner *owner, struct heed_pipeline *pipeline,
                      const struct heed_job *job, const struct heed_result *a,
                      const struct heed_pipeline_hints *hints, struct heed_error *err)
{
    const bool same_text =
        hints->previous &&
        (pipeline->source
             ? heed_attention_source_made(pipeline->source, hints->previous)
             : hints->previous->kit == pipeline->kit && heed_result_has_text(hints->previous, job));
    const struct heed_result_owner *previous =
        same_text ? heed_result_owner_of(hints->previous) : NULL;
    if (previous) {
        atomic_fetch_add(&previous->shared->references, 1);
        owner->shared = previous->shared;
        owner->result.encoding = previous->result.encoding;
    } else if (!tokenize(owner, pipeline, job, err)) {
        return false;
    }
    if (pipeline->source) {
        return heed_attention_source_fill(pipeline->source, job, &owner->arena, &owner->result,
                                          err) &&
               keep_heads(owner, job, err) &&
               heed_result_make_maps(owner, pipeline, job, previous, err);
    }
    const struct heed_model_config *config = heed_model_get_config(pipeline->model);
    if (!fill_scale(owner, pipeline, job, err) || !fill_variant(owner, pipeline, job, err) ||
        !(a ? take_cuts(owner, a, err) : find_cuts(owner, config, job, err))) {
        return false;
    }
    owner->result.cuts = owner->cuts;
    if (!make_runs(owner, pipeline, previous, hints, err) || !find_changes(owner, pipeline, err)) {
        return false;
    }
    const struct heed_result_owner *same =
        previous && same_changes(owner, previous) ? previous : NULL;
    return predict(owner, pipeline, job, same, hints, err) &&
           measure_links(owner, pipeline, job, previous, hints, err) &&
           keep_heads(owner, job, err) && heed_result_make_maps(owner, pipeline, job, same, err);
}

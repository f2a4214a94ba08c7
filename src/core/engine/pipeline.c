#include "core/engine/pipeline.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "core/bert/pooled.h"
#include "core/engine/attention_source.h"
#include "core/engine/comparison.h"
#include "core/model/locate.h"

struct heed_pipeline {
    const struct heed_kit *kit;
    const struct heed_model *model; /* the kit's */
    const struct heed_tokenizer *tokenizer;
    struct heed_encoder *encoder;
    struct heed_attention_source *source; /* in place of those; else NULL */
    struct heed_pipeline *second;         /* the file or model that it was last compared with */
    char *second_name;                    /* of the model, as jobs have it; with second NULL this
                                             is that model itself */
    struct heed_encoder_options options;  /* for that one */
    char *path;                           /* of the source */
    size_t most_read;                     /* likewise */
    int32_t *ids;                         /* [capacity]: ids, then segments */
    size_t capacity;
};

/* An encoding that several results share. */
struct shared_encoding {
    atomic_int references;
    struct heed_encoding *encoding;
};

struct owner {
    struct heed_result result; /* first: a pointer to it is one to the owner */
    atomic_int references;
    struct heed_arena arena; /* of all that isn't shared, and of this */
    struct shared_encoding *shared;
    struct heed_head_id *heads; /* what the aggregate is over */
    int n_heads;
    float *head_scale;     /* the result's */
    struct heed_cut *cuts; /* likewise */
};

/* Ids and segments of a result's tokens, until the next call. */
struct inputs {
    const int32_t *ids;
    int32_t *segments;
    int n;
};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the result");
}

bool heed_pipeline_open(struct heed_pipeline **pipeline, const char *folder,
                        struct heed_encoder_options options, struct heed_error *err)
{
    struct heed_pipeline *made = calloc(1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    bool ok = heed_kit_open(&made->kit, folder, err);
    if (ok) {
        made->model = heed_kit_get_model(made->kit);
        made->tokenizer = heed_kit_get_tokenizer(made->kit);
        ok = heed_encoder_create(&made->encoder, made->model, options, err);
        made->options = options;
        made->options.go_on = NULL; /* of this opening alone */
        made->options.go_on_context = NULL;
    }
    if (!ok) {
        heed_pipeline_close(made);
        return false;
    }
    *pipeline = made;
    return true;
}

bool heed_pipeline_open_file(struct heed_pipeline **pipeline, const char *path, const char *kind,
                             size_t most_read, struct heed_error *err)
{
    struct heed_pipeline *made = calloc(1, sizeof *made);
    if (!made) {
        return no_memory(err);
    }
    made->path = strdup(path);
    made->most_read = most_read;
    if (!(made->path || no_memory(err)) ||
        !heed_attention_source_open(&made->source, path, kind, most_read, err)) {
        heed_pipeline_close(made);
        return false;
    }
    *pipeline = made;
    return true;
}

void heed_pipeline_close(struct heed_pipeline *pipeline)
{
    if (!pipeline) {
        return;
    }
    heed_encoder_destroy(pipeline->encoder);
    heed_kit_release(pipeline->kit);
    heed_attention_source_close(pipeline->source);
    heed_pipeline_close(pipeline->second);
    free(pipeline->second_name);
    free(pipeline->path);
    free(pipeline->ids);
    free(pipeline);
}

void heed_pipeline_give_second(struct heed_pipeline *pipeline, char *name,
                               struct heed_pipeline *second)
{
    heed_pipeline_close(pipeline->second);
    free(pipeline->second_name);
    pipeline->second = second;
    pipeline->second_name = name;
}

struct heed_pipeline *heed_pipeline_take_second(struct heed_pipeline *pipeline, char **name)
{
    struct heed_pipeline *second = pipeline->second;
    *name = pipeline->second_name;
    pipeline->second = NULL;
    pipeline->second_name = NULL;
    return second;
}

struct heed_pipeline *heed_pipeline_get_second(const struct heed_pipeline *pipeline)
{
    return pipeline->second;
}

bool heed_pipeline_open_second(struct heed_pipeline *pipeline, const char *name,
                               struct heed_error *err)
{
    char folder[PATH_MAX];
    struct heed_pipeline *second = NULL;
    if (pipeline->second_name && strcmp(pipeline->second_name, name) == 0) {
        return true;
    }
    heed_pipeline_give_second(pipeline, NULL, NULL); /* two of them may not fit */
    if (!heed_model_find(folder, sizeof folder, name, err)) {
        return false;
    }
    char *copy = strdup(name);
    if (!copy) {
        return no_memory(err);
    }
    if (strcmp(folder, heed_model_get_folder(pipeline->model)) != 0 &&
        !heed_pipeline_open(&second, folder, pipeline->options, err)) {
        free(copy);
        return false;
    }
    heed_pipeline_give_second(pipeline, copy, second);
    return true;
}

bool heed_pipeline_check(const struct heed_pipeline *pipeline, struct heed_error *err)
{
    return pipeline->source ? heed_attention_source_check(pipeline->source, err)
                            : heed_model_check(pipeline->model, err);
}

const struct heed_kit *heed_pipeline_get_kit(const struct heed_pipeline *pipeline)
{
    return pipeline->kit;
}

const struct heed_model *heed_pipeline_get_model(const struct heed_pipeline *pipeline)
{
    return pipeline->model;
}

const struct heed_model_config *heed_pipeline_get_config(const struct heed_pipeline *pipeline)
{
    return pipeline->source ? heed_attention_source_get_config(pipeline->source)
                            : heed_model_get_config(pipeline->model);
}

const struct heed_row_findings *heed_pipeline_get_rows(const struct heed_pipeline *pipeline)
{
    return pipeline->source ? heed_attention_source_get_rows(pipeline->source) : NULL;
}

static struct heed_stock *get_stock(const struct heed_pipeline *pipeline)
{
    return pipeline->encoder ? heed_encoder_get_stock(pipeline->encoder) : NULL;
}

static struct heed_pool *get_pool(const struct heed_pipeline *pipeline)
{
    return pipeline->encoder ? heed_encoder_get_pool(pipeline->encoder) : NULL;
}

const struct heed_tokenizer *heed_pipeline_get_tokenizer(const struct heed_pipeline *pipeline)
{
    return pipeline->tokenizer;
}

struct heed_encoder *heed_pipeline_get_encoder(struct heed_pipeline *pipeline)
{
    return pipeline->encoder;
}

static struct owner *owner_of(const struct heed_result *result)
{
    return (struct owner *)(uintptr_t)result;
}

static void release_encoding(struct shared_encoding *shared)
{
    if (shared && atomic_fetch_sub(&shared->references, 1) == 1) {
        heed_encoding_destroy(shared->encoding);
        heed_stock_give(shared);
    }
}

const struct heed_result *heed_result_retain(const struct heed_result *result)
{
    atomic_fetch_add_explicit(&owner_of(result)->references, 1, memory_order_relaxed);
    return result;
}

void heed_result_release(const struct heed_result *result)
{
    if (!result || atomic_fetch_sub(&owner_of(result)->references, 1) != 1) {
        return;
    }
    struct owner *owner = owner_of(result);
    if (owner->result.compare) {
        heed_result_release(owner->result.compare->result);
    }
    heed_maps_release(owner->result.maps); /* borrows the encoding */
    heed_run_release(owner->result.run);
    heed_run_release(owner->result.plain);
    release_encoding(owner->shared);
    heed_kit_release(owner->result.kit);
    struct heed_arena arena = owner->arena; /* the owner lies in it */
    heed_arena_finish(&arena);
}

static struct owner *create_owner(uint64_t generation, struct heed_stock *stock)
{
    struct heed_arena arena = {.stock = stock};
    struct owner *owner = heed_arena_zeroed(&arena, 1, sizeof *owner);
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
    struct owner *owner = create_owner(generation, NULL);
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

static bool tokenize(struct owner *owner, const struct heed_pipeline *pipeline,
                     const struct heed_job *job, struct heed_error *err)
{
    struct heed_stock *stock = get_stock(pipeline);
    struct shared_encoding *shared = heed_stock_take(stock, sizeof *shared);
    if (!shared) {
        return no_memory(err);
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
        return no_memory(err);
    }
    int32_t *segments = pipeline->ids + n;
    heed_encoding_copy_ids(encoding, pipeline->ids, segments);
    *inputs = (struct inputs){pipeline->ids, segments, n};
    return true;
}

/* With what is off, or the untouched run. */
static bool encode(const struct owner *owner, struct heed_pipeline *pipeline,
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
static bool fill_scale(struct owner *owner, const struct heed_pipeline *pipeline,
                       const struct heed_job *job, struct heed_error *err)
{
    const struct heed_model_config *config = heed_model_get_config(pipeline->model);
    const size_t n = (size_t)config->n_layers * (size_t)config->n_heads;
    float *scale = heed_arena_zeroed(&owner->arena, n, sizeof *scale);
    bool any = false;
    if (!scale) {
        return no_memory(err);
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
static bool fill_variant(struct owner *owner, struct heed_pipeline *pipeline,
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
        return no_memory(err);
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
static bool find_cuts(struct owner *owner, const struct heed_model_config *config,
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
        return no_memory(err);
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
static bool take_cuts(struct owner *owner, const struct heed_result *a, struct heed_error *err)
{
    const size_t size = (size_t)a->n_cuts * sizeof *owner->cuts;
    struct heed_alignment tokens = {0};
    struct heed_word_alignment words;
    if (size == 0) {
        return true;
    }
    owner->cuts = heed_arena_alloc(&owner->arena, size);
    if (!owner->cuts) {
        return no_memory(err);
    }
    memcpy(owner->cuts, a->cuts, size);
    if (!heed_comparison_align(&tokens, &words, &owner->arena, a->encoding, a->kit,
                               owner->result.encoding, owner->result.kit, err)) {
        return false;
    }
    owner->result.n_cuts = heed_cuts_translate(owner->cuts, a->n_cuts, &tokens);
    return true;
}

static bool same_scale(const struct owner *a, const struct owner *b)
{
    if (!a->head_scale || !b->head_scale) {
        return a->head_scale == b->head_scale;
    }
    const size_t n = (size_t)b->result.run->n_layers * (size_t)b->result.run->n_heads;
    return memcmp(a->head_scale, b->head_scale, n * sizeof(float)) == 0;
}

/* b has its run. */
static bool same_changes(const struct owner *a, const struct owner *b)
{
    const int n = a->result.n_cuts;
    return n == b->result.n_cuts && same_scale(a, b) &&
           heed_variant_equal(&a->result.variant, &b->result.variant) &&
           (n == 0 || memcmp(a->cuts, b->cuts, (size_t)n * sizeof *a->cuts) == 0);
}

static bool is_changed(const struct owner *owner)
{
    return owner->head_scale || owner->result.n_cuts > 0 ||
           !heed_variant_is_plain(&owner->result.variant);
}

/* What of an earlier result of the same text can be shared is. */
static bool make_runs(struct owner *owner, struct heed_pipeline *pipeline,
                      const struct owner *previous, const struct heed_pipeline_hints *hints,
                      struct heed_error *err)
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
static bool find_changes(struct owner *owner, const struct heed_pipeline *pipeline,
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
static bool take_predictions(struct owner *owner, const struct heed_result *previous,
                             struct heed_error *err)
{
    struct heed_result *result = &owner->result;
    const size_t masks = (size_t)previous->n_masks * sizeof *previous->masks;
    const size_t classes = (size_t)previous->n_classes * sizeof *previous->classes;
    void *of_masks = masks > 0 ? heed_arena_alloc(&owner->arena, masks) : NULL;
    void *of_classes = classes > 0 ? heed_arena_alloc(&owner->arena, classes) : NULL;
    if ((masks > 0 && !of_masks) || (classes > 0 && !of_classes)) {
        return no_memory(err);
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
static bool predict(struct owner *owner, const struct heed_pipeline *pipeline,
                    const struct heed_job *job, const struct owner *previous,
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
        .pool = get_pool(pipeline),
        .cancelled = hints->cancelled,
        .context = hints->context,
    };
    result->has_predicted = true;
    return heed_mask_changes_create(&result->masks, &result->n_masks, &owner->arena, &request,
                                    err) &&
           heed_class_changes_create(&result->classes, &result->n_classes, &owner->arena, &request,
                                     err);
}

/* The aggregate's heads, kept to know whether the next job asks for others. */
static bool keep_heads(struct owner *owner, const struct heed_job *job, struct heed_error *err)
{
    if (job->n_heads == 0) {
        return true;
    }
    const size_t size = (size_t)job->n_heads * sizeof *owner->heads;
    owner->heads = heed_arena_alloc(&owner->arena, size);
    if (!owner->heads) {
        return no_memory(err);
    }
    memcpy(owner->heads, job->heads, size);
    owner->n_heads = job->n_heads;
    return true;
}

static bool same_heads(const struct owner *owner, const struct heed_job *job)
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

static bool make_maps(struct owner *owner, const struct heed_pipeline *pipeline,
                      const struct heed_job *job, const struct owner *previous,
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
        .pool = get_pool(pipeline),
        .stock = get_stock(pipeline),
    };
    return heed_maps_create(&owner->result.maps, &request, err);
}

/* a: the result that this is to be held against; NULL: none. */
static bool fill(struct owner *owner, struct heed_pipeline *pipeline, const struct heed_job *job,
                 const struct heed_result *a, const struct heed_pipeline_hints *hints,
                 struct heed_error *err)
{
    const bool same_text =
        hints->previous &&
        (pipeline->source
             ? heed_attention_source_made(pipeline->source, hints->previous)
             : hints->previous->kit == pipeline->kit && heed_result_has_text(hints->previous, job));
    const struct owner *previous = same_text ? owner_of(hints->previous) : NULL;
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
               keep_heads(owner, job, err) && make_maps(owner, pipeline, job, previous, err);
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
    const struct owner *same = previous && same_changes(owner, previous) ? previous : NULL;
    return predict(owner, pipeline, job, same, hints, err) && keep_heads(owner, job, err) &&
           make_maps(owner, pipeline, job, same, err);
}

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
    other.predicts = false; /* they are shown of the first alone */
    other.model = job->compare_model ? job->compare_model : job->model;
    other.compare_model = NULL;
    return other;
}

/* The same part of another file, or, of a file with a single part, whatever one that has. */
static bool open_second_file(struct heed_pipeline *pipeline, const char *path,
                             enum heed_part_kind part, struct heed_error *err)
{
    struct heed_pipeline *second = pipeline->second;
    const char *kind = part == HEED_PART_SELF ? NULL : heed_part_kind_words[part];
    if (second && strcmp(second->path, path) == 0 && heed_pipeline_check(second, NULL)) {
        return true;
    }
    heed_pipeline_close(second);
    pipeline->second = NULL;
    return heed_pipeline_open_file(&pipeline->second, path, kind, pipeline->most_read, err);
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
    return open_second_file(pipeline, job->compare, part, err) ? pipeline->second : NULL;
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
static bool merge_words(struct owner *owner, const struct heed_pipeline *pipeline,
                        const struct heed_job *job, const struct heed_result *previous,
                        struct heed_error *err)
{
    const struct heed_maps *pieces = owner->result.maps;
    const bool same_run = previous && previous->run == owner->result.run;
    if (!make_maps(owner, pipeline, job, same_run ? owner_of(previous) : NULL, err)) {
        owner->result.maps = pieces;
        return false;
    }
    heed_maps_release(pieces);
    return true;
}

/* Of two vocabularies only whole words can be held against one another. */
static bool compare_words(struct owner *owner, struct heed_pipeline *pipeline,
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
static bool compare(struct owner *owner, struct heed_pipeline *pipeline, const struct heed_job *job,
                    const struct heed_pipeline_hints *hints, struct heed_error *err)
{
    struct heed_job other = heed_job_of_second(job);
    struct heed_pipeline *second = find_second(pipeline, job, owner->result.part, err);
    struct heed_head_id *heads =
        heed_arena_zeroed(&owner->arena, (size_t)job->n_heads + 1, sizeof *heads);
    struct heed_pipeline_hints of_other = *hints;
    if (!heads) {
        return no_memory(err);
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
                                           result, get_pool(pipeline), err);
    heed_result_release(result);
    return ok;
}

static bool run(struct heed_pipeline *pipeline, const struct heed_job *job,
                const struct heed_result *a, struct heed_pipeline_hints hints,
                const struct heed_result **result, struct heed_error *err)
{
    const double start = heed_clock_ms();
    struct heed_stock *stock = get_stock(pipeline);
    struct owner *owner = create_owner(job->generation, stock);
    if (!owner) {
        return no_memory(err);
    }
    owner->result.kit = pipeline->kit ? heed_kit_retain(pipeline->kit) : NULL;
    if (job->model) {
        owner->result.model = heed_arena_copy(&owner->arena, job->model, strlen(job->model));
    }
    if (!fill(owner, pipeline, job, a, &hints, err) ||
        (job->compare && !compare(owner, pipeline, job, &hints, err)) ||
        !heed_pipeline_check(pipeline, err)) {
        heed_result_release(&owner->result);
        return false;
    }
    owner->result.ok = true;
    /* The picture's, which predictions come after. */
    const bool adds = job->predicts && hints.previous && hints.previous->run == owner->result.run;
    owner->result.total_ms = adds ? hints.previous->total_ms : heed_clock_ms() - start;
    *result = &owner->result;
    return true;
}

bool heed_pipeline_run(struct heed_pipeline *pipeline, const struct heed_job *job,
                       struct heed_pipeline_hints hints, const struct heed_result **result,
                       struct heed_error *err)
{
    return run(pipeline, job, NULL, hints, result, err);
}

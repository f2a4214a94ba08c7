#include "core/engine/attention_source.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "core/engine/joined.h"
#include "core/engine/result.h"

enum { MOST_BYTES_SHIFT = 32 /* of what is copied: 4 GiB */ };

struct heed_attention_source {
    atomic_int references; /* the run's, and the opener's */
    struct heed_attention_file *file;
    const struct heed_attention_part *part;
    struct heed_arena arena; /* of copies */
    const struct heed_run *run;
    struct heed_model_config config;
    uint8_t *allowed;
    const float *norms;
    struct heed_row_findings rows;
    unsigned lacks;
};

static bool no_memory(const struct heed_attention_source *source, struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'",
                          heed_attention_get_path(source->file));
}

static void release(void *context)
{
    struct heed_attention_source *source = context;
    if (atomic_fetch_sub(&source->references, 1) == 1) {
        heed_attention_close(source->file);
        heed_arena_finish(&source->arena);
        free(source);
    }
}

/* A tensor's values as float32, in place if they can be; NULL without memory. */
static const float *read_tensor(struct heed_attention_source *source,
                                const struct heed_tensor_info *info)
{
    size_t count = 1;
    for (int i = 0; i < info->rank; i++) {
        count *= info->shape[i]; /* of a file whose bytes were counted */
    }
    if (info->dtype == HEED_DTYPE_F32 && (uintptr_t)info->data % sizeof(float) == 0) {
        return (const float *)(const void *)info->data;
    }
    float *values = count > ((size_t)1 << MOST_BYTES_SHIFT) / sizeof *values
                        ? NULL
                        : heed_arena_alloc(&source->arena, count * sizeof *values);
    if (values) {
        heed_tensor_read(info, 0, count, values);
    }
    return values;
}

/* Of each head: its own, or those of its group's. */
static const float *read_per_head(struct heed_attention_source *source,
                                  const struct heed_tensor_info *info)
{
    const struct heed_attention_part *part = source->part;
    const size_t heads = (size_t)part->n_heads;
    const size_t groups = (size_t)part->n_key_heads;
    const float *from = read_tensor(source, info);
    if (!from || heads == groups) {
        return from;
    }
    const size_t block = info->shape[2] * info->shape[3];
    float *to =
        heed_arena_alloc(&source->arena, (size_t)part->n_layers * heads * block * sizeof *to);
    for (size_t at = 0; to && at < (size_t)part->n_layers * heads; at++) {
        const size_t group = at / heads * groups + at % heads / (heads / groups);
        memcpy(to + at * block, from + group * block, block * sizeof *to);
    }
    return to;
}

/* As a run has it: of each head, over all tokens. */
static const float *read_joined(struct heed_attention_source *source, enum heed_part_tensor which)
{
    const struct heed_attention_part *part = source->part;
    const struct heed_tensor_info *info = part->tensors[which];
    const bool by_group = which == HEED_PART_KEYS || which == HEED_PART_VALUES;
    const float *values = by_group ? read_per_head(source, info) : read_tensor(source, info);
    return values ? heed_joined_values(&source->arena, part, which, values) : NULL;
}

/* Where any head looks: elsewhere it mayn't, as in a decoder. */
static bool find_allowed(struct heed_attention_source *source, const struct heed_run *run)
{
    const size_t cells = (size_t)run->n_tokens * (size_t)run->n_tokens;
    const size_t n_maps = (size_t)run->n_layers * (size_t)run->n_heads;
    uint8_t *allowed = heed_arena_zeroed(&source->arena, cells, 1);
    bool everywhere = true;
    if (!allowed) {
        return false;
    }
    for (size_t map = 0; map < n_maps; map++) {
        const float *weights = run->attention + map * cells;
        for (size_t i = 0; i < cells; i++) {
            allowed[i] |= weights[i] > 0;
        }
    }
    for (size_t i = 0; i < cells; i++) {
        everywhere = everywhere && allowed[i];
    }
    source->allowed = everywhere ? NULL : allowed;
    return true;
}

/* scores: [n]. True if the softmax of row `row` of a head is its weights. */
static bool row_is_softmax(const struct heed_run *run, const uint8_t *allowed, size_t map,
                           size_t row, double *scores)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t d = (size_t)run->head_dim;
    const float *q = run->queries + (map * n + row) * d;
    const float *weights = run->attention + (map * n + row) * n;
    double most = -INFINITY;
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        const float *k = run->keys + (map * n + j) * d;
        scores[j] = 0;
        for (size_t i = 0; i < d; i++) {
            scores[j] += (double)q[i] * (double)k[i];
        }
        scores[j] = allowed && !allowed[row * n + j] ? -INFINITY : scores[j] / sqrt((double)d);
        most = fmax(most, scores[j]);
    }
    for (size_t j = 0; j < n; j++) {
        scores[j] = isfinite(most) ? exp(scores[j] - most) : 0;
        sum += scores[j];
    }
    for (size_t j = 0; j < n; j++) {
        if (!(fabs(scores[j] / sum - (double)weights[j]) <= 1e-3)) {
            return false;
        }
    }
    return true;
}

/* Every row where that is quick, else some of every head. */
static bool is_softmax(const struct heed_attention_source *source, const struct heed_run *run,
                       bool *is_so)
{
    const size_t n = (size_t)run->n_tokens;
    const size_t n_maps = (size_t)run->n_layers * (size_t)run->n_heads;
    const size_t step = n * n_maps * n * (size_t)run->head_dim < 200000000 || n < 16 ? 1 : n / 8;
    double *scores = malloc(n * sizeof *scores);
    if (!scores) {
        return false;
    }
    *is_so = true;
    for (size_t map = 0; *is_so && map < n_maps; map++) {
        for (size_t row = 0; *is_so && row < (size_t)source->part->queries.n; row += step) {
            *is_so = row_is_softmax(run, source->allowed, map, row, scores);
        }
    }
    free(scores);
    return true;
}

/* Queries and what goes with them stay only if the weights are made of them. */
static bool read_products(struct heed_attention_source *source, struct heed_run *run)
{
    const struct heed_attention_part *part = source->part;
    const struct heed_tensor_info *const *tensors = part->tensors;
    source->lacks |= HEED_LACKS_QUERIES;
    if (!tensors[HEED_PART_QUERIES] || !tensors[HEED_PART_KEYS] || !tensors[HEED_PART_VALUES] ||
        part->value_dim != part->head_dim) {
        return true;
    }
    bool is_so = false;
    run->queries = read_joined(source, HEED_PART_QUERIES);
    run->keys = read_joined(source, HEED_PART_KEYS);
    run->values = read_joined(source, HEED_PART_VALUES);
    if (!run->queries || !run->keys || !run->values || !is_softmax(source, run, &is_so)) {
        return false;
    }
    source->lacks &= ~(unsigned)HEED_LACKS_QUERIES;
    if (!is_so) {
        source->lacks |= HEED_LACKS_PRODUCTS;
        run->queries = run->keys = run->values = NULL;
    }
    return true;
}

static bool read_run(struct heed_attention_source *source, struct heed_error *err)
{
    const struct heed_attention_part *part = source->part;
    struct heed_run run = {
        .n_tokens = heed_joined_count(part),
        .n_layers = part->n_layers,
        .n_heads = part->n_heads,
        .head_dim = part->head_dim,
        .attention = read_joined(source, HEED_PART_ATTENTIONS),
    };
    source->lacks = HEED_LACKS_MODEL;
    source->lacks |= part->one_axis ? 0 : HEED_LACKS_ONE_AXIS;
    source->lacks |= part->queries.words || part->keys.words ? 0 : HEED_LACKS_WORDS;
    source->lacks |= part->queries.special || part->keys.special ? 0 : HEED_LACKS_SPECIAL;
    if (part->tensors[HEED_PART_VALUE_NORMS]) {
        source->norms = read_joined(source, HEED_PART_VALUE_NORMS);
    } else {
        source->lacks |= HEED_LACKS_VALUE_NORMS;
    }
    if (!run.attention || (part->tensors[HEED_PART_VALUE_NORMS] && !source->norms) ||
        !find_allowed(source, &run) || !read_products(source, &run)) {
        return no_memory(source, err);
    }
    source->run = heed_run_wrap(&run, release, source);
    if (!source->run) {
        return no_memory(source, err);
    }
    atomic_fetch_add(&source->references, 1);
    return true;
}

/* The index of the part of this kind; -1, with an error, if there is no such one. */
static int find_part(const struct heed_attention_file *file, const char *kind,
                     struct heed_error *err)
{
    const int n = heed_attention_count_parts(file);
    const char *path = heed_attention_get_path(file);
    char has[80] = "";
    const bool any = kind && *kind == '\0';
    int found = any || (n == 1 && !kind) ? 0 : -1;
    for (int i = 0; i < n; i++) {
        const char *word = heed_part_kind_words[heed_attention_get_part(file, i)->kind];
        const size_t used = strlen(has);
        snprintf(has + used, sizeof has - used, "%s%s", i > 0 ? ", " : "", word);
        found = kind && strcmp(kind, word) == 0 ? i : found;
    }
    if (found < 0 && kind) {
        heed_error_set(err, HEED_ERROR_INPUT, "'%s' has no part %.40s, but %s", path, kind, has);
    } else if (found < 0) {
        heed_error_set(err, HEED_ERROR_INPUT, "'%s' has several parts (%s): name one by --part",
                       path, has);
    }
    return found;
}

static bool open_part(struct heed_attention_source *source, const char *kind,
                      struct heed_error *err)
{
    const int index = find_part(source->file, kind, err);
    if (index < 0) {
        return false;
    }
    const struct heed_attention_part *part = heed_attention_get_part(source->file, index);
    source->part = part;
    source->config = (struct heed_model_config){
        .n_layers = part->n_layers,
        .n_heads = part->n_heads,
        .head_dim = part->head_dim,
        .hidden = part->hidden,
        .max_positions = heed_joined_count(part),
    };
    return heed_attention_check(source->file, index, &source->rows, NULL, NULL, err) &&
           read_run(source, err);
}

bool heed_attention_source_open(struct heed_attention_source **source, const char *path,
                                const char *kind, struct heed_error *err)
{
    struct heed_attention_source *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", path);
    }
    atomic_init(&opened->references, 1);
    if (!heed_attention_open(&opened->file, path, err) || !open_part(opened, kind, err)) {
        heed_attention_source_close(opened);
        return false;
    }
    *source = opened;
    return true;
}

void heed_attention_source_close(struct heed_attention_source *source)
{
    if (source) {
        const struct heed_run *run = source->run;
        release(source);
        heed_run_release(run);
    }
}

const struct heed_model_config *
heed_attention_source_get_config(const struct heed_attention_source *source)
{
    return &source->config;
}

const float *heed_attention_source_get_norms(const struct heed_attention_source *source)
{
    return source->norms;
}

const struct heed_row_findings *
heed_attention_source_get_rows(const struct heed_attention_source *source)
{
    return &source->rows;
}

/* The model as the file calls it, else the file's own name. */
static const char *get_name(const struct heed_attention_source *source)
{
    const char *model = heed_attention_get_metadata(source->file, "model");
    const char *path = heed_attention_get_path(source->file);
    const char *slash = strrchr(path, '/');
    return model ? model : slash ? slash + 1 : path;
}

/* What only a model could do. */
static bool asks_for_a_model(const struct heed_job *job)
{
    return job->pair || job->compare || job->n_muted > 0 || job->n_scaled > 0 || job->n_cuts > 0 ||
           !heed_variant_is_plain(&job->variant);
}

static bool copy_allowed(const struct heed_attention_source *source, struct heed_arena *arena,
                         struct heed_result *result)
{
    const size_t n = (size_t)source->run->n_tokens;
    if (!source->allowed) {
        return true;
    }
    uint8_t *copy = heed_arena_alloc(arena, n * n);
    if (copy) {
        memcpy(copy, source->allowed, n * n);
    }
    result->allowed = copy;
    return copy != NULL;
}

bool heed_attention_source_fill(const struct heed_attention_source *source,
                                const struct heed_job *job, struct heed_arena *arena,
                                struct heed_result *result, struct heed_error *err)
{
    const char *name = get_name(source);
    const char *path = heed_attention_get_path(source->file);
    unsigned needs = asks_for_a_model(job) ? HEED_LACKS_MODEL : 0;
    needs |= job->filter.measure == HEED_MEASURE_VALUE_NORM ? HEED_LACKS_VALUE_NORMS : 0;
    needs |= job->filter.measure == HEED_MEASURE_ROLLOUT ? HEED_LACKS_ONE_AXIS : 0;
    result->lacks = source->lacks;
    result->file = heed_arena_copy(arena, path, strlen(path));
    if (!result->file) {
        return no_memory(source, err);
    }
    if (!heed_result_has(result, needs, err)) {
        return false;
    }
    result->plain_cosine = 1;
    result->origin = heed_arena_copy(arena, name, strlen(name));
    result->part = source->part->kind;
    result->rows = source->rows;
    for (int i = 0; i < heed_attention_count_parts(source->file); i++) {
        result->parts |= 1U << heed_attention_get_part(source->file, i)->kind;
    }
    if (!result->origin || !copy_allowed(source, arena, result)) {
        return no_memory(source, err);
    }
    result->run = heed_run_retain(source->run);
    return true;
}

bool heed_attention_source_encode(const struct heed_attention_source *source,
                                  struct heed_encoding **encoding, struct heed_error *err)
{
    return heed_joined_encode(source->part, encoding, err);
}

bool heed_attention_source_check(const struct heed_attention_source *source, struct heed_error *err)
{
    return heed_attention_still_same(source->file, err);
}

#include "core/engine/attention_source.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checked.h"
#include "core/engine/attention_reader.h"
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
    struct heed_attention_reader reader; /* of what isn't read at opening */
    const struct heed_picture *picture;
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
        if (source->part) {
            heed_attention_reader_finish(&source->reader);
        }
        heed_attention_close(source->file);
        heed_arena_finish(&source->arena);
        free(source);
    }
}

/* A tensor's values as float32, in place if they can be; NULL without memory. */
static const float *read_tensor(struct heed_attention_source *source,
                                const struct heed_tensor_info *info)
{
    const size_t count = heed_tensor_count(info);
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

/* Where the mask and the kind of a file that isn't read say that a head may look. */
static bool name_allowed(struct heed_attention_source *source, const struct heed_run *run)
{
    const struct heed_attention_part *part = source->part;
    const size_t all = (size_t)run->n_tokens, n = (size_t)part->queries.n;
    const bool causal = part->one_axis && part->mask && strcmp(part->mask, "causal") == 0;
    if (part->one_axis && !causal) {
        return true;
    }
    source->allowed = heed_arena_zeroed(&source->arena, all * all, 1);
    for (size_t i = 0; source->allowed && i < n; i++) {
        memset(source->allowed + i * all + (causal ? 0 : n), 1, causal ? i + 1 : all - n);
    }
    return source->allowed != NULL;
}

/* Queries and what goes with them: from them the weights may have been made. */
static bool read_products(struct heed_attention_source *source, struct heed_run *run)
{
    const struct heed_attention_part *part = source->part;
    const struct heed_tensor_info *const *tensors = part->tensors;
    if (!tensors[HEED_PART_QUERIES] || !tensors[HEED_PART_KEYS] || !tensors[HEED_PART_VALUES] ||
        part->value_dim != part->head_dim) {
        return true;
    }
    run->queries = read_joined(source, HEED_PART_QUERIES);
    run->keys = read_joined(source, HEED_PART_KEYS);
    run->values = read_joined(source, HEED_PART_VALUES);
    if (tensors[HEED_PART_BIAS]) {
        run->bias = read_joined(source, HEED_PART_BIAS);
    }
    return run->queries && run->keys && run->values && (run->bias || !tensors[HEED_PART_BIAS]);
}

/* All of a small file is read at once, of a large one what someone looks at. */
static bool read_arrays(struct heed_attention_source *source, struct heed_run *run, bool whole)
{
    if (!whole) {
        run->reader = heed_attention_reader_of_run(&source->reader);
        return name_allowed(source, run);
    }
    run->attention = read_joined(source, HEED_PART_ATTENTIONS);
    return run->attention && find_allowed(source, run) && read_products(source, run);
}

static unsigned find_lacks(const struct heed_attention_part *part, const struct heed_run *run)
{
    const struct heed_tensor_info *const *tensors = part->tensors;
    return HEED_LACKS_MODEL | (part->one_axis ? 0 : HEED_LACKS_ONE_AXIS) |
           (part->queries.words || part->keys.words ? 0 : HEED_LACKS_WORDS) |
           (part->queries.special || part->keys.special ? 0 : HEED_LACKS_SPECIAL) |
           (tensors[HEED_PART_VALUE_NORMS] ? 0 : HEED_LACKS_VALUE_NORMS) |
           (heed_run_has(run, HEED_RUN_QUERIES) ? 0 : HEED_LACKS_QUERIES) |
           (tensors[HEED_PART_HIDDEN_STATES] ? 0 : HEED_LACKS_STATES) |
           (run->attention ? 0 : HEED_LACKS_SMALLNESS);
}

static bool is_small(const struct heed_attention_part *part, size_t most_read)
{
    const size_t n = (size_t)heed_joined_count(part);
    size_t bytes = n * n * sizeof(float); /* two sides have 2^17 tokens at most */
    return heed_checked_mul(bytes, (size_t)part->n_layers, &bytes) &&
           heed_checked_mul(bytes, (size_t)part->n_heads, &bytes) && bytes <= most_read;
}

static bool read_run(struct heed_attention_source *source, bool whole, struct heed_error *err)
{
    const struct heed_attention_part *part = source->part;
    struct heed_run run = {
        .n_tokens = heed_joined_count(part),
        .n_layers = part->n_layers,
        .n_heads = part->n_heads,
        .head_dim = part->head_dim,
        .scale = part->scale,
    };
    if (part->tensors[HEED_PART_VALUE_NORMS]) {
        source->norms = read_joined(source, HEED_PART_VALUE_NORMS);
    }
    if (part->tensors[HEED_PART_HIDDEN_STATES] && part->one_axis) {
        run.hidden = part->hidden;
        run.hidden_states = read_tensor(source, part->tensors[HEED_PART_HIDDEN_STATES]);
        if (!run.hidden_states) {
            return no_memory(source, err);
        }
    }
    if (!read_arrays(source, &run, whole) ||
        (part->tensors[HEED_PART_VALUE_NORMS] && !source->norms)) {
        return no_memory(source, err);
    }
    if (!heed_picture_create(&source->picture, &source->arena, part)) {
        return no_memory(source, err);
    }
    source->lacks = find_lacks(part, &run);
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

/* Every value, or of a large file those that there are few of. */
static bool check_values(struct heed_attention_source *source, int index, bool whole,
                         struct heed_error *err)
{
    if (whole) {
        return heed_attention_check(source->file, index, &source->rows, NULL, NULL, err);
    }
    source->rows = heed_row_findings_begin(source->part);
    return heed_attention_check_tensor(source->file, index, HEED_PART_VALUE_NORMS, err) &&
           heed_attention_check_tensor(source->file, index, HEED_PART_HIDDEN_STATES, err);
}

static bool open_part(struct heed_attention_source *source, const char *kind, size_t most_read,
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
    const bool whole = is_small(part, most_read);
    heed_attention_reader_init(&source->reader, source->file, index);
    return check_values(source, index, whole, err) && read_run(source, whole, err);
}

bool heed_attention_source_open(struct heed_attention_source **source, const char *path,
                                const char *kind, size_t most_read, struct heed_error *err)
{
    struct heed_attention_source *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to open '%s'", path);
    }
    atomic_init(&opened->references, 1);
    if (!heed_attention_open(&opened->file, path, err) ||
        !open_part(opened, kind, most_read, err)) {
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

bool heed_attention_source_made(const struct heed_attention_source *source,
                                const struct heed_result *result)
{
    return result->ok && result->run == source->run;
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
    return job->pair || job->n_muted > 0 || job->n_scaled > 0 || job->n_cuts > 0 ||
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
    result->picture = source->picture;
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
    return heed_attention_reader_check(&source->reader, err);
}

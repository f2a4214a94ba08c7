#include "core/engine/attention_reader.h"

#include <string.h>

#include "core/engine/joined.h"

static const enum heed_part_tensor tensors[] = {
    [HEED_RUN_ATTENTION] = HEED_PART_ATTENTIONS,
    [HEED_RUN_QUERIES] = HEED_PART_QUERIES,
    [HEED_RUN_KEYS] = HEED_PART_KEYS,
    [HEED_RUN_VALUES] = HEED_PART_VALUES,
    [HEED_RUN_BIAS] = HEED_PART_BIAS,
};

void heed_attention_reader_init(struct heed_attention_reader *reader,
                                const struct heed_attention_file *file, int index)
{
    *reader = (struct heed_attention_reader){
        .file = file, .part = heed_attention_get_part(file, index), .index = index};
    pthread_mutex_init(&reader->lock, NULL);
    atomic_init(&reader->is_broken, false);
}

void heed_attention_reader_finish(struct heed_attention_reader *reader)
{
    pthread_mutex_destroy(&reader->lock);
}

static void note(struct heed_attention_reader *reader, const struct heed_error *error)
{
    pthread_mutex_lock(&reader->lock);
    if (!atomic_load(&reader->is_broken)) {
        reader->error = *error;
        atomic_store(&reader->is_broken, true);
    }
    pthread_mutex_unlock(&reader->lock);
}

/* Values [first, first + count) of the tensor; zeros if any of them is none. */
static void read_values(struct heed_attention_reader *reader, enum heed_part_tensor which,
                        size_t first, size_t count, float *to)
{
    struct heed_error error = {0};
    heed_tensor_read(reader->part->tensors[which], first, count, to);
    if (!heed_attention_check_values(reader->file, reader->index, which, first, to, count,
                                     &error)) {
        memset(to, 0, count * sizeof *to);
        note(reader, &error);
    }
}

/* Which head of the tensor a map's values are of: keys and values may be shared. */
static size_t find_block(const struct heed_attention_part *part, enum heed_part_tensor which,
                         int map)
{
    const int heads = part->n_heads, groups = part->n_key_heads;
    const bool is_shared = which == HEED_PART_KEYS || which == HEED_PART_VALUES;
    return is_shared ? (size_t)(map / heads * groups + map % heads / (heads / groups))
                     : (size_t)map;
}

static void read_rows(const void *context, enum heed_run_array array, int map, int first, int count,
                      float *to)
{
    struct heed_attention_reader *reader = (struct heed_attention_reader *)(uintptr_t)context;
    const struct heed_attention_part *part = reader->part;
    const enum heed_part_tensor which = tensors[array];
    const bool is_weights = which == HEED_PART_ATTENTIONS || which == HEED_PART_BIAS;
    const bool of_keys = which == HEED_PART_KEYS || which == HEED_PART_VALUES;
    const struct heed_tensor_info *info = part->tensors[which];
    const size_t width = info->shape[3], n_rows = info->shape[2];
    const size_t block = find_block(part, which, map) * n_rows;
    if (part->one_axis) {
        read_values(reader, which, (block + (size_t)first) * width, (size_t)count * width, to);
        return;
    }
    const int begin = of_keys ? part->queries.n : 0;
    const size_t before = is_weights ? (size_t)part->queries.n : 0;
    const size_t whole = before + width;
    memset(to, 0, (size_t)count * whole * sizeof *to);
    for (int i = 0; i < count; i++) {
        const int row = first + i - begin;
        if (row >= 0 && (size_t)row < n_rows) {
            read_values(reader, which, (block + (size_t)row) * width, width,
                        to + (size_t)i * whole + before);
        }
    }
}

bool heed_attention_reader_check(const struct heed_attention_reader *reader, struct heed_error *err)
{
    if (!heed_attention_still_same(reader->file, err)) {
        return false; /* counts more than what it has made of the values */
    }
    if (!atomic_load(&reader->is_broken)) {
        return true;
    }
    return heed_error_set(err, reader->error.code, "%s", reader->error.text); /* never changes */
}

static bool check(const void *context, struct heed_error *err)
{
    return heed_attention_reader_check(context, err);
}

static void drop(const void *context)
{
    const struct heed_attention_reader *reader = context;
    heed_attention_drop_pages(reader->file);
}

struct heed_run_reader heed_attention_reader_of_run(const struct heed_attention_reader *reader)
{
    const struct heed_tensor_info *const *has = reader->part->tensors;
    const bool has_products = has[HEED_PART_QUERIES] && has[HEED_PART_KEYS] &&
                              has[HEED_PART_VALUES] &&
                              reader->part->head_dim == reader->part->value_dim;
    const unsigned products = 1U << HEED_RUN_QUERIES | 1U << HEED_RUN_KEYS | 1U << HEED_RUN_VALUES;
    return (struct heed_run_reader){
        .context = reader,
        .has = 1U << HEED_RUN_ATTENTION | (has_products ? products : 0) |
               (has[HEED_PART_BIAS] ? 1U << HEED_RUN_BIAS : 0),
        .read = read_rows,
        .check = check,
        .drop = drop,
        .is_slow = true,
    };
}

#include "core/engine/joined.h"

#include <string.h>

#include "core/text/labels.h"

enum { MOST_BYTES_SHIFT = 32 /* 4 GiB */ };

int heed_joined_count(const struct heed_attention_part *part)
{
    return part->queries.n + (part->one_axis ? 0 : part->keys.n);
}

/* Where a tensor's block of one head lies among that of all tokens. */
struct block {
    size_t rows, width;         /* of the file's */
    size_t all_rows, all_width; /* of the joined one */
    size_t first_row, first_column;
};

static struct block block_of(const struct heed_attention_part *part, enum heed_part_tensor which)
{
    const size_t n = (size_t)part->queries.n, m = (size_t)part->keys.n, all = n + m;
    switch (which) {
    case HEED_PART_QUERIES:
        return (struct block){n, (size_t)part->head_dim, all, (size_t)part->head_dim, 0, 0};
    case HEED_PART_KEYS:
        return (struct block){m, (size_t)part->head_dim, all, (size_t)part->head_dim, n, 0};
    case HEED_PART_VALUES:
        return (struct block){m, (size_t)part->value_dim, all, (size_t)part->value_dim, n, 0};
    case HEED_PART_VALUE_NORMS:
        return (struct block){1, m, 1, all, 0, n};
    default:
        return (struct block){n, m, all, all, 0, n};
    }
}

const float *heed_joined_values(struct heed_arena *arena, const struct heed_attention_part *part,
                                enum heed_part_tensor which, const float *values)
{
    const struct block block = block_of(part, which);
    const size_t n_maps = (size_t)part->n_layers * (size_t)part->n_heads;
    const size_t size = block.all_rows * block.all_width;
    if (part->one_axis) {
        return values;
    }
    if (size > ((size_t)1 << MOST_BYTES_SHIFT) / sizeof(float) / n_maps) {
        return NULL;
    }
    float *joined = heed_arena_zeroed(arena, n_maps * size, sizeof *joined);
    for (size_t map = 0; joined && map < n_maps; map++) {
        for (size_t i = 0; i < block.rows; i++) {
            memcpy(joined + map * size + (block.first_row + i) * block.all_width +
                       block.first_column,
                   values + (map * block.rows + i) * block.width, block.width * sizeof *joined);
        }
    }
    return joined;
}

/* One array of both sides': the keys' behind the queries', `without` where a side has none. */
static const int32_t *join_numbers(struct heed_arena *arena, const struct heed_attention_part *part,
                                   const int32_t *a, const int32_t *b, size_t each, int32_t without)
{
    const size_t n = (size_t)part->queries.n * each, m = (size_t)part->keys.n * each;
    int32_t *joined = a || b ? heed_arena_alloc(arena, (n + m) * sizeof *joined) : NULL;
    for (size_t i = 0; joined && i < n + m; i++) {
        const int32_t *side = i < n ? a : b;
        joined[i] = side ? side[i < n ? i : i - n] : without;
    }
    return joined;
}

static const char *const *join_names(struct heed_arena *arena,
                                     const struct heed_attention_part *part, const char *const *a,
                                     const char *const *b)
{
    const size_t n = (size_t)part->queries.n, m = (size_t)part->keys.n;
    const char **joined = a && b ? heed_arena_alloc(arena, (n + m) * sizeof *joined) : NULL;
    for (size_t i = 0; joined && i < n + m; i++) {
        joined[i] = i < n ? a[i] : b[i - n];
    }
    return joined;
}

/* Which is of the pair, and how the keys' words are counted on. */
static bool join_marks(struct heed_arena *arena, const struct heed_attention_part *part,
                       struct heed_labelled_text *text)
{
    const int n = part->queries.n;
    bool *special = heed_arena_zeroed(arena, (size_t)text->n, sizeof *special);
    int32_t *segments = heed_arena_zeroed(arena, (size_t)text->n, sizeof *segments);
    int32_t *words = (int32_t *)(uintptr_t)text->words;
    int32_t last = -1;
    for (int i = 0; special && segments && i < text->n; i++) {
        const struct heed_attention_side *side = i < n ? &part->queries : &part->keys;
        special[i] = side->special && side->special[i < n ? i : i - n];
        segments[i] = i >= n;
        last = words && i < n && words[i] > last ? words[i] : last;
        if (words && i >= n && words[i] >= 0) {
            words[i] += last + 1;
        }
    }
    text->special = special;
    text->segments = segments;
    return special && segments;
}

static bool join(struct heed_arena *arena, const struct heed_attention_part *part,
                 struct heed_labelled_text *text)
{
    const struct heed_attention_side *a = &part->queries, *b = &part->keys;
    *text = (struct heed_labelled_text){
        .n = a->n + b->n,
        .n_queries = a->n,
        .labels = join_names(arena, part, a->labels, b->labels),
        .pieces = join_names(arena, part, a->pieces, b->pieces),
        .words = join_numbers(arena, part, a->words, b->words, 1, -1),
    };
    if (a->ids && b->ids) {
        text->ids = join_numbers(arena, part, a->ids, b->ids, 1, 0);
    }
    if (a->text && a->offsets && b->text && b->offsets) {
        text->text = a->text;
        text->pair = b->text;
        text->offsets = join_numbers(arena, part, a->offsets, b->offsets, 2, 0);
    }
    return text->labels && join_marks(arena, part, text);
}

bool heed_joined_encode(const struct heed_attention_part *part, struct heed_encoding **encoding,
                        struct heed_error *err)
{
    const struct heed_attention_side *side = &part->queries;
    struct heed_labelled_text text = {
        .n = side->n,
        .labels = side->labels,
        .pieces = side->pieces,
        .ids = side->ids,
        .words = side->words,
        .segments = side->segments,
        .offsets = side->offsets,
        .special = side->special,
        .text = side->text,
        .pair = side->pair,
    };
    struct heed_arena arena = {0};
    const bool ok = (part->one_axis || join(&arena, part, &text) ||
                     heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the tokens")) &&
                    heed_encoding_create(encoding, &text, NULL, err);
    heed_arena_finish(&arena);
    return ok;
}

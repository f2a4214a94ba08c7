/* Greedy longest match: the longest piece that a word begins with, then the longest
 * with the prefix that the rest begins with. */
#include "core/text/subword.h"

struct word {
    const struct heed_subword *model;
    const char *bytes;
    const size_t *at; /* byte of each character, and the end */
    size_t n;
    uint64_t *hashes; /* scratch of the search */
};

/* The longest piece that begins at character `first`; *next is the character
 * behind it. -1 if there is none. */
static int32_t find_longest(const struct word *word, size_t first, size_t *next)
{
    const struct heed_vocabulary *vocabulary = &word->model->vocabulary;
    const char *prefix = first > 0 ? word->model->prefix : "";
    const size_t prefix_length = first > 0 ? word->model->prefix_length : 0;
    const size_t *at = word->at;
    size_t last = word->n;
    if (last - first > vocabulary->max_chars) {
        last = first + vocabulary->max_chars;
    }
    uint64_t hash = heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, prefix, prefix_length);
    for (size_t i = first; i < last; i++) {
        hash = heed_vocabulary_hash(hash, word->bytes + at[i], at[i + 1] - at[i]);
        word->hashes[i + 1] = hash;
    }
    for (size_t end = last; end > first; end--) {
        const int32_t id =
            heed_vocabulary_find(vocabulary, word->hashes[end], prefix, prefix_length,
                                 word->bytes + at[first], at[end] - at[first]);
        if (id >= 0) {
            *next = end;
            return id;
        }
    }
    return -1;
}

static bool put_unknown(const struct heed_subword *model, size_t n, struct heed_arena *scratch,
                        struct heed_pieces *pieces)
{
    return heed_pieces_put(pieces, scratch,
                           (struct heed_piece){.to = n, .id = model->unk_id, .unknown = true});
}

/* Finds out first whether all of it has pieces: else it is one unknown. */
bool heed_wordpiece_split(const struct heed_subword *model, const struct heed_stretch *part,
                          struct heed_arena *scratch, struct heed_pieces *pieces)
{
    const size_t n_before = pieces->n;
    if (part->n > model->max_word_chars) {
        return put_unknown(model, part->n, scratch, pieces);
    }
    size_t *at = NULL;
    const char *bytes = heed_stretch_spell(part, scratch, &at);
    const struct word word = {model, bytes, at, part->n,
                              heed_arena_alloc(scratch, (part->n + 1) * sizeof(uint64_t))};
    if (!bytes || !word.hashes) {
        return false;
    }
    for (size_t first = 0; first < part->n;) {
        size_t next = first;
        const int32_t id = find_longest(&word, first, &next);
        if (id < 0) {
            pieces->n = n_before;
            return put_unknown(model, part->n, scratch, pieces);
        }
        const struct heed_piece piece = {first, next, id, false, first > 0};
        if (!heed_pieces_put(pieces, scratch, piece)) {
            return false;
        }
        first = next;
    }
    return true;
}

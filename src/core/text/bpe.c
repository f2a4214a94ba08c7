/* Byte pair encoding (Sennrich et al. 2016): characters, of which the pair whose merge
 * was learnt first becomes one, until no pair has a merge. */
#include <stdlib.h>
#include <string.h>

#include "core/text/subword.h"

/* ---- the table of merges ---- */

static size_t find_place(const struct heed_subword *model, uint64_t pair)
{
    uint64_t hash = pair * UINT64_C(0x9E3779B97F4A7C15);
    size_t place = (size_t)(hash ^ hash >> 32) & (model->n_merges - 1);
    while (model->merges[place].pair != pair && model->merges[place].pair != UINT64_MAX) {
        place = (place + 1) & (model->n_merges - 1);
    }
    return place;
}

static const struct heed_merge *find_merge(const struct heed_subword *model, int32_t left,
                                           int32_t right)
{
    if (left < 0 || right < 0 || model->n_merges == 0) {
        return NULL;
    }
    const size_t place = find_place(model, (uint64_t)left << 32 | (uint64_t)right);
    return model->merges[place].pair == UINT64_MAX ? NULL : &model->merges[place];
}

bool heed_bpe_reserve(struct heed_subword *model, size_t n)
{
    size_t places = 16;
    while (places < n * 2) {
        places *= 2;
    }
    model->merges = malloc(places * sizeof *model->merges);
    if (!model->merges) {
        return false;
    }
    memset(model->merges, 0xFF, places * sizeof *model->merges);
    model->n_merges = places;
    return true;
}

bool heed_bpe_add(struct heed_subword *model, const char *left, size_t left_length,
                  const char *right, size_t right_length, uint32_t rank, bool *missing)
{
    const struct heed_vocabulary *vocabulary = &model->vocabulary;
    const size_t skipped = right_length >= model->prefix_length ? model->prefix_length : 0;
    const int32_t a = heed_vocabulary_find_piece(vocabulary, left, left_length);
    const int32_t b = heed_vocabulary_find_piece(vocabulary, right, right_length);
    const uint64_t hash =
        heed_vocabulary_hash(heed_vocabulary_hash(HEED_VOCABULARY_HASH_START, left, left_length),
                             right + skipped, right_length - skipped);
    const int32_t both = heed_vocabulary_find(vocabulary, hash, left, left_length, right + skipped,
                                              right_length - skipped);
    *missing = a < 0 || b < 0 || both < 0;
    if (*missing) {
        return false;
    }
    const uint64_t pair = (uint64_t)a << 32 | (uint64_t)b;
    model->merges[find_place(model, pair)] = (struct heed_merge){pair, rank, both};
    return true;
}

/* ---- a word ---- */

struct symbol {
    struct heed_piece piece;
    size_t previous, next; /* SIZE_MAX: none */
    bool removed;
};

/* A merge that may be done: of the symbol at this place and the next one. */
struct candidate {
    uint32_t rank;
    size_t place;
    int32_t id;
};

struct heap {
    struct candidate *items;
    size_t n, capacity;
    struct heed_arena *arena;
    bool failed;
};

static bool is_before(const struct candidate *a, const struct candidate *b)
{
    return a->rank != b->rank ? a->rank < b->rank : a->place < b->place;
}

static void push(struct heap *heap, struct candidate item)
{
    if (heap->failed ||
        !heed_arena_reserve(heap->arena, &heap->items, &heap->capacity, heap->n + 1, sizeof item)) {
        heap->failed = true;
        return;
    }
    size_t at = heap->n++;
    while (at > 0 && is_before(&item, &heap->items[(at - 1) / 2])) {
        heap->items[at] = heap->items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->items[at] = item;
}

static struct candidate pop(struct heap *heap)
{
    const struct candidate top = heap->items[0];
    const struct candidate last = heap->items[--heap->n];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= heap->n) {
            break;
        }
        child += child + 1 < heap->n && is_before(&heap->items[child + 1], &heap->items[child]);
        if (!is_before(&heap->items[child], &last)) {
            break;
        }
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return top;
}

static void offer(struct heap *heap, const struct heed_subword *model, const struct symbol *symbols,
                  size_t place)
{
    const size_t next = place == SIZE_MAX ? SIZE_MAX : symbols[place].next;
    if (next != SIZE_MAX) {
        const struct heed_merge *merge =
            find_merge(model, symbols[place].piece.id, symbols[next].piece.id);
        if (merge) {
            push(heap, (struct candidate){merge->rank, place, merge->id});
        }
    }
}

static bool merge_all(const struct heed_subword *model, struct symbol *symbols, size_t n,
                      struct heed_arena *scratch)
{
    struct heap heap = {.arena = scratch};
    for (size_t i = 0; i < n; i++) {
        symbols[i].previous = i > 0 ? i - 1 : SIZE_MAX;
        symbols[i].next = i + 1 < n ? i + 1 : SIZE_MAX;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        offer(&heap, model, symbols, i);
    }
    while (heap.n > 0 && !heap.failed) {
        const struct candidate top = pop(&heap);
        struct symbol *left = &symbols[top.place];
        if (left->removed || left->next == SIZE_MAX) {
            continue;
        }
        struct symbol *right = &symbols[left->next];
        const struct heed_merge *merge = find_merge(model, left->piece.id, right->piece.id);
        if (!merge || merge->id != top.id) {
            continue; /* of symbols that have become others */
        }
        left->piece.id = top.id;
        left->piece.to = right->piece.to;
        left->piece.unknown = false;
        left->next = right->next;
        right->removed = true;
        if (right->next != SIZE_MAX) {
            symbols[right->next].previous = top.place;
        }
        offer(&heap, model, symbols, left->previous);
        offer(&heap, model, symbols, top.place);
    }
    return !heap.failed;
}

/* ---- its first symbols ---- */

/* One character with the prefix and the suffix that its place asks for. */
static int32_t find_letter(const struct heed_subword *model, const char *bytes, size_t length,
                           bool is_first, bool is_last, char *spelt)
{
    size_t used = 0;
    if (!is_first && model->prefix) {
        memcpy(spelt, model->prefix, model->prefix_length);
        used = model->prefix_length;
    }
    memcpy(spelt + used, bytes, length);
    used += length;
    if (is_last && model->suffix) {
        memcpy(spelt + used, model->suffix, strlen(model->suffix));
        used += strlen(model->suffix);
    }
    return heed_vocabulary_find_piece(&model->vocabulary, spelt, used);
}

struct letters {
    const struct heed_subword *model;
    const char *bytes;
    const size_t *at;
    size_t n;
    char *spelt; /* room for one with prefix and suffix */
    struct heed_arena *scratch;
    struct heed_pieces *out;
};

static bool put_unknown(struct letters *letters, size_t i)
{
    struct heed_pieces *out = letters->out;
    if (letters->model->unk_id < 0) {
        return true;
    }
    struct heed_piece *last = out->n > 0 ? &out->pieces[out->n - 1] : NULL;
    if (letters->model->fuse_unk && last && last->unknown && last->to == i) {
        last->to = i + 1;
        return true;
    }
    return heed_pieces_put(out, letters->scratch,
                           (struct heed_piece){i, i + 1, letters->model->unk_id, true, false});
}

static bool put_letters(struct letters *letters)
{
    const struct heed_subword *model = letters->model;
    for (size_t i = 0; i < letters->n; i++) {
        const char *bytes = letters->bytes + letters->at[i];
        const size_t length = letters->at[i + 1] - letters->at[i];
        const int32_t id =
            find_letter(model, bytes, length, i == 0, i + 1 == letters->n, letters->spelt);
        const struct heed_piece piece = {i, i + 1, id, false, false};
        bool failed = false;
        const bool done = id >= 0 ? heed_pieces_put(letters->out, letters->scratch, piece)
                                  : heed_subword_put_bytes(model, bytes, length, piece,
                                                           letters->scratch, letters->out, &failed);
        if (failed || (!done && (id >= 0 || !put_unknown(letters, i)))) {
            return false;
        }
    }
    return true;
}

static bool put_whole(const struct heed_subword *model, const char *bytes, size_t length, size_t n,
                      struct heed_arena *scratch, struct heed_pieces *pieces, bool *done)
{
    const int32_t id =
        model->ignore_merges ? heed_vocabulary_find_piece(&model->vocabulary, bytes, length) : -1;
    *done = id >= 0;
    return !*done || heed_pieces_put(pieces, scratch, (struct heed_piece){0, n, id, false, false});
}

bool heed_bpe_split(const struct heed_subword *model, const struct heed_stretch *part,
                    struct heed_arena *scratch, struct heed_pieces *pieces)
{
    const size_t extra = model->prefix_length + (model->suffix ? strlen(model->suffix) : 0);
    struct heed_pieces first = {0};
    struct letters letters = {.model = model, .n = part->n, .scratch = scratch, .out = &first};
    size_t *at = NULL;
    letters.bytes = heed_stretch_spell(part, scratch, &at);
    letters.spelt = heed_arena_alloc(scratch, extra + 8);
    letters.at = at;
    bool done = false;
    if (!letters.bytes || !letters.spelt ||
        !put_whole(model, letters.bytes, at[part->n], part->n, scratch, pieces, &done)) {
        return false;
    }
    if (done || !put_letters(&letters) || first.n == 0) {
        return done || (first.n == 0 && !scratch->failed);
    }
    struct symbol *symbols = heed_arena_zeroed(scratch, first.n, sizeof *symbols);
    for (size_t i = 0; symbols && i < first.n; i++) {
        symbols[i].piece = first.pieces[i];
    }
    if (!symbols || !merge_all(model, symbols, first.n, scratch)) {
        return false;
    }
    for (size_t i = 0; i < first.n; i++) {
        if (!symbols[i].removed && !heed_pieces_put(pieces, scratch, symbols[i].piece)) {
            return false;
        }
    }
    return true;
}

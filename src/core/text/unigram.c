/* Unigram (Kudo 2018): of all ways to make a text of pieces the one whose scores have
 * the largest sum, found from left to right (Viterbi). */
#include <stdlib.h>
#include <string.h>

#include "core/text/subword.h"

static int by_bytes(const void *a, const void *b, void *context)
{
    const struct heed_vocabulary_entry *entries = context;
    const struct heed_vocabulary_entry *x = &entries[*(const uint32_t *)a];
    const struct heed_vocabulary_entry *y = &entries[*(const uint32_t *)b];
    const size_t n = x->length < y->length ? x->length : y->length;
    const int order = memcmp(x->piece, y->piece, n);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

bool heed_unigram_seal(struct heed_subword *model)
{
    const size_t n = model->vocabulary.n_entries;
    model->sorted = malloc((n + 1) * sizeof *model->sorted);
    if (!model->sorted) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        model->sorted[i] = (uint32_t)i;
    }
    qsort_r(model->sorted, n, sizeof *model->sorted, by_bytes, model->vocabulary.entries);
    return true;
}

/* ---- prefixes ---- */

/* The entries that begin with some bytes: sorted[first .. last). */
struct range {
    size_t first, last;
    size_t length; /* of these bytes */
};

static int byte_of(const struct heed_subword *model, size_t i, size_t at)
{
    const struct heed_vocabulary_entry *entry = &model->vocabulary.entries[model->sorted[i]];
    return at < entry->length ? (unsigned char)entry->piece[at] : -1;
}

/* The first of the range whose next byte is at least this. */
static size_t lower_bound(const struct heed_subword *model, const struct range *range, int byte)
{
    size_t first = range->first;
    size_t last = range->last;
    while (first < last) {
        const size_t middle = (first + last) / 2;
        if (byte_of(model, middle, range->length) < byte) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first;
}

/* The range of one more byte; false if that is none. */
static bool narrow(const struct heed_subword *model, struct range *range, unsigned char byte)
{
    const size_t first = lower_bound(model, range, byte);
    range->last = lower_bound(model, range, byte + 1);
    range->first = first;
    range->length++;
    return range->first < range->last;
}

/* ---- the best way ---- */

/* The best way to a character. */
struct node {
    double score;
    size_t from; /* where its last piece begins; SIZE_MAX: no way yet */
    int32_t id;
};

struct lattice {
    const struct heed_subword *model;
    const char *bytes;
    const size_t *at;
    size_t n;
    struct node *nodes; /* [n + 1] */
};

static void offer(struct lattice *lattice, size_t from, size_t to, double score, int32_t id)
{
    struct node *node = &lattice->nodes[to];
    score += lattice->nodes[from].score;
    if (node->from == SIZE_MAX || score > node->score) {
        *node = (struct node){score, from, id};
    }
}

/* Every piece that begins here, the shortest first. */
static void offer_from(struct lattice *lattice, size_t from)
{
    const struct heed_subword *model = lattice->model;
    struct range range = {0, model->vocabulary.n_entries, 0};
    bool has_single = false;
    size_t to = from;
    for (size_t byte = lattice->at[from];
         byte < lattice->at[lattice->n] &&
         narrow(model, &range, (unsigned char)lattice->bytes[byte]);
         byte++) {
        while (lattice->at[to] < byte + 1) {
            to++;
        }
        const uint32_t entry = model->sorted[range.first];
        if (model->vocabulary.entries[entry].length == range.length) {
            has_single |= to == from + 1;
            offer(lattice, from, to, model->scores[entry], model->vocabulary.entries[entry].id);
        }
    }
    if (!has_single) {
        offer(lattice, from, from + 1, model->unk_score, model->unk_id);
    }
}

/* What is spelt out: a piece of the vocabulary, or, of unknown characters that stand
 * together, that if they are one after all, their bytes, or the unknown. */
static bool put(const struct lattice *lattice, size_t from, size_t to, struct heed_arena *scratch,
                struct heed_pieces *pieces)
{
    const struct heed_subword *model = lattice->model;
    const char *bytes = lattice->bytes + lattice->at[from];
    const size_t length = lattice->at[to] - lattice->at[from];
    struct heed_piece piece = {from, to, 0, false, false};
    bool failed = false;
    piece.id = heed_vocabulary_find_piece(&model->vocabulary, bytes, length);
    if (piece.id >= 0) {
        return heed_pieces_put(pieces, scratch, piece);
    }
    if (heed_subword_put_bytes(model, bytes, length, piece, scratch, pieces, &failed) || failed) {
        return !failed;
    }
    piece.id = model->unk_id;
    piece.unknown = true;
    return heed_pieces_put(pieces, scratch, piece);
}

bool heed_unigram_split(const struct heed_subword *model, const struct heed_stretch *part,
                        struct heed_arena *scratch, struct heed_pieces *pieces)
{
    size_t *at = NULL;
    struct lattice lattice = {.model = model, .n = part->n};
    lattice.bytes = heed_stretch_spell(part, scratch, &at);
    lattice.at = at;
    lattice.nodes = heed_arena_zeroed(scratch, part->n + 1, sizeof *lattice.nodes);
    size_t *ends = heed_arena_zeroed(scratch, part->n + 1, sizeof *ends);
    if (!lattice.bytes || !lattice.nodes || !ends) {
        return false;
    }
    for (size_t i = 1; i <= part->n; i++) {
        lattice.nodes[i].from = SIZE_MAX;
    }
    for (size_t i = 0; i < part->n; i++) {
        offer_from(&lattice, i);
    }
    /* Backwards from the end; unknown ones behind each other are one. */
    for (size_t end = part->n; end > 0; end = lattice.nodes[end].from) {
        ends[lattice.nodes[end].from] = end;
    }
    for (size_t from = 0; from < part->n;) {
        size_t to = ends[from];
        while (to < part->n && lattice.nodes[to].id == model->unk_id &&
               lattice.nodes[ends[to]].id == model->unk_id) {
            to = ends[to];
        }
        if (!put(&lattice, from, to, scratch, pieces)) {
            return false;
        }
        from = to;
    }
    return true;
}

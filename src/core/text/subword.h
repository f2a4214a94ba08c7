/*
 * The models of a tokenizer: what pieces of its vocabulary a part of a text is made
 * of. Each is a row of a table by its "type" in tokenizer.json. Read once, then
 * immutable: any thread.
 */
#ifndef HEED_CORE_TEXT_SUBWORD_H
#define HEED_CORE_TEXT_SUBWORD_H

#include <cjson/cJSON.h>

#include "base/error.h"
#include "core/text/stretch.h"
#include "core/text/vocabulary.h"

struct heed_piece {
    size_t from, to; /* characters of the part */
    int32_t id;
    bool unknown;   /* no piece of the vocabulary: the one for that */
    bool continues; /* the word that the piece before it is of; of WordPiece only */
};

struct heed_pieces {
    struct heed_piece *pieces; /* in an arena */
    size_t n, capacity;
};

struct heed_merge {
    uint64_t pair; /* the ids of both sides; UINT64_MAX: a free place */
    uint32_t rank;
    int32_t id; /* of what they become */
};

struct heed_subword;

/* Adds the pieces of a part that isn't empty; what it needs meanwhile lies in scratch.
 * False without memory. */
typedef bool heed_subword_split(const struct heed_subword *model, const struct heed_stretch *part,
                                struct heed_arena *scratch, struct heed_pieces *pieces);

struct heed_subword {
    heed_subword_split *split;
    struct heed_vocabulary vocabulary; /* its arena holds every string here */
    int32_t unk_id;                    /* -1: what is unknown is left out */
    bool byte_fallback;                /* what is unknown becomes its bytes, <0x41> */
    /* WordPiece */
    const char *prefix; /* of a piece that continues a word: "##"; BPE's too, or NULL */
    size_t prefix_length;
    size_t max_word_chars; /* a longer word is unknown */
    /* BPE */
    struct heed_merge *merges; /* on the heap; a hash table */
    size_t n_merges;           /* places in it, a power of two */
    const char *suffix;        /* of a piece that ends a word, or NULL */
    bool fuse_unk, ignore_merges;
    /* Unigram: by entry of the vocabulary, as it was added first */
    double *scores;   /* on the heap */
    double unk_score; /* of an unknown character */
    uint32_t *sorted; /* entries by their bytes */
};

/* Reads a "model". path names the file. merges: the text of merges.txt, or NULL: they
 * are in rules. The pieces may be in the vocabulary already. */
HEED_NODISCARD bool heed_subword_read(struct heed_subword *model, const cJSON *rules,
                                      const char *merges, const char *path, struct heed_error *err);
/* The "type" of a "model", or what it must be by what it holds. */
const char *heed_subword_type(const cJSON *rules);
void heed_subword_finish(struct heed_subword *model);

/* The bytes of what no piece has, each by its own piece; false: one lacks, or memory
 * (*failed). For the models only. */
bool heed_subword_put_bytes(const struct heed_subword *model, const char *bytes, size_t length,
                            struct heed_piece piece, struct heed_arena *scratch,
                            struct heed_pieces *pieces, bool *failed);
HEED_NODISCARD bool heed_pieces_put(struct heed_pieces *pieces, struct heed_arena *arena,
                                    struct heed_piece piece);

heed_subword_split heed_wordpiece_split;
heed_subword_split heed_bpe_split;
heed_subword_split heed_unigram_split;

/* Adds a merge; the first of a pair counts. For reading only. */
HEED_NODISCARD bool heed_bpe_add(struct heed_subword *model, const char *left, size_t left_length,
                                 const char *right, size_t right_length, uint32_t rank,
                                 bool *missing);
HEED_NODISCARD bool heed_bpe_reserve(struct heed_subword *model, size_t n);
HEED_NODISCARD bool heed_unigram_seal(struct heed_subword *model);

#endif

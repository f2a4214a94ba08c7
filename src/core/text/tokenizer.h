/*
 * A model's tokenizer: normalise, split, WordPiece, BPE or Unigram, the template
 * around the texts, cut to the model's length. Equal to transformers' AutoTokenizer.
 * Reads tokenizer.json, or vocab.txt, or vocab.json with merges.txt, by what
 * tokenizer_config.json says. Immutable once open; any thread.
 */
#ifndef HEED_CORE_TEXT_TOKENIZER_H
#define HEED_CORE_TEXT_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/stock.h"

struct heed_tokenizer;

struct heed_token {
    int32_t id;
    int32_t segment;    /* 0: text, 1: pair */
    int32_t type;       /* what the model is given as its token_type_id */
    int32_t start, end; /* code points [start, end) of its own text; [0, 0)
                           for tokens that the template adds */
    bool special;       /* the template's, or a typed [MASK] and the like */
    bool is_template;   /* added by the template: covers no text */
    bool continues;     /* continues the word before it: shown with ## */
    bool unknown;       /* [UNK]: show the characters it stands for */
    bool punctuation;   /* one sign of BERT's punctuation rule */
    bool blank;         /* a space, or only the mark of one: there is nothing to show */
};

/* Texts, their tokens and what was cut. Read-only once made. */
struct heed_encoding {
    char *text;
    size_t text_length; /* bytes */
    char *pair;         /* NULL without a pair */
    size_t pair_length;
    struct heed_token *tokens;
    int n_tokens;
    int n_total; /* tokens before cutting, template included */
    int n_limit; /* the limit that held; 0 with no_truncate */
    /* Code points of each text that the kept tokens reach: beyond it the
     * text was cut. Equal to the text's own count when nothing was cut. */
    int text_kept, pair_kept;
    /* Of an attention file, whose tokens another program made (core/text/labels.h);
     * else NULL. What each shows; as a vocabulary has it, which may be NULL; and
     * which word it is of (never falling, from 0; -1: none), which may be NULL. */
    const char *const *labels, *const *pieces;
    const int32_t *words;
    /* Of attention whose keys aren't its queries: the tokens before this one attend,
     * those from it on are attended to. 0: each does both. */
    int n_queries;
    uint64_t tokenizer; /* which one made it, a number of its own; 0: another program */
};

/* The label of a token that is blank. */
#define HEED_BLANK_LABEL "\xE2\x90\xA3" /* U+2423 */

struct heed_tokenize_options {
    bool no_truncate;
    struct heed_stock *stock; /* where the memory comes from; NULL: the heap */
};

/* max_positions: the model's; the limit is min(model_max_length, it). */
HEED_NODISCARD bool heed_tokenizer_open(struct heed_tokenizer **tokenizer, const char *folder,
                                        int max_positions, struct heed_error *err);
void heed_tokenizer_destroy(struct heed_tokenizer *tokenizer);

/* pair may be NULL. Texts must be valid UTF-8 (else an error that names the
 * byte). The result is freed by heed_encoding_destroy. */
HEED_NODISCARD bool heed_tokenize(struct heed_encoding **encoding,
                                  const struct heed_tokenizer *tokenizer, const char *text,
                                  size_t text_length, const char *pair, size_t pair_length,
                                  struct heed_tokenize_options options, struct heed_error *err);
void heed_encoding_destroy(struct heed_encoding *encoding);
/* ids[n_tokens], segments[n_tokens] (token_type_ids): what an encoder asks for. */
void heed_encoding_copy_ids(const struct heed_encoding *encoding, int32_t *ids, int32_t *segments);
/* sides[n_tokens]: 0 of the text and what stands around it, 1 of the pair. */
void heed_encoding_copy_sides(const struct heed_encoding *encoding, int32_t *sides);

int heed_tokenizer_get_limit(const struct heed_tokenizer *tokenizer);
/* The piece as the vocabulary has it ("##ing"); NULL if there is no such id. */
const char *heed_tokenizer_get_piece(const struct heed_tokenizer *tokenizer, int32_t id);
/* The text that it stands for, "##" before what continues a word ("ing" of "##ing",
 * GPT-2's "ing" and SentencePiece's "ing"); "<0xE2>" for a byte that is no character by
 * itself. Without a piece of this id "id N"; so also, and false, without memory. */
HEED_NODISCARD bool heed_tokenizer_show_piece(const struct heed_tokenizer *tokenizer, int32_t id,
                                              char *out, size_t size);
/* "WordPiece", "byte-level BPE", "BPE" or "Unigram". */
const char *heed_tokenizer_get_kind(const struct heed_tokenizer *tokenizer);
/* How many ids it has. */
int heed_tokenizer_count(const struct heed_tokenizer *tokenizer);
/* Where its files disagree, a line that says which holds; "": nowhere. */
const char *heed_tokenizer_get_note(const struct heed_tokenizer *tokenizer);
/* [MASK]'s id, or -1. */
int32_t heed_tokenizer_get_mask_id(const struct heed_tokenizer *tokenizer);

/* Its normaliser on any text (lower case, accents, ... as the model is
 * set): for comparing words. Heap memory. */
HEED_NODISCARD bool heed_tokenizer_normalise(const struct heed_tokenizer *tokenizer,
                                             const char *text, size_t length, char **result,
                                             struct heed_error *err);

#endif

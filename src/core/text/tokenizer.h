/*
 * BERT's tokenizer: normalise, split into words and signs, WordPiece, the
 * template [CLS] A [SEP] (B [SEP]), cut to the model's length. Equal to
 * transformers' fast tokenizer. Reads tokenizer.json, or vocab.txt with
 * tokenizer_config.json. Immutable once open; any thread.
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
    int32_t start, end; /* code points [start, end) of its own text; [0, 0)
                           for tokens that the template adds */
    bool special;       /* the template's, or a typed [MASK] and the like */
    bool is_template;   /* added by the template: covers no text */
    bool continues;     /* a piece that continues the word before it (##) */
    bool unknown;       /* [UNK]: show the characters it stands for */
    bool punctuation;   /* one sign of BERT's punctuation rule */
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
};

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
/* ids[n_tokens], segments[n_tokens]: what an encoder asks for. */
void heed_encoding_copy_ids(const struct heed_encoding *encoding, int32_t *ids, int32_t *segments);

int heed_tokenizer_get_limit(const struct heed_tokenizer *tokenizer);
/* The piece as the vocabulary has it ("##ing"); NULL if there is no such id. */
const char *heed_tokenizer_get_piece(const struct heed_tokenizer *tokenizer, int32_t id);
/* [MASK]'s id, or -1. */
int32_t heed_tokenizer_get_mask_id(const struct heed_tokenizer *tokenizer);

/* BERT's normaliser on any text (lower case, accents, ... as the model is
 * set): for comparing words. Heap memory. */
HEED_NODISCARD bool heed_tokenizer_normalise(const struct heed_tokenizer *tokenizer,
                                             const char *text, size_t length, char **result,
                                             struct heed_error *err);

#endif

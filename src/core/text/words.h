/*
 * The words of a text, as the command line and the probes name them: a
 * maximal run of letters, marks and digits (an apostrophe between letters
 * belongs to it); every other sign and every CJK character is a word of its
 * own. Any thread.
 */
#ifndef HEED_CORE_TEXT_WORDS_H
#define HEED_CORE_TEXT_WORDS_H

#include "base/arena.h"
#include "core/text/tokenizer.h"

struct heed_word {
    int32_t segment;    /* 0: text, 1: pair */
    int32_t start, end; /* code points [start, end) in that text */
    int first, count;   /* its tokens; count 0: cut off, or no token */
};

/* Words of both texts in order, with their tokens. They lie in the arena.
 * Every token lies in at most one word; [CLS] and [SEP] in none. A typed
 * special token ([MASK]) is one word. */
HEED_NODISCARD bool heed_words_find(const struct heed_encoding *encoding, struct heed_arena *arena,
                                    struct heed_word **words, int *n_words, struct heed_error *err);

/* Finds "WORD" or "WORD:k" (k-th occurrence from 1, counted over the text and
 * then its pair; compared after the model's normaliser), or a special token by
 * its piece, "[CLS]" or "[SEP]:2". On success *first and
 * *count are the word's tokens. Errors name the word; a word that was cut off
 * says so; k too large says how many there are. A WORD that itself holds ':'
 * works: only a last ":digits" is an occurrence. */
HEED_NODISCARD bool heed_words_pick(const struct heed_tokenizer *tokenizer,
                                    const struct heed_encoding *encoding, const char *spec,
                                    int *first, int *count, struct heed_error *err);

/* The inverse: the text of the tokens [first, first + count), with ":k" behind
 * it if they are the k-th of several occurrences of a word; a template's token
 * is its piece. Heap memory; fails only without memory. */
HEED_NODISCARD bool heed_words_name(char **name, const struct heed_tokenizer *tokenizer,
                                    const struct heed_encoding *encoding, int first, int count,
                                    struct heed_error *err);

#endif

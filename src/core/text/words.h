/*
 * The words of a text, into which pieces are merged: a maximal run of letters,
 * marks and digits (an apostrophe between letters belongs to it); every other
 * sign and every CJK character is a word of its own. What a name may mean is
 * more: core/text/names.h. Any thread.
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

#endif

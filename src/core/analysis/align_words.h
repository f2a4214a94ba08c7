/*
 * The same of texts that two tokenizers cut: word by word, and within a word piece by piece.
 * Words are equal that cover the same characters; a template's tokens are words of their own,
 * equal to the other's at the same place ([CLS] and <s>). Pieces are equal that cover the same
 * part of equal words; of those that don't the first goes with the first, as replaced. Pure;
 * any thread.
 */
#ifndef HEED_CORE_ANALYSIS_ALIGN_WORDS_H
#define HEED_CORE_ANALYSIS_ALIGN_WORDS_H

#include "core/analysis/align.h"

/* Words of both texts, and which tokens each is. All zero: none were made. */
struct heed_word_alignment {
    struct heed_alignment words;        /* a and b: places in starts_a and starts_b */
    const int32_t *starts_a, *starts_b; /* [words + 1]: its first token; then how many there are */
    int n_a, n_b;
    int n_cut_otherwise; /* of the equal words: those whose pieces differ */
};

/* In the arena. */
HEED_NODISCARD bool heed_align_words(struct heed_alignment *tokens,
                                     struct heed_word_alignment *words, struct heed_arena *arena,
                                     const struct heed_encoding *a, const struct heed_encoding *b,
                                     struct heed_error *err);

#endif

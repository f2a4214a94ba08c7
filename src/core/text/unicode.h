/*
 * What the reference tokenizer takes a code point for. Its answers, from a
 * generated table, and not those of the installed Unicode version, which
 * differ for several hundred code points. Knows nothing of tokens. Any thread.
 */
#ifndef HEED_CORE_TEXT_UNICODE_H
#define HEED_CORE_TEXT_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

enum heed_unicode_class {
    HEED_UNICODE_OTHER = 1,       /* removed by cleaning */
    HEED_UNICODE_MARK = 2,        /* removed when accents are stripped */
    HEED_UNICODE_PUNCTUATION = 4, /* a word of its own */
    HEED_UNICODE_DECOMPOSES = 8,
    HEED_UNICODE_COMBINES = 16 /* has a combining class */
};

enum { HEED_UNICODE_MAX_DECOMPOSED = 8 };

/* A set of enum heed_unicode_class. */
unsigned heed_unicode_classify(uint32_t c);
/* White_Space. */
bool heed_unicode_is_space(uint32_t c);
/* The CJK blocks that BERT puts spaces around. */
bool heed_unicode_is_cjk(uint32_t c);
/* Letters, marks and digits. */
bool heed_unicode_is_letter(uint32_t c);
/* Those, and connectors. */
bool heed_unicode_is_word(uint32_t c);
/* 1 or 2 code points; returns how many. */
int heed_unicode_lower(uint32_t c, uint32_t lower[2]);
/* The full canonical decomposition; returns how many (1: c itself). */
int heed_unicode_decompose(uint32_t c, uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED]);
/* Canonical combining class; 0 for a starter. */
int heed_unicode_combining_class(uint32_t c);

#endif

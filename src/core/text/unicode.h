/*
 * What the reference tokenizer takes a code point for. Its answers, from a
 * generated table, and not those of the installed Unicode version, which
 * differ for several hundred code points. Knows nothing of tokens. Any thread.
 */
#ifndef HEED_CORE_TEXT_UNICODE_H
#define HEED_CORE_TEXT_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum heed_unicode_class {
    HEED_UNICODE_OTHER = 1,       /* removed by cleaning */
    HEED_UNICODE_MARK = 2,        /* removed when accents are stripped */
    HEED_UNICODE_PUNCTUATION = 4, /* a word of its own */
    HEED_UNICODE_DECOMPOSES = 8,
    HEED_UNICODE_COMBINES = 16, /* has a combining class */
    HEED_UNICODE_JOINS = 32,    /* belongs to the character before it */
    HEED_UNICODE_COMPAT = 64,   /* has a compatibility decomposition */
    HEED_UNICODE_ACCENT = 128   /* removed by StripAccents */
};

enum { HEED_UNICODE_MAX_DECOMPOSED = 18 };

/* A set of enum heed_unicode_class. */
unsigned heed_unicode_classify(uint32_t c);
/* White_Space. */
bool heed_unicode_is_space(uint32_t c);
/* The CJK blocks that BERT puts spaces around. */
bool heed_unicode_is_cjk(uint32_t c);
/* Letters, marks and digits. */
bool heed_unicode_is_letter(uint32_t c);
/* What a tokenizer's word rule takes for a letter. */
bool heed_unicode_is_word(uint32_t c);
/* What a tokenizer's rule of digits takes. */
bool heed_unicode_is_numeric(uint32_t c);
/* 1 or 2 code points; returns how many. */
int heed_unicode_lower(uint32_t c, uint32_t lower[2]);
/* The full canonical (or compatibility) decomposition; returns how many (1: c itself). */
int heed_unicode_decompose(uint32_t c, bool compat, uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED]);
/* What the two compose to; 0: nothing. */
uint32_t heed_unicode_compose(uint32_t a, uint32_t b);
/* Canonical combining class; 0 for a starter. */
int heed_unicode_combining_class(uint32_t c);
/* False if b belongs to the cluster that a is in; *state is 0 at its beginning. */
bool heed_unicode_breaks(uint32_t a, uint32_t b, int32_t *state);

struct heed_unicode_span {
    uint32_t first, last;
};

/* The spans of a general category ("Lu"), of all that begin so ("L"), or of what a
 * pattern's \w takes ("w"), in order, one after the other: index is 0 first and
 * counts on. False: no more. */
bool heed_unicode_next_span(const char *category, size_t *index, struct heed_unicode_span *span);

#endif

/*
 * Added tokens: texts that become one token wherever they stand, like a typed
 * "[MASK]", found leftmost and longest. Some match the text as typed, others
 * the normalised one. Built once, then immutable: any thread.
 */
#ifndef HEED_CORE_TEXT_ADDED_H
#define HEED_CORE_TEXT_ADDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
struct heed_added_token {
    const char *content; /* as people write it; borrowed */
    const char *pattern; /* what is matched: content, or its normalised form */
    size_t length;       /* bytes of pattern */
    int32_t id;
    bool special;
    bool normalized;     /* matches the normalised text */
    bool single_word;    /* not within a word */
    bool lstrip, rstrip; /* takes the spaces before it, behind it */
    bool is_skipped;     /* found, and then left to the model like any text */
};

/* A set of tokens that match the same form of the text. All zero is empty. */
struct heed_added_set {
    struct heed_added_token *tokens; /* longest first */
    size_t n_tokens;
    bool first_bytes[256];
};

/* An empty pattern is left out. False when memory is exhausted. */
HEED_NODISCARD bool heed_added_set_add(struct heed_added_set *set,
                                       const struct heed_added_token *token);
void heed_added_set_finish(struct heed_added_set *set);

struct heed_added_match {
    const struct heed_added_token *token;
    size_t start, end; /* bytes, stripped spaces included */
};

/* A scan through one text. Set set, text and length; the rest is zero. */
struct heed_added_scan {
    const struct heed_added_set *set;
    const char *text;
    size_t length;
    size_t at;    /* where the search goes on */
    size_t taken; /* the end of the last match */
};

/* The next match, in order; they don't overlap. False at the text's end. */
bool heed_added_next(struct heed_added_scan *scan, struct heed_added_match *match);

#endif

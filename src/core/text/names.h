/*
 * Names: how a run of a text is written down, on the command line and in the
 * files of a probe alike (docs/names.md). NAME is any run from one word
 * boundary to another; NAME:k is its k-th occurrence; @12-22 are the code
 * points [12, 22), NAME@12-22 the same with the text checked; [CLS], [SEP] and
 * [SEP]:2 are the template's tokens. A NAME that stands in the text as it is
 * written wins over ":k" and "@". \: \@ \| \; and \\ are those signs. Of an attention
 * file they are tokens as core/text/labels.h names them, without "@". Any thread.
 */
#ifndef HEED_CORE_TEXT_NAMES_H
#define HEED_CORE_TEXT_NAMES_H

#include "core/text/tokenizer.h"

struct heed_named {
    int first, count;   /* its tokens: all that overlap it */
    int32_t segment;    /* 0: text, 1: pair */
    int32_t start, end; /* code points [start, end) of it; [0, 0): a template's token */
    int occurrence;     /* which of them it is, from 1; 0 with "@" */
    int n_occurrences;  /* of the name alone; 1 with "@" */
    bool is_chosen;     /* by ":k" or "@": otherwise it is the first of n_occurrences */
    bool is_beyond;     /* a piece of it reaches beyond it */
    /* Fewer than k as spelt, so ":k" counted without case. */
    bool is_without_case;
};

/* Exact spelling first, else without case; composed and decomposed forms, ' and
 * the typographic apostrophe are the same; blanks around it are nothing, a run of
 * blanks is one. Occurrences are counted over the text and then its pair. Errors:
 * one that isn't there says what near it is; one that was cut off, whole or in part,
 * says so. */
HEED_NODISCARD bool heed_names_find(const struct heed_tokenizer *tokenizer,
                                    const struct heed_encoding *encoding, const char *name,
                                    struct heed_named *named, struct heed_error *err);

/* The inverse: a name of the tokens [first, first + count), by which they are found
 * again: as they are written, with ":k" if they are the k-th of several, with "@" where
 * that isn't enough (pieces of a word, NUL bytes in it; but one of a pair's has no other name).
 * Heap memory; fails only without memory. */
HEED_NODISCARD bool heed_names_write(char **name, const struct heed_tokenizer *tokenizer,
                                     const struct heed_encoding *encoding, int first, int count,
                                     struct heed_error *err);

/* The next separator in a list of names that no '\' stands before; NULL: none. */
const char *heed_names_next(const char *list, char separator);

#endif

/*
 * Texts that another program has split: tokens that are what they show, words
 * as that program counted them. There is no tokenizer: a token is named by what
 * it shows, or several in a row by what they spell. Any thread.
 */
#ifndef HEED_CORE_TEXT_LABELS_H
#define HEED_CORE_TEXT_LABELS_H

#include "core/text/names.h"

/* Arrays are [n]; all but labels may be NULL. */
struct heed_labelled_text {
    int n;
    const char *const *labels;
    const char *const *pieces;
    const int32_t *ids;
    const int32_t *words; /* never falling, from 0; -1: none */
    const int32_t *segments;
    const int32_t *offsets; /* [n, 2]; 0, 0: none */
    const bool *special;
    const char *text, *pair;
    int n_queries; /* as of struct heed_encoding */
};

/* Of copies of all that. Without ids tokens are numbered from -1 down, alike labels alike. Without
 * a text (or offsets in it) the labels after each other are the text. Freed by
 * heed_encoding_destroy. */
HEED_NODISCARD bool heed_encoding_create(struct heed_encoding **encoding,
                                         const struct heed_labelled_text *source,
                                         struct heed_stock *stock, struct heed_error *err);

/* Finds "NAME" or "NAME:k" among tokens with labels, from 1: one token's label, or
 * several in a row; case counts, blanks around a label don't. Errors name it and
 * say how often there is one. */
HEED_NODISCARD bool heed_labels_find(const struct heed_encoding *encoding, const char *name,
                                     struct heed_named *named, struct heed_error *err);

/* The inverse, on the heap; fails only without memory. */
HEED_NODISCARD bool heed_labels_write(char **name, const struct heed_encoding *encoding, int first,
                                      int count, struct heed_error *err);

#endif

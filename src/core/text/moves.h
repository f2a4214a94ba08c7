/*
 * Where a text's tokens went when the text was edited: equal tokens at both
 * ends, and what stands between them is new. So what is kept about a token
 * stays with it while somebody types. Tokens of another tokenizer are found by the
 * characters that they cover. Pure; any thread.
 */
#ifndef HEED_CORE_TEXT_MOVES_H
#define HEED_CORE_TEXT_MOVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text/tokenizer.h"

struct heed_token_moves {
    const struct heed_encoding *old, *fresh; /* borrowed */
    int prefix, suffix;                      /* equal tokens at each end */
};

struct heed_token_moves heed_token_moves_find(const struct heed_encoding *old,
                                              const struct heed_encoding *fresh);
/* Where the old tokens [*first, *first + *count) are now; false: they are gone, whole or
 * in part. */
bool heed_token_moves_follow(const struct heed_token_moves *moves, int32_t *first, int32_t *count);
/* The text that tokens [first, first + count) cover: inside the encoding's. */
const char *heed_encoding_get_text(const struct heed_encoding *encoding, int first, int count,
                                   size_t *length);

#endif

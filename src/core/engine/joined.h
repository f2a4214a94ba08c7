/*
 * Attention whose keys aren't its queries, as of one sequence: the queries' tokens,
 * then the keys', with weight 0 everywhere but from the ones to the others. So what
 * is made of a run is made of it as well. With one axis all is as it was. Inside
 * core/engine; any thread.
 */
#ifndef HEED_CORE_ENGINE_JOINED_H
#define HEED_CORE_ENGINE_JOINED_H

#include "base/arena.h"
#include "core/attention/attention_file.h"
#include "core/text/tokenizer.h"

/* Tokens of both sides. */
int heed_joined_count(const struct heed_attention_part *part);
/* The tensor over all tokens, in the arena, from its values of each head; values
 * themselves with one axis. NULL: no memory, or more than 4 GiB. */
const float *heed_joined_values(struct heed_arena *arena, const struct heed_attention_part *part,
                                enum heed_part_tensor which, const float *values);
/* Its tokens; the caller's. The keys' text is the pair. */
HEED_NODISCARD bool heed_joined_encode(const struct heed_attention_part *part,
                                       struct heed_encoding **encoding, struct heed_error *err);

#endif

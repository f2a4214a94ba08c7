/*
 * A result held against another's: their alignment, and how far each head's
 * map is from the other. Immutable once made; any thread.
 */
#ifndef HEED_CORE_ENGINE_COMPARISON_H
#define HEED_CORE_ENGINE_COMPARISON_H

#include "core/engine/result.h"
#include "core/tensor/pool.h"

/* How the tokens of two texts go together: by their ids, where both kits mean the same by
 * them, else by words, which are then made, too. NULL kits are those of files. */
HEED_NODISCARD bool heed_comparison_align(struct heed_alignment *tokens,
                                          struct heed_word_alignment *words,
                                          struct heed_arena *arena, const struct heed_encoding *a,
                                          const struct heed_kit *kit_a,
                                          const struct heed_encoding *b,
                                          const struct heed_kit *kit_b, struct heed_error *err);
/* In the arena; retains b, which whoever ends the arena releases; a is
 * borrowed for the call. Both are ok, of the same filter, of a model or of a file each.
 * Errors: memory; files that are of other heads, or too large. */
HEED_NODISCARD bool heed_comparison_create(const struct heed_comparison **comparison,
                                           struct heed_arena *arena, const struct heed_result *a,
                                           const struct heed_result *b, struct heed_pool *pool,
                                           struct heed_error *err);

#endif

/*
 * A result held against another's: their alignment, and how far each head's
 * map is from the other. Immutable once made; any thread.
 */
#ifndef HEED_CORE_ENGINE_COMPARISON_H
#define HEED_CORE_ENGINE_COMPARISON_H

#include "core/engine/result.h"
#include "core/tensor/pool.h"

/* In the arena; retains b, which whoever ends the arena releases; a is
 * borrowed for the call. Both are ok, of the same filter and model, or of a file each.
 * Errors: memory; files that are of other heads, or too large. */
HEED_NODISCARD bool heed_comparison_create(const struct heed_comparison **comparison,
                                           struct heed_arena *arena, const struct heed_result *a,
                                           const struct heed_result *b, struct heed_pool *pool,
                                           struct heed_error *err);

#endif

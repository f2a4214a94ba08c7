/*
 * Which token of one text stands where which token of another stands: the
 * shortest edit script over the wordpieces' ids, or, of attention files, over what
 * their tokens show. Queries are never aligned with keys. Pure; any thread.
 *
 * Leaving out, adding and replacing a token cost 1 each (Levenshtein 1966);
 * tokens of the template are never replaced by others. Of the scripts that
 * cost the same, the one that keeps most tokens equal is taken; of those, read
 * from the end of both texts: keeping or replacing goes before adding, and
 * adding before leaving out.
 */
#ifndef HEED_CORE_ANALYSIS_ALIGN_H
#define HEED_CORE_ANALYSIS_ALIGN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/analysis/maps.h"
#include "core/text/tokenizer.h"

/* One place of both texts. */
struct heed_aligned {
    int a, b;  /* its token or unit in each; -1: there is none */
    bool same; /* the same wordpiece in both */
    /* Places from this one on that both texts have, so that their tokens or
     * units lie next to each other in each; 0: one of them lacks this one. */
    int run;
};

/* All zero is an empty one. */
struct heed_alignment {
    struct heed_aligned *places; /* [n], in the order of both texts; the arena's */
    int n;
    int n_same, n_replaced, n_only_a, n_only_b; /* their sum is n */
    int n_attending; /* of tokens: these places are queries; where keys aren't, they come
                        behind them */
    bool by_text;    /* `same` is what their characters say, not ids: two vocabularies */
};

/* For who makes one: room for a place more is there; then once the end. */
void heed_alignment_add(struct heed_alignment *alignment, struct heed_aligned place);
void heed_alignment_end(struct heed_alignment *alignment);

HEED_NODISCARD bool heed_align_tokens(struct heed_alignment *alignment, struct heed_arena *arena,
                                      const struct heed_encoding *a, const struct heed_encoding *b,
                                      struct heed_error *err);
/* The same for the visible units of two maps: units go together that hold
 * tokens that do; of several that compete the first. */
HEED_NODISCARD bool heed_align_units(struct heed_alignment *alignment, struct heed_arena *arena,
                                     const struct heed_alignment *tokens, const struct heed_maps *a,
                                     const struct heed_maps *b, struct heed_error *err);

/* What stands in the other text where this stands, or -1. */
int heed_alignment_find_b(const struct heed_alignment *alignment, int a);
int heed_alignment_find_a(const struct heed_alignment *alignment, int b);

#endif

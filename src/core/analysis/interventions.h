/*
 * What a person switches off or changes in a run: heads that are scaled, links
 * that are cut. A cut speaks of tokens and moves with them when the text is
 * edited. What it does to a row is in core/bert/encoder.h. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_INTERVENTIONS_H
#define HEED_CORE_ANALYSIS_INTERVENTIONS_H

#include <stdbool.h>

#include "base/error.h"
#include "core/analysis/align.h"
#include "core/analysis/rank.h"
#include "core/bert/encoder.h"
#include "core/text/moves.h"

struct heed_scaled_head {
    struct heed_head_id id;
    float factor; /* on its output, before W_O; 0 mutes it */
};

/* All links from the query's wordpieces to the key's. */
struct heed_cut_link {
    struct heed_head_id head; /* layer and head -1: every head */
    struct heed_token_range query, key;
};

bool heed_cut_is_everywhere(const struct heed_cut_link *link);
bool heed_cut_equal(const struct heed_cut_link *a, const struct heed_cut_link *b);

/* Moves the links to an edited text's tokens, in place; those whose tokens are
 * gone are dropped. Returns how many are left. */
int heed_cuts_follow(struct heed_cut_link *links, int n, const struct heed_token_moves *moves);
/* Drops links that a model or text of this size doesn't have. */
int heed_cuts_fit(struct heed_cut_link *links, int n, int n_layers, int n_heads, int n_tokens);
/* A query without any link in a head. */
struct heed_empty_row {
    int query;                /* its token */
    struct heed_head_id head; /* -1, -1: every */
};

/* False if a query of these tokens would be left without any link in some head
 * under the mask, which alone leaves each one; *row is then set. */
bool heed_cuts_keep_rows(const struct heed_cut_link *links, int n, struct heed_mask mask,
                         const struct heed_encoding *encoding, struct heed_empty_row *row);

/* As an encoder's request wants them, a wordpiece each, in the arena; NULL for
 * none. Fails only without memory. */
HEED_NODISCARD bool heed_cuts_expand(struct heed_cut **cuts, int *n_cuts, struct heed_arena *arena,
                                     const struct heed_cut_link *links, int n,
                                     struct heed_error *err);
/* The same links in an aligned text B, in place, where both tokens have their
 * place there. Returns how many. */
int heed_cuts_translate(struct heed_cut *cuts, int n, const struct heed_alignment *tokens);
bool heed_cuts_have(const struct heed_cut *cuts, int n, int layer, int head, int query, int key);

#endif

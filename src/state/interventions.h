/*
 * What is off in a state: what the whole encoder does otherwise, heads that are
 * muted or scaled, links that are cut; how each is put back, and its words. Inside scene and
 * session; pure.
 */
#ifndef HEED_STATE_INTERVENTIONS_H
#define HEED_STATE_INTERVENTIONS_H

#include <stdbool.h>

#include "base/compiler.h"
#include "state/state.h"

/* On the head's output: 0 if it is muted, 1 if it is untouched. */
float heed_state_factor(const struct heed_state *state, struct heed_head_id id);
/* 0 mutes it, 1 leaves it untouched. False, and nothing done, if too many heads have one. */
bool heed_state_set_factor(struct heed_state *state, struct heed_head_id id, float factor);
/* How many of the links are cut in this head alone; layer and head -1: in every head. */
int heed_state_count_cuts(const struct heed_state *state, struct heed_head_id id);
/* True if it is in the list. */
bool heed_state_has_cut(const struct heed_state *state, const struct heed_cut_link *link);
/* False, and nothing done, if the list is full. One in every head takes the
 * place of those of single heads. */
HEED_NODISCARD bool heed_state_add_cut(struct heed_state *state, const struct heed_cut_link *link);
void heed_state_drop_cut(struct heed_state *state, const struct heed_cut_link *link);
bool heed_state_same_off(const struct heed_state *a, const struct heed_state *b);
void heed_state_all_on(struct heed_state *state);
/* Part of heed_state_fit. */
void heed_state_fit_off(struct heed_state *state, int n_layers, int n_heads, int n_tokens);

enum heed_off_kind {
    HEED_OFF_MASK,
    HEED_OFF_POSITIONS,
    HEED_OFF_ATTENTION,
    HEED_OFF_MUTED,
    HEED_OFF_SCALED,
    HEED_OFF_CUT
};

/* One thing that can be put back: what the whole encoder does otherwise, a
 * head, or a link in all its heads. */
struct heed_off {
    enum heed_off_kind kind;
    struct heed_variant variant; /* of what the whole encoder does */
    struct heed_head_id head;    /* of a cut: the first */
    float factor;
    struct heed_pin query, key; /* of a cut */
    int n_heads;                /* of a cut; 0: every head */
};

enum {
    HEED_MAX_VARIANT = 3, /* mask, positions, attention */
    HEED_MAX_OFF = HEED_MAX_VARIANT + HEED_MAX_MUTED + HEED_MAX_SCALED + HEED_MAX_CUTS
};

/* How many things are off. */
int heed_state_count_off(const struct heed_state *state);
/* The index-th of them: mask, positions, attention, muted heads, scaled ones, then links. */
bool heed_state_get_off(const struct heed_state *state, int index, struct heed_off *off);
void heed_state_put_back(struct heed_state *state, const struct heed_off *off);

static inline struct heed_pin heed_pin_of(struct heed_token_range range)
{
    return (struct heed_pin){range.first, range.count};
}

static inline struct heed_token_range heed_range_of(struct heed_pin pin)
{
    return (struct heed_token_range){pin.first, pin.count};
}

/* The same query and key, in whichever head. */
bool heed_cut_is_same_pair(const struct heed_cut_link *a, const struct heed_cut_link *b);
/* Which of mask, positions and attention aren't as trained; returns how many. */
int heed_off_list_variant(const struct heed_variant *variant,
                          enum heed_off_kind kinds[HEED_MAX_VARIANT]);
bool heed_state_mutes(const struct heed_state *state, struct heed_head_id id);
/* Mutes it, or switches it on again, whatever its factor was (see
 * interventions.h). Does nothing beyond HEED_MAX_MUTED. */
void heed_state_toggle_muted(struct heed_state *state, struct heed_head_id id);

#endif

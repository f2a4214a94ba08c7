#include "state/interventions.h"

#include <string.h>

static const struct heed_head_id every_head = {-1, -1};

static bool lies_before(struct heed_head_id a, struct heed_head_id b)
{
    return a.layer < b.layer || (a.layer == b.layer && a.head < b.head);
}

/* --- heads --- */

/* Where the head is in scaled, or would be inserted. */
static int find_scaled(const struct heed_state *state, struct heed_head_id id)
{
    int i = 0;
    while (i < state->n_scaled && lies_before(state->scaled[i].id, id)) {
        i++;
    }
    return i;
}

/* Where the head is in muted, or would be inserted. */
static int find_muted(const struct heed_state *state, struct heed_head_id id)
{
    int i = 0;
    while (i < state->n_muted && lies_before(state->muted[i], id)) {
        i++;
    }
    return i;
}

bool heed_state_mutes(const struct heed_state *state, struct heed_head_id id)
{
    const int place = find_muted(state, id);
    return place < state->n_muted && heed_head_equal(state->muted[place], id);
}

void heed_state_toggle_muted(struct heed_state *state, struct heed_head_id id)
{
    const int place = find_muted(state, id);
    struct heed_head_id *at = &state->muted[place];
    if (heed_state_mutes(state, id)) {
        state->n_muted--;
        memmove(at, at + 1, (size_t)(state->n_muted - place) * sizeof(*at));
    } else if (state->n_muted < HEED_MAX_MUTED) {
        heed_state_set_factor(state, id, 1);
        memmove(at + 1, at, (size_t)(state->n_muted - place) * sizeof(*at));
        *at = id;
        state->n_muted++;
    }
}

float heed_state_factor(const struct heed_state *state, struct heed_head_id id)
{
    const int place = find_scaled(state, id);
    if (heed_state_mutes(state, id)) {
        return 0;
    }
    return place < state->n_scaled && heed_head_equal(state->scaled[place].id, id)
               ? state->scaled[place].factor
               : 1;
}

static void remove_scaled(struct heed_state *state, int place)
{
    state->n_scaled--;
    memmove(&state->scaled[place], &state->scaled[place + 1],
            (size_t)(state->n_scaled - place) * sizeof(state->scaled[0]));
}

bool heed_state_set_factor(struct heed_state *state, struct heed_head_id id, float factor)
{
    const int place = find_scaled(state, id);
    const bool scaled = place < state->n_scaled && heed_head_equal(state->scaled[place].id, id);
    const bool muted = heed_state_mutes(state, id);
    if ((factor == 0 && !muted && state->n_muted == HEED_MAX_MUTED) ||
        (factor != 0 && factor != 1 && !scaled && state->n_scaled == HEED_MAX_SCALED)) {
        return false;
    }
    if (scaled) {
        remove_scaled(state, place);
    }
    if (muted != (factor == 0)) {
        heed_state_toggle_muted(state, id);
    }
    if (factor != 0 && factor != 1) {
        memmove(&state->scaled[place + 1], &state->scaled[place],
                (size_t)(state->n_scaled - place) * sizeof(state->scaled[0]));
        state->scaled[place] = (struct heed_scaled_head){id, factor};
        state->n_scaled++;
    }
    return true;
}

/* --- links --- */

int heed_state_count_cuts(const struct heed_state *state, struct heed_head_id id)
{
    int count = 0;
    for (int i = 0; i < state->n_cuts; i++) {
        count += heed_head_equal(state->cuts[i].head, id);
    }
    return count;
}

static int find_cut(const struct heed_state *state, const struct heed_cut_link *link)
{
    int i = 0;
    while (i < state->n_cuts && !heed_cut_equal(&state->cuts[i], link)) {
        i++;
    }
    return i;
}

bool heed_state_has_cut(const struct heed_state *state, const struct heed_cut_link *link)
{
    return find_cut(state, link) < state->n_cuts;
}

bool heed_cut_is_same_pair(const struct heed_cut_link *a, const struct heed_cut_link *b)
{
    struct heed_cut_link there = *b;
    there.head = a->head;
    return heed_cut_equal(a, &there);
}

static void drop_pair(struct heed_state *state, const struct heed_cut_link *link)
{
    int left = 0;
    for (int i = 0; i < state->n_cuts; i++) {
        if (!heed_cut_is_same_pair(&state->cuts[i], link)) {
            state->cuts[left++] = state->cuts[i];
        }
    }
    state->n_cuts = left;
}

bool heed_state_add_cut(struct heed_state *state, const struct heed_cut_link *link)
{
    if (heed_cut_is_everywhere(link)) {
        drop_pair(state, link);
    }
    if (heed_state_has_cut(state, link)) {
        return true;
    }
    if (state->n_cuts == HEED_MAX_CUTS) {
        return false;
    }
    state->cuts[state->n_cuts++] = *link;
    return true;
}

void heed_state_drop_cut(struct heed_state *state, const struct heed_cut_link *link)
{
    const int place = find_cut(state, link);
    if (place < state->n_cuts) {
        state->n_cuts--;
        memmove(&state->cuts[place], &state->cuts[place + 1],
                (size_t)(state->n_cuts - place) * sizeof(state->cuts[0]));
    }
}

/* --- all of it --- */

bool heed_state_same_off(const struct heed_state *a, const struct heed_state *b)
{
    bool same = a->n_muted == b->n_muted && a->n_scaled == b->n_scaled && a->n_cuts == b->n_cuts &&
                heed_variant_equal(&a->variant, &b->variant);
    for (int i = 0; same && i < a->n_muted; i++) {
        same = heed_head_equal(a->muted[i], b->muted[i]);
    }
    for (int i = 0; same && i < a->n_scaled; i++) {
        same = heed_head_equal(a->scaled[i].id, b->scaled[i].id) &&
               a->scaled[i].factor == b->scaled[i].factor;
    }
    for (int i = 0; same && i < a->n_cuts; i++) {
        same = heed_cut_equal(&a->cuts[i], &b->cuts[i]);
    }
    return same;
}

void heed_state_all_on(struct heed_state *state)
{
    state->n_muted = state->n_scaled = state->n_cuts = 0;
    state->variant = (struct heed_variant){0};
}

void heed_state_fit_off(struct heed_state *state, int n_layers, int n_heads, int n_tokens)
{
    for (int i = state->n_scaled - 1; i >= 0; i--) {
        const struct heed_head_id id = state->scaled[i].id;
        if (id.layer >= n_layers || id.head >= n_heads) {
            remove_scaled(state, i);
        }
    }
    state->n_cuts = heed_cuts_fit(state->cuts, state->n_cuts, n_layers, n_heads, n_tokens);
}

/* True for the first of the cuts of its pair. */
static bool leads_pair(const struct heed_state *state, int index)
{
    for (int i = 0; i < index; i++) {
        if (heed_cut_is_same_pair(&state->cuts[i], &state->cuts[index])) {
            return false;
        }
    }
    return true;
}

/* Which of mask, positions and attention aren't as trained. */
int heed_off_list_variant(const struct heed_variant *variant,
                          enum heed_off_kind kinds[HEED_MAX_VARIANT])
{
    int n = 0;
    if (variant->mask.kind != HEED_MASK_FULL) {
        kinds[n++] = HEED_OFF_MASK;
    }
    if (variant->positions != HEED_POSITIONS_LEARNED) {
        kinds[n++] = HEED_OFF_POSITIONS;
    }
    if (variant->attention != HEED_ATTENTION_SOFTMAX) {
        kinds[n++] = HEED_OFF_ATTENTION;
    }
    return n;
}

int heed_state_count_off(const struct heed_state *state)
{
    enum heed_off_kind kinds[HEED_MAX_VARIANT];
    int count = heed_off_list_variant(&state->variant, kinds) + state->n_muted + state->n_scaled;
    for (int i = 0; i < state->n_cuts; i++) {
        count += leads_pair(state, i);
    }
    return count;
}

static struct heed_off off_cut(const struct heed_state *state, int index)
{
    const struct heed_cut_link *link = &state->cuts[index];
    struct heed_off off = {.kind = HEED_OFF_CUT,
                           .head = link->head,
                           .query = heed_pin_of(link->query),
                           .key = heed_pin_of(link->key)};
    for (int i = index; i < state->n_cuts; i++) {
        off.n_heads += heed_cut_is_same_pair(&state->cuts[i], link) &&
                       !heed_cut_is_everywhere(&state->cuts[i]);
    }
    return off;
}

bool heed_state_get_off(const struct heed_state *state, int index, struct heed_off *off)
{
    enum heed_off_kind kinds[HEED_MAX_VARIANT];
    const int n = heed_off_list_variant(&state->variant, kinds);
    if (index < 0) {
        return false;
    }
    if (index < n) {
        *off = (struct heed_off){.kind = kinds[index], .variant = state->variant};
        return true;
    }
    index -= n;
    if (index < state->n_muted) {
        *off = (struct heed_off){.kind = HEED_OFF_MUTED, .head = state->muted[index]};
        return true;
    }
    index -= state->n_muted;
    if (index < state->n_scaled) {
        *off = (struct heed_off){.kind = HEED_OFF_SCALED,
                                 .head = state->scaled[index].id,
                                 .factor = state->scaled[index].factor};
        return true;
    }
    index -= state->n_scaled;
    for (int i = 0; i < state->n_cuts; i++) {
        if (leads_pair(state, i) && index-- == 0) {
            *off = off_cut(state, i);
            return true;
        }
    }
    return false;
}

void heed_state_put_back(struct heed_state *state, const struct heed_off *off)
{
    const struct heed_cut_link link = {every_head, heed_range_of(off->query),
                                       heed_range_of(off->key)};
    switch (off->kind) {
    case HEED_OFF_MASK:
        state->variant.mask = heed_mask_of(HEED_MASK_FULL, 0);
        break;
    case HEED_OFF_POSITIONS:
        state->variant.positions = HEED_POSITIONS_LEARNED;
        break;
    case HEED_OFF_ATTENTION:
        state->variant.attention = HEED_ATTENTION_SOFTMAX;
        break;
    case HEED_OFF_MUTED:
    case HEED_OFF_SCALED:
        heed_state_set_factor(state, off->head, 1);
        break;
    case HEED_OFF_CUT:
        drop_pair(state, &link);
        break;
    }
}

/* --- words --- */

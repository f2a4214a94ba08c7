#include "state/candidates.h"

#include <string.h>

static bool overlap(struct heed_pin a, struct heed_pin b)
{
    return a.first < b.first + b.count && b.first < a.first + a.count;
}

int heed_state_find_candidate(const struct heed_state *state, struct heed_pin pin)
{
    for (int i = 0; i < state->n_candidates; i++) {
        if (pin.count > 0 && overlap(state->candidates[i], pin)) {
            return i;
        }
    }
    return -1;
}

static void remove_at(struct heed_state *state, int index)
{
    state->n_candidates--;
    memmove(&state->candidates[index], &state->candidates[index + 1],
            (size_t)(state->n_candidates - index) * sizeof(state->candidates[0]));
}

bool heed_state_toggle_candidate(struct heed_state *state, struct heed_pin pin)
{
    int found = heed_state_find_candidate(state, pin);
    if (found >= 0) {
        for (; found >= 0; found = heed_state_find_candidate(state, pin)) {
            remove_at(state, found);
        }
        return true;
    }
    if (state->n_candidates == HEED_MAX_CANDIDATES) {
        return false;
    }
    int at = state->n_candidates++;
    for (; at > 0 && state->candidates[at - 1].first > pin.first; at--) {
        state->candidates[at] = state->candidates[at - 1];
    }
    state->candidates[at] = pin;
    return true;
}

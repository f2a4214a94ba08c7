#include "ui/actions/travel.h"

#include <stdlib.h>

#include "base/array.h"

#include "scene/frame/shown.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"
#include "ui/window/reveal.h"

struct step {
    float weight;
    int unit;
};

static int by_weight(const void *a, const void *b)
{
    const struct step *x = a;
    const struct step *y = b;
    return x->weight != y->weight ? (x->weight < y->weight) - (x->weight > y->weight)
                                  : x->unit - y->unit;
}

/* The largest weight of a pair in a shown head. */
static float strongest(const struct heed_ui *ui, struct heed_pin query, struct heed_pin key,
                       struct heed_head_id *id)
{
    const struct heed_state *state = &ui->now.state;
    float best = 0.0F;
    for (int i = 0; i < state->n_shown; i++) {
        float weight = 0.0F;
        if (heed_ui_weight(ui, state->shown[i].id, query, key, &weight) && weight > best) {
            best = weight;
            *id = state->shown[i].id;
        }
    }
    return best;
}

/* The other ends of a token's links from the threshold up, strongest first. */
static int collect(const struct heed_ui *ui, struct heed_pin pin, bool to_query, struct step *steps)
{
    int n = 0;
    struct heed_head_id unused = {-1, -1};
    for (int unit = 0; unit < ui->result->maps->n; unit++) {
        const struct heed_pin other = heed_ui_unit_pin(ui, unit);
        const float weight = strongest(ui, to_query ? other : pin, to_query ? pin : other, &unused);
        if (weight > 0.0F && weight >= ui->now.state.filter.threshold) {
            steps[n++] = (struct step){weight, unit};
        }
    }
    heed_sort(steps, (size_t)n, sizeof(steps[0]), by_weight);
    return n;
}

static void arrive(struct heed_ui *ui, struct heed_pin query, struct heed_pin key, int index, int n)
{
    struct heed_state *state = &ui->now.state;
    struct heed_head_id id = {-1, -1};
    char from[64], to[64];
    const float weight = strongest(ui, query, key, &id);
    if (!heed_ui_begin_pin(ui)) {
        return;
    }
    state->query = query;
    state->key = key;
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_pin_text(ui, query, from, sizeof(from));
    heed_ui_pin_text(ui, key, to, sizeof(to));
    heed_ui_say(ui, false, "%s \xE2\x86\x92 %s: %.3f in L%dH%d, link %d of %d", from, to,
                (double)weight, id.layer, id.head, index + 1, n);
}

void heed_ui_travel(struct heed_ui *ui, bool to_query, int by)
{
    struct heed_pin query, key;
    heed_ui_pair_in_hand(ui, &query, &key);
    const struct heed_pin from = to_query ? key : query;
    const struct heed_pin now = to_query ? query : key;
    if (ui->result == NULL || from.count == 0 || ui->now.state.n_shown == 0) {
        heed_ui_say(ui, false,
                    to_query ? "pin or point at a key to go to its queries"
                             : "pin or point at a query to go along its links");
        return;
    }
    struct step *steps = calloc((size_t)ui->result->maps->n + 1, sizeof(*steps));
    const int n = steps != NULL ? collect(ui, from, to_query, steps) : 0;
    if (n == 0) {
        heed_ui_say(ui, false, "no link of it reaches the threshold");
        free(steps);
        return;
    }
    int index = by > 0 ? -1 : n;
    for (int i = 0; i < n && now.count > 0; i++) {
        if (heed_pin_equal(heed_ui_unit_pin(ui, steps[i].unit), now)) {
            index = i;
        }
    }
    index = (index + by + n) % n;
    const struct heed_pin other = heed_ui_unit_pin(ui, steps[index].unit);
    const int unit = steps[index].unit;
    const int own = heed_pin_units(ui->result->maps, from).first;
    free(steps);
    arrive(ui, to_query ? other : query, to_query ? key : other, index, n);
    heed_ui_show_units(ui, to_query ? unit : own, to_query ? own : unit, to_query);
}

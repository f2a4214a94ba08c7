#include "scene/views/compare/layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/frame/aligned.h"
#include "scene/frame/unit_order.h"
#include "scene/widgets/label.h"

/* A pin as units of both texts and as places. */
static struct heed_compared_pin find_pin(const struct heed_compare *compare, struct heed_pin pin)
{
    struct heed_compared_pin found = {
        .a = heed_pin_units(compare->maps_a, pin),
        .b = heed_pin_units_b(compare->comparison, compare->maps_a, pin),
    };
    struct heed_range places = {0, 0};
    for (int i = 0; i < compare->n; i++) {
        const struct heed_aligned *at = &compare->places[i];
        if (found.a.count > 0 ? heed_range_has(found.a, at->a) : heed_range_has(found.b, at->b)) {
            places.first = places.count == 0 ? i : places.first;
            places.count = i - places.first + 1;
        }
    }
    found.places = places;
    return found;
}

static void find_pins(struct heed_compare *compare)
{
    const struct heed_frame *frame = compare->frame;
    compare->pinned_query = find_pin(compare, frame->state->query);
    compare->pinned_key = find_pin(compare, frame->state->key);
    compare->hover_query = find_pin(compare, frame->hover.query);
    compare->hover_key = find_pin(compare, frame->hover.key);
    compare->query = frame->hover.query.count > 0 ? compare->hover_query : compare->pinned_query;
    compare->key = frame->hover.key.count > 0 ? compare->hover_key : compare->pinned_key;
}

static const struct heed_unit *unit_of(const struct heed_compare *compare, int place, bool b)
{
    const struct heed_aligned *at = &compare->places[place];
    const int unit = b ? at->b : at->a;
    const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
    return unit >= 0 ? &maps->units[unit] : NULL;
}

void heed_compare_label(const struct heed_compare *compare, int place, char *text, size_t size)
{
    const struct heed_unit *a = unit_of(compare, place, false);
    const struct heed_unit *b = unit_of(compare, place, true);
    if (a != NULL && b != NULL && !compare->places[place].same && strcmp(a->label, b->label) != 0) {
        snprintf(text, size, "%s, %s", a->label, b->label);
    } else {
        snprintf(text, size, "%s", a != NULL ? a->label : b->label);
    }
}

void heed_compare_text(const struct heed_compare *compare, const struct heed_compared_pin *pin,
                       char *text, size_t size)
{
    if (pin->places.count == 1) {
        heed_compare_label(compare, pin->places.first, text, size);
    } else if (pin->a.count > 0) {
        heed_units_text(compare->maps_a, pin->a, text, size);
    } else {
        heed_units_text(compare->maps_b, pin->b, text, size);
    }
}

float heed_compare_measure(struct heed_compare *compare, float type)
{
    const struct heed_text_style style = {.size = type, .weight = 600};
    const float gap = compare->skin.projected ? 0.5F * type : fmaxf(0.75F * type, 10 * compare->s);
    float all = 0;
    compare->type = type;
    for (int i = 0; i < compare->n; i++) {
        struct heed_compare_word *word = &compare->words[i];
        word->width = 0;
        for (int side = 0; side < 2; side++) {
            const struct heed_unit *unit = unit_of(compare, i, side == 1);
            if (unit != NULL) {
                word->width = fmaxf(word->width, heed_token_width(&compare->skin, style, unit));
            }
        }
        word->slot = word->width + gap;
        all += word->slot;
    }
    return all;
}

const uint8_t *heed_compare_levels(const struct heed_compare *compare, bool *is_rtl)
{
    struct heed_list *list = compare->frame->list;
    bool rtl_b = false;
    const uint8_t *a =
        heed_unit_levels(list, compare->frame->result->encoding, compare->maps_a, is_rtl);
    const uint8_t *b =
        heed_unit_levels(list, compare->comparison->result->encoding, compare->maps_b, &rtl_b);
    uint8_t *levels = heed_arena_zeroed(&list->arena, (size_t)compare->n + 1, sizeof(*levels));
    if ((a == NULL && b == NULL) || levels == NULL) {
        return NULL;
    }
    for (int i = 0; i < compare->n; i++) {
        const struct heed_aligned *at = &compare->places[i];
        if (at->a >= 0) {
            levels[i] = a != NULL ? a[at->a] : 0;
        } else {
            levels[i] = b != NULL ? b[at->b] : 0;
        }
    }
    return levels;
}

float heed_compare_spread(struct heed_compare *compare, float x, float need, float room)
{
    const float spread =
        need < room ? fminf((room - need) / (float)compare->n, 24 * compare->s) : 0;
    x += fmaxf(room - need - spread * (float)compare->n, 0) / 2;
    bool is_rtl = false;
    const uint8_t *levels = heed_compare_levels(compare, &is_rtl);
    int *order =
        heed_arena_zeroed(&compare->frame->list->arena, (size_t)compare->n + 1, sizeof(*order));
    if (order == NULL) {
        compare->frame->list->failed = true;
        return x;
    }
    heed_unit_order(levels, 0, compare->n, order);
    for (int i = 0; i < compare->n; i++) {
        struct heed_compare_word *word = &compare->words[order[i]];
        word->slot += spread;
        word->x = x + word->slot / 2;
        x += word->slot;
    }
    return x;
}

/* Words of one text only lie above or below the line, and take more room. */
bool heed_compare_is_stacked(const struct heed_compare *compare)
{
    for (int i = 0; i < compare->n; i++) {
        if (!compare->places[i].same) {
            return true;
        }
    }
    return false;
}

int heed_compare_limit(const struct heed_frame *frame)
{
    return frame->is_export ? frame->link_limit : HEED_COMPARE_GROUND;
}

void heed_compare_report(struct heed_frame *frame, const struct heed_chosen_links *links)
{
    frame->links_total += (int)links->total;
    frame->links_below += (int)links->below;
    frame->links_left_out += (int)links->left_out;
    if (links->mass > 0) { /* of the side that loses more */
        frame->mass_left_out =
            fmaxf(frame->mass_left_out, (float)(links->mass_left_out / links->mass));
    }
}

bool heed_compare_begin(struct heed_compare *compare, struct heed_frame *frame)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    memset(compare, 0, sizeof(*compare));
    compare->frame = frame;
    compare->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    compare->s = compare->skin.scale;
    if (comparison == NULL || comparison->units.n == 0) {
        return false;
    }
    compare->comparison = comparison;
    compare->maps_a = heed_frame_get_maps(frame);
    compare->maps_b = comparison->result->maps;
    compare->frame_b = *frame;
    compare->frame_b.result = comparison->result;
    compare->places = comparison->units.places;
    compare->n = comparison->units.n;
    find_pins(compare);
    compare->words =
        heed_arena_zeroed(&frame->list->arena, (size_t)compare->n, sizeof(*compare->words));
    frame->list->failed = frame->list->failed || compare->words == NULL;
    return compare->words != NULL;
}

int heed_compare_aligned_place(const struct heed_alignment *units, int index)
{
    for (int i = 0; i < units->n && index >= 0; i++) {
        if (units->places[i].a >= 0 && units->places[i].b >= 0 && index-- == 0) {
            return i;
        }
    }
    return -1;
}

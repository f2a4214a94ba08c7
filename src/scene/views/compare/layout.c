#include "scene/views/compare/layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/frame/unit_order.h"
#include "scene/views/compare/arcs.h"
#include "scene/widgets/label.h"

enum { MOST_TYPE = 26, LEAST_TYPE = 13 };

struct heed_range heed_compare_units_b(const struct heed_comparison *comparison,
                                       struct heed_range units_a)
{
    struct heed_range units = {0, 0};
    for (int i = units_a.first; i < units_a.first + units_a.count; i++) {
        const int b = heed_alignment_find_b(&comparison->units, i);
        if (b >= 0) {
            units.first = units.count == 0 ? b : units.first;
            units.count = b - units.first + 1;
        }
    }
    return units;
}

struct heed_range heed_compare_pin_units_b(const struct heed_comparison *comparison,
                                           const struct heed_maps *maps_a, struct heed_pin pin)
{
    if (pin.in_b) {
        pin.in_b = false;
        return heed_pin_units(comparison->result->maps, pin);
    }
    return heed_compare_units_b(comparison, heed_pin_units(maps_a, pin));
}

/* A pin as units of both texts and as places. */
static struct heed_compared_pin find_pin(const struct heed_compare *compare, struct heed_pin pin)
{
    struct heed_compared_pin found = {
        .a = heed_pin_units(compare->maps_a, pin),
        .b = heed_compare_pin_units_b(compare->comparison, compare->maps_a, pin),
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
    const float gap = fmaxf(0.75F * type, 10 * compare->s);
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

/* The places from left to right; NULL: as they are. */
static const int *find_order(const struct heed_compare *compare)
{
    struct heed_list *list = compare->frame->list;
    const size_t n = (size_t)compare->n + 1;
    bool rtl_a = false, rtl_b = false;
    const uint8_t *a =
        heed_unit_levels(list, compare->frame->result->encoding, compare->maps_a, &rtl_a);
    const uint8_t *b =
        heed_unit_levels(list, compare->comparison->result->encoding, compare->maps_b, &rtl_b);
    uint8_t *levels = heed_arena_zeroed(&list->arena, n, sizeof(*levels));
    int *order = heed_arena_zeroed(&list->arena, n, sizeof(*order));
    if ((a == NULL && b == NULL) || levels == NULL || order == NULL) {
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
    heed_unit_order(levels, 0, compare->n, order);
    return order;
}

float heed_compare_spread(struct heed_compare *compare, float x, float need, float room)
{
    const float spread =
        need < room ? fminf((room - need) / (float)compare->n, 24 * compare->s) : 0;
    x += fmaxf(room - need - spread * (float)compare->n, 0) / 2;
    const int *order = find_order(compare);
    for (int i = 0; i < compare->n; i++) {
        struct heed_compare_word *word = &compare->words[order != NULL ? order[i] : i];
        word->slot += spread;
        word->x = x + word->slot / 2;
        x += word->slot;
    }
    return x;
}

/* The largest type that sets all on one line, else the least: it scrolls. */
static void set_words(struct heed_compare *compare)
{
    const float s = compare->s, pad = 28 * s;
    const struct heed_rect upper = compare->upper;
    const float room = upper.w - 2 * pad;
    int size = MOST_TYPE;
    float need = heed_compare_measure(compare, (float)size * s);
    while (need > room && size > LEAST_TYPE) {
        size--;
        need = heed_compare_measure(compare, (float)size * s);
    }
    const float over = fmaxf(need - room, 0);
    compare->frame->content_width = upper.w + over;
    compare->scroll_x = fminf(fmaxf(compare->frame->scroll_x, 0), over);
    heed_compare_spread(compare, upper.x + pad - compare->scroll_x, need, room);
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

/* Arcs above, the lower half below: what doesn't fit scrolls. */
static void set_areas(struct heed_compare *compare, struct heed_rect rect)
{
    const float s = compare->s;
    compare->folded = rect.h < 760 * s || rect.w < 820 * s;
    /* In a hall the arcs have the screen; map and heads lie below it. */
    const bool projected = heed_frame_is_projected(compare->frame);
    const float height = projected ? 2 * rect.h : fmaxf(rect.h, 440 * s);
    const float scroll = fminf(fmaxf(compare->frame->scroll_y, 0), fmaxf(height - rect.h, 0));
    compare->rect = (struct heed_rect){rect.x, roundf(rect.y - scroll), rect.w, height};
    const float upper = projected ? rect.h : roundf(height * (compare->folded ? 0.48F : 0.545F));
    compare->upper = (struct heed_rect){rect.x, compare->rect.y, rect.w, upper};
    const float y = compare->rect.y + upper;
    const float split = compare->folded ? 0 : roundf(rect.w * 0.467F);
    compare->heads = (struct heed_rect){rect.x + split, y, rect.w - split, height - upper};
    compare->map = compare->heads;
    if (!compare->folded) {
        compare->map.x = rect.x;
        compare->map.w = split;
    }
    compare->frame->content_height = height;
}

static void set_line(struct heed_compare *compare)
{
    const float s = compare->s;
    const struct heed_rect upper = compare->upper;
    const float head = (compare->folded ? 38 : 52) * s, foot = 14 * s;
    compare->half =
        roundf((heed_compare_is_stacked(compare) ? 1.45F : 0.9F) * compare->type + 4 * s);
    const float room = fmaxf(upper.h - head - foot - 2 * compare->half, 20 * s);
    compare->up = 0.52F * room;
    compare->down = room - compare->up;
    compare->line_y = roundf(upper.y + head + compare->up + compare->half);
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

bool heed_compare_place(struct heed_compare *compare, struct heed_frame *frame,
                        struct heed_rect rect)
{
    if (!heed_compare_begin(compare, frame)) {
        return false;
    }
    set_areas(compare, rect);
    set_words(compare);
    set_line(compare);
    compare->tags = heed_compare_tags_height(compare);
    return true;
}

bool heed_compare_ranks_link(const struct heed_frame *frame)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_maps *a = heed_frame_get_maps(frame);
    const struct heed_state *state = frame->state;
    return comparison != NULL && !state->compare_whole &&
           heed_compare_pin_units_b(comparison, a, state->query).count > 0 &&
           heed_compare_pin_units_b(comparison, a, state->key).count > 0 &&
           heed_pin_units(a, state->query).count > 0 && heed_pin_units(a, state->key).count > 0;
}

/* True: they are of the pinned link. heads[layers * heads], by place. */
static bool compare_heads(const struct heed_frame *frame, struct heed_compared_head *heads)
{
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    const struct heed_maps *a = heed_frame_get_maps(frame);
    const struct heed_maps *b = comparison->result->maps;
    const struct heed_range query = heed_pin_units(a, frame->state->query);
    const struct heed_range key = heed_pin_units(a, frame->state->key);
    const struct heed_range query_b = heed_compare_units_b(comparison, query);
    const struct heed_range key_b = heed_compare_units_b(comparison, key);
    const bool is_link = heed_compare_ranks_link(frame);
    for (int i = 0; i < a->n_layers * a->n_heads; i++) {
        struct heed_compared_head *head = &heads[i];
        head->id = (struct heed_head_id){(int16_t)(i / a->n_heads), (int16_t)(i % a->n_heads)};
        head->a = 0;
        head->b = comparison->distances[i].distance;
        if (is_link) {
            head->a = heed_map_weight(heed_maps_row(a, head->id.layer, head->id.head, 0), a->n,
                                      query, key);
            head->b = heed_map_weight(heed_maps_row(b, head->id.layer, head->id.head, 0), b->n,
                                      query_b, key_b);
        }
        head->change = head->b - head->a;
    }
    return is_link;
}

static int by_change(const void *left, const void *right)
{
    const struct heed_compared_head *a = left;
    const struct heed_compared_head *b = right;
    const float x = fabsf(a->change), y = fabsf(b->change);
    if (x != y) {
        return x < y ? 1 : -1;
    }
    return a->id.layer != b->id.layer ? a->id.layer - b->id.layer : a->id.head - b->id.head;
}

struct heed_compared_head *heed_compare_ranked(const struct heed_frame *frame, bool *is_link)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const size_t n = (size_t)maps->n_layers * (size_t)maps->n_heads;
    struct heed_compared_head *heads = heed_arena_alloc(&frame->list->arena, n * sizeof(*heads));
    if (heads == NULL) {
        frame->list->failed = true;
        return NULL;
    }
    *is_link = compare_heads(frame, heads);
    qsort(heads, n, sizeof(*heads), by_change);
    return heads;
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

bool heed_compare_fill_changes(const struct heed_frame *frame, float *changes)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const int n = maps->n_layers * maps->n_heads;
    struct heed_compared_head *heads =
        heed_arena_alloc(&frame->list->arena, (size_t)n * sizeof(*heads));
    if (heads == NULL) {
        frame->list->failed = true;
        memset(changes, 0, (size_t)n * sizeof(*changes));
        return false;
    }
    const bool is_link = compare_heads(frame, heads);
    for (int i = 0; i < n; i++) {
        changes[i] = heads[i].change;
    }
    return is_link;
}

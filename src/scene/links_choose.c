#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scene/links_parts.h"

/* Bins by the upper 16 bits of a float: weights in order, 0.4 % apart. */
enum { N_BINS = 0x4000, BIN_SHIFT = 16 };

struct bin {
    uint32_t count;
    float mass;
};

static int bin_of(float weight)
{
    uint32_t bits = 0;
    memcpy(&bits, &weight, sizeof(bits));
    const uint32_t bin = bits >> BIN_SHIFT;
    return bin < N_BINS ? (int)bin : N_BINS - 1;
}

struct walk {
    const struct heed_links *links;
    int first, last; /* visible units, last exclusive */
    struct bin *bins;
    struct heed_chosen_links *chosen;
    int limit_bin;      /* links of higher bins are all taken */
    long room_in_limit; /* and so many of this one */
    long capacity;
};

static bool crosses(const struct walk *walk, int query, int key)
{
    const int low = query < key ? query : key;
    const int high = query < key ? key : query;
    return low < walk->last && high >= walk->first;
}

static void take(struct walk *walk, struct heed_link link)
{
    struct heed_chosen_links *chosen = walk->chosen;
    const int bin = bin_of(link.weight);
    if (bin < walk->limit_bin || chosen->n >= walk->capacity) {
        return;
    }
    if (bin == walk->limit_bin && walk->room_in_limit-- <= 0) {
        return;
    }
    chosen->links[chosen->n++] = link;
}

static void count(struct walk *walk, float weight)
{
    struct bin *bin = &walk->bins[bin_of(weight)];
    bin->count++;
    bin->mass += weight;
}

/* One row: counts what there is, or takes what was found to fit. */
static void walk_row(struct walk *walk, int map, int query, bool taking)
{
    const struct heed_links *links = walk->links;
    const struct heed_maps *maps = links->maps;
    const struct heed_filter *filter = &links->frame->state->filter;
    const float *row =
        links->shown.items[map].weights + (size_t)query * (size_t)maps->n;
    const float cutoff = heed_maps_row_cutoff(maps, row, filter);
    const bool all = filter->segments == HEED_SEGMENTS_ALL;
    for (int key = 0; key < maps->n; key++) {
        if (!all && !heed_maps_segments_pass(maps, query, key, filter->segments)) {
            continue;
        }
        walk->chosen->total += !taking;
        if (!(row[key] >= cutoff)) {
            walk->chosen->below += !taking;
            continue;
        }
        if (!crosses(walk, query, key)) {
            continue;
        }
        if (taking) {
            take(walk, (struct heed_link){row[key], query, key, map});
        } else {
            count(walk, row[key]);
        }
    }
}

static void walk_all(struct walk *walk, bool taking)
{
    for (int map = 0; map < walk->links->shown.n; map++) {
        for (int query = 0; query < walk->links->maps->n; query++) {
            walk_row(walk, map, query, taking);
        }
    }
}

/* From the counts: the bin at which the limit is reached. */
static void find_limit(struct walk *walk, long limit)
{
    struct heed_chosen_links *chosen = walk->chosen;
    long taken = 0;
    walk->limit_bin = -1;
    for (int i = N_BINS - 1; i >= 0; i--) {
        const struct bin *bin = &walk->bins[i];
        chosen->mass += (double)bin->mass;
        if (walk->limit_bin >= 0) {
            chosen->left_out += bin->count;
            chosen->mass_left_out += (double)bin->mass;
        } else if (taken + bin->count > limit) {
            walk->limit_bin = i;
            walk->room_in_limit = limit - taken;
            const long over = bin->count - walk->room_in_limit;
            chosen->left_out += over;
            chosen->mass_left_out +=
                (double)bin->mass * (double)over / (double)bin->count;
            taken = limit;
        } else {
            taken += bin->count;
        }
    }
    walk->capacity = taken;
}

static int weaker_first(const void *a, const void *b)
{
    const struct heed_link *left = a, *right = b;
    if (left->weight != right->weight) {
        return left->weight < right->weight ? -1 : 1;
    }
    if (left->map != right->map) {
        return left->map - right->map;
    }
    return left->query != right->query ? left->query - right->query
                                       : left->key - right->key;
}

static void find_visible(const struct heed_links *links, int *first, int *last)
{
    const float top = links->rows.y, bottom = top + links->rows.h;
    *first = (int)floorf((links->scroll) / links->pitch);
    *last = (int)ceilf((links->scroll + bottom - top) / links->pitch);
    *first = *first < 0 ? 0 : *first;
    *last = *last > links->maps->n ? links->maps->n : *last;
}

struct heed_chosen_links heed_links_choose(const struct heed_links *links, int limit)
{
    struct heed_chosen_links chosen = {0};
    struct heed_arena *arena = &links->frame->list->arena;
    struct walk walk = {.links = links, .chosen = &chosen};
    walk.bins = heed_arena_zeroed(arena, N_BINS, sizeof(*walk.bins));
    if (walk.bins == NULL) {
        links->frame->list->failed = true;
        return chosen;
    }
    find_visible(links, &walk.first, &walk.last);
    walk_all(&walk, false);
    find_limit(&walk, limit > 0 ? limit : chosen.total);
    chosen.links = heed_arena_alloc(arena, ((size_t)walk.capacity + 1) *
                                               sizeof(*chosen.links));
    if (chosen.links == NULL) {
        links->frame->list->failed = true;
        return chosen;
    }
    walk_all(&walk, true);
    qsort(chosen.links, (size_t)chosen.n, sizeof(*chosen.links), weaker_first);
    return chosen;
}

void heed_links_count(const struct heed_links *links)
{
    struct heed_chosen_links chosen = {0};
    /* Nothing is visible, so that links are only told apart. */
    struct walk walk = {.links = links, .chosen = &chosen};
    walk_all(&walk, false);
    links->frame->links_total = (int)chosen.total;
    links->frame->links_below = (int)chosen.below;
}

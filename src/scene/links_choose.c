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
    float *cutoffs; /* [shown, n]: the smallest weight that a row keeps */
    struct heed_chosen_links *chosen;
    int limit_bin;      /* links of higher bins are all taken */
    long room_in_limit; /* and so many of this one */
    long capacity;
};

/* The keys whose links with this query touch the visible rows. */
static struct heed_range crossing_keys(const struct walk *walk, int query)
{
    const int n = walk->links->maps->n;
    if (query < walk->first) {
        return (struct heed_range){walk->first, n - walk->first};
    }
    if (query >= walk->last) {
        return (struct heed_range){0, walk->last};
    }
    return (struct heed_range){0, n};
}

/* Without branches: most rows of a long text hold few links or none, and
 * need no closer look. */
static int count_from(const float *row, int n, float bound)
{
    int counts[4] = {0};
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        counts[0] += row[i] >= bound;
        counts[1] += row[i + 1] >= bound;
        counts[2] += row[i + 2] >= bound;
        counts[3] += row[i + 3] >= bound;
    }
    for (; i < n; i++) {
        counts[0] += row[i] >= bound;
    }
    return counts[0] + counts[1] + counts[2] + counts[3];
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

static const float *row_of(const struct walk *walk, int map, int query)
{
    return walk->links->shown.items[map].weights +
           (size_t)query * (size_t)walk->links->maps->n;
}

static enum heed_segments segments_of(const struct walk *walk)
{
    return walk->links->frame->state->filter.segments;
}

static bool passes(const struct walk *walk, int query, int key)
{
    const enum heed_segments segments = segments_of(walk);
    return segments == HEED_SEGMENTS_ALL ||
           heed_maps_segments_pass(walk->links->maps, query, key, segments);
}

/* Adds a row to the totals; returns how many of its links the filter keeps. */
static int count_row(struct walk *walk, const float *row, int query, float cutoff)
{
    const int n = walk->links->maps->n;
    int total = n;
    int kept = 0;
    if (segments_of(walk) == HEED_SEGMENTS_ALL) {
        kept = count_from(row, n, cutoff);
    } else {
        total = 0;
        for (int key = 0; key < n; key++) {
            const bool pass = passes(walk, query, key);
            total += pass;
            kept += pass && row[key] >= cutoff;
        }
    }
    walk->chosen->total += total;
    walk->chosen->below += total - kept;
    return kept;
}

static void count_all(struct walk *walk)
{
    const struct heed_links *links = walk->links;
    const struct heed_filter *filter = &links->frame->state->filter;
    const int n = links->maps->n;
    for (int i = 0; i < links->shown.n * n; i++) {
        const int query = i % n;
        const float *row = row_of(walk, i / n, query);
        const float cutoff = heed_maps_row_cutoff(links->maps, row, filter);
        const bool kept = count_row(walk, row, query, cutoff) > 0;
        if (walk->bins == NULL) {
            continue; /* only the totals are asked for */
        }
        walk->cutoffs[i] = cutoff;
        const struct heed_range keys = crossing_keys(walk, query);
        for (int key = keys.first; kept && key < keys.first + keys.count; key++) {
            if (row[key] >= cutoff && passes(walk, query, key)) {
                struct bin *bin = &walk->bins[bin_of(row[key])];
                bin->count++;
                bin->mass += row[key];
            }
        }
    }
}

/* The smallest weight of a bin. */
static float bin_floor(int bin)
{
    const uint32_t bits = bin > 0 ? (uint32_t)bin << BIN_SHIFT : 0;
    float value = 0;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static void take_all(struct walk *walk)
{
    const struct heed_links *links = walk->links;
    const int n = links->maps->n;
    const float least = bin_floor(walk->limit_bin);
    for (int i = 0; i < links->shown.n * n; i++) {
        const int query = i % n;
        const float *row = row_of(walk, i / n, query);
        const float bound = walk->cutoffs[i] > least ? walk->cutoffs[i] : least;
        if (count_from(row, n, bound) == 0) {
            continue;
        }
        const struct heed_range keys = crossing_keys(walk, query);
        for (int key = keys.first; key < keys.first + keys.count; key++) {
            if (row[key] >= bound && passes(walk, query, key)) {
                take(walk, (struct heed_link){row[key], query, key, i / n});
            }
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
    walk.cutoffs =
        heed_arena_alloc(arena, (size_t)links->shown.n * (size_t)links->maps->n *
                                    sizeof(*walk.cutoffs));
    if (walk.bins == NULL || walk.cutoffs == NULL) {
        links->frame->list->failed = true;
        return chosen;
    }
    find_visible(links, &walk.first, &walk.last);
    count_all(&walk);
    find_limit(&walk, limit > 0 ? limit : chosen.total);
    chosen.links = heed_arena_alloc(arena, ((size_t)walk.capacity + 1) *
                                               sizeof(*chosen.links));
    if (chosen.links == NULL) {
        links->frame->list->failed = true;
        return chosen;
    }
    take_all(&walk);
    qsort(chosen.links, (size_t)chosen.n, sizeof(*chosen.links), weaker_first);
    return chosen;
}

void heed_links_count(const struct heed_links *links)
{
    struct heed_chosen_links chosen = {0};
    struct walk walk = {.links = links, .chosen = &chosen};
    count_all(&walk);
    links->frame->links_total = (int)chosen.total;
    links->frame->links_below = (int)chosen.below;
}

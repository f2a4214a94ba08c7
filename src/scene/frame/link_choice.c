#include "scene/frame/link_choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

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
    const struct heed_link_request *request;
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
    const struct heed_maps *maps = walk->request->maps;
    const struct heed_range all = {maps->columns.first, maps->columns.count};
    if (heed_maps_have_sides(maps)) {
        return all; /* the lists have rows of their own */
    }
    if (query < walk->request->first) {
        return (struct heed_range){walk->request->first, all.count - walk->request->first};
    }
    if (query >= walk->request->last) {
        return (struct heed_range){0, walk->request->last};
    }
    return all;
}

/* Without branches: most rows of a long text hold few links or none, and need no closer look. */
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
    return walk->request->shown.items[map].weights + (size_t)query * (size_t)walk->request->maps->n;
}

static enum heed_segments segments_of(const struct walk *walk)
{
    return walk->request->frame->state->filter.segments;
}

static bool passes(const struct walk *walk, int query, int key)
{
    const enum heed_segments segments = segments_of(walk);
    return segments == HEED_SEGMENTS_ALL ||
           heed_maps_segments_pass(walk->request->maps, query, key, segments);
}

/* Adds a row to the totals; returns how many of its links the filter keeps. */
static int count_row(struct walk *walk, const float *row, int query, float cutoff)
{
    const struct heed_unit_range keys = walk->request->maps->columns;
    int total = keys.count;
    int kept = 0;
    if (segments_of(walk) == HEED_SEGMENTS_ALL) {
        kept = count_from(row + keys.first, keys.count, cutoff);
    } else {
        total = 0;
        for (int key = keys.first; key < keys.first + keys.count; key++) {
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
    const struct heed_link_request *request = walk->request;
    const struct heed_filter *filter = &request->frame->state->filter;
    const int n = request->maps->rows.count; /* queries come first */
    for (int i = 0; i < request->shown.n * n; i++) {
        const int query = i % n;
        const float *row = row_of(walk, i / n, query);
        const float cutoff = heed_maps_row_cutoff(request->maps, row, filter);
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
    const struct heed_link_request *request = walk->request;
    const int n = request->maps->rows.count;
    const int n_all = request->maps->n;
    const float least = bin_floor(walk->limit_bin);
    for (int i = 0; i < request->shown.n * n; i++) {
        const int query = i % n;
        const float *row = row_of(walk, i / n, query);
        const float bound = walk->cutoffs[i] > least ? walk->cutoffs[i] : least;
        if (count_from(row, n_all, bound) == 0) {
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
            chosen->mass_left_out += (double)bin->mass * (double)over / (double)bin->count;
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
    return left->query != right->query ? left->query - right->query : left->key - right->key;
}

static struct heed_link *alloc_links(const struct heed_link_request *request, long most)
{
    struct heed_list *list = request->frame->list;
    struct heed_link *links = heed_arena_alloc(&list->arena, ((size_t)most + 1) * sizeof(*links));
    if (links == NULL) {
        list->failed = true;
    }
    return links;
}

/* A file has a group a head. */
static int by_head(const void *a, const void *b)
{
    const struct heed_link *x = a, *y = b;
    return x->map != y->map ? x->map - y->map : weaker_first(a, b);
}

static int (*order_of(const struct heed_link_request *request))(const void *, const void *)
{
    return request->frame->is_export ? by_head : weaker_first;
}

static void sort_links(const struct heed_link_request *request, struct heed_chosen_links *chosen)
{
    heed_sort(chosen->links, (size_t)chosen->n, sizeof(*chosen->links), order_of(request));
}

struct heed_chosen_links heed_link_choose(const struct heed_link_request *request)
{
    struct heed_chosen_links chosen = {0};
    struct heed_arena *arena = &request->frame->list->arena;
    struct walk walk = {.request = request, .chosen = &chosen};
    walk.bins = heed_arena_zeroed(arena, N_BINS, sizeof(*walk.bins));
    walk.cutoffs = heed_arena_alloc(arena, (size_t)request->shown.n * (size_t)request->maps->n *
                                               sizeof(float));
    if (walk.bins == NULL || walk.cutoffs == NULL) {
        request->frame->list->failed = true;
        return chosen;
    }
    count_all(&walk);
    find_limit(&walk, request->limit > 0 ? request->limit : chosen.total);
    chosen.links = alloc_links(request, walk.capacity);
    if (chosen.links != NULL) {
        take_all(&walk);
        sort_links(request, &chosen);
    }
    return chosen;
}

struct heed_chosen_links heed_link_count(const struct heed_link_request *request)
{
    struct heed_chosen_links chosen = {0};
    struct walk walk = {.request = request, .chosen = &chosen};
    count_all(&walk);
    return chosen;
}

static void collect_row(const struct heed_link_request *request, int map, int query,
                        struct heed_range keys, struct heed_chosen_links *chosen)
{
    const struct heed_maps *maps = request->maps;
    const struct heed_filter *filter = &request->frame->state->filter;
    const float *row = request->shown.items[map].weights + (size_t)query * (size_t)maps->n;
    const float cutoff = heed_maps_row_cutoff(maps, row, filter);
    for (int key = keys.first; key < keys.first + keys.count; key++) {
        if (row[key] >= cutoff && heed_maps_segments_pass(maps, query, key, filter->segments)) {
            chosen->links[chosen->n++] = (struct heed_link){row[key], query, key, map};
        }
    }
}

struct heed_chosen_links heed_link_collect(const struct heed_link_request *request,
                                           struct heed_range query, struct heed_range key)
{
    struct heed_chosen_links chosen = {0};
    const struct heed_maps *maps = request->maps;
    const struct heed_range every_query = {maps->rows.first, maps->rows.count};
    const struct heed_range every_key = {maps->columns.first, maps->columns.count};
    const struct heed_range queries = query.count > 0 ? query : every_query;
    const struct heed_range keys = query.count > 0 ? every_key : key;
    chosen.links = alloc_links(request, (long)request->shown.n * queries.count * keys.count);
    for (int map = 0; chosen.links != NULL && map < request->shown.n; map++) {
        for (int i = 0; i < queries.count; i++) {
            collect_row(request, map, queries.first + i, keys, &chosen);
        }
    }
    if (chosen.links != NULL) {
        sort_links(request, &chosen);
    }
    return chosen;
}

static int clamp_count(long count)
{
    return count > INT32_MAX ? INT32_MAX : (int)count;
}

void heed_link_report(struct heed_frame *frame, const struct heed_chosen_links *chosen)
{
    frame->links_total = clamp_count(chosen->total);
    frame->links_below = clamp_count(chosen->below);
    frame->links_left_out = clamp_count(chosen->left_out);
    frame->mass_left_out = chosen->mass > 0 ? (float)(chosen->mass_left_out / chosen->mass) : 0;
}

int heed_link_limit(const struct heed_frame *frame)
{
    return frame->is_export ? frame->link_limit : HEED_LINKS_MAX_ON_SCREEN;
}

void heed_link_report_all(const struct heed_link_request *request, struct heed_range query,
                          struct heed_range key)
{
    if (request->limit == 0) {
        const struct heed_chosen_links counted = heed_link_count(request);
        heed_link_report(request->frame, &counted);
        return;
    }
    struct heed_chosen_links chosen = heed_link_choose(request);
    struct heed_chosen_links strong = {0};
    if (query.count > 0 || key.count > 0) {
        strong = heed_link_collect(request, query, key);
    }
    for (int i = 0; i < strong.n && chosen.left_out > 0; i++) {
        if (bsearch(&strong.links[i], chosen.links, (size_t)chosen.n, sizeof(*chosen.links),
                    order_of(request)) == NULL) {
            chosen.left_out--;
            chosen.mass_left_out -= (double)strong.links[i].weight;
        }
    }
    heed_link_report(request->frame, &chosen);
}

static uint64_t mix_hash(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001B3ULL; /* FNV-1a */
    }
    return hash;
}

uint64_t heed_link_ground_key(const struct heed_link_request *request, const float *numbers,
                              size_t n_numbers)
{
    const struct heed_state *state = request->frame->state;
    const struct heed_filter *filter = &state->filter;
    const float cuts[] = {filter->threshold, filter->top_p};
    const int32_t integers[] = {
        filter->top_k,    (int32_t)filter->segments, (int32_t)state->theme, (int32_t)state->view,
        request->maps->n, request->shown.n,          request->first,        request->last,
        request->limit,   request->frame->is_export,
    };
    uint64_t hash = 0xCBF29CE484222325ULL;
    hash = mix_hash(hash, &request->maps->id, sizeof(request->maps->id));
    hash = mix_hash(hash, cuts, sizeof(cuts));
    hash = mix_hash(hash, numbers, n_numbers * sizeof(*numbers));
    hash = mix_hash(hash, integers, sizeof(integers));
    for (int i = 0; i < request->shown.n; i++) {
        const struct heed_shown_map *map = &request->shown.items[i];
        const int32_t head[] = {map->id.layer, map->id.head, map->dashed};
        hash = mix_hash(hash, head, sizeof(head));
        hash = mix_hash(hash, &map->color, sizeof(map->color));
        hash = mix_hash(hash, &map->dash.on, 2 * sizeof(map->dash.on));
    }
    return hash != 0 ? hash : 1;
}

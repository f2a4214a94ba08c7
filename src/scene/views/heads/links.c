#include "scene/views/heads/links.h"

#include <stdlib.h>
#include <string.h>

/* What finding one map's strongest links needs. */
struct search {
    const struct heed_maps *maps;
    const struct heed_filter *filter;
    const float *weights;     /* [n, n] */
    const float *blocks;      /* [rows, columns] their maxima; weights if block is 1 */
    int rows, columns, block; /* blocks a side, units of one */
    struct heed_unit_range row_units, column_units; /* that they are of */
    float *scratch;                                 /* [rows * columns] */
    float *cutoffs;                                 /* [n]; negative: not known yet */
    float floor;                                    /* lighter links are not looked at */
    struct heed_link *links;                        /* strongest first */
    int n;
};

/* The k-th largest of values, from 1; turns them about. */
static float kth_largest(float *values, int n, int k)
{
    int low = 0;
    int high = n - 1;
    const int wanted = k - 1;
    while (low < high) {
        const float pivot = values[low + (high - low) / 2];
        int i = low;
        int j = high;
        while (i <= j) {
            while (values[i] > pivot) {
                i++;
            }
            while (values[j] < pivot) {
                j--;
            }
            if (i <= j) {
                const float other = values[i];
                values[i++] = values[j];
                values[j--] = other;
            }
        }
        if (wanted <= j) {
            high = j;
        } else if (wanted >= i) {
            low = i;
        } else {
            break;
        }
    }
    return values[wanted];
}

static bool passes(struct search *search, int query, int key, float weight)
{
    const struct heed_filter *filter = search->filter;
    float cutoff = filter->threshold;
    if (filter->top_p < 1 || filter->top_k > 0) {
        if (search->cutoffs[query] < 0) {
            search->cutoffs[query] = heed_maps_row_cutoff(
                search->maps, search->weights + (size_t)query * (size_t)search->maps->n, filter);
        }
        cutoff = search->cutoffs[query];
    }
    return weight >= cutoff &&
           (filter->segments == HEED_SEGMENTS_ALL ||
            heed_maps_segments_pass(search->maps, query, key, filter->segments));
}

static void take(struct search *search, struct heed_link link)
{
    const bool full = search->n == HEED_HEADS_MOST_LINKS;
    if ((full && link.weight <= search->links[search->n - 1].weight) ||
        !passes(search, link.query, link.key, link.weight)) {
        return;
    }
    int at = full ? search->n - 1 : search->n++;
    while (at > 0 && search->links[at - 1].weight < link.weight) {
        search->links[at] = search->links[at - 1];
        at--;
    }
    search->links[at] = link;
}

static void look_into(struct search *search, int row, int column)
{
    const struct heed_maps *maps = search->maps;
    const int block = search->block;
    const int top = search->row_units.first, left = search->column_units.first;
    const int bottom = top + search->row_units.count, right = left + search->column_units.count;
    for (int i = top + row * block; i < top + (row + 1) * block && i < bottom; i++) {
        const float *weights = search->weights + (size_t)i * (size_t)maps->n;
        for (int j = left + column * block; j < left + (column + 1) * block && j < right; j++) {
            if (weights[j] >= search->floor && weights[j] > 0) {
                take(search, (struct heed_link){weights[j], i, j, 0});
            }
        }
    }
}

/* All links of at least search->floor are in blocks whose maximum is. */
static void look(struct search *search)
{
    search->n = 0;
    for (int i = 0; i < search->rows * search->columns; i++) {
        if (search->blocks[i] >= search->floor) {
            look_into(search, i / search->columns, i % search->columns);
        }
    }
}

/* Looks at the largest blocks, and at more of them while a filter leaves out
 * so many of their links that others might be among the strongest. */
static void find(struct search *search)
{
    const int total = search->rows * search->columns;
    for (int k = HEED_HEADS_MOST_LINKS; k > 0; k *= 4) {
        const bool all = k >= total;
        search->floor = 0;
        if (!all) {
            memcpy(search->scratch, search->blocks, (size_t)total * sizeof(*search->scratch));
            search->floor = kth_largest(search->scratch, total, k);
        }
        look(search);
        if (all || search->n == HEED_HEADS_MOST_LINKS ||
            search->floor <= search->filter->threshold) {
            break;
        }
    }
}

static size_t count_blocks(const struct heed_maps *maps)
{
    return maps->thumbnails != NULL ? (size_t)maps->thumbnail_rows * (size_t)maps->thumbnail_columns
                                    : (size_t)maps->n * (size_t)maps->n;
}

/* Floats that a search needs beside the maps. */
static size_t scratch_size(const struct heed_maps *maps)
{
    return count_blocks(maps) + (size_t)maps->n;
}

/* Into links, weakest first; returns how many. */
static int find_strongest(const struct heed_maps *maps, const struct heed_filter *filter,
                          float *scratch, int map, struct heed_link *links)
{
    const size_t n = (size_t)maps->n;
    const size_t cells = scratch_size(maps) - n;
    struct search search = {
        .maps = maps,
        .filter = filter,
        .weights = heed_maps_head(maps, map),
        .rows = maps->n,
        .columns = maps->n,
        .row_units = {0, maps->n},
        .column_units = {0, maps->n},
        .block = maps->thumbnail_block,
        .scratch = scratch,
        .cutoffs = scratch + cells,
        .links = links,
    };
    search.blocks = search.weights;
    if (maps->thumbnails != NULL) {
        search.blocks = maps->thumbnails + (size_t)map * cells;
        search.rows = maps->thumbnail_rows;
        search.columns = maps->thumbnail_columns;
        search.row_units = maps->rows;
        search.column_units = maps->columns;
    }
    for (size_t i = 0; i < n; i++) {
        search.cutoffs[i] = -1;
    }
    find(&search);
    for (int i = 0; i < search.n / 2; i++) {
        const struct heed_link other = links[i];
        links[i] = links[search.n - 1 - i];
        links[search.n - 1 - i] = other;
    }
    return search.n;
}

/* --- kept from picture to picture --- */

struct head_links {
    struct heed_link links[HEED_HEADS_MOST_LINKS]; /* weakest first */
    int n;
};

struct heed_heads_links {
    uint64_t maps_id;
    struct heed_filter filter;
    struct head_links heads[];
};

static bool fits(const struct heed_heads_links *kept, const struct heed_maps *maps,
                 const struct heed_filter *filter)
{
    return kept != NULL && kept->maps_id == maps->id &&
           kept->filter.threshold == filter->threshold && kept->filter.top_p == filter->top_p &&
           kept->filter.top_k == filter->top_k && kept->filter.segments == filter->segments;
}

static struct heed_heads_links *find_all(const struct heed_maps *maps,
                                         const struct heed_filter *filter)
{
    const size_t n = (size_t)maps->n_layers * (size_t)maps->n_heads;
    struct heed_heads_links *links = malloc(sizeof(*links) + n * sizeof(links->heads[0]));
    float *scratch = malloc(scratch_size(maps) * sizeof(*scratch));
    if (links == NULL || scratch == NULL) {
        free(scratch);
        free(links);
        return NULL;
    }
    links->maps_id = maps->id;
    links->filter = *filter;
    for (size_t i = 0; i < n; i++) {
        struct head_links *head = &links->heads[i];
        head->n = find_strongest(maps, filter, scratch, (int)i, head->links);
    }
    free(scratch);
    return links;
}

void heed_heads_links_follow(void **cache, const struct heed_view_source *source)
{
    const struct heed_state *state = source->state;
    const struct heed_result *result = source->result;
    const bool wanted = state->heads_mode == HEED_HEADS_LINKS && result != NULL && result->ok &&
                        result->maps != NULL && result->maps->n > 0 &&
                        !heed_maps_are_slow(result->maps);
    if (wanted && fits(*cache, result->maps, &state->filter)) {
        return;
    }
    heed_heads_links_destroy(*cache);
    *cache = wanted ? find_all(result->maps, &state->filter) : NULL;
}

void heed_heads_links_destroy(void *links)
{
    free(links);
}

/* --- of one head --- */

bool heed_heads_prepare_links(struct heed_heads *heads)
{
    heads->scratch = heed_arena_alloc(&heads->frame->list->arena,
                                      scratch_size(heads->maps) * sizeof(*heads->scratch));
    if (heads->scratch == NULL) {
        heads->frame->list->failed = true;
    }
    return heads->scratch != NULL;
}

int heed_heads_strongest(const struct heed_heads *heads, int map, struct heed_link *links)
{
    const struct heed_heads_links *kept = heads->frame->cache;
    const struct heed_filter *filter = &heads->frame->state->filter;
    if (!fits(kept, heads->maps, filter)) {
        return find_strongest(heads->maps, filter, heads->scratch, map, links);
    }
    const struct head_links *head = &kept->heads[map];
    memcpy(links, head->links, (size_t)head->n * sizeof(*links));
    return head->n;
}

float heed_heads_link_opacity(float weight)
{
    return weight < 1 ? 0.1F + 0.9F * weight : 1;
}

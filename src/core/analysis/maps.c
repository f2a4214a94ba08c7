#include "core/analysis/maps.h"

#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"
#include "core/analysis/map_store.h"
#include "core/analysis/thumbnails.h"
#include "core/analysis/units.h"
#include "core/tensor/memory.h"
#include "core/tensor/pool.h"

enum { ROWS = 64 /* that are worked on while they are in the cache */ };

struct owner {
    struct heed_maps maps; /* first: a pointer to it is one to the owner */
    atomic_int references;
    struct heed_arena arena; /* of all that the maps hold, and of this */
    float *weights;          /* NULL when they are the run's own */
    float *aggregate;
};

/* What is needed while the maps are made. */
struct maker {
    struct owner *owner;
    const struct heed_maps_request *request;
    struct heed_map_rows rows;
    struct heed_arena arena; /* scratch */
    /* Where the heads' tasks put what they make; NULL: isn't asked for. */
    float *hidden, *maxima;
    struct heed_head_measures *measures;
    const struct heed_measure_plan *plan;
    float *aggregate_hidden;
    struct heed_pool *pool; /* NULL: a thread alone is quicker */
    float *scratch;         /* [threads] of scratch_size: of rows, then columns */
    size_t scratch_size;
};

/* The only thing that outlives a call: ids must differ within a process. */
static uint64_t next_ids(int n)
{
    static atomic_uint_fast64_t last;
    return (uint64_t)atomic_fetch_add(&last, (uint64_t)n) + 1;
}

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the attention maps");
}

static void destroy(struct owner *owner)
{
    heed_map_store_finish(owner->maps.store);
    heed_run_release(owner->maps.run);
    struct heed_arena arena = owner->arena; /* the owner lies in it */
    heed_arena_finish(&arena);
}

static bool alloc_floats(float **result, struct heed_arena *arena, size_t n_maps, size_t rows,
                         size_t columns)
{
    size_t count = 0;
    if (!heed_checked_mul(rows, columns, &count) || !heed_checked_mul(count, n_maps, &count) ||
        !heed_checked_mul(count, sizeof(float), &count)) {
        return false;
    }
    *result = heed_arena_alloc(arena, count);
    return *result != NULL;
}

static bool choose_units(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    if (!heed_map_rows_init(&maker->rows, &maker->owner->arena, maker->request, err)) {
        return false;
    }
    maps->n_special_names =
        heed_units_name_special(maps->special_names, &maker->owner->arena, maker->request->encoding,
                                maker->request->tokenizer);
    if (maps->n_special_names < 0) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the tokens' labels");
    }
    maps->n_all = maker->rows.n_all;
    maps->n = maker->rows.n;
    maps->units = maker->rows.units;
    maps->rows = maps->columns = (struct heed_unit_range){0, maps->n};
    const int n_queries = maker->request->encoding->n_queries;
    if (n_queries > 0) {
        int first = 0;
        while (first < maps->n && maps->units[first].first < n_queries) {
            first++;
        }
        maps->rows.count = first;
        maps->columns = (struct heed_unit_range){first, maps->n - first};
    }
    return true;
}

/* True if the maps are the run's attention as it is. */
static bool is_plain(const struct heed_maps *maps)
{
    return maps->n == maps->run->n_tokens && !maps->filter.words &&
           maps->filter.measure == HEED_MEASURE_WEIGHT;
}

static bool make_weights(struct maker *maker, struct heed_error *err)
{
    struct owner *owner = maker->owner;
    struct heed_maps *maps = &owner->maps;
    const size_t n = (size_t)maps->n;
    const size_t n_maps = (size_t)maps->n_layers * (size_t)maps->n_heads;
    maker->hidden = heed_arena_zeroed(&owner->arena, n_maps * n + 1, sizeof *maker->hidden);
    if (!maker->hidden) {
        return no_memory(err);
    }
    maps->hidden = maker->hidden;
    if (is_plain(maps)) {
        maps->weights = maps->run->attention;
        return true;
    }
    if (!alloc_floats(&owner->weights, &owner->arena, n_maps, n, n)) {
        return no_memory(err);
    }
    maps->weights = owner->weights;
    return heed_map_rows_prepare(&maker->rows, &maker->arena, maker->pool, err);
}

static bool make_thumbnails(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    const size_t n_maps = (size_t)maps->n_layers * (size_t)maps->n_heads;
    const int larger =
        maps->rows.count > maps->columns.count ? maps->rows.count : maps->columns.count;
    const int block = heed_thumbnail_block(larger);
    maps->thumbnail_block = block;
    maps->thumbnail_rows = heed_thumbnail_side(maps->rows.count, block);
    maps->thumbnail_columns = heed_thumbnail_side(maps->columns.count, block);
    if (block == 1) {
        return true;
    }
    maker->maxima = heed_arena_alloc(&maker->owner->arena, n_maps * (size_t)maps->thumbnail_rows *
                                                               (size_t)maps->thumbnail_columns *
                                                               sizeof *maker->maxima);
    if (!maker->maxima) {
        return no_memory(err);
    }
    maps->thumbnails = maker->maxima;
    maps->thumbnails_id = next_ids(1);
    return true;
}

static bool make_measures(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    const struct heed_maps_request *request = maker->request;
    const size_t n_maps = (size_t)maps->n_layers * (size_t)maps->n_heads;
    maker->measures = heed_arena_zeroed(&maker->owner->arena, n_maps, sizeof *maker->measures);
    if (!maker->measures) {
        return no_memory(err);
    }
    maps->measures = maker->measures;
    if (request->measures) {
        memcpy(maker->measures, request->measures, n_maps * sizeof *maker->measures);
        return true;
    }
    maker->plan = heed_measure_plan_create(&maker->arena, request->encoding, err);
    return maker->plan != NULL;
}

/* Rows [first, first + count) of one head, as many as there are. */
static void fill_rows(const struct maker *maker, int map, float *scratch, int first, int count)
{
    const struct owner *owner = maker->owner;
    const struct heed_maps *maps = &owner->maps;
    const size_t n = (size_t)maps->n;
    count = count < maps->n - first ? count : maps->n - first;
    for (int i = first; owner->weights && i < first + count; i++) {
        const size_t row = (size_t)map * n + (size_t)i;
        maker->hidden[row] = heed_map_rows_fill(&maker->rows, scratch, map / maps->n_heads,
                                                map % maps->n_heads, i, owner->weights + row * n);
    }
    const int rows = maps->rows.count - first < count ? maps->rows.count - first : count;
    if (maker->maxima && rows > 0) {
        const struct heed_thumbnail_source of = {
            .weights = maps->weights + (size_t)map * n * n + maps->columns.first,
            .stride = n,
            .rows = maps->rows.count,
            .columns = maps->columns.count,
            .block = maps->thumbnail_block,
        };
        heed_thumbnails_fill(maker->maxima + (size_t)map * (size_t)maps->thumbnail_rows *
                                                 (size_t)maps->thumbnail_columns,
                             &of, first, rows);
    }
}

/* All that is made of one head, by blocks of rows that stay in the cache. */
static void fill_head_task(void *context, int map, int thread)
{
    const struct maker *maker = context;
    const struct heed_run *run = maker->request->run;
    const int n = run->n_tokens;
    const int block = maker->owner->maps.thumbnail_block;
    const int step = block < ROWS ? ROWS / block * block : block;
    const float *weights = heed_run_map(run, map, NULL);
    const float *entropies = run->entropies ? run->entropies + (size_t)map * (size_t)n : NULL;
    float *scratch = maker->scratch + (size_t)thread * maker->scratch_size;
    struct heed_measuring measuring;
    if (maker->plan) {
        heed_measure_begin(&measuring, maker->plan, scratch + heed_map_rows_scratch(&maker->rows));
    }
    for (int first = 0; first < n; first += step) {
        if (maker->plan) {
            heed_measure_add_rows(&measuring, maker->plan, weights, entropies, first,
                                  step < n - first ? step : n - first);
        }
        fill_rows(maker, map, scratch, first, step);
    }
    if (maker->plan) {
        maker->measures[map] = heed_measure_end(&measuring, maker->plan);
    }
}

static bool fill_heads(struct maker *maker, struct heed_error *err)
{
    const struct heed_maps *maps = &maker->owner->maps;
    struct heed_pool *pool = maker->pool;
    const size_t n_threads = (size_t)heed_pool_get_threads(pool);
    maker->scratch_size =
        heed_floats_round(heed_map_rows_scratch(&maker->rows) + (size_t)maps->run->n_tokens);
    maker->scratch =
        heed_arena_zeroed(&maker->arena, n_threads, maker->scratch_size * sizeof(float));
    if (!maker->scratch) {
        return no_memory(err);
    }
    heed_pool_run(pool, fill_head_task, maker, maps->n_layers * maps->n_heads);
    return true;
}

/* Adds one head's numbers to the aggregate's. */
static void aggregate_one(float *to, const float *from, size_t count, enum heed_aggregate kind,
                          float share)
{
    if (kind == HEED_AGGREGATE_MEAN) {
        for (size_t i = 0; i < count; i++) {
            to[i] += share * from[i];
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i] > to[i] ? from[i] : to[i];
    }
}

/* A block of rows of the aggregate. */
static void aggregate_task(void *context, int index, int thread)
{
    (void)thread;
    const struct maker *maker = context;
    const struct heed_maps *maps = &maker->owner->maps;
    const struct heed_maps_request *request = maker->request;
    const size_t n = (size_t)maps->n;
    const size_t first = (size_t)index * ROWS;
    const size_t rows = n - first < ROWS ? n - first : ROWS;
    const int n_chosen = request->n_heads > 0 ? request->n_heads : maps->n_layers * maps->n_heads;
    const float share = 1.0F / (float)n_chosen;
    const enum heed_aggregate kind = maps->filter.aggregate;
    float *to = maker->owner->aggregate + first * n;
    memset(to, 0, rows * n * sizeof *to);
    for (int k = 0; k < n_chosen; k++) {
        size_t row = (size_t)k * n + first;
        if (request->n_heads > 0) {
            row = (size_t)(request->heads[k].layer * maps->n_heads + request->heads[k].head) * n +
                  first;
        }
        aggregate_one(to, maps->weights + row * n, rows * n, kind, share);
        aggregate_one(maker->aggregate_hidden + first, maps->hidden + row, rows, kind, share);
    }
}

/* The same of maps that aren't kept, one after the other. */
static bool aggregate_read(struct maker *maker, struct heed_error *err)
{
    const struct heed_maps *maps = &maker->owner->maps;
    const struct heed_maps_request *request = maker->request;
    const size_t n = (size_t)maps->n;
    const int n_chosen = request->n_heads > 0 ? request->n_heads : maps->n_layers * maps->n_heads;
    const float share = 1.0F / (float)n_chosen;
    const enum heed_aggregate kind = maps->filter.aggregate;
    float *row =
        heed_arena_zeroed(&maker->arena, n + heed_map_rows_scratch(&maker->rows) + 1, sizeof *row);
    struct heed_map_rows rows = maker->rows;
    float *whole = NULL;
    const bool is_slow = heed_maps_are_slow(maps);
    if (!row || (!is_slow && !alloc_floats(&whole, &maker->arena, 1, (size_t)maps->run->n_tokens,
                                           (size_t)maps->run->n_tokens))) {
        return no_memory(err);
    }
    memset(maker->owner->aggregate, 0, n * n * sizeof *row);
    for (int k = 0; k < n_chosen; k++) {
        const int map = request->n_heads > 0
                            ? request->heads[k].layer * maps->n_heads + request->heads[k].head
                            : k;
        rows.whole = is_slow ? NULL : heed_run_map(maps->run, map, whole);
        for (size_t i = 0; i < n; i++) {
            const float hidden = heed_map_rows_fill(&rows, row + n, map / maps->n_heads,
                                                    map % maps->n_heads, (int)i, row);
            aggregate_one(maker->owner->aggregate + i * n, row, n, kind, share);
            aggregate_one(maker->aggregate_hidden + i, &hidden, 1, kind, share);
        }
    }
    return heed_maps_check(maps, err);
}

static bool make_aggregate(struct maker *maker, struct heed_error *err)
{
    struct owner *owner = maker->owner;
    const int n_units = owner->maps.n;
    const size_t n = (size_t)n_units;
    if (owner->maps.filter.aggregate == HEED_AGGREGATE_NONE) {
        return true;
    }
    float *hidden = heed_arena_zeroed(&owner->arena, n + 1, sizeof *hidden);
    if (!hidden || !alloc_floats(&owner->aggregate, &owner->arena, 1, n, n)) {
        return no_memory(err);
    }
    maker->aggregate_hidden = hidden;
    if (owner->maps.store && !aggregate_read(maker, err)) {
        return false;
    }
    if (!owner->maps.store) {
        heed_pool_run(maker->pool, aggregate_task, maker, (n_units + ROWS - 1) / ROWS);
    }
    owner->maps.aggregate = owner->aggregate;
    owner->maps.aggregate_hidden = hidden;
    return true;
}

static bool check_heads(const struct heed_maps_request *request, struct heed_error *err)
{
    for (int k = 0; k < request->n_heads; k++) {
        const struct heed_head_id id = request->heads[k];
        if (id.layer < 0 || id.layer >= request->run->n_layers || id.head < 0 ||
            id.head >= request->run->n_heads) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "there is no head L%dH%d: the model has layers 0 "
                                  "to %d and heads 0 to %d",
                                  id.layer, id.head, request->run->n_layers - 1,
                                  request->run->n_heads - 1);
        }
    }
    return true;
}

static struct owner *create_owner(const struct heed_maps_request *request)
{
    struct heed_arena arena = {.stock = request->stock};
    struct owner *owner = heed_arena_zeroed(&arena, 1, sizeof *owner);
    if (owner) {
        atomic_init(&owner->references, 1);
        owner->arena = arena;
        /* Its maps, and its layers' thumbnails, have ids of their own. */
        const int n_maps = request->run->n_layers * request->run->n_heads;
        owner->maps.id = next_ids(1 + n_maps);
        owner->maps.encoding = request->encoding;
        owner->maps.run = heed_run_retain(request->run);
        owner->maps.filter = request->filter;
        owner->maps.n_layers = request->run->n_layers;
        owner->maps.n_heads = request->run->n_heads;
    }
    return owner;
}

/* Waking the others takes longer than the little that a short text needs. */
static bool is_worth_a_pool(const struct heed_run *run)
{
    const size_t n = (size_t)run->n_tokens;
    return n * n * (size_t)run->n_layers * (size_t)run->n_heads > 100000;
}

static bool make_all(struct maker *maker, struct heed_error *err)
{
    return make_weights(maker, err) && make_thumbnails(maker, err) && make_measures(maker, err) &&
           fill_heads(maker, err);
}

static bool make_store(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    maps->thumbnails_id = next_ids(maps->n_layers);
    return heed_map_rows_prepare(&maker->rows, &maker->owner->arena, maker->pool, err) &&
           heed_map_store_create(maps, &maker->owner->arena, maker->request, &maker->rows, err) &&
           (heed_maps_are_slow(maps) || heed_map_store_look_at_all(maps, maker->pool, err));
}

bool heed_maps_create(const struct heed_maps **maps, const struct heed_maps_request *request,
                      struct heed_error *err)
{
    if (!check_heads(request, err)) {
        return false;
    }
    struct owner *owner = create_owner(request);
    if (!owner) {
        return no_memory(err);
    }
    struct maker maker = {.owner = owner, .request = request, .arena = {.stock = request->stock}};
    maker.pool = is_worth_a_pool(request->run) ? request->pool : NULL;
    heed_pool_begin(maker.pool);
    const bool ok = choose_units(&maker, err) &&
                    (request->run->attention ? make_all(&maker, err) : make_store(&maker, err)) &&
                    make_aggregate(&maker, err);
    heed_pool_end(maker.pool);
    heed_arena_finish(&maker.arena);
    if (ok) {
        *maps = &owner->maps;
    } else {
        destroy(owner);
    }
    return ok;
}

/* Maps are handed out as const, but each is the head of its owner. */
static struct owner *owner_of(const struct heed_maps *maps)
{
    return (struct owner *)(uintptr_t)maps;
}

const struct heed_maps *heed_maps_retain(const struct heed_maps *maps)
{
    atomic_fetch_add_explicit(&owner_of(maps)->references, 1, memory_order_relaxed);
    return maps;
}

void heed_maps_release(const struct heed_maps *maps)
{
    if (maps && atomic_fetch_sub(&owner_of(maps)->references, 1) == 1) {
        destroy(owner_of(maps));
    }
}

int heed_maps_find_unit(const struct heed_maps *maps, int token)
{
    int low = 0;
    int high = maps->n - 1;
    while (low <= high) {
        const int middle = low + (high - low) / 2;
        const struct heed_unit *unit = &maps->units[middle];
        if (token < unit->first) {
            high = middle - 1;
        } else if (token >= unit->first + unit->count) {
            low = middle + 1;
        } else {
            return middle;
        }
    }
    return -1;
}

#include "core/analysis/map_store.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/thumbnails.h"
#include "core/tensor/memory.h"

enum {
    LEAST_KEPT = 64,        /* what a picture looks at beside the heads that are shown */
    MOST_BYTES = 512 << 20, /* of maps that are kept, beyond those: of a file, */
    MOST_MADE = 128 << 20   /* and of what is made again, which takes a moment each */
};

/* What is needed to look at a map. */
struct looking {
    float *whole; /* [n_tokens, n_tokens] of the run */
    float *seen;  /* [n, n] */
    float *room;  /* scratch, then columns */
};

#define HELD_BYTES ((size_t)3 << 29) /* of maps that are shown at once */

struct kept {
    float *weights; /* [n, n]; NULL: isn't made */
    uint64_t used;  /* when it was asked for last */
};

struct heed_map_store {
    const struct heed_maps *maps;
    struct heed_maps_request request;
    struct heed_map_rows rows;
    float *hidden; /* the maps' */
    pthread_mutex_t lock;
    /* Under the lock: */
    struct kept *kept; /* [n_maps] */
    int n_kept, most_kept;
    int n_held; /* more than can be; 0: not */
    uint64_t clock;
    float *scratch;
    atomic_bool failed; /* there was no memory for a map */
    float *blank;       /* [n, n] zeros: what is shown then */
    /* For who looks: */
    const struct heed_measure_plan *plan;
    float *maxima;
    struct heed_head_measures *measures;
    struct looking looking;
    atomic_int n_seen;
};

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the attention maps");
}

static size_t count_maps(const struct heed_maps *maps)
{
    return (size_t)maps->n_layers * (size_t)maps->n_heads;
}

static size_t count_cells(const struct heed_maps *maps)
{
    return (size_t)maps->n * (size_t)maps->n;
}

/* So many maps fit into these bytes: 64 at least. */
static int choose_most(const struct heed_maps *maps, size_t bytes)
{
    const size_t most = bytes / (count_cells(maps) * sizeof(float) + 1);
    return most < LEAST_KEPT ? LEAST_KEPT : most > INT_MAX ? INT_MAX : (int)most;
}

/* What who looks fills; a stranger reads of it what n_seen says. */
static bool make_overview(struct heed_map_store *store, struct heed_maps *maps,
                          struct heed_arena *arena, struct heed_error *err)
{
    const size_t n_maps = count_maps(maps);
    const int larger =
        maps->rows.count > maps->columns.count ? maps->rows.count : maps->columns.count;
    maps->thumbnail_block = heed_thumbnail_block(larger);
    maps->thumbnail_rows = heed_thumbnail_side(maps->rows.count, maps->thumbnail_block);
    maps->thumbnail_columns = heed_thumbnail_side(maps->columns.count, maps->thumbnail_block);
    const size_t cells = (size_t)maps->thumbnail_rows * (size_t)maps->thumbnail_columns;
    store->maxima = heed_arena_zeroed(arena, n_maps * cells + 1, sizeof *store->maxima);
    store->measures = heed_arena_zeroed(arena, n_maps, sizeof *store->measures);
    store->plan = heed_measure_plan_create(arena, maps->encoding, err);
    maps->thumbnails = store->maxima;
    if (store->measures && store->request.measures) {
        memcpy(store->measures, store->request.measures, n_maps * sizeof *store->measures);
        maps->measures = store->measures;
    }
    return store->plan && ((store->maxima && store->measures) || no_memory(err));
}

bool heed_map_store_create(struct heed_maps *maps, struct heed_arena *arena,
                           const struct heed_maps_request *request,
                           const struct heed_map_rows *rows, struct heed_error *err)
{
    struct heed_map_store *store = heed_arena_zeroed(arena, 1, sizeof *store);
    if (!store) {
        return no_memory(err);
    }
    const size_t n_maps = count_maps(maps);
    store->maps = maps;
    store->request = *request;
    store->request.heads = NULL;
    store->request.n_heads = 0;
    store->rows = *rows;
    store->rows.request = &store->request;
    const size_t usual = heed_maps_are_slow(maps) ? MOST_BYTES : MOST_MADE;
    store->most_kept = choose_most(maps, request->most_bytes > 0 ? request->most_bytes : usual);
    store->kept = heed_arena_zeroed(arena, n_maps, sizeof *store->kept);
    store->hidden = heed_arena_zeroed(arena, n_maps * (size_t)maps->n + 1, sizeof(float));
    store->scratch =
        heed_arena_zeroed(arena, heed_map_rows_scratch(&store->rows) + 1, sizeof(float));
    maps->hidden = store->hidden;
    if (!store->kept || !store->hidden || !store->scratch) {
        return no_memory(err);
    }
    pthread_mutex_init(&store->lock, NULL);
    maps->store = store;
    store->blank = calloc(count_cells(maps) + 1, sizeof *store->blank);
    return (store->blank || no_memory(err)) && make_overview(store, maps, arena, err);
}

static void forget_room(struct looking *looking)
{
    free(looking->whole);
    free(looking->seen);
    free(looking->room);
    *looking = (struct looking){0};
}

void heed_map_store_finish(struct heed_map_store *store)
{
    if (!store) {
        return;
    }
    for (size_t map = 0; map < count_maps(store->maps); map++) {
        free(store->kept[map].weights);
    }
    forget_room(&store->looking);
    free(store->blank);
    pthread_mutex_destroy(&store->lock);
}

/* --- a map that is asked for --- */

/* The memory of the one that wasn't asked for longest, or new memory. */
static float *take_room(struct heed_map_store *store)
{
    struct kept *oldest = NULL;
    if (store->n_kept < store->most_kept) {
        store->n_kept++;
        return calloc(count_cells(store->maps) + 1, sizeof(float));
    }
    for (size_t map = 0; map < count_maps(store->maps); map++) {
        struct kept *kept = &store->kept[map];
        if (kept->weights && (!oldest || kept->used < oldest->used)) {
            oldest = kept;
        }
    }
    float *weights = oldest->weights;
    oldest->weights = NULL;
    return weights;
}

/* weights: [n, n]. Row by row where the run reads so, or there is no room for a map of it. */
static void make_map(struct heed_map_store *store, int map, float *weights)
{
    const struct heed_maps *maps = store->maps;
    const struct heed_run *run = maps->run;
    const size_t n = (size_t)maps->n, n_tokens = (size_t)run->n_tokens;
    struct heed_map_rows rows = store->rows;
    float *whole = run->reader.is_slow ? NULL : malloc(n_tokens * n_tokens * sizeof *whole);
    rows.whole = whole ? heed_run_map(run, map, whole) : NULL;
    for (size_t i = 0; i < n; i++) {
        const float hidden = heed_map_rows_fill(&rows, store->scratch, map / maps->n_heads,
                                                map % maps->n_heads, (int)i, weights + i * n);
        if (run->reader.is_slow) { /* else it was seen before */
            store->hidden[(size_t)map * n + i] = hidden;
        }
    }
    free(whole);
}

static const float *find_map(struct heed_map_store *store, int map)
{
    struct kept *kept = &store->kept[map];
    kept->used = ++store->clock;
    if (kept->weights) {
        return kept->weights;
    }
    float *weights = take_room(store);
    if (!weights) {
        store->n_kept--;
        return NULL;
    }
    make_map(store, map, weights);
    kept->weights = weights;
    return weights;
}

const float *heed_maps_make(const struct heed_maps *maps, int map)
{
    struct heed_map_store *store = maps->store;
    pthread_mutex_lock(&store->lock);
    const float *weights = find_map(store, map);
    pthread_mutex_unlock(&store->lock);
    if (!weights) {
        atomic_store(&store->failed, true);
    }
    return weights ? weights : store->blank;
}

int heed_maps_hold(const struct heed_maps *maps, int count)
{
    struct heed_map_store *store = maps->store;
    if (!store) {
        return count;
    }
    const int most = choose_most(maps, HELD_BYTES), held = count < most ? count : most;
    pthread_mutex_lock(&store->lock);
    store->n_held = held < count ? count : 0;
    if (store->most_kept < held + LEAST_KEPT) {
        store->most_kept = held + LEAST_KEPT;
    }
    pthread_mutex_unlock(&store->lock);
    return held;
}

const float *heed_maps_read_row(const struct heed_maps *maps, int map, int query, float *room)
{
    struct heed_map_store *store = maps->store;
    if (!store) {
        return heed_maps_head(maps, map) + (size_t)query * (size_t)maps->n;
    }
    if (!room) {
        atomic_store(&store->failed, true);
        return store->blank;
    }
    pthread_mutex_lock(&store->lock);
    (void)heed_map_rows_fill(&store->rows, store->scratch, map / maps->n_heads, map % maps->n_heads,
                             query, room);
    pthread_mutex_unlock(&store->lock);
    return room;
}

/* Nothing that was read is wrong, and there was memory. */
static bool is_sound(const struct heed_maps *maps, struct heed_error *err)
{
    return atomic_load(&maps->store->failed)
               ? no_memory(err)
               : maps->run->reader.check(maps->run->reader.context, err);
}

bool heed_maps_check(const struct heed_maps *maps, struct heed_error *err)
{
    if (!maps->store) {
        return true;
    }
    pthread_mutex_lock(&maps->store->lock);
    const int held = maps->store->n_held;
    pthread_mutex_unlock(&maps->store->lock);
    if (held > 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "%d heads of %d tokens are too many at once: show %d or fewer", held,
                              maps->n, choose_most(maps, HELD_BYTES));
    }
    return is_sound(maps, err);
}

/* --- looking at all of them --- */

int heed_maps_count_seen(const struct heed_maps *maps)
{
    return maps->store ? atomic_load(&maps->store->n_seen) : maps->n_layers * maps->n_heads;
}

const struct heed_head_measures *heed_maps_get_measures(const struct heed_maps *maps)
{
    const bool made = maps->store && heed_maps_count_seen(maps) == maps->n_layers * maps->n_heads;
    return made ? maps->store->measures : maps->measures;
}

const struct heed_head_measures *heed_maps_measures_of(const struct heed_maps *maps, int map)
{
    const struct heed_head_measures *all = maps->measures;
    if (!all && maps->store && map < heed_maps_count_seen(maps)) {
        all = maps->store->measures;
    }
    return all ? all + map : NULL;
}

enum heed_head_label heed_maps_label(const struct heed_maps *maps, int map, float *value)
{
    const struct heed_head_measures *measures = heed_maps_measures_of(maps, map);
    return measures ? heed_head_label(measures, value) : HEED_LABEL_NONE;
}

static bool take_looking_room(struct looking *looking, const struct heed_map_store *store,
                              struct heed_error *err)
{
    const size_t n = (size_t)store->maps->run->n_tokens;
    const size_t scratch = heed_map_rows_scratch(&store->rows) + n;
    if (!looking->whole) {
        looking->whole = malloc(n * n * sizeof(float));
        looking->seen = malloc((count_cells(store->maps) + 1) * sizeof(float));
        looking->room = malloc(scratch * sizeof(float));
    }
    return (looking->whole && looking->seen && looking->room) || no_memory(err);
}

/* Sums of the run's own rows of queries. */
static void add_rows(const float *weights, size_t n, int n_rows, double *sums)
{
    for (size_t i = 0; i < (size_t)n_rows; i++) {
        sums[i] = 0;
        for (size_t j = 0; j < n; j++) {
            sums[i] += (double)weights[i * n + j];
        }
    }
}

/* whole: the run's map. */
static void look(struct heed_map_store *store, const struct looking *looking, int map,
                 const float *whole)
{
    const struct heed_maps *maps = store->maps;
    const struct heed_run *run = maps->run;
    const size_t n = (size_t)maps->n;
    float *columns = looking->room + heed_map_rows_scratch(&store->rows);
    if (!maps->measures) {
        const float *entropies =
            run->entropies ? run->entropies + (size_t)map * (size_t)run->n_tokens : NULL;
        struct heed_measuring measuring;
        heed_measure_begin(&measuring, store->plan, columns);
        heed_measure_add_rows(&measuring, store->plan, whole, entropies, 0, run->n_tokens);
        store->measures[map] = heed_measure_end(&measuring, store->plan);
    }
    struct heed_map_rows rows = store->rows;
    rows.whole = whole;
    for (size_t i = 0; i < n; i++) {
        const float hidden = heed_map_rows_fill(&rows, looking->room, map / maps->n_heads,
                                                map % maps->n_heads, (int)i, looking->seen + i * n);
        if (!run->reader.is_slow) { /* else when it is asked for */
            store->hidden[(size_t)map * n + i] = hidden;
        }
    }
    const struct heed_thumbnail_source of = {
        .weights = looking->seen + (size_t)maps->rows.first * n + maps->columns.first,
        .stride = n,
        .rows = maps->rows.count,
        .columns = maps->columns.count,
        .block = maps->thumbnail_block,
    };
    const size_t cells = (size_t)maps->thumbnail_rows * (size_t)maps->thumbnail_columns;
    heed_thumbnails_fill(store->maxima + (size_t)map * cells, &of, 0, of.rows);
}

bool heed_maps_look(const struct heed_maps *maps, double *sums, struct heed_error *err)
{
    struct heed_map_store *store = maps->store;
    const struct heed_run *run = maps->run;
    const int map = atomic_load(&store->n_seen);
    const int n_queries = maps->encoding->n_queries;
    if (!take_looking_room(&store->looking, store, err)) {
        return false;
    }
    const float *read = heed_run_map(run, map, store->looking.whole);
    add_rows(read, (size_t)run->n_tokens, n_queries > 0 ? n_queries : run->n_tokens, sums);
    look(store, &store->looking, map, read);
    run->reader.drop(run->reader.context);
    if (!is_sound(maps, err)) {
        return false;
    }
    if (map + 1 == maps->n_layers * maps->n_heads) {
        forget_room(&store->looking);
    }
    atomic_store(&store->n_seen, map + 1);
    return true;
}

struct looking_at_all {
    struct heed_map_store *store;
    struct looking *threads;
};

static void look_task(void *context, int map, int thread)
{
    const struct looking_at_all *all = context;
    const struct looking *looking = &all->threads[thread];
    look(all->store, looking, map, heed_run_map(all->store->maps->run, map, looking->whole));
}

bool heed_map_store_look_at_all(struct heed_maps *maps, struct heed_pool *pool,
                                struct heed_error *err)
{
    struct heed_map_store *store = maps->store;
    const int n_threads = heed_pool_get_threads(pool), n_maps = (int)count_maps(maps);
    struct looking_at_all all = {store, calloc((size_t)n_threads, sizeof *all.threads)};
    bool ok = all.threads || no_memory(err);
    for (int i = 0; ok && i < n_threads; i++) {
        ok = take_looking_room(&all.threads[i], store, err);
    }
    if (ok) {
        heed_pool_run(pool, look_task, &all, n_maps);
        maps->measures = store->measures;
        atomic_store(&store->n_seen, n_maps);
    }
    for (int i = 0; all.threads && i < n_threads; i++) {
        forget_room(&all.threads[i]);
    }
    free(all.threads);
    return ok && heed_maps_check(maps, err);
}

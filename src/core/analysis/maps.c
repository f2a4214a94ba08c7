#include "core/analysis/maps.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"
#include "core/analysis/thumbnails.h"
#include "core/analysis/transform.h"
#include "core/analysis/units.h"

struct owner {
    struct heed_maps maps; /* first: a pointer to it is one to the owner */
    atomic_int references;
    struct heed_arena arena; /* units, labels, small arrays */
    float *weights;          /* NULL when they are the run's own */
    float *aggregate;
};

/* Units next to each other that are all seen. */
struct span {
    int first, count;
};

/* What is needed while the maps are made. */
struct maker {
    struct owner *owner;
    const struct heed_maps_request *request;
    const struct heed_unit *all; /* [n_all] */
    struct span *seen;           /* [n_seen] */
    int n_seen;
    int *left_out;    /* [n_all - n] into all */
    float *norms;     /* [layers, heads, tokens], or NULL */
    float *rollout;   /* [layers, tokens, tokens], or NULL */
    float *token_row; /* [tokens] */
    float *unit_row;  /* [n_all] */
};

/* The only thing that outlives a call: ids must differ within a process. */
static uint64_t next_id(void)
{
    static atomic_uint_fast64_t last;
    return (uint64_t)atomic_fetch_add(&last, 1) + 1;
}

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY,
                          "no memory left for the attention maps");
}

static void destroy(struct owner *owner)
{
    heed_run_release(owner->maps.run);
    free(owner->weights);
    free(owner->aggregate);
    heed_arena_finish(&owner->arena);
    free(owner);
}

static void add_seen(struct maker *maker, int unit)
{
    struct span *last = &maker->seen[maker->n_seen - (maker->n_seen > 0)];
    if (maker->n_seen > 0 && last->first + last->count == unit) {
        last->count++;
        return;
    }
    maker->seen[maker->n_seen++] = (struct span){unit, 1};
}

/* Sorts the units into those that are seen and those that aren't. */
static bool choose_units(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    struct heed_arena *arena = &maker->owner->arena;
    const struct heed_maps_request *request = maker->request;
    struct heed_unit *all = NULL;
    if (!heed_units_create(&all, &maps->n_all, arena, request->encoding,
                           request->tokenizer, request->filter.words, err)) {
        return false;
    }
    const size_t n_all = (size_t)maps->n_all;
    struct heed_unit *units = heed_arena_zeroed(arena, n_all, sizeof *units);
    maker->seen = heed_arena_zeroed(arena, n_all, sizeof *maker->seen);
    maker->left_out = heed_arena_zeroed(arena, n_all, sizeof(int));
    if (!units || !maker->seen || !maker->left_out) {
        return no_memory(err);
    }
    int n_left_out = 0;
    for (int u = 0; u < maps->n_all; u++) {
        if (heed_unit_is_hidden(&all[u], &request->filter)) {
            maker->left_out[n_left_out++] = u;
        } else {
            add_seen(maker, u);
            units[maps->n++] = all[u];
        }
    }
    maker->all = all;
    maps->units = units;
    return true;
}

static bool alloc_floats(float **result, size_t n_maps, size_t rows, size_t columns)
{
    size_t count = 0;
    if (!heed_checked_mul(rows, columns, &count) ||
        !heed_checked_mul(count, n_maps, &count) ||
        !heed_checked_mul(count, sizeof(float), &count)) {
        return false;
    }
    *result = malloc(count > 0 ? count : 1);
    return *result != NULL;
}

/* In four partial sums, which a compiler keeps side by side. */
static float total_of(const float *row, int n)
{
    float parts[4] = {0};
    int j = 0;
    for (; j + 4 <= n; j += 4) {
        for (int k = 0; k < 4; k++) {
            parts[k] += row[j + k];
        }
    }
    for (; j < n; j++) {
        parts[0] += row[j];
    }
    return parts[0] + parts[1] + parts[2] + parts[3];
}

/* The row of one token under the chosen measure, over all tokens. */
static const float *measured_row(struct maker *maker, int layer, int head, int token)
{
    const struct heed_run *run = maker->request->run;
    const size_t n = (size_t)run->n_tokens;
    if (maker->rollout) {
        return maker->rollout + ((size_t)layer * n + (size_t)token) * n;
    }
    const float *row = heed_run_attention(run, layer, head) + (size_t)token * n;
    if (!maker->norms) {
        return row;
    }
    const float *norms = maker->norms + (size_t)(layer * run->n_heads + head) * n;
    for (size_t j = 0; j < n; j++) {
        maker->token_row[j] = row[j] * norms[j];
    }
    const float total = total_of(maker->token_row, run->n_tokens);
    const float scale = total > 0 ? 1.0F / total : 0.0F;
    for (size_t j = 0; j < n; j++) {
        maker->token_row[j] *= scale;
    }
    return maker->token_row;
}

/* Adds a token's row to a unit's: columns summed, rows averaged. */
static void add_merged(struct maker *maker, const float *row, float share)
{
    for (int u = 0; u < maker->owner->maps.n_all; u++) {
        const struct heed_unit *unit = &maker->all[u];
        float sum = 0;
        for (int k = 0; k < unit->count; k++) {
            sum += row[unit->first + k];
        }
        maker->unit_row[u] += sum * share;
    }
}

/* The row of one unit over all units, hidden ones too. */
static const float *unit_row(struct maker *maker, int layer, int head,
                             const struct heed_unit *unit)
{
    if (!maker->request->filter.words) {
        return measured_row(maker, layer, head, unit->first);
    }
    const size_t n_all = (size_t)maker->owner->maps.n_all;
    memset(maker->unit_row, 0, n_all * sizeof *maker->unit_row);
    for (int k = 0; k < unit->count; k++) {
        const float *row = measured_row(maker, layer, head, unit->first + k);
        add_merged(maker, row, 1.0F / (float)unit->count);
    }
    return maker->unit_row;
}

/* Copies what is seen of a row and returns what is hidden. A row that gives
 * everything to hidden units has nothing to renormalise: it stays zero. */
static float copy_row(const struct maker *maker, float *to, const float *from)
{
    const struct heed_maps *maps = &maker->owner->maps;
    float hidden = 0;
    for (int k = 0; k < maps->n_all - maps->n; k++) {
        hidden += from[maker->left_out[k]];
    }
    float *next = to;
    for (int k = 0; k < maker->n_seen; k++) {
        const size_t count = (size_t)maker->seen[k].count;
        memcpy(next, from + maker->seen[k].first, count * sizeof *next);
        next += count;
    }
    if (maps->filter.renormalise) {
        const float rest = total_of(to, maps->n);
        const float scale = rest > 0 ? 1.0F / rest : 0.0F;
        for (int k = 0; k < maps->n; k++) {
            to[k] *= scale;
        }
    }
    return hidden;
}

static void fill_weights(struct maker *maker, float *hidden)
{
    const struct heed_maps *maps = &maker->owner->maps;
    const size_t n = (size_t)maps->n;
    float *to = maker->owner->weights;
    for (int layer = 0; layer < maps->n_layers; layer++) {
        for (int head = 0; head < maps->n_heads; head++) {
            for (size_t i = 0; i < n; i++, to += n) {
                const float *row = unit_row(maker, layer, head, &maps->units[i]);
                *hidden++ = copy_row(maker, to, row);
            }
        }
    }
}

static bool prepare_measure(struct maker *maker, struct heed_error *err)
{
    const struct heed_maps_request *request = maker->request;
    switch (request->filter.measure) {
    case HEED_MEASURE_WEIGHT:
        return true;
    case HEED_MEASURE_VALUE_NORM:
        return heed_value_norms(&maker->norms, request->run, request->model, err);
    case HEED_MEASURE_ROLLOUT:
        return heed_rollout(&maker->rollout, request->run, err);
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
    struct heed_arena *arena = &owner->arena;
    const size_t n = (size_t)maps->n;
    const size_t n_maps = (size_t)maps->n_layers * (size_t)maps->n_heads;
    const size_t n_tokens = (size_t)maps->run->n_tokens;
    float *hidden = heed_arena_zeroed(arena, n_maps * n + 1, sizeof *hidden);
    if (!hidden) {
        return no_memory(err);
    }
    maps->hidden = hidden;
    if (is_plain(maps)) {
        maps->weights = maps->run->attention;
        return true;
    }
    maker->token_row = heed_arena_zeroed(arena, n_tokens, sizeof(float));
    maker->unit_row = heed_arena_zeroed(arena, n_tokens, sizeof(float));
    if (!maker->token_row || !maker->unit_row ||
        !alloc_floats(&owner->weights, n_maps, n, n)) {
        return no_memory(err);
    }
    if (!prepare_measure(maker, err)) {
        return false;
    }
    fill_weights(maker, hidden);
    maps->weights = owner->weights;
    return true;
}

static bool make_thumbnails(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    const int n_maps = maps->n_layers * maps->n_heads;
    maps->thumbnail_block = heed_thumbnail_block(maps->n);
    maps->thumbnail_side = heed_thumbnail_side(maps->n);
    if (maps->thumbnail_block == 1) {
        return true;
    }
    const size_t side = (size_t)maps->thumbnail_side;
    float *maxima = heed_arena_alloc(&maker->owner->arena,
                                     (size_t)n_maps * side * side * sizeof *maxima);
    if (!maxima) {
        return no_memory(err);
    }
    heed_thumbnails_fill(maxima, maps->weights, n_maps, maps->n);
    maps->thumbnails = maxima;
    maps->thumbnails_id = next_id();
    return true;
}

/* Adds one head's numbers to the aggregate's. */
static void aggregate_one(float *to, const float *from, size_t count,
                          enum heed_aggregate kind, float share)
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

static void fill_aggregate(const struct maker *maker, float *hidden)
{
    const struct heed_maps *maps = &maker->owner->maps;
    const struct heed_maps_request *request = maker->request;
    const size_t n = (size_t)maps->n;
    const int n_maps = maps->n_layers * maps->n_heads;
    const int n_chosen = request->n_heads > 0 ? request->n_heads : n_maps;
    const float share = 1.0F / (float)n_chosen;
    const enum heed_aggregate kind = maps->filter.aggregate;
    memset(maker->owner->aggregate, 0, n * n * sizeof(float));
    for (int k = 0; k < n_chosen; k++) {
        size_t map = (size_t)k;
        if (request->n_heads > 0) {
            map = (size_t)(request->heads[k].layer * maps->n_heads +
                           request->heads[k].head);
        }
        aggregate_one(maker->owner->aggregate, maps->weights + map * n * n,
                      n * n, kind, share);
        aggregate_one(hidden, maps->hidden + map * n, n, kind, share);
    }
}

static bool make_aggregate(struct maker *maker, struct heed_error *err)
{
    struct owner *owner = maker->owner;
    const size_t n = (size_t)owner->maps.n;
    if (owner->maps.filter.aggregate == HEED_AGGREGATE_NONE) {
        return true;
    }
    float *hidden = heed_arena_zeroed(&owner->arena, n + 1, sizeof *hidden);
    if (!hidden || !alloc_floats(&owner->aggregate, 1, n, n)) {
        return no_memory(err);
    }
    fill_aggregate(maker, hidden);
    owner->maps.aggregate = owner->aggregate;
    owner->maps.aggregate_hidden = hidden;
    return true;
}

static bool make_measures(struct maker *maker, struct heed_error *err)
{
    struct heed_maps *maps = &maker->owner->maps;
    const struct heed_maps_request *request = maker->request;
    const size_t n_maps = (size_t)maps->n_layers * (size_t)maps->n_heads;
    struct heed_head_measures *measures =
        heed_arena_zeroed(&maker->owner->arena, n_maps, sizeof *measures);
    if (!measures) {
        return no_memory(err);
    }
    maps->measures = measures;
    if (request->measures) {
        memcpy(measures, request->measures, n_maps * sizeof *measures);
        return true;
    }
    return heed_measure_heads(measures, request->run, request->encoding, err);
}

static bool check_heads(const struct heed_maps_request *request,
                        struct heed_error *err)
{
    for (int k = 0; k < request->n_heads; k++) {
        const struct heed_head_id id = request->heads[k];
        if (id.layer < 0 || id.layer >= request->run->n_layers || id.head < 0 ||
            id.head >= request->run->n_heads) {
            return heed_error_set(
                err, HEED_ERROR_INPUT,
                "there is no head L%dH%d: the model has layers 0 to %d and "
                "heads 0 to %d",
                id.layer, id.head, request->run->n_layers - 1,
                request->run->n_heads - 1);
        }
    }
    return true;
}

bool heed_maps_create(const struct heed_maps **maps,
                      const struct heed_maps_request *request,
                      struct heed_error *err)
{
    if (!check_heads(request, err)) {
        return false;
    }
    struct owner *owner = calloc(1, sizeof *owner);
    if (!owner) {
        return no_memory(err);
    }
    atomic_init(&owner->references, 1);
    owner->maps.id = next_id();
    owner->maps.encoding = request->encoding;
    owner->maps.run = heed_run_retain(request->run);
    owner->maps.filter = request->filter;
    owner->maps.n_layers = request->run->n_layers;
    owner->maps.n_heads = request->run->n_heads;
    struct maker maker = {.owner = owner, .request = request};
    const bool ok = choose_units(&maker, err) && make_weights(&maker, err) &&
                    make_thumbnails(&maker, err) &&
                    make_aggregate(&maker, err) && make_measures(&maker, err);
    free(maker.norms);
    free(maker.rollout);
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

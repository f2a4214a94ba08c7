#include "core/analysis/map_rows.h"

#include <string.h>

#include "core/analysis/transform.h"
#include "core/analysis/units.h"

/* Units next to each other that are all seen. */
struct heed_map_span {
    int first, count;
};

static void add_seen(struct heed_map_span *spans, int *n_spans, int unit)
{
    struct heed_map_span *last = &spans[*n_spans - (*n_spans > 0)];
    if (*n_spans > 0 && last->first + last->count == unit) {
        last->count++;
        return;
    }
    spans[(*n_spans)++] = (struct heed_map_span){unit, 1};
}

/* Sorts the units into those that are seen and those that aren't. */
bool heed_map_rows_init(struct heed_map_rows *rows, struct heed_arena *arena,
                        const struct heed_maps_request *request, struct heed_error *err)
{
    struct heed_unit *all = NULL;
    *rows = (struct heed_map_rows){.request = request};
    if (!heed_units_create(&all, &rows->n_all, arena, request->encoding, request->tokenizer,
                           request->filter.words, err)) {
        return false;
    }
    const size_t n_all = (size_t)rows->n_all;
    struct heed_unit *units = heed_arena_zeroed(arena, n_all, sizeof *units);
    struct heed_map_span *spans = heed_arena_zeroed(arena, n_all, sizeof *spans);
    int *left_out = heed_arena_zeroed(arena, n_all, sizeof *left_out);
    if (!units || !spans || !left_out) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the attention maps");
    }
    int n_left_out = 0;
    for (int u = 0; u < rows->n_all; u++) {
        if (heed_unit_is_hidden(&all[u], &request->filter)) {
            left_out[n_left_out++] = u;
        } else {
            add_seen(spans, &rows->n_spans, u);
            units[rows->n++] = all[u];
        }
    }
    rows->all = all;
    rows->units = units;
    rows->spans = spans;
    rows->left_out = left_out;
    return true;
}

bool heed_map_rows_prepare(struct heed_map_rows *rows, struct heed_arena *arena,
                           struct heed_pool *pool, struct heed_error *err)
{
    const struct heed_maps_request *request = rows->request;
    switch (request->filter.measure) {
    case HEED_MEASURE_WEIGHT:
        return true;
    case HEED_MEASURE_VALUE_NORM: {
        float *norms = NULL;
        if (!request->norms && !heed_value_norms(&norms, arena, request->run, request->model, pool,
                                                 (struct heed_stop){0}, err)) {
            return false;
        }
        rows->norms = request->norms ? request->norms : norms;
        return true;
    }
    case HEED_MEASURE_ROLLOUT:
        return heed_rollout(&rows->rollout, arena, request->run, pool, (struct heed_stop){0}, err);
    }
    return true;
}

/* Three rows over tokens: a measured one, a merged one, and one that is read. */
size_t heed_map_rows_scratch(const struct heed_map_rows *rows)
{
    return 3 * (size_t)rows->request->run->n_tokens;
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
static const float *measured_row(const struct heed_map_rows *rows, float *measured, int layer,
                                 int head, int token)
{
    const struct heed_run *run = rows->request->run;
    const size_t n = (size_t)run->n_tokens;
    if (rows->rollout) {
        return rows->rollout + ((size_t)layer * n + (size_t)token) * n;
    }
    const float *row = rows->whole
                           ? rows->whole + (size_t)token * n
                           : heed_run_rows(run, HEED_RUN_ATTENTION, layer * run->n_heads + head,
                                           token, 1, measured + 2 * n);
    if (!rows->norms) {
        return row;
    }
    const float *norms = rows->norms + (size_t)(layer * run->n_heads + head) * n;
    for (size_t j = 0; j < n; j++) {
        measured[j] = row[j] * norms[j];
    }
    const float total = total_of(measured, run->n_tokens);
    const float scale = total > 0 ? 1.0F / total : 0.0F;
    for (size_t j = 0; j < n; j++) {
        measured[j] *= scale;
    }
    return measured;
}

/* Adds a token's row to a unit's: columns summed, rows averaged. */
static void add_merged(const struct heed_map_rows *rows, float *merged, const float *row,
                       float share)
{
    for (int u = 0; u < rows->n_all; u++) {
        const struct heed_unit *unit = &rows->all[u];
        float sum = 0;
        for (int k = 0; k < unit->count; k++) {
            sum += row[unit->first + k];
        }
        merged[u] += sum * share;
    }
}

/* The row of one unit over all units, hidden ones too. */
static const float *unit_row(const struct heed_map_rows *rows, float *scratch, int layer, int head,
                             const struct heed_unit *unit)
{
    if (!rows->request->filter.words) {
        return measured_row(rows, scratch, layer, head, unit->first);
    }
    float *merged = scratch + rows->request->run->n_tokens;
    memset(merged, 0, (size_t)rows->n_all * sizeof *merged);
    for (int k = 0; k < unit->count; k++) {
        const float *row = measured_row(rows, scratch, layer, head, unit->first + k);
        add_merged(rows, merged, row, 1.0F / (float)unit->count);
    }
    return merged;
}

/* Copies what is seen of a row and returns what is hidden. A row that gives
 * everything to hidden units has nothing to renormalise: it stays zero. */
float heed_map_rows_fill(const struct heed_map_rows *rows, float *scratch, int layer, int head,
                         int unit, float *to)
{
    const float *from = unit_row(rows, scratch, layer, head, &rows->units[unit]);
    float hidden = 0;
    for (int k = 0; k < rows->n_all - rows->n; k++) {
        hidden += from[rows->left_out[k]];
    }
    float *next = to;
    for (int k = 0; k < rows->n_spans; k++) {
        const size_t count = (size_t)rows->spans[k].count;
        memcpy(next, from + rows->spans[k].first, count * sizeof *next);
        next += count;
    }
    if (rows->request->filter.renormalise) {
        const float rest = total_of(to, rows->n);
        const float scale = rest > 0 ? 1.0F / rest : 0.0F;
        for (int k = 0; k < rows->n; k++) {
            to[k] *= scale;
        }
    }
    return hidden;
}

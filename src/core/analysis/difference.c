#include "core/analysis/difference.h"

#include <math.h>
#include <stdlib.h>

#include "core/analysis/row_sums.h"

int heed_difference_count(const struct heed_alignment *units)
{
    return units->n_same + units->n_replaced;
}

static bool in_both(const struct heed_aligned *place)
{
    return place->a >= 0 && place->b >= 0;
}

static const float *row_of(const struct heed_maps *maps, int layer, int head, int unit)
{
    return layer < 0 ? maps->aggregate + (size_t)unit * (size_t)maps->n
                     : heed_maps_row(maps, layer, head, unit);
}

void heed_difference_fill(float *values, const struct heed_maps *a, const struct heed_maps *b,
                          const struct heed_alignment *units, int layer, int head)
{
    for (int i = 0; i < units->n; i++) {
        const struct heed_aligned *query = &units->places[i];
        if (!in_both(query)) {
            continue;
        }
        const float *row_a = row_of(a, layer, head, query->a);
        const float *row_b = row_of(b, layer, head, query->b);
        for (int j = 0; j < units->n; j++) {
            const struct heed_aligned *key = &units->places[j];
            if (in_both(key)) {
                *values++ = row_b[key->b] - row_a[key->a];
            }
        }
    }
}

struct distancing {
    struct heed_head_distance *heads;
    const struct heed_run *a, *b;
    const struct heed_alignment *places;
    const struct heed_word_alignment *words; /* whose places those are; NULL: tokens */
    heed_row_divergence_function *divergence;
    float *rooms; /* of each thread, for a map of both, and one of words; NULL: not needed */
};

static size_t count_cells(const struct heed_run *run)
{
    return (size_t)run->n_tokens * (size_t)run->n_tokens;
}

/* A key that the other text lacks has weight 0 there, which leaves half of the
 * weight here. */
static double row_distance(const struct distancing *of, const float *row_a, const float *row_b)
{
    double sum = 0;
    for (int k = 0; k < of->places->n;) {
        const struct heed_aligned *key = &of->places->places[k];
        if (key->run > 0) {
            sum += (double)of->divergence(row_a + key->a, row_b + key->b, key->run);
            k += key->run;
        } else {
            sum += 0.5 * (double)(key->a >= 0 ? row_a[key->a] : row_b[key->b]);
            k++;
        }
    }
    return sqrt(sum);
}

/* One of a run's maps, or a map of words: its rows and columns. */
struct square {
    const float *values;
    int n;
};

/* Columns summed, rows averaged. */
static void merge_map(float *merged, const float *map, int n_tokens, const int32_t *starts, int n)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int row = starts[i]; row < starts[i + 1]; row++) {
                for (int column = starts[j]; column < starts[j + 1]; column++) {
                    sum += (double)map[(size_t)row * (size_t)n_tokens + (size_t)column];
                }
            }
            merged[(size_t)i * (size_t)n + (size_t)j] = (float)(sum / (starts[i + 1] - starts[i]));
        }
    }
}

/* room: for two maps of the run; starts NULL: as it is. */
static struct square find_square(const struct heed_run *run, int map, float *room,
                                 const int32_t *starts, int n)
{
    const float *plain = heed_run_map(run, map, room);
    if (!starts) {
        return (struct square){plain, run->n_tokens};
    }
    merge_map(room + count_cells(run), plain, run->n_tokens, starts, n);
    return (struct square){room + count_cells(run), n};
}

static void distance_task(void *context, int index, int thread)
{
    const struct distancing *of = context;
    const struct heed_word_alignment *words = of->words;
    const int layer = index / of->a->n_heads, head = index % of->a->n_heads;
    const size_t each = words ? 2 : 1; /* maps of a run */
    const size_t of_a = each * count_cells(of->a), both = of_a + each * count_cells(of->b);
    float *room = of->rooms ? of->rooms + (size_t)thread * both : NULL;
    int n_rows = 0;
    double sum = 0;
    if (layer >= of->b->n_layers || head >= of->b->n_heads) {
        of->heads[index] = (struct heed_head_distance){layer, head, NAN};
        return;
    }
    const struct square a =
        find_square(of->a, index, room, words ? words->starts_a : NULL, words ? words->n_a : 0);
    const struct square b =
        find_square(of->b, layer * of->b->n_heads + head, room ? room + of_a : NULL,
                    words ? words->starts_b : NULL, words ? words->n_b : 0);
    for (int i = 0; i < of->places->n; i++) {
        const struct heed_aligned *query = &of->places->places[i];
        if (in_both(query) && i < of->places->n_attending) {
            n_rows++;
            sum += row_distance(of, a.values + (size_t)query->a * (size_t)a.n,
                                b.values + (size_t)query->b * (size_t)b.n);
        }
    }
    of->heads[index] =
        (struct heed_head_distance){layer, head, n_rows > 0 ? (float)(sum / n_rows) : 0.0F};
}

bool heed_distance_heads(struct heed_head_distance *heads, const struct heed_run *a,
                         const struct heed_run *b, const struct heed_alignment *tokens,
                         const struct heed_word_alignment *words, struct heed_pool *pool,
                         struct heed_error *err)
{
    const bool keeps =
        heed_run_keeps(a, HEED_RUN_ATTENTION) && heed_run_keeps(b, HEED_RUN_ATTENTION);
    struct distancing of = {.heads = heads,
                            .a = a,
                            .b = b,
                            .places = words ? &words->words : tokens,
                            .words = words,
                            .divergence = heed_row_divergence_get_fastest()};
    if (!keeps || words) {
        of.rooms = malloc((size_t)heed_pool_get_threads(pool) * (words ? 2 : 1) *
                          (count_cells(a) + count_cells(b)) * sizeof *of.rooms);
        if (!of.rooms) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the comparison");
        }
    }
    heed_pool_run(pool, distance_task, &of, a->n_layers * a->n_heads);
    free(of.rooms);
    return true;
}

/* Of two vectors, a dimension at a time. */
struct products {
    double xy, xx, yy;
};

static void multiply(struct products *sums, double x, double y)
{
    sums->xy += x * y;
    sums->xx += x * x;
    sums->yy += y * y;
}

static double cosine_of(struct products of)
{
    return of.xx > 0 && of.yy > 0 ? of.xy / sqrt(of.xx * of.yy) : 0;
}

double heed_cosine(const float *x, const float *y, int n)
{
    struct products sums = {0};
    for (int i = 0; i < n; i++) {
        multiply(&sums, (double)x[i], (double)y[i]);
    }
    return cosine_of(sums);
}

static const float *hidden_state(const struct heed_run *run, int layer, int token)
{
    return run->hidden_states +
           ((size_t)layer * (size_t)run->n_tokens + (size_t)token) * (size_t)run->hidden;
}

void heed_cosine_layers(float *cosines, const struct heed_run *a, int token_a,
                        const struct heed_run *b, int token_b)
{
    for (int layer = 0; layer <= a->n_layers; layer++) {
        cosines[layer] = (float)heed_cosine(hidden_state(a, layer, token_a),
                                            hidden_state(b, layer, token_b), a->hidden);
    }
}

/* The sum of a unit's hidden states at one dimension. */
static double summed(const float *states, int hidden, int n, int d)
{
    double sum = 0;
    for (int k = 0; k < n; k++) {
        sum += (double)states[(size_t)k * (size_t)hidden + (size_t)d];
    }
    return sum;
}

static float cosine_of_units(const struct heed_run *run_a, const struct heed_unit *a,
                             const struct heed_run *run_b, const struct heed_unit *b, int layer)
{
    const float *states_a = hidden_state(run_a, layer, a->first);
    const float *states_b = hidden_state(run_b, layer, b->first);
    struct products sums = {0};
    for (int d = 0; d < run_a->hidden; d++) {
        multiply(&sums, summed(states_a, run_a->hidden, a->count, d),
                 summed(states_b, run_b->hidden, b->count, d));
    }
    return (float)cosine_of(sums);
}

void heed_cosine_places(float *cosines, const struct heed_run *run_a, const struct heed_maps *a,
                        const struct heed_run *run_b, const struct heed_maps *b,
                        const struct heed_alignment *units)
{
    for (int layer = 0; layer <= run_a->n_layers; layer++) {
        for (int i = 0; i < units->n; i++) {
            const struct heed_aligned *place = &units->places[i];
            *cosines++ = in_both(place) ? cosine_of_units(run_a, &a->units[place->a], run_b,
                                                          &b->units[place->b], layer)
                                        : 0;
        }
    }
}

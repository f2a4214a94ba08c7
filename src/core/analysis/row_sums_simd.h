/*
 * Passes over rows of weights, by the compilers' own vector types, so that
 * every machine gets its registers without intrinsics. A file that includes
 * this has defined LANES (4 or 8), STEPS ({0, 1, ...}, so many) and what its
 * functions are called: NAMED(name). Not a header for anyone else.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/analysis/row_sums.h"

typedef float floats __attribute__((vector_size(4 * LANES)));
typedef int32_t ints __attribute__((vector_size(4 * LANES)));

static inline floats load(const float *from)
{
    floats result;
    memcpy(&result, from, sizeof result);
    return result;
}

static inline void store(float *to, floats from)
{
    memcpy(to, &from, sizeof from);
}

/* w log2 w for w in 0..1, 0 at 0. w = 2^e m with m in [sqrt(1/2), sqrt(2)), and
 * log2 m = t p(t), t = m - 1, p a minimax polynomial (relative error 1.7e-7).
 */
static inline floats weigh(floats w)
{
    const ints bits = (ints)w;
    const ints exponent = (bits - 0x3F3504F3) >> 23;
    const floats t = (floats)(bits - (exponent << 23)) - 1.0F;
    const floats t2 = t * t;
    const floats p01 = t * -0.721352788F + 1.44269496F;
    const floats p23 = t * -0.36023964F + 0.480923242F;
    const floats p45 = t * -0.248876865F + 0.2870987F;
    const floats p67 = t * -0.145811688F + 0.23404237F;
    const floats p = (p67 * t2 + p45) * (t2 * t2) + (p23 * t2 + p01);
    return w * (p * t + __builtin_convertvector(exponent, floats));
}

/* Floats that aren't negative order as their bits do. */
static inline floats larger(floats a, floats b)
{
    const ints more = (ints)a > (ints)b;
    return (floats)(((ints)a & more) | ((ints)b & ~more));
}

static inline float total(floats lanes)
{
    float sum = 0;
    for (int l = 0; l < LANES; l++) {
        sum += lanes[l];
    }
    return sum;
}

/* The last, short vector of a row. */
static inline floats load_some(const float *from, int n)
{
    float some[LANES] = {0};
    memcpy(some, from, (size_t)n * sizeof *some);
    return load(some);
}

float NAMED(heed_row_entropy)(const float *row, int n)
{
    floats entropy = {0};
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
        entropy -= weigh(load(row + j));
    }
    return total(entropy - weigh(load_some(row + j, n - j)));
}

struct lanes {
    floats distance, largest;
};

static inline void add_block(struct lanes *lanes, floats w, floats offset)
{
    const ints sign = (ints){0} + INT32_MAX;
    lanes->distance += w * (floats)((ints)offset & sign);
    lanes->largest = larger(w, lanes->largest);
}

static struct heed_row_sums fold(const struct lanes *lanes)
{
    struct heed_row_sums sums = {0};
    for (int l = 0; l < LANES; l++) {
        sums.distance += lanes->distance[l];
        sums.largest = fmaxf(sums.largest, lanes->largest[l]);
    }
    return sums;
}

struct heed_row_sums NAMED(heed_row_sums)(const float *row, int n, int index, float *columns)
{
    struct lanes lanes = {{0}, {0}};
    floats offset = STEPS;
    offset -= (float)index;
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
        const floats w = load(row + j);
        store(columns + j, load(columns + j) + w);
        add_block(&lanes, w, offset);
        offset += (float)LANES;
    }
    add_block(&lanes, load_some(row + j, n - j), offset);
    for (; j < n; j++) {
        columns[j] += row[j];
    }
    return fold(&lanes);
}

/* The largest of so many columns as two vectors hold, which are two lines of a
 * cache, or one. */
static inline void find_two(float *columns, const float *rows, size_t stride, int n_rows)
{
    floats left = load(rows);
    floats right = load(rows + LANES);
    for (int i = 1; i < n_rows; i++) {
        rows += stride;
        left = larger(load(rows), left);
        right = larger(load(rows + LANES), right);
    }
    store(columns, left);
    store(columns + LANES, right);
}

void NAMED(heed_row_maxima)(float *columns, const float *rows, size_t stride, int n_rows, int n)
{
    int j = 0;
    for (; j + 2 * LANES <= n; j += 2 * LANES) {
        find_two(columns + j, rows + j, stride, n_rows);
    }
    for (; j < n; j++) {
        columns[j] = rows[j];
        for (int i = 1; i < n_rows; i++) {
            columns[j] = fmaxf(columns[j], rows[(size_t)i * stride + (size_t)j]);
        }
    }
}

/* True if any lane of a comparison's result holds. */
static inline bool any(ints holds)
{
    uint64_t pairs[LANES / 2];
    uint64_t all = 0;
    memcpy(pairs, &holds, sizeof pairs);
    for (int i = 0; i < LANES / 2; i++) {
        all |= pairs[i];
    }
    return all != 0;
}

/* (1 + t) log2(1 + t) + (1 - t) log2(1 - t) for t in 0..1. The terms cancel
 * where t is small: up to 0.8 there is t^2 p(t^2), p a polynomial (relative
 * error 1.8e-7). Few lanes need the logarithms beyond: that p and q differ
 * ninefold. */
static inline floats spread(floats t)
{
    const floats x = t * t;
    const floats x2 = x * x;
    const floats p01 = x * 0.240475028F + 1.44269491F;
    const floats p23 = x * 0.061465781F + 0.0953497789F;
    const floats p45 = x * 0.191252759F + -0.0248269447F;
    const floats p67 = x * 0.179629441F + -0.242276726F;
    const floats small = ((p67 * x2 + p45) * (x2 * x2) + (p23 * x2 + p01)) * x;
    const ints is_large = t > 0.8F;
    if (!any(is_large)) {
        return small;
    }
    const floats large = weigh(1.0F + t) + weigh(1.0F - t);
    return (floats)(((ints)large & is_large) | ((ints)small & ~is_large));
}

/* With m the mean of both and p = m (1 + t), q = m (1 - t), or the other way
 * round: p log2(p / m) + q log2(q / m) = m spread(t). */
static inline floats divergence(floats p, floats q)
{
    const ints sign = (ints){0} + INT32_MAX;
    const floats sum = p + q;
    const floats distance = (floats)((ints)(p - q) & sign);
    return sum * spread(distance / larger(sum, (floats){0} + 1e-30F));
}

float NAMED(heed_row_divergence)(const float *p, const float *q, int n)
{
    floats sums = {0};
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
        sums += divergence(load(p + j), load(q + j));
    }
    sums += divergence(load_some(p + j, n - j), load_some(q + j, n - j));
    return 0.25F * total(sums);
}

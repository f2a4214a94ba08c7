/*
 * One pass over a row of weights, by the compilers' own vector types, so that
 * every machine gets its registers without intrinsics. A file that includes
 * this has defined LANES (4 or 8). Not a header for anyone else.
 */
#include <math.h>
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

/* w log2 w for w in 0..1, 0 at 0. w = 2^e m with m in [sqrt(1/2), sqrt(2)),
 * and log m = 2 artanh((m - 1) / (m + 1)) by its series to the 7th power,
 * whose next term is below 3e-8. */
static inline floats weigh(floats w)
{
    const float scale = 2.885390082F; /* 2 / log 2 */
    const ints bits = (ints)w;
    const ints exponent = (bits - 0x3F3504F3) >> 23;
    const floats m = (floats)(bits - (exponent << 23));
    const floats s = (m - 1.0F) / (m + 1.0F);
    const floats q = s * s;
    const floats series = 1.0F + q * (1.0F / 3 + q * (1.0F / 5 + q * (1.0F / 7)));
    return w * (__builtin_convertvector(exponent, floats) + scale * s * series);
}

struct lanes {
    floats entropy, distance, largest;
};

static inline void add_block(struct lanes *lanes, floats w, floats offset)
{
    const ints sign = (ints){0} + INT32_MAX;
    lanes->entropy -= weigh(w);
    lanes->distance += w * (floats)((ints)offset & sign);
    const ints more = w > lanes->largest;
    lanes->largest = (floats)(((ints)w & more) | ((ints)lanes->largest & ~more));
}

static struct heed_row_sums fold(const struct lanes *lanes)
{
    struct heed_row_sums sums = {0};
    for (int l = 0; l < LANES; l++) {
        sums.entropy += lanes->entropy[l];
        sums.distance += lanes->distance[l];
        sums.largest = fmaxf(sums.largest, lanes->largest[l]);
    }
    return sums;
}

static struct heed_row_sums sum_row(const float *row, int n, int index,
                                    float *columns)
{
    struct lanes lanes = {{0}, {0}, {0}};
    floats offset = STEPS;
    offset -= (float)index;
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
        const floats w = load(row + j);
        store(columns + j, load(columns + j) + w);
        add_block(&lanes, w, offset);
        offset += (float)LANES;
    }
    float rest[LANES] = {0};
    for (int l = 0; j + l < n; l++) {
        rest[l] = row[j + l];
        columns[j + l] += row[j + l];
    }
    add_block(&lanes, load(rest), offset);
    return fold(&lanes);
}

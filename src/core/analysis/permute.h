/*
 * p by random signs (Fisher 1935; the maximum over columns: Westfall & Young 1993),
 * and a generator that always starts the same. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_PERMUTE_H
#define HEED_CORE_ANALYSIS_PERMUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/analysis/probe.h"

enum { HEED_PERMUTE_DRAWS = 10000 };

/* SplitMix64 (Steele, Lea & Flood 2014). */
static inline uint64_t heed_random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

/* values[n, m]: of each column m sums whose signs mean nothing if there is no effect.
 * p[m]: (1 + how many of 10,000 draws have a |sum| at least as large) / 10,001, two-sided;
 * p_max[m] likewise of the largest |sum| of all columns. The draws don't depend on the
 * values: of eight rows 8 g .. 8 g + 7 one byte a draw, the highest of a step of SplitMix64
 * from the state 1, groups of rows outside, draws inside; a bit that is set turns a sign.
 * A sum is as large if it is so within 1e-9. Errors: memory, cancelled. */
HEED_NODISCARD bool heed_permute(const double *values, int n, int m, double *p, double *p_max,
                                 struct heed_probe_patience patience, struct heed_error *err);

#endif

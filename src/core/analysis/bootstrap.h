/*
 * The intervals of means over clusters of what was counted. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_BOOTSTRAP_H
#define HEED_CORE_ANALYSIS_BOOTSTRAP_H

#include "core/analysis/probe.h"

/* sums[n, m] over each cluster of m numbers, and sizes[n]: how many were counted in it.
 * intervals[m] as heed_probe_summarise says, of sum / size over what a draw holds.
 * Errors: memory, cancelled. */
HEED_NODISCARD bool heed_bootstrap(const double *sums, const int *sizes, int n, int m,
                                   struct heed_probe_interval *intervals,
                                   struct heed_probe_patience patience, struct heed_error *err);

/* Wilson's score interval, 95 %, where the bootstrap has none: a share of 0 or 1, or n
 * below 10. Else *interval stays. */
void heed_wilson_where_needed(struct heed_probe_interval *interval, double share, int n);

#endif

/* Rank correlation. Pure; any thread. */
#ifndef HEED_CORE_ANALYSIS_SPEARMAN_H
#define HEED_CORE_ANALYSIS_SPEARMAN_H

/* Spearman 1904: Pearson's correlation of the ranks, equal values sharing the
 * mean of theirs. NaN if n < 2 or one side is constant. */
double heed_spearman(const double *x, const double *y, int n);

#endif

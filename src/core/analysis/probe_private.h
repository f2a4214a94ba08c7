/* What a probe has counted. Inside core/analysis only. */
#ifndef HEED_CORE_ANALYSIS_PROBE_PRIVATE_H
#define HEED_CORE_ANALYSIS_PROBE_PRIVATE_H

#include <stddef.h>

#include "core/analysis/probe.h"

/* One sentence in one head. */
struct heed_probe_score {
    double score; /* 1, or its part of a tie, or 0 */
    double margin;
};

struct heed_probe {
    int n_layers, n_heads;
    int n;           /* sentences */
    size_t capacity; /* of them */
    int n_pairs;
    struct heed_probe_baselines sums;
    struct heed_probe_score *scores; /* [n, layers * heads] */
    double *mas;                     /* [n] */
    int *pairs;                      /* [n]: the pair's number, growing */
};

static inline const struct heed_probe_score *heed_probe_scores_of(const struct heed_probe *probe,
                                                                  int sentence)
{
    return probe->scores + (size_t)sentence * (size_t)probe->n_layers * (size_t)probe->n_heads;
}

/* By accuracy, then margin, then place: for qsort. */
int heed_probe_compare_heads(const void *left, const void *right);

#endif

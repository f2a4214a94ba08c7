/* What a probe has counted. Inside core/analysis only. */
#ifndef HEED_CORE_ANALYSIS_PROBE_PRIVATE_H
#define HEED_CORE_ANALYSIS_PROBE_PRIVATE_H

#include <stddef.h>

#include "core/analysis/probe.h"

/* One sentence in one column. */
struct heed_probe_score {
    double score; /* 1, or its part of a tie, or 0 */
    double margin;
};

/* One sentence, whatever the column. */
struct heed_probe_row {
    double mas;
    struct heed_probe_baselines baselines; /* but the offset's */
    int pair;
    int n, answer;  /* candidates */
    size_t weights; /* where they begin in weights: [columns, n] */
    size_t places;  /* and in places: [n] */
};

struct heed_probe {
    struct heed_probe_shape shape;
    int n_columns;
    int n; /* sentences */
    int n_pairs;
    struct heed_probe_score *scores; /* [n, columns] */
    struct heed_probe_row *rows;     /* [n] */
    float *weights;
    int *places;
    size_t scores_capacity, rows_capacity, weights_capacity, places_capacity;
    size_t n_weights, n_places;
};

static inline const struct heed_probe_score *heed_probe_scores_of(const struct heed_probe *probe,
                                                                  int sentence)
{
    return probe->scores + (size_t)sentence * (size_t)probe->n_columns;
}

/* By accuracy, then margin, then place: for qsort. */
int heed_probe_compare_heads(const void *left, const void *right);
/* The head of a column, without numbers. */
struct heed_probed_head heed_probe_column_head(const struct heed_probe *probe, int column);
int heed_probe_column_of(const struct heed_probe *probe, const struct heed_probed_head *head);

#endif

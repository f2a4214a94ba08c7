/*
 * Pronoun probes: how often a head looks from a pronoun to the right one of
 * some candidates, over many sentences. Pure; one thread at a time.
 */
#ifndef HEED_CORE_ANALYSIS_PROBE_H
#define HEED_CORE_ANALYSIS_PROBE_H

#include <stdbool.h>

#include "base/error.h"
#include "core/analysis/rank.h"

enum { HEED_PROBE_MAX_CANDIDATES = 32 };

/* One sentence: words as tokens of the whole sequence. */
struct heed_probe_item {
    struct heed_token_range pronoun;
    struct heed_token_range candidates[HEED_PROBE_MAX_CANDIDATES];
    int n_candidates; /* at least 2 */
    int answer;       /* index of the right one */
    /* It is the second sentence of a minimal pair whose first was counted
     * before it: the two are drawn and halved together. */
    bool ends_pair;
};

struct heed_probed_head {
    int layer, head;
    double accuracy; /* share of the sentences whose answer has the largest
                        weight; k that are equally large count 1/k */
    double margin;   /* mean of the answer's weight - the best other's */
};

struct heed_probe_baselines {
    double nearest; /* always the candidate nearest to the pronoun, in tokens
                       between them; equally near ones share */
    double first;   /* always the one that comes first in the text */
    double uniform; /* a guess among the candidates */
};

/* What a sentence or a head would give again: see heed_probe_summarise. */
struct heed_probe_interval {
    double low, high;
};

/* The best head of one half, and how it does on the other one. */
struct heed_probe_half {
    int n;           /* sentences it was chosen on */
    int layer, head; /* by accuracy, then margin, then place */
    double accuracy; /* there: too good, as it was chosen for it */
    int n_other;     /* 0: there is no other half */
    double on_other; /* accuracy on the other half: an honest one */
};

struct heed_probe_summary {
    int n_pairs; /* minimal pairs and sentences without a partner */
    /* Klein & Nabi 2019, eq. 1 and 2: over all heads, a candidate's weights
     * where no other candidate's is larger, as a share of those of all
     * candidates; the largest share answers. */
    double mas;
    struct heed_probe_interval mas_interval;
    struct heed_probe_half halves[2];
};

struct heed_probe_head_intervals {
    struct heed_probe_interval accuracy, margin;
};

struct heed_probe;

HEED_NODISCARD bool heed_probe_create(struct heed_probe **probe, int n_layers, int n_heads,
                                      struct heed_error *err);
void heed_probe_destroy(struct heed_probe *probe);

/* Counts a sentence. Links that the filter of the maps doesn't let be drawn
 * weigh 0. Fails, counting nothing, if the filter hides one of the words, or
 * without memory. */
HEED_NODISCARD bool heed_probe_add(struct heed_probe *probe, const struct heed_maps *maps,
                                   const struct heed_probe_item *item, struct heed_error *err);

int heed_probe_get_count(const struct heed_probe *probe);
/* One sentence (as they were counted, from 0) in one head: 1 if it is right, k
 * tied 1/k, 0 if it is wrong; its margin. */
double heed_probe_get_score(const struct heed_probe *probe, int sentence, int layer, int head,
                            double *margin);
/* heads[n_layers * n_heads], by accuracy, then margin, largest first; then by
 * place. At least one sentence must have been counted. */
void heed_probe_get_heads(const struct heed_probe *probe, struct heed_probed_head *heads);
struct heed_probe_baselines heed_probe_get_baselines(const struct heed_probe *probe);

/* The summary, and intervals[n_layers * n_heads] of the heads in the order of
 * heads (as heed_probe_get_heads gives them); intervals may be NULL. 95 %
 * percentile bootstrap (Efron & Tibshirani 1993, chapter 13): 2000 times as
 * many minimal pairs as there are, drawn with replacement by a generator that
 * always starts the same; from the 51st smallest to the 51st largest. The
 * halves are the pairs of even and of odd number. At least one sentence must
 * have been counted; only memory can fail. */
HEED_NODISCARD bool heed_probe_summarise(const struct heed_probe *probe,
                                         const struct heed_probed_head *heads,
                                         struct heed_probe_summary *summary,
                                         struct heed_probe_head_intervals *intervals,
                                         struct heed_error *err);

#endif

/*
 * Pronoun probes: how often a head looks from a pronoun to the right one of
 * some candidates, over many sentences. Pure; one thread at a time.
 *
 * A column is a head in one direction: the pronoun's row (its weight on each
 * candidate), or the candidates' rows (each one's weight on the pronoun). With
 * rollout, which is the same in all heads of a layer, it is a layer.
 */
#ifndef HEED_CORE_ANALYSIS_PROBE_H
#define HEED_CORE_ANALYSIS_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/analysis/rank.h"

enum heed_probe_direction { HEED_PROBE_PRONOUN, HEED_PROBE_CANDIDATE, HEED_PROBE_BOTH };

/* What the columns are; HEED_PROBE_BOTH has those of the pronoun, then the others. */
struct heed_probe_shape {
    int n_layers, n_heads; /* n_heads 1: layers */
    enum heed_probe_direction direction;
};

/* One sentence: words as tokens of the whole sequence. */
struct heed_probe_item {
    struct heed_token_range pronoun;
    const struct heed_token_range *candidates; /* [n_candidates], borrowed */
    int n_candidates;                          /* at least 2 */
    int answer;                                /* index of the right one */
    int pair;    /* its pair's number, from 0 without a gap: those of one pair are drawn
                    and halved together */
    int *places; /* [n_candidates]: words from the pronoun to the candidate's beginning;
                    borrowed */
};

struct heed_probed_head {
    int layer, head;
    enum heed_probe_direction direction; /* one of the first two */
    double accuracy;                     /* share of the sentences whose answer has the largest
                                            weight; k that are equally large count 1/k */
    double margin;                       /* mean of the answer's weight - the best other's */
    /* Two-sided, by the signs of the pairs' sums (heed_permute): of the accuracy over
     * that of a guess, and of the margin; alone, and against the largest of all columns. */
    double p, p_max, margin_p, margin_p_max;
};

struct heed_probe_baselines {
    double nearest; /* always the candidate nearest to the pronoun, in tokens
                       between them; equally near ones share */
    double first;   /* always the one that comes first in the text */
    double uniform; /* a guess among the candidates */
    double offset;  /* always the candidate nearest to the place that lies `places` words
                       from the pronoun: the best such number */
    int places;
};

/* Which half a pair is of, 0 or 1: by the bits of its number (the sequence of Thue and
 * Morse), so that what alternates in a file is in both halves alike. */
static inline int heed_probe_half_of(int pair)
{
    unsigned bits = (unsigned)pair;
    for (int by = 16; by > 0; by /= 2) {
        bits ^= bits >> by;
    }
    return (int)(bits & 1);
}

/* What a sentence or a head would give again: see heed_probe_summarise. */
struct heed_probe_interval {
    double low, high;
};

/* The best head of one half, and how it does on the other one. */
struct heed_probe_half {
    int n;           /* sentences it was chosen on */
    int layer, head; /* by accuracy, then margin, then place */
    enum heed_probe_direction direction;
    double accuracy; /* there: too good, as it was chosen for it */
    int n_other;     /* 0: there is no other half */
    double on_other; /* accuracy on the other half: an honest one */
};

struct heed_probe_summary {
    int n_pairs; /* pairs and sentences without a partner */
    /* Klein & Nabi 2019, eq. 1 and 2: over all columns, a candidate's weights
     * where no other candidate's is larger, as a share of those of all
     * candidates; the largest share answers. */
    double mas;
    struct heed_probe_interval mas_interval;
    struct heed_probe_half halves[2];
};

struct heed_probe_head_intervals {
    struct heed_probe_interval accuracy, margin;
};

/* A head's difference between two groups, over the pairs that have both. */
struct heed_probe_contrast {
    int layer, head;
    enum heed_probe_direction direction;
    double accuracy, margin; /* mean over the pairs of: mean in a - mean in b */
    struct heed_probe_interval interval, margin_interval;
    double p, p_max; /* of the accuracy's, by signs of the pairs */
};

struct heed_probe;

/* May be asked from time to time; true: give up with HEED_ERROR_CANCELLED. */
struct heed_probe_patience {
    bool (*cancelled)(void *context); /* NULL: never */
    void *context;
};

HEED_NODISCARD bool heed_probe_create(struct heed_probe **probe, struct heed_probe_shape shape,
                                      struct heed_error *err);
void heed_probe_destroy(struct heed_probe *probe);

/* Counts a sentence. Every link counts, whatever a filter would draw. Fails, counting
 * nothing, if the maps' filter hides one of the words, or without memory. */
HEED_NODISCARD bool heed_probe_add(struct heed_probe *probe, const struct heed_maps *maps,
                                   const struct heed_probe_item *item, struct heed_error *err);
/* A probe of the sentences that keep[] is true of, as if they had been counted alone. */
HEED_NODISCARD bool heed_probe_select(struct heed_probe **part, const struct heed_probe *probe,
                                      const bool *keep, struct heed_error *err);

int heed_probe_get_count(const struct heed_probe *probe);
struct heed_probe_shape heed_probe_get_shape(const struct heed_probe *probe);
int heed_probe_count_columns(const struct heed_probe *probe);
/* Where a head's column is; -1: it isn't one. */
int heed_probe_find_column(const struct heed_probe *probe, int layer, int head,
                           enum heed_probe_direction direction);
/* One sentence (as they were counted, from 0) in one column: 1 if it is right, k
 * tied 1/k, 0 if it is wrong; its margin. */
double heed_probe_get_score(const struct heed_probe *probe, int sentence, int column,
                            double *margin);
/* Its candidates' weights in that column. */
const float *heed_probe_get_weights(const struct heed_probe *probe, int sentence, int column);

/* heads[columns], by accuracy, then margin, largest first; then by place. At least one
 * sentence must have been counted. Their p are 0 until heed_probe_test. */
void heed_probe_get_heads(const struct heed_probe *probe, struct heed_probed_head *heads);
struct heed_probe_baselines heed_probe_get_baselines(const struct heed_probe *probe);

/* The summary, and intervals[columns] of the heads in the order of heads (as
 * heed_probe_get_heads gives them); intervals may be NULL. 95 % percentile bootstrap
 * (Efron & Tibshirani 1993, chapter 13): 2000 times as many pairs as there are, drawn
 * with replacement by a generator that always starts the same; from the 51st smallest to
 * the 51st largest. An accuracy of 0 or 1, or of less than 10 pairs, has Wilson's
 * interval (Wilson 1927), as the bootstrap has none there. The halves are those
 * of heed_probe_half_of. At least one sentence must have been counted. */
HEED_NODISCARD bool heed_probe_summarise(const struct heed_probe *probe,
                                         const struct heed_probed_head *heads,
                                         struct heed_probe_summary *summary,
                                         struct heed_probe_head_intervals *intervals,
                                         struct heed_probe_patience patience,
                                         struct heed_error *err);
/* Fills the p of heads. */
HEED_NODISCARD bool heed_probe_test(const struct heed_probe *probe, struct heed_probed_head *heads,
                                    struct heed_probe_patience patience, struct heed_error *err);

/* Fills contrasts[columns], the largest |accuracy| first. in_a, in_b: of each sentence.
 * *n_pairs have both; 0 is an error. */
HEED_NODISCARD bool heed_probe_contrast(const struct heed_probe *probe, const bool *in_a,
                                        const bool *in_b, struct heed_probe_contrast *contrasts,
                                        int *n_pairs, struct heed_probe_patience patience,
                                        struct heed_error *err);

#endif

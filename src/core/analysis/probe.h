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

struct heed_probe;

bool heed_probe_create(struct heed_probe **probe, int n_layers, int n_heads,
                       struct heed_error *err);
void heed_probe_destroy(struct heed_probe *probe);

/* Counts a sentence. Links that the filter of the maps doesn't let be drawn
 * weigh 0. Fails, counting nothing, if the filter hides one of the words. */
bool heed_probe_add(struct heed_probe *probe, const struct heed_maps *maps,
                    const struct heed_probe_item *item, struct heed_error *err);

int heed_probe_get_count(const struct heed_probe *probe);
/* heads[n_layers * n_heads], by accuracy, then margin, largest first; then by
 * place. At least one sentence must have been counted. */
void heed_probe_get_heads(const struct heed_probe *probe,
                          struct heed_probed_head *heads);
struct heed_probe_baselines heed_probe_get_baselines(const struct heed_probe *probe);

#endif

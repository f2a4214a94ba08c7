/*
 * Candidate words held against each other: how much more of a query's weight
 * the right one gets than the best of the others. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_MARGIN_H
#define HEED_CORE_ANALYSIS_MARGIN_H

#include "core/analysis/rank.h"

enum { HEED_MARGIN_MOST_KEYS = 33 };

/* A query and the words that it could mean. */
struct heed_margin_request {
    const struct heed_maps *maps;
    struct heed_unit_range query;
    struct heed_unit_range keys[HEED_MARGIN_MOST_KEYS];
    int n;      /* at least 1; one alone has nothing to be held against */
    int answer; /* index of the right one */
};

struct heed_margin_head {
    int layer, head;
    float weight; /* of the answer */
    float other;  /* the largest of the others; 0 without any */
    int best;     /* its index; -1 without any */
    float margin; /* weight - other */
    float row;    /* what the query gives to all units of the maps: the whole
                     that the weight is a share of */
};

struct heed_margin_layer {
    int best_head;
    float best, mean, least; /* margins of the layer's heads */
};

enum heed_margin_order { HEED_MARGIN_BY_PLACE, HEED_MARGIN_BY_WEIGHT, HEED_MARGIN_BY_MARGIN };

/* The answer's weight minus the largest of the others (0 without any). */
double heed_margin_of(const double *weights, int n, int answer);

/* weights[n]: the candidates' in one head, wordpieces merged. */
void heed_margin_weigh(double *weights, const struct heed_margin_request *request, int layer,
                       int head);

/* Fills heads[n_layers * n_heads], largest first, ties by place. */
void heed_margin_heads(struct heed_margin_head *heads, const struct heed_margin_request *request,
                       enum heed_margin_order order);

/* Fills layers[n_layers] from heads in order of place. */
void heed_margin_layers(struct heed_margin_layer *layers, const struct heed_margin_head *heads,
                        int n_layers, int n_heads);

#endif

/*
 * What a person asks to leave out, merge or average. Plain data: part of the
 * state, the session file and the command line, under the same names.
 */
#ifndef HEED_CORE_ANALYSIS_FILTER_H
#define HEED_CORE_ANALYSIS_FILTER_H

#include <stdbool.h>

enum heed_measure {
    HEED_MEASURE_WEIGHT,
    HEED_MEASURE_VALUE_NORM, /* Kobayashi et al. 2020: weight x |f(v)|, as a
                                share of its row */
    HEED_MEASURE_ROLLOUT     /* Abnar & Zuidema 2020 */
};

enum heed_aggregate { HEED_AGGREGATE_NONE, HEED_AGGREGATE_MEAN, HEED_AGGREGATE_MAX };

enum heed_segments {
    HEED_SEGMENTS_ALL,
    HEED_SEGMENTS_AA, /* first letter: the query's text, second: the key's */
    HEED_SEGMENTS_AB,
    HEED_SEGMENTS_BA,
    HEED_SEGMENTS_BB
};

/* What the command line and a session call them, in their order; then NULL. */
extern const char *const heed_measure_words[];
extern const char *const heed_aggregate_words[];
extern const char *const heed_segments_words[];

struct heed_filter {
    bool hide_special;
    bool hide_punctuation;
    bool renormalise; /* rows of what is left divided by (1 - hidden mass) */
    bool words;       /* wordpieces merged: columns summed, rows averaged */
    enum heed_measure measure;
    enum heed_aggregate aggregate;
    enum heed_segments segments;
    float threshold; /* links below it aren't drawn */
    float top_p;     /* the largest links that hold this share of the row's
                        visible weight; 1: all */
    int top_k;       /* the k largest links of a row; 0: all */
};

/* threshold 0.01, top_p 1, all else zero. */
struct heed_filter heed_filter_default(void);

/* True if both give the same maps: threshold, top_p, top_k and segments
 * only choose links, they change no map. */
bool heed_filter_same_maps(const struct heed_filter *a, const struct heed_filter *b);

#endif

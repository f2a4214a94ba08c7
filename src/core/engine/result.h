/*
 * What is asked for and what comes back: a text with a filter in, its tokens,
 * run and maps out. Plain data; results are immutable, reference-counted and
 * may be shared between threads.
 */
#ifndef HEED_CORE_ENGINE_RESULT_H
#define HEED_CORE_ENGINE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/analysis/align.h"
#include "core/analysis/difference.h"
#include "core/analysis/maps.h"
#include "core/bert/run.h"
#include "core/text/tokenizer.h"

/* Everything in it is borrowed; who keeps a job copies it. */
struct heed_job {
    uint64_t generation; /* chosen by the caller, growing */
    const char *text;
    size_t text_length;
    const char *pair; /* NULL without */
    size_t pair_length;
    /* A text to hold against the first, with the same pair; NULL without. */
    const char *compare;
    size_t compare_length;
    const struct heed_head_id *muted; /* heads whose output is zero */
    int n_muted; /* those that the model doesn't have are left out */
    struct heed_filter filter;
    const struct heed_head_id *heads; /* for the aggregate */
    int n_heads;
};

struct heed_result;

/* A text (B) held against a result's own (A). */
struct heed_comparison {
    const struct heed_result *result; /* of B, made as A's; held */
    struct heed_alignment tokens, units;
    struct heed_head_distance *distances; /* [layers * heads], by place */
    float *cosines; /* [layers + 1, units.n]: of the hidden states, by place */
    double sentence_cosine;
};

/* When ok is false only generation and error hold, and the window keeps its
 * last good picture. */
struct heed_result {
    uint64_t generation;
    bool ok;
    struct heed_error error;
    const struct heed_encoding *encoding;
    const struct heed_run *run;
    const struct heed_maps *maps;
    const struct heed_comparison *compare; /* NULL if none was asked for */
    /* With heads muted: the untouched run of the same tokens, the factors on
     * the heads ([layers * heads]), and the cosine of the two runs' sentence
     * embeddings. Else NULL, NULL and 1. */
    const struct heed_run *plain;
    const float *head_scale;
    double plain_cosine;
    double total_ms; /* from taking the job to having the result */
};

const struct heed_result *heed_result_retain(const struct heed_result *result);
/* NULL is harmless. */
void heed_result_release(const struct heed_result *result);

#endif

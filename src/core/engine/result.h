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
#include "core/analysis/interventions.h"
#include "core/analysis/link_measures.h"
#include "core/analysis/maps.h"
#include "core/attention/attention_file.h"
#include "core/bert/run.h"
#include "core/engine/kit.h"
#include "core/engine/picture.h"
#include "core/engine/predictions.h"
#include "core/text/tokenizer.h"

struct heed_result;

/* Everything in it is borrowed; who keeps a job copies it. */
struct heed_job {
    uint64_t generation; /* chosen by the caller, growing */
    const char *text;
    size_t text_length;
    const char *pair; /* NULL without */
    size_t pair_length;
    /* A text to hold against the first, with the same pair; of a file, or of a pipeline
     * that is of one, the path of another. NULL without. */
    const char *compare;
    size_t compare_length;
    const char *model; /* the folder of the model; NULL: the one that the worker began with */
    const char *compare_model; /* of the second text; NULL: the same. Kept open for as long as
                                  jobs have it, whether they compare or not */
    /* An attention file in the place of those texts and of the model, and which
     * part of it (HEED_PART_SELF: its first); NULL without. */
    const char *file;
    enum heed_part_kind part;
    const struct heed_head_id *muted; /* heads whose output is zero */
    int n_muted;                      /* those that the model doesn't have are left out */
    const struct heed_scaled_head *scaled;
    int n_scaled; /* likewise */
    /* Links of the first text, held in B where both tokens are aligned. They
     * are of the tokens of cuts_of and follow them into the job's text, or of
     * that itself (NULL); those that it doesn't have are left out. */
    const struct heed_cut_link *cuts;
    int n_cuts;
    const struct heed_result *cuts_of;
    struct heed_variant variant; /* of both texts; a cross mask without a pair
                                    masks nothing */
    /* What comes after a picture: what the model's output heads say of the first text, and its
     * links' measures. */
    bool predicts, measures_links;
    struct heed_filter filter;
    const struct heed_head_id *heads; /* for the aggregate */
    int n_heads;
};

/* What a result of an attention file has none of, a bit each. */
enum heed_absence {
    HEED_LACKS_MODEL = 1,
    HEED_LACKS_QUERIES = 2,  /* with keys and values */
    HEED_LACKS_PRODUCTS = 4, /* it has them, but they don't make its weights */
    HEED_LACKS_VALUE_NORMS = 8,
    HEED_LACKS_WORDS = 16,     /* which tokens are a word */
    HEED_LACKS_SPECIAL = 32,   /* which tokens are [CLS] and the like: none is marked */
    HEED_LACKS_ONE_AXIS = 64,  /* its keys aren't its queries */
    HEED_LACKS_STATES = 128,   /* hidden states */
    HEED_LACKS_SMALLNESS = 256 /* it is read where it is looked at */
};
enum { HEED_N_ABSENCES = 9 };

/* A text or file (B) held against a result's own (A). */
struct heed_comparison {
    const struct heed_result *result; /* of B, made as A's; held */
    struct heed_alignment tokens, units;
    struct heed_word_alignment words;     /* of two vocabularies; else all zero */
    struct heed_head_distance *distances; /* [layers * heads] of A, by place; NAN: B hasn't it */
    bool by_words;                        /* those are of whole words: pieces are cut otherwise */
    float *cosines; /* [layers + 1, units.n]: of the hidden states, by place; NULL, and the
                       next NaN: one of two files has none, or two models are of other widths,
                       depths or ways to pool */
    /* Of the texts' vectors, pooled as the model's kit says: of the runs, and of the
     * untouched ones. */
    double sentence_cosine, untouched_cosine;
};

/* When ok is false only generation, error and the two that follow hold, and the window keeps its
 * last good picture. */
struct heed_result {
    uint64_t generation;
    bool ok;
    struct heed_error error;
    bool has_no_model;          /* not ok: the job's model couldn't be opened ... */
    bool has_no_second;         /* ... or that of its second text */
    const char *model;          /* the job's */
    const struct heed_kit *kit; /* what it was made with, held; NULL of an attention file */
    const struct heed_encoding *encoding;
    const struct heed_run *run;
    const struct heed_maps *maps;
    const struct heed_comparison *compare; /* NULL if none was asked for */
    /* With something off: the untouched run of the same tokens, and the cosine
     * of the two runs' sentence embeddings, pooled likewise. Else NULL and 1. */
    const struct heed_run *plain;
    double plain_cosine;
    const float *head_scale; /* [layers * heads] factors; NULL: all 1 */
    /* What of the job's cuts is in the text (none for a B), and all that is
     * cut, a wordpiece each. */
    const struct heed_cut_link *cut_links;
    int n_cut_links;
    const struct heed_cut *cuts;
    int n_cuts;
    struct heed_variant variant; /* the job's; its mask is full if that forbids
                                    nothing here */
    const uint8_t *allowed;      /* [n, n] bytes of that mask; NULL: everywhere */
    /* Of each [MASK], from the untouched run to run; none without a head for it. Of the text's
     * classes one, or one of each token's; none likewise. */
    bool has_predicted; /* else neither was made: the job didn't ask */
    const struct heed_mask_change *masks;
    int n_masks;
    const struct heed_class_changes *classes;
    int n_classes;
    const struct heed_link_measures *links; /* of the untouched run; NULL: no job asked, or there
                                               is no model. Held */
    bool is_later;  /* the run was there: it is of a job that asked for what comes after */
    unsigned lacks; /* a set of enum heed_absence; 0 of a model's run */
    /* Of an attention file what it says its model is, or its name; else NULL. */
    const char *origin;
    /* Of an attention file its path, as the job has it, else NULL; which of its
     * parts this is; all that it has, a bit for each kind; the sums of its rows. */
    const char *file;
    enum heed_part_kind part;
    unsigned parts;
    struct heed_row_findings rows;
    const struct heed_picture *picture; /* whose patches are tokens; NULL: there is none. Lives
                                           as long as the run */
    double total_ms;                    /* from taking the job to having the result */
};

/* The run as if nothing were off. */
static inline const struct heed_run *heed_result_untouched(const struct heed_result *result)
{
    return result->plain ? result->plain : result->run;
}

/* "queries and keys", of one bit of enum heed_absence. */
const char *heed_absence_words(unsigned absence);
/* "not in this file: queries and keys" into err, and false, if the result lacks
 * any of what is needed (a set of enum heed_absence). */
bool heed_result_has(const struct heed_result *result, unsigned needs, struct heed_error *err);

/* True if a job that asks would give this result what the model's output heads say. */
bool heed_result_lacks_predictions(const struct heed_result *result);

const struct heed_result *heed_result_retain(const struct heed_result *result);
/* NULL is harmless. */
void heed_result_release(const struct heed_result *result);

#endif

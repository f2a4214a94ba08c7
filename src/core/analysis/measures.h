/*
 * Numbers that sum up one head on one text. All from the plain weights of the
 * whole sequence, so that no filter changes them. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_MEASURES_H
#define HEED_CORE_ANALYSIS_MEASURES_H

#include "base/arena.h"
#include "base/error.h"
#include "core/text/tokenizer.h"

struct heed_head_measures {
    float entropy;    /* mean over rows of H(row) / log n; 0 at n = 1 */
    float distance;   /* mean over rows of sum_j w_ij |i - j|, in tokens */
    float confidence; /* mean over rows of max_j w_ij (Voita et al. 2019
                         leave [SEP] out; here all rows count) */
    /* Mean share of a row that goes to: */
    float to_self;
    float to_previous;    /* the first row has none: it counts as to itself */
    float to_next;        /* the last row likewise */
    float to_cls;         /* the first template token */
    float to_sep;         /* the other template tokens */
    float to_punctuation; /* keys that are punctuation signs */
    float to_same_word;   /* other tokens with the same id, or pieces of the
                             same word (core/text/words.h); self and the
                             template's tokens not counted */
};

enum heed_head_label {
    HEED_LABEL_NONE,
    HEED_LABEL_PREVIOUS,
    HEED_LABEL_NEXT,
    HEED_LABEL_SELF,
    HEED_LABEL_CLS,
    HEED_LABEL_SEP,
    HEED_LABEL_PUNCTUATION,
    HEED_LABEL_SAME_WORD,
    HEED_LABEL_BROAD
};

/* What the heads of a text share: which tokens count as the same word. */
struct heed_measure_plan;

/* In the arena; borrows the encoding. NULL: no memory left. */
HEED_NODISCARD const struct heed_measure_plan *
heed_measure_plan_create(struct heed_arena *arena, const struct heed_encoding *encoding,
                         struct heed_error *err);

/* One head's measures on the way: begin, then its rows from the first to the
 * last, block by block, then end. columns: [n_tokens], whatever they hold. */
struct heed_measuring {
    struct heed_head_measures sums;
    float *columns; /* sums of the columns */
};

void heed_measure_begin(struct heed_measuring *measuring, const struct heed_measure_plan *plan,
                        float *columns);
/* Rows [first, first + count) of map[n_tokens, n_tokens]. entropies: [n_tokens]
 * of its rows, in bits; NULL: they are made. */
void heed_measure_add_rows(struct heed_measuring *measuring, const struct heed_measure_plan *plan,
                           const float *map, const float *entropies, int first, int count);
struct heed_head_measures heed_measure_end(struct heed_measuring *measuring,
                                           const struct heed_measure_plan *plan);

/* The rule: the largest share if it is at least 0.40 (of equal ones the first
 * in the order of the enum), else "broad" if entropy / log n is at least 0.80,
 * else none. Also gives the deciding number (value may be NULL). */
enum heed_head_label heed_head_label(const struct heed_head_measures *measures, float *value);
/* "to previous token", "broad", "no label": for people. */
const char *heed_head_label_name(enum heed_head_label label);

#endif

/*
 * What muting each head changes, beside what each head weighs: the table that
 * the command prints, the window shows and both write. Pure; any thread.
 */
#ifndef HEED_CORE_ANALYSIS_ABLATION_TABLE_H
#define HEED_CORE_ANALYSIS_ABLATION_TABLE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "core/analysis/ablate.h"

enum heed_ablation_column {
    HEED_ABLATION_WEIGHT, /* of the link, by the three measures */
    HEED_ABLATION_VALUE_NORM,
    HEED_ABLATION_ROLLOUT,
    HEED_ABLATION_LINK, /* effects, as in struct heed_ablated_head */
    HEED_ABLATION_TOKEN,
    HEED_ABLATION_SENTENCE,
    HEED_N_ABLATION_COLUMNS
};

struct heed_ablation_row {
    struct heed_ablated_head head;
    double values[HEED_N_ABLATION_COLUMNS];
};

struct heed_ablation_table {
    char *from, *to;                /* the words, as people give them; NULL: not asked for */
    struct heed_ablation_row *rows; /* by heed_ablation_get_order */
    int n;
};

/* n rows of zeros, and copies of the words (NULL: not asked for). Errors:
 * memory. */
HEED_NODISCARD bool heed_ablation_table_init(struct heed_ablation_table *table, int n,
                                             const char *from, const char *to,
                                             struct heed_error *err);
void heed_ablation_table_finish(struct heed_ablation_table *table);

/* With a link all, with only a token its effect and the sentence's. */
bool heed_ablation_has(const struct heed_ablation_table *table, enum heed_ablation_column column);
/* The effect that was asked for: of the link, else the token, else the sentence. */
enum heed_ablation_column heed_ablation_get_order(const struct heed_ablation_table *table);
/* Fills the effects' columns from the heads, and orders the rows by the one
 * that was asked for, largest first; ties by place. */
void heed_ablation_table_order(struct heed_ablation_table *table);

/* Spearman's correlation of two columns over the heads; NaN if there is none.
 * False without memory. */
HEED_NODISCARD bool heed_ablation_correlate(const struct heed_ablation_table *table,
                                            enum heed_ablation_column x,
                                            enum heed_ablation_column y, double *rho);

void heed_ablation_put_json(struct heed_buffer *out, const struct heed_ablation_table *table);
/* A line of names, then one a head; empty where there is no value. */
void heed_ablation_put_csv(struct heed_buffer *out, const struct heed_ablation_table *table);

#endif

/*
 * Relations between words: how often a head's largest weight leads from a word to the
 * one that it depends on, or back (Clark et al. 2019, section 4). Pure; one thread at a
 * time.
 *
 * A column is a head in one direction: the dependent's row (its largest word is to be
 * its head), then the head's row (its largest word is to be the dependent). Candidates
 * are all words of the sentence but the row's own; rows of a word's tokens are averaged,
 * columns summed; a token that two words share counts in both; ties count 1/k.
 */
#ifndef HEED_CORE_ANALYSIS_RELATIONS_H
#define HEED_CORE_ANALYSIS_RELATIONS_H

#include "core/analysis/probe.h"

enum heed_relation_direction {
    HEED_RELATION_HEAD,      /* the dependent's row */
    HEED_RELATION_DEPENDENT, /* the head's row */
    HEED_RELATION_BOTH
};

/* One sentence. Arrays are borrowed. */
struct heed_relation_sentence {
    const struct heed_token_range *words; /* [n]; may overlap */
    const int *heads;                     /* [n]: index of a word; -1: none */
    const int *relations;                 /* [n]: number of a relation; -1: isn't asked for */
    int n;
    int number; /* the sentence's: its words are drawn and halved together */
};

/* One word with its head. */
struct heed_relation_item {
    int sentence, relation;
    int dependent, head; /* words */
};

/* What a column gives for an item. */
struct heed_relation_answer {
    float score;  /* 1, 1/k or 0 */
    float weight; /* the largest */
    int word;     /* the first that has it */
};

struct heed_related {
    int relation;
    int n;
    int layer, head; /* the best column: by accuracy, then place */
    enum heed_relation_direction direction;
    double accuracy;
    struct heed_probe_interval interval; /* over sentences, as heed_probe_summarise */
    int offset; /* words from the row's to the right one, the best fixed number of them */
    double offset_accuracy;
    double gain; /* accuracy - offset_accuracy */
    /* Each word by the column that was best in the other half of the sentences; -1: there
     * is no other half. And the two parts of it. */
    double other_half;
    struct heed_probe_half halves[2]; /* margins play no part */
    double second;                    /* accuracy of the second best head */
    int second_layer, second_head;
    double uniform; /* a guess among the words */
    /* Signs of the words' differences to the offset: alone and, of the largest |sum| of
     * all columns, corrected (heed_permute). */
    double p, p_max;
};

struct heed_relations;

HEED_NODISCARD bool heed_relations_create(struct heed_relations **relations,
                                          struct heed_probe_shape shape,
                                          enum heed_relation_direction direction,
                                          struct heed_error *err);
void heed_relations_destroy(struct heed_relations *relations);

/* Counts a sentence once for all its relations. maps are of tokens, not of merged words.
 * Fails, counting nothing, if a word has no token in the maps (cut off, hidden). */
HEED_NODISCARD bool heed_relations_add(struct heed_relations *relations,
                                       const struct heed_maps *maps,
                                       const struct heed_relation_sentence *sentence,
                                       struct heed_error *err);

int heed_relations_count(const struct heed_relations *relations); /* items */
int heed_relations_columns(const struct heed_relations *relations);
int heed_relations_find_column(const struct heed_relations *relations, int layer, int head,
                               enum heed_relation_direction direction);
const struct heed_relation_item *heed_relations_items(const struct heed_relations *relations);
struct heed_relation_answer heed_relations_answer(const struct heed_relations *relations, int item,
                                                  int column);
/* accuracies[columns] of one relation. */
void heed_relations_accuracies(const struct heed_relations *relations, int relation,
                               double *accuracies);

/* What one relation comes to; at least one word must have it. Errors: memory, cancelled. */
HEED_NODISCARD bool heed_relations_relate(const struct heed_relations *relations, int relation,
                                          struct heed_related *related,
                                          struct heed_probe_patience patience,
                                          struct heed_error *err);

#endif

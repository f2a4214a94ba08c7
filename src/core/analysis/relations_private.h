/* What relations have been counted. Inside core/analysis only. */
#ifndef HEED_CORE_ANALYSIS_RELATIONS_PRIVATE_H
#define HEED_CORE_ANALYSIS_RELATIONS_PRIVATE_H

#include <stddef.h>

#include "core/analysis/relations.h"

struct heed_relations {
    int n_layers, n_heads, n_columns;
    enum heed_relation_direction direction;
    int n, n_sentences;
    struct heed_relation_item *items;     /* [n] */
    double *uniform;                      /* [n] */
    struct heed_relation_answer *answers; /* [n, columns] */
    size_t items_capacity, uniform_capacity, answers_capacity;
};

struct heed_relation_column {
    int layer, head;
    enum heed_relation_direction direction;
};

struct heed_relation_column heed_relations_column(const struct heed_relations *relations,
                                                  int column);

#endif

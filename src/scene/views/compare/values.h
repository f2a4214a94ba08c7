/* What Compare's map shows: a difference, one side, or the hidden states. */
#ifndef HEED_SCENE_VIEWS_COMPARE_VALUES_H
#define HEED_SCENE_VIEWS_COMPARE_VALUES_H

#include "scene/views/compare/parts.h"

struct heed_compare_values {
    const struct heed_compare *compare;
    enum heed_compare_map kind;
    struct heed_shown_map head;
    bool all_places;     /* rows and columns are every place, whoever has it: one grid for all
                            three maps; a word that a text lacks has no cells there */
    const int *places;   /* of all columns (but of one side's map) */
    const float *values; /* [rows, columns]; of the states 1 - cosine */
    uint64_t id;         /* the same for the same content */
    int rows, columns;   /* of what is drawn, where keys aren't queries, from these on: */
    int first_row, first_column;
    int all_rows, all_columns; /* of values */
    float low, high;
    const struct heed_palette *palette;
};

/* Fills the rest from compare, kind and, but for the states, head; false: no word is in both. */
bool heed_compare_find_values(struct heed_compare_values *values);
/* Why there are no hidden states to show. */
const char *heed_compare_no_states(const struct heed_compare *compare);
void heed_compare_name(const struct heed_compare_values *values, int index, bool is_row, char *text,
                       size_t size);
/* The drawn rows, or columns, of a pin. */
struct heed_range heed_compare_find_range(const struct heed_compare_values *values,
                                          const struct heed_compared_pin *pin, bool is_row);

#endif

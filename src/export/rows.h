/*
 * Inside export: what a picture shows as rows, read off its display list; as numbers they
 * are written by data.h, as text by describe.h. Any thread.
 */
#ifndef HEED_EXPORT_ROWS_H
#define HEED_EXPORT_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "export/data.h"

/* Which map of several. */
enum heed_data_part {
    HEED_DATA_PART_A,
    HEED_DATA_PART_B,
    HEED_DATA_PART_DIFFERENCE,
    HEED_DATA_PART_LAYERS
};

/* In the order of the file. */
/* A number is a weight that is written out, whether or not its link is drawn. */
enum heed_data_kind { HEED_DATA_LINK, HEED_DATA_NUMBER, HEED_DATA_CELL, HEED_DATA_VALUE };

struct heed_data_row {
    enum heed_data_kind kind;
    enum heed_data_part part;
    const char *name; /* of a value: what it is */
    int order;        /* values stand as they are drawn */
    int place;        /* of its head among the shown */
    struct heed_head_id head;
    int query, key; /* units, or of a difference places that both texts have; of a value
                       its token and its number in the vector, -1: of the token alone */
    float value;
};

struct heed_data_rows {
    const struct heed_data_source *source;
    struct heed_data_row *items;
    size_t n, capacity;
    int n_values;
    bool failed;
};

struct heed_data_name {
    int position; /* of its first token; -1: it is no token */
    char text[192];
};

/* Reads them off source's list: by part, then as the heads are shown, then by query and key; a
 * link that is drawn twice is one. Of a panel none. Errors: memory. To be finished anyway. */
HEED_NODISCARD bool heed_data_collect(struct heed_data_rows *rows,
                                      const struct heed_data_source *source,
                                      struct heed_error *err);
void heed_data_finish(struct heed_data_rows *rows);
/* Its query or its key. */
void heed_data_find_name(const struct heed_data_source *source, const struct heed_data_row *row,
                         bool is_query, struct heed_data_name *name);
/* "A", "changed", of a value what it is; "" where there is one text. */
const char *heed_data_part_name(const struct heed_data_source *source,
                                const struct heed_data_row *row);
/* "L3H1", "mean of 2"; "" of what belongs to no map. */
void heed_data_map_name(const struct heed_data_source *source, const struct heed_data_row *row,
                        char *text, size_t size);

#endif

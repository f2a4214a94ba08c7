/*
 * The attention maps as a person asked to see them: hidden units left out,
 * words merged, rows renormalised, another measure in place of the weight.
 * Made from a run and an encoding; immutable, reference-counted, any thread.
 * With nothing to transform, `weights` is the run's own attention.
 *
 * In this order: the measure takes the weight's place; words are merged;
 * hidden units are left out; rows are renormalised; heads are aggregated.
 * Value norm is w_ij |f(v_j)|, f(v) = (h W_V + b_V) W_O of that head, divided
 * by its row's sum (Kobayashi et al. 2020, eq. 3). Rollout is R_l = A_l R_l-1
 * with A = (mean of the heads + I) / 2 (Abnar & Zuidema 2020, eq. 1): one map
 * a layer, the same for all of its heads, from the input's tokens.
 */
#ifndef HEED_CORE_ANALYSIS_MAPS_H
#define HEED_CORE_ANALYSIS_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/analysis/filter.h"
#include "core/analysis/measures.h"
#include "core/bert/run.h"
#include "core/text/tokenizer.h"

/* A row and column of the maps: a token, or a word when words are merged. */
struct heed_unit {
    int first, count;  /* its tokens, numbered as in the whole sequence */
    const char *label; /* what it shows: its own text; [CLS] and the like; a
                          continuing piece begins with "##" */
    int32_t segment;
    bool special, punctuation, continues, unknown;
};

/* Some units next to each other. */
struct heed_unit_range {
    int first, count;
};

struct heed_map_store;

struct heed_maps {
    uint64_t id;                          /* no two maps of a process have the same; for caches */
    const struct heed_encoding *encoding; /* borrowed from the result */
    const struct heed_run *run;           /* held */
    struct heed_filter filter;            /* as it was when they were made */
    int n_layers, n_heads;
    int n;                         /* visible units */
    int n_all;                     /* units before hiding */
    const struct heed_unit *units; /* [n] */
    /* What measures call [CLS], and what [SEP]: the keys' first special token, and the first
     * that is another, as the tokenizer or the file names them; how many such names there are,
     * 3 for more. */
    const char *special_names[2];
    int n_special_names;
    /* Which units attend and which are attended to: all, or, where the keys aren't the
     * queries, first the ones and then the others. Outside of these weights are 0. */
    struct heed_unit_range rows, columns;
    /* [layers, heads, n, n]; NULL with a store: heed_maps_head asks for one. */
    const float *weights;
    /* [layers, heads, n]: what the row gives to hidden units. Before any
     * renormalisation, so it is true whatever the filter. Of a large file of those heads
     * that were asked for. */
    const float *hidden;
    /* [layers * heads], always of the plain token weights; heed_maps_get_measures */
    const struct heed_head_measures *measures;
    /* With an aggregate: one map over the chosen heads, cell by cell (a row
     * of maxima may sum to more than 1). Else NULL. */
    const float *aggregate;        /* [n, n] */
    const float *aggregate_hidden; /* [n] likewise */
    /* More than HEED_THUMBNAIL_MOST rows or columns: the largest weight of each block
     * of thumbnail_block units a side, of `rows` and `columns` alone
     * (core/analysis/thumbnails.h). Else NULL and a block of 1: the weights are small
     * enough themselves. */
    const float *thumbnails; /* [layers, heads, thumbnail_rows, thumbnail_columns] */
    uint64_t thumbnails_id;  /* for caches, as id; with a store that of layer 0's */
    int thumbnail_rows, thumbnail_columns, thumbnail_block;
    /* Of a run that doesn't keep its weights: maps are made when they are asked for
     * (then a map has the id `id` + 1 + its number). Else NULL. */
    struct heed_map_store *store;
};

struct heed_head_id {
    int16_t layer, head;
};

static inline bool heed_head_equal(struct heed_head_id a, struct heed_head_id b)
{
    return a.layer == b.layer && a.head == b.head;
}

struct heed_pool;

struct heed_maps_request {
    const struct heed_encoding *encoding;
    const struct heed_run *run;
    const struct heed_model *model;         /* for value norms */
    const float *norms;                     /* [layers, heads, n]: those, if they are known */
    const struct heed_tokenizer *tokenizer; /* names the template's tokens;
                                               NULL: [CLS], [SEP] */
    /* Those of the same run and encoding, if they are known: they are then
     * copied, not computed again. NULL: none. */
    const struct heed_head_measures *measures;
    struct heed_filter filter;
    const struct heed_head_id *heads; /* what the aggregate is over */
    int n_heads;                      /* 0: all */
    size_t most_bytes;                /* of maps that a store keeps; 0: as it does */
    struct heed_stock *stock;         /* where the memory comes from; NULL: the heap */
    struct heed_pool *pool;           /* shares the heads out; NULL: no other thread.
                                         Any number of threads makes the same maps */
};

/* *maps holds one reference, and holds the run; the encoding must live as long
 * as the maps. Errors: memory; a head that the run doesn't have. */
HEED_NODISCARD bool heed_maps_create(const struct heed_maps **maps,
                                     const struct heed_maps_request *request,
                                     struct heed_error *err);
const struct heed_maps *heed_maps_retain(const struct heed_maps *maps);
void heed_maps_release(const struct heed_maps *maps);

/* With a store: makes the map, unless it is kept. It stays for as long as fewer than 64
 * others are asked for, or as many as are held. Any thread. */
const float *heed_maps_make(const struct heed_maps *maps, int map);
/* With a store: `count` maps are shown at once, and stay while they are. Returns how many of
 * them can; if those are fewer heed_maps_check says so, until fewer are held. Any thread. */
int heed_maps_hold(const struct heed_maps *maps, int count);

/* They are read from a large file, a head at a time: who wants all looks at what was
 * looked at. */
static inline bool heed_maps_are_slow(const struct heed_maps *maps)
{
    return maps->run->reader.is_slow;
}

/* A head's map, [n, n]; map: layer * heads + head. */
static inline const float *heed_maps_head(const struct heed_maps *maps, int map)
{
    const size_t n = (size_t)maps->n;
    return maps->weights ? maps->weights + (size_t)map * n * n : heed_maps_make(maps, map);
}

static inline const float *heed_maps_row(const struct heed_maps *maps, int layer, int head,
                                         int query)
{
    return heed_maps_head(maps, layer * maps->n_heads + head) + (size_t)query * (size_t)maps->n;
}

/* One row without the map that it is of; room: [n], needed with a store only. */
const float *heed_maps_read_row(const struct heed_maps *maps, int map, int query, float *room);

/* With a store: false, with why, if a map that was made is none to show. */
HEED_NODISCARD bool heed_maps_check(const struct heed_maps *maps, struct heed_error *err);

/* [layers * heads]; NULL of a large file that not all heads were looked at of. */
const struct heed_head_measures *heed_maps_get_measures(const struct heed_maps *maps);
/* Of one head; NULL of a large file if it wasn't looked at yet. Any thread. */
const struct heed_head_measures *heed_maps_measures_of(const struct heed_maps *maps, int map);
/* Its label by that rule (core/analysis/measures.h); none where they aren't known. */
enum heed_head_label heed_maps_label(const struct heed_maps *maps, int map, float *value);
/* Of so many heads thumbnails and measures are there: all, or of a large file those that
 * were looked at. Any thread. */
int heed_maps_count_seen(const struct heed_maps *maps);
/* Of a large file that not all heads were looked at of: looks at the next. sums: [n_tokens],
 * filled with the sums of its rows of queries in the run. One thread at a time. Errors:
 * memory; a value that is no weight. */
HEED_NODISCARD bool heed_maps_look(const struct heed_maps *maps, double *sums,
                                   struct heed_error *err);

/* The keys aren't the queries. */
static inline bool heed_maps_have_sides(const struct heed_maps *maps)
{
    return maps->encoding->n_queries > 0;
}

/* The number of a token on its own side. */
static inline int heed_maps_place(const struct heed_maps *maps, int token)
{
    const int n_queries = maps->encoding->n_queries;
    return n_queries > 0 && token >= n_queries ? token - n_queries : token;
}

/* The unit that holds this token, or -1 (hidden, or cut off). */
int heed_maps_find_unit(const struct heed_maps *maps, int token);

/* Which links of a row are drawn under filter (which may be newer than the
 * maps' own in threshold, top_p, top_k and segments): the smallest weight
 * that stays, so that weight >= cutoff and the segments decide. Links as large
 * as the last that stays, stay. Allocates nothing; about 4 us at 512 units. */
float heed_maps_row_cutoff(const struct heed_maps *maps, const float *row,
                           const struct heed_filter *filter);
bool heed_maps_segments_pass(const struct heed_maps *maps, int query, int key,
                             enum heed_segments segments);

#endif

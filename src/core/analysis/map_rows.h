/*
 * The rows of the maps, one at a time: the measure in the weight's place,
 * words merged, units left out, rows renormalised (maps.h has the order).
 * Inside core/analysis only. Once made it is only read: rows may be filled on
 * several threads, each with scratch memory of its own.
 */
#ifndef HEED_CORE_ANALYSIS_MAP_ROWS_H
#define HEED_CORE_ANALYSIS_MAP_ROWS_H

#include "base/arena.h"
#include "core/analysis/maps.h"

struct heed_map_rows {
    const struct heed_maps_request *request;
    const struct heed_unit *all;   /* [n_all] */
    const struct heed_unit *units; /* [n] those that are seen */
    int n_all, n;
    const struct heed_map_span *spans; /* [n_spans] of what is seen */
    int n_spans;
    const int *left_out; /* [n_all - n] into all */
    const float *norms;  /* [layers, heads, tokens], or NULL */
    float *rollout;      /* [layers, tokens, tokens], or NULL */
    const float *whole;  /* [tokens, tokens]: the run's map that is filled from, where it
                            was read already; NULL: the run has it */
};

/* Chooses the units; they live in the arena. */
HEED_NODISCARD bool heed_map_rows_init(struct heed_map_rows *rows, struct heed_arena *arena,
                                       const struct heed_maps_request *request,
                                       struct heed_error *err);
/* Makes what the measure needs, in an arena; before rows are filled. */
HEED_NODISCARD bool heed_map_rows_prepare(struct heed_map_rows *rows, struct heed_arena *arena,
                                          struct heed_pool *pool, struct heed_error *err);

/* Floats of scratch memory that a thread needs. */
size_t heed_map_rows_scratch(const struct heed_map_rows *rows);
/* to[n]: the row of units[unit] of one head. Returns what it gives to units
 * that are left out, before any renormalisation. */
float heed_map_rows_fill(const struct heed_map_rows *rows, float *scratch, int layer, int head,
                         int unit, float *to);

#endif

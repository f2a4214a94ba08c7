/*
 * Maps of a run that doesn't keep its weights: each is made when someone asks for
 * it, and the ones that weren't asked for longest give way. What needs every map
 * (thumbnails, measures) is made one map after the other, by heed_maps_look where the
 * run is read from a large file, else of all at once.
 * Inside core/analysis; any thread, but looking is one thread's.
 */
#ifndef HEED_CORE_ANALYSIS_MAP_STORE_H
#define HEED_CORE_ANALYSIS_MAP_STORE_H

#include "core/analysis/map_rows.h"
#include "core/tensor/pool.h"

/* Of maps whose sizes and units are known, in the arena; they point to it from now on
 * (store, hidden, thumbnails). Takes the rows. */
HEED_NODISCARD bool heed_map_store_create(struct heed_maps *maps, struct heed_arena *arena,
                                          const struct heed_maps_request *request,
                                          const struct heed_map_rows *rows, struct heed_error *err);
/* Makes what needs every map, the hidden shares too. */
HEED_NODISCARD bool heed_map_store_look_at_all(struct heed_maps *maps, struct heed_pool *pool,
                                               struct heed_error *err);
/* Frees what isn't in the arena. NULL is harmless. */
void heed_map_store_finish(struct heed_map_store *store);

#endif

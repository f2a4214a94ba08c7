/*
 * Maps of a run that is read from a large file: each is made when someone asks for
 * it, and the ones that weren't asked for longest give way. What needs every map
 * (thumbnails, measures) is made one map after the other, by heed_map_store_look.
 * Inside core/analysis; any thread, but looking is one thread's.
 */
#ifndef HEED_CORE_ANALYSIS_MAP_STORE_H
#define HEED_CORE_ANALYSIS_MAP_STORE_H

#include "core/analysis/map_rows.h"

/* Of maps whose sizes and units are known, in the arena; they point to it from now on
 * (store, hidden, thumbnails). Takes the rows. */
HEED_NODISCARD bool heed_map_store_create(struct heed_maps *maps, struct heed_arena *arena,
                                          const struct heed_maps_request *request,
                                          const struct heed_map_rows *rows, struct heed_error *err);
/* Frees what isn't in the arena. NULL is harmless. */
void heed_map_store_finish(struct heed_map_store *store);

/* The row of one unit of a head, to[n]; returns what it hides. scratch:
 * heed_map_rows_scratch. */
float heed_map_store_row(const struct heed_map_store *store, float *scratch, int map, int unit,
                         float *to);

#endif

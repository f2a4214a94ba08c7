/*
 * Memory that comes back: a block that is given back is kept for the next one
 * that asks for about as much, so that what is done again and again, a
 * keystroke above all, asks the system for nothing. Blocks are aligned to a
 * cache line, large ones lie in large pages; they aren't cleared. The stock
 * lives until its owner has left it and the last block is back. Any thread;
 * its lock is held for a walk over a few dozen blocks at most.
 */
#ifndef HEED_BASE_STOCK_H
#define HEED_BASE_STOCK_H

#include <stddef.h>

#include "base/compiler.h"
struct heed_stock;

/* NULL if memory is exhausted. */
HEED_NODISCARD struct heed_stock *heed_stock_create(void);
/* The owner's farewell; NULL is harmless. */
void heed_stock_leave(struct heed_stock *stock);

/* A stock of NULL keeps nothing. Returns NULL if memory is exhausted. */
HEED_NODISCARD void *heed_stock_take(struct heed_stock *stock, size_t size);
/* From any stock, or none; NULL is harmless. */
void heed_stock_give(void *memory);

/* Bytes that were taken and aren't back. */
size_t heed_stock_count_used(struct heed_stock *stock);

/* A round of work begins. */
void heed_stock_mark(struct heed_stock *stock);
/* Frees the large blocks that nobody uses and that weren't taken in this
 * round, but for one of each size that is in use: a round like the present one
 * wouldn't miss them. Returns the bytes that were freed. */
size_t heed_stock_trim(struct heed_stock *stock);
/* Frees all that nobody uses, small blocks too: the next round asks the system
 * for them anew. Returns the bytes that were freed. */
size_t heed_stock_drop(struct heed_stock *stock);

#endif

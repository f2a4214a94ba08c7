/*
 * The C library's heap, as a whole. Any thread.
 */
#ifndef HEED_BASE_HEAP_H
#define HEED_BASE_HEAP_H

/* All threads use one heap from now on; before any is started. Of a heap of a
 * thread's own the C library never gives its end back. */
void heed_heap_share(void);

/* Gives the system the pages back in which nothing lies any more: what is freed
 * stays with the program otherwise, for ever if something small lies behind it.
 * Takes some milliseconds. */
void heed_heap_trim(void);

#endif

/*
 * The C library's heap, as a whole. Any thread.
 */
#ifndef HEED_BASE_HEAP_H
#define HEED_BASE_HEAP_H

/* Gives the system the pages back in which nothing lies any more: what is freed
 * stays with the program otherwise, in the heap of the thread that asked for it,
 * for ever if something small lies behind it. Takes some milliseconds. */
void heed_heap_trim(void);

#endif

/*
 * Keeps what a person typed: a thread that writes the newest state it was given,
 * so that the window never waits for a disk. Given and asked on the main thread.
 */
#ifndef HEED_APP_APP_KEEPER_H
#define HEED_APP_APP_KEEPER_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

struct heed_keeper;

/* wake is called on the thread when a write failed. */
bool heed_keeper_create(struct heed_keeper **keeper, const char *path, void (*wake)(void *context),
                        void *context, struct heed_error *err);
/* Written as soon as the one before is; takes the bytes. */
void heed_keeper_give(struct heed_keeper *keeper, struct heed_buffer *bytes);
/* False, once, if a write failed since. */
bool heed_keeper_check(struct heed_keeper *keeper, struct heed_error *err);
/* Waits until all is written, at most so long; false if it isn't. */
bool heed_keeper_flush(struct heed_keeper *keeper, int ms, struct heed_error *err);
/* What isn't written by then stays unwritten. Never waits for a disk; NULL is
 * harmless. */
void heed_keeper_leave(struct heed_keeper *keeper);

#endif

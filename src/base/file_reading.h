/*
 * A regular file read on a thread of its own, so that a file system that doesn't
 * answer holds up nobody: whoever waits can drop the read. Any thread, one at a
 * time.
 */
#ifndef HEED_BASE_FILE_READING_H
#define HEED_BASE_FILE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct heed_file_reading;

/* As heed_file_read_regular. done (may be NULL) is called on the other thread at
 * the end, but not after a drop. */
bool heed_file_reading_start(struct heed_file_reading **reading, const char *path, size_t max_size,
                             void (*done)(void *context), void *context, struct heed_error *err);
/* True if it ended; waits for that at most so long. */
bool heed_file_reading_wait(struct heed_file_reading *reading, int ms);
/* What was read, of one that ended; frees it. */
bool heed_file_reading_finish(struct heed_file_reading *reading, char **data, size_t *size,
                              struct heed_error *err);
/* Whatever comes of it isn't wanted. Never waits; NULL is harmless. */
void heed_file_reading_drop(struct heed_file_reading *reading);

#endif

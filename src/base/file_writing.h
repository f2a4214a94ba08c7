/*
 * A regular file written on a thread of its own, so that a file system that doesn't answer
 * holds up nobody: whoever waits can leave it, and it is written or not. Any thread, one at
 * a time.
 */
#ifndef HEED_BASE_FILE_WRITING_H
#define HEED_BASE_FILE_WRITING_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

struct heed_file_writing;

/* As heed_file_write, but never to a pipe or a device; takes the bytes, also when it fails.
 * What is there already is left as it is unless it may be replaced. done: base/errand.h. */
HEED_NODISCARD bool heed_file_writing_start(struct heed_file_writing **writing, const char *path,
                                            struct heed_buffer *bytes, bool replaces,
                                            void (*done)(void *context), void *context,
                                            struct heed_error *err);
/* True if it ended; waits for that at most so long. */
bool heed_file_writing_wait(struct heed_file_writing *writing, int ms);
/* Is it written, of one that ended; frees it. is_there: not, since there is such a file. */
HEED_NODISCARD bool heed_file_writing_finish(struct heed_file_writing *writing, bool *is_there,
                                             struct heed_error *err);
/* Whatever comes of it. Never waits; NULL is harmless. */
void heed_file_writing_drop(struct heed_file_writing *writing);

#endif

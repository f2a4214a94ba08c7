/*
 * What each system does in its own way: all of it lies in platform_SYSTEM*.c, with the
 * mapping of files (base/file.h). Any thread.
 */
#ifndef HEED_BASE_PLATFORM_H
#define HEED_BASE_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

/* The folder that the running program lies in, without links. False if the
 * system doesn't tell, or it takes more than size bytes. */
HEED_NODISCARD bool heed_platform_program_folder(char *path, size_t size);

/* A path from a root on, not from the current folder. */
bool heed_platform_is_absolute(const char *path);
/* Whether a window can be shown, as far as that is known without asking: true on systems whose
 * every session has a screen. */
bool heed_platform_has_display(void);

/* Cores that this process may use; hardware threads of one core count once. At least 1. */
int heed_platform_cores(void);
/* Bytes of the machine's memory; 0: not known. */
double heed_platform_memory(void);
/* Time that passes, whatever the calendar says, from some moment in the past on. */
int64_t heed_platform_nanoseconds(void);

/* Zeroed pages whose address is a multiple of alignment, a power of two; NULL without
 * memory. size: a multiple of a page's. */
HEED_NODISCARD void *heed_platform_map_pages(size_t size, size_t alignment);
void heed_platform_unmap_pages(void *pages, size_t size);
/* Advice, fewer page faults and fewer misses of the TLB: that the system may put large
 * pages there. */
void heed_platform_advise_large(void *memory, size_t size);

/* All threads use one heap from now on; before any is started. Of a heap of a
 * thread's own the C library never gives its end back. */
void heed_platform_share_heap(void);
/* Gives the system the pages back in which nothing lies any more: what is freed
 * stays with the program otherwise, for ever if something small lies behind it.
 * Takes some milliseconds. */
void heed_platform_trim_heap(void);

/* What was written to an open file outlives a power cut. False with errno set. */
HEED_NODISCARD bool heed_platform_sync(int fd);
/* The file `made` takes the name and the place of `target`, at once: whoever opens that
 * name finds one of them whole. False with errno set. */
HEED_NODISCARD bool heed_platform_replace(const char *made, const char *target);
/* That a file has this name outlives a power cut. False with errno set. */
HEED_NODISCARD bool heed_platform_sync_name(const char *path);
/* A pipe that has a name in a folder. */
HEED_NODISCARD bool heed_platform_is_named_pipe(int fd);

#endif

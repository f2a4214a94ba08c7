/*
 * Threads that nobody waits for, and waits that end at a time, whatever the
 * calendar says. Any thread.
 */
#ifndef HEED_BASE_THREAD_H
#define HEED_BASE_THREAD_H

#include <pthread.h>
#include <time.h>

#include "base/compiler.h"

/* The thread takes no signals, which are for those that were there before, but
 * for SIGBUS, which comes of what it reads (base/file.h). Returns 0 or an errno. */
HEED_NODISCARD int heed_thread_begin(void *(*work)(void *context), void *context);

/* A condition whose timed waits end at a moment of heed_thread_in. */
void heed_thread_init_condition(pthread_cond_t *condition);
/* So many milliseconds from now. */
struct timespec heed_thread_in(int ms);

#endif

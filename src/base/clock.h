/* A clock that only goes forward. Any thread. */
#ifndef HEED_BASE_CLOCK_H
#define HEED_BASE_CLOCK_H

#include <time.h>

static inline double heed_clock_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

#endif

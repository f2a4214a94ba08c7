#include "base/thread.h"

#include <signal.h>

int heed_thread_begin(void *(*work)(void *context), void *context)
{
    pthread_t thread;
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, SIGBUS);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    const int status = pthread_create(&thread, NULL, work, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (status == 0) {
        pthread_detach(thread);
    }
    return status;
}

void heed_thread_init_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct timespec heed_thread_in(int ms)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    const long long ns = time.tv_nsec + ms * 1000000LL;
    time.tv_sec += (time_t)(ns / 1000000000LL);
    time.tv_nsec = (long)(ns % 1000000000LL);
    return time;
}

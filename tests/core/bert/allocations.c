#include "allocations.h"

#include <stdatomic.h>
#include <stddef.h>

static atomic_int count;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
int __wrap_posix_memalign(void **memory, size_t alignment, size_t size);

int allocations_count(void)
{
    return atomic_load(&count);
}

void *__wrap_malloc(size_t size)
{
    atomic_fetch_add(&count, 1);
    return __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    atomic_fetch_add(&count, 1);
    return __real_calloc(n, size);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size)
{
    atomic_fetch_add(&count, 1);
    return __real_posix_memalign(memory, alignment, size);
}

#include "base/heap.h"

#include <malloc.h>

void heed_heap_trim(void)
{
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

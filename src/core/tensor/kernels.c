#include "core/tensor/kernels.h"

#include <string.h>

#include "core/tensor/kernels_sets.h"

/* The build says which sets it has, HEED_EACH_KERNEL_SET (meson.build). */
#define NAME(set) #set,
const char *const heed_kernels_names[] = {HEED_EACH_KERNEL_SET(NAME) NULL};

#define GETTER(set) heed_kernels_get_##set,
static heed_kernels_getter *const getters[] = {HEED_EACH_KERNEL_SET(GETTER) NULL};

const struct heed_kernel_set *heed_kernels_find(const char *name)
{
    for (int i = 0; getters[i]; i++) {
        if (strcmp(heed_kernels_names[i], name) == 0) {
            return getters[i]();
        }
    }
    return NULL;
}

const struct heed_kernel_set *heed_kernels_get_fastest(void)
{
    const struct heed_kernel_set *fastest = NULL;
    for (int i = 0; getters[i]; i++) {
        const struct heed_kernel_set *set = getters[i]();
        fastest = set ? set : fastest;
    }
    return fastest;
}

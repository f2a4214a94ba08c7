#include "core/tensor/cores.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>

/* The first allowed hardware thread of a core stands for it. A list reads "0,4" or "0-1". */
static bool stands_for_core(int cpu, const cpu_set_t *allowed)
{
    char path[96];
    snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list",
             cpu);
    FILE *file = fopen(path, "re");
    if (!file) {
        return true;
    }
    bool stands = true;
    int first = 0;
    while (stands && fscanf(file, "%d", &first) == 1) {
        int last = first;
        int sign = fgetc(file);
        if (sign == '-') {
            if (fscanf(file, "%d", &last) != 1) {
                break;
            }
            sign = fgetc(file);
        }
        for (int i = first; i <= last && i < cpu && i < CPU_SETSIZE; i++) {
            stands = stands && !CPU_ISSET(i, allowed);
        }
        if (sign != ',') {
            break;
        }
    }
    fclose(file);
    return stands;
}

int heed_cores_count(void)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) {
        return 1;
    }
    int count = 0;
    for (int i = 0; i < CPU_SETSIZE; i++) {
        if (CPU_ISSET(i, &allowed) && stands_for_core(i, &allowed)) {
            count++;
        }
    }
    return count > 0 ? count : 1;
}

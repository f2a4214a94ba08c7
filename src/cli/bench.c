#include "cli/bench.h"

#include <stdlib.h>

#include "base/array.h"

bool heed_timings_add(struct heed_timings *timings, double ms)
{
    if (!heed_array_reserve(&timings->ms, &timings->capacity, (size_t)timings->n + 1, sizeof ms)) {
        return false;
    }
    timings->ms[timings->n++] = ms;
    timings->total_ms += ms;
    return true;
}

bool heed_timings_are_enough(const struct heed_timings *timings)
{
    return timings->n >= 2000 || (timings->n >= 20 && timings->total_ms >= 1e3);
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double heed_timings_median(struct heed_timings *timings)
{
    const int n = timings->n;
    if (n == 0) {
        return 0;
    }
    heed_sort(timings->ms, (size_t)n, sizeof *timings->ms, compare);
    return n % 2 == 1 ? timings->ms[n / 2] : 0.5 * (timings->ms[n / 2 - 1] + timings->ms[n / 2]);
}

void heed_timings_finish(struct heed_timings *timings)
{
    free(timings->ms);
    *timings = (struct heed_timings){0};
}

#include "core/analysis/spearman.h"

#include <math.h>

/* Twice the rank less (n + 1), so that the mean is 0. */
static double centred_rank(const double *values, int n, int index)
{
    int less = 0;
    int more = 0;
    for (int i = 0; i < n; i++) {
        less += values[i] < values[index];
        more += values[i] > values[index];
    }
    return less - more;
}

double heed_spearman(const double *x, const double *y, int n)
{
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
        const double rank_x = centred_rank(x, n, i);
        const double rank_y = centred_rank(y, n, i);
        xy += rank_x * rank_y;
        xx += rank_x * rank_x;
        yy += rank_y * rank_y;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

/* Whole numbers, as blocks of work need them. Any thread. */
#ifndef HEED_CORE_TENSOR_WHOLE_H
#define HEED_CORE_TENSOR_WHOLE_H

static inline int heed_least(int a, int b)
{
    return a < b ? a : b;
}

/* a / b, rounded up. */
static inline int heed_divide_up(int a, int b)
{
    return (a + b - 1) / b;
}

#endif

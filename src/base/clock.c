#include "base/clock.h"

#include "base/platform.h"

double heed_clock_seconds(void)
{
    return (double)heed_platform_nanoseconds() * 1e-9;
}

double heed_clock_ms(void)
{
    return (double)heed_platform_nanoseconds() * 1e-6;
}

/*
 * Time that passes, whatever the calendar says: from some moment in the past
 * on. Any thread.
 */
#ifndef HEED_BASE_CLOCK_H
#define HEED_BASE_CLOCK_H

double heed_clock_seconds(void);
double heed_clock_ms(void);

#endif

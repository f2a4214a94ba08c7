/*
 * Numbers as they are read: minus is U+2212, never before a zero. Pure.
 */
#ifndef HEED_SCENE_WIDGETS_NUMBERS_H
#define HEED_SCENE_WIDGETS_NUMBERS_H

#include <stddef.h>

/* "0.677" with `decimals`; infinity is U+221E. */
void heed_format_number(char *text, size_t size, double value, int decimals);
/* With three decimals, and "+" before what isn't 0 then. */
void heed_format_signed(char *text, size_t size, double value);
/* 12345 as "12,345"; at least 0. */
void heed_format_count(char *text, size_t size, long value);
/* A share with two decimals, no zero before the point: ".68", "1.00". */
void heed_format_share(char *text, size_t size, double value);
/* What is at least 0, with the digits that can be read: "12,345", "683", "68.3", "6.83",
 * "0.012", "1.2e-05". */
void heed_format_size(char *text, size_t size, double value);
/* Three digits and a unit: "512 bytes", "1.5 KiB", "0.99 MiB". */
void heed_format_bytes(char *text, size_t size, double bytes);

#endif

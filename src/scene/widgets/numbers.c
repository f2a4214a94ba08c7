#include "scene/widgets/numbers.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void heed_format_number(char *text, size_t size, double value, int decimals)
{
    char plain[64];
    if (isinf(value)) {
        snprintf(text, size, "%s\xE2\x88\x9E", value < 0 ? "\xE2\x88\x92" : "");
        return;
    }
    snprintf(plain, sizeof(plain), "%.*f", decimals, value);
    const bool negative = plain[0] == '-';
    bool zero = true;
    for (const char *c = plain; *c != '\0'; c++) {
        zero = zero && (*c < '1' || *c > '9');
    }
    snprintf(text, size, "%s%s", negative && !zero ? "\xE2\x88\x92" : "", plain + negative);
}

void heed_format_signed(char *text, size_t size, double value)
{
    const bool plus = value >= 0.0005;
    text[0] = '+';
    heed_format_number(text + plus, size - plus, value, 3);
}

void heed_format_count(char *text, size_t size, long value)
{
    if (value < 1000) {
        snprintf(text, size, "%ld", value);
        return;
    }
    heed_format_count(text, size, value / 1000);
    const size_t used = strlen(text);
    snprintf(text + used, size - used, ",%03ld", value % 1000);
}

void heed_format_share(char *text, size_t size, double value)
{
    snprintf(text, size, "%.2f", value);
    if (text[0] == '0') {
        memmove(text, text + 1, strlen(text));
    }
}

void heed_format_size(char *text, size_t size, double value)
{
    if (value >= 999.5) {
        heed_format_count(text, size, lround(value));
    } else if (value >= 0.001 || value == 0) {
        heed_format_number(text, size, value,
                           value >= 100   ? 0
                           : value >= 10  ? 1
                           : value >= 0.1 ? 2
                                          : 3);
    } else {
        snprintf(text, size, "%.1e", value);
    }
}

/* What would be "1e+03" of a unit is a part of the next. */
void heed_format_bytes(char *text, size_t size, double bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (bytes >= 999.5 && unit < 4) {
        bytes /= 1024;
        unit++;
    }
    snprintf(text, size, "%.3g %s", bytes, units[unit]);
}

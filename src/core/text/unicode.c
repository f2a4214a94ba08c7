#include "core/text/unicode.h"

#include <stddef.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "base/compiler.h"

struct unicode_range {
    uint32_t first, last;
    unsigned classes;
};

struct lower_exception {
    uint32_t c, lower;
};

#include "core/text/unicode_ranges.h"

static unsigned search(uint32_t c)
{
    const size_t block = c >> 8;
    const size_t n_blocks = HEED_COUNT(unicode_blocks);
    size_t i = unicode_blocks[block < n_blocks ? block : n_blocks - 1];
    while (i < HEED_COUNT(unicode_ranges) && unicode_ranges[i].last < c) {
        i++;
    }
    return i < HEED_COUNT(unicode_ranges) && unicode_ranges[i].first <= c
               ? unicode_ranges[i].classes
               : 0;
}

static int by_code_point(const void *a, const void *b)
{
    const struct lower_exception *x = a;
    const struct lower_exception *y = b;
    return (x->c > y->c) - (x->c < y->c);
}

static bool is_between(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

unsigned heed_unicode_classify(uint32_t c)
{
    if (c >= 0x80) {
        return search(c);
    }
    if (is_between(c, 'a', 'z') || is_between(c, 'A', 'Z') || is_between(c, '0', '9') || c == ' ') {
        return 0;
    }
    if (c < 0x20 || c == 0x7F) {
        return c == '\t' || c == '\n' || c == '\r' || c == 0 ? 0 : HEED_UNICODE_OTHER;
    }
    return HEED_UNICODE_PUNCTUATION;
}

bool heed_unicode_is_space(uint32_t c)
{
    return c == ' ' || is_between(c, 0x09, 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           is_between(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool heed_unicode_is_cjk(uint32_t c)
{
    return c >= 0x3400 && (is_between(c, 0x4E00, 0x9FFF) || is_between(c, 0x3400, 0x4DBF) ||
                           is_between(c, 0x20000, 0x2A6DF) || is_between(c, 0x2A700, 0x2B81F) ||
                           is_between(c, 0x2B920, 0x2CEAF) || is_between(c, 0xF900, 0xFAFF) ||
                           is_between(c, 0x2F800, 0x2FA1F));
}

bool heed_unicode_is_letter(uint32_t c)
{
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

bool heed_unicode_is_word(uint32_t c)
{
    return heed_unicode_is_letter(c) ||
           utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_PC;
}

int heed_unicode_lower(uint32_t c, uint32_t lower[2])
{
    if (c < 0x80) {
        lower[0] = is_between(c, 'A', 'Z') ? c + ('a' - 'A') : c;
        return 1;
    }
    if (c == 0x130) { /* the only letter that becomes two */
        lower[0] = 'i';
        lower[1] = 0x307;
        return 2;
    }
    const struct lower_exception key = {.c = c};
    const struct lower_exception *exception =
        c < lower_exceptions[0].c ? NULL
                                  : bsearch(&key, lower_exceptions, HEED_COUNT(lower_exceptions),
                                            sizeof key, by_code_point);
    if (exception) {
        lower[0] = exception->lower;
        return 1;
    }
    lower[0] = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    return 1;
}

int heed_unicode_decompose(uint32_t c, uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED])
{
    parts[0] = c;
    if (!(heed_unicode_classify(c) & HEED_UNICODE_DECOMPOSES)) {
        return 1;
    }
    utf8proc_int32_t found[HEED_UNICODE_MAX_DECOMPOSED];
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)c, found, HEED_UNICODE_MAX_DECOMPOSED, UTF8PROC_DECOMPOSE, NULL);
    if (n < 1 || n > HEED_UNICODE_MAX_DECOMPOSED) {
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        parts[i] = (uint32_t)found[i];
    }
    return (int)n;
}

int heed_unicode_combining_class(uint32_t c)
{
    if (!(heed_unicode_classify(c) & HEED_UNICODE_COMBINES)) {
        return 0;
    }
    return utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
}

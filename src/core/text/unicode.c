#include "core/text/unicode.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/compiler.h"

struct unicode_range {
    uint32_t first, last;
    unsigned classes;
};

struct lower_exception {
    uint32_t c, lower;
};

#include "core/text/unicode_categories.h"
#include "core/text/unicode_ranges.h"

/* As make_unicode_categories.py numbers them, from 1. */
static const char categories[][3] = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl",
                                     "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc",
                                     "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co"};

enum { CATEGORY = 31, WORD = 32, NUMERIC = 64, LETTER = 128 };

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

/* Its category from 1 (0: none), with WORD and the others. */
static unsigned find_category(uint32_t c)
{
    size_t first = 0;
    size_t last = HEED_COUNT(unicode_categories);
    while (first < last) {
        const size_t middle = (first + last) / 2;
        if (unicode_categories[middle].last < c) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first < HEED_COUNT(unicode_categories) && unicode_categories[first].first <= c
               ? unicode_categories[first].classes
               : 0;
}

bool heed_unicode_is_word(uint32_t c)
{
    return (find_category(c) & WORD) != 0;
}

bool heed_unicode_is_numeric(uint32_t c)
{
    return (find_category(c) & NUMERIC) != 0;
}

bool heed_unicode_next_span(const char *category, size_t *index, struct heed_unicode_span *span)
{
    const size_t length = strlen(category);
    const unsigned wanted = strcmp(category, "w") == 0 ? LETTER : 0;
    while (*index < HEED_COUNT(unicode_categories)) {
        const struct unicode_range *range = &unicode_categories[(*index)++];
        const unsigned number = range->classes & CATEGORY;
        if (range->classes & wanted ||
            (number > 0 && strncmp(categories[number - 1], category, length) == 0)) {
            *span = (struct heed_unicode_span){range->first, range->last};
            return true;
        }
    }
    return false;
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

int heed_unicode_decompose(uint32_t c, bool compat, uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED])
{
    parts[0] = c;
    if (!(heed_unicode_classify(c) & (compat ? HEED_UNICODE_COMPAT : HEED_UNICODE_DECOMPOSES))) {
        return 1;
    }
    const utf8proc_option_t how = UTF8PROC_DECOMPOSE | (compat ? UTF8PROC_COMPAT : 0);
    utf8proc_int32_t found[HEED_UNICODE_MAX_DECOMPOSED];
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, found, HEED_UNICODE_MAX_DECOMPOSED, how, NULL);
    if (n < 1 || n > HEED_UNICODE_MAX_DECOMPOSED) {
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        parts[i] = (uint32_t)found[i];
    }
    return (int)n;
}

uint32_t heed_unicode_compose(uint32_t a, uint32_t b)
{
    if (a < 0x3C || b < 0x300) { /* nothing before these composes */
        return 0;
    }
    utf8proc_int32_t pair[] = {(utf8proc_int32_t)a, (utf8proc_int32_t)b};
    if (utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE | UTF8PROC_STABLE) != 1) {
        return 0;
    }
    const uint32_t composed = (uint32_t)pair[0];
    return heed_unicode_classify(composed) & HEED_UNICODE_DECOMPOSES ? composed : 0;
}

bool heed_unicode_breaks(uint32_t a, uint32_t b, int32_t *state)
{
    if (a < 0x80 && b < 0x80) {
        return a != '\r' || b != '\n';
    }
    const bool breaks =
        utf8proc_grapheme_break_stateful((utf8proc_int32_t)a, (utf8proc_int32_t)b, state);
    const int class = (int)utf8proc_get_property((utf8proc_int32_t)a)->boundclass;
    const bool is_control = class == UTF8PROC_BOUNDCLASS_CONTROL ||
                            class == UTF8PROC_BOUNDCLASS_CR || class == UTF8PROC_BOUNDCLASS_LF;
    return breaks && (is_control || !(heed_unicode_classify(b) & HEED_UNICODE_JOINS));
}

int heed_unicode_combining_class(uint32_t c)
{
    if (!(heed_unicode_classify(c) & HEED_UNICODE_COMBINES)) {
        return 0;
    }
    return utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
}

#include "core/text/folded.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "core/text/unicode.h"

/* No real text has more marks in a row (UAX 15, stream-safe format: 30);
 * longer runs stay in the order in which they were written. */
enum { MOST_MARKS = 32 };

enum heed_char_kind heed_char_classify(uint32_t c)
{
    if (heed_unicode_is_space(c)) {
        return HEED_CHAR_SPACE;
    }
    if (c == 0 || c == 0xFFFD || (heed_unicode_classify(c) & HEED_UNICODE_OTHER)) {
        return HEED_CHAR_REMOVED;
    }
    if (c == '\'' || c == 0x2019) {
        return HEED_CHAR_APOSTROPHE;
    }
    if (heed_unicode_is_cjk(c)) {
        return HEED_CHAR_SIGN;
    }
    return heed_unicode_is_letter(c) ||
                   utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_NO
               ? HEED_CHAR_LETTER
               : HEED_CHAR_SIGN;
}

/* Puts a mark before the marks of larger class that stand at the end. */
static void sort_last(struct heed_folded *folded)
{
    const struct heed_folded_char last = folded->chars[folded->n - 1];
    const int rank = heed_unicode_combining_class(last.c);
    size_t at = folded->n - 1;
    int passed = 0;
    while (rank > 0 && at > 0 && passed < MOST_MARKS &&
           heed_unicode_combining_class(folded->chars[at - 1].c) > rank) {
        folded->chars[at] = folded->chars[at - 1];
        at--;
        passed++;
    }
    folded->chars[at] = last;
}

static bool put(struct heed_folded *folded, struct heed_arena *arena, struct heed_folded_char item)
{
    if (!heed_arena_reserve(arena, &folded->chars, &folded->capacity, folded->n + 1, sizeof item)) {
        return false;
    }
    folded->chars[folded->n++] = item;
    sort_last(folded);
    return true;
}

static bool put_letter(struct heed_folded *folded, struct heed_arena *arena,
                       struct heed_folded_char item, bool lower_case)
{
    uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED];
    const int n = heed_unicode_decompose(item.c, false, parts);
    bool ok = true;
    for (int i = 0; ok && i < n; i++) {
        uint32_t lower[2] = {parts[i]};
        const int n_lower = lower_case ? heed_unicode_lower(parts[i], lower) : 1;
        for (int j = 0; ok && j < n_lower; j++) {
            item.c = lower[j];
            ok = put(folded, arena, item);
        }
    }
    return ok;
}

bool heed_fold(struct heed_folded *folded, struct heed_arena *arena, const char *text,
               size_t length, bool lower_case)
{
    bool ok = true;
    size_t at = 0;
    *folded = (struct heed_folded){0};
    for (int32_t position = 0; ok && at < length; position++) {
        struct heed_folded_char item = {.start = position, .end = position + 1};
        const size_t size = heed_utf8_decode(text + at, length - at, &item.c);
        if (size == 0) {
            break;
        }
        at += size;
        item.kind = heed_char_classify(item.c);
        if (item.kind == HEED_CHAR_SPACE) {
            struct heed_folded_char *last = folded->n > 0 ? &folded->chars[folded->n - 1] : NULL;
            item.c = ' ';
            if (last && last->kind == HEED_CHAR_SPACE) {
                last->end = item.end;
            } else {
                ok = put(folded, arena, item);
            }
        } else if (item.kind == HEED_CHAR_APOSTROPHE) {
            item.c = '\'';
            ok = put(folded, arena, item);
        } else if (item.kind != HEED_CHAR_REMOVED) {
            ok = put_letter(folded, arena, item, lower_case);
        }
    }
    return ok;
}

struct heed_folded heed_folded_trim(struct heed_folded folded)
{
    while (folded.n > 0 && folded.chars[0].kind == HEED_CHAR_SPACE) {
        folded.chars++;
        folded.n--;
    }
    while (folded.n > 0 && folded.chars[folded.n - 1].kind == HEED_CHAR_SPACE) {
        folded.n--;
    }
    return folded;
}

bool heed_folded_cuts(const struct heed_folded *folded, size_t at)
{
    if (at == 0 || at == folded->n) {
        return true;
    }
    const struct heed_folded_char *left = &folded->chars[at - 1];
    const struct heed_folded_char *right = &folded->chars[at];
    return left->start != right->start &&
           (left->kind != HEED_CHAR_LETTER || right->kind != HEED_CHAR_LETTER);
}

bool heed_folded_stands(const struct heed_folded *folded, size_t at, const struct heed_folded *part)
{
    if (folded->n - at < part->n) {
        return false;
    }
    for (size_t i = 0; i < part->n; i++) {
        if (folded->chars[at + i].c != part->chars[i].c) {
            return false;
        }
    }
    return true;
}

bool heed_folded_equal(const struct heed_folded *a, const struct heed_folded *b)
{
    return a->n == b->n && heed_folded_stands(a, 0, b);
}

#include "core/text/charsmap.h"

#include <string.h>

#include "base/utf8.h"
#include "core/text/unicode.h"

enum { MOST_BYTES = 5 };

/* ---- reading ---- */

static int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at ? (int)(at - digits) : -1;
}

/* Bytes behind each other; false: it is no base64. */
static bool decode(const char *base64, unsigned char *bytes, size_t *n)
{
    uint32_t bits = 0;
    int n_bits = 0;
    size_t used = 0;
    size_t i = 0;
    for (; digit(base64[i]) >= 0; i++) {
        bits = bits << 6 | (uint32_t)digit(base64[i]);
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            bytes[used++] = (unsigned char)(bits >> n_bits);
        }
    }
    const size_t padding = strspn(base64 + i, "=");
    *n = used;
    return base64[i + padding] == '\0' && (i + padding) % 4 == 0 && padding <= 2;
}

static uint32_t number(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static bool read_parts(struct heed_charsmap *map, const unsigned char *bytes, size_t n)
{
    const size_t trie = n >= 4 ? number(bytes) / 4 : 0;
    if (n < 4 || trie == 0 || trie > (n - 4) / 4) {
        return false;
    }
    map->n_units = trie;
    map->replacements = (const char *)bytes + 4 + trie * 4;
    map->size = n - 4 - trie * 4;
    return heed_utf8_valid(map->replacements, map->size, NULL);
}

bool heed_charsmap_read(struct heed_charsmap *map, struct heed_arena *arena, const char *base64,
                        bool *broken)
{
    unsigned char *bytes = heed_arena_alloc(arena, strlen(base64) + 4);
    struct heed_charsmap read = {0};
    size_t n = 0;
    *broken = bytes && (!decode(base64, bytes, &n) || !read_parts(&read, bytes, n));
    if (!bytes || *broken) {
        return false;
    }
    uint32_t *units = heed_arena_zeroed(arena, read.n_units, sizeof *units);
    for (size_t i = 0; units && i < read.n_units; i++) {
        units[i] = number(bytes + 4 + 4 * i);
    }
    read.units = units;
    *map = read;
    return units != NULL;
}

/* ---- looking up ---- */

/* Of a unit: where its children lie, the byte that leads to it, whether a rule ends
 * there (its place is then the value of the unit that its children begin with). */

static size_t children(uint32_t unit)
{
    return (size_t)(unit >> 10) << ((unit & 1U << 9) >> 6);
}

static bool leads(uint32_t unit, unsigned char byte)
{
    return (unit & (1U << 31 | 0xFF)) == byte;
}

static bool ends_rule(uint32_t unit)
{
    return (unit >> 8 & 1) != 0;
}

/* The place of a replacement; SIZE_MAX: there is no rule. */
static size_t find_place(const struct heed_charsmap *map, const char *bytes, size_t length)
{
    size_t at = children(map->units[0]);
    for (size_t i = 0; i < length && bytes[i] != '\0'; i++) {
        at ^= (unsigned char)bytes[i];
        if (at >= map->n_units || !leads(map->units[at], (unsigned char)bytes[i])) {
            return SIZE_MAX;
        }
        const uint32_t unit = map->units[at];
        at ^= children(unit);
        if (ends_rule(unit)) {
            return at < map->n_units ? map->units[at] & 0x7FFFFFFF : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

const char *heed_charsmap_find(const struct heed_charsmap *map, const char *bytes, size_t length,
                               size_t *result_length)
{
    const size_t place = find_place(map, bytes, length);
    if (place > map->size) {
        return NULL;
    }
    const char *found = map->replacements + place;
    const size_t n = strnlen(found, map->size - place);
    if (!heed_utf8_valid(found, n, NULL)) {
        return NULL;
    }
    *result_length = n;
    return found;
}

/* ---- a stretch ---- */

struct rewriting {
    const struct heed_charsmap *map;
    struct heed_arena *arena;
    struct heed_change *changes;
    size_t n, capacity, skipped;
    bool modified, failed;
};

static void put(struct rewriting *rewriting, uint32_t c, int change)
{
    if (rewriting->failed ||
        !heed_arena_reserve(rewriting->arena, &rewriting->changes, &rewriting->capacity,
                            rewriting->n + 1, sizeof *rewriting->changes)) {
        rewriting->failed = true;
        return;
    }
    rewriting->changes[rewriting->n++] = (struct heed_change){c, change};
}

/* n_old characters become these: what is too many is new, what lacks is removed with
 * the last that came out. */
static void put_replacement(struct rewriting *rewriting, size_t n_old, const char *text,
                            size_t length)
{
    const size_t n_new = heed_utf8_count(text, length);
    size_t i = 0;
    for (size_t at = 0; at < length; i++) {
        uint32_t c = 0;
        at += heed_utf8_decode(text + at, length - at, &c);
        put(rewriting, c, i < n_old ? 0 : 1);
    }
    if (n_new < n_old && rewriting->n > 0) {
        rewriting->changes[rewriting->n - 1].change -= (int)(n_old - n_new);
    }
    rewriting->modified = true;
}

/* One cluster or one character; false: no rule. */
static bool replace(struct rewriting *rewriting, const struct heed_stretch *part)
{
    char bytes[MOST_BYTES + 4];
    size_t length = 0;
    size_t result = 0;
    for (size_t i = 0; i < part->n; i++) {
        char c[4];
        const size_t size = heed_utf8_encode(part->chars[i].c, c);
        if (length + size > MOST_BYTES) {
            return false;
        }
        memcpy(bytes + length, c, size);
        length += size;
    }
    const char *found = heed_charsmap_find(rewriting->map, bytes, length, &result);
    if (found) {
        put_replacement(rewriting, part->n, found, result);
    }
    return found != NULL;
}

bool heed_charsmap_apply(const struct heed_charsmap *map, struct heed_stretch *stretch,
                         struct heed_arena *arena)
{
    struct rewriting rewriting = {.map = map, .arena = arena};
    for (size_t at = 0; at < stretch->n && !rewriting.failed;) {
        size_t end = at + 1;
        int32_t state = 0;
        while (end < stretch->n &&
               !heed_unicode_breaks(stretch->chars[end - 1].c, stretch->chars[end].c, &state)) {
            end++;
        }
        const struct heed_stretch cluster = heed_stretch_cut(stretch, at, end);
        if (end - at == 1 || !replace(&rewriting, &cluster)) {
            for (size_t i = at; i < end; i++) {
                const struct heed_stretch one = heed_stretch_cut(stretch, i, i + 1);
                if (!replace(&rewriting, &one)) {
                    put(&rewriting, one.chars[0].c, 0);
                }
            }
        }
        at = end;
    }
    return !rewriting.failed &&
           (!rewriting.modified ||
            heed_stretch_change(stretch, arena, rewriting.changes, rewriting.n, 0));
}

#include "core/text/stretch.h"

#include "base/utf8.h"

bool heed_stretch_change(struct heed_stretch *stretch, struct heed_arena *arena,
                         const struct heed_change *changes, size_t n, size_t skipped)
{
    struct heed_normal_char *out = heed_arena_zeroed(arena, n, sizeof *out);
    size_t at = skipped;
    if (!out) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const bool is_new = changes[i].change > 0;
        const size_t from = is_new && at > 0 ? at - 1 : at;
        struct heed_normal_char place = {0, stretch->base, stretch->base};
        if (from < stretch->n && !(is_new && at == 0)) {
            place = stretch->chars[from];
        }
        out[i] = (struct heed_normal_char){changes[i].c, place.start, place.end};
        at += is_new ? 0 : 1 + (size_t)-changes[i].change;
    }
    stretch->chars = out;
    stretch->n = n;
    return true;
}

char *heed_stretch_spell(const struct heed_stretch *stretch, struct heed_arena *arena, size_t **at)
{
    char *text = heed_arena_alloc(arena, stretch->n * 4 + 1);
    size_t *starts = at ? heed_arena_zeroed(arena, stretch->n + 1, sizeof *starts) : NULL;
    size_t used = 0;
    if (!text || (at && !starts)) {
        return NULL;
    }
    for (size_t i = 0; i < stretch->n; i++) {
        used += heed_utf8_encode(stretch->chars[i].c, text + used);
        if (starts) {
            starts[i + 1] = used;
        }
    }
    text[used] = '\0';
    if (at) {
        *at = starts;
    }
    return text;
}

struct heed_stretch heed_stretch_cut(const struct heed_stretch *stretch, size_t from, size_t to)
{
    struct heed_stretch cut = {.chars = stretch->chars + from, .n = to - from};
    cut.base = cut.n > 0 ? cut.chars[0].start : stretch->base;
    return cut;
}

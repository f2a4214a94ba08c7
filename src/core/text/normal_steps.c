#include "core/text/normal_steps.h"

#include "core/text/bytes.h"
#include "core/text/unicode.h"

/* ---- characters by themselves ---- */

/* Keeps what isn't dropped, in its place. */
static bool drop(struct heed_stretch *stretch, struct heed_arena *arena,
                 bool (*is_dropped)(uint32_t))
{
    struct heed_normal_char *kept =
        heed_arena_zeroed(arena, stretch->n > 0 ? stretch->n : 1, sizeof *kept);
    size_t n = 0;
    if (!kept) {
        return false;
    }
    for (size_t i = 0; i < stretch->n; i++) {
        if (!is_dropped(stretch->chars[i].c)) {
            kept[n++] = stretch->chars[i];
        }
    }
    stretch->chars = kept;
    stretch->n = n;
    return true;
}

static bool is_cleaned(uint32_t c)
{
    return c == 0 || c == 0xFFFD || (heed_unicode_classify(c) & HEED_UNICODE_OTHER) != 0;
}

bool heed_normal_clean(const struct heed_normal_step *step, struct heed_stretch *stretch,
                       struct heed_arena *arena)
{
    (void)step;
    if (!drop(stretch, arena, is_cleaned)) {
        return false;
    }
    for (size_t i = 0; i < stretch->n; i++) {
        uint32_t *c = &stretch->chars[i].c;
        *c = heed_unicode_is_space(*c) ? ' ' : *c;
    }
    return true;
}

static bool is_mark(uint32_t c)
{
    return (heed_unicode_classify(c) & HEED_UNICODE_MARK) != 0;
}

bool heed_normal_strip_marks(const struct heed_normal_step *step, struct heed_stretch *stretch,
                             struct heed_arena *arena)
{
    (void)step;
    return drop(stretch, arena, is_mark);
}

static bool is_accent(uint32_t c)
{
    return (heed_unicode_classify(c) & HEED_UNICODE_ACCENT) != 0;
}

bool heed_normal_strip_accents(const struct heed_normal_step *step, struct heed_stretch *stretch,
                               struct heed_arena *arena)
{
    (void)step;
    return drop(stretch, arena, is_accent);
}

static bool is_nmt_control(uint32_t c)
{
    return (c >= 1 && c <= 8) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F || c == 0x8F ||
           c == 0x9F;
}

static bool is_nmt_space(uint32_t c)
{
    return c == 9 || c == 0x0A || c == 0x0C || c == 0x0D || c == 0x1680 ||
           (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x2581 ||
           c == 0xFEFF || c == 0xFFFD;
}

bool heed_normal_nmt(const struct heed_normal_step *step, struct heed_stretch *stretch,
                     struct heed_arena *arena)
{
    (void)step;
    if (!drop(stretch, arena, is_nmt_control)) {
        return false;
    }
    for (size_t i = 0; i < stretch->n; i++) {
        uint32_t *c = &stretch->chars[i].c;
        *c = is_nmt_space(*c) ? ' ' : *c;
    }
    return true;
}

bool heed_normal_strip(const struct heed_normal_step *step, struct heed_stretch *stretch,
                       struct heed_arena *arena)
{
    (void)arena;
    while (step->left && stretch->n > 0 && heed_unicode_is_space(stretch->chars[0].c)) {
        stretch->chars++;
        stretch->n--;
    }
    while (step->right && stretch->n > 0 &&
           heed_unicode_is_space(stretch->chars[stretch->n - 1].c)) {
        stretch->n--;
    }
    return true;
}

/* ---- characters that become several ---- */

/* At most N of them. */
static struct heed_normal_char *room(const struct heed_stretch *stretch, struct heed_arena *arena,
                                     size_t most)
{
    return heed_arena_zeroed(arena, stretch->n * most + 1, sizeof(struct heed_normal_char));
}

static void put(struct heed_normal_char *out, size_t *n, struct heed_normal_char at, uint32_t c)
{
    at.c = c;
    out[(*n)++] = at;
}

bool heed_normal_space_cjk(const struct heed_normal_step *step, struct heed_stretch *stretch,
                           struct heed_arena *arena)
{
    (void)step;
    struct heed_normal_char *out = room(stretch, arena, 3);
    size_t n = 0;
    for (size_t i = 0; out && i < stretch->n; i++) {
        const struct heed_normal_char at = stretch->chars[i];
        const bool is_cjk = heed_unicode_is_cjk(at.c);
        if (is_cjk) {
            put(out, &n, at, ' ');
        }
        put(out, &n, at, at.c);
        if (is_cjk) {
            put(out, &n, at, ' ');
        }
    }
    stretch->chars = out;
    stretch->n = n;
    return out != NULL;
}

bool heed_normal_lower(const struct heed_normal_step *step, struct heed_stretch *stretch,
                       struct heed_arena *arena)
{
    (void)step;
    struct heed_normal_char *out = room(stretch, arena, 2);
    size_t n = 0;
    for (size_t i = 0; out && i < stretch->n; i++) {
        uint32_t lower[2];
        const int n_lower = heed_unicode_lower(stretch->chars[i].c, lower);
        for (int k = 0; k < n_lower; k++) {
            put(out, &n, stretch->chars[i], lower[k]);
        }
    }
    stretch->chars = out;
    stretch->n = n;
    return out != NULL;
}

bool heed_normal_bytes(const struct heed_normal_step *step, struct heed_stretch *stretch,
                       struct heed_arena *arena)
{
    (void)step;
    return heed_bytes_spell(stretch, arena);
}

bool heed_normal_prepend(const struct heed_normal_step *step, struct heed_stretch *stretch,
                         struct heed_arena *arena)
{
    struct heed_normal_char *out =
        heed_arena_zeroed(arena, stretch->n + step->n_content + 1, sizeof *out);
    size_t n = 0;
    if (!out || stretch->n == 0) {
        return out != NULL;
    }
    for (size_t i = 0; i < step->n_content; i++) {
        put(out, &n, stretch->chars[0], step->content[i]);
    }
    for (size_t i = 0; i < stretch->n; i++) {
        put(out, &n, stretch->chars[i], stretch->chars[i].c);
    }
    stretch->chars = out;
    stretch->n = n;
    return true;
}

/* What is put in stands where the last character that it replaces stood. */
bool heed_normal_replace(const struct heed_normal_step *step, struct heed_stretch *stretch,
                         struct heed_arena *arena)
{
    struct heed_parts parts = {0};
    if (!heed_pattern_find(step->pattern, stretch, arena, &parts)) {
        return false;
    }
    struct heed_normal_char *out =
        heed_arena_zeroed(arena, stretch->n + parts.n * step->n_content + 1, sizeof *out);
    size_t n = 0;
    for (size_t i = 0; out && i < parts.n; i++) {
        const struct heed_part *part = &parts.parts[i];
        struct heed_normal_char at = {0, stretch->base, stretch->base};
        at = part->end > 0 ? stretch->chars[part->end - 1] : at;
        for (size_t k = 0; part->is_match && k < step->n_content; k++) {
            put(out, &n, at, step->content[k]);
        }
        for (size_t k = part->start; !part->is_match && k < part->end; k++) {
            put(out, &n, stretch->chars[k], stretch->chars[k].c);
        }
    }
    stretch->chars = out;
    stretch->n = n;
    return out != NULL;
}

bool heed_normal_charsmap(const struct heed_normal_step *step, struct heed_stretch *stretch,
                          struct heed_arena *arena)
{
    return heed_charsmap_apply(&step->charsmap, stretch, arena);
}

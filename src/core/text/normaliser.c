#include "core/text/normaliser.h"

#include <string.h>

#include "core/text/unicode.h"

enum {
    N_CLASSES = 256,
    SHORT_RUN = 32, /* runs of marks up to this are sorted by insertion */
};

static void put_lower(struct heed_normaliser *normaliser, uint32_t c, int32_t position)
{
    struct heed_normal_char out = {c, position, position + 1};
    if (!normaliser->options.lower_case) {
        normaliser->sink(normaliser->context, out);
        return;
    }
    uint32_t lower[2];
    const int n = heed_unicode_lower(c, lower);
    for (int i = 0; i < n; i++) {
        out.c = lower[i];
        normaliser->sink(normaliser->context, out);
    }
}

/* Parts come out in canonical order, while positions are handed out in the
 * order of the input: the reference does so, and its offsets follow. */
static void put_part(struct heed_normaliser *normaliser, uint32_t c, bool is_first)
{
    if (is_first && normaliser->next_position < normaliser->n_positions) {
        normaliser->position = normaliser->positions[normaliser->next_position++];
    }
    if (!(heed_unicode_classify(c) & HEED_UNICODE_MARK)) {
        put_lower(normaliser, c, normaliser->position);
    }
}

static void sort_short(struct heed_normal_pending *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct heed_normal_pending item = items[i];
        size_t at = i;
        while (at > 0 && items[at - 1].combining_class > item.combining_class) {
            items[at] = items[at - 1];
            at--;
        }
        items[at] = item;
    }
}

/* Counting sort, so that a text of nothing but marks stays linear. */
static bool sort_long(struct heed_normaliser *normaliser)
{
    const size_t n = normaliser->n_pending;
    struct heed_normal_pending *sorted = heed_arena_zeroed(normaliser->arena, n, sizeof *sorted);
    if (!sorted) {
        return false;
    }
    size_t starts[N_CLASSES + 1] = {0};
    for (size_t i = 0; i < n; i++) {
        starts[normaliser->pending[i].combining_class + 1]++;
    }
    for (size_t i = 1; i <= N_CLASSES; i++) {
        starts[i] += starts[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        sorted[starts[normaliser->pending[i].combining_class]++] = normaliser->pending[i];
    }
    memcpy(normaliser->pending, sorted, n * sizeof *sorted);
    return true;
}

static void flush(struct heed_normaliser *normaliser)
{
    if (normaliser->n_pending <= SHORT_RUN) {
        sort_short(normaliser->pending, normaliser->n_pending);
    } else if (!sort_long(normaliser)) {
        normaliser->failed = true;
    }
    for (size_t i = 0; i < normaliser->n_pending; i++) {
        put_part(normaliser, normaliser->pending[i].c, normaliser->pending[i].is_first);
    }
    normaliser->n_pending = 0;
}

static void wait(struct heed_normaliser *normaliser, struct heed_normal_pending part)
{
    if (!heed_arena_reserve(normaliser->arena, &normaliser->pending, &normaliser->pending_capacity,
                            normaliser->n_pending + 1, sizeof part)) {
        normaliser->failed = true;
        return;
    }
    normaliser->pending[normaliser->n_pending++] = part;
}

static bool remember(struct heed_normaliser *normaliser, int32_t position)
{
    if (normaliser->next_position == normaliser->n_positions) {
        normaliser->n_positions = 0;
        normaliser->next_position = 0;
    }
    if (!heed_arena_reserve(normaliser->arena, &normaliser->positions,
                            &normaliser->position_capacity, normaliser->n_positions + 1,
                            sizeof position)) {
        normaliser->failed = true;
        return false;
    }
    normaliser->positions[normaliser->n_positions++] = position;
    return true;
}

static void put_decomposed(struct heed_normaliser *normaliser, uint32_t c, int32_t position)
{
    if (!normaliser->options.strip_accents) {
        put_lower(normaliser, c, position);
        return;
    }
    if (c < 0x80 && normaliser->n_pending == 0) {
        normaliser->position = position;
        put_lower(normaliser, c, position);
        return;
    }
    uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED];
    const int n = heed_unicode_decompose(c, parts);
    if (!remember(normaliser, position)) {
        return;
    }
    for (int i = 0; i < n; i++) {
        const int class = heed_unicode_combining_class(parts[i]);
        if (class != 0) {
            wait(normaliser, (struct heed_normal_pending){parts[i], class, i == 0});
            continue;
        }
        flush(normaliser);
        put_part(normaliser, parts[i], i == 0);
    }
}

static bool is_cleaned(uint32_t c)
{
    return c == 0 || c == 0xFFFD || (heed_unicode_classify(c) & HEED_UNICODE_OTHER) != 0;
}

void heed_normaliser_feed(struct heed_normaliser *normaliser, uint32_t c, int32_t position)
{
    if (normaliser->options.clean_text) {
        if (is_cleaned(c)) {
            return;
        }
        c = heed_unicode_is_space(c) ? ' ' : c;
    }
    const bool spaced = normaliser->options.split_cjk && heed_unicode_is_cjk(c);
    if (spaced) {
        put_decomposed(normaliser, ' ', position);
    }
    put_decomposed(normaliser, c, position);
    if (spaced) {
        put_decomposed(normaliser, ' ', position);
    }
}

void heed_normaliser_end(struct heed_normaliser *normaliser)
{
    flush(normaliser);
    normaliser->n_positions = 0;
    normaliser->next_position = 0;
}

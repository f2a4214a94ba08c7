/* Unicode's normal forms (UAX 15), with the places that the reference gives: parts
 * come out in canonical order, and the first part of each character that is replaced
 * takes the next place in the order of the input. */
#include <string.h>

#include "core/text/normal_steps.h"
#include "core/text/unicode.h"

enum {
    N_CLASSES = 256,
    SHORT_RUN = 32, /* runs of marks up to this are sorted by insertion */
};

struct forms {
    struct heed_arena *arena;
    struct heed_change *changes; /* in canonical order up to `sorted` */
    size_t n, capacity, sorted;
    bool failed;
};

static void put(struct forms *forms, struct heed_change change)
{
    if (forms->failed || !heed_arena_reserve(forms->arena, &forms->changes, &forms->capacity,
                                             forms->n + 1, sizeof change)) {
        forms->failed = true;
        return;
    }
    forms->changes[forms->n++] = change;
}

static void sort_short(struct heed_change *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct heed_change item = items[i];
        const int class = heed_unicode_combining_class(item.c);
        size_t at = i;
        while (at > 0 && heed_unicode_combining_class(items[at - 1].c) > class) {
            items[at] = items[at - 1];
            at--;
        }
        items[at] = item;
    }
}

/* Counting sort, so that a text of nothing but marks stays linear. */
static bool sort_long(struct heed_change *items, size_t n, struct heed_arena *arena)
{
    struct heed_change *sorted = heed_arena_zeroed(arena, n, sizeof *sorted);
    if (!sorted) {
        return false;
    }
    size_t starts[N_CLASSES + 1] = {0};
    for (size_t i = 0; i < n; i++) {
        starts[heed_unicode_combining_class(items[i].c) + 1]++;
    }
    for (size_t i = 1; i <= N_CLASSES; i++) {
        starts[i] += starts[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        sorted[starts[heed_unicode_combining_class(items[i].c)]++] = items[i];
    }
    memcpy(items, sorted, n * sizeof *sorted);
    return true;
}

/* The marks behind the last character of class 0 stand as they must. */
static void sort_marks(struct forms *forms)
{
    struct heed_change *marks = forms->changes + forms->sorted;
    const size_t n = forms->n - forms->sorted;
    if (n > SHORT_RUN) {
        forms->failed |= !sort_long(marks, n, forms->arena);
    } else if (n > 1) {
        sort_short(marks, n);
    }
    forms->sorted = forms->n;
}

static void decompose(struct forms *forms, const struct heed_stretch *stretch, bool compat)
{
    for (size_t i = 0; i < stretch->n && !forms->failed; i++) {
        uint32_t parts[HEED_UNICODE_MAX_DECOMPOSED];
        const int n = heed_unicode_decompose(stretch->chars[i].c, compat, parts);
        for (int k = 0; k < n; k++) {
            const bool is_mark = heed_unicode_combining_class(parts[k]) != 0;
            if (!is_mark) {
                sort_marks(forms);
            }
            put(forms, (struct heed_change){parts[k], k > 0});
            forms->sorted += is_mark ? 0 : 1;
        }
    }
    if (!forms->failed) {
        sort_marks(forms);
    }
}

/* A starter that waits for what it composes with, and the marks behind it that
 * it didn't. */
struct composing {
    struct forms *out;
    struct heed_change starter;
    bool has_starter;
    struct heed_change *marks;
    size_t n_marks, capacity;
    int last_class; /* of the last mark that waits; -1: none does */
};

static void give_out(struct composing *composing)
{
    if (composing->has_starter) {
        put(composing->out, composing->starter);
    }
    for (size_t i = 0; i < composing->n_marks; i++) {
        put(composing->out, composing->marks[i]);
    }
    composing->n_marks = 0;
    composing->last_class = -1;
}

static void keep_mark(struct composing *composing, struct heed_change mark, int class)
{
    if (!heed_arena_reserve(composing->out->arena, &composing->marks, &composing->capacity,
                            composing->n_marks + 1, sizeof mark)) {
        composing->out->failed = true;
        return;
    }
    composing->marks[composing->n_marks++] = mark;
    composing->last_class = class;
}

static void compose_one(struct composing *composing, struct heed_change item)
{
    const int class = heed_unicode_combining_class(item.c);
    if (!composing->has_starter && class != 0) {
        put(composing->out, item);
        return;
    }
    const bool is_blocked = composing->last_class >= 0 && composing->last_class >= class;
    const uint32_t composed = composing->has_starter && !is_blocked
                                  ? heed_unicode_compose(composing->starter.c, item.c)
                                  : 0;
    if (composed != 0) {
        composing->starter.c = composed;
        composing->starter.change += item.change - 1;
    } else if (class != 0) {
        keep_mark(composing, item, class);
    } else {
        give_out(composing);
        composing->starter = item;
        composing->has_starter = true;
    }
}

static bool compose(struct forms *decomposed, struct forms *out)
{
    struct composing composing = {.out = out, .last_class = -1};
    for (size_t i = 0; i < decomposed->n; i++) {
        compose_one(&composing, decomposed->changes[i]);
    }
    give_out(&composing);
    return !out->failed;
}

/* True if every form of it is itself. */
static bool is_plain(const struct heed_stretch *stretch)
{
    for (size_t i = 0; i < stretch->n; i++) {
        const uint32_t c = stretch->chars[i].c;
        if (c >= 0x80 && (c >= 0x1100 || (heed_unicode_classify(c) &
                                          (HEED_UNICODE_DECOMPOSES | HEED_UNICODE_COMPAT |
                                           HEED_UNICODE_COMBINES)))) {
            return false;
        }
    }
    return true;
}

bool heed_normal_form(const struct heed_normal_step *step, struct heed_stretch *stretch,
                      struct heed_arena *arena)
{
    struct forms decomposed = {.arena = arena};
    struct forms composed = {.arena = arena};
    if (is_plain(stretch)) {
        return true;
    }
    decompose(&decomposed, stretch, step->compat);
    if (decomposed.failed || (step->composes && !compose(&decomposed, &composed))) {
        return false;
    }
    const struct forms *out = step->composes ? &composed : &decomposed;
    return heed_stretch_change(stretch, arena, out->changes, out->n, 0);
}

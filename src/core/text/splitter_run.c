#include "core/text/bytes.h"
#include "core/text/splitter.h"

/* ---- what a step looks for ---- */

static bool is_wanted(const struct heed_split_step *step, uint32_t c)
{
    return step->is_match ? step->is_match(c) : c == step->letter;
}

/* Characters by themselves, each a match of its own. */
static bool find_letters(const struct heed_split_step *step, const struct heed_stretch *stretch,
                         struct heed_arena *arena, struct heed_parts *parts)
{
    size_t done = 0;
    for (size_t i = 0; i < stretch->n; i++) {
        if (is_wanted(step, stretch->chars[i].c)) {
            if ((done < i && !heed_parts_put(parts, arena, done, i, false)) ||
                !heed_parts_put(parts, arena, i, i + 1, true)) {
                return false;
            }
            done = i + 1;
        }
    }
    return done == stretch->n || heed_parts_put(parts, arena, done, stretch->n, false);
}

/* Joins a part with the one before it; a match that begins what is joined counts as
 * the kind that it is. */
static void join_parts(struct heed_parts *parts, enum heed_split_behavior behavior)
{
    bool previous = false;
    size_t n = 0;
    for (size_t i = 0; i < parts->n; i++) {
        const struct heed_part part = parts->parts[i];
        const bool joins = behavior == HEED_SPLIT_CONTIGUOUS ? part.is_match == previous
                                                             : part.is_match && !previous;
        if (joins && n > 0) {
            parts->parts[n - 1].end = part.end;
        } else {
            parts->parts[n++] = part;
        }
        previous = part.is_match;
    }
    parts->n = n;
}

/* The same from the end: a match goes with what stands behind it. */
static void join_next(struct heed_parts *parts)
{
    bool previous = false;
    size_t first = parts->n;
    for (size_t i = parts->n; i-- > 0;) {
        const struct heed_part part = parts->parts[i];
        if (part.is_match && !previous && first < parts->n) {
            parts->parts[first].start = part.start;
        } else {
            parts->parts[--first] = part;
        }
        previous = part.is_match;
    }
    for (size_t i = first; i < parts->n; i++) {
        parts->parts[i - first] = parts->parts[i];
    }
    parts->n -= first;
}

static bool find_parts(const struct heed_split_step *step, const struct heed_stretch *stretch,
                       struct heed_arena *arena, struct heed_parts *parts)
{
    if (!step->pattern && !step->is_match && step->letter == 0) {
        return heed_parts_put(parts, arena, 0, stretch->n, false);
    }
    if (!(step->pattern ? heed_pattern_find(step->pattern, stretch, arena, parts)
                        : find_letters(step, stretch, arena, parts))) {
        return false;
    }
    for (size_t i = 0; step->invert && i < parts->n; i++) {
        parts->parts[i].is_match = !parts->parts[i].is_match;
    }
    if (step->behavior == HEED_SPLIT_CONTIGUOUS || step->behavior == HEED_SPLIT_WITH_PREVIOUS) {
        join_parts(parts, step->behavior);
    } else if (step->behavior == HEED_SPLIT_WITH_NEXT) {
        join_next(parts);
    }
    return true;
}

/* ---- running ---- */

/* Spaces become the blank, and one is put before. */
static bool put_blanks(const struct heed_split_step *step, struct heed_stretch *stretch,
                       struct heed_arena *arena)
{
    struct heed_normal_char *out = heed_arena_zeroed(arena, stretch->n + 1, sizeof *out);
    size_t n = 0;
    if (!out) {
        return false;
    }
    for (size_t i = 0; i < stretch->n; i++) {
        struct heed_normal_char at = stretch->chars[i];
        at.c = at.c == ' ' && !step->keeps_spaces ? step->blank : at.c;
        const bool wanted = step->prepend == HEED_PREPEND_ALWAYS ||
                            (step->prepend == HEED_PREPEND_FIRST && stretch->base == 0);
        if (i == 0 && wanted && at.c != step->blank) {
            out[n] = at;
            out[n++].c = step->blank;
        }
        out[n++] = at;
    }
    stretch->chars = out;
    stretch->n = n;
    return true;
}

struct running {
    const struct heed_splitter *splitter;
    struct heed_arena *arena;
    heed_split_take *take;
    void *context;
};

static bool run_from(const struct running *running, size_t index, struct heed_stretch stretch)
{
    if (index == running->splitter->n) {
        return running->take(running->context, &stretch);
    }
    const struct heed_split_step *step = &running->splitter->steps[index];
    struct heed_parts parts = {0};
    if ((step->blank != 0 && !put_blanks(step, &stretch, running->arena)) ||
        !find_parts(step, &stretch, running->arena, &parts)) {
        return false;
    }
    for (size_t i = 0; i < parts.n; i++) {
        const struct heed_part *part = &parts.parts[i];
        const bool removed = part->is_match && step->behavior == HEED_SPLIT_REMOVED;
        if (removed || part->start == part->end) {
            continue;
        }
        struct heed_stretch cut = heed_stretch_cut(&stretch, part->start, part->end);
        if ((step->to_bytes && !heed_bytes_spell(&cut, running->arena)) ||
            !run_from(running, index + 1, cut)) {
            return false;
        }
    }
    return true;
}

bool heed_splitter_run(const struct heed_splitter *splitter, struct heed_stretch stretch,
                       struct heed_arena *arena, heed_split_take *take, void *context)
{
    const struct running running = {splitter, arena, take, context};
    return stretch.n == 0 || run_from(&running, 0, stretch);
}

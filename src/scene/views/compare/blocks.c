#include "scene/views/compare/blocks.h"

#include <math.h>

#include "scene/frame/unit_order.h"
#include "scene/views/compare/arcs.h"
#include "scene/views/compare/candidates.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/ranking.h"

/* Logical px. */
enum {
    MOST_TYPE = 26,
    MOST_WRAPPED = 20,
    LEAST_TYPE = 13,
    HALL_LEAST_TYPE = 15, /* 1/30 of the screen, and a bit */
    LINE_WORDS = 20,      /* of several lines, about */
    ONE_LINE = 26,        /* words, at most */
    COMPACT_HEIGHT = 620, /* below it */
    TABS_HEIGHT = 700,    /* map or heads, below it ... */
    TABS_WIDTH = 820,     /* ... or that */
    LETTERS = 32,         /* "A" and "B", at the lines' left */
    LEAST_ARCS = 44,      /* a side, without values ... */
    LOW_ARCS = 24,        /* ... of a low window's one line */
    LEAST_LOWER = 236,
    FOOT = 4, /* below the arcs */
    RANKING_WIDTH = 288
};

/* --- the words in lines --- */

/* Places that stay on one line: a word's pieces. */
static int together(const struct heed_compare *compare, int first, float *width)
{
    int n = 1;
    *width = compare->words[first].slot;
    while (first + n < compare->n) {
        const struct heed_aligned *at = &compare->places[first + n];
        const struct heed_unit *unit =
            at->a >= 0 ? &compare->maps_a->units[at->a] : &compare->maps_b->units[at->b];
        if (!unit->continues) {
            break;
        }
        *width += compare->words[first + n++].slot;
    }
    return n;
}

/* Sets each word's line; returns how many there are. */
static int break_lines(struct heed_compare *compare, float width)
{
    int n_lines = 0;
    float used = 0;
    for (int i = 0; i < compare->n;) {
        float need = 0;
        int n = together(compare, i, &need);
        if (need > width) {
            n = 1;
            need = compare->words[i].slot;
        }
        if (i == 0 || used + need > width + 0.5F) {
            n_lines++;
            used = 0;
        }
        used += need;
        for (int k = 0; k < n; k++) {
            compare->words[i++].line = n_lines - 1;
        }
    }
    return n_lines;
}

/* In so many lines at most, of about the same width; the lines that it took. */
static int try_lines(struct heed_compare *compare, float need, float width, int n_lines)
{
    const float even = 1.08F * need / (float)n_lines;
    const int found = break_lines(compare, fminf(width, n_lines > 1 ? even : width));
    return found > n_lines ? break_lines(compare, width) : found;
}

/* The largest type that needs no more lines than so many words ask for, else the least. */
static void choose_type(struct heed_compare *compare, float width)
{
    const float s = compare->s;
    int n_lines = compare->n <= ONE_LINE ? 1 : (compare->n + LINE_WORDS - 1) / LINE_WORDS;
    const float at_most = heed_compare_measure(compare, MOST_TYPE * s);
    const int most = n_lines > 1 ? MOST_WRAPPED : MOST_TYPE;
    const float least = compare->skin.projected ? HALL_LEAST_TYPE : LEAST_TYPE;
    float type = floorf((float)MOST_TYPE * 0.96F * width * (float)n_lines / fmaxf(at_most, 1));
    type = fminf(fmaxf(type, least), (float)most);
    for (;; type--) {
        const float need = heed_compare_measure(compare, type * s);
        const int found = try_lines(compare, need, width, n_lines);
        if (found <= n_lines || type <= least) {
            compare->n_lines = found;
            return;
        }
    }
}

static bool make_lines(struct heed_compare *compare)
{
    struct heed_list *list = compare->frame->list;
    compare->lines =
        heed_arena_zeroed(&list->arena, (size_t)compare->n_lines, sizeof(*compare->lines));
    if (compare->lines == NULL) {
        list->failed = true;
        return false;
    }
    for (int i = 0; i < compare->n; i++) {
        struct heed_compare_line *line = &compare->lines[compare->words[i].line];
        line->first = line->n == 0 ? i : line->first;
        line->n++;
    }
    return true;
}

static float width_of(const struct heed_compare *compare, const struct heed_compare_line *line)
{
    float width = 0;
    for (int i = line->first; i < line->first + line->n; i++) {
        width += compare->words[i].slot;
    }
    return width;
}

/* Several lines begin where the text does, one stands in the middle; spare room lies between
 * the words. */
static void set_line(struct heed_compare *compare, struct heed_compare_line *line, float x,
                     float room, const uint8_t *levels, int *order)
{
    const bool alone = compare->n_lines == 1;
    const float spare = fmaxf(room - width_of(compare, line), 0);
    const float extra = fminf(spare / (float)line->n, (alone ? 24 : 8) * compare->s);
    const float rest = spare - extra * (float)line->n;
    line->left = x;
    line->right = x + room;
    x += alone ? rest / 2 : compare->right_to_left ? rest : 0;
    heed_unit_order(levels, line->first, line->n, order);
    for (int i = 0; i < line->n; i++) {
        struct heed_compare_word *word = &compare->words[order[i]];
        word->slot += extra;
        word->x = x + word->slot / 2;
        x += word->slot;
    }
}

static bool set_words(struct heed_compare *compare, struct heed_rect rect)
{
    const float s = compare->s;
    const float x = rect.x + compare->pad + LETTERS * s;
    const float room = fmaxf(rect.w - 2 * compare->pad - LETTERS * s, 40 * s);
    choose_type(compare, room);
    if (!make_lines(compare)) {
        return false;
    }
    int *order =
        heed_arena_zeroed(&compare->frame->list->arena, (size_t)compare->n + 1, sizeof(*order));
    if (order == NULL) {
        compare->frame->list->failed = true;
        return false;
    }
    const uint8_t *levels = heed_compare_levels(compare, &compare->right_to_left);
    for (int i = 0; i < compare->n_lines; i++) {
        set_line(compare, &compare->lines[i], x, room, levels, order);
    }
    for (int i = 0; i < compare->n; i++) { /* a word wider than all is cut */
        compare->words[i].width = fminf(compare->words[i].width, room);
    }
    return true;
}

/* --- the blocks --- */

/* Rows of the shown heads, or one line that says how to get them. */
static float candidates_height(struct heed_compare *compare, float height)
{
    struct heed_margin_request requests[2];
    const float s = compare->s, top = (compare->compact ? 38 : 72) * s;
    const int shown = compare->frame->state->n_shown;
    compare->n_rows = 0;
    if (!heed_compare_find_margins(compare->frame, requests) || shown == 0) {
        if (compare->skin.projected) { /* how to mark some is of no use in a hall */
            return 0;
        }
        return (compare->compact ? 40 : 48) * s;
    }
    const float pitch = heed_compare_row_pitch(compare, shown);
    const int most = (int)fmaxf((0.34F * height - top) / pitch, 2);
    compare->n_rows = shown < most ? shown : most;
    return top + (float)compare->n_rows * pitch + (compare->compact ? 8 : 10) * s;
}

static float tags_height(const struct heed_compare *compare)
{
    const bool pair = compare->query.places.count > 0 && compare->key.places.count > 0;
    return compare->skin.projected ? 0 : pair ? (compare->compact ? 26 : 30) * compare->s : 0;
}

static int line_in_hand(const struct heed_compare *compare)
{
    return compare->query.places.count > 0 ? compare->words[compare->query.places.first].line : 0;
}

/* px that the arcs need at least. */
static float least_arcs(const struct heed_compare *compare)
{
    const float s = compare->s, stem = 16 * s;
    const float arcs = compare->compact && compare->n_lines == 1 ? LOW_ARCS : LEAST_ARCS;
    return compare->head + 2 * tags_height(compare) +
           (float)compare->n_lines * 2 * (compare->half + stem + arcs * s) + FOOT * s;
}

/* px that maps of cells of this size would need, with labels, title and scale. */
static float maps_height(const struct heed_compare *compare, float width)
{
    const float s = compare->s;
    const float n = (float)(compare->n > 0 ? compare->n : 1);
    const float cell = fminf(fmaxf((width - 150 * s) / (3 * n + 2), 1), 40 * s);
    return cell * n + 150 * s;
}

/* Of what lies below the candidates; the arcs take what the maps have no use for. */
static float arcs_height(const struct heed_compare *compare, struct heed_rect rect, float room)
{
    const float s = compare->s;
    if (heed_frame_is_projected(compare->frame)) {
        return rect.h;
    }
    float height = 0.43F * room;
    if (!compare->compact) {
        const float width = rect.w - (compare->folded ? 0 : RANKING_WIDTH * s);
        const float maps = maps_height(compare, width);
        height = room - fminf(fmaxf(maps, 0.48F * room), 0.58F * room);
    }
    return fmaxf(height, least_arcs(compare));
}

/* Where it scrolls anyhow, the maps take what they have use for. */
static float lower_height(const struct heed_compare *compare, struct heed_rect rect, float room)
{
    const float s = compare->s;
    const float width = rect.w - (compare->folded ? 0 : RANKING_WIDTH * s);
    const float liked = fminf(maps_height(compare, width), 0.8F * rect.h);
    return fmaxf(fmaxf(room, LEAST_LOWER * s), compare->n_lines > 1 ? liked : 0);
}

/* Candidates, arcs, and below maps and heads: what doesn't fit scrolls. */
static void set_areas(struct heed_compare *compare, struct heed_rect rect)
{
    const float s = compare->s;
    const bool projected = heed_frame_is_projected(compare->frame);
    const float first = candidates_height(compare, rect.h);
    const float room = rect.h - (projected ? 0 : first);
    const float arcs = roundf(arcs_height(compare, rect, room));
    const float lower = projected ? rect.h - first : lower_height(compare, rect, room - arcs);
    const float height = first + arcs + lower;
    const float most = fmaxf(height - rect.h, 0);
    const float scroll = !projected ? fminf(fmaxf(compare->frame->scroll_y, 0), most)
                         : compare->frame->second_page ? arcs
                                                       : 0;
    const float top = roundf(rect.y - scroll);
    compare->rect = (struct heed_rect){rect.x, top, rect.w, height};
    /* In a hall the arcs have the screen; the rest lies below it. */
    compare->candidates = (struct heed_rect){rect.x, top + (projected ? arcs : 0), rect.w, first};
    compare->upper = (struct heed_rect){rect.x, top + (projected ? 0 : first), rect.w, arcs};
    const float y = top + first + arcs;
    const float heads = compare->folded ? 0 : fminf(RANKING_WIDTH * s, 0.4F * rect.w);
    compare->map = (struct heed_rect){rect.x, y, rect.w - heads, lower};
    compare->heads = compare->map;
    if (!compare->folded) {
        compare->heads = (struct heed_rect){rect.x + rect.w - heads, y, heads, lower};
    }
    compare->frame->content_height = projected ? rect.h : height;
    compare->frame->content_width = rect.w;
}

static void set_lines(struct heed_compare *compare)
{
    const struct heed_rect upper = compare->upper;
    const float tags = tags_height(compare), foot = FOOT * compare->s;
    const int pinned = line_in_hand(compare);
    const float room =
        (upper.h - compare->head - foot - 2 * tags - (float)compare->n_lines * 2 * compare->half) /
        (float)compare->n_lines;
    float y = upper.y + compare->head;
    for (int i = 0; i < compare->n_lines; i++) {
        struct heed_compare_line *line = &compare->lines[i];
        line->tags = i == pinned ? tags : 0;
        line->up = 0.5F * room + line->tags;
        line->down = 0.5F * room + line->tags;
        line->y = roundf(y + line->up + compare->half);
        y += line->up + line->down + 2 * compare->half;
    }
}

bool heed_compare_place(struct heed_compare *compare, struct heed_frame *frame,
                        struct heed_rect rect)
{
    if (!heed_compare_begin(compare, frame)) {
        return false;
    }
    const float s = compare->s;
    compare->compact = rect.h < COMPACT_HEIGHT * s;
    compare->folded = rect.h < TABS_HEIGHT * s || rect.w < TABS_WIDTH * s;
    compare->pad = (rect.w < 760 * s ? 20 : 28) * s;
    compare->head = (compare->compact ? (tags_height(compare) > 0 ? 2 : 30) : 42) * s;
    if (!set_words(compare, rect)) {
        return false;
    }
    compare->half =
        roundf((heed_compare_is_stacked(compare) ? 1.45F : 0.9F) * compare->type + 4 * s);
    set_areas(compare, rect);
    set_lines(compare);
    return true;
}

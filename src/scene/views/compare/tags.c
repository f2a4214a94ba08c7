#include "scene/views/compare/tags.h"

#include <math.h>

#include "base/array.h"

#include "scene/frame/aligned.h"
#include "scene/views/compare/arcs.h"
#include "scene/views/compare/hall.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/space.h"
#include "scene/widgets/label.h"
#include "state/candidates.h"

struct tag {
    const struct heed_shown_map *map;
    float weight, width;
    char text[32], changed[32]; /* changed "": of A, or where the other text hasn't the pair */
};

/* How tags of one kind look, in logical px. */
struct look {
    float chip, indent, size, gap; /* indent: of the number */
};

static const struct look outer = {10, 15, 18, 20}, inner = {9, 13, 14, 10};
enum { CHANGE_SIZE = 13, CHANGE_GAP = 6, INNER_HEIGHT = 16, MOST_INNER = 4 };

static float tag_line(const struct heed_compare *compare)
{
    return (compare->frame->is_export ? 17 : 26) * compare->s;
}

static float gap_of(const struct heed_compare *compare, const struct look *look)
{
    return (compare->frame->is_export ? 12 : look->gap) * compare->s;
}

static int weight_of_type(const struct look *look, float weight)
{
    return look == &outer || weight >= 0.1F ? 600 : 400;
}

static float width_of(const struct heed_compare *compare, const struct look *look,
                      const struct tag *tag)
{
    const float s = compare->s;
    const struct heed_skin *skin = &compare->skin;
    const int weight = weight_of_type(look, tag->weight);
    const float number =
        heed_widget_width(skin, heed_widget_style(skin, look->size, weight), tag->text);
    const float change =
        heed_widget_width(skin, heed_widget_style(skin, CHANGE_SIZE, 400), tag->changed);
    return look->indent * s + number + (tag->changed[0] != '\0' ? change + CHANGE_GAP * s : 0);
}

static int by_weight(const void *left, const void *right)
{
    const struct tag *a = left, *b = right;
    return a->weight != b->weight ? (a->weight < b->weight ? 1 : -1) : a->map > b->map ? 1 : -1;
}

/* Of the query and this key in each shown head, largest first; NULL without memory. With an
 * `other` side each has its change from there. */
static struct tag *find_tags(const struct heed_compare_side *side,
                             const struct heed_compare_side *other, const struct look *look,
                             struct heed_range key)
{
    struct heed_list *list = side->compare->frame->list;
    struct tag *tags = heed_arena_zeroed(&list->arena, (size_t)side->shown.n, sizeof(*tags));
    if (tags == NULL) {
        list->failed = true;
        return NULL;
    }
    for (int i = 0; i < side->shown.n; i++) {
        struct tag *tag = &tags[i];
        tag->map = &side->shown.items[i];
        tag->weight = heed_map_weight(tag->map->weights, side->maps->n, side->query, key);
        heed_format_number(tag->text, sizeof(tag->text), (double)tag->weight, 3);
        const struct heed_shown_map *same =
            other != NULL ? heed_shown_find(&other->shown, tag->map->id) : NULL;
        if (same != NULL && other->query.count > 0 && other->key.count > 0) {
            const float before =
                heed_map_weight(same->weights, other->maps->n, other->query, other->key);
            heed_format_signed(tag->changed, sizeof(tag->changed), (double)(tag->weight - before));
        }
        tag->width = width_of(side->compare, look, tag);
    }
    heed_sort(tags, (size_t)side->shown.n, sizeof(*tags), by_weight);
    return tags;
}

static float width_of_all(const struct heed_compare *compare, const struct look *look,
                          const struct tag *tags, int n)
{
    float width = 0;
    for (int i = 0; i < n; i++) {
        width += tags[i].width + (i > 0 ? gap_of(compare, look) : 0);
    }
    return width;
}

/* How many of tags[0 ..] stand in a line of the arcs' width. */
static int fill_line(const struct heed_compare *compare, const struct tag *tags, int n)
{
    const float room = compare->upper.w - 56 * compare->s;
    int used = 1;
    while (used < n && width_of_all(compare, &outer, tags, used + 1) <= room) {
        used++;
    }
    return used < n ? used : n;
}

static void draw_tag(const struct heed_compare *compare, const struct look *look,
                     const struct tag *tag, float x, float cy)
{
    const struct heed_skin *skin = &compare->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = compare->s;
    const int weight = weight_of_type(look, tag->weight);
    heed_chip_draw(skin, x, cy, look->chip, tag->map->color, tag->map->dashed);
    x += look->indent * s;
    x += heed_widget_left(skin, x, cy, look->size, weight,
                          weight == 600 ? theme->text : theme->muted, tag->text, 0) +
         CHANGE_GAP * s;
    heed_widget_left(skin, x, cy, CHANGE_SIZE, 400, theme->muted, tag->changed, 0);
}

static void draw_row(const struct heed_compare *compare, const struct look *look,
                     const struct tag *tags, int n, float x, float cy)
{
    for (int i = 0; i < n; i++) {
        draw_tag(compare, look, &tags[i], x, cy);
        x += tags[i].width + gap_of(compare, look);
    }
}

/* --- the pinned pair's, beyond the outermost arc --- */

/* The window has one line, an export as many as they need. Where all fit without their
 * changes only, those are left out: they stand among the numbers at the right. */
static int count_lines(const struct heed_compare *compare, struct tag *tags, int n)
{
    int lines = 0;
    if (!compare->frame->is_export && n > 0 && fill_line(compare, tags, n) < n) {
        for (int i = 0; i < n; i++) {
            tags[i].changed[0] = '\0';
            tags[i].width = width_of(compare, &outer, &tags[i]);
        }
    }
    for (int at = 0; at < n && (lines == 0 || compare->frame->is_export); lines++) {
        at += fill_line(compare, tags + at, n - at);
    }
    return lines;
}

/* Where the pair's arc runs on the query's line: to its key, or to the line's end. */
static float middle_of(const struct heed_compare_side *side, int line)
{
    struct heed_compare_arc arcs[2];
    const struct heed_link link = {.query = side->query.first, .key = side->key.first};
    const int n = heed_compare_find_arcs(side, link, arcs);
    return n > 0 && arcs[0].line == line ? (arcs[0].x0 + arcs[0].x1) / 2 : 0;
}

static void draw_pair(const struct heed_compare_side *side, const struct heed_compare_side *other,
                      struct heed_compare_space *space, int line)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_rect upper = compare->upper;
    const struct heed_compare_line at = heed_compare_line(compare, line);
    const float s = compare->s, way = side->below ? 1 : -1, pitch = tag_line(compare);
    const float foot = at.y + way * compare->half, middle = middle_of(side, line);
    const float most = side->below ? at.down : at.up;
    struct tag *tags = find_tags(side, side->below ? other : NULL, &outer, side->key);
    const int n = tags != NULL ? side->shown.n : 0, lines = count_lines(compare, tags, n);
    for (int i = 0, first = 0; i < lines; i++) {
        const int used = fill_line(compare, tags + first, n - first);
        const float width = width_of_all(compare, &outer, tags + first, used);
        /* Beside the side's letter. */
        const float x =
            fminf(fmaxf(middle - width / 2, upper.x + 48 * s), upper.x + upper.w - width - 4 * s);
        const float reach = heed_compare_reach(side, space, foot, x, x + width);
        const float row = (float)(side->below ? i : lines - 1 - i) + 0.5F;
        const float out = fminf(reach + 4 * s + row * pitch, most - pitch / 2);
        draw_row(compare, &outer, tags + first, used, x, foot + way * out);
        heed_compare_take(space, (struct heed_rect){x, foot + way * out - pitch / 2, width, pitch});
        first += used;
    }
}

float heed_compare_tags_height(const struct heed_compare *compare)
{
    struct heed_frame frames[2];
    struct heed_compare_side sides[2];
    int most = 0;
    if (compare->query.places.count == 0 || compare->key.places.count == 0 || compare->upright ||
        !heed_compare_find_sides(sides, compare, frames)) {
        return 0;
    }
    for (int i = 0; i < 2; i++) {
        struct tag *tags = find_tags(&sides[i], i == 1 ? &sides[0] : NULL, &outer, sides[i].key);
        const int lines = tags != NULL ? count_lines(compare, tags, sides[i].shown.n) : 0;
        most = lines > most ? lines : most;
    }
    return (float)most * tag_line(compare) + 4 * compare->s;
}

/* --- other candidates', within their own arcs --- */

/* Between the two words and below the highest of its arcs. */
static bool find_span_within(const struct heed_compare_side *side, int line, int key,
                             struct heed_rect *span)
{
    struct heed_compare_arc arcs[2];
    const struct heed_link link = {
        .query = side->query.first, .key = key, .map = side->shown.n / 2};
    const float s = side->compare->s;
    if (key == side->query.first || heed_compare_find_arcs(side, link, arcs) != 1 ||
        arcs[0].line != line) {
        return false;
    }
    const struct heed_compare_arc *arc = &arcs[0];
    const float high = arc->height + HEED_COMPARE_STEM * s;
    *span = (struct heed_rect){fminf(arc->x0, arc->x1), side->below ? arc->y : arc->y - high,
                               fabsf(arc->x1 - arc->x0), high};
    return true;
}

static void draw_candidate(const struct heed_compare_side *side, struct heed_compare_space *space,
                           int line, struct heed_range key)
{
    const struct heed_compare *compare = side->compare;
    struct heed_rect span;
    if (!find_span_within(side, line, key.first, &span)) {
        return;
    }
    const struct tag *tags = find_tags(side, NULL, &inner, key);
    const int n = tags == NULL ? 0 : side->shown.n < MOST_INNER ? side->shown.n : (int)MOST_INNER;
    for (int k = n; k > 0; k--) { /* as many as fit */
        struct heed_rect box = {.w = width_of_all(compare, &inner, tags, k),
                                .h = INNER_HEIGHT * compare->s};
        if (heed_compare_find_space(side, space, span, &box)) {
            draw_row(compare, &inner, tags, k, box.x, box.y + box.h / 2);
            heed_compare_take(space, box);
            return;
        }
    }
}

static void draw_candidates(const struct heed_compare_side *side, struct heed_compare_space *space,
                            int line)
{
    const struct heed_state *state = side->frame->state;
    for (int i = 0; i < state->n_candidates; i++) {
        const struct heed_range a = heed_pin_units(side->compare->maps_a, state->candidates[i]);
        const struct heed_range key = side->below ? heed_units_b(side->compare->comparison, a) : a;
        if (key.count > 0 && !heed_range_has(side->key, key.first)) {
            draw_candidate(side, space, line, key);
        }
    }
}

void heed_compare_draw_tags(const struct heed_compare_side *side,
                            const struct heed_compare_side *other)
{
    const struct heed_compare *compare = side->compare;
    if (compare->upright || side->query.count == 0) {
        return;
    }
    const int line = compare->words[side->places[side->query.first]].line;
    if (compare->skin.projected) {
        heed_compare_draw_hall(side, line);
        return;
    }
    const struct heed_chosen_links links = heed_compare_pointed(side);
    struct heed_compare_space space = {0};
    space.at = heed_compare_dots(side, line, &links, 3 * compare->s, &space.n);
    space.n = space.at != NULL ? space.n : 0;
    if (side->key.count > 0) {
        draw_pair(side, other, &space, line);
    }
    if (!compare->frame->is_export) {
        draw_candidates(side, &space, line);
    }
}

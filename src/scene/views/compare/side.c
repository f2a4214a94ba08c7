#include "scene/views/compare/side.h"

#include <math.h>
#include <stdlib.h>

#include "scene/views/compare/arcs.h"
#include "scene/views/compare/layout.h"

static const float pi = 3.14159265F;

/* Where each unit of one text stands; NULL without memory. */
static const int *find_unit_places(const struct heed_compare *compare, bool b)
{
    const int n = b ? compare->maps_b->n : compare->maps_a->n;
    int *places = heed_arena_zeroed(&compare->frame->list->arena, (size_t)n + 1, sizeof(*places));
    for (int i = 0; places != NULL && i < compare->n; i++) {
        const int unit = b ? compare->places[i].b : compare->places[i].a;
        if (unit >= 0) {
            places[unit] = i;
        }
    }
    if (places == NULL) {
        compare->frame->list->failed = true;
    }
    return places;
}

/* Between the outermost words, which needn't be the first and the last; of what is pointed
 * at, from it to the outermost word. */
static float find_span(const struct heed_compare *compare)
{
    const struct heed_range in_hand =
        compare->query.places.count > 0 ? compare->query.places : compare->key.places;
    float first = compare->words[0].x, last = first;
    for (int i = 1; i < compare->n; i++) {
        first = fminf(first, compare->words[i].x);
        last = fmaxf(last, compare->words[i].x);
    }
    if (heed_compare_n_lines(compare) > 1) { /* the rest of two lines */
        return 1.2F * (last - first);
    }
    if (in_hand.count == 0) {
        return last - first;
    }
    const float x = compare->words[in_hand.first].x;
    return fmaxf(last - x, x - first);
}

static bool find_side(struct heed_compare_side *side, const struct heed_compare *compare,
                      struct heed_frame *frame, bool below)
{
    const struct heed_compared_pin *query = &compare->query, *key = &compare->key;
    *side = (struct heed_compare_side){
        .compare = compare,
        .frame = frame,
        .below = below,
        .maps = below ? compare->maps_b : compare->maps_a,
        .shown = heed_shown_collect(frame),
        .query = below ? query->b : query->a,
        .key = below ? key->b : key->a,
        .places = find_unit_places(compare, below),
    };
    if (side->places == NULL || (side->shown.n == 0 && !below) || side->maps->n == 0) {
        return false;
    }
    side->lane = side->shown.n > 1
                     ? fminf(10 * compare->s, 0.7F * compare->type / (float)(side->shown.n - 1))
                     : 0;
    side->span = find_span(compare) + side->lane * (float)(side->shown.n - 1);
    return true;
}

bool heed_compare_find_sides(struct heed_compare_side sides[2], const struct heed_compare *compare,
                             struct heed_frame frames[2])
{
    frames[0] = *compare->frame;
    frames[1] = compare->frame_b;
    return find_side(&sides[0], compare, &frames[0], false) &&
           find_side(&sides[1], compare, &frames[1], true);
}

struct heed_link_request heed_compare_request(const struct heed_compare_side *side)
{
    return (struct heed_link_request){.frame = side->frame,
                                      .maps = side->maps,
                                      .shown = side->shown,
                                      .last = side->maps->n,
                                      .limit = heed_compare_limit(side->frame)};
}

struct heed_chosen_links heed_compare_pointed(const struct heed_compare_side *side)
{
    const struct heed_link_request request = heed_compare_request(side);
    struct heed_chosen_links links = heed_link_collect(
        &request, side->query.count > 0 ? side->query : (struct heed_range){0, 0}, side->key);
    if (!side->frame->is_export && links.n > HEED_COMPARE_GROUND) {
        links.links += links.n - HEED_COMPARE_GROUND;
        links.n = HEED_COMPARE_GROUND;
    }
    return links;
}

/* px between a line's words and the end of its room, without stems and values. */
static float room_of(const struct heed_compare_side *side, int line)
{
    const struct heed_compare_line at = heed_compare_line(side->compare, line);
    return (side->below ? at.down : at.up) - (HEED_COMPARE_STEM + 6) * side->compare->s - at.tags;
}

/* Longer arcs stay close to one another, so that values stand near what they name. */
static float rise_of(const struct heed_compare_side *side, int line, float span)
{
    const float widest = fmaxf(side->span, 1), room = room_of(side, line);
    const float most = fminf(room, 0.5F * widest);
    const float rise = most * powf(fminf(span / widest, 1), 0.72F);
    return fmaxf(fminf(rise, 0.8F * span), 1);
}

static float foot_of(const struct heed_compare_side *side, int line)
{
    const float y = heed_compare_line(side->compare, line).y;
    return y + (side->below ? 1 : -1) * side->compare->half;
}

/* From one line to another: it leaves at the end that is nearer in the text. */
static int break_arc(const struct heed_compare_side *side, int from, int to, float off,
                     struct heed_compare_arc arcs[2])
{
    const struct heed_compare *compare = side->compare;
    const struct heed_compare_word *query = &compare->words[from], *key = &compare->words[to];
    const struct heed_compare_line lines[] = {heed_compare_line(compare, query->line),
                                              heed_compare_line(compare, key->line)};
    const bool down = key->line > query->line;
    const bool right = down != compare->right_to_left;
    const float edges[] = {right ? lines[0].right : lines[0].left,
                           right ? lines[1].left : lines[1].right};
    const float way = right ? 1 : -1;
    const float between = (float)(abs(key->line - query->line) - 1);
    const float span = fabsf(edges[0] - query->x) + fabsf(key->x - edges[1]) +
                       between * (lines[0].right - lines[0].left);
    const int on[] = {query->line, key->line};
    for (int i = 0; i < 2; i++) {
        arcs[i] = (struct heed_compare_arc){.line = on[i],
                                            .x0 = i == 0 ? query->x - way * off : edges[1],
                                            .x1 = i == 0 ? edges[0] : key->x + way * off,
                                            .y = foot_of(side, on[i]),
                                            .height = rise_of(side, on[i], span),
                                            .at_query = i == 0,
                                            .at_key = i == 1};
    }
    return 2;
}

int heed_compare_find_arcs(const struct heed_compare_side *side, struct heed_link link,
                           struct heed_compare_arc arcs[2])
{
    const struct heed_compare *compare = side->compare;
    const float s = compare->s;
    const int query = side->places[link.query], key = side->places[link.key];
    const struct heed_compare_word *from = &compare->words[query], *to = &compare->words[key];
    const float off = ((float)(side->shown.n - 1) / 2 - (float)link.map) *
                      (link.weight >= 0.1F ? side->lane : side->lane / 2);
    if (from->line != to->line) {
        return break_arc(side, query, key, off, arcs);
    }
    const float way = to->x < from->x ? -1 : 1;
    struct heed_compare_arc arc = {.line = from->line,
                                   .x0 = from->x - way * off,
                                   .x1 = to->x + way * off,
                                   .y = foot_of(side, from->line),
                                   .at_query = true,
                                   .at_key = true};
    if (link.query == link.key) {
        arc.x0 = from->x + 9 * s + fabsf(off) / 2;
        arc.x1 = from->x - 9 * s - fabsf(off) / 2;
        arc.height = fmaxf(fminf(15 * s, room_of(side, from->line)), 1);
    } else {
        arc.height = rise_of(side, from->line, fabsf(arc.x1 - arc.x0));
    }
    arcs[0] = arc;
    return 1;
}

float heed_compare_stroke(const struct heed_compare_side *side, float weight)
{
    const float type = fminf(side->compare->type, 28 * side->compare->s);
    return 0.08F * type * (1 + 4 * weight);
}

float heed_compare_point(const struct heed_compare_side *side, float weight)
{
    return (4 + 4 * weight) * side->compare->s;
}

/* --- what lies where --- */

struct cloud {
    struct heed_compare_dot *dots;
    int n, room;
};

static void add_dot(struct cloud *cloud, float x, float y, float radius)
{
    if (cloud->n < cloud->room) {
        cloud->dots[cloud->n++] = (struct heed_compare_dot){x, y, radius};
    }
}

static int steps_of(const struct heed_compare_arc *arc, float step)
{
    return (int)ceilf((fabsf(arc->x1 - arc->x0) + 2 * arc->height) / step) + 1;
}

/* Its curve, its stem and the head of its arrow. */
static void add_arc(struct cloud *cloud, const struct heed_compare_side *side,
                    const struct heed_compare_arc *arc, float weight, float step)
{
    const float way = side->below ? 1 : -1, stem = HEED_COMPARE_STEM * side->compare->s;
    const float radius = heed_compare_stroke(side, weight) / 2;
    const int n = steps_of(arc, step);
    const bool whole = arc->at_query && arc->at_key;
    for (int i = 0; i <= n; i++) {
        const float t = (float)i / (float)n;
        /* A half runs from foot to foot, a quarter from its foot to its top. */
        const float angle = whole ? pi * t : pi / 2 * (arc->at_query ? t : 1 - t);
        const float along =
            whole ? (1 - cosf(angle)) / 2 : (arc->at_query ? 1 - cosf(angle) : cosf(angle));
        add_dot(cloud, arc->x0 + (arc->x1 - arc->x0) * along,
                arc->y + way * (stem + arc->height * sinf(angle)), radius);
    }
    for (int i = 0; i < 3; i++) {
        const float y = arc->y + way * stem * ((float)i + 0.5F) / 3;
        if (arc->at_query) {
            add_dot(cloud, arc->x0, y, radius);
        }
        if (arc->at_key) {
            add_dot(cloud, arc->x1, y,
                    fmaxf(heed_compare_point(side, weight) * ((float)i + 0.5F) / 3, radius));
        }
    }
}

const struct heed_compare_dot *heed_compare_dots(const struct heed_compare_side *side, int line,
                                                 const struct heed_chosen_links *links, float step,
                                                 int *n)
{
    struct heed_list *list = side->compare->frame->list;
    struct heed_compare_arc arcs[2];
    struct cloud cloud = {0};
    for (int i = 0; i < links->n; i++) {
        const int found = heed_compare_find_arcs(side, links->links[i], arcs);
        for (int k = 0; k < found; k++) {
            cloud.room += arcs[k].line == line ? steps_of(&arcs[k], step) + 7 : 0;
        }
    }
    cloud.dots = heed_arena_zeroed(&list->arena, (size_t)cloud.room + 1, sizeof(*cloud.dots));
    if (cloud.dots == NULL) {
        list->failed = true;
        cloud.room = 0;
    }
    for (int i = 0; i < links->n; i++) {
        const int found = heed_compare_find_arcs(side, links->links[i], arcs);
        for (int k = 0; k < found; k++) {
            if (arcs[k].line == line) {
                add_arc(&cloud, side, &arcs[k], links->links[i].weight, step);
            }
        }
    }
    *n = cloud.n;
    return cloud.dots;
}

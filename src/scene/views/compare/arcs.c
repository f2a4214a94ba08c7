#include "scene/views/compare/arcs.h"
#include "scene/frame/two_models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/parts/shapes.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/line.h"
#include "scene/views/compare/side.h"
#include "scene/views/compare/tags.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { STEM = HEED_COMPARE_STEM };

static const float pi = 3.14159265F;

/* The ellipse's part: of a quarter the half that rises from its word. */
static void draw_curve(const struct heed_compare_side *side, const struct heed_compare_arc *arc,
                       float stem, struct heed_stroke stroke)
{
    const bool turned = side->compare->upright;
    const bool whole = arc->at_query && arc->at_key;
    const float foot = arc->at_query ? arc->x0 : arc->x1, top = arc->at_query ? arc->x1 : arc->x0;
    const float along = whole ? (arc->x0 + arc->x1) / 2 : top;
    const float across = arc->y + (side->below ? stem : -stem);
    const float wide = whole ? fabsf(arc->x1 - arc->x0) / 2 : fabsf(top - foot);
    float from = turned ? (side->below ? -pi / 2 : pi / 2) : side->below ? 0 : pi;
    if (!whole && (foot < top) == side->below) { /* the other half of it */
        from += pi / 2;
    }
    heed_list_arc(side->compare->frame->list, (struct heed_item_arc){
                                                  .cx = turned ? across : along,
                                                  .cy = turned ? along : across,
                                                  .rx = turned ? arc->height : wide,
                                                  .ry = turned ? wide : arc->height,
                                                  .from = from,
                                                  .to = from + (whole ? pi : pi / 2),
                                                  .stroke = stroke,
                                              });
}

/* The stem at the query, the head at the key. */
static void draw_ends(const struct heed_compare_side *side, const struct heed_compare_arc *arc,
                      float wide, struct heed_stroke stroke)
{
    struct heed_list *list = side->compare->frame->list;
    const float s = side->compare->s, way = side->below ? 1 : -1;
    const float far = arc->y + way * (STEM + 0.5F) * s, base = arc->y + way * STEM * s;
    const bool turned = side->compare->upright;
    stroke.dash_on = stroke.dash_off = 0;
    if (arc->at_query && turned) {
        heed_list_line(list, (struct heed_item_line){arc->y, arc->x0, far, arc->x0, stroke});
    } else if (arc->at_query) {
        heed_list_line(list, (struct heed_item_line){arc->x0, arc->y, arc->x0, far, stroke});
    }
    if (arc->at_key && turned) {
        heed_list_triangle(list,
                           (struct heed_item_triangle){base, arc->x1 - wide, base, arc->x1 + wide,
                                                       arc->y, arc->x1, stroke.color});
    } else if (arc->at_key) {
        heed_list_triangle(list, (struct heed_item_triangle){arc->x1 - wide, base, arc->x1 + wide,
                                                             base, arc->x1, arc->y, stroke.color});
    }
}

/* opacity: of the head's colour over the canvas. */
static struct heed_stroke stroke_of(const struct heed_compare_side *side, struct heed_link link,
                                    float width, float opacity)
{
    const struct heed_shown_map *map = &side->shown.items[link.map];
    return heed_map_stroke(
        map, width,
        heed_color_mix(side->compare->frame->theme->canvas, map->color, fminf(opacity, 1)),
        side->compare->s);
}

static void draw_strong(const struct heed_compare_side *side, struct heed_link link, float fade)
{
    struct heed_compare_arc arcs[2];
    const int n = heed_compare_find_arcs(side, link, arcs);
    const struct heed_stroke stroke = stroke_of(side, link, heed_compare_stroke(side, link.weight),
                                                (0.25F + 0.75F * link.weight) * fade);
    for (int i = 0; i < n; i++) {
        draw_curve(side, &arcs[i], STEM * side->compare->s, stroke);
        draw_ends(side, &arcs[i], heed_compare_point(side, link.weight), stroke);
    }
}

static void draw_pointed(const struct heed_compare_side *side)
{
    struct heed_list *list = side->compare->frame->list;
    const bool pair = side->query.count > 0 && side->key.count > 0;
    const struct heed_chosen_links links = heed_compare_pointed(side);
    for (int pass = 0; pass < (pair ? 2 : 1); pass++) {
        for (int i = 0; i < links.n; i++) {
            const struct heed_link link = links.links[i];
            const bool chosen = !pair || heed_range_has(side->key, link.key);
            if (pair && chosen != (pass == 1)) {
                continue;
            }
            list->target = heed_link_target(side->shown.items[link.map].id, link);
            list->target.flags = side->below ? HEED_TARGET_FLAG_B : 0;
            draw_strong(side, link, chosen ? 1 : 0.4F);
        }
    }
    list->target = (struct heed_target){0};
}

/* Stands for the arcs from an item on: equal ones give the same. */
static uint64_t arcs_key(const struct heed_list *list, size_t first)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = first; i < list->n_items; i++) {
        const struct heed_item_arc *arc = &list->items[i].as.arc;
        const struct heed_stroke *stroke = &arc->stroke;
        const float numbers[] = {arc->cx,         arc->cy,         arc->rx,         arc->ry,
                                 arc->from,       arc->to,         stroke->width,   stroke->color.r,
                                 stroke->color.g, stroke->color.b, stroke->color.a, stroke->dash_on,
                                 stroke->dash_off};
        for (size_t k = 0; k < HEED_COUNT(numbers); k++) {
            uint32_t bits;
            memcpy(&bits, &numbers[k], sizeof(bits));
            hash = (hash ^ bits) * UINT64_C(0x9E3779B97F4A7C15);
            hash ^= hash >> 29;
        }
    }
    return hash != 0 ? hash : 1;
}

static struct heed_rect bounds_of(const struct heed_compare_side *side)
{
    const struct heed_compare *compare = side->compare;
    struct heed_rect bounds = compare->upper;
    float *start = compare->upright ? &bounds.x : &bounds.y;
    float *size = compare->upright ? &bounds.w : &bounds.h;
    const float y = heed_compare_line(compare, 0).y;
    if (heed_compare_n_lines(compare) > 1) {
        return bounds;
    }
    if (side->below) {
        *size += *start - y;
        *start = y;
    } else {
        *size = y - *start;
    }
    return bounds;
}

static void draw_ground(const struct heed_compare_side *side)
{
    const struct heed_link_request request = heed_compare_request(side);
    const struct heed_chosen_links links = heed_link_choose(&request);
    struct heed_frame *frame = side->frame;
    struct heed_list *list = frame->list;
    const struct heed_rect bounds = bounds_of(side);
    const size_t group = list->n_items;
    heed_list_group(list, (struct heed_item_group){.key = 1, .opacity = 1, .bounds = bounds});
    for (int i = 0; i < links.n; i++) {
        const struct heed_link link = links.links[i];
        struct heed_compare_arc arcs[2];
        const int n = heed_compare_find_arcs(side, link, arcs);
        list->target = heed_ground_target(frame, side->shown.items[link.map].id, link);
        list->target.flags = side->below ? HEED_TARGET_FLAG_B : 0;
        for (int k = 0; k < n; k++) {
            arcs[k].height += STEM * side->compare->s;
            draw_curve(
                side, &arcs[k], 0,
                stroke_of(side, link, 1.4F * side->compare->s * (1 + 1.2F * link.weight),
                          heed_link_opacity(frame->theme, side->shown.n, link.weight, 0.06F)));
        }
    }
    list->target = (struct heed_target){0};
    if (group < list->n_items) {
        list->items[group].as.group.key = arcs_key(list, group + 1);
    }
    heed_list_ungroup(list);
    if (!frame->is_export) { /* there they are counted before */
        heed_compare_report(side->compare->frame, &links);
    }
}

/* B's model has none of the shown heads. */
static void draw_no_head(const struct heed_compare_side *side)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_compare_line line = heed_compare_line(compare, 0);
    char text[160];
    heed_say_lacks_head(compare->frame->result, compare->frame->state->shown[0].id, text,
                        sizeof(text));
    heed_widget_middle(&compare->skin, compare->upper.x + compare->upper.w / 2,
                       line.y + compare->half + 0.6F * line.down, 14, 400,
                       compare->frame->theme->muted, text, compare->upper.w - 120 * compare->s);
}

/* Why a side has no arcs: the word is the other text's. */
static void draw_absence(const struct heed_compare_side *side)
{
    const struct heed_compare *compare = side->compare;
    const float s = compare->s, way = side->below ? 1 : -1;
    const struct heed_compared_pin *pin =
        compare->query.places.count > 0 ? &compare->query : &compare->key;
    const struct heed_compare_line line =
        heed_compare_line(compare, compare->words[pin->places.first].line);
    const float room = side->below ? line.down : line.up;
    char word[96], text[160];
    heed_compare_text(compare, pin, word, sizeof(word));
    snprintf(text, sizeof(text), "%s has no \xE2\x80\x9C%s\xE2\x80\x9D", side->below ? "B" : "A",
             word);
    heed_widget_middle(&compare->skin, compare->upper.x + compare->upper.w / 2,
                       line.y + way * (compare->half + 0.6F * room), 14, 400,
                       compare->frame->theme->muted, text, compare->upper.w - 120 * s);
}

static void draw_side(const struct heed_compare_side *side, const struct heed_compare_side *other)
{
    const struct heed_compare *compare = side->compare;
    if (side->shown.n == 0) {
        if (!side->frame->is_export) { /* its foot says it */
            draw_no_head(side);
        }
    } else if (!heed_compare_is_pointed(compare)) {
        draw_ground(side);
    } else if (side->query.count == 0 && side->key.count == 0) {
        if (!side->frame->is_export) { /* that says it in its lines of numbers */
            draw_absence(side);
        }
    } else {
        draw_pointed(side);
        heed_compare_draw_tags(side, other);
    }
}

void heed_compare_draw_arcs(const struct heed_compare *compare)
{
    struct heed_frame frames[2];
    struct heed_compare_side sides[2];
    if (heed_compare_find_sides(sides, compare, frames)) {
        draw_side(&sides[0], &sides[1]);
        draw_side(&sides[1], &sides[0]);
    }
}

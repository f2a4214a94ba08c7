#include "scene/views/compare/arcs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scene/parts/shapes.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/line.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { STEM = 10 };

static const float pi = 3.14159265F;

/* One text's arcs. */
struct side {
    const struct heed_compare *compare;
    bool below; /* B */
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_range query, key; /* units of this text */
    const int *places;            /* [maps->n]: where each unit stands */
    float span;                   /* of the widest arc */
    float lane;
};

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

/* Of the window's, at the foot of the arcs; only where a pair has values beside it. */
static float legend_height(const struct heed_compare *compare)
{
    struct heed_compare quiet = *compare;
    quiet.skin.list = NULL;
    return compare->tags > 0 && !compare->frame->is_export && heed_compare_legend(&quiet, 0, 0)
               ? 22 * compare->s
               : 0;
}

/* px between a side's words and the end of its room, without stems and values. */
static float room_of(const struct side *side)
{
    const struct heed_compare *compare = side->compare;
    return (side->below ? compare->down - legend_height(compare) : compare->up) -
           (STEM + 6) * compare->s - compare->tags;
}

static float rise_of(const struct side *side, float span)
{
    const float room = room_of(side);
    const float most = 0.5F * fmaxf(side->span, 1);
    const float rise = 0.5F * span;
    if (room <= 0) {
        return 1;
    }
    return most <= room ? rise : rise / (1 + rise * (1 / room - 1 / most));
}

struct arc {
    float x0, x1, y, height;
};

static struct arc arc_of(const struct side *side, struct heed_link link)
{
    const struct heed_compare *compare = side->compare;
    const float s = compare->s;
    const float from = compare->words[side->places[link.query]].x;
    const float to = compare->words[side->places[link.key]].x;
    const float off = ((float)(side->shown.n - 1) / 2 - (float)link.map) *
                      (link.weight >= 0.1F ? side->lane : side->lane / 2);
    const float way = to < from ? -1 : 1;
    struct arc arc = {.x0 = from - way * off, .x1 = to + way * off};
    arc.y = compare->line_y + (side->below ? 1 : -1) * compare->half;
    if (link.query == link.key) {
        arc.x0 = from + 9 * s + fabsf(off) / 2;
        arc.x1 = from - 9 * s - fabsf(off) / 2;
        arc.height = 15 * s;
    } else {
        arc.height = rise_of(side, fabsf(arc.x1 - arc.x0));
    }
    arc.height = fmaxf(arc.height, 1);
    return arc;
}

static void draw_half(const struct side *side, const struct arc *arc, float stem,
                      struct heed_stroke stroke)
{
    const struct heed_compare *compare = side->compare;
    const bool turned = compare->upright;
    const float along = (arc->x0 + arc->x1) / 2;
    const float across = arc->y + (side->below ? stem : -stem);
    const float wide = fabsf(arc->x1 - arc->x0) / 2;
    const float from = turned ? (side->below ? -pi / 2 : pi / 2) : side->below ? 0 : pi;
    heed_list_arc(compare->frame->list, (struct heed_item_arc){
                                            .cx = turned ? across : along,
                                            .cy = turned ? along : across,
                                            .rx = turned ? arc->height : wide,
                                            .ry = turned ? wide : arc->height,
                                            .from = from,
                                            .to = from + pi,
                                            .stroke = stroke,
                                        });
}

/* The head of an arc, and the stem at its other end. */
static void draw_ends(const struct side *side, const struct arc *arc, float wide,
                      struct heed_stroke stroke)
{
    struct heed_list *list = side->compare->frame->list;
    const float s = side->compare->s, way = side->below ? 1 : -1;
    const float far = arc->y + way * (STEM + 0.5F) * s, base = arc->y + way * STEM * s;
    stroke.dash_on = stroke.dash_off = 0;
    if (side->compare->upright) {
        heed_list_line(list, (struct heed_item_line){arc->y, arc->x0, far, arc->x0, stroke});
        heed_list_triangle(list,
                           (struct heed_item_triangle){base, arc->x1 - wide, base, arc->x1 + wide,
                                                       arc->y, arc->x1, stroke.color});
    } else {
        heed_list_line(list, (struct heed_item_line){arc->x0, arc->y, arc->x0, far, stroke});
        heed_list_triangle(list, (struct heed_item_triangle){arc->x1 - wide, base, arc->x1 + wide,
                                                             base, arc->x1, arc->y, stroke.color});
    }
}

/* opacity: of the head's colour over the canvas. */
static struct heed_stroke stroke_of(const struct side *side, struct heed_link link, float width,
                                    float opacity)
{
    const struct heed_shown_map *map = &side->shown.items[link.map];
    return heed_map_stroke(
        map, width,
        heed_color_mix(side->compare->frame->theme->canvas, map->color, fminf(opacity, 1)),
        side->compare->s);
}

static void draw_strong(const struct side *side, struct heed_link link, float fade)
{
    const float s = side->compare->s;
    const struct arc arc = arc_of(side, link);
    const float type = fminf(side->compare->type, 28 * s);
    const struct heed_stroke stroke = stroke_of(side, link, 0.08F * type * (1 + 4 * link.weight),
                                                (0.25F + 0.75F * link.weight) * fade);
    draw_half(side, &arc, STEM * s, stroke);
    draw_ends(side, &arc, (4 + 4 * link.weight) * s, stroke);
}

static struct heed_chosen_links collect(const struct side *side,
                                        const struct heed_link_request *request)
{
    return heed_link_collect(
        request, side->query.count > 0 ? side->query : (struct heed_range){0, 0}, side->key);
}

static void draw_pointed(struct side *side, const struct heed_link_request *request)
{
    struct heed_list *list = side->compare->frame->list;
    const bool pair = side->query.count > 0 && side->key.count > 0;
    const struct heed_chosen_links links = collect(side, request);
    int from = side->compare->frame->is_export ? 0 : links.n - HEED_COMPARE_GROUND;
    from = from > 0 ? from : 0;
    for (int pass = 0; pass < (pair ? 2 : 1); pass++) {
        for (int i = from; i < links.n; i++) {
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

static struct heed_rect bounds_of(const struct side *side)
{
    const struct heed_compare *compare = side->compare;
    struct heed_rect bounds = compare->upper;
    float *start = compare->upright ? &bounds.x : &bounds.y;
    float *size = compare->upright ? &bounds.w : &bounds.h;
    if (side->below) {
        *size += *start - compare->line_y;
        *start = compare->line_y;
    } else {
        *size = compare->line_y - *start;
    }
    return bounds;
}

static void draw_ground(struct side *side, const struct heed_link_request *request)
{
    const struct heed_chosen_links links = heed_link_choose(request);
    struct heed_frame *frame = side->compare->frame;
    struct heed_list *list = frame->list;
    const struct heed_rect bounds = bounds_of(side);
    const size_t group = list->n_items;
    heed_list_group(list, (struct heed_item_group){.key = 1, .opacity = 1, .bounds = bounds});
    for (int i = 0; i < links.n; i++) {
        const struct heed_link link = links.links[i];
        struct arc arc = arc_of(side, link);
        list->target = heed_ground_target(frame, side->shown.items[link.map].id, link);
        list->target.flags = side->below ? HEED_TARGET_FLAG_B : 0;
        arc.height += STEM * side->compare->s;
        draw_half(side, &arc, 0,
                  stroke_of(side, link, 1.4F * side->compare->s * (1 + 1.2F * link.weight),
                            heed_link_opacity(frame->theme, side->shown.n, link.weight, 0.06F)));
    }
    list->target = (struct heed_target){0};
    if (group < list->n_items) {
        list->items[group].as.group.key = arcs_key(list, group + 1);
    }
    heed_list_ungroup(list);
    if (!frame->is_export) { /* there they are counted before */
        heed_compare_report(frame, &links);
    }
}

/* --- the pinned pair's values --- */

struct tag {
    const struct heed_shown_map *map;
    float weight, change, width;
    char text[32], changed[32]; /* changed "": of A, or where the other text hasn't the pair */
};

static float tag_line(const struct heed_compare *compare)
{
    return (compare->frame->is_export ? 17 : 26) * compare->s;
}

static float tag_gap(const struct heed_compare *compare)
{
    return (compare->frame->is_export ? 12 : 20) * compare->s;
}

static float width_of(const struct heed_compare *compare, const struct tag *tag)
{
    const float s = compare->s;
    const float number =
        heed_widget_width(&compare->skin, heed_widget_style(&compare->skin, 18, 600), tag->text);
    const float change =
        heed_widget_width(&compare->skin, heed_widget_style(&compare->skin, 13, 400), tag->changed);
    return 15 * s + number + (tag->changed[0] != '\0' ? change + 6 * s : 0);
}

static struct tag tag_of(const struct side *side, const struct side *other, int index)
{
    const struct heed_compare *compare = side->compare;
    struct tag tag = {.map = &side->shown.items[index]};
    tag.weight = heed_map_weight(tag.map->weights, side->maps->n, side->query, side->key);
    heed_format_number(tag.text, sizeof(tag.text), (double)tag.weight, 3);
    if (side->below && other->query.count > 0 && other->key.count > 0) {
        const float before = heed_map_weight(other->shown.items[index].weights, other->maps->n,
                                             other->query, other->key);
        heed_format_signed(tag.changed, sizeof(tag.changed), (double)(tag.weight - before));
    }
    tag.width = width_of(compare, &tag);
    return tag;
}

static int by_weight(const void *left, const void *right)
{
    const struct tag *a = left, *b = right;
    return a->weight != b->weight ? (a->weight < b->weight ? 1 : -1) : a->map > b->map ? 1 : -1;
}

/* Largest first; NULL without memory. */
static struct tag *find_tags(const struct side *side, const struct side *other)
{
    struct heed_list *list = side->compare->frame->list;
    struct tag *tags = heed_arena_zeroed(&list->arena, (size_t)side->shown.n, sizeof(*tags));
    if (tags == NULL) {
        list->failed = true;
        return NULL;
    }
    for (int i = 0; i < side->shown.n; i++) {
        tags[i] = tag_of(side, other, i);
    }
    qsort(tags, (size_t)side->shown.n, sizeof(*tags), by_weight);
    return tags;
}

/* How many of tags[0 ..] stand in a line, and its width. */
static int fill_line(const struct heed_compare *compare, const struct tag *tags, int n,
                     float *width)
{
    const float room = compare->upper.w - 8 * compare->s, gap = tag_gap(compare);
    int used = 0;
    *width = 0;
    while (used < n && (used == 0 || *width + gap + tags[used].width <= room)) {
        *width += tags[used].width + (used > 0 ? gap : 0);
        used++;
    }
    return used;
}

/* A window has one line of them, an export as many as they need. */
static int count_lines(const struct heed_compare *compare, const struct tag *tags, int n)
{
    int lines = 0;
    float width = 0;
    for (int at = 0; at < n && (lines == 0 || compare->frame->is_export); lines++) {
        at += fill_line(compare, tags + at, n - at, &width);
    }
    return lines;
}

/* How far a side's arcs reach from its words, anywhere between two places of the line. */
static float reach_of(const struct side *side, const struct heed_link_request *request, float left,
                      float right)
{
    const struct heed_chosen_links links = collect(side, request);
    const float s = side->compare->s;
    float reach = STEM * s;
    for (int i = 0; i < links.n; i++) {
        const struct arc arc = arc_of(side, links.links[i]);
        const float middle = (arc.x0 + arc.x1) / 2, half = fabsf(arc.x1 - arc.x0) / 2;
        const float off = fmaxf(fmaxf(left - middle, middle - right), 0);
        const float part = half > 0 ? fminf(off / half, 1) : 1;
        const float thick =
            0.04F * fminf(side->compare->type, 28 * s) * (1 + 4 * links.links[i].weight);
        if (off < half) {
            reach = fmaxf(reach, arc.height * sqrtf(1 - part * part) + STEM * s + thick);
        }
    }
    return reach;
}

static void draw_tag(const struct heed_compare *compare, const struct tag *tag, float x, float cy)
{
    const struct heed_skin *skin = &compare->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = compare->s;
    heed_chip_draw(skin, x, cy, 10, tag->map->color, tag->map->dashed);
    x += 15 * s;
    x += heed_widget_left(skin, x, cy, 18, 600, theme->text, tag->text, 0) + 6 * s;
    heed_widget_left(skin, x, cy, 13, 400, theme->muted, tag->changed, 0);
}

/* Beyond the outermost arc, so that neither lies over the other. */
static void draw_tags(const struct side *side, const struct side *other,
                      const struct heed_link_request *request)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_rect upper = compare->upper;
    const float s = compare->s, way = side->below ? 1 : -1, line = tag_line(compare);
    const struct tag *tags = find_tags(side, other);
    const float from = compare->words[side->places[side->query.first]].x;
    const float to = compare->words[side->places[side->key.first]].x;
    const int n = tags != NULL ? side->shown.n : 0, lines = count_lines(compare, tags, n);
    for (int i = 0, at = 0; i < lines; i++) {
        float width = 0;
        const int used = fill_line(compare, tags + at, n - at, &width);
        /* Beside the side's letter, above the legend. */
        float x = fminf(fmaxf((from + to - width) / 2, upper.x + 48 * s),
                        upper.x + upper.w - width - 4 * s);
        const float reach = reach_of(side, request, x, x + width);
        const float row = (float)(side->below ? i : lines - 1 - i) + 0.5F;
        const float cy = fminf(compare->line_y + way * (compare->half + reach + 4 * s + row * line),
                               upper.y + upper.h - legend_height(compare) - line / 2);
        for (const int end = at + used; at < end; at++) {
            draw_tag(compare, &tags[at], x, cy);
            x += tags[at].width + tag_gap(compare);
        }
    }
}

/* Why a side has no arcs: the word is the other text's. */
static void draw_absence(const struct side *side)
{
    const struct heed_compare *compare = side->compare;
    const float s = compare->s, way = side->below ? 1 : -1;
    const float room = side->below ? compare->down : compare->up;
    char word[96], text[160];
    heed_compare_text(compare, compare->query.places.count > 0 ? &compare->query : &compare->key,
                      word, sizeof(word));
    snprintf(text, sizeof(text), "%s has no \xE2\x80\x9C%s\xE2\x80\x9D", side->below ? "B" : "A",
             word);
    heed_widget_middle(&compare->skin, compare->upper.x + compare->upper.w / 2,
                       compare->line_y + way * (compare->half + 0.6F * room), 14, 400,
                       compare->frame->theme->muted, text, compare->upper.w - 120 * s);
}

/* Between the outermost words, which needn't be the first and the last. */
static float length_of(const struct heed_compare *compare)
{
    float first = compare->words[0].x, last = first;
    for (int i = 1; i < compare->n; i++) {
        first = fminf(first, compare->words[i].x);
        last = fmaxf(last, compare->words[i].x);
    }
    return last - first;
}

/* False: it has no map, or no word. */
static bool find_side(struct side *side, const struct heed_compare *compare,
                      struct heed_frame *frame, bool below)
{
    const struct heed_compared_pin *query = &compare->query, *key = &compare->key;
    *side = (struct side){
        .compare = compare,
        .below = below,
        .maps = below ? compare->maps_b : compare->maps_a,
        .shown = heed_shown_collect(frame),
        .query = below ? query->b : query->a,
        .key = below ? key->b : key->a,
        .places = find_unit_places(compare, below),
    };
    if (side->places == NULL || side->shown.n == 0 || side->maps->n == 0) {
        return false;
    }
    side->lane = side->shown.n > 1
                     ? fminf(10 * compare->s, 0.7F * compare->type / (float)(side->shown.n - 1))
                     : 0;
    side->span = length_of(compare) + side->lane * (float)(side->shown.n - 1);
    return true;
}

static void draw_side(struct side *side, const struct side *other, struct heed_frame *frame)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_link_request request = {.frame = frame,
                                              .maps = side->maps,
                                              .shown = side->shown,
                                              .last = side->maps->n,
                                              .limit = heed_compare_limit(frame)};
    if (!heed_compare_is_pointed(compare)) {
        draw_ground(side, &request);
    } else if (side->query.count == 0 && side->key.count == 0) {
        if (!frame->is_export) { /* that says it in its lines of numbers */
            draw_absence(side);
        }
    } else {
        draw_pointed(side, &request);
        if (!compare->upright && side->query.count > 0 && side->key.count > 0) {
            draw_tags(side, other, &request);
        }
    }
}

void heed_compare_draw_arcs(const struct heed_compare *compare)
{
    struct heed_frame frames[] = {*compare->frame, compare->frame_b};
    struct side sides[2];
    if (find_side(&sides[0], compare, &frames[0], false) &&
        find_side(&sides[1], compare, &frames[1], true)) {
        draw_side(&sides[0], &sides[1], &frames[0]);
        draw_side(&sides[1], &sides[0], &frames[1]);
    }
}

float heed_compare_tags_height(const struct heed_compare *compare)
{
    struct heed_frame frames[] = {*compare->frame, compare->frame_b};
    struct side sides[2];
    int most = 0;
    if (compare->query.places.count == 0 || compare->key.places.count == 0 || compare->upright ||
        !find_side(&sides[0], compare, &frames[0], false) ||
        !find_side(&sides[1], compare, &frames[1], true)) {
        return 0;
    }
    for (int i = 0; i < 2; i++) {
        const struct tag *tags = find_tags(&sides[i], &sides[1 - i]);
        const int lines = tags != NULL ? count_lines(compare, tags, sides[i].shown.n) : 0;
        most = lines > most ? lines : most;
    }
    return (float)most * tag_line(compare) + 4 * compare->s;
}

#include "scene/views/compare/compare.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/empty.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/compare/heads.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/map.h"
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

static float rise_of(const struct side *side, float span)
{
    const struct heed_compare *compare = side->compare;
    const float room = (side->below ? compare->down : compare->up) - (STEM + 6) * compare->s;
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
    const float way = side->below ? 1 : -1;
    heed_list_arc(side->compare->frame->list, (struct heed_item_arc){
                                                  .cx = (arc->x0 + arc->x1) / 2,
                                                  .cy = arc->y + way * stem,
                                                  .rx = fabsf(arc->x1 - arc->x0) / 2,
                                                  .ry = arc->height,
                                                  .from = side->below ? 0 : pi,
                                                  .to = side->below ? pi : 2 * pi,
                                                  .stroke = stroke,
                                              });
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
    const struct heed_compare *compare = side->compare;
    const float s = compare->s, way = side->below ? 1 : -1;
    const float stem = STEM * s;
    const struct arc arc = arc_of(side, link);
    const float type = fminf(compare->type, 28 * s);
    const struct heed_stroke stroke = stroke_of(side, link, 0.08F * type * (1 + 4 * link.weight),
                                                (0.25F + 0.75F * link.weight) * fade);
    struct heed_stroke plain = stroke;
    plain.dash_on = plain.dash_off = 0;
    const float wide = (4 + 4 * link.weight) * s;
    draw_half(side, &arc, stem, stroke);
    heed_list_line(
        compare->frame->list,
        (struct heed_item_line){arc.x0, arc.y, arc.x0, arc.y + way * (stem + 0.5F * s), plain});
    heed_list_triangle(compare->frame->list, (struct heed_item_triangle){
                                                 arc.x1 - wide, arc.y + way * stem, arc.x1 + wide,
                                                 arc.y + way * stem, arc.x1, arc.y, stroke.color});
}

static void draw_pointed(struct side *side, const struct heed_link_request *request)
{
    struct heed_list *list = side->compare->frame->list;
    const bool pair = side->query.count > 0 && side->key.count > 0;
    const struct heed_chosen_links links = heed_link_collect(
        request, side->query.count > 0 ? side->query : (struct heed_range){0, 0}, side->key);
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

static void draw_ground(struct side *side, const struct heed_link_request *request)
{
    const struct heed_chosen_links links = heed_link_choose(request);
    struct heed_frame *frame = side->compare->frame;
    struct heed_list *list = frame->list;
    struct heed_rect bounds = side->compare->upper;
    const float line_y = side->compare->line_y;
    if (side->below) {
        bounds.h = bounds.y + bounds.h - line_y;
        bounds.y = line_y;
    } else {
        bounds.h = line_y - bounds.y;
    }
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

static float value_width(const struct heed_compare *compare)
{
    return heed_text_width(compare->skin.metrics, heed_widget_style(&compare->skin, 17, 600),
                           "0.000", 5);
}

/* The pinned link's weights at the top of its arcs. */
static void draw_values(const struct side *side)
{
    enum { MOST = 4 };
    const struct heed_compare *compare = side->compare;
    const struct heed_skin *skin = &compare->skin;
    const float s = compare->s, one = value_width(compare) + 30 * s;
    const int n = side->shown.n < MOST ? side->shown.n : MOST;
    if (side->query.count == 0 || side->key.count == 0) {
        return;
    }
    const float from = compare->words[side->places[side->query.first]].x;
    const float to = compare->words[side->places[side->key.first]].x;
    const float rise = rise_of(side, fabsf(to - from));
    const float way = side->below ? 1 : -1;
    float y = compare->line_y + way * (compare->half + rise - (rise > 60 * s ? 26 : 4) * s);
    float x = (from + to) / 2 - (float)n * one / 2;
    heed_list_fill(skin->list,
                   (struct heed_rect){x - 6 * s, y - 14 * s, (float)n * one + 8 * s, 28 * s}, 6 * s,
                   skin->theme->canvas);
    for (int i = 0; i < n; i++) {
        const struct heed_shown_map *map = &side->shown.items[i];
        char text[32];
        heed_format_number(
            text, sizeof(text),
            (double)heed_map_weight(map->weights, side->maps->n, side->query, side->key), 3);
        heed_chip_draw(skin, x, y, 10, map->color, map->dashed);
        heed_widget_left(skin, x + 15 * s, y, 17, 600, skin->theme->text, text, 0);
        x += one;
    }
}

static bool is_pointed(const struct heed_compare *compare)
{
    return compare->query.places.count > 0 || compare->key.places.count > 0;
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

static void draw_side(const struct heed_compare *compare, bool below)
{
    const struct heed_compared_pin *query = &compare->query;
    const struct heed_compared_pin *key = &compare->key;
    struct heed_frame of = below ? compare->frame_b : *compare->frame;
    struct side side = {
        .compare = compare,
        .below = below,
        .maps = below ? compare->maps_b : compare->maps_a,
        .shown = heed_shown_collect(&of),
        .query = below ? query->b : query->a,
        .key = below ? key->b : key->a,
        .places = find_unit_places(compare, below),
    };
    if (side.places == NULL || side.shown.n == 0 || side.maps->n == 0) {
        return;
    }
    side.lane = side.shown.n > 1
                    ? fminf(10 * compare->s, 0.7F * compare->type / (float)(side.shown.n - 1))
                    : 0;
    side.span = fabsf(compare->words[compare->n - 1].x - compare->words[0].x);
    const bool pointed = is_pointed(compare);
    const struct heed_link_request request = {.frame = &of,
                                              .maps = side.maps,
                                              .shown = side.shown,
                                              .last = side.maps->n,
                                              .limit = HEED_COMPARE_GROUND};
    if (!pointed) {
        draw_ground(&side, &request);
    } else if (side.query.count == 0 && side.key.count == 0) {
        draw_absence(&side);
    } else {
        draw_pointed(&side, &request);
        draw_values(&side);
    }
}

static struct heed_target word_target(const struct heed_compare *compare, int place, bool is_key)
{
    const struct heed_aligned *at = &compare->places[place];
    const bool in_b = at->a < 0;
    const struct heed_unit *unit =
        in_b ? &compare->maps_b->units[at->b] : &compare->maps_a->units[at->a];
    return (struct heed_target){
        .kind = is_key ? HEED_TARGET_KEY : HEED_TARGET_QUERY,
        .flags = in_b ? HEED_TARGET_FLAG_B : 0,
        .a = unit->first,
        .b = unit->count,
    };
}

/* Dashed: only one text has the word; filled: another replaces it. */
static void draw_ground_of(const struct heed_compare *compare, struct heed_rect chip, bool lonely,
                           float radius)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    struct heed_item_rect ground = {.rect = chip, .radius = radius};
    if (lonely) {
        ground.stroke = (struct heed_stroke){
            .width = 1.5F * s, .color = theme->strong_border, .dash_on = 4 * s, .dash_off = 3 * s};
    } else {
        ground.fill = theme->selection;
    }
    heed_list_rect(compare->skin.list, ground);
}

/* What the grounds of words mean, as far as there are any. */
static void draw_legend(const struct heed_compare *compare)
{
    const struct heed_alignment *units = &compare->comparison->units;
    const struct {
        bool lonely;
        int n;
        const char *what;
    } parts[] = {{false, units->n_replaced, "replaced"},
                 {true, units->n_only_a + units->n_only_b, "only in one text"}};
    const struct heed_rect upper = compare->upper;
    const float s = compare->s;
    const bool is_export = compare->frame->is_export;
    const float cy = upper.y + upper.h - (is_export ? 8 : 14) * s;
    float x = upper.x + (is_export ? 4 : 28) * s;
    for (int i = 0; i < 2; i++) {
        if (parts[i].n == 0) {
            continue;
        }
        draw_ground_of(compare, (struct heed_rect){x, cy - 6 * s, 16 * s, 12 * s}, parts[i].lonely,
                       3 * s);
        x += 21 * s;
        x += heed_widget_left(&compare->skin, x, cy, 12, 400, compare->frame->theme->muted,
                              parts[i].what, 0) +
             14 * s;
    }
}

/* One text's label of a place: changed and lonely words lie on a chip. */
static void draw_label(const struct heed_compare *compare, int place, bool b, float cy,
                       enum heed_token_look look, bool is_key)
{
    const struct heed_compare_word *word = &compare->words[place];
    const struct heed_aligned *at = &compare->places[place];
    const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
    const struct heed_unit *unit = &maps->units[b ? at->b : at->a];
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, type = compare->type;
    const struct heed_rect chip = {roundf(word->x - word->width / 2 - 5 * s),
                                   roundf(cy - 0.62F * type), roundf(word->width + 10 * s),
                                   1.24F * type};
    const bool lonely = at->a < 0 || at->b < 0;
    if (look == HEED_TOKEN_PINNED || look == HEED_TOKEN_HOVER) {
        heed_token_chip(&compare->skin, chip, look, is_key, false);
    } else if (!at->same) {
        draw_ground_of(compare, chip, lonely, 6 * s);
    }
    const bool changed = !at->same && !lonely;
    bool bold = false;
    struct heed_color color = heed_token_color(theme, look, is_key, &bold);
    if (changed && look == HEED_TOKEN_MUTED) {
        color = theme->text; /* muted doesn't stand out from its chip */
    }
    const struct heed_text_style style = {.size = type, .weight = bold || changed ? 600 : 500};
    heed_token_draw(&compare->skin, word->x, cy, style, HEED_ANCHOR_MIDDLE, color, unit,
                    word->width);
    if (!b) { /* marks speak of A, as pins do */
        heed_candidate_draw(
            &compare->skin, compare->frame->state, unit,
            (struct heed_candidate_label){word->x - word->width / 2, cy, word->width, type, color});
    }
}

/* How a word is shown, and whether a click makes it the key. */
static enum heed_token_look look_of(const struct heed_compare *compare, int place, bool *is_key)
{
    const struct heed_range pinned = compare->pinned_query.places;
    *is_key = pinned.count > 0 && !heed_range_has(pinned, place);
    if (heed_range_has(pinned, place) || heed_range_has(compare->pinned_key.places, place)) {
        return HEED_TOKEN_PINNED;
    }
    if (heed_range_has(compare->hover_query.places, place) ||
        heed_range_has(compare->hover_key.places, place)) {
        return HEED_TOKEN_HOVER;
    }
    return is_pointed(compare) ? HEED_TOKEN_MUTED : HEED_TOKEN_REST;
}

static void draw_word(const struct heed_compare *compare, int place)
{
    const struct heed_frame *frame = compare->frame;
    const struct heed_compare_word *word = &compare->words[place];
    const struct heed_aligned *at = &compare->places[place];
    bool is_key = false;
    const enum heed_token_look look = look_of(compare, place, &is_key);
    const struct heed_target target = word_target(compare, place, is_key);
    const struct heed_rect spot = {word->x - word->slot / 2, compare->line_y - compare->half,
                                   word->slot, 2 * compare->half};
    frame->list->target = target;
    /* A's own words lie above the line, B's below it. */
    const float shift = at->same ? 0 : 0.68F * compare->type;
    if (at->a >= 0) {
        draw_label(compare, place, false, compare->line_y - shift, look, is_key);
    }
    if (at->b >= 0 && !at->same) {
        draw_label(compare, place, true, compare->line_y + shift, look, is_key);
    }
    heed_list_hotspot(frame->list, spot);
    heed_widget_ring(&compare->skin, spot, target, 0, 6 * compare->s);
    frame->list->target = (struct heed_target){0};
}

/* How many words lie in the picture from its left edge on. */
static int count_inside(const struct heed_compare *compare)
{
    const float right = compare->upper.x + compare->upper.w;
    int n = 0;
    for (int i = 0; i < compare->n; i++) {
        n += compare->words[i].x + compare->words[i].slot / 2 <= right + 0.5F;
    }
    return n;
}

static void draw_header(const struct heed_compare *compare)
{
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s;
    const bool is_export = compare->frame->is_export;
    const struct heed_rect upper = compare->upper;
    const float pad = (is_export ? 4 : 28) * s;
    const float y = upper.y + (is_export ? 9 : 30) * s;
    float x = upper.x + pad, end = upper.x + upper.w - pad;
    const struct heed_shown_maps shown = heed_shown_collect(compare->frame);
    for (int i = shown.n - 1; i >= 0 && end - x > 360 * s; i--) {
        end -= heed_widget_right(&compare->skin, end, y, 14, 600, theme->text, shown.items[i].name,
                                 0) +
               18 * s;
        heed_chip_draw(&compare->skin, end, y, 11, shown.items[i].color, shown.items[i].dashed);
        end -= 16 * s;
    }
    char token[128];
    const struct heed_compared_pin *query = &compare->query;
    const struct heed_compared_pin *subject = query->places.count > 0 ? query : &compare->key;
    const char *what = is_export
                           ? "A above the line, B below"
                           : "A above the line, B below; click a word to see what it attends to";
    if (is_pointed(compare)) {
        heed_compare_text(compare, subject, token, sizeof(token));
        x += heed_widget_left(&compare->skin, x, y, 14, 600, theme->text, token, 200 * s) + 8 * s;
        what = query->places.count > 0 ? "attends: A above the line, B below"
                                       : "is attended to: A above the line, B below";
    }
    if (shown.n == 0 && !is_export) {
        what = "No head is shown: click a cell of the head map, or a layer\xE2\x80\x99s label";
    }
    char cut[160];
    const int n_inside = is_export ? count_inside(compare) : compare->n;
    if (n_inside < compare->n) { /* a window scrolls */
        snprintf(cut, sizeof(cut), "%s; only %d of %d words", what, n_inside, compare->n);
        what = cut;
    }
    heed_widget_left(&compare->skin, x, y, 14, 400, theme->muted, what, fmaxf(end - x, 1));
    const struct heed_text_style letter = heed_widget_style(&compare->skin, 20, 600);
    const float left = upper.x + pad;
    heed_widget_text(&compare->skin, left, compare->line_y - compare->half - 0.6F * compare->up,
                     letter, HEED_ANCHOR_START, theme->muted, "A", 0);
    heed_widget_text(&compare->skin, left, compare->line_y + compare->half + 0.6F * compare->down,
                     letter, HEED_ANCHOR_START, theme->muted, "B", 0);
}

static void draw_dividers(const struct heed_compare *compare)
{
    struct heed_list *list = compare->frame->list;
    const float line = compare->skin.hairline;
    const struct heed_color color = compare->frame->theme->border;
    const struct heed_rect lower = compare->map;
    heed_list_fill(list, (struct heed_rect){compare->rect.x, lower.y, compare->rect.w, line}, 0,
                   color);
    if (!compare->folded) {
        heed_list_fill(list, (struct heed_rect){lower.x + lower.w, lower.y, line, lower.h}, 0,
                       color);
    }
}

static void draw_empty(struct heed_frame *frame, struct heed_rect rect)
{
    if (heed_frame_get_maps(frame) == NULL) {
        return;
    }
    if (frame->result->compare == NULL) {
        heed_view_empty(frame, rect, "One moment \xE2\x80\xA6",
                        "The second text is being encoded.");
    } else {
        heed_view_no_token(frame, rect);
    }
}

void heed_compare_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_compare compare;
    if (!heed_compare_place(&compare, frame, rect)) {
        draw_empty(frame, rect);
        return;
    }
    heed_list_clip(frame->list, compare.upper);
    draw_side(&compare, false);
    draw_side(&compare, true);
    for (int i = 0; i < compare.n; i++) {
        const struct heed_compare_word *word = &compare.words[i];
        if (word->x + word->slot >= rect.x && word->x - word->slot <= rect.x + rect.w) {
            draw_word(&compare, i);
        }
    }
    draw_header(&compare);
    draw_legend(&compare);
    heed_list_unclip(frame->list);
    draw_dividers(&compare);
    if (!compare.folded || !frame->state->compare_heads) {
        heed_compare_draw_map(&compare);
    }
    if (!compare.folded || frame->state->compare_heads) {
        heed_compare_draw_heads(&compare);
    }
    heed_foot_draw(frame, &compare.skin, rect.x + 4 * compare.s,
                   compare.rect.y + compare.rect.h - compare.foot + 9 * compare.s,
                   rect.w - 8 * compare.s);
}

#include "scene/views/compare/hall.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/views/compare/layout.h"
#include "scene/views/compare/space.h"
#include "scene/widgets/label.h"

/* Logical px. */
enum { CORNER = 18, LETTER = 34, CHIP = 11, INDENT = 17, PITCH = 21, HIDDEN = 124, SHOWN_ROWS = 3 };
enum { MOST_VALUES = 6, MOST_END = 6 /* words */ };

static const float value_from = 0.1F, thick_from = 0.2F;

/* --- values --- */

/* A key's place, and the largest weight that a shown head gives it. */
struct value {
    struct heed_range key;
    float weight;
};

static float weight_of(const struct heed_compare_side *side, int map, struct heed_range key)
{
    return heed_map_weight(side->shown.items[map].weights, side->maps->n, side->query, key);
}

static float largest(const struct heed_compare_side *side, struct heed_range key)
{
    float most = 0;
    for (int map = 0; map < side->shown.n; map++) {
        most = fmaxf(most, weight_of(side, map, key));
    }
    return most;
}

/* The pinned pair first, then by weight; returns how many. */
static int find_values(const struct heed_compare_side *side, struct value *values)
{
    int n = 0;
    if (side->key.count > 0) {
        values[n++] = (struct value){side->key, 2};
    }
    for (int i = 0; i < side->maps->n; i++) {
        const struct heed_range key = {i, 1};
        const float weight = largest(side, key);
        if (weight < value_from || heed_range_has(side->key, i)) {
            continue;
        }
        const bool is_full = n == MOST_VALUES;
        if (is_full && values[n - 1].weight >= weight) {
            continue;
        }
        int at = is_full ? n - 1 : n++;
        for (; at > 0 && values[at - 1].weight < weight; at--) {
            values[at] = values[at - 1];
        }
        values[at] = (struct value){key, weight};
    }
    return n;
}

/* The heads whose weights stand there; returns how many. */
static int find_heads(const struct heed_compare_side *side, const struct value *value, int *maps)
{
    int n = 0;
    for (int map = 0; map < side->shown.n && n < SHOWN_ROWS; map++) {
        if (value->weight > 1 || weight_of(side, map, value->key) >= value_from) {
            maps[n++] = map;
        }
    }
    return n;
}

static float name_width(const struct heed_compare_side *side, const int *maps, int n)
{
    const struct heed_skin *skin = &side->compare->skin;
    float widest = 0;
    for (int i = 0; i < n; i++) {
        widest = fmaxf(widest, heed_widget_width(skin, heed_widget_style(skin, 13, 500),
                                                 side->shown.items[maps[i]].name));
    }
    return widest;
}

/* The middle of the highest arc to it, and where its top is. */
static bool find_top(const struct heed_compare_side *side, struct heed_range key, int line,
                     float *x, float *y)
{
    struct heed_compare_arc arcs[2];
    const struct heed_link link = {
        .query = side->query.first, .key = key.first, .map = side->shown.n / 2};
    const float way = side->below ? 1 : -1;
    if (heed_compare_find_arcs(side, link, arcs) != 1 || arcs[0].line != line) {
        return false;
    }
    *x = (arcs[0].x0 + arcs[0].x1) / 2;
    *y = arcs[0].y + way * (HEED_COMPARE_STEM * side->compare->s + arcs[0].height);
    return true;
}

/* Between the words and the end of the side. */
static struct heed_rect side_of(const struct heed_compare_side *side, int line)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_compare_line at = heed_compare_line(compare, line);
    const struct heed_rect upper = compare->upper;
    const float s = compare->s;
    const float foot = at.y + (side->below ? 1 : -1) * (compare->half + 4 * s);
    const float top = side->below ? foot : at.y - compare->half - at.up;
    const float end = side->below ? at.y + compare->half + at.down : foot;
    return (struct heed_rect){upper.x + 4 * s, top, upper.w - 8 * s, end - top};
}

/* The nearest free place; false: there is none. */
static bool move_near(const struct heed_compare_side *side, const struct heed_compare_space *space,
                      struct heed_rect within, struct heed_rect *box)
{
    enum { REACH = 12 };
    const float s = side->compare->s, step = 9 * s, clear = 3 * s;
    const struct heed_rect wish = *box;
    float best = INFINITY;
    for (int i = -REACH; i <= REACH; i++) {
        for (int j = -REACH; j <= REACH; j++) {
            const struct heed_rect at = {wish.x + (float)i * step, wish.y + (float)j * step, wish.w,
                                         wish.h};
            const float far = (float)(i * i + j * j);
            if (far < best && at.x >= within.x && at.x + at.w <= within.x + within.w &&
                at.y >= within.y && at.y + at.h <= within.y + within.h &&
                heed_compare_clearance(space, at, clear) > clear) {
                best = far;
                *box = at;
            }
        }
    }
    return best < INFINITY;
}

static void draw_value(const struct heed_compare_side *side, struct heed_compare_space *space,
                       const struct value *value, int line)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_skin *skin = &compare->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = compare->s, number = value->weight >= 0.3F ? 19 : 15;
    int maps[SHOWN_ROWS];
    float x = 0, y = 0;
    const int n = find_heads(side, value, maps);
    const float names = name_width(side, maps, n);
    const float numbers = heed_widget_width(skin, heed_widget_style(skin, number, 600), "0.000");
    struct heed_rect box = {.w = INDENT * s + names + 10 * s + numbers, .h = (float)n * PITCH * s};
    if (n == 0 || !find_top(side, value->key, line, &x, &y)) {
        return;
    }
    box.x = x - box.w / 2;
    box.y = side->below ? y - 8 * s - box.h : y + 8 * s;
    if (!move_near(side, space, side_of(side, line), &box)) {
        return;
    }
    heed_compare_take(space, box);
    heed_list_fill(skin->list, heed_rect_grow(box, 2 * s), 4 * s, theme->canvas);
    for (int i = 0; i < n; i++) {
        const struct heed_shown_map *map = &side->shown.items[maps[i]];
        const float cy = box.y + ((float)i + 0.5F) * PITCH * s;
        heed_chip_draw(skin, box.x, cy, CHIP, map->color, map->dashed);
        heed_widget_left(skin, box.x + INDENT * s, cy, 13, 500, theme->text, map->name, 0);
        heed_widget_number(skin, box.x + box.w, cy, number, 600, theme->text,
                           (double)weight_of(side, maps[i], value->key), 3);
    }
}

/* --- what hidden tokens hold --- */

static void put_hidden_name(const struct heed_compare_side *side, char *text, size_t size)
{
    char names[64] = "tokens";
    if (!side->maps->filter.hide_punctuation) {
        heed_special_names(side->maps, names, sizeof(names));
    }
    snprintf(text, size, "hidden: %s", names);
}

static void put_hidden(const struct heed_compare_side *side, struct heed_rect box, int rows)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_skin *skin = &compare->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = compare->s, end = box.x + box.w;
    char text[96];
    put_hidden_name(side, text, sizeof(text));
    const float pitch = 19 * s, said = side->below ? box.y : box.y + (float)rows * pitch;
    heed_widget_right(skin, end, said + pitch / 2, 12, 400, theme->muted, text, box.w);
    for (int i = 0; i < rows; i++) {
        const struct heed_shown_map *map = &side->shown.items[i];
        const float cy = box.y + ((float)(i + side->below) + 0.5F) * pitch;
        const float number =
            heed_widget_number(skin, end, cy, 13, 400, theme->muted,
                               (double)heed_map_hidden(map->hidden, side->query), 3);
        const float name =
            heed_widget_right(skin, end - number - 10 * s, cy, 13, 600, theme->text, map->name, 0);
        heed_chip_draw(skin, end - number - name - (10 + INDENT) * s, cy, CHIP, map->color,
                       map->dashed);
    }
}

/* In the corner at the right, or as near to it as arcs let it. */
static void draw_hidden(const struct heed_compare_side *side, struct heed_compare_space *space)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_rect upper = compare->upper;
    const float s = compare->s;
    const int rows = side->shown.n < SHOWN_ROWS ? side->shown.n : SHOWN_ROWS;
    char text[96];
    put_hidden_name(side, text, sizeof(text));
    const float said =
        heed_widget_width(&compare->skin, heed_widget_style(&compare->skin, 12, 400), text);
    struct heed_rect box = {.w = fmaxf(HIDDEN * s, said), .h = ((float)rows * 19 + 19) * s};
    if (side->maps->n == side->maps->n_all || side->query.count == 0) {
        return;
    }
    box.y = side->below ? upper.y + upper.h - box.h - 6 * s : upper.y + 6 * s;
    for (box.x = upper.x + upper.w - box.w - 20 * s; box.x > upper.x + LETTER * s; box.x -= 8 * s) {
        if (heed_compare_clearance(space, box, 2 * s) > 2 * s) {
            put_hidden(side, box, rows);
            heed_compare_take(space, box);
            return;
        }
    }
}

/* --- the texts --- */

/* A word from there on; before there. */
static bool goes_on(const struct heed_maps *maps, int from)
{
    for (int i = from; i < maps->n; i++) {
        if (!maps->units[i].special && !maps->units[i].punctuation) {
            return true;
        }
    }
    return false;
}

static bool begins_late(const struct heed_maps *maps, int first)
{
    return first > 0 && !maps->units[first - 1].special;
}

/* "… too tired", "The dog bites the man": from before the first word that differs to the end
 * of the text; "" if none does, or the end is longer than that. */
static void put_end(const struct heed_compare *compare, bool b, char *text, size_t size)
{
    const struct heed_maps *maps = b ? compare->maps_b : compare->maps_a;
    int first = -1, last = -1, before = -1;
    text[0] = '\0';
    for (int i = 0; i < compare->n; i++) {
        const int unit = b ? compare->places[i].b : compare->places[i].a;
        if (!compare->places[i].same) {
            first = first < 0 ? (before >= 0 ? before : unit) : first;
            last = unit >= 0 ? unit : last;
        }
        before = unit >= 0 && !maps->units[unit].special ? unit : before;
    }
    last = last < first ? first : last;
    while (first >= 0 && goes_on(maps, last + 1)) {
        last++;
    }
    if (first < 0 || last >= first + MOST_END) {
        return;
    }
    char words[160];
    heed_units_text(maps, (struct heed_range){first, last - first + 1}, words, sizeof(words));
    snprintf(text, size, "%s%s", begins_late(maps, first) ? "\xE2\x80\xA6 " : "", words);
}

static float corner_y(const struct heed_compare *compare, bool b)
{
    const struct heed_rect upper = compare->upper;
    return b ? upper.y + upper.h - CORNER * compare->s : upper.y + CORNER * compare->s;
}

void heed_compare_draw_ends(const struct heed_compare *compare)
{
    const struct heed_skin *skin = &compare->skin;
    for (int b = 0; b < 2; b++) {
        heed_widget_left(skin, compare->upper.x + compare->pad, corner_y(compare, b == 1), 18, 600,
                         skin->theme->text, b == 1 ? "B" : "A", 0);
    }
}

/* Beside its letter, where no arc is. */
static void draw_end(const struct heed_compare_side *side, struct heed_compare_space *space)
{
    const struct heed_compare *compare = side->compare;
    const struct heed_skin *skin = &compare->skin;
    const float s = compare->s, cy = corner_y(compare, side->below);
    char text[200];
    put_end(compare, side->below, text, sizeof(text));
    const struct heed_rect box = {compare->upper.x + compare->pad + 22 * s, cy - 9 * s,
                                  heed_widget_width(skin, heed_widget_style(skin, 14, 400), text),
                                  18 * s};
    heed_compare_take(space, (struct heed_rect){compare->upper.x, cy - 12 * s,
                                                compare->pad + LETTER * s, 24 * s});
    if (text[0] != '\0' && box.x + box.w < compare->upper.x + compare->upper.w / 2 &&
        heed_compare_clearance(&(struct heed_compare_space){.at = space->at, .n = space->n}, box,
                               2 * s) > 2 * s) {
        heed_widget_left(skin, box.x, cy, 14, 400, skin->theme->muted, text, 0);
        heed_compare_take(space, box);
    }
}

/* --- both --- */

/* Values may lie over faint arcs, on a patch of the canvas. */
static struct heed_chosen_links strong_of(struct heed_chosen_links links)
{
    while (links.n > 0 && links.links[0].weight < thick_from) {
        links.links++;
        links.n--;
    }
    return links;
}

void heed_compare_draw_hall(const struct heed_compare_side *side, int line)
{
    const float step = 3 * side->compare->s;
    const struct heed_chosen_links links = heed_compare_pointed(side);
    const struct heed_chosen_links strong = strong_of(links);
    struct heed_compare_space all = {0}, thick = {0};
    struct value values[MOST_VALUES];
    all.at = heed_compare_dots(side, line, &links, step, &all.n);
    thick.at = heed_compare_dots(side, line, &strong, step, &thick.n);
    if (all.at == NULL || thick.at == NULL) {
        return;
    }
    draw_end(side, &all);
    draw_hidden(side, &all);
    memcpy(thick.boxes, all.boxes, sizeof(thick.boxes));
    thick.n_boxes = all.n_boxes;
    const int n = find_values(side, values);
    for (int i = 0; i < n; i++) {
        draw_value(side, &thick, &values[i], line);
    }
}

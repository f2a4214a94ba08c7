#include "scene/parts/pair_large.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/aligned.h"
#include "scene/widgets/label.h"

/* Logical px, 432 of which are the screen's height. */
enum {
    MARGIN = 40,
    MOST_WORD = 58,
    LEAST_WORD = 20,
    MOST_WEIGHT = 44,
    MOST_PITCH = 74,
    MOST_ROWS = 6,
    NAME = 96,    /* a row's chip and name */
    NUMBER = 152, /* its weight */
    OTHERS = 118, /* and what the others give */
    HEADING = 22,
    FOOT = 26,
    BAR = 14
};

/* One text's pair. */
struct side {
    const char *letter; /* "A", "B"; "" without a second text */
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_range query, key;
};

struct pair {
    struct heed_frame *frame;
    const struct heed_skin *skin;
    struct side sides[2];
    int n_sides;
    int rows[MOST_ROWS]; /* the maps that have room, in order */
    int n_rows;
};

static bool is_whole(const struct side *side)
{
    return side->query.count > 0 && side->key.count > 0 && side->shown.n > 0;
}

/* B's only where it has both words. */
static void find_sides(struct pair *pair)
{
    struct heed_frame *frame = pair->frame;
    const struct heed_state *state = frame->state;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    struct side a = {"", maps, heed_shown_collect(frame), heed_pin_units(maps, state->query),
                     heed_pin_units(maps, state->key)};
    pair->n_sides = 0;
    if (comparison == NULL) {
        pair->sides[pair->n_sides] = a;
        pair->n_sides += is_whole(&a);
        return;
    }
    struct heed_frame second = *frame;
    second.result = comparison->result;
    const struct side b = {"B", comparison->result->maps, heed_shown_collect(&second),
                           heed_pin_units_b(comparison, maps, state->query),
                           heed_pin_units_b(comparison, maps, state->key)};
    a.letter = "A";
    pair->sides[0] = a;
    pair->n_sides = is_whole(&a);
    pair->sides[pair->n_sides] = b;
    pair->n_sides += is_whole(&b);
}

static bool has_both(const struct heed_maps *maps, struct heed_range query, struct heed_range key)
{
    return maps != NULL && query.count > 0 && key.count > 0;
}

const char *heed_pair_large_lacks(const struct heed_frame *frame)
{
    const struct heed_state *state = frame->state;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_comparison *comparison = heed_frame_get_comparison(frame);
    if (maps == NULL) {
        return "there is no picture yet";
    }
    if (state->query.count == 0 || state->key.count == 0) {
        return "no pair is pinned: click a word, then another";
    }
    if (state->n_shown == 0) {
        return "no head is shown";
    }
    if (has_both(maps, heed_pin_units(maps, state->query), heed_pin_units(maps, state->key)) ||
        (comparison != NULL &&
         has_both(comparison->result->maps, heed_pin_units_b(comparison, maps, state->query),
                  heed_pin_units_b(comparison, maps, state->key)))) {
        return NULL;
    }
    return "a word of the pinned pair is hidden";
}

/* --- the words --- */

static float text_width(const struct heed_skin *skin, float size, int weight, const char *text)
{
    return heed_widget_width(skin, heed_widget_style(skin, size, weight), text);
}

static float words_width(const struct heed_skin *skin, float size, const char *from, const char *to)
{
    return text_width(skin, size, 600, from) + text_width(skin, size, 600, to) +
           4.2F * size * skin->scale;
}

static void draw_arrow(const struct heed_skin *skin, float x0, float x1, float cy, float size)
{
    const struct heed_color color = skin->theme->text;
    const float tip = 0.2F * size * skin->scale;
    heed_list_stroke(skin->list, x0, cy, x1 - tip, cy, 0.06F * size * skin->scale, color);
    heed_list_triangle(skin->list,
                       (struct heed_item_triangle){x1, cy, x1 - 1.3F * tip, cy - 0.8F * tip,
                                                   x1 - 1.3F * tip, cy + 0.8F * tip, color});
}

/* The query as a chip, an arrow, the key; a text's letter before them. */
static void draw_words(const struct heed_skin *skin, const struct side *side, float x, float width,
                       float cy, float most)
{
    const float s = skin->scale;
    char from[160], to[160];
    heed_units_text(side->maps, side->query, from, sizeof(from));
    heed_units_text(side->maps, side->key, to, sizeof(to));
    if (side->letter[0] != '\0') {
        heed_widget_left(skin, x, cy, 22, 600, skin->theme->muted, side->letter, 0);
        x += 34 * s;
        width -= 34 * s;
    }
    float size = most;
    while (size > LEAST_WORD && words_width(skin, size, from, to) > width) {
        size--;
    }
    const float room = (width - 4.2F * size * s) / 2;
    const float pad = 0.35F * size * s, half = 0.8F * size * s;
    const float query = fminf(text_width(skin, size, 600, from), fmaxf(room, 0));
    heed_list_fill(skin->list, (struct heed_rect){x, cy - half, query + 2 * pad, 2 * half}, 8 * s,
                   skin->theme->ink);
    heed_widget_left(skin, x + pad, cy, size, 600, skin->theme->on_ink, from, query + 1);
    const float start = x + query + 2 * pad + 0.35F * size * s;
    const float end = start + 2.4F * size * s;
    draw_arrow(skin, start, end, cy, size);
    heed_widget_left(skin, end + 0.35F * size * s, cy, size, 600, skin->theme->text, to,
                     x + width - end - 0.35F * size * s);
}

/* --- the numbers --- */

static float weight_of(const struct side *side, int map)
{
    return heed_map_weight(side->shown.items[map].weights, side->maps->n, side->query, side->key);
}

/* What either text gives it in a head. */
static float most_of(const struct pair *pair, int map)
{
    float most = 0;
    for (int i = 0; i < pair->n_sides; i++) {
        most = fmaxf(most, weight_of(&pair->sides[i], map));
    }
    return most;
}

/* Where not all have room the strongest do. */
static void choose_rows(struct pair *pair)
{
    const int n = pair->sides[0].shown.n, most = MOST_ROWS / pair->n_sides;
    pair->n_rows = 0;
    for (int map = 0; map < n; map++) {
        int stronger = 0;
        for (int other = 0; other < n; other++) {
            const float own = most_of(pair, map), its = most_of(pair, other);
            stronger += its > own || (its == own && other < map);
        }
        if (stronger < most) {
            pair->rows[pair->n_rows++] = map;
        }
    }
}

static void draw_headings(const struct pair *pair, float right, float cy)
{
    const struct heed_skin *skin = pair->skin;
    const struct heed_maps *maps = pair->sides[0].maps;
    const float s = skin->scale, numbers = right - OTHERS * s;
    heed_widget_right(skin, numbers, cy, 14, 400, skin->theme->muted,
                      heed_measure_name(maps->filter.measure), 0);
    heed_widget_right(skin, right, cy, 14, 400, skin->theme->muted, "other rows", 0);
}

/* A head's bar from 0 to 1 with a mark where the other rows' mean lies, and both as numbers. */
static void draw_row(const struct pair *pair, const struct side *side, int index,
                     struct heed_rect row, float size)
{
    const struct heed_skin *skin = pair->skin;
    const struct heed_shown_map *map = &side->shown.items[index];
    const float s = skin->scale, cy = row.y + row.h / 2, right = row.x + row.w;
    const float weight = weight_of(side, index);
    const float others = heed_map_others(side->maps, map->weights, side->query, side->key);
    char text[32];
    heed_chip_draw(skin, row.x, cy, 14, map->color, map->dashed);
    heed_widget_left(skin, row.x + 22 * s, cy, 20, 600, skin->theme->text, map->name,
                     (NAME - 26) * s);
    const struct heed_rect track = {row.x + NAME * s, cy - BAR * s / 2,
                                    row.w - (NAME + NUMBER + OTHERS) * s, BAR * s};
    heed_widget_bar(skin, track, track.w * fminf(fmaxf(weight, 0), 1), map->color);
    heed_format_number(text, sizeof(text), (double)weight, 3);
    heed_widget_right(skin, right - OTHERS * s, cy, size, 600, skin->theme->text, text, 0);
    if (!isnan(others)) {
        const float x = track.x + track.w * fminf(fmaxf(others, 0), 1);
        heed_list_fill(skin->list,
                       (struct heed_rect){x - 1.5F * s, track.y - 5 * s, 3 * s, track.h + 10 * s},
                       0, skin->theme->text);
        heed_format_number(text, sizeof(text), (double)others, 3);
        heed_widget_right(skin, right, cy, 20, 400, skin->theme->muted, text, 0);
    }
}

static void draw_foot(const struct pair *pair, float x, float right, float cy)
{
    const struct heed_skin *skin = pair->skin;
    const int more = pair->sides[0].shown.n - pair->n_rows;
    char text[64];
    if (more > 0) {
        snprintf(text, sizeof(text), more == 1 ? "and a weaker head" : "and %d weaker heads", more);
        heed_widget_left(skin, x, cy, 14, 400, skin->theme->muted, text, 0);
    }
    heed_widget_right(skin, right, cy, 14, 400, skin->theme->muted, "Z shows the whole picture", 0);
}

void heed_pair_large_draw(struct heed_frame *frame, const struct heed_skin *skin,
                          struct heed_rect rect)
{
    struct pair pair = {.frame = frame, .skin = skin};
    find_sides(&pair);
    if (pair.n_sides == 0) {
        return;
    }
    const float s = skin->scale, n = (float)pair.n_sides;
    const float x = rect.x + MARGIN * s, width = rect.w - 2 * MARGIN * s;
    choose_rows(&pair);
    const float block = (rect.h - (HEADING + FOOT) * s) / n;
    const float rows = (float)pair.n_rows;
    const float words = fminf(block * (rows > 2 ? 0.36F : 0.44F), 2.6F * MOST_WORD * s);
    const float pitch = fminf((block - words) / rows, MOST_PITCH * s);
    const float type = fminf(words / s * 0.4F, MOST_WORD);
    const float used = n * (words + rows * pitch);
    float y = rect.y + HEADING * s + fmaxf((block * n - used) / 2, 0);
    draw_headings(&pair, x + width, y + words - 4 * s);
    for (int i = 0; i < pair.n_sides; i++) {
        draw_words(skin, &pair.sides[i], x, width, y + words / 2 - 6 * s, type);
        for (int row = 0; row < pair.n_rows; row++) {
            draw_row(&pair, &pair.sides[i], pair.rows[row],
                     (struct heed_rect){x, y + words + (float)row * pitch, width, pitch},
                     fminf(MOST_WEIGHT, 0.62F * pitch / s));
        }
        y += words + rows * pitch;
    }
    draw_foot(&pair, x, x + width, rect.y + rect.h - FOOT * s / 2);
    frame->content_width = rect.w;
    frame->content_height = rect.h;
}

#include "scene/views/arcs/values.h"

#include <math.h>
#include <stdio.h>

#include "scene/parts/shapes.h"
#include "scene/views/arcs/layout.h"
#include "scene/views/arcs/paths.h"
#include "scene/widgets/label.h"

enum { MOST_LABELS = 8, LABEL_HEADS = 4 };

/* The numbers of one arc, or of several heads' arcs between the same words. */
struct label {
    struct heed_link links[LABEL_HEADS]; /* strongest first */
    int n, more;
};

struct point {
    float x, y;
};

enum { PATH_STEPS = 24, MOST_POINTS = 6144 };

struct labels {
    struct label items[MOST_LABELS];
    int n;
    struct point points[MOST_POINTS]; /* along the strong arcs, strongest first */
    int n_points;
    struct heed_rect placed[MOST_LABELS];
    int n_placed;
};

static void add_link(struct labels *labels, struct heed_link link)
{
    for (int i = 0; i < labels->n; i++) {
        struct label *label = &labels->items[i];
        if (label->links[0].query == link.query && label->links[0].key == link.key) {
            if (label->n < LABEL_HEADS) {
                label->links[label->n++] = link;
            } else {
                label->more++;
            }
            return;
        }
    }
    if (labels->n < MOST_LABELS) {
        labels->items[labels->n++] = (struct label){.links = {link}, .n = 1};
    }
}

/* From 0.1 up; a pinned pair's from 0.01 up and no other. */
static void collect(const struct heed_arcs *arcs, const struct heed_chosen_links *strong,
                    struct labels *labels)
{
    const bool pair = arcs->query.count > 0 && arcs->key.count > 0;
    for (int i = strong->n - 1; i >= 0; i--) {
        const struct heed_link link = strong->links[i];
        if (link.weight < (pair ? 0.01F : 0.1F)) {
            return;
        }
        if (!pair || heed_range_has(arcs->key, link.key)) {
            add_link(labels, link);
        }
    }
}

struct label_size {
    float line, chip, name, number;  /* logical px */
    float name_width, width, height; /* px */
};

static struct label_size measure(const struct heed_arcs *arcs, const struct label *label)
{
    const float s = arcs->s;
    const bool large = arcs->type >= 24 * s && label->n <= 2;
    struct label_size size = {.line = large ? 28 : 20,
                              .chip = large ? 13 : 10,
                              .name = large ? 15 : 12,
                              .number = large ? 18 : 14};
    if (arcs->frame->is_export) {
        size = (struct label_size){.line = 15, .chip = 8, .name = 12, .number = 12};
    }
    const struct heed_text_style name = heed_widget_style(&arcs->skin, size.name, 500);
    for (int i = 0; i < label->n; i++) {
        const char *text = arcs->shown.items[label->links[i].map].name;
        size.name_width = fmaxf(size.name_width, heed_widget_width(&arcs->skin, name, text));
    }
    const struct heed_text_style number = heed_widget_style(&arcs->skin, size.number, 600);
    size.width = size.chip * s + size.name_width + 14 * s +
                 heed_text_width(arcs->skin.metrics, number, "0.000", 5);
    size.height = size.line * s * (float)(label->n + (label->more > 0));
    return size;
}

/* Where a curve from line to line passes the middle of the free band beside
 * its key or, when that isn't on screen, beside its query. */
static void middle_of_cubic(const struct heed_arcs *arcs, const struct heed_arc_path *path,
                            float *x, float *y)
{
    const struct heed_rect body = arcs->body;
    const float band = (arcs->pitch - 2 * arcs->half) / 2;
    const float toward_key = path->up ? -1 : 1;
    const bool at_key = path->y1 > body.y + band && path->y1 < body.y + body.h - band;
    *y = at_key ? path->y1 - toward_key * band : path->y0 + toward_key * band;
    float low = 0, high = 1; /* y grows steadily with t */
    for (int i = 0; i < 12; i++) {
        const float t = (low + high) / 2;
        const float part = 1.5F * t * (1 - t) + t * t * t;
        if (part < (*y - path->y0) / (path->y1 - path->y0)) {
            low = t;
        } else {
            high = t;
        }
    }
    *x = path->x0 + (path->x1 - path->x0) * low * low * (3 - 2 * low);
}

/* The box that a label would like: inside its arc's top, else above it. */
static struct heed_rect wanted(const struct heed_arcs *arcs, const struct label *label,
                               const struct label_size *size)
{
    const float s = arcs->s, stem = 12 * s;
    float inner = 1e9F, outer = 0, x = 0, y = 0, wide = 1e9F;
    bool up = true, is_cubic = false;
    for (int i = 0; i < label->n; i++) {
        const struct heed_arc_path path = heed_arcs_path(arcs, label->links[i]);
        const float half_line = 0.04F * arcs->type * (1 + 5 * label->links[i].weight);
        inner = fminf(inner, path.height + stem - half_line);
        outer = fmaxf(outer, path.height + stem + half_line);
        wide = fminf(wide, fabsf(path.x1 - path.x0));
        x = (path.x0 + path.x1) / 2;
        y = path.y0;
        if (path.is_cubic) {
            middle_of_cubic(arcs, &path, &x, &y);
        }
        up = path.up;
        is_cubic = path.is_cubic;
    }
    struct heed_rect box = {x - size->width / 2, y - size->height / 2, size->width, size->height};
    if (is_cubic) {
        return box;
    }
    const float gap = 6 * s;
    const bool fits = inner > size->height + 3 * gap && wide * 0.75F > size->width;
    const float from = fits ? inner - gap - size->height : outer + gap;
    box.y = up ? y - from - size->height : y + from;
    return box;
}

static bool overlaps(struct heed_rect a, struct heed_rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* True if the box lies over the words of a line. */
static bool hides_words(const struct heed_arcs *arcs, struct heed_rect box)
{
    const float reach = arcs->half - 5 * arcs->s;
    const float at = (box.y + box.h / 2 - heed_arcs_line_y(arcs, 0)) / arcs->pitch;
    const int line = at > 0 ? (int)(at + 0.5F) : 0;
    const float y = heed_arcs_line_y(arcs, line);
    return line < arcs->n_lines && box.y < y + reach && box.y + box.h > y - reach;
}

static bool is_free(const struct heed_arcs *arcs, const struct labels *labels, struct heed_rect box)
{
    const struct heed_rect body = arcs->body;
    if (box.y < body.y || box.y + box.h > body.y + body.h || hides_words(arcs, box)) {
        return false;
    }
    for (int i = 0; i < labels->n_placed; i++) {
        if (overlaps(box, labels->placed[i])) {
            return false;
        }
    }
    return true;
}

/* The point of a path at t in 0..1, about as it is drawn. */
static void point_of(const struct heed_arcs *arcs, const struct heed_arc_path *path, float t,
                     float *x, float *y)
{
    if (path->is_cubic) {
        *x = path->x0 + (path->x1 - path->x0) * t * t * (3 - 2 * t);
        *y = path->y0 + (path->y1 - path->y0) * (1.5F * t * (1 - t) + t * t * t);
        return;
    }
    const float rise = path->height * sinf(3.14159265F * t) + 12 * arcs->s;
    *x = (path->x0 + path->x1) / 2 + (path->x0 - path->x1) / 2 * cosf(3.14159265F * t);
    *y = path->y0 + (path->up ? -rise : rise);
}

/* Points along all arcs that aren't dimmed: no number is to lie over one. */
static void collect_points(const struct heed_arcs *arcs, const struct heed_chosen_links *strong,
                           struct labels *labels)
{
    for (int i = strong->n - 1; i >= 0; i--) {
        const struct heed_arc_path path = heed_arcs_path(arcs, strong->links[i]);
        if (labels->n_points + PATH_STEPS + 1 > MOST_POINTS) {
            return;
        }
        for (int k = 0; k <= PATH_STEPS; k++) {
            struct point *point = &labels->points[labels->n_points++];
            point_of(arcs, &path, (float)k / PATH_STEPS, &point->x, &point->y);
        }
    }
}

/* How much of the strong arcs a box would hide. */
static int count_hidden(const struct heed_arcs *arcs, const struct labels *labels,
                        struct heed_rect box)
{
    const float pad = 4 * arcs->s, wide = 8 * arcs->s; /* its ground is wider */
    int hidden = 0;
    for (int i = 0; i < labels->n_points; i++) {
        const struct point at = labels->points[i];
        hidden += at.x > box.x - wide && at.x < box.x + box.w + wide && at.y > box.y - pad &&
                  at.y < box.y + box.h + pad;
    }
    return hidden;
}

/* Of a place for a label. Far ones cost less than those over an arc do. */
enum { NEAR = 2, OVER_AN_ARC = 10 };

/* All but the first label stand near their arc; the first may hide one on paper, or where its
 * numbers stand nowhere else. */
static float most_cost(const struct heed_arcs *arcs, const struct labels *labels)
{
    const bool elsewhere = arcs->n_rows > 0 || arcs->has_words;
    return labels->n_placed > 0 ? NEAR : elsewhere && !arcs->frame->is_export ? OVER_AN_ARC : 1e9F;
}

/* On its arc's side of the words: on the other it would seem to be of another. */
static bool is_beside(const struct heed_arcs *arcs, const struct label *label, struct heed_rect box)
{
    const struct heed_arc_path path = heed_arcs_path(arcs, label->links[0]);
    return path.is_cubic || (box.y + box.h / 2 < path.y0) == path.up;
}

/* Moves the label's box to where it hides no word, no other box and little of the
 * strong arcs; false if there is no place near by. */
static bool find_place(const struct heed_arcs *arcs, const struct labels *labels,
                       const struct label *label, struct heed_rect *box)
{
    enum { DOWN = 13, ACROSS = 7 };
    const struct heed_rect body = arcs->body, wish = *box;
    const float s = arcs->s;
    float best = 1e9F;
    for (int i = 0; i < DOWN * ACROSS; i++) {
        const int row = i / ACROSS, column = i % ACROSS;
        const float down = (float)((row + 1) / 2) * (row % 2 ? -0.4F : 0.4F);
        const float across = (float)((column + 1) / 2) * (column % 2 ? -0.5F : 0.5F);
        struct heed_rect at = wish;
        at.y += down * wish.h;
        at.x = fminf(fmaxf(wish.x + across * wish.w, body.x + 8 * s),
                     body.x + body.w - wish.w - 8 * s);
        const float cost = fabsf(down) + 1.5F * fabsf(across) +
                           OVER_AN_ARC * (float)count_hidden(arcs, labels, at);
        if (cost < best && is_beside(arcs, label, at) && is_free(arcs, labels, at)) {
            best = cost;
            *box = at;
        }
    }
    return best < most_cost(arcs, labels);
}

static void draw_label(const struct heed_arcs *arcs, const struct label *label,
                       const struct label_size *size, struct heed_rect box)
{
    const struct heed_theme *theme = arcs->frame->theme;
    const float s = arcs->s;
    heed_list_fill(arcs->frame->list,
                   (struct heed_rect){box.x - 6 * s, box.y, box.w + 12 * s, box.h}, 5 * s,
                   theme->canvas);
    float cy = box.y + size->line * s / 2;
    for (int i = 0; i < label->n; i++, cy += size->line * s) {
        const struct heed_shown_map *map = &arcs->shown.items[label->links[i].map];
        char number[32];
        heed_format_number(number, sizeof(number), (double)label->links[i].weight, 3);
        heed_chip_draw(&arcs->skin, box.x, cy, size->chip, map->color, map->dashed);
        heed_widget_left(&arcs->skin, box.x + (size->chip + 5) * s, cy, size->name, 500,
                         theme->text, map->name, 0);
        heed_widget_right(&arcs->skin, box.x + box.w, cy, size->number, 600, theme->text, number,
                          0);
    }
    if (label->more > 0) {
        char more[48];
        snprintf(more, sizeof(more), "and %d more", label->more);
        heed_widget_left(&arcs->skin, box.x, cy, 12, 400, theme->muted, more, box.w);
    }
}

void heed_arcs_draw_labels(const struct heed_arcs *arcs, const struct heed_chosen_links *strong)
{
    struct heed_list *list = arcs->frame->list;
    struct labels *labels = heed_arena_zeroed(&list->arena, 1, sizeof(*labels));
    if (labels == NULL) {
        list->failed = true;
        return;
    }
    collect(arcs, strong, labels);
    collect_points(arcs, strong, labels);
    const int most = arcs->shown.n > 4 ? 3 : MOST_LABELS;
    for (int i = 0; i < labels->n && i < most; i++) {
        const struct label *label = &labels->items[i];
        const struct label_size size = measure(arcs, label);
        struct heed_rect box = wanted(arcs, label, &size);
        if (find_place(arcs, labels, label, &box)) {
            labels->placed[labels->n_placed++] = box;
            draw_label(arcs, label, &size, box);
        }
    }
}

static void draw_name(const struct heed_arcs *arcs, const struct heed_shown_map *map, float cy)
{
    const struct heed_theme *theme = arcs->frame->theme;
    const float s = arcs->s;
    const bool is_export = arcs->frame->is_export;
    const bool hidden = !is_export && arcs->query.count > 0 && arcs->maps->n < arcs->maps->n_all &&
                        arcs->row_pitch >= 34 * s && arcs->hidden_width == 0;
    const float y = hidden ? cy - 8 * s : cy;
    heed_chip_draw(&arcs->skin, arcs->left, y, is_export ? 8 : 12, map->color, map->dashed);
    heed_widget_left(&arcs->skin, arcs->left + (is_export ? 12 : 18) * s, y, 14, 600, theme->text,
                     map->name, arcs->names_width - 18 * s);
    if (hidden) {
        char text[48], number[24];
        heed_format_number(number, sizeof(number),
                           (double)heed_map_hidden(map->hidden, arcs->query), 3);
        snprintf(text, sizeof(text), "hidden %s", number);
        heed_widget_left(&arcs->skin, arcs->left, cy + 9 * s, 12, 400, theme->muted, text,
                         arcs->names_width - 4 * s);
    }
}

/* All numbers of the rows are of one size and kind: they have to fit this slot. */
static float narrowest_slot(const struct heed_arcs *arcs)
{
    float slot = INFINITY;
    for (int i = 0; i < arcs->maps->n; i++) {
        slot = fminf(slot, arcs->words[i].slot);
    }
    return slot;
}

/* What [CLS] and [SEP] hold, behind a hairline. */
static void draw_hidden(const struct heed_arcs *arcs, int map, float cy)
{
    const struct heed_theme *theme = arcs->frame->theme;
    const float x = roundf(arcs->right - arcs->hidden_width + 8 * arcs->s);
    if (arcs->hidden_width <= 0) {
        return;
    }
    heed_list_fill(
        arcs->frame->list,
        (struct heed_rect){x, cy - arcs->row_pitch / 2, arcs->skin.hairline, arcs->row_pitch}, 0,
        theme->border);
    heed_widget_number(&arcs->skin, arcs->right, cy, 14, 400, theme->muted,
                       (double)heed_map_hidden(arcs->shown.items[map].hidden, arcs->query), 3);
}

static void draw_row(const struct heed_arcs *arcs, int map, float cy)
{
    const float s = arcs->s, high = arcs->row_pitch - (arcs->frame->is_export ? 3 : 6) * s;
    const float *weights = arcs->shown.items[map].weights;
    draw_name(arcs, &arcs->shown.items[map], cy);
    const float slot = narrowest_slot(arcs);
    const bool hall = heed_arcs_in_hall(arcs), is_export = arcs->frame->is_export;
    const float size = is_export || (slot < HEED_ARCS_CELL_SLOT * s && !hall) ? 12 : 14;
    const float whole = hall ? HEED_ARCS_CELL_SLOT : HEED_ARCS_NARROW_SLOT;
    const bool narrow = slot < whole * s && !is_export;
    for (int i = 0; i < arcs->maps->n; i++) {
        const struct heed_arc_word *word = &arcs->words[i];
        const struct heed_range unit = {i, 1};
        const float value = arcs->query.count > 0
                                ? heed_map_weight(weights, arcs->maps->n, arcs->query, unit)
                                : heed_map_weight(weights, arcs->maps->n, unit, arcs->key);
        const float wide = fminf(word->slot, fmaxf(word->width, 40 * s) + 22 * s);
        const struct heed_rect cell = {roundf(word->x - wide / 2 + 1.5F * s), roundf(cy - high / 2),
                                       roundf(wide - 3 * s), roundf(high)};
        struct heed_list *list = arcs->frame->list;
        list->target =
            heed_number_target(arcs->frame, arcs->shown.items[map].id, arcs->query, arcs->key, i);
        heed_number_cell(&arcs->skin, cell, arcs->shown.items[map].color, value, size, narrow);
        list->target = (struct heed_target){0};
    }
    draw_hidden(arcs, map, cy);
}

/* The head that has the largest weight of what is pointed at. */
static int strongest_map(const struct heed_arcs *arcs)
{
    float most = -1;
    int best = 0;
    for (int map = 0; map < arcs->shown.n; map++) {
        for (int i = 0; i < arcs->maps->n; i++) {
            const struct heed_range unit = {i, 1};
            const float weight = heed_map_weight(arcs->shown.items[map].weights, arcs->maps->n,
                                                 arcs->query.count > 0 ? arcs->query : unit,
                                                 arcs->query.count > 0 ? unit : arcs->key);
            best = weight > most ? map : best;
            most = fmaxf(most, weight);
        }
    }
    return best;
}

/* What a row says while no word is pointed at. */
static void draw_strongest(const struct heed_arcs *arcs, int map, float cy)
{
    const size_t n = (size_t)arcs->maps->n;
    const float *weights = arcs->shown.items[map].weights;
    size_t best = 0;
    for (size_t i = 1; i < n * n; i++) {
        best = weights[i] > weights[best] ? i : best;
    }
    char query[96], key[96], number[32], text[260];
    heed_units_text(arcs->maps, (struct heed_range){(int)(best / n), 1}, query, sizeof(query));
    heed_units_text(arcs->maps, (struct heed_range){(int)(best % n), 1}, key, sizeof(key));
    heed_format_number(number, sizeof(number), (double)weights[best], 3);
    snprintf(text, sizeof(text), "strongest %s \xE2\x86\x92 %s  %s", query, key, number);
    const float x = arcs->left + arcs->names_width;
    heed_widget_left(&arcs->skin, x, cy, 14, 400, arcs->frame->theme->muted, text, arcs->right - x);
}

static void title_of(const struct heed_arcs *arcs, char title[220])
{
    const bool into = arcs->query.count == 0;
    char token[128];
    heed_units_text(arcs->maps, into ? arcs->key : arcs->query, token, sizeof(token));
    snprintf(title, 220, "%s %s %s", heed_measure_name(arcs->maps->filter.measure),
             into ? "to" : "from", token);
}

static void draw_title(const struct heed_arcs *arcs)
{
    char title[220];
    title_of(arcs, title);
    heed_widget_left(&arcs->skin, arcs->left, arcs->rows_y, 14, 400, arcs->frame->theme->muted,
                     title, arcs->right - arcs->left);
    if (arcs->hidden_width > 0) {
        heed_widget_right(&arcs->skin, arcs->right, arcs->rows_y, 14, 400,
                          arcs->frame->theme->muted, "hidden", 0);
    }
}

static void draw_prompt(const struct heed_arcs *arcs)
{
    heed_widget_left(&arcs->skin, arcs->left, arcs->rows_y, 14, 400, arcs->frame->theme->muted,
                     "Hover or click a word to see its numbers.", arcs->right - arcs->left);
}

static void draw_words(const struct heed_arcs *arcs)
{
    char title[220], lead[224];
    if (!heed_arcs_is_pointed(arcs)) {
        draw_prompt(arcs);
        return;
    }
    title_of(arcs, title);
    snprintf(lead, sizeof(lead), "%s, ", title);
    heed_arcs_numbers(arcs, lead, arcs->left, arcs->rows_y, arcs->right - arcs->left, true);
}

void heed_arcs_draw_rows(const struct heed_arcs *arcs)
{
    const float s = arcs->s;
    if (arcs->has_words) {
        draw_words(arcs);
    }
    if (arcs->n_rows == 0) {
        return;
    }
    float cy = arcs->rows_y + (arcs->frame->is_export ? 9 : 16) * s + arcs->row_pitch / 2;
    if (heed_arcs_is_pointed(arcs)) {
        draw_title(arcs);
    } else {
        draw_prompt(arcs);
    }
    const int only = arcs->n_rows < arcs->shown.n ? strongest_map(arcs) : 0;
    for (int i = 0; i < arcs->n_rows; i++, cy += arcs->row_pitch) {
        if (heed_arcs_is_pointed(arcs)) {
            draw_row(arcs, only + i, cy);
        } else {
            draw_name(arcs, &arcs->shown.items[i], cy);
            draw_strongest(arcs, i, cy);
        }
    }
}

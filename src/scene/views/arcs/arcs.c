#include "scene/views/arcs/arcs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/empty.h"
#include "scene/parts/link_numbers.h"
#include "scene/parts/provisos.h"
#include "scene/parts/shapes.h"
#include "scene/views/arcs/layout.h"
#include "scene/views/arcs/minimap.h"
#include "scene/views/arcs/paths.h"
#include "scene/views/arcs/values.h"
#include "scene/widgets/label.h"

enum { STEM = 12 };

static const float pi = 3.14159265F;

static void draw_cubic(const struct heed_arcs *arcs, const struct heed_arc_path *path, float stem,
                       struct heed_stroke stroke)
{
    const float y1 = path->y1 + (path->up ? stem : -stem);
    const float handle = 0.5F * fabsf(y1 - path->y0) * (path->up ? -1 : 1);
    heed_list_cubic(arcs->frame->list,
                    (struct heed_item_cubic){path->x0, path->y0, path->x0, path->y0 + handle,
                                             path->x1, y1 - handle, path->x1, y1, stroke});
}

/* Half an ellipse on stems of this length. */
static void draw_half(const struct heed_arcs *arcs, const struct heed_arc_path *path, float stem,
                      struct heed_stroke stroke)
{
    const float y = path->y0 + (path->up ? -stem : stem);
    heed_list_arc(arcs->frame->list, (struct heed_item_arc){
                                         .cx = (path->x0 + path->x1) / 2,
                                         .cy = y,
                                         .rx = fabsf(path->x1 - path->x0) / 2,
                                         .ry = path->height,
                                         .from = path->up ? pi : 0,
                                         .to = path->up ? 2 * pi : pi,
                                         .stroke = stroke,
                                     });
}

static float ground_width(const struct heed_arcs *arcs, float weight)
{
    return (arcs->frame->is_export ? 0.9F : 1.5F) * arcs->s * (1 + 1.2F * weight);
}

static float ground_opacity(const struct heed_arcs *arcs, float weight)
{
    return heed_link_opacity(arcs->frame->theme, arcs->shown.n, weight, 0.03F);
}

static float strong_width(const struct heed_arcs *arcs, float weight)
{
    const float type = fminf(arcs->type, 28 * arcs->s);
    return 0.08F * type * (1 + 5 * weight);
}

/* A projector eats faint lines. */
static float strong_opacity(const struct heed_arcs *arcs, float weight)
{
    const float least = heed_arcs_in_hall(arcs) ? 0.42F : 0.25F;
    return fminf(least + (1 - least) * weight, 1);
}

static struct heed_stroke solid(const struct heed_arcs *arcs, const struct heed_shown_map *map,
                                float width, float opacity)
{
    return heed_map_stroke(
        map, width, heed_color_mix(arcs->frame->theme->canvas, map->color, opacity), arcs->s);
}

static void draw_ground_link(const struct heed_arcs *arcs, struct heed_link link)
{
    struct heed_arc_path path = heed_arcs_path(arcs, link);
    const struct heed_stroke stroke =
        solid(arcs, &arcs->shown.items[link.map], ground_width(arcs, link.weight),
              ground_opacity(arcs, link.weight));
    if (path.is_cubic) {
        draw_cubic(arcs, &path, 0, stroke);
    } else {
        path.height += STEM * arcs->s;
        draw_half(arcs, &path, 0, stroke);
    }
}

static void draw_stem(const struct heed_arcs *arcs, float x, float y,
                      const struct heed_arc_path *path, struct heed_stroke stroke)
{
    const float stem = (path->up ? -1 : 1) * (STEM + 0.5F) * arcs->s;
    stroke.dash_on = stroke.dash_off = 0;
    heed_list_line(arcs->frame->list, (struct heed_item_line){x, y, x, y + stem, stroke});
}

static void draw_strong_link(const struct heed_arcs *arcs, struct heed_link link, float fade)
{
    const struct heed_arc_path path = heed_arcs_path(arcs, link);
    const float s = arcs->s, stem = STEM * s;
    const float size = arcs->frame->is_export ? 0.7F * s : s;
    const float base = path.is_cubic == path.up ? path.y1 + stem : path.y1 - stem;
    const float wide = (4 + 5 * link.weight) * size;
    const struct heed_stroke stroke =
        solid(arcs, &arcs->shown.items[link.map], strong_width(arcs, link.weight),
              strong_opacity(arcs, link.weight) * fade);
    if (path.is_cubic) {
        draw_cubic(arcs, &path, stem, stroke);
    } else {
        draw_half(arcs, &path, stem, stroke);
        draw_stem(arcs, path.x0, path.y0, &path, stroke);
    }
    heed_list_triangle(arcs->frame->list,
                       (struct heed_item_triangle){path.x1 - wide, base, path.x1 + wide, base,
                                                   path.x1, path.y1, stroke.color});
}

static struct heed_link_request request_of(const struct heed_arcs *arcs)
{
    int first = 0, last = 0;
    heed_arcs_visible(arcs, &first, &last);
    return (struct heed_link_request){
        .frame = arcs->frame,
        .maps = arcs->maps,
        .shown = arcs->shown,
        .first = first < arcs->n_lines ? arcs->line_first[first] : arcs->maps->n,
        .last = arcs->line_first[last < first ? first : last],
        .limit = heed_link_limit(arcs->frame),
    };
}

static void draw_ground(const struct heed_arcs *arcs, const struct heed_link_request *request)
{
    struct heed_frame *frame = arcs->frame;
    const struct heed_chosen_links chosen = heed_link_choose(request);
    heed_link_report(frame, &chosen);
    if (heed_arcs_in_hall(arcs)) {
        return;
    }
    const float numbers[] = {
        arcs->body.x, arcs->body.y, arcs->body.w,      arcs->body.h, arcs->type,
        arcs->up,     arcs->down,   arcs->half,        arcs->lane,   arcs->scroll,
        arcs->s,      arcs->left,   arcs->names_width,
    };
    heed_list_group(frame->list,
                    (struct heed_item_group){
                        .key = heed_link_ground_key(request, numbers, HEED_COUNT(numbers)),
                        .opacity = heed_arcs_is_pointed(arcs) ? frame->theme->ground : 1,
                        .bounds = arcs->body,
                    });
    for (int i = 0; i < chosen.n; i++) {
        const struct heed_head_id id = arcs->shown.items[chosen.links[i].map].id;
        frame->list->target = heed_ground_target(frame, id, chosen.links[i]);
        draw_ground_link(arcs, chosen.links[i]);
    }
    frame->list->target = (struct heed_target){0};
    heed_list_ungroup(frame->list);
}

/* Of a pinned pair the others come first and fainter. */
static void draw_strong(const struct heed_arcs *arcs, const struct heed_chosen_links *strong)
{
    struct heed_list *list = arcs->frame->list;
    const bool pair = arcs->query.count > 0 && arcs->key.count > 0;
    int from = 0;
    if (!arcs->frame->is_export && strong->n > HEED_LINKS_MAX_ON_SCREEN) {
        from = strong->n - HEED_LINKS_MAX_ON_SCREEN;
    }
    for (int pass = 0; pass < (pair ? 2 : 1); pass++) {
        for (int i = from; i < strong->n; i++) {
            const struct heed_link link = strong->links[i];
            const bool chosen = !pair || heed_range_has(arcs->key, link.key);
            if (!pair || chosen == (pass == 1)) {
                list->target = heed_link_target(arcs->shown.items[link.map].id, link);
                draw_strong_link(arcs, link, chosen ? 1 : heed_arcs_in_hall(arcs) ? 0.7F : 0.35F);
            }
        }
    }
    list->target = (struct heed_target){0};
}

/* With a query pinned all other words are keys. */
static bool is_key_word(const struct heed_arcs *arcs, int index)
{
    const struct heed_range pinned = heed_pin_units(arcs->maps, arcs->frame->state->query);
    return pinned.count > 0 && !heed_range_has(pinned, index);
}

/* A word is both query and key: hovered as either it looks hovered. */
static enum heed_token_look look_of(const struct heed_arcs *arcs, int index, bool is_key,
                                    bool strong)
{
    const struct heed_frame *frame = arcs->frame;
    const struct heed_unit *unit = &arcs->maps->units[index];
    const bool pointed = heed_arcs_is_pointed(arcs);
    const enum heed_token_look look = heed_token_look_of(frame, unit, is_key, strong, pointed);
    const enum heed_token_look other = heed_token_look_of(frame, unit, !is_key, strong, pointed);
    return look != HEED_TOKEN_PINNED && other == HEED_TOKEN_HOVER ? other : look;
}

/* Where arcs of other lines pass behind the word. */
static void draw_backing(const struct heed_arcs *arcs, const struct heed_arc_word *word, float cy)
{
    const float pad = 2 * arcs->s;
    heed_list_fill(arcs->frame->list,
                   (struct heed_rect){word->x - word->width / 2 - pad, cy - 0.62F * arcs->type,
                                      word->width + 2 * pad, 1.24F * arcs->type},
                   4 * arcs->s, arcs->frame->theme->canvas);
}

static void draw_word(const struct heed_arcs *arcs, int index, bool strong)
{
    const struct heed_frame *frame = arcs->frame;
    const struct heed_unit *unit = &arcs->maps->units[index];
    const struct heed_arc_word *word = &arcs->words[index];
    const float s = arcs->s, cy = heed_arcs_line_y(arcs, word->line);
    const bool is_key = is_key_word(arcs, index);
    const enum heed_token_look look = look_of(arcs, index, is_key, strong);
    const struct heed_target target = {
        .kind = is_key ? HEED_TARGET_KEY : HEED_TARGET_QUERY,
        .a = unit->first,
        .b = unit->count,
    };
    const float high = 2 * (arcs->half - 3 * s);
    const float wide = fminf(word->width + 0.8F * arcs->type, word->slot - s);
    struct heed_rect chip = {word->x - wide / 2, cy - high / 2, wide, high};
    if (!frame->is_export) { /* on whole pixels; a file's lies round its word */
        chip = (struct heed_rect){roundf(chip.x), roundf(chip.y), roundf(wide), high};
    }
    if (arcs->n_lines > 1) {
        draw_backing(arcs, word, cy);
    }
    frame->list->target = target;
    heed_token_chip(&arcs->skin, chip, look, is_key, heed_target_equal(frame->focus, target));
    bool bold = false;
    const struct heed_color color = heed_token_color(frame->theme, look, is_key, &bold);
    const struct heed_text_style style = {
        .size = arcs->type, .weight = bold ? 600 : 500, .tabular = true};
    heed_token_draw(&arcs->skin, word->x, cy, style, HEED_ANCHOR_MIDDLE, color, unit,
                    word->width + 2 * s);
    heed_candidate_draw(
        &arcs->skin, frame->state, unit,
        (struct heed_candidate_label){.x = word->x - word->width / 2,
                                      .cy = cy,
                                      .width = word->width,
                                      .size = arcs->type,
                                      .color = color,
                                      .below = look == HEED_TOKEN_PINNED ? high / 2 : 0});
    heed_list_hotspot(frame->list, (struct heed_rect){word->x - word->slot / 2, cy - arcs->half,
                                                      word->slot, 2 * arcs->half});
    frame->list->target = (struct heed_target){0};
}

static void draw_words(const struct heed_arcs *arcs, const struct heed_link_request *request)
{
    const bool by_query = arcs->query.count == 0;
    const bool *strong =
        heed_find_strong_units(request, by_query ? arcs->key : arcs->query, by_query);
    for (int i = request->first; strong != NULL && i < request->last; i++) {
        draw_word(arcs, i, strong[i]);
    }
}

/* Between a pair's texts: before the second's first word, or over its line. */
static void draw_rule(const struct heed_arcs *arcs)
{
    const int start = heed_pair_start(arcs->maps);
    if (start == 0) {
        return;
    }
    const struct heed_arc_word *word = &arcs->words[start], *before = &arcs->words[start - 1];
    const float cy = heed_arcs_line_y(arcs, word->line), half = arcs->half;
    const float side = before->x < word->x ? -1 : 1; /* of the second text, the first lies */
    float x = word->x + side * word->slot / 2;
    if (before->line != word->line) {
        x = arcs->right_to_left ? arcs->right : arcs->left;
    }
    heed_list_stroke(arcs->frame->list, x, cy - half, x, cy + half, arcs->skin.hairline,
                     arcs->frame->theme->faint);
}

static void draw_body(const struct heed_arcs *arcs)
{
    const struct heed_link_request request = request_of(arcs);
    heed_list_clip(arcs->frame->list, arcs->body);
    draw_ground(arcs, &request);
    if (heed_arcs_is_pointed(arcs)) {
        const struct heed_chosen_links strong = heed_link_collect(&request, arcs->query, arcs->key);
        draw_strong(arcs, &strong);
        draw_words(arcs, &request);
        heed_arcs_draw_labels(arcs, &strong);
    } else {
        draw_words(arcs, &request);
    }
    draw_rule(arcs);
    heed_list_unclip(arcs->frame->list);
}

/* Which way is which: above is what was said before. */
static const char *directions(const struct heed_arcs *arcs, bool is_key, bool is_short)
{
    static const char *const texts[4][3] = {
        {"attends to the left above the line, to the right below",
         "attends to the right above the line, to the left below",
         "attends to earlier words above, to later words below"},
        {"is attended to from the right above the line, from the left below",
         "is attended to from the left above the line, from the right below",
         "is attended to from later words above, from earlier words below"},
        {"to the left above, to the right below", "to the right above, to the left below",
         "to earlier words above, to later below"},
        {"from the right above, from the left below", "from the left above, from the right below",
         "from later words above, from earlier below"},
    };
    const int form = arcs->n_lines > 1 ? 2 : arcs->right_to_left ? 1 : 0;
    return texts[is_key + 2 * is_short][form];
}

static void draw_header(const struct heed_arcs *arcs)
{
    if (heed_arcs_in_hall(arcs)) { /* the band below says it */
        return;
    }
    const struct heed_theme *theme = arcs->frame->theme;
    const struct heed_text_style plain = heed_widget_style(&arcs->skin, 14, 400);
    const float s = arcs->s, y = arcs->header_y;
    const bool is_key = arcs->query.count == 0 && arcs->key.count > 0;
    char token[128] = "Each word";
    float x = arcs->left, end = arcs->right;
    if (heed_arcs_is_pointed(arcs)) {
        heed_units_text(arcs->maps, is_key ? arcs->key : arcs->query, token, sizeof(token));
    }
    x += heed_widget_left(&arcs->skin, x, y, 15, 600, theme->text, token, 0.4F * (end - x)) + 7 * s;
    const char *text = directions(arcs, is_key, false);
    if (heed_widget_width(&arcs->skin, plain, text) > end - x) {
        text = directions(arcs, is_key, true);
    }
    const char *merged = "words merged: columns summed, rows averaged";
    const float used = heed_widget_width(&arcs->skin, plain, text) + 24 * s;
    const float need = heed_widget_width(&arcs->skin, plain, merged);
    if (arcs->maps->filter.words && !arcs->frame->is_export && x + used + need <= end) {
        heed_widget_text(&arcs->skin, end, y, plain, HEED_ANCHOR_END, theme->muted, merged, 0);
    }
    heed_widget_text(&arcs->skin, x, y, plain, HEED_ANCHOR_START, theme->muted, text, end - x);
}

static void draw_legend(const struct heed_arcs *arcs)
{
    static const float weights[] = {0.1F, 0.3F, 0.6F, 1};
    static const char *const labels[] = {"0.1", "0.3", "0.6", "1"};
    const struct heed_theme *theme = arcs->frame->theme;
    const bool is_export = arcs->frame->is_export;
    const bool pointed = heed_arcs_is_pointed(arcs);
    const float s = arcs->s, y = arcs->legend_y;
    const float length = (is_export ? 14 : 32) * s;
    float x = arcs->left;
    x += heed_widget_left(&arcs->skin, x, y, 14, 400, theme->muted, "weight", 0) +
         (is_export ? 8 : 16) * s;
    for (size_t i = 0; i < HEED_COUNT(weights); i++) {
        const float w = weights[i];
        const struct heed_stroke stroke = {
            .width = pointed ? strong_width(arcs, w) : ground_width(arcs, w),
            .color = heed_color_mix(theme->canvas, theme->ink,
                                    pointed ? strong_opacity(arcs, w) : ground_opacity(arcs, w)),
        };
        heed_list_line(arcs->frame->list, (struct heed_item_line){x, y, x + length, y, stroke});
        x += length + (is_export ? 3 : 8) * s;
        x += heed_widget_left(&arcs->skin, x, y, 14, 400, theme->muted, labels[i], 0) +
             (is_export ? 8 : 14) * s;
    }
    if (pointed) {
        char hidden[120] = "arcs of other words not drawn";
        if (arcs->hidden_width > 0) {
            char names[64];
            heed_special_names(arcs->maps, names, sizeof(names));
            snprintf(hidden, sizeof(hidden), "hidden: what %s hold",
                     arcs->maps->filter.hide_punctuation ? "hidden tokens" : names);
        }
        static const char *const dimmed[] = {"arcs of other words dimmed", "others dimmed", ""};
        const float room = arcs->right - x;
        const struct heed_text_style style = heed_widget_style(&arcs->skin, 14, 400);
        heed_widget_right(&arcs->skin, arcs->right, y, 14, 400, theme->muted,
                          is_export ? "pale: of other words"
                          : heed_arcs_in_hall(arcs)
                              ? hidden
                              : heed_label_choose(&arcs->skin, style, dimmed, 3, room),
                          room);
    }
}

static void draw_export_foot(const struct heed_arcs *arcs)
{
    const float s = arcs->s, width = arcs->rect.w - 4 * s;
    float y = arcs->legend_y + (arcs->frame->is_part ? 0 : 18 * s);
    if (arcs->n_rows == 0 && !arcs->frame->is_part) {
        y +=
            18 * s * (float)heed_heads_legend(&arcs->skin, arcs->shown, arcs->left, y, width, true);
    }
    y += HEED_NUMBERS_LINE * s * (float)heed_arcs_numbers(arcs, "", arcs->left, y, width, true);
    heed_foot_draw(arcs->frame, &arcs->skin, arcs->left, y, width);
}

void heed_arcs_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_arcs arcs = {.frame = frame};
    heed_arcs_place(&arcs, rect);
    if (arcs.maps == NULL || frame->list->failed) {
        return;
    }
    if (heed_view_is_empty(frame, rect, arcs.shown.n)) {
        return;
    }
    draw_body(&arcs);
    heed_arcs_draw_minimap(&arcs);
    heed_arcs_draw_rows(&arcs);
    if (!frame->is_part) {
        draw_header(&arcs);
        draw_legend(&arcs);
    }
    if (frame->is_export) {
        draw_export_foot(&arcs);
    }
}

float heed_arcs_share(struct heed_frame *frame, struct heed_rect rect, bool draw)
{
    struct heed_arcs arcs = {.frame = frame};
    heed_arcs_place(&arcs, rect);
    arcs.header_y = rect.y + heed_link_edges(frame, rect, arcs.s).header;
    arcs.legend_y = arcs.header_y + 18 * arcs.s;
    if (draw && !frame->list->failed) {
        draw_header(&arcs);
        draw_legend(&arcs);
    }
    return 36 * arcs.s;
}

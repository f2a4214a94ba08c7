#include "scene/views/links/rows.h"

#include <math.h>
#include <stdio.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/patches.h"
#include "scene/parts/shapes.h"
#include "scene/views/links/layout.h"
#include "scene/widgets/label.h"

struct token {
    const struct heed_unit *unit;
    float x, cy;
    enum heed_anchor anchor;
    enum heed_token_look look;
    bool is_key, focused;
    struct heed_rect hotspot;
};

static float chip_height(const struct heed_links *links)
{
    return fminf(1.75F * links->type, links->pitch - 2 * links->s);
}

static void draw_token_ground(const struct heed_links *links, const struct token *token,
                              float width)
{
    const float s = links->s, pad = 6 * s;
    const float height = chip_height(links);
    const float left = token->anchor == HEED_ANCHOR_END ? token->x - width : token->x;
    const struct heed_rect chip = {left - pad, roundf(token->cy - height / 2), width + 2 * pad,
                                   height};
    heed_token_chip(&links->skin, chip, token->look, token->is_key, token->focused);
}

/* A patch of the file's picture, in the place of its name; false: it is none. */
static bool draw_patch(const struct heed_links *links, const struct token *token)
{
    struct heed_list *list = links->frame->list;
    const struct heed_theme *theme = links->frame->theme;
    const float s = links->s, most = (links->frame->is_export ? 26 : 38) * s;
    const float side = roundf(fminf(most, links->pitch - 4 * s));
    const struct heed_rect square = {
        roundf(token->anchor == HEED_ANCHOR_END ? token->x - side : token->x),
        roundf(token->cy - side / 2), side, side};
    if (token->unit->count != 1 || side < 8 * s ||
        !heed_patch_draw(links->frame, token->unit->first, square)) {
        return false;
    }
    const bool strong = token->look >= HEED_TOKEN_STRONG || token->focused;
    heed_list_outline(list, strong ? heed_rect_grow(square, 2 * s) : square, 2 * s,
                      strong ? 2 * s : links->skin.hairline,
                      token->look == HEED_TOKEN_PINNED ? theme->ink
                      : strong                         ? theme->accent
                                                       : theme->border);
    heed_list_spot(list, token->hotspot,
                   heed_target_of(token->is_key ? HEED_TARGET_KEY : HEED_TARGET_QUERY,
                                  token->unit->first, token->unit->count, 0));
    return true;
}

static void draw_token(const struct heed_links *links, const struct token *token)
{
    struct heed_list *list = links->frame->list;
    if (draw_patch(links, token)) {
        return;
    }
    bool bold = false;
    const struct heed_color color =
        heed_token_color(links->frame->theme, token->look, token->is_key, &bold);
    const struct heed_text_style style = {
        .size = links->type, .weight = bold ? 600 : 400, .tabular = true};
    list->target = heed_target_of(token->is_key ? HEED_TARGET_KEY : HEED_TARGET_QUERY,
                                  token->unit->first, token->unit->count, 0);
    const float room = token->is_key ? links->key_width : links->label_width;
    const float width = fminf(heed_token_width(&links->skin, style, token->unit), room);
    draw_token_ground(links, token, width);
    heed_token_draw(&links->skin, token->x, token->cy, style, token->anchor, color, token->unit,
                    room);
    heed_candidate_draw(
        &links->skin, links->frame->state, token->unit,
        (struct heed_candidate_label){
            .x = token->anchor == HEED_ANCHOR_END ? token->x - width : token->x,
            .cy = token->cy,
            .width = width,
            .size = links->type,
            .color = color,
            .below = token->look == HEED_TOKEN_PINNED ? chip_height(links) / 2 : 0});
    heed_list_hotspot(list, token->hotspot);
    list->target = (struct heed_target){0};
}

static enum heed_token_look look_of(const struct heed_links *links, const struct heed_unit *unit,
                                    bool is_key, bool strong)
{
    return heed_token_look_of(links->frame, unit, is_key, strong, heed_links_is_pointed(links));
}

void heed_links_draw_tokens(const struct heed_links *links, int unit, const bool *strong_queries,
                            const bool *strong_keys)
{
    const struct heed_unit *it = &links->maps->units[unit];
    const float s = links->s, cy = heed_links_row_y(links, unit);
    const float top = cy - links->pitch / 2;
    const float query_left =
        (links->positions_x > 0 ? links->positions_x : links->query_x - links->label_width) -
        16 * s;
    const struct heed_target focus = links->frame->focus;
    struct token token = {
        .unit = it,
        .x = links->query_x,
        .cy = cy,
        .anchor = HEED_ANCHOR_END,
        .look = look_of(links, it, false, strong_queries && strong_queries[unit]),
        .focused = focus.kind == HEED_TARGET_QUERY && focus.a == it->first,
        .hotspot = {query_left, top, links->left - query_left, links->pitch},
    };
    const struct heed_maps *maps = links->maps;
    const bool sides = heed_maps_have_sides(maps);
    if (unit < maps->rows.count) {
        draw_token(links, &token);
    }
    token.x = links->key_x;
    token.anchor = HEED_ANCHOR_START;
    token.is_key = true;
    token.look = look_of(links, it, true, strong_keys && strong_keys[unit]);
    token.focused = focus.kind == HEED_TARGET_KEY && focus.a == it->first;
    token.hotspot = (struct heed_rect){links->right, top, links->end - links->right, links->pitch};
    if (unit >= maps->columns.first) {
        draw_token(links, &token);
    }
    if (links->positions_x > 0) { /* of a list of keys at its outer side */
        const bool key = sides && unit >= maps->columns.first;
        char number[16];
        snprintf(number, sizeof(number), "%d", heed_maps_place(maps, it->first));
        heed_widget_right(
            &links->skin, key ? links->key_x + links->key_width + 6 * s : links->positions_x, cy,
            links->pitch < 26 * s ? 12 : 13, 400, links->frame->theme->muted, number, 0);
    }
}

/* One row's number in one shown map: from the query, or into the key. */
static float value_at(const struct heed_links *links, int map, int unit)
{
    const float *weights = links->shown.items[map].weights;
    const struct heed_range row = {unit, 1};
    return links->query.count > 0 ? heed_map_weight(weights, links->maps->n, links->query, row)
                                  : heed_map_weight(weights, links->maps->n, row, links->key);
}

void heed_links_draw_values(const struct heed_links *links, int unit)
{
    const float s = links->s;
    const float height = fminf(38 * s, links->pitch - fmaxf(2 * s, 0.1F * links->pitch));
    const bool strongest = links->n_columns < links->shown.n;
    const struct heed_maps *maps = links->maps;
    if (links->query.count > 0 ? unit < maps->columns.first : unit >= maps->rows.count) {
        return; /* it is on the pinned one's side */
    }
    const float size = links->frame->is_export ? 12 : links->pitch < 26 * s ? 13 : 15;
    for (int i = 0; i < links->n_columns; i++) {
        int map = i;
        float value = value_at(links, i, unit);
        for (int j = 1; strongest && j < links->shown.n; j++) {
            const float other = value_at(links, j, unit);
            if (other > value) {
                value = other;
                map = j;
            }
        }
        const struct heed_rect cell = {
            roundf(links->columns_x + (float)i * links->column_width + 2 * s),
            roundf(heed_links_row_y(links, unit) - height / 2), links->column_width - 4 * s,
            roundf(height)};
        struct heed_list *list = links->frame->list;
        list->target = heed_number_target(links->frame, links->shown.items[map].id, links->query,
                                          links->key, unit);
        heed_number_cell(&links->skin, cell, links->shown.items[map].color, value, size, false);
        list->target = (struct heed_target){0};
    }
}

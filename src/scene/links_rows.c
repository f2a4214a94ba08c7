#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/links_parts.h"

/* How a token looks: `0.1` and more of a shown head makes its target bold. */
bool *heed_links_find_strong(const struct heed_links *links, bool by_query)
{
    const int n = links->maps->n;
    bool *strong = heed_arena_zeroed(&links->frame->list->arena, (size_t)n + 1,
                                     sizeof(*strong));
    if (strong == NULL) {
        links->frame->list->failed = true;
        return NULL;
    }
    const struct heed_range range = by_query ? links->key : links->query;
    for (int i = 0; range.count > 0 && i < links->shown.n; i++) {
        struct heed_ranked top;
        float rest = 0;
        if (heed_map_top(links->shown.items[i].weights, n, range, by_query,
                         &top, 1, &rest) == 1 &&
            top.value >= 0.1F) {
            strong[top.index] = true;
        }
    }
    return strong;
}

enum token_look {
    TOKEN_REST,
    TOKEN_MUTED,
    TOKEN_STRONG,
    TOKEN_HOVER,
    TOKEN_PINNED
};

struct token {
    const struct heed_unit *unit;
    float x, cy;
    enum heed_anchor anchor;
    enum token_look look;
    bool is_key, focused;
    struct heed_rect hotspot;
};

static void draw_token_ground(const struct heed_links *links,
                              const struct token *token, float width)
{
    const struct heed_theme *theme = links->frame->theme;
    const float s = links->s, pad = 6 * s;
    const float height = fminf(1.75F * links->type, links->pitch - 2 * s);
    const float left =
        token->anchor == HEED_ANCHOR_END ? token->x - width : token->x;
    struct heed_item_rect chip = {
        .rect = {left - pad, roundf(token->cy - height / 2), width + 2 * pad, height},
        .radius = 6 * s,
    };
    if (token->focused) {
        struct heed_rect inner = chip.rect;
        inner.x += 4 * s, inner.y += 4 * s, inner.w -= 8 * s, inner.h -= 8 * s;
        heed_widget_focus_ring(&links->skin, inner, 2 * s);
    }
    if (token->look == TOKEN_HOVER) {
        chip.fill = theme->hover;
    } else if (token->look == TOKEN_PINNED && token->is_key) {
        chip.fill = theme->raised;
        chip.stroke = (struct heed_stroke){.width = 1.5F * s, .color = theme->ink};
    } else if (token->look == TOKEN_PINNED) {
        chip.fill = theme->ink;
    }
    heed_list_rect(links->frame->list, chip);
}

static void draw_token(const struct heed_links *links, const struct token *token)
{
    const struct heed_theme *theme = links->frame->theme;
    struct heed_list *list = links->frame->list;
    struct heed_text_style style = {
        .size = links->type, .weight = 400, .tabular = true};
    struct heed_color color = theme->text;
    if (token->look == TOKEN_MUTED) {
        color = theme->muted;
    } else if (token->look == TOKEN_STRONG || token->look == TOKEN_PINNED) {
        style.weight = 600;
    }
    if (token->look == TOKEN_PINNED && !token->is_key) {
        color = theme->on_ink;
    }
    list->target = (struct heed_target){
        .kind = token->is_key ? HEED_TARGET_KEY : HEED_TARGET_QUERY,
        .a = token->unit->first,
        .b = token->unit->count,
    };
    const float room = token->is_key ? links->key_width : links->label_width;
    const float width =
        fminf(heed_token_width(&links->skin, style, token->unit), room);
    draw_token_ground(links, token, width);
    heed_token_draw(&links->skin, token->x, token->cy, style, token->anchor,
                    color, token->unit, room);
    heed_list_hotspot(list, token->hotspot);
    list->target = (struct heed_target){0};
}

static bool pins(struct heed_pin pin, const struct heed_unit *unit)
{
    return pin.count > 0 && unit->first < pin.first + pin.count &&
           pin.first < unit->first + unit->count;
}

static enum token_look look_of(const struct heed_links *links,
                               const struct heed_unit *unit, bool is_key,
                               bool strong)
{
    const struct heed_frame *frame = links->frame;
    if (pins(is_key ? frame->state->key : frame->state->query, unit)) {
        return TOKEN_PINNED;
    }
    if (pins(is_key ? frame->hover.key : frame->hover.query, unit)) {
        return TOKEN_HOVER;
    }
    if (strong) {
        return TOKEN_STRONG;
    }
    return heed_links_is_pointed(links) ? TOKEN_MUTED : TOKEN_REST;
}

void heed_links_draw_tokens(const struct heed_links *links, int unit,
                            const bool *strong_queries, const bool *strong_keys)
{
    const struct heed_unit *it = &links->maps->units[unit];
    const float s = links->s, cy = heed_links_row_y(links, unit);
    const float top = cy - links->pitch / 2;
    const float query_left =
        (links->positions_x > 0 ? links->positions_x
                                : links->query_x - links->label_width) -
        16 * s;
    const float key_right =
        fmaxf(links->columns_x + (float)links->n_columns * links->column_width,
              links->key_x + links->key_width);
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
    draw_token(links, &token);
    token.x = links->key_x;
    token.anchor = HEED_ANCHOR_START;
    token.is_key = true;
    token.look = look_of(links, it, true, strong_keys && strong_keys[unit]);
    token.focused = focus.kind == HEED_TARGET_KEY && focus.a == it->first;
    token.hotspot = (struct heed_rect){links->right, top,
                                       key_right - links->right, links->pitch};
    draw_token(links, &token);
    if (links->positions_x > 0) {
        char number[16];
        snprintf(number, sizeof(number), "%d", it->first);
        heed_widget_text(
            &links->skin, links->positions_x, cy,
            heed_links_style(links, links->pitch < 26 * s ? 12 : 13, 400),
            HEED_ANCHOR_END, links->frame->theme->muted, number, 0);
    }
}

static void draw_cell(const struct heed_links *links, struct heed_rect rect,
                      struct heed_color color, float value)
{
    const struct heed_theme *theme = links->frame->theme;
    struct heed_color ink = theme->faint;
    if (value >= 0.01F) {
        const struct heed_color fill =
            heed_color_mix(theme->canvas, color, fminf(value, 1));
        heed_list_rect(links->frame->list, (struct heed_item_rect){
                                               .rect = rect,
                                               .radius = 5 * links->s,
                                               .fill = fill,
                                           });
        ink = heed_color_on(fill);
    }
    char number[32];
    heed_format_number(number, sizeof(number), (double)value, 3);
    heed_widget_text(&links->skin, rect.x + rect.w / 2, rect.y + rect.h / 2,
                     heed_links_style(links, links->pitch < 26 * links->s ? 13 : 15,
                                      value >= 0.1F ? 600 : 400),
                     HEED_ANCHOR_MIDDLE, ink, number, 0);
}

/* One row's number in one shown map: from the query, or into the key. */
static float value_at(const struct heed_links *links, int map, int unit)
{
    const float *weights = links->shown.items[map].weights;
    const struct heed_range row = {unit, 1};
    return links->query.count > 0
               ? heed_map_weight(weights, links->maps->n, links->query, row)
               : heed_map_weight(weights, links->maps->n, row, links->key);
}

void heed_links_draw_values(const struct heed_links *links, int unit)
{
    const float s = links->s;
    const float height =
        fminf(38 * s, links->pitch - fmaxf(2 * s, 0.1F * links->pitch));
    const bool strongest = links->n_columns < links->shown.n;
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
            roundf(heed_links_row_y(links, unit) - height / 2),
            links->column_width - 4 * s, roundf(height)};
        draw_cell(links, cell, links->shown.items[map].color, value);
    }
}

#include "scene/parts/shapes.h"

#include <math.h>

#include "scene/widgets/label.h"

static bool pins(struct heed_pin pin, const struct heed_unit *unit)
{
    return pin.count > 0 && !pin.in_b && unit->first < pin.first + pin.count &&
           pin.first < unit->first + unit->count;
}

enum heed_token_look heed_token_look_of(const struct heed_frame *frame,
                                        const struct heed_unit *unit, bool is_key, bool strong,
                                        bool pointed)
{
    if (pins(is_key ? frame->state->key : frame->state->query, unit)) {
        return HEED_TOKEN_PINNED;
    }
    if (pins(is_key ? frame->hover.key : frame->hover.query, unit)) {
        return HEED_TOKEN_HOVER;
    }
    if (strong) {
        return HEED_TOKEN_STRONG;
    }
    return pointed ? HEED_TOKEN_MUTED : HEED_TOKEN_REST;
}

struct heed_color heed_token_color(const struct heed_theme *theme, enum heed_token_look look,
                                   bool is_key, bool *bold)
{
    *bold = look == HEED_TOKEN_STRONG || look == HEED_TOKEN_PINNED;
    if (look == HEED_TOKEN_PINNED && !is_key) {
        return theme->on_ink;
    }
    return look == HEED_TOKEN_MUTED ? theme->muted : theme->text;
}

void heed_token_chip(const struct heed_skin *skin, struct heed_rect rect, enum heed_token_look look,
                     bool is_key, bool focused)
{
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    struct heed_item_rect chip = {.rect = rect, .radius = 6 * s};
    if (focused) {
        struct heed_rect inner = rect;
        inner.x += 4 * s, inner.y += 4 * s, inner.w -= 8 * s, inner.h -= 8 * s;
        heed_widget_focus_ring(skin, inner, 2 * s);
    }
    if (look == HEED_TOKEN_HOVER) {
        chip.fill = theme->hover;
    } else if (look == HEED_TOKEN_PINNED && is_key) {
        chip.fill = theme->raised;
        chip.stroke = (struct heed_stroke){.width = 1.5F * s, .color = theme->ink};
    } else if (look == HEED_TOKEN_PINNED) {
        chip.fill = theme->ink;
    }
    heed_list_rect(skin->list, chip);
}

bool *heed_find_strong_units(const struct heed_link_request *request, struct heed_range range,
                             bool by_query)
{
    const int n = request->maps->n;
    bool *strong = heed_arena_zeroed(&request->frame->list->arena, (size_t)n + 1, sizeof(*strong));
    if (strong == NULL) {
        request->frame->list->failed = true;
        return NULL;
    }
    for (int i = 0; range.count > 0 && i < request->shown.n; i++) {
        struct heed_ranked top;
        float rest = 0;
        if (heed_map_top(request->shown.items[i].weights, n, range, by_query, &top, 1, &rest) ==
                1 &&
            top.value >= 0.1F) {
            strong[top.index] = true;
        }
    }
    return strong;
}

void heed_number_cell(const struct heed_skin *skin, struct heed_rect rect, struct heed_color color,
                      float value, float size, bool narrow)
{
    const struct heed_theme *theme = skin->theme;
    struct heed_color ink = theme->faint;
    if (value >= 0.01F) {
        const struct heed_color fill = heed_color_mix(theme->canvas, color, fminf(value, 1));
        heed_list_fill(skin->list, rect, 5 * skin->scale, fill);
        ink = heed_color_on(fill);
    }
    char number[32];
    if (narrow) {
        heed_format_share(number, sizeof(number), (double)value);
    } else {
        heed_format_number(number, sizeof(number), (double)value, 3);
    }
    heed_widget_middle(skin, rect.x + rect.w / 2, rect.y + rect.h / 2, size,
                       value >= 0.1F ? 600 : 400, ink, number, 0);
}

struct heed_link_edges heed_link_edges(const struct heed_frame *frame, struct heed_rect rect,
                                       float scale)
{
    const float s = scale;
    const bool small = rect.w < 860 * s, low = rect.h < 620 * s;
    if (frame->is_export) { /* a panel's header stands elsewhere */
        const float head = frame->is_part ? 4 : 24;
        return (struct heed_link_edges){2 * s, head * s, 10 * s, small, low};
    }
    return (struct heed_link_edges){(small ? 18 : 28) * s, (low ? 40 : 55) * s, (low ? 24 : 33) * s,
                                    small, low};
}

float heed_link_lane(int n, float most, float room)
{
    return n > 1 ? fminf(most, room / (float)(n - 1)) : 0;
}

struct heed_target heed_ground_target(const struct heed_frame *frame, struct heed_head_id id,
                                      struct heed_link link)
{
    return frame->is_export ? heed_link_target(id, link) : (struct heed_target){0};
}

struct heed_target heed_number_target(const struct heed_frame *frame, struct heed_head_id id,
                                      struct heed_range query, struct heed_range key, int unit)
{
    const struct heed_range end = query.count > 0 ? query : key;
    const struct heed_link link = {.query = query.count > 0 ? query.first : unit,
                                   .key = query.count > 0 ? unit : key.first};
    return end.count == 1 ? heed_ground_target(frame, id, link) : (struct heed_target){0};
}

struct heed_target heed_link_target(struct heed_head_id id, struct heed_link link)
{
    return heed_target_of(HEED_TARGET_LINK, link.query, link.key,
                          id.layer < 0 ? -1 : id.layer << 16 | id.head);
}

float heed_link_opacity(const struct heed_theme *theme, int n, float weight, float least)
{
    return fminf(fmaxf(least, theme->for_print ? weight : weight / (float)n), 1);
}

struct heed_stroke heed_map_stroke(const struct heed_shown_map *map, float width,
                                   struct heed_color color, float scale)
{
    struct heed_stroke stroke = {.width = width, .color = color};
    const float unit = map->dash.by_width ? fmaxf(scale, width / 2) : scale;
    stroke.dash_on = map->dash.on * unit;
    stroke.dash_off = map->dash.off * unit;
    return stroke;
}

static void draw_sample(const struct heed_skin *skin, const struct heed_shown_map *map, float x,
                        float y)
{
    const float s = skin->scale;
    heed_list_line(skin->list, (struct heed_item_line){x, y, x + 24 * s, y,
                                                       heed_map_stroke(map, 2 * s, map->color, s)});
}

int heed_heads_legend(const struct heed_skin *skin, struct heed_shown_maps shown, float x, float cy,
                      float width, bool draw)
{
    const struct heed_text_style style = heed_widget_style(skin, 12, 600);
    const float s = skin->scale;
    const bool as_lines = skin->theme->for_print && shown.n > 1;
    const float sample = (as_lines ? 29 : 12) * s;
    float at = 0;
    int lines = shown.n > 0;
    for (int i = 0; i < shown.n; i++) {
        const struct heed_shown_map *map = &shown.items[i];
        const float need = sample + heed_widget_width(skin, style, map->heading);
        if (at > 0 && at + need > width - 4 * s) {
            at = 0;
            lines++;
        }
        if (draw) {
            const float y = cy + (float)(lines - 1) * 18 * s;
            if (as_lines) {
                draw_sample(skin, map, x + at, y);
            } else {
                heed_chip_draw(skin, x + at, y, 8, map->color, map->dashed);
            }
            heed_widget_text(skin, x + at + sample, y, style, HEED_ANCHOR_START, skin->theme->text,
                             map->heading, 0);
        }
        at += need + 10 * s;
    }
    return lines;
}

#include "scene/views/heads/heads.h"

#include <math.h>

#include "scene/inspector/head_marks.h"
#include "scene/parts/empty.h"
#include "scene/parts/map_cells.h"
#include "scene/parts/shapes.h"
#include "scene/views/heads/labels.h"
#include "scene/views/heads/layout.h"
#include "scene/views/heads/links.h"
#include "scene/views/heads/popover.h"

static struct heed_target target_of(struct heed_head_id id)
{
    return (struct heed_target){
        .kind = HEED_TARGET_HEAD, .flags = HEED_TARGET_FLAG_THUMBNAIL, .a = id.layer, .b = id.head};
}

/* --- the ground: all that hovering doesn't change --- */

static uint64_t mix(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint64_t mix_filter(uint64_t hash, const struct heed_filter *filter)
{
    const float numbers[] = {filter->threshold, filter->top_p, (float)filter->top_k,
                             (float)filter->segments};
    return mix(hash, numbers, sizeof(numbers));
}

/* Which maps are drawn how: made small, and so many layers of them. */
static uint64_t seen_of(const struct heed_heads *heads)
{
    const int layers = heed_maps_count_seen(heads->maps) / heads->maps->n_heads;
    return 2 * (uint64_t)layers + (uint64_t)heads->small;
}

/* From all that the ground depends on. */
static uint64_t ground_key(const struct heed_heads *heads)
{
    const struct heed_state *state = heads->frame->state;
    const uint64_t ids[] = {heads->maps->id, seen_of(heads), (uint64_t)state->theme,
                            (uint64_t)state->palette, (uint64_t)heads->links};
    const float numbers[] = {heads->area.x, heads->area.y, heads->area.w, heads->area.h,
                             heads->side,   heads->slot,   heads->s,      heads->skin.hairline};
    uint64_t hash = mix(UINT64_C(14695981039346656037), ids, sizeof(ids));
    hash = mix(hash, numbers, sizeof(numbers));
    if (heads->links) {
        hash = mix_filter(hash, &state->filter);
        hash = mix(hash, state->shown, (size_t)state->n_shown * sizeof(state->shown[0]));
    }
    for (int i = 0; i < heads->n; i++) {
        const struct heed_thumbnail *item = &heads->items[i];
        const float place[] = {(float)heed_heads_map_of(heads, item->id), item->slot.x,
                               item->slot.y};
        if (heed_heads_sees(heads, item->slot)) {
            hash = mix(hash, place, sizeof(place));
        }
    }
    return hash != 0 ? hash : 1;
}

/* The square that is drawn in a thumbnail's place. */
static struct heed_rect square_of(const struct heed_heads *heads, struct heed_rect slot)
{
    float side = heads->side;
    if (heads->links) {
        side = slot.w;
    }
    float w = side, h = side;
    if (!heads->links) {
        const float rows = (float)heads->rows, columns = (float)heads->columns;
        w = columns < rows ? fmaxf(floorf(side * columns / rows), 1) : side;
        h = rows < columns ? fmaxf(floorf(side * rows / columns), 1) : side;
    }
    return (struct heed_rect){slot.x + floorf((slot.w - w) / 2), slot.y + floorf((slot.h - h) / 2),
                              w, h};
}

static void draw_heatmap(const struct heed_heads *heads, const struct heed_thumbnail *item,
                         struct heed_rect square)
{
    const struct heed_frame *frame = heads->frame;
    if (frame->is_export) { /* a window's answers to the pointer as a whole */
        frame->list->target = heed_target_of(HEED_TARGET_CELL, item->id.layer, item->id.head, 0);
    }
    struct heed_item_heatmap map = {
        .rect = square,
        .high = 1,
        .palette = *heed_palette_get(frame->state->theme, frame->state->palette)};
    const int index = heed_heads_map_of(heads, item->id);
    bool drawn = true;
    if (heads->small) {
        drawn = heed_map_thumbnail(heads->maps, index, &map);
    } else {
        heed_map_values(heads->maps, index, &map);
    }
    if (drawn) {
        heed_list_heatmap(frame->list, map);
    } else {
        heed_list_fill(frame->list, square, 0, frame->theme->sunken);
    }
    frame->list->target = (struct heed_target){0};
    if (heads->mask != NULL) {
        heed_map_draw_mask(frame, &heads->skin, heads->mask, square);
    }
}

static void draw_links(const struct heed_heads *heads, const struct heed_thumbnail *item,
                       struct heed_rect square)
{
    struct heed_link links[HEED_HEADS_MOST_LINKS];
    const int n = heed_heads_strongest(heads, heed_heads_map_of(heads, item->id), links);
    const struct heed_color color =
        heed_frame_head_color(heads->frame, item->id, heads->frame->theme->text);
    const float inset = 3 * heads->s;
    const float left = square.x + inset, right = square.x + square.w - inset;
    const struct heed_unit_range keys = heads->maps->columns;
    const float pitch = (square.h - 2 * inset) / (float)heads->maps->rows.count;
    const float key_pitch = (square.h - 2 * inset) / (float)keys.count;
    const float top = square.y + inset;
    const float handle = 0.46F * (right - left);
    const float width = heads->frame->is_export ? 0.6F * heads->s : fmaxf(heads->s, 1);
    for (int i = 0; i < n; i++) {
        const float y0 = top + ((float)links[i].query + 0.5F) * pitch;
        const float y1 = top + ((float)(links[i].key - keys.first) + 0.5F) * key_pitch;
        const struct heed_stroke stroke = {
            .width = width,
            .color = heed_color_alpha(color, heed_heads_link_opacity(links[i].weight))};
        const struct heed_link link = {.query = links[i].query, .key = links[i].key};
        heads->frame->list->target = heed_ground_target(heads->frame, item->id, link);
        heed_list_cubic(heads->frame->list,
                        (struct heed_item_cubic){left, y0, left + handle, y0, right - handle, y1,
                                                 right, y1, stroke});
    }
    heads->frame->list->target = (struct heed_target){0};
}

/* Content, then a frame around it. */
static void draw_thumbnail(const struct heed_heads *heads, const struct heed_thumbnail *item)
{
    const struct heed_rect square = square_of(heads, item->slot);
    const float line = heads->skin.hairline;
    if (heads->links) {
        draw_links(heads, item, square);
    } else {
        draw_heatmap(heads, item, square);
    }
    heed_list_outline(heads->frame->list, heed_rect_grow(square, line), 3 * heads->s, line,
                      heads->frame->theme->border);
}

static void draw_ground(struct heed_heads *heads, struct heed_rect bounds)
{
    struct heed_list *list = heads->frame->list;
    struct heed_item_heatmap mask;
    heads->mask = !heads->links && heed_map_mask(heads->frame, heads->rows, heads->columns, &mask)
                      ? &mask
                      : NULL;
    heed_list_group(
        list, (struct heed_item_group){.key = ground_key(heads), .opacity = 1, .bounds = bounds});
    for (int i = 0; i < heads->n; i++) {
        if (heed_heads_sees(heads, heads->items[i].slot)) {
            draw_thumbnail(heads, &heads->items[i]);
        }
    }
    heed_list_ungroup(list);
    heads->mask = NULL;
}

/* --- over it --- */

static void draw_ring(const struct heed_heads *heads, struct heed_rect rect, float width,
                      struct heed_color color, bool dashed)
{
    const float s = heads->s;
    struct heed_item_rect ring = {
        .rect = rect, .radius = 5 * s, .stroke = {.width = width, .color = color}};
    if (dashed) {
        ring.stroke.dash_on = 6 * s;
        ring.stroke.dash_off = 4 * s;
    }
    heed_list_rect(heads->frame->list, ring);
}

static void draw_rings(const struct heed_heads *heads, const struct heed_thumbnail *item)
{
    const struct heed_state *state = heads->frame->state;
    const struct heed_theme *theme = heads->frame->theme;
    const float s = heads->s;
    const struct heed_rect square = square_of(heads, item->slot);
    int index = 0;
    const bool shown = heed_state_shows(state, item->id, &index);
    if (shown) {
        const int color = state->shown[index].color;
        draw_ring(heads, heed_rect_grow(square, 3 * s), 3 * s,
                  theme->heads[color % HEED_N_HEAD_COLORS], color >= HEED_N_HEAD_COLORS);
    }
    heed_head_marks_badge(&heads->skin, state, item->id, square);
    const float out = (shown ? 3 : 0) * s;
    if (heed_target_equal(heads->frame->focus, target_of(item->id))) {
        heed_widget_focus_ring(&heads->skin, heed_rect_grow(square, out), 3 * s);
    } else if (heed_heads_is_hovered(heads, item->id)) {
        draw_ring(heads, heed_rect_grow(square, fmaxf(out + 2 * s, 3 * s)), 2 * s, theme->ink,
                  false);
    }
}

/* The place that clicks and the keyboard mean: all of it with its text. What
 * lies outside reaches as far as header and legend do, so that it comes into
 * view whole. */
static void draw_hotspot(const struct heed_heads *heads, const struct heed_thumbnail *item)
{
    const struct heed_rect area = heads->area, rect = heads->rect;
    const float gap = heads->pitch_x - heads->slot;
    const float text = heads->pitch_y - heads->slot;
    struct heed_rect spot = {item->slot.x - gap / 2, item->slot.y - fminf(text, 6 * heads->s) / 2,
                             heads->pitch_x, heads->pitch_y};
    if (spot.y + spot.h > area.y + area.h + text) {
        spot.h += rect.y + rect.h - area.y - area.h;
    }
    if (item->slot.y < area.y) {
        spot.y -= area.y - rect.y;
        spot.h += area.y - rect.y;
    }
    if (spot.x + spot.w > area.x + area.w + gap) {
        spot.w += rect.x + rect.w - area.x - area.w;
    }
    if (item->slot.x < area.x) {
        spot.x -= area.x - rect.x;
        spot.w += area.x - rect.x;
    }
    heed_list_spot(heads->frame->list, spot, target_of(item->id));
}

static void draw_items(struct heed_heads *heads)
{
    struct heed_list *list = heads->frame->list;
    const struct heed_rect bounds = heed_rect_grow(heads->area, 6 * heads->s);
    heed_list_clip(list, bounds);
    if (!heads->links || heed_heads_prepare_links(heads)) {
        draw_ground(heads, bounds);
    }
    for (int i = 0; i < heads->n; i++) {
        const struct heed_thumbnail *item = &heads->items[i];
        const struct heed_rect whole = {item->slot.x, item->slot.y, heads->slot, heads->pitch_y};
        if (heed_heads_sees(heads, whole)) {
            draw_rings(heads, item);
            heed_heads_draw_text(heads, item);
        }
        if (!heads->frame->is_export) {
            draw_hotspot(heads, item);
        }
    }
    heed_list_unclip(list);
}

void heed_heads_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_heads heads = {.frame = frame};
    if (!heed_heads_place(&heads, rect)) {
        if (heads.maps != NULL && heads.maps->n == 0) {
            heed_view_no_token(frame, rect);
        }
        return;
    }
    draw_items(&heads);
    heed_heads_draw_labels(&heads);
    if (!frame->is_export) {
        heed_heads_draw_popover(&heads);
    }
}

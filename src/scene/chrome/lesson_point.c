#include <math.h>

#include "draw/hit.h"
#include "lesson/expression.h"
#include "scene/chrome/chrome.h"
#include "scene/chrome/lesson.h"
#include "scene/frame/shown.h"
#include "scene/widgets/target.h"

static struct heed_rect united(struct heed_rect a, struct heed_rect b)
{
    const float x = fminf(a.x, b.x);
    const float y = fminf(a.y, b.y);
    return (struct heed_rect){x, y, fmaxf(a.x + a.w, b.x + b.w) - x,
                              fmaxf(a.y + a.h, b.y + b.h) - y};
}

static struct heed_rect cut(struct heed_rect a, struct heed_rect b)
{
    const float x = fmaxf(a.x, b.x);
    const float y = fmaxf(a.y, b.y);
    return (struct heed_rect){x, y, fminf(a.x + a.w, b.x + b.w) - x,
                              fminf(a.y + a.h, b.y + b.h) - y};
}

/* A token's place, of this kind: what is drawn of it that lies together. */
static bool find_token(const struct heed_list *list, enum heed_target_kind kind, int token,
                       bool in_b, struct heed_rect clip, struct heed_rect *rect)
{
    bool found = false;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        const struct heed_target target = item->target;
        if (target.kind != kind || token < target.a || token >= target.a + target.b ||
            ((target.flags & HEED_TARGET_FLAG_B) != 0) != in_b) {
            continue;
        }
        const struct heed_rect own = cut(heed_item_bounds(item), clip);
        if (own.w <= 0 || own.h <= 0) {
            continue;
        }
        *rect = found ? united(*rect, own) : own;
        if (found && (rect->w > clip.w * 0.9F || rect->h > clip.h * 0.5F)) {
            *rect = own; /* they lie apart */
        }
        found = true;
    }
    return found;
}

static bool find_cell(const struct heed_list *list, struct heed_head_id head, int row, int column,
                      struct heed_rect *rect)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        const struct heed_item_heatmap *map = &item->as.heatmap;
        if (item->kind != HEED_ITEM_HEATMAP || item->target.kind != HEED_TARGET_CELL ||
            item->target.a != head.layer || item->target.b != head.head || row < map->row ||
            row >= map->row + map->rows || column < map->column ||
            column >= map->column + map->columns) {
            continue;
        }
        const float w = map->rect.w / (float)map->columns;
        const float h = map->rect.h / (float)map->rows;
        *rect = (struct heed_rect){map->rect.x + w * (float)(column - map->column),
                                   map->rect.y + h * (float)(row - map->row), w, h};
        return true;
    }
    return false;
}

static bool find_target(const struct heed_list *list, enum heed_target_kind kind, int a, int b,
                        struct heed_rect *rect)
{
    bool found = false;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_target target = list->items[i].target;
        const struct heed_rect own = heed_item_bounds(&list->items[i]);
        if (target.kind == kind && target.a == a && (b < 0 || target.b == b) && own.w > 0) {
            *rect = found ? united(*rect, own) : own;
            found = true;
        }
    }
    return found;
}

static bool find_words(const struct heed_frame *frame, const struct heed_lesson_point *point,
                       struct heed_token_range *query, struct heed_token_range *key)
{
    const struct heed_result *result = frame->result;
    if (result == NULL || frame->tokenizer == NULL || (point->in_b && result->compare == NULL)) {
        return false;
    }
    result = point->in_b ? result->compare->result : result;
    return heed_lesson_find_word(query, frame->tokenizer, result->encoding, point->query, NULL) &&
           (point->key == NULL ||
            heed_lesson_find_word(key, frame->tokenizer, result->encoding, point->key, NULL));
}

/* Compare draws a word that both texts have once, as A's. */
static bool find_either(const struct heed_frame *frame, int token, bool query, bool in_b,
                        struct heed_rect clip, struct heed_rect *rect)
{
    const struct heed_list *list = frame->list;
    const enum heed_target_kind first = query ? HEED_TARGET_QUERY : HEED_TARGET_KEY;
    const enum heed_target_kind second = query ? HEED_TARGET_KEY : HEED_TARGET_QUERY;
    if (find_token(list, first, token, in_b, clip, rect) ||
        find_token(list, second, token, in_b, clip, rect)) {
        return true;
    }
    const int in_a = in_b ? heed_alignment_find_a(&frame->result->compare->tokens, token) : -1;
    return in_a >= 0 && (find_token(list, first, in_a, false, clip, rect) ||
                         find_token(list, second, in_a, false, clip, rect));
}

bool heed_lesson_point_find(const struct heed_frame *frame, const struct heed_lesson_point *point,
                            struct heed_rect clip, struct heed_rect *rect)
{
    const struct heed_list *list = frame->list;
    struct heed_token_range query = {0, 0};
    struct heed_token_range key = {0, 0};
    if (point->kind == HEED_POINT_CONTROL) {
        return find_target(list, HEED_TARGET_COMMAND, point->command, -1, rect) ||
               (point->command == HEED_COMMAND_FOCUS_TEXT &&
                find_target(list, HEED_TARGET_TEXT_FIELD, 0, -1, rect));
    }
    if (point->kind == HEED_POINT_HEAD) {
        return find_target(list, HEED_TARGET_HEAD, point->head.layer, point->head.head, rect);
    }
    if (!find_words(frame, point, &query, &key)) {
        return false;
    }
    if (point->kind == HEED_POINT_TOKEN) {
        const struct heed_pin pinned = frame->state->query;
        const bool asks = query.first >= pinned.first && query.first < pinned.first + pinned.count;
        return find_either(frame, query.first, asks, point->in_b, clip, rect);
    }
    const struct heed_maps *maps = frame->result->maps;
    const struct heed_head_id head =
        point->head.layer >= 0 ? point->head : frame->state->matrix_head;
    return (!point->in_b && find_cell(list, head, heed_maps_find_unit(maps, query.first),
                                      heed_maps_find_unit(maps, key.first), rect)) ||
           find_either(frame, key.first, false, point->in_b, clip, rect);
}

/* Projected, a pinned word or pair stands out by itself: a second frame says nothing. */
static bool stands_out(const struct heed_frame *frame, const struct heed_lesson_point *point)
{
    struct heed_token_range query = {0, 0};
    struct heed_token_range key = {0, 0};
    const struct heed_state *state = frame->state;
    const bool pair = point->kind == HEED_POINT_LINK;
    if (!heed_frame_is_projected(frame) || !(pair || point->kind == HEED_POINT_TOKEN) ||
        !find_words(frame, point, &query, &key)) {
        return false;
    }
    if (point->in_b) {
        const struct heed_alignment *tokens = &frame->result->compare->tokens;
        query.first = heed_alignment_find_a(tokens, query.first);
        key.first = pair ? heed_alignment_find_a(tokens, key.first) : 0;
    }
    return ((state->query.count > 0 && state->query.first == query.first &&
             (!pair || (state->key.count > 0 && state->key.first == key.first))) ||
            (!pair && state->key.count > 0 && state->key.first == query.first));
}

static void draw_ring(const struct heed_chrome *chrome, struct heed_rect rect,
                      struct heed_rect clip)
{
    const struct heed_skin *skin = &chrome->skin;
    const float s = fmaxf(chrome->layout.scale, heed_lesson_scale(&chrome->layout));
    const bool small = rect.w < 20 * s || rect.h < 20 * s;
    const struct heed_rect ring = cut(heed_rect_grow(rect, (small ? 4 : 6) * s), clip);
    heed_list_outline(skin->list, ring, 9 * s, 3 * s, skin->theme->ink);
}

void heed_lesson_rings_draw(struct heed_chrome *chrome)
{
    const struct heed_lesson_step *step = heed_lesson_look_step(&chrome->lesson);
    const struct heed_frame *frame = &chrome->frame;
    const struct heed_rect whole = {0, 0, frame->list->width, frame->list->height};
    if (step == NULL || chrome->lesson.asked || !chrome->lesson.settled) {
        return;
    }
    for (int i = 0; i < step->n_points; i++) {
        struct heed_rect rect;
        const struct heed_lesson_point *point = &step->points[i];
        const bool in_canvas = point->kind == HEED_POINT_TOKEN || point->kind == HEED_POINT_LINK;
        const struct heed_rect clip = in_canvas ? chrome->layout.canvas : whole;
        if (!stands_out(frame, point) && heed_lesson_point_find(frame, point, clip, &rect)) {
            draw_ring(chrome, rect, clip);
        }
    }
}

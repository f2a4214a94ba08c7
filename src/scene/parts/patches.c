#include "scene/parts/patches.h"

const struct heed_picture *heed_frame_get_picture(const struct heed_frame *frame)
{
    return heed_frame_get_maps(frame) != NULL ? frame->result->picture : NULL;
}

static struct heed_item_heatmap whole(const struct heed_picture *picture, struct heed_rect rect,
                                      bool pale)
{
    return (struct heed_item_heatmap){
        .rect = rect,
        .values = {.id = picture->id + pale,
                   .data = pale ? picture->greys : picture->colors,
                   .n_slices = 1,
                   .n_rows = picture->height,
                   .n_columns = picture->width},
        .rows = picture->height,
        .columns = picture->width,
        .is_picture = true,
    };
}

void heed_picture_draw(const struct heed_frame *frame, struct heed_rect rect, bool pale)
{
    const struct heed_picture *picture = heed_frame_get_picture(frame);
    if (picture != NULL) {
        heed_list_heatmap(frame->list, whole(picture, rect, pale));
    }
}

bool heed_patch_is(const struct heed_frame *frame, int token)
{
    const struct heed_picture *picture = heed_frame_get_picture(frame);
    int row = 0, column = 0;
    return picture != NULL && heed_picture_find(picture, token, &row, &column);
}

/* Pixels [first, first + count) of part `at` of n. */
static void cut(int pixels, int at, int n, int *first, int *count)
{
    *first = (int)((int64_t)at * pixels / n);
    *count = (int)((int64_t)(at + 1) * pixels / n) - *first;
    *first = *first < pixels ? *first : pixels - 1;
    *count = *count > 0 ? *count : 1;
}

bool heed_patch_draw(const struct heed_frame *frame, int token, struct heed_rect square)
{
    const struct heed_picture *picture = heed_frame_get_picture(frame);
    int row = 0, column = 0;
    if (picture == NULL || !heed_picture_find(picture, token, &row, &column)) {
        return false;
    }
    const int n_queries = heed_frame_get_maps(frame)->encoding->n_queries;
    const struct heed_patch_grid *grid =
        picture->queries.rows > 0 && (n_queries == 0 || token < n_queries) ? &picture->queries
                                                                           : &picture->keys;
    struct heed_item_heatmap item = whole(picture, square, false);
    cut(picture->height, row, grid->rows, &item.row, &item.rows);
    cut(picture->width, column, grid->columns, &item.column, &item.columns);
    heed_list_heatmap(frame->list, item);
    return true;
}

void heed_picture_mark(const struct heed_frame *frame, struct heed_rect rect,
                       struct heed_range units)
{
    const struct heed_picture *picture = heed_frame_get_picture(frame);
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const float line = 1.5F * frame->scale;
    const struct heed_color black = {0, 0, 0, 1}, white = {1, 1, 1, 1};
    int row = 0, column = 0;
    for (int u = units.first; u < units.first + units.count; u++) {
        const int token = maps->units[u].first;
        if (!heed_picture_find(picture, token, &row, &column)) {
            continue;
        }
        const bool is_key = heed_picture_token(&picture->keys, row, column) == token;
        const struct heed_patch_grid *grid = is_key ? &picture->keys : &picture->queries;
        const float w = rect.w / (float)grid->columns, h = rect.h / (float)grid->rows;
        const struct heed_rect cell = {rect.x + (float)column * w, rect.y + (float)row * h, w, h};
        heed_list_outline(frame->list, heed_rect_grow(cell, line), 1, line, white);
        heed_list_outline(frame->list, cell, 1, line, black);
    }
}

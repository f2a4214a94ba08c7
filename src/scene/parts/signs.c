#include "scene/parts/signs.h"

#include <math.h>

#include "draw/hit.h"

static bool has_sign(const struct heed_skin *skin, float value, float high)
{
    return skin->theme->for_print && value < -0.05F * high;
}

void heed_sign_draw(const struct heed_skin *skin, struct heed_rect cell, struct heed_color ground,
                    float value, float high)
{
    if (!has_sign(skin, value, high)) {
        return;
    }
    const float side = fminf(cell.w, cell.h);
    const float length = fminf(0.56F * side, 6 * skin->scale);
    const float cx = cell.x + cell.w / 2, cy = cell.y + cell.h / 2;
    const struct heed_color color = /* as faint as the colour it tells from its opposite */
        heed_color_mix(ground, heed_color_on(ground), 0.4F - 0.6F * value / high);
    heed_list_stroke(skin->list, cx - length / 2, cy, cx + length / 2, cy,
                     fmaxf(0.2F * length, 0.5F * skin->hairline), color);
}

void heed_signs_draw(const struct heed_skin *skin, const struct heed_item_heatmap *map)
{
    const float w = map->rect.w / (float)map->columns, h = map->rect.h / (float)map->rows;
    if (!skin->theme->for_print || fminf(w, h) < 2) {
        return;
    }
    const struct heed_values *values = &map->values;
    const float *slice =
        values->data + (size_t)map->slice * (size_t)values->n_rows * (size_t)values->n_columns;
    for (int i = 0; i < map->rows; i++) {
        for (int j = 0; j < map->columns; j++) {
            const float value = slice[(size_t)(map->row + i) * (size_t)values->n_columns +
                                      (size_t)(map->column + j)];
            const struct heed_rect cell = {map->rect.x + (float)j * w, map->rect.y + (float)i * h,
                                           w, h};
            const float t = (value - map->low) / (map->high - map->low);
            if (has_sign(skin, value, map->high)) { /* of 512 x 512 few have */
                heed_sign_draw(skin, cell, heed_palette_color(&map->palette, t), value, map->high);
            }
        }
    }
}

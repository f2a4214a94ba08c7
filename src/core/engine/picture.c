#include "core/engine/picture.h"

#include <stdatomic.h>

/* Ids beside those of maps, which are counted from 1 on. */
static uint64_t next_id(void)
{
    static atomic_uint_fast64_t last;
    return (uint64_t)1 << 62 | (uint64_t)atomic_fetch_add(&last, 2);
}

/* A picture that no value stands beside: between white and the grey of its light. */
static unsigned pale(const unsigned char *rgb)
{
    const unsigned light = (299U * rgb[0] + 587U * rgb[1] + 114U * rgb[2]) / 1000U;
    return 255U - (255U - light) * 5U / 8U;
}

static void fill(float *colors, float *greys, const struct heed_picture *picture,
                 const unsigned char *rgb, int step)
{
    for (int y = 0; y < picture->height; y++) {
        for (int x = 0; x < picture->width; x++) {
            const size_t from =
                3 * ((size_t)(y * step) * (size_t)picture->all_width + (size_t)(x * step));
            const size_t to = (size_t)y * (size_t)picture->width + (size_t)x;
            const unsigned grey = pale(rgb + from);
            colors[to] = (float)((unsigned)rgb[from] << 16 | (unsigned)rgb[from + 1] << 8 |
                                 (unsigned)rgb[from + 2]);
            greys[to] = (float)(grey << 16 | grey << 8 | grey);
        }
    }
}

bool heed_picture_create(const struct heed_picture **picture, struct heed_arena *arena,
                         const struct heed_attention_part *part)
{
    const struct heed_tensor_info *image = part->tensors[HEED_PART_IMAGE];
    const bool has_patches = part->queries.grid.rows > 0 || part->keys.grid.rows > 0;
    *picture = NULL;
    if (!image || !has_patches) {
        return true;
    }
    const int larger =
        part->image_width > part->image_height ? part->image_width : part->image_height;
    const int step = (larger + HEED_PICTURE_MOST - 1) / HEED_PICTURE_MOST;
    struct heed_picture *made = heed_arena_zeroed(arena, 1, sizeof *made);
    if (!made) {
        return false;
    }
    *made = (struct heed_picture){.id = next_id(),
                                  .width = (part->image_width + step - 1) / step,
                                  .height = (part->image_height + step - 1) / step,
                                  .all_width = part->image_width,
                                  .all_height = part->image_height,
                                  .queries = part->queries.grid,
                                  .keys = part->keys.grid};
    made->keys.first += part->one_axis ? 0 : part->queries.n;
    const size_t n = (size_t)made->width * (size_t)made->height;
    float *colors = heed_arena_zeroed(arena, 2 * n, sizeof *colors);
    if (!colors) {
        return false;
    }
    fill(colors, colors + n, made, image->data, step);
    made->colors = colors;
    made->greys = colors + n;
    *picture = made;
    return true;
}

static bool find(const struct heed_patch_grid *grid, int token, int *row, int *column)
{
    const int at = token - grid->first;
    if (grid->rows == 0 || at < 0 || at >= grid->rows * grid->columns) {
        return false;
    }
    *row = at / grid->columns;
    *column = at % grid->columns;
    return true;
}

bool heed_picture_find(const struct heed_picture *picture, int token, int *row, int *column)
{
    return find(&picture->queries, token, row, column) || find(&picture->keys, token, row, column);
}

int heed_picture_token(const struct heed_patch_grid *grid, int row, int column)
{
    return grid->rows > 0 ? grid->first + row * grid->columns + column : -1;
}

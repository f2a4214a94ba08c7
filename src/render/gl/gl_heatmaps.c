#include "render/gl/gl_heatmaps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "draw/display_list.h"

void heed_gl_heatmaps_finish(struct heed_gl_heatmaps *heatmaps)
{
    for (int i = 0; i < HEED_GL_N_HEATMAPS; i++) {
        if (heatmaps->slots[i].cells.texture) {
            glDeleteTextures(1, &heatmaps->slots[i].cells.texture);
        }
    }
    free(heatmaps->bytes);
    memset(heatmaps->slots, 0, sizeof heatmaps->slots);
    heatmaps->bytes = NULL;
    heatmaps->capacity = 0;
}

void heed_gl_heatmaps_advance(struct heed_gl_heatmaps *heatmaps)
{
    heatmaps->now++;
}

static bool same_rect(struct heed_rect a, struct heed_rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

/* True if the colours of the one are those of the other. */
static bool looks_same(const struct heed_item_heatmap *a, const struct heed_item_heatmap *b)
{
    return a->values.id == b->values.id && a->slice == b->slice &&
           a->values.n_rows == b->values.n_rows && a->values.n_columns == b->values.n_columns &&
           a->row == b->row && a->rows == b->rows && a->column == b->column &&
           a->columns == b->columns && a->gap == b->gap && a->radius == b->radius &&
           a->is_picture == b->is_picture && a->low == b->low && a->high == b->high &&
           a->threshold == b->threshold && same_rect(a->rect, b->rect) &&
           memcmp(&a->palette, &b->palette, sizeof a->palette) == 0;
}

/* The slot that has the item, else the one to be overwritten, or NULL. */
static struct heed_gl_heatmap *find_slot(struct heed_gl_heatmaps *heatmaps,
                                         const struct heed_item_heatmap *item)
{
    struct heed_gl_heatmap *oldest = NULL;
    for (int i = 0; i < HEED_GL_N_HEATMAPS; i++) {
        struct heed_gl_heatmap *slot = &heatmaps->slots[i];
        if (item->values.id != 0 && slot->cells.texture && looks_same(&slot->item, item)) {
            return slot;
        }
        if ((!slot->cells.texture || slot->last_use < heatmaps->now) &&
            (!oldest || slot->last_use < oldest->last_use)) {
            oldest = slot;
        }
    }
    return oldest;
}

/* One axis of a heatmap: n texels from `at` on, `size` px long. */
struct axis {
    float from, pitch; /* of the cells */
    int n_cells;
    float at, size;
    int n;
    bool is_fine; /* a texel is a pixel */
};

static struct axis make_axis(float from, float size, int n_cells)
{
    struct axis axis = {from, size / (float)n_cells, n_cells, from, size, n_cells, false};
    if (axis.pitch < 1.0f) {
        axis.is_fine = true;
        axis.at = ceilf(from - 0.5f);
        axis.n = (int)(ceilf(from + size - 0.5f) - axis.at);
        axis.size = (float)axis.n;
    }
    return axis;
}

/* The cells that a texel shows. */
static struct heed_gl_cell_range find_cells(const struct axis *axis, int texel)
{
    if (!axis->is_fine) {
        return (struct heed_gl_cell_range){texel, texel + 1};
    }
    const float x = axis->at + (float)texel - axis->from;
    const int last = axis->n_cells - 1;
    const int a = (int)floorf(x / axis->pitch + 0.001f);
    const int b = (int)ceilf((x + 1.0f) / axis->pitch - 0.001f);
    const int first = a < 0 ? 0 : a > last ? last : a;
    return (struct heed_gl_cell_range){first, b <= first ? first + 1 : b > last ? last + 1 : b};
}

/* False without memory. */
static bool fill(struct heed_gl_heatmaps *heatmaps, const struct heed_item_heatmap *item,
                 const struct axis *across, const struct axis *down)
{
    const size_t n = (size_t)(across->n + down->n);
    struct heed_gl_cell_range *ranges = malloc(n * sizeof *ranges);
    if (!ranges) {
        return false;
    }
    for (int x = 0; x < across->n; x++) {
        ranges[x] = find_cells(across, x);
    }
    for (int y = 0; y < down->n; y++) {
        ranges[across->n + y] = find_cells(down, y);
    }
    heed_gl_shades_fill(&heatmaps->shades, item, ranges, across->n, ranges + across->n, down->n,
                        heatmaps->bytes);
    free(ranges);
    return true;
}

static void send(struct heed_gl_cells *cells, const uint8_t *bytes, int columns, int rows)
{
    const bool is_new = !cells->texture;
    if (is_new) {
        glGenTextures(1, &cells->texture);
    }
    glBindTexture(GL_TEXTURE_2D, cells->texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    if (is_new || cells->columns != columns || cells->rows != rows) {
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, columns, rows, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     bytes);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    } else {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, columns, rows, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
    }
    cells->columns = columns;
    cells->rows = rows;
}

static bool make(struct heed_gl_heatmaps *heatmaps, struct heed_gl_heatmap *slot,
                 const struct heed_item_heatmap *item)
{
    const struct heed_rect r = item->rect;
    const struct axis across = make_axis(r.x, r.w, item->columns);
    const struct axis down = make_axis(r.y, r.h, item->rows);
    if (across.n < 1 || down.n < 1 || across.n > heatmaps->max_size ||
        down.n > heatmaps->max_size ||
        !heed_array_reserve(&heatmaps->bytes, &heatmaps->capacity,
                            (size_t)across.n * (size_t)down.n * 4, 1) ||
        !fill(heatmaps, item, &across, &down)) {
        return false;
    }
    send(&slot->cells, heatmaps->bytes, across.n, down.n);
    heatmaps->n_sent += (uint64_t)across.n * (uint64_t)down.n * 4;
    const bool is_fine = across.is_fine || down.is_fine;
    slot->cells.rect = (struct heed_rect){across.at, down.at, across.size, down.size};
    slot->cells.gap = is_fine ? 0.0f : item->gap;
    slot->cells.radius = is_fine ? 0.0f : item->radius;
    slot->item = *item;
    return true;
}

const struct heed_gl_cells *heed_gl_heatmaps_get(struct heed_gl_heatmaps *heatmaps,
                                                 const struct heed_item_heatmap *item,
                                                 bool *is_full)
{
    *is_full = false;
    if (heatmaps->max_size == 0) {
        glGetIntegerv(GL_MAX_TEXTURE_SIZE, &heatmaps->max_size);
    }
    struct heed_gl_heatmap *slot = find_slot(heatmaps, item);
    if (!slot) {
        *is_full = true;
        return NULL;
    }
    const bool has = item->values.id != 0 && slot->cells.texture && looks_same(&slot->item, item);
    if (!has && !make(heatmaps, slot, item)) {
        return NULL;
    }
    slot->last_use = heatmaps->now;
    return &slot->cells;
}

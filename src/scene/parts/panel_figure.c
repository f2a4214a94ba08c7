#include "scene/parts/panel_figure.h"

#include <math.h>
#include <stdio.h>

#include "draw/hit.h"
#include "scene/frame/panel_kind.h"
#include "scene/frame/shown.h"
#include "scene/parts/signs.h"

enum {
    TITLE = 18,
    LABELS = 16,
    LEFT = 26,
    PITCH = 22,
    BAR = 34,
    BAR_LEAST = 130, /* for its three numbers */
    TYPE = 12        /* logical px */
};

struct grid {
    const struct heed_skin *skin;
    const struct heed_panel_map *map;
    const struct heed_palette *palette;
    int n_layers, n_heads;
    bool is_export;
    float x, y, pitch; /* of the cells, px */
};

static float pitch_of(const struct heed_maps *maps, float s, float width)
{
    return fminf(PITCH * s, (width - LEFT * s) / (float)maps->n_heads);
}

static void draw_text(const struct grid *grid, float x, float cy, enum heed_anchor anchor,
                      struct heed_color color, const char *text)
{
    heed_widget_text(grid->skin, x, cy, heed_widget_style(grid->skin, TYPE, 400), anchor, color,
                     text, 0);
}

static void draw_cells(const struct grid *grid)
{
    const struct heed_panel_map *map = grid->map;
    const float low = map->is_signed ? -map->high : 0;
    for (int i = 0; i < grid->n_layers * grid->n_heads; i++) {
        const float t = (map->values[i] - low) / (map->high - low);
        const struct heed_rect cell = {grid->x + (float)(i % grid->n_heads) * grid->pitch,
                                       grid->y + (float)(i / grid->n_heads) * grid->pitch,
                                       grid->pitch - grid->skin->scale,
                                       grid->pitch - grid->skin->scale};
        heed_list_box(grid->skin->list, cell, 2 * grid->skin->scale,
                      heed_palette_color(grid->palette, t), grid->skin->hairline,
                      grid->skin->theme->border);
        if (map->is_signed) {
            heed_sign_draw(grid->skin, cell, heed_palette_color(grid->palette, t), map->values[i],
                           map->high);
        }
    }
}

static void draw_labels(const struct grid *grid)
{
    const float s = grid->skin->scale;
    const struct heed_color muted = grid->skin->theme->muted;
    char text[16];
    for (int layer = 0; layer < grid->n_layers; layer++) {
        snprintf(text, sizeof(text), "L%d", layer);
        draw_text(grid, grid->x - 6 * s, grid->y + ((float)layer + 0.5F) * grid->pitch,
                  HEED_ANCHOR_END, muted, text);
    }
    for (int head = 0; head < grid->n_heads; head++) {
        snprintf(text, sizeof(text), "%d", head);
        if (grid->pitch < 16 * s && head % 2 == 1 && grid->is_export) {
            heed_list_lack(grid->skin->list, "every head\xE2\x80\x99s number");
        } else if (grid->pitch >= 16 * s || head % 2 == 0) {
            draw_text(grid, grid->x + ((float)head + 0.5F) * grid->pitch, grid->y - 8 * s,
                      HEED_ANCHOR_MIDDLE, muted, text);
        }
    }
}

static void draw_bar(const struct grid *grid, float y)
{
    const struct heed_panel_map *map = grid->map;
    const float s = grid->skin->scale;
    const struct heed_color muted = grid->skin->theme->muted;
    const struct heed_rect bar = {grid->x, y,
                                  fmaxf(grid->pitch * (float)grid->n_heads, BAR_LEAST * s), 6 * s};
    char low[32] = "0", high[32];
    heed_format_number(high, sizeof(high), (double)map->high, map->decimals);
    if (map->is_signed) {
        heed_format_number(low, sizeof(low), (double)-map->high, map->decimals);
    }
    heed_widget_palette(grid->skin, bar, 0, grid->palette, false);
    const float cy = bar.y + bar.h + 9 * s;
    draw_text(grid, bar.x, cy, HEED_ANCHOR_START, muted, low);
    draw_text(grid, bar.x + bar.w, cy, HEED_ANCHOR_END, muted, high);
    if (map->is_signed) {
        draw_text(grid, bar.x + bar.w / 2, cy, HEED_ANCHOR_MIDDLE, muted, "0");
    }
}

float heed_panel_draw_map(const struct heed_frame *frame, const struct heed_skin *skin, float x,
                          float y, float width)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_panel_map map;
    if (maps == NULL || !heed_panel_get_map(frame, &map)) {
        return 0;
    }
    const float s = skin->scale;
    const struct grid grid = {
        .skin = skin,
        .map = &map,
        .palette = heed_palette_get(frame->state->theme, map.is_signed ? HEED_PALETTE_DIFFERENCE
                                                                       : frame->state->palette),
        .is_export = frame->is_export,
        .n_layers = maps->n_layers,
        .n_heads = maps->n_heads,
        .x = x + LEFT * s,
        .y = y + (TITLE + LABELS) * s,
        .pitch = pitch_of(maps, s, width)};
    draw_text(&grid, x, y + TITLE * s / 2, HEED_ANCHOR_START, skin->theme->text, map.title);
    draw_labels(&grid);
    draw_cells(&grid);
    draw_bar(&grid, grid.y + (float)maps->n_layers * grid.pitch + 5 * s);
    return heed_panel_map_height(frame, skin, width);
}

float heed_panel_map_height(const struct heed_frame *frame, const struct heed_skin *skin,
                            float width)
{
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_panel_map map;
    if (maps == NULL || !heed_panel_get_map(frame, &map)) {
        return 0;
    }
    return (TITLE + LABELS + BAR) * skin->scale +
           (float)maps->n_layers * pitch_of(maps, skin->scale, width);
}

#include "scene/chrome/head_map.h"

#include <math.h>
#include <stdio.h>

#include "draw/hit.h"
#include "scene/chrome/openers.h"
#include "scene/frame/kind.h"
#include "scene/frame/panel_kind.h"
#include "scene/frame/shown.h"
#include "scene/inspector/head_marks.h"
#include "scene/parts/candidate_words.h"
#include "scene/parts/head_values.h"
#include "scene/parts/map_cells.h"
#include "scene/parts/patches.h"
#include "state/interventions.h"

static const struct heed_palette *palette_of(const struct heed_frame *frame)
{
    return heed_palette_get(frame->state->theme, heed_head_map_is_signed(frame)
                                                     ? HEED_PALETTE_DIFFERENCE
                                                     : frame->state->palette);
}

struct grid {
    const struct heed_skin *skin;
    const struct heed_frame *frame;
    float x, y, cell, cell_height; /* px */
    float pitch, down;             /* px from head to head, from layer to layer */
    int n_layers, n_heads;
    bool maps; /* each cell holds its head's map, made as high as that */
};

static struct heed_rect cell_rect(const struct grid *grid, int layer, int head)
{
    return (struct heed_rect){roundf(grid->x + (float)head * grid->pitch),
                              roundf(grid->y + (float)layer * grid->down), grid->cell,
                              grid->cell_height};
}

/* A head's map in its cell, small as it is; false: there is none yet. */
static bool draw_map(const struct grid *grid, struct heed_head_id id, struct heed_rect rect)
{
    const struct heed_frame *frame = grid->frame;
    struct heed_item_heatmap map = {
        .rect = rect,
        .high = 1,
        .palette = *heed_palette_get(frame->state->theme, frame->state->palette)};
    const bool made =
        heed_map_thumbnail(heed_frame_get_maps(frame), id.layer * grid->n_heads + id.head, &map);
    if (made) {
        heed_list_heatmap(frame->list, map);
    }
    return made;
}

static void draw_cell(const struct grid *grid, struct heed_head_id id, struct heed_color color)
{
    const struct heed_skin *skin = grid->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale;
    const struct heed_rect rect = cell_rect(grid, id.layer, id.head);
    const struct heed_target target = {.kind = HEED_TARGET_HEAD, .a = id.layer, .b = id.head};
    int index = -1;
    const bool shown = heed_state_shows(grid->frame->state, id, &index);
    const bool hovered =
        heed_target_equal(skin->hot, target) ||
        (grid->frame->hover.has_head && heed_head_equal(grid->frame->hover.head, id));
    const float ring = grid->pitch < 14 * s ? 1.5F : 2.5F;
    const bool muted = heed_state_mutes(grid->frame->state, id);
    skin->list->target = target;
    if (!grid->maps || muted || !draw_map(grid, id, rect)) {
        heed_list_box(skin->list,
                      (shown || hovered) && !grid->maps
                          ? heed_rect_grow(rect, -fminf(2 * s, rect.w / 6))
                          : rect,
                      fminf(3 * s, rect.w / 4), muted ? theme->raised : color,
                      grid->cell >= 6 * s ? skin->hairline : 0, theme->border);
    } else {
        heed_list_outline(skin->list, heed_rect_grow(rect, skin->hairline), 0, skin->hairline,
                          theme->border);
    }
    heed_head_marks_draw(skin, grid->frame->state, id, rect);
    if (shown || hovered) {
        const int slot = shown ? grid->frame->state->shown[index].color : 0;
        heed_list_rect(
            skin->list,
            (struct heed_item_rect){
                .rect = heed_rect_grow(rect, 2 * s),
                .radius = 5 * s,
                .stroke = {.width = (shown ? ring : 2) * s,
                           .color = shown ? theme->heads[slot % HEED_N_HEAD_COLORS] : theme->ink,
                           .dash_on = slot >= HEED_N_HEAD_COLORS ? 4 * s : 0,
                           .dash_off = slot >= HEED_N_HEAD_COLORS ? 2 * s : 0}});
    }
    heed_list_hotspot(skin->list, (struct heed_rect){rect.x - (grid->pitch - rect.w) / 2,
                                                     rect.y - (grid->down - rect.h) / 2,
                                                     grid->pitch, grid->down});
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, rect, target, 0, 3 * s);
}

static void draw_label(const struct grid *grid, struct heed_target target, float x, float cy,
                       enum heed_anchor anchor, const char *text, struct heed_rect hotspot)
{
    const struct heed_skin *skin = grid->skin;
    const bool hot = heed_target_equal(skin->hot, target);
    skin->list->target = target;
    heed_widget_text(skin, x, cy, heed_widget_style(skin, 12, hot ? 600 : 400), anchor,
                     hot ? skin->theme->text : skin->theme->muted, text, 0);
    heed_list_hotspot(skin->list, hotspot);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, heed_rect_grow(hotspot, -4 * skin->scale), target, 0, 2 * skin->scale);
}

static void draw_head_labels(const struct grid *grid)
{
    const float s = grid->skin->scale, pitch = grid->pitch;
    const int step = pitch >= 15.5F * s ? 1 : (int)ceilf(22 * s / pitch);
    for (int head = 0; head < grid->n_heads; head++) {
        char text[16];
        snprintf(text, sizeof(text), "%d", head);
        const struct heed_rect cell = cell_rect(grid, 0, head);
        draw_label(
            grid, (struct heed_target){.kind = HEED_TARGET_HEAD_LABEL, .a = head},
            cell.x + cell.w / 2, grid->y - 13 * s, HEED_ANCHOR_MIDDLE, head % step == 0 ? text : "",
            (struct heed_rect){cell.x + cell.w / 2 - pitch / 2, grid->y - 25 * s, pitch, 22 * s});
    }
}

static void draw_layer_label(const struct grid *grid, int layer, float left)
{
    const float s = grid->skin->scale, pitch = grid->down;
    const int step = (int)fmaxf(ceilf(13 * s / pitch), 1);
    char text[16];
    snprintf(text, sizeof(text), "L%d", layer);
    const struct heed_rect cell = cell_rect(grid, layer, 0);
    draw_label(grid, (struct heed_target){.kind = HEED_TARGET_LAYER_LABEL, .a = layer}, left,
               cell.y + cell.h / 2, HEED_ANCHOR_START, layer % step == 0 ? text : "",
               (struct heed_rect){left - 6 * s, cell.y + cell.h / 2 - pitch / 2,
                                  grid->x - left + 2 * s, pitch});
}

/* A file's picture, its pinned patches and its sizes, in the room beside the heads. */
static void draw_file_picture(struct heed_column *column, const struct grid *grid)
{
    const struct heed_picture *picture = heed_frame_get_picture(grid->frame);
    const float s = column->s, left = grid->x + (float)grid->n_heads * grid->pitch + 8 * s;
    const float height = (float)grid->n_layers * grid->down;
    if (picture == NULL || column->x + column->width - left < 56 * s || height < 56 * s) {
        return;
    }
    const float aspect = (float)picture->height / (float)picture->width;
    const float width = fminf(column->x + column->width - left, height / aspect);
    const struct heed_rect rect = {roundf(left), grid->y, floorf(width), floorf(width * aspect)};
    heed_picture_draw(grid->frame, rect, false);
    heed_list_outline(column->skin->list, rect, 0, column->skin->hairline,
                      column->skin->theme->border);
    heed_picture_mark(grid->frame, rect, heed_frame_query(grid->frame));
    char text[48];
    snprintf(text, sizeof(text), "%d \xC3\x97 %d px", picture->all_width, picture->all_height);
    const float line = 18 * s, below = rect.y + rect.h + 14 * s;
    if (rect.h + 2 * line > height) {
        return;
    }
    heed_widget_left(column->skin, rect.x, below, 12, 400, column->skin->theme->muted, text,
                     column->x + column->width - rect.x);
    snprintf(text, sizeof(text), "%d \xC3\x97 %d patches", picture->keys.rows,
             picture->keys.columns);
    heed_widget_left(column->skin, rect.x, below + line, 12, 400, column->skin->theme->muted, text,
                     column->x + column->width - rect.x);
}

/* Cells of the maps' own shape: 3 px a number, the longer side 24 at most and 5 at least,
 * with room for the rings of shown heads between them. */
static void fit_maps(struct grid *grid, const struct heed_maps *maps, float room)
{
    const float s = grid->skin->scale, gap = 6 * s;
    const float rows = (float)maps->rows.count, columns = (float)maps->columns.count;
    const float longer = fmaxf(rows, columns);
    const float most = fminf(24 * s, room / (float)maps->n_heads - 2 * s);
    const float number = fminf(fmaxf(3 * s, 12 * s / longer), most / longer);
    grid->maps = true;
    grid->cell = fmaxf(roundf(columns * number), 5 * s);
    grid->cell_height = fmaxf(roundf(rows * number), 5 * s);
    grid->pitch = fminf(grid->cell + gap, room / (float)maps->n_heads);
    grid->down = grid->cell_height + gap;
}

static void draw_grid(struct heed_column *column, const struct heed_layout *layout,
                      const float *values, float high)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const float s = column->s;
    const float labels = (column->width < 240 * s ? 24 : 32) * s;
    struct grid grid = {.skin = column->skin,
                        .frame = frame,
                        .x = column->x + labels,
                        .y = column->y + 24 * s,
                        .pitch = layout->map_pitch * s,
                        .cell = layout->map_cell * s,
                        .n_layers = maps->n_layers,
                        .n_heads = maps->n_heads};
    const float fits = (column->width - labels) / (float)maps->n_heads;
    if (fits < grid.pitch) {
        grid.pitch = fits < 4 * s ? fits : floorf(fits);
        grid.cell = fmaxf(grid.pitch - 2 * s, 0.7F * grid.pitch);
    }
    grid.cell = grid.cell_height = fmaxf(roundf(grid.cell), 1);
    grid.down = grid.pitch;
    if (heed_head_map_shows_maps(frame)) {
        fit_maps(&grid, maps, column->width - labels);
    }
    const struct heed_palette *palette = palette_of(frame);
    const float low = heed_head_map_low(frame, high);
    draw_head_labels(&grid);
    draw_file_picture(column, &grid);
    const float top = column->y;
    for (int layer = 0; layer < maps->n_layers; layer++) {
        column->y = grid.y + (float)layer * grid.down - 6 * s;
        if (!heed_column_sees(column, grid.down + 12 * s)) {
            continue;
        }
        draw_layer_label(&grid, layer, column->x);
        for (int head = 0; head < maps->n_heads; head++) {
            const float value = values[layer * maps->n_heads + head];
            draw_cell(&grid, (struct heed_head_id){(int16_t)layer, (int16_t)head},
                      isnan(value) ? column->skin->theme->sunken
                                   : heed_palette_color(palette, (value - low) / (high - low)));
        }
    }
    column->y = top + 24 * s + (float)maps->n_layers * grid.down;
}

/* "decoder x encoder", "query x key". */
static void name_axes(const struct heed_frame *frame, char *text, size_t size)
{
    const char *query = heed_query_name(frame->result), *key = heed_key_name(frame->result);
    const char *of = heed_frame_get_comparison(frame) != NULL ? ", A" : "";
    snprintf(text, size, "%c%s \xC3\x97 %c%s%s", query[0] | 0x20, query + 1, key[0] | 0x20, key + 1,
             of);
}

static void draw_select(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    const float s = column->s;
    const struct heed_rect rect = {column->x, roundf(column->y), column->width, 32 * s};
    const struct heed_target target = heed_command_target(HEED_COMMAND_COLOR_BY, 0);
    const enum heed_color_by color_by = heed_head_map_color_by(frame);
    struct heed_panel_map map;
    if (heed_panel_get_map(frame, &map)) {
        heed_widget_left(column->skin, rect.x, rect.y + rect.h / 2, 14, 500,
                         column->skin->theme->text, map.title, rect.w);
    } else if (heed_head_map_shows_maps(frame)) {
        char axes[96];
        name_axes(frame, axes, sizeof(axes));
        heed_widget_select(column->skin, rect, heed_color_by_name(HEED_COLOR_BY_MAPS), axes,
                           target);
    } else if (heed_head_map_shows_change(frame)) {
        struct heed_change_name name = {0};
        frame->kind->name_changes(frame, &name);
        heed_widget_select(column->skin, rect, name.measure, name.what, target);
    } else if (color_by == HEED_COLOR_BY_MARGIN) {
        char names[192];
        heed_candidates_text(frame, names, sizeof(names));
        heed_widget_select(column->skin, rect, "Margin", names, target);
    } else if (color_by == HEED_COLOR_BY_LINK) {
        struct heed_frame pinned = *frame;
        pinned.hover = (struct heed_hover){0};
        char pair[192], prefix[64];
        heed_pair_text(&pinned, pair, sizeof(pair));
        const bool key = frame->state->key.count > 0;
        snprintf(prefix, sizeof(prefix), "%s%s", key ? "" : "Largest from",
                 key ? heed_measure_name(frame->state->filter.measure) : "");
        heed_widget_select(column->skin, rect, prefix, pair, target);
    } else {
        heed_widget_select(column->skin, rect, NULL,
                           color_by == HEED_COLOR_BY_ENTROPY ? "Entropy / log n"
                                                             : heed_color_by_name(color_by),
                           target);
    }
    column->y += 32 * s;
}

static void draw_color_bar(struct heed_column *column, float high)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_frame *frame = column->frame;
    const float s = column->s;
    const struct heed_rect bar = {column->x, roundf(column->y + 9 * s), column->width, 8 * s};
    const struct heed_palette *palette = palette_of(frame);
    heed_widget_palette(skin, bar, 2 * s, palette, false);
    char end[32], low[32] = "0", middle[32] = "";
    struct heed_panel_map map;
    const int decimals = heed_panel_get_map(frame, &map) ? map.decimals : high == 1 ? 0 : 2;
    heed_format_number(end, sizeof(end), (double)high, decimals);
    if (heed_head_map_is_signed(frame)) {
        heed_format_number(low, sizeof(low), (double)heed_head_map_low(frame, high), decimals);
        heed_format_number(middle, sizeof(middle), (double)heed_head_map_middle(frame),
                           heed_head_map_middle(frame) != 0 ? 2 : 0);
    } else if (heed_head_map_shows_maps(frame)) {
        snprintf(middle, sizeof(middle), "%s", heed_measure_name(frame->state->filter.measure));
        middle[0] = (char)(middle[0] | 0x20); /* within a line */
    }
    const float cy = bar.y + bar.h + 12 * s;
    heed_widget_left(skin, column->x, cy, 12, 400, skin->theme->muted, low, 0);
    if (middle[0] != '\0') {
        heed_widget_middle(skin, column->x + column->width / 2, cy, 12, 400, skin->theme->muted,
                           middle, 0);
    }
    heed_widget_right(skin, column->x + column->width, cy, 12, 400, skin->theme->muted, end, 0);
    column->y = cy + 15 * s;
}

void heed_head_map_draw(struct heed_column *column, const struct heed_layout *layout)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const float s = column->s;
    char note[64] = "";
    if (maps != NULL) {
        const int changed = heed_head_marks_count(frame->state, maps);
        const int all = maps->n_layers * maps->n_heads, seen = heed_maps_count_seen(maps);
        if (seen < all) {
            snprintf(note, sizeof(note), "%d of %d read", seen, all);
        } else if (changed > 0) {
            snprintf(note, sizeof(note), "%d changed, %d shown", changed, frame->state->n_shown);
        } else {
            snprintf(note, sizeof(note), "%d of %d shown", frame->state->n_shown,
                     maps->n_layers * maps->n_heads);
        }
    }
    heed_column_title(column, "Heads", NULL, note);
    float high = 1;
    const float *values = heed_head_map_values(frame, &high);
    if (values != NULL) {
        draw_grid(column, layout, values, high);
        column->y += 12 * s;
        draw_select(column);
        draw_color_bar(column, heed_head_map_shows_maps(frame) ? 1 : high);
        heed_head_marks_legend(column);
        const struct heed_rect openers = {column->x, roundf(column->y + 2 * column->s),
                                          column->width, 34 * column->s};
        heed_panel_draw_openers(frame, column->skin, openers);
        column->y += 50 * column->s;
    }
}

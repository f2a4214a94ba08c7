#include "scene/views/matrix/matrix.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/hit.h"
#include "scene/figure/maps.h"
#include "scene/parts/empty.h"
#include "scene/parts/map_cells.h"
#include "scene/views/matrix/labels.h"
#include "scene/views/matrix/layout.h"
#include "scene/views/matrix/minimap.h"
#include "scene/views/matrix/row.h"
#include "scene/widgets/label.h"

enum { MOST_CELL = 56 };

static const float SIN45 = HEED_SIN45;

static float widest_label(const struct heed_matrix *matrix)
{
    enum { MEASURED = 256 };
    const struct heed_text_style style = heed_widget_style(&matrix->skin, 15, 600);
    float widest = 0;
    for (int i = 0; i < matrix->maps->n && i < MEASURED; i++) {
        widest = fmaxf(widest, heed_token_width(&matrix->skin, style, &matrix->maps->units[i]));
    }
    return widest;
}

/* px left, above, right and below the cells. */
struct margins {
    float left, top, right, bottom;
};

static struct margins find_margins(struct heed_matrix *matrix)
{
    const float s = matrix->s, widest = widest_label(matrix);
    const bool small = matrix->rect.w < 860 * s || matrix->rect.h < 620 * s;
    const float pad = (small ? 14 : 28) * s;
    struct margins margins;
    matrix->label_width = fminf(fmaxf(widest, 48 * s), (small ? 96 : 128) * s);
    matrix->slant_room = fmaxf(fminf(widest, (small ? 96 : 110) * s), 12 * s);
    matrix->slant = matrix->slant_room * SIN45 + (small ? 14 : 34) * s;
    matrix->has_means = !small;
    matrix->left = pad;
    margins.left = pad + matrix->label_width + 12 * s;
    const float head = (small ? 44 : 56) * s;
    margins.top = head + fmaxf(matrix->slant, 40 * s);
    margins.right = (!small ? 140 : matrix->frame->is_export ? 92 : 104) * s;
    margins.bottom = (matrix->has_means ? 72 : small ? 20 : 14) * s;
    matrix->bottom = margins.bottom;
    return margins;
}

static float fitted_cell(const struct heed_matrix *matrix, float width, float height)
{
    const struct heed_maps *maps = matrix->maps;
    const float s = matrix->s;
    float cell = fminf(width / (float)maps->columns.count, height / (float)maps->rows.count);
    cell = fminf(cell, MOST_CELL * s);
    if (cell >= 8) {
        cell = floorf(cell);
    }
    const float zoom = matrix->frame->zoom > 0 ? matrix->frame->zoom : 1;
    cell *= zoom;
    return fmaxf(cell, 0.05F);
}

static void find_visible(struct heed_matrix *matrix)
{
    const struct heed_unit_range rows = matrix->maps->rows, columns = matrix->maps->columns;
    const float cell = matrix->cell;
    const int last_row = (int)ceilf((matrix->scroll_y + matrix->cells.h) / cell - 0.001F);
    const int last_column = (int)ceilf((matrix->scroll_x + matrix->cells.w) / cell - 0.001F);
    matrix->first_row = rows.first + (int)floorf(matrix->scroll_y / cell);
    matrix->first_column = columns.first + (int)floorf(matrix->scroll_x / cell);
    matrix->last_row = rows.first + (last_row > rows.count ? rows.count : last_row);
    matrix->last_column =
        columns.first + (last_column > columns.count ? columns.count : last_column);
}

static void place(struct heed_matrix *matrix)
{
    const struct margins margins = find_margins(matrix);
    const struct heed_rect rect = matrix->rect;
    struct heed_frame *frame = matrix->frame;
    const float width = fmaxf(rect.w - margins.left - margins.right, 1);
    const float height = fmaxf(rect.h - margins.top - margins.bottom, 1);
    matrix->cell = fitted_cell(matrix, width, height);
    const float full_w = matrix->cell * (float)matrix->maps->columns.count;
    const float full_h = matrix->cell * (float)matrix->maps->rows.count;
    matrix->cells.w = fminf(full_w, width);
    matrix->cells.h = fminf(full_h, height);
    const float used = margins.left + matrix->cells.w + margins.right;
    const float spare = (rect.w - used) / 2;
    const float spare_y = (rect.h - margins.top - matrix->cells.h - margins.bottom) / 2;
    matrix->left = roundf(rect.x + matrix->left + spare);
    matrix->top = roundf(rect.y + spare_y);
    matrix->cells.x = roundf(rect.x + margins.left + spare);
    matrix->cells.y = roundf(matrix->top + margins.top);
    matrix->bar_x = matrix->cells.x + matrix->cells.w + 26 * matrix->s;
    matrix->scroll_x = fminf(fmaxf(frame->scroll_x, 0), full_w - matrix->cells.w);
    matrix->scroll_y = fminf(fmaxf(frame->scroll_y, 0), full_h - matrix->cells.h);
    frame->content_width = full_w + rect.w - matrix->cells.w;
    frame->content_height = full_h + rect.h - matrix->cells.h;
    matrix->bar_h = matrix->cells.h;
    heed_matrix_place_minimap(matrix);
    find_visible(matrix);
}

/* Where all of its cells would lie. */
static struct heed_rect whole_map(const struct heed_matrix *matrix)
{
    const struct heed_maps *maps = matrix->maps;
    return (struct heed_rect){heed_matrix_column_x(matrix, maps->columns.first),
                              heed_matrix_row_y(matrix, maps->rows.first),
                              matrix->cell * (float)maps->columns.count,
                              matrix->cell * (float)maps->rows.count};
}

static void draw_heatmap(const struct heed_matrix *matrix)
{
    struct heed_list *list = matrix->frame->list;
    const bool gaps = matrix->cell >= 6 * matrix->s;
    struct heed_item_heatmap heatmap =
        heed_map_heatmap(matrix->frame, &matrix->map, whole_map(matrix));
    heatmap.gap = gaps ? matrix->skin.hairline : 0;
    heatmap.radius = matrix->cell >= 12 * matrix->s ? 2 * matrix->s : 0;
    list->target = heed_target_of(HEED_TARGET_CELL, matrix->map.id.layer, matrix->map.id.head, 0);
    heed_list_heatmap(list, heatmap);
    list->target = (struct heed_target){0};
    struct heed_item_heatmap mask;
    if (heed_map_mask(matrix->frame, heatmap.rows, heatmap.columns, &mask)) {
        mask.gap = heatmap.gap;
        mask.radius = heatmap.radius;
        heed_map_draw_mask(matrix->frame, &matrix->skin, &mask, heatmap.rect);
    }
}

static void draw_grid(const struct heed_matrix *matrix)
{
    const struct heed_stroke stroke = {.width = matrix->skin.hairline,
                                       .color = matrix->frame->theme->border};
    struct heed_list *list = matrix->frame->list;
    const struct heed_rect cells = matrix->cells;
    if (matrix->cell < 12 * matrix->s) {
        const float edge = stroke.width;
        heed_list_rect(list,
                       (struct heed_item_rect){.rect = {cells.x - edge, cells.y - edge,
                                                        cells.w + 2 * edge, cells.h + 2 * edge},
                                               .stroke = stroke});
        return;
    }
    for (int i = matrix->first_column; i <= matrix->last_column; i++) {
        const float x = heed_matrix_column_x(matrix, i);
        heed_list_line(list, (struct heed_item_line){x, cells.y, x, cells.y + cells.h, stroke});
    }
    for (int i = matrix->first_row; i <= matrix->last_row; i++) {
        const float y = heed_matrix_row_y(matrix, i);
        heed_list_line(list, (struct heed_item_line){cells.x, y, cells.x + cells.w, y, stroke});
    }
}

static void draw_numbers(const struct heed_matrix *matrix)
{
    const struct heed_frame *frame = matrix->frame;
    if (matrix->cell < 28 * matrix->s) {
        return;
    }
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, frame->state->palette);
    const size_t n = (size_t)matrix->maps->n;
    for (int i = matrix->first_row; i < matrix->last_row; i++) {
        for (int j = matrix->first_column; j < matrix->last_column; j++) {
            const float value = matrix->map.weights[(size_t)i * n + (size_t)j];
            if (!(value >= 0.005F)) {
                continue;
            }
            char text[16];
            heed_format_share(text, sizeof(text), (double)value);
            const int weight = value >= 0.3F ? 600 : value >= 0.1F ? 500 : 400;
            heed_widget_middle(&matrix->skin, heed_matrix_column_x(matrix, j) + matrix->cell / 2,
                               heed_matrix_row_y(matrix, i) + matrix->cell / 2,
                               matrix->cell >= 36 * matrix->s ? 13 : 12, weight,
                               heed_color_on(heed_palette_color(palette, value)), text, 0);
        }
    }
}

/* Between a pair's texts, on both axes and a little beyond the cells. */
static void draw_rule(const struct heed_matrix *matrix)
{
    const int start = heed_pair_start(matrix->maps);
    if (start > 0) {
        heed_map_draw_rule(matrix->frame, whole_map(matrix), start, fmaxf(matrix->s, 1));
    }
}

static void draw_cuts(const struct heed_matrix *matrix)
{
    if (matrix->cell >= 10 * matrix->s) {
        heed_map_draw_cuts(matrix->frame, &matrix->map, whole_map(matrix), 1.5F * matrix->s);
    }
}

static void draw_cross(const struct heed_matrix *matrix, struct heed_range query,
                       struct heed_range key, float width, struct heed_color color)
{
    struct heed_list *list = matrix->frame->list;
    const struct heed_stroke stroke = {.width = width, .color = color};
    const struct heed_rect cells = matrix->cells;
    const float cell = matrix->cell;
    /* Round small cells, not over them: they would be hidden. */
    const bool small = cell < 6 * matrix->s;
    const float off = small ? width : floorf(width / 2);
    const float y = heed_matrix_row_y(matrix, query.first), h = cell * (float)query.count;
    const float x = heed_matrix_column_x(matrix, key.first), w = cell * (float)key.count;
    if (query.count > 0) {
        heed_list_rect(list,
                       (struct heed_item_rect){.rect = {cells.x, y - off, cells.w, h + 2 * off},
                                               .radius = 2 * matrix->s,
                                               .stroke = stroke});
    }
    if (key.count > 0) {
        heed_list_rect(list,
                       (struct heed_item_rect){.rect = {x - off, cells.y, w + 2 * off, cells.h},
                                               .radius = 2 * matrix->s,
                                               .stroke = stroke});
    }
    if (query.count > 0 && key.count > 0) {
        const float ring = 3 * matrix->s * (width > matrix->s ? 1 : 0.5F);
        const float out = small ? ring : off;
        heed_list_outline(list, (struct heed_rect){x - out, y - out, w + 2 * out, h + 2 * out},
                          3 * matrix->s, ring, color);
    }
}

static bool same(struct heed_range a, struct heed_range b)
{
    return a.first == b.first && a.count == b.count;
}

static void draw_crosses(const struct heed_matrix *matrix)
{
    const struct heed_color ink = heed_matrix_cross_color(matrix);
    const float line = matrix->skin.hairline;
    const float strong = matrix->cell < 2 * matrix->s ? line : fmaxf(1.5F * matrix->s, line);
    draw_cross(matrix, matrix->pinned_query, matrix->pinned_key, strong, ink);
    const bool hovers =
        !same(matrix->query, matrix->pinned_query) || !same(matrix->key, matrix->pinned_key);
    if (hovers) {
        draw_cross(matrix, matrix->query, matrix->key,
                   matrix->pinned_query.count > 0 ? line : strong,
                   matrix->pinned_query.count > 0 ? matrix->frame->theme->muted : ink);
    }
}

static void draw_means(const struct heed_matrix *matrix)
{
    const struct heed_theme *theme = matrix->frame->theme;
    const float s = matrix->s, cell = matrix->cell;
    const struct heed_rect cells = matrix->cells;
    const int n = matrix->maps->n;
    if (!matrix->has_means || cell < 6 * s) {
        return;
    }
    const float x = cells.x - 12 * s, y = cells.y + cells.h + 22 * s;
    heed_widget_right(&matrix->skin, x, y, 13, 400, theme->muted, "received,", 0);
    heed_widget_right(&matrix->skin, x, y + 17 * s, 13, 400, theme->muted, "column mean", 0);
    heed_list_clip(matrix->frame->list,
                   (struct heed_rect){cells.x, cells.y + cells.h, cells.w, matrix->bottom});
    for (int j = matrix->first_column; j < matrix->last_column; j++) {
        const struct heed_range column = {j, 1};
        const struct heed_range rows = {matrix->maps->rows.first, matrix->maps->rows.count};
        const float mean = heed_map_weight(matrix->map.weights, n, rows, column);
        const float h = fmaxf(mean * 52 * s, matrix->skin.hairline);
        const bool marked = heed_matrix_holds(matrix->key, j);
        heed_list_fill(matrix->frame->list,
                       (struct heed_rect){heed_matrix_column_x(matrix, j) + cell * 0.1F,
                                          cells.y + cells.h + 12 * s, cell * 0.8F, h},
                       0, marked ? theme->ink : theme->faint);
        if (cell >= 28 * s && (mean >= 0.045F || marked)) {
            char text[16];
            heed_format_share(text, sizeof(text), (double)mean);
            heed_widget_middle(&matrix->skin, heed_matrix_column_x(matrix, j) + cell / 2,
                               cells.y + cells.h + 24 * s + h, 13, 400,
                               marked ? theme->text : theme->muted, text, 0);
        }
    }
    heed_list_unclip(matrix->frame->list);
}

static void draw_mark(const struct heed_matrix *matrix, float x, float value)
{
    const struct heed_theme *theme = matrix->frame->theme;
    const float s = matrix->s;
    const struct heed_rect cells = matrix->cells;
    float y = cells.y + matrix->bar_h * (1 - fminf(fmaxf(value, 0), 1));
    y = fminf(fmaxf(y, cells.y + 6 * s), cells.y + matrix->bar_h - 6 * s);
    heed_list_triangle(
        matrix->frame->list,
        (struct heed_item_triangle){x, y, x + 8 * s, y - 5 * s, x + 8 * s, y + 5 * s, theme->ink});
    char text[32];
    heed_format_number(text, sizeof(text), (double)value, 3);
    heed_widget_left(&matrix->skin, x + 11 * s, y, 15, 600, theme->text, text, 0);
}

static void draw_bar(const struct heed_matrix *matrix)
{
    const struct heed_frame *frame = matrix->frame;
    const struct heed_theme *theme = frame->theme;
    const float s = matrix->s, x = matrix->bar_x;
    const float width = 16 * s;
    const struct heed_rect cells = matrix->cells;
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, frame->state->palette);
    heed_widget_palette(&matrix->skin, (struct heed_rect){x, cells.y, width, matrix->bar_h}, 2 * s,
                        palette, true);
    const bool marked = matrix->query.count > 0 && matrix->key.count > 0;
    const float value =
        marked ? heed_map_weight(matrix->map.weights, matrix->maps->n, matrix->query, matrix->key)
               : -1;
    const int parts = matrix->bar_h >= 110 * s ? 4 : 1;
    for (int i = 0; i <= parts; i++) {
        const float tick = (float)i / (float)parts;
        const float y = cells.y + matrix->bar_h * (1 - tick);
        char text[16];
        snprintf(text, sizeof(text), "%g", (double)tick);
        heed_list_stroke(frame->list, x + width, y, x + width + 5 * s, y, matrix->skin.hairline,
                         theme->strong_border);
        if (marked && fabsf(value - tick) * matrix->bar_h < 16 * s) {
            continue;
        }
        heed_widget_left(&matrix->skin, x + width + 9 * s,
                         y + (i == parts ? 5
                              : i == 0   ? -5
                                         : 0) *
                                 s,
                         13, 400, theme->muted, text, 0);
    }
    if (marked) {
        draw_mark(matrix, x + width + 2 * s, value);
    }
}

static void draw_axes(const struct heed_matrix *matrix)
{
    const struct heed_theme *theme = matrix->frame->theme;
    const float s = matrix->s;
    const struct heed_rect cells = matrix->cells;
    const struct heed_text_style plain = heed_widget_style(&matrix->skin, 14, 400);
    const float gap = 12 * s;
    const float y = cells.y - matrix->slant_room * SIN45 - 8 * s;
    const bool two_lines = matrix->slant >= 30 * s + matrix->slant_room * SIN45;
    heed_widget_left(&matrix->skin, matrix->bar_x, two_lines ? y - 17 * s : y, 14, 600, theme->text,
                     heed_key_name(matrix->frame->result), 0);
    if (two_lines) {
        heed_widget_text(&matrix->skin, matrix->bar_x, y, plain, HEED_ANCHOR_START, theme->muted,
                         "is attended to", 0);
    }
    const bool room = cells.x - gap - matrix->rect.x >= 62 * s;
    const float lift = matrix->cell < 20 * s && room ? 8 * s : 0;
    heed_widget_right(&matrix->skin, cells.x - gap - 6 * s, cells.y - (room ? 29 : 14) * s - lift,
                      14, 600, theme->text, heed_query_name(matrix->frame->result), 0);
    if (room) {
        heed_widget_text(&matrix->skin, cells.x - gap - 6 * s, cells.y - 11 * s - lift, plain,
                         HEED_ANCHOR_END, theme->muted, "attends", 0);
    }
}

/* The other shown heads, each a pill that Matrix changes to. */
static float draw_switches(const struct heed_matrix *matrix, float x, float y, float end)
{
    const struct heed_theme *theme = matrix->frame->theme;
    struct heed_list *list = matrix->frame->list;
    const float s = matrix->s;
    const struct heed_text_style style = heed_widget_style(&matrix->skin, 14, 400);
    int hidden = 0;
    for (int i = 0; i < matrix->shown.n; i++) {
        const struct heed_shown_map *map = &matrix->shown.items[i];
        if (map->weights == matrix->map.weights) {
            continue;
        }
        const float width = 30 * s + heed_widget_width(&matrix->skin, style, map->name);
        if (hidden > 0 || x + width > end - 40 * s) {
            hidden++;
            continue;
        }
        const struct heed_target target = {
            .kind = HEED_TARGET_HEAD, .flags = 1, .a = map->id.layer, .b = map->id.head};
        const struct heed_rect pill = {x, y - 13 * s, width, 26 * s};
        list->target = target;
        heed_list_outline(list, pill, 6 * s, matrix->skin.hairline, theme->border);
        heed_chip_draw(&matrix->skin, x + 7 * s, y, 11, map->color, map->dashed);
        heed_widget_text(&matrix->skin, x + 23 * s, y, style, HEED_ANCHOR_START, theme->text,
                         map->name, 0);
        heed_list_hotspot(list, pill);
        list->target = (struct heed_target){0};
        heed_widget_ring(&matrix->skin, pill, target, 0, 6 * s);
        x += width + 6 * s;
    }
    if (hidden > 0) {
        char more[24];
        snprintf(more, sizeof(more), "+%d", hidden);
        x +=
            heed_widget_text(&matrix->skin, x, y, style, HEED_ANCHOR_START, theme->muted, more, 0) +
            6 * s;
    }
    return x;
}

static const char *row_note(const struct heed_matrix *matrix, bool long_form)
{
    const struct heed_maps *maps = matrix->maps;
    const bool whole = maps->n == maps->n_all || maps->filter.renormalise;
    const bool numbers = matrix->cell >= 28 * matrix->s;
    if (maps->filter.aggregate == HEED_AGGREGATE_MAX) {
        return "largest of the heads: rows don\xE2\x80\x99t sum to 1";
    }
    if (!whole) {
        return numbers && long_form
                   ? "rows and what is hidden sum to 1  \xC2\xB7  cells below 0.005 left empty"
                   : "rows and what is hidden sum to 1";
    }
    return numbers && long_form ? "rows sum to 1  \xC2\xB7  cells below 0.005 left empty"
                                : "rows sum to 1";
}

static void draw_header(const struct heed_matrix *matrix)
{
    const struct heed_theme *theme = matrix->frame->theme;
    const float s = matrix->s;
    const float end = matrix->rect.x + matrix->rect.w - (matrix->rect.w < 860 * s ? 14 : 28) * s;
    const float y = matrix->top + (matrix->rect.h < 620 * s ? 24 : 34) * s;
    float x = matrix->left;
    char label[96];
    heed_head_label_text(matrix->maps, matrix->map.id, label, sizeof(label));
    heed_chip_draw(&matrix->skin, x, y, 14, matrix->map.color, matrix->map.dashed);
    x += 22 * s;
    x += heed_widget_left(&matrix->skin, x, y, 16, 600, theme->text, matrix->map.heading, 0) +
         14 * s;
    x += heed_widget_left(&matrix->skin, x, y, 14, 400, theme->muted, label, fmaxf(end - x, 1)) +
         20 * s;
    const struct heed_text_style style = heed_widget_style(&matrix->skin, 13, 400);
    const bool several = matrix->shown.n > 1;
    if (several) {
        x = draw_switches(matrix, x, y, end);
    }
    for (int form = 1; form >= 0; form--) {
        const char *note = row_note(matrix, form == 1);
        const float width = heed_widget_width(&matrix->skin, style, note);
        if (x + width + 12 * s <= end) {
            heed_widget_text(&matrix->skin, end, y, style, HEED_ANCHOR_END, theme->muted, note, 0);
            break;
        }
    }
}

static bool begin(struct heed_matrix *matrix, struct heed_rect rect)
{
    struct heed_frame *frame = matrix->frame;
    matrix->rect = rect;
    matrix->maps = heed_frame_get_maps(frame);
    matrix->skin = heed_frame_get_view_skin(frame, HEED_EXPORT_BASE);
    matrix->s = matrix->skin.scale;
    if (matrix->maps == NULL || matrix->maps->n == 0 || !heed_shown_matrix(frame, &matrix->map)) {
        return false;
    }
    matrix->shown = heed_shown_collect(frame);
    matrix->query = heed_frame_query(frame);
    matrix->key = heed_frame_key(frame);
    matrix->pinned_query = heed_pin_units(matrix->maps, frame->state->query);
    matrix->pinned_key = heed_pin_units(matrix->maps, frame->state->key);
    place(matrix);
    return true;
}

float heed_matrix_height(struct heed_frame *frame, float width)
{
    return heed_maps_sheet_height(frame, width);
}

void heed_matrix_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct heed_matrix matrix = {.frame = frame};
    if (frame->is_export) {
        heed_maps_sheet_draw(frame, rect);
        return;
    }
    const bool projected = heed_frame_is_projected(frame) && rect.w > 600 * frame->scale;
    const float beside = projected ? HEED_MATRIX_ROW * frame->scale : 0;
    if (!begin(&matrix, (struct heed_rect){rect.x, rect.y, rect.w - beside, rect.h})) {
        if (matrix.maps != NULL && matrix.maps->n == 0) {
            heed_view_no_token(frame, rect);
        } else if (matrix.maps != NULL) {
            heed_view_empty(frame, rect, "No head is shown.", "Click a cell of the head map.");
        }
        return;
    }
    struct heed_list *list = frame->list;
    const float edge = matrix.skin.hairline;
    heed_list_clip(list, heed_rect_grow(matrix.cells, edge));
    draw_heatmap(&matrix);
    draw_grid(&matrix);
    draw_numbers(&matrix);
    draw_rule(&matrix);
    draw_cuts(&matrix);
    draw_crosses(&matrix);
    heed_list_unclip(list);
    heed_matrix_draw_labels(&matrix);
    draw_means(&matrix);
    draw_bar(&matrix);
    heed_matrix_draw_minimap(&matrix);
    draw_axes(&matrix);
    draw_header(&matrix);
    if (projected) {
        heed_matrix_draw_row(&matrix, (struct heed_rect){rect.x + rect.w - beside, rect.y,
                                                         beside - 27 * matrix.s, rect.h});
    }
}

#include "scene/views/matrix/labels.h"

#include <math.h>
#include <string.h>

#include "scene/parts/candidate_words.h"
#include "scene/parts/patches.h"
#include "scene/views/matrix/layout.h"
#include "scene/widgets/label.h"

static const float SIN45 = HEED_SIN45;

static float label_size(const struct heed_matrix *matrix)
{
    return matrix->cell >= 24 * matrix->s                             ? 15
           : matrix->cell >= 18 * matrix->s || matrix->skin.projected ? 14
                                                                      : 12;
}

/* Every k-th label when they would lie closer than their type; slanted ones
 * lie closer than their columns do. Once labels are left out, those that stay
 * get air: a dense comb of words is read by nobody. */
static int label_step(const struct heed_matrix *matrix, bool slanted)
{
    const float apart = matrix->cell * (slanted ? SIN45 : 1) / matrix->s;
    const float least = matrix->skin.projected ? (slanted ? 13 : 14.4F) : slanted ? 9.5F : 12;
    if (apart >= least) {
        return 1;
    }
    return (int)ceilf(16 / apart);
}

/* A label that a chip of a neighbour would cover isn't drawn. */
static bool is_covered(const struct heed_matrix *matrix, int unit, struct heed_range chip,
                       bool slanted)
{
    if (chip.count == 0 || heed_matrix_holds(chip, unit)) {
        return false;
    }
    const int last = chip.first + chip.count - 1;
    const int away = unit < chip.first ? chip.first - unit : unit - last;
    const float apart = matrix->cell * (slanted ? SIN45 : 1);
    const float size = 1.3F * label_size(matrix);
    return (float)away * apart < size * matrix->s;
}

struct label {
    const struct heed_unit *unit;
    struct heed_text_style style;
    struct heed_color color;
    bool pinned, hovered;
};

static struct label make_label(const struct heed_matrix *matrix, int unit, struct heed_range pin,
                               struct heed_range hover)
{
    const struct heed_theme *theme = matrix->frame->theme;
    struct label label = {
        .unit = &matrix->maps->units[unit],
        .style = heed_widget_style(&matrix->skin, label_size(matrix), 400),
        .color = theme->text,
        .pinned = heed_matrix_holds(pin, unit),
    };
    label.hovered = !label.pinned && heed_matrix_holds(hover, unit);
    if (label.pinned) {
        label.style.weight = 600;
        label.color = theme->on_ink;
    }
    return label;
}

/* The token's patch beside its row, or above its column, where cells are large enough to
 * see one; false: it is no patch. */
static bool draw_patch(const struct heed_matrix *matrix, const struct label *label, float x,
                       float y, bool is_key)
{
    const struct heed_theme *theme = matrix->frame->theme;
    const float s = matrix->s, side = floorf(fminf(matrix->cell, 36 * s) - 1);
    const struct heed_rect square = {roundf(is_key ? x - side / 2 : x - side),
                                     roundf(is_key ? y - side : y - side / 2), side, side};
    if (matrix->cell < 12 * s || label->unit->count != 1 ||
        !heed_patch_draw(matrix->frame, label->unit->first, square)) {
        return false;
    }
    if (label->pinned || label->hovered) {
        heed_list_outline(matrix->frame->list, heed_rect_grow(square, 1.5F * s), 2 * s, 2 * s,
                          label->pinned ? theme->ink : theme->accent);
    }
    return true;
}

static void draw_query_label(const struct heed_matrix *matrix, int row, bool shown)
{
    const struct heed_theme *theme = matrix->frame->theme;
    struct heed_list *list = matrix->frame->list;
    const float s = matrix->s;
    const struct label label = make_label(matrix, row, matrix->pinned_query, matrix->query);
    const float cy = heed_matrix_row_y(matrix, row) + matrix->cell / 2;
    const float x = matrix->cells.x - 12 * s;
    const bool is_patch = draw_patch(matrix, &label, matrix->cells.x - 4 * s, cy, false);
    list->target = heed_target_of(HEED_TARGET_QUERY, label.unit->first, label.unit->count, 0);
    const bool drawn = !is_patch && (shown || label.pinned || label.hovered);
    const float width =
        drawn ? fminf(heed_token_width(&matrix->skin, label.style, label.unit), matrix->label_width)
              : 0;
    const struct heed_target focus = matrix->frame->focus;
    const float h = fminf(1.8F * label.style.size, fmaxf(matrix->cell, 1.4F * label.style.size));
    const struct heed_rect chip = {x - width - 6 * s, cy - h / 2, width + 12 * s, h};
    if (focus.kind == HEED_TARGET_QUERY && focus.a == label.unit->first) {
        heed_widget_focus_ring(&matrix->skin, heed_rect_grow(chip, -4 * s), 2 * s);
    }
    if (drawn && (label.pinned || label.hovered)) {
        heed_list_fill(list, chip, 6 * s, label.pinned ? theme->ink : theme->hover);
    }
    if (drawn) {
        heed_token_draw(&matrix->skin, x, cy, label.style, HEED_ANCHOR_END, label.color, label.unit,
                        matrix->label_width);
        heed_candidate_draw(
            &matrix->skin, matrix->frame->state, label.unit,
            (struct heed_candidate_label){x - width, cy, width, label.style.size, label.color});
    }
    heed_list_hotspot(list,
                      (struct heed_rect){x - matrix->label_width, heed_matrix_row_y(matrix, row),
                                         matrix->label_width + 8 * s, matrix->cell});
    list->target = (struct heed_target){0};
}

/* One stroke along the slant, moved sideways by `shift`. */
static void slanted_line(const struct heed_matrix *matrix, float x, float y, float from, float to,
                         float shift, float thickness, struct heed_color color, bool round_caps)
{
    const float across = shift * SIN45;
    heed_list_line(
        matrix->frame->list,
        (struct heed_item_line){x + from * SIN45 + across,
                                y - from * SIN45 + across,
                                x + to * SIN45 + across,
                                y - to * SIN45 + across,
                                {.width = thickness, .color = color, .round_caps = round_caps}});
}

/* A rounded rectangle turned with its text: two strokes with round ends make
 * its corners, one without fills it. */
static void slanted_chip(const struct heed_matrix *matrix, float x, float y, float width,
                         float height, struct heed_color color)
{
    const float s = matrix->s, radius = fminf(6 * s, height / 2);
    const float pad = 7 * s, edge = height / 2 - radius;
    const float from = radius - pad, to = width + pad - radius;
    slanted_line(matrix, x, y, from, to, -edge, 2 * radius, color, true);
    slanted_line(matrix, x, y, from, to, edge, 2 * radius, color, true);
    slanted_line(matrix, x, y, -pad, width + pad, 0, height - 2 * radius, color, false);
}

static void draw_key_label(const struct heed_matrix *matrix, int column, bool shown)
{
    const struct heed_theme *theme = matrix->frame->theme;
    struct heed_list *list = matrix->frame->list;
    const float s = matrix->s;
    const struct label label = make_label(matrix, column, matrix->pinned_key, matrix->key);
    /* The text's start, centred on its capitals along the slant. */
    const float x = heed_matrix_column_x(matrix, column) + matrix->cell / 2;
    const float y = matrix->cells.y - 10 * s;
    const float room = matrix->slant_room;
    const bool is_patch = draw_patch(matrix, &label, x, matrix->cells.y - 4 * s, true);
    const bool drawn = !is_patch && (shown || label.pinned || label.hovered);
    const float width =
        drawn ? fminf(heed_token_width(&matrix->skin, label.style, label.unit), room) : 0;
    list->target = heed_target_of(HEED_TARGET_KEY, label.unit->first, label.unit->count, 0);
    if (drawn && (label.pinned || label.hovered)) {
        slanted_chip(matrix, x, y, width, 1.6F * label.style.size,
                     label.pinned ? theme->ink : theme->hover);
    }
    if (drawn) {
        float fitted = width;
        const char *text =
            heed_label_fit(&matrix->skin, label.style, label.unit->label, room, &fitted);
        const float down = 0.364F * label.style.size * SIN45;
        heed_list_text(list, (struct heed_item_text){.x = x + down,
                                                     .y = y + down,
                                                     .style = label.style,
                                                     .angle = -0.78539816F,
                                                     .color = label.color,
                                                     .text = text,
                                                     .length = (uint32_t)strlen(text)});
        heed_candidate_draw(
            &matrix->skin, matrix->frame->state, label.unit,
            (struct heed_candidate_label){x, y, width, label.style.size, label.color, true});
    }
    const struct heed_target focus = matrix->frame->focus;
    const struct heed_rect spot = {heed_matrix_column_x(matrix, column), matrix->cells.y - 28 * s,
                                   matrix->cell, 28 * s};
    if (focus.kind == HEED_TARGET_KEY && focus.a == label.unit->first) {
        heed_widget_focus_ring(&matrix->skin,
                               (struct heed_rect){spot.x + 4 * s, spot.y + 4 * s,
                                                  fmaxf(spot.w - 8 * s, 2 * s), spot.h - 8 * s},
                               2 * s);
    }
    heed_list_hotspot(list, spot);
    list->target = (struct heed_target){0};
}

void heed_matrix_draw_labels(const struct heed_matrix *matrix)
{
    struct heed_list *list = matrix->frame->list;
    const int row_step = label_step(matrix, false);
    const int column_step = label_step(matrix, true);
    const struct heed_rect cells = matrix->cells, rect = matrix->rect;
    const float s = matrix->s;
    heed_list_clip(list, (struct heed_rect){matrix->left - 8 * s, cells.y - 8 * s,
                                            cells.x - matrix->left + 8 * s, cells.h + 16 * s});
    for (int i = matrix->first_row; i < matrix->last_row; i++) {
        const float cy = heed_matrix_row_y(matrix, i) + matrix->cell / 2;
        if (cy < cells.y || cy > cells.y + cells.h) {
            continue;
        }
        draw_query_label(matrix, i,
                         (i - matrix->maps->rows.first) % row_step == 0 &&
                             !is_covered(matrix, i, matrix->pinned_query, false) &&
                             !is_covered(matrix, i, matrix->query, false));
    }
    heed_list_unclip(list);
    heed_list_clip(list,
                   (struct heed_rect){cells.x - 8 * s, rect.y, rect.x + rect.w - cells.x + 8 * s,
                                      cells.y - rect.y + 2 * s}); /* a "[" reaches down */
    for (int i = matrix->first_column; i < matrix->last_column; i++) {
        const float cx = heed_matrix_column_x(matrix, i) + matrix->cell / 2;
        if (cx < cells.x || cx > cells.x + cells.w) {
            continue;
        }
        draw_key_label(matrix, i,
                       (i - matrix->maps->columns.first) % column_step == 0 &&
                           !is_covered(matrix, i, matrix->pinned_key, true) &&
                           !is_covered(matrix, i, matrix->key, true));
    }
    heed_list_unclip(list);
}

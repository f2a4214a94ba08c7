#include "scene/chrome/layout.h"

#include <math.h>

enum {
    TEXT_ROW = 72,
    PAIR_ROW = 54,
    TAB_ROW = 44,
    STRIP = 40,
    STATUS = 32,
    FIELD = 44,
    FIELD_ROW = 26, /* each row of a field's text after the first */
    FIELD_ROWS = 4,
    PROJECTED = 432, /* logical px of a projected screen: its height, least width, band */
    PROJECTED_LEAST = 480,
    CAPTION = 46,
    PAGE_HEADING = 56,
    RAIL = 304,
    RAIL_NARROW = 248,
    INSPECTOR = 336,
    BUTTONS = 682,         /* right of the field: with words */
    BUTTONS_ICONS = 536,   /* Lessons and Examples without */
    BUTTONS_COMPACT = 352, /* and without */
    PLUS = 36              /* + Pair, which Compare has no need of */
};

/* Edges rounded one by one: neighbours meet without a gap. */
static struct heed_rect from_edges(float scale, float x0, float y0, float x1, float y1)
{
    const float left = roundf(x0 * scale), top = roundf(y0 * scale);
    struct heed_rect rect = {left, top, roundf(x1 * scale) - left, roundf(y1 * scale) - top};
    rect.w = fmaxf(rect.w, 0);
    rect.h = fmaxf(rect.h, 0);
    return rect;
}

/* More rows for texts that need them: so that a sixth of the height is the most that they
 * take from the picture. */
static float more_rows(const struct heed_layout_input *input, int rows, float height)
{
    const int room = (int)(height / 6 / FIELD_ROW) / (input->has_pair ? 2 : 1);
    const int most = room < FIELD_ROWS - 1 ? room : FIELD_ROWS - 1;
    const int more = rows < 1 ? 0 : rows - 1 < most ? rows - 1 : most;
    return (float)more * FIELD_ROW;
}

static void place_columns(struct heed_layout *layout, const struct heed_layout_input *input,
                          float width, float top, float bottom)
{
    const float s = layout->scale;
    const float rail = width < 1100 ? RAIL_NARROW : RAIL;
    const float left = layout->rail_folds ? 0 : rail;
    const float right = layout->inspector_is_drawer ? width : width - INSPECTOR;
    if (!layout->rail_folds || input->rail_open) {
        layout->rail = from_edges(s, 0, top, rail, bottom);
    }
    if (!layout->inspector_is_drawer || input->inspector_open) {
        layout->inspector = from_edges(s, fmaxf(0, width - INSPECTOR), top, width, bottom);
    }
    const float foot = fmaxf(top, bottom - input->lesson_height / s);
    const float end = fmaxf(top, foot - input->answer_height / s);
    layout->canvas = from_edges(s, left, top, right, end);
    layout->answer = from_edges(s, left, end, right, foot);
    layout->lesson = from_edges(s, left, foot, right, bottom);
}

/* Only the picture, larger, and its caption: whatever the screen, it is PROJECTED logical px
 * high. A text that is typed has a field over the picture's top. */
static void place_projector(struct heed_layout *layout, const struct heed_layout_input *input,
                            float width, float height)
{
    const float k = fminf(height / PROJECTED, width / PROJECTED_LEAST);
    const float caption = fmaxf(CAPTION * k, input->caption_height / layout->scale);
    const float margin = 27 * k, end = width - margin;
    const float field = (34 + more_rows(input, input->rows, PROJECTED)) * k;
    const float second = (34 + more_rows(input, input->pair_rows, PROJECTED)) * k;
    layout->projection = k;
    const float answer = input->answer_height / layout->scale;
    layout->canvas = from_edges(layout->scale, 0, 0, width, height - caption - answer);
    layout->answer =
        from_edges(layout->scale, 0, height - caption - answer, width, height - caption);
    layout->caption = from_edges(layout->scale, 0, height - caption, width, height);
    layout->lettered = input->lettered && input->has_pair;
    if (input->field_open) {
        const float below = input->has_pair ? second + 9 * k : 0;
        layout->field = from_edges(layout->scale, margin, 9 * k, end, 9 * k + field);
        layout->over = from_edges(layout->scale, 0, 0, width, 18 * k + field + below);
    }
    if (input->field_open && input->has_pair) {
        layout->pair_field =
            from_edges(layout->scale, margin, 18 * k + field, end, 18 * k + field + second);
    }
}

/* The cards stand where tabs, rail, picture and inspector do. */
static void place_page(struct heed_layout *layout, float width, float top, float foot)
{
    const struct heed_rect none = {0, 0, 0, 0};
    layout->page = from_edges(layout->scale, 0, top, width, foot);
    const float heading = PAGE_HEADING * layout->projection;
    layout->canvas = from_edges(layout->scale, 0, fminf(top + heading, foot), width, foot);
    layout->tab_row = layout->note = layout->strip = layout->rail = layout->inspector = none;
    layout->caption = layout->lesson = layout->answer = none;
}

struct heed_layout heed_layout_compute(const struct heed_layout_input *input)
{
    const float s = input->scale > 0 ? input->scale : 1;
    const float width = input->width / s, height = input->height / s;
    struct heed_layout layout = {.scale = s};
    layout.map_cell = width < 1100 ? 14 : 18;
    layout.map_pitch = width < 1100 ? 16 : 20;
    layout.projection = 1;
    if (input->projector) {
        place_projector(&layout, input, width, height);
        if (input->page) {
            place_page(&layout, width, 0, height);
        }
        return layout;
    }
    const float more = more_rows(input, input->rows, height);
    const float second = input->has_pair ? more_rows(input, input->pair_rows, height) : 0;
    const float pair = (input->has_pair ? PAIR_ROW : 0) + more + second;
    layout.lettered = input->lettered && input->has_pair;
    layout.compact = width < 1200;
    layout.inspector_is_drawer = width < 1200;
    layout.rail_folds = width < 800;
    layout.filters_fold = height - pair < 820;
    const float tabs = TEXT_ROW + pair;
    const float row = tabs + TAB_ROW;
    const float top = row + fmaxf(input->note_height, 0) / s;
    const float foot = fmaxf(top, height - STATUS);
    const float bottom = fmaxf(top, foot - (input->strip ? STRIP : 0));
    layout.text_row = from_edges(s, 0, 0, width, tabs);
    layout.tab_row = from_edges(s, 0, tabs, width, row);
    layout.note = from_edges(s, 0, row, width, top);
    layout.strip = from_edges(s, 0, bottom, width, foot);
    layout.status = from_edges(s, 0, foot, width, height);
    layout.names_pages = width >= 1400;
    const float right = width - (layout.compact ? BUTTONS_COMPACT - (layout.lettered ? PLUS : 0)
                                 : layout.names_pages ? BUTTONS
                                                      : BUTTONS_ICONS);
    layout.field = from_edges(s, 16, 14, right, 14 + FIELD + more);
    if (input->has_pair) {
        const float y = 14 + PAIR_ROW + more;
        layout.pair_field = from_edges(s, 16, y, right, y + FIELD + second);
    }
    place_columns(&layout, input, width, top, bottom);
    if (input->page) {
        place_page(&layout, width, tabs, foot);
    }
    return layout;
}

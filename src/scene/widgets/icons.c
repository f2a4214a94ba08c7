#include "scene/widgets/icons.h"

#include <math.h>

/* Icons lie on a grid of 16 logical px about their centre. */
struct pen {
    struct heed_list *list;
    float x, y, scale; /* of the grid's corner */
    struct heed_stroke stroke;
};

static void line(const struct pen *pen, float x0, float y0, float x1, float y1)
{
    heed_list_line(pen->list, (struct heed_item_line){
                                  pen->x + x0 * pen->scale,
                                  pen->y + y0 * pen->scale,
                                  pen->x + x1 * pen->scale,
                                  pen->y + y1 * pen->scale,
                                  pen->stroke,
                              });
}

static void arc(const struct pen *pen, float cx, float cy, float r, float from, float to)
{
    heed_list_arc(pen->list, (struct heed_item_arc){
                                 pen->x + cx * pen->scale,
                                 pen->y + cy * pen->scale,
                                 r * pen->scale,
                                 r * pen->scale,
                                 from,
                                 to,
                                 pen->stroke,
                             });
}

static void box(const struct pen *pen, float x, float y, float w, float h, float radius)
{
    heed_list_rect(pen->list, (struct heed_item_rect){
                                  .rect = {pen->x + x * pen->scale, pen->y + y * pen->scale,
                                           w * pen->scale, h * pen->scale},
                                  .radius = radius * pen->scale,
                                  .stroke = pen->stroke,
                              });
}

static const float QUARTER = 1.5707963F;

static void two_sliders(const struct pen *pen)
{
    line(pen, 1.8F, 5, 7.8F, 5);
    line(pen, 12.6F, 5, 14.2F, 5);
    box(pen, 7.9F, 2.7F, 4.6F, 4.6F, 2.3F);
    line(pen, 1.8F, 11, 3.4F, 11);
    line(pen, 8.2F, 11, 14.2F, 11);
    box(pen, 3.5F, 8.7F, 4.6F, 4.6F, 2.3F);
}

/* mirror: -1 turns the arrow back into one forwards. */
static void turn_arrow(const struct pen *pen, float mirror)
{
    const float c = 8;
    line(pen, c - mirror * 5.5F, 6, c + mirror * 1.5F, 6);
    line(pen, c - mirror * 5.5F, 6, c - mirror * 2.5F, 3);
    line(pen, c - mirror * 5.5F, 6, c - mirror * 2.5F, 9);
    const float x = c + mirror * 1.5F;
    if (mirror > 0) {
        arc(pen, x, 9.75F, 3.75F, -QUARTER, QUARTER);
    } else {
        arc(pen, x, 9.75F, 3.75F, QUARTER, 3 * QUARTER);
    }
    line(pen, x, 13.5F, c - mirror * 1.5F, 13.5F);
}

/* down: into the tray, else out of it. */
static void tray(const struct pen *pen, bool down)
{
    line(pen, 8, 2.2F, 8, 10);
    const float tip = down ? 10 : 2.2F, tail = down ? 6.8F : 5.4F;
    line(pen, 4.8F, tail, 8, tip);
    line(pen, 11.2F, tail, 8, tip);
    line(pen, 2.2F, 10.2F, 2.2F, 12.6F);
    arc(pen, 3.4F, 12.6F, 1.2F, QUARTER, 2 * QUARTER);
    line(pen, 3.4F, 13.8F, 12.6F, 13.8F);
    arc(pen, 12.6F, 12.6F, 1.2F, 0, QUARTER);
    line(pen, 13.8F, 12.6F, 13.8F, 10.2F);
}

static void half_moon(const struct pen *pen)
{
    const float s = pen->scale;
    heed_list_clip(pen->list, (struct heed_rect){pen->x + 8 * s, pen->y, 8 * s, 16 * s});
    heed_list_fill(pen->list, (struct heed_rect){pen->x + 2 * s, pen->y + 2 * s, 12 * s, 12 * s},
                   6 * s, pen->stroke.color);
    heed_list_unclip(pen->list);
    arc(pen, 8, 8, 6, 0, 4 * QUARTER);
}

static void folder(const struct pen *pen)
{
    line(pen, 2, 4, 2, 12.5F);
    line(pen, 2, 4, 6, 4);
    line(pen, 6, 4, 7.5F, 5.8F);
    line(pen, 7.5F, 5.8F, 14, 5.8F);
    line(pen, 14, 5.8F, 14, 12.5F);
    line(pen, 14, 12.5F, 2, 12.5F);
}

/* A sheet with a folded corner. */
static void sheet(const struct pen *pen)
{
    line(pen, 3.5F, 2, 9, 2);
    line(pen, 9, 2, 12.5F, 5.5F);
    line(pen, 12.5F, 5.5F, 12.5F, 14);
    line(pen, 12.5F, 14, 3.5F, 14);
    line(pen, 3.5F, 14, 3.5F, 2);
    line(pen, 9, 2, 9, 5.5F);
    line(pen, 9, 5.5F, 12.5F, 5.5F);
}

static void question(const struct pen *pen)
{
    arc(pen, 8, 8, 6, 0, 4 * QUARTER);
    arc(pen, 8, 6.6F, 1.9F, 2 * QUARTER, 4.6F * QUARTER);
    line(pen, 8.6F, 8.4F, 8, 9.2F);
    line(pen, 8, 11.3F, 8, 11.4F);
}

/* A scholar's: a board seen from below, what holds it, a tassel. */
static void hat(const struct pen *pen)
{
    line(pen, 1.2F, 6, 8, 2.8F);
    line(pen, 8, 2.8F, 14.8F, 6);
    line(pen, 14.8F, 6, 8, 9.2F);
    line(pen, 8, 9.2F, 1.2F, 6);
    line(pen, 4, 7.4F, 4, 11.2F);
    line(pen, 12, 7.4F, 12, 11.2F);
    line(pen, 4, 11.2F, 8, 13);
    line(pen, 8, 13, 12, 11.2F);
}

static void three_lines(const struct pen *pen)
{
    for (float y = 4; y <= 12; y += 4) {
        line(pen, 2.5F, y, 13.5F, y);
    }
}

static void cross(const struct pen *pen)
{
    line(pen, 4, 4, 12, 12);
    line(pen, 12, 4, 4, 12);
}

static void four_boxes(const struct pen *pen)
{
    for (int i = 0; i < 4; i++) {
        box(pen, i % 2 == 0 ? 2 : 9.4F, i < 2 ? 2 : 9.4F, 4.6F, 4.6F, 1.5F);
    }
}

static void chevron_down(const struct pen *pen)
{
    line(pen, 4.5F, 6.4F, 8, 9.9F);
    line(pen, 8, 9.9F, 11.5F, 6.4F);
}

static void chevron_right(const struct pen *pen)
{
    line(pen, 6.4F, 4.5F, 9.9F, 8);
    line(pen, 9.9F, 8, 6.4F, 11.5F);
}

static void draw(const struct pen *pen, enum heed_icon icon)
{
    switch (icon) {
    case HEED_ICON_NONE:
        break;
    case HEED_ICON_PLUS:
        line(pen, 8, 3, 8, 13);
        line(pen, 3, 8, 13, 8);
        break;
    case HEED_ICON_UNDO:
        turn_arrow(pen, 1);
        break;
    case HEED_ICON_REDO:
        turn_arrow(pen, -1);
        break;
    case HEED_ICON_EXPORT:
        tray(pen, false);
        break;
    case HEED_ICON_SAVE:
        tray(pen, true);
        break;
    case HEED_ICON_THEME:
        half_moon(pen);
        break;
    case HEED_ICON_CLOSE:
        cross(pen);
        break;
    case HEED_ICON_CHEVRON_DOWN:
        chevron_down(pen);
        break;
    case HEED_ICON_CHEVRON_RIGHT:
        chevron_right(pen);
        break;
    case HEED_ICON_INSPECTOR:
        box(pen, 1.6F, 2.6F, 12.8F, 10.8F, 2);
        line(pen, 10, 3.4F, 10, 12.6F);
        break;
    case HEED_ICON_MENU:
        three_lines(pen);
        break;
    case HEED_ICON_OPEN:
        folder(pen);
        break;
    case HEED_ICON_LESSON:
        hat(pen);
        break;
    case HEED_ICON_CARDS:
        four_boxes(pen);
        break;
    case HEED_ICON_HELP:
        question(pen);
        break;
    case HEED_ICON_FILE:
        sheet(pen);
        break;
    case HEED_ICON_SETTINGS:
        two_sliders(pen);
        break;
    }
}

void heed_widget_icon(const struct heed_skin *skin, enum heed_icon icon, float cx, float cy,
                      struct heed_color color)
{
    const struct pen pen = {
        .list = skin->list,
        .x = cx - 8 * skin->scale,
        .y = cy - 8 * skin->scale,
        .scale = skin->scale,
        .stroke = {.width = 1.6F * skin->scale, .color = color, .round_caps = true},
    };
    draw(&pen, icon);
}

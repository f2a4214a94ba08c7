#include "scene/views/heads/popover.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/shown.h"
#include "scene/parts/map_cells.h"
#include "scene/views/heads/layout.h"
#include "scene/widgets/label.h"

enum {
    CELL = 17,        /* logical px, if there is room */
    MOST_CELLS = 512, /* px of all of them */
    PAD = 16,
    HEADER = 50,
    FOOTER = 56,
    LABEL = 96
};

/* One head, larger: its cells with the names of the rows. */
struct popover {
    const struct heed_heads *heads;
    const struct heed_thumbnail *item;
    struct heed_rect rect, cells;
    float cell;  /* px; below 1 painters take the largest */
    float label; /* width of the names, px */
    int step;    /* every step-th row is named */
    char title[80], value[24], numbers[120], note[64];
};

static struct heed_skin skin_of(const struct popover *popover)
{
    return popover->heads->skin;
}

/* px that a popover's content may take beside the middle thumbnail. */
static float room_beside(const struct popover *popover)
{
    const struct heed_heads *heads = popover->heads;
    return (heads->rect.w - heads->frame->covered - heads->slot) / 2 - (24 + 2 * PAD) * heads->s;
}

static float text_width(const struct popover *popover, const char *text)
{
    const struct heed_skin skin = skin_of(popover);
    return heed_widget_width(&skin, heed_widget_style(&skin, 13, 400), text);
}

static void fill_texts(struct popover *popover)
{
    const struct heed_maps *maps = popover->heads->maps;
    const struct heed_head_measures *measures =
        heed_maps_measures_of(maps, heed_heads_map_of(popover->heads, popover->item->id));
    float value = 0;
    if (measures == NULL) {
        snprintf(popover->title, sizeof(popover->title), "not read yet");
        return;
    }
    const enum heed_head_label label = heed_head_label(measures, &value);
    heed_label_name(maps, label, popover->title, sizeof(popover->title));
    if (label != HEED_LABEL_NONE) {
        heed_format_number(popover->value, sizeof(popover->value), (double)value, 2);
    }
    snprintf(popover->numbers, sizeof(popover->numbers),
             "entropy %.2f    distance %.1f    confidence %.2f", (double)measures->entropy,
             (double)measures->distance, (double)measures->confidence);
    snprintf(popover->note, sizeof(popover->note),
             "Click selects, double-click opens, Ctrl+M mutes");
    if (heed_maps_have_sides(popover->heads->maps)) {
        snprintf(popover->numbers, sizeof(popover->numbers), "entropy %.2f    confidence %.2f",
                 (double)measures->entropy, (double)measures->confidence);
    } else if (text_width(popover, popover->numbers) > room_beside(popover)) {
        snprintf(popover->numbers, sizeof(popover->numbers), "entropy %.2f    distance %.1f",
                 (double)measures->entropy, (double)measures->distance);
        snprintf(popover->note, sizeof(popover->note), "confidence %.2f",
                 (double)measures->confidence);
    }
}

static float name_width(const struct heed_heads *heads)
{
    enum { MEASURED = 256 };
    const struct heed_text_style style = heed_widget_style(&heads->skin, 13, 400);
    float widest = 0;
    for (int i = 0; i < heads->maps->n && i < MEASURED; i++) {
        widest = fmaxf(widest, heed_token_width(&heads->skin, style, &heads->maps->units[i]));
    }
    return fminf(widest, LABEL * heads->s);
}

/* The same for every head of a picture: what fits beside the middle one. */
static void find_cells(struct popover *popover)
{
    const struct heed_heads *heads = popover->heads;
    const float rows = (float)heads->maps->rows.count, columns = (float)heads->maps->columns.count;
    const float s = heads->s, n = fmaxf(rows, columns);
    const float room_y = heads->rect.h - 16 * s - (HEADER + FOOTER) * s;
    popover->label = name_width(heads);
    float most = fminf(room_beside(popover) - 10 * s - popover->label, room_y);
    most = fmaxf(fminf(most, MOST_CELLS * s), 64 * s);
    popover->cell = fminf(most / n, CELL * s);
    if (popover->cell >= 1) {
        popover->cell = floorf(popover->cell);
    }
    popover->cell = floorf(popover->cell * n) / n;
    popover->cells.w = popover->cell * columns;
    popover->cells.h = popover->cell * rows;
    popover->step = (int)ceilf(14 * s / popover->cell);
}

static float least_width(const struct popover *popover)
{
    return fmaxf(text_width(popover, popover->numbers), text_width(popover, popover->note)) +
           2 * PAD * popover->heads->s;
}

static void place(struct popover *popover)
{
    const struct heed_heads *heads = popover->heads;
    const float s = heads->s, edge = 8 * s;
    const struct heed_rect slot = popover->item->slot;
    struct heed_rect view = heads->rect;
    view.w -= heads->frame->covered;
    find_cells(popover);
    const float inner = popover->label + 10 * s + popover->cells.w + 2 * PAD * s;
    const float w = ceilf(fmaxf(inner, least_width(popover)));
    const float h = ceilf((HEADER + FOOTER) * s + popover->cells.h);
    float x = slot.x + slot.w + 14 * s;
    if (x + w > view.x + view.w - edge) {
        x = slot.x - 14 * s - w;
    }
    x = fmaxf(fminf(x, view.x + view.w - edge - w), view.x + edge);
    float y = fminf(slot.y - 4 * s, view.y + view.h - edge - h);
    y = fmaxf(y, view.y + edge);
    popover->rect = (struct heed_rect){roundf(x), roundf(y), w, h};
    popover->cells.x = roundf(x + w - PAD * s - popover->cells.w - floorf((w - inner) / 2));
    popover->cells.y = roundf(y + HEADER * s);
}

/* The tip that points at the thumbnail; its ground hides the edge. */
static void draw_tip(const struct popover *popover)
{
    const struct heed_skin skin = skin_of(popover);
    const struct heed_rect slot = popover->item->slot, r = popover->rect;
    const float s = skin.scale, line = skin.hairline;
    const bool at_left = r.x > slot.x;
    const float x = at_left ? r.x + line : r.x + r.w - line;
    const float tip = at_left ? x - 9 * s : x + 9 * s;
    const float y = fminf(fmaxf(slot.y + slot.h / 2, r.y + 20 * s), r.y + r.h - 20 * s);
    if (slot.x < r.x + r.w && r.x < slot.x + slot.w) {
        return; /* there was no room beside it */
    }
    const struct heed_stroke stroke = {.width = line, .color = skin.theme->strong_border};
    heed_list_triangle(skin.list, (struct heed_item_triangle){tip, y, x, y - 9 * s, x, y + 9 * s,
                                                              skin.theme->raised});
    heed_list_line(skin.list, (struct heed_item_line){tip, y, x, y - 9 * s, stroke});
    heed_list_line(skin.list, (struct heed_item_line){tip, y, x, y + 9 * s, stroke});
}

/* As a popover looks, but the pointer goes through it to the thumbnails. */
static void draw_ground(const struct popover *popover)
{
    const struct heed_skin skin = skin_of(popover);
    const struct heed_rect r = popover->rect;
    const float s = skin.scale;
    heed_list_fill(skin.list, (struct heed_rect){r.x + 3 * s, r.y + 5 * s, r.w, r.h}, 10 * s,
                   skin.theme->shadow);
    heed_list_box(skin.list, r, 10 * s, skin.theme->raised, skin.hairline,
                  skin.theme->strong_border);
    draw_tip(popover);
}

static void draw_cells(const struct popover *popover)
{
    const struct heed_heads *heads = popover->heads;
    const struct heed_frame *frame = heads->frame;
    const bool gaps = popover->cell >= 6 * heads->s;
    const float line = heads->skin.hairline;
    heed_list_fill(frame->list, heed_rect_grow(popover->cells, line), 0, frame->theme->border);
    struct heed_item_heatmap map = {
        .rect = popover->cells,
        .gap = gaps ? heads->skin.hairline : 0,
        .high = 1,
        .palette = *heed_palette_get(frame->state->theme, frame->state->palette)};
    heed_map_values(heads->maps, heed_heads_map_of(heads, popover->item->id), &map);
    heed_list_heatmap(frame->list, map);
}

static void draw_names(const struct popover *popover)
{
    const struct heed_heads *heads = popover->heads;
    const struct heed_skin skin = skin_of(popover);
    const float s = skin.scale;
    const struct heed_text_style style =
        heed_widget_style(&skin, popover->cell >= 16 * s ? 13 : 12, 400);
    for (int i = 0; i < heads->maps->rows.count; i += popover->step) {
        const struct heed_unit *unit = &heads->maps->units[i];
        heed_token_draw(&skin, popover->cells.x - 10 * s,
                        popover->cells.y + ((float)i + 0.5F) * popover->cell, style,
                        HEED_ANCHOR_END, unit->special ? skin.theme->muted : skin.theme->text, unit,
                        popover->label);
    }
}

static void draw_texts(const struct popover *popover)
{
    const struct heed_skin skin = skin_of(popover);
    const struct heed_theme *theme = skin.theme;
    const float s = skin.scale;
    const struct heed_rect r = popover->rect;
    const float y = r.y + 25 * s, end = r.x + r.w - PAD * s;
    float x = r.x + PAD * s;
    char name[24];
    heed_head_name(popover->item->id, name, sizeof(name));
    x += heed_widget_left(&skin, x, y, 16, 600, theme->text, name, 0) + 12 * s;
    const float used = heed_widget_right(&skin, end, y, 16, 600, theme->text, popover->value, 0);
    heed_widget_left(&skin, x, y, 15, 400, theme->text, popover->title,
                     fmaxf(end - used - 8 * s - x, 1));
    const float foot = popover->cells.y + popover->cells.h;
    const float room = r.w - 2 * PAD * s;
    heed_widget_left(&skin, r.x + PAD * s, foot + 18 * s, 13, 400, theme->muted, popover->numbers,
                     room);
    heed_widget_left(&skin, r.x + PAD * s, foot + 39 * s, 13, 400, theme->muted, popover->note,
                     room);
}

void heed_heads_draw_popover(const struct heed_heads *heads)
{
    struct popover popover = {.heads = heads};
    for (int i = 0; i < heads->n; i++) {
        if (heed_heads_is_hovered(heads, heads->items[i].id) &&
            heed_heads_sees(heads, heads->items[i].slot)) {
            popover.item = &heads->items[i];
        }
    }
    if (popover.item == NULL) {
        return;
    }
    fill_texts(&popover);
    place(&popover);
    draw_ground(&popover);
    draw_cells(&popover);
    draw_names(&popover);
    draw_texts(&popover);
}

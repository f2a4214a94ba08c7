#include "scene/figure/column.h"

#include <math.h>
#include <stdio.h>

#include "scene/figure/panel.h"
#include "scene/figure/sheet.h"
#include "scene/frame/link_choice.h"
#include "scene/parts/empty.h"
#include "scene/parts/shapes.h"
#include "scene/widgets/label.h"

static const float px_per_pt = 96.0F / 72.0F;
static const float px_per_mm = 96.0F / 25.4F;

/* In em. */
static const float row_pitch = 1.3F, heading_room = 2.2F, heading_y = 0.75F, word_gap = 0.5F;
static const float least_panel = 7.3F, panel_gap = 1.5F, line_gap = 1.6F, legend_room = 1.9F;
static const float most_panel_mm = 60;

struct links_sheet {
    struct heed_sheet base;
    struct heed_rect rect;
    float panel, gap, words; /* px */
    float pitch, line;       /* of the rows; of a line of panels */
    struct heed_chosen_links links;
};

/* Of the longer list. */
static int count_rows(const struct heed_maps *maps)
{
    return maps->rows.count > maps->columns.count ? maps->rows.count : maps->columns.count;
}

static void choose_links(struct links_sheet *sheet)
{
    const struct heed_sheet *base = &sheet->base;
    const struct heed_link_request request = {
        .frame = base->frame,
        .maps = base->maps,
        .shown = base->shown,
        .last = base->maps->n,
        .limit = heed_link_limit(base->frame),
    };
    sheet->links = heed_link_choose(&request);
    heed_link_report(base->frame, &sheet->links);
}

static float widest_heading(const struct heed_sheet *base)
{
    float widest = 0;
    for (int i = 0; i < base->shown.n; i++) {
        widest = fmaxf(widest, heed_sheet_heading_width(base, i, false));
    }
    return widest;
}

/* Panels share the width, up to 60 mm each; narrower figures stand at the left. */
static bool place(struct links_sheet *sheet, struct heed_frame *frame, float width)
{
    struct heed_sheet *base = &sheet->base;
    if (!heed_sheet_begin(base, frame)) {
        return false;
    }
    const float em = base->em;
    const struct heed_text_style bold = heed_sheet_style(base, 600);
    sheet->words = fmaxf(heed_sheet_widest(base),
                         heed_widget_width(&base->skin, bold, heed_query_name(frame->result))) +
                   word_gap * em;
    sheet->gap = panel_gap * em;
    const float least = fmaxf(least_panel * em, widest_heading(base));
    heed_sheet_choose_columns(base, width, 2 * sheet->words, least, sheet->gap);
    const float columns = (float)base->columns;
    const float room = width - 2 * sheet->words - (columns - 1) * sheet->gap;
    sheet->panel = fmaxf(fminf(room / columns, most_panel_mm * px_per_mm), least);
    sheet->pitch = roundf(row_pitch * em);
    sheet->line = heading_room * em + sheet->pitch * (float)count_rows(base->maps);
    choose_links(sheet);
    heed_sheet_report(base);
    return true;
}

static float panels_height(const struct links_sheet *sheet)
{
    const float lines = (float)heed_sheet_lines(&sheet->base);
    return lines * sheet->line + (lines - 1) * line_gap * sheet->base.em +
           legend_room * sheet->base.em;
}

static float panel_x(const struct links_sheet *sheet, int index)
{
    const float column = (float)(index % sheet->base.columns);
    return sheet->rect.x + sheet->words + column * (sheet->panel + sheet->gap);
}

static float panel_y(const struct links_sheet *sheet, int index)
{
    const float line = (float)(index / sheet->base.columns);
    return sheet->rect.y + line * (sheet->line + line_gap * sheet->base.em);
}

/* Both lists are centred on the same line. */
static float row_y(const struct links_sheet *sheet, int index, int unit)
{
    const struct heed_maps *maps = sheet->base.maps;
    const struct heed_unit_range side = unit < maps->rows.count ? maps->rows : maps->columns;
    const float spare = (float)(count_rows(maps) - side.count) / 2;
    return panel_y(sheet, index) + heading_room * sheet->base.em +
           ((float)(unit - side.first) + spare + 0.5F) * sheet->pitch;
}

/* --- what is drawn --- */

static float line_width(float weight)
{
    return (0.4F + 2.2F * weight) * px_per_pt;
}

static void draw_links(const struct links_sheet *sheet)
{
    const struct heed_sheet *base = &sheet->base;
    struct heed_list *list = base->frame->list;
    const float pad = 0.3F * base->em;
    for (int i = 0; i < sheet->links.n; i++) {
        const struct heed_link link = sheet->links.links[i];
        const float x0 = panel_x(sheet, link.map) + pad, x1 = x0 + sheet->panel - 2 * pad;
        const float handle = 0.46F * (x1 - x0);
        const float y0 = row_y(sheet, link.map, link.query);
        const float y1 = row_y(sheet, link.map, link.key);
        const struct heed_stroke stroke = {.width = line_width(link.weight),
                                           .color = heed_figure_color(base->frame, link.weight)};
        list->target = heed_link_target(base->shown.items[link.map].id, link);
        heed_list_cubic(list, (struct heed_item_cubic){x0, y0, x0 + handle, y0, x1 - handle, y1, x1,
                                                       y1, stroke});
    }
    list->target = (struct heed_target){0};
}

static void draw_words(const struct links_sheet *sheet, int index, bool is_key)
{
    const struct heed_sheet *base = &sheet->base;
    const struct heed_theme *theme = base->frame->theme;
    const float off = word_gap * base->em;
    const float x = panel_x(sheet, index) + (is_key ? sheet->panel + off : -off);
    const enum heed_anchor anchor = is_key ? HEED_ANCHOR_START : HEED_ANCHOR_END;
    heed_widget_text(
        &base->skin, x, panel_y(sheet, index) + heading_y * base->em, heed_sheet_style(base, 600),
        anchor, theme->text,
        is_key ? heed_key_name(base->frame->result) : heed_query_name(base->frame->result), 0);
    const struct heed_unit_range side = is_key ? base->maps->columns : base->maps->rows;
    for (int i = side.first; i < side.first + side.count; i++) {
        const bool pinned = heed_range_has(is_key ? base->key : base->query, i);
        heed_token_draw(&base->skin, x, row_y(sheet, index, i),
                        heed_sheet_style(base, pinned ? 600 : 400), anchor, theme->text,
                        &base->maps->units[i], 0);
    }
}

static void draw_panel(const struct links_sheet *sheet, int index)
{
    const struct heed_sheet *base = &sheet->base;
    const float x = panel_x(sheet, index), y = panel_y(sheet, index);
    const float top = y + (heading_room - 0.15F) * base->em, bottom = y + sheet->line;
    const int column = index % base->columns;
    const bool is_last = column == base->columns - 1 || index == base->shown.n - 1;
    heed_sheet_heading(base, index, x + sheet->panel / 2, y + heading_y * base->em, true, false);
    for (int side = 0; side < 2; side++) {
        const float at = x + (float)side * sheet->panel;
        heed_list_stroke(base->frame->list, at, top, at, bottom, base->skin.hairline,
                         base->frame->theme->text);
    }
    if (column == 0) {
        draw_words(sheet, index, false);
    }
    if (is_last) {
        draw_words(sheet, index, true);
    }
}

/* What a line's width and colour mean. */
static void draw_legend(const struct links_sheet *sheet, float cy)
{
    static const float weights[] = {0.1F, 0.5F, 1};
    static const char *const labels[] = {"0.1", "0.5", "1"};
    const struct heed_sheet *base = &sheet->base;
    const struct heed_theme *theme = base->frame->theme;
    const struct heed_text_style style = heed_sheet_style(base, 400);
    const float em = base->em;
    float x = sheet->rect.x;
    x += heed_widget_text(&base->skin, x, cy, style, HEED_ANCHOR_START, theme->text,
                          heed_measure_name(base->maps->filter.measure), 0) +
         1.1F * em;
    for (size_t i = 0; i < HEED_COUNT(weights); i++) {
        heed_list_stroke(base->frame->list, x, cy, x + 2.2F * em, cy, line_width(weights[i]),
                         heed_figure_color(base->frame, weights[i]));
        x += 2.6F * em;
        x += heed_widget_text(&base->skin, x, cy, style, HEED_ANCHOR_START, theme->text, labels[i],
                              0) +
             1.1F * em;
    }
}

void heed_links_sheet_draw(struct heed_frame *frame, struct heed_rect rect)
{
    struct links_sheet sheet = {.rect = heed_sheet_inner(frame, rect)};
    if (!place(&sheet, frame, sheet.rect.w)) {
        heed_view_is_empty(frame, rect, sheet.base.shown.n);
        return;
    }
    const float y = rect.y + panels_height(&sheet);
    draw_links(&sheet);
    for (int i = 0; i < sheet.base.shown.n; i++) {
        draw_panel(&sheet, i);
    }
    draw_legend(&sheet, y - 0.6F * sheet.base.em);
    heed_sheet_foot_draw(&sheet.base, (struct heed_rect){sheet.rect.x, y, sheet.rect.w, 0});
}

float heed_links_sheet_height(struct heed_frame *frame, float width)
{
    struct links_sheet sheet = {0};
    width = heed_sheet_inner(frame, (struct heed_rect){0, 0, width, 0}).w;
    if (!place(&sheet, frame, width)) {
        return 120 * frame->scale;
    }
    return panels_height(&sheet) + heed_sheet_foot_height(&sheet.base, width);
}

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/embed.h"
#include "scene/widgets/label.h"
#include "ui/sheet/export_draw.h"
#include "ui/sheet/export_panel.h"

#define PX_PER_MM (96.0F / 25.4F)

enum { PAD = 24, RULER = 22, CAPTION_LINES = 24, NOTE_LINES = 6 };

/* px of the window an inch. */
static float dots_of(const struct heed_sheet *sheet)
{
    return sheet->ui->dots > 0.0F ? sheet->ui->dots : 96.0F * sheet->ui->pixel_ratio;
}

/* px of the window a px of 1/96 inch. */
static float zoom_of(const struct heed_sheet *sheet, float room)
{
    const struct heed_ui_export *panel = &sheet->ui->exporting;
    const float inch = dots_of(sheet) / 96.0F;
    const float page = panel->shown.list->width;
    switch (panel->zoom) {
    case HEED_EXPORT_TWO:
        return 2.0F * inch;
    case HEED_EXPORT_WHOLE:
        return page > 0.0F ? fminf(room / page, 2.0F * inch) : inch;
    default:
        return inch;
    }
}

static void draw_heading(const struct heed_sheet *sheet, float x, float w, float cy)
{
    static const char *const labels[] = {"1:1", "2:1", "Whole"};
    const struct heed_ui_export *panel = &sheet->ui->exporting;
    const float s = sheet->s, end = x + w;
    struct heed_target targets[3];
    for (int i = 0; i < 3; i++) {
        targets[i] = heed_export_target(HEED_EXPORT_SET_ZOOM, i);
    }
    const float grey = 56.0F * s;
    const float segments = heed_widget_segments_width(sheet->skin, labels, 3);
    heed_widget_button(sheet->skin, (struct heed_rect){end - grey, cy - 16.0F * s, grey, 32.0F * s},
                       HEED_ICON_NONE, "Grey", panel->grey, false,
                       heed_export_target(HEED_EXPORT_SET_GREY, 0));
    heed_widget_segments(
        sheet->skin,
        (struct heed_rect){end - grey - 8.0F * s - segments, cy - 16.0F * s, segments, 32.0F * s},
        labels, 3, (int)panel->zoom, targets);
    char title[48];
    const bool whole = panel->zoom == HEED_EXPORT_WHOLE && panel->shown.list != NULL;
    if (whole) {
        snprintf(title, sizeof(title), "%.0f %% of true size",
                 (double)(100.0F * zoom_of(sheet, w) * 96.0F / dots_of(sheet)));
    } else {
        snprintf(title, sizeof(title), "%s",
                 panel->zoom == HEED_EXPORT_TWO ? "Twice its size" : "True size");
    }
    heed_widget_left(sheet->skin, x, cy, 14.0F, 600, sheet->theme->text, title,
                     fmaxf(w - grey - segments - 16.0F * s, 1.0F));
}

/* Millimetres, numbered as often as there is room for a number. */
static void draw_ruler(const struct heed_sheet *sheet, float x, float y, float zoom)
{
    const float s = sheet->s, mm = PX_PER_MM * zoom;
    const int last = (int)(sheet->ui->exporting.shown.width_mm + 0.5F);
    const int step = mm * 10.0F >= 50.0F * s ? 10 : mm * 20.0F >= 50.0F * s ? 20 : 50;
    for (int at = 0; at <= last; at += step) {
        const float px = roundf(x + mm * (float)at);
        char number[16];
        snprintf(number, sizeof(number), at == 0 ? "%d mm" : "%d", at);
        heed_list_stroke(sheet->skin->list, px, y + 14.0F * s, px, y + RULER * s - 2.0F * s,
                         sheet->skin->hairline, sheet->theme->muted);
        heed_widget_text(sheet->skin, px, y + 6.0F * s, heed_widget_style(sheet->skin, 12.0F, 400),
                         at == 0 ? HEED_ANCHOR_START : HEED_ANCHOR_MIDDLE, sheet->theme->muted,
                         number, 0.0F);
    }
}

/* What lies beyond the width that was asked for. */
static void mark_beyond(const struct heed_sheet *sheet, struct heed_rect page, float zoom)
{
    const struct heed_ui_export *panel = &sheet->ui->exporting;
    const float asked = page.x + heed_export_choice_mm(sheet->choice) * PX_PER_MM * zoom;
    if (panel->shown.fits || heed_export_choice_mm(sheet->choice) <= 0.0F ||
        asked >= page.x + page.w) {
        return;
    }
    const float beyond = page.x + page.w - asked;
    heed_list_fill(sheet->skin->list, (struct heed_rect){asked, page.y, beyond, page.h}, 0.0F,
                   heed_color_alpha(sheet->theme->note_border, 0.28F));
    heed_list_line(sheet->skin->list, (struct heed_item_line){asked,
                                                              page.y - 8.0F * sheet->s,
                                                              asked,
                                                              page.y + page.h + 6.0F * sheet->s,
                                                              {.width = 1.5F * sheet->s,
                                                               .color = sheet->theme->note_border,
                                                               .dash_on = 4.0F * sheet->s,
                                                               .dash_off = 3.0F * sheet->s}});
}

/* The page at its size under a ruler; returns the height. */
static float draw_picture(const struct heed_sheet *sheet, float x, float y, float w)
{
    struct heed_ui_export *panel = &sheet->ui->exporting;
    const struct heed_export_shown *shown = &panel->shown;
    const float s = sheet->s, zoom = zoom_of(sheet, w);
    const float width = shown->list->width * zoom;
    struct heed_rect page = {x, y + RULER * s, width, shown->list->height * zoom};
    panel->page_x = fmaxf(fminf(panel->page_x, width - w), 0.0F);
    page.x -= panel->page_x;
    heed_list_clip(sheet->skin->list,
                   (struct heed_rect){x - 6.0F * s, y, w + 12.0F * s, page.h + 40.0F * s});
    draw_ruler(sheet, page.x, y, zoom);
    heed_list_embed(sheet->skin->list, shown->list,
                    (struct heed_embedding){page.x, page.y, zoom, panel->grey});
    heed_list_outline(sheet->skin->list, heed_rect_grow(page, sheet->skin->hairline), 0.0F,
                      sheet->skin->hairline, sheet->theme->border);
    mark_beyond(sheet, page, zoom);
    heed_list_unclip(sheet->skin->list);
    return RULER * s + page.h;
}

/* What an inch is taken for; at the right the page's size, and before that the asked width if it
 * is another. */
static void draw_size(const struct heed_sheet *sheet, float x, float w, float cy)
{
    const struct heed_export_shown *shown = &sheet->ui->exporting.shown;
    char size[64], asked[32], dots[48];
    snprintf(dots, sizeof(dots), "%s%.0f dots an inch", sheet->ui->dots > 0.0F ? "" : "taken as ",
             (double)dots_of(sheet));
    heed_widget_left(sheet->skin, x, cy, 13.0F, 400, sheet->theme->muted, dots, 0.0F);
    snprintf(size, sizeof(size), "%.0f \xC3\x97 %.0f mm", (double)shown->width_mm,
             (double)shown->height_mm);
    const float used =
        heed_widget_right(sheet->skin, x + w, cy, 13.0F, shown->fits ? 400 : 600,
                          shown->fits ? sheet->theme->muted : sheet->theme->text, size, 0.0F);
    if (!shown->fits && heed_export_choice_mm(sheet->choice) > 0.0F) {
        snprintf(asked, sizeof(asked), "%.6g mm asked",
                 (double)heed_export_choice_mm(sheet->choice));
        heed_widget_right(sheet->skin, x + w - used - 10.0F * sheet->s, cy, 13.0F, 400,
                          sheet->theme->muted, asked, 0.0F);
    }
}

/* What doesn't fit, and the two ways out. */
static float draw_note(const struct heed_sheet *sheet, float x, float y, float w)
{
    const struct heed_export_shown *shown = &sheet->ui->exporting.shown;
    const float s = sheet->s, pad = 14.0F * s;
    const struct heed_text_style style = heed_widget_style(sheet->skin, 13.0F, 400);
    const int lines =
        heed_text_lines(sheet->skin, style, shown->problem, w - 2.0F * pad, NOTE_LINES);
    const struct heed_rect note = {x, y, w, (88.0F + 19.0F * (float)lines) * s};
    char title[64], fit[32], least[32];
    snprintf(title, sizeof(title), "Needs %.0f mm at %.3g pt", (double)shown->width_mm,
             (double)sheet->choice->pt);
    snprintf(fit, sizeof(fit), "Fit to %.3g pt", (double)shown->fit_pt);
    snprintf(least, sizeof(least), "Use %.0f mm", (double)shown->width_mm);
    heed_widget_note(sheet->skin, note);
    heed_widget_left(sheet->skin, x + pad, y + 20.0F * s, 14.0F, 600, sheet->theme->text, title,
                     0.0F);
    heed_text_wrapped(sheet->skin, x + pad, y + 42.0F * s, 19.0F * s, style, sheet->theme->text,
                      shown->problem, w - 2.0F * pad, NOTE_LINES);
    const float by = y + (40.0F + 19.0F * (float)lines) * s;
    float bx = x + pad;
    if (shown->fit_pt > 0.0F) {
        heed_widget_button(sheet->skin, (struct heed_rect){bx, by, 120.0F * s, 34.0F * s},
                           HEED_ICON_NONE, fit, false, false,
                           heed_export_target(HEED_EXPORT_SET_FIT, 0));
        bx += 128.0F * s;
    }
    heed_widget_button(sheet->skin, (struct heed_rect){bx, by, 120.0F * s, 34.0F * s},
                       HEED_ICON_NONE, least, false, false,
                       heed_export_target(HEED_EXPORT_SET_LEAST, 0));
    return note.h;
}

static float draw_caption(const struct heed_sheet *sheet, float x, float y, float w)
{
    const float s = sheet->s, cy = y + 18.0F * s;
    const struct heed_text_style style = heed_widget_style(sheet->skin, 13.0F, 400);
    const char *caption = sheet->ui->exporting.shown.caption;
    const float used =
        heed_widget_left(sheet->skin, x, cy, 14.0F, 600, sheet->theme->text, "Caption", 0.0F);
    heed_widget_left(sheet->skin, x + used + 10.0F * s, cy, 13.0F, 400, sheet->theme->muted,
                     "written from what is drawn", fmaxf(w - used - 84.0F * s, 1.0F));
    heed_widget_button(
        sheet->skin, (struct heed_rect){x + w - 64.0F * s, cy - 16.0F * s, 64.0F * s, 32.0F * s},
        HEED_ICON_NONE, "Copy", false, false,
        (struct heed_target){.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_EXPORT_COPY, .b = 3});
    const int lines = heed_text_wrapped(sheet->skin, x, y + 50.0F * s, 19.0F * s, style,
                                        sheet->theme->muted, caption, w, CAPTION_LINES);
    return (60.0F + 19.0F * (float)lines) * s;
}

float heed_export_draw_page(const struct heed_sheet *sheet, struct heed_rect column)
{
    const struct heed_export_shown *shown = &sheet->ui->exporting.shown;
    const float s = sheet->s, x = column.x + PAD * s, w = column.w - 2.0F * PAD * s;
    float y = column.y + 14.0F * s;
    draw_heading(sheet, x, w, y + 16.0F * s);
    y += 44.0F * s;
    if (shown->list == NULL) {
        const char *why = shown->problem != NULL ? shown->problem : "The picture is on its way.";
        const int lines = heed_text_wrapped(sheet->skin, x, y + 12.0F * s, 20.0F * s,
                                            heed_widget_style(sheet->skin, 14.0F, 400),
                                            sheet->theme->muted, why, w, NOTE_LINES);
        return y + 20.0F * s * (float)lines - column.y;
    }
    y += draw_picture(sheet, x, y, w);
    draw_size(sheet, x, w, y + 18.0F * s);
    y += 40.0F * s;
    if (!shown->fits) {
        y += draw_note(sheet, x, y, w) + 12.0F * s;
    }
    y += draw_caption(sheet, x, y, w);
    return y + 12.0F * s - column.y;
}

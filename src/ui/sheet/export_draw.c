#include "ui/sheet/export_draw.h"

#include <math.h>
#include <stdio.h>

#include "scene/widgets/icons.h"
#include "ui/sheet/export_panel.h"
#include "ui/window/commands.h"

enum {
    LEAST_WIDTH = 800,
    WIDE = 1200, /* below it the panel takes all */
    HIGH = 620,  /* below it, it begins at the window's top */
    HEADER = 56,
    FOOTER = 68,
    CONTROLS = 380, /* of the right column */
    LEAST_PAGE = 340,
    PAD = 24,
    BUTTON = 36
};

static struct heed_rect place(const struct heed_ui *ui, float s)
{
    const float width = ui->width, status = ui->layout.status.y;
    const float bottom = status > 0.0F ? status : ui->height;
    const float top = ui->layout.tab_row.y + ui->layout.tab_row.h;
    const float w = width < WIDE * s ? width : fmaxf(width / 2.0F, LEAST_WIDTH * s);
    const float y = width < WIDE * s || bottom - top < HIGH * s ? 0.0F : top;
    return (struct heed_rect){roundf(width - w), y, roundf(w), bottom - y};
}

static void draw_header(const struct heed_sheet *sheet, struct heed_rect r)
{
    const struct heed_ui *ui = sheet->ui;
    const float s = sheet->s, cy = r.y + HEADER * s / 2.0F;
    const float x = r.x + PAD * s, end = r.x + r.w - PAD * s;
    char about[64];
    const struct heed_state *state = &ui->now.state;
    snprintf(about, sizeof(about), "%s as a file",
             state->panel != HEED_PANEL_NONE ? heed_panel_name(state->panel)
                                             : heed_view_name(state->view));
    const float used =
        heed_widget_left(sheet->skin, x, cy, 17.0F, 600, sheet->theme->text, "Export", 0.0F);
    const struct heed_rect close = {end - 28.0F * s, cy - 17.0F * s, 34.0F * s, 34.0F * s};
    const struct heed_rect key = {close.x - 42.0F * s, cy - 11.0F * s, 34.0F * s, 22.0F * s};
    heed_widget_left(sheet->skin, x + used + 14.0F * s, cy, 14.0F, 400, sheet->theme->muted, about,
                     fmaxf(key.x - x - used - 30.0F * s, 1.0F));
    heed_list_box(sheet->skin->list, key, 4.0F * s, sheet->theme->panel, sheet->skin->hairline,
                  sheet->theme->border);
    heed_widget_middle(sheet->skin, key.x + key.w / 2.0F, cy, 12.0F, 400, sheet->theme->muted,
                       "Esc", 0.0F);
    heed_widget_icon_button(
        sheet->skin, close, HEED_ICON_CLOSE, false,
        (struct heed_target){.kind = HEED_TARGET_COMMAND, .a = HEED_COMMAND_EXPORT, .b = 1});
    heed_list_stroke(sheet->skin->list, r.x, r.y + HEADER * s, r.x + r.w, r.y + HEADER * s,
                     sheet->skin->hairline, sheet->theme->border);
}

static struct heed_target command(enum heed_command command, int argument)
{
    return (struct heed_target){
        .kind = HEED_TARGET_COMMAND, .a = (int32_t)command, .b = (int32_t)argument};
}

static const char *outcome(const struct heed_sheet *sheet)
{
    const struct heed_ui_export *panel = &sheet->ui->exporting;
    if (panel->problem[0] != '\0') {
        return panel->problem;
    }
    if (panel->saved) {
        return "Saved";
    }
    return heed_ui_export_can(sheet->ui) ? ""
           : panel->shown.list == NULL   ? "There is no picture to export"
                                         : "Export waits until it fits";
}

/* Copying at the left, export and why it can't at the right. */
static void draw_footer(const struct heed_sheet *sheet, struct heed_rect r)
{
    static const char *const copies[] = {"Copy picture", "Copy as command", "Copy data"};
    static const float widths[] = {112.0F, 144.0F, 92.0F};
    const struct heed_ui_export *panel = &sheet->ui->exporting;
    const float s = sheet->s, top = r.y + r.h - FOOTER * s;
    const float y = roundf(top + (FOOTER - BUTTON) * s / 2.0F), h = BUTTON * s;
    float x = r.x + PAD * s;
    heed_list_stroke(sheet->skin->list, r.x, top, r.x + r.w, top, sheet->skin->hairline,
                     sheet->theme->border);
    for (int i = 0; i < 3; i++) {
        heed_widget_button(sheet->skin, (struct heed_rect){x, y, widths[i] * s, h}, HEED_ICON_NONE,
                           copies[i], false, panel->shown.list == NULL,
                           command(HEED_COMMAND_EXPORT_COPY, i));
        x += (widths[i] + 8.0F) * s;
    }
    const float w = 96.0F * s;
    float end = r.x + r.w - PAD * s - w;
    heed_widget_button(sheet->skin, (struct heed_rect){end, y, w, h}, HEED_ICON_NONE, "Export",
                       true, !heed_ui_export_can(sheet->ui), command(HEED_COMMAND_EXPORT_SAVE, 0));
    end -= 12.0F * s;
    if (panel->saved) {
        end -= 104.0F * s;
        heed_widget_button(sheet->skin, (struct heed_rect){end, y, 104.0F * s, h}, HEED_ICON_NONE,
                           "Open folder", false, false, command(HEED_COMMAND_EXPORT_FOLDER, 0));
        end -= 12.0F * s;
    }
    heed_widget_right(sheet->skin, end, y + h / 2.0F, 13.0F, panel->saved ? 600 : 400,
                      panel->problem[0] != '\0' ? sheet->theme->text : sheet->theme->muted,
                      outcome(sheet), fmaxf(end - x - 8.0F * s, 1.0F));
}

/* Page and controls side by side, or below one another where there is no room for that. */
static float draw_columns(const struct heed_sheet *sheet, struct heed_rect body, float top)
{
    const float s = sheet->s;
    struct heed_rect page = body, controls = body;
    page.y = controls.y = top;
    if (body.w < (LEAST_PAGE + CONTROLS) * s) {
        const float height = heed_export_draw_controls(sheet, controls);
        page.y += height;
        page.h -= height;
        return height + heed_export_draw_page(sheet, page);
    }
    page.w -= CONTROLS * s;
    controls.x += page.w;
    controls.w = CONTROLS * s;
    heed_list_fill(sheet->skin->list, (struct heed_rect){page.x, body.y, page.w, body.h}, 0.0F,
                   sheet->theme->sunken);
    heed_list_stroke(sheet->skin->list, controls.x, body.y, controls.x, body.y + body.h,
                     sheet->skin->hairline, sheet->theme->border);
    return fmaxf(heed_export_draw_page(sheet, page), heed_export_draw_controls(sheet, controls));
}

void heed_ui_draw_export(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct heed_ui_export *panel = &ui->exporting;
    panel->rect = (struct heed_rect){0};
    if (!heed_ui_export_is_seen(ui)) {
        return;
    }
    const struct heed_sheet sheet = {.ui = ui,
                                     .skin = skin,
                                     .theme = skin->theme,
                                     .choice = heed_ui_export_choice(ui),
                                     .s = heed_ui_scale(ui)};
    const struct heed_rect r = panel->rect = place(ui, sheet.s);
    const struct heed_rect body = {r.x, r.y + HEADER * sheet.s, r.w,
                                   fmaxf(r.h - (HEADER + FOOTER) * sheet.s, 1.0F)};
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, r, 0.0F, skin->theme->panel);
    skin->list->target = (struct heed_target){0};
    panel->body = body;
    panel->scroll = fmaxf(fminf(panel->scroll, panel->content - body.h), 0.0F);
    heed_list_clip(skin->list, body);
    panel->content = draw_columns(&sheet, body, body.y - panel->scroll);
    heed_list_unclip(skin->list);
    heed_widget_scrollbar(skin, body, panel->content, panel->scroll);
    draw_header(&sheet, r);
    draw_footer(&sheet, r);
    heed_list_stroke(skin->list, r.x, r.y, r.x, r.y + r.h, 2.0F * sheet.s,
                     skin->theme->strong_border);
}

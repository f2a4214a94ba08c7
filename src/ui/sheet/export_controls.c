#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/field/textfield_draw.h"
#include "ui/popover/popover.h"
#include "ui/sheet/export_draw.h"
#include "ui/sheet/export_panel.h"
#include "ui/window/fields.h"

enum { PAD = 20, LABEL = 76, PITCH = 42, LEAST_PITCH = 38, HIGH = 620, CONTROL = 34 };

/* Where the rows come from: each takes its place below the last. */
struct rows {
    const struct heed_sheet *sheet;
    float x, w, y; /* of the controls */
    float pitch;   /* px; closer where the panel is low */
};

/* The next row's control; its label stands left of it. */
static struct heed_rect next(struct rows *rows, const char *label)
{
    const float s = rows->sheet->s;
    const struct heed_rect r = {rows->x, rows->y, rows->w, CONTROL * s};
    heed_widget_left(rows->sheet->skin, rows->x - LABEL * s, r.y + r.h / 2.0F, 14.0F, 400,
                     rows->sheet->theme->muted, label, (LABEL - 8.0F) * s);
    rows->y += rows->pitch;
    return r;
}

static void add_words(struct rows *rows, const char *words)
{
    const float s = rows->sheet->s;
    heed_widget_left(rows->sheet->skin, rows->x, rows->y + 4.0F * s, 13.0F, 400,
                     rows->sheet->theme->muted, words, rows->w);
    rows->y += 24.0F * s;
}

static void add_segments(struct rows *rows, const char *label, enum heed_export_control control,
                         const char *const *labels, const int *values, int n, int active)
{
    struct heed_target targets[8];
    const struct heed_rect r = next(rows, label);
    int index = -1;
    for (int i = 0; i < n; i++) {
        targets[i] = heed_export_target(control, values[i]);
        index = values[i] == active ? i : index;
    }
    heed_widget_segments(rows->sheet->skin, r, labels, n, index, targets);
}

/* A size and what it is for; the chosen one in ink. */
static void draw_width(const struct rows *rows, struct heed_rect r, enum heed_export_width width)
{
    const struct heed_sheet *sheet = rows->sheet;
    const bool on = sheet->choice->width == width;
    const float s = sheet->s, cy = r.y + r.h / 2.0F;
    char mm[24];
    snprintf(mm, sizeof(mm),
             width == HEED_EXPORT_WIDTH_OTHER  ? "Other"
             : width == HEED_EXPORT_WIDTH_AUTO ? "Auto"
                                               : "%.0f mm",
             (double)heed_export_width_mm(width));
    heed_widget_button(sheet->skin, r, HEED_ICON_NONE, NULL, on, false,
                       heed_export_target(HEED_EXPORT_SET_WIDTH, (int)width));
    heed_widget_left(sheet->skin, r.x + 9.0F * s, cy, 14.0F, 500,
                     on ? sheet->theme->on_ink : sheet->theme->text, mm, 0.0F);
    heed_widget_right(sheet->skin, r.x + r.w - 9.0F * s, cy, 12.0F, 400,
                      on ? sheet->theme->on_ink : sheet->theme->muted,
                      heed_export_width_name(width), 0.0F);
}

static void draw_field(const struct heed_sheet *sheet, struct heed_rect r,
                       enum heed_export_field which, const char *hint)
{
    struct heed_ui *ui = sheet->ui;
    struct heed_textfield *field = &ui->exporting.fields[which];
    const int index = HEED_UI_FIELD_EXPORT + (int)which;
    struct heed_rect inner = r;
    inner.x += 10.0F * sheet->s;
    inner.w -= 20.0F * sheet->s;
    ui->exporting.inner[which] = inner;
    const struct heed_textfield_look look = {.rect = r,
                                             .inner = inner,
                                             .style = heed_popover_field_style(ui),
                                             .theme = sheet->theme,
                                             .scale = sheet->s,
                                             .focused = ui->focused_field == index,
                                             .caret_on = heed_ui_caret_on(ui, NULL),
                                             .hint = hint,
                                             .kept = field->text.size};
    struct heed_rect caret = {0};
    heed_textfield_draw(field, sheet->skin->list, &look, sheet->skin->metrics, &caret);
    if (look.focused) {
        ui->caret = caret;
    }
    heed_list_spot(sheet->skin->list, r,
                   (struct heed_target){.kind = HEED_TARGET_TEXT_FIELD, .a = index});
}

static void add_widths(struct rows *rows)
{
    const float s = rows->sheet->s, gap = 6.0F * s, w = (rows->w - gap) / 2.0F;
    struct heed_rect r = {0};
    for (int i = 0; i < HEED_N_EXPORT_WIDTHS; i++) {
        if (i % 2 == 0) {
            r = next(rows, i == 0 ? "Width" : "");
            r.w = w;
        } else {
            r.x += w + gap;
        }
        draw_width(rows, r, (enum heed_export_width)i);
    }
    if (rows->sheet->choice->width == HEED_EXPORT_WIDTH_OTHER) {
        r.x += w + gap; /* beside it: theirs is an odd number */
        draw_field(rows->sheet, r, HEED_EXPORT_FIELD_MM, "20 to 2000");
        heed_widget_right(rows->sheet->skin, r.x + r.w - 10.0F * s, r.y + r.h / 2.0F, 13.0F, 400,
                          rows->sheet->theme->muted, "mm", 0.0F);
    }
}

static void add_type(struct rows *rows)
{
    const struct heed_sheet *sheet = rows->sheet;
    const float s = sheet->s;
    const struct heed_rect r = next(rows, "Type");
    const float b = 32.0F * s, value = 56.0F * s;
    char pt[24];
    snprintf(pt, sizeof(pt), "%.3g pt", (double)sheet->choice->pt);
    heed_widget_button(sheet->skin, (struct heed_rect){r.x, r.y, b, r.h}, HEED_ICON_NONE,
                       "\xE2\x88\x92", false, false, heed_export_target(HEED_EXPORT_SET_TYPE, 0));
    heed_widget_middle(sheet->skin, r.x + b + value / 2.0F, r.y + r.h / 2.0F, 14.0F, 500,
                       sheet->theme->text, pt, 0.0F);
    heed_widget_button(sheet->skin, (struct heed_rect){r.x + b + value, r.y, b, r.h},
                       HEED_ICON_NONE, "+", false, false,
                       heed_export_target(HEED_EXPORT_SET_TYPE, 1));
    const float used = 2.0F * b + value + 10.0F * s;
    heed_widget_select(sheet->skin, (struct heed_rect){r.x + used, r.y, r.w - used, r.h}, NULL,
                       sheet->choice->font[0] != '\0' ? sheet->choice->font : "Inter",
                       heed_export_target(HEED_EXPORT_SET_FONT, 0));
}

static const char *format_words(const struct heed_sheet *sheet)
{
    switch (sheet->choice->format) {
    case HEED_EXPORT_PDF:
        return "fonts embedded, text stays text";
    case HEED_EXPORT_SVG:
        return "text stays text, in the reader\xE2\x80\x99s fonts";
    case HEED_EXPORT_PNG:
        return "pixels";
    case HEED_EXPORT_TEXT:
        return "what it shows, in words";
    default:
        return sheet->ui->now.state.panel != HEED_PANEL_NONE ? "the panel\xE2\x80\x99s table"
                                                             : "the links and cells that it shows";
    }
}

static void add_format(struct rows *rows)
{
    static const char *const formats[] = {"PDF", "SVG", "PNG", "CSV", "JSON", "TXT"};
    static const int values[] = {HEED_EXPORT_PDF, HEED_EXPORT_SVG,  HEED_EXPORT_PNG,
                                 HEED_EXPORT_CSV, HEED_EXPORT_JSON, HEED_EXPORT_TEXT};
    static const char *const dots[] = {"150", "300", "600"};
    static const int dpi[] = {150, 300, 600};
    add_segments(rows, "Format", HEED_EXPORT_SET_FORMAT, formats, values, 6,
                 (int)rows->sheet->choice->format);
    if (rows->sheet->choice->format == HEED_EXPORT_PNG) {
        add_segments(rows, "Dots an inch", HEED_EXPORT_SET_DPI, dots, dpi, 3,
                     rows->sheet->choice->dpi);
    } else {
        add_words(rows, format_words(rows->sheet));
    }
}

static void add_look(struct rows *rows)
{
    static const char *const styles[] = {"As on screen", "Figure"};
    static const char *const themes[] = {"Paper", "Light", "Dark"};
    static const char *const grounds[] = {"Filled", "None"};
    static const int two[] = {0, 1};
    static const int theme[] = {HEED_THEME_PAPER, HEED_THEME_LIGHT, HEED_THEME_DARK};
    const struct heed_sheet *sheet = rows->sheet;
    const struct heed_state *state = &sheet->ui->now.state;
    heed_widget_select(sheet->skin, next(rows, "View"), NULL,
                       state->panel != HEED_PANEL_NONE ? heed_panel_name(state->panel)
                                                       : heed_view_name(state->view),
                       heed_export_target(HEED_EXPORT_SET_VIEW, 0));
    if (state->view == HEED_VIEW_LINKS && state->panel == HEED_PANEL_NONE) {
        add_segments(rows, "Style", HEED_EXPORT_SET_FIGURE, styles, two, 2,
                     heed_export_is_figure(state, sheet->choice) ? 1 : 0);
        if (state->query.count == 0) {
            add_words(rows, "a figure is of a pinned word");
        }
    }
    add_widths(rows);
    add_type(rows);
    add_segments(rows, "Theme", HEED_EXPORT_SET_THEME, themes, theme, 3, (int)sheet->choice->theme);
    add_segments(rows, "Ground", HEED_EXPORT_SET_GROUND, grounds, two, 2,
                 sheet->choice->transparent);
    add_format(rows);
}

/* What Tab takes, in grey behind what was typed. */
static void draw_rest(const struct heed_sheet *sheet, struct heed_rect r)
{
    const struct heed_ui *ui = sheet->ui;
    const struct heed_textfield *field = &ui->exporting.fields[HEED_EXPORT_FIELD_FOLDER];
    const float s = sheet->s;
    const struct heed_text_style style = heed_popover_field_style(ui);
    if (ui->focused_field != HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER ||
        ui->exporting.rest[0] == '\0' || field->text.data == NULL) {
        return;
    }
    const float used = heed_widget_width(sheet->skin, style, field->text.data);
    const float x = r.x + 10.0F * s + used, end = r.x + r.w - 50.0F * s;
    if (x < end - 12.0F * s) {
        heed_widget_text(sheet->skin, x, r.y + r.h / 2.0F, style, HEED_ANCHOR_START,
                         sheet->theme->faint, ui->exporting.rest, end - x);
        const struct heed_rect key = {r.x + r.w - 44.0F * s, r.y + 7.0F * s, 36.0F * s,
                                      r.h - 14.0F * s};
        heed_list_box(sheet->skin->list, key, 4.0F * s, sheet->theme->panel, sheet->skin->hairline,
                      sheet->theme->border);
        heed_widget_middle(sheet->skin, key.x + key.w / 2.0F, key.y + key.h / 2.0F, 12.0F, 400,
                           sheet->theme->muted, "Tab", 0.0F);
    }
}

static void add_place(struct rows *rows)
{
    const struct heed_sheet *sheet = rows->sheet;
    const struct heed_ui_export *panel = &sheet->ui->exporting;
    const float s = sheet->s;
    rows->y += 10.0F * s;
    heed_list_stroke(sheet->skin->list, rows->x - LABEL * s, rows->y - 9.0F * s, rows->x + rows->w,
                     rows->y - 9.0F * s, sheet->skin->hairline, sheet->theme->border);
    struct heed_rect folder = next(rows, "Folder");
    const struct heed_rect browse = {folder.x + folder.w - folder.h, folder.y, folder.h, folder.h};
    folder.w -= folder.h + 6.0F * s;
    heed_widget_button(sheet->skin, browse, HEED_ICON_OPEN, NULL, panel->browses, false,
                       heed_command_target(HEED_COMMAND_BROWSE, 1));
    draw_field(sheet, folder, HEED_EXPORT_FIELD_FOLDER, "the current folder");
    draw_rest(sheet, folder);
    const struct heed_rect name = next(rows, "Name");
    draw_field(sheet, name, HEED_EXPORT_FIELD_NAME, "a name");
    const char *text = panel->fields[HEED_EXPORT_FIELD_NAME].text.data;
    if (text != NULL && text[0] != '\0' && heed_export_format_of(text) == HEED_EXPORT_BY_NAME) {
        char ending[16];
        snprintf(ending, sizeof(ending), ".%s", heed_export_format_ending(sheet->choice->format));
        heed_widget_right(sheet->skin, name.x + name.w - 10.0F * s, name.y + name.h / 2.0F, 14.0F,
                          400, sheet->theme->muted, ending, 0.0F);
    }
    add_words(rows, panel->is_there ? "is there already: you\xE2\x80\x99ll be asked" : "");
}

float heed_export_draw_controls(const struct heed_sheet *sheet, struct heed_rect column)
{
    const float s = sheet->s;
    struct rows rows = {.sheet = sheet,
                        .x = column.x + (PAD + LABEL) * s,
                        .w = fmaxf(column.w - (2.0F * PAD + LABEL) * s, 1.0F),
                        .y = column.y + 14.0F * s,
                        .pitch =
                            (sheet->ui->exporting.body.h < HIGH * s ? LEAST_PITCH : PITCH) * s};
    add_look(&rows);
    add_place(&rows);
    return rows.y + 8.0F * s - column.y;
}

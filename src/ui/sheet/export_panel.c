#include "ui/sheet/export_panel.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "scene/frame/shown.h"
#include "scene/widgets/target.h"
#include "ui/popover/popover.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/run.h"

static const float least_pt = 6.0F, most_pt = 24.0F, pt_step = 0.5F;
static const float least_mm = 20.0F, most_mm = 2000.0F;

struct heed_export_choice *heed_ui_export_choice(struct heed_ui *ui)
{
    return &ui->exporting.choices[heed_export_choice_index(&ui->now.state)];
}

bool heed_ui_export_can(struct heed_ui *ui)
{
    const struct heed_export_shown *shown = &ui->exporting.shown;
    const bool table = ui->now.state.panel != HEED_PANEL_NONE &&
                       heed_export_format_is_data(heed_ui_export_choice(ui)->format);
    return table || (shown->list != NULL && shown->fits);
}

bool heed_ui_export_is_seen(const struct heed_ui *ui)
{
    return ui->exporting.open && !ui->lesson.asked && !ui->lesson.page;
}

static const char *text_of(const struct heed_ui *ui, enum heed_export_field field)
{
    const char *text = ui->exporting.fields[field].text.data;
    return text != NULL ? text : "";
}

static void fill(struct heed_ui *ui, enum heed_export_field field, const char *text)
{
    heed_ui_fill_field(ui, &ui->exporting.fields[field], text, strlen(text), false);
}

static void forget_outcome(struct heed_ui *ui)
{
    ui->exporting.problem[0] = '\0';
    ui->exporting.saved = false;
}

/* A name of the view, until another is typed. */
static void follow_name(struct heed_ui *ui)
{
    char name[64];
    if (!ui->exporting.named) {
        snprintf(name, sizeof(name), "heed-%s",
                 heed_export_choice_word(heed_export_choice_index(&ui->now.state)));
        if (strcmp(name, text_of(ui, HEED_EXPORT_FIELD_NAME)) != 0) {
            fill(ui, HEED_EXPORT_FIELD_NAME, name);
        }
    }
}

static void show_mm(struct heed_ui *ui)
{
    char mm[24];
    snprintf(mm, sizeof(mm), "%.6g", (double)heed_ui_export_choice(ui)->other_mm);
    fill(ui, HEED_EXPORT_FIELD_MM, mm);
}

static void select_field(struct heed_ui *ui, enum heed_export_field field)
{
    struct heed_textfield *it = &ui->exporting.fields[field];
    heed_ui_focus_field(ui, HEED_UI_FIELD_EXPORT + (int)field);
    it->anchor = 0;
    it->caret = it->text.size;
}

/* --- commands --- */

void heed_ui_open_export(struct heed_ui *ui, int32_t argument)
{
    struct heed_ui_export *panel = &ui->exporting;
    forget_outcome(ui);
    panel->browses = false;
    panel->open = argument == 0;
    if (panel->open) {
        panel->scroll = panel->page_x = 0.0F;
        follow_name(ui);
        show_mm(ui);
        select_field(ui, HEED_EXPORT_FIELD_NAME);
    } else if (heed_ui_is_export_field(ui->focused_field)) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    }
    heed_ui_touch(ui);
}

static void fill_fonts(struct heed_ui *ui)
{
    const struct heed_ui_export *panel = &ui->exporting;
    const char *font = heed_ui_export_choice(ui)->font;
    heed_popover_add_choice(&ui->popover, HEED_COMMAND_EXPORT_SET,
                            heed_export_control(HEED_EXPORT_SET_FONT, 1), "Inter", font[0] == '\0');
    for (int i = 0; i < panel->n_families; i++) {
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_EXPORT_SET,
                                heed_export_control(HEED_EXPORT_SET_FONT, i + 2),
                                panel->families[i], strcmp(font, panel->families[i]) == 0);
    }
}

static void fill_views(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    for (int i = 0; i < HEED_N_VIEWS; i++) {
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_VIEW, i,
                                heed_view_name((enum heed_view)i),
                                state->panel == HEED_PANEL_NONE && (int)state->view == i);
    }
}

/* Below the control that opens it, where that was drawn last. */
static void open_menu(struct heed_ui *ui, enum heed_command command, int32_t argument,
                      void (*rows)(struct heed_ui *ui))
{
    const struct heed_target target = heed_command_target(command, argument);
    struct heed_rect anchor = {0};
    for (size_t i = ui->sheet_items; i < ui->popover_items && i < ui->list.n_items; i++) {
        const struct heed_item *item = &ui->list.items[i];
        if (heed_target_equal(item->target, target) && item->kind == HEED_ITEM_HOTSPOT) {
            anchor = item->as.hotspot;
        }
    }
    heed_popover_open_menu(ui, command, anchor, rows);
}

/* The two-sided figure is of words. */
static void set_figure(struct heed_ui *ui, bool figure)
{
    heed_ui_export_choice(ui)->figure = figure;
    if (figure && !ui->now.state.filter.words) {
        heed_ui_run(ui, HEED_COMMAND_WORDS, 0);
    }
}

static void set_font(struct heed_ui *ui, int value)
{
    struct heed_export_choice *choice = heed_ui_export_choice(ui);
    if (value == 0) {
        open_menu(ui, HEED_COMMAND_EXPORT_SET, heed_export_control(HEED_EXPORT_SET_FONT, 0),
                  fill_fonts);
    } else if (value - 2 < ui->exporting.n_families) {
        snprintf(choice->font, sizeof(choice->font), "%s",
                 value == 1 ? "" : ui->exporting.families[value - 2]);
    }
}

static void set_width(struct heed_ui *ui, enum heed_export_width width)
{
    heed_ui_export_choice(ui)->width = width;
    if (width == HEED_EXPORT_WIDTH_OTHER) {
        show_mm(ui);
        select_field(ui, HEED_EXPORT_FIELD_MM);
    }
}

static void set_least(struct heed_ui *ui)
{
    struct heed_export_choice *choice = heed_ui_export_choice(ui);
    choice->width = HEED_EXPORT_WIDTH_OTHER;
    choice->other_mm = ceilf(ui->exporting.shown.width_mm - 0.01F);
    show_mm(ui);
}

void heed_ui_set_export(struct heed_ui *ui, int32_t argument)
{
    struct heed_export_choice *choice = heed_ui_export_choice(ui);
    const int value = argument % 65536;
    forget_outcome(ui);
    switch ((enum heed_export_control)(argument / 65536)) {
    case HEED_EXPORT_SET_VIEW:
        open_menu(ui, HEED_COMMAND_EXPORT_SET, heed_export_control(HEED_EXPORT_SET_VIEW, 0),
                  fill_views);
        break;
    case HEED_EXPORT_SET_FIGURE:
        set_figure(ui, value == 1);
        break;
    case HEED_EXPORT_SET_WIDTH:
        set_width(ui, (enum heed_export_width)value);
        break;
    case HEED_EXPORT_SET_TYPE:
        choice->pt =
            fminf(fmaxf(roundf(choice->pt / pt_step) * pt_step + (value == 1 ? pt_step : -pt_step),
                        least_pt),
                  most_pt);
        break;
    case HEED_EXPORT_SET_FONT:
        set_font(ui, value);
        break;
    case HEED_EXPORT_SET_THEME:
        choice->theme = (enum heed_theme_id)value;
        break;
    case HEED_EXPORT_SET_GROUND:
        choice->transparent = value == 1;
        break;
    case HEED_EXPORT_SET_FORMAT:
        choice->format = (enum heed_export_format)value;
        break;
    case HEED_EXPORT_SET_DPI:
        choice->dpi = value;
        break;
    case HEED_EXPORT_SET_ZOOM:
        ui->exporting.zoom = (enum heed_export_zoom)value;
        ui->exporting.page_x = 0.0F;
        break;
    case HEED_EXPORT_SET_GREY:
        ui->exporting.grey = !ui->exporting.grey;
        break;
    case HEED_EXPORT_SET_FIT:
        choice->pt = ui->exporting.shown.fit_pt;
        break;
    case HEED_EXPORT_SET_LEAST:
        set_least(ui);
        break;
    case HEED_N_EXPORT_CONTROLS:
        break;
    }
    heed_ui_touch(ui);
}

static void fill_replace(struct heed_ui *ui)
{
    char path[HEED_EXPORT_PATH];
    heed_ui_export_path(ui, path);
    const char *slash = strrchr(path, '/');
    heed_popover_add_title(&ui->popover, heed_popover_label(&ui->popover, "%s is there already",
                                                            slash != NULL ? slash + 1 : path));
    heed_popover_add_choice(&ui->popover, HEED_COMMAND_EXPORT_SAVE, 1, "Replace it", false);
    ui->popover.selected = 1;
}

void heed_ui_save_export(struct heed_ui *ui, int32_t argument)
{
    struct heed_ui_export *panel = &ui->exporting;
    forget_outcome(ui);
    /* Without a page yet app/ says what is wrong. */
    if (panel->shown.list != NULL && !heed_ui_export_can(ui)) {
        heed_ui_end_export(ui, panel->shown.problem);
        return;
    }
    panel->replaces = argument == 1;
    ui->effects->export_act = HEED_EXPORT_ACT_SAVE;
}

void heed_ui_ask_replace(struct heed_ui *ui)
{
    open_menu(ui, HEED_COMMAND_EXPORT_SAVE, 0, fill_replace);
}

void heed_ui_copy_export(struct heed_ui *ui, int32_t argument)
{
    ui->effects->export_act = (enum heed_export_act)(HEED_EXPORT_ACT_COPY_PICTURE + (int)argument);
}

void heed_ui_open_export_folder(struct heed_ui *ui, int32_t argument)
{
    (void)argument;
    ui->effects->export_act = HEED_EXPORT_ACT_OPEN_FOLDER;
}

void heed_ui_browse(struct heed_ui *ui, int32_t argument)
{
    ui->exporting.browses = argument == 1;
    ui->effects->browse = true;
}

bool heed_ui_leave_browsing(struct heed_ui *ui)
{
    const bool browses = ui->exporting.browses;
    if (browses) {
        ui->exporting.browses = false;
        forget_outcome(ui);
        heed_ui_touch(ui);
    }
    return browses;
}

/* --- fields --- */

void heed_ui_export_typed(struct heed_ui *ui, int field)
{
    struct heed_export_choice *choice = heed_ui_export_choice(ui);
    const enum heed_export_field which = (enum heed_export_field)(field - HEED_UI_FIELD_EXPORT);
    forget_outcome(ui);
    if (which == HEED_EXPORT_FIELD_NAME) {
        const enum heed_export_format format =
            heed_export_format_of(text_of(ui, HEED_EXPORT_FIELD_NAME));
        choice->format = format != HEED_EXPORT_BY_NAME ? format : choice->format;
        ui->exporting.named = text_of(ui, HEED_EXPORT_FIELD_NAME)[0] != '\0';
    } else if (which == HEED_EXPORT_FIELD_MM) {
        const float mm = strtof(text_of(ui, HEED_EXPORT_FIELD_MM), NULL);
        if (mm >= least_mm && mm <= most_mm) {
            choice->other_mm = mm;
        }
    }
    heed_ui_touch(ui);
}

bool heed_ui_export_complete(struct heed_ui *ui)
{
    struct heed_ui_export *panel = &ui->exporting;
    struct heed_textfield *field = &panel->fields[HEED_EXPORT_FIELD_FOLDER];
    if (ui->focused_field != HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER ||
        panel->rest[0] == '\0' || field->caret != field->text.size) {
        return false;
    }
    field->anchor = field->caret;
    if (!heed_textfield_insert(field, panel->rest, strlen(panel->rest), HEED_EXPORT_PATH - 1)) {
        return false;
    }
    panel->rest[0] = '\0';
    field->follow = true;
    heed_ui_export_typed(ui, ui->focused_field);
    return true;
}

void heed_ui_export_wheel(struct heed_ui *ui, float by_x, float by_y)
{
    struct heed_ui_export *panel = &ui->exporting;
    panel->scroll -= by_y;
    panel->page_x -= by_x;
    heed_ui_touch(ui);
}

/* --- for app/ --- */

void heed_ui_begin_export(struct heed_ui *ui, const struct heed_export_choice *choices,
                          const char *folder)
{
    memcpy(ui->exporting.choices, choices, sizeof(ui->exporting.choices));
    fill(ui, HEED_EXPORT_FIELD_FOLDER, folder);
}

void heed_ui_show_families(struct heed_ui *ui, const char *const *families, int n)
{
    ui->exporting.families = families;
    ui->exporting.n_families = n;
}

void heed_ui_take_export(const struct heed_ui *ui, struct heed_export_choice *choices, char *folder,
                         size_t size)
{
    const char *text = text_of(ui, HEED_EXPORT_FIELD_FOLDER);
    memcpy(choices, ui->exporting.choices, sizeof(ui->exporting.choices));
    if (strlen(text) < size) {
        snprintf(folder, size, "%s", text);
    }
}

const char *heed_ui_export_get_folder(const struct heed_ui *ui)
{
    return text_of(ui, HEED_EXPORT_FIELD_FOLDER);
}

void heed_ui_export_path(struct heed_ui *ui, char path[HEED_EXPORT_PATH])
{
    const char *folder = text_of(ui, HEED_EXPORT_FIELD_FOLDER);
    const char *name = text_of(ui, HEED_EXPORT_FIELD_NAME);
    const bool whole = heed_platform_is_absolute(name) || name[0] == '~' || folder[0] == '\0';
    const bool has_slash = folder[0] != '\0' && folder[strlen(folder) - 1] == '/';
    const bool has_ending = heed_export_format_of(name) != HEED_EXPORT_BY_NAME;
    path[0] = '\0';
    follow_name(ui);
    name = text_of(ui, HEED_EXPORT_FIELD_NAME);
    if (name[strspn(name, " ")] != '\0' && name[strlen(name) - 1] != '/') {
        snprintf(path, HEED_EXPORT_PATH, "%s%s%s%s%s", whole ? "" : folder,
                 whole || has_slash ? "" : "/", name, has_ending ? "" : ".",
                 has_ending ? "" : heed_export_format_ending(heed_ui_export_choice(ui)->format));
    }
}

void heed_ui_show_export(struct heed_ui *ui, const struct heed_export_shown *shown)
{
    ui->exporting.shown = *shown;
    heed_ui_touch(ui);
}

void heed_ui_show_export_path(struct heed_ui *ui, bool is_there, const char *rest)
{
    struct heed_ui_export *panel = &ui->exporting;
    if (panel->is_there != is_there || strcmp(panel->rest, rest) != 0) {
        panel->is_there = is_there;
        snprintf(panel->rest, sizeof(panel->rest), "%s", rest);
        heed_ui_touch(ui);
    }
}

void heed_ui_end_export(struct heed_ui *ui, const char *problem)
{
    ui->exporting.saved = problem == NULL;
    snprintf(ui->exporting.problem, sizeof(ui->exporting.problem), "%s",
             problem != NULL ? problem : "");
    heed_ui_touch(ui);
}

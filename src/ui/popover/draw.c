#include "ui/popover/draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/popover/about.h"
#include "ui/popover/cards.h"
#include "ui/popover/field_draw.h"
#include "ui/popover/glossary.h"
#include "ui/popover/models_draw.h"
#include "ui/popover/paths.h"
#include "ui/popover/popover.h"
#include "ui/popover/search.h"
#include "ui/popover/settings.h"
#include "ui/window/fields.h"

enum { ROW = 32, PADDING = 12, MENU_WIDTH = 264, FIND_WIDTH = 480 };

enum { SHEET_LINE = 22, FIELD = 40, PATH_ROWS = 11 };

/* What one drawing needs. */
struct sheet {
    struct heed_ui *ui;
    struct heed_popover *popover;
    const struct heed_skin *skin;
    const struct heed_theme *theme;
    float s;
    struct heed_rect rect, content; /* content: what scrolls, clipped */
};

static struct heed_target row_target(const struct heed_popover_row *row)
{
    return (struct heed_target){.kind = HEED_TARGET_COMMAND,
                                .flags = HEED_TARGET_FLAG_POPOVER,
                                .a = (int32_t)row->command,
                                .b = row->argument};
}

static void key_of(const struct heed_ui *ui, const struct heed_popover_row *row, char *text,
                   size_t size)
{
    const struct heed_command_info *info =
        heed_commands_get_info(ui->commands, row->command, row->argument);
    text[0] = '\0';
    if (row->key != NULL) {
        snprintf(text, size, "%s", row->key);
    } else if (info != NULL && !row->quiet) {
        heed_command_key_text(info, text, size);
    }
}

static void draw_row(const struct sheet *sheet, int index, struct heed_rect r)
{
    const struct heed_popover_row *row = &sheet->popover->rows[index];
    struct heed_list *list = sheet->skin->list;
    const float s = sheet->s;
    const float cy = r.y + r.h / 2.0F;
    const struct heed_target target = row_target(row);
    const bool hot = heed_target_equal(sheet->skin->hot, target);
    if (row->title) {
        heed_widget_left(sheet->skin, r.x + 10.0F * s, cy, 13.0F, 600, sheet->theme->muted,
                         row->label, 0.0F);
        return;
    }
    if (!row->disabled) {
        list->target = target;
    }
    heed_list_hotspot(list, r);
    if (index == sheet->popover->selected || hot) {
        heed_list_fill(list, r, 6.0F * s, sheet->theme->hover);
    }
    const struct heed_color color = row->disabled ? sheet->theme->faint : sheet->theme->text;
    char key[40];
    key_of(sheet->ui, row, key, sizeof(key));
    const float used =
        heed_widget_width(sheet->skin, heed_widget_style(sheet->skin, 13.0F, 400), key);
    heed_widget_left(sheet->skin, r.x + 28.0F * s, cy, 14.0F, row->chosen ? 500 : 400, color,
                     row->label, fmaxf(r.w - used - 48.0F * s, 1.0F));
    if (row->chosen) {
        heed_list_fill(list, (struct heed_rect){r.x + 11.0F * s, cy - 3.0F * s, 6.0F * s, 6.0F * s},
                       3.0F * s, sheet->theme->ink);
    }
    heed_widget_right(sheet->skin, r.x + r.w - 10.0F * s, cy, 13.0F, 400, sheet->theme->muted, key,
                      0.0F);
    list->target = (struct heed_target){0};
}

/* The visible part at the right, when not all is seen. */
static void draw_scrollbar(const struct sheet *sheet)
{
    const struct heed_popover *popover = sheet->popover;
    const struct heed_rect seen = {sheet->rect.x, sheet->content.y, sheet->rect.w,
                                   sheet->content.h};
    heed_widget_scrollbar(sheet->skin, seen, popover->content, popover->scroll);
}

static void keep_scroll(struct sheet *sheet, float content)
{
    struct heed_popover *popover = sheet->popover;
    popover->content = content;
    popover->view_height = sheet->content.h;
    popover->scroll = fmaxf(fminf(popover->scroll, content - sheet->content.h), 0.0F);
}

static void draw_rows(struct sheet *sheet)
{
    struct heed_list *list = sheet->skin->list;
    const float row = ROW * sheet->s;
    keep_scroll(sheet, row * (float)sheet->popover->n_rows);
    heed_list_clip(list, sheet->content);
    for (int i = 0; i < sheet->popover->n_rows; i++) {
        const float y = sheet->content.y + row * (float)i - sheet->popover->scroll;
        if (y + row > sheet->content.y && y < sheet->content.y + sheet->content.h) {
            const struct heed_rect r = {sheet->content.x, y, sheet->content.w, row};
            draw_row(sheet, i, r);
        }
    }
    heed_list_unclip(list);
    draw_scrollbar(sheet);
}

static struct heed_rect inset(struct heed_rect r, float by)
{
    return (struct heed_rect){r.x + by, r.y + by, fmaxf(r.w - 2.0F * by, 0.0F),
                              fmaxf(r.h - 2.0F * by, 0.0F)};
}

/* A popover of this size: near the anchor, or in the upper middle. */
static void place(struct sheet *sheet, float width, float height)
{
    const struct heed_ui *ui = sheet->ui;
    const float margin = 8.0F * sheet->s;
    const struct heed_rect anchor = sheet->popover->anchor;
    struct heed_rect r = {0};
    r.w = roundf(fminf(width, ui->width - 2.0F * margin));
    r.h = roundf(fminf(height, ui->height - 2.0F * margin));
    if (anchor.w > 0.0F) {
        r.x = anchor.x;
        r.y = anchor.y + anchor.h + 4.0F * sheet->s;
        if (r.y + r.h > ui->height - margin && anchor.y - r.h - 4.0F * sheet->s >= margin) {
            r.y = anchor.y - r.h - 4.0F * sheet->s;
        }
    } else {
        r.x = (ui->width - r.w) / 2.0F;
        r.y = (ui->height - r.h) / 3.0F;
    }
    r.x = roundf(fmaxf(fminf(r.x, ui->width - r.w - margin), margin));
    r.y = roundf(fmaxf(fminf(r.y, ui->height - r.h - margin), margin));
    sheet->rect = sheet->popover->rect = r;
    heed_widget_popover(sheet->skin, r);
}

/* Wide enough for its longest row and key. */
static float menu_width(const struct sheet *sheet)
{
    const struct heed_popover *popover = sheet->popover;
    float width = fmaxf(MENU_WIDTH * sheet->s, popover->anchor.w);
    for (int i = 0; i < popover->n_rows; i++) {
        const struct heed_popover_row *row = &popover->rows[i];
        char key[40];
        key_of(sheet->ui, row, key, sizeof(key));
        const float label =
            heed_widget_width(sheet->skin, heed_widget_style(sheet->skin, 14.0F, 500), row->label);
        const float used =
            heed_widget_width(sheet->skin, heed_widget_style(sheet->skin, 13.0F, 400), key);
        width = fmaxf(width, label + used + 72.0F * sheet->s);
    }
    return width;
}

static void draw_menu(struct sheet *sheet)
{
    const float height = (float)(ROW * sheet->popover->n_rows + 2 * 6) * sheet->s;
    place(sheet, menu_width(sheet), height);
    sheet->content = inset(sheet->rect, 6.0F * sheet->s);
    draw_rows(sheet);
}

static void draw_field(struct sheet *sheet, struct heed_rect r, const char *hint)
{
    heed_popover_draw_field(sheet->ui, sheet->skin, r, hint);
}

static void draw_find(struct sheet *sheet)
{
    const float s = sheet->s;
    const float pad = PADDING * s;
    place(sheet, FIND_WIDTH * s, (float)(FIELD + 3 * PADDING + 12 * ROW) * s);
    struct heed_rect field = inset(sheet->rect, pad);
    field.h = FIELD * s;
    draw_field(sheet, field, "Type a command");
    sheet->content = inset(sheet->rect, 6.0F * s);
    const float top = field.y + field.h + pad;
    sheet->content.h -= top - sheet->content.y;
    sheet->content.y = top;
    if (sheet->popover->n_rows == 0) {
        heed_widget_left(sheet->skin, field.x + pad, top + 16.0F * s, 14.0F, 400,
                         sheet->theme->muted, "No command has this name.", 0.0F);
    }
    draw_rows(sheet);
}

/* At the top of the canvas, where it hides least. */
static void draw_search(struct sheet *sheet)
{
    struct heed_ui *ui = sheet->ui;
    const float s = sheet->s;
    const struct heed_rect canvas = ui->layout.canvas;
    const float width = fminf(340.0F * s, canvas.w - 16.0F * s);
    const struct heed_rect r = {roundf(canvas.x + canvas.w - width - 8.0F * s),
                                roundf(canvas.y + 8.0F * s), roundf(width), 56.0F * s};
    char count[40];
    heed_search_count(ui, count, sizeof(count));
    sheet->rect = sheet->popover->rect = r;
    heed_widget_popover(sheet->skin, r);
    struct heed_rect field = inset(r, 8.0F * s);
    field.w -= 92.0F * s;
    draw_field(sheet, field, "Find a token");
    heed_widget_right(sheet->skin, r.x + r.w - 16.0F * s, r.y + r.h / 2.0F, 13.0F, 400,
                      sheet->theme->muted, count, 80.0F * s);
}

static void draw_path_buttons(struct sheet *sheet, float y)
{
    const float s = sheet->s;
    const struct heed_rect r = sheet->rect;
    const bool opens = sheet->popover->command == HEED_COMMAND_OPEN;
    const bool names = sheet->popover->command == HEED_COMMAND_SENTENCES;
    const struct heed_target accept = {
        .kind = HEED_TARGET_COMMAND, .flags = HEED_TARGET_FLAG_POPOVER, .a = HEED_COMMAND_ACCEPT};
    const struct heed_target cancel = {
        .kind = HEED_TARGET_COMMAND, .flags = HEED_TARGET_FLAG_POPOVER, .a = HEED_COMMAND_UNPIN};
    const struct heed_target browse = {
        .kind = HEED_TARGET_COMMAND, .flags = HEED_TARGET_FLAG_POPOVER, .a = HEED_COMMAND_BROWSE};
    const float w = 88.0F * s;
    const float right = r.x + r.w - 16.0F * s;
    const float x = r.x + 16.0F * s;
    if (!names) {
        heed_widget_button(sheet->skin, (struct heed_rect){x, y, w, 32.0F * s}, HEED_ICON_NONE,
                           "Browse \xE2\x80\xA6", false, false, browse);
        heed_widget_left(sheet->skin, x + w + 10.0F * s, y + 16.0F * s, 13.0F, 400,
                         sheet->theme->muted, opens ? "Ctrl+O" : "Ctrl+S", 0.0F);
    }
    heed_widget_button(sheet->skin,
                       (struct heed_rect){right - 2.0F * w - 8.0F * s, y, w, 32.0F * s},
                       HEED_ICON_NONE, "Cancel", false, false, cancel);
    heed_widget_button(sheet->skin, (struct heed_rect){right - w, y, w, 32.0F * s}, HEED_ICON_NONE,
                       opens   ? "Open"
                       : names ? "Name"
                               : "Save",
                       true, false, accept);
}

static void draw_path(struct sheet *sheet)
{
    struct heed_popover *popover = sheet->popover;
    const float s = sheet->s;
    const int n = popover->n_rows < PATH_ROWS ? popover->n_rows : PATH_ROWS;
    const float list = (float)(n > 0 ? n * ROW + 8 : 0) * s;
    place(sheet, 560.0F * s, 184.0F * s + list);
    const struct heed_rect r = sheet->rect;
    const float x = r.x + 16.0F * s;
    heed_widget_left(sheet->skin, x, r.y + 24.0F * s, 15.0F, 600, sheet->theme->text,
                     heed_popover_path_title(popover), 0.0F);
    const struct heed_rect field = {x, r.y + 44.0F * s, r.w - 32.0F * s, FIELD * s};
    draw_field(sheet, field,
               popover->command == HEED_COMMAND_SENTENCES
                   ? "No name"
                   : "A path, relative to the current folder");
    const bool bad = popover->error[0] != '\0';
    heed_widget_left(sheet->skin, x, r.y + 106.0F * s, 13.0F, bad ? 500 : 400,
                     bad ? sheet->theme->text : sheet->theme->muted,
                     bad ? popover->error : heed_popover_path_note(popover), r.w - 32.0F * s);
    sheet->content = (struct heed_rect){r.x + 6.0F * s, r.y + 124.0F * s, r.w - 12.0F * s,
                                        fmaxf(r.h - 184.0F * s, 0.0F)};
    if (n > 0) {
        draw_rows(sheet);
    }
    draw_path_buttons(sheet, r.y + r.h - 48.0F * s);
}

/* --- the help sheet --- */

enum { HELP_COLUMNS = 3, HELP_COLUMN = 416, LEAST_LINE = 18 }; /* at most; logical px of each */

struct hint {
    const char *keys, *text;
};

static const struct hint hints[] = {
    {"Tab, Shift+Tab", "Next or previous group"},
    {"Arrows", "Move within a group"},
    {"Enter, Space", "What a click does"},
    {"Double click", "Only this head"},
    {"Shift+click", "A range of heads"},
    {"Ctrl+click", "A word as a candidate"},
    {"Ctrl+Shift+click", "Compare with another word here"},
    {"Wheel, Ctrl+wheel", "Scroll, zoom"},
    {"Drag", "Move a zoomed picture"},
    {"Right button", "Menu of a token, head, cell or field"},
    {"Enter, Shift+Enter", "Next, previous found token"},
};

static void draw_help_line(const struct sheet *sheet, struct heed_rect r, const char *name,
                           const char *key)
{
    const float s = sheet->s;
    const float cy = r.y + r.h / 2.0F;
    const struct heed_text_style style = heed_widget_style(sheet->skin, 13.0F, 500);
    const float used = key[0] != '\0' ? heed_widget_width(sheet->skin, style, key) : 0.0F;
    heed_widget_left(sheet->skin, r.x, cy, 14.0F, 400, sheet->theme->text, name,
                     fmaxf(r.w - used - 12.0F * s, 1.0F));
    heed_widget_right(sheet->skin, r.x + r.w, cy, 13.0F, 500, sheet->theme->muted, key, 0.0F);
}

/* Lines of the sheet in one column after the other: titles, commands that
 * have a key, hints. Draws those from `from` to `to`; returns how many there
 * are. *middle: in, where to part them; out, the last title before it. */
static int walk_help(const struct sheet *sheet, int from, int to, struct heed_rect first,
                     int *middle)
{
    const int wanted = *middle;
    int line = 0;
    const struct heed_command_info *table = sheet->ui->commands->rows;
    const int n = sheet->ui->commands->n;
    const char *group = "";
    for (int i = 0; i < n + (int)HEED_COUNT(hints); i++) {
        const struct hint *hint = i >= n ? &hints[i - n] : NULL;
        const char *its = hint != NULL ? "Keyboard and mouse" : table[i].group;
        char key[40];
        if (hint == NULL) {
            heed_command_key_text(&table[i], key, sizeof(key));
        } else {
            snprintf(key, sizeof(key), "%s", hint->keys);
        }
        if (key[0] == '\0') {
            continue;
        }
        struct heed_rect r = first;
        if (strcmp(group, its) != 0) {
            group = its;
            if (line <= wanted) {
                *middle = line;
            }
            r.y = first.y + first.h * (float)(line - from);
            if (line >= from && line < to) {
                heed_widget_left(sheet->skin, r.x, r.y + r.h / 2.0F, 15.0F, 600, sheet->theme->text,
                                 its, 0.0F);
            }
            line++;
        }
        r.y = first.y + first.h * (float)(line - from);
        if (line >= from && line < to) {
            draw_help_line(sheet, r, hint != NULL ? hint->text : table[i].name, key);
        }
        line++;
    }
    return line;
}

/* Where the columns begin, as lines of the whole: each at a title, and so that the longest
 * is as short as can be. Returns its lines. */
static int part_help(const struct sheet *sheet, int columns, int cuts[HELP_COLUMNS + 1])
{
    const struct heed_rect none = {0};
    int whole = 0;
    const int n = walk_help(sheet, 0, 0, none, &whole);
    int most = (n + columns - 1) / columns;
    do {
        cuts[0] = 0;
        for (int i = 1; i < columns; i++) {
            cuts[i] = cuts[i - 1] + most;
            walk_help(sheet, 0, 0, none, &cuts[i]);
        }
        cuts[columns] = n;
        most++;
    } while (n - cuts[columns - 1] >= most);
    return most - 1;
}

static void draw_help(struct sheet *sheet)
{
    const float s = sheet->s;
    const float gap = 32.0F * s;
    const float room = sheet->skin->list->width;
    int cuts[HELP_COLUMNS + 1];
    int columns = HELP_COLUMNS;
    while (columns > 2 && HELP_COLUMN * s * (float)columns > room - 60.0F * s) {
        columns--;
    }
    const int most = part_help(sheet, columns, cuts);
    /* Closer together where a window is nearly high enough for all of them. */
    const float fits = (sheet->skin->list->height - 140.0F * s) / (float)most;
    const float line = fminf(SHEET_LINE * s, fmaxf(fits, LEAST_LINE * s));
    place(sheet, HELP_COLUMN * s * (float)columns, (float)most * line + 80.0F * s);
    sheet->content = inset(sheet->rect, 20.0F * s);
    heed_glossary_draw_pages(sheet->skin, sheet->content, false);
    sheet->content.y += 40.0F * s;
    sheet->content.h -= 40.0F * s;
    keep_scroll(sheet, (float)most * line);
    struct heed_rect first = sheet->content;
    first.w = (first.w + gap) / (float)columns - gap;
    first.h = line;
    first.y -= sheet->popover->scroll;
    heed_list_clip(sheet->skin->list, sheet->content);
    for (int i = 0; i < columns; i++) {
        int unused = 0;
        walk_help(sheet, cuts[i], cuts[i + 1], first, &unused);
        first.x += first.w + gap;
    }
    heed_list_unclip(sheet->skin->list);
    draw_scrollbar(sheet);
}

static void draw_about_bar(struct sheet *sheet)
{
    sheet->rect = sheet->popover->rect;
    sheet->content = inset(sheet->rect, 24.0F * sheet->s);
    draw_scrollbar(sheet);
}

void heed_popover_draw(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct sheet sheet = {.ui = ui,
                          .popover = &ui->popover,
                          .skin = skin,
                          .theme = skin->theme,
                          .s = heed_ui_scale(ui)};
    if (ui->popover.pending) {
        return;
    }
    switch (ui->popover.kind) {
    case HEED_POPOVER_MENU:
        draw_menu(&sheet);
        break;
    case HEED_POPOVER_HELP:
        draw_help(&sheet);
        break;
    case HEED_POPOVER_GLOSSARY:
        heed_glossary_draw(ui, skin);
        break;
    case HEED_POPOVER_ABOUT:
        heed_about_draw(ui, skin);
        draw_about_bar(&sheet);
        break;
    case HEED_POPOVER_EXAMPLES:
        draw_field(&sheet, heed_cards_draw(ui, skin), "Sentence, head or view");
        break;
    case HEED_POPOVER_FIND:
        draw_find(&sheet);
        break;
    case HEED_POPOVER_SEARCH:
        draw_search(&sheet);
        break;
    case HEED_POPOVER_PATH:
        draw_path(&sheet);
        break;
    case HEED_POPOVER_MODELS:
        heed_models_draw(ui, skin);
        break;
    case HEED_POPOVER_SETTINGS:
        heed_settings_draw(ui, skin);
        break;
    case HEED_POPOVER_NONE:
        break;
    }
}

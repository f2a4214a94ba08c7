#include "ui/popover/cards.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene/frame/shown.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { HEADING = 56, MARGIN = 24, CARD = 296, HIGH = 121, GAP = 16, TITLE = 34, MOST_WORDS = 96 };

/* Where a row of the popover lies: a group's title or a card, in cells of the grid. */
struct cell {
    int column, row; /* row: of cards */
};

struct grid {
    int columns;
    float s, x, y, width; /* px: of the first card, of each card */
    struct cell cells[HEED_POPOVER_ROWS];
    float tops[HEED_POPOVER_ROWS + 1]; /* px below y: of the rows' cards; below the last */
    int rows;
};

static int group_size(const struct heed_popover *popover, int title)
{
    int n = 0;
    for (int i = title + 1; i < popover->n_rows && !popover->rows[i].title; i++) {
        n++;
    }
    return n;
}

/* Groups follow each other on a line as long as they are whole there. */
static void fill_grid(const struct heed_ui *ui, struct grid *grid)
{
    const struct heed_popover *popover = &ui->popover;
    int column = 0;
    int row = 0;
    bool begun = false;
    for (int i = 0; i < popover->n_rows; i++) {
        if (popover->rows[i].title) {
            if (begun && column + group_size(popover, i) > grid->columns) {
                row++;
                column = 0;
            }
            grid->cells[i] = (struct cell){column, row};
            begun = true;
            continue;
        }
        if (column == grid->columns) {
            row++;
            column = 0;
        }
        grid->cells[i] = (struct cell){column++, row};
    }
    grid->rows = popover->n_rows > 0 ? row + 1 : 0;
}

/* A row that begins a group has room for its title. */
static void place_rows(const struct heed_popover *popover, struct grid *grid)
{
    bool titled[HEED_POPOVER_ROWS] = {false};
    float y = 0;
    for (int i = 0; i < popover->n_rows; i++) {
        titled[grid->cells[i].row] |= popover->rows[i].title;
    }
    for (int row = 0; row < grid->rows; row++) {
        y += titled[row] ? TITLE * grid->s : 0;
        grid->tops[row] = y;
        y += (HIGH + GAP) * grid->s;
    }
    grid->tops[grid->rows] = y;
}

static struct heed_rect page_of(const struct heed_ui *ui)
{
    const struct heed_layout *layout = &ui->layout;
    const float top = ui->now.state.projector ? 0 : layout->text_row.y + layout->text_row.h;
    const float foot = layout->status.h > 0 ? layout->status.y : ui->height;
    return (struct heed_rect){0, top, ui->width, foot - top};
}

static struct grid make_grid(const struct heed_ui *ui)
{
    const struct heed_rect page = page_of(ui);
    struct grid grid = {.s = heed_ui_scale(ui)};
    const float room = page.w - 2 * MARGIN * grid.s;
    const int fit = (int)((room + GAP * grid.s) / ((CARD * 0.86F + GAP) * grid.s));
    grid.columns = fit < 1 ? 1 : fit > 5 ? 5 : fit;
    grid.width = (room - GAP * grid.s * (float)(grid.columns - 1)) / (float)grid.columns;
    grid.x = page.x + MARGIN * grid.s;
    grid.y = page.y + (HEADING + 8) * grid.s - ui->popover.scroll;
    fill_grid(ui, &grid);
    place_rows(&ui->popover, &grid);
    return grid;
}

static struct heed_rect rect_of(const struct grid *grid, int index)
{
    const struct cell cell = grid->cells[index];
    return (struct heed_rect){roundf(grid->x + (float)cell.column * (grid->width + GAP * grid->s)),
                              roundf(grid->y + grid->tops[cell.row]), roundf(grid->width),
                              HIGH * grid->s};
}

int heed_cards_step(const struct heed_ui *ui, int dx, int dy)
{
    const struct heed_popover *popover = &ui->popover;
    const struct grid grid = make_grid(ui);
    const struct cell from = grid.cells[popover->selected];
    int best = -1;
    int nearest = 1 << 20;
    for (int i = 0; i < popover->n_rows; i++) {
        const int down = grid.cells[i].row - from.row;
        const int right = grid.cells[i].column - from.column;
        const int ahead = dy != 0 ? down * dy : down * grid.columns * dx + right * dx;
        const int aside = dy != 0 ? right * right : 0;
        const int far = dy != 0 ? down * down * 100 + aside : ahead;
        if (!popover->rows[i].title && ahead > 0 && far < nearest) {
            nearest = far;
            best = i;
        }
    }
    return best < 0 && dy != 0 ? heed_cards_step(ui, dy, 0) : best;
}

/* --- a card's words --- */

struct word {
    const char *text;
    int length;
    bool changed;
};

static int split(const char *text, struct word *words)
{
    int n = 0;
    for (const char *at = text; *at != '\0' && n < MOST_WORDS;) {
        at += strspn(at, " ");
        const int length = (int)strcspn(at, " ");
        if (length > 0) {
            words[n++] = (struct word){at, length, false};
        }
        at += length;
    }
    return n;
}

static bool same_word(const struct word *a, const struct word *b)
{
    return a->length == b->length && memcmp(a->text, b->text, (size_t)a->length) == 0;
}

/* Word beside word; where one text has more, what lies between what both begin and
 * end with. */
static void mark_changes(struct word *a, int n_a, struct word *b, int n_b)
{
    int first = 0;
    int last = 0;
    for (int i = 0; n_a == n_b && i < n_a; i++) {
        a[i].changed = b[i].changed = !same_word(&a[i], &b[i]);
    }
    if (n_a == n_b) {
        return;
    }
    while (first < n_a && first < n_b && same_word(&a[first], &b[first])) {
        first++;
    }
    while (last < n_a - first && last < n_b - first &&
           same_word(&a[n_a - 1 - last], &b[n_b - 1 - last])) {
        last++;
    }
    for (int i = first; i < n_a - last; i++) {
        a[i].changed = true;
    }
    for (int i = first; i < n_b - last; i++) {
        b[i].changed = true;
    }
}

/* Words in at most so many lines; what is longer ends in "...". */
static void put_words(const struct heed_skin *skin, float x, float cy, float width,
                      const struct word *words, int n, int lines)
{
    const float s = skin->scale, line = 19 * s;
    const struct heed_text_style style = heed_widget_style(skin, 13, 400);
    const float blank = heed_text_width(skin->metrics, style, " ", 1);
    const float dots = heed_widget_width(skin, style, " \xE2\x80\xA6");
    float at = 0;
    int row = 0;
    for (int i = 0; i < n; i++) {
        char text[160];
        snprintf(text, sizeof text, "%.*s", words[i].length < 150 ? words[i].length : 150,
                 words[i].text);
        const float w = heed_widget_width(skin, style, text);
        const bool last_row = row == lines - 1;
        if (at > 0 && at + w + (last_row && i + 1 < n ? dots : 0) > width) {
            if (last_row) {
                heed_widget_left(skin, x + at, cy + (float)row * line, 13, 400, skin->theme->text,
                                 " \xE2\x80\xA6", 0);
                return;
            }
            row++;
            at = 0;
        }
        const float y = cy + (float)row * line;
        if (words[i].changed) {
            heed_list_fill(skin->list,
                           (struct heed_rect){x + at - 2 * s, y - 9 * s, w + 4 * s, 18 * s}, 3 * s,
                           skin->theme->selection);
        }
        heed_widget_left(skin, x + at, y, 13, 400, skin->theme->text, text, fmaxf(width - at, 1));
        at += w + blank;
    }
}

static bool fits(const struct heed_skin *skin, const char *text, float width)
{
    return heed_widget_width(skin, heed_widget_style(skin, 13, 400), text) <= width;
}

/* "it was too tired / wide": the first text with the second's changed words behind its own. */
static int join(struct word *both, const struct word *a, int n_a, const struct word *b, int n_b)
{
    int n = 0;
    int last = n_a - 1;
    while (last > 0 && !a[last].changed) {
        last--;
    }
    for (int i = 0; i < n_a; i++) {
        both[n++] = a[i];
        if (i == last) {
            both[n++] = (struct word){"/", 1, false};
            for (int j = 0; j < n_b; j++) {
                if (b[j].changed) {
                    both[n++] = b[j];
                }
            }
        }
    }
    return n;
}

static void put_sentence(const struct heed_skin *skin, float x, float cy, float width,
                         const struct heed_state *state)
{
    struct word a[MOST_WORDS];
    struct word b[MOST_WORDS];
    const char *second = state->compare != NULL ? state->compare : state->pair;
    const int n_a = split(state->text, a);
    if (second == NULL) {
        put_words(skin, x, cy, width, a, n_a, 2);
        return;
    }
    const int n_b = split(second, b);
    if (state->compare != NULL) {
        mark_changes(a, n_a, b, n_b);
    }
    if (state->compare != NULL && !(fits(skin, state->text, width) && fits(skin, second, width))) {
        struct word both[2 * MOST_WORDS + 1];
        put_words(skin, x, cy, width, both, join(both, a, n_a, b, n_b), 2);
        return;
    }
    put_words(skin, x, cy, width, a, n_a, 1);
    put_words(skin, x, cy + 19 * skin->scale, width, b, n_b, 1);
}

static void put_heads(const struct heed_state *state, char *text, size_t size)
{
    text[0] = '\0';
    for (int i = 0; i < state->n_shown && i < 3; i++) {
        const size_t used = strlen(text);
        char name[24];
        heed_head_name(state->shown[i].id, name, sizeof name);
        snprintf(text + used, size - used, "%s%s%s", i > 0 ? ", " : "", name,
                 i == 2 && state->n_shown > 3 ? " \xE2\x80\xA6" : "");
    }
}

static void draw_card(const struct heed_ui *ui, const struct heed_skin *skin, struct heed_rect r,
                      int index)
{
    const struct heed_popover_row *row = &ui->popover.rows[index];
    const struct heed_example *it = &ui->examples[row->argument - 1];
    const struct heed_theme *theme = skin->theme;
    const float s = skin->scale, x = r.x + 16 * s, room = r.w - 32 * s;
    struct heed_target target = heed_command_target(row->command, row->argument);
    target.flags = HEED_TARGET_FLAG_POPOVER;
    const bool lit = index == ui->popover.selected || heed_target_equal(skin->hot, target);
    char heads[80];
    skin->list->target = target;
    heed_list_box(skin->list, r, 8 * s, lit ? theme->hover : theme->raised,
                  row->chosen ? 2 * s : skin->hairline,
                  row->chosen ? theme->ink
                  : lit       ? theme->strong_border
                              : theme->border);
    heed_widget_left(skin, x, r.y + 22 * s, 14, 600, theme->text, it->title, room);
    put_sentence(skin, x, r.y + 47 * s, room, &it->state);
    put_heads(&it->state, heads, sizeof heads);
    const float foot = r.y + r.h - 19 * s;
    const float used = heed_widget_right(skin, r.x + r.w - 16 * s, foot, 13, 400, theme->muted,
                                         heads, room * 0.6F);
    heed_widget_left(skin, x, foot, 13, 400, theme->muted, heed_view_name(it->state.view),
                     fmaxf(room - used - 8 * s, 1));
    heed_list_hotspot(skin->list, r);
    skin->list->target = (struct heed_target){0};
}

static void draw_group(const struct heed_ui *ui, const struct heed_skin *skin, struct heed_rect r,
                       int index)
{
    const float s = skin->scale, cy = r.y - 14 * s;
    char count[12];
    snprintf(count, sizeof count, "%d", group_size(&ui->popover, index));
    const float w = heed_widget_left(skin, r.x, cy, 15, 600, skin->theme->text,
                                     ui->popover.rows[index].label, r.w);
    heed_widget_left(skin, r.x + w + 8 * s, cy, 13, 400, skin->theme->muted, count, 0);
}

/* Returns its width. */
static float draw_tab(const struct heed_skin *skin, float x, float y, const char *label, bool on,
                      struct heed_target target)
{
    const float s = skin->scale, h = HEADING * s;
    const bool hot = heed_target_equal(skin->hot, target);
    skin->list->target = target;
    const float w = heed_widget_left(skin, x, y + h / 2, 18, on ? 600 : 400,
                                     on || hot ? skin->theme->text : skin->theme->muted, label, 0);
    if (on) {
        heed_list_fill(skin->list, (struct heed_rect){x, y + h - 3 * s, w, 3 * s}, 0,
                       skin->theme->ink);
    }
    heed_list_hotspot(skin->list, (struct heed_rect){x, y, w, h});
    skin->list->target = (struct heed_target){0};
    return w;
}

/* Lessons and Examples are two pages; returns where the field belongs. */
static struct heed_rect draw_heading(const struct heed_ui *ui, const struct heed_skin *skin,
                                     struct heed_rect page)
{
    const float s = skin->scale, cy = page.y + HEADING * s / 2;
    const float x = page.x + MARGIN * s, end = page.x + page.w - MARGIN * s;
    struct heed_target lessons = heed_command_target(HEED_COMMAND_LESSONS, 0);
    char count[12];
    lessons.flags = HEED_TARGET_FLAG_POPOVER;
    const float w = draw_tab(skin, x, page.y, "Lessons", false, lessons);
    const float w2 = draw_tab(skin, x + w + 28 * s, page.y, "Examples", true,
                              (struct heed_target){.kind = HEED_TARGET_BLOCK});
    const float left = x + w + w2 + 38 * s;
    snprintf(count, sizeof count, "%d", ui->n_examples);
    heed_widget_left(skin, left, cy, 13, 400, skin->theme->muted, count, 0);
    const float said =
        heed_widget_right(skin, end, cy, 13, 400, skin->theme->muted, "Esc closes", 0);
    heed_list_fill(
        skin->list,
        (struct heed_rect){page.x, page.y + HEADING * s - skin->hairline, page.w, skin->hairline},
        0, skin->theme->border);
    const float room = end - said - 24 * s - left - 40 * s;
    const float field = fminf(300 * s, room);
    return (struct heed_rect){end - said - 24 * s - field, cy - 18 * s, field, 36 * s};
}

struct heed_rect heed_cards_draw(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct heed_popover *popover = &ui->popover;
    const float s = heed_ui_scale(ui);
    const struct heed_rect page = page_of(ui);
    const struct heed_rect below = {page.x, page.y + HEADING * s, page.w, page.h - HEADING * s};
    popover->rect = page;
    popover->view_height = below.h;
    struct grid grid = make_grid(ui);
    popover->content = grid.tops[grid.rows] + 16 * s;
    popover->scroll = fmaxf(fminf(popover->scroll, popover->content - below.h), 0);
    grid = make_grid(ui);
    skin->list->target = (struct heed_target){.kind = HEED_TARGET_BLOCK};
    heed_list_fill(skin->list, page, 0, skin->theme->canvas);
    heed_list_fill(skin->list, (struct heed_rect){page.x, page.y, page.w, HEADING * s}, 0,
                   skin->theme->panel);
    skin->list->target = (struct heed_target){0};
    heed_list_clip(skin->list, below);
    for (int i = 0; i < popover->n_rows; i++) {
        const struct heed_rect r = rect_of(&grid, i);
        if (popover->rows[i].title) {
            draw_group(ui, skin, r, i);
        } else if (r.y + r.h > below.y && r.y < below.y + below.h) {
            draw_card(ui, skin, r, i);
        }
    }
    if (popover->n_rows == 0) {
        heed_widget_left(skin, grid.x, below.y + 30 * s, 14, 400, skin->theme->muted,
                         "No example has this in its title or text.", 0);
    }
    heed_list_unclip(skin->list);
    heed_widget_scrollbar(skin, below, popover->content, popover->scroll);
    return draw_heading(ui, skin, page);
}

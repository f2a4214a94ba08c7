#include "scene/figure/sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/hit.h"
#include "scene/parts/provisos.h"
#include "scene/widgets/label.h"

/* In em. */
static const float line_room = 1.4F, foot_gap = 0.9F, entry_gap = 1.1F, letter_gap = 0.45F;
static const float strong = 0.1F; /* numbers are bold from here on */

bool heed_sheet_begin(struct heed_sheet *sheet, struct heed_frame *frame)
{
    *sheet = (struct heed_sheet){
        .frame = frame,
        .skin = heed_frame_get_view_skin(frame, frame->kind->export_type),
        .maps = heed_frame_get_maps(frame),
        .columns = 1,
        .has_rings = true,
    };
    sheet->em = HEED_EXPORT_TYPE * sheet->skin.scale;
    if (sheet->maps == NULL || sheet->maps->n == 0) {
        return false;
    }
    sheet->shown = heed_shown_collect(frame);
    sheet->query = heed_pin_units(sheet->maps, frame->state->query);
    sheet->key = heed_pin_units(sheet->maps, frame->state->key);
    frame->foot->tells_hidden = true;
    return sheet->shown.n > 0;
}

struct heed_rect heed_sheet_inner(const struct heed_frame *frame, struct heed_rect rect)
{
    const struct heed_skin skin = heed_frame_get_view_skin(frame, frame->kind->export_type);
    const float edge = 0.2F * HEED_EXPORT_TYPE * skin.scale;
    return (struct heed_rect){rect.x + edge, rect.y, rect.w - 2 * edge, rect.h};
}

struct heed_text_style heed_sheet_style(const struct heed_sheet *sheet, int weight)
{
    return (struct heed_text_style){.size = sheet->em, .weight = (uint16_t)weight, .tabular = true};
}

void heed_panel_letter(int n_panels, int index, char *text, size_t size)
{
    char letters[8] = "";
    size_t at = sizeof(letters) - 1;
    for (int rest = index + 1; rest > 0 && at > 0; rest = (rest - 1) / 26) {
        letters[--at] = (char)('a' + (rest - 1) % 26);
    }
    if (n_panels > 1) {
        snprintf(text, size, "(%s)", letters + at);
    } else {
        text[0] = '\0';
    }
}

static float gap_after(const char *text, float em)
{
    return text[0] != '\0' ? em : 0;
}

void heed_sheet_label(const struct heed_sheet *sheet, int index, char text[HEED_SHEET_LABEL_BYTES])
{
    const char *own = sheet->labels[index % 2];
    if (own != NULL || sheet->label != NULL) {
        snprintf(text, HEED_SHEET_LABEL_BYTES, "%s", own != NULL ? own : sheet->label);
    } else {
        heed_map_label_text(sheet->maps, sheet->shown.items[index].id, text,
                            HEED_SHEET_LABEL_BYTES);
    }
}

struct heading {
    char letter[16], label[HEED_SHEET_LABEL_BYTES];
    const char *name;
    float widths[3], width;
};

static struct heading make_heading(const struct heed_sheet *sheet, int index, bool label)
{
    const struct heed_shown_map *map = &sheet->shown.items[index];
    const struct heed_text_style bold = heed_sheet_style(sheet, 600);
    struct heading it = {.name = map->heading};
    heed_panel_letter(sheet->shown.n, index, it.letter, sizeof(it.letter));
    if (label) {
        heed_sheet_label(sheet, index, it.label);
    }
    it.widths[0] = heed_widget_width(&sheet->skin, bold, it.letter) +
                   gap_after(it.letter, letter_gap * sheet->em);
    it.widths[1] =
        heed_widget_width(&sheet->skin, bold, it.name) + gap_after(it.label, 0.7F * sheet->em);
    it.widths[2] = heed_widget_width(&sheet->skin, heed_sheet_style(sheet, 400), it.label);
    it.width = it.widths[0] + it.widths[1] + it.widths[2];
    return it;
}

float heed_sheet_heading_width(const struct heed_sheet *sheet, int index, bool label)
{
    return make_heading(sheet, index, label).width;
}

float heed_sheet_heading(const struct heed_sheet *sheet, int index, float x, float cy, bool centred,
                         bool label)
{
    const struct heed_theme *theme = sheet->frame->theme;
    const struct heading it = make_heading(sheet, index, label);
    const char *const texts[] = {it.letter, it.name, it.label};
    x -= centred ? it.width / 2 : 0;
    for (int i = 0; i < 3; i++) {
        heed_widget_text(&sheet->skin, x, cy, heed_sheet_style(sheet, i < 2 ? 600 : 400),
                         HEED_ANCHOR_START, i < 2 ? theme->text : theme->muted, texts[i], 0);
        x += it.widths[i];
    }
    return it.width;
}

float heed_sheet_widest(const struct heed_sheet *sheet)
{
    const struct heed_text_style style = heed_sheet_style(sheet, 600);
    float widest = 0;
    for (int i = 0; i < sheet->maps->n; i++) {
        widest = fmaxf(widest, heed_token_width(&sheet->skin, style, &sheet->maps->units[i]));
    }
    return widest;
}

void heed_sheet_choose_columns(struct heed_sheet *sheet, float width, float margins, float least,
                               float gap)
{
    const int asked = sheet->frame->columns, n = sheet->shown.n;
    const int room = (int)floorf((width - margins + gap) / (least + gap) + 1e-3F);
    const int step = sheet->together > 0 ? sheet->together : 1;
    const int fit = room > step ? room - room % step : step;
    sheet->columns = asked > 0 ? asked : fit;
    sheet->columns = sheet->columns < n ? sheet->columns : n;
    if (asked == 0) { /* lines of equal length */
        const int lines = heed_sheet_lines(sheet);
        const int even = (n + lines - 1) / lines;
        sheet->columns = (even + step - 1) / step * step;
    }
}

int heed_sheet_lines(const struct heed_sheet *sheet)
{
    return (sheet->shown.n + sheet->columns - 1) / sheet->columns;
}

void heed_sheet_report(const struct heed_sheet *sheet)
{
    sheet->frame->is_meagre =
        sheet->frame->columns == 0 && heed_sheet_lines(sheet) > sheet->columns;
}

/* --- the foot --- */

/* A line of numbers, one a panel: what they are, then each after its letter. */
struct numbers {
    const char *name;
    bool has_ring;
    float (*get)(const struct heed_sheet *sheet, const struct heed_shown_map *map);
};

static float pair_weight(const struct heed_sheet *sheet, const struct heed_shown_map *map)
{
    return heed_map_weight(map->weights, sheet->maps->n, sheet->query, sheet->key);
}

static float hidden_share(const struct heed_sheet *sheet, const struct heed_shown_map *map)
{
    return heed_map_hidden(map->hidden, (struct heed_range){0, sheet->maps->rows.count});
}

/* As many as there are to tell; pair holds the name of the first. */
static int find_numbers(const struct heed_sheet *sheet, struct numbers lines[2], char *pair,
                        size_t size)
{
    int n = 0;
    if (sheet->query.count > 0 && sheet->key.count > 0) {
        heed_pair_text(sheet->frame, pair, size);
        lines[n++] = (struct numbers){pair, sheet->has_rings, pair_weight};
    }
    if (sheet->maps->n < sheet->maps->n_all) {
        lines[n++] = (struct numbers){"hidden", false, hidden_share};
    }
    return n;
}

static float name_width(const struct heed_sheet *sheet, const struct numbers *numbers)
{
    return heed_widget_width(&sheet->skin, heed_sheet_style(sheet, 400), numbers->name) +
           (numbers->has_ring ? 1.2F * sheet->em : 0);
}

static float entry_width(const struct heed_sheet *sheet)
{
    char letter[16];
    const struct heed_text_style style = heed_sheet_style(sheet, 600);
    heed_panel_letter(sheet->shown.n, sheet->shown.n - 1, letter, sizeof(letter));
    return heed_widget_width(&sheet->skin, style, letter) +
           gap_after(letter, letter_gap * sheet->em) +
           heed_widget_width(&sheet->skin, style, "0.00");
}

/* What the lines of numbers have in common. */
struct table {
    float names, pitch; /* px */
    int per_line;
};

static struct table make_table(const struct heed_sheet *sheet, const struct numbers *lines, int n,
                               float width)
{
    const float entry = entry_width(sheet), gap = entry_gap * sheet->em;
    struct table table = {0, entry + gap, 1};
    for (int i = 0; i < n; i++) {
        table.names = fmaxf(table.names, name_width(sheet, &lines[i]) + gap);
    }
    const float fit = floorf((width - table.names + gap) / table.pitch);
    table.per_line = fit > 1 ? (int)fit : 1;
    if (table.per_line > sheet->columns && sheet->columns > 1) {
        table.per_line -= table.per_line % sheet->columns;
    }
    return table;
}

static int lines_of(const struct heed_sheet *sheet, const struct table *table)
{
    return (sheet->shown.n + table->per_line - 1) / table->per_line;
}

float heed_sheet_foot_height(const struct heed_sheet *sheet, float width)
{
    char pair[256];
    struct numbers lines[2];
    const int n = find_numbers(sheet, lines, pair, sizeof(pair));
    const struct table table = make_table(sheet, lines, n, width);
    return (foot_gap + (float)(n * lines_of(sheet, &table)) * line_room) * sheet->em +
           heed_foot_height(sheet->frame, &sheet->skin, width);
}

static void draw_ring(const struct heed_sheet *sheet, float x, float cy)
{
    const float side = 0.75F * sheet->em;
    heed_list_outline(sheet->frame->list, (struct heed_rect){x, cy - side / 2, side, side},
                      0.15F * sheet->em, 0.11F * sheet->em, sheet->frame->theme->ink);
}

static void draw_numbers(const struct heed_sheet *sheet, const struct numbers *numbers,
                         const struct table *table, float left, float cy)
{
    const struct heed_theme *theme = sheet->frame->theme;
    const struct heed_text_style plain = heed_sheet_style(sheet, 400);
    if (numbers->has_ring) {
        draw_ring(sheet, left, cy);
    }
    heed_widget_text(&sheet->skin, left + (numbers->has_ring ? 1.2F * sheet->em : 0), cy, plain,
                     HEED_ANCHOR_START, theme->text, numbers->name, 0);
    for (int i = 0; i < sheet->shown.n; i++) {
        char letter[16], text[32];
        float x = left + table->names + (float)(i % table->per_line) * table->pitch;
        const float y = cy + (float)(i / table->per_line) * line_room * sheet->em;
        const float value = numbers->get(sheet, &sheet->shown.items[i]);
        heed_panel_letter(sheet->shown.n, i, letter, sizeof(letter));
        heed_format_number(text, sizeof(text), (double)value, 2);
        x += heed_widget_text(&sheet->skin, x, y, plain, HEED_ANCHOR_START, theme->muted, letter,
                              0) +
             gap_after(letter, letter_gap * sheet->em);
        heed_widget_text(&sheet->skin, x, y, heed_sheet_style(sheet, value >= strong ? 600 : 400),
                         HEED_ANCHOR_START, theme->text, text, 0);
    }
}

void heed_sheet_foot_draw(const struct heed_sheet *sheet, struct heed_rect rect)
{
    char pair[256];
    struct numbers lines[2];
    const float em = sheet->em;
    const int n = find_numbers(sheet, lines, pair, sizeof(pair));
    const struct table table = make_table(sheet, lines, n, rect.w);
    float y = rect.y + (foot_gap + line_room / 2) * em;
    for (int i = 0; i < n; i++, y += (float)lines_of(sheet, &table) * line_room * em) {
        draw_numbers(sheet, &lines[i], &table, rect.x, y);
    }
    heed_foot_draw(sheet->frame, &sheet->skin, rect.x, y, rect.w);
}

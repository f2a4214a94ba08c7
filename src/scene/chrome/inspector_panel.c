#include "scene/chrome/inspector_panel.h"

#include <math.h>
#include <stdio.h>

#include "scene/chrome/file_field.h"
#include "scene/chrome/tries.h"
#include "scene/frame/kind.h"
#include "scene/inspector/candidates.h"
#include "scene/inspector/inspector.h"
#include "scene/inspector/pair.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

enum { N_TARGETS = 4, MAX_TABLE = 3 };

static void token_header(struct heed_column *column, struct heed_range range, bool is_key)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    char text[128], note[96];
    const struct heed_unit unit = heed_inspector_unit(maps, range, text, sizeof(text));
    const int first = heed_maps_place(maps, maps->units[range.first].first);
    const struct heed_unit *last = &maps->units[range.first + range.count - 1];
    const int end_token = heed_maps_place(maps, last->first) + last->count - 1;
    const bool cross = column->frame->result->part == HEED_PART_CROSS;
    const char *name = is_key ? (cross ? "encoder" : "key") : cross ? "decoder" : "query";
    if (end_token > first) {
        snprintf(note, sizeof(note), "%s %d to %d", name, first, end_token);
    } else {
        snprintf(note, sizeof(note), "%s %d", name, first);
    }
    heed_inspector_token_header(column, &unit, is_key, note);
}

static void head_title(struct heed_column *column, const struct heed_shown_map *map,
                       const char *note)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 14 * s;
    heed_chip_draw(skin, column->x, cy, 14, map->color, map->dashed);
    heed_widget_left(skin, column->x + 24 * s, cy, 15, 600, skin->theme->text, map->name, 0);
    heed_widget_right(skin, column->x + column->width, cy, 13, 400, skin->theme->muted, note,
                      column->width - 120 * s);
    column->y += 28 * s;
}

static void rankings_of_token(struct heed_column *column, struct heed_range range, bool by_query)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_shown_maps shown = heed_shown_collect(frame);
    column->y += 8 * column->s;
    for (int i = 0; i < shown.n; i++) {
        char note[64] = "";
        if (by_query) {
            snprintf(note, sizeof(note), "what attends to it");
        } else if (maps->n < maps->n_all) {
            snprintf(note, sizeof(note), "hidden %.3f",
                     (double)heed_map_hidden(shown.items[i].hidden, range));
        }
        const float least = 28 * column->s;
        if (heed_column_sees(column, (28 + 26 * (N_TARGETS + 1)) * column->s)) {
            head_title(column, &shown.items[i], note);
            heed_inspector_ranking(column, &shown.items[i], range, by_query, N_TARGETS);
        } else {
            column->y += least + (float)(N_TARGETS + 1) * 26 * column->s;
        }
        column->y += 6 * column->s;
    }
    column->y += 4 * column->s;
    heed_column_separator(column);
}

/* From one head's numbers to the next one's: a chip and the widest name, no more, for the
 * measures' names stand left of them. */
static float pitch_of(const struct heed_skin *skin, const struct heed_shown_map *heads, int n)
{
    float widest = 0;
    for (int i = 0; i < n; i++) {
        widest =
            fmaxf(widest, heed_widget_width(skin, heed_widget_style(skin, 14, 600), heads[i].name));
    }
    return ceilf(widest) + (n > 2 ? 22 : 30) * skin->scale;
}

static void table_head(struct heed_column *column, const struct heed_shown_map *heads, int n,
                       float pitch)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 14 * s;
    for (int i = 0; i < n; i++) {
        const float end = column->x + column->width - (float)(n - 1 - i) * pitch;
        const float width =
            heed_widget_right(skin, end, cy, 14, 600, skin->theme->text, heads[i].name, 0);
        heed_chip_draw(skin, end - width - 15 * s, cy, 11, heads[i].color, heads[i].dashed);
    }
    column->y += 32 * s;
}

static void table_row(struct heed_column *column, const struct heed_shown_map *heads, int n,
                      float pitch, const struct heed_measure_row *row)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const float s = column->s, cy = column->y + 12 * s;
    char label[80];
    snprintf(label, sizeof(label), "%s", row->label);
    if (row->needs & HEED_LACKS_SPECIAL) {
        char name[64];
        heed_template_name(maps, row->offset == offsetof(struct heed_head_measures, to_cls), name,
                           sizeof(name));
        snprintf(label, sizeof(label), "To %s", name);
    }
    heed_term_left(skin, column->x, cy, 14, 400, skin->theme->muted, label,
                   fmaxf(column->width - (float)(n - 1) * pitch - 44 * s, 1));
    for (int i = 0; i < n; i++) {
        heed_widget_number(skin, column->x + column->width - (float)(n - 1 - i) * pitch, cy, 14,
                           400, skin->theme->text,
                           (double)heed_inspector_measure(maps, heads[i].id, row), row->decimals);
    }
    column->y += 24 * s;
}

static void draw_measures(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_shown_map heads[MAX_TABLE];
    int n = 0;
    for (int i = 0; i < frame->state->n_shown && n < MAX_TABLE; i++) {
        n += heed_shown_head(frame, &frame->state->shown[i], &heads[n]) &&
             heed_maps_measures_of(maps, heads[n].id.layer * maps->n_heads + heads[n].id.head);
    }
    if (n == 0) {
        return;
    }
    char note[48] = "";
    if (n < frame->state->n_shown) {
        snprintf(note, sizeof(note), "first %d of %d", n, frame->state->n_shown);
    }
    heed_column_title(column, "Head measures", "on this text", note);
    const float pitch = pitch_of(column->skin, heads, n);
    table_head(column, heads, n, pitch);
    const unsigned lacks = frame->result->lacks;
    for (int i = 0; i < HEED_INSPECTOR_MEASURES; i++) {
        const bool alone =
            maps->n_special_names == 1 && /* no second special token */
            heed_inspector_measures[i].offset == offsetof(struct heed_head_measures, to_sep);
        if (!(heed_inspector_measures[i].needs & lacks) && !alone) {
            table_row(column, heads, n, pitch, &heed_inspector_measures[i]);
        }
    }
    column->y += 10 * column->s;
}

/* Of a query that is hidden, or none. */
static const char *how_to_pin(const struct heed_frame *frame)
{
    if (frame->state->query.count > 0) {
        return "Turn off the filter that hides it, or pin another token. Esc unpins.";
    }
    if (frame->kind->how_to_pin != NULL) {
        return frame->kind->how_to_pin;
    }
    return "Hover a token to see what it attends to, click it to keep that. Then click a key to "
           "pin the pair.";
}

static void draw_nothing_pinned(struct heed_column *column)
{
    const bool hidden = column->frame->state->query.count > 0;
    heed_inspector_unpinned(column, hidden ? "The pinned token is hidden" : "Nothing pinned",
                            how_to_pin(column->frame));
    heed_column_separator(column);
}

static void draw_of_pins(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    struct heed_inspected_pair pair = {0};
    if (frame->state->panel == HEED_PANEL_NONE && frame->kind->inspect != NULL &&
        frame->kind->inspect(column)) {
        return;
    }
    if (heed_pair_find(frame, &pair)) {
        heed_pair_draw(column, &pair);
        return;
    }
    const struct heed_range query = heed_frame_query(frame);
    const struct heed_range key = heed_frame_key(frame);
    if (query.count > 0 || key.count > 0) {
        const bool by_query = query.count == 0;
        token_header(column, by_query ? key : query, by_query);
        heed_inspector_candidates(column);
        rankings_of_token(column, by_query ? key : query, by_query);
    } else {
        draw_nothing_pinned(column);
        heed_inspector_candidates(column);
    }
    draw_measures(column);
    struct heed_shown_map head;
    if (heed_shown_matrix(frame, &head)) {
        heed_inspector_note(column, &head);
    }
}

static void draw_content(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    draw_of_pins(column);
    if (frame->kind->inspect_below != NULL && frame->state->panel == HEED_PANEL_NONE) {
        frame->kind->inspect_below(column);
    }
}

void heed_inspector_draw(struct heed_chrome *chrome)
{
    struct heed_rect panel = chrome->layout.inspector;
    if (panel.w <= 0) {
        return;
    }
    panel.h -= heed_tries_height(chrome);
    struct heed_list *list = chrome->frame.list;
    const float line = chrome->frame.hairline;
    if (chrome->layout.inspector_is_drawer) {
        const float s = chrome->frame.scale;
        heed_list_fill(list, (struct heed_rect){panel.x - 4 * s, panel.y, 4 * s, panel.h}, 0,
                       chrome->frame.theme->shadow);
    }
    struct heed_column column = heed_column_open(&chrome->frame, &chrome->skin, panel,
                                                 chrome->inspector_scroll, HEED_SCROLL_INSPECTOR);
    column.is_drawer = chrome->layout.inspector_is_drawer;
    if (heed_frame_get_maps(&chrome->frame) != NULL) {
        draw_content(&column);
        heed_file_lacks_draw(&column);
    }
    chrome->inspector_content = heed_column_close(&column, chrome->inspector_scroll);
    heed_tries_draw(chrome);
    panel = chrome->layout.inspector;
    heed_list_fill(list, (struct heed_rect){panel.x, panel.y, line, panel.h}, 0,
                   chrome->frame.theme->border);
}

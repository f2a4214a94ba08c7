#include "scene/figure/panel.h"

#include <math.h>

#include "draw/hit.h"
#include "scene/parts/shapes.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

enum { MOST_TITLE_LINES = 12 };

/* In em. */
static const float row_pitch = 1.335F, title_room = 1.55F, title_line = 1.25F, letter_gap = 0.55F,
                   head_room = 1.6F;

static const float hidden_room = 1.75F;
static const float number_room = 2.14F; /* "0.00" */
static const float word_gap = 0.42F;    /* between words and numbers */
static const float arcs_least = 1.7F, arcs_most = 2.8F;
static const float arrow_gap = 0.2F;
static const float strong = 0.1F; /* from here on semi-bold */
static const float px_per_pt = 96.0F / 72.0F;

struct heed_color heed_figure_color(const struct heed_frame *frame, float weight)
{
    const struct heed_palette *palette =
        heed_palette_get(frame->state->theme, frame->state->palette);
    return heed_palette_color(palette, 0.22F + 0.78F * weight);
}

static struct heed_text_style style_of(const struct heed_figure_panel *panel, int weight)
{
    return (struct heed_text_style){.size = panel->em, .weight = (uint16_t)weight, .tabular = true};
}

static float side_room(float arcs)
{
    return arcs + arrow_gap + number_room + word_gap;
}

static float width_with(const struct heed_figure_panel *panel, float arcs)
{
    const float sides = panel->sides[1] != NULL ? 2 : 1;
    return panel->words + sides * side_room(arcs) * panel->em;
}

float heed_figure_panel_least(const struct heed_figure_panel *panel)
{
    return width_with(panel, arcs_least);
}

float heed_figure_panel_most(const struct heed_figure_panel *panel)
{
    return width_with(panel, arcs_most);
}

static bool has_hidden(const struct heed_figure_panel *panel)
{
    return panel->maps->n < panel->maps->n_all;
}

static float title_x(const struct heed_figure_panel *panel)
{
    return heed_widget_width(&panel->skin, style_of(panel, 600), panel->letter) +
           letter_gap * panel->em;
}

void heed_figure_panel_set_width(struct heed_figure_panel *panel, float width)
{
    if (panel->letter == NULL || panel->title == NULL) {
        return;
    }
    panel->title_width = fmaxf(width - title_x(panel), panel->em);
    panel->title_lines = heed_text_lines(&panel->skin, style_of(panel, 400), panel->title,
                                         panel->title_width, MOST_TITLE_LINES);
}

static float first_row(const struct heed_figure_panel *panel)
{
    const float lines = (float)(panel->title_lines > 1 ? panel->title_lines - 1 : 0);
    const float title = panel->letter != NULL ? title_room + lines * title_line : 0;
    return (title + head_room) * panel->em;
}

/* Whole px, as text's baselines are, so that rows lie even. */
static float pitch_of(const struct heed_figure_panel *panel)
{
    return roundf(row_pitch * panel->em);
}

float heed_figure_panel_height(const struct heed_figure_panel *panel)
{
    const float rows = (float)panel->maps->n * pitch_of(panel);
    const float hidden = has_hidden(panel) ? hidden_room : 0;
    return first_row(panel) + rows + hidden * panel->em;
}

static float row_y(const struct heed_figure_panel *panel, int unit)
{
    const float baseline = 0.364F * panel->em;
    const float top = panel->rect.y + first_row(panel) + pitch_of(panel) / 2;
    return roundf(top + baseline) - baseline + (float)unit * pitch_of(panel);
}

static float words_x(const struct heed_figure_panel *panel)
{
    const struct heed_rect rect = panel->rect;
    if (panel->sides[1] != NULL) {
        return rect.x + rect.w / 2;
    }
    return rect.x + rect.w - panel->words / 2;
}

/* The middle of a side's numbers, and where its arcs begin. */
static float number_x(const struct heed_figure_panel *panel, int side)
{
    const float off = panel->words / 2 + (word_gap + number_room / 2) * panel->em;
    return words_x(panel) + (side == 0 ? -off : off);
}

static float edge_x(const struct heed_figure_panel *panel, int side)
{
    const float off = (number_room / 2 + arrow_gap) * panel->em;
    return number_x(panel, side) + (side == 0 ? -off : off);
}

static float weight_of(const struct heed_figure_panel *panel, int side, int unit)
{
    return heed_map_weight(panel->sides[side]->weights, panel->maps->n, panel->query,
                           (struct heed_range){unit, 1});
}

/* The filter is asked of the query's rows; of several the first decides. */
static bool is_drawn(const struct heed_figure_panel *panel, int side, int unit)
{
    const struct heed_maps *maps = panel->maps;
    const struct heed_filter *filter = &panel->frame->state->filter;
    const float *row = panel->sides[side]->weights + (size_t)panel->query.first * (size_t)maps->n;
    return row[unit] >= heed_maps_row_cutoff(maps, row, filter) &&
           heed_maps_segments_pass(maps, panel->query.first, unit, filter->segments);
}

static void draw_number(const struct heed_figure_panel *panel, int side, float y, float value,
                        bool muted)
{
    const struct heed_theme *theme = panel->frame->theme;
    char number[32];
    heed_format_number(number, sizeof(number), (double)value, 2);
    const bool bold = !muted && value >= strong;
    heed_widget_text(&panel->skin, number_x(panel, side), y, style_of(panel, bold ? 600 : 400),
                     HEED_ANCHOR_MIDDLE, bold ? theme->text : theme->muted, number, 0);
}

/* From the query's row out and back to the key's, the further the wider. */
static void draw_arc(const struct heed_figure_panel *panel, int side, int key)
{
    const float em = panel->em, way = side == 0 ? -1 : 1;
    const float weight = weight_of(panel, side, key);
    const float from = row_y(panel, panel->query.first), to = row_y(panel, key);
    const int query = panel->query.first;
    const int above = query, below = panel->maps->n - 1 - query;
    const float longest = (float)(above > below ? above : below);
    const float part = sqrtf(fabsf((float)(key - query)) / fmaxf(longest, 1));
    const float x = edge_x(panel, side);
    const float outer = side == 0 ? x - panel->rect.x : panel->rect.x + panel->rect.w - x;
    const struct heed_stroke stroke = {
        .width = (0.7F + 3 * weight) * px_per_pt,
        .color = heed_figure_color(panel->frame, weight),
    };
    const float room = outer - stroke.width / 2;
    const float length = (0.34F + 0.14F * weight) * em;
    const float half = (0.17F + 0.2F * weight) * em;
    const float reach = fmaxf(room * (0.25F + 0.75F * part), length);
    const float out = way * (reach - length / 8) * 4 / 3; /* 3/4 of it shows */
    const float base = x + way * length;
    const struct heed_link link = {.query = query, .key = key};
    panel->frame->list->target = heed_link_target(panel->sides[side]->id, link);
    panel->frame->list->target.flags =
        panel->maps != heed_frame_get_maps(panel->frame) ? HEED_TARGET_FLAG_B : 0;
    heed_list_cubic(panel->frame->list, (struct heed_item_cubic){x, from, x + out, from, x + out,
                                                                 to, base, to, stroke});
    heed_list_triangle(
        panel->frame->list,
        (struct heed_item_triangle){base, to - half, base, to + half, x, to, stroke.color});
    panel->frame->list->target = (struct heed_target){0};
}

/* Weakest first, so that the strongest lies on top. */
static void draw_arcs(const struct heed_figure_panel *panel, int side)
{
    struct heed_list *list = panel->frame->list;
    const int n = panel->maps->n;
    bool *done = heed_arena_zeroed(&list->arena, (size_t)n + 1, sizeof(*done));
    if (done == NULL) {
        list->failed = true;
        return;
    }
    for (int drawn = 0; drawn < n; drawn++) {
        int weakest = -1;
        for (int i = 0; i < n; i++) {
            if (!done[i] &&
                (weakest < 0 || weight_of(panel, side, i) < weight_of(panel, side, weakest))) {
                weakest = i;
            }
        }
        done[weakest] = true;
        if (!heed_range_has(panel->query, weakest) && is_drawn(panel, side, weakest)) {
            draw_arc(panel, side, weakest);
        }
    }
}

static void draw_chip(const struct heed_figure_panel *panel, float y, float width, bool is_key)
{
    const struct heed_theme *theme = panel->frame->theme;
    const float em = panel->em, pad = 0.38F * em, high = 1.22F * em;
    struct heed_item_rect chip = {
        .rect = {words_x(panel) - width / 2 - pad, y - high / 2, width + 2 * pad, high},
        .radius = 0.22F * em,
        .fill = theme->ink,
    };
    if (is_key) {
        chip.fill = (struct heed_color){0};
        chip.stroke = (struct heed_stroke){.width = 0.4F * px_per_pt, .color = theme->ink};
    }
    heed_list_rect(panel->frame->list, chip);
}

static void draw_word(const struct heed_figure_panel *panel, int unit, bool bold)
{
    const struct heed_theme *theme = panel->frame->theme;
    const struct heed_unit *it = &panel->maps->units[unit];
    const bool query = heed_range_has(panel->query, unit);
    const bool key = heed_range_has(panel->key, unit);
    const struct heed_text_style style = style_of(panel, bold || query ? 600 : 400);
    const float y = row_y(panel, unit);
    if (query || key) {
        const float width = fminf(heed_token_width(&panel->skin, style, it), panel->words);
        draw_chip(panel, y, width, !query);
    }
    heed_token_draw(&panel->skin, words_x(panel), y, style, HEED_ANCHOR_MIDDLE,
                    query ? theme->on_ink : theme->text, it, panel->words);
}

static void draw_rows(const struct heed_figure_panel *panel)
{
    for (int i = 0; i < panel->maps->n; i++) {
        bool bold = false;
        for (int side = 0; side < 2 && panel->sides[side] != NULL; side++) {
            if (heed_range_has(panel->query, i) || is_drawn(panel, side, i)) {
                const float value = weight_of(panel, side, i);
                draw_number(panel, side, row_y(panel, i), value, false);
                bold = bold || value >= strong;
            }
        }
        draw_word(panel, i, bold);
    }
}

static void draw_hidden(const struct heed_figure_panel *panel)
{
    const float em = panel->em;
    const float rule =
        panel->rect.y + first_row(panel) + (float)panel->maps->n * pitch_of(panel) + 0.05F * em;
    const float left = number_x(panel, 0) - number_room / 2 * em;
    const float right = panel->sides[1] != NULL ? number_x(panel, 1) + number_room / 2 * em
                                                : words_x(panel) + panel->words / 2;
    heed_list_stroke(panel->frame->list, left, rule, right, rule, panel->skin.hairline,
                     panel->frame->theme->text);
    const float y = rule + 0.85F * em;
    for (int side = 0; side < 2 && panel->sides[side] != NULL; side++) {
        draw_number(panel, side, y, heed_map_hidden(panel->sides[side]->hidden, panel->query),
                    true);
    }
    heed_widget_text(&panel->skin, words_x(panel), y, style_of(panel, 400), HEED_ANCHOR_MIDDLE,
                     panel->frame->theme->muted, "hidden", 0);
}

static void draw_heads(const struct heed_figure_panel *panel)
{
    const struct heed_theme *theme = panel->frame->theme;
    const struct heed_rect rect = panel->rect;
    const float em = panel->em;
    float y = rect.y + 0.62F * em;
    if (panel->letter != NULL) {
        heed_widget_text(&panel->skin, rect.x, y, style_of(panel, 600), HEED_ANCHOR_START,
                         theme->text, panel->letter, 0);
        if (panel->title != NULL) {
            heed_text_wrapped(&panel->skin, rect.x + title_x(panel), y, title_line * em,
                              style_of(panel, 400), theme->text, panel->title, panel->title_width,
                              MOST_TITLE_LINES);
        }
        y = rect.y + 0.62F * em + first_row(panel) - head_room * em;
    }
    for (int side = 0; side < 2 && panel->sides[side] != NULL; side++) {
        heed_widget_text(&panel->skin, number_x(panel, side), y, style_of(panel, 600),
                         HEED_ANCHOR_MIDDLE, theme->text, panel->sides[side]->name, 0);
    }
}

void heed_figure_panel_draw(const struct heed_figure_panel *panel)
{
    draw_heads(panel);
    for (int side = 0; side < 2 && panel->sides[side] != NULL; side++) {
        draw_arcs(panel, side);
    }
    draw_rows(panel);
    if (has_hidden(panel)) {
        draw_hidden(panel);
    }
}

#include "scene/views/compare/candidates.h"

#include <math.h>
#include <stdio.h>

#include "base/array.h"

#include "draw/hit.h"
#include "scene/parts/candidate_words.h"
#include "scene/views/compare/axis.h"
#include "scene/views/compare/ranking.h"
#include "scene/views/compare/tags.h"
#include "scene/widgets/label.h"
#include "scene/widgets/target.h"

float heed_compare_row_pitch(const struct heed_compare *compare, int n)
{
    return (compare->compact ? 22 : n > 2 ? 24 : 28) * compare->s;
}

/* The right ends of A, B and B - A, and where the axis runs; px. */
struct columns {
    float ends[3];
    float left, right;
};

static struct columns place_columns(const struct heed_compare *compare)
{
    const float s = compare->s;
    const struct heed_rect rect = compare->candidates;
    const float end = rect.x + rect.w - compare->pad, step = (compare->compact ? 66 : 72) * s;
    return (struct columns){.ends = {end - 2 * step - 4 * s, end - step - 4 * s, end},
                            .left = rect.x + compare->pad + 92 * s,
                            .right = end - 2 * step - 76 * s};
}

/* --- without a margin --- */

/* What is missing, in a few words. */
static const char *what_to_do(const struct heed_compare *compare)
{
    const struct heed_state *state = compare->frame->state;
    if (state->n_shown == 0 && state->n_candidates > 0) {
        return "No head is shown: click a cell of the head map";
    }
    if (state->n_candidates == 0 || (state->n_candidates == 1 && state->key.count == 0)) {
        return "Mark two words as candidates: Shift+C on each, or Ctrl+click";
    }
    if (state->query.count == 0) {
        return "Pin the word that could mean the candidates";
    }
    return "The pinned word and two candidates must be seen in both texts";
}

static float names_width(const struct heed_compare *compare, struct heed_shown_maps shown)
{
    const struct heed_text_style style = heed_widget_style(&compare->skin, 14, 600);
    float width = 0;
    for (int i = 0; i < shown.n; i++) {
        width += heed_widget_width(&compare->skin, style, shown.items[i].name) +
                 (i > 0 ? 34 : 16) * compare->s;
    }
    return width;
}

void heed_compare_draw_names(const struct heed_compare *compare, float left, float end, float cy)
{
    struct heed_shown_maps shown = heed_shown_collect(compare->frame);
    const float s = compare->s;
    while (shown.n > 0 && names_width(compare, shown) > end - left) {
        shown.n--;
    }
    float x = end - names_width(compare, shown);
    for (int i = 0; i < shown.n; i++) {
        heed_chip_draw(&compare->skin, x, cy, 11, shown.items[i].color, shown.items[i].dashed);
        x += 16 * s;
        x += heed_widget_left(&compare->skin, x, cy, 14, 600, compare->frame->theme->text,
                              shown.items[i].name, 0) +
             18 * s;
    }
}

static void draw_hint(const struct heed_compare *compare)
{
    const struct heed_rect rect = compare->candidates;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, cy = rect.y + rect.h / 2, end = rect.x + rect.w - compare->pad;
    float x = rect.x + compare->pad;
    if (!compare->compact) {
        x +=
            heed_widget_left(&compare->skin, x, cy, 14, 600, theme->text, "Candidates", 0) + 12 * s;
    }
    x += heed_widget_left(&compare->skin, x, cy, 14, 400, theme->muted, what_to_do(compare),
                          fmaxf(end - x, 1)) +
         20 * s;
    if (compare->compact) {
        heed_compare_draw_names(compare, x, end, cy);
    }
}

/* --- with one --- */

/* "weight of animal less weight of street"; returns its width, px. With draw false it only
 * measures. */
static float draw_subject(const struct heed_compare *compare, float x, float cy, bool draw)
{
    struct heed_margin_request requests[2];
    struct heed_skin skin = compare->skin;
    const struct heed_theme *theme = compare->frame->theme;
    char answer[80], other[80];
    heed_compare_find_margins(compare->frame, requests);
    heed_candidates_name(&requests[0], requests[0].answer, answer, sizeof(answer));
    if (requests[0].n == 2) {
        heed_candidates_name(&requests[0], 1 - requests[0].answer, other, sizeof(other));
    } else {
        snprintf(other, sizeof(other), "best of %d", requests[0].n - 1);
    }
    const struct {
        const char *text;
        int weight;
    } parts[] = {{compare->compact ? "" : "weight of ", 400},
                 {answer, 600},
                 {compare->compact ? " less " : " less weight of ", 400},
                 {other, 600}};
    const float from = x;
    for (int i = 0; i < 4; i++) {
        const struct heed_text_style style = heed_widget_style(&skin, 14, parts[i].weight);
        if (draw) {
            heed_widget_text(&skin, x, cy, style, HEED_ANCHOR_START,
                             parts[i].weight == 600 ? theme->text : theme->muted, parts[i].text, 0);
        }
        x += heed_widget_width(&skin, style, parts[i].text);
    }
    return x - from;
}

/* In the title's row: at the right end, or before the columns' titles. */
static float draw_button(const struct heed_compare *compare, float end, float cy)
{
    static const char *const labels[] = {"Show the 3 that move most", "Show 3 that move most",
                                         "Top 3"};
    const float s = compare->s, h = 28 * s;
    const float room = end - compare->candidates.x - compare->pad;
    for (int i = 0; i < 3; i++) {
        const struct heed_text_style style = heed_widget_style(&compare->skin, 14, 500);
        const float w = heed_widget_width(&compare->skin, style, labels[i]) + 26 * s;
        if (w + (compare->compact ? 150 : 330) * s <= room || i == 2) {
            const struct heed_rect rect = {roundf(end - w), roundf(cy - h / 2), w, h};
            heed_widget_button(&compare->skin, rect, HEED_ICON_NONE, labels[i], false, false,
                               heed_command_target(HEED_COMMAND_COMPARE_MOST, 0));
            return rect.x;
        }
    }
    return end;
}

static void draw_title(const struct heed_compare *compare, const struct columns *columns)
{
    static const char *const titles[] = {"A", "B", "B \xE2\x88\x92 A"};
    const struct heed_rect rect = compare->candidates;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, cy = rect.y + (compare->compact ? 22 : 28) * s;
    const float heads_y = compare->compact ? cy : rect.y + 60 * s;
    const float end = compare->compact ? columns->ends[0] - 40 * s : rect.x + rect.w - compare->pad;
    const float button = draw_button(compare, end, cy) - 12 * s;
    float x = rect.x + compare->pad;
    const float width = draw_subject(compare, x, cy, false);
    const float title =
        heed_widget_width(&compare->skin, heed_widget_style(&compare->skin, 14, 600),
                          "Candidates") +
        14 * s;
    if (!compare->compact && x + title + width <= button) {
        heed_widget_left(&compare->skin, x, cy, 14, 600, theme->text, "Candidates", 0);
        x += title;
    }
    if (x + width <= button) {
        draw_subject(compare, x, cy, true);
    } else {
        char text[192];
        heed_candidates_text(compare->frame, text, sizeof(text));
        heed_widget_left(&compare->skin, x, cy, 14, 600, theme->text, text, fmaxf(button - x, 1));
    }
    for (int i = 0; i < 3; i++) {
        const float w = heed_widget_right(&compare->skin, columns->ends[i], heads_y, 13, 400,
                                          theme->muted, titles[i], 0);
        if (i < 2) {
            heed_compare_dot(compare, columns->ends[i] - w - 12 * s, heads_y, i == 0, theme->muted);
        }
    }
}

/* A head that B lacks has no margin there. */
static void put_signed(char *text, size_t size, float value)
{
    if (isnan(value)) {
        snprintf(text, size, "\xE2\x80\x93");
    } else {
        heed_format_signed(text, size, (double)value);
    }
}

static void draw_change(const struct heed_compare *compare, float end, float cy, float change,
                        float limit)
{
    const float s = compare->s;
    const struct heed_color fill =
        heed_palette_color(heed_palette_get(compare->frame->state->theme, HEED_PALETTE_DIFFERENCE),
                           0.5F + 0.5F * change / limit);
    char text[32];
    put_signed(text, sizeof(text), change);
    if (isnan(change)) {
        heed_widget_right(&compare->skin, end, cy, 14, 400, compare->frame->theme->muted, text, 0);
        return;
    }
    heed_list_fill(compare->skin.list,
                   (struct heed_rect){end - 60 * s, cy - 11 * s, 68 * s, 22 * s}, 3 * s, fill);
    heed_widget_right(&compare->skin, end, cy, 14, 600, heed_color_on(fill), text, 0);
}

static void draw_row(const struct heed_compare_axis *axis, const struct columns *columns,
                     const struct heed_compared_head *head, float cy, float limit)
{
    const struct heed_compare *compare = axis->compare;
    const struct heed_skin *skin = &compare->skin;
    const struct heed_theme *theme = compare->frame->theme;
    const float s = compare->s, x = compare->candidates.x + compare->pad;
    const float numbers[] = {head->a, head->b};
    char text[32];
    int index = 0;
    heed_state_shows(compare->frame->state, head->id, &index);
    const struct heed_target target = {
        .kind = HEED_TARGET_HEAD, .flags = 1, .a = head->id.layer, .b = head->id.head};
    const float pitch = heed_compare_row_pitch(compare, compare->n_rows);
    const struct heed_rect row = {x - 8 * s, cy - pitch / 2, columns->ends[2] - x + 16 * s, pitch};
    skin->list->target = target;
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, row, 6 * s, theme->hover);
    }
    heed_chip_of(skin, x, cy, 14, compare->frame->state->shown[index].color);
    heed_head_name(head->id, text, sizeof(text));
    heed_widget_left(skin, x + 22 * s, cy, 15, 600, theme->text, text, 0);
    if (axis->right - axis->left >= 80 * s && !isnan(head->change)) {
        heed_compare_axis_pair(axis, head, true, cy,
                               heed_frame_head_color(compare->frame, head->id, theme->muted));
    }
    for (int i = 0; i < 2; i++) {
        put_signed(text, sizeof(text), numbers[i]);
        heed_widget_right(skin, columns->ends[i], cy, 14, 400, theme->text, text, 0);
    }
    draw_change(compare, columns->ends[2], cy, head->change, limit);
    heed_list_hotspot(skin->list, row);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, heed_rect_grow(row, -2 * s), target, 0, 4 * s);
}

static int by_change(const void *left, const void *right)
{
    const struct heed_compared_head *a = left, *b = right;
    const float x = isnan(a->change) ? -1 : fabsf(a->change);
    const float y = isnan(b->change) ? -1 : fabsf(b->change);
    return x != y ? (x < y ? 1 : -1) : a->id.layer - b->id.layer;
}

/* The shown heads; where not all have room those that move most. */
static struct heed_compared_head *find_rows(const struct heed_compare *compare)
{
    const struct heed_state *state = compare->frame->state;
    struct heed_list *list = compare->frame->list;
    struct heed_compared_head *rows =
        heed_arena_zeroed(&list->arena, (size_t)state->n_shown + 1, sizeof(*rows));
    if (rows == NULL) {
        list->failed = true;
        return NULL;
    }
    int n = 0;
    for (int i = 0; i < state->n_shown; i++) {
        const struct heed_head_id id = state->shown[i].id;
        if (id.layer < compare->maps_a->n_layers && id.head < compare->maps_a->n_heads) {
            rows[n++] = heed_compare_head(compare->frame, HEED_COMPARE_BY_MARGIN, id);
        }
    }
    if (n > compare->n_rows) {
        heed_sort(rows, (size_t)n, sizeof(*rows), by_change);
    }
    return n >= compare->n_rows ? rows : NULL;
}

void heed_compare_draw_candidates(const struct heed_compare *compare)
{
    const struct heed_rect rect = compare->candidates;
    const float s = compare->s;
    if (compare->n_rows == 0) {
        draw_hint(compare);
        return;
    }
    const struct columns columns = place_columns(compare);
    const struct heed_compared_head *rows = find_rows(compare);
    if (rows == NULL) {
        return;
    }
    const float pitch = heed_compare_row_pitch(compare, compare->n_rows);
    const float top = rect.y + (compare->compact ? 38 : 72) * s;
    const struct heed_compare_axis axis =
        heed_compare_axis_of(compare, rows, compare->n_rows, columns.left, columns.right);
    float limit = 0.1F;
    for (int i = 0; i < compare->n_rows; i++) {
        limit = fmaxf(limit, fabsf(rows[i].change));
    }
    draw_title(compare, &columns);
    if (axis.right - axis.left >= 80 * s) {
        heed_compare_axis_draw(&axis, top, top + (float)compare->n_rows * pitch,
                               compare->compact ? 0 : rect.y + 60 * s);
    }
    for (int i = 0; i < compare->n_rows; i++) {
        draw_row(&axis, &columns, &rows[i], top + ((float)i + 0.5F) * pitch, limit);
    }
}

#include "scene/inspector/candidates.h"

#include <math.h>
#include <stdio.h>

#include "scene/inspector/parts.h"
#include "scene/parts/candidate_words.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

enum { BLOCK = 3, MOST_BLOCKS = 4, TOP = 8 };

/* --- the candidates in the shown heads --- */

struct block {
    struct heed_head_id ids[BLOCK];
    double weights[BLOCK][HEED_MARGIN_MOST_KEYS];
    int n;
};

static float end_of(const struct heed_column *column, int i, int n)
{
    return column->x + column->width - (float)(n - 1 - i) * 70 * column->s;
}

static void block_heads(struct heed_column *column, const struct block *block)
{
    const struct heed_frame *frame = column->frame;
    const float s = column->s, cy = column->y + 14 * s;
    for (int i = 0; i < block->n; i++) {
        char name[24];
        int index = 0;
        heed_head_name(block->ids[i], name, sizeof(name));
        heed_state_shows(frame->state, block->ids[i], &index);
        const int slot = frame->state->shown[index].color;
        const float end = end_of(column, i, block->n);
        const float width =
            heed_widget_right(column->skin, end, cy, 14, 600, column->skin->theme->text, name, 0);
        heed_chip_of(column->skin, end - width - 15 * s, cy, 11, slot);
    }
    column->y += 30 * s;
}

static void block_row(struct heed_column *column, const struct block *block,
                      const struct heed_margin_request *request, int key)
{
    const struct heed_theme *theme = column->skin->theme;
    const float s = column->s, cy = column->y + 12 * s;
    const bool answer = key == request->answer;
    char text[96];
    heed_candidates_name(request, key, text, sizeof(text));
    heed_widget_left(column->skin, column->x, cy, 14, answer ? 600 : 400, theme->text, text,
                     column->width - (float)block->n * 70 * s);
    for (int i = 0; i < block->n; i++) {
        heed_format_number(text, sizeof(text), block->weights[i][key], 3);
        heed_widget_right(column->skin, end_of(column, i, block->n), cy, 14, answer ? 600 : 400,
                          theme->text, text, 0);
    }
    column->y += 24 * s;
}

static void block_margins(struct heed_column *column, const struct block *block,
                          const struct heed_margin_request *request)
{
    const struct heed_theme *theme = column->skin->theme;
    const float s = column->s, cy = column->y + 14 * s;
    heed_list_fill(
        column->skin->list,
        (struct heed_rect){column->x, roundf(column->y), column->width, column->skin->hairline}, 0,
        theme->strong_border);
    heed_term_left(column->skin, column->x, cy, 14, 400, theme->muted, "Margin", 0);
    for (int i = 0; i < block->n; i++) {
        char text[32];
        const float margin = (float)heed_margin_of(block->weights[i], request->n, request->answer);
        heed_format_signed(text, sizeof(text), (double)margin);
        heed_widget_right(column->skin, end_of(column, i, block->n), cy, 14, 600, theme->text, text,
                          0);
    }
    column->y += 32 * s;
}

/* Up to BLOCK shown heads from *at on; false at the end. */
static bool next_block(const struct heed_frame *frame, const struct heed_margin_request *request,
                       int *at, struct block *block)
{
    block->n = 0;
    for (; *at < frame->state->n_shown && block->n < BLOCK; (*at)++) {
        const struct heed_head_id id = frame->state->shown[*at].id;
        if (id.layer < request->maps->n_layers && id.head < request->maps->n_heads) {
            block->ids[block->n] = id;
            heed_margin_weigh(block->weights[block->n++], request, id.layer, id.head);
        }
    }
    return block->n > 0;
}

static void draw_shown(struct heed_column *column, const struct heed_margin_request *request)
{
    const struct heed_frame *frame = column->frame;
    char from[64], explanation[96], note[48] = "";
    const struct heed_unit_range query = request->query;
    heed_units_text(request->maps, (struct heed_range){query.first, query.count}, from,
                    sizeof(from));
    snprintf(explanation, sizeof(explanation), "from %s", from);
    if (frame->state->n_shown > BLOCK * MOST_BLOCKS) {
        snprintf(note, sizeof(note), "first %d of %d", BLOCK * MOST_BLOCKS, frame->state->n_shown);
    }
    heed_column_title(column, "Candidates", explanation, note);
    struct block block;
    int at = 0;
    for (int b = 0; b < MOST_BLOCKS && next_block(frame, request, &at, &block); b++) {
        block_heads(column, &block);
        for (int key = 0; key < request->n; key++) {
            block_row(column, &block, request, key);
        }
        block_margins(column, &block, request);
    }
    if (frame->state->n_shown == 0) {
        heed_widget_left(column->skin, column->x, column->y + 10 * column->s, 13, 400,
                         column->skin->theme->muted, "No head is shown: the ranking has them all.",
                         column->width);
        column->y += 30 * column->s;
    }
}

/* --- all heads --- */

struct ranking {
    const struct heed_margin_request *request;
    bool by_margin;
    float name, weight, share, other, margin; /* left, then right ends, px */
};

static struct ranking place_columns(const struct heed_column *column,
                                    const struct heed_margin_request *request)
{
    const float s = column->s, end = column->x + column->width;
    const bool margin = request->n > 1;
    return (struct ranking){.request = request,
                            .name = column->x + 28 * s,
                            .weight = end - (margin ? 156 : 100) * s,
                            .share = end - (margin ? 110 : 46) * s,
                            .other = end - (margin ? 61 : 0) * s,
                            .margin = end};
}

/* The heading of a column that the list can be ordered by. */
static void sort_heading(struct heed_column *column, float end, float cy, const char *text,
                         enum heed_color_by by, bool chosen)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s;
    const struct heed_target target = heed_command_target(HEED_COMMAND_COLOR_BY, (int)by + 1);
    const bool hot = heed_target_equal(skin->hot, target);
    const struct heed_text_style style = heed_widget_style(skin, 13, chosen ? 600 : 400);
    const float width = heed_widget_width(skin, style, text);
    const struct heed_rect spot = {end - width - 4 * s, cy - 12 * s, width + 8 * s, 24 * s};
    skin->list->target = target;
    if (hot) {
        heed_list_fill(skin->list, spot, 6 * s, skin->theme->hover);
    }
    heed_widget_text(skin, end, cy, style, HEED_ANCHOR_END,
                     chosen || hot ? skin->theme->text : skin->theme->muted, text, 0);
    heed_list_hotspot(skin->list, spot);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(
        skin, (struct heed_rect){spot.x + 3 * s, spot.y + 4 * s, spot.w - 6 * s, spot.h - 8 * s},
        target, 0, 2 * s);
}

/* Between "share" and "margin": smaller before it is cut. */
static void other_heading(const struct heed_column *column, float end, float cy, const char *text)
{
    const float room = 45 * column->s;
    float size = 13;
    while (size > 11 && heed_widget_width(column->skin, heed_widget_style(column->skin, size, 400),
                                          text) > room) {
        size -= 0.5F;
    }
    heed_widget_right(column->skin, end, cy, size, 400, column->skin->theme->muted, text, room);
}

static void draw_headings(struct heed_column *column, const struct ranking *ranking)
{
    const struct heed_margin_request *request = ranking->request;
    const struct heed_theme *theme = column->skin->theme;
    const float cy = column->y + 10 * column->s;
    heed_term_left(column->skin, ranking->name, cy, 13, 400, theme->muted, "head", 0);
    heed_term_right(column->skin, ranking->share, cy, 13, 400, theme->muted, "share", 0);
    if (request->n > 1) {
        char other[64] = "best other";
        if (request->n == 2) {
            heed_candidates_name(request, 1 - request->answer, other, sizeof(other));
        }
        sort_heading(column, ranking->weight, cy, "weight", HEED_COLOR_BY_LINK,
                     !ranking->by_margin);
        other_heading(column, ranking->other, cy, request->n == 2 ? other : "other");
        sort_heading(column, ranking->margin, cy, "margin", HEED_COLOR_BY_MARGIN,
                     ranking->by_margin);
    } else {
        heed_term_right(column->skin, ranking->weight, cy, 13, 600, theme->text, "weight", 0);
        heed_term_right(column->skin, ranking->other, cy, 13, 400, theme->muted, "in row", 0);
    }
    column->y += 24 * column->s;
}

/* The answer's place among the units of its row. */
static int place_in_row(const struct heed_margin_request *request,
                        const struct heed_margin_head *head)
{
    const struct heed_unit_range key = request->keys[request->answer];
    int place = 1;
    for (int i = 0; i < request->maps->n; i++) {
        const struct heed_unit_range unit = {i, 1};
        place += (i < key.first || i >= key.first + key.count) &&
                 heed_rank_link_weight(request->maps, head->layer, head->head, request->query,
                                       unit) > head->weight;
    }
    return place;
}

static void row_numbers(const struct heed_column *column, const struct ranking *ranking,
                        const struct heed_margin_head *head, float cy)
{
    const struct heed_theme *theme = column->skin->theme;
    const bool margin = ranking->request->n > 1;
    char text[32];
    heed_format_number(text, sizeof(text), (double)head->weight, 3);
    heed_widget_right(column->skin, ranking->weight, cy, 14, ranking->by_margin ? 400 : 600,
                      theme->text, text, 0);
    snprintf(text, sizeof(text), "%.0f %%",
             head->row > 0 ? 100 * (double)(head->weight / head->row) : 0.0);
    heed_widget_right(column->skin, ranking->share, cy, 14, 400, theme->muted, text, 0);
    if (!margin) {
        snprintf(text, sizeof(text), "%d.", place_in_row(ranking->request, head));
        heed_widget_right(column->skin, ranking->other, cy, 14, 400, theme->muted, text, 0);
        return;
    }
    heed_format_number(text, sizeof(text), (double)head->other, 3);
    heed_widget_right(column->skin, ranking->other, cy, 14, 400, theme->text, text, 0);
    heed_format_signed(text, sizeof(text), (double)head->margin);
    heed_widget_right(column->skin, ranking->margin, cy, 14, ranking->by_margin ? 600 : 400,
                      theme->text, text, 0);
}

static void draw_row(struct heed_column *column, const struct ranking *ranking,
                     const struct heed_margin_head *head, int place)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 12 * s;
    const struct heed_head_id id = {(int16_t)head->layer, (int16_t)head->head};
    const struct heed_target target = {
        .kind = HEED_TARGET_HEAD, .flags = HEED_TARGET_FLAG_RANKED, .a = id.layer, .b = id.head};
    const struct heed_rect spot = {column->x - 6 * s, column->y, column->width + 12 * s, 24 * s};
    char name[24], number[16];
    int index = 0;
    const bool shown = heed_state_shows(frame->state, id, &index);
    heed_head_name(id, name, sizeof(name));
    snprintf(number, sizeof(number), "%d", place);
    skin->list->target = target;
    if (heed_target_equal(skin->hot, target)) {
        heed_list_fill(skin->list, spot, 6 * s, skin->theme->hover);
    }
    heed_widget_right(column->skin, column->x + 16 * s, cy, 13, 400, skin->theme->muted, number, 0);
    if (shown) {
        const int slot = frame->state->shown[index].color;
        heed_chip_of(skin, ranking->name, cy, 11, slot);
    }
    heed_widget_left(column->skin, ranking->name + 16 * s, cy, 14, shown ? 600 : 400,
                     skin->theme->text, name, 0);
    row_numbers(column, ranking, head, cy);
    heed_list_hotspot(skin->list, spot);
    skin->list->target = (struct heed_target){0};
    heed_widget_ring(skin, spot, target, 4 * s, 2 * s);
}

static void draw_more(struct heed_column *column, int n, bool all)
{
    const float s = column->s;
    char label[64];
    snprintf(label, sizeof(label), all ? "First %d heads" : "All %d heads", all ? (int)TOP : n);
    heed_widget_button(
        column->skin,
        (struct heed_rect){column->x, roundf(column->y + 6 * s), column->width, 30 * s},
        HEED_ICON_NONE, label, false, false,
        heed_command_target(HEED_COMMAND_RANK_ALL, HEED_RANKING_INSPECTOR));
    column->y += 48 * s;
}

static void ranking_title(struct heed_column *column, const struct ranking *ranking)
{
    const struct heed_margin_request *request = ranking->request;
    const struct heed_unit_range query = request->query;
    char from[48], to[48], explanation[128];
    heed_units_text(request->maps, (struct heed_range){query.first, query.count}, from,
                    sizeof(from));
    heed_candidates_name(request, request->answer, to, sizeof(to));
    snprintf(explanation, sizeof(explanation), "for %s \xE2\x86\x92 %s", from, to);
    heed_column_title(column, "Heads ranked", explanation, NULL);
}

static void draw_ranking(struct heed_column *column, const struct heed_margin_request *request)
{
    struct heed_arena *arena = &column->skin->list->arena;
    const int n = request->maps->n_layers * request->maps->n_heads;
    struct heed_margin_head *heads = heed_arena_alloc(arena, (size_t)n * sizeof(*heads));
    if (heads == NULL) {
        column->skin->list->failed = true;
        return;
    }
    struct ranking ranking = place_columns(column, request);
    ranking.by_margin = request->n > 1 && column->frame->state->color_by != HEED_COLOR_BY_LINK;
    heed_margin_heads(heads, request,
                      ranking.by_margin ? HEED_MARGIN_BY_MARGIN : HEED_MARGIN_BY_WEIGHT);
    ranking_title(column, &ranking);
    draw_headings(column, &ranking);
    const bool all = heed_frame_unfolds(column->frame, HEED_RANKING_INSPECTOR) || n <= TOP;
    for (int i = 0; i < (all ? n : TOP); i++) {
        if (heed_column_sees(column, 24 * column->s)) {
            draw_row(column, &ranking, &heads[i], i + 1);
        }
        column->y += 24 * column->s;
    }
    if (n > TOP) {
        draw_more(column, n, all);
    }
}

/* --- by layer --- */

struct axis {
    float x, w, limit;
};

static float along(const struct axis *axis, float value)
{
    return axis->x + axis->w * (0.5F + 0.5F * value / axis->limit);
}

/* The layer's heads as a span, their mean as a bar from zero, the best as a ring. */
static void draw_layer(struct heed_column *column, const struct axis *axis,
                       const struct heed_margin_layer *it, int layer)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const struct heed_palette *palette =
        heed_palette_get(column->frame->state->theme, HEED_PALETTE_DIFFERENCE);
    const float s = column->s, cy = roundf(column->y + 11 * s);
    const float zero = along(axis, 0), mean = along(axis, it->mean);
    char text[32];
    snprintf(text, sizeof(text), "L%d", layer);
    heed_widget_left(column->skin, column->x, cy, 13, 400, theme->muted, text, 0);
    heed_list_fill(
        skin->list,
        (struct heed_rect){fminf(zero, mean), cy - 4 * s, fmaxf(fabsf(mean - zero), 1), 8 * s}, 0,
        palette->stops[it->mean < 0 ? 1 : 7]);
    heed_list_stroke(skin->list, along(axis, it->least), cy, along(axis, it->best), cy,
                     skin->hairline, theme->muted);
    heed_list_box(skin->list,
                  (struct heed_rect){along(axis, it->best) - 4 * s, cy - 4 * s, 8 * s, 8 * s},
                  4 * s, theme->panel, 1.75F * s, theme->text);
    heed_format_signed(text, sizeof(text), (double)it->mean);
    heed_widget_right(column->skin, column->x + column->width - 92 * s, cy, 13, 400, theme->text,
                      text, 0);
    heed_format_signed(text, sizeof(text), (double)it->best);
    heed_widget_right(column->skin, column->x + column->width - 36 * s, cy, 13, 600, theme->text,
                      text, 0);
    snprintf(text, sizeof(text), "H%d", it->best_head);
    heed_widget_right(column->skin, column->x + column->width, cy, 13, 400, theme->muted, text, 0);
    column->y += 22 * s;
}

static void axis_ends(struct heed_column *column, const struct axis *axis)
{
    const struct heed_theme *theme = column->skin->theme;
    const float cy = column->y + 9 * column->s;
    char text[32];
    heed_format_number(text, sizeof(text), (double)-axis->limit, 2);
    heed_widget_middle(column->skin, axis->x, cy, 12, 400, theme->muted, text, 0);
    heed_widget_middle(column->skin, along(axis, 0), cy, 12, 400, theme->muted, "0", 0);
    heed_format_number(text, sizeof(text), (double)axis->limit, 2);
    heed_widget_middle(column->skin, axis->x + axis->w, cy, 12, 400, theme->muted, text, 0);
    column->y += 28 * column->s;
}

static void layer_headings(struct heed_column *column)
{
    const struct heed_theme *theme = column->skin->theme;
    const float s = column->s, cy = column->y + 8 * s;
    const float end = column->x + column->width;
    heed_term_right(column->skin, end - 92 * s, cy, 12, 400, theme->muted, "mean", 0);
    heed_term_right(column->skin, end - 36 * s, cy, 12, 400, theme->muted, "best", 0);
    column->y += 20 * s;
}

static void draw_layers(struct heed_column *column, const struct heed_margin_request *request)
{
    struct heed_arena *arena = &column->skin->list->arena;
    const struct heed_maps *maps = request->maps;
    const size_t n = (size_t)maps->n_layers * (size_t)maps->n_heads;
    struct heed_margin_head *heads = heed_arena_alloc(arena, n * sizeof(*heads));
    struct heed_margin_layer *layers =
        heed_arena_alloc(arena, (size_t)maps->n_layers * sizeof(*layers));
    if (heads == NULL || layers == NULL) {
        column->skin->list->failed = true;
        return;
    }
    heed_margin_heads(heads, request, HEED_MARGIN_BY_PLACE);
    heed_margin_layers(layers, heads, maps->n_layers, maps->n_heads);
    struct axis axis = {column->x + 40 * column->s, column->width - 200 * column->s, 0.01F};
    for (int i = 0; i < maps->n_layers; i++) {
        axis.limit = fmaxf(axis.limit, fmaxf(layers[i].best, -layers[i].least));
    }
    heed_column_title(column, "Margin by layer", "bar: mean, ring: best head", NULL);
    layer_headings(column);
    const float top = column->y;
    heed_list_stroke(column->skin->list, roundf(along(&axis, 0)), top, roundf(along(&axis, 0)),
                     top + (float)maps->n_layers * 22 * column->s, column->skin->hairline,
                     column->skin->theme->strong_border);
    for (int i = 0; i < maps->n_layers; i++) {
        draw_layer(column, &axis, &layers[i], i);
    }
    axis_ends(column, &axis);
}

/* --- all of it --- */

static void draw_hint(struct heed_column *column)
{
    const struct heed_state *state = column->frame->state;
    char note[48];
    snprintf(note, sizeof(note), "%d marked", state->n_candidates);
    heed_column_title(column, "Candidates", NULL, note);
    heed_column_prose(
        column, (struct heed_prose){14, 19, 6, 12, 4},
        state->query.count == 0
            ? "Pin the word that could mean them, as a query, to see what it gives to each and the "
              "margin between them."
            : "Mark at least two that no filter hides to see the margin between them.");
    heed_column_separator(column);
}

void heed_inspector_candidates(struct heed_column *column)
{
    const struct heed_frame *frame = column->frame;
    struct heed_margin_request request;
    const bool found = heed_candidates_find(frame, &request);
    if (frame->state->n_candidates > 0 && (!found || request.n < 2)) {
        draw_hint(column);
    }
    char why[320];
    if (heed_candidates_explain(frame, why, sizeof(why))) {
        heed_column_title(column, found ? "Left out" : "Heads ranked", NULL, NULL);
        heed_column_prose(column, (struct heed_prose){14, 19, 4, 12, 4}, why);
        heed_column_separator(column);
    }
    if (!found) {
        return;
    }
    if (request.n > 1) {
        draw_shown(column, &request);
        heed_column_separator(column);
    }
    draw_ranking(column, &request);
    heed_column_separator(column);
    if (request.n > 1) {
        draw_layers(column, &request);
        heed_column_separator(column);
    }
}

#include "scene/inspector/head_marks.h"

#include <math.h>
#include <stdio.h>

#include "state/interventions.h"

/* A broken line on a bright ground: a link is cut. */
static void draw_cut_mark(const struct heed_skin *skin, float cx, float cy, float s)
{
    const struct heed_theme *theme = skin->theme;
    heed_list_fill(skin->list, (struct heed_rect){cx - 6 * s, cy - 3 * s, 12 * s, 6 * s}, 2 * s,
                   theme->raised);
    for (int side = -1; side <= 1; side += 2) {
        heed_list_stroke(skin->list, cx + (float)side * 1.5F * s, cy, cx + (float)side * 4.5F * s,
                         cy, 1.5F * s, theme->text);
    }
}

/* A triangle on a bright ground: the output is more, or less. */
static void draw_scale_mark(const struct heed_skin *skin, float cx, float cy, float s, bool more)
{
    const struct heed_theme *theme = skin->theme;
    const float up = more ? 1 : -1;
    heed_list_fill(skin->list, (struct heed_rect){cx - 5 * s, cy - 4 * s, 10 * s, 8 * s}, 2 * s,
                   theme->raised);
    heed_list_triangle(skin->list, (struct heed_item_triangle){cx - 3.5F * s, cy + up * 2.5F * s,
                                                               cx + 3.5F * s, cy + up * 2.5F * s,
                                                               cx, cy - up * 3 * s, theme->text});
}

static void draw_muted_mark(const struct heed_skin *skin, struct heed_rect rect)
{
    const float s = skin->scale;
    heed_list_line(skin->list,
                   (struct heed_item_line){
                       rect.x + 3 * s,
                       rect.y + rect.h - 3 * s,
                       rect.x + rect.w - 3 * s,
                       rect.y + 3 * s,
                       {.width = 1.5F * s, .color = skin->theme->text, .round_caps = true}});
}

/* What is off in a head: above its scale, below its links. */
void heed_head_marks_draw(const struct heed_skin *skin, const struct heed_state *state,
                          struct heed_head_id id, struct heed_rect rect)
{
    const float factor = heed_state_factor(state, id);
    const bool cut = heed_state_count_cuts(state, id) > 0;
    const bool scaled = factor != 0 && factor != 1;
    const float cx = rect.x + rect.w / 2, cy = rect.y + rect.h / 2;
    const float apart = cut && scaled ? rect.h / 4 : 0;
    const float s = fminf(skin->scale, rect.w / 14); /* smaller in small cells */
    if (factor == 0) {
        draw_muted_mark(skin, rect);
    }
    if (scaled) {
        draw_scale_mark(skin, cx, cy - apart, s, factor > 1);
    }
    if (cut) {
        draw_cut_mark(skin, cx, factor == 0 ? rect.y + rect.h - 3 * s : cy + apart, s);
    }
}

static bool is_changed(const struct heed_state *state, struct heed_head_id id)
{
    return heed_state_factor(state, id) != 1 || heed_state_count_cuts(state, id) > 0;
}

void heed_head_marks_badge(const struct heed_skin *skin, const struct heed_state *state,
                           struct heed_head_id id, struct heed_rect picture)
{
    const float side = fminf(18 * skin->scale, floorf(fminf(picture.w, picture.h) / 2));
    const struct heed_rect badge = {picture.x + picture.w - side, picture.y, side, side};
    if (!is_changed(state, id)) {
        return;
    }
    heed_list_box(skin->list, badge, 3 * skin->scale, skin->theme->raised, skin->hairline,
                  skin->theme->border);
    heed_head_marks_draw(skin, state, id, badge);
}

int heed_head_marks_count(const struct heed_state *state, const struct heed_maps *maps)
{
    int count = 0;
    for (int i = 0; i < maps->n_layers * maps->n_heads; i++) {
        const struct heed_head_id id = {(int16_t)(i / maps->n_heads), (int16_t)(i % maps->n_heads)};
        count += is_changed(state, id);
    }
    return count;
}

/* One mark and its word; returns what they take. */
static float legend_item(const struct heed_skin *skin, float x, float cy, int mark,
                         const char *word)
{
    const float s = skin->scale;
    const struct heed_rect cell = {x, roundf(cy - 6 * s), 12 * s, 12 * s};
    if (mark == 0) {
        heed_list_box(skin->list, cell, 3 * s, skin->theme->raised, skin->hairline,
                      skin->theme->border);
        draw_muted_mark(skin, cell);
    } else if (mark == 1) {
        draw_scale_mark(skin, x + 6 * s, cy, s, true);
    } else {
        draw_cut_mark(skin, x + 6 * s, cy, s);
    }
    return 18 * s + heed_widget_left(skin, x + 18 * s, cy, 12, 400, skin->theme->muted, word, 0);
}

void heed_head_marks_legend(struct heed_column *column)
{
    const struct heed_state *state = column->frame->state;
    const float s = column->s;
    float cy = column->y + 8 * s;
    const struct heed_head_id every_head = {-1, -1};
    const int everywhere = heed_state_count_cuts(state, every_head);
    const int counts[] = {state->n_muted, state->n_scaled, state->n_cuts - everywhere};
    static const char *const words[] = {"muted", "scaled", "link cut"};
    float x = column->x;
    if (everywhere > 0) {
        char text[64];
        snprintf(text, sizeof(text), "%d link%s cut in every head", everywhere,
                 everywhere == 1 ? "" : "s");
        heed_widget_left(column->skin, x, cy, 12, 400, column->skin->theme->muted, text,
                         column->width);
        column->y += 20 * s;
        cy += 20 * s;
    }
    for (int i = 0; i < 3; i++) {
        if (counts[i] > 0) {
            x += legend_item(column->skin, x, cy, i, words[i]) + 14 * s;
        }
    }
    if (x > column->x) {
        column->y += 24 * s;
    }
}

#include "scene/views/stack/inspector.h"

#include <math.h>
#include <stdio.h>

#include "scene/inspector/inspector.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/stack/parts.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

enum { MOST_TOKENS = 8 };

static void header(struct heed_column *column, const struct heed_stack *stack)
{
    const struct heed_unit unit = heed_neuron_unit(
        &column->skin->list->arena, heed_frame_get_maps(column->frame), stack->token);
    char text[48];
    if (stack->page == 0) {
        snprintf(text, sizeof(text), "as it goes in");
    } else if (stack->page <= stack->n_layers) {
        snprintf(text, sizeof(text), "through layer %d", stack->page - 1);
    } else {
        snprintf(text, sizeof(text), "as it comes out");
    }
    heed_inspector_token_header(column, &unit, false, text);
}

/* Where the bar begins and how much room the number takes, logical px. */
struct row_look {
    float bar, number;
    struct heed_color color;
    bool strong;
};

static void bar_row(struct heed_column *column, struct row_look look, const char *name,
                    double value, int decimals)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 13 * s;
    if (heed_column_sees(column, 26 * s)) {
        const struct heed_rect track = {column->x + look.bar * s, roundf(cy - 6 * s),
                                        column->width - (look.bar + look.number) * s, 12 * s};
        heed_widget_left(skin, column->x, cy, 15, look.strong ? 600 : 400, skin->theme->text, name,
                         (look.bar - 6) * s);
        heed_widget_bar(skin, track, track.w * (float)fmin(fmax(value, 0), 1), look.color);
        heed_widget_number(skin, column->x + column->width, cy, 15, look.strong ? 600 : 400,
                           skin->theme->text, value, decimals);
    }
    column->y += 26 * s;
}

static void end_section(struct heed_column *column)
{
    column->y += 10 * column->s;
    heed_column_separator(column);
}

static void attention_row(struct heed_column *column, const struct heed_stack *stack, int head)
{
    const struct heed_frame *frame = column->frame;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    const struct heed_skin *skin = column->skin;
    const float s = column->s;
    const float *row = stack->weights + (size_t)head * (size_t)stack->n_tokens;
    const struct heed_head_id id = {(int16_t)(stack->page - 1), (int16_t)head};
    int best = 0;
    for (int t = 1; t < stack->n_tokens; t++) {
        best = row[t] > row[best] ? t : best;
    }
    const bool shown = heed_state_shows(frame->state, id, NULL);
    const struct row_look look = {148, 56, heed_frame_head_color(frame, id, skin->theme->faint),
                                  shown};
    char name[24];
    heed_head_name(id, name, sizeof(name));
    if (heed_column_sees(column, 26 * s)) {
        const struct heed_unit unit = heed_neuron_unit(&skin->list->arena, maps, best);
        heed_token_draw(skin, column->x + 66 * s, column->y + 13 * s,
                        heed_widget_style(skin, 15, shown ? 600 : 400), HEED_ANCHOR_START,
                        skin->theme->text, &unit, 76 * s);
        heed_list_spot(skin->list, (struct heed_rect){column->x, column->y, column->width, 26 * s},
                       (struct heed_target){.kind = HEED_TARGET_HEAD, .a = id.layer, .b = id.head});
    }
    bar_row(column, look, name, (double)row[best], 3);
}

static void draw_layer(struct heed_column *column, const struct heed_stack *stack)
{
    const struct heed_color ink = column->skin->theme->ink;
    heed_column_title(column, "Attention", "strongest key per head", NULL);
    for (int head = 0; head < stack->n_heads; head++) {
        attention_row(column, stack, head);
    }
    end_section(column);
    const struct row_look change = {148, 56, ink, false};
    heed_column_title(column, "Change", "cosine to the layer\xE2\x80\x99s input", NULL);
    if (stack->model == NULL) {
        bar_row(column, change, "its output", stack->output_cosine, 3);
        end_section(column);
        return;
    }
    bar_row(column, change, "after attention", stack->attention_cosine, 3);
    bar_row(column, change, "after feed-forward", stack->output_cosine, 3);
    end_section(column);
    heed_column_title(column, "Shares", "norm added to the residual", NULL);
    bar_row(column, change, "attention", stack->attention_share, 2);
    bar_row(column, change, "feed-forward", stack->inner_share, 2);
    end_section(column);
}

/* One line of the table: layer, to the input, to the others, the closest. */
static void likeness_row(struct heed_column *column, const struct heed_stack *stack, int layer)
{
    const struct heed_skin *skin = column->skin;
    const struct heed_theme *theme = skin->theme;
    const float s = column->s, cy = column->y + 12 * s;
    const struct heed_stack_likeness *it = &stack->likeness[layer];
    const bool own = layer == (stack->page > 0 ? stack->page - 1 : 0);
    const struct heed_text_style style = heed_widget_style(skin, 14, own ? 600 : 400);
    char text[32];
    if (heed_column_sees(column, 24 * s)) {
        if (layer < stack->n_layers) {
            snprintf(text, sizeof(text), "into %d", layer);
        } else {
            snprintf(text, sizeof(text), "output");
        }
        heed_widget_text(skin, column->x, cy, style, HEED_ANCHOR_START,
                         own ? theme->text : theme->muted, text, 54 * s);
        heed_widget_number(skin, column->x + 104 * s, cy, 14, own ? 600 : 400, theme->text,
                           (double)it->input, 3);
        heed_widget_number(skin, column->x + 160 * s, cy, 14, own ? 600 : 400, theme->text,
                           (double)it->others, 3);
        if (it->closest >= 0) {
            const struct heed_unit unit = heed_neuron_unit(
                &skin->list->arena, heed_frame_get_maps(column->frame), it->closest);
            heed_widget_number(skin, column->x + column->width, cy, 14, own ? 600 : 400,
                               theme->text, (double)it->closest_cosine, 3);
            heed_token_draw(skin, column->x + 176 * s, cy, style, HEED_ANCHOR_START, theme->text,
                            &unit, fmaxf(column->width - 228 * s, 20 * s));
        }
    }
    column->y += 24 * s;
}

static void draw_likeness(struct heed_column *column, const struct heed_stack *stack)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 44 * s;
    const struct heed_color muted = skin->theme->muted;
    heed_column_title(column, "Similarity", "cosine of its state, by layer", NULL);
    heed_term_right(skin, column->x + 104 * s, cy, 13, 400, muted, "to start", 0);
    heed_term_right(skin, column->x + 160 * s, cy, 13, 400, muted, "others", 0);
    heed_term_left(skin, column->x + 176 * s, cy, 13, 400, muted, "most like", 0);
    column->y += 20 * s;
    for (int layer = 0; layer <= stack->n_layers; layer++) {
        likeness_row(column, stack, layer);
    }
    end_section(column);
}

static void draw_pooled(struct heed_column *column, const struct heed_stack *stack)
{
    const struct heed_maps *maps = heed_frame_get_maps(column->frame);
    const struct heed_skin *skin = column->skin;
    int top[MOST_TOKENS];
    const int count =
        heed_inspector_top(stack->to_pooled, stack->n_tokens, false, top, MOST_TOKENS);
    heed_column_title(column, "Sentence", "tokens most like its vector", NULL);
    for (int i = 0; i < count; i++) {
        const bool own = top[i] == stack->token;
        const struct row_look look = {110, 56, own ? skin->theme->ink : skin->theme->faint, own};
        bar_row(column, look, heed_neuron_label(&skin->list->arena, maps, top[i]),
                (double)stack->to_pooled[top[i]], 3);
    }
    end_section(column);
}

bool heed_stack_inspect(struct heed_column *column)
{
    const struct heed_stack *stack = column->frame->cache;
    if (stack == NULL) {
        return true;
    }
    header(column, stack);
    if (stack->weights != NULL) {
        draw_layer(column, stack);
    }
    if (stack->to_pooled != NULL) {
        draw_pooled(column, stack);
    }
    draw_likeness(column, stack);
    if (!stack->has_mlm_head && !stack->has_classes && stack->model != NULL) {
        column->y += 16 * column->s;
        heed_inspector_box(column, "No word predictions",
                           "This model has no masked-language head, so the walk ends at the "
                           "sentence vector.");
    }
    return true;
}

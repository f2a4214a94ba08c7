#include "scene/views/stack/end.h"

#include <math.h>
#include <stdio.h>

#include "scene/frame/shown.h"
#include "scene/parts/value_tokens.h"
#include "scene/widgets/formula.h"
#include "scene/widgets/label.h"
#include "scene/widgets/terms.h"

enum { PREDICTION = 26, ROW = 24, HEAD = 46, GAP = 24 };

/* --- predictions --- */

/* A regression's number may be anything. */
static float clamp_share(float value)
{
    return fminf(fmaxf(value, 0), 1);
}

static const char *prediction_name(const struct heed_stack_view *view, int i, char *text,
                                   size_t size)
{
    const struct heed_stack *stack = view->stack;
    const int32_t id = stack->predictions[i];
    if (stack->has_classes) {
        return heed_model_get_class(stack->model, id);
    }
    snprintf(text, size, "id %d", (int)id);
    if (stack->tokenizer != NULL) {
        view->frame->list->failed |= !heed_tokenizer_show_piece(stack->tokenizer, id, text, size);
    }
    return text;
}

/* Its bar, over that of the untouched run where something is off, and its number. */
static void draw_prediction(const struct heed_stack_view *view, int i, float cy)
{
    const struct heed_stack *stack = view->stack;
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s, bar = view->strip + 130 * s;
    const float numbers = stack->has_before ? 52 * s : 0; /* beside the column of norms */
    const float w = fmaxf(view->strip + view->strip_w - bar - numbers, 1);
    const float h = (stack->has_before ? 6 : 12) * s;
    char text[64];
    heed_widget_left(&view->skin, view->strip, cy, 15, i == 0 ? 600 : 400, theme->text,
                     prediction_name(view, i, text, sizeof(text)), 120 * s);
    if (stack->has_before) {
        heed_widget_bar(&view->skin, (struct heed_rect){bar, roundf(cy - 7 * s), w, h},
                        fmaxf(w * clamp_share(stack->before[i]), view->skin.hairline),
                        theme->faint);
        heed_widget_number(&view->skin, bar + w + numbers, cy, 15, 400, theme->muted,
                           (double)stack->before[i], 3);
    }
    heed_widget_bar(
        &view->skin, (struct heed_rect){bar, roundf(stack->has_before ? cy + s : cy - h / 2), w, h},
        fmaxf(w * clamp_share(stack->probabilities[i]), view->skin.hairline), theme->ink);
    heed_widget_number(&view->skin, view->end, cy, 15, 500, theme->text,
                       (double)stack->probabilities[i], 3);
}

static const char *predictions_note(const struct heed_stack *stack)
{
    if (!stack->has_classes) {
        return stack->has_before ? "before and after" : "what could stand here";
    }
    const bool of_text = heed_model_get_config(stack->model)->class_kind == HEED_CLASSES_OF_TEXT;
    return stack->has_before ? (of_text ? "of the text, before, after" : "before and after")
           : of_text         ? "of the whole text"
                             : "of this token";
}

static void draw_predictions(const struct heed_stack_view *view, float y)
{
    const struct heed_stack *stack = view->stack;
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s;
    const float title = heed_term_left(&view->skin, view->x, y + 14 * s, 15, 600, theme->text,
                                       stack->has_classes ? "Labels" : "Predictions", 0);
    if (view->is_stacked) {
        heed_widget_left(&view->skin, view->x + title + 8 * s, y + 14 * s, 14, 400, theme->muted,
                         predictions_note(stack), 0);
        y += PREDICTION * s;
    } else {
        heed_widget_left(&view->skin, view->x, y + 34 * s, 14, 400, theme->muted,
                         predictions_note(stack), view->strip - view->x - 10 * s);
    }
    for (int i = 0; i < stack->n_predictions; i++) {
        draw_prediction(view, i, y + ((float)i * PREDICTION + 14) * s);
    }
}

/* --- tokens --- */

/* The columns of the table of tokens, px. */
struct columns {
    float label; /* room for a token */
    float strip, strip_w, share, share_w, share_end, cosine;
    float pitch; /* from row to row */
};

static float widest_token(const struct heed_stack_view *view)
{
    const struct heed_text_style style = heed_widget_style(&view->skin, 14, 600);
    const struct heed_maps *maps = heed_frame_get_maps(view->frame);
    float widest = heed_widget_width(&view->skin, style, "and the sentence");
    for (int t = 0; t < view->stack->n_tokens; t++) {
        const struct heed_unit unit = heed_neuron_unit(&view->frame->list->arena, maps, t);
        widest = fmaxf(widest, heed_token_width(&view->skin, style, &unit));
    }
    return widest;
}

static struct columns columns_of(const struct heed_stack_view *view)
{
    const float s = view->s;
    const bool stacked = view->is_stacked;
    const float label = stacked ? widest_token(view) + 10 * s : view->strip - view->x - 14 * s;
    const float strip = stacked ? view->x + label : view->strip;
    const float end = stacked ? view->end - 54 * s : view->strip + view->strip_w;
    const float number = (stacked ? 46 : 52) * s;
    const float share = stacked ? 64 * s : fminf(170 * s, 0.32F * view->strip_w);
    const float strip_w = end - strip - share - number - 16 * s;
    if (view->frame->is_export && strip_w < 60 * s) {
        heed_list_lack(view->frame->list, "the outputs of all tokens");
    }
    return (struct columns){.label = label,
                            .strip = strip,
                            .strip_w = fmaxf(strip_w, 1),
                            .share = end - number - share,
                            .share_w = share,
                            .share_end = end,
                            .cosine = view->end,
                            .pitch = (view->frame->is_export ? 17 : ROW) * s};
}

/* The share's column, with the end of its bars; the formula if it fits. */
static void draw_share_title(const struct heed_stack_view *view, const struct columns *columns,
                             float most, float cy)
{
    static const char *const forms[] = {"share *h s* / (*n* |*s*|^2), to", "share, to", "to"};
    const struct heed_text_style plain = heed_widget_style(&view->skin, 13, 400);
    const float room = columns->share_end - columns->share;
    char number[32], text[96];
    heed_format_number(number, sizeof(number), (double)most, 3);
    for (size_t i = 0; i < HEED_COUNT(forms); i++) {
        snprintf(text, sizeof(text), "%s %s", forms[i], number);
        if (heed_formula_width(&view->skin, plain, text) <= room) {
            break;
        }
    }
    heed_formula_draw(&view->skin, columns->share, cy, plain, view->skin.theme->muted, text, room);
}

static void draw_head(const struct heed_stack_view *view, const struct columns *columns, float most,
                      float y)
{
    const struct heed_theme *theme = view->skin.theme;
    const float s = view->s, cy = y + 30 * s, room = columns->label;
    const struct heed_text_style plain = heed_widget_style(&view->skin, 13, 400);
    heed_widget_left(&view->skin, view->x, y + 10 * s, 15, 600, theme->text, "Every token", room);
    heed_widget_text(&view->skin, view->x, cy, plain, HEED_ANCHOR_START, theme->muted,
                     "and the sentence", room);
    heed_formula_draw(&view->skin, columns->strip, cy, plain, theme->muted, "its output *h*",
                      columns->strip_w);
    draw_share_title(view, columns, most, cy);
    heed_widget_text(&view->skin, columns->cosine, cy, plain, HEED_ANCHOR_END, theme->muted,
                     "cosine", 0);
}

static void draw_output(const struct heed_stack_view *view, int token, struct heed_rect rect)
{
    const struct heed_stack *stack = view->stack;
    const struct heed_run *run = stack->run;
    const size_t before = (size_t)stack->n_layers * (size_t)run->n_tokens * (size_t)run->hidden;
    heed_value_strip(
        view->frame,
        (struct heed_item_heatmap){.rect = rect,
                                   .values = {stack->outputs_id, run->hidden_states + before, 1,
                                              run->n_tokens, run->hidden},
                                   .row = token,
                                   .columns = run->hidden,
                                   .high = stack->places[HEED_STACK_LAST].limit},
        heed_target_of(HEED_TARGET_VALUE, HEED_STACK_TARGET + HEED_STACK_TOKENS, token,
                       stack->hidden));
}

/* From zero to the right; a share below it, which is rare, has no bar. */
static void draw_share(const struct heed_stack_view *view, const struct columns *columns, int token,
                       float most, float cy)
{
    const struct heed_theme *theme = view->skin.theme;
    const bool own = token == view->stack->token;
    const float s = view->s, h = (view->frame->is_export ? 8 : 12) * s;
    const float share = view->stack->shares[token];
    const float track = columns->share_w - 8 * s;
    heed_widget_bar(&view->skin, (struct heed_rect){columns->share, roundf(cy - h / 2), track, h},
                    track * fminf(fmaxf(share / most, 0), 1), own ? theme->ink : theme->faint);
    heed_widget_number(&view->skin, columns->share_end, cy, 14, own ? 600 : 400, theme->text,
                       (double)share, 3);
}

static void draw_token(const struct heed_stack_view *view, const struct columns *columns, int token,
                       float most, float cy)
{
    const struct heed_stack *stack = view->stack;
    const struct heed_theme *theme = view->skin.theme;
    struct heed_list *list = view->frame->list;
    const float s = view->s, room = columns->label;
    const struct heed_text_style style =
        heed_widget_style(&view->skin, 14, token == stack->token ? 600 : 400);
    const struct heed_unit unit =
        heed_neuron_unit(&list->arena, heed_frame_get_maps(view->frame), token);
    list->target = (struct heed_target){.kind = HEED_TARGET_QUERY, .a = token, .b = 1};
    heed_token_draw(&view->skin, view->x, cy, style, HEED_ANCHOR_START,
                    unit.special ? theme->muted : theme->text, &unit, room);
    list->target = (struct heed_target){0};
    const float h = roundf((view->frame->is_export ? 11 : 15) * s);
    draw_output(view, token,
                (struct heed_rect){columns->strip, roundf(cy - h / 2), columns->strip_w, h});
    draw_share(view, columns, token, most, cy);
    heed_widget_number(&view->skin, columns->cosine, cy, 14, token == stack->token ? 600 : 400,
                       theme->text, (double)stack->to_pooled[token], 3);
}

static void draw_tokens(const struct heed_stack_view *view, float y)
{
    const struct heed_stack *stack = view->stack;
    const struct columns columns = columns_of(view);
    float most = 0;
    for (int t = 0; t < stack->n_tokens; t++) {
        most = fmaxf(most, stack->shares[t]);
    }
    draw_head(view, &columns, most, y);
    for (int t = 0; t < stack->n_tokens; t++) {
        const float cy = roundf(y + HEAD * view->s + ((float)t + 0.5F) * columns.pitch);
        if (view->frame->is_export ||
            (cy > view->rows - columns.pitch && cy < view->bottom + columns.pitch)) {
            draw_token(view, &columns, t, fmaxf(most, 1e-6F), cy);
        }
    }
}

/* --- both --- */

static float predictions_height(const struct heed_stack_view *view)
{
    const int lines = view->stack->n_predictions + view->is_stacked;
    return view->stack->n_predictions > 0 ? (float)(lines * PREDICTION + GAP) * view->s : 0;
}

float heed_stack_end_height(const struct heed_stack_view *view)
{
    if (view->stack->to_pooled == NULL) {
        return 0;
    }
    return predictions_height(view) + (HEAD + GAP) * view->s +
           columns_of(view).pitch * (float)view->stack->n_tokens;
}

void heed_stack_end_draw(const struct heed_stack_view *view, float y)
{
    if (view->stack->to_pooled == NULL) {
        return;
    }
    if (view->stack->n_predictions > 0) {
        draw_predictions(view, y);
    }
    draw_tokens(view, y + predictions_height(view) + 8 * view->s);
}

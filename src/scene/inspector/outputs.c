#include "scene/inspector/outputs.h"

#include <stdio.h>

#include "scene/frame/off_values.h"
#include "scene/frame/shown.h"
#include "scene/widgets/label.h"

enum { ROW = 24 };

static const char waits[] = "\xE2\x80\xA6";

static void row(struct heed_column *column, const char *name, bool strong, const char *text)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + ROW * s / 2;
    if (heed_column_sees(column, ROW * s)) {
        const float used = heed_widget_right(skin, column->x + column->width, cy, 14,
                                             strong ? 600 : 500, skin->theme->text, text, 0);
        heed_widget_left(skin, column->x, cy, 14, strong ? 600 : 400, skin->theme->text, name,
                         column->width - used - 8 * s);
    }
    column->y += ROW * s;
}

/* A name at the left, at the right its number, or from which to which it went. */
static void change_row(struct heed_column *column, const char *name, bool strong,
                       const struct heed_prediction_change *it)
{
    char before[24], after[24], text[64];
    heed_format_number(before, sizeof(before), (double)it->before, 3);
    heed_format_number(after, sizeof(after), (double)it->after, 3);
    const bool changed = column->frame->result->plain != NULL;
    snprintf(text, sizeof(text), "%s%s%s", changed ? before : "", changed ? " \xE2\x86\x92 " : "",
             after);
    row(column, name, strong, text);
}

/* As many as there will be, of `all`. */
static void waiting_rows(struct heed_column *column, int all)
{
    for (int i = 0; i < HEED_MASK_PREDICTIONS && i < all; i++) {
        row(column, waits, i == 0, waits);
    }
}

static void end_section(struct heed_column *column)
{
    column->y += 8 * column->s;
    heed_column_separator(column);
}

/* --- masks --- */

/* mask: NULL: it isn't made yet. */
static void mask_rows(struct heed_column *column, int token, const struct heed_mask_change *mask)
{
    const struct heed_tokenizer *tokenizer = column->frame->tokenizer;
    char note[48];
    snprintf(note, sizeof(note), "token %d", token);
    heed_column_title(column, "[MASK]", note, "probability");
    if (mask == NULL) {
        const struct heed_model *model = heed_kit_get_model(column->frame->result->kit);
        waiting_rows(column, heed_model_get_config(model)->vocab_size);
    }
    for (int i = 0; mask != NULL && i < mask->n; i++) {
        char piece[64] = "?";
        if (tokenizer != NULL) {
            column->skin->list->failed |=
                !heed_tokenizer_show_piece(tokenizer, mask->items[i].id, piece, sizeof(piece));
        }
        change_row(column, piece, i == 0, &mask->items[i]);
    }
    end_section(column);
}

/* Without an output head nothing can be said about those that are typed. */
static void all_mask_rows(struct heed_column *column)
{
    const struct heed_result *result = column->frame->result;
    const int32_t id = heed_tokenizer_get_mask_id(heed_kit_get_tokenizer(result->kit));
    int tokens[HEED_MAX_MASKS];
    const int n = heed_masks_find(result->encoding, id, tokens);
    if (n > 0 && !heed_model_get_weights(heed_kit_get_model(result->kit))->has_mlm_head) {
        heed_column_title(column, "[MASK]", "no predictions: no output head", NULL);
        end_section(column);
        return;
    }
    for (int i = 0; i < n; i++) {
        mask_rows(column, tokens[i], result->has_predicted ? &result->masks[i] : NULL);
    }
}

/* --- classes --- */

/* Those of the text, or of the pinned query's first token. */
static void class_rows(struct heed_column *column)
{
    const struct heed_result *result = column->frame->result;
    const struct heed_token_range query =
        heed_unit_tokens(result->maps, heed_frame_query(column->frame));
    const struct heed_model *model = heed_kit_get_model(result->kit);
    const bool of_text = heed_model_get_config(model)->class_kind == HEED_CLASSES_OF_TEXT;
    if (!heed_model_get_weights(model)->classes.out.weight) {
        return;
    }
    if (!of_text && query.count == 0) {
        heed_column_title(column, "Labels", "of the token that is pinned", NULL);
        end_section(column);
        return;
    }
    const int at = of_text ? 0 : query.first;
    heed_column_title(
        column, "Labels", of_text ? "of the text" : "of its first token",
        heed_model_get_config(model)->class_scores == HEED_SCORES_PLAIN ? "number" : "probability");
    if (!result->has_predicted) {
        waiting_rows(column, heed_model_get_config(model)->n_classes);
    }
    for (int i = 0; result->has_predicted && i < result->classes[at].n; i++) {
        const struct heed_prediction_change *it = &result->classes[at].items[i];
        change_row(column, heed_model_get_class(model, it->id), i == 0, it);
    }
    end_section(column);
}

void heed_outputs_inspect(struct heed_column *column)
{
    const struct heed_result *result = column->frame->result;
    if (result == NULL || result->kit == NULL) {
        return;
    }
    all_mask_rows(column);
    class_rows(column);
}

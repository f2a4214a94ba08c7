#include "scene/inspector/outputs.h"

#include <stdio.h>

#include "scene/frame/off_values.h"
#include "scene/frame/shown.h"
#include "scene/widgets/label.h"

enum { ROW = 24 };

/* A name at the left, at the right its number, or from which to which it went. */
static void row(struct heed_column *column, const char *name, bool strong,
                const struct heed_prediction_change *it)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + ROW * s / 2;
    char before[24], after[24], text[64];
    heed_format_number(before, sizeof(before), (double)it->before, 3);
    heed_format_number(after, sizeof(after), (double)it->after, 3);
    const bool changed = column->frame->result->plain != NULL;
    snprintf(text, sizeof(text), "%s%s%s", changed ? before : "", changed ? " \xE2\x86\x92 " : "",
             after);
    if (heed_column_sees(column, ROW * s)) {
        const float used = heed_widget_right(skin, column->x + column->width, cy, 14,
                                             strong ? 600 : 500, skin->theme->text, text, 0);
        heed_widget_left(skin, column->x, cy, 14, strong ? 600 : 400, skin->theme->text, name,
                         column->width - used - 8 * s);
    }
    column->y += ROW * s;
}

static void end_section(struct heed_column *column)
{
    column->y += 8 * column->s;
    heed_column_separator(column);
}

/* --- masks --- */

static void mask_rows(struct heed_column *column, const struct heed_mask_change *mask)
{
    const struct heed_tokenizer *tokenizer = column->frame->tokenizer;
    char note[48];
    snprintf(note, sizeof(note), "token %d", mask->token);
    heed_column_title(column, "[MASK]", note, "probability");
    for (int i = 0; i < mask->n; i++) {
        char piece[64] = "?";
        if (tokenizer != NULL) {
            heed_tokenizer_show_piece(tokenizer, mask->items[i].id, piece, sizeof(piece));
        }
        row(column, piece, i == 0, &mask->items[i]);
    }
    end_section(column);
}

/* A typed [MASK] that nothing can be said about. */
static bool has_mask(const struct heed_frame *frame)
{
    const struct heed_encoding *encoding = frame->result->encoding;
    const int32_t id = frame->tokenizer != NULL ? heed_tokenizer_get_mask_id(frame->tokenizer) : -1;
    for (int i = 0; id >= 0 && i < encoding->n_tokens; i++) {
        if (encoding->tokens[i].id == id) {
            return true;
        }
    }
    return false;
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
    if (result->n_classes == 0) {
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
    for (int i = 0; i < result->classes[at].n; i++) {
        const struct heed_prediction_change *it = &result->classes[at].items[i];
        row(column, heed_model_get_class(model, it->id), i == 0, it);
    }
    end_section(column);
}

void heed_outputs_inspect(struct heed_column *column)
{
    const struct heed_result *result = column->frame->result;
    if (result == NULL || result->kit == NULL) {
        return;
    }
    for (int i = 0; i < result->n_masks; i++) {
        mask_rows(column, &result->masks[i]);
    }
    if (result->n_masks == 0 && has_mask(column->frame)) {
        heed_column_title(column, "[MASK]", "no predictions: no output head", NULL);
        end_section(column);
    }
    class_rows(column);
}

#include "ui/actions/variant.h"

#include "scene/frame/shown.h"
#include "state/variant_words.h"
#include "ui/window/history.h"
#include "ui/window/pins.h"

/* Says so and returns false if a row would have no link left. */
static bool keeps_rows(struct heed_ui *ui, struct heed_mask mask)
{
    const struct heed_state *state = &ui->now.state;
    struct heed_empty_row row;
    char token[64], name[24] = "every head";
    if (state->n_cuts == 0 ||
        heed_cuts_keep_rows(state->cuts, state->n_cuts, mask, ui->result->encoding, &row)) {
        return true;
    }
    if (row.head.layer >= 0) {
        heed_head_name(row.head, name, sizeof(name));
    }
    heed_ui_pin_text(ui, (struct heed_pin){.first = row.query, .count = 1}, token, sizeof(token));
    heed_ui_say(ui, true,
                "\xE2\x80\x9C%s\xE2\x80\x9D would have nothing left to attend to in %s: put a cut "
                "link back first",
                token, name);
    return false;
}

/* Cuts are judged by the tokens that are shown. */
static bool begin(struct heed_ui *ui)
{
    return ui->now.state.n_cuts > 0 ? heed_ui_begin_pin(ui) : heed_ui_begin(ui);
}

static void set_mask(struct heed_ui *ui, struct heed_mask mask)
{
    char words[64], meaning[160];
    if (!begin(ui)) {
        return;
    }
    const bool keeps = keeps_rows(ui, mask);
    if (keeps) {
        ui->now.state.variant.mask = mask;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (keeps) {
        heed_mask_words(mask, words, sizeof(words));
        heed_mask_meaning(mask, meaning, sizeof(meaning));
        heed_ui_say(ui, false, "%s: %s", words, meaning);
    }
}

void heed_ui_choose_mask(struct heed_ui *ui, int32_t argument)
{
    const struct heed_mask now = ui->now.state.variant.mask;
    const enum heed_mask_kind kind = (enum heed_mask_kind)(argument & 0xFF);
    const int width = argument >> 8;
    if (kind == HEED_MASK_CROSS && ui->now.state.pair == NULL) {
        heed_ui_say(ui, false, "that mask needs a second text: Ctrl+P adds one");
        return;
    }
    set_mask(ui, width == 0 && now.kind == kind ? now : heed_mask_of(kind, width));
}

void heed_ui_step_width(struct heed_ui *ui, int step)
{
    const struct heed_mask now = ui->now.state.variant.mask;
    if (!heed_mask_has_width(now.kind)) {
        heed_ui_say(ui, false, "only a window or a strided mask has a width");
        return;
    }
    const int width = now.width + step;
    if (width >= HEED_MASK_LEAST_WIDTH) {
        set_mask(ui, heed_mask_of(now.kind, width));
    }
}

void heed_ui_set_positions(struct heed_ui *ui, int32_t argument)
{
    const enum heed_positions positions = (enum heed_positions)argument;
    if (heed_ui_begin(ui)) {
        ui->now.state.variant.positions = positions;
        heed_ui_end(ui, HEED_MERGE_NONE);
        heed_ui_say(ui, false, "%s: %s", heed_positions_words(positions),
                    heed_positions_meaning(positions));
    }
}

void heed_ui_set_attention(struct heed_ui *ui, int32_t argument)
{
    const enum heed_attention_kind attention = (enum heed_attention_kind)argument;
    if (heed_ui_begin(ui)) {
        ui->now.state.variant.attention = attention;
        heed_ui_end(ui, HEED_MERGE_NONE);
        heed_ui_say(ui, false, "%s: %s", heed_attention_words(attention),
                    heed_attention_meaning(attention));
    }
}

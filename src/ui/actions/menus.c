#include "ui/actions/menus.h"

#include "scene/frame/shown.h"
#include "scene/views/compare/ranking.h"
#include "scene/views/needs.h"
#include "scene/views/views.h"
#include "ui/actions/attention_file.h"
#include "ui/popover/popover.h"

void heed_ui_fill_orders(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    for (int i = 0; i < HEED_N_ORDERS; i++) {
        if (i == HEED_ORDER_MEASURE) {
            heed_popover_add_title(popover, "By a measure, largest first");
        }
        heed_popover_add_choice(popover, HEED_COMMAND_HEADS_ORDER, i + 1,
                                heed_heads_order_name((enum heed_heads_order)i),
                                i == (int)state->heads_order);
    }
    const int selected = popover->selected;
    heed_popover_add(
        popover, (struct heed_popover_row){.command = HEED_COMMAND_HEADS_BANDS,
                                           .label = "In five bands",
                                           .chosen = state->heads_bands,
                                           .disabled = state->heads_order < HEED_ORDER_MEASURE});
    popover->selected = selected;
}

/* What the tab row has no room for. */
static void add_heads_options(struct heed_popover *popover, const struct heed_state *state)
{
    heed_popover_add_title(popover, "Heads");
    heed_popover_add_choice(popover, HEED_COMMAND_HEADS_MODE, 0, "As links",
                            state->heads_mode == HEED_HEADS_LINKS);
    heed_popover_add_choice(popover, HEED_COMMAND_HEADS_ORDER, 0, "Order them by \xE2\x80\xA6",
                            false);
}

static void add_words(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    const bool idle = heed_command_is_idle(heed_view_get_kind(state->view), state, ui->result,
                                           HEED_COMMAND_WORDS, NULL, 0);
    heed_popover_add(&ui->popover,
                     (struct heed_popover_row){.command = HEED_COMMAND_WORDS,
                                               .label = idle ? "Whole words: two vocabularies"
                                                             : "Merge word pieces",
                                               .chosen = state->filter.words || idle,
                                               .disabled = idle});
}

void heed_ui_fill_view_menu(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    static const char *const segments[] = {"All segments", "Text to text", "Text to pair",
                                           "Pair to text", "Pair to pair"};
    const struct heed_filter *filter = &state->filter;
    heed_popover_add_title(popover, "Measure");
    for (int i = 0; i <= (int)HEED_MEASURE_ROLLOUT; i++) {
        heed_popover_add_choice(popover, HEED_COMMAND_MEASURE, i,
                                heed_measure_name((enum heed_measure)i), i == (int)filter->measure);
    }
    heed_popover_add_title(popover, "Tokens");
    add_words(ui);
    heed_popover_add_choice(popover, HEED_COMMAND_AGGREGATE, 0, "Average shown heads",
                            filter->aggregate != HEED_AGGREGATE_NONE);
    if (heed_view_get_kind(state->view)->all_heads) {
        add_heads_options(popover, state);
    }
    for (int i = 0; state->pair != NULL && i < 5; i++) {
        if (i == 0) {
            heed_popover_add_title(popover, "Segments");
        }
        heed_popover_add_choice(popover, HEED_COMMAND_SEGMENTS, i, segments[i],
                                i == (int)filter->segments);
    }
    static const char *const parts[HEED_N_PART_KINDS] = {"Self", "Encoder", "Decoder", "Cross"};
    for (int i = 0; heed_ui_has_parts(ui) && i < HEED_N_PART_KINDS; i++) {
        if (i == 0) {
            heed_popover_add_title(popover, "Part of the file");
        }
        if (ui->result->parts >> i & 1) {
            heed_popover_add_choice(popover, HEED_COMMAND_PART, i, parts[i],
                                    (int)ui->result->part == i);
        }
    }
    popover->selected = 1 + (int)filter->measure;
}

/* What is applied, each to be taken back. */
void heed_ui_fill_provisos(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    heed_popover_add_title(popover, "Applied now: choose what to undo");
    for (int i = 0; i < ui->n_provisos; i++) {
        const struct heed_proviso *it = &ui->provisos[i];
        heed_popover_add(
            popover, (struct heed_popover_row){.command = it->undo,
                                               .argument = it->argument,
                                               .label = heed_popover_label(popover, "%s", it->text),
                                               .disabled = it->undo == HEED_COMMAND_NONE,
                                               .quiet = true});
    }
    heed_popover_add_choice(popover, HEED_COMMAND_RESET_FILTERS, 0, "Reset all filters", false);
    popover->selected = 1;
}

void heed_ui_fill_colors(struct heed_ui *ui)
{
    for (int i = 0; i < HEED_N_COLOR_BY; i++) {
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_COLOR_BY, i + 1,
                                heed_color_by_name((enum heed_color_by)i),
                                i == (int)ui->now.state.color_by);
    }
}

void heed_ui_fill_palettes(struct heed_ui *ui)
{
    for (int i = 0; i < HEED_N_PALETTES; i++) {
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_PALETTE, i + 1,
                                heed_palette_name((enum heed_palette_id)i),
                                i == (int)ui->now.state.palette);
    }
}

void heed_ui_fill_ranks(struct heed_ui *ui)
{
    static const char *const names[HEED_N_COMPARE_RANKS] = {"Change of margin", "Change of link",
                                                            "Whole map"};
    const struct heed_frame frame = {.state = &ui->now.state, .result = ui->result};
    const enum heed_compare_rank now = heed_compare_rank_of(&frame);
    for (int i = 0; i < HEED_N_COMPARE_RANKS; i++) {
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_COMPARE_RANK, i + 1, names[i],
                                i == (int)now);
    }
}

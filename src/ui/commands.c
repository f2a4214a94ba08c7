#include "ui/commands.h"

#include <stddef.h>

#include "scene/parts/pair_large.h"
#include "state/interventions.h"
#include "ui/actions/attention_file.h"
#include "ui/actions/context.h"
#include "ui/actions/filters.h"
#include "ui/actions/heads.h"
#include "ui/actions/lab.h"
#include "ui/actions/lesson.h"
#include "ui/actions/menus.h"
#include "ui/actions/off.h"
#include "ui/actions/pair.h"
#include "ui/actions/probe.h"
#include "ui/actions/sentences.h"
#include "ui/actions/tasks.h"
#include "ui/actions/travel.h"
#include "ui/actions/tries.h"
#include "ui/actions/variant.h"
#include "ui/actions/zoom.h"
#include "ui/input/field_menu.h"
#include "ui/popover/examples.h"
#include "ui/popover/keys.h"
#include "ui/popover/models.h"
#include "ui/popover/paths.h"
#include "ui/popover/popover.h"
#include "ui/popover/settings.h"
#include "ui/sheet/export_panel.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/layout.h"
#include "ui/window/pins.h"
#include "ui/window/run.h"

/* --- whose keys mean something else elsewhere --- */

static bool shows_neuron(const struct heed_state *state)
{
    return state->view == HEED_VIEW_NEURON && state->panel == HEED_PANEL_NONE;
}

static bool is_projected(const struct heed_state *state)
{
    return state->projector;
}

/* --- what can be done now --- */

#define CAN(name, condition)                                                                       \
    static bool name(const struct heed_ui *ui, int32_t argument)                                   \
    {                                                                                              \
        const struct heed_state *state = &ui->now.state;                                           \
        (void)state;                                                                               \
        return condition;                                                                          \
    }

/* NULL: the pinned pair can be shown alone. */
static const char *pair_lacks(const struct heed_ui *ui)
{
    const struct heed_frame frame = {.state = &ui->now.state, .result = ui->result};
    return ui->now.state.projector ? heed_pair_large_lacks(&frame) : "projected only, F5";
}

CAN(can_undo, ui->history.n_undo > 0)
CAN(can_redo, ui->history.n_redo > 0)
CAN(can_pair, !heed_state_compares(state)) /* the second field is B there */
CAN(has_groups, state->panel == HEED_PANEL_PROBE && heed_ui_has_probe_groups(ui))
CAN(has_probed, state->panel == HEED_PANEL_PROBE && heed_tasks_get_probe(&ui->tasks) != NULL)
CAN(can_field, heed_ui_can_field(ui, argument))
CAN(has_second, heed_state_get_second(state) != NULL)
CAN(compares, heed_state_compares(state) && state->compare != NULL)
CAN(can_choose_second,
    argument == 1 ? heed_state_second_model(state) != NULL : compares(ui, 0) && state->file == NULL)
CAN(compares_files, heed_state_compares(state) && state->file != NULL)
CAN(has_text, state->file == NULL && ui->result != NULL)
CAN(can_rank_changes, compares(ui, 0) && ui->result != NULL && ui->result->compare != NULL)
CAN(can_enlarge_pair, ui->pair_large || pair_lacks(ui) == NULL)
CAN(projects, state->projector)
CAN(has_task, ui->tasks.running != 0)
CAN(has_ablation, state->panel == HEED_PANEL_ABLATION)
CAN(has_examples, ui->n_examples > 0)
CAN(has_lessons, ui->lesson.n > 0)
CAN(has_lesson, ui->lesson.at >= 0)
CAN(asks, ui->lesson.asked)
CAN(has_note, heed_ui_get_example(ui) != NULL || heed_ui_has_hint(ui))
CAN(has_off, heed_state_count_off(state) > 0)
CAN(has_candidates, state->n_candidates > 0)
CAN(has_pair_pinned, state->query.count > 0 && state->key.count > 0)
CAN(has_file, state->file != NULL)
CAN(has_picture, ui->result != NULL && ui->result->picture != NULL)
CAN(has_parts, heed_ui_has_parts(ui))
CAN(has_heads, heed_ui_n_layers(ui) > 0)
CAN(shows_heads, state->n_shown > 0)
CAN(has_heads_to_step, state->n_shown > 1)
CAN(has_layers_to_step, state->n_shown > 0 || heed_view_get_kind(state->view)->has_pages)
CAN(shows_thumbnails, heed_view_get_kind(state->view)->all_heads)
CAN(is_ordered, shows_thumbnails(ui, 0) && state->heads_order >= HEED_ORDER_MEASURE)
CAN(can_segments, state->pair != NULL || argument == HEED_SEGMENTS_ALL)
CAN(can_mask, (argument & 0xFF) != HEED_MASK_CROSS || state->pair != NULL)
CAN(can_narrow, heed_mask_has_width(state->variant.mask.kind) &&
                    state->variant.mask.width > HEED_MASK_LEAST_WIDTH)
CAN(can_widen, heed_mask_has_width(state->variant.mask.kind) &&
                   state->variant.mask.width < HEED_MASK_MOST_WIDTH)

CAN(copies_sums, shows_neuron(state) && ui->result != NULL)
CAN(has_next_step, shows_neuron(state) && state->neuron_step + 1 < HEED_N_NEURON_STEPS)
CAN(has_step_before, shows_neuron(state) && state->neuron_step > HEED_NEURON_VECTORS)

/* --- what sets the state --- */

#define SET(name, assignment)                                                                      \
    static void name(struct heed_state *state, int32_t argument)                                   \
    {                                                                                              \
        assignment;                                                                                \
    }

SET(set_part, heed_state_set_part(state, (enum heed_part_kind)argument))
SET(set_stack_page, state->stack_page = argument)
SET(set_neuron_step, state->neuron_step = (enum heed_neuron_step)argument)
SET(set_next_step, state->neuron_step++)
SET(set_step_before, state->neuron_step--)
SET(set_palette, state->palette = (enum heed_palette_id)(argument - 1))
SET(set_theme,
    state->theme = (enum heed_theme_id)((argument > 0 ? argument - 1 : (int)state->theme + 1) %
                                        HEED_N_THEMES))
SET(set_motion, state->reduced_motion = argument > 0 ? argument == 2 : !state->reduced_motion)
SET(set_color_by, state->color_by = (enum heed_color_by)(argument - 1))
SET(set_heads_mode, state->heads_mode = state->heads_mode == HEED_HEADS_LINKS ? HEED_HEADS_HEATMAPS
                                                                              : HEED_HEADS_LINKS)
SET(set_heads_order, state->heads_order = (enum heed_heads_order)(argument - 1))
SET(set_compare_rank, state->compare_rank = (enum heed_compare_rank)(argument - 1))
SET(set_ablation_by, state->ablation_by = (enum heed_ablation_by)argument)
SET(set_no_head, heed_state_show_only(state, NULL, 0))
SET(set_no_candidates, state->n_candidates = 0)
SET(set_all_on, heed_state_all_on(state))
SET(set_aggregate, state->filter.aggregate = state->filter.aggregate == HEED_AGGREGATE_NONE
                                                 ? HEED_AGGREGATE_MEAN
                                                 : HEED_AGGREGATE_NONE)
SET(set_measure, state->filter.measure = (enum heed_measure)argument)
SET(set_segments, state->filter.segments = (enum heed_segments)argument)
SET(set_no_threshold, state->filter.threshold = 0.0F)
SET(set_keep_all, state->filter.top_p = 1.0F)
SET(set_top_k, state->filter.top_k = argument)
SET(reset_filters, state->filter = heed_filter_default())

static void set_view(struct heed_state *state, int32_t argument)
{
    state->view = (enum heed_view)argument;
    state->panel = HEED_PANEL_NONE;
    if (heed_state_compares(state) && !heed_state_begin_compare(state, NULL)) {
        state->view = HEED_VIEW_LINKS;
    }
    heed_state_fit_b(state, -1);
}

/* --- what runs --- */

#define RUN(name, call)                                                                            \
    static void name(struct heed_ui *ui, int32_t argument)                                         \
    {                                                                                              \
        call;                                                                                      \
    }

RUN(undo, heed_ui_undo(ui, false))
RUN(redo, heed_ui_undo(ui, true))
RUN(search, argument == 1 ? heed_popover_search_for(ui) : heed_popover_open_search(ui))
RUN(find, heed_popover_open_find(ui))
RUN(help, heed_popover_open_help(ui))
RUN(glossary, heed_popover_open_glossary(ui))
RUN(about, heed_popover_open_about(ui))
RUN(open_settings, heed_popover_open_settings(ui))
RUN(report, ui->effects->report = true)
RUN(open_models, heed_popover_open_models(ui, false))
RUN(choose_second, argument == 1 ? heed_models_same(ui) : heed_popover_open_models(ui, true))
RUN(open_chosen_model, heed_models_accept(ui, argument != 0))
RUN(stop_model, (void)heed_ui_cancel_load(ui))
RUN(ask_open, heed_popover_ask_file(ui, argument == 1))
RUN(ask_save, heed_popover_open_path(ui, HEED_COMMAND_SAVE))
RUN(ask_step, heed_popover_ask_step(ui, argument == 1))
RUN(accept, heed_popover_accept(ui))
RUN(choose_path, heed_popover_choose_path(ui, argument - 1))
RUN(browse, heed_ui_browse(ui, argument))
RUN(open_anyway, ui->effects->open_anyway = argument)
RUN(link_next, heed_ui_travel(ui, false, 1))
RUN(link_previous, heed_ui_travel(ui, false, -1))
RUN(query_next, heed_ui_travel(ui, true, 1))
RUN(query_previous, heed_ui_travel(ui, true, -1))
RUN(close_file, heed_ui_close_file(ui))
RUN(cancel, heed_ui_cancel(ui))
RUN(toggle_pair, heed_ui_toggle_pair(ui))
RUN(swap, heed_ui_swap(ui))
RUN(copy_a, heed_ui_copy_a(ui))
RUN(show_all,
    heed_ui_show_layer(ui, argument > 0 ? argument - 1 : heed_ui_argument_head(ui, 0).layer))
RUN(isolate, heed_ui_isolate(ui, heed_ui_argument_head(ui, argument)))
RUN(open_head, heed_ui_open_head(ui, heed_ui_argument_head(ui, 0), false))
RUN(factor_down, heed_ui_step_factor(ui, false))
RUN(factor_up, heed_ui_step_factor(ui, true))
RUN(open_off, heed_ui_open_off(ui))
RUN(open_mutes, heed_ui_open_mutes(ui))
RUN(open_cuts, heed_ui_open_cuts(ui))
RUN(pin_in_hand, heed_ui_pin_in_hand(ui))
RUN(mark_candidate, heed_ui_mark_candidate(ui))
RUN(rank, heed_ui_rank(ui))
RUN(copy_value, heed_ui_copy_value(ui))
RUN(copy_row, heed_ui_copy_row(ui))
RUN(close_note, heed_ui_close_note(ui))
RUN(quit, ui->effects->quit = true)

/* A field's own while it is typed in. */
static void open_context(struct heed_ui *ui, int32_t argument)
{
    if (ui->focused_field != HEED_UI_FIELD_NONE) {
        heed_ui_open_field_menu(ui, ui->caret);
    } else {
        heed_ui_open_context(ui, ui->focus.by_keyboard ? ui->focus.rect : (struct heed_rect){0});
    }
}

static bool has_sentences(const struct heed_ui *ui, int32_t argument)
{
    (void)argument;
    return ui->now.state.sentences != NULL;
}

static void choose_example(struct heed_ui *ui, int32_t argument)
{
    if (argument > 0) {
        heed_ui_choose_example(ui, argument - 1);
    } else {
        heed_popover_open_examples(ui);
    }
}

static void close_message(struct heed_ui *ui, int32_t argument)
{
    ui->message[0] = '\0';
    heed_ui_touch(ui);
}

static void rank_all(struct heed_ui *ui, int32_t argument)
{
    ui->unfolded ^= 1U << argument;
    heed_ui_touch(ui);
}

static void toggle_open(struct heed_ui *ui, bool *open)
{
    *open = !*open;
    heed_ui_layout(ui);
}

RUN(toggle_inspector, toggle_open(ui, &ui->inspector_open))
RUN(toggle_rail, toggle_open(ui, &ui->rail_open))
RUN(toggle_filters, toggle_open(ui, &ui->filters_open))

/* Where a view has pages, they are what goes up and down. */
static void step_layers(struct heed_ui *ui, int by)
{
    const struct heed_state *state = &ui->now.state;
    if (!heed_view_get_kind(state->view)->has_pages) {
        heed_ui_step_layer(ui, by);
        return;
    }
    const int page = state->stack_page + by;
    if (page >= 0 && page <= heed_ui_n_layers(ui) + 1) {
        heed_ui_run(ui, HEED_COMMAND_STACK_PAGE, page);
    }
}

static void focus_text(struct heed_ui *ui, int32_t argument)
{
    heed_ui_focus_field(ui, HEED_UI_FIELD_TEXT);
}

static void focus_second(struct heed_ui *ui, int32_t argument)
{
    heed_ui_focus_field(ui, has_second(ui, 0) ? HEED_UI_FIELD_PAIR : HEED_UI_FIELD_TEXT);
}

static void toggle_fullscreen(struct heed_ui *ui, int32_t argument)
{
    ui->fullscreen = !ui->fullscreen;
    heed_ui_touch(ui);
}

static void toggle_projector(struct heed_ui *ui, int32_t argument)
{
    if (!heed_ui_begin(ui)) {
        return;
    }
    ui->now.state.projector = !ui->now.state.projector;
    heed_ui_fit(ui);
    heed_ui_end(ui, HEED_MERGE_NONE);
    ui->effects->begins_projector = ui->now.state.projector;
    if (ui->now.state.projector && ui->focused_field < HEED_UI_FIELD_POPOVER) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE); /* it isn't seen until "/" */
    }
}

static void toggle_teacher(struct heed_ui *ui, int32_t argument)
{
    ui->effects->teacher = true;
}

static void blank(struct heed_ui *ui, int32_t argument)
{
    ui->blank = (enum heed_blank)argument;
    heed_ui_touch(ui);
}

static void enlarge_pair(struct heed_ui *ui, int32_t argument)
{
    const char *lacks = pair_lacks(ui);
    if (lacks != NULL && !ui->pair_large) {
        heed_ui_say(ui, false, "Z makes the pinned pair large: %s", lacks);
        return;
    }
    ui->pair_large = !ui->pair_large;
    heed_ui_touch(ui);
}

/* What a presenter's remote gives: where there is something to go through. */
static void turn_page(struct heed_ui *ui, int by)
{
    const struct heed_state *state = &ui->now.state;
    if (shows_neuron(state)) {
        heed_ui_run(ui, by > 0 ? HEED_COMMAND_NEURON_NEXT : HEED_COMMAND_NEURON_BACK, 0);
    } else if (heed_state_compares(state)) {
        ui->second_page = by > 0;
        heed_ui_touch(ui);
    } else if (heed_view_get_kind(state->view)->has_pages) {
        step_layers(ui, by);
    }
}

/* Esc: the nearest thing that can be undone by it. */
static void step_back(struct heed_ui *ui, int32_t argument)
{
    if (ui->popover.kind != HEED_POPOVER_NONE) {
        heed_popover_close(ui);
    } else if (heed_ui_export_is_seen(ui) && ui->focused_field != HEED_UI_FIELD_TEXT &&
               ui->focused_field != HEED_UI_FIELD_PAIR) {
        if (!heed_ui_leave_browsing(ui)) {
            heed_ui_open_export(ui, 1);
        }
    } else if (ui->lesson.page) {
        heed_ui_toggle_lessons(ui, 0);
    } else if (heed_ui_cancel_load(ui)) {
        return;
    } else if (ui->focused_field != HEED_UI_FIELD_NONE) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    } else if (ui->pair_large) {
        enlarge_pair(ui, 0);
    } else if (heed_ui_leave_panel(ui)) {
        return;
    } else if (ui->now.state.projector) {
        heed_ui_run(ui, HEED_COMMAND_PROJECTOR, 0);
    } else if (has_note(ui, 0)) {
        heed_ui_close_note(ui);
    } else {
        heed_ui_unpin(ui);
    }
}

/* --- the table --- */

#define KEY(key)                                                                                   \
    {                                                                                              \
        (enum heed_key)(key), 0, true                                                              \
    }
#define SHIFTED(key)                                                                               \
    {                                                                                              \
        (enum heed_key)(key), HEED_MOD_SHIFT, true                                                 \
    }
#define CHORD(mods, key)                                                                           \
    {                                                                                              \
        (enum heed_key)(key), (mods), false                                                        \
    }
#define NO_KEY                                                                                     \
    {                                                                                              \
        HEED_KEY_NONE, 0, false                                                                    \
    }
#define CTRL HEED_MOD_CTRL
#define SHIFT HEED_MOD_SHIFT
#define ALT HEED_MOD_ALT
#define FLIPS(field) .flips = offsetof(struct heed_state, field)
#define VIEW_ROW(upper, word, name)                                                                \
    {HEED_COMMAND_VIEW,                                                                            \
     HEED_VIEW_##upper,                                                                            \
     name,                                                                                         \
     "Views",                                                                                      \
     {KEY('1' + HEED_VIEW_##upper), CHORD(ALT, '1' + HEED_VIEW_##upper)},                          \
     .set = set_view,                                                                              \
     .after = HEED_AFTER_ORIGIN | HEED_AFTER_REVEAL | HEED_AFTER_FIELDS},

/* One row a command. */
/* clang-format off */
static const struct heed_command_info rows[] = {
    HEED_EACH_VIEW(VIEW_ROW)
    {HEED_COMMAND_HEAD_PREVIOUS, 0, "Matrix of the shown head before",
     "Views", {KEY(',')}, .can = has_heads_to_step, .step = heed_ui_step_matrix, .by = -1},
    {HEED_COMMAND_HEAD_NEXT, 0, "Matrix of the next shown head",
     "Views", {KEY('.')}, .can = has_heads_to_step, .step = heed_ui_step_matrix, .by = 1},
    {HEED_COMMAND_NEURON_SORT, 0, "Neuron: keys by weight or in order",
     "Views", {KEY('Y')}, FLIPS(neuron_sorted), .after = HEED_AFTER_TOP | HEED_AFTER_REVEAL},
    {HEED_COMMAND_NEURON_VALUES, 0, "Neuron: values, or queries and keys",
     "Views", {KEY('V')}, FLIPS(neuron_values)},
    {HEED_COMMAND_NEURON_NEXT, 0, "Neuron in steps: the next one",
     "Views", {KEY('N')}, .only = shows_neuron, .can = has_next_step, .set = set_next_step},
    {HEED_COMMAND_NEURON_BACK, 0, "Neuron in steps: the one before",
     "Views", {SHIFTED('N')}, .only = shows_neuron, .can = has_step_before,
     .set = set_step_before},
    {HEED_COMMAND_NEURON_STEP, HEED_NEURON_WHOLE, "Neuron: all at once",
     "Views", {NO_KEY}, .set = set_neuron_step},
    {HEED_COMMAND_NEURON_STEP, HEED_NEURON_VECTORS, "Neuron: in steps",
     "Views", {NO_KEY}, .set = set_neuron_step},
    {HEED_COMMAND_COPY_SUMS, 0, "Neuron: copy the row\xE2\x80\x99s sums as text",
     "Views", {NO_KEY}, .can = copies_sums, .run = heed_ui_copy_sums},
    {HEED_COMMAND_COPY_SUMS, 1, "Neuron: copy the row\xE2\x80\x99s sums as LaTeX",
     "Views", {NO_KEY}, .can = copies_sums, .run = heed_ui_copy_sums},
    {HEED_COMMAND_STACK_PAGE, 0, "Stack: back to the embedding",
     "Views", {NO_KEY}, .set = set_stack_page, .after = HEED_AFTER_TOP},
    {HEED_COMMAND_COMPARE_MOST, 0, "Compare: show the 3 heads that move most",
     "Views", {SHIFTED('T')}, .can = can_rank_changes, .run = heed_ui_show_most},
    {HEED_COMMAND_COMPARE_MODEL, 0, "Compare: model of B \xE2\x80\xA6",
     "Views", {CHORD(CTRL | SHIFT, 'B')}, .can = can_choose_second,
     .run = choose_second},
    {HEED_COMMAND_COMPARE_MODEL, 1, "Compare: B of the same model as A",
     "Views", {NO_KEY}, .can = can_choose_second, .run = choose_second},
    {HEED_COMMAND_COMPARE_MAP, 0, "Compare: the maps, or hidden states",
     "Views", {SHIFTED('M')}, .can = compares, .set = heed_ui_set_compare_map},
    {HEED_COMMAND_COMPARE_RANK, 0, "Compare: rank heads by \xE2\x80\xA6",
     "Views", {SHIFTED('D')}, .can = compares, .set = set_compare_rank,
     .menu = heed_ui_fill_ranks},
    {HEED_COMMAND_COMPARE_TAB, 0, "Compare, when low: maps, heads or states",
     "Views", {SHIFTED('H')}, .can = compares, .set = heed_ui_set_compare_tab},
    {HEED_COMMAND_ZOOM_IN, 0, "Zoom in",
     "Views", {KEY('+'), KEY('=')}, .step = heed_ui_zoom, .by = 1},
    {HEED_COMMAND_ZOOM_OUT, 0, "Zoom out", "Views", {KEY('-')}, .step = heed_ui_zoom, .by = -1},
    {HEED_COMMAND_ZOOM_RESET, 0, "Fit the picture",
     "Views", {KEY('0')}, .step = heed_ui_zoom, .by = 0},
    {HEED_COMMAND_SEARCH, 0, "Find a token", "Views", {CHORD(CTRL, 'F')}, .run = search},
    {HEED_COMMAND_LINK_NEXT, 0, "Next link of the query", "Views", {KEY('J')}, .run = link_next},
    {HEED_COMMAND_LINK_PREVIOUS, 0, "Previous link of the query",
     "Views", {SHIFTED('J')}, .run = link_previous},
    {HEED_COMMAND_QUERY_NEXT, 0, "Strongest query of the key",
     "Views", {KEY('Q')}, .run = query_next},
    {HEED_COMMAND_QUERY_PREVIOUS, 0, "Query of the key before",
     "Views", {SHIFTED('Q')}, .run = query_previous},

    {HEED_COMMAND_PANEL, HEED_PANEL_ABLATION, "Ablation: which head changes this most?",
     "Panels", {SHIFTED('A')}, .run = heed_ui_open_panel},
    {HEED_COMMAND_RUN, 0, "Run the open panel, or again",
     "Panels", {CHORD(CTRL, HEED_KEY_ENTER)}, .can = heed_ui_can_start, .run = heed_ui_start},
    {HEED_COMMAND_RUN, HEED_TASK_VARIANTS + 1, "Lab: try each change alone",
     "Panels", {NO_KEY}, .can = heed_ui_can_start, .run = heed_ui_start},
    {HEED_COMMAND_CANCEL, 0, "Cancel what runs",
     "Panels", {NO_KEY}, .can = has_task, .run = cancel},
    {HEED_COMMAND_ABLATION_BY, HEED_ABLATION_BY_LARGEST, "Ablation by the link's largest change",
     "Panels", {NO_KEY}, .can = has_ablation, .set = set_ablation_by, .after = HEED_AFTER_TOP},
    {HEED_COMMAND_ABLATION_BY, HEED_ABLATION_BY_MEAN, "Ablation by the link's mean change",
     "Panels", {NO_KEY}, .can = has_ablation, .set = set_ablation_by, .after = HEED_AFTER_TOP},
    {HEED_COMMAND_ABLATION_BY, HEED_ABLATION_BY_TOKEN, "Ablation by the query's state",
     "Panels", {NO_KEY}, .can = has_ablation, .set = set_ablation_by, .after = HEED_AFTER_TOP},
    {HEED_COMMAND_ABLATION_BY, HEED_ABLATION_BY_SENTENCE, "Ablation by the sentence embedding",
     "Panels", {NO_KEY}, .can = has_ablation, .set = set_ablation_by, .after = HEED_AFTER_TOP},

    {HEED_COMMAND_FOCUS_TEXT, 0, "Go to the text",
     "Text", {KEY('/'), CHORD(CTRL, 'L')}, .run = focus_text},
    {HEED_COMMAND_PAIR, 0, "Add or remove a second text",
     "Text", {CHORD(CTRL, 'P')}, .can = can_pair, .run = toggle_pair},
    {HEED_COMMAND_SWAP, 0, "Compare: swap A and B",
     "Text", {SHIFTED('Z')}, .can = compares, .run = swap},
    {HEED_COMMAND_COPY_A, 0, "Compare: copy A to B",
     "Text", {KEY('Z')}, .can = compares, .run = copy_a},
    {HEED_COMMAND_TWIN, 0, "Compare: with another word here",
     "Text", {SHIFTED('W')}, .can = has_text, .says_why = true, .run = heed_ui_twin},
    {HEED_COMMAND_FOCUS_SECOND, 0, "Go to the second text",
     "Text", {CHORD(CTRL | SHIFT, 'L')}, .can = has_second, .says_why = true, .run = focus_second},
    {HEED_COMMAND_FIELD, HEED_FIELD_MASK, "Insert the model\xE2\x80\x99s mask at the caret",
     "Text", {CHORD(CTRL, 'I')}, .can = can_field, .says_why = true, .run = heed_ui_run_field},
    {HEED_COMMAND_SENTENCES, 0, "Sentences of this session \xE2\x80\xA6",
     "Text", {CHORD(CTRL, 'J')}, .run = heed_ui_sentences},
    {HEED_COMMAND_SENTENCE_NEXT, 0, "Next sentence",
     "Text", {CHORD(ALT, HEED_KEY_DOWN)}, .can = has_sentences, .step = heed_ui_step_sentence, .by = 1},
    {HEED_COMMAND_SENTENCE_PREVIOUS, 0, "Sentence before",
     "Text", {CHORD(ALT, HEED_KEY_UP)}, .can = has_sentences, .step = heed_ui_step_sentence, .by = -1},
    {HEED_COMMAND_SENTENCE, HEED_SENTENCE_ADD, "Sentences: add the text",
     "Text", {NO_KEY}, .can = heed_ui_can_sentence, .run = heed_ui_sentence_act},
    {HEED_COMMAND_SENTENCE, HEED_SENTENCE_REPLACE, "Sentences: put the text in the place of this one",
     "Text", {NO_KEY}, .can = heed_ui_can_sentence, .run = heed_ui_sentence_act},
    {HEED_COMMAND_SENTENCE, HEED_SENTENCE_REMOVE, "Sentences: remove this one",
     "Text", {NO_KEY}, .can = heed_ui_can_sentence, .run = heed_ui_sentence_act},
    {HEED_COMMAND_SENTENCE, HEED_SENTENCE_NAME, "Sentences: name this one",
     "Text", {NO_KEY}, .can = heed_ui_can_sentence, .run = heed_ui_sentence_act},
    {HEED_COMMAND_SENTENCE, HEED_SENTENCE_UP, "Sentences: move this one up",
     "Text", {NO_KEY}, .can = heed_ui_can_sentence, .run = heed_ui_sentence_act},
    {HEED_COMMAND_SENTENCE, HEED_SENTENCE_DOWN, "Sentences: move this one down",
     "Text", {NO_KEY}, .can = heed_ui_can_sentence, .run = heed_ui_sentence_act},
    {HEED_COMMAND_UNDO, 0, "Undo", "Text", {CHORD(CTRL, 'Z')}, .can = can_undo, .run = undo},
    {HEED_COMMAND_REDO, 0, "Redo",
     "Text", {CHORD(CTRL | SHIFT, 'Z'), CHORD(CTRL, 'Y')}, .can = can_redo, .run = redo},

    {HEED_COMMAND_LAYER_UP, 0, "Shown heads, or the Stack, one layer up",
     "Heads", {CHORD(0, HEED_KEY_PAGE_UP)}, .can = has_layers_to_step,
     .step = step_layers, .by = -1},
    {HEED_COMMAND_LAYER_DOWN, 0, "Shown heads, or the Stack, one layer down",
     "Heads", {CHORD(0, HEED_KEY_PAGE_DOWN)}, .can = has_layers_to_step,
     .step = step_layers, .by = 1},
    {HEED_COMMAND_SHOW_ALL, 0, "Show every head of this layer",
     "Heads", {KEY('H')}, .can = has_heads, .run = show_all},
    {HEED_COMMAND_SHOW_NONE, 0, "Show no head",
     "Heads", {KEY('N')}, .can = shows_heads, .set = set_no_head},
    {HEED_COMMAND_ISOLATE, 0, "Show only this head", "Heads", {KEY('O')}, .run = isolate},
    {HEED_COMMAND_OPEN_HEAD, 0, "Open this head in Matrix",
     "Heads", {KEY('E')}, .can = has_heads, .run = open_head},
    {HEED_COMMAND_HEADS_MODE, 0, "Heads as heatmaps or links",
     "Heads", {KEY('L')}, .can = shows_thumbnails, .set = set_heads_mode},
    {HEED_COMMAND_HEADS_ORDER, 0, "Order the heads by \xE2\x80\xA6",
     "Heads", {KEY('G')}, .can = shows_thumbnails, .set = set_heads_order,
     .menu = heed_ui_fill_orders},
    {HEED_COMMAND_HEADS_BANDS, 0, "Ordered heads in bands",
     "Heads", {NO_KEY}, .can = is_ordered, FLIPS(heads_bands)},
    {HEED_COMMAND_TOGGLE_HEAD, 0, "Show or hide this head",
     "Heads", {KEY(HEED_KEY_DELETE)}, .run = heed_ui_toggle_head},
    {HEED_COMMAND_RANK, 0, "Rank heads for this link", "Heads", {KEY('D')}, .run = rank},
    {HEED_COMMAND_RANK_ALL, 0, "Ranking: all heads, or the first",
     "Heads", {NO_KEY}, .run = rank_all},
    {HEED_COMMAND_PANEL, HEED_PANEL_PROBE, "Probe: heads over a file of sentences",
     "Heads", {SHIFTED('P')}, .run = heed_ui_open_panel},
    {HEED_COMMAND_PROBE_FILE, 0, "Probe: choose its file \xE2\x80\xA6",
     "Heads", {NO_KEY}, .run = heed_ui_choose_probe},
    {HEED_COMMAND_PROBE_GROUP, 0, "Probe: the numbers of one group \xE2\x80\xA6",
     "Heads", {NO_KEY}, .can = has_groups, .run = heed_ui_choose_probe_group},
    {HEED_COMMAND_PROBE_KEEP, 0, "Probe: list all, right or other sentences",
     "Heads", {NO_KEY}, .can = has_probed, .run = heed_ui_keep_probed},
    {HEED_COMMAND_CANDIDATE, 0, "Mark as candidate, or not",
     "Heads", {SHIFTED('C')}, .run = mark_candidate},
    {HEED_COMMAND_NO_CANDIDATES, 0, "No candidates",
     "Heads", {NO_KEY}, .can = has_candidates, .set = set_no_candidates},
    {HEED_COMMAND_COLOR_BY, 0, "Colour the head map by \xE2\x80\xA6",
     "Heads", {KEY('C')}, .set = set_color_by, .menu = heed_ui_fill_colors},

    {HEED_COMMAND_MUTE, 0, "Mute this head, or not",
     "What is off", {CHORD(CTRL, 'M')}, .can = has_heads, .run = heed_ui_toggle_muted},
    {HEED_COMMAND_SCALE_HEAD, 0, "Scale this head\xE2\x80\x99s output \xE2\x80\xA6",
     "What is off", {CHORD(CTRL | SHIFT, 'M')}, .can = has_heads, .run = heed_ui_open_factors},
    {HEED_COMMAND_FACTOR_DOWN, 0, "Less of this head\xE2\x80\x99s output",
     "What is off", {CHORD(CTRL, '[')}, .can = has_heads, .run = factor_down},
    {HEED_COMMAND_FACTOR_UP, 0, "More of this head\xE2\x80\x99s output",
     "What is off", {CHORD(CTRL, ']')}, .can = has_heads, .run = factor_up},
    {HEED_COMMAND_CUT, 0, "Cut this link, or put it back",
     "What is off", {{(enum heed_key)'X', CTRL, true}}, .can = has_pair_pinned, .says_why = true,
     .run = heed_ui_cut},
    {HEED_COMMAND_CUT, HEED_CUT_SHOWN, "Cut this link in every shown head",
     "What is off", {NO_KEY}, .can = has_pair_pinned, .says_why = true, .run = heed_ui_cut},
    {HEED_COMMAND_CUT, HEED_CUT_EVERY, "Cut this link in every head",
     "What is off", {{(enum heed_key)'X', CTRL | SHIFT, true}}, .can = has_pair_pinned,
     .says_why = true, .run = heed_ui_cut},
    {HEED_COMMAND_MUTE_MENU, 0, "Mute one of the shown heads \xE2\x80\xA6",
     "What is off", {NO_KEY}, .run = open_mutes},
    {HEED_COMMAND_CUT_MENU, 0, "Cut the pinned link in \xE2\x80\xA6",
     "What is off", {NO_KEY}, .run = open_cuts},
    {HEED_COMMAND_MASK, HEED_MASK_FULL, "Mask: full",
     "What is off", {NO_KEY}, .can = can_mask, .says_why = true, .run = heed_ui_choose_mask},
    {HEED_COMMAND_MASK, HEED_MASK_CAUSAL, "Mask: causal",
     "What is off", {NO_KEY}, .can = can_mask, .says_why = true, .run = heed_ui_choose_mask},
    {HEED_COMMAND_MASK, HEED_MASK_WINDOW, "Mask: window",
     "What is off", {NO_KEY}, .can = can_mask, .says_why = true, .run = heed_ui_choose_mask},
    {HEED_COMMAND_MASK, HEED_MASK_STRIDED, "Mask: strided",
     "What is off", {NO_KEY}, .can = can_mask, .says_why = true, .run = heed_ui_choose_mask},
    {HEED_COMMAND_MASK, HEED_MASK_CROSS, "Mask: text to pair",
     "What is off", {NO_KEY}, .can = can_mask, .says_why = true, .run = heed_ui_choose_mask},
    {HEED_COMMAND_MASK_NARROWER, 0, "Mask: narrower",
     "What is off", {NO_KEY}, .can = can_narrow, .says_why = true,
     .step = heed_ui_step_width, .by = -1},
    {HEED_COMMAND_MASK_WIDER, 0, "Mask: wider",
     "What is off", {NO_KEY}, .can = can_widen, .says_why = true,
     .step = heed_ui_step_width, .by = 1},
    {HEED_COMMAND_POSITIONS, HEED_POSITIONS_LEARNED, "Positions: learned",
     "What is off", {NO_KEY}, .run = heed_ui_set_positions},
    {HEED_COMMAND_POSITIONS, HEED_POSITIONS_OFF, "Positions: off",
     "What is off", {NO_KEY}, .run = heed_ui_set_positions},
    {HEED_COMMAND_POSITIONS, HEED_POSITIONS_SINUSOIDAL, "Positions: sinusoidal",
     "What is off", {NO_KEY}, .run = heed_ui_set_positions},
    {HEED_COMMAND_ATTENTION, HEED_ATTENTION_SOFTMAX, "Attention: softmax",
     "What is off", {NO_KEY}, .run = heed_ui_set_attention},
    {HEED_COMMAND_ATTENTION, HEED_ATTENTION_LINEAR, "Attention: linear",
     "What is off", {NO_KEY}, .run = heed_ui_set_attention},
    {HEED_COMMAND_ATTENTION, HEED_ATTENTION_FLASH, "Attention: flash",
     "What is off", {NO_KEY}, .run = heed_ui_set_attention},
    {HEED_COMMAND_OFF, 0, "Put one thing back \xE2\x80\xA6",
     "What is off", {{(enum heed_key)'U', CTRL, true}}, .can = has_off, .run = open_off},
    {HEED_COMMAND_UNMUTE, 0, "All on again",
     "What is off", {CHORD(CTRL, 'R')}, .can = has_off, .set = set_all_on},

    {HEED_COMMAND_HIDE_SPECIAL, 0, "Hide special tokens",
     "Filters", {KEY('S')}, FLIPS(filter.hide_special)},
    {HEED_COMMAND_HIDE_PUNCTUATION, 0, "Hide punctuation",
     "Filters", {KEY('P')}, FLIPS(filter.hide_punctuation)},
    {HEED_COMMAND_RENORMALISE, 0, "Renormalise rows",
     "Filters", {KEY('R')}, FLIPS(filter.renormalise)},
    {HEED_COMMAND_WORDS, 0, "Merge word pieces into words",
     "Filters", {KEY('W')}, FLIPS(filter.words)},
    {HEED_COMMAND_AGGREGATE, 0, "Average shown heads", "Filters", {KEY('A')}, .set = set_aggregate},
    {HEED_COMMAND_THRESHOLD_DOWN, 0, "Lower threshold",
     "Filters", {KEY('[')}, .step = heed_ui_step_threshold, .by = -1},
    {HEED_COMMAND_THRESHOLD_UP, 0, "Higher threshold",
     "Filters", {KEY(']')}, .step = heed_ui_step_threshold, .by = 1},
    {HEED_COMMAND_TOP_P_DOWN, 0, "Keep a smaller top share",
     "Filters", {SHIFTED('[')}, .step = heed_ui_step_top_p, .by = -1},
    {HEED_COMMAND_TOP_P_UP, 0, "Keep a larger top share",
     "Filters", {SHIFTED(']')}, .step = heed_ui_step_top_p, .by = 1},
    {HEED_COMMAND_TOP_K_DOWN, 0, "Keep fewer links of each row",
     "Filters", {SHIFTED(',')}, .step = heed_ui_step_top_k, .by = -1},
    {HEED_COMMAND_TOP_K_UP, 0, "Keep more links of each row",
     "Filters", {SHIFTED('.')}, .step = heed_ui_step_top_k, .by = 1},
    {HEED_COMMAND_NO_THRESHOLD, 0, "No threshold", "Filters", {NO_KEY}, .set = set_no_threshold},
    {HEED_COMMAND_KEEP_ALL, 0, "Keep every share", "Filters", {NO_KEY}, .set = set_keep_all},
    {HEED_COMMAND_TOP_K, 0, "Keep every link of a row", "Filters", {NO_KEY}, .set = set_top_k},
    {HEED_COMMAND_PROVISOS, 0, "Undo one filter \xE2\x80\xA6",
     "Filters", {KEY('U')}, .menu = heed_ui_fill_provisos},
    {HEED_COMMAND_MEASURE, HEED_MEASURE_WEIGHT, "Measure: weight",
     "Filters", {NO_KEY}, .set = set_measure},
    {HEED_COMMAND_MEASURE, HEED_MEASURE_VALUE_NORM, "Measure: weight \xC3\x97 |value|",
     "Filters", {NO_KEY}, .set = set_measure},
    {HEED_COMMAND_MEASURE, HEED_MEASURE_ROLLOUT, "Measure: rollout",
     "Filters", {NO_KEY}, .set = set_measure},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_ALL, "Segments: all",
     "Filters", {NO_KEY}, .can = can_segments, .set = set_segments},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_AA, "Segments: text to text",
     "Filters", {NO_KEY}, .can = can_segments, .set = set_segments},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_AB, "Segments: text to pair",
     "Filters", {NO_KEY}, .can = can_segments, .set = set_segments},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_BA, "Segments: pair to text",
     "Filters", {NO_KEY}, .can = can_segments, .set = set_segments},
    {HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_BB, "Segments: pair to pair",
     "Filters", {NO_KEY}, .can = can_segments, .set = set_segments},
    {HEED_COMMAND_RESET_FILTERS, 0, "Reset the filters",
     "Filters", {KEY('X')}, .set = reset_filters},
    {HEED_COMMAND_VIEW_MENU, 0, "Measure and token options \xE2\x80\xA6",
     "Filters", {KEY('M')}, .menu = heed_ui_fill_view_menu},

    {HEED_COMMAND_OPEN, 0, "Open \xE2\x80\xA6", "Files", {CHORD(CTRL, 'O')}, .run = ask_open},
    {HEED_COMMAND_OPEN, 1, "Compare: open the second attention file \xE2\x80\xA6",
     "Files", {NO_KEY}, .can = compares_files, .run = ask_open},
    {HEED_COMMAND_MODELS, 0, "Open a model \xE2\x80\xA6",
     "Files", {CHORD(CTRL | SHIFT, 'O')}, .run = open_models},
    {HEED_COMMAND_CLOSE_FILE, 0, "Attention file: close it",
     "Files", {CHORD(CTRL, 'W')}, .can = has_file, .run = close_file},
    {HEED_COMMAND_PATCH_LISTS, 0, "Attention file: patches in lists, or in the picture",
     "Views", {NO_KEY}, FLIPS(patch_lists), .can = has_picture},
    {HEED_COMMAND_PART_PREVIOUS, 0, "Attention file: the part before",
     "Files", {CHORD(CTRL, HEED_KEY_PAGE_UP)}, .can = has_parts, .step = heed_ui_step_part, .by = -1},
    {HEED_COMMAND_PART_NEXT, 0, "Attention file: the next part",
     "Files", {CHORD(CTRL, HEED_KEY_PAGE_DOWN)}, .can = has_parts, .step = heed_ui_step_part, .by = 1},
    {HEED_COMMAND_SAVE, 0, "Save \xE2\x80\xA6", "Files", {CHORD(CTRL, 'S')}, .run = ask_save},
    {HEED_COMMAND_EXPORT, 0, "Export the picture \xE2\x80\xA6",
     "Files", {CHORD(CTRL, 'E')}, .run = heed_ui_open_export},
    {HEED_COMMAND_EXPORT_COPY, 0, "Copy the picture as PNG and SVG",
     "Files", {CHORD(CTRL | SHIFT, 'E')}, .run = heed_ui_copy_export},
    {HEED_COMMAND_EXPORT_COPY, 1, "Copy the picture\xE2\x80\x99s export command",
     "Files", {NO_KEY}, .run = heed_ui_copy_export},
    {HEED_COMMAND_EXPORT_COPY, 2, "Copy the picture\xE2\x80\x99s data as CSV",
     "Files", {NO_KEY}, .run = heed_ui_copy_export},
    {HEED_COMMAND_EXPORT_COPY, 3, "Copy the picture\xE2\x80\x99s caption",
     "Files", {NO_KEY}, .run = heed_ui_copy_export},
    {HEED_COMMAND_EXPORT_COPY, 4, "Copy the picture in words",
     "Files", {CHORD(CTRL | SHIFT, 'S')}, .run = heed_ui_copy_export},

    {HEED_COMMAND_UNPIN, 0, "One step back: close, leave, unpin",
     "Window", {CHORD(0, HEED_KEY_ESCAPE)}, .run = step_back},
    {HEED_COMMAND_COPY_VALUE, 0, "Copy the pair's weights",
     "Window", {{HEED_KEY_A + 2, CTRL, true}}, .run = copy_value},
    {HEED_COMMAND_COPY_ROW, 0, "Copy the row as CSV",
     "Window", {{HEED_KEY_A + 2, CTRL | SHIFT, true}}, .run = copy_row},
    {HEED_COMMAND_CONTEXT, 0, "Menu of what is focused",
     "Window", {CHORD(0, HEED_KEY_MENU), CHORD(SHIFT, HEED_KEY_F1 + 9)}, .run = open_context},
    {HEED_COMMAND_INSPECTOR, 0, "Inspector", "Window", {KEY('I')}, .run = toggle_inspector},
    {HEED_COMMAND_RAIL, 0, "Side rail", "Window", {KEY('B')}, .run = toggle_rail},
    {HEED_COMMAND_FILTERS, 0, "Fold or unfold the filters",
     "Window", {KEY('F')}, .run = toggle_filters},
    {HEED_COMMAND_PROJECTOR, 0, "Projector mode",
     "Window", {CHORD(0, HEED_KEY_F1 + 4)}, .run = toggle_projector},
    {HEED_COMMAND_TEACHER, 0, "Projector: the teacher\xE2\x80\x99s window",
     "Window", {CHORD(SHIFT, HEED_KEY_F1 + 4)}, .run = toggle_teacher},
    {HEED_COMMAND_BLANK, HEED_BLANK_BLACK, "Projector: black, until the next key",
     "Window", {KEY('B'), KEY('.')}, .only = is_projected, .can = projects, .run = blank},
    {HEED_COMMAND_BLANK, HEED_BLANK_WHITE, "Projector: white, until the next key",
     "Window", {KEY('W')}, .only = is_projected, .can = projects, .run = blank},
    {HEED_COMMAND_ZOOM_PAIR, 0, "Projector: the pinned pair large, or all",
     "Window", {KEY('Z')}, .only = is_projected, .can = can_enlarge_pair, .says_why = true,
     .run = enlarge_pair},
    {HEED_COMMAND_PAGE_NEXT, 0, "Projector: the next step, layer or page",
     "Window", {CHORD(0, HEED_KEY_PAGE_DOWN)}, .only = is_projected, .can = projects,
     .step = turn_page, .by = 1},
    {HEED_COMMAND_PAGE_BACK, 0, "Projector: the one before",
     "Window", {CHORD(0, HEED_KEY_PAGE_UP)}, .only = is_projected, .can = projects,
     .step = turn_page, .by = -1},
    {HEED_COMMAND_FULLSCREEN, 0, "Full screen",
     "Window", {CHORD(0, HEED_KEY_F1 + 10), CHORD(ALT, HEED_KEY_ENTER)}, .run = toggle_fullscreen},
    {HEED_COMMAND_THEME, 0, "Next theme", "Window", {KEY('T')}, .set = set_theme},
    {HEED_COMMAND_PALETTE, 0, "Palette \xE2\x80\xA6",
     "Window", {KEY('K')}, .set = set_palette, .menu = heed_ui_fill_palettes},
    {HEED_COMMAND_SETTINGS, 0, "Settings",
     "Window", {CHORD(CTRL, ',')}, .run = open_settings},
    {HEED_COMMAND_MOTION, 0, "Reduced motion, or as the desktop",
     "Window", {NO_KEY}, .set = set_motion},
    {HEED_COMMAND_SCALE_UP, 0, "Larger interface",
     "Window", {CHORD(CTRL, '+'), CHORD(CTRL, '=')}, .step = heed_ui_set_scale, .by = 1},
    {HEED_COMMAND_SCALE_DOWN, 0, "Smaller interface",
     "Window", {CHORD(CTRL, '-')}, .step = heed_ui_set_scale, .by = -1},
    {HEED_COMMAND_SCALE_RESET, 0, "Interface at its own size",
     "Window", {CHORD(CTRL, '0')}, .step = heed_ui_set_scale, .by = 0},

    {HEED_COMMAND_FIND, 0, "Find a command", "Help", {CHORD(CTRL, 'K')}, .run = find},
    {HEED_COMMAND_HELP, 0, "Every key",
     "Help", {CHORD(0, HEED_KEY_F1), {HEED_KEY_SLASH, SHIFT, true}}, .run = help},
    {HEED_COMMAND_GLOSSARY, 0, "What the words mean",
     "Help", {CHORD(CTRL, HEED_KEY_F1)}, .run = glossary},
    {HEED_COMMAND_ABOUT, 0, "About heed", "Help", {CHORD(SHIFT, HEED_KEY_F1)}, .run = about},
    {HEED_COMMAND_REPORT, 0, "Report a problem: copy what it needs",
     "Help", {NO_KEY}, .run = report},
    {HEED_COMMAND_EXAMPLES, 0, "Examples \xE2\x80\xA6",
     "Help", {CHORD(0, HEED_KEY_F1 + 1)}, .can = has_examples, .run = choose_example},
    {HEED_COMMAND_LESSONS, 0, "Lessons",
     "Help", {CHORD(0, HEED_KEY_F1 + 3)}, .can = has_lessons, .run = heed_ui_toggle_lessons},
    {HEED_COMMAND_LESSON_NEXT, 0, "Lesson: next step (Space)",
     "Help", {NO_KEY}, .can = has_lesson, .run = heed_ui_lesson_next},
    {HEED_COMMAND_LESSON_BACK, 0, "Lesson: step before (Left)",
     "Help", {NO_KEY}, .can = has_lesson, .run = heed_ui_lesson_back},
    {HEED_COMMAND_LESSON_COUNTS, 0, "Lesson: hide the votes (Shift+V)",
     "Help", {NO_KEY}, .can = has_lesson, .run = heed_ui_lesson_counts},
    {HEED_COMMAND_LESSON_SENTENCE, 0, "Lesson: its sentence again (Shift+R)",
     "Help", {NO_KEY}, .can = has_lesson, .run = heed_ui_lesson_sentence},
    {HEED_COMMAND_LESSON_ADD, 0, "Lesson: add this as a step \xE2\x80\xA6",
     "Help", {NO_KEY}, .can = has_heads, .run = ask_step},
    {HEED_COMMAND_LESSON_LEAVE, 0, "Lesson: leave it",
     "Help", {NO_KEY}, .can = has_lesson, .run = heed_ui_leave_lesson},
    {HEED_COMMAND_HINT, 0, "Three things to try",
     "Help", {CHORD(0, HEED_KEY_F1 + 2)}, .run = heed_ui_ask_for_hint},
    {HEED_COMMAND_RESET, 0, "Reset: as at the first start",
     "Help", {NO_KEY}, .run = heed_ui_reset},
    {HEED_COMMAND_CLOSE_NOTE, 0, "Close the note",
     "Help", {NO_KEY}, .can = has_note, .run = close_note},
    {HEED_COMMAND_QUIT, 0, "Quit", "Help", {CHORD(CTRL, 'Q')}, .run = quit},
};

/* What only a row, a menu or a popover's button gives. */
static const struct heed_command_info unlisted[] = {
    {HEED_COMMAND_PART, .can = has_parts, .set = set_part, .after = HEED_AFTER_ORIGIN},
    {HEED_COMMAND_TRY, .run = heed_ui_try},
    {HEED_COMMAND_LESSON, .run = heed_ui_start_lesson},
    {HEED_COMMAND_LESSON_VOTE, .can = asks, .run = heed_ui_lesson_vote},
    {HEED_COMMAND_LESSON_STEP, .can = has_lesson, .run = heed_ui_lesson_go},
    {HEED_COMMAND_LESSON_LAST, .can = has_lesson, .run = heed_ui_lesson_last},
    {HEED_COMMAND_LESSON_FIRST, .can = has_lesson, .run = heed_ui_lesson_first},
    {HEED_COMMAND_PROBE_OPEN, .run = heed_ui_open_sentence},
    {HEED_COMMAND_PROBE_RELATION, .run = heed_ui_open_relation},
    {HEED_COMMAND_FACTOR, .run = heed_ui_choose_factor},
    {HEED_COMMAND_PUT_BACK, .run = heed_ui_put_back},
    {HEED_COMMAND_PIN, .run = pin_in_hand},
    {HEED_COMMAND_CLOSE_MESSAGE, .run = close_message},
    {HEED_COMMAND_ACCEPT, .run = accept},
    {HEED_COMMAND_PATH_ROW, .run = choose_path},
    {HEED_COMMAND_BROWSE, .run = browse},
    {HEED_COMMAND_OPEN_ANYWAY, .run = open_anyway},
    {HEED_COMMAND_EXPORT_SET, .run = heed_ui_set_export},
    {HEED_COMMAND_EXPORT_SAVE, .run = heed_ui_save_export},
    {HEED_COMMAND_EXPORT_FOLDER, .run = heed_ui_open_export_folder},
    {HEED_COMMAND_MODEL_ROW, .run = heed_models_click},
    {HEED_COMMAND_MODEL_OPEN, .run = open_chosen_model},
    {HEED_COMMAND_MODEL_STOP, .run = stop_model},
};
/* clang-format on */

const struct heed_command_table heed_ui_commands = {.rows = rows,
                                                    .n = (int)HEED_COUNT(rows),
                                                    .unlisted = unlisted,
                                                    .n_unlisted = (int)HEED_COUNT(unlisted)};

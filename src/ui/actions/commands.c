#include "ui/actions/commands.h"

#include <math.h>
#include <string.h>

#include "draw/hit.h"
#include "state/interventions.h"
#include "ui/actions/context.h"
#include "ui/actions/filters.h"
#include "ui/actions/heads.h"
#include "ui/actions/lab.h"
#include "ui/actions/off.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/actions/travel.h"
#include "ui/actions/variant.h"
#include "ui/actions/zoom.h"
#include "ui/popover/examples.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"

static const float scale_step = 1.1F;

/* --- looks --- */

static void set_look(struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (command == HEED_COMMAND_THEME) {
        state->theme = (enum heed_theme_id)((state->theme + 1) % HEED_N_THEMES);
    } else if (command == HEED_COMMAND_PROJECTOR) {
        state->projector = !state->projector;
        ui->scroll_x = ui->scroll_y = 0.0F;
        ui->zoom = 1.0F;
    } else if (command == HEED_COMMAND_PALETTE) {
        state->palette = (enum heed_palette_id)(argument - 1);
    } else if (command == HEED_COMMAND_HEADS_MODE) {
        state->heads_mode =
            state->heads_mode == HEED_HEADS_LINKS ? HEED_HEADS_HEATMAPS : HEED_HEADS_LINKS;
    } else if (command == HEED_COMMAND_HEADS_ORDER) {
        state->heads_order = (enum heed_heads_order)(argument - 1);
    } else if (command == HEED_COMMAND_HEADS_BANDS) {
        state->heads_bands = !state->heads_bands;
    } else if (command == HEED_COMMAND_COLOR_BY) {
        state->color_by = (enum heed_color_by)(argument - 1);
    } else if (command == HEED_COMMAND_NEURON_SORT) {
        state->neuron_sorted = !state->neuron_sorted;
        ui->scroll_y = 0.0F;
        ui->reveal = true;
    } else if (command == HEED_COMMAND_NEURON_VALUES) {
        state->neuron_values = !state->neuron_values;
    } else if (command == HEED_COMMAND_STACK_PAGE) {
        state->stack_page = argument;
        ui->scroll_y = 0.0F;
    } else if (command == HEED_COMMAND_VIEW) {
        state->view = (enum heed_view)argument;
        state->panel = HEED_PANEL_NONE;
        ui->scroll_x = ui->scroll_y = 0.0F;
        ui->zoom = 1.0F;
        ui->reveal = true;
        if (heed_state_compares(state) && !heed_state_begin_compare(state, NULL)) {
            state->view = HEED_VIEW_LINKS;
        }
        heed_state_fit_b(state, -1);
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (command == HEED_COMMAND_VIEW) {
        heed_ui_sync_fields(ui);
    }
}

static void set_scale(struct heed_ui *ui, float scale)
{
    const float most = fminf(ui->width / 640.0F, ui->height / 480.0F) / ui->pixel_ratio;
    scale = fminf(scale, fminf(fmaxf(most, 1.0F), 3.0F));
    if (heed_ui_begin(ui)) {
        ui->now.state.ui_scale = fmaxf(scale, 0.75F);
        heed_ui_end(ui, HEED_MERGE_NONE);
        heed_ui_layout(ui);
    }
}

/* --- the rest --- */

static void toggle_pair(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    const bool adding = state->pair == NULL;
    if (!heed_ui_can(ui, HEED_COMMAND_PAIR, 0) || !heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    if (!heed_state_set_pair(state, adding ? "" : NULL, 0, NULL)) {
        heed_ui_say(ui, true, "out of memory: no second text was added");
    }
    if (!adding) {
        state->filter.segments = HEED_SEGMENTS_ALL;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
    heed_ui_layout(ui);
    heed_ui_focus_field(ui, adding ? HEED_UI_FIELD_PAIR : HEED_UI_FIELD_TEXT);
}

/* Compare's texts change places, or B becomes A. */
static void change_compared(struct heed_ui *ui, enum heed_command command)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_can(ui, command, 0) || !heed_ui_begin(ui)) {
        return;
    }
    heed_ui_seal(ui);
    if (command == HEED_COMMAND_SWAP) {
        char *text = state->text;
        state->text = state->compare;
        state->compare = text;
    } else if (!heed_state_set_compare(state, state->text, strlen(state->text), NULL)) {
        heed_ui_say(ui, true, "out of memory: B stays as it is");
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
}

static void set_compare(struct heed_ui *ui, enum heed_command command, int argument)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_can(ui, command, argument) || !heed_ui_begin(ui)) {
        return;
    }
    if (command == HEED_COMMAND_COMPARE_MAP) {
        state->compare_map =
            argument > 0 ? (enum heed_compare_map)(argument - 1)
                         : (enum heed_compare_map)((state->compare_map + 1) % HEED_N_COMPARE_MAPS);
    } else if (command == HEED_COMMAND_COMPARE_RANK) {
        state->compare_whole = argument > 0 ? argument == 2 : !state->compare_whole;
    } else {
        state->compare_heads = argument > 0 ? argument == 2 : !state->compare_heads;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
}

/* In Stack the page is what goes up and down. */
static void step_layers(struct heed_ui *ui, int by)
{
    const struct heed_state *state = &ui->now.state;
    if (!heed_view_get_kind(state->view)->has_pages) {
        heed_ui_step_layer(ui, by);
        return;
    }
    const int page = state->stack_page + by;
    if (page >= 0 && page <= heed_ui_n_layers(ui) + 1) {
        set_look(ui, HEED_COMMAND_STACK_PAGE, page);
    }
}

static void run_heads(struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    const struct heed_head_id id =
        heed_ui_argument_head(ui, command == HEED_COMMAND_ISOLATE ? argument : 0);
    switch (command) {
    case HEED_COMMAND_LAYER_UP:
    case HEED_COMMAND_LAYER_DOWN:
        step_layers(ui, command == HEED_COMMAND_LAYER_UP ? -1 : 1);
        break;
    case HEED_COMMAND_HEAD_PREVIOUS:
    case HEED_COMMAND_HEAD_NEXT:
        heed_ui_step_matrix(ui, command == HEED_COMMAND_HEAD_NEXT ? 1 : -1);
        break;
    case HEED_COMMAND_SHOW_ALL:
        heed_ui_show_layer(ui, argument > 0 ? argument - 1 : id.layer);
        break;
    case HEED_COMMAND_ISOLATE:
        heed_ui_isolate(ui, id);
        break;
    case HEED_COMMAND_OPEN_HEAD:
        heed_ui_open_head(ui, id, false);
        break;
    default:
        if (heed_ui_begin(ui)) {
            heed_state_show_only(&ui->now.state, NULL, 0);
            heed_ui_end(ui, HEED_MERGE_NONE);
        }
        break;
    }
}

/* Esc: the nearest thing that can be undone by it. */
static void step_back(struct heed_ui *ui)
{
    if (ui->popover.kind != HEED_POPOVER_NONE) {
        heed_popover_close(ui);
    } else if (ui->focused_field != HEED_UI_FIELD_NONE) {
        heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    } else if (heed_ui_leave_panel(ui)) {
        return;
    } else if (ui->hint && !ui->now.state.projector) {
        heed_ui_close_note(ui);
    } else if (ui->now.state.projector) {
        set_look(ui, HEED_COMMAND_PROJECTOR, 0);
    } else {
        heed_ui_unpin(ui);
    }
}

/* Where the control for a command lies: its menu opens below it. */
static struct heed_rect place_of(struct heed_ui *ui, enum heed_command command)
{
    const struct heed_list *list = heed_ui_list(ui);
    for (size_t i = 0; i < ui->popover_items && i < list->n_items; i++) {
        const struct heed_target *target = &list->items[i].target;
        if (target->kind == HEED_TARGET_COMMAND && target->a == (int32_t)command &&
            target->b == 0) {
            return heed_item_bounds(&list->items[i]);
        }
    }
    return (struct heed_rect){0};
}

static void toggle_open(struct heed_ui *ui, bool *open)
{
    *open = !*open;
    heed_ui_layout(ui);
}

static void run_window(struct heed_ui *ui, enum heed_command command)
{
    switch (command) {
    case HEED_COMMAND_INSPECTOR:
        toggle_open(ui, &ui->inspector_open);
        break;
    case HEED_COMMAND_RAIL:
        toggle_open(ui, &ui->rail_open);
        break;
    case HEED_COMMAND_FILTERS:
        toggle_open(ui, &ui->filters_open);
        break;
    case HEED_COMMAND_PROJECTOR:
        set_look(ui, command, 0);
        break;
    case HEED_COMMAND_FOCUS_TEXT:
        if (ui->now.state.projector) { /* the field is seen again */
            set_look(ui, HEED_COMMAND_PROJECTOR, 0);
        }
        heed_ui_focus_field(ui, HEED_UI_FIELD_TEXT);
        break;
    case HEED_COMMAND_FOCUS_SECOND:
        heed_ui_focus_field(ui, heed_state_get_second(&ui->now.state) != NULL ? HEED_UI_FIELD_PAIR
                                                                              : HEED_UI_FIELD_TEXT);
        break;
    case HEED_COMMAND_HELP:
        heed_popover_open_help(ui);
        break;
    case HEED_COMMAND_ABOUT:
        heed_popover_open_about(ui);
        break;
    case HEED_COMMAND_FIND:
        heed_popover_open_find(ui);
        break;
    case HEED_COMMAND_SEARCH:
        heed_popover_open_search(ui);
        break;
    case HEED_COMMAND_LINK_NEXT:
    case HEED_COMMAND_LINK_PREVIOUS:
        heed_ui_travel(ui, false, command == HEED_COMMAND_LINK_NEXT ? 1 : -1);
        break;
    case HEED_COMMAND_QUERY_NEXT:
    case HEED_COMMAND_QUERY_PREVIOUS:
        heed_ui_travel(ui, true, command == HEED_COMMAND_QUERY_NEXT ? 1 : -1);
        break;
    case HEED_COMMAND_HINT:
        heed_ui_show_hint(ui);
        break;
    case HEED_COMMAND_CLOSE_NOTE:
        heed_ui_close_note(ui);
        break;
    case HEED_COMMAND_CLOSE_MESSAGE:
        ui->message[0] = '\0';
        heed_ui_touch(ui);
        break;
    case HEED_COMMAND_UNPIN:
        step_back(ui);
        break;
    case HEED_COMMAND_QUIT:
        ui->effects->quit = true;
        break;
    default:
        break;
    }
}

void heed_ui_run(struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    switch (command) {
    case HEED_COMMAND_VIEW:
    case HEED_COMMAND_THEME:
    case HEED_COMMAND_NEURON_SORT:
    case HEED_COMMAND_NEURON_VALUES:
    case HEED_COMMAND_STACK_PAGE:
        set_look(ui, command, argument);
        break;
    case HEED_COMMAND_HEADS_MODE:
    case HEED_COMMAND_HEADS_BANDS:
        if (heed_ui_can(ui, command, argument)) {
            set_look(ui, command, argument);
        }
        break;
    case HEED_COMMAND_HEADS_ORDER:
        if (!heed_ui_can(ui, command, argument)) {
            break;
        }
        /* fall through */
    case HEED_COMMAND_PALETTE:
    case HEED_COMMAND_COLOR_BY:
    case HEED_COMMAND_VIEW_MENU:
    case HEED_COMMAND_PROVISOS:
        if (argument > 0) {
            set_look(ui, command, argument);
        } else {
            heed_popover_open_menu(ui, command, place_of(ui, command));
        }
        break;
    case HEED_COMMAND_PROBE_FILE:
        heed_ui_choose_probe(ui, argument, place_of(ui, command));
        break;
    case HEED_COMMAND_PROBE_OPEN:
        heed_ui_open_sentence(ui, argument - 1);
        break;
    case HEED_COMMAND_UNDO:
    case HEED_COMMAND_REDO:
        heed_ui_undo(ui, command == HEED_COMMAND_REDO);
        break;
    case HEED_COMMAND_OPEN:
    case HEED_COMMAND_SAVE:
    case HEED_COMMAND_EXPORT:
        heed_popover_open_path(ui, command);
        break;
    case HEED_COMMAND_PAIR:
        toggle_pair(ui);
        break;
    case HEED_COMMAND_SWAP:
    case HEED_COMMAND_COPY_A:
        change_compared(ui, command);
        break;
    case HEED_COMMAND_COMPARE_MAP:
    case HEED_COMMAND_COMPARE_RANK:
    case HEED_COMMAND_COMPARE_TAB:
        set_compare(ui, command, argument);
        break;
    case HEED_COMMAND_SCALE_UP:
        set_scale(ui, ui->now.state.ui_scale * scale_step);
        break;
    case HEED_COMMAND_SCALE_DOWN:
        set_scale(ui, ui->now.state.ui_scale / scale_step);
        break;
    case HEED_COMMAND_SCALE_RESET:
        set_scale(ui, 1.0F);
        break;
    case HEED_COMMAND_LAYER_UP:
    case HEED_COMMAND_LAYER_DOWN:
    case HEED_COMMAND_HEAD_PREVIOUS:
    case HEED_COMMAND_HEAD_NEXT:
    case HEED_COMMAND_SHOW_ALL:
    case HEED_COMMAND_SHOW_NONE:
    case HEED_COMMAND_ISOLATE:
    case HEED_COMMAND_OPEN_HEAD:
        run_heads(ui, command, argument);
        break;
    case HEED_COMMAND_ZOOM_IN:
    case HEED_COMMAND_ZOOM_OUT:
    case HEED_COMMAND_ZOOM_RESET:
        heed_ui_zoom(ui, command);
        break;
    case HEED_COMMAND_ACCEPT:
        heed_popover_accept(ui);
        break;
    case HEED_COMMAND_EXAMPLES:
        if (argument > 0) {
            heed_ui_choose_example(ui, argument - 1);
        } else if (ui->n_examples > 0) {
            heed_popover_open_examples(ui);
        }
        break;
    default:
        if (!heed_ui_run_panel(ui, command, argument) &&
            !heed_ui_run_filter(ui, command, argument) && !heed_ui_run_off(ui, command, argument) &&
            !heed_ui_run_lab(ui, command) && !heed_ui_run_variant(ui, command, argument) &&
            !heed_ui_run_context(ui, command, argument)) {
            run_window(ui, command);
        }
        break;
    }
}

bool heed_ui_can(const struct heed_ui *ui, enum heed_command command, int32_t argument)
{
    const struct heed_state *state = &ui->now.state;
    switch (command) {
    case HEED_COMMAND_UNDO:
        return ui->history.n_undo > 0;
    case HEED_COMMAND_REDO:
        return ui->history.n_redo > 0;
    case HEED_COMMAND_PAIR: /* the second field is B there */
        return !heed_state_compares(state);
    case HEED_COMMAND_FOCUS_SECOND:
        return heed_state_get_second(state) != NULL;
    case HEED_COMMAND_COMPARE_MAP:
    case HEED_COMMAND_COMPARE_RANK:
    case HEED_COMMAND_COMPARE_TAB:
    case HEED_COMMAND_SWAP:
    case HEED_COMMAND_COPY_A:
        return heed_state_compares(state) && state->compare != NULL;
    case HEED_COMMAND_PANEL:
    case HEED_COMMAND_RUN:
    case HEED_COMMAND_CANCEL:
    case HEED_COMMAND_ABLATION_BY:
        return heed_ui_can_panel(ui, command, argument);
    case HEED_COMMAND_EXAMPLES:
        return ui->n_examples > 0;
    case HEED_COMMAND_CLOSE_NOTE:
        return heed_ui_get_example(ui) != NULL || ui->hint;
    case HEED_COMMAND_UNMUTE:
    case HEED_COMMAND_OFF:
        return heed_state_count_off(state) > 0;
    case HEED_COMMAND_MASK:
    case HEED_COMMAND_MASK_NARROWER:
    case HEED_COMMAND_MASK_WIDER:
        return heed_ui_can_variant(ui, command, argument);
    case HEED_COMMAND_NO_CANDIDATES:
        return state->n_candidates > 0;
    case HEED_COMMAND_CUT:
        return state->query.count > 0 && state->key.count > 0;
    case HEED_COMMAND_MUTE:
    case HEED_COMMAND_SCALE_HEAD:
    case HEED_COMMAND_FACTOR_DOWN:
    case HEED_COMMAND_FACTOR_UP:
        return heed_ui_n_layers(ui) > 0;
    case HEED_COMMAND_SEGMENTS:
        return state->pair != NULL || argument == HEED_SEGMENTS_ALL;
    case HEED_COMMAND_LAYER_UP:
    case HEED_COMMAND_LAYER_DOWN:
        return state->n_shown > 0 || heed_view_get_kind(state->view)->has_pages;
    case HEED_COMMAND_SHOW_NONE:
        return state->n_shown > 0;
    case HEED_COMMAND_HEAD_PREVIOUS:
    case HEED_COMMAND_HEAD_NEXT:
        return state->n_shown > 1;
    case HEED_COMMAND_HEADS_MODE:
    case HEED_COMMAND_HEADS_ORDER:
        return state->view == HEED_VIEW_HEADS;
    case HEED_COMMAND_HEADS_BANDS:
        return state->view == HEED_VIEW_HEADS && state->heads_order >= HEED_ORDER_MEASURE;
    case HEED_COMMAND_OPEN_HEAD:
    case HEED_COMMAND_SHOW_ALL:
        return heed_ui_n_layers(ui) > 0;
    default:
        return true;
    }
}

void heed_ui_take_path(struct heed_ui *ui, const struct heed_event *event,
                       enum heed_command command)
{
    heed_buffer_clear(&ui->path);
    heed_buffer_append(&ui->path, event->text, event->length);
    if (ui->path.failed || ui->path.size == 0 ||
        memchr(ui->path.data, '\0', ui->path.size) != NULL) {
        return;
    }
    heed_popover_close(ui);
    switch (command) {
    case HEED_COMMAND_SAVE:
        ui->effects->save_path = ui->path.data;
        break;
    case HEED_COMMAND_EXPORT:
        ui->effects->export_path = ui->path.data;
        break;
    default:
        ui->effects->open_path = ui->path.data;
        break;
    }
}

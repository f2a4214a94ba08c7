#include "ui/actions/lab.h"

#include "core/analysis/link_measures.h"
#include "scene/frame/shown.h"
#include "state/interventions.h"
#include "ui/actions/off.h"
#include "ui/popover/popover.h"
#include "ui/window/pins.h"

static void fill_mutes(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    heed_popover_add_title(popover, "Mute a shown head: its output is zero");
    popover->selected = 1;
    for (int i = 0; i < state->n_shown; i++) {
        const struct heed_head_id id = state->shown[i].id;
        char name[24];
        heed_head_name(id, name, sizeof(name));
        heed_popover_add_choice(popover, HEED_COMMAND_MUTE, heed_head_argument(id),
                                heed_popover_label(popover, "%s", name),
                                heed_state_mutes(state, id));
    }
}

static void fill_cuts(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    char query[64], key[64];
    heed_ui_pin_text(ui, ui->subject.query, query, sizeof(query));
    heed_ui_pin_text(ui, ui->subject.key, key, sizeof(key));
    heed_popover_add_title(popover, heed_popover_label(popover, "%s \xE2\x86\x92 %s", query, key));
    popover->selected = 1;
    heed_ui_add_cut_rows(ui, ui->subject.query, ui->subject.key);
}

static void open_menu(struct heed_ui *ui, enum heed_command command,
                      void (*fill)(struct heed_ui *ui))
{
    const struct heed_target *focus = &ui->focus.target;
    const bool there = focus->kind == HEED_TARGET_COMMAND && focus->a == (int32_t)command;
    heed_popover_open_menu(ui, command, there ? ui->focus.rect : (struct heed_rect){0}, fill);
}

void heed_ui_open_cuts(struct heed_ui *ui)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_hover about = {.query = state->query,
                                     .key = state->key,
                                     .head = state->matrix_head,
                                     .has_head = state->n_shown > 0};
    if (state->query.count == 0 || state->key.count == 0) {
        heed_ui_say(ui, false, "pin a query and a key first: click a cell of a matrix");
        return;
    }
    ui->subject = about;
    open_menu(ui, HEED_COMMAND_CUT_MENU, fill_cuts);
}

void heed_ui_open_mutes(struct heed_ui *ui)
{
    if (ui->now.state.n_shown == 0) {
        heed_ui_say(ui, false, "show a head first: click a cell of the head map");
    } else {
        open_menu(ui, HEED_COMMAND_MUTE_MENU, fill_mutes);
    }
}

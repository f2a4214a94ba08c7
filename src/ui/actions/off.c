#include "ui/actions/off.h"

#include <stdio.h>
#include <string.h>

#include "scene/frame/off_words.h"
#include "scene/frame/shown.h"
#include "ui/popover/popover.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/pins.h"

static const struct heed_head_id every_head = {-1, -1};

/* What a step or the menu offers. */
static const float factors[] = {0, 0.25F, 0.5F, 0.75F, 1, 1.5F, 2, 3, 4};

/* --- cutting --- */

/* Links of one pair: all of them are cut or put back together. */
struct selection {
    struct heed_cut_link links[HEED_MAX_SHOWN];
    int n;
    char where[48]; /* "L3H1", "the 3 shown heads" */
};

static void add_head(struct selection *selection, struct heed_head_id id)
{
    struct heed_cut_link *link = &selection->links[selection->n];
    *link = selection->links[0];
    link->head = id;
    selection->n++;
}

/* Views of one head. */
static bool has_one_map(const struct heed_state *state)
{
    return heed_view_get_kind(state->view)->one_head;
}

static void select_head(struct selection *selection, struct heed_head_id id)
{
    add_head(selection, id);
    heed_head_name(id, selection->where, sizeof(selection->where));
}

static void select_shown(struct selection *selection, const struct heed_state *state)
{
    if (state->n_shown == 1) {
        select_head(selection, state->shown[0].id);
        return;
    }
    for (int i = 0; i < state->n_shown; i++) {
        add_head(selection, state->shown[i].id);
    }
    snprintf(selection->where, sizeof(selection->where), "the %d shown heads", state->n_shown);
}

/* In which heads a command cuts, by its argument. */
static void select_heads(const struct heed_ui *ui, int32_t argument, struct selection *selection)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_hover hover = heed_ui_in_hand(ui);
    const bool pointed = hover.has_head && hover.head.layer >= 0;
    if (argument == HEED_CUT_EVERY) {
        add_head(selection, every_head);
        snprintf(selection->where, sizeof(selection->where), "every head");
    } else if (argument == HEED_CUT_SHOWN) {
        select_shown(selection, state);
    } else if (argument > 0 || pointed || (has_one_map(state) && state->n_shown > 0)) {
        select_head(selection, heed_ui_argument_head(ui, argument));
    } else {
        select_shown(selection, state);
    }
}

static bool all_cut(const struct heed_state *state, const struct selection *selection)
{
    int n = 0;
    for (int i = 0; i < selection->n; i++) {
        n += heed_state_has_cut(state, &selection->links[i]);
    }
    return n == selection->n;
}

static bool is_cut_everywhere(const struct heed_state *state, const struct heed_cut_link *link)
{
    struct heed_cut_link everywhere = *link;
    everywhere.head = every_head;
    return heed_state_has_cut(state, &everywhere);
}

/* Adds them to a copy first: what can't be is refused as a whole. */
static bool add_links(struct heed_ui *ui, const struct selection *selection, const char *query)
{
    struct heed_state trial = ui->now.state;
    struct heed_empty_row row;
    char name[24] = "every head";
    for (int i = 0; i < selection->n; i++) {
        if (!heed_state_add_cut(&trial, &selection->links[i])) {
            heed_ui_say(ui, true,
                        "no more than %d links can be cut: put some back first, or cut this one in "
                        "every head",
                        HEED_MAX_CUTS);
            return false;
        }
    }
    if (!heed_cuts_keep_rows(trial.cuts, trial.n_cuts, trial.variant.mask, ui->result->encoding,
                             &row)) {
        if (row.head.layer >= 0) {
            heed_head_name(row.head, name, sizeof(name));
        }
        heed_ui_say(ui, true,
                    "\xE2\x80\x9C%s\xE2\x80\x9D would have nothing left to attend to in %s%s: a "
                    "row keeps at least one link",
                    query, name,
                    trial.variant.mask.kind != HEED_MASK_FULL ? " under the mask" : "");
        return false;
    }
    memcpy(ui->now.state.cuts, trial.cuts, sizeof(trial.cuts));
    ui->now.state.n_cuts = trial.n_cuts;
    return true;
}

void heed_ui_cut(struct heed_ui *ui, int32_t argument)
{
    struct heed_state *state = &ui->now.state;
    struct selection selection = {0};
    struct heed_pin query, key;
    char from[64], to[64];
    if (!heed_ui_pair_in_hand(ui, &query, &key)) {
        heed_ui_say(ui, false, "pin or point at a pair to cut its link");
        return;
    }
    if (query.in_b || key.in_b) {
        heed_ui_say(ui, false,
                    "a link is cut by A\xE2\x80\x99s words, and in B where they are aligned: this "
                    "word stands only in B");
        return;
    }
    selection.links[0].query = heed_range_of(query);
    selection.links[0].key = heed_range_of(key);
    select_heads(ui, argument, &selection);
    heed_ui_pin_text(ui, query, from, sizeof(from));
    heed_ui_pin_text(ui, key, to, sizeof(to));
    if (selection.n == 0) {
        heed_ui_say(ui, false, "show a head to cut the link in it");
        return;
    }
    const bool back = all_cut(state, &selection);
    if (!back && is_cut_everywhere(state, &selection.links[0])) {
        heed_ui_say(ui, false, "%s \xE2\x86\x92 %s is cut in every head: put it back there first",
                    from, to);
        return;
    }
    if (!heed_ui_begin_pin(ui)) {
        return;
    }
    for (int i = 0; back && i < selection.n; i++) {
        heed_state_drop_cut(state, &selection.links[i]);
    }
    const bool done = back || add_links(ui, &selection, from);
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (done && back) {
        heed_ui_say(ui, false, "%s \xE2\x86\x92 %s is back in %s", from, to, selection.where);
    } else if (done) {
        heed_ui_say(ui, false,
                    "%s \xE2\x86\x92 %s is cut in %s: its score is \xE2\x88\x92\xE2\x88\x9E, the "
                    "rest of its row is renormalised",
                    from, to, selection.where);
    }
}

void heed_ui_add_cut_rows(struct heed_ui *ui, struct heed_pin query, struct heed_pin key)
{
    static const char again[] = "Put it back in %s";
    static const char off[] = "Cut it in %s";
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    const bool pointed = ui->subject.has_head && ui->subject.head.layer >= 0;
    const bool one = pointed || (has_one_map(state) && state->n_shown > 0);
    const struct heed_head_id id = pointed ? ui->subject.head : state->matrix_head;
    const int32_t arguments[] = {heed_head_argument(id), HEED_CUT_SHOWN, HEED_CUT_EVERY};
    const struct heed_cut_link link = {every_head, heed_range_of(query), heed_range_of(key)};
    if (query.in_b || key.in_b) {
        return;
    }
    const bool everywhere = is_cut_everywhere(state, &link);
    for (int i = everywhere ? 2 : 0; i < 3; i++) {
        const bool only = state->n_shown == 1 && one && heed_head_equal(state->shown[0].id, id);
        struct selection selection = {.links = {link}};
        if ((i == 0 && !one) || (i == 1 && (state->n_shown == 0 || only))) {
            continue;
        }
        select_heads(ui, arguments[i], &selection);
        const char *label =
            heed_popover_label(popover, all_cut(state, &selection) ? again : off, selection.where);
        heed_popover_add_choice(popover, HEED_COMMAND_CUT, arguments[i], label, false);
    }
}

/* --- heads --- */

void heed_ui_toggle_muted(struct heed_ui *ui, int32_t argument)
{
    const struct heed_head_id id = heed_ui_argument_head(ui, argument);
    if (heed_ui_begin(ui)) {
        heed_state_toggle_muted(&ui->now.state, id);
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

static void set_factor(struct heed_ui *ui, struct heed_head_id id, float factor)
{
    char name[24], times[24];
    if (!heed_ui_begin(ui)) {
        return;
    }
    const bool done = heed_state_set_factor(&ui->now.state, id, factor);
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_head_name(id, name, sizeof(name));
    heed_factor_text(factor, times, sizeof(times));
    if (!done) {
        heed_ui_say(ui, true, "no more than %d heads can be scaled", HEED_MAX_SCALED);
    } else if (factor == 1) {
        heed_ui_say(ui, false, "%s is as it was trained", name);
    } else {
        heed_ui_say(ui, false, "the output of %s %s", name, times);
    }
}

void heed_ui_step_factor(struct heed_ui *ui, bool up)
{
    const struct heed_head_id id = heed_ui_argument_head(ui, 0);
    const float now = heed_state_factor(&ui->now.state, id);
    const int n = (int)HEED_COUNT(factors);
    int i = up ? 0 : n - 1;
    while (i >= 0 && i < n && (up ? factors[i] <= now : factors[i] >= now)) {
        i += up ? 1 : -1;
    }
    if (i >= 0 && i < n) {
        set_factor(ui, id, factors[i]);
    }
}

static struct heed_rect focused_rect(const struct heed_ui *ui, enum heed_command command,
                                     int32_t argument)
{
    const struct heed_target *focus = &ui->focus.target;
    const bool there =
        focus->kind == HEED_TARGET_COMMAND && focus->a == (int32_t)command && focus->b == argument;
    return there ? ui->focus.rect : (struct heed_rect){0};
}

static void fill_factors(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const float now = heed_state_factor(&ui->now.state, ui->subject.head);
    char name[24];
    heed_head_name(ui->subject.head, name, sizeof(name));
    heed_popover_add_title(popover, heed_popover_label(popover, "Output of %s, times", name));
    popover->selected = 1;
    for (int i = 0; i < (int)HEED_COUNT(factors); i++) {
        const char *words = factors[i] == 0   ? "  muted"
                            : factors[i] == 1 ? "  as it was trained"
                                              : "";
        char times[24];
        heed_factor_text(factors[i], times, sizeof(times));
        heed_popover_add_choice(popover, HEED_COMMAND_FACTOR, i + 1,
                                heed_popover_label(popover, "%s%s", times, words),
                                now == factors[i]);
    }
}

void heed_ui_open_factors(struct heed_ui *ui, int32_t argument)
{
    const struct heed_hover about = {.head = heed_ui_argument_head(ui, argument), .has_head = true};
    const struct heed_rect anchor = focused_rect(ui, HEED_COMMAND_SCALE_HEAD, argument);
    ui->subject = about;
    heed_popover_open_menu(ui, HEED_COMMAND_SCALE_HEAD, anchor, fill_factors);
}

void heed_ui_choose_factor(struct heed_ui *ui, int32_t argument)
{
    set_factor(ui, ui->subject.head, factors[argument - 1]);
}

/* --- putting back --- */

void heed_ui_put_back(struct heed_ui *ui, int32_t argument)
{
    struct heed_off off;
    if (heed_state_get_off(&ui->now.state, argument - 1, &off) && heed_ui_begin(ui)) {
        heed_state_put_back(&ui->now.state, &off);
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

static void fill_off(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    struct heed_off off;
    char text[200];
    heed_popover_add_title(popover, "Choose what to put back");
    for (int i = 0; popover->n_labels < HEED_POPOVER_LABELS && heed_state_get_off(state, i, &off);
         i++) {
        heed_off_text(state->cuts, state->n_cuts, ui->result, &off, text, sizeof(text));
        heed_popover_add_choice(popover, HEED_COMMAND_PUT_BACK, i + 1,
                                heed_popover_label(popover, "%s", text), false);
    }
    heed_popover_add(popover,
                     (struct heed_popover_row){.command = HEED_COMMAND_UNMUTE,
                                               .label = "All on again",
                                               .disabled = heed_state_count_off(state) == 0});
    popover->selected = 1;
}

void heed_ui_open_off(struct heed_ui *ui)
{
    heed_popover_open_menu(ui, HEED_COMMAND_OFF, focused_rect(ui, HEED_COMMAND_OFF, 0), fill_off);
}

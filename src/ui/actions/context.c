#include "ui/actions/context.h"

#include <stdio.h>
#include <stdlib.h>

#include "scene/frame/off_words.h"
#include "scene/frame/shown.h"
#include "scene/parts/candidate_words.h"
#include "scene/views/views.h"
#include "ui/actions/off.h"
#include "ui/popover/popover.h"
#include "ui/window/history.h"
#include "ui/window/hover.h"
#include "ui/window/layout.h"
#include "ui/window/pins.h"

/* --- the menu --- */

static void add(struct heed_popover *popover, enum heed_command command, int32_t argument,
                const char *label)
{
    heed_popover_add_choice(popover, command, argument, label, false);
}

static void fill_tokens(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    const struct heed_hover *it = &ui->subject;
    const bool has_query = it->query.count > 0;
    const bool has_key = it->key.count > 0;
    char query[64], key[64];
    heed_ui_pin_text(ui, it->query, query, sizeof(query));
    heed_ui_pin_text(ui, it->key, key, sizeof(key));
    if (!has_query && !has_key) {
        return;
    }
    const bool query_pinned = heed_pin_equal(it->query, state->query);
    const bool key_pinned = heed_pin_equal(it->key, state->key);
    if (has_query && has_key) {
        heed_popover_add_title(popover,
                               heed_popover_label(popover, "%s \xE2\x86\x92 %s", query, key));
        add(popover, HEED_COMMAND_PIN, 0,
            query_pinned && key_pinned ? "Unpin this pair" : "Pin this pair");
        add(popover, HEED_COMMAND_RANK, 0, "Rank heads for this link");
        heed_ui_add_cut_rows(ui, it->query, it->key);
        add(popover, HEED_COMMAND_COPY_VALUE, 0, "Copy the pair\xE2\x80\x99s weights");
    } else if (has_query) {
        heed_popover_add_title(popover, heed_popover_label(popover, "%s as a query", query));
        add(popover, HEED_COMMAND_PIN, 0, query_pinned ? "Unpin this query" : "Pin this query");
    } else {
        heed_popover_add_title(popover, heed_popover_label(popover, "%s as a key", key));
        add(popover, HEED_COMMAND_PIN, 0, key_pinned ? "Unpin this key" : "Pin this key");
    }
    const bool marked = heed_state_find_candidate(state, has_key ? it->key : it->query) >= 0;
    add(popover, HEED_COMMAND_CANDIDATE, 0,
        heed_popover_label(popover, marked ? "Unmark %s as a candidate" : "Mark %s as a candidate",
                           has_key ? key : query));
    add(popover, HEED_COMMAND_TWIN, 0,
        heed_popover_label(popover, "Compare with another word than %s \xE2\x80\xA6",
                           has_key ? key : query));
    add(popover, HEED_COMMAND_COPY_ROW, 0,
        heed_popover_label(popover,
                           has_query ? "Copy the row of %s as CSV" : "Copy the column of %s as CSV",
                           has_query ? query : key));
}

static void fill_head(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_head_id id = ui->subject.head;
    char name[24], times[24];
    if (!ui->subject.has_head || id.layer < 0) {
        return;
    }
    heed_head_name(id, name, sizeof(name));
    const int32_t argument = heed_head_argument(id);
    heed_popover_add_title(popover, heed_popover_label(popover, "%s", name));
    add(popover, HEED_COMMAND_ISOLATE, argument, heed_popover_label(popover, "Show only %s", name));
    add(popover, HEED_COMMAND_TOGGLE_HEAD, argument,
        heed_popover_label(
            popover, heed_state_shows(&ui->now.state, id, NULL) ? "Hide %s" : "Show %s too", name));
    add(popover, HEED_COMMAND_MUTE, argument,
        heed_popover_label(popover,
                           heed_state_mutes(&ui->now.state, id) ? "Switch %s on again"
                                                                : "Mute %s: its output is zero",
                           name));
    heed_factor_text(heed_state_factor(&ui->now.state, id), times, sizeof(times));
    add(popover, HEED_COMMAND_SCALE_HEAD, argument,
        heed_popover_label(popover, "Scale %s \xE2\x80\xA6 (now %s)", name, times));
    add(popover, HEED_COMMAND_SHOW_ALL, id.layer + 1,
        heed_popover_label(popover, "Show only layer %d", id.layer));
    if (ui->now.state.view != HEED_VIEW_MATRIX) {
        add(popover, HEED_COMMAND_OPEN_HEAD, 0,
            heed_popover_label(popover, "Open %s in Matrix", name));
    }
}

static void fill_context(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    fill_tokens(ui);
    fill_head(ui);
    heed_popover_add_title(popover, "Picture");
    add(popover, HEED_COMMAND_EXPORT, 0, "Export this view \xE2\x80\xA6");
    add(popover, HEED_COMMAND_EXPORT_COPY, 0, "Copy it as a picture");
    add(popover, HEED_COMMAND_EXPORT_COPY, 4, "Copy it in words");
    popover->selected = popover->n_rows > 1 ? 1 : 0;
}

void heed_ui_open_context(struct heed_ui *ui, struct heed_rect anchor)
{
    struct heed_hover subject = heed_ui_hover(ui);
    const struct heed_state *state = &ui->now.state;
    const bool nothing = subject.query.count == 0 && subject.key.count == 0 && !subject.has_head;
    const bool only_key = subject.query.count == 0 && subject.key.count > 0;
    if (ui->now.pin_version == ui->result_version && (nothing || only_key)) {
        subject.query = state->query;
        subject.key = nothing ? state->key : subject.key;
    }
    ui->subject = subject;
    heed_popover_open_menu(ui, HEED_COMMAND_CONTEXT, anchor, fill_context);
}

/* --- its commands --- */

void heed_ui_pin_in_hand(struct heed_ui *ui)
{
    const struct heed_hover it = heed_ui_in_hand(ui);
    if (it.query.count > 0 && it.key.count > 0) {
        heed_ui_pin_pair(ui, it.query, it.key);
    } else if (it.query.count > 0) {
        heed_ui_pin_query(ui, it.query);
    } else if (it.key.count > 0) {
        heed_ui_pin_key(ui, it.key);
    }
}

/* What is pointed at, a key before a query; else the pinned key. */
void heed_ui_mark_candidate(struct heed_ui *ui)
{
    const struct heed_hover it = heed_ui_in_hand(ui);
    const struct heed_pin pin = it.key.count > 0     ? it.key
                                : it.query.count > 0 ? it.query
                                                     : ui->now.state.key;
    if (pin.count == 0) {
        heed_ui_say(ui, false, "point at a word to mark it as a candidate");
    } else {
        heed_ui_toggle_candidate(ui, pin);
    }
}

void heed_ui_toggle_head(struct heed_ui *ui, int32_t argument)
{
    const struct heed_head_id id = heed_ui_argument_head(ui, argument);
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (heed_state_shows(state, id, NULL)) {
        heed_state_hide(state, id);
    } else {
        heed_state_show(state, id);
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
}

/* --- ranking --- */

enum { RANKED = 3 };

/* "it → animal is strongest in L3H1 0.677, ...", or likewise its margin. */
static void say_ranking(struct heed_ui *ui, const struct heed_margin_request *request,
                        const struct heed_margin_head *heads, int n)
{
    const struct heed_state *state = &ui->now.state;
    const bool margin = request->n > 1;
    char from[64], to[64], line[256];
    heed_ui_pin_text(ui, state->query, from, sizeof(from));
    heed_candidates_name(request, request->answer, to, sizeof(to));
    int used = snprintf(line, sizeof(line), "%s \xE2\x86\x92 %s %s", from, to,
                        margin ? "has its largest margin in" : "is strongest in");
    for (int i = 0; i < RANKED && i < n && used < (int)sizeof(line); i++) {
        char number[32];
        heed_format_number(number, sizeof(number),
                           (double)(margin ? heads[i].margin : heads[i].weight), 3);
        used += snprintf(line + used, sizeof(line) - (size_t)used, "%s L%dH%d %s", i > 0 ? "," : "",
                         heads[i].layer, heads[i].head, number);
    }
    heed_ui_say(ui, false, "%s", line);
}

static struct heed_margin_head *rank_all(struct heed_ui *ui, struct heed_margin_request *request,
                                         int *n)
{
    const struct heed_frame frame = {.state = &ui->now.state, .result = ui->result};
    if (!heed_candidates_find(&frame, request)) {
        return NULL;
    }
    *n = request->maps->n_layers * request->maps->n_heads;
    struct heed_margin_head *heads = malloc((size_t)*n * sizeof(*heads));
    if (heads != NULL) {
        heed_margin_heads(heads, request,
                          request->n > 1 ? HEED_MARGIN_BY_MARGIN : HEED_MARGIN_BY_WEIGHT);
    }
    return heads;
}

/* With a pair in hand it is pinned; with candidates its key may be missing. */
static bool pin_ranked(struct heed_ui *ui)
{
    struct heed_pin query, key;
    struct heed_state *state = &ui->now.state;
    const bool pair = heed_ui_pair_in_hand(ui, &query, &key);
    if (!pair && (state->query.count == 0 || state->n_candidates == 0)) {
        heed_ui_say(ui, false, "pin or point at a pair to rank the heads for it");
        return false;
    }
    if (!heed_ui_begin_pin(ui)) {
        return false;
    }
    if (pair) {
        state->query = query;
        state->key = key;
    }
    return true;
}

/* The head map shows the link, or the margin of its candidates; the strongest
 * head is shown, and Matrix's; the inspector lists them all. */
void heed_ui_rank(struct heed_ui *ui)
{
    struct heed_margin_request request;
    struct heed_state *state = &ui->now.state;
    int n = 0;
    if (!pin_ranked(ui)) {
        return;
    }
    struct heed_margin_head *heads = rank_all(ui, &request, &n);
    if (heads != NULL && n > 0) {
        const struct heed_head_id best = {(int16_t)heads[0].layer, (int16_t)heads[0].head};
        state->color_by = request.n > 1 ? HEED_COLOR_BY_MARGIN : HEED_COLOR_BY_LINK;
        heed_state_show(state, best);
        state->matrix_head = best;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (heads != NULL) {
        ui->inspector_open = true;
        *heed_ui_inspector_scroll(ui) = 0.0F;
        heed_ui_layout(ui);
        say_ranking(ui, &request, heads, n);
    }
    free(heads);
}

/* --- copying --- */

/* One line for each shown head: "it → animal	L3H1	0.677". */
void heed_ui_copy_value(struct heed_ui *ui)
{
    struct heed_pin query, key;
    char from[96], to[96];
    if (!heed_ui_pair_in_hand(ui, &query, &key)) {
        heed_ui_say(ui, false, "pin or point at a pair to copy its weights");
        return;
    }
    heed_ui_pin_text(ui, query, from, sizeof(from));
    heed_ui_pin_text(ui, key, to, sizeof(to));
    heed_buffer_clear(&ui->clipboard);
    for (int i = 0; i < ui->now.state.n_shown; i++) {
        const struct heed_head_id id = ui->now.state.shown[i].id;
        float weight = 0.0F;
        if (heed_ui_weight(ui, id, query, key, &weight)) {
            heed_buffer_printf(&ui->clipboard, "%s \xE2\x86\x92 %s\tL%dH%d\t%.6f\n", from, to,
                               id.layer, id.head, (double)weight);
        }
    }
    if (ui->clipboard.size > 0 && !ui->clipboard.failed) {
        ui->effects->set_clipboard = ui->clipboard.data;
        heed_ui_say(ui, false, "copied the weights of %s \xE2\x86\x92 %s", from, to);
    }
}

static void put_field(struct heed_buffer *out, const char *text)
{
    heed_buffer_puts(out, "\"");
    for (; *text != '\0'; text++) {
        heed_buffer_append(out, text, 1);
        if (*text == '"') {
            heed_buffer_append(out, text, 1);
        }
    }
    heed_buffer_puts(out, "\"");
}

static void put_row(struct heed_ui *ui, struct heed_pin query, struct heed_pin key)
{
    struct heed_buffer *out = &ui->clipboard;
    char text[256];
    heed_ui_pin_text(ui, query, text, sizeof(text));
    put_field(out, text);
    heed_buffer_puts(out, ",");
    heed_ui_pin_text(ui, key, text, sizeof(text));
    put_field(out, text);
    for (int i = 0; i < ui->now.state.n_shown; i++) {
        float weight = 0.0F;
        heed_ui_weight(ui, ui->now.state.shown[i].id, query, key, &weight);
        heed_buffer_printf(out, ",%.6f", (double)weight);
    }
    heed_buffer_puts(out, "\n");
}

/* A query's row or, with only a key in hand, its column; a head a column. */
void heed_ui_copy_row(struct heed_ui *ui)
{
    struct heed_pin query, key;
    const bool pair = heed_ui_pair_in_hand(ui, &query, &key);
    const bool by_key = !pair && query.count == 0;
    struct heed_buffer *out = &ui->clipboard;
    if (ui->result == NULL || (query.count == 0 && key.count == 0)) {
        heed_ui_say(ui, false, "pin or point at a token to copy its row");
        return;
    }
    heed_buffer_clear(out);
    heed_buffer_puts(out, "query,key");
    for (int i = 0; i < ui->now.state.n_shown; i++) {
        const struct heed_head_id id = ui->now.state.shown[i].id;
        heed_buffer_printf(out, ",L%dH%d", id.layer, id.head);
    }
    heed_buffer_puts(out, "\n");
    const struct heed_maps *maps = ui->result->maps;
    const struct heed_unit_range side = by_key ? maps->rows : maps->columns;
    const int n = side.count;
    for (int i = side.first; i < side.first + n; i++) {
        const struct heed_pin other = heed_ui_unit_pin(ui, i);
        put_row(ui, by_key ? other : query, by_key ? key : other);
    }
    if (!out->failed) {
        char text[96];
        heed_ui_pin_text(ui, by_key ? key : query, text, sizeof(text));
        ui->effects->set_clipboard = out->data;
        heed_ui_say(ui, false, "copied the %s of %s: %d lines of CSV", by_key ? "column" : "row",
                    text, n + 1);
    }
}

/* Neuron's arithmetic, of what is drawn. */
void heed_ui_copy_sums(struct heed_ui *ui, int32_t argument)
{
    struct heed_state state;
    struct heed_buffer *out = &ui->clipboard;
    heed_ui_drawn_state(ui, &state);
    const struct heed_frame frame = {.list = &ui->list,
                                     .state = &state,
                                     .kind = heed_view_get_kind(state.view),
                                     .result = ui->result,
                                     .theme = heed_theme_get(state.theme),
                                     .hover = heed_ui_hover(ui)};
    heed_buffer_clear(out);
    if (frame.kind->put_sums != NULL) {
        frame.kind->put_sums(out, &frame, argument == 1);
    }
    if (out->size > 0 && !out->failed) {
        ui->effects->set_clipboard = out->data;
        heed_ui_say(ui, false, "copied the row\xE2\x80\x99s sums as %s",
                    argument == 1 ? "LaTeX" : "text");
    }
}

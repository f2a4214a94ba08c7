#include "ui/actions/sentences.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "state/sentences.h"
#include "ui/popover/paths.h"
#include "ui/popover/popover.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/layout.h"

enum { LISTED = 200, SHOWN_BYTES = 160 }; /* rows of the list; of a line */

static int count(const struct heed_ui *ui)
{
    return heed_sentences_count(&ui->now.state);
}

/* The text isn't the shown one's line: it was changed, or none is shown. */
static bool is_changed(const struct heed_state *state)
{
    size_t length = 0;
    if (state->sentence == 0) {
        return true;
    }
    const char *line = heed_sentences_get(state, state->sentence - 1, &length);
    return strlen(state->text) != length || memcmp(state->text, line, length) != 0;
}

bool heed_ui_can_sentence(const struct heed_ui *ui, int32_t act)
{
    const struct heed_state *state = &ui->now.state;
    switch ((enum heed_sentence_act)act) {
    case HEED_SENTENCE_ADD:
        return state->file == NULL && state->text[0] != '\0' && is_changed(state);
    case HEED_SENTENCE_REPLACE:
        return state->sentence > 0 && state->text[0] != '\0' && is_changed(state);
    case HEED_SENTENCE_UP:
        return state->sentence > 1;
    case HEED_SENTENCE_DOWN:
        return state->sentence > 0 && state->sentence < count(ui);
    default:
        return state->sentence > 0;
    }
}

static void add_act(struct heed_ui *ui, enum heed_sentence_act act, const char *label)
{
    if (heed_ui_can_sentence(ui, act)) {
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_SENTENCE, (int32_t)act, label, false);
    }
}

static void fill(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_state *state = &ui->now.state;
    const int n = count(ui);
    const int first = state->sentence > LISTED / 2 && n > LISTED ? state->sentence - LISTED / 2 : 0;
    heed_popover_add_title(popover, n > 0 ? heed_popover_label(popover, "Sentences, %d", n)
                                          : "Sentences of this session");
    for (int i = first; i < n && i < first + LISTED; i++) {
        size_t length = 0, name_length = 0;
        const char *line = heed_sentences_get(state, i, &length);
        const char *name = heed_sentences_get_name(state, i, &name_length);
        const bool whole = length <= SHOWN_BYTES;
        heed_popover_add_choice(
            popover, HEED_COMMAND_SENTENCES, i + 1,
            heed_popover_label(popover, "%d  %.*s%s%.*s%s", i + 1, (int)name_length, name,
                               name_length > 0 ? ": " : "",
                               whole ? (int)length : (int)heed_utf8_whole(line, SHOWN_BYTES), line,
                               whole ? "" : "\xE2\x80\xA6"),
            i == state->sentence - 1);
    }
    heed_popover_add_title(popover, "The text above");
    add_act(ui, HEED_SENTENCE_ADD, "Add it to the list");
    add_act(ui, HEED_SENTENCE_REPLACE,
            heed_popover_label(popover, "Put it in the place of %d", state->sentence));
    add_act(ui, HEED_SENTENCE_NAME, "Name it \xE2\x80\xA6");
    add_act(ui, HEED_SENTENCE_UP, "Move it up");
    add_act(ui, HEED_SENTENCE_DOWN, "Move it down");
    add_act(ui, HEED_SENTENCE_REMOVE, "Remove it from the list");
    popover->selected = state->sentence > 0 ? state->sentence - first : 1;
}

static void unfold(struct heed_ui *ui)
{
    heed_popover_open_menu(ui, HEED_COMMAND_SENTENCES, ui->layout.field, fill);
}

static void forget_pins(struct heed_state *state)
{
    state->query = state->key = (struct heed_pin){0, 0};
    state->n_candidates = 0;
}

static void end(struct heed_ui *ui, bool ok, const struct heed_error *err)
{
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
    if (!ok) {
        heed_ui_say(ui, true, "%s", err->text);
    }
}

static void show(struct heed_ui *ui, int index)
{
    struct heed_error err = {0};
    if (index < 0 || index >= count(ui) || !heed_ui_begin(ui)) {
        return;
    }
    forget_pins(&ui->now.state);
    end(ui, heed_sentences_show(&ui->now.state, index, &err), &err);
}

static void ask_name(struct heed_ui *ui)
{
    size_t length = 0;
    const char *name = heed_sentences_get_name(&ui->now.state, ui->now.state.sentence - 1, &length);
    heed_popover_ask_name(ui, name, length);
}

/* What is typed in the question for it. */
static void name_it(struct heed_ui *ui)
{
    struct heed_error err = {0};
    char name[HEED_MAX_SENTENCE_NAME + 2] = ""; /* room for one byte too many */
    const struct heed_buffer *typed = &ui->popover.field.text;
    if (typed->data != NULL) {
        snprintf(name, sizeof(name), "%s", typed->data);
    }
    heed_popover_close(ui);
    if (ui->now.state.sentence == 0 || !heed_ui_begin(ui)) {
        return;
    }
    end(ui, heed_sentences_name(&ui->now.state, name, &err), &err);
}

void heed_ui_sentences(struct heed_ui *ui, int32_t argument)
{
    if (argument < 0) {
        name_it(ui);
    } else if (argument > 0) {
        show(ui, argument - 1);
    } else {
        unfold(ui);
    }
}

void heed_ui_step_sentence(struct heed_ui *ui, int by)
{
    const int n = count(ui);
    if (n > 0) {
        show(ui, ui->now.state.sentence == 0 ? 0 : (ui->now.state.sentence - 1 + by + n) % n);
    }
}

void heed_ui_sentence_act(struct heed_ui *ui, int32_t act)
{
    struct heed_error err = {0};
    struct heed_state *state = &ui->now.state;
    bool ok = false;
    if (act == HEED_SENTENCE_NAME && state->sentence > 0) {
        ask_name(ui);
        return;
    }
    if (!heed_ui_can_sentence(ui, act) || !heed_ui_begin(ui)) {
        return;
    }
    switch ((enum heed_sentence_act)act) {
    case HEED_SENTENCE_ADD:
        ok = heed_sentences_add(state, &err);
        break;
    case HEED_SENTENCE_REPLACE:
        ok = heed_sentences_replace(state, &err);
        break;
    case HEED_SENTENCE_REMOVE:
        forget_pins(state);
        ok = heed_sentences_remove(state, &err);
        break;
    default:
        ok = heed_sentences_move(state, act == HEED_SENTENCE_UP ? -1 : 1, &err);
        break;
    }
    end(ui, ok, &err);
    unfold(ui); /* one goes on in it */
}

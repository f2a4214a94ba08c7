#include "ui/popover/examples.h"

#include <math.h>
#include <string.h>

#include "core/text/names.h"
#include "scene/chrome/note.h"
#include "scene/chrome/projector.h"
#include "state/interventions.h"
#include "ui/window/document.h"
#include "ui/window/layout.h"
#include "ui/window/window.h"

enum { LEAST_HEIGHT = 480 /* of an inspector with a card, logical px */ };

void heed_ui_set_examples(struct heed_ui *ui, const struct heed_example *examples, int n)
{
    ui->examples = examples;
    ui->n_examples = n;
    ui->example = -1;
    heed_ui_layout(ui);
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* What it says is of the heads that it shows, in the encoder that it asks for. */
static bool still_holds(const struct heed_state *now, const struct heed_example *it)
{
    for (int i = 0; i < it->state.n_shown; i++) {
        if (!heed_state_shows(now, it->state.shown[i].id, NULL)) {
            return false;
        }
    }
    return heed_state_same_off(now, &it->state);
}

const struct heed_example *heed_ui_get_example(const struct heed_ui *ui)
{
    const struct heed_state *now = &ui->now.state;
    if (ui->examples == NULL || ui->example < 0 || now->file != NULL) {
        return NULL;
    }
    const struct heed_example *it = &ui->examples[ui->example];
    const bool compares = it->state.compare != NULL;
    return same(now->text, it->state.text) && same(now->pair, it->state.pair) &&
                   (!compares || same(now->compare, it->state.compare)) && still_holds(now, it)
               ? it
               : NULL;
}

bool heed_ui_has_hint(const struct heed_ui *ui)
{
    return ui->hint && ui->now.state.file == NULL;
}

bool heed_ui_hint_is_card(const struct heed_ui *ui)
{
    const struct heed_layout *layout = &ui->layout;
    return ui->lesson.n > 0 && layout->inspector.w > 0 && !layout->inspector_is_drawer &&
           layout->inspector.h > (float)LEAST_HEIGHT * layout->scale;
}

void heed_ui_show_hint(struct heed_ui *ui)
{
    ui->hint = true;
    ui->tried = 0;
    ui->example = -1;
    heed_ui_layout(ui);
}

void heed_ui_get_note(const struct heed_ui *ui, struct heed_note *note)
{
    static const struct heed_note hint = {
        .title = "Three things to try",
        .parts = {"Point at another word: its links come forward; a click keeps them.",
                  "Change \xE2\x80\x9Ctired\xE2\x80\x9D to \xE2\x80\x9Cwide\xE2\x80\x9D (press /): "
                  "every number follows.",
                  "1 to 8: the views. F2: examples. Ctrl+K: all else."},
        .n_parts = 3};
    const struct heed_example *example = heed_ui_get_example(ui);
    *note = (struct heed_note){0};
    if (ui->now.state.projector) {
        return;
    }
    if (example != NULL) {
        *note = (struct heed_note){example->title, {example->look}, 1};
    } else if (heed_ui_has_hint(ui) && !heed_ui_hint_is_card(ui)) {
        *note = hint;
    }
}

void heed_ui_close_note(struct heed_ui *ui)
{
    ui->example = -1;
    ui->hint = false;
    heed_ui_layout(ui);
}

/* "##ing": a piece that the vocabulary may have. */
static bool find_piece(const struct heed_tokenizer *tokenizer, const struct heed_encoding *encoding,
                       const char *name, int *first)
{
    for (int i = 0; i < encoding->n_tokens; i++) {
        const char *piece = heed_tokenizer_get_piece(tokenizer, encoding->tokens[i].id);
        if (piece != NULL && strcmp(piece, name) == 0) {
            *first = i;
            return true;
        }
    }
    return false;
}

static void pin_word(const struct heed_ui *ui, const struct heed_encoding *encoding,
                     const char *word, struct heed_pin *pin)
{
    struct heed_named named = {.count = 1};
    if (word != NULL && (strncmp(word, "##", 2) == 0
                             ? find_piece(ui->tokenizer, encoding, word, &named.first)
                             : heed_names_find(ui->tokenizer, encoding, word, &named, NULL))) {
        *pin = (struct heed_pin){.first = named.first, .count = named.count};
    }
}

/* The example's words are other tokens in each vocabulary. */
static void pin_words(const struct heed_ui *ui, const struct heed_example *example,
                      struct heed_state *state)
{
    const struct heed_tokenize_options options = {0};
    struct heed_encoding *encoding = NULL;
    if (ui->tokenizer == NULL || example->query == NULL ||
        !heed_tokenize(&encoding, ui->tokenizer, state->text, strlen(state->text), state->pair,
                       state->pair != NULL ? strlen(state->pair) : 0, options, NULL)) {
        return;
    }
    pin_word(ui, encoding, example->query, &state->query);
    if (state->query.count > 0) {
        pin_word(ui, encoding, example->key, &state->key);
    }
    heed_encoding_destroy(encoding);
}

/* Looks are the person's own; everything else is the example's. */
static bool take_over(struct heed_ui *ui, const struct heed_example *example)
{
    const struct heed_state *now = &ui->now.state;
    struct heed_state state;
    if (!heed_state_copy(&state, &example->state, NULL)) {
        return false;
    }
    pin_words(ui, example, &state);
    state.theme = now->theme;
    state.palette = now->palette;
    state.ui_scale = now->ui_scale;
    state.projector = now->projector;
    state.reduced_motion = now->reduced_motion;
    const bool ok = heed_ui_set_state(ui, &state, true, NULL);
    heed_state_finish(&state);
    return ok;
}

void heed_ui_choose_example(struct heed_ui *ui, int index)
{
    if (index < 0 || index >= ui->n_examples) {
        return;
    }
    if (!take_over(ui, &ui->examples[index])) {
        heed_ui_say(ui, true, "out of memory: the example wasn't taken over");
        return;
    }
    ui->example = index;
    ui->hint = false;
    heed_ui_fit(ui);
    heed_ui_layout(ui);
}

const char *heed_ui_example_words(const struct heed_ui *ui)
{
    const struct heed_example *example = heed_ui_get_example(ui);
    return example != NULL ? example->look : NULL;
}

void heed_ui_measure_note(struct heed_ui *ui, const struct heed_skin *skin)
{
    struct heed_note note;
    heed_ui_get_note(ui, &note);
    const float height = note.n_parts > 0 ? heed_note_height(skin, ui->width, &note) : 0.0F;
    const float caption =
        ui->now.state.projector
            ? fmaxf(heed_projector_height(skin, ui->width, heed_ui_example_words(ui)),
                    ui->caption_need)
            : 0.0F;
    if (height != ui->note_height || caption != ui->caption_height) {
        ui->note_height = height;
        ui->caption_height = caption;
        heed_ui_layout(ui);
    }
}

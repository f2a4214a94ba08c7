#include "ui/popover/popover.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/compiler.h"
#include "scene/frame/shown.h"
#include "scene/views/needs.h"
#include "ui/popover/examples.h"
#include "ui/popover/search.h"
#include "ui/window/fields.h"
#include "ui/window/run.h"

struct heed_text_style heed_popover_field_style(const struct heed_ui *ui)
{
    return (struct heed_text_style){.size = 16.0F * heed_ui_scale(ui), .weight = 400};
}

void heed_popover_begin(struct heed_ui *ui, enum heed_popover_kind kind, enum heed_command command)
{
    struct heed_popover *popover = &ui->popover;
    heed_popover_close(ui);
    popover->old_field = ui->focused_field;
    popover->old_target = ui->focus.target;
    popover->old_by_keyboard = ui->focus.by_keyboard;
    heed_ui_focus_field(ui, HEED_UI_FIELD_NONE);
    heed_ui_clear_focus(ui);
    popover->kind = kind;
    popover->command = command;
    popover->anchor = (struct heed_rect){0};
    popover->scroll = 0.0F;
    popover->n_rows = popover->n_labels = 0;
    popover->selected = 0;
    ui->pointer.down = false;
    heed_ui_touch(ui);
}

/* --- rows --- */

void heed_popover_add(struct heed_popover *popover, struct heed_popover_row row)
{
    if (popover->n_rows < HEED_POPOVER_ROWS) {
        if (row.chosen && popover->kind == HEED_POPOVER_MENU) {
            popover->selected = popover->n_rows;
        }
        popover->rows[popover->n_rows++] = row;
    }
}

void heed_popover_add_title(struct heed_popover *popover, const char *label)
{
    heed_popover_add(popover, (struct heed_popover_row){.label = label, .title = true});
}

void heed_popover_add_choice(struct heed_popover *popover, enum heed_command command,
                             int32_t argument, const char *label, bool chosen)
{
    heed_popover_add(
        popover, (struct heed_popover_row){
                     .command = command, .argument = argument, .label = label, .chosen = chosen});
}

const char *heed_popover_label(struct heed_popover *popover, const char *format, ...)
{
    if (popover->n_labels == HEED_POPOVER_LABELS) {
        return "";
    }
    char *label = popover->labels[popover->n_labels++];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(label, sizeof(popover->labels[0]), format, arguments);
    va_end(arguments);
    return label;
}

void heed_popover_open_menu(struct heed_ui *ui, enum heed_command command, struct heed_rect anchor,
                            void (*fill)(struct heed_ui *ui))
{
    heed_popover_begin(ui, HEED_POPOVER_MENU, command);
    ui->popover.anchor = anchor;
    fill(ui);
    for (int i = 0; i < ui->popover.n_rows; i++) {
        struct heed_popover_row *row = &ui->popover.rows[i];
        row->disabled |= heed_command_lacks(ui->result, row->command, row->argument) != 0;
    }
}

void heed_popover_open_help(struct heed_ui *ui)
{
    heed_popover_begin(ui, HEED_POPOVER_HELP, HEED_COMMAND_HELP);
}

void heed_popover_open_glossary(struct heed_ui *ui)
{
    heed_popover_begin(ui, HEED_POPOVER_GLOSSARY, HEED_COMMAND_GLOSSARY);
}

void heed_popover_open_about(struct heed_ui *ui)
{
    heed_popover_begin(ui, HEED_POPOVER_ABOUT, HEED_COMMAND_ABOUT);
}

#define APOSTROPHE "\xE2\x80\x99"
#define ELLIPSIS "\xE2\x80\xA6"

/* What follows [word, word + length) at the beginning of `text`, whatever the
   case; the keyboard's apostrophe is the printed one too. NULL: it isn't there. */
static const char *after(const char *text, const char *word, size_t length)
{
    const size_t mark = strlen(APOSTROPHE);
    for (size_t i = 0; i < length; i++) {
        if (word[i] == '\'' && strncmp(text, APOSTROPHE, mark) == 0) {
            text += mark;
        } else if (tolower((unsigned char)*text) == tolower((unsigned char)word[i])) {
            text++;
        } else {
            return NULL;
        }
    }
    return text;
}

/* Does `text` hold the word [word, word + length), whatever the case? */
static bool holds(const char *text, const char *word, size_t length)
{
    for (; *text != '\0'; text++) {
        if (after(text, word, length) != NULL) {
            return true;
        }
    }
    return false;
}

/* Every word of the query occurs in the name or in the other text. */
static bool matches(const char *name, const char *other, const char *query)
{
    while (*query != '\0') {
        const size_t length = strcspn(query, " ");
        if (length > 0 && !holds(name, query, length) && !holds(other, query, length)) {
            return false;
        }
        query += length;
        query += strspn(query, " ");
    }
    return true;
}

/* 0: the name is the query, its dots aside; 1: it begins with it; 2: one of its
   words does; 3: none. */
static int rank_of(const char *name, const char *query)
{
    const size_t length = strlen(query);
    for (const char *at = name; at != NULL;) {
        at += *at == ' ';
        const char *rest = after(at, query, length);
        if (rest != NULL && at == name) {
            return strcmp(rest, "") == 0 || strcmp(rest, " " ELLIPSIS) == 0 ? 0 : 1;
        }
        if (rest != NULL) {
            return 2;
        }
        at = strchr(at, ' ');
    }
    return 3;
}

/* Other words that people look for these by. */
static const struct {
    enum heed_command command;
    const char *words;
} synonyms[] = {
    {HEED_COMMAND_THEME, "dark light mode night colour color"},
    {HEED_COMMAND_PALETTE, "colour color viridis"},
    {HEED_COMMAND_COLOR_BY, "colour color measure entropy"},
    {HEED_COMMAND_SCALE_UP, "bigger larger font text size zoom"},
    {HEED_COMMAND_SCALE_DOWN, "smaller font text size zoom"},
    {HEED_COMMAND_EXPORT, "screenshot image figure picture png svg pdf clipboard"},
    {HEED_COMMAND_ABOUT, "model version licence license"},
    {HEED_COMMAND_OPEN, "file session load"},
    {HEED_COMMAND_SETTINGS, "preferences options configuration"},
    {HEED_COMMAND_MOTION, "animation accessibility settings"},
    {HEED_COMMAND_MODELS, "load choose change bert roberta hugging face"},
    {HEED_COMMAND_COMPARE_MODEL, "second other two models load choose"},
    {HEED_COMMAND_PROJECTOR, "presentation lecture beamer slides full screen"},
    {HEED_COMMAND_FULLSCREEN, "fullscreen maximise maximize"},
    {HEED_COMMAND_SEARCH, "word search"},
    {HEED_COMMAND_HELP, "shortcuts keyboard help"},
    {HEED_COMMAND_GLOSSARY, "glossary explain terms measures help"},
    {HEED_COMMAND_UNMUTE, "reset restore"},
    {HEED_COMMAND_MUTE, "switch off disable ablate"},
    {HEED_COMMAND_WORDS, "subwords wordpieces"},
    {HEED_COMMAND_AGGREGATE, "mean"},
};

static bool is_meant(const struct heed_command_info *info, const char *query)
{
    char other[160];
    snprintf(other, sizeof(other), "%s", info->group);
    for (size_t i = 0; i < HEED_COUNT(synonyms); i++) {
        if (synonyms[i].command == info->command) {
            snprintf(other, sizeof(other), "%s %s", info->group, synonyms[i].words);
        }
    }
    return matches(info->name, other, query);
}

/* "L3H1": what is done with that head. */
static void add_head(struct heed_ui *ui, const char *query)
{
    struct heed_popover *popover = &ui->popover;
    int layer = 0, head = 0, used = 0;
    char name[24];
    if (sscanf(query, "%*1[lL]%5d%*1[hH]%5d%n", &layer, &head, &used) != 2 || query[used] != '\0' ||
        layer < 0 || head < 0 || layer >= heed_ui_n_layers(ui) || head >= heed_ui_n_heads(ui)) {
        return;
    }
    const struct heed_head_id id = {(int16_t)layer, (int16_t)head};
    const int32_t argument = heed_head_argument(id);
    heed_head_name(id, name, sizeof(name));
    heed_popover_add_choice(popover, HEED_COMMAND_ISOLATE, argument,
                            heed_popover_label(popover, "Show only %s", name), false);
    heed_popover_add_choice(popover, HEED_COMMAND_TOGGLE_HEAD, argument,
                            heed_popover_label(popover, "Show or hide %s", name), false);
    heed_popover_add_choice(popover, HEED_COMMAND_MUTE, argument,
                            heed_popover_label(popover, "Mute %s, or not", name), false);
}

/* "animal": where it stands in the text, searched for by this name. */
static void add_token(struct heed_ui *ui, const char *query)
{
    const struct heed_maps *maps = ui->result != NULL ? ui->result->maps : NULL;
    const size_t length = strlen(query);
    for (int i = 0; maps != NULL && length > 0 && i < maps->n; i++) {
        if (strncasecmp(maps->units[i].label, query, length) == 0) {
            heed_popover_add_choice(
                &ui->popover, HEED_COMMAND_SEARCH, 1,
                heed_popover_label(&ui->popover, "Find \xE2\x80\x9C%s\xE2\x80\x9D in the text",
                                   maps->units[i].label),
                false);
            return;
        }
    }
}

void heed_popover_search_for(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    if (popover->field.text.data != NULL) {
        snprintf(popover->last_search, sizeof(popover->last_search), "%s",
                 popover->field.text.data);
    }
    heed_popover_open_search(ui);
}

void heed_popover_fill_find(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const char *query = popover->field.text.data != NULL ? popover->field.text.data : "";
    const struct heed_command_info *table = ui->commands->rows;
    const int n = ui->commands->n;
    popover->n_rows = popover->n_labels = 0;
    add_head(ui, query);
    for (int i = 0; i < 4 * n; i++) {
        const struct heed_command_info *info = &table[i % n];
        if (info->command == HEED_COMMAND_FIND || !is_meant(info, query) ||
            rank_of(info->name, query) != i / n) {
            continue;
        }
        heed_popover_add(popover, (struct heed_popover_row){
                                      .command = info->command,
                                      .argument = info->argument,
                                      .label = info->name,
                                      .disabled = !heed_ui_can(ui, info->command, info->argument)});
    }
    add_token(ui, query);
    popover->selected = 0;
    popover->scroll = 0.0F;
}

void heed_popover_open_find(struct heed_ui *ui)
{
    heed_popover_begin(ui, HEED_POPOVER_FIND, HEED_COMMAND_FIND);
    heed_ui_fill_field(ui, &ui->popover.field, "", 0, false);
    heed_popover_fill_find(ui);
    heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
}

static bool is_first_of_group(const struct heed_ui *ui, int example)
{
    for (int i = 0; i < example; i++) {
        if (strcmp(ui->examples[i].group, ui->examples[example].group) == 0) {
            return false;
        }
    }
    return true;
}

/* What an example is found by beside its title: sentences, view and heads. */
static void put_words(const struct heed_example *it, char *words, size_t size)
{
    const struct heed_state *state = &it->state;
    snprintf(words, size, "%.300s %.200s %s", state->text,
             state->compare != NULL ? state->compare
             : state->pair != NULL  ? state->pair
                                    : "",
             heed_view_name(state->view));
    for (int i = 0; i < state->n_shown; i++) {
        const size_t used = strlen(words);
        snprintf(words + used, size - used, " L%dH%d", state->shown[i].id.layer,
                 state->shown[i].id.head);
    }
}

/* A group's name and those of its examples that match; nothing if none does. */
static void add_group(struct heed_ui *ui, int first, const char *query,
                      const struct heed_example *now)
{
    const char *group = ui->examples[first].group;
    bool named = false;
    for (int i = first; i < ui->n_examples; i++) {
        const struct heed_example *it = &ui->examples[i];
        char words[700];
        put_words(it, words, sizeof(words));
        if (strcmp(it->group, group) != 0 || !matches(it->title, words, query)) {
            continue;
        }
        if (!named) {
            heed_popover_add_title(&ui->popover, group);
            named = true;
        }
        heed_popover_add_choice(&ui->popover, HEED_COMMAND_EXAMPLES, i + 1, it->title, it == now);
    }
}

void heed_popover_fill_examples(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_example *now = heed_ui_get_example(ui);
    const char *query = popover->field.text.data != NULL ? popover->field.text.data : "";
    popover->n_rows = 0;
    for (int i = 0; i < ui->n_examples; i++) {
        if (is_first_of_group(ui, i)) {
            add_group(ui, i, query, now);
        }
    }
    popover->selected = popover->n_rows > 0 && popover->rows[0].title ? 1 : 0;
    popover->scroll = 0.0F;
}

void heed_popover_open_examples(struct heed_ui *ui)
{
    heed_popover_begin(ui, HEED_POPOVER_EXAMPLES, HEED_COMMAND_EXAMPLES);
    heed_ui_fill_field(ui, &ui->popover.field, "", 0, false);
    heed_popover_fill_examples(ui);
    heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
}

/* The last search is there again, selected. */
void heed_popover_open_search(struct heed_ui *ui)
{
    char old[128];
    const bool again = ui->popover.kind == HEED_POPOVER_SEARCH;
    snprintf(old, sizeof(old), "%s", ui->popover.last_search);
    heed_popover_begin(ui, HEED_POPOVER_SEARCH, HEED_COMMAND_SEARCH);
    ui->search.n = ui->search.at = 0;
    heed_ui_fill_field(ui, &ui->popover.field, again ? "" : old, again ? 0 : strlen(old), false);
    ui->popover.field.anchor = 0;
    ui->popover.field.caret = ui->popover.field.text.size;
    heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
    heed_search_update(ui);
}

void heed_popover_run(struct heed_ui *ui, enum heed_command from, enum heed_command command,
                      int32_t argument)
{
    ui->has_subject = from == HEED_COMMAND_CONTEXT;
    heed_ui_run(ui, command, argument);
    ui->has_subject = false;
}

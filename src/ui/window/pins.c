#include "ui/window/pins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text/words.h"
#include "scene/frame/shown.h"
#include "state/candidates.h"
#include "state/interventions.h"
#include "ui/window/history.h"

static const struct heed_pin no_pin = {0, 0};

struct heed_pin heed_ui_unit_pin(const struct heed_ui *ui, int unit)
{
    if (ui->result == NULL || unit < 0 || unit >= ui->result->maps->n) {
        return no_pin;
    }
    const struct heed_unit *it = &ui->result->maps->units[unit];
    return (struct heed_pin){it->first, it->count};
}

struct heed_pin heed_ui_unit_pin_b(const struct heed_ui *ui, int unit)
{
    const struct heed_comparison *comparison = ui->result != NULL ? ui->result->compare : NULL;
    if (comparison == NULL || unit < 0 || unit >= comparison->result->maps->n) {
        return no_pin;
    }
    const int a = heed_alignment_find_a(&comparison->units, unit);
    const struct heed_unit *it = &comparison->result->maps->units[unit];
    return a >= 0 ? heed_ui_unit_pin(ui, a) : (struct heed_pin){it->first, it->count, true};
}

const struct heed_result *heed_ui_pin_result(const struct heed_ui *ui, struct heed_pin pin)
{
    return heed_pin_result(ui->result, pin);
}

void heed_ui_pin_text(const struct heed_ui *ui, struct heed_pin pin, char *text, size_t size)
{
    heed_pin_words(heed_ui_pin_result(ui, pin), pin, text, size);
}

/* The same word in the new text, or none. */
static struct heed_pin follow_pin(const struct heed_token_moves *moves, struct heed_pin pin)
{
    struct heed_pin moved = {pin.first, pin.count};
    return heed_token_moves_follow(moves, &moved.first, &moved.count) ? moved : no_pin;
}

/* What became of both texts; in_b.fresh NULL: B is as it was. */
struct change {
    struct heed_token_moves in_a, in_b;
    const struct heed_comparison *fresh; /* NULL: nothing is compared now */
};

static struct heed_pin follow_change(const struct change *change, struct heed_pin pin)
{
    if (!pin.in_b) {
        return follow_pin(&change->in_a, pin);
    }
    if (change->in_b.fresh != NULL) {
        pin = follow_pin(&change->in_b, pin);
        pin.in_b = pin.count > 0;
    }
    const int a = change->fresh != NULL && pin.count > 0
                      ? heed_alignment_find_a(&change->fresh->tokens, pin.first)
                      : -1;
    /* A has the word by now. */
    return a >= 0 ? (struct heed_pin){a, 1} : pin;
}

static struct change find_change(const struct heed_result *old, const struct heed_result *fresh)
{
    struct change change = {.in_a = heed_token_moves_find(old->encoding, fresh->encoding),
                            .fresh = fresh->compare};
    if (old->compare != NULL && fresh->compare != NULL) {
        change.in_b =
            heed_token_moves_find(old->compare->result->encoding, fresh->compare->result->encoding);
    }
    return change;
}

static void follow_moment(const struct change *change, struct heed_moment *moment, uint64_t version)
{
    struct heed_state *state = &moment->state;
    state->query = follow_change(change, state->query);
    state->key = follow_change(change, state->key);
    if (state->query.count == 0) {
        state->key = no_pin;
    }
    const int n = state->n_candidates;
    state->n_candidates = 0;
    for (int i = 0; i < n; i++) {
        const struct heed_pin pin = follow_pin(&change->in_a, state->candidates[i]);
        if (pin.count > 0) {
            heed_state_toggle_candidate(state, pin);
        }
    }
    state->n_cuts = heed_cuts_follow(state->cuts, state->n_cuts, &change->in_a);
    moment->pin_version = version;
}

/* Without memory it stays as it is: its pins are of other tokens, and go when it comes back. */
static void follow_step(const struct change *change, struct heed_step **step, uint64_t version)
{
    struct heed_moment moment;
    heed_step_read(*step, &moment);
    follow_moment(change, &moment, version);
    struct heed_step *fresh = heed_step_of(&moment);
    if (fresh != NULL) {
        free(*step);
        *step = fresh;
    }
}

static void follow_history(struct heed_ui *ui, const struct change *change, uint64_t version)
{
    struct heed_history *history = &ui->history;
    for (int i = 0; i < history->n_undo + history->n_redo; i++) {
        struct heed_step **step =
            i < history->n_undo ? &history->undo[i] : &history->redo[i - history->n_undo];
        if ((*step)->text_version == version && (*step)->pin_version == ui->result_version) {
            follow_step(change, step, version);
        }
    }
}

static bool is_text(const char *text, const char *other, size_t length)
{
    if (text == NULL || other == NULL) {
        return text == other;
    }
    return strlen(text) == length && memcmp(text, other, length) == 0;
}

static bool is_path(const char *path, const char *other)
{
    return is_text(path, other, other != NULL ? strlen(other) : 0);
}

/* B is the state's: its text, and its model. */
static bool is_second(const struct heed_state *state, const struct heed_result *result)
{
    const struct heed_result *b = result->compare != NULL ? result->compare->result : NULL;
    return is_text(state->compare, b != NULL ? b->encoding->text : NULL,
                   b != NULL ? b->encoding->text_length : 0) &&
           (b == NULL ||
            is_path(state->compare_model != NULL ? state->compare_model : state->model, b->model));
}

/* The version of a result's texts. */
static uint64_t version_of(struct heed_ui *ui, const struct heed_result *result)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_encoding *encoding = result->encoding;
    const bool compares = heed_state_compares(state);
    if (state->file != NULL || result->file != NULL) {
        const bool same = is_path(state->file, result->file) &&
                          heed_part_choose(result->parts, state->part) == result->part &&
                          (!compares || (result->compare != NULL &&
                                         is_path(state->compare, result->compare->result->file)));
        return same ? ui->now.text_version : ui->next_version++;
    }
    if (is_path(state->model, result->model) && (!compares || is_second(state, result)) &&
        is_text(state->text, encoding->text, encoding->text_length) &&
        is_text(state->pair, encoding->pair, encoding->pair_length)) {
        return ui->now.text_version;
    }
    return ui->next_version++;
}

enum { NAME = 64, TALK = 4 /* s that typing leaves the message */ };

/* What was pinned or marked before an edit, by its words. */
struct marked {
    char query[NAME], key[NAME];
    char candidates[HEED_MAX_CANDIDATES][NAME];
    int n;
};

static void note_marked(const struct heed_ui *ui, struct marked *marked)
{
    const struct heed_state *state = &ui->now.state;
    *marked = (struct marked){.n = state->n_candidates};
    if (ui->now.pin_version != ui->result_version) {
        marked->n = 0;
        return;
    }
    heed_ui_pin_text(ui, state->query, marked->query, NAME);
    heed_ui_pin_text(ui, state->key, marked->key, NAME);
    for (int i = 0; i < marked->n; i++) {
        heed_ui_pin_text(ui, state->candidates[i], marked->candidates[i], NAME);
    }
}

/* Adds a name in quotes unless it is there. */
static int add_name(char *names, size_t size, const char *name)
{
    char quoted[NAME + 8];
    const size_t used = strlen(names);
    snprintf(quoted, sizeof(quoted), "\xE2\x80\x9C%s\xE2\x80\x9D", name);
    if (name[0] == '\0' || strstr(names, quoted) != NULL) {
        return 0;
    }
    snprintf(names + used, size - used, "%s%s", used > 0 ? ", " : "", quoted);
    return 1;
}

/* The candidates that are gone: what is left has their names no more. */
static int add_lost_candidates(const struct heed_ui *ui, const struct marked *before, char *names,
                               size_t size, int *n_names)
{
    struct marked now;
    int lost = 0;
    note_marked(ui, &now);
    for (int i = 0; i < before->n; i++) {
        int j = 0;
        while (j < now.n && strcmp(now.candidates[j], before->candidates[i]) != 0) {
            j++;
        }
        if (j < now.n) {
            memmove(&now.candidates[j], &now.candidates[j + 1],
                    (size_t)(now.n - j - 1) * sizeof(now.candidates[0]));
            now.n--;
        } else {
            lost++;
            *n_names += add_name(names, size, before->candidates[i]);
        }
    }
    return lost;
}

/* Names the words that an edit took away, and what went with them; false if there are none. */
static bool say_lost(struct heed_ui *ui, const struct marked *before)
{
    const struct heed_state *state = &ui->now.state;
    char names[360] = "";
    int n = 0;
    const bool query = before->query[0] != '\0' && state->query.count == 0;
    const bool key = before->key[0] != '\0' && state->key.count == 0;
    if (query || key) {
        n += add_name(names, sizeof(names), query ? before->query : before->key);
    }
    const int lost = add_lost_candidates(ui, before, names, sizeof(names), &n);
    if (n == 0) {
        return false;
    }
    const char *pins = query && key ? "query and key were unpinned"
                       : query      ? "the query was unpinned"
                       : key        ? "the key was unpinned"
                                    : "";
    heed_ui_say(ui, false, "%s %s in the text any more: %s%s%s", names,
                n > 1 ? "aren\xE2\x80\x99t" : "isn\xE2\x80\x99t", pins,
                lost > 0 && pins[0] != '\0' ? ", and " : "",
                lost == 0  ? ""
                : lost > 1 ? "they are no candidates now"
                           : "it is no candidate now");
    ui->message_until = ui->time + TALK;
    return true;
}

/* The words of a cut that goes with its tokens. */
struct lost_cut {
    char text[160]; /* "it → animal"; "": none */
};

/* said: the message is of what the same edit took away. */
static void say_lost_cut(struct heed_ui *ui, const struct lost_cut *lost, bool said)
{
    char before[sizeof(ui->message)] = "";
    if (said) {
        memcpy(before, ui->message, sizeof(before));
        heed_ui_say(ui, false, "%.400s; %s is no longer cut", before, lost->text);
    } else {
        heed_ui_say(ui, false,
                    "%s isn\xE2\x80\x99t in the text any more: the link is no longer cut",
                    lost->text);
    }
    ui->message_until = ui->time + TALK;
}

/* Moves the pins and cuts of the present state and of the history to the tokens of a new text. */
static void move_pins(struct heed_ui *ui, const struct heed_result *result, uint64_t version,
                      struct lost_cut *lost)
{
    struct heed_moment *now = &ui->now;
    if (ui->result != NULL && version != ui->result_version) {
        const struct change change = find_change(ui->result, result);
        follow_history(ui, &change, version);
        if (now->pin_version == ui->result_version) {
            heed_ui_find_lost_cut(ui, &change.in_a, lost->text, sizeof(lost->text));
            follow_moment(&change, now, version);
        }
    }
    if (version == now->text_version && now->pin_version != version) {
        now->state.query = now->state.key = no_pin;
        now->state.n_candidates = 0;
        now->state.n_cuts = 0;
        now->pin_version = version;
    }
}

/* A run that was made with other cuts than those that followed the text (it
 * had been edited there and back meanwhile) is made again. */
static void check_cuts(struct heed_ui *ui, const struct heed_result *result)
{
    if (result->generation >= ui->job_generation && result->n_cut_links != ui->now.state.n_cuts) {
        ui->effects->encode = true;
    }
}

void heed_ui_follow_result(struct heed_ui *ui, const struct heed_result *result)
{
    struct heed_state *state = &ui->now.state;
    struct marked before;
    note_marked(ui, &before);
    const uint64_t version = version_of(ui, result);
    struct lost_cut lost = {""};
    move_pins(ui, result, version, &lost);
    if (version == ui->now.text_version) {
        const bool shows = state->n_shown > 0;
        heed_state_fit(state, result->maps->n_layers, result->maps->n_heads,
                       result->encoding->n_tokens);
        if (shows && state->n_shown == 0) { /* a smaller model has none of them */
            heed_state_show(state, (struct heed_head_id){0, 0});
        }
        heed_state_fit_b(
            state, result->compare != NULL ? result->compare->result->encoding->n_tokens : -1);
        check_cuts(ui, result);
    }
    const struct heed_result *old = ui->result;
    ui->result = heed_result_retain(result);
    ui->result_version = version;
    heed_result_release(old);
    const bool said = say_lost(ui, &before);
    if (lost.text[0] != '\0') {
        say_lost_cut(ui, &lost, said);
    }
}

bool heed_ui_begin_pin(struct heed_ui *ui)
{
    const bool other_tokens = ui->now.pin_version != ui->result_version;
    if (ui->result != NULL && other_tokens && ui->now.state.n_cuts > 0) {
        heed_ui_say(ui, false, "one moment: the text is still being computed");
        return false;
    }
    if (ui->result == NULL || !heed_ui_begin(ui)) {
        return false;
    }
    if (other_tokens) {
        ui->now.state.query = ui->now.state.key = no_pin;
        ui->now.state.n_candidates = 0;
        ui->now.pin_version = ui->result_version;
    }
    return true;
}

/* Where keys aren't queries, a token is one or the other. */
static bool is_on_side(const struct heed_ui *ui, struct heed_pin pin, bool key)
{
    const int n_queries = ui->result != NULL ? ui->result->encoding->n_queries : 0;
    return n_queries == 0 || (pin.first >= n_queries) == key;
}

void heed_ui_pin_query(struct heed_ui *ui, struct heed_pin query)
{
    struct heed_state *state = &ui->now.state;
    if (!is_on_side(ui, query, false)) {
        heed_ui_pin_key(ui, query);
        return;
    }
    if (heed_ui_begin_pin(ui)) {
        state->query = heed_pin_equal(state->query, query) ? no_pin : query;
        state->key = no_pin;
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

void heed_ui_extend_pin(struct heed_ui *ui, bool key, struct heed_pin from, struct heed_pin to)
{
    const struct heed_state *state = &ui->now.state;
    if (from.count == 0 || from.in_b != to.in_b) {
        from = to;
    }
    const int first = from.first < to.first ? from.first : to.first;
    const int from_end = from.first + from.count;
    const int to_end = to.first + to.count;
    const struct heed_pin run = {
        .first = first, .count = (from_end > to_end ? from_end : to_end) - first, .in_b = to.in_b};
    if (key && !heed_pin_equal(state->key, run)) {
        heed_ui_pin_key(ui, run);
    } else if (!key && !heed_pin_equal(state->query, run)) {
        heed_ui_pin_query(ui, run);
    }
}

void heed_ui_pin_key(struct heed_ui *ui, struct heed_pin key)
{
    struct heed_state *state = &ui->now.state;
    const struct heed_view_kind *kind = heed_view_get_kind(state->view);
    if (!is_on_side(ui, key, true)) {
        heed_ui_pin_query(ui, key);
        return;
    }
    if (kind->own_query != NULL && ui->result != NULL) {
        /* There the query is always one token, chosen or not. */
        const int token = kind->own_query(ui->result->maps, state->query);
        const struct heed_pin query = {token, 1};
        if (token >= 0 && !heed_pin_equal(state->query, query)) {
            heed_ui_pin_pair(ui, query, key);
            return;
        }
    }
    if (state->query.count == 0) {
        heed_ui_say(
            ui, false,
            "choose a query first (the side that attends): a key is pinned together with it");
    } else if (heed_ui_begin_pin(ui)) {
        if (state->query.count > 0) {
            state->key = heed_pin_equal(state->key, key) ? no_pin : key;
        }
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

void heed_ui_pin_pair(struct heed_ui *ui, struct heed_pin query, struct heed_pin key)
{
    struct heed_state *state = &ui->now.state;
    if (query.count == 0 || key.count == 0 || !is_on_side(ui, query, false) ||
        !is_on_side(ui, key, true) || !heed_ui_begin_pin(ui)) {
        return;
    }
    if (heed_pin_equal(state->query, query) && heed_pin_equal(state->key, key)) {
        state->query = state->key = no_pin;
    } else {
        state->query = query;
        state->key = key;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
}

bool heed_ui_unpin(struct heed_ui *ui)
{
    struct heed_state *state = &ui->now.state;
    if ((state->query.count == 0 && state->n_candidates == 0) || !heed_ui_begin(ui)) {
        return false;
    }
    if (state->key.count > 0) {
        state->key = no_pin;
    } else if (state->query.count > 0) {
        state->query = no_pin;
    } else {
        state->n_candidates = 0;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    return true;
}

/* Makes the pin that of the word that holds its tokens, if one does. */
bool heed_ui_whole_word(const struct heed_ui *ui, struct heed_pin *pin)
{
    struct heed_arena arena = {0};
    struct heed_word *words = NULL;
    int n = 0;
    const bool ok = heed_words_find(ui->result->encoding, &arena, &words, &n, NULL);
    for (int i = 0; ok && i < n; i++) {
        if (words[i].first <= pin->first &&
            pin->first + pin->count <= words[i].first + words[i].count) {
            *pin = (struct heed_pin){words[i].first, words[i].count};
            break;
        }
    }
    heed_arena_finish(&arena);
    return ok;
}

static void say_marked(struct heed_ui *ui, struct heed_pin pin)
{
    const struct heed_state *state = &ui->now.state;
    char name[NAME];
    heed_ui_pin_text(ui, pin, name, sizeof(name));
    if (heed_state_find_candidate(state, pin) < 0) {
        heed_ui_say(ui, false, "\xE2\x80\x9C%s\xE2\x80\x9D is no candidate now", name);
    } else if (state->query.count == 0) {
        heed_ui_say(ui, false,
                    "\xE2\x80\x9C%s\xE2\x80\x9D is a candidate: pin the query that could mean it",
                    name);
    } else if (state->n_candidates == 1) {
        heed_ui_say(ui, false,
                    "\xE2\x80\x9C%s\xE2\x80\x9D is a candidate: mark another to see the margin "
                    "between them",
                    name);
    }
}

void heed_ui_toggle_candidate(struct heed_ui *ui, struct heed_pin pin)
{
    struct heed_state *state = &ui->now.state;
    if (pin.in_b) {
        heed_ui_say(ui, false, "only words of text A can be candidates");
        return;
    }
    if (ui->result == NULL || pin.count == 0) {
        return;
    }
    if (!heed_ui_whole_word(ui, &pin)) {
        heed_ui_say(ui, true, "out of memory: nothing was marked");
        return;
    }
    if (!heed_ui_begin_pin(ui)) {
        return;
    }
    const bool has_room = heed_state_toggle_candidate(state, pin);
    if (state->n_candidates > 1 && state->color_by == HEED_COLOR_BY_LINK) {
        state->color_by = HEED_COLOR_BY_MARGIN;
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (has_room) {
        say_marked(ui, pin);
    } else {
        heed_ui_say(ui, false, "there are %d candidates already: unmark one first",
                    (int)HEED_MAX_CANDIDATES);
    }
}

bool heed_ui_weight(const struct heed_ui *ui, struct heed_head_id id, struct heed_pin query,
                    struct heed_pin key, float *weight)
{
    if (ui->result == NULL) {
        return false;
    }
    const struct heed_maps *maps = ui->result->maps;
    const struct heed_range rows = heed_pin_units(maps, query);
    const struct heed_range columns = heed_pin_units(maps, key);
    return heed_maps_weigh(maps, id, rows, columns, weight);
}

void heed_ui_find_lost_cut(const struct heed_ui *ui, const struct heed_token_moves *moves,
                           char *text, size_t size)
{
    const struct heed_state *state = &ui->now.state;
    text[0] = '\0';
    for (int i = 0; i < state->n_cuts; i++) {
        struct heed_cut_link link = state->cuts[i];
        char from[64], to[64];
        if (heed_cuts_follow(&link, 1, moves) == 1) {
            continue;
        }
        heed_ui_pin_text(ui, heed_pin_of(link.query), from, sizeof(from));
        heed_ui_pin_text(ui, heed_pin_of(link.key), to, sizeof(to));
        snprintf(text, size, "%s \xE2\x86\x92 %s", from, to);
        return;
    }
}

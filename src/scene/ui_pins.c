#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/text/words.h"
#include "scene/candidates.h"
#include "scene/compare_parts.h"
#include "scene/neuron.h"
#include "scene/parts.h"
#include "scene/ui_private.h"

static const struct heed_pin no_pin = {0, 0};

bool heed_pin_equal(struct heed_pin a, struct heed_pin b)
{
    return a.count == b.count &&
           (a.count == 0 || (a.first == b.first && a.in_b == b.in_b));
}

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
    const struct heed_comparison *comparison =
        ui->result != NULL ? ui->result->compare : NULL;
    if (comparison == NULL || unit < 0 || unit >= comparison->result->maps->n) {
        return no_pin;
    }
    const int a = heed_alignment_find_a(&comparison->units, unit);
    const struct heed_unit *it = &comparison->result->maps->units[unit];
    return a >= 0 ? heed_ui_unit_pin(ui, a)
                  : (struct heed_pin){it->first, it->count, true};
}

/* The text that a token covers. */
static const char *token_text(const struct heed_encoding *encoding, int token,
                              int count, size_t *length)
{
    const struct heed_token *first = &encoding->tokens[token];
    const struct heed_token *last = &encoding->tokens[token + count - 1];
    const bool in_pair = first->segment == 1 && encoding->pair != NULL;
    const char *text = in_pair ? encoding->pair : encoding->text;
    const size_t size = in_pair ? encoding->pair_length : encoding->text_length;
    const size_t from = heed_utf8_offset(text, size, (size_t)first->start);
    const size_t to = heed_utf8_offset(text, size, (size_t)last->end);
    *length = to > from ? to - from : 0;
    return text + from;
}

const struct heed_result *heed_ui_pin_result(const struct heed_ui *ui,
                                             struct heed_pin pin)
{
    const struct heed_result *result = ui->result;
    if (result != NULL && pin.in_b) {
        result = result->compare != NULL ? result->compare->result : NULL;
    }
    if (result == NULL || pin.count <= 0 || pin.first < 0 ||
        pin.first + pin.count > result->encoding->n_tokens) {
        return NULL;
    }
    return result;
}

void heed_ui_pin_text(const struct heed_ui *ui, struct heed_pin pin, char *text,
                      size_t size)
{
    const struct heed_result *result = heed_ui_pin_result(ui, pin);
    text[0] = '\0';
    if (result == NULL) {
        return;
    }
    const struct heed_encoding *encoding = result->encoding;
    if (encoding->tokens[pin.first].is_template) {
        const int unit = heed_maps_find_unit(result->maps, pin.first);
        const char *name = unit >= 0 ? result->maps->units[unit].label : NULL;
        if (name == NULL) {
            name = pin.first == 0 ? "[CLS]" : "[SEP]";
        }
        snprintf(text, size, "%s", name);
        return;
    }
    size_t length = 0;
    const char *covered = token_text(encoding, pin.first, pin.count, &length);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)covered[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    memcpy(text, covered, length);
    text[length] = '\0';
}

static bool same_token(const struct heed_encoding *a, int i,
                       const struct heed_encoding *b, int j)
{
    const struct heed_token *x = &a->tokens[i];
    const struct heed_token *y = &b->tokens[j];
    if (x->id != y->id || x->segment != y->segment) {
        return false;
    }
    if (!x->unknown || !y->unknown) {
        return true;
    }
    size_t x_length = 0;
    size_t y_length = 0;
    const char *x_text = token_text(a, i, 1, &x_length);
    const char *y_text = token_text(b, j, 1, &y_length);
    return x_length == y_length && memcmp(x_text, y_text, x_length) == 0;
}

/* How two token sequences compare: equal at both ends. */
struct difference {
    const struct heed_encoding *old, *fresh;
    int prefix, suffix;
};

static struct difference compare(const struct heed_encoding *old,
                                 const struct heed_encoding *fresh)
{
    const int least =
        old->n_tokens < fresh->n_tokens ? old->n_tokens : fresh->n_tokens;
    struct difference found = {old, fresh, 0, 0};
    while (found.prefix < least &&
           same_token(old, found.prefix, fresh, found.prefix)) {
        found.prefix++;
    }
    while (found.suffix < least - found.prefix &&
           same_token(old, old->n_tokens - 1 - found.suffix, fresh,
                      fresh->n_tokens - 1 - found.suffix)) {
        found.suffix++;
    }
    return found;
}

static bool stays(const struct difference *difference, struct heed_pin pin, int shift)
{
    if (pin.first + shift < 0 ||
        pin.first + shift + pin.count > difference->fresh->n_tokens) {
        return false;
    }
    for (int i = pin.first; i < pin.first + pin.count; i++) {
        if (!same_token(difference->old, i, difference->fresh, i + shift)) {
            return false;
        }
    }
    return true;
}

/* The same word in the new text, or none. */
static struct heed_pin follow_pin(const struct difference *difference,
                                  struct heed_pin pin)
{
    const int grown = difference->fresh->n_tokens - difference->old->n_tokens;
    if (pin.count == 0 || pin.first < 0 ||
        pin.first + pin.count > difference->old->n_tokens) {
        return no_pin;
    }
    const bool in_suffix =
        pin.first >= difference->old->n_tokens - difference->suffix;
    if (in_suffix && stays(difference, pin, grown)) {
        return (struct heed_pin){pin.first + grown, pin.count};
    }
    if (stays(difference, pin, 0)) {
        return pin;
    }
    if (stays(difference, pin, grown)) {
        return (struct heed_pin){pin.first + grown, pin.count};
    }
    return no_pin;
}

/* What became of both texts; in_b.fresh NULL: B is as it was. */
struct change {
    struct difference in_a, in_b;
    const struct heed_comparison *fresh; /* NULL: nothing is compared now */
};

static struct heed_pin follow_change(const struct change *change,
                                     struct heed_pin pin)
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

static struct change find_change(const struct heed_result *old,
                                 const struct heed_result *fresh)
{
    struct change change = {.in_a = compare(old->encoding, fresh->encoding),
                            .fresh = fresh->compare};
    if (old->compare != NULL && fresh->compare != NULL) {
        change.in_b = compare(old->compare->result->encoding,
                              fresh->compare->result->encoding);
    }
    return change;
}

static void follow_moment(const struct change *change,
                          struct heed_moment *moment, uint64_t version)
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
    moment->pin_version = version;
}

static void follow_history(struct heed_ui *ui, const struct change *change,
                           uint64_t version)
{
    struct heed_history *history = &ui->history;
    for (int i = 0; i < history->n_undo + history->n_redo; i++) {
        struct heed_moment *moment = i < history->n_undo
                                         ? history->undo[i]
                                         : history->redo[i - history->n_undo];
        if (moment->text_version == version &&
            moment->pin_version == ui->result_version) {
            follow_moment(change, moment, version);
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

/* The version of a result's texts. */
static uint64_t version_of(struct heed_ui *ui, const struct heed_result *result)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_encoding *encoding = result->encoding;
    const struct heed_encoding *b =
        result->compare != NULL ? result->compare->result->encoding : NULL;
    const bool compares = state->view == HEED_VIEW_COMPARE;
    if ((!compares || is_text(state->compare, b != NULL ? b->text : NULL,
                              b != NULL ? b->text_length : 0)) &&
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
static int add_lost_candidates(const struct heed_ui *ui,
                               const struct marked *before, char *names,
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

/* Names the words that an edit took away, and what went with them. */
static void say_lost(struct heed_ui *ui, const struct marked *before)
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
        return;
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
}

/* Moves the pins of the present state and of the history to the tokens of a
 * new text. */
static void move_pins(struct heed_ui *ui, const struct heed_result *result,
                      uint64_t version)
{
    struct heed_moment *now = &ui->now;
    if (ui->result != NULL && version != ui->result_version) {
        const struct change change = find_change(ui->result, result);
        follow_history(ui, &change, version);
        if (now->pin_version == ui->result_version) {
            follow_moment(&change, now, version);
        }
    }
    if (version == now->text_version && now->pin_version != version) {
        now->state.query = now->state.key = no_pin;
        now->state.n_candidates = 0;
        now->pin_version = version;
    }
}

void heed_ui_follow_result(struct heed_ui *ui, const struct heed_result *result)
{
    struct heed_state *state = &ui->now.state;
    struct marked before;
    note_marked(ui, &before);
    const uint64_t version = version_of(ui, result);
    move_pins(ui, result, version);
    if (version == ui->now.text_version) {
        heed_state_fit(state, result->maps->n_layers, result->maps->n_heads,
                       result->encoding->n_tokens);
        heed_state_fit_b(state, result->compare != NULL
                                    ? result->compare->result->encoding->n_tokens
                                    : -1);
    }
    const struct heed_result *old = ui->result;
    ui->result = heed_result_retain(result);
    ui->result_version = version;
    heed_result_release(old);
    say_lost(ui, &before);
}

bool heed_ui_begin_pin(struct heed_ui *ui)
{
    if (ui->result == NULL || !heed_ui_begin(ui)) {
        return false;
    }
    if (ui->now.pin_version != ui->result_version) {
        ui->now.state.query = ui->now.state.key = no_pin;
        ui->now.state.n_candidates = 0;
        ui->now.pin_version = ui->result_version;
    }
    return true;
}

void heed_ui_pin_query(struct heed_ui *ui, struct heed_pin query)
{
    struct heed_state *state = &ui->now.state;
    if (heed_ui_begin_pin(ui)) {
        state->query = heed_pin_equal(state->query, query) ? no_pin : query;
        state->key = no_pin;
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

void heed_ui_pin_key(struct heed_ui *ui, struct heed_pin key)
{
    struct heed_state *state = &ui->now.state;
    if (state->view == HEED_VIEW_NEURON && ui->result != NULL) {
        /* There the query is always one token, chosen or not. */
        const int token = heed_neuron_token(ui->result->maps, state->query);
        const struct heed_pin query = {token, 1};
        if (token >= 0 && !heed_pin_equal(state->query, query)) {
            heed_ui_pin_pair(ui, query, key);
            return;
        }
    }
    if (state->query.count == 0) {
        heed_ui_say(ui, false,
                    "choose a query first (the side that attends): a key is "
                    "pinned together with it");
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
    if (query.count == 0 || key.count == 0 || !heed_ui_begin_pin(ui)) {
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
    if ((state->query.count == 0 && state->n_candidates == 0) ||
        !heed_ui_begin(ui)) {
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

/* The tokens of the word that holds them; themselves if none does. */
static struct heed_pin whole_word(const struct heed_ui *ui, struct heed_pin pin)
{
    struct heed_word *words = NULL;
    int n = 0;
    if (!heed_words_find(ui->result->encoding, &words, &n, NULL)) {
        return pin;
    }
    for (int i = 0; i < n; i++) {
        if (words[i].first <= pin.first &&
            pin.first + pin.count <= words[i].first + words[i].count) {
            pin = (struct heed_pin){words[i].first, words[i].count};
            break;
        }
    }
    free(words);
    return pin;
}

static void say_marked(struct heed_ui *ui, struct heed_pin pin)
{
    const struct heed_state *state = &ui->now.state;
    char name[NAME];
    heed_ui_pin_text(ui, pin, name, sizeof(name));
    if (heed_state_find_candidate(state, pin) < 0) {
        heed_ui_say(ui, false, "\xE2\x80\x9C%s\xE2\x80\x9D is no candidate now",
                    name);
    } else if (state->query.count == 0) {
        heed_ui_say(ui, false,
                    "\xE2\x80\x9C%s\xE2\x80\x9D is a candidate: pin the query "
                    "that could mean it",
                    name);
    } else if (state->n_candidates == 1) {
        heed_ui_say(ui, false,
                    "\xE2\x80\x9C%s\xE2\x80\x9D is a candidate: mark another "
                    "to see the margin between them",
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
    if (ui->result == NULL || pin.count == 0 || !heed_ui_begin_pin(ui)) {
        return;
    }
    pin = whole_word(ui, pin);
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

bool heed_ui_pair_in_hand(const struct heed_ui *ui, struct heed_pin *query,
                          struct heed_pin *key)
{
    const struct heed_hover hover = heed_ui_in_hand(ui);
    const struct heed_state *state = &ui->now.state;
    *query = hover.query.count > 0 ? hover.query : state->query;
    *key = hover.key.count > 0 ? hover.key : state->key;
    return query->count > 0 && key->count > 0;
}

static bool weight_in(const struct heed_maps *maps, struct heed_head_id id,
                      struct heed_range rows, struct heed_range columns,
                      float *weight)
{
    if (rows.count == 0 || columns.count == 0 || id.layer >= maps->n_layers ||
        id.head < 0 || id.head >= maps->n_heads) {
        return false;
    }
    const float *map = id.layer < 0 ? maps->aggregate
                                    : heed_maps_row(maps, id.layer, id.head, 0);
    if (map == NULL) {
        return false;
    }
    *weight = heed_map_weight(map, maps->n, rows, columns);
    return true;
}

bool heed_ui_weight_b(const struct heed_ui *ui, struct heed_head_id id,
                      struct heed_pin query, struct heed_pin key, float *weight)
{
    const struct heed_comparison *comparison =
        ui->result != NULL ? ui->result->compare : NULL;
    if (comparison == NULL) {
        return false;
    }
    const struct heed_maps *maps = comparison->result->maps;
    const struct heed_range rows =
        heed_compare_pin_units_b(comparison, ui->result->maps, query);
    const struct heed_range columns =
        heed_compare_pin_units_b(comparison, ui->result->maps, key);
    return weight_in(maps, id, rows, columns, weight);
}

bool heed_ui_weight(const struct heed_ui *ui, struct heed_head_id id,
                    struct heed_pin query, struct heed_pin key, float *weight)
{
    if (ui->result == NULL) {
        return false;
    }
    const struct heed_maps *maps = ui->result->maps;
    const struct heed_range rows = heed_pin_units(maps, query);
    const struct heed_range columns = heed_pin_units(maps, key);
    return weight_in(maps, id, rows, columns, weight);
}

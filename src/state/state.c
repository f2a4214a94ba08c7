#include "state/state.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "state/interventions.h"

static const char first_text[] = "The animal didn't cross the street because it was too tired.";
static const char first_compare[] = "The animal didn't cross the street because it was too wide.";

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

static bool out_of_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the text: use a shorter one");
}

bool heed_state_init(struct heed_state *state, struct heed_error *err)
{
    char *text = copy_text(first_text, sizeof(first_text) - 1);
    if (text == NULL) {
        return out_of_memory(err);
    }
    memset(state, 0, sizeof(*state));
    state->text = text;
    state->filter = heed_filter_default();
    state->ui_scale = 1.0F;
    state->heat = HEED_USUAL_HEAT;
    const struct heed_head_id heads[] = {{0, 0}, {0, 1}, {0, 2}};
    heed_state_show_only(state, heads, 3);
    return true;
}

/* The strings that a state owns; NULL: it hasn't that one. */
static const size_t strings[] = {
    offsetof(struct heed_state, text),      offsetof(struct heed_state, pair),
    offsetof(struct heed_state, compare),   offsetof(struct heed_state, probe),
    offsetof(struct heed_state, file),      offsetof(struct heed_state, model),
    offsetof(struct heed_state, sentences), offsetof(struct heed_state, compare_model),
};

static char **string_of(struct heed_state *state, size_t i)
{
    return (char **)(void *)((char *)state + strings[i]);
}

bool heed_state_copy(struct heed_state *to, const struct heed_state *from, struct heed_error *err)
{
    struct heed_state copy = *from;
    bool ok = true;
    for (size_t i = 0; i < HEED_COUNT(strings); i++) {
        char **string = string_of(&copy, i);
        *string = ok && *string != NULL ? copy_text(*string, strlen(*string)) : NULL;
        ok = ok && (*string != NULL || *string_of((struct heed_state *)(uintptr_t)from, i) == NULL);
    }
    if (!ok) {
        heed_state_finish(&copy);
        return out_of_memory(err);
    }
    *to = copy;
    return true;
}

void heed_state_finish(struct heed_state *state)
{
    for (size_t i = 0; i < HEED_COUNT(strings); i++) {
        free(*string_of(state, i));
        *string_of(state, i) = NULL;
    }
}

static bool equal_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return strcmp(a, b) == 0;
}

bool heed_pin_equal(struct heed_pin a, struct heed_pin b)
{
    return a.count == b.count && (a.count == 0 || (a.first == b.first && a.in_b == b.in_b));
}

static bool equal_filters(const struct heed_filter *a, const struct heed_filter *b)
{
    return heed_filter_same_maps(a, b) && a->segments == b->segments &&
           a->threshold == b->threshold && a->top_p == b->top_p && a->top_k == b->top_k;
}

static bool equal_shown(const struct heed_state *a, const struct heed_state *b)
{
    if (a->n_shown != b->n_shown) {
        return false;
    }
    for (int i = 0; i < a->n_shown; i++) {
        if (!heed_head_equal(a->shown[i].id, b->shown[i].id) ||
            a->shown[i].color != b->shown[i].color) {
            return false;
        }
    }
    return heed_head_equal(a->matrix_head, b->matrix_head);
}

static bool equal_candidates(const struct heed_state *a, const struct heed_state *b)
{
    for (int i = 0; a->n_candidates == b->n_candidates && i < a->n_candidates; i++) {
        if (!heed_pin_equal(a->candidates[i], b->candidates[i])) {
            return false;
        }
    }
    return a->n_candidates == b->n_candidates;
}

bool heed_state_equal(const struct heed_state *a, const struct heed_state *b)
{
    return a->view == b->view && a->panel == b->panel && a->ablation_by == b->ablation_by &&
           equal_shown(a, b) && heed_state_same_off(a, b) && heed_pin_equal(a->query, b->query) &&
           heed_pin_equal(a->key, b->key) && equal_candidates(a, b) &&
           equal_filters(&a->filter, &b->filter) && a->color_by == b->color_by &&
           a->heads_mode == b->heads_mode && a->heads_order == b->heads_order &&
           a->heads_bands == b->heads_bands && a->compare_map == b->compare_map &&
           a->compare_rank == b->compare_rank && a->compare_heads == b->compare_heads &&
           a->neuron_sorted == b->neuron_sorted && a->neuron_values == b->neuron_values &&
           a->neuron_step == b->neuron_step && a->stack_page == b->stack_page &&
           a->theme == b->theme && a->palette == b->palette && a->ui_scale == b->ui_scale &&
           a->projector == b->projector && a->reduced_motion == b->reduced_motion &&
           equal_texts(a->text, b->text) && equal_texts(a->pair, b->pair) &&
           equal_texts(a->compare, b->compare) && equal_texts(a->probe, b->probe) &&
           equal_texts(a->sentences, b->sentences) && a->sentence == b->sentence &&
           equal_texts(a->file, b->file) && a->part == b->part &&
           a->patch_lists == b->patch_lists && a->heat == b->heat &&
           a->ablation_ran == b->ablation_ran && a->probe_ran == b->probe_ran &&
           equal_texts(a->model, b->model) && equal_texts(a->compare_model, b->compare_model);
}

bool heed_state_same_model(const struct heed_state *a, const struct heed_state *b)
{
    return equal_texts(a->model, b->model);
}

/* Gives *slot a checked copy of the text. */
static bool replace_text(char **slot, const char *text, size_t length, struct heed_error *err)
{
    size_t bad = 0;
    if (length > HEED_MAX_TEXT) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the text is longer than 1 MiB: shorten it");
    }
    if (!heed_utf8_valid(text, length, &bad) || memchr(text, '\0', length) != NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "the text isn't valid UTF-8 at byte %zu", bad);
    }
    char *copy = copy_text(text, length);
    if (copy == NULL) {
        return out_of_memory(err);
    }
    free(*slot);
    *slot = copy;
    return true;
}

/* Likewise; text NULL: leaves none. */
static bool replace_or_remove(char **slot, const char *text, size_t length, struct heed_error *err)
{
    if (text != NULL) {
        return replace_text(slot, text, length, err);
    }
    free(*slot);
    *slot = NULL;
    return true;
}

bool heed_state_set_text(struct heed_state *state, const char *text, size_t length,
                         struct heed_error *err)
{
    if (!replace_text(&state->text, text, length, err)) {
        return false;
    }
    free(state->file);
    state->file = NULL;
    state->part = HEED_PART_SELF;
    return true;
}

bool heed_state_set_model(struct heed_state *state, const char *folder, struct heed_error *err)
{
    return replace_or_remove(&state->model, folder, folder != NULL ? strlen(folder) : 0, err);
}

bool heed_state_set_compare_model(struct heed_state *state, const char *model,
                                  struct heed_error *err)
{
    return replace_or_remove(&state->compare_model, model, model != NULL ? strlen(model) : 0, err);
}

const char *heed_state_second_model(const struct heed_state *state)
{
    return heed_state_compares(state) && state->file == NULL ? state->compare_model : NULL;
}

bool heed_state_set_file(struct heed_state *state, const char *path, struct heed_error *err)
{
    if (!replace_or_remove(&state->file, path, path != NULL ? strlen(path) : 0, err)) {
        return false;
    }
    state->part = HEED_PART_SELF;
    state->query = state->key = (struct heed_pin){0, 0};
    state->n_candidates = 0;
    replace_or_remove(&state->compare, NULL, 0, NULL);
    if (path == NULL) {
        return true;
    }
    replace_or_remove(&state->pair, NULL, 0, NULL);
    heed_state_all_on(state);
    state->panel = HEED_PANEL_NONE;
    state->filter.segments = HEED_SEGMENTS_ALL;
    state->filter.measure = HEED_MEASURE_WEIGHT;
    return true;
}

void heed_state_set_part(struct heed_state *state, enum heed_part_kind part)
{
    state->part = part;
    state->query = state->key = (struct heed_pin){0, 0};
    state->n_candidates = 0;
}

bool heed_state_set_pair(struct heed_state *state, const char *pair, size_t length,
                         struct heed_error *err)
{
    if (pair == NULL && state->variant.mask.kind == HEED_MASK_CROSS) {
        state->variant.mask = heed_mask_of(HEED_MASK_FULL, 0);
    }
    return replace_or_remove(&state->pair, pair, length, err);
}

bool heed_state_set_compare(struct heed_state *state, const char *compare, size_t length,
                            struct heed_error *err)
{
    return replace_or_remove(&state->compare, compare, length, err);
}

bool heed_state_set_probe(struct heed_state *state, const char *name, size_t length,
                          struct heed_error *err)
{
    return replace_or_remove(&state->probe, name, length, err);
}

bool heed_state_compares(const struct heed_state *state)
{
    return state->view == HEED_VIEW_COMPARE;
}

const char *heed_state_get_second(const struct heed_state *state)
{
    return heed_state_compares(state) ? state->compare : state->pair;
}

bool heed_state_begin_compare(struct heed_state *state, struct heed_error *err)
{
    const char *text = state->file != NULL                    ? state->file
                       : strcmp(state->text, first_text) == 0 ? first_compare
                                                              : state->text;
    return state->compare != NULL || replace_text(&state->compare, text, strlen(text), err);
}

/* Where the head is, or would be inserted. */
static int find_place(const struct heed_state *state, struct heed_head_id id)
{
    int i = 0;
    while (i < state->n_shown &&
           (state->shown[i].id.layer < id.layer ||
            (state->shown[i].id.layer == id.layer && state->shown[i].id.head < id.head))) {
        i++;
    }
    return i;
}

bool heed_state_shows(const struct heed_state *state, struct heed_head_id id, int *index)
{
    int place = 0;
    while (place < state->n_shown && !heed_head_equal(state->shown[place].id, id)) {
        place++;
    }
    if (place == state->n_shown) {
        return false;
    }
    if (index != NULL) {
        *index = place;
    }
    return true;
}

static int16_t lowest_free_color(const struct heed_state *state)
{
    bool used[HEED_MAX_SHOWN] = {false};
    for (int i = 0; i < state->n_shown; i++) {
        const int color = state->shown[i].color;
        if (color >= 0 && color < HEED_MAX_SHOWN) {
            used[color] = true;
        }
    }
    int16_t color = 0;
    while (color < HEED_MAX_SHOWN - 1 && used[color]) {
        color++;
    }
    return color;
}

static void insert_shown(struct heed_state *state, struct heed_head_id id, int16_t color)
{
    const int place = find_place(state, id);
    memmove(&state->shown[place + 1], &state->shown[place],
            (size_t)(state->n_shown - place) * sizeof(state->shown[0]));
    state->shown[place] = (struct heed_shown_head){id, color};
    state->n_shown++;
}

void heed_state_show(struct heed_state *state, struct heed_head_id id)
{
    if (!heed_state_shows(state, id, NULL)) {
        if (state->n_shown == HEED_MAX_SHOWN) {
            return;
        }
        insert_shown(state, id, lowest_free_color(state));
    }
    state->matrix_head = id;
}

/* Makes matrix_head one that is shown, if any is: the next one, else the one before. */
static void follow_matrix_head(struct heed_state *state)
{
    if (state->n_shown == 0 || heed_state_shows(state, state->matrix_head, NULL)) {
        return;
    }
    int place = find_place(state, state->matrix_head);
    if (place == state->n_shown) {
        place--;
    }
    state->matrix_head = state->shown[place].id;
}

static void remove_shown(struct heed_state *state, int index)
{
    state->n_shown--;
    memmove(&state->shown[index], &state->shown[index + 1],
            (size_t)(state->n_shown - index) * sizeof(state->shown[0]));
}

void heed_state_hide(struct heed_state *state, struct heed_head_id id)
{
    int index = 0;
    if (heed_state_shows(state, id, &index)) {
        remove_shown(state, index);
        follow_matrix_head(state);
    }
}

void heed_state_show_only(struct heed_state *state, const struct heed_head_id *ids, int n)
{
    state->n_shown = 0;
    for (int i = 0; i < n && state->n_shown < HEED_MAX_SHOWN; i++) {
        if (!heed_state_shows(state, ids[i], NULL)) {
            insert_shown(state, ids[i], (int16_t)state->n_shown);
        }
    }
    if (n > 0 && !heed_state_shows(state, state->matrix_head, NULL)) {
        state->matrix_head = ids[0];
    }
}

void heed_state_order_shown(struct heed_state *state)
{
    for (int i = 1; i < state->n_shown; i++) {
        const struct heed_shown_head head = state->shown[i];
        int at = i;
        for (; at > 0 && state->shown[at - 1].color > head.color; at--) {
            state->shown[at] = state->shown[at - 1];
        }
        state->shown[at] = head;
    }
}

static void fit_muted(struct heed_state *state, int n_layers, int n_heads)
{
    for (int i = state->n_muted - 1; i >= 0; i--) {
        if (state->muted[i].layer >= n_layers || state->muted[i].head >= n_heads) {
            heed_state_toggle_muted(state, state->muted[i]);
        }
    }
}

static void fit_pin(struct heed_pin *pin, int n_tokens)
{
    if (pin->in_b) {
        return; /* heed_state_fit_b's */
    }
    if (pin->count <= 0 || pin->first < 0 || pin->first >= n_tokens ||
        pin->count > n_tokens - pin->first) {
        *pin = (struct heed_pin){0, 0};
    }
}

void heed_state_fit(struct heed_state *state, int n_layers, int n_heads, int n_tokens)
{
    for (int i = state->n_shown - 1; i >= 0; i--) {
        const struct heed_head_id id = state->shown[i].id;
        if (id.layer < 0 || id.layer >= n_layers || id.head < 0 || id.head >= n_heads) {
            remove_shown(state, i);
        }
    }
    fit_muted(state, n_layers, n_heads);
    heed_state_fit_off(state, n_layers, n_heads, n_tokens);
    follow_matrix_head(state);
    if (state->n_shown == 0 &&
        (state->matrix_head.layer >= n_layers || state->matrix_head.head >= n_heads)) {
        state->matrix_head = (struct heed_head_id){0, 0};
    }
    if (state->stack_page < 0 || state->stack_page > n_layers + 1) {
        state->stack_page = n_layers + 1;
    }
    fit_pin(&state->query, n_tokens);
    fit_pin(&state->key, n_tokens);
    if (state->query.count == 0) {
        state->key = (struct heed_pin){0, 0};
    }
    const int n = state->n_candidates;
    state->n_candidates = 0;
    for (int i = 0; i < n; i++) {
        struct heed_pin pin = state->candidates[i];
        fit_pin(&pin, n_tokens);
        if (pin.count > 0) {
            state->candidates[state->n_candidates++] = pin;
        }
    }
}

static void fit_pin_b(struct heed_pin *pin, bool compares, int n_tokens)
{
    const bool fits =
        compares && pin->count > 0 && pin->first >= 0 &&
        (n_tokens < 0 || (pin->first < n_tokens && pin->count <= n_tokens - pin->first));
    if (pin->in_b && !fits) {
        *pin = (struct heed_pin){0, 0};
    }
}

void heed_state_fit_b(struct heed_state *state, int n_tokens)
{
    const bool compares = heed_state_compares(state);
    fit_pin_b(&state->query, compares, n_tokens);
    fit_pin_b(&state->key, compares, n_tokens);
    if (state->query.count == 0) {
        state->key = (struct heed_pin){0, 0};
    }
}

#define VIEW_NAME(upper, word, name) [HEED_VIEW_##upper] = (name),
#define VIEW_WORD(upper, word, name) [HEED_VIEW_##upper] = #word,
#define PANEL_NAME(upper, word, name) [HEED_PANEL_##upper] = (name),
#define PANEL_WORD(upper, word, name) [HEED_PANEL_##upper] = #word,

static const char *const view_names[HEED_N_VIEWS] = {HEED_EACH_VIEW(VIEW_NAME)};
const char *const heed_view_words[HEED_N_VIEWS + 1] = {HEED_EACH_VIEW(VIEW_WORD)};
static const char *const panel_names[HEED_N_PANELS] = {"None", HEED_EACH_PANEL(PANEL_NAME)};
const char *const heed_neuron_step_words[HEED_N_NEURON_STEPS + 1] = {
    "all", "vectors", "products", "sum", "scale", "softmax", "values"};
const char *const heed_panel_words[HEED_N_PANELS + 1] = {"none", HEED_EACH_PANEL(PANEL_WORD)};

const char *heed_view_name(enum heed_view view)
{
    return view_names[view];
}

const char *heed_panel_name(enum heed_panel panel)
{
    return panel_names[panel];
}

bool heed_view_find(const char *name, enum heed_view *view)
{
    for (int i = 0; i < HEED_N_VIEWS; i++) {
        if (strcasecmp(name, view_names[i]) == 0) {
            *view = (enum heed_view)i;
            return true;
        }
    }
    return false;
}

const char *heed_color_by_name(enum heed_color_by color_by)
{
#define COLOR_BY_NAME(upper, word, name, member, decimals) [HEED_COLOR_BY_##upper] = (name),
    static const char *const names[HEED_N_COLOR_BY] = {
        HEED_EACH_COLOR_BY(COLOR_BY_NAME)[HEED_COLOR_BY_MAPS] = "Maps"};
    return names[color_by];
}

int heed_color_by_decimals(enum heed_color_by color_by)
{
#define COLOR_BY_DECIMALS(upper, word, name, member, decimals) [HEED_COLOR_BY_##upper] = (decimals),
    static const int all[HEED_N_COLOR_BY] = {HEED_EACH_COLOR_BY(COLOR_BY_DECIMALS)};
    return all[color_by];
}

const char *heed_heads_order_name(enum heed_heads_order order)
{
    if (order == HEED_ORDER_GRID) {
        return "Layer and head";
    }
    if (order == HEED_ORDER_LABEL) {
        return "Label";
    }
    return heed_color_by_name((enum heed_color_by)(order - HEED_ORDER_MEASURE));
}

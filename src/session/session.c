#include "session/session.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "draw/theme.h"
#include "session/document.h"
#include "session/off.h"
#include "session/paths.h"
#include "session/words.h"
#include "state/candidates.h"

/* Beyond any text or model; keeps sums of positions small. */
enum { MOST_TOKENS = 1 << 20, MOST_LAYERS = 9999 };

static const char *yes(bool value)
{
    return value ? "true" : "false";
}

static void put_string(struct heed_buffer *out, const char *key, const char *text)
{
    heed_buffer_printf(out, "  \"%s\": ", key);
    if (text) {
        heed_buffer_put_json(out, text, strlen(text));
    } else {
        heed_buffer_puts(out, "null");
    }
    heed_buffer_puts(out, ",\n");
}

static void put_pin(struct heed_buffer *out, const char *key, struct heed_pin pin)
{
    if (pin.count > 0 && pin.in_b) {
        heed_buffer_printf(out, "  \"%s\": {\"first\": %d, \"count\": %d, \"in_b\": true},\n", key,
                           (int)pin.first, (int)pin.count);
    } else if (pin.count > 0) {
        heed_buffer_printf(out, "  \"%s\": {\"first\": %d, \"count\": %d},\n", key, (int)pin.first,
                           (int)pin.count);
    } else {
        heed_buffer_printf(out, "  \"%s\": null,\n", key);
    }
}

static void put_candidates(struct heed_buffer *out, const struct heed_state *state)
{
    heed_buffer_puts(out, "  \"candidates\": [");
    for (int i = 0; i < state->n_candidates; i++) {
        heed_buffer_printf(out, "%s{\"first\": %d, \"count\": %d}", i > 0 ? ", " : "",
                           (int)state->candidates[i].first, (int)state->candidates[i].count);
    }
    heed_buffer_puts(out, "],\n");
}

static void put_shown(struct heed_buffer *out, const struct heed_state *state)
{
    heed_buffer_puts(out, "  \"shown\": {");
    for (int i = 0; i < state->n_shown; i++) {
        const struct heed_shown_head *shown = &state->shown[i];
        heed_buffer_printf(out, "%s%s\"L%dH%d\": %d", i > 0 ? "," : "", i % 8 == 0 ? "\n    " : " ",
                           shown->id.layer, shown->id.head, shown->color);
    }
    heed_buffer_puts(out, state->n_shown > 0 ? "\n  },\n" : "},\n");
    heed_session_put_off(out, state);
    heed_buffer_printf(out, "  \"matrix_head\": \"L%dH%d\",\n", state->matrix_head.layer,
                       state->matrix_head.head);
}

static void put_filter(struct heed_buffer *out, const struct heed_filter *filter)
{
    heed_buffer_printf(out,
                       "  \"filter\": {\n"
                       "    \"hide_special\": %s,\n"
                       "    \"hide_punctuation\": %s,\n"
                       "    \"renormalise\": %s,\n"
                       "    \"words\": %s,\n"
                       "    \"measure\": \"%s\",\n"
                       "    \"aggregate\": \"%s\",\n"
                       "    \"segments\": \"%s\",\n"
                       "    \"threshold\": ",
                       yes(filter->hide_special), yes(filter->hide_punctuation),
                       yes(filter->renormalise), yes(filter->words),
                       heed_measure_words[filter->measure], heed_aggregate_words[filter->aggregate],
                       heed_segments_words[filter->segments]);
    heed_document_put_float(out, filter->threshold);
    heed_buffer_puts(out, ",\n    \"top_p\": ");
    heed_document_put_float(out, filter->top_p);
    heed_buffer_printf(out, ",\n    \"top_k\": %d\n  },\n", filter->top_k);
}

static void put_compare(struct heed_buffer *out, const struct heed_state *state)
{
    heed_buffer_printf(out,
                       "  \"compare_map\": \"%s\",\n"
                       "  \"compare_whole\": %s,\n"
                       "  \"compare_heads\": %s,\n",
                       heed_compare_map_words[state->compare_map], yes(state->compare_whole),
                       yes(state->compare_heads));
}

bool heed_session_write(const struct heed_state *state, const char *model, struct heed_buffer *out,
                        struct heed_error *err)
{
    heed_buffer_printf(out, "{\n  \"version\": %d,\n", HEED_SESSION_VERSION);
    put_string(out, "model", model);
    put_string(out, "text", state->text);
    put_string(out, "pair", state->pair);
    put_string(out, "compare", state->compare);
    put_string(out, "probe", state->probe);
    heed_buffer_printf(out,
                       "  \"view\": \"%s\",\n"
                       "  \"panel\": \"%s\",\n"
                       "  \"ablation_by\": \"%s\",\n",
                       heed_view_words[state->view], heed_panel_words[state->panel],
                       heed_ablation_by_words[state->ablation_by]);
    put_shown(out, state);
    put_pin(out, "query", state->query);
    put_pin(out, "key", state->key);
    put_candidates(out, state);
    put_filter(out, &state->filter);
    put_compare(out, state);
    heed_buffer_printf(out,
                       "  \"color_by\": \"%s\",\n"
                       "  \"heads_mode\": \"%s\",\n"
                       "  \"heads_order\": \"%s\",\n"
                       "  \"heads_bands\": %s,\n"
                       "  \"neuron_sorted\": %s,\n"
                       "  \"neuron_values\": %s,\n"
                       "  \"stack_page\": %d,\n"
                       "  \"theme\": \"%s\",\n"
                       "  \"palette\": \"%s\",\n"
                       "  \"ui_scale\": ",
                       heed_color_by_words[state->color_by],
                       heed_heads_mode_words[state->heads_mode],
                       heed_heads_order_words[state->heads_order], yes(state->heads_bands),
                       yes(state->neuron_sorted), yes(state->neuron_values), state->stack_page,
                       heed_theme_words[state->theme], heed_palette_words[state->palette]);
    heed_document_put_float(out, state->ui_scale);
    heed_buffer_printf(out,
                       ",\n  \"projector\": %s,\n"
                       "  \"reduced_motion\": %s\n}\n",
                       yes(state->projector), yes(state->reduced_motion));
    if (out->failed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the session");
    }
    return true;
}

/* NULL if there is none, or it is refused. */
static const char *find_text(struct heed_document *json, const char *key)
{
    const cJSON *item = heed_document_find(json->root, key);
    if (!item || json->failed) {
        return NULL;
    }
    if (!cJSON_IsString(item)) {
        heed_document_refuse(json, key, "must be a string");
        return NULL;
    }
    if (strlen(item->valuestring) > HEED_MAX_TEXT) {
        heed_document_refuse(json, key, "is longer than 1 MiB");
        return NULL;
    }
    return item->valuestring;
}

static void read_text(struct heed_document *json, struct heed_state *state)
{
    const char *text = find_text(json, "text");
    const char *pair = find_text(json, "pair");
    const char *compare = find_text(json, "compare");
    const char *probe = find_text(json, "probe");
    if ((text && !heed_state_set_text(state, text, strlen(text), json->err)) ||
        (pair && !heed_state_set_pair(state, pair, strlen(pair), json->err)) ||
        (compare && !heed_state_set_compare(state, compare, strlen(compare), json->err)) ||
        (probe && !heed_state_set_probe(state, probe, strlen(probe), json->err))) {
        json->failed = true;
    }
}

static bool color_is_taken(const struct heed_state *state, int color)
{
    for (int i = 0; i < state->n_shown; i++) {
        if (state->shown[i].color == color) {
            return true;
        }
    }
    return false;
}

/* color < 0, or a taken one: the lowest free. */
static void show(struct heed_state *state, struct heed_head_id id, int color)
{
    const bool taken = color < 0 || color_is_taken(state, color);
    int index = 0;
    if (heed_state_shows(state, id, NULL)) {
        return;
    }
    heed_state_show(state, id);
    if (!taken && heed_state_shows(state, id, &index)) {
        state->shown[index].color = (int16_t)color;
    }
}

/* {"L3H1": colour, ...}, or by hand also ["L3H1", ...]. */
static void read_shown(struct heed_document *json, struct heed_state *state)
{
    const cJSON *shown = heed_document_find(json->root, "shown");
    if (!shown || json->failed) {
        return;
    }
    const bool with_colors = cJSON_IsObject(shown);
    if (!with_colors && !cJSON_IsArray(shown)) {
        heed_document_refuse(json, "shown", "must be like {\"L3H1\": 0}");
        return;
    }
    heed_state_show_only(state, NULL, 0);
    for (const cJSON *item = shown->child; item && !json->failed; item = item->next) {
        struct heed_head_id id = {0, 0};
        const char *name = with_colors ? item->string : item->valuestring;
        const double color = with_colors ? item->valuedouble : -1;
        if (!heed_session_read_head(name, &id)) {
            heed_document_refuse(json, "shown", "must name heads like \"L3H1\"");
        } else if (with_colors && !(cJSON_IsNumber(item) && color >= 0 && color < HEED_MAX_SHOWN)) {
            heed_document_refuse(json, "shown", "has a colour beyond 0 to 1023");
        } else if (state->n_shown == HEED_MAX_SHOWN) {
            heed_document_refuse(json, "shown", "names more than 1024 heads");
        } else {
            show(state, id, (int)color);
        }
    }
}

static void read_matrix_head(struct heed_document *json, struct heed_state *state)
{
    const cJSON *item = heed_document_find(json->root, "matrix_head");
    struct heed_head_id id = state->matrix_head;
    if (item && !json->failed && !heed_session_read_head(item->valuestring, &id)) {
        heed_document_refuse(json, "matrix_head", "must be a head like \"L3H1\"");
    }
    if (state->n_shown == 0 || heed_state_shows(state, id, NULL)) {
        state->matrix_head = id;
    } else {
        state->matrix_head = state->shown[0].id;
    }
}

static void read_range(struct heed_document *json, const cJSON *item, const char *name,
                       struct heed_pin *pin)
{
    if (!cJSON_IsObject(item)) {
        heed_document_refuse(json, name, "must be null or {\"first\": token, \"count\": n}");
        return;
    }
    char first_path[32];
    char count_path[32];
    char in_b_path[32];
    bool in_b = false;
    int first = -1;
    int count = 1;
    snprintf(first_path, sizeof first_path, "%s.first", name);
    snprintf(count_path, sizeof count_path, "%s.count", name);
    heed_document_int(json, item, first_path, 0, MOST_TOKENS, &first);
    heed_document_int(json, item, count_path, 1, MOST_TOKENS, &count);
    snprintf(in_b_path, sizeof in_b_path, "%s.in_b", name);
    heed_document_bool(json, item, in_b_path, &in_b);
    if (first < 0) {
        heed_document_refuse(json, first_path, "is missing");
    }
    if (!json->failed) {
        *pin = (struct heed_pin){first, count, in_b};
    }
}

static void read_pin(struct heed_document *json, const char *name, struct heed_pin *pin)
{
    const cJSON *item = heed_document_find(json->root, name);
    if (item && !json->failed) {
        read_range(json, item, name, pin);
    }
}

static void read_candidates(struct heed_document *json, struct heed_state *state)
{
    const cJSON *list = heed_document_find(json->root, "candidates");
    if (!list || json->failed) {
        return;
    }
    if (!cJSON_IsArray(list)) {
        heed_document_refuse(json, "candidates",
                             "must be a list of {\"first\": token, \"count\": n}");
        return;
    }
    for (const cJSON *item = list->child; item && !json->failed; item = item->next) {
        struct heed_pin pin = {0, 0};
        read_range(json, item, "candidates", &pin);
        if (!json->failed && heed_state_find_candidate(state, pin) >= 0) {
            heed_document_refuse(json, "candidates", "holds a token twice");
        } else if (!json->failed && !heed_state_toggle_candidate(state, pin)) {
            heed_document_refuse(json, "candidates", "holds more than 32 words");
        }
    }
}

static void read_filter(struct heed_document *json, struct heed_filter *filter)
{
    const cJSON *item = heed_document_find(json->root, "filter");
    if (item && !cJSON_IsObject(item)) {
        heed_document_refuse(json, "filter", "must be an object");
    }
    int measure = filter->measure;
    int aggregate = filter->aggregate;
    int segments = filter->segments;
    heed_document_bool(json, item, "filter.hide_special", &filter->hide_special);
    heed_document_bool(json, item, "filter.hide_punctuation", &filter->hide_punctuation);
    heed_document_bool(json, item, "filter.renormalise", &filter->renormalise);
    heed_document_bool(json, item, "filter.words", &filter->words);
    heed_document_word(json, item, "filter.measure", heed_measure_words, HEED_N_MEASURES, &measure);
    heed_document_word(json, item, "filter.aggregate", heed_aggregate_words, HEED_N_AGGREGATES,
                       &aggregate);
    heed_document_word(json, item, "filter.segments", heed_segments_words, HEED_N_SEGMENTS,
                       &segments);
    heed_document_float(json, item, "filter.threshold", 0, 1, &filter->threshold);
    heed_document_float(json, item, "filter.top_p", 0, 1, &filter->top_p);
    heed_document_int(json, item, "filter.top_k", 0, MOST_TOKENS, &filter->top_k);
    filter->measure = (enum heed_measure)measure;
    filter->aggregate = (enum heed_aggregate)aggregate;
    filter->segments = (enum heed_segments)segments;
}

static void read_heads(struct heed_document *json, struct heed_state *state)
{
    heed_session_read_off(json, state);
    int mode = state->heads_mode;
    int order = state->heads_order;
    heed_document_word(json, json->root, "heads_mode", heed_heads_mode_words, HEED_N_HEADS_MODES,
                       &mode);
    heed_document_word(json, json->root, "heads_order", heed_heads_order_words, HEED_N_ORDERS,
                       &order);
    heed_document_bool(json, json->root, "heads_bands", &state->heads_bands);
    state->heads_mode = (enum heed_heads_mode)mode;
    state->heads_order = (enum heed_heads_order)order;
}

static void read_compare(struct heed_document *json, struct heed_state *state)
{
    int map = state->compare_map;
    heed_document_word(json, json->root, "compare_map", heed_compare_map_words, HEED_N_COMPARE_MAPS,
                       &map);
    heed_document_bool(json, json->root, "compare_whole", &state->compare_whole);
    heed_document_bool(json, json->root, "compare_heads", &state->compare_heads);
    state->compare_map = (enum heed_compare_map)map;
}

static void read_pages(struct heed_document *json, struct heed_state *state)
{
    heed_document_bool(json, json->root, "neuron_sorted", &state->neuron_sorted);
    heed_document_bool(json, json->root, "neuron_values", &state->neuron_values);
    heed_document_int(json, json->root, "stack_page", 0, MOST_LAYERS + 1, &state->stack_page);
}

static void read_looks(struct heed_document *json, struct heed_state *state)
{
    int view = state->view;
    int panel = state->panel;
    int ablation_by = state->ablation_by;
    int color_by = state->color_by;
    int theme = state->theme;
    int palette = state->palette;
    heed_document_word(json, json->root, "view", heed_view_words, HEED_N_VIEWS, &view);
    heed_document_word(json, json->root, "panel", heed_panel_words, HEED_N_PANELS, &panel);
    heed_document_word(json, json->root, "ablation_by", heed_ablation_by_words, HEED_N_ABLATION_BY,
                       &ablation_by);
    heed_document_word(json, json->root, "color_by", heed_color_by_words, HEED_N_COLOR_BY,
                       &color_by);
    heed_document_word(json, json->root, "theme", heed_theme_words, HEED_N_THEMES, &theme);
    heed_document_word(json, json->root, "palette", heed_palette_words, HEED_N_PALETTES, &palette);
    heed_document_float(json, json->root, "ui_scale", 0.75f, 3, &state->ui_scale);
    heed_document_bool(json, json->root, "projector", &state->projector);
    heed_document_bool(json, json->root, "reduced_motion", &state->reduced_motion);
    state->view = (enum heed_view)view;
    state->panel = (enum heed_panel)panel;
    state->ablation_by = (enum heed_ablation_by)ablation_by;
    state->color_by = (enum heed_color_by)color_by;
    state->theme = (enum heed_theme_id)theme;
    state->palette = (enum heed_palette_id)palette;
}

bool heed_session_parse(struct heed_state *state, const char *json, size_t length, const char *name,
                        struct heed_error *err)
{
    struct heed_document document;
    if (!heed_document_open(&document, json, length, name, err)) {
        return false;
    }
    struct heed_state read;
    bool ok = false;
    heed_document_check_version(&document, HEED_SESSION_VERSION);
    if (!document.failed && heed_state_init(&read, err)) {
        read_text(&document, &read);
        read_shown(&document, &read);
        read_matrix_head(&document, &read);
        read_pin(&document, "query", &read.query);
        read_pin(&document, "key", &read.key);
        if (read.key.count > 0 && read.query.count == 0) {
            heed_document_refuse(&document, "key", "is pinned without a \"query\"");
        }
        read_candidates(&document, &read);
        read_filter(&document, &read.filter);
        read_heads(&document, &read);
        read_compare(&document, &read);
        read_pages(&document, &read);
        read_looks(&document, &read);
        ok = !document.failed;
        if (ok) {
            heed_state_fit_b(&read, -1);
            *state = read;
        } else {
            heed_state_finish(&read);
        }
    }
    heed_document_close(&document);
    return ok;
}

bool heed_session_save(const struct heed_state *state, const char *model, const char *path,
                       struct heed_error *err)
{
    struct heed_buffer out = {0};
    const bool ok = heed_session_write(state, model, &out, err) &&
                    heed_file_write(path, out.data, out.size, err);
    heed_buffer_finish(&out);
    return ok;
}

bool heed_session_load(struct heed_state *state, const char *path, struct heed_error *err)
{
    char *json = NULL;
    size_t size = 0;
    if (!heed_file_read(path, HEED_SESSION_MAX_BYTES, &json, &size, err)) {
        return false;
    }
    const bool ok = heed_session_parse(state, json, size, path, err);
    free(json);
    return ok;
}

bool heed_session_last_path(char *path, size_t size, struct heed_error *err)
{
    return heed_path_find(path, size, "XDG_STATE_HOME", ".local/state", "last.heed", err);
}

/* Out of the way, so that the next save doesn't destroy it. */
static void set_aside(const char *path, struct heed_error *err)
{
    char bad[PATH_MAX + 8];
    const struct heed_error why = *err;
    snprintf(bad, sizeof bad, "%s.bad", path);
    if (rename(path, bad) == 0) {
        heed_error_set(err, why.code, "%s; it is now last.heed.bad", why.text);
    } else {
        heed_error_set(err, why.code, "%s; it can't be renamed (%s)", why.text, strerror(errno));
    }
}

bool heed_session_load_last(struct heed_state *state, struct heed_error *err)
{
    char path[PATH_MAX];
    *err = (struct heed_error){0};
    if (!heed_session_last_path(path, sizeof path, err)) {
        return false;
    }
    if (access(path, F_OK) != 0) {
        return false;
    }
    if (heed_session_load(state, path, err)) {
        return true;
    }
    if (err->code != HEED_ERROR_MEMORY) {
        set_aside(path, err);
    }
    return false;
}

bool heed_session_save_last(const struct heed_state *state, const char *model,
                            struct heed_error *err)
{
    char path[PATH_MAX];
    return heed_session_last_path(path, sizeof path, err) && heed_path_make_parent(path, err) &&
           heed_session_save(state, model, path, err);
}

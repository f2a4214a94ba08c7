#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "draw/theme.h"
#include "session/document.h"
#include "session/off.h"
#include "session/words.h"
#include "state/candidates.h"
#include "state/interventions.h"
#include "state/sentences.h"

/* Beyond any text or model; keeps sums of positions small. */
enum { MOST_TOKENS = 1 << 20, MOST_LAYERS = 9999 };

#define STATE(kind, member) HEED_FIELD(kind, heed_state, member)
#define FILTER(kind, member) HEED_FIELD(kind, heed_filter, member)

static const struct heed_field view_fields[] = {
    {STATE(WORD, part), HEED_WORDS(heed_part_kind_words)},
    {STATE(BOOL, ablation_ran)},
    {STATE(BOOL, probe_ran)},
    {STATE(BOOL, patch_lists)},
    {STATE(INT, heat), 0, 100},
    {STATE(WORD, view), HEED_WORDS(heed_view_words)},
    {STATE(WORD, panel), HEED_WORDS(heed_panel_words)},
    {STATE(WORD, ablation_by), HEED_WORDS(heed_ablation_by_words)},
};

static const struct heed_field filter_fields[] = {
    {FILTER(BOOL, hide_special)},
    {FILTER(BOOL, hide_punctuation)},
    {FILTER(BOOL, renormalise)},
    {FILTER(BOOL, words)},
    {FILTER(WORD, measure), HEED_WORDS(heed_measure_words)},
    {FILTER(WORD, aggregate), HEED_WORDS(heed_aggregate_words)},
    {FILTER(WORD, segments), HEED_WORDS(heed_segments_words)},
    {FILTER(FLOAT, threshold), 0, 1},
    {FILTER(FLOAT, top_p), 0, 1},
    {FILTER(INT, top_k), 0, MOST_TOKENS},
};

static const struct heed_field look_fields[] = {
    {STATE(WORD, compare_map), HEED_WORDS(heed_compare_map_words)},
    {STATE(WORD, compare_rank), HEED_WORDS(heed_compare_rank_words)},
    {STATE(BOOL, compare_heads)},
    {STATE(WORD, color_by), HEED_WORDS(heed_color_by_words)},
    {STATE(WORD, heads_mode), HEED_WORDS(heed_heads_mode_words)},
    {STATE(WORD, heads_order), HEED_WORDS(heed_heads_order_words)},
    {STATE(BOOL, heads_bands)},
    {STATE(BOOL, neuron_sorted)},
    {STATE(BOOL, neuron_values)},
    {STATE(WORD, neuron_step), HEED_WORDS(heed_neuron_step_words)},
    {STATE(INT, stack_page), 0, MOST_LAYERS + 1},
    {STATE(WORD, theme), HEED_WORDS(heed_theme_words)},
    {STATE(WORD, palette), HEED_WORDS(heed_palette_words)},
    {STATE(FLOAT, ui_scale), 0.75, 3},
    {STATE(BOOL, projector)},
    {STATE(BOOL, reduced_motion)},
};

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

/* A list, so that it is edited by hand. */
static void put_sentences(struct heed_buffer *out, const struct heed_state *state)
{
    const int n = heed_sentences_count(state);
    for (int i = 0; i < n; i++) {
        size_t length = 0, name_length = 0;
        const char *line = heed_sentences_get(state, i, &length);
        const char *name = heed_sentences_get_name(state, i, &name_length);
        heed_buffer_puts(out, i == 0 ? "  \"sentences\": [\n    " : ",\n    ");
        if (name_length > 0) {
            heed_buffer_puts(out, "{\"name\": ");
            heed_buffer_put_json(out, name, name_length);
            heed_buffer_puts(out, ", \"text\": ");
        }
        heed_buffer_put_json(out, line, length);
        heed_buffer_puts(out, name_length > 0 ? "}" : "");
    }
    if (n > 0) {
        heed_buffer_printf(out, "\n  ],\n  \"sentence\": %d,\n", state->sentence);
    }
}

bool heed_session_write(const struct heed_state *state, const char *model, struct heed_buffer *out,
                        struct heed_error *err)
{
    heed_buffer_printf(out, "{\n  \"version\": %d,\n", HEED_SESSION_VERSION);
    put_string(out, "model", model);
    put_string(out, "text", state->text);
    put_sentences(out, state);
    put_string(out, "pair", state->pair);
    put_string(out, "compare", state->compare);
    put_string(out, "probe", state->probe);
    put_string(out, "file", state->file);
    put_string(out, "model_folder", state->model);
    put_string(out, "compare_model", state->compare_model);
    heed_document_put(out, "  ", view_fields, HEED_COUNT(view_fields), state);
    heed_buffer_puts(out, ",\n");
    put_shown(out, state);
    put_pin(out, "query", state->query);
    put_pin(out, "key", state->key);
    put_candidates(out, state);
    heed_buffer_puts(out, "  \"filter\": {\n");
    heed_document_put(out, "    ", filter_fields, HEED_COUNT(filter_fields), &state->filter);
    heed_buffer_puts(out, "\n  },\n");
    heed_document_put(out, "  ", look_fields, HEED_COUNT(look_fields), state);
    heed_buffer_puts(out, "\n}\n");
    if (out->failed) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left to write the session");
    }
    return true;
}

/* NULL if there is none, or it is refused. */
static const char *find_text(struct heed_document *json, const char *key)
{
    const cJSON *item = heed_document_find(json, key, cJSON_String, "must be a string");
    if (!item) {
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
    const char *file = find_text(json, "file");
    const char *model = find_text(json, "model_folder");
    const char *second = find_text(json, "compare_model");
    if (probe && strcmp(probe, "-") == 0) {
        heed_document_refuse(json, "probe", "can't be standard input: it must name a file");
        return;
    }
    if ((text && !heed_state_set_text(state, text, strlen(text), json->err)) ||
        (pair && !heed_state_set_pair(state, pair, strlen(pair), json->err)) ||
        (probe && !heed_state_set_probe(state, probe, strlen(probe), json->err)) ||
        (file && !heed_state_set_file(state, file, json->err)) ||
        (compare && !heed_state_set_compare(state, compare, strlen(compare), json->err)) ||
        (model && !heed_state_set_model(state, model, json->err)) ||
        (second && !heed_state_set_compare_model(state, second, json->err))) {
        json->failed = true;
    }
}

/* One line of text without a tab, which parts a name from it; NULL: it is something else. */
static const char *get_words(const cJSON *item)
{
    return cJSON_IsString(item) && strpbrk(item->valuestring, "\r\n\t") == NULL ? item->valuestring
                                                                                : NULL;
}

static void read_sentences(struct heed_document *json, struct heed_state *state)
{
    const cJSON *list = heed_document_find(json, "sentences", cJSON_Array, "must be a list");
    const cJSON *item = NULL;
    struct heed_buffer lines = {0};
    cJSON_ArrayForEach(item, list)
    {
        const bool named = cJSON_IsObject(item);
        const char *name = named ? get_words(heed_json_find(item, "name")) : "";
        const char *text = get_words(named ? heed_json_find(item, "text") : item);
        if (name == NULL || text == NULL || strlen(name) > HEED_MAX_SENTENCE_NAME) {
            heed_document_refuse(json, "sentences",
                                 "must be a list of strings of one line each, or of "
                                 "{\"name\", \"text\"}, a name of at most 80 bytes");
            break;
        }
        heed_buffer_printf(&lines, "%s%s%s\n", name, *name != '\0' ? "\t" : "", text);
    }
    if (list && !json->failed) {
        if (lines.failed) {
            json->failed = !heed_error_set(json->err, HEED_ERROR_MEMORY, "no memory left");
        } else if (!heed_sentences_set(state, lines.data, lines.size, json->err)) {
            json->failed = true;
        }
    }
    heed_buffer_finish(&lines);
    const cJSON *shown = heed_document_find(json, "sentence", cJSON_Number, "must be a number");
    const int n = heed_sentences_count(state);
    if (shown && !json->failed) {
        if (shown->valuedouble < 0 || shown->valuedouble > n) {
            heed_document_refuse(json, "sentence", "must be the place of one of the sentences");
            return;
        }
        state->sentence = (int)shown->valuedouble;
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
    const cJSON *shown =
        heed_document_find(json, "shown", cJSON_Object | cJSON_Array, "must be like {\"L3H1\": 0}");
    if (!shown) {
        return;
    }
    const bool with_colors = cJSON_IsObject(shown);
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
    const cJSON *item = heed_json_find(json->root, "matrix_head");
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
    const cJSON *item = heed_json_find(json->root, name);
    if (item && !json->failed) {
        read_range(json, item, name, pin);
    }
}

static void read_candidates(struct heed_document *json, struct heed_state *state)
{
    const cJSON *list = heed_document_find(json, "candidates", cJSON_Array,
                                           "must be a list of {\"first\": token, \"count\": n}");
    for (const cJSON *item = list ? list->child : NULL; item && !json->failed; item = item->next) {
        struct heed_pin pin = {0, 0};
        read_range(json, item, "candidates", &pin);
        if (!json->failed && heed_state_find_candidate(state, pin) >= 0) {
            heed_document_refuse(json, "candidates", "holds a token twice");
        } else if (!json->failed && !heed_state_toggle_candidate(state, pin)) {
            heed_document_refuse(json, "candidates", "holds more than 32 words");
        }
    }
}

/* Older sessions say "compare_whole": true. */
static void read_compare_whole(struct heed_document *json, struct heed_state *state)
{
    bool whole = false;
    heed_document_bool(json, json->root, "compare_whole", &whole);
    if (whole) {
        state->compare_rank = HEED_COMPARE_BY_MAP;
    }
}

static void read_fields(struct heed_document *json, struct heed_state *state)
{
    const cJSON *filter = heed_json_find(json->root, "filter");
    if (filter && !cJSON_IsObject(filter)) {
        heed_document_refuse(json, "filter", "must be an object");
    }
    heed_document_read(json, filter, "filter.", filter_fields, HEED_COUNT(filter_fields),
                       &state->filter);
    heed_session_read_off(json, state);
    read_compare_whole(json, state);
    heed_document_read(json, json->root, "", view_fields, HEED_COUNT(view_fields), state);
    heed_document_read(json, json->root, "", look_fields, HEED_COUNT(look_fields), state);
    if (state->file) {
        heed_state_all_on(state); /* only a model can have anything off */
    }
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
        read_sentences(&document, &read);
        read_shown(&document, &read);
        read_matrix_head(&document, &read);
        read_pin(&document, "query", &read.query);
        read_pin(&document, "key", &read.key);
        if (read.key.count > 0 && read.query.count == 0) {
            heed_document_refuse(&document, "key", "is pinned without a \"query\"");
        }
        read_candidates(&document, &read);
        read_fields(&document, &read);
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

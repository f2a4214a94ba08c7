#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "draw/theme.h"
#include "session/last.h"
#include "session/session.h"
#include "state/candidates.h"
#include "state/interventions.h"
#include "state/sentences.h"

static void write_state(const struct heed_state *state, struct heed_buffer *out)
{
    struct heed_error err = {0};
    if (!heed_session_write(state, "all-MiniLM-L6-v2", out, &err)) {
        fail_msg("%s", err.text);
    }
}

/* Writes, reads and compares; the second text must equal the first. */
static void assert_round_trip(const struct heed_state *state)
{
    struct heed_buffer first = {0};
    struct heed_buffer second = {0};
    struct heed_state back = {0};
    struct heed_error err = {0};
    write_state(state, &first);
    if (!heed_session_parse(&back, first.data, first.size, "x.heed", &err)) {
        fail_msg("%s\n%s", err.text, first.data);
    }
    write_state(&back, &second);
    assert_string_equal(first.data, second.data);
    assert_true(heed_state_equal(state, &back));
    heed_state_finish(&back);
    heed_buffer_finish(&first);
    heed_buffer_finish(&second);
}

static void the_first_state_comes_back(void **context)
{
    (void)context;
    struct heed_state state = {0};
    assert_true(heed_state_init(&state, NULL));
    assert_round_trip(&state);
    heed_state_finish(&state);
}

/* xorshift32: the same on every machine. */
static uint32_t roll(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static int below(uint32_t *seed, int n)
{
    return (int)(roll(seed) % (uint32_t)n);
}

static float share(uint32_t *seed)
{
    return (float)(roll(seed) >> 8) / 16777216.0f;
}

static size_t random_text(uint32_t *seed, char *text, int n)
{
    static const uint32_t limits[] = {0x20, 0x7F, 0x800, 0xD800, 0x10FFFF};
    size_t length = 0;
    for (int i = 0; i < n; i++) {
        const uint32_t c = 1 + roll(seed) % (limits[below(seed, 5)] - 1);
        length += heed_utf8_encode(c >= 0xD800 && c < 0xE000 ? '"' : c, text + length);
    }
    return length;
}

static void random_state(uint32_t *seed, struct heed_state *state)
{
    char text[400];
    assert_true(heed_state_init(state, NULL));
    assert_true(heed_state_set_text(state, text, random_text(seed, text, below(seed, 100)), NULL));
    if (below(seed, 2)) {
        assert_true(
            heed_state_set_pair(state, text, random_text(seed, text, below(seed, 20)), NULL));
    }
    if (below(seed, 2)) {
        char folder[400];
        folder[random_text(seed, folder, below(seed, 60))] = '\0';
        assert_true(heed_state_set_model(state, folder, NULL));
    }
    if (below(seed, 2)) {
        static const char lines[] = "One \"sentence\".\nA \"name\"\tAnother.\nA third.";
        assert_true(heed_sentences_set(state, lines, sizeof lines - 1, NULL));
        state->sentence = below(seed, 4);
    }
    heed_state_show_only(state, NULL, 0);
    for (int i = below(seed, 40); i > 0; i--) {
        const struct heed_head_id id = {(int16_t)below(seed, 24), (int16_t)below(seed, 16)};
        if (below(seed, 4)) {
            heed_state_show(state, id);
        } else {
            heed_state_hide(state, id);
        }
    }
    if (below(seed, 2)) {
        state->query = (struct heed_pin){below(seed, 512), 1 + below(seed, 5)};
        state->key = (struct heed_pin){below(seed, 512), below(seed, 3)};
    }
    for (int i = below(seed, 40); i > 0; i--) {
        const struct heed_pin pin = {below(seed, 512), 1 + below(seed, 3)};
        heed_state_toggle_candidate(state, pin);
    }
    state->view = (enum heed_view)below(seed, HEED_N_VIEWS);
    state->panel = (enum heed_panel)below(seed, HEED_N_PANELS);
    state->ablation_by = (enum heed_ablation_by)below(seed, HEED_N_ABLATION_BY);
    state->color_by = (enum heed_color_by)below(seed, HEED_N_COLOR_BY);
    state->heads_mode = (enum heed_heads_mode)below(seed, HEED_N_HEADS_MODES);
    state->heads_order = (enum heed_heads_order)below(seed, HEED_N_ORDERS);
    state->heads_bands = below(seed, 2) == 1;
    state->ablation_ran = below(seed, 2) == 1;
    state->probe_ran = below(seed, 2) == 1;
    state->patch_lists = below(seed, 2) == 1;
    state->heat = (int)below(seed, 101);
    state->compare_map = (enum heed_compare_map)below(seed, HEED_N_COMPARE_MAPS);
    state->neuron_step = (enum heed_neuron_step)below(seed, HEED_N_NEURON_STEPS);
    state->query.in_b =
        state->view == HEED_VIEW_COMPARE && state->query.count > 0 && below(seed, 2) == 1;
    state->compare_rank = (enum heed_compare_rank)below(seed, HEED_N_COMPARE_RANKS);
    state->compare_heads = below(seed, 2) == 1;
    if (below(seed, 2) == 1) {
        assert_true(heed_state_set_compare(state, "a \"text\" B", 10, NULL));
    }
    for (int i = below(seed, 5); i > 0; i--) {
        const struct heed_head_id id = {(int16_t)below(seed, 12), (int16_t)below(seed, 12)};
        heed_state_toggle_muted(state, id);
    }
    for (int i = below(seed, 5); i > 0; i--) {
        const struct heed_head_id id = {(int16_t)below(seed, 12), (int16_t)below(seed, 12)};
        heed_state_set_factor(state, id, 4 * share(seed) - 1);
    }
    for (int i = below(seed, 5); i > 0; i--) {
        const bool everywhere = below(seed, 3) == 0;
        const struct heed_cut_link link = {
            everywhere ? (struct heed_head_id){-1, -1}
                       : (struct heed_head_id){(int16_t)below(seed, 12), (int16_t)below(seed, 12)},
            {below(seed, 512), 1 + below(seed, 3)},
            {below(seed, 512), 1 + below(seed, 3)}};
        assert_true(heed_state_add_cut(state, &link));
    }
    state->variant = (struct heed_variant){
        heed_mask_of(
            (enum heed_mask_kind)below(seed, state->pair ? HEED_N_MASK_KINDS : HEED_MASK_CROSS),
            1 + below(seed, 64)),
        (enum heed_positions)below(seed, HEED_N_POSITIONS),
        (enum heed_attention_kind)below(seed, HEED_N_ATTENTION_KINDS)};
    state->theme = (enum heed_theme_id)below(seed, HEED_N_THEMES);
    state->palette = (enum heed_palette_id)below(seed, HEED_N_PALETTES);
    state->ui_scale = 0.75f + 2.25f * share(seed);
    state->projector = below(seed, 2);
    state->reduced_motion = below(seed, 2);
    state->filter = (struct heed_filter){.hide_special = below(seed, 2),
                                         .hide_punctuation = below(seed, 2),
                                         .renormalise = below(seed, 2),
                                         .words = below(seed, 2),
                                         .measure = (enum heed_measure)below(seed, 3),
                                         .aggregate = (enum heed_aggregate)below(seed, 3),
                                         .segments = (enum heed_segments)below(seed, 5),
                                         .threshold = share(seed) * share(seed) * share(seed),
                                         .top_p = share(seed),
                                         .top_k = below(seed, 100)};
    if (below(seed, 4) == 0) {
        assert_true(heed_state_set_file(state, "/a/b.safetensors", NULL));
        heed_state_set_part(state, (enum heed_part_kind)below(seed, HEED_N_PART_KINDS));
    }
}

static void random_states_come_back(void **context)
{
    (void)context;
    const uint32_t start = 20260401;
    print_message("seed %u\n", start);
    uint32_t seed = start;
    for (int i = 0; i < 500; i++) {
        struct heed_state state = {0};
        random_state(&seed, &state);
        assert_round_trip(&state);
        heed_state_finish(&state);
    }
}

/* The line of a session that begins as this one does, up to its colon; NULL:
 * none, or it opens what other lines go on with. */
static const char *find_line(const char *json, const char *line)
{
    const char *colon = strstr(line, "\": ");
    const char *end = strchr(line, '\n');
    char start[64];
    if (!colon || !end || colon > end || colon - line > 60 || end[-1] == '{') {
        return NULL;
    }
    snprintf(start, sizeof start, "\n%.*s\": ", (int)(colon - line), line);
    const char *found = strstr(json, start);
    return found ? found + 1 : NULL;
}

/* a with one line of another session in the place of its own. */
static void put_with_line(struct heed_buffer *out, const char *a, const char *line,
                          const char *other)
{
    const size_t length = strcspn(line, "\n");
    heed_buffer_clear(out);
    heed_buffer_append(out, a, (size_t)(line - a));
    heed_buffer_append(out, other, strcspn(other, "\n"));
    heed_buffer_puts(out, line + length);
    assert_false(out->failed);
}

/* Counts the lines by which a file differs and the state with it. */
static int compare_with_line(const struct heed_state *state, const char *json, const char *changed)
{
    struct heed_state other = {0};
    struct heed_buffer back = {0};
    if (!heed_session_parse(&other, changed, strlen(changed), "x.heed", NULL)) {
        return 0; /* the two lines don't go with the others */
    }
    write_state(&other, &back);
    const bool differs = strcmp(back.data, json) != 0;
    if (differs && heed_state_equal(state, &other)) {
        fail_msg("equal, though one was read from\n%s\nand the other from\n%s", json, back.data);
    }
    heed_state_finish(&other);
    heed_buffer_finish(&back);
    return differs;
}

/* A field that equality has forgotten would change without a step of the
 * history, and without being drawn. */
static void states_of_files_that_differ_in_one_line_are_not_equal(void **context)
{
    (void)context;
    uint32_t seed = 20261130;
    int n = 0;
    for (int i = 0; i < 60; i++) {
        struct heed_state a = {0}, b = {0};
        struct heed_buffer json_a = {0}, json_b = {0}, changed = {0};
        random_state(&seed, &a);
        random_state(&seed, &b);
        write_state(&a, &json_a);
        write_state(&b, &json_b);
        for (const char *line = json_a.data; line; line = strchr(line, '\n')) {
            line += *line == '\n';
            const char *other = find_line(json_b.data, line);
            if (other) {
                put_with_line(&changed, json_a.data, line, other);
                n += compare_with_line(&a, json_a.data, changed.data);
            }
        }
        heed_buffer_finish(&json_a);
        heed_buffer_finish(&json_b);
        heed_buffer_finish(&changed);
        heed_state_finish(&a);
        heed_state_finish(&b);
    }
    assert_true(n > 60 * 15);
}

static void as_many_heads_as_there_can_be_come_back(void **context)
{
    (void)context;
    struct heed_state state = {0};
    assert_true(heed_state_init(&state, NULL));
    for (int i = 0; i < HEED_MAX_SHOWN; i++) {
        heed_state_show(&state, (struct heed_head_id){(int16_t)(i / 16), (int16_t)(i % 16)});
    }
    assert_int_equal(state.n_shown, HEED_MAX_SHOWN);
    assert_round_trip(&state);
    heed_state_finish(&state);
}

static void the_longest_text_comes_back(void **context)
{
    (void)context;
    struct heed_state state = {0};
    assert_true(heed_state_init(&state, NULL));
    char *text = malloc(HEED_MAX_TEXT);
    memset(text, 1, HEED_MAX_TEXT); /* six bytes each in JSON */
    assert_true(heed_state_set_text(&state, text, HEED_MAX_TEXT, NULL));
    assert_true(heed_state_set_pair(&state, text, HEED_MAX_TEXT, NULL));
    struct heed_buffer out = {0};
    write_state(&state, &out);
    assert_true(out.size < HEED_SESSION_MAX_BYTES);
    heed_buffer_finish(&out);
    assert_round_trip(&state);
    free(text);
    heed_state_finish(&state);
}

static bool parse(struct heed_state *state, const char *json, struct heed_error *err)
{
    return heed_session_parse(state, json, strlen(json), "my.heed", err);
}

static void a_file_written_by_hand_needs_only_its_version(void **context)
{
    (void)context;
    struct heed_state first = {0};
    struct heed_state state = {0};
    struct heed_error err = {0};
    assert_true(heed_state_init(&first, NULL));
    assert_true(parse(&state, " {\"version\": 1}\n\n", &err));
    assert_true(heed_state_equal(&first, &state));
    heed_state_finish(&state);
    assert_true(parse(&state,
                      "{\"version\": 1, \"later\": [{}], \"text\": \"a\","
                      "\"text\": \"b\", \"pair\": null, \"view\": \"Matrix\","
                      "\"shown\": [\"L3H1\", \"l5h11\", \"L3H1\"],"
                      "\"query\": {\"first\": 4}}",
                      &err));
    assert_string_equal(state.text, "a");
    assert_null(state.pair);
    assert_int_equal(state.view, HEED_VIEW_MATRIX);
    assert_int_equal(state.n_shown, 2);
    assert_int_equal(state.shown[1].id.head, 11);
    assert_int_equal(state.shown[1].color, 1);
    assert_int_equal(state.matrix_head.layer, 5);
    assert_int_equal(state.query.count, 1);
    heed_state_finish(&state);
    heed_state_finish(&first);
}

static void a_colour_is_given_once(void **context)
{
    (void)context;
    struct heed_state state = {0};
    assert_true(parse(&state,
                      "{\"version\": 1, \"shown\": {\"L1H0\": 3, \"L0H0\": 3,"
                      "\"L2H2\": 1023, \"L1H0\": 9}, \"matrix_head\": \"L9H9\"}",
                      NULL));
    assert_int_equal(state.n_shown, 3);
    assert_int_equal(state.shown[0].color, 0);
    assert_int_equal(state.shown[1].color, 3);
    assert_int_equal(state.shown[2].color, 1023);
    assert_int_equal(state.matrix_head.layer, 0);
    heed_state_finish(&state);
}

struct refusal {
    const char *json;
    const char *says; /* part of the message */
};

static void assert_refused(const char *json, size_t length, const char *says)
{
    struct heed_state state = {0};
    struct heed_error err = {0};
    if (heed_session_parse(&state, json, length, "my.heed", &err)) {
        fail_msg("taken: %s", json);
    }
    assert_null(state.text);
    if (!strstr(err.text, "'my.heed'") || !strstr(err.text, says)) {
        fail_msg("'%s' for %.200s", err.text, json);
    }
    assert_false(heed_session_parse(&state, json, length, "my.heed", NULL));
}

static void what_is_wrong_is_named(void **context)
{
    (void)context;
    static const struct refusal refusals[] = {
        {"", "line 1: it isn't valid JSON"},
        {"{", "isn't valid JSON"},
        {"{\"version\": 1}}", "isn't valid JSON"},
        {"{\n\"version\": 1,\n\"text\": nonsense}", "line 3"},
        {"{\"version\": 1, \"text\": \"\\ud800\"}", "isn't valid JSON"},
        {"{\"version\": 1, \"text\": \"a\\u0000b\"}", "NUL"},
        {"[1]", "no object"},
        {"null", "no object"},
        {"{}", "\"version\" is missing"},
        {"{\"version\": 2}", "newer heed"},
        {"{\"version\": 1e9}", "newer heed"},
        {"{\"version\": 1e999}", "\"version\" must be"},
        {"{\"version\": 0}", "\"version\" must be"},
        {"{\"version\": 1.5}", "\"version\" must be"},
        {"{\"version\": \"1\"}", "\"version\" must be"},
        {"{\"version\": 1, \"text\": 5}", "\"text\" must be a string"},
        {"{\"version\": 1, \"pair\": []}", "\"pair\" must be a string"},
        {"{\"version\": 1, \"view\": \"pie\"}", "\"view\" must be one of links"},
        {"{\"version\": 1, \"view\": 3}", "\"view\" must be one of"},
        {"{\"version\": 1, \"shown\": 3}", "\"shown\" must be like"},
        {"{\"version\": 1, \"shown\": [3]}", "\"shown\" must name heads"},
        {"{\"version\": 1, \"shown\": {\"L1\": 0}}", "must name heads"},
        {"{\"version\": 1, \"shown\": {\"L1H2x\": 0}}", "must name heads"},
        {"{\"version\": 1, \"shown\": {\"L-1H2\": 0}}", "must name heads"},
        {"{\"version\": 1, \"shown\": {\"L99999H2\": 0}}", "must name heads"},
        {"{\"version\": 1, \"shown\": {\"L1H2\": -1}}", "colour"},
        {"{\"version\": 1, \"shown\": {\"L1H2\": 1e300}}", "colour"},
        {"{\"version\": 1, \"shown\": {\"L1H2\": \"red\"}}", "colour"},
        {"{\"version\": 1, \"matrix_head\": 1}", "\"matrix_head\" must"},
        {"{\"version\": 1, \"muted\": \"L0H0\"}", "\"muted\" must be like"},
        {"{\"version\": 1, \"mask\": 3}", "\"mask\" must be \"full\","},
        {"{\"version\": 1, \"mask\": \"window:65\"}", "(1 to 64)"},
        {"{\"version\": 1, \"mask\": \"window:-1\"}", "\"mask\" must be"},
        {"{\"version\": 1, \"mask\": \"causal:2\"}", "\"mask\" must be"},
        {"{\"version\": 1, \"mask\": \"cross\"}", "\"mask\" can be \"cross\" only with a \"pair\""},
        {"{\"version\": 1, \"positions\": \"none\"}",
         "\"positions\" must be \"learned\", \"off\" or"},
        {"{\"version\": 1, \"positions\": true}", "\"positions\" must be"},
        {"{\"version\": 1, \"attention\": [\"linear\"]}",
         "\"attention\" must be \"softmax\", \"linear\" or"},
        {"{\"version\": 1, \"attention\": \"Flash\"}", "\"attention\" must be"},
        {"{\"version\": 1, \"scaled\": [\"L0H0\"]}", "\"scaled\" must be like"},
        {"{\"version\": 1, \"scaled\": {\"0\": 1}}", "\"scaled\" must name"},
        {"{\"version\": 1, \"scaled\": {\"L0H0\": 1e9}}", "\"scaled\" must give factors"},
        {"{\"version\": 1, \"cuts\": {}}", "\"cuts\" must be a list"},
        {"{\"version\": 1, \"cuts\": [7]}", "\"cuts\" needs a \"head\""},
        {"{\"version\": 1, \"cuts\": [{\"head\": \"all\"}]}", "\"cuts\" needs a \"head\""},
        {"{\"version\": 1, \"cuts\": [{\"head\": \"every\", \"query\": {}}]}",
         "\"cuts\" needs \"query\" and"},
        {"{\"version\": 1, \"cuts\": [{\"head\": \"every\", \"query\": "
         "{\"first\": 1, \"count\": 0}}]}",
         "\"cuts.count\" must"},
        {"{\"version\": 1, \"query\": 1}", "\"query\" must be null"},
        {"{\"version\": 1, \"query\": {}}", "\"query.first\" is missing"},
        {"{\"version\": 1, \"query\": {\"first\": -1}}", "\"query.first\" must"},
        {"{\"version\": 1, \"query\": {\"first\": 1, \"count\": 0}}",
         "\"query.count\" must be a whole number from 1"},
        {"{\"version\": 1, \"key\": {\"first\": 1}}", "without a \"query\""},
        {"{\"version\": 1, \"filter\": []}", "\"filter\" must be an object"},
        {"{\"version\": 1, \"filter\": {\"words\": 1}}", "\"filter.words\" must be true or false"},
        {"{\"version\": 1, \"filter\": {\"measure\": \"size\"}}",
         "\"filter.measure\" must be one of weight, value-norm, rollout"},
        {"{\"version\": 1, \"filter\": {\"threshold\": 1.01}}",
         "\"filter.threshold\" must be a number from 0 to 1"},
        {"{\"version\": 1, \"filter\": {\"top_k\": 2.5}}", "\"filter.top_k\""},
        {"{\"version\": 1, \"ui_scale\": 0.5}", "\"ui_scale\" must"},
        {"{\"version\": 1, \"ui_scale\": 1e400}", "\"ui_scale\" must"},
        {"{\"version\": 1, \"palette\": \"difference\"}", "\"palette\""},
        {"{\"version\": 1, \"projector\": \"yes\"}", "\"projector\" must be"},
    };
    for (size_t i = 0; i < HEED_COUNT(refusals); i++) {
        assert_refused(refusals[i].json, strlen(refusals[i].json), refusals[i].says);
    }
}

static void hostile_bytes_are_refused(void **context)
{
    (void)context;
    static const char nul[] = "{\"version\": 1}\0{}";
    assert_refused(nul, sizeof nul - 1, "NUL");
    assert_refused("{\"version\": 1, \"text\": \"\xFF\"}", 27, "UTF-8");
    const int deep = 100000;
    char *nested = malloc((size_t)deep + 1);
    memset(nested, '[', (size_t)deep);
    nested[deep] = '\0';
    assert_refused(nested, (size_t)deep, "isn't valid JSON");
    free(nested);
    struct heed_buffer many = {0};
    heed_buffer_puts(&many, "{\"version\": 1, \"shown\": {\"L0H0\": 0");
    for (int i = 1; i < 1500; i++) {
        heed_buffer_printf(&many, ", \"L%dH%d\": 0", i / 16, i % 16);
    }
    heed_buffer_puts(&many, "}}");
    assert_refused(many.data, many.size, "more than 1024");
    heed_buffer_finish(&many);
    struct heed_buffer large = {0};
    heed_buffer_puts(&large, "{\"version\": 1, \"text\": \"");
    for (int i = 0; i <= HEED_MAX_TEXT; i++) {
        heed_buffer_append(&large, "a", 1);
    }
    heed_buffer_puts(&large, "\"}");
    assert_refused(large.data, large.size, "\"text\" is longer");
    heed_buffer_finish(&large);
}

/* Every single byte of a session changed: refused or taken, never worse. */
static void damaged_files_do_no_harm(void **context)
{
    (void)context;
    struct heed_state state = {0};
    struct heed_buffer out = {0};
    uint32_t seed = 7;
    assert_true(heed_state_init(&state, NULL));
    state.query = (struct heed_pin){3, 1};
    write_state(&state, &out);
    heed_state_finish(&state);
    for (size_t i = 0; i < out.size; i++) {
        const char kept = out.data[i];
        for (int k = 0; k < 4; k++) {
            struct heed_state read = {0};
            out.data[i] = (char)below(&seed, 256);
            if (heed_session_parse(&read, out.data, out.size, "x", NULL)) {
                assert_true(read.n_shown <= HEED_MAX_SHOWN);
                heed_state_finish(&read);
            }
        }
        out.data[i] = kept;
        struct heed_state read = {0};
        assert_false(heed_session_parse(&read, out.data, i, "x", NULL) && i + 1 < out.size);
        heed_state_finish(&read);
    }
    heed_buffer_finish(&out);
}

static char folder[64];

static int make_folder(void **context)
{
    (void)context;
    strcpy(folder, "/tmp/heed-session-XXXXXX");
    return mkdtemp(folder) && setenv("XDG_STATE_HOME", folder, 1) == 0 ? 0 : -1;
}

static int remove_folder(void **context)
{
    (void)context;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static void the_last_state_is_kept_and_found(void **context)
{
    (void)context;
    struct heed_state state = {0};
    struct heed_state back = {0};
    struct heed_last last;
    struct heed_error err = {HEED_ERROR_FILE, "old"};
    assert_true(heed_last_claim(&last, &err));
    assert_false(heed_last_load(&last, &back, &err));
    assert_int_equal(err.code, HEED_OK);
    assert_true(heed_state_init(&state, NULL));
    state.theme = HEED_THEME_DARK;
    assert_true(heed_session_save(&state, NULL, last.path, &err));
    state.theme = HEED_THEME_PAPER;
    assert_true(heed_session_save(&state, "m", last.path, &err));
    assert_true(heed_last_load(&last, &back, &err));
    assert_true(heed_state_equal(&state, &back));
    heed_last_release(&last);
    heed_state_finish(&back);
    heed_state_finish(&state);
}

static void each_window_has_a_last_state_of_its_own(void **context)
{
    (void)context;
    struct heed_last first, second, third;
    struct heed_error err = {0};
    assert_true(heed_last_claim(&first, &err));
    assert_true(heed_last_claim(&second, &err));
    assert_string_equal(heed_last_name(&first), "last.heed");
    assert_string_equal(heed_last_name(&second), "last-2.heed");
    heed_last_release(&first);
    assert_true(heed_last_claim(&third, &err));
    assert_string_equal(third.path, first.path);
    heed_last_release(&second);
    heed_last_release(&third);
}

static void an_unreadable_last_state_is_set_aside(void **context)
{
    (void)context;
    char bad[PATH_MAX + 8];
    struct stat status;
    struct heed_last last;
    struct heed_state state = {0};
    struct heed_error err = {0};
    assert_true(heed_last_claim(&last, &err));
    assert_true(heed_file_write(last.path, "{\"version\": 9}", 14, &err));
    assert_false(heed_last_load(&last, &state, &err));
    assert_int_equal(err.code, HEED_ERROR_UNSUPPORTED);
    assert_non_null(strstr(err.text, "it is now last.heed.bad"));
    snprintf(bad, sizeof bad, "%s.bad", last.path);
    assert_int_equal(stat(bad, &status), 0);
    assert_int_equal(status.st_size, 14);
    assert_int_not_equal(stat(last.path, &status), 0);
    assert_false(heed_last_load(&last, &state, &err));
    assert_int_equal(err.code, HEED_OK);
    /* A pipe isn't waited for. */
    assert_int_equal(mkfifo(last.path, 0600), 0);
    assert_false(heed_last_load(&last, &state, &err));
    assert_non_null(strstr(err.text, "isn't a regular file"));
    heed_last_release(&last);
}

static void a_probe_is_no_standard_input(void **context)
{
    (void)context;
    static const char json[] = "{\"version\": 1, \"probe\": \"-\"}";
    struct heed_state state = {0};
    struct heed_error err = {0};
    assert_false(heed_session_parse(&state, json, sizeof json - 1, "x.heed", &err));
    assert_non_null(strstr(err.text, "'x.heed': \"probe\" can't be standard input"));
}

static void a_session_that_is_refused_stays_as_it_is(void **context)
{
    (void)context;
    char path[128];
    char *text = NULL;
    size_t size = 0;
    struct heed_state state = {0};
    struct heed_error err = {0};
    snprintf(path, sizeof path, "%s/broken.heed", folder);
    assert_true(heed_file_write(path, "{broken", 7, &err));
    assert_false(heed_session_load(&state, path, &err));
    assert_non_null(strstr(err.text, "broken.heed"));
    assert_true(heed_file_read(path, 100, &text, &size, &err));
    assert_int_equal(size, 7);
    free(text);
    assert_false(heed_session_load(&state, "/nonexistent/x.heed", &err));
    assert_int_equal(err.code, HEED_ERROR_FILE);
}

static void an_older_sessions_whole_maps_are_ranked_by(void **context)
{
    static const char json[] = "{\"version\": 1, \"text\": \"a\", \"compare_whole\": true}";
    struct heed_state state = {0};
    (void)context;
    assert_true(heed_session_parse(&state, json, sizeof json - 1, "x.heed", NULL));
    assert_int_equal(state.compare_rank, HEED_COMPARE_BY_MAP);
    heed_state_finish(&state);
}

static void places_follow_the_environment(void **context)
{
    (void)context;
    struct heed_last last;
    struct heed_error err = {0};
    char *home = strdup(getenv("HOME") ? getenv("HOME") : "/");
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("HOME", "/somewhere", 1);
    assert_true(heed_last_find(&last, 1, &err));
    assert_string_equal(last.path, "/somewhere/.local/state/heed/last.heed");
    unsetenv("HOME");
    assert_false(heed_last_find(&last, 1, &err));
    assert_non_null(strstr(err.text, "set HOME"));
    setenv("HOME", home, 1);
    setenv("XDG_STATE_HOME", folder, 1);
    free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_state_comes_back),
        cmocka_unit_test(random_states_come_back),
        cmocka_unit_test(states_of_files_that_differ_in_one_line_are_not_equal),
        cmocka_unit_test(as_many_heads_as_there_can_be_come_back),
        cmocka_unit_test(the_longest_text_comes_back),
        cmocka_unit_test(a_file_written_by_hand_needs_only_its_version),
        cmocka_unit_test(a_colour_is_given_once),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(hostile_bytes_are_refused),
        cmocka_unit_test(damaged_files_do_no_harm),
        cmocka_unit_test(the_last_state_is_kept_and_found),
        cmocka_unit_test(each_window_has_a_last_state_of_its_own),
        cmocka_unit_test(a_probe_is_no_standard_input),
        cmocka_unit_test(an_unreadable_last_state_is_set_aside),
        cmocka_unit_test(a_session_that_is_refused_stays_as_it_is),
        cmocka_unit_test(an_older_sessions_whole_maps_are_ranked_by),
        cmocka_unit_test(places_follow_the_environment),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

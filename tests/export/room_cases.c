#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "room_cases.h"
#include "state/job.h"

/* The words of up to 16 letters that are one piece, and words of several. */
static const char *const texts[] = {
    "The responsibilities of the animal didn't cross the characterization because it was too "
    "tired, unquestionably, and a misunderstanding of administration followed.",
    "\xD8\xA7\xD9\x84\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 \xD8\xB9\xD9\x84\xD9\x8A\xD9\x83\xD9\x85 "
    "\xD9\x88\xD8\xB1\xD8\xAD\xD9\x85\xD8\xA9 \xD8\xA7\xD9\x84\xD9\x84\xD9\x87 "
    "\xD9\x88\xD8\xA8\xD8\xB1\xD9\x83\xD8\xA7\xD8\xAA\xD9\x87.",
    "\xE5\x8A\xA8\xE7\x89\xA9\xE6\xB2\xA1\xE6\x9C\x89\xE7\xA9\xBF\xE8\xBF\x87\xE8\xA1\x97\xE9\x81"
    "\x93\xEF\xBC\x8C\xE5\x9B\xA0\xE4\xB8\xBA\xE5\xAE\x83\xE5\xA4\xAA\xE7\xB4\xAF\xE4\xBA\x86"
    "\xE3\x80\x82 \xE6\x9D\xB1\xE4\xBA\xAC",
};
static const char *const scripts[] = {"latin", "arabic", "cjk"};
static const int lengths[] = {5, 16, 42, 66, 512};
static const int heads[] = {1, 3, 12};
static const char *const turns[ROOM_TURNS] = {"plain", "query",  "pair",
                                              "words", "hidden", "value-norm"};
static const int sizes[] = {0, 60, 85, 110, 140, 175};
static const int types[] = {7, 8, 9, 10, 11};

enum { TURN_PLAIN, TURN_QUERY, TURN_PAIR, TURN_WORDS, TURN_HIDDEN, TURN_NORM };

size_t room_count(void)
{
    return HEED_COUNT(texts) * HEED_COUNT(lengths) * HEED_COUNT(heads) * ROOM_TURNS * HEED_N_VIEWS *
           2 * HEED_COUNT(sizes) * HEED_COUNT(types);
}

static int take(size_t *number, size_t n)
{
    const size_t digit = *number % n;
    *number /= n;
    return (int)digit;
}

struct room_case room_case_of(size_t number)
{
    struct room_case it = {0};
    it.type = take(&number, HEED_COUNT(types));
    it.size = take(&number, HEED_COUNT(sizes));
    it.figure = take(&number, 2) == 1;
    it.view = (enum heed_view)take(&number, HEED_N_VIEWS);
    it.turn = take(&number, ROOM_TURNS);
    it.heads = take(&number, HEED_COUNT(heads));
    it.length = take(&number, HEED_COUNT(lengths));
    it.script = take(&number, HEED_COUNT(texts));
    it.width_mm = (float)sizes[it.size];
    it.pt = (float)types[it.type];
    it.n_tokens = lengths[it.length];
    snprintf(it.name, sizeof it.name, "%s%s, %d tokens, %s, %d heads, %s, %d mm, %d pt",
             heed_view_words[it.view], it.figure ? " figure" : "", it.n_tokens, scripts[it.script],
             heads[it.heads], turns[it.turn], sizes[it.size], types[it.type]);
    return it;
}

bool room_is_asked(const struct room_case *it)
{
    return !it->figure || it->turn != TURN_PLAIN;
}

void room_open(struct room_rig *rig, const char *model, const char *kernels)
{
    const struct heed_encoder_options options = {.n_threads = 1, .kernels = kernels};
    struct heed_error err = {0};
    *rig = (struct room_rig){0};
    if (!heed_pipeline_open(&rig->pipeline, model, options, &err)) {
        fail_msg("%s", err.text);
    }
    assert_true(heed_state_init(&rig->state, NULL));
}

void room_close(struct room_rig *rig)
{
    heed_result_release(rig->result);
    heed_state_finish(&rig->state);
    heed_pipeline_close(rig->pipeline);
}

/* The beginning of a script's text, again and again, that has so many tokens. */
static char *text_of(const struct room_rig *rig, const struct room_case *it)
{
    enum { MOST = 65536 };
    char *text = calloc(1, MOST);
    struct heed_encoding *encoding = NULL;
    struct heed_error err = {0};
    const char *piece = texts[it->script];
    while (strlen(text) + strlen(piece) + 2 < (size_t)it->n_tokens * 24 + 400) {
        strcat(text, text[0] != '\0' ? " " : "");
        strcat(text, piece);
    }
    const struct heed_tokenize_options whole = {.no_truncate = true};
    if (!heed_tokenize(&encoding, heed_pipeline_get_tokenizer(rig->pipeline), text, strlen(text),
                       NULL, 0, whole, &err)) {
        fail_msg("%s", err.text);
    }
    assert_true(encoding->n_tokens > it->n_tokens);
    const int32_t end = encoding->tokens[it->n_tokens - 2].end;
    text[heed_utf8_offset(text, strlen(text), (size_t)end)] = '\0';
    heed_encoding_destroy(encoding);
    return text;
}

static void show_heads(struct heed_state *state, int n)
{
    struct heed_head_id ids[12] = {{5, 11}, {3, 1}, {0, 2}};
    for (int i = 0; n == 12 && i < n; i++) {
        ids[i] = (struct heed_head_id){3, (int16_t)i};
    }
    heed_state_show_only(state, ids, n);
}

static void set_turn(struct heed_state *state, const struct room_case *it)
{
    const int at = it->n_tokens / 2;
    const bool pinned = it->turn != TURN_PLAIN;
    state->query = (struct heed_pin){pinned ? at : 0, pinned};
    state->key = (struct heed_pin){it->turn == TURN_PAIR ? at / 2 : 0, it->turn == TURN_PAIR};
    state->filter = heed_filter_default();
    state->filter.words = it->view != HEED_VIEW_NEURON && (it->turn == TURN_WORDS || it->figure);
    state->filter.hide_special = it->turn == TURN_HIDDEN;
    state->filter.renormalise = it->turn == TURN_HIDDEN;
    state->filter.measure = it->turn == TURN_NORM ? HEED_MEASURE_VALUE_NORM : HEED_MEASURE_WEIGHT;
}

void room_choose(struct room_rig *rig, const struct room_case *it)
{
    struct heed_head_id ids[HEED_MAX_SHOWN];
    struct heed_error err = {0};
    struct heed_state *state = &rig->state;
    char *text = text_of(rig, it);
    char *other = calloc(1, strlen(text) + 5);
    strcat(strcat(other, "But "), text);
    assert_true(heed_state_set_text(state, text, strlen(text), NULL));
    assert_true(heed_state_set_compare(state, other, strlen(other), NULL));
    free(text);
    free(other);
    state->view = it->view;
    state->theme = HEED_THEME_PAPER;
    state->stack_page = it->turn == TURN_PLAIN ? 0 : it->turn == TURN_PAIR ? 7 : 4;
    show_heads(state, heads[it->heads]);
    set_turn(state, it);
    const struct heed_job job = heed_state_get_job(state, ids);
    const struct heed_pipeline_hints hints = {.previous = rig->result};
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(rig->pipeline, &job, hints, &result, &err)) {
        fail_msg("%s: %s", it->name, err.text);
    }
    heed_result_release(rig->result);
    rig->result = result;
    heed_state_fit(state, result->run->n_layers, result->run->n_heads, result->encoding->n_tokens);
}

#include "core/engine/probe_task.h"

#include <stdlib.h>
#include <string.h>

#include "base/file_reading.h"
#include "base/utf8.h"
#include "core/text/names.h"

enum { N_COLUMNS = 4, MOST_FILE_BYTES = 1 << 30, POLL_MS = 20 };

static const char header[] = "sentence\tpronoun\tcandidates\tanswer";

/* --- one line --- */

/* Cuts a line at tabs into columns with an end each. False, with a reason in
 * err, unless there are exactly four. */
static bool split_columns(struct heed_arena *arena, struct heed_line line, char *columns[N_COLUMNS],
                          struct heed_error *err)
{
    char *at = heed_arena_copy(arena, line.text, line.length);
    int n = 0;
    while (at && n < N_COLUMNS) {
        columns[n++] = at;
        at = strchr(at, '\t');
        if (at) {
            *at++ = '\0';
        }
    }
    if (n == N_COLUMNS && !at) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "it needs four columns, separated by tabs");
}

static int find_range(const struct heed_probe_item *item, struct heed_token_range range)
{
    for (int c = 0; c < item->n_candidates; c++) {
        if (item->candidates[c].first == range.first) {
            return c;
        }
    }
    return -1;
}

/* Where the words of a line are looked for. */
struct place {
    const struct heed_tokenizer *tokenizer;
    const struct heed_encoding *encoding;
};

static bool pick(struct heed_token_range *range, const struct place *place, const char *word,
                 struct heed_error *err)
{
    struct heed_named named = {0};
    if (!heed_names_find(place->tokenizer, place->encoding, word, &named, err)) {
        return false;
    }
    *range = (struct heed_token_range){named.first, named.count};
    return true;
}

/* list: "animal|street"; is cut up. */
static bool pick_candidates(struct heed_probe_item *item, const struct place *place, char *list,
                            struct heed_error *err)
{
    while (list) {
        char *next = strchr(list, '|');
        if (next) {
            *next++ = '\0';
        }
        struct heed_token_range range;
        if (!pick(&range, place, list, err)) {
            return false;
        }
        if (find_range(item, range) >= 0) {
            return heed_error_set(err, HEED_ERROR_INPUT, "the candidate '%.60s' is there twice",
                                  list);
        }
        if (item->n_candidates == HEED_PROBE_MAX_CANDIDATES) {
            return heed_error_set(err, HEED_ERROR_INPUT, "it has more than %d candidates",
                                  (int)HEED_PROBE_MAX_CANDIDATES);
        }
        item->candidates[item->n_candidates++] = range;
        list = next;
    }
    if (item->n_candidates < 2) {
        return heed_error_set(err, HEED_ERROR_INPUT, "it needs two candidates, separated by |");
    }
    return true;
}

/* Two sentences that follow each other are a minimal pair if they have the
 * same candidates and another answer. */
static bool ends_pair(const struct heed_probe_run *run, const struct heed_probe_sentence *sentence)
{
    const struct heed_probe_sentence *former = run->n > 0 ? &run->sentences[run->n - 1] : NULL;
    return former && !former->item.ends_pair &&
           strcmp(former->candidates, sentence->candidates) == 0 &&
           strcmp(former->answer, sentence->answer) != 0;
}

/* Finds the words of the columns in the sentence's tokens. */
static bool find_words(struct heed_probe_sentence *sentence, const struct place *place,
                       char *candidates, struct heed_error *err)
{
    struct heed_probe_item *item = &sentence->item;
    struct heed_token_range answer = {0};
    if (!pick(&item->pronoun, place, sentence->pronoun, err) ||
        !pick_candidates(item, place, candidates, err) ||
        !pick(&answer, place, sentence->answer, err)) {
        return false;
    }
    item->answer = find_range(item, answer);
    return item->answer >= 0 ||
           heed_error_set(err, HEED_ERROR_INPUT, "the answer '%.60s' isn't one of the candidates",
                          sentence->answer);
}

/* The first sentence tells how many heads there are. */
static bool prepare(struct heed_probe_run *run, const struct heed_maps *maps,
                    struct heed_error *err)
{
    run->n_layers = maps->n_layers;
    run->n_heads = maps->n_heads;
    return run->probe || heed_probe_create(&run->probe, run->n_layers, run->n_heads, err);
}

static bool encode(const struct heed_result **result, const struct heed_probe_run *run,
                   const struct heed_task_world *world, const char *text, struct heed_error *err)
{
    const struct heed_job job = {.text = text, .text_length = strlen(text), .filter = run->filter};
    const struct heed_pipeline_hints hints = {.cancelled = world->cancelled,
                                              .context = world->context};
    return heed_pipeline_run(world->pipeline, &job, hints, result, err);
}

static bool count_sentence(struct heed_probe_run *run, const struct heed_task_world *world,
                           struct heed_line line, size_t number, struct heed_error *err)
{
    char *columns[N_COLUMNS];
    if (!split_columns(&run->arena, line, columns, err)) {
        return false;
    }
    struct heed_probe_sentence sentence = {
        .line = number,
        .text = columns[0],
        .pronoun = columns[1],
        .candidates = heed_arena_copy(&run->arena, columns[2], strlen(columns[2])),
        .answer = columns[3],
    };
    const struct heed_result *result = NULL;
    if (!sentence.candidates) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lines");
    }
    if (!encode(&result, run, world, sentence.text, err)) {
        return false;
    }
    const struct place place = {heed_pipeline_get_tokenizer(world->pipeline), result->encoding};
    sentence.n_tokens = result->encoding->n_tokens;
    sentence.n_total = result->encoding->n_total;
    bool ok = prepare(run, result->maps, err) && find_words(&sentence, &place, columns[2], err);
    sentence.item.ends_pair = ok && ends_pair(run, &sentence);
    ok = ok && heed_probe_add(run->probe, result->maps, &sentence.item, err);
    heed_result_release(result);
    if (ok) {
        run->sentences[run->n++] = sentence;
    }
    return ok;
}

/* --- the task --- */

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
}

/* Waits for the file until it is there or the unit is given up; the next try
 * waits on for the same. */
static bool read_patiently(struct heed_probe_run *run, const struct heed_task_world *world,
                           struct heed_error *err)
{
    char *data = NULL;
    size_t size = 0;
    if (!run->reading &&
        !heed_file_reading_start(&run->reading, run->name, MOST_FILE_BYTES, NULL, NULL, err)) {
        return false;
    }
    while (!heed_file_reading_wait(run->reading, POLL_MS)) {
        if (world->cancelled && world->cancelled(world->context)) {
            return heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
        }
    }
    const bool ok = heed_file_reading_finish(run->reading, &data, &size, err);
    run->reading = NULL;
    return ok && heed_lines_take(&run->lines, data, size, run->name, err);
}

static bool read_lines(struct heed_probe_run *run, const struct heed_task_world *world,
                       struct heed_error *err)
{
    heed_lines_finish(&run->lines);
    if (run->source) {
        return heed_lines_split(&run->lines, run->source, run->source_size) || no_memory(err);
    }
    return run->from_command ? heed_lines_read(&run->lines, run->name, MOST_FILE_BYTES, err)
                             : read_patiently(run, world, err);
}

static bool check_header(const struct heed_probe_run *run, struct heed_error *err)
{
    struct heed_line first = {"", 0};
    if (run->lines.n > 0) {
        first = run->lines.items[0];
    }
    return (first.length == sizeof header - 1 && memcmp(first.text, header, first.length) == 0) ||
           heed_error_set(err, HEED_ERROR_FORMAT,
                          "line 1 of '%.100s' isn't the header: sentence, pronoun, candidates, "
                          "answer, separated by tabs",
                          run->name);
}

static bool begin(void *work, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err)
{
    struct heed_probe_run *run = work;
    if (!read_lines(run, world, err) || !check_header(run, err)) {
        return false;
    }
    const size_t n = run->lines.n;
    run->usable = malloc(n * sizeof *run->usable);
    run->sentences = malloc(n * sizeof *run->sentences);
    run->skipped = malloc(n * sizeof *run->skipped);
    if (!run->usable || !run->sentences || !run->skipped) {
        return no_memory(err);
    }
    int units = 0;
    for (size_t i = 1; i < n; i++) {
        const struct heed_line line = run->lines.items[i];
        if (line.length > 0 && line.text[0] != '#') {
            run->usable[units++] = i;
        }
    }
    *n_units = units;
    return true;
}

/* A sentence that can't be used is skipped; only what isn't its fault ends the task. */
static bool step(void *work, const struct heed_task_world *world, int unit, struct heed_error *err)
{
    struct heed_probe_run *run = work;
    const size_t line = run->usable[unit];
    struct heed_error problem = {0};
    if (count_sentence(run, world, run->lines.items[line], line + 1, &problem)) {
        return true;
    }
    if (problem.code == HEED_ERROR_CANCELLED || problem.code == HEED_ERROR_MEMORY) {
        return heed_error_set(err, problem.code, "%s", problem.text);
    }
    const char *why = heed_arena_copy(&run->arena, problem.text, strlen(problem.text));
    if (!why) {
        return no_memory(err);
    }
    run->skipped[run->n_skipped++] = (struct heed_probe_skipped){line + 1, why};
    return true;
}

static bool check_count(const struct heed_probe_run *run, struct heed_error *err)
{
    if (run->n > 0) {
        return true;
    }
    if (run->n_skipped > 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' holds no sentence that can be used; line %zu: %s",
                              run->name, run->skipped[0].line, run->skipped[0].why);
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "'%.100s' holds no sentence after line 1, its header", run->name);
}

static bool end(void *work, const struct heed_task_world *world, struct heed_error *err)
{
    struct heed_probe_run *run = work;
    const size_t n = (size_t)run->n_layers * (size_t)run->n_heads;
    (void)world;
    if (!check_count(run, err)) {
        return false;
    }
    run->heads = malloc(n * sizeof *run->heads);
    run->intervals = malloc(n * sizeof *run->intervals);
    if (!run->heads || !run->intervals) {
        return no_memory(err);
    }
    heed_probe_get_heads(run->probe, run->heads);
    run->baselines = heed_probe_get_baselines(run->probe);
    heed_lines_finish(&run->lines);
    return heed_probe_summarise(run->probe, run->heads, &run->summary, run->intervals, err);
}

static void destroy(void *work)
{
    struct heed_probe_run *run = work;
    heed_file_reading_drop(run->reading);
    heed_probe_destroy(run->probe);
    heed_lines_finish(&run->lines);
    heed_arena_finish(&run->arena);
    free(run->usable);
    free(run->sentences);
    free(run->skipped);
    free(run->heads);
    free(run->intervals);
    free(run);
}

struct heed_task *heed_probe_task_create(uint64_t id, const struct heed_probe_source *source,
                                         const struct heed_filter *filter)
{
    static const struct heed_task_methods methods = {HEED_TASK_PROBE, begin, step, end, destroy};
    struct heed_probe_run *run = calloc(1, sizeof *run);
    if (!run) {
        return NULL;
    }
    run->filter = *filter;
    run->source = source->data;
    run->source_size = source->size;
    run->from_command = source->from_command;
    run->name = heed_arena_copy(&run->arena, source->name, strlen(source->name));
    if (!run->name) {
        destroy(run);
        return NULL;
    }
    return heed_task_create(id, &methods, run);
}

const struct heed_probe_run *heed_probe_task_get(const struct heed_task *task)
{
    return heed_task_get_work(task);
}

int heed_probe_run_find(const struct heed_probe_run *run, int layer, int head)
{
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        if (run->heads[h].layer == layer && run->heads[h].head == head) {
            return h;
        }
    }
    return -1;
}

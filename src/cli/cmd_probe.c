#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "core/analysis/probe.h"
#include "core/text/words.h"

enum { N_COLUMNS = 4 };

static const char header[] = "sentence\tpronoun\tcandidates\tanswer";

struct skipped {
    size_t line; /* from 1 */
    const char *why;
};

struct work {
    const struct heed_cli_options *options;
    struct heed_filter filter;
    struct heed_cli_texts lines;
    struct heed_pipeline *pipeline;
    struct heed_probe *probe;
    struct heed_arena arena; /* the columns and the reasons */
    struct skipped *skipped; /* [lines.n] */
    size_t n_skipped;
};

/* Cuts a line at tabs into columns with an end each. False, with a reason in
 * err, unless there are exactly four. */
static bool split_columns(struct heed_arena *arena, struct heed_cli_text line,
                          char *columns[N_COLUMNS], struct heed_error *err)
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
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "it needs four columns, separated by tabs");
}

static bool pick(struct heed_token_range *range, const struct work *work,
                 const struct heed_encoding *encoding, const char *word,
                 struct heed_error *err)
{
    return heed_words_pick(heed_pipeline_get_tokenizer(work->pipeline),
                           encoding, word, &range->first, &range->count, err);
}

static int find_range(const struct heed_probe_item *item,
                      struct heed_token_range range)
{
    for (int c = 0; c < item->n_candidates; c++) {
        if (item->candidates[c].first == range.first) {
            return c;
        }
    }
    return -1;
}

/* list: "animal|street"; is cut up. */
static bool pick_candidates(struct heed_probe_item *item, const struct work *work,
                            const struct heed_encoding *encoding, char *list,
                            struct heed_error *err)
{
    while (list) {
        char *next = strchr(list, '|');
        if (next) {
            *next++ = '\0';
        }
        struct heed_token_range range;
        if (!pick(&range, work, encoding, list, err)) {
            return false;
        }
        if (find_range(item, range) >= 0) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "the candidate '%.60s' is there twice", list);
        }
        if (item->n_candidates == HEED_PROBE_MAX_CANDIDATES) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "it has more than %d candidates",
                                  (int)HEED_PROBE_MAX_CANDIDATES);
        }
        item->candidates[item->n_candidates++] = range;
        list = next;
    }
    if (item->n_candidates < 2) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "it needs two candidates, separated by |");
    }
    return true;
}

static bool count_sentence(struct work *work, struct heed_cli_text line,
                           struct heed_error *err)
{
    char *columns[N_COLUMNS];
    if (!split_columns(&work->arena, line, columns, err)) {
        return false;
    }
    const struct heed_cli_text sentence = {columns[0], strlen(columns[0])};
    const struct heed_result *result = NULL;
    if (!heed_cli_run(&result, work->pipeline, sentence, NULL, &work->filter, err)) {
        return false;
    }
    struct heed_probe_item item = {.n_candidates = 0};
    struct heed_token_range answer = {0};
    const struct heed_encoding *encoding = result->encoding;
    bool ok = pick(&item.pronoun, work, encoding, columns[1], err) &&
              pick_candidates(&item, work, encoding, columns[2], err) &&
              pick(&answer, work, encoding, columns[3], err);
    if (ok) {
        item.answer = find_range(&item, answer);
        ok = item.answer >= 0 ||
             heed_error_set(err, HEED_ERROR_INPUT,
                            "the answer '%.60s' isn't one of the candidates",
                            columns[3]);
    }
    ok = ok && heed_probe_add(work->probe, result->maps, &item, err);
    heed_result_release(result);
    return ok;
}

/* A sentence that can't be used is skipped; only what isn't the sentence's
 * fault ends the command. */
static bool count_all(struct work *work, struct heed_error *err)
{
    for (size_t i = 1; i < work->lines.n; i++) {
        const struct heed_cli_text line = work->lines.items[i];
        struct heed_error problem = {0};
        if (line.length == 0 || line.text[0] == '#' ||
            count_sentence(work, line, &problem)) {
            continue;
        }
        const char *why =
            heed_arena_copy(&work->arena, problem.text, strlen(problem.text));
        if (problem.code == HEED_ERROR_MEMORY || !why) {
            return heed_error_set(err, HEED_ERROR_MEMORY, "%s", problem.text);
        }
        work->skipped[work->n_skipped++] = (struct skipped){i + 1, why};
    }
    if (heed_probe_get_count(work->probe) > 0) {
        return true;
    }
    if (work->n_skipped > 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' holds no sentence that can be used; "
                              "line %zu: %s",
                              work->options->text, work->skipped[0].line,
                              work->skipped[0].why);
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "'%.100s' holds no sentence",
                          work->options->text);
}

static void put_json(struct heed_buffer *out, const struct work *work,
                     const struct heed_probed_head *heads, int n)
{
    heed_buffer_printf(out, "{\"sentences\":%d,\"skipped\":[",
                       heed_probe_get_count(work->probe));
    for (size_t i = 0; i < work->n_skipped; i++) {
        heed_buffer_printf(out, "%s{\"line\":%zu,\"why\":", i > 0 ? "," : "",
                           work->skipped[i].line);
        heed_buffer_put_json(out, work->skipped[i].why,
                             strlen(work->skipped[i].why));
        heed_buffer_puts(out, "}");
    }
    heed_buffer_puts(out, "],\"heads\":[");
    for (int h = 0; h < n; h++) {
        heed_buffer_printf(out,
                           "%s{\"layer\":%d,\"head\":%d,\"accuracy\":%.7g,"
                           "\"margin\":%.7g}",
                           h > 0 ? "," : "", heads[h].layer, heads[h].head,
                           heads[h].accuracy, heads[h].margin);
    }
    const struct heed_probe_baselines baselines =
        heed_probe_get_baselines(work->probe);
    heed_buffer_printf(out,
                       "],\"baselines\":{\"nearest\":%.7g,\"first\":%.7g,"
                       "\"uniform\":%.7g}}\n",
                       baselines.nearest, baselines.first, baselines.uniform);
}

static void put_table(struct heed_buffer *out, const struct work *work,
                      const struct heed_probed_head *heads, int n)
{
    const struct heed_probe_baselines baselines =
        heed_probe_get_baselines(work->probe);
    heed_buffer_printf(out, "%d sentences, %zu skipped\n",
                       heed_probe_get_count(work->probe), work->n_skipped);
    for (size_t i = 0; i < work->n_skipped; i++) {
        heed_buffer_printf(out, "line %zu skipped: %s\n", work->skipped[i].line,
                           work->skipped[i].why);
    }
    heed_buffer_printf(out, "baselines: nearest %.3f, first %.3f, uniform %.3f\n",
                       baselines.nearest, baselines.first, baselines.uniform);
    heed_buffer_puts(out, "head      accuracy   margin\n");
    for (int h = 0; h < n; h++) {
        struct heed_buffer name = {0};
        heed_buffer_printf(&name, "L%dH%d", heads[h].layer, heads[h].head);
        heed_buffer_printf(out, "%-8s %9.3f  %+7.3f\n", name.data ? name.data : "",
                           heads[h].accuracy, heads[h].margin);
        heed_buffer_finish(&name);
    }
}

static bool print_heads(const struct work *work, int n, struct heed_error *err)
{
    struct heed_probed_head *heads = malloc((size_t)n * sizeof *heads);
    if (!heads) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the heads");
    }
    heed_probe_get_heads(work->probe, heads);
    struct heed_buffer out = {0};
    if (work->options->json) {
        put_json(&out, work, heads, n);
    } else {
        put_table(&out, work, heads, n);
    }
    free(heads);
    const bool ok = heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool read_lines(struct work *work, struct heed_error *err)
{
    struct heed_cli_options as_file = *work->options;
    as_file.file = work->options->text;
    as_file.text = NULL;
    if (!heed_cli_read_texts(&work->lines, &as_file, &heed_command_probe, err)) {
        return false;
    }
    struct heed_cli_text first = {"", 0};
    if (work->lines.n > 0) {
        first = work->lines.items[0];
    }
    if (first.length != sizeof header - 1 ||
        memcmp(first.text, header, first.length) != 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "'%.100s' doesn't begin with the header: "
                              "sentence, pronoun, candidates, answer, "
                              "separated by tabs",
                              as_file.file);
    }
    work->skipped = calloc(work->lines.n, sizeof *work->skipped);
    return work->skipped ||
           heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the lines");
}

static bool make(struct work *work, struct heed_error *err)
{
    if (!read_lines(work, err) ||
        !heed_cli_open_model(&work->pipeline, work->options, err)) {
        return false;
    }
    const struct heed_model_config *config =
        heed_model_get_config(heed_pipeline_get_model(work->pipeline));
    return heed_probe_create(&work->probe, config->n_layers, config->n_heads, err) &&
           count_all(work, err) &&
           print_heads(work, config->n_layers * config->n_heads, err);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->text) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "probe needs a FILE.tsv (heed probe --help)");
    }
    if (options->filter.aggregate != HEED_AGGREGATE_NONE) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "probe scores single heads; leave out "
                              "--aggregate");
    }
    struct work work = {.options = options,
                        .filter = heed_cli_get_filter(options, 0)};
    const bool ok = make(&work, err);
    heed_probe_destroy(work.probe);
    heed_pipeline_close(work.pipeline);
    heed_arena_finish(&work.arena);
    free(work.skipped);
    heed_cli_texts_finish(&work.lines);
    return ok;
}

const struct heed_command heed_command_probe = {
    .name = "probe",
    .usage = "FILE.tsv",
    .summary = "score every head on pronouns: does it look to the right word?",
    .about =
        "FILE.tsv (- is standard input) begins with the line sentence, "
        "pronoun, candidates,\nanswer, separated by tabs; then one sentence a "
        "line, candidates separated by |.\nBlank lines and lines that begin "
        "with # are skipped. WORD:k picks an occurrence.\naccuracy: share of "
        "sentences whose answer has the largest weight from the pronoun\namong "
        "the candidates; margin: mean of its weight minus the best other's. "
        "Baselines:\nalways the candidate nearest to the pronoun, always the "
        "first, a guess.\n",
    .argument = "a file",
    .run = run,
};

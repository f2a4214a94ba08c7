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

/* The candidates and the answer of the sentence counted last. */
struct former {
    const char *candidates, *answer; /* NULL: there is none */
    bool ends_pair;
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
    struct former former;
};

/* What is printed. */
struct report {
    struct heed_probed_head *heads;
    struct heed_probe_head_intervals *intervals;
    struct heed_probe_summary summary;
    int n;
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

/* Two sentences that follow each other are a minimal pair if they have the
 * same candidates and another answer. Says if this one ends such a pair. */
static bool ends_pair(const struct former *former, const char *candidates,
                      const char *answer)
{
    return former->candidates && !former->ends_pair &&
           strcmp(former->candidates, candidates) == 0 &&
           strcmp(former->answer, answer) != 0;
}

static bool count_sentence(struct work *work, struct heed_cli_text line,
                           struct heed_error *err)
{
    char *columns[N_COLUMNS];
    if (!split_columns(&work->arena, line, columns, err)) {
        return false;
    }
    /* The list is cut up when its words are looked for. */
    const char *candidates =
        heed_arena_copy(&work->arena, columns[2], strlen(columns[2]));
    if (!candidates) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the lines");
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
    item.ends_pair = ends_pair(&work->former, candidates, columns[3]);
    ok = ok && heed_probe_add(work->probe, result->maps, &item, err);
    heed_result_release(result);
    if (ok) {
        work->former = (struct former){candidates, columns[3], item.ends_pair};
    }
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
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "'%.100s' holds no sentence after line 1, its header",
                          work->options->text);
}

static void put_halves(struct heed_buffer *out,
                       const struct heed_probe_summary *summary)
{
    heed_buffer_puts(out, ",\"halves\":[");
    for (int i = 0; i < 2; i++) {
        const struct heed_probe_half *half = &summary->halves[i];
        if (half->n == 0 || half->n_other == 0) {
            continue; /* one pair has no halves */
        }
        heed_buffer_printf(out,
                           "%s{\"layer\":%d,\"head\":%d,\"sentences\":%d,"
                           "\"accuracy\":%.7g,\"other_sentences\":%d,"
                           "\"other_accuracy\":%.7g}",
                           i > 0 ? "," : "", half->layer, half->head, half->n,
                           half->accuracy, half->n_other, half->on_other);
    }
    heed_buffer_puts(out, "]");
}

static void put_skipped(struct heed_buffer *out, const struct work *work)
{
    heed_buffer_puts(out, ",\"skipped\":[");
    for (size_t i = 0; i < work->n_skipped; i++) {
        heed_buffer_printf(out, "%s{\"line\":%zu,\"why\":", i > 0 ? "," : "",
                           work->skipped[i].line);
        heed_buffer_put_json(out, work->skipped[i].why,
                             strlen(work->skipped[i].why));
        heed_buffer_puts(out, "}");
    }
    heed_buffer_puts(out, "]");
}

static void put_json(struct heed_buffer *out, const struct work *work,
                     const struct report *report)
{
    heed_buffer_printf(out, "{\"sentences\":%d", heed_probe_get_count(work->probe));
    put_skipped(out, work);
    heed_buffer_puts(out, ",\"heads\":[");
    for (int h = 0; h < report->n; h++) {
        const struct heed_probed_head *head = &report->heads[h];
        const struct heed_probe_head_intervals *of = &report->intervals[h];
        heed_buffer_printf(out,
                           "%s{\"layer\":%d,\"head\":%d,\"accuracy\":%.7g,"
                           "\"margin\":%.7g,\"interval\":[%.7g,%.7g],"
                           "\"margin_interval\":[%.7g,%.7g]}",
                           h > 0 ? "," : "", head->layer, head->head,
                           head->accuracy, head->margin, of->accuracy.low,
                           of->accuracy.high, of->margin.low, of->margin.high);
    }
    const struct heed_probe_baselines baselines =
        heed_probe_get_baselines(work->probe);
    const struct heed_probe_summary *summary = &report->summary;
    heed_buffer_printf(out,
                       "],\"baselines\":{\"nearest\":%.7g,\"first\":%.7g,"
                       "\"uniform\":%.7g},\"pairs\":%d,\"mas\":{"
                       "\"accuracy\":%.7g,\"interval\":[%.7g,%.7g]}",
                       baselines.nearest, baselines.first, baselines.uniform,
                       summary->n_pairs, summary->mas,
                       summary->mas_interval.low, summary->mas_interval.high);
    put_halves(out, summary);
    heed_buffer_puts(out, "}\n");
}

static void put_csv(struct heed_buffer *out, const struct report *report)
{
    heed_buffer_puts(out, "layer,head,accuracy,accuracy_low,accuracy_high,"
                          "margin,margin_low,margin_high\n");
    for (int h = 0; h < report->n; h++) {
        const struct heed_probed_head *head = &report->heads[h];
        const struct heed_probe_head_intervals *of = &report->intervals[h];
        heed_buffer_printf(out, "%d,%d,%.7g,%.7g,%.7g,%.7g,%.7g,%.7g\n",
                           head->layer, head->head, head->accuracy,
                           of->accuracy.low, of->accuracy.high, head->margin,
                           of->margin.low, of->margin.high);
    }
}

static void put_summary(struct heed_buffer *out, const struct work *work,
                        const struct heed_probe_summary *summary)
{
    const struct heed_probe_baselines baselines =
        heed_probe_get_baselines(work->probe);
    heed_buffer_printf(out, "baselines: nearest %.3f, first %.3f, uniform %.3f\n",
                       baselines.nearest, baselines.first, baselines.uniform);
    heed_buffer_printf(out,
                       "all heads together (maximum attention score): %.3f "
                       "[%.3f, %.3f]\n",
                       summary->mas, summary->mas_interval.low,
                       summary->mas_interval.high);
    for (int i = 0; i < 2; i++) {
        const struct heed_probe_half *half = &summary->halves[i];
        if (half->n > 0 && half->n_other > 0) {
            heed_buffer_printf(out,
                               "best head of the %s pairs: L%dH%d, %.3f of %d; "
                               "of the %d others %.3f\n",
                               i == 0 ? "1st, 3rd, 5th ..." : "2nd, 4th, 6th ...",
                               half->layer, half->head, half->accuracy, half->n,
                               half->n_other, half->on_other);
        }
    }
    heed_buffer_puts(out, "The best of many heads is good by luck too: its "
                          "accuracy on the others counts.\n");
}

static void put_table(struct heed_buffer *out, const struct work *work,
                      const struct report *report)
{
    heed_buffer_printf(out, "%d sentences in %d pairs, %zu skipped\n",
                       heed_probe_get_count(work->probe),
                       report->summary.n_pairs, work->n_skipped);
    for (size_t i = 0; i < work->n_skipped; i++) {
        heed_buffer_printf(out, "line %zu skipped: %s\n", work->skipped[i].line,
                           work->skipped[i].why);
    }
    put_summary(out, work, &report->summary);
    heed_buffer_puts(out, "head      accuracy  95 % interval    margin\n");
    for (int h = 0; h < report->n; h++) {
        const struct heed_probed_head *head = &report->heads[h];
        struct heed_buffer name = {0};
        heed_buffer_printf(&name, "L%dH%d", head->layer, head->head);
        heed_buffer_printf(out, "%-8s %9.3f  %.3f to %.3f  %+7.3f\n",
                           name.data ? name.data : "", head->accuracy,
                           report->intervals[h].accuracy.low,
                           report->intervals[h].accuracy.high, head->margin);
        heed_buffer_finish(&name);
    }
}

static bool print_report(const struct work *work, const struct report *report,
                         struct heed_error *err)
{
    struct heed_buffer out = {0};
    if (work->options->json) {
        put_json(&out, work, report);
    } else if (work->options->csv) {
        put_csv(&out, report);
    } else {
        put_table(&out, work, report);
    }
    const bool ok = heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool print_heads(const struct work *work, int n, struct heed_error *err)
{
    struct report report = {.n = n};
    report.heads = malloc((size_t)n * sizeof *report.heads);
    report.intervals = malloc((size_t)n * sizeof *report.intervals);
    bool ok = report.heads && report.intervals;
    if (ok) {
        heed_probe_get_heads(work->probe, report.heads);
        ok = heed_probe_summarise(work->probe, report.heads, &report.summary,
                                  report.intervals, err) &&
             print_report(work, &report, err);
    } else {
        heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
    }
    free(report.heads);
    free(report.intervals);
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
                              "line 1 of '%.100s' isn't the header: "
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
    if (options->json && options->csv) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "probe prints --json or --csv, not both");
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

static const struct heed_option options_of_probe[] = {
    {"csv", NULL, "print the heads as comma-separated values", HEED_OPTION_FLAG,
     offsetof(struct heed_cli_options, csv)},
};

const struct heed_command heed_command_probe = {
    .name = "probe",
    .usage = "FILE.tsv [--json|--csv]",
    .summary = "score every head on pronouns: does it look to the right word?",
    .about =
        "FILE.tsv (- is standard input) begins with the line sentence, "
        "pronoun, candidates,\nanswer, separated by tabs; then one sentence a "
        "line, candidates separated by |.\nBlank lines and lines that begin "
        "with # are skipped. WORD:k picks an occurrence.\naccuracy: share of "
        "sentences whose answer has the largest weight from the pronoun\namong "
        "the candidates; margin: mean of its weight minus the best other's. "
        "Baselines:\nalways the candidate nearest to the pronoun, always the "
        "first, a guess.\nIntervals: 95 % bootstrap over minimal pairs (two "
        "sentences that follow "
        "each other\nwith the same candidates and another answer). The best "
        "head is also chosen on every\nsecond pair and scored on the others. "
        "Maximum attention score: Klein & Nabi 2019.\n",
    .argument = "a file",
    .options = options_of_probe,
    .n_options = HEED_COUNT(options_of_probe),
    .run = run,
};

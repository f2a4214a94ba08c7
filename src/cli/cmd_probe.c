#include <stddef.h>

#include "cli/commands.h"
#include "core/engine/probe_task.h"

static void put_summary(struct heed_buffer *out, const struct heed_probe_run *run)
{
    const struct heed_probe_baselines baselines = run->baselines;
    const struct heed_probe_summary *summary = &run->summary;
    heed_buffer_printf(out, "baselines: nearest %.3f, first %.3f, uniform %.3f\n",
                       baselines.nearest, baselines.first, baselines.uniform);
    heed_buffer_printf(out, "all heads together (maximum attention score): %.3f [%.3f, %.3f]\n",
                       summary->mas, summary->mas_interval.low, summary->mas_interval.high);
    for (int i = 0; i < 2; i++) {
        const struct heed_probe_half *half = &summary->halves[i];
        if (half->n > 0 && half->n_other > 0) {
            heed_buffer_printf(
                out, "best head of the %s pairs: L%dH%d, %.3f of %d; of the %d others %.3f\n",
                i == 0 ? "1st, 3rd, 5th ..." : "2nd, 4th, 6th ...", half->layer, half->head,
                half->accuracy, half->n, half->n_other, half->on_other);
        }
    }
    heed_buffer_puts(
        out, "The best of many heads is good by luck too: its accuracy on the others counts.\n");
}

static void put_table(struct heed_buffer *out, const struct heed_probe_run *run)
{
    heed_buffer_printf(out, "%d sentences in %d pairs, %zu skipped\n",
                       heed_probe_get_count(run->probe), run->summary.n_pairs, run->n_skipped);
    for (size_t i = 0; i < run->n_skipped; i++) {
        heed_buffer_printf(out, "line %zu skipped: %s\n", run->skipped[i].line,
                           run->skipped[i].why);
    }
    put_summary(out, run);
    heed_buffer_puts(out, "head      accuracy  95 % interval    margin\n");
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        heed_cli_put_head(out, head->layer, head->head);
        heed_buffer_printf(out, " %9.3f  %.3f to %.3f  %+7.3f\n", head->accuracy,
                           run->intervals[h].accuracy.low, run->intervals[h].accuracy.high,
                           head->margin);
    }
}

static bool print_run(const struct heed_probe_run *run, const struct heed_cli_options *options,
                      struct heed_error *err)
{
    struct heed_buffer out = {0};
    for (size_t i = 0; i < run->n; i++) {
        const struct heed_encoding cut = {.n_tokens = run->sentences[i].n_tokens,
                                          .n_total = run->sentences[i].n_total};
        heed_cli_note_cut(&cut);
    }
    if (options->json) {
        heed_probe_put_json(&out, run);
    } else if (options->csv) {
        heed_probe_put_csv(&out, run);
    } else {
        put_table(&out, run);
    }
    return heed_cli_print_end(&out, err);
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->text) {
        return heed_error_set(err, HEED_ERROR_USAGE, "probe needs a FILE.tsv (heed probe --help)");
    }
    if (options->json && options->csv) {
        return heed_error_set(err, HEED_ERROR_USAGE, "probe prints --json or --csv, not both");
    }
    return true;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!check(options, err)) {
        return false;
    }
    const struct heed_probe_source source = {.name = options->text, .from_command = true};
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    struct heed_pipeline *pipeline = NULL;
    struct heed_task *task = heed_probe_task_create(1, &source, &filter);
    if (!task) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    const bool ok = heed_cli_open_model(&pipeline, options, err) &&
                    heed_task_run(task, pipeline, NULL, NULL, err) &&
                    print_run(heed_probe_task_get(task), options, err);
    heed_task_release(task);
    heed_pipeline_close(pipeline);
    return ok;
}

static const struct heed_option options_of_probe[] = {
    {HEED_OPTION(FLAG, "csv", NULL, csv, "print the heads as comma-separated values")},
};

const struct heed_command heed_command_probe = {
    .name = "probe",
    .usage = "FILE.tsv [--json|--csv]",
    .summary = "score every head on pronouns: does it look to the right word?",
    .about = "FILE.tsv (- is standard input) begins with the line sentence, pronoun, candidates,\n"
             "answer, separated by tabs; then one sentence a line, candidates separated by |.\n"
             "Blank lines and lines that begin with # are skipped. WORD:k picks an occurrence.\n"
             "accuracy: share of sentences whose answer has the largest weight from the pronoun\n"
             "among the candidates; margin: mean of its weight minus the best other's. Baselines:\n"
             "always the candidate nearest to the pronoun, always the first, a guess.\n"
             "Intervals: 95 % bootstrap over minimal pairs (two sentences that follow each other\n"
             "with the same candidates and another answer). The best head is also chosen on every\n"
             "second pair and scored on the others. Maximum attention score: Klein & Nabi 2019.\n",
    .argument = "a file",
    .options = options_of_probe,
    .n_options = HEED_COUNT(options_of_probe),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON | HEED_TAKES_MAPS,
    .run = run,
};

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/commands.h"
#include "core/engine/ablation_task.h"

static const char *const column_titles[HEED_N_ABLATION_COLUMNS] = {"weight", "|value|", "rollout",
                                                                   "link",   "token",   "sentence"};

struct work {
    const struct heed_cli_options *options;
    struct heed_pipeline *pipeline;
    const struct heed_result *result;
    struct heed_token_range query, key; /* count 0: not asked for */
    struct heed_task *task;
};

static bool pick(struct heed_token_range *range, const struct work *work, const char *word,
                 struct heed_error *err)
{
    return !word ||
           heed_cli_find_name(range, work->options, heed_pipeline_get_tokenizer(work->pipeline),
                              work->result->encoding, HEED_CLI_QUERIES, word, err);
}

static bool show_progress(void *context, int done, int all)
{
    (void)context;
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "\rheed: head %d of %d%s", done + 1, all, done + 1 == all ? "\n" : "");
    }
    return true;
}

static void put_heading(struct heed_buffer *out, const struct heed_ablation_table *table)
{
    if (table->to) {
        heed_buffer_printf(
            out,
            "'%s' -> '%s': what it weighs in each head, and what muting the head changes\nlink: "
            "mean |change| of its weight in the heads of later layers; ",
            table->from, table->to);
    }
    if (table->from) {
        heed_buffer_printf(out, "token: 1 - cosine of '%s', last layer; ", table->from);
    }
    heed_buffer_puts(out, "sentence: 1 - cosine of the embedding\nhead    ");
    for (int c = 0; c < HEED_N_ABLATION_COLUMNS; c++) {
        if (heed_ablation_has(table, (enum heed_ablation_column)c)) {
            heed_buffer_printf(out, " %9s", column_titles[c]);
        }
    }
    heed_buffer_puts(out, table->to ? "  most changed\n" : "\n");
}

static void put_row(struct heed_buffer *out, const struct heed_ablation_table *table,
                    const struct heed_ablation_row *row)
{
    const struct heed_ablated_head *head = &row->head;
    heed_cli_put_head(out, head->layer, head->head);
    for (int c = 0; c < HEED_N_ABLATION_COLUMNS; c++) {
        if (heed_ablation_has(table, (enum heed_ablation_column)c)) {
            heed_buffer_printf(out, " %9.*f", c < HEED_ABLATION_LINK ? 3 : 5, row->values[c]);
        }
    }
    if (table->to && head->change_layer >= 0) {
        heed_buffer_printf(out, "  L%dH%d %+.3f", head->change_layer, head->change_head,
                           (double)head->link_change);
    }
    heed_buffer_puts(out, "\n");
}

static void put_correlation(struct heed_buffer *out, const struct heed_ablation_table *table,
                            enum heed_ablation_column x, enum heed_ablation_column y,
                            const char *name)
{
    double rho = NAN;
    out->failed |= !heed_ablation_correlate(table, x, y, &rho);
    heed_buffer_printf(out, "%s %+.3f", name, rho);
}

static void put_table(struct heed_buffer *out, const struct heed_ablation_table *table)
{
    put_heading(out, table);
    for (int i = 0; i < table->n; i++) {
        put_row(out, table, &table->rows[i]);
    }
    if (!table->to) {
        return;
    }
    heed_buffer_puts(out, "Spearman's rank correlation over the heads:\n");
    for (int i = 0; i < HEED_ABLATION_LINK; i++) {
        const enum heed_ablation_column c = (enum heed_ablation_column)i;
        heed_buffer_printf(out, "%-8s with", column_titles[c]);
        put_correlation(out, table, c, HEED_ABLATION_LINK, " link");
        put_correlation(out, table, c, HEED_ABLATION_TOKEN, ", token");
        put_correlation(out, table, c, HEED_ABLATION_SENTENCE, ", sentence");
        heed_buffer_puts(out, "\n");
    }
}

static bool print(const struct work *work, struct heed_error *err)
{
    struct heed_buffer out = {0};
    const struct heed_ablation_table *table = &heed_ablation_task_get(work->task)->table;
    if (work->options->json) {
        heed_ablation_put_json(&out, table);
    } else if (work->options->csv) {
        heed_ablation_put_csv(&out, table);
    } else {
        put_table(&out, table);
    }
    return heed_cli_print_end(&out, err);
}

static bool make(struct work *work, struct heed_cli_text text, struct heed_error *err)
{
    const struct heed_filter plain = heed_filter_default();
    if (!heed_cli_open_model(&work->pipeline, work->options, err) ||
        !heed_cli_run(&work->result, work->pipeline, text, work->options, &plain, err) ||
        !pick(&work->query, work, work->options->from, err) ||
        !pick(&work->key, work, work->options->to, err)) {
        return false;
    }
    const struct heed_ablation_options options = {
        .id = 1,
        .result = work->result,
        .query = work->query,
        .key = work->key,
        .from = work->options->from,
        .to = work->options->to,
    };
    return heed_ablation_task_create(&work->task, options, err) &&
           heed_task_run(work->task, work->pipeline, show_progress, NULL, err) && print(work, err);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    if (options->to && !options->from) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "ablate needs --from NAME with --to NAME (heed ablate --help)");
    }
    if (options->json && options->csv) {
        return heed_error_set(err, HEED_ERROR_USAGE, "ablate prints --json or --csv, not both");
    }
    struct heed_cli_texts texts = {0};
    if (!heed_cli_read_text(&texts, options, &heed_command_ablate, err)) {
        return false;
    }
    struct work work = {.options = options};
    const bool ok = make(&work, texts.items[0], err);
    heed_task_release(work.task);
    heed_result_release(work.result);
    heed_pipeline_close(work.pipeline);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_ablate[] = {
    {HEED_OPTION(TEXT, "from", "NAME", from, "the query, and the token whose state is compared")},
    {HEED_OPTION(TEXT, "to", "NAME", to, "the key: the link's other end")},
    {HEED_OPTION(FLAG, "csv", NULL, csv, "print the heads as comma-separated values")},
    {HEED_CLI_PAIR_OPTION},
    {HEED_CLI_FILE_OPTION},
    {HEED_CLI_STRICT_OPTION},
};

const struct heed_command heed_command_ablate = {
    .name = "ablate",
    .usage = "TEXT [--from NAME [--to NAME]] [--json|--csv]",
    .summary = "mute every head in turn: what changes without it?",
    .about =
        "A muted head's output is zero; everything after it is computed again. link: mean\n"
        "|change| of the link's weight in the heads of later layers (the last layer's heads\n"
        "have none); token and sentence: 1 - cosine of the last hidden state of --from and\n"
        "of the mean-pooled sentence embedding. Largest first, by the first of these that was\n"
        "asked for. The model wasn't trained with muted heads.\n" HEED_CLI_ABOUT_NAMES,
    .argument = "a text",
    .options = options_of_ablate,
    .n_options = HEED_COUNT(options_of_ablate),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON,
    .run = run,
};

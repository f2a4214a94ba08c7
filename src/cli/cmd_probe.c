#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/probe_parts.h"
#include "cli/progress.h"

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the groups");
}

/* ---- two groups ---- */

/* "pro,anti"; *list is cut up. */
static bool split_contrast(char *list, const char **a, const char **b, struct heed_error *err)
{
    char *comma = strchr(list, ',');
    if (!comma || comma == list || comma[1] == '\0' || strchr(comma + 1, ',')) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "--contrast can't be '%.60s'; write two groups as pro,anti", list);
    }
    *comma = '\0';
    *a = list;
    *b = comma + 1;
    return true;
}

static bool contrast(const struct heed_probe_run *run, const char *asked,
                     struct heed_probe_contrasted *to, struct heed_error *err)
{
    const struct heed_probe_patience patience = {0};
    char *list = strdup(asked);
    bool *keep = malloc(2 * run->n * sizeof *keep);
    const char *a = NULL, *b = NULL;
    to->heads = malloc((size_t)run->n_columns * sizeof *to->heads);
    bool ok = list && keep && to->heads;
    if (!ok) {
        no_memory(err);
    }
    ok = ok && split_contrast(list, &a, &b, err) &&
         heed_probe_run_group(run, a, keep, &to->a, err) &&
         heed_probe_run_group(run, b, keep + run->n, &to->b, err);
    if (ok && strcmp(to->a, to->b) == 0) {
        ok = heed_error_set(err, HEED_ERROR_INPUT, "--contrast needs two groups, not '%.60s' twice",
                            to->a);
    }
    ok = ok && heed_probe_contrast(run->probe, keep, keep + run->n, to->heads, &to->n_pairs,
                                   patience, err);
    to->n = ok ? run->n_columns : 0;
    free(list);
    free(keep);
    return ok;
}

/* ---- output ---- */

static bool write_sentences(const struct heed_probe_run *run, const char *path,
                            struct heed_error *err)
{
    struct heed_buffer out = {0};
    heed_probe_put_sentences(&out, run);
    const bool ok = out.failed
                        ? heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the sentences")
                        : heed_file_write(path, out.data, out.size, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool print_all(const struct heed_probe_run *run,
                      const struct heed_probe_contrasted *contrast,
                      const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_buffer out = {0};
    for (size_t i = 0; i < run->n; i++) {
        const struct heed_encoding cut = {.n_tokens = run->sentences[i].n_tokens,
                                          .n_total = run->sentences[i].n_total};
        heed_cli_note_cut(&cut);
    }
    if (options->json) {
        heed_probe_put_json_contrast(&out, run, contrast);
    } else if (options->csv) {
        heed_probe_put_csv(&out, run);
    } else if (heed_probe_run_is_relations(run)) {
        heed_cli_put_relations(&out, run);
    } else {
        heed_cli_put_probe(&out, run);
        for (int i = 0; i < run->n_groups; i++) {
            heed_buffer_printf(&out, "\ngroup %s: %zu sentences\n", run->groups[i].name,
                               run->groups[i].n);
            heed_cli_put_probe_heads(&out, &run->groups[i]);
        }
        if (contrast->n > 0) {
            heed_cli_put_contrast(&out, run, contrast);
        }
    }
    return heed_cli_print_end(&out, err);
}

static bool report(const struct heed_probe_run *run, const struct heed_cli_options *options,
                   struct heed_error *err)
{
    struct heed_probe_contrasted contrasted = {0};
    if (heed_probe_run_is_relations(run) &&
        (options->by || options->contrast || options->sentences)) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "--by, --contrast and --sentences are for pronouns; '%.60s' has "
                              "relations",
                              run->name);
    }
    if (options->by && run->n_groups == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.60s' has no two groups for --by: they come from a column "
                              "'group', or from several files",
                              run->name);
    }
    const bool ok = (!options->contrast || contrast(run, options->contrast, &contrasted, err)) &&
                    (!options->sentences || write_sentences(run, options->sentences, err)) &&
                    print_all(run, &contrasted, options, err);
    free(contrasted.heads);
    return ok;
}

/* ---- the command ---- */

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->text) {
        return heed_error_set(err, HEED_ERROR_USAGE, "probe needs a FILE (heed probe --help)");
    }
    if (options->json && options->csv) {
        return heed_error_set(err, HEED_ERROR_USAGE, "probe prints --json or --csv, not both");
    }
    if (options->csv && (options->by || options->contrast)) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "--csv is one table of all sentences; with --by or --contrast give "
                              "--json");
    }
    return true;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!check(options, err)) {
        return false;
    }
    const struct heed_probe_source source = {
        .name = options->text,
        .from_command = true,
        .others = options->more,
        .n_others = options->n_more,
        .format = (enum heed_probe_format)options->format,
        .direction = (enum heed_probe_rows_asked)options->rows,
        .relations = options->relation,
        .strict = options->strict,
        .by_group = options->by != 0,
    };
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    struct heed_pipeline *pipeline = NULL;
    struct heed_task *task = heed_probe_task_create(1, &source, &filter);
    if (!task) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    struct heed_cli_progress progress = {.what = "sentences"};
    const bool ok = heed_cli_open_model(&pipeline, options, err) &&
                    heed_task_run(task, pipeline, heed_cli_show_progress, &progress, err) &&
                    report(heed_probe_task_get(task), options, err);
    heed_task_release(task);
    heed_pipeline_close(pipeline);
    return ok;
}

static const char *const by_words[] = {"group", NULL};

static const struct heed_option options_of_probe[] = {
    {HEED_OPTION(FLAG, "csv", NULL, csv, "print the heads as comma-separated values")},
    {HEED_OPTION(CHOICE, "format", "F", format, "the files' kind, whatever they look like"), 0, 0,
     heed_probe_format_words, HEED_PROBE_TABLE},
    {HEED_OPTION(CHOICE, "direction", "D", rows, "whose rows are read"), 0, 0,
     heed_probe_rows_words, HEED_PROBE_ROWS_PRONOUN},
    {HEED_OPTION(TEXT, "relation", "obj,nsubj", relation, "of CoNLL-U: these alone")},
    {HEED_OPTION(CHOICE, "by", "group", by, "a table of each group, too"), 0, 0, by_words, 1},
    {HEED_OPTION(TEXT, "contrast", "A,B", contrast, "the heads' differences between two groups")},
    {HEED_OPTION(PATH, "sentences", "F.csv", sentences, "write every candidate's weights to F")},
    {HEED_CLI_STRICT_OPTION},
};

const struct heed_command heed_command_probe = {
    .name = "probe",
    .usage = "FILE ... [--json|--csv]",
    .summary = "score every head on pronouns or relations: does it look to the right word?",
    .about =
        "FILE (- is standard input) is a table whose header names the columns sentence, pronoun,\n"
        "candidates (with | between) and answer, and id, group and pair if there are such; or\n"
        "GAP, WinoBias, Winogender, DPR or CoNLL-U as they are (docs/probe-files.md). Rows that\n"
        "can't be used are named with their line. Of several files each is a group.\n"
        "accuracy: share of sentences whose answer has the largest weight from the pronoun\n"
        "among the candidates; margin: mean of its weight minus the best other's. Baselines:\n"
        "always the candidate nearest to the pronoun, always the first, a guess, the best fixed\n"
        "number of words from the pronoun. Intervals: 95 % bootstrap over pairs (of the column,\n"
        "else two sentences that follow each other with the same candidates and another answer).\n"
        "p: by the pairs' signs, two-sided, alone and with the maximum over all heads. The best\n"
        "head is also chosen on each half of the pairs and scored on the other. Maximum attention\n"
        "score: Klein & Nabi 2019. Relations: each word's largest weight among the words is to\n"
        "be its head, or back (Clark et al. 2019); p against the best fixed offset.\n" //
    HEED_CLI_ABOUT_NAMES,
    .argument = "a file",
    .takes_more = true,
    .options = options_of_probe,
    .n_options = HEED_COUNT(options_of_probe),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON | HEED_TAKES_MAPS,
    .run = run,
};

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "core/analysis/ablate.h"
#include "core/analysis/spearman.h"
#include "core/text/words.h"

/* What each head is measured by, side by side. */
enum column {
    COLUMN_WEIGHT,
    COLUMN_VALUE_NORM,
    COLUMN_ROLLOUT,
    COLUMN_LINK,
    COLUMN_TOKEN,
    COLUMN_SENTENCE,
    N_COLUMNS
};

static const char *const column_names[N_COLUMNS] = {
    "weight", "value_norm", "rollout", "link", "token", "sentence"};
static const char *const column_titles[N_COLUMNS] = {
    "weight", "|value|", "rollout", "link", "token", "sentence"};

struct row {
    struct heed_ablated_head head;
    double values[N_COLUMNS];
};

struct work {
    const struct heed_cli_options *options;
    struct heed_pipeline *pipeline;
    const struct heed_result *result;
    struct heed_token_range query, key; /* count 0: not asked for */
    struct heed_ablated_head *heads;
    struct row *rows;
    int n;
};

static bool has_column(const struct work *work, int column)
{
    switch (column) {
    case COLUMN_SENTENCE:
        return true;
    case COLUMN_TOKEN:
        return work->query.count > 0;
    default:
        return work->key.count > 0;
    }
}

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the heads");
}

static bool pick(struct heed_token_range *range, const struct work *work,
                 const char *word, struct heed_error *err)
{
    return !word || heed_words_pick(heed_pipeline_get_tokenizer(work->pipeline),
                                    work->result->encoding, word, &range->first,
                                    &range->count, err);
}

/* Fills one column with the link's weight by a measure. */
static bool weigh(struct work *work, enum column column,
                  enum heed_measure measure, struct heed_error *err)
{
    const struct heed_maps *maps = NULL;
    const struct heed_maps_request request = {
        .encoding = work->result->encoding,
        .run = work->result->run,
        .model = heed_pipeline_get_model(work->pipeline),
        .measures = work->result->maps->measures,
        .filter = {.measure = measure, .top_p = 1},
    };
    if (!heed_maps_create(&maps, &request, err)) {
        return false;
    }
    const struct heed_unit_range query = {work->query.first, work->query.count};
    const struct heed_unit_range key = {work->key.first, work->key.count};
    for (int i = 0; i < work->n; i++) {
        const struct heed_ablated_head *head = &work->heads[i];
        work->rows[i].values[column] = (double)heed_rank_link_weight(
            maps, head->layer, head->head, query, key);
    }
    heed_maps_release(maps);
    return true;
}

static bool show_progress(void *context, int done, int all)
{
    (void)context;
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "\rheed: head %d of %d%s", done + 1, all,
                done + 1 == all ? "\n" : "");
    }
    return true;
}

static bool ablate(struct work *work, struct heed_error *err)
{
    const struct heed_encoding *encoding = work->result->encoding;
    const size_t n = (size_t)encoding->n_tokens;
    int32_t *ids = malloc(2 * n * sizeof *ids);
    if (!ids) {
        return no_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        ids[i] = encoding->tokens[i].id;
        ids[n + i] = encoding->tokens[i].segment;
    }
    const struct heed_ablation ablation = {
        .encoder = heed_pipeline_get_encoder(work->pipeline),
        .ids = ids,
        .segments = ids + n,
        .run = work->result->run,
        .query = work->query,
        .key = work->key,
        .token = work->query,
        .progress = show_progress,
    };
    const bool ok = heed_ablate_heads(work->heads, &ablation, err);
    free(ids);
    return ok;
}

/* By the effect that was asked for; ties by place. */
static int compare_by(const struct row *a, const struct row *b, int column)
{
    if (a->values[column] != b->values[column]) {
        return a->values[column] < b->values[column] ? 1 : -1;
    }
    return a->head.layer != b->head.layer ? a->head.layer - b->head.layer
                                          : a->head.head - b->head.head;
}

static int compare_links(const void *a, const void *b)
{
    return compare_by(a, b, COLUMN_LINK);
}

static int compare_tokens(const void *a, const void *b)
{
    return compare_by(a, b, COLUMN_TOKEN);
}

static int compare_sentences(const void *a, const void *b)
{
    return compare_by(a, b, COLUMN_SENTENCE);
}

static bool fill_rows(struct work *work, struct heed_error *err)
{
    if (!ablate(work, err)) {
        return false;
    }
    for (int i = 0; i < work->n; i++) {
        struct row *row = &work->rows[i];
        row->head = work->heads[i];
        row->values[COLUMN_LINK] = (double)row->head.link_effect;
        row->values[COLUMN_TOKEN] = (double)row->head.token_effect;
        row->values[COLUMN_SENTENCE] = (double)row->head.sentence_effect;
    }
    const bool has_link = work->key.count > 0;
    if (has_link && !(weigh(work, COLUMN_WEIGHT, HEED_MEASURE_WEIGHT, err) &&
                      weigh(work, COLUMN_VALUE_NORM, HEED_MEASURE_VALUE_NORM, err) &&
                      weigh(work, COLUMN_ROLLOUT, HEED_MEASURE_ROLLOUT, err))) {
        return false;
    }
    qsort(work->rows, (size_t)work->n, sizeof *work->rows,
          has_link ? compare_links
                   : (work->query.count > 0 ? compare_tokens : compare_sentences));
    return true;
}

/* Of two columns over the heads. */
static double correlate(const struct work *work, int x, int y)
{
    double *values = malloc(2 * (size_t)work->n * sizeof *values);
    if (!values) {
        return NAN;
    }
    for (int i = 0; i < work->n; i++) {
        values[i] = work->rows[i].values[x];
        values[work->n + i] = work->rows[i].values[y];
    }
    const double result = heed_spearman(values, values + work->n, work->n);
    free(values);
    return result;
}

static void put_number(struct heed_buffer *out, const char *name, double value)
{
    heed_buffer_printf(out, ",\"%s\":", name);
    if (isfinite(value)) {
        heed_buffer_printf(out, "%.7g", value);
    } else {
        heed_buffer_puts(out, "null");
    }
}

static void put_word(struct heed_buffer *out, const char *name, const char *word)
{
    heed_buffer_printf(out, "\"%s\":", name);
    if (word) {
        heed_buffer_put_json(out, word, strlen(word));
    } else {
        heed_buffer_puts(out, "null");
    }
    heed_buffer_puts(out, ",");
}

static void put_json(struct heed_buffer *out, const struct work *work)
{
    heed_buffer_puts(out, "{");
    put_word(out, "from", work->options->from);
    put_word(out, "to", work->options->to);
    heed_buffer_puts(out, "\"heads\":[");
    for (int i = 0; i < work->n; i++) {
        const struct row *row = &work->rows[i];
        heed_buffer_printf(out, "%s{\"layer\":%d,\"head\":%d", i > 0 ? "," : "",
                           row->head.layer, row->head.head);
        for (int c = 0; c < N_COLUMNS; c++) {
            if (has_column(work, c)) {
                put_number(out, column_names[c], row->values[c]);
            }
        }
        if (work->key.count > 0 && row->head.change_layer >= 0) {
            heed_buffer_printf(out,
                               ",\"change\":{\"layer\":%d,\"head\":%d,"
                               "\"weight\":%.7g}",
                               row->head.change_layer, row->head.change_head,
                               (double)row->head.link_change);
        }
        heed_buffer_puts(out, "}");
    }
    heed_buffer_puts(out, "],\"spearman\":[");
    bool first = true;
    for (int x = 0; x < N_COLUMNS; x++) {
        for (int y = x + 1; y < N_COLUMNS; y++) {
            if (has_column(work, x) && has_column(work, y)) {
                heed_buffer_printf(out, "%s{\"of\":[\"%s\",\"%s\"]",
                                   first ? "" : ",", column_names[x],
                                   column_names[y]);
                put_number(out, "rho", correlate(work, x, y));
                heed_buffer_puts(out, "}");
                first = false;
            }
        }
    }
    heed_buffer_puts(out, "]}\n");
}

static void put_heading(struct heed_buffer *out, const struct work *work)
{
    const struct heed_cli_options *options = work->options;
    if (options->to) {
        heed_buffer_printf(
            out,
            "'%s' -> '%s': what it weighs in each head, and what "
            "muting the head changes\nlink: mean |change| of its "
            "weight in the heads of later layers; ",
            options->from, options->to);
    }
    if (options->from) {
        heed_buffer_printf(out, "token: 1 - cosine of '%s', last layer; ",
                           options->from);
    }
    heed_buffer_puts(out, "sentence: 1 - cosine of the embedding\nhead    ");
    for (int c = 0; c < N_COLUMNS; c++) {
        if (has_column(work, c)) {
            heed_buffer_printf(out, " %9s", column_titles[c]);
        }
    }
    heed_buffer_puts(out, options->to ? "  most changed\n" : "\n");
}

static void put_row(struct heed_buffer *out, const struct work *work,
                    const struct row *row)
{
    struct heed_buffer name = {0};
    heed_buffer_printf(&name, "L%dH%d", row->head.layer, row->head.head);
    heed_buffer_printf(out, "%-8s", name.data ? name.data : "");
    heed_buffer_finish(&name);
    for (int c = 0; c < N_COLUMNS; c++) {
        if (has_column(work, c)) {
            heed_buffer_printf(out, " %9.*f", c < COLUMN_LINK ? 3 : 5,
                               row->values[c]);
        }
    }
    if (work->key.count > 0 && row->head.change_layer >= 0) {
        heed_buffer_printf(out, "  L%dH%d %+.3f", row->head.change_layer,
                           row->head.change_head, (double)row->head.link_change);
    }
    heed_buffer_puts(out, "\n");
}

static void put_table(struct heed_buffer *out, const struct work *work)
{
    put_heading(out, work);
    for (int i = 0; i < work->n; i++) {
        put_row(out, work, &work->rows[i]);
    }
    if (work->key.count == 0) {
        return;
    }
    heed_buffer_puts(out, "Spearman's rank correlation over the heads:\n");
    for (int c = 0; c < COLUMN_LINK; c++) {
        heed_buffer_printf(out, "%-8s with link %+.3f, token %+.3f, sentence %+.3f\n",
                           column_titles[c], correlate(work, c, COLUMN_LINK),
                           correlate(work, c, COLUMN_TOKEN),
                           correlate(work, c, COLUMN_SENTENCE));
    }
}

static bool print(const struct work *work, struct heed_error *err)
{
    struct heed_buffer out = {0};
    if (work->options->json) {
        put_json(&out, work);
    } else {
        put_table(&out, work);
    }
    const bool ok = heed_cli_print(&out, err);
    heed_buffer_finish(&out);
    return ok;
}

static bool make(struct work *work, struct heed_cli_text text,
                 struct heed_error *err)
{
    const struct heed_filter plain = heed_filter_default();
    if (!heed_cli_open_model(&work->pipeline, work->options, err) ||
        !heed_cli_run(&work->result, work->pipeline, text, work->options->pair,
                      &plain, err) ||
        !pick(&work->query, work, work->options->from, err) ||
        !pick(&work->key, work, work->options->to, err)) {
        return false;
    }
    work->n = work->result->run->n_layers * work->result->run->n_heads;
    work->heads = malloc((size_t)work->n * sizeof *work->heads);
    work->rows = calloc((size_t)work->n, sizeof *work->rows);
    if (!work->heads || !work->rows) {
        return no_memory(err);
    }
    return fill_rows(work, err) && print(work, err);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    if (options->to && !options->from) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "ablate needs --from WORD with --to WORD "
                              "(heed ablate --help)");
    }
    if (heed_cli_changes_filter(options)) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "ablate is of the whole text and plain weights; "
                              "leave out the filters");
    }
    struct heed_cli_texts texts = {0};
    if (!heed_cli_read_text(&texts, options, &heed_command_ablate, err)) {
        return false;
    }
    struct work work = {.options = options};
    const bool ok = make(&work, texts.items[0], err);
    free(work.heads);
    free(work.rows);
    heed_result_release(work.result);
    heed_pipeline_close(work.pipeline);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_ablate[] = {
    {"from", "WORD[:k]", "the query, and the token whose state is compared",
     HEED_OPTION_TEXT, offsetof(struct heed_cli_options, from)},
    {"to", "WORD[:k]", "the key: the link's other end", HEED_OPTION_TEXT,
     offsetof(struct heed_cli_options, to)},
    {"pair", "TEXT2", "a second text, after the first [SEP]", HEED_OPTION_TEXT,
     offsetof(struct heed_cli_options, pair)},
    {"file", "F", "the text is the one line of F; - is standard input",
     HEED_OPTION_PATH, offsetof(struct heed_cli_options, file)},
};

const struct heed_command heed_command_ablate = {
    .name = "ablate",
    .usage = "TEXT [--from WORD[:k] [--to WORD[:k]]] [--json]",
    .summary = "mute every head in turn: what changes without it?",
    .about =
        "A muted head's output is zero; everything after it is computed again. "
        "link: mean\n|change| of the link's weight in the heads of later "
        "layers "
        "(the last layer's heads\nhave none); token and sentence: 1 - cosine "
        "of the last hidden state of --from and\nof the mean-pooled sentence "
        "embedding. Largest first, by the first of these that was\nasked for. "
        "The model wasn't trained with muted heads.\n",
    .argument = "a text",
    .options = options_of_ablate,
    .n_options = HEED_COUNT(options_of_ablate),
    .run = run,
};

#include <stddef.h>
#include <string.h>

#include "cli/commands.h"
#include "core/attention/attention_file.h"

static void put_names(struct heed_buffer *out, const struct heed_attention_part *part,
                      const char *quote, const char *comma)
{
    bool any = false;
    for (int i = 0; i < HEED_N_PART_TENSORS; i++) {
        if (part->tensors[i]) {
            heed_buffer_printf(out, "%s%s%s%s", any ? comma : "", quote, heed_part_tensor_names[i],
                               quote);
            any = true;
        }
    }
}

static void put_json(struct heed_buffer *out, const struct heed_attention_part *part,
                     const struct heed_row_findings *rows)
{
    heed_buffer_printf(out,
                       "{\"kind\":\"%s\",\"layers\":%d,\"heads\":%d,\"queries\":%d,\"keys\":%d,"
                       "\"type\":\"%s\",\"tensors\":[",
                       heed_part_kind_words[part->kind], part->n_layers, part->n_heads,
                       part->queries.n, part->keys.n,
                       part->tensors[HEED_PART_ATTENTIONS]->dtype_name);
    put_names(out, part, "\"", ",");
    heed_buffer_printf(out,
                       "],\"rows\":%zu,\"rows_off\":%zu,\"tolerance\":%g,\"furthest\":{"
                       "\"layer\":%d,\"head\":%d,\"row\":%d,\"sum\":%.9g}}",
                       rows->n_rows, rows->n_off, rows->tolerance, rows->layer, rows->head,
                       rows->row, rows->sum);
}

static void put_lines(struct heed_buffer *out, const struct heed_attention_part *part,
                      const struct heed_row_findings *rows)
{
    heed_buffer_printf(out, "%s: %d layers, %d heads, %d queries, %d keys, %s; ",
                       heed_part_kind_words[part->kind], part->n_layers, part->n_heads,
                       part->queries.n, part->keys.n,
                       part->tensors[HEED_PART_ATTENTIONS]->dtype_name);
    put_names(out, part, "", ", ");
    heed_buffer_puts(out, "\n  values: all finite, no weight below 0\n");
    if (rows->n_off == 0) {
        heed_buffer_printf(out, "  rows: all %zu sum to 1 within %g\n", rows->n_rows,
                           rows->tolerance);
        return;
    }
    heed_buffer_printf(out,
                       "  rows: %zu of %zu don't sum to 1 within %g; the furthest, L%dH%d row %d, "
                       "sums to %.6g\n",
                       rows->n_off, rows->n_rows, rows->tolerance, rows->layer, rows->head,
                       rows->row, rows->sum);
}

static bool check_parts(const struct heed_cli_options *options,
                        const struct heed_attention_file *file, struct heed_error *err)
{
    struct heed_buffer out = {0};
    bool ok = true;
    if (options->json) {
        heed_buffer_puts(&out, "{\"file\":");
        heed_buffer_put_json(&out, options->text, strlen(options->text));
        heed_buffer_puts(&out, ",\"parts\":[");
    }
    for (int i = 0; ok && i < heed_attention_count_parts(file); i++) {
        struct heed_row_findings rows;
        ok = heed_attention_check(file, i, &rows, NULL, NULL, err);
        const struct heed_attention_part *part = heed_attention_get_part(file, i);
        if (ok && options->json) {
            heed_buffer_puts(&out, i > 0 ? "," : "");
            put_json(&out, part, &rows);
        } else if (ok) {
            put_lines(&out, part, &rows);
        }
    }
    heed_buffer_puts(&out, options->json ? "]}\n" : "");
    if (!ok) {
        heed_buffer_finish(&out);
        return false;
    }
    return heed_cli_print_end(&out, err);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_attention_file *file = NULL;
    if (!options->text) {
        return heed_error_set(err, HEED_ERROR_USAGE, "check needs the file (heed check --help)");
    }
    const bool ok =
        heed_attention_open(&file, options->text, err) && check_parts(options, file, err);
    heed_attention_close(file);
    return ok;
}

const struct heed_command heed_command_check = {
    .name = "check",
    .usage = "FILE.safetensors",
    .summary = "read all of an attention file and say whether it is sound",
    .about = "Of a file as docs/attention-file.md has it, wherever it comes from: names, types,\n"
             "shapes and metadata, that every value is finite and no weight below 0. A file\n"
             "that isn't sound ends in a line and status 1. Rows that don't sum to 1 within\n"
             "0.001 (0.01 if they are BF16) are counted, and the furthest is named: that is no\n"
             "error, as a file may hold what is left of them.\n",
    .argument = "a file",
    .takes = HEED_TAKES_JSON,
    .run = run,
};

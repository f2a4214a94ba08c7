#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* One file's lines, or its object. */
static bool check_file(struct heed_buffer *out, const char *path, bool json, struct heed_error *err)
{
    struct heed_attention_file *file = NULL;
    bool ok = heed_attention_open(&file, path, err);
    if (json) {
        heed_buffer_puts(out, "{\"file\":");
        heed_buffer_put_json(out, path, strlen(path));
        heed_buffer_puts(out, ",\"parts\":[");
    }
    for (int i = 0; ok && i < heed_attention_count_parts(file); i++) {
        struct heed_row_findings rows;
        const struct heed_attention_part *part = heed_attention_get_part(file, i);
        ok = heed_attention_check(file, i, &rows, NULL, NULL, err);
        if (ok && json) {
            heed_buffer_puts(out, i > 0 ? "," : "");
            put_json(out, part, &rows);
        } else if (ok) {
            put_lines(out, part, &rows);
        }
    }
    heed_buffer_puts(out, json && ok ? "]}" : "");
    heed_attention_close(file);
    return ok;
}

static bool check_one(const char *path, bool json, struct heed_error *err)
{
    struct heed_buffer out = {0};
    if (!check_file(&out, path, json, err)) {
        heed_buffer_finish(&out);
        return false;
    }
    heed_buffer_puts(&out, json ? "\n" : "");
    return heed_cli_print_end(&out, err);
}

/* --- a folder --- */

static int is_attention(const struct dirent *entry)
{
    static const char end[] = ".safetensors";
    const size_t length = strlen(entry->d_name), n = sizeof end - 1;
    return length > n && entry->d_name[0] != '.' && strcmp(entry->d_name + length - n, end) == 0;
}

/* A file of a folder; what is wrong in it stands in its place, and the next follows. */
static bool check_listed(struct heed_buffer *out, const char *path, const char *name, bool json)
{
    struct heed_error err = {0};
    struct heed_buffer of_file = {0};
    const bool ok = check_file(&of_file, path, json, &err);
    if (!json) {
        heed_buffer_printf(out, "%s\n", name);
    }
    if (ok) {
        heed_buffer_append(out, of_file.data, of_file.size);
    } else if (json) {
        heed_buffer_puts(out, "{\"file\":");
        heed_buffer_put_json(out, path, strlen(path));
        heed_buffer_puts(out, ",\"error\":");
        heed_buffer_put_json(out, err.text, strlen(err.text));
        heed_buffer_puts(out, "}");
    } else {
        heed_buffer_printf(out, "  not sound: %s\n", err.text);
    }
    out->failed |= of_file.failed;
    heed_buffer_finish(&of_file);
    return ok;
}

static bool print_folder(const char *folder, struct dirent **entries, int n, bool json,
                         struct heed_error *err)
{
    struct heed_buffer out = {0};
    int n_bad = 0;
    heed_buffer_puts(&out, json ? "{\"files\":[" : "");
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        const int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        heed_buffer_puts(&out, json && i > 0 ? "," : "");
        n_bad += length < 0 || (size_t)length >= sizeof path ||
                 !check_listed(&out, path, entries[i]->d_name, json);
    }
    heed_buffer_puts(&out, json ? "]}\n" : "");
    return heed_cli_print_end(&out, err) &&
           (n_bad == 0 ||
            heed_error_set(err, HEED_ERROR_FORMAT,
                           "%d of the %d attention files in '%s' aren't sound", n_bad, n, folder));
}

static bool check_folder(const char *folder, bool json, struct heed_error *err)
{
    struct dirent **entries = NULL;
    const int n = scandir(folder, &entries, is_attention, alphasort);
    if (n < 0) {
        return heed_error_set(err, HEED_ERROR_FILE, "can't read '%s': %s", folder, strerror(errno));
    }
    const bool ok = n > 0 ? print_folder(folder, entries, n, json, err)
                          : heed_error_set(err, HEED_ERROR_INPUT,
                                           "'%s' has no attention files (*.safetensors)", folder);
    for (int i = 0; i < n; i++) {
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct stat status;
    if (!options->text) {
        return heed_error_set(err, HEED_ERROR_USAGE, "check needs the file (heed check --help)");
    }
    return stat(options->text, &status) == 0 && S_ISDIR(status.st_mode)
               ? check_folder(options->text, options->json, err)
               : check_one(options->text, options->json, err);
}

const struct heed_command heed_command_check = {
    .name = "check",
    .usage = "FILE.safetensors|FOLDER",
    .summary = "read all of an attention file and say whether it is sound",
    .about = "Of a file as docs/attention-file.md has it, wherever it comes from: names, types,\n"
             "shapes and metadata, that every value is finite and no weight below 0. A file\n"
             "that isn't sound ends in a line and status 1. Rows that don't sum to 1 within\n"
             "0.001 (0.01 if they are BF16) are counted, and the furthest is named: that is no\n"
             "error, as a file may hold what is left of them.\n"
             "Of a folder all of its attention files, by name: what is wrong in one stands in its\n"
             "place, and the status is 1.\n",
    .argument = "a file or folder",
    .takes = HEED_TAKES_JSON,
    .run = run,
};

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/attention_write.h"
#include "cli/commands.h"

/* Of several texts a name that isn't there yet is a folder's, unless it ends as a file's. */
static bool is_folder(const struct heed_cli_options *options)
{
    static const char ending[] = ".safetensors";
    struct stat status;
    const char *path = options->output;
    const size_t length = strlen(path), end = sizeof ending - 1;
    if (length > 0 && path[length - 1] == '/') {
        return true;
    }
    if (stat(path, &status) == 0) {
        return S_ISDIR(status.st_mode);
    }
    return options->file && strcmp(path, "-") != 0 &&
           !(length >= end && strcmp(path + length - end, ending) == 0);
}

/* A file in the folder for each text: 001.safetensors, as wide as the last
 * number. folder NULL: output itself. */
static bool name_file(char *path, size_t size, const char *output, bool in_folder, size_t text,
                      size_t n_texts, struct heed_error *err)
{
    int width = 3;
    for (size_t most = 1000; n_texts >= most && width < 9; most *= 10) {
        width++;
    }
    const bool slash = output[strlen(output) - 1] == '/';
    const int length = in_folder ? snprintf(path, size, "%s%s%0*zu.safetensors", output,
                                            slash ? "" : "/", width, text + 1)
                                 : snprintf(path, size, "%s", output);
    if (length < 0 || (size_t)length >= size) {
        return heed_error_set(err, HEED_ERROR_FILE,
                              "can't write to '%.80s...': its path is too long", output);
    }
    return true;
}

static bool print_summary(const struct heed_cli_options *options, const char *path,
                          const struct heed_result *result, struct heed_error *err)
{
    if (!options->json) {
        return true;
    }
    struct heed_buffer out = {0};
    heed_buffer_puts(&out, "{\"file\":");
    heed_buffer_put_json(&out, path, strlen(path));
    heed_buffer_printf(&out, ",\"layers\":%d,\"heads\":%d,\"tokens\":%d,\"units\":%d}\n",
                       result->run->n_layers, result->run->n_heads, result->run->n_tokens,
                       result->maps->n);
    return heed_cli_print_end(&out, err);
}

static bool write_text(const struct heed_cli_options *options, struct heed_pipeline *pipeline,
                       struct heed_cli_text text, const char *path, bool *is_whole,
                       struct heed_error *err)
{
    const struct heed_filter filter = heed_cli_get_filter(options, 0);
    const struct heed_result *result = NULL;
    const bool ok = heed_cli_run(&result, pipeline, text, options, &filter, err) &&
                    heed_cli_write_attention(path, result, pipeline, is_whole, err) &&
                    print_summary(options, path, result, err);
    heed_result_release(result);
    return ok;
}

static bool write_texts(const struct heed_cli_options *options, const struct heed_cli_texts *texts,
                        struct heed_error *err)
{
    struct heed_pipeline *pipeline = NULL;
    const bool in_folder = is_folder(options);
    bool all_whole = true;
    bool ok = (!in_folder || heed_file_make_folder(options->output, err)) &&
              heed_cli_open_model(&pipeline, options, err);
    for (size_t i = 0; ok && i < texts->n; i++) {
        char path[PATH_MAX];
        bool is_whole = true;
        ok = name_file(path, sizeof path, options->output, in_folder, i, texts->n, err) &&
             write_text(options, pipeline, texts->items[i], path, &is_whole, err);
        all_whole = all_whole && is_whole;
    }
    heed_pipeline_close(pipeline);
    if (ok && !all_whole) {
        heed_cli_note("note: tokens were hidden or merged, so that queries, keys, values, value "
                      "norms and hidden states of each aren't written");
    }
    return ok;
}

static bool check(const struct heed_cli_options *options, struct heed_error *err)
{
    if (!options->output) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "attention needs -o F.safetensors for the tensors");
    }
    if (options->json && strcmp(options->output, "-") == 0) {
        return heed_error_set(
            err, HEED_ERROR_USAGE,
            "attention can't write both the tensors and --json to standard output");
    }
    return true;
}

static bool check_texts(const struct heed_cli_options *options, const struct heed_cli_texts *texts,
                        struct heed_error *err)
{
    if (texts->n == 1 || (texts->n > 1 && is_folder(options))) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          texts->n == 0
                              ? "'%s' holds no line"
                              : "'%s' holds %zu lines: name a folder for their files, as -o runs/",
                          options->file, texts->n);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_texts texts = {0};
    struct heed_variant variant;
    if (!check(options, err) || !heed_cli_read_variant(&variant, options, err) ||
        !heed_cli_read_texts(&texts, options, &heed_command_attention, err)) {
        return false;
    }
    const bool ok = check_texts(options, &texts, err) && write_texts(options, &texts, err);
    heed_cli_texts_finish(&texts);
    return ok;
}

static const struct heed_option options_of_attention[] = {
    {HEED_OPTION(PATH, "output", "F", output,
                 "the file to write, or a folder; - is standard output"),
     .letter = 'o'},
    {HEED_CLI_PAIR_OPTION},
    {HEED_OPTION(PATH, "file", "F", file,
                 "one text a line, each into a file of the folder; - is standard input")},
    {HEED_CLI_MASK_OPTION},
    {HEED_CLI_POSITIONS_OPTION},
    {HEED_CLI_ATTENTION_OPTION},
};

const struct heed_command heed_command_attention = {
    .name = "attention",
    .usage = "TEXT [--pair TEXT2] -o F.safetensors",
    .summary = "write attention, q, k, v and hidden states as safetensors",
    .about = "Writes an attention file (docs/attention-file.md), float32: attentions [layers,\n"
             "heads, n, n]; queries, keys, values [layers, heads, n, d_head]; value_norms\n"
             "[layers, heads, n]; hidden_states [layers+1, n, hidden]. The metadata holds the\n"
             "model, the text, its tokens and what of mask, positions and attention was\n"
             "changed. The filters change attentions: links that aren't drawn are 0, and\n"
             "--aggregate adds a tensor aggregate [n, n]. Where they hide or merge tokens, the\n"
             "file is of what stays, without queries and the like. With --file and a folder\n"
             "(an existing one, or a name that ends in /), line 1 goes to 001.safetensors.\n",
    .argument = "a text",
    .options = options_of_attention,
    .n_options = HEED_COUNT(options_of_attention),
    .takes = HEED_TAKES_RUN | HEED_TAKES_JSON | HEED_TAKES_FILTERS,
    .run = run,
};

#include <string.h>

#include "app/app.h"
#include "cli/commands.h"

static bool ends_in(const char *name, const char *ending)
{
    const size_t length = strlen(name);
    const size_t n = strlen(ending);
    return length > n && strcmp(name + length - n, ending) == 0;
}

/* A file of sentences; a sentence that ends so has blanks. */
static bool is_probe(const char *name)
{
    return ends_in(name, ".tsv") || ends_in(name, ".conllu");
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_app_options app = {.n_threads = options->threads};
    const struct heed_filter filter = heed_cli_get_filter(options, heed_filter_default().threshold);
    if (heed_cli_changes_filter(options)) {
        app.filter = &filter;
    }
    if (options->text && !options->text_is_literal && ends_in(options->text, ".heed")) {
        app.session_path = options->text;
    } else if (heed_cli_is_attention_file(options)) {
        return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                              "the window doesn't open attention files: heed export %s draws them "
                              "(heed -- TEXT is a text whatever it looks like)",
                              options->text);
    } else if (options->text && !options->text_is_literal && is_probe(options->text)) {
        app.file_path = options->text;
    } else if (options->text) {
        if (!heed_options_check_utf8(options->text, "the text", err)) {
            return false;
        }
        app.text = options->text;
    }
    app.model_folder = options->model; /* without one the window opens and says so */
    return heed_app_run(&app, err);
}

const struct heed_command heed_command_window = {
    .name = "",
    .usage = "[TEXT | FILE.heed | FILE.tsv | FILE.conllu | COMMAND ...] [options]",
    .summary = "show what every attention head of a BERT-style encoder attends to",
    .about = "With a text, or the last one, heed opens its window; a name that ends in .heed is a\n"
             "session file, one in .tsv or .conllu sentences to probe. heed -- TEXT is a text\n"
             "whatever it looks like.\n",
    .argument = "a text",
    .takes = HEED_TAKES_RUN | HEED_TAKES_FILTERS,
    .run = run,
};

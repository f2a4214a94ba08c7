#include <string.h>

#include "app/app.h"
#include "base/folder.h"
#include "cli/commands.h"
#include "core/attention/attention_file.h"

static const char end_of_file[] = ".safetensors";

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

/* Opens the file once to say what is wrong with it before there is a window. */
static bool find_part(const struct heed_cli_options *options, enum heed_part_kind *part,
                      struct heed_error *err)
{
    struct heed_attention_file *file = NULL;
    if (!heed_attention_open(&file, options->text, err)) {
        return false;
    }
    bool found = !options->part;
    for (int i = 0; !found && i < heed_attention_count_parts(file); i++) {
        *part = heed_attention_get_part(file, i)->kind;
        found = strcmp(heed_part_kind_words[*part], options->part) == 0;
    }
    heed_attention_close(file);
    return found || heed_error_set(err, HEED_ERROR_INPUT, "'%s' has no part %.40s (heed check %s)",
                                   options->text, options->part, options->text);
}

/* A folder: by its slash, or because it is one that holds attention files. */
static bool is_folder(const char *name)
{
    struct heed_folder inside = {0};
    bool has = ends_in(name, "/");
    if (has || !heed_folder_read(&inside, name, SIZE_MAX, NULL)) {
        return has;
    }
    for (size_t i = 0; i < inside.n; i++) {
        has = has || (!inside.entries[i].is_folder && ends_in(inside.entries[i].name, end_of_file));
    }
    heed_folder_finish(&inside);
    return has;
}

/* Several arguments are attention files, or a text that lacks its quotes. */
static bool check_more(const struct heed_cli_options *options, struct heed_error *err)
{
    const char *wrong =
        !options->n_more || heed_cli_is_attention_file(options) ? NULL : options->more[0];
    for (int i = 0; i < options->n_more && !wrong; i++) {
        wrong = ends_in(options->more[i], end_of_file) ? NULL : options->more[i];
    }
    return !wrong ||
           heed_error_set(err, HEED_ERROR_USAGE,
                          "'%.40s' is one argument too many; put the text in quotes", wrong);
}

static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_app_options app = {.n_threads = options->threads,
                                   .attention_budget = (size_t)options->attention_memory << 20,
                                   .more_paths = options->more,
                                   .n_more = options->n_more};
    if (!check_more(options, err)) {
        return false;
    }
    const struct heed_filter filter = heed_cli_get_filter(options, heed_filter_default().threshold);
    if (heed_cli_changes_filter(options)) {
        app.filter = &filter;
    }
    if (options->part && !heed_cli_is_attention_file(options)) {
        return heed_cli_refuse_part(err);
    }
    if (options->text && !options->text_is_literal && ends_in(options->text, ".heed")) {
        app.session_path = options->text;
    } else if (heed_cli_is_attention_file(options)) {
        app.attention_path = options->text;
        if (!find_part(options, &app.part, err)) {
            return false;
        }
    } else if (options->text && !options->text_is_literal &&
               (is_probe(options->text) || ends_in(options->text, ".txt") ||
                is_folder(options->text))) {
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

static const struct heed_option options_of_window[] = {
    {HEED_CLI_PART_OPTION},
};

const struct heed_command heed_command_window = {
    .name = "",
    .usage = "[TEXT | FILE ... | FOLDER | COMMAND ...] [options]",
    .summary = "show what every attention head of a BERT-style encoder attends to",
    .about = "With a text, or the last one, heed opens its window; a name that ends in .heed is a\n"
             "session file, one in .safetensors attention that any program computed (several, or\n"
             "a folder of them, are listed), one in .tsv or .conllu sentences to probe, one in\n"
             ".txt sentences to go through, a line each.\n"
             "heed -- TEXT is a text whatever it looks like.\n",
    .argument = "a text",
    .takes_more = true,
    .options = options_of_window,
    .n_options = HEED_COUNT(options_of_window),
    .takes = HEED_TAKES_RUN | HEED_TAKES_FILTERS,
    .run = run,
};

#include "cli/options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"

/* What several commands take. */
static const struct heed_option common[] = {
    {HEED_OPTION(PATH, "model", "MODEL", model,
                 "its folder, or its name as heed models lists it (default: the one that ./run "
                 "fetched)"),
     .group = HEED_TAKES_MODEL},
    {HEED_OPTION(INT, "threads", "N", threads, "threads to compute with (default: one a core)"), 1,
     256, .group = HEED_TAKES_THREADS},
    {HEED_OPTION(
         INT, "attention-memory", "MIB", attention_memory,
         "beyond that, weights are made again on demand (default: a quarter of the memory)"),
     1, 1 << 24, .group = HEED_TAKES_THREADS},
    {HEED_OPTION(FLAG, "json", NULL, json, "print one JSON document"), .group = HEED_TAKES_JSON},
    {HEED_OPTION(FLAG, "hide-special", NULL, filter.hide_special,
                 "leave [CLS], [SEP] and the like out"),
     .group = HEED_TAKES_MAPS},
    {HEED_OPTION(FLAG, "hide-punctuation", NULL, filter.hide_punctuation,
                 "leave punctuation signs out"),
     .group = HEED_TAKES_MAPS},
    {HEED_OPTION(FLAG, "renormalise", NULL, filter.renormalise,
                 "divide rows by what hidden tokens leave"),
     .group = HEED_TAKES_MAPS},
    {HEED_OPTION(FLOAT, "threshold", "T", threshold, "links below T aren't drawn (pictures: 0.01)"),
     0, 1, .group = HEED_TAKES_LINKS},
    {HEED_OPTION(FLOAT, "top-p", "P", filter.top_p,
                 "only a row's largest links that hold the share P"),
     0, 1, .group = HEED_TAKES_LINKS},
    {HEED_OPTION(INT, "top-k", "K", filter.top_k, "only a row's K largest links"), 1, 1 << 20,
     .group = HEED_TAKES_LINKS},
    {HEED_OPTION(CHOICE, "segments", "S", filter.segments,
                 "only links from text a or b to text a or b"),
     0, 0, heed_segments_words, HEED_SEGMENTS_ALL, .group = HEED_TAKES_LINKS},
    {HEED_OPTION(FLAG, "words", NULL, filter.words,
                 "merge wordpieces: columns summed, rows averaged"),
     .group = HEED_TAKES_MAPS},
    {HEED_OPTION(CHOICE, "aggregate", "A", filter.aggregate, "one map over the chosen heads"), 0, 0,
     heed_aggregate_words + 1, HEED_AGGREGATE_MEAN, .group = HEED_TAKES_AGGREGATE},
    {HEED_OPTION(CHOICE, "measure", "M", filter.measure, "what is shown of a link"), 0, 0,
     heed_measure_words, HEED_MEASURE_WEIGHT, .group = HEED_TAKES_MAPS},
    {HEED_OPTION(FLAG, "help", NULL, help, "print this page"), .letter = 'h'},
    {HEED_OPTION(FLAG, "version", NULL, version, "print the version")},
};

/* Between a command's name and a message; the window has none. */
static const char *colon(const struct heed_command *command)
{
    return command->name[0] != '\0' ? ": " : "";
}

bool heed_options_check_utf8(const char *text, const char *what, struct heed_error *err)
{
    size_t bad = 0;
    if (heed_utf8_valid(text, strlen(text), &bad)) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_INPUT, "%s isn't valid UTF-8 at byte %zu", what, bad + 1);
}

static bool takes(const struct heed_command *command, const struct heed_option *option)
{
    return option->group == 0 || (command->takes & option->group) != 0;
}

static const struct heed_option *find_in(const struct heed_option *options, int n, const char *name,
                                         size_t length)
{
    for (int i = 0; i < n; i++) {
        const struct heed_option *option = &options[i];
        const bool is_letter = length == 1 && option->letter != '\0' && option->letter == *name;
        if (is_letter ||
            (strlen(option->name) == length && memcmp(option->name, name, length) == 0)) {
            return option;
        }
    }
    return NULL;
}

static const struct heed_option *find(const struct heed_command *command, const char *name,
                                      size_t length)
{
    const struct heed_option *option = find_in(command->options, command->n_options, name, length);
    if (!option) {
        option = find_in(common, HEED_COUNT(common), name, length);
    }
    return option && takes(command, option) ? option : NULL;
}

static bool fail_unknown(const struct heed_command *command, const char *arg,
                         struct heed_error *err)
{
    struct heed_buffer list = {0};
    for (int i = 0; i < command->n_options; i++) {
        heed_buffer_printf(&list, "--%s, ", command->options[i].name);
    }
    for (size_t i = 0; i < HEED_COUNT(common); i++) {
        if (takes(command, &common[i])) {
            heed_buffer_printf(&list, "%s--%s", i > 0 ? ", " : "", common[i].name);
        }
    }
    heed_error_set(err, HEED_ERROR_USAGE, "%s%sthere is no option '%.40s'; there are %s",
                   command->name, colon(command), arg, list.data ? list.data : "others");
    heed_buffer_finish(&list);
    return false;
}

static bool fail_choice(const struct heed_option *option, const char *value, struct heed_error *err)
{
    struct heed_buffer list = {0};
    for (int i = 0; option->words[i]; i++) {
        heed_buffer_printf(&list, "%s%s", i > 0 ? ", " : "", option->words[i]);
    }
    heed_error_set(err, HEED_ERROR_USAGE, "--%s can't be '%.40s'; it is one of %s", option->name,
                   value, list.data ? list.data : "others");
    heed_buffer_finish(&list);
    return false;
}

static bool store_choice(void *place, const struct heed_option *option, const char *value,
                         struct heed_error *err)
{
    for (int i = 0; option->words[i]; i++) {
        if (strcmp(option->words[i], value) == 0) {
            const int meaning = option->first + i;
            memcpy(place, &meaning, sizeof meaning);
            return true;
        }
    }
    return fail_choice(option, value, err);
}

/* Decimal digits with a point and an exponent, and nothing else. */
static bool parse_number(const char *value, double *number)
{
    if (*value == '\0' || value[strspn(value, "0123456789.eE+-")] != '\0') {
        return false;
    }
    char *end = NULL;
    *number = strtod(value, &end);
    return *end == '\0' && isfinite(*number);
}

static bool store_number(void *place, const struct heed_option *option, const char *value,
                         struct heed_error *err)
{
    const bool whole = option->kind == HEED_OPTION_INT;
    double number = 0;
    if (!parse_number(value, &number) || number < option->least || number > option->most ||
        (whole && number != floor(number))) {
        return heed_error_set(
            err, HEED_ERROR_USAGE, "--%s can't be '%.40s'; it is a %s from %.10g to %.10g",
            option->name, value, whole ? "whole number" : "number", option->least, option->most);
    }
    if (whole) {
        *(int *)place = (int)number;
    } else {
        *(float *)place = (float)number;
    }
    return true;
}

static bool store(struct heed_cli_options *options, const struct heed_option *option,
                  const char *value, struct heed_error *err)
{
    void *place = (char *)options + option->offset;
    switch (option->kind) {
    case HEED_OPTION_FLAG:
        *(bool *)place = true;
        return true;
    case HEED_OPTION_TEXT: {
        char what[64] = "--";
        strncat(what, option->name, sizeof what - 3);
        if (!heed_options_check_utf8(value, what, err)) {
            return false;
        }
        *(const char **)place = value;
        return true;
    }
    case HEED_OPTION_PATH:
        if (*value == '\0') {
            return heed_error_set(err, HEED_ERROR_USAGE, "--%s needs a name, not nothing",
                                  option->name);
        }
        *(const char **)place = value;
        return true;
    case HEED_OPTION_INT:
    case HEED_OPTION_FLOAT:
        return store_number(place, option, value, err);
    case HEED_OPTION_CHOICE:
        return store_choice(place, option, value, err);
    }
    return true;
}

/* What the option's member is in a filter; NULL: nothing. */
static void *member_of(const struct heed_option *option, struct heed_filter *filter)
{
    const size_t begin = offsetof(struct heed_cli_options, filter);
    if (option->offset < begin || option->offset >= begin + sizeof *filter) {
        return NULL;
    }
    return (char *)filter + (option->offset - begin);
}

void heed_options_filter(const struct heed_cli_options *options, struct heed_filter *filter)
{
    for (size_t i = 0; i < HEED_COUNT(common); i++) {
        void *member = member_of(&common[i], filter);
        const void *value = (const char *)options + common[i].offset;
        if (member && (options->given & 1U << i) != 0) {
            memcpy(member, value, common[i].kind == HEED_OPTION_FLAG ? sizeof(bool) : sizeof(int));
        }
    }
    if (options->threshold >= 0) {
        filter->threshold = options->threshold;
    }
}

/* The arguments, and how far they are read. */
struct reader {
    const struct heed_command *command;
    char *const *args;
    int n, next;
};

/* "--name", "--name=value", "--name value", "-o value", "-ovalue". */
static bool read_option(struct heed_cli_options *options, struct reader *reader,
                        struct heed_error *err)
{
    const char *arg = reader->args[reader->next++];
    const bool is_long = arg[1] == '-';
    const char *name = arg + (is_long ? 2 : 1);
    const size_t length = is_long ? strcspn(name, "=") : 1;
    const struct heed_option *option = NULL;
    if (!is_long || length > 1) {
        option = find(reader->command, name, length);
    }
    if (!option) {
        return fail_unknown(reader->command, arg, err);
    }
    if (option >= common && option < common + HEED_COUNT(common)) {
        options->given |= 1U << (option - common);
    }
    const char *value = NULL;
    if (name[length] != '\0') {
        value = name + length + (is_long || name[length] == '=');
    }
    if (!option->value) {
        return value ? heed_error_set(err, HEED_ERROR_USAGE, "--%s takes no value", option->name)
                     : store(options, option, NULL, err);
    }
    if (!value && reader->next < reader->n) {
        value = reader->args[reader->next++];
    }
    if (!value) {
        return heed_error_set(err, HEED_ERROR_USAGE, "--%s needs a value: %s", option->name,
                              option->value);
    }
    return store(options, option, value, err);
}

static bool read_argument(struct heed_cli_options *options, struct reader *reader, bool is_literal,
                          struct heed_error *err)
{
    const struct heed_command *command = reader->command;
    const char *arg = reader->args[reader->next++];
    if (!command->argument) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "%s takes only options, no '%.40s': heed %s %s", command->name, arg,
                              command->name, command->usage);
    }
    if (options->text && command->takes_more && options->n_more < HEED_CLI_MOST_FILES) {
        options->more[options->n_more++] = arg;
        return true;
    }
    if (options->text && command->takes_more) {
        return heed_error_set(err, HEED_ERROR_USAGE, "%s takes no more than %d files",
                              command->name[0] ? command->name : "heed", HEED_CLI_MOST_FILES + 1);
    }
    if (options->text) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "%s%s'%.40s' is one argument too many; put the text in quotes",
                              command->name, colon(command), arg);
    }
    options->text = arg;
    options->text_is_literal = is_literal;
    return true;
}

bool heed_options_parse(struct heed_cli_options *options, const struct heed_command *command,
                        char *const *args, int n, struct heed_error *err)
{
    struct heed_cli_options parsed = {
        .filter = heed_filter_default(), .threshold = -1, .layer = -1};
    struct reader reader = {.command = command, .args = args, .n = n};
    bool options_end = false;
    while (reader.next < n) {
        const char *arg = args[reader.next];
        bool ok = true;
        if (options_end || arg[0] != '-' || arg[1] == '\0') {
            ok = read_argument(&parsed, &reader, options_end, err);
        } else if (strcmp(arg, "--") == 0) {
            options_end = true;
            reader.next++;
        } else {
            ok = read_option(&parsed, &reader, err);
        }
        if (!ok) {
            return false;
        }
    }
    *options = parsed;
    return true;
}

int heed_options_find_argument(char *const *args, int n)
{
    for (int i = 0; i < n; i++) {
        const char *arg = args[i];
        if (arg[0] != '-' || arg[1] == '\0') {
            return i;
        }
        if (strcmp(arg, "--") == 0) {
            return -1;
        }
        const struct heed_option *option =
            find_in(common, HEED_COUNT(common), arg + 2, strlen(arg + 2));
        if (option && option->value) {
            i++;
        }
    }
    return -1;
}

/* The left column: "  -o, --output FILE". */
static void put_option(const struct heed_option *option, struct heed_buffer *out)
{
    struct heed_buffer left = {0};
    heed_buffer_puts(&left, "  ");
    if (option->letter) {
        heed_buffer_printf(&left, "-%c, ", option->letter);
    }
    heed_buffer_printf(&left, "--%s", option->name);
    if (option->value) {
        heed_buffer_printf(&left, " %s", option->value);
    }
    heed_buffer_printf(out, "%-24s  %s", left.data ? left.data : "", option->help);
    for (int i = 0; option->words && option->words[i]; i++) {
        heed_buffer_printf(out, "%s%s", i > 0 ? ", " : ": ", option->words[i]);
    }
    heed_buffer_puts(out, "\n");
    out->failed = out->failed || left.failed;
    heed_buffer_finish(&left);
}

void heed_options_help(const struct heed_command *command, struct heed_buffer *out)
{
    heed_buffer_printf(out, "Usage: heed %s%s%s\n%s\n", command->name,
                       command->name[0] != '\0' ? " " : "", command->usage, command->summary);
    if (command->about) {
        heed_buffer_printf(out, "\n%s", command->about);
    }
    if (command->n_options > 0) {
        heed_buffer_puts(out, "\nOptions:\n");
    }
    for (int i = 0; i < command->n_options; i++) {
        put_option(&command->options[i], out);
    }
    heed_buffer_puts(out, "\nCommon options:\n");
    for (size_t i = 0; i < HEED_COUNT(common); i++) {
        if (takes(command, &common[i])) {
            put_option(&common[i], out);
        }
    }
    heed_buffer_puts(out, "\n-- ends the options. Exit status: 0 done, 1 an error (one line on "
                          "stderr), 2 wrong usage.\n");
}

#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/version.h"
#include "cli/commands.h"

static const struct heed_command *const commands[] = {
    &heed_command_tokens,   &heed_command_attention, &heed_command_check,  &heed_command_export,
    &heed_command_describe, &heed_command_rank,      &heed_command_probe,  &heed_command_ablate,
    &heed_command_predict,  &heed_command_lesson,    &heed_command_models, &heed_command_bench,
    &heed_command_help,
};

static const struct heed_command *find_command(const char *name)
{
    for (size_t i = 0; i < HEED_COUNT(commands); i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static void put_commands(struct heed_buffer *out)
{
    heed_buffer_puts(out, "\nCommands:\n");
    for (size_t i = 0; i < HEED_COUNT(commands); i++) {
        heed_buffer_printf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    }
    heed_buffer_puts(out, "  heed COMMAND --help says more about each.\n");
}

/* The command whose name differs from word by one letter: put in, left out,
 * another, or two changed round; NULL: none. */
static const struct heed_command *find_near(const char *word)
{
    for (size_t i = 0; i < HEED_COUNT(commands); i++) {
        const char *name = commands[i]->name;
        size_t same = 0;
        while (name[same] != '\0' && name[same] == word[same]) {
            same++;
        }
        const char *a = name + same;
        const char *b = word + same;
        const bool swapped = a[0] != '\0' && a[1] != '\0' && a[0] == b[1] && a[1] == b[0] &&
                             strcmp(a + 2, b + 2) == 0;
        if (swapped || (*a != '\0' && strcmp(a + 1, b) == 0) ||
            (*b != '\0' && strcmp(a, b + 1) == 0) ||
            (*a != '\0' && *b != '\0' && strcmp(a + 1, b + 1) == 0)) {
            return commands[i];
        }
    }
    return NULL;
}

static bool fail_command(const char *word, struct heed_error *err)
{
    const struct heed_command *near = find_near(word);
    return heed_error_set(err, HEED_ERROR_USAGE, "there is no command '%.40s'%s%s%s", word,
                          near ? "; did you mean 'heed " : "; 'heed help' lists them",
                          near ? near->name : "", near ? "'?" : "");
}

static int report(const struct heed_error *error)
{
    if (error->code == HEED_ERROR_CLOSED) { /* as cat and ls end */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
        return 1;
    }
    fprintf(stderr, "heed: %s\n", error->text);
    return error->code == HEED_ERROR_USAGE ? 2 : 1;
}

static bool print_page(const struct heed_command *command, bool is_help, struct heed_error *err)
{
    struct heed_buffer out = {0};
    if (is_help) {
        heed_options_help(command, &out);
        if (command == &heed_command_window) {
            put_commands(&out);
        }
    } else {
        heed_buffer_printf(&out, "heed %s\n", heed_version);
    }
    return heed_cli_print_end(&out, err);
}

static bool run_help(const struct heed_cli_options *options, struct heed_error *err)
{
    const char *name = options->text;
    const struct heed_command *command = name ? find_command(name) : &heed_command_window;
    return command ? print_page(command, true, err) : fail_command(name, err);
}

const struct heed_command heed_command_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .summary = "print this page, or a command's",
    .argument = "a command",
    .run = run_help,
};

static bool run(const struct heed_command *command, char *const *args, int n,
                struct heed_error *err)
{
    struct heed_cli_options options;
    if (!heed_options_parse(&options, command, args, n, err)) {
        return false;
    }
    if (options.help || options.version) {
        return print_page(command, options.help, err);
    }
    return command->run(&options, err);
}

/* A file opened later must not get the number of a standard stream that came
 * closed: writing to that stream has to fail instead. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            const int mode = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
            if (open("/dev/null", mode) < 0) {
                return;
            }
        }
    }
}

int heed_cli_main(int argc, char **argv)
{
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is then an error of the write */
    const int n = argc > 0 ? argc - 1 : 0;
    char **args = argv + (argc > 0);
    const struct heed_command *command = &heed_command_window;
    const int place = heed_options_find_argument(args, n);
    const struct heed_command *named = place >= 0 ? find_command(args[place]) : NULL;
    const char *mistyped = place >= 0 && !named && find_near(args[place]) ? args[place] : NULL;
    struct heed_error error = {0};
    if (named) {
        /* The name goes; options before it are the command's. */
        memmove(args + place, args + place + 1, (size_t)(n - place - 1) * sizeof *args);
        command = named;
    }
    const bool ok = run(command, args, n - (named != NULL), &error);
    if (!ok && error.code == HEED_ERROR_USAGE && mistyped) {
        fail_command(mistyped, &error);
    }
    return ok ? 0 : report(&error);
}

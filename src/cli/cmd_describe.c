#include <stddef.h>

#include "cli/commands.h"
#include "state/export_choice.h"
#include "state/state.h"

/* An export in words, to standard output unless a file is named. */
static bool run(const struct heed_cli_options *options, struct heed_error *err)
{
    struct heed_cli_options words = *options;
    if (!options->view && !options->session && !options->compare && !options->compare_model) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "describe needs --view, one of " HEED_VIEW_LIST "ablation, probe");
    }
    words.output = options->output ? options->output : "-";
    words.format = HEED_EXPORT_TEXT;
    return heed_cli_export(&words, err);
}

static const struct heed_option options_of_describe[] = {
    {HEED_OPTION(TEXT, "view", "V", view,
                 "links, arcs, matrix, heads, neuron, stack, compare, lab, ablation or probe")},
    {HEED_OPTION(TEXT, "heads", "L3H1,L5H11", heads,
                 "the heads, in this order (default: L0H0,L0H1,L0H2)")},
    {HEED_OPTION(INT, "layer", "L", layer, "the layer of --head; alone: all of its heads"), 0,
     32767},
    {HEED_OPTION(TEXT, "head", "H[,H...]", head, "heads of --layer")},
    {HEED_OPTION(TEXT, "query", "NAME", query, "pin this run as the query")},
    {HEED_OPTION(TEXT, "key", "NAME", key, "and this one as its key")},
    {HEED_CLI_PAIR_OPTION},
    {HEED_OPTION(TEXT, "compare", "TEXT2", compare, "a second text, held against the first")},
    {HEED_CLI_COMPARE_MODEL_OPTION},
    {HEED_OPTION(CHOICE, "step", "S", step, "of neuron, in steps"), 0, 0, heed_neuron_step_words,
     HEED_NEURON_WHOLE + 1},
    {HEED_CLI_MUTE_OPTION},
    {HEED_CLI_SCALE_OPTION},
    {HEED_CLI_CUT_OPTION},
    {HEED_CLI_MASK_OPTION},
    {HEED_CLI_POSITIONS_OPTION},
    {HEED_CLI_ATTENTION_OPTION},
    {HEED_CLI_FILE_OPTION},
    {HEED_CLI_PART_OPTION},
    {HEED_CLI_STRICT_OPTION},
    {HEED_OPTION(PATH, "session", "F.heed", session,
                 "the state of a session file instead; view, heads, pins and filters on top")},
    {HEED_OPTION(INT, "limit", "N", limit, "the N strongest links, and those of pinned words"), 1,
     1 << 30},
    {HEED_OPTION(PATH, "output", "F", output, "a file instead of standard output"), .letter = 'o'},
};

const struct heed_command heed_command_describe = {
    .name = "describe",
    .usage = "TEXT|FILE.safetensors --view V [--heads L3H1,L5H11] [--query NAME [--key NAME]]",
    .summary = "tell a view's picture in words and numbers",
    .about =
        "For whoever doesn't see it, and for notes: what the picture shows and leaves out, its\n"
        "tokens, and then all its links, cells or numbers, a line a query with its keys from\n"
        "the largest on, read off the picture itself. (N) is a token's position, from 0. With\n"
        "--view probe a file of sentences stands in the text's place.\n" HEED_CLI_ABOUT_NAMES
            HEED_CLI_ABOUT_FILES,
    .argument = "a text",
    .options = options_of_describe,
    .n_options = HEED_COUNT(options_of_describe),
    .takes = HEED_TAKES_RUN | HEED_TAKES_FILTERS,
    .run = run,
};

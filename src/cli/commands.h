/*
 * The commands, one file each, and what they share: the texts, the model,
 * output and notes. Commands print results to standard output only through
 * heed_cli_print, so that a full disk or a closed pipe is an error.
 */
#ifndef HEED_CLI_COMMANDS_H
#define HEED_CLI_COMMANDS_H

#include "base/buffer.h"
#include "base/error.h"
#include "cli/options.h"
#include "core/analysis/rank.h"
#include "core/engine/pipeline.h"
#include "core/text/names.h"

extern const struct heed_command heed_command_tokens;
extern const struct heed_command heed_command_attention;
extern const struct heed_command heed_command_models;
extern const struct heed_command heed_command_predict;
extern const struct heed_command heed_command_rank;
extern const struct heed_command heed_command_probe;
extern const struct heed_command heed_command_ablate;
extern const struct heed_command heed_command_bench;
extern const struct heed_command heed_command_check;
extern const struct heed_command heed_command_export;
extern const struct heed_command heed_command_describe;
extern const struct heed_command heed_command_lesson;
extern const struct heed_command heed_command_help;
extern const struct heed_command heed_command_window;

struct heed_cli_text {
    const char *text;
    size_t length;
};

struct heed_cli_texts {
    char *data; /* what the texts of a file point into */
    struct heed_cli_text *items;
    size_t n;
};

/* The argument, or the lines of --file, as valid UTF-8. */
HEED_NODISCARD bool heed_cli_read_texts(struct heed_cli_texts *texts,
                                        const struct heed_cli_options *options,
                                        const struct heed_command *command, struct heed_error *err);
/* The same, but exactly one. */
HEED_NODISCARD bool heed_cli_read_text(struct heed_cli_texts *texts,
                                       const struct heed_cli_options *options,
                                       const struct heed_command *command, struct heed_error *err);
void heed_cli_texts_finish(struct heed_cli_texts *texts);

/* Of --model, else the default one. */
/* True if the argument is an attention file's name, and not behind "--". */
bool heed_cli_is_attention_file(const struct heed_cli_options *options);
/* Notes rows of the file that don't sum to 1; NULL: there is none. */
void heed_cli_note_rows(const char *path, const struct heed_row_findings *rows);
/* Notes those. */
HEED_NODISCARD bool heed_cli_open_file(struct heed_pipeline **pipeline, const char *path,
                                       const char *kind, struct heed_error *err);
/* The attention file that the argument names, or the model. */
HEED_NODISCARD bool heed_cli_open_source(struct heed_pipeline **pipeline,
                                         const struct heed_cli_options *options,
                                         struct heed_error *err);
/* The model of --compare-model beside it; NULL: none. Errors name the option. */
HEED_NODISCARD bool heed_cli_open_second(struct heed_pipeline *pipeline, const char *model,
                                         struct heed_error *err);
/* That --compare-model isn't asked for of a file. */
HEED_NODISCARD bool heed_cli_check_second(const struct heed_cli_options *options,
                                          struct heed_error *err);
/* Fails for an attention file: "not in this file: the model". */
HEED_NODISCARD bool heed_cli_open_model(struct heed_pipeline **pipeline,
                                        const struct heed_cli_options *options,
                                        struct heed_error *err);

/* Tokens, run and maps of a text, with the options' pair and variant, under a
 * filter; notes a cut. */
HEED_NODISCARD bool heed_cli_run(const struct heed_result **result, struct heed_pipeline *pipeline,
                                 struct heed_cli_text text, const struct heed_cli_options *options,
                                 const struct heed_filter *filter, struct heed_error *err);

/* Of an attention file: false, with "not in this file: words", if it lacks what the filters
 * that were asked for go by. */
HEED_NODISCARD bool heed_cli_can_filter(const struct heed_result *result,
                                        const struct heed_cli_options *options,
                                        struct heed_error *err);

/* Of which tokens a name is: where keys aren't queries, each has its own. */
enum heed_cli_side { HEED_CLI_QUERIES, HEED_CLI_KEYS };

/* The tokens of a name (core/text/names.h). Notes on stderr what it took for granted:
 * the first of several, a token that reaches beyond; with --strict the former is an error. */
HEED_NODISCARD bool
heed_cli_find_name(struct heed_token_range *range, const struct heed_cli_options *options,
                   const struct heed_tokenizer *tokenizer, const struct heed_encoding *encoding,
                   enum heed_cli_side side, const char *name, struct heed_error *err);

/* What --mask, --positions and --attention ask for. Errors: of usage. */
HEED_NODISCARD bool heed_cli_read_variant(struct heed_variant *variant,
                                          const struct heed_cli_options *options,
                                          struct heed_error *err);
bool heed_cli_changes_variant(const struct heed_cli_options *options);

/* What --help says of names: docs/names.md, in short. */
#define HEED_CLI_ABOUT_NAMES                                                                       \
    "NAME is any run of the text from one word boundary to another (a blank, either side of a\n"   \
    "sign, a CJK character): animal, construction worker, it in it's, U.S., e-mail. As spelt,\n"   \
    "else without case. Its tokens' rows are averaged, their columns summed. NAME:k is the\n"      \
    "k-th occurrence, @12-22 the characters 12 to 21 (from 0), NAME@12-22 the same, checked;\n"    \
    "[CLS], [SEP], [SEP]:2 the model's own. \\: \\@ \\| \\; are those signs (docs/names.md).\n"

#define HEED_CLI_ABOUT_FILES                                                                       \
    "FILE.safetensors is an attention file (docs/attention-file.md), whatever computed it: NAME\n" \
    "is then what one of its tokens shows, or several in a row, as spelt, or NAME:k.\n"

/* --part without a file that could have it. */
bool heed_cli_refuse_part(struct heed_error *err);

/* Lines of a command's table, in braces. */
#define HEED_CLI_PAIR_OPTION                                                                       \
    HEED_OPTION(TEXT, "pair", "TEXT2", pair, "a second text, after the first [SEP]")
#define HEED_CLI_COMPARE_MODEL_OPTION                                                              \
    HEED_OPTION(PATH, "compare-model", "MODEL", compare_model,                                     \
                "of another model, as --model: of --compare's text, or of the same")
#define HEED_CLI_FILE_OPTION                                                                       \
    HEED_OPTION(PATH, "file", "F", file, "the text is the one line of F; - is standard input")
#define HEED_CLI_STRICT_OPTION                                                                     \
    HEED_OPTION(FLAG, "strict", NULL, strict, "refuse a name that occurs more than once")
#define HEED_CLI_PART_OPTION                                                                       \
    HEED_OPTION(TEXT, "part", "K", part, "of FILE.safetensors: self, encoder, decoder or cross")
#define HEED_CLI_MUTE_OPTION                                                                       \
    HEED_OPTION(TEXT, "mute", "L3H1,L5H11", mute, "these heads' output is zero")
#define HEED_CLI_SCALE_OPTION HEED_OPTION(TEXT, "scale", "L3H1=0.5,...", scale, "or times a factor")
#define HEED_CLI_CUT_OPTION                                                                        \
    HEED_OPTION(TEXT, "cut", "FROM->TO@L3H1", cut,                                                 \
                "cut this link (several: with ;) there, or everywhere")
#define HEED_CLI_MASK_OPTION                                                                       \
    HEED_OPTION(TEXT, "mask", "M", mask, "full, causal, window[:W], strided[:S] or cross")
#define HEED_CLI_POSITIONS_OPTION                                                                  \
    HEED_OPTION(CHOICE, "positions", "P", positions, "the position embeddings"), 0, 0,             \
        heed_positions_names, HEED_POSITIONS_LEARNED
#define HEED_CLI_ATTENTION_OPTION                                                                  \
    HEED_OPTION(CHOICE, "attention", "A", attention, "how scores become weights"), 0, 0,           \
        heed_attention_names, HEED_ATTENTION_SOFTMAX

/* The options' filter with this threshold unless one was given. */
struct heed_filter heed_cli_get_filter(const struct heed_cli_options *options, float threshold);

/* True if one of the filters' options was given. */
bool heed_cli_changes_filter(const struct heed_cli_options *options);

/* Says on stderr if the text was cut. */
/* What a model, or its tokenizer, says of itself, if it does. */
void heed_cli_note_model(const char *note);
void heed_cli_note_cut(const struct heed_encoding *encoding);
/* "heed: ..." on stderr; a note, not an error. */
void heed_cli_note(const char *format, ...) HEED_PRINTF(1, 2);

/* Puts before an error which option's value it is about: "--compare: ...". Returns false. */
bool heed_cli_blame(struct heed_error *err, const char *option);

/* What heed export does, with its options. */
HEED_NODISCARD bool heed_cli_export(const struct heed_cli_options *options, struct heed_error *err);

/* Writes to standard output and empties the buffer. */
HEED_NODISCARD bool heed_cli_print(struct heed_buffer *out, struct heed_error *err);
/* The same, and frees it. */
HEED_NODISCARD bool heed_cli_print_end(struct heed_buffer *out, struct heed_error *err);

/* A head's name at the beginning of a line of a table. */
void heed_cli_put_head(struct heed_buffer *out, int layer, int head);
/* The filter's fields as a JSON object. */
void heed_cli_put_filter(struct heed_buffer *out, const struct heed_filter *filter);

#endif

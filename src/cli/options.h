/*
 * The commands' options: one table each, which parses the arguments, checks
 * the values and prints --help. Knows nothing of what the commands do.
 */
#ifndef HEED_CLI_OPTIONS_H
#define HEED_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "core/analysis/filter.h"

enum { HEED_CLI_MOST_FILES = 64 };

/* Every command's values. Zero, NULL and false are "not given" except where
 * heed_options_parse says otherwise. Strings are borrowed from argv. */
struct heed_cli_options {
    const char *text;                      /* the argument */
    const char *more[HEED_CLI_MOST_FILES]; /* further ones, of a command that takes files */
    int n_more;
    bool text_is_literal; /* it came after "--" */
    bool help, version, json, csv;
    const char *relation, *contrast, *sentences; /* probe */
    int rows;                                    /* probe: enum heed_probe_rows_asked */
    int by;                                      /* probe: 1 group */
    bool lists;  /* export: patches as tokens, not in their picture */
    bool strict; /* a name must say which occurrence it means */
    const char *file;
    const char *output;
    const char *pair, *compare, *compare_model;
    const char *part; /* of an attention file */
    const char *from, *to;
    bool no_truncate;
    int top; /* predict; 0: not given */
    const char *lengths;
    int only;          /* bench: 1 encode, 2 draw */
    const char *probe; /* bench: the panel's file */
    int kernels;       /* bench: of heed_kernels_names, from 1 on */
    const char *view;
    const char *heads, *head;
    int layer; /* -1: not given */
    const char *query, *key;
    const char *mute, *scale, *cut;
    const char *mask;
    int positions; /* enum heed_positions */
    int attention; /* enum heed_attention_kind */
    const char *theme, *palette, *size, *session;
    const char *lesson; /* export: a file, or the id of one that comes with heed */
    int style;          /* 0 window, 1 figure */
    int format;         /* enum heed_export_format; 0: by the name's ending */
    float font_size_pt, dpi;
    const char *font, *title;
    bool transparent, caption;
    bool fit;
    int limit;
    int columns;
    int step; /* enum heed_neuron_step + 1; 0: not asked for */
    int page; /* of Stack: 1 the embedding, 2 the end; 0: not asked for */
    const char *model;
    int threads;
    int attention_memory;      /* in MiB; 0: not given */
    struct heed_filter filter; /* begins as the default */
    float threshold;           /* -1: not given */
    unsigned given;            /* a bit each for the common options, see heed_options_filter */
};

enum heed_option_kind {
    HEED_OPTION_FLAG,  /* bool */
    HEED_OPTION_TEXT,  /* const char *, valid UTF-8 */
    HEED_OPTION_PATH,  /* const char *, any bytes */
    HEED_OPTION_INT,   /* int in least .. most */
    HEED_OPTION_FLOAT, /* float in least .. most */
    HEED_OPTION_CHOICE /* int: the index of the word + first */
};

struct heed_option {
    const char *name;  /* without the dashes */
    const char *value; /* what --help calls its value; NULL for a flag */
    const char *help;
    enum heed_option_kind kind;
    size_t offset; /* in struct heed_cli_options */
    double least, most;
    const char *const *words; /* of a choice, up to NULL */
    int first;                /* what the first word means */
    char letter;              /* 'o' for -o; 0: none */
    unsigned group;           /* of a common option: which commands take it; 0: all */
};

/* Groups of common options; a command's row says which it takes. */
enum {
    HEED_TAKES_THREADS = 1,
    HEED_TAKES_JSON = 2,
    HEED_TAKES_MAPS = 4,  /* --hide-special, --words, --measure: what a row is */
    HEED_TAKES_LINKS = 8, /* --threshold, --top-p, --segments: which links stay */
    HEED_TAKES_AGGREGATE = 16,
    HEED_TAKES_MODEL = 32,
    HEED_TAKES_RUN = HEED_TAKES_MODEL | HEED_TAKES_THREADS,
    HEED_TAKES_FILTERS = HEED_TAKES_MAPS | HEED_TAKES_LINKS | HEED_TAKES_AGGREGATE
};

/* The beginning of an option's line in a table; numbers and words follow. */
#define HEED_OPTION(kind, name, value, member, help)                                               \
    name, value, help, HEED_OPTION_##kind, offsetof(struct heed_cli_options, member)

struct heed_command {
    const char *name;     /* "" for the window */
    const char *usage;    /* what follows the name */
    const char *summary;  /* one line */
    const char *about;    /* more lines for --help; each ends in \n */
    const char *argument; /* what it takes: "a text", "a file"; NULL: none */
    const struct heed_option *options;
    int n_options;
    bool takes_more; /* several of its argument */
    unsigned takes;  /* of the common options, beside those that all take */
    /* Returns the exit status through false and err, or true. */
    bool (*run)(const struct heed_cli_options *options, struct heed_error *err);
};

/* Reads args[n] (without the program's and the command's name). Errors are of
 * code HEED_ERROR_USAGE and list what there is; bytes that aren't UTF-8 are of
 * code HEED_ERROR_INPUT. */
HEED_NODISCARD bool heed_options_parse(struct heed_cli_options *options,
                                       const struct heed_command *command, char *const *args, int n,
                                       struct heed_error *err);

/* The index in args of the first that is no option and no option's value, as
 * far as common options go; -1: none, or after "--". */
int heed_options_find_argument(char *const *args, int n);

/* The filter with what of it the arguments gave, the rest as it was. */
void heed_options_filter(const struct heed_cli_options *options, struct heed_filter *filter);

/* The page that --help prints. */
void heed_options_help(const struct heed_command *command, struct heed_buffer *out);

/* Fails, naming the byte, if text isn't UTF-8. what: "the text". */
HEED_NODISCARD bool heed_options_check_utf8(const char *text, const char *what,
                                            struct heed_error *err);

#endif

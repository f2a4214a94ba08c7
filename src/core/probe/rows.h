/*
 * The field's files of sentences as rows of one form: text, pronoun, candidates
 * and answer as names (core/text/names.h); or, of treebanks, sentences with
 * their words and heads. The kind of a file is told by its content. Knows
 * nothing of tokens or models. Pure; any thread.
 *
 * What can't be used is a problem with its line, never left out unseen.
 */
#ifndef HEED_CORE_PROBE_ROWS_H
#define HEED_CORE_PROBE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/lines.h"

enum heed_probe_format {
    HEED_PROBE_ANY,        /* by the content */
    HEED_PROBE_TABLE,      /* a header that names the columns; tabs or commas */
    HEED_PROBE_GAP,        /* Webster et al. 2018 */
    HEED_PROBE_WINOBIAS,   /* Zhao et al. 2018 */
    HEED_PROBE_WINOGENDER, /* Rudinger et al. 2018 */
    HEED_PROBE_DPR,        /* Rahman and Ng 2012 */
    HEED_PROBE_CONLLU      /* universaldependencies.org/format.html */
};

/* From HEED_PROBE_TABLE on; then NULL. */
extern const char *const heed_probe_format_words[];

struct heed_probe_row {
    int file;
    size_t line;           /* from 1 */
    const char *id, *text; /* id "": none */
    const char *pronoun, *answer;
    const char *candidates; /* names with | between */
    const char *group;      /* "": none was given */
    const char *pair;       /* what it is drawn together with; "": nothing;
                               NULL: its neighbour, if that is its twin */
};

struct heed_tree_word {
    int32_t start, end;   /* code points [start, end) of the text */
    int head;             /* index of a word; -1: it has none */
    const char *relation; /* as the file writes it: "nsubj:pass" */
};

struct heed_probe_tree {
    int file;
    size_t line;
    const char *id, *text;
    const struct heed_tree_word *words;
    int n;
};

struct heed_probe_problem {
    int file;
    size_t line;
    const char *why;
};

struct heed_probe_rows {
    struct heed_arena arena; /* of all that follows */
    enum heed_probe_format format;
    struct heed_probe_row *rows;
    struct heed_probe_tree *trees; /* of HEED_PROBE_CONLLU, in place of rows */
    struct heed_probe_problem *problems;
    struct heed_probe_problem *comments; /* lines that begin with #, without why */
    size_t n, n_trees, n_problems, n_comments;
    size_t capacity, trees_capacity, problems_capacity, comments_capacity;
};

/* Adds a file's rows; name is for messages. asked: HEED_PROBE_ANY, or what it
 * must be. Errors: a file of another kind, named as what it is; memory. */
HEED_NODISCARD bool heed_probe_rows_add(struct heed_probe_rows *rows, int file, const char *name,
                                        const struct heed_lines *lines,
                                        enum heed_probe_format asked, struct heed_error *err);
void heed_probe_rows_finish(struct heed_probe_rows *rows);

#endif

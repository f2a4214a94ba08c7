/*
 * A probe over files of sentences as a long task, one sentence a unit, encoded once for
 * all that is read from it; and what it comes to, as numbers, JSON and CSV. Nothing is
 * muted in it. Work of a task that is done never changes; any thread.
 *
 * Files are those of core/probe/rows.h (docs/probe-files.md). A row that can't be used is
 * skipped with a reason; one without an answer is counted; a file without a usable one,
 * of another kind or not UTF-8 is an error that names it.
 */
#ifndef HEED_CORE_ENGINE_PROBE_TASK_H
#define HEED_CORE_ENGINE_PROBE_TASK_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/compiler.h"
#include "base/lines.h"
#include "base/sha256.h"
#include "core/analysis/probe.h"
#include "core/analysis/relations.h"
#include "core/engine/task.h"
#include "core/probe/rows.h"

/* Which rows are read: of pronouns the first three, of relations the last three. */
enum heed_probe_rows_asked {
    HEED_PROBE_ROWS_DEFAULT, /* the pronoun's; of relations both */
    HEED_PROBE_ROWS_PRONOUN,
    HEED_PROBE_ROWS_CANDIDATE,
    HEED_PROBE_ROWS_BOTH,
    HEED_PROBE_ROWS_HEAD,     /* of a relation: the dependent's row finds its head */
    HEED_PROBE_ROWS_DEPENDENT /* the head's row finds the dependent */
};

/* Their words, but the default's; then NULL. */
extern const char *const heed_probe_rows_words[];

/* A run of a sentence: code points [start, end). */
struct heed_probe_span {
    int32_t start, end;
};

/* A sentence that was counted. */
struct heed_probe_sentence {
    const struct heed_probe_row *row;
    int file;
    size_t line; /* from 1 */
    const char *text, *pronoun, *answer;
    const char *candidates; /* as they stand there: "animal|street" */
    const char *group;      /* "": none */
    struct heed_probe_item item;
    struct heed_probe_span pronoun_span;
    const struct heed_probe_span *spans; /* [item.n_candidates] */
    /* What its names mean, in an order that doesn't depend on theirs: equal in twins. */
    const char *meaning, *answer_meaning;
    bool ends_pair;        /* the second of two twins that follow each other */
    int n_tokens, n_total; /* kept, and before cutting */
};

struct heed_probe_skipped {
    int file;
    size_t line; /* from 1 */
    const char *why;
};

/* A name that said no occurrence: the first of count was taken. */
struct heed_probe_ambiguous {
    int file;
    size_t line;
    const char *name;
    int count;
};

/* A file that was read. */
struct heed_probe_origin {
    const char *name;
    char hash[HEED_SHA256_HEX];
};

struct heed_probe_run {
    const char *name; /* of the first file */
    struct heed_probe_origin *files;
    int n_files;
    struct heed_filter filter;
    struct heed_probe_rows rows; /* rows.format says which of the two follows */
    struct heed_probe_skipped *skipped;
    size_t n_skipped, skipped_capacity;
    char model[256], model_hash[HEED_SHA256_HEX];

    /* Pronouns: */
    struct heed_probe_sentence *sentences;
    size_t n;
    struct heed_probe_ambiguous *ambiguous;
    size_t n_ambiguous, ambiguous_capacity;
    size_t n_unanswered, n_beyond; /* rows without an answer; names a token reaches beyond */
    struct heed_probe *probe;
    int n_layers, n_heads; /* n_heads 1 and is_layers: rollout */
    bool is_layers;
    int n_columns;
    struct heed_probed_head *heads; /* [n_columns], as heed_probe_get_heads orders them */
    struct heed_probe_head_intervals *intervals;
    struct heed_probe_baselines baselines;
    struct heed_probe_summary summary;
    /* The same of each group's sentences alone (name: the group's), if that was asked for and
     * there are several. */
    struct heed_probe_run *groups; /* [n_groups]; in parts: NULL */
    int n_groups;
    size_t groups_capacity;

    /* Relations: */
    struct heed_relations *relations;
    const char **relation_names; /* [n_relations], all that were asked for */
    int n_relations;
    struct heed_related
        *related; /* [n_related], those with p_max < .05 first, the largest gain first */
    int n_related;
    double *accuracies; /* [n_relations, n_columns] */
    /* [n_sentences]: of a counted sentence, its number among rows.trees and its words' tokens. */
    int *trees;
    const struct heed_token_range **tree_words;
    int n_sentences;

    /* While it runs: */
    const char *source; /* borrowed bytes in place of the file; NULL: none */
    size_t source_size;
    enum heed_probe_format format;
    enum heed_probe_rows_asked asked_rows;
    enum heed_probe_direction direction;        /* of pronouns */
    enum heed_relation_direction back_or_forth; /* of relations */
    const char *asked;                          /* relations, separated by commas; NULL: all */
    bool strict, by_group;
    int *pair_of;      /* [rows.n]: number of the row's own pair; -1: none */
    int next_relation; /* to be related */
    int *pair_numbers; /* of those: the probe's number; -1: not yet */
    int next_file;
    struct heed_arena arena;
    bool from_command;                 /* the source's */
    struct heed_file_reading *reading; /* of the file, while it is read */
};

struct heed_probe_source {
    const char *name; /* the file's; copied */
    /* Its bytes, living as long as the task; NULL: the file is read. */
    const char *data;
    size_t size;
    /* The name is a command line's: it may be a pipe or "-", standard input. Else
     * it is a regular file, and reading it can be cancelled. */
    bool from_command;
    /* More files; copied. One that isn't of the first's kind is an error. */
    const char *const *others;
    int n_others;
    enum heed_probe_format format; /* HEED_PROBE_ANY: by the content */
    enum heed_probe_rows_asked direction;
    const char *relations; /* "obj,nsubj"; copied; NULL: all */
    bool strict;           /* an ambiguous name skips its row */
    bool by_group;         /* of pronouns: each group's numbers, too */
};

/* id as of heed_task_create. NULL without memory. */
HEED_NODISCARD struct heed_task *heed_probe_task_create(uint64_t id,
                                                        const struct heed_probe_source *source,
                                                        const struct heed_filter *filter);
/* Of a probe's task that is done. */
const struct heed_probe_run *heed_probe_task_get(const struct heed_task *task);

bool heed_probe_run_is_relations(const struct heed_probe_run *run);
/* The head's place in heads (of the pronoun's direction, if that is among them), or -1. */
int heed_probe_run_find(const struct heed_probe_run *run, int layer, int head);
/* The same as the probe's column, or -1. */
int heed_probe_run_column(const struct heed_probe_run *run, int layer, int head);
/* [n_columns]: each column's accuracy on a relation, as heed_relations_accuracies. */
const double *heed_probe_run_accuracies(const struct heed_probe_run *run,
                                        const struct heed_related *related);
/* Each head's accuracy on a relation, in the better of its directions:
 * accuracies[layers * heads]. */
void heed_probe_run_relate(const struct heed_probe_run *run, const struct heed_related *related,
                           double *accuracies);
/* How the file's name is shown where several were read: its base name. */
const char *heed_probe_run_file(const struct heed_probe_run *run, int file);

/* Which of a run's sentences are of a group, by name or by a part of one name alone; the
 * whole name in *name. false: err lists what there is. keep[run->n]. */
HEED_NODISCARD bool heed_probe_run_group(const struct heed_probe_run *run, const char *asked,
                                         bool *keep, const char **name, struct heed_error *err);

/* A contrast of two groups, or nothing (n 0). */
struct heed_probe_contrasted {
    const char *a, *b;
    struct heed_probe_contrast *heads; /* [n] */
    int n, n_pairs;
};

void heed_probe_put_json(struct heed_buffer *out, const struct heed_probe_run *run);
void heed_probe_put_json_contrast(struct heed_buffer *out, const struct heed_probe_run *run,
                                  const struct heed_probe_contrasted *contrast);
/* The heads, or the relations; a sentence's numbers are in none of the two. */
void heed_probe_put_csv(struct heed_buffer *out, const struct heed_probe_run *run);
/* One line for each candidate in each head. */
void heed_probe_put_sentences(struct heed_buffer *out, const struct heed_probe_run *run);

#endif

/*
 * A probe over a file of sentences as a long task, one sentence a unit; and
 * what it comes to, as numbers, JSON and CSV. Nothing is muted in it. Work of
 * a task that is done never changes; any thread.
 *
 * The file is UTF-8 with the header sentence, pronoun, candidates, answer,
 * separated by tabs; then one sentence a line, candidates separated by |.
 * Blank lines and lines that begin with # are passed over. A line that can't
 * be used is skipped with a reason; a file without a usable one, without the
 * header or not UTF-8 is an error that names the line.
 */
#ifndef HEED_CORE_ENGINE_PROBE_TASK_H
#define HEED_CORE_ENGINE_PROBE_TASK_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/lines.h"
#include "core/analysis/probe.h"
#include "core/engine/task.h"

/* A sentence that was counted. */
struct heed_probe_sentence {
    size_t line; /* from 1 */
    const char *text, *pronoun, *answer;
    const char *candidates; /* as they stand there: "animal|street" */
    struct heed_probe_item item;
    int n_tokens, n_total; /* kept, and before cutting */
};

struct heed_probe_skipped {
    size_t line; /* from 1 */
    const char *why;
};

struct heed_probe_run {
    const char *name; /* of the file */
    struct heed_filter filter;
    struct heed_probe_sentence *sentences;
    size_t n;
    struct heed_probe_skipped *skipped;
    size_t n_skipped;
    struct heed_probe *probe;
    int n_layers, n_heads;
    /* [n_layers * n_heads], as heed_probe_get_heads orders them. */
    struct heed_probed_head *heads;
    struct heed_probe_head_intervals *intervals;
    struct heed_probe_baselines baselines;
    struct heed_probe_summary summary;

    /* While it runs: */
    const char *source; /* borrowed bytes in place of the file; NULL: none */
    size_t source_size;
    struct heed_lines lines;
    size_t *usable; /* [units]: their lines, from 0 */
    struct heed_arena arena;
};

struct heed_probe_source {
    const char *name; /* the file's; copied */
    /* Its bytes, living as long as the task; NULL: the file is read ("-" is standard input). */
    const char *data;
    size_t size;
};

/* id as of heed_task_create. NULL without memory. */
struct heed_task *heed_probe_task_create(uint64_t id, const struct heed_probe_source *source,
                                         const struct heed_filter *filter);
/* Of a probe's task that is done. */
const struct heed_probe_run *heed_probe_task_get(const struct heed_task *task);

/* The head's place in heads, or -1. */
int heed_probe_run_find(const struct heed_probe_run *run, int layer, int head);

void heed_probe_put_json(struct heed_buffer *out, const struct heed_probe_run *run);
/* The heads; a sentence's numbers are in none of the two. */
void heed_probe_put_csv(struct heed_buffer *out, const struct heed_probe_run *run);

#endif

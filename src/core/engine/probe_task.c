#include "core/engine/probe_task.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/file_reading.h"
#include "core/engine/probe_private.h"

const char *const heed_probe_rows_words[] = {"pronoun", "candidate", "both",
                                             "head",    "dependent", NULL};

enum { MOST_FILE_BYTES = 1 << 30, POLL_MS = 20 };

/* ---- reading ---- */

/* Bytes of a file. */
struct bytes {
    char *data;
    size_t size;
};

/* Waits for the file until it is there or the unit is given up; the next try
 * waits on for the same. */
static bool read_patiently(struct heed_probe_run *run, const struct heed_task_world *world,
                           const char *name, struct bytes *bytes, struct heed_error *err)
{
    if (!run->reading &&
        !heed_file_reading_start(&run->reading, name, MOST_FILE_BYTES, NULL, NULL, err)) {
        return false;
    }
    while (!heed_file_reading_wait(run->reading, POLL_MS)) {
        if (world->cancelled && world->cancelled(world->context)) {
            return heed_error_set(err, HEED_ERROR_CANCELLED, "cancelled");
        }
    }
    const bool ok = heed_file_reading_finish(run->reading, &bytes->data, &bytes->size, err);
    run->reading = NULL;
    return ok;
}

static bool copy_source(const struct heed_probe_run *run, struct bytes *bytes,
                        struct heed_error *err)
{
    *bytes = (struct bytes){malloc(run->source_size + 1), run->source_size};
    if (!bytes->data) {
        return heed_probe_no_memory(err);
    }
    memcpy(bytes->data, run->source, run->source_size);
    return true;
}

static bool get_bytes(struct heed_probe_run *run, const struct heed_task_world *world,
                      const char *name, struct bytes *bytes, struct heed_error *err)
{
    if (run->source && run->next_file == 0) {
        return copy_source(run, bytes, err);
    }
    return run->from_command
               ? heed_file_read(name, MOST_FILE_BYTES, &bytes->data, &bytes->size, err)
               : read_patiently(run, world, name, bytes, err);
}

static bool read_file(struct heed_probe_run *run, const struct heed_task_world *world,
                      struct heed_error *err)
{
    struct heed_probe_origin *file = &run->files[run->next_file];
    struct heed_lines lines = {0};
    struct heed_sha256 hash;
    struct bytes bytes = {0};
    if (!get_bytes(run, world, file->name, &bytes, err)) {
        return false;
    }
    heed_sha256_init(&hash);
    heed_sha256_add(&hash, bytes.data, bytes.size);
    heed_sha256_end(&hash, file->hash);
    if (!heed_lines_take(&lines, bytes.data, bytes.size, file->name, err)) {
        return false;
    }
    const bool ok =
        heed_probe_rows_add(&run->rows, run->next_file, file->name, &lines, run->format, err);
    heed_lines_finish(&lines);
    run->next_file++;
    return ok;
}

/* ---- the task ---- */

bool heed_probe_run_is_relations(const struct heed_probe_run *run)
{
    return run->rows.format == HEED_PROBE_CONLLU;
}

static bool put_skipped(struct heed_probe_run *run, int file, size_t line, const char *why,
                        struct heed_error *err)
{
    if (!heed_arena_reserve(&run->arena, &run->skipped, &run->skipped_capacity, run->n_skipped + 1,
                            sizeof *run->skipped)) {
        return heed_probe_no_memory(err);
    }
    const char *kept = heed_arena_copy(&run->arena, why, strlen(why));
    if (!kept) {
        return heed_probe_no_memory(err);
    }
    run->skipped[run->n_skipped++] = (struct heed_probe_skipped){file, line, kept};
    return true;
}

static bool choose_rows(struct heed_probe_run *run, bool relations, struct heed_error *err)
{
    static const struct {
        enum heed_probe_direction direction;
        enum heed_relation_direction back_or_forth;
        bool pronouns, relations;
    } rows[] = {
        [HEED_PROBE_ROWS_DEFAULT] = {HEED_PROBE_PRONOUN, HEED_RELATION_BOTH, true, true},
        [HEED_PROBE_ROWS_PRONOUN] = {HEED_PROBE_PRONOUN, HEED_RELATION_BOTH, true, false},
        [HEED_PROBE_ROWS_CANDIDATE] = {HEED_PROBE_CANDIDATE, HEED_RELATION_BOTH, true, false},
        [HEED_PROBE_ROWS_BOTH] = {HEED_PROBE_BOTH, HEED_RELATION_BOTH, true, true},
        [HEED_PROBE_ROWS_HEAD] = {HEED_PROBE_PRONOUN, HEED_RELATION_HEAD, false, true},
        [HEED_PROBE_ROWS_DEPENDENT] = {HEED_PROBE_PRONOUN, HEED_RELATION_DEPENDENT, false, true},
    };
    run->direction = rows[run->asked_rows].direction;
    run->back_or_forth = rows[run->asked_rows].back_or_forth;
    return (relations ? rows[run->asked_rows].relations : rows[run->asked_rows].pronouns) ||
           heed_error_set(err, HEED_ERROR_INPUT,
                          relations ? "'%.100s' is CoNLL-U: its directions are head, dependent and "
                                      "both"
                                    : "'%.100s' is of pronouns: its directions are pronoun, "
                                      "candidate and both",
                          run->name);
}

static bool begin(void *work, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err)
{
    struct heed_probe_run *run = work;
    while (run->next_file < run->n_files) {
        if (!read_file(run, world, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < run->rows.n_problems; i++) {
        const struct heed_probe_problem *problem = &run->rows.problems[i];
        if (!put_skipped(run, problem->file, problem->line, problem->why, err)) {
            return false;
        }
    }
    const bool relations = heed_probe_run_is_relations(run);
    if (run->asked && !relations) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' holds no relations: they are for CoNLL-U", run->name);
    }
    if (!choose_rows(run, relations, err)) {
        return false;
    }
    *n_units = (int)(relations ? run->rows.n_trees : run->rows.n);
    run->filter.words = run->filter.words && !relations;
    run->sentences = calloc(run->rows.n + 1, sizeof *run->sentences);
    return run->sentences ? (relations ? heed_probe_relations_begin(run, err)
                                       : heed_probe_pairs_begin(run, err))
                          : heed_probe_no_memory(err);
}

/* A sentence that can't be used is skipped; only what isn't its fault ends the task. */
static bool step(void *work, const struct heed_task_world *world, int unit, struct heed_error *err)
{
    struct heed_probe_run *run = work;
    struct heed_error problem = {0};
    const bool relations = heed_probe_run_is_relations(run);
    const bool ok = relations ? heed_probe_count_tree(run, world, unit, &problem)
                              : heed_probe_count_row(run, world, &run->rows.rows[unit], &problem);
    if (ok) {
        return true;
    }
    if (problem.code == HEED_ERROR_CANCELLED || problem.code == HEED_ERROR_MEMORY) {
        return heed_error_set(err, problem.code, "%s", problem.text);
    }
    return relations ? put_skipped(run, run->rows.trees[unit].file, run->rows.trees[unit].line,
                                   problem.text, err)
                     : put_skipped(run, run->rows.rows[unit].file, run->rows.rows[unit].line,
                                   problem.text, err);
}

static bool check_count(const struct heed_probe_run *run, struct heed_error *err)
{
    if (run->n > 0 || run->n_sentences > 0) {
        return true;
    }
    if (run->n_skipped > 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' holds no sentence that can be used; line %zu: %s",
                              run->name, run->skipped[0].line, run->skipped[0].why);
    }
    if (run->n_unanswered > 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "'%.100s' holds no sentence with an answer: %zu have none", run->name,
                              run->n_unanswered);
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "'%.100s' holds no sentence after line 1, its header", run->name);
}

static int compare_skipped(const void *left, const void *right)
{
    const struct heed_probe_skipped *a = left;
    const struct heed_probe_skipped *b = right;
    return a->file != b->file ? a->file - b->file : (a->line > b->line) - (a->line < b->line);
}

static bool end(void *work, const struct heed_task_world *world, struct heed_error *err)
{
    struct heed_probe_run *run = work;
    const struct heed_probe_patience patience = {world->cancelled, world->context};
    const struct heed_model *model = heed_pipeline_get_model(world->pipeline);
    if (!check_count(run, err)) {
        return false;
    }
    if (run->n_skipped > 0) {
        heed_sort(run->skipped, run->n_skipped, sizeof *run->skipped, compare_skipped);
    }
    strncpy(run->model, heed_model_get_name(model), sizeof run->model - 1);
    if (run->model_hash[0] == '\0' && !heed_model_hash(model, run->model_hash, err)) {
        return false;
    }
    if (heed_probe_run_is_relations(run)) {
        return heed_probe_end_trees(run, patience, err);
    }
    heed_probe_drop_groups(run); /* of a try that was given up */
    return heed_probe_end_rows(run, patience, err) &&
           (!run->by_group || heed_probe_divide(run, patience, err));
}

static void destroy(void *work)
{
    struct heed_probe_run *run = work;
    heed_file_reading_drop(run->reading);
    heed_probe_drop_groups(run);
    heed_probe_destroy(run->probe);
    heed_relations_destroy(run->relations);
    heed_probe_rows_finish(&run->rows);
    heed_arena_finish(&run->arena);
    free(run->sentences);
    free(run->heads);
    free(run->intervals);
    free(run->related);
    free(run);
}

/* ---- making one ---- */

static bool copy_names(struct heed_probe_run *run, const struct heed_probe_source *source)
{
    run->n_files = 1 + source->n_others;
    run->files = heed_arena_zeroed(&run->arena, (size_t)run->n_files, sizeof *run->files);
    for (int i = 0; run->files && i < run->n_files; i++) {
        const char *name = i == 0 ? source->name : source->others[i - 1];
        run->files[i].name = heed_arena_copy(&run->arena, name, strlen(name));
        if (!run->files[i].name) {
            return false;
        }
    }
    if (source->relations) {
        run->asked = heed_arena_copy(&run->arena, source->relations, strlen(source->relations));
    }
    return run->files && (run->asked || !source->relations);
}

struct heed_task *heed_probe_task_create(uint64_t id, const struct heed_probe_source *source,
                                         const struct heed_filter *filter)
{
    static const struct heed_task_methods methods = {HEED_TASK_PROBE, begin, step, end, destroy};
    struct heed_probe_run *run = calloc(1, sizeof *run);
    if (!run) {
        return NULL;
    }
    run->filter = *filter;
    run->source = source->data;
    run->source_size = source->size;
    run->from_command = source->from_command;
    run->format = source->format;
    run->asked_rows = source->direction;
    run->strict = source->strict;
    run->by_group = source->by_group;
    if (!copy_names(run, source)) {
        destroy(run);
        return NULL;
    }
    run->name = run->files[0].name;
    return heed_task_create(id, &methods, run);
}

const struct heed_probe_run *heed_probe_task_get(const struct heed_task *task)
{
    return heed_task_get_work(task);
}

int heed_probe_run_find(const struct heed_probe_run *run, int layer, int head)
{
    for (int h = 0; run->heads && h < run->n_columns; h++) {
        if (run->heads[h].layer == layer && run->heads[h].head == (run->is_layers ? 0 : head) &&
            (run->direction != HEED_PROBE_BOTH || run->heads[h].direction == HEED_PROBE_PRONOUN)) {
            return h;
        }
    }
    return -1;
}

int heed_probe_run_column(const struct heed_probe_run *run, int layer, int head)
{
    const int at = heed_probe_run_find(run, layer, head);
    return at < 0 ? -1
                  : heed_probe_find_column(run->probe, layer, run->heads[at].head,
                                           run->heads[at].direction);
}

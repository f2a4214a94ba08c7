/* Relations: the words of a treebank's sentence as tokens, and what they come to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#include "core/engine/probe_private.h"

static int compare_strings(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* All relations of words that have a head, each once; in the arena. */
static bool collect_names(struct heed_probe_run *run, struct heed_error *err)
{
    size_t n = 0;
    for (size_t t = 0; t < run->rows.n_trees; t++) {
        n += (size_t)run->rows.trees[t].n;
    }
    const char **names = heed_arena_alloc(&run->arena, (n + 1) * sizeof *names);
    if (!names) {
        return heed_probe_no_memory(err);
    }
    n = 0;
    for (size_t t = 0; t < run->rows.n_trees; t++) {
        for (int w = 0; w < run->rows.trees[t].n; w++) {
            if (run->rows.trees[t].words[w].head >= 0) {
                names[n++] = run->rows.trees[t].words[w].relation;
            }
        }
    }
    if (n > 0) {
        heed_sort(names, n, sizeof *names, compare_strings);
    }
    run->relation_names = names;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(names[i], names[run->n_relations - 1]) != 0) {
            names[run->n_relations++] = names[i];
        }
    }
    return true;
}

static int find_name(const struct heed_probe_run *run, const char *name)
{
    const char **found = bsearch(&name, run->relation_names, (size_t)run->n_relations,
                                 sizeof *run->relation_names, compare_strings);
    return found ? (int)(found - run->relation_names) : -1;
}

/* Leaves those of "obj,nsubj". */
static bool keep_asked(struct heed_probe_run *run, struct heed_error *err)
{
    bool *keep = heed_arena_zeroed(&run->arena, (size_t)run->n_relations + 1, sizeof *keep);
    char *list = heed_arena_copy(&run->arena, run->asked, strlen(run->asked));
    int kept = 0;
    if (!keep || !list) {
        return heed_probe_no_memory(err);
    }
    while (list) {
        char *end = strchr(list, ',');
        if (end) {
            *end++ = '\0';
        }
        const int at = find_name(run, list);
        if (at < 0) {
            struct heed_buffer all = {0};
            for (int i = 0; i < run->n_relations; i++) {
                heed_buffer_printf(&all, "%s%s", i > 0 ? ", " : "", run->relation_names[i]);
            }
            heed_error_set(err, HEED_ERROR_INPUT, "no word has the relation '%.40s'; there are %s",
                           list, all.data ? all.data : "none");
            heed_buffer_finish(&all);
            return false;
        }
        keep[at] = true;
        list = end;
    }
    for (int i = 0; i < run->n_relations; i++) {
        if (keep[i]) {
            run->relation_names[kept++] = run->relation_names[i];
        }
    }
    run->n_relations = kept;
    return true;
}

bool heed_probe_relations_begin(struct heed_probe_run *run, struct heed_error *err)
{
    run->trees = heed_arena_alloc(&run->arena, (run->rows.n_trees + 1) * sizeof *run->trees);
    run->tree_words =
        heed_arena_alloc(&run->arena, (run->rows.n_trees + 1) * sizeof(struct heed_token_range *));
    return run->trees && run->tree_words
               ? collect_names(run, err) && (!run->asked || keep_asked(run, err))
               : heed_probe_no_memory(err);
}

/* ---- one sentence ---- */

/* All tokens that overlap [start, end); a word that was cut off has none. */
static struct heed_token_range find_tokens(const struct heed_encoding *encoding, int32_t start,
                                           int32_t end)
{
    struct heed_token_range range = {0};
    for (int i = 0; i < encoding->n_tokens; i++) {
        const struct heed_token *token = &encoding->tokens[i];
        if (!token->is_template && token->start < end && token->end > start) {
            range.first = range.count == 0 ? i : range.first;
            range.count = i - range.first + 1;
        }
    }
    return range;
}

static bool check_whole(const struct heed_encoding *encoding, struct heed_error *err)
{
    return encoding->n_tokens == encoding->n_total ||
           heed_error_set(err, HEED_ERROR_INPUT,
                          "it was cut off: it has %d tokens, and the model takes %d",
                          encoding->n_total, encoding->n_limit);
}

static bool prepare(struct heed_probe_run *run, const struct heed_maps *maps,
                    struct heed_error *err)
{
    run->is_layers = run->filter.measure == HEED_MEASURE_ROLLOUT;
    run->n_layers = maps->n_layers;
    run->n_heads = run->is_layers ? 1 : maps->n_heads;
    const struct heed_probe_shape shape = {run->n_layers, run->n_heads, HEED_PROBE_BOTH};
    return run->relations || heed_relations_create(&run->relations, shape, run->back_or_forth, err);
}

static bool count(struct heed_probe_run *run, const struct heed_result *result, int tree,
                  struct heed_error *err)
{
    const struct heed_probe_tree *of = &run->rows.trees[tree];
    const size_t n = (size_t)of->n;
    struct heed_token_range *words = heed_arena_alloc(&run->arena, n * sizeof *words);
    int *heads = malloc(2 * n * sizeof *heads);
    bool ok = words && heads;
    for (int w = 0; ok && w < of->n; w++) {
        words[w] = find_tokens(result->encoding, of->words[w].start, of->words[w].end);
        heads[w] = of->words[w].head;
        heads[of->n + w] = find_name(run, of->words[w].relation);
    }
    if (!ok) {
        heed_probe_no_memory(err);
    } else {
        const struct heed_relation_sentence sentence = {words, heads, heads + of->n, of->n,
                                                        run->n_sentences};
        run->tree_words[run->n_sentences] = words;
        ok = heed_relations_add(run->relations, result->maps, &sentence, err);
    }
    free(heads);
    return ok;
}

bool heed_probe_count_tree(struct heed_probe_run *run, const struct heed_task_world *world,
                           int tree, struct heed_error *err)
{
    const struct heed_result *result = NULL;
    if (!heed_probe_encode(&result, run, world, run->rows.trees[tree].text, err)) {
        return false;
    }
    const bool ok = check_whole(result->encoding, err) && prepare(run, result->maps, err) &&
                    count(run, result, tree, err);
    heed_result_release(result);
    if (ok) {
        run->trees[run->n_sentences++] = tree;
    }
    return ok;
}

/* ---- what they come to ---- */

static int compare_related(const void *left, const void *right)
{
    const struct heed_related *a = left;
    const struct heed_related *b = right;
    const bool a_is_sure = a->p_max < 0.05, b_is_sure = b->p_max < 0.05;
    if (a_is_sure != b_is_sure) {
        return a_is_sure ? -1 : 1;
    }
    if (a->gain != b->gain) {
        return a->gain < b->gain ? 1 : -1;
    }
    return a->relation - b->relation;
}

bool heed_probe_end_trees(struct heed_probe_run *run, struct heed_probe_patience patience,
                          struct heed_error *err)
{
    const struct heed_relation_item *items = heed_relations_items(run->relations);
    const int n = heed_relations_count(run->relations);
    const size_t n_relations = (size_t)run->n_relations;
    run->n_columns = heed_relations_columns(run->relations);
    bool *has = heed_arena_zeroed(&run->arena, n_relations + 1, sizeof *has);
    if (!run->related) {
        run->related = malloc((n_relations + 1) * sizeof *run->related);
        run->accuracies = heed_arena_alloc(&run->arena, (n_relations * (size_t)run->n_columns + 1) *
                                                            sizeof *run->accuracies);
    }
    if (!has || !run->related || !run->accuracies) {
        return heed_probe_no_memory(err);
    }
    for (int i = 0; i < n; i++) {
        has[items[i].relation] = true;
    }
    for (int r; (r = run->next_relation) < run->n_relations; run->next_relation++) {
        if (has[r] && !heed_relations_relate(run->relations, r, &run->related[run->n_related],
                                             patience, err)) {
            return false; /* given up; the next try goes on from here */
        }
        run->n_related += has[r];
        heed_relations_accuracies(run->relations, r,
                                  run->accuracies + (size_t)r * (size_t)run->n_columns);
    }
    heed_sort(run->related, (size_t)run->n_related, sizeof *run->related, compare_related);
    return true;
}

const double *heed_probe_run_accuracies(const struct heed_probe_run *run,
                                        const struct heed_related *related)
{
    return run->accuracies + (size_t)related->relation * (size_t)run->n_columns;
}

void heed_probe_run_relate(const struct heed_probe_run *run, const struct heed_related *related,
                           double *accuracies)
{
    const int n = run->n_layers * run->n_heads;
    const double *of = heed_probe_run_accuracies(run, related);
    for (int h = 0; h < n; h++) {
        accuracies[h] = run->n_columns > n ? fmax(of[h], of[n + h]) : of[h];
    }
}

#include "scene/panels/probe/listed.h"

#include <stdlib.h>

#include "base/array.h"

enum { FARTHEST = 1024 /* words between two */ };

struct heed_head_id heed_probe_listed_head(const struct heed_state *state,
                                           const struct heed_probe_run *run)
{
    const struct heed_head_id id = state->matrix_head;
    if (state->n_shown == 1 && heed_probe_run_find(run, id.layer, id.head) >= 0) {
        return id;
    }
    return (struct heed_head_id){(int16_t)run->heads[0].layer, (int16_t)run->heads[0].head};
}

static bool keeps(const struct heed_probe_listed *listed, double score)
{
    const enum heed_probe_kept kept = listed->look.kept;
    return kept == HEED_PROBE_ALL || (kept == HEED_PROBE_RIGHT) == (score >= 1);
}

static void count(struct heed_probe_listed *listed, double score)
{
    listed->right += score >= 1;
    listed->tied += score > 0 && score < 1;
}

/* --- sentences --- */

struct ranked {
    double margin;
    int index;
};

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;
    if (a->margin != b->margin) {
        return a->margin < b->margin ? 1 : -1;
    }
    return a->index - b->index;
}

/* Those that are kept, by the head's margin, the largest first. */
static bool list_sentences(struct heed_probe_listed *listed, const struct heed_probe_run *run)
{
    struct ranked *order = malloc((run->n + 1) * sizeof *order);
    listed->items = malloc((run->n + 1) * sizeof *listed->items);
    if (order == NULL || listed->items == NULL) {
        free(order);
        return false;
    }
    for (size_t i = 0; i < run->n; i++) {
        struct ranked one = {.index = (int)i};
        const double score = heed_probe_get_score(run->probe, (int)i, listed->column, &one.margin);
        count(listed, score);
        if (keeps(listed, score)) {
            order[listed->n++] = one;
        }
    }
    heed_sort(order, (size_t)listed->n, sizeof *order, compare_ranked);
    for (int i = 0; i < listed->n; i++) {
        listed->items[i] = order[i].index;
    }
    free(order);
    return true;
}

/* --- a relation's words --- */

/* The head that is shown in its better direction; else the relation's best. */
static void choose_column(struct heed_probe_listed *listed, const struct heed_state *state,
                          const struct heed_probe_run *run, const struct heed_related *of)
{
    const double *accuracies = heed_probe_run_accuracies(run, of);
    const struct heed_head_id id = state->matrix_head;
    double most = -1;
    listed->head = (struct heed_head_id){(int16_t)of->layer, (int16_t)of->head};
    listed->direction = of->direction;
    for (int d = HEED_RELATION_HEAD; state->n_shown == 1 && d <= HEED_RELATION_DEPENDENT; d++) {
        const int column = heed_relations_find_column(run->relations, id.layer, id.head,
                                                      (enum heed_relation_direction)d);
        if (column >= 0 && accuracies[column] > most) {
            most = accuracies[column];
            listed->head = id;
            listed->direction = (enum heed_relation_direction)d;
        }
    }
    listed->column = heed_relations_find_column(run->relations, listed->head.layer,
                                                listed->head.head, listed->direction);
}

static int compare_counts(const void *left, const void *right)
{
    const struct heed_probe_distance *a = left;
    const struct heed_probe_distance *b = right;
    return a->n != b->n ? b->n - a->n : a->by - b->by;
}

static int compare_distances(const void *left, const void *right)
{
    const struct heed_probe_distance *a = left;
    const struct heed_probe_distance *b = right;
    return abs(a->by) != abs(b->by) ? abs(a->by) - abs(b->by) : a->by - b->by;
}

/* The commonest of all, the nearest first, then the others together. */
static void keep_distances(struct heed_probe_listed *listed, struct heed_probe_distance *all, int n)
{
    struct heed_probe_distance *to = listed->distances, others = {0};
    int kept = 0;
    heed_sort(all, (size_t)n, sizeof *all, compare_counts);
    for (; kept < HEED_PROBE_DISTANCES && all[kept].n > 0; kept++) {
        to[kept] = all[kept];
    }
    heed_sort(to, (size_t)kept, sizeof *to, compare_distances);
    for (int d = kept; d < n; d++) {
        others.n += all[d].n;
        others.right += all[d].right;
    }
    if (others.n > 0) {
        to[kept++] = others;
    }
    listed->n_distances = kept;
}

static bool list_words(struct heed_probe_listed *listed, const struct heed_probe_run *run,
                       const struct heed_related *of)
{
    const struct heed_relation_item *items = heed_relations_items(run->relations);
    const int n = 2 * FARTHEST + 1;
    struct heed_probe_distance *all = calloc((size_t)n, sizeof *all);
    listed->items = malloc(((size_t)of->n + 1) * sizeof *listed->items);
    if (all == NULL || listed->items == NULL) {
        free(all);
        return false;
    }
    for (int d = 0; d < n; d++) {
        all[d].by = d - FARTHEST;
    }
    for (int i = 0; i < heed_relations_count(run->relations); i++) {
        if (items[i].relation != of->relation) {
            continue;
        }
        const double score = (double)heed_relations_answer(run->relations, i, listed->column).score;
        const int forth = items[i].head - items[i].dependent;
        const int d = listed->direction == HEED_RELATION_HEAD ? forth : -forth;
        count(listed, score);
        if (keeps(listed, score)) {
            listed->items[listed->n++] = i;
        }
        if (abs(d) <= FARTHEST) {
            all[d + FARTHEST].n++;
            all[d + FARTHEST].right += score;
        }
    }
    keep_distances(listed, all, n);
    free(all);
    return true;
}

/* --- when --- */

static bool is_of(const struct heed_probe_listed *listed, const struct heed_probe_listed *asked)
{
    return listed != NULL && listed->task == asked->task &&
           listed->look.group == asked->look.group &&
           listed->look.relation == asked->look.relation && listed->look.kept == asked->look.kept &&
           listed->column == asked->column;
}

/* What is to be listed; false: nothing. */
static bool ask(struct heed_probe_listed *asked, const struct heed_state *state,
                const struct heed_tasks *tasks, const struct heed_probe_run *run)
{
    if (run == NULL) {
        return false;
    }
    asked->task = heed_task_get_id(tasks->done[HEED_TASK_PROBE]);
    asked->look = tasks->look;
    if (!heed_probe_run_is_relations(run)) {
        asked->head = heed_probe_listed_head(state, run);
        asked->column = heed_probe_run_column(run, asked->head.layer, asked->head.head);
        return true;
    }
    if (tasks->look.relation < 1 || tasks->look.relation > run->n_related) {
        return false;
    }
    choose_column(asked, state, run, heed_tasks_get_related(tasks));
    return asked->column >= 0;
}

void heed_probe_listed_follow(void **cache, const struct heed_state *state,
                              const struct heed_tasks *tasks)
{
    const struct heed_probe_run *run = heed_tasks_get_probe(tasks);
    struct heed_probe_listed asked = {0};
    const bool wanted = ask(&asked, state, tasks, run);
    if (wanted && is_of(*cache, &asked)) {
        return;
    }
    heed_probe_listed_forget(*cache);
    struct heed_probe_listed *made = wanted ? malloc(sizeof *made) : NULL;
    *cache = made;
    if (made == NULL) {
        return;
    }
    *made = asked;
    if (!(heed_probe_run_is_relations(run) ? list_words(made, run, heed_tasks_get_related(tasks))
                                           : list_sentences(made, run))) {
        heed_probe_listed_forget(made);
        *cache = NULL;
    }
}

void heed_probe_listed_forget(void *cache)
{
    struct heed_probe_listed *listed = cache;
    if (listed != NULL) {
        free(listed->items);
        free(listed);
    }
}

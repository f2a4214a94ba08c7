/* Pronouns: the numbers of each group's sentences alone. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "core/engine/probe_private.h"

static bool is_first_of_group(const struct heed_probe_run *run, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(run->sentences[i].group, run->sentences[at].group) == 0) {
            return false;
        }
    }
    return true;
}

bool heed_probe_run_group(const struct heed_probe_run *run, const char *asked, bool *keep,
                          const char **name, struct heed_error *err)
{
    const char *whole = NULL, *part = NULL;
    bool several = false;
    for (size_t i = 0; i < run->n; i++) {
        const char *group = run->sentences[i].group;
        whole = strcmp(group, asked) == 0 ? group : whole;
        if (*asked != '\0' && strstr(group, asked)) {
            several |= part && strcmp(part, group) != 0;
            part = group;
        }
    }
    *name = whole ? whole : part;
    if (!*name || (!whole && several)) {
        struct heed_buffer list = {0};
        for (size_t i = 0; i < run->n && list.size < 200; i++) {
            if (is_first_of_group(run, i)) {
                heed_buffer_printf(&list, "%s'%s'", list.size > 0 ? ", " : "",
                                   run->sentences[i].group);
            }
        }
        heed_error_set(err, HEED_ERROR_INPUT, "%s group is '%.60s'; there are %s",
                       *name ? "more than one" : "no", asked, list.data ? list.data : "none");
        heed_buffer_finish(&list);
        return false;
    }
    for (size_t i = 0; i < run->n; i++) {
        keep[i] = strcmp(run->sentences[i].group, *name) == 0;
    }
    return true;
}

/* A part borrows from the run what isn't its own. */
static bool take(struct heed_probe_run *part, const struct heed_probe_run *run, const bool *keep,
                 const char *name, struct heed_probe_patience patience, struct heed_error *err)
{
    *part = *run;
    part->name = name;
    part->heads = NULL;
    part->intervals = NULL;
    part->probe = NULL;
    part->groups = NULL;
    part->n_groups = 0;
    part->n = 0;
    part->sentences = malloc((run->n + 1) * sizeof *part->sentences);
    if (!part->sentences) {
        return heed_probe_no_memory(err);
    }
    for (size_t i = 0; i < run->n; i++) {
        if (keep[i]) {
            part->sentences[part->n++] = run->sentences[i];
        }
    }
    return heed_probe_select(&part->probe, run->probe, keep, err) &&
           heed_probe_end_rows(part, patience, err);
}

static int find_group(const struct heed_probe_run *run, const char *name)
{
    for (int g = 0; g < run->n_groups; g++) {
        if (strcmp(run->groups[g].name, name) == 0) {
            return g;
        }
    }
    return -1;
}

static bool add_group(struct heed_probe_run *run, const char *name, bool *keep,
                      struct heed_probe_patience patience, struct heed_error *err)
{
    if (!heed_array_reserve(&run->groups, &run->groups_capacity, (size_t)run->n_groups + 1,
                            sizeof *run->groups)) {
        return heed_probe_no_memory(err);
    }
    for (size_t i = 0; i < run->n; i++) {
        keep[i] = strcmp(run->sentences[i].group, name) == 0;
    }
    return take(&run->groups[run->n_groups++], run, keep, name, patience, err);
}

bool heed_probe_divide(struct heed_probe_run *run, struct heed_probe_patience patience,
                       struct heed_error *err)
{
    bool *keep = malloc((run->n + 1) * sizeof *keep);
    bool ok = keep || heed_probe_no_memory(err);
    for (size_t i = 0; ok && i < run->n; i++) {
        const char *name = run->sentences[i].group;
        ok = find_group(run, name) >= 0 || add_group(run, name, keep, patience, err);
    }
    free(keep);
    if (ok && run->n_groups == 1) { /* its numbers are the run's */
        heed_probe_drop_groups(run);
    }
    return ok;
}

void heed_probe_drop_groups(struct heed_probe_run *run)
{
    for (int g = 0; g < run->n_groups; g++) {
        struct heed_probe_run *part = &run->groups[g];
        heed_probe_destroy(part->probe);
        free(part->sentences);
        free(part->heads);
        free(part->intervals);
    }
    free(run->groups);
    run->groups = NULL;
    run->n_groups = 0;
}

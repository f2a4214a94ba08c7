#include "ui/actions/probe.h"

#include <string.h>

#include "state/candidates.h"
#include "ui/actions/tasks.h"
#include "ui/popover/popover.h"
#include "ui/window/document.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/run.h"

void heed_ui_set_probes(struct heed_ui *ui, const struct heed_probe_file *files, int n)
{
    ui->probes = files;
    ui->n_probes = n;
}

static const struct heed_probe_file *find_carried(const struct heed_ui *ui, const char *name)
{
    for (int i = 0; name != NULL && i < ui->n_probes; i++) {
        if (strcmp(ui->probes[i].name, name) == 0) {
            return &ui->probes[i];
        }
    }
    return NULL;
}

/* Every link counts, as for heed probe: what only thins the picture out is left aside. */
static struct heed_filter probe_filter(const struct heed_state *state)
{
    struct heed_filter filter = heed_filter_default();
    filter.threshold = 0;
    filter.measure = state->filter.measure;
    filter.hide_special = state->filter.hide_special;
    filter.hide_punctuation = state->filter.hide_punctuation;
    filter.renormalise = state->filter.renormalise;
    return filter;
}

void heed_ui_get_probe(const struct heed_ui *ui, struct heed_probe_source *source,
                       struct heed_filter *filter)
{
    const struct heed_state *state = &ui->now.state;
    const struct heed_probe_file *carried = find_carried(ui, state->probe);
    *source = (struct heed_probe_source){.name = state->probe, .by_group = true};
    if (carried != NULL) {
        source->data = carried->data;
        source->size = carried->size;
    }
    *filter = probe_filter(state);
}

/* One step: the file, its panel, and a head map that shows what comes. */
static void probe(struct heed_ui *ui, const char *name)
{
    struct heed_state *state = &ui->now.state;
    if (!heed_ui_begin(ui)) {
        return;
    }
    const bool ok = heed_state_set_probe(state, name, strlen(name), NULL) &&
                    (state->file == NULL || heed_state_set_file(state, NULL, NULL));
    if (ok) {
        state->panel = HEED_PANEL_PROBE;
        if (state->color_by != HEED_COLOR_BY_PROBE_MARGIN) {
            state->color_by = HEED_COLOR_BY_PROBE_ACCURACY;
        }
        heed_ui_fit(ui);
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    if (ok) {
        heed_ui_start(ui, HEED_TASK_PROBE + 1);
    } else {
        heed_ui_say(ui, true, "the file's name can't be kept: is it UTF-8?");
    }
}

void heed_ui_open_panel(struct heed_ui *ui, int32_t argument)
{
    const struct heed_state *state = &ui->now.state;
    if (argument == HEED_PANEL_PROBE && state->panel != HEED_PANEL_PROBE && state->probe == NULL &&
        ui->n_probes > 0) {
        probe(ui, ui->probes[0].name);
    } else {
        heed_ui_toggle_panel(ui, argument);
    }
}

void heed_ui_open_probe(struct heed_ui *ui, const char *path)
{
    heed_popover_close(ui);
    probe(ui, path);
}

static void fill_probes(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const char *name = ui->now.state.probe;
    for (int i = 0; i < ui->n_probes; i++) {
        const struct heed_probe_file *file = &ui->probes[i];
        heed_popover_add_choice(popover, HEED_COMMAND_PROBE_FILE, i + 1,
                                heed_popover_label(popover, "%s: %s", file->name, file->about),
                                name != NULL && strcmp(name, file->name) == 0);
    }
    if (name != NULL && find_carried(ui, name) == NULL) {
        const char *slash = strrchr(name, '/');
        heed_popover_add_choice(popover, HEED_COMMAND_RUN, HEED_TASK_PROBE + 1,
                                heed_popover_label(popover, "%s", slash != NULL ? slash + 1 : name),
                                true);
    }
    heed_popover_add_choice(popover, HEED_COMMAND_OPEN, 0,
                            "Another file (.tsv, .conllu) \xE2\x80\xA6", false);
}

void heed_ui_choose_probe(struct heed_ui *ui, int32_t argument)
{
    if (argument <= 0) {
        heed_popover_open_menu(ui, HEED_COMMAND_PROBE_FILE,
                               heed_ui_control_rect(ui, HEED_COMMAND_PROBE_FILE), fill_probes);
    } else if (argument <= ui->n_probes) {
        probe(ui, ui->probes[argument - 1].name);
    }
}

static struct heed_pin pin_of(struct heed_token_range range)
{
    return (struct heed_pin){range.first, range.count};
}

static void mark(struct heed_state *state, const struct heed_probe_item *item)
{
    state->query = pin_of(item->pronoun);
    state->key = pin_of(item->candidates[item->answer]);
    state->n_candidates = 0;
    for (int c = 0; c < item->n_candidates; c++) {
        const struct heed_pin pin = pin_of(item->candidates[c]);
        if (heed_state_find_candidate(state, pin) < 0) {
            heed_state_toggle_candidate(state, pin);
        }
    }
}

/* A relation's word in Arcs: the gold link pinned, the head's arcs from it. */
static void mark_related(struct heed_ui *ui, struct heed_state *state,
                         const struct heed_probe_run *run, int index)
{
    const struct heed_relation_item *item = &heed_relations_items(run->relations)[index];
    const struct heed_related *of = heed_tasks_get_related(&ui->tasks);
    const struct heed_token_range *words = run->tree_words[item->sentence];
    const bool forth = of->direction == HEED_RELATION_HEAD;
    state->query = pin_of(words[forth ? item->dependent : item->head]);
    state->key = pin_of(words[forth ? item->head : item->dependent]);
    state->n_candidates = 0;
    state->view = HEED_VIEW_ARCS;
    state->panel = HEED_PANEL_NONE;
    if (state->n_shown != 1) {
        const struct heed_head_id id = {(int16_t)of->layer, (int16_t)of->head};
        heed_state_show_only(state, &id, 1);
        state->matrix_head = id;
    }
}

void heed_ui_open_sentence(struct heed_ui *ui, int32_t argument)
{
    const int index = argument - 1;
    const struct heed_probe_run *run = heed_tasks_get_probe(&ui->tasks);
    const bool related = run != NULL && heed_probe_run_is_relations(run);
    const int n = run == NULL ? 0 : related ? heed_relations_count(run->relations) : (int)run->n;
    struct heed_state state;
    if (index < 0 || index >= n || !heed_state_copy(&state, &ui->now.state, NULL)) {
        return;
    }
    const char *text =
        related
            ? run->rows.trees[run->trees[heed_relations_items(run->relations)[index].sentence]].text
            : run->sentences[index].text;
    const bool ok = heed_state_set_text(&state, text, strlen(text), NULL) &&
                    heed_state_set_pair(&state, NULL, 0, NULL);
    state.filter.segments = HEED_SEGMENTS_ALL;
    if (related) {
        mark_related(ui, &state, run, index);
    } else {
        mark(&state, &run->sentences[index].item);
    }
    if (!ok || !heed_ui_set_state(ui, &state, true, NULL)) {
        heed_ui_say(ui, true, "out of memory: the sentence wasn't opened");
    }
    heed_state_finish(&state);
}

void heed_ui_choose_probed(struct heed_ui *ui, struct heed_head_id id)
{
    struct heed_state *state = &ui->now.state;
    if (heed_ui_begin(ui)) {
        heed_state_show_only(state, &id, 1);
        state->matrix_head = id;
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

/* --- what is looked at --- */

static void fill_groups(struct heed_ui *ui)
{
    struct heed_popover *popover = &ui->popover;
    const struct heed_probe_run *run = heed_tasks_get_work(&ui->tasks, HEED_TASK_PROBE);
    heed_popover_add_choice(popover, HEED_COMMAND_PROBE_GROUP, 1,
                            heed_popover_label(popover, "All %zu sentences", run->n),
                            ui->tasks.look.group == 0);
    for (int g = 0; g < run->n_groups; g++) {
        const char *name = run->groups[g].name;
        heed_popover_add_choice(popover, HEED_COMMAND_PROBE_GROUP, g + 2,
                                heed_popover_label(popover, "%.80s: %zu",
                                                   name[0] != '\0' ? name : "without a name",
                                                   run->groups[g].n),
                                ui->tasks.look.group == g + 1);
    }
}

bool heed_ui_has_probe_groups(const struct heed_ui *ui)
{
    const struct heed_probe_run *run = heed_tasks_get_work(&ui->tasks, HEED_TASK_PROBE);
    return run != NULL && run->n_groups > 1;
}

void heed_ui_choose_probe_group(struct heed_ui *ui, int32_t argument)
{
    if (argument <= 0) {
        heed_popover_open_menu(ui, HEED_COMMAND_PROBE_GROUP,
                               heed_ui_control_rect(ui, HEED_COMMAND_PROBE_GROUP), fill_groups);
    } else {
        ui->tasks.look.group = argument - 1;
        heed_ui_touch(ui);
    }
}

void heed_ui_keep_probed(struct heed_ui *ui, int32_t argument)
{
    enum heed_probe_kept *kept = &ui->tasks.look.kept;
    *kept = (enum heed_probe_kept)(argument > 0 ? argument - 1 : ((int)*kept + 1) % 3);
    heed_ui_touch(ui);
}

/* Opens it with its best head, or closes it. */
void heed_ui_open_relation(struct heed_ui *ui, int32_t argument)
{
    const struct heed_probe_run *run = heed_tasks_get_work(&ui->tasks, HEED_TASK_PROBE);
    int *opened = &ui->tasks.look.relation;
    if (run == NULL || argument < 1 || argument > run->n_related) {
        return;
    }
    *opened = *opened == argument ? 0 : argument;
    if (*opened > 0) {
        const struct heed_related *of = &run->related[argument - 1];
        heed_ui_choose_probed(ui, (struct heed_head_id){(int16_t)of->layer, (int16_t)of->head});
    }
    heed_ui_touch(ui);
}

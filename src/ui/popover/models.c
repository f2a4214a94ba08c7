#include "ui/popover/models.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/platform.h"
#include "ui/popover/popover.h"
#include "ui/window/fields.h"
#include "ui/window/history.h"
#include "ui/window/layout.h"

static const char *typed(const struct heed_ui *ui)
{
    const struct heed_buffer *text = &ui->popover.field.text;
    return text->data != NULL ? text->data : "";
}

const struct heed_catalog *heed_models_listed(const struct heed_ui *ui)
{
    return ui->models.is_path ? ui->models.inside : ui->models.all;
}

/* ---- what is listed ---- */

static bool holds(const char *text, const char *word, size_t length)
{
    for (; *text != '\0'; text++) {
        if (strncasecmp(text, word, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Each word of the query is in its name, its owner, its architecture or its licence. */
static bool matches(const struct heed_model_facts *it, const char *query)
{
    while (*query != '\0') {
        const size_t length = strcspn(query, " ");
        if (length > 0 && !holds(it->entry.name, query, length) &&
            !holds(it->entry.owner, query, length) && !holds(it->architecture, query, length) &&
            !holds(it->licence, query, length)) {
            return false;
        }
        query += length;
        query += strspn(query, " ");
    }
    return true;
}

static int chosen_row(const struct heed_ui *ui)
{
    const struct heed_catalog *listed = heed_models_listed(ui);
    for (int i = 0; i < ui->models.n; i++) {
        if (strcmp(heed_catalog_get(listed, ui->models.rows[i])->entry.folder, ui->models.chosen) ==
            0) {
            return i;
        }
    }
    return -1;
}

static void choose(struct heed_ui *ui, int row)
{
    struct heed_ui_models *models = &ui->models;
    models->chosen[0] = '\0';
    if (row >= 0 && row < models->n) {
        const struct heed_catalog *listed = heed_models_listed(ui);
        snprintf(models->chosen, sizeof(models->chosen), "%s",
                 heed_catalog_get(listed, models->rows[row])->entry.folder);
    }
    heed_ui_touch(ui);
}

static int row_of_open(const struct heed_ui *ui)
{
    const struct heed_catalog *listed = heed_models_listed(ui);
    const bool second = ui->models.for_b && ui->now.state.compare_model != NULL;
    for (int i = 0; i < ui->models.n; i++) {
        const struct heed_model_facts *it = heed_catalog_get(listed, ui->models.rows[i]);
        if (second ? heed_models_is_second(ui, it) : heed_models_is_open(ui, it)) {
            return i;
        }
    }
    return 0;
}

void heed_models_fill(struct heed_ui *ui)
{
    struct heed_ui_models *models = &ui->models;
    const struct heed_catalog *listed = heed_models_listed(ui);
    bool is_done = false;
    const int n = listed != NULL ? heed_catalog_count(listed, &is_done) : 0;
    models->n = 0;
    for (int i = 0; i < n; i++) {
        if (models->is_path || matches(heed_catalog_get(listed, i), typed(ui))) {
            models->rows[models->n++] = i;
        }
    }
    if (chosen_row(ui) < 0) {
        choose(ui, row_of_open(ui));
    }
    heed_ui_touch(ui);
}

const struct heed_model_facts *heed_models_chosen(const struct heed_ui *ui)
{
    const int row = chosen_row(ui);
    return row >= 0 ? heed_catalog_get(heed_models_listed(ui), ui->models.rows[row]) : NULL;
}

bool heed_models_is_open(const struct heed_ui *ui, const struct heed_model_facts *facts)
{
    return heed_folder_is_same(ui->models.open, facts->id);
}

bool heed_models_is_second(const struct heed_ui *ui, const struct heed_model_facts *facts)
{
    return heed_folder_is_same(ui->models.second, facts->id);
}

const char *heed_models_problem(const struct heed_ui *ui, const struct heed_model_facts *facts,
                                bool as_b)
{
    if (facts->is_folder) {
        return "Tab goes into this folder";
    }
    if (!facts->loads) {
        return facts->why.text;
    }
    if (ui->models.is_spoilt) {
        return NULL; /* it is to be opened once more */
    }
    if (as_b) {
        const bool same = ui->now.state.compare_model == NULL;
        return ui->now.state.file != NULL ? "B of an attention file is another file"
               : heed_models_is_second(ui, facts) || (same && heed_models_is_open(ui, facts))
                   ? "B is of it already"
                   : NULL;
    }
    return ui->now.state.file == NULL && heed_models_is_open(ui, facts) ? "It is open already"
                                                                        : NULL;
}

/* ---- what the worker tells ---- */

void heed_ui_set_catalogs(struct heed_ui *ui, const struct heed_catalog *all,
                          const struct heed_catalog *inside)
{
    ui->models.all = all;
    ui->models.inside = inside;
    if (ui->popover.kind == HEED_POPOVER_MODELS) {
        heed_models_fill(ui);
    }
}

void heed_ui_set_load(struct heed_ui *ui, struct heed_load_progress progress)
{
    struct heed_ui_models *models = &ui->models;
    if (models->n_since == 0 && progress.done > 0) {
        models->since = ui->time;
        models->n_since = progress.done;
    }
    models->progress = progress;
    heed_ui_touch(ui);
}

static void load_model(struct heed_ui *ui, const char *folder, const char *name, bool as_b)
{
    struct heed_ui_models *models = &ui->models;
    models->loading_b = as_b;
    snprintf(models->loading, sizeof(models->loading), "%s", folder);
    snprintf(models->loading_name, sizeof(models->loading_name), "%s", name);
    models->progress = (struct heed_load_progress){.is_loading = true};
    models->n_since = 0;
    models->failed[0] = '\0';
    ui->effects->load_model = models->loading;
    heed_ui_touch(ui);
}

void heed_ui_load_model(struct heed_ui *ui, const char *folder, const char *name)
{
    load_model(ui, folder, name, false);
}

const char *heed_models_say_loading(struct heed_ui *ui)
{
    struct heed_ui_models *models = &ui->models;
    const struct heed_load_progress progress = models->progress;
    if (models->loading[0] == '\0') {
        return NULL;
    }
    snprintf(models->said, sizeof(models->said), "opening %.60s, %d %%", models->loading_name,
             progress.all > 0 ? 100 * progress.done / progress.all : 0);
    return models->said;
}

bool heed_ui_cancel_load(struct heed_ui *ui)
{
    struct heed_ui_models *models = &ui->models;
    if (models->loading[0] == '\0') {
        return false;
    }
    heed_ui_say(ui, false, "%s wasn\xE2\x80\x99t opened", models->loading_name);
    models->loading[0] = '\0';
    ui->effects->cancel_load = true;
    return true;
}

/* A's, in the place of a file, too. */
static bool set_first(struct heed_state *state, const char *folder, struct heed_error *err)
{
    return heed_state_set_model(state, folder, err) &&
           (state->file == NULL || heed_state_set_file(state, NULL, err));
}

/* B's: Compare is where it is seen. */
static bool set_second(struct heed_state *state, const char *folder, struct heed_error *err)
{
    if (!heed_state_begin_compare(state, err) ||
        !heed_state_set_compare_model(state, folder, err)) {
        return false;
    }
    state->view = HEED_VIEW_COMPARE;
    state->panel = HEED_PANEL_NONE;
    return true;
}

void heed_models_same(struct heed_ui *ui)
{
    if (ui->now.state.compare_model != NULL && heed_ui_begin(ui)) {
        if (!heed_state_set_compare_model(&ui->now.state, NULL, NULL)) {
            heed_ui_say(ui, true, "out of memory: B stays as it is");
        }
        heed_ui_end(ui, HEED_MERGE_NONE);
    }
}

void heed_ui_take_model(struct heed_ui *ui, const char *folder)
{
    struct heed_error err = {0};
    const enum heed_view view = ui->now.state.view;
    ui->models.loading[0] = '\0';
    if (!heed_ui_begin(ui)) {
        return;
    }
    if (!(ui->models.loading_b ? set_second : set_first)(&ui->now.state, folder, &err)) {
        heed_ui_say(ui, true, "%s", err.text);
    }
    if (ui->now.state.view != view) {
        heed_ui_fit(ui);
    }
    if (ui->popover.kind == HEED_POPOVER_MODELS) {
        heed_popover_close(ui);
    }
    heed_ui_end(ui, HEED_MERGE_NONE);
    heed_ui_sync_fields(ui);
    heed_ui_layout(ui);
}

void heed_ui_fail_load(struct heed_ui *ui, const char *folder, const char *why)
{
    struct heed_ui_models *models = &ui->models;
    models->loading[0] = '\0';
    snprintf(models->failed, sizeof(models->failed), "%s", folder);
    snprintf(models->why, sizeof(models->why), "%s", why);
    if (ui->popover.kind != HEED_POPOVER_MODELS) {
        heed_ui_say(ui, true, "%s", why);
    }
    heed_ui_touch(ui);
}

/* ---- the popover ---- */

void heed_popover_open_models(struct heed_ui *ui, bool for_b)
{
    struct heed_ui_models *models = &ui->models;
    const char *second = ui->now.state.compare_model;
    heed_popover_begin(ui, HEED_POPOVER_MODELS,
                       for_b ? HEED_COMMAND_COMPARE_MODEL : HEED_COMMAND_MODELS);
    models->for_b = for_b;
    models->second = second != NULL ? heed_folder_identify(second) : (struct heed_folder_id){0, 0};
    heed_ui_fill_field(ui, &ui->popover.field, "", 0, false);
    models->is_path = false;
    models->chosen[0] = '\0';
    ui->effects->look_for_models = true;
    heed_models_fill(ui);
    heed_ui_focus_field(ui, HEED_UI_FIELD_POPOVER);
}

void heed_models_text_changed(struct heed_ui *ui)
{
    struct heed_ui_models *models = &ui->models;
    const char *text = typed(ui);
    models->is_path = heed_platform_is_absolute(text) || text[0] == '~' || text[0] == '.';
    if (models->is_path) {
        models->inside = NULL;
        ui->effects->look_in = text;
    }
    ui->popover.scroll = 0.0F;
    ui->popover.error[0] = '\0';
    heed_models_fill(ui);
}

void heed_models_step(struct heed_ui *ui, int by)
{
    const int row = chosen_row(ui) + by;
    const int last = ui->models.n - 1;
    choose(ui, row < 0 ? 0 : row > last ? last : row);
    ui->popover.follow = true;
}

bool heed_models_complete(struct heed_ui *ui)
{
    const struct heed_model_facts *facts = heed_models_chosen(ui);
    char text[PATH_MAX + 2];
    if (!ui->models.is_path || facts == NULL) {
        return false;
    }
    snprintf(text, sizeof(text), "%s/", facts->entry.folder);
    heed_ui_fill_field(ui, &ui->popover.field, text, strlen(text), false);
    ui->popover.field.caret = ui->popover.field.anchor = strlen(text);
    heed_models_text_changed(ui);
    return true;
}

void heed_models_accept(struct heed_ui *ui, bool as_b)
{
    const struct heed_model_facts *facts = heed_models_chosen(ui);
    if (facts == NULL) {
        return;
    }
    if (facts->is_folder) {
        (void)heed_models_complete(ui);
    } else if (facts->loads && heed_models_problem(ui, facts, as_b) != NULL) {
        return;
    } else if (as_b && heed_models_is_open(ui, facts)) {
        heed_models_same(ui);
        heed_popover_close(ui);
    } else {
        load_model(ui, facts->entry.folder, facts->entry.name, as_b);
    }
}

void heed_models_load_typed(struct heed_ui *ui)
{
    const char *slash = strrchr(typed(ui), '/');
    load_model(ui, typed(ui), slash != NULL ? slash + 1 : typed(ui), ui->models.for_b);
}

void heed_models_click(struct heed_ui *ui, int32_t row)
{
    const bool again = chosen_row(ui) == row - 1;
    choose(ui, row - 1);
    if (again) {
        heed_models_accept(ui, ui->models.for_b);
    }
}

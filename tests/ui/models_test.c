/* The chooser of models: found by typing, opened by Enter, one step of the history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/catalog.h"
#include "core/engine/result.h"
#include "ui/popover/models.h"
#include "ui/popover/models_look.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "window_rig.h"

/* The folders of tests/data that begin so. */
static struct heed_catalog *look_in(const char *path)
{
    struct heed_catalog *catalog = NULL;
    char whole[1024];
    const char *data = getenv("HEED_TEST_DATA");
    snprintf(whole, sizeof(whole), "%s/data/%s", data != NULL ? data : "tests", path);
    assert_true(heed_catalog_create_inside(&catalog, whole, NULL, NULL, NULL));
    heed_catalog_wait(catalog);
    return catalog;
}

static void open_chooser(struct window *window, const struct heed_catalog *catalog)
{
    window_press(window, 'O', CTRL | SHIFT);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_MODELS);
    assert_true(window->effects.look_for_models);
    heed_ui_set_catalogs(window->ui, catalog, NULL);
    window_build(window);
}

static void a_row_is_found_by_typing_and_opened_by_enter(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("tiny-");
    open_chooser(window, catalog);
    const int all = window->ui->models.n;
    assert_true(all > 3);
    assert_true(window_says(window, "tiny-bert"));
    window_type(window, "distil");
    assert_int_equal(window->ui->models.n, 1);
    assert_false(window_says(window, "tiny-bert"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_non_null(window->effects.load_model);
    assert_non_null(strstr(window->effects.load_model, "tiny-distilbert"));
    assert_null(window_state(window)->model); /* until it is there */
    assert_true(window_says(window, "loading"));
    heed_ui_set_load(window->ui, (struct heed_load_progress){true, 1, 4});
    window_build(window);
    assert_true(window_says(window, "25 %"));
    assert_true(window_says(window, "packing layer 2 of 4"));
    assert_false(window_says(window, "left"));
    window->time += 2;
    window_build(window);
    heed_ui_set_load(window->ui, (struct heed_load_progress){true, 2, 4});
    window_build(window);
    assert_true(window_says(window, "4 s left"));
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

static void a_model_that_is_there_is_one_step_of_the_history(void **context)
{
    struct window *window = *context;
    const int undo = window->ui->history.n_undo;
    heed_ui_load_model(window->ui, "/models/a", "a");
    heed_ui_take_model(window->ui, "/models/a");
    window_build(window);
    assert_string_equal(window_state(window)->model, "/models/a");
    assert_int_equal(window->ui->history.n_undo, undo + 1);
    const struct heed_job job = heed_ui_get_job(window->ui, 99);
    assert_string_equal(job.model, "/models/a");
    window_press(window, 'Z', CTRL);
    assert_null(window_state(window)->model);
    assert_true(window->effects.encode);
}

static void a_model_that_fails_leaves_the_state_and_says_why(void **context)
{
    struct window *window = *context;
    heed_ui_load_model(window->ui, "/models/a", "a");
    heed_ui_fail_load(window->ui, "/models/a", "its weights are broken");
    window_build(window);
    assert_null(window_state(window)->model);
    assert_true(window_says(window, "its weights are broken"));
    assert_null(heed_models_say_loading(window->ui));
}

static void esc_leaves_the_chooser_and_then_stops_the_loading(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("tiny-bert");
    open_chooser(window, catalog);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_non_null(window->effects.load_model);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_NONE);
    assert_false(window->effects.cancel_load);
    assert_true(window_says(window, "opening tiny-bert, 0 %"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_true(window->effects.cancel_load);
    assert_null(heed_models_say_loading(window->ui));
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

/* Ctrl+Shift+B, Enter; undone; and back to A's in one action. */
static void b_takes_a_model_of_its_own(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("tiny-");
    window_click(window, command_target(HEED_COMMAND_VIEW, HEED_VIEW_COMPARE), 1, 0);
    window_press(window, 'B', CTRL | SHIFT);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_MODELS);
    heed_ui_set_catalogs(window->ui, catalog, NULL);
    window_build(window);
    assert_true(window_says(window, "Model of B"));
    assert_true(window_says(window, "Same model as A"));
    window_type(window, "distil");
    window_press(window, HEED_KEY_ENTER, 0);
    assert_non_null(window->effects.load_model);
    char folder[1024];
    snprintf(folder, sizeof(folder), "%s", window->effects.load_model);
    heed_ui_take_model(window->ui, folder);
    window_build(window);
    assert_null(window_state(window)->model);
    assert_string_equal(window_state(window)->compare_model, folder);
    assert_string_equal(heed_ui_get_job(window->ui, 99).compare_model, folder);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_NONE);
    window_press(window, 'Z', CTRL);
    assert_null(window_state(window)->compare_model);
    window_press(window, 'Z', CTRL | SHIFT);
    assert_string_equal(window_state(window)->compare_model, folder);
    window_click(window, command_target(HEED_COMMAND_COMPARE_MODEL, 1), 1, 0);
    assert_null(window_state(window)->compare_model);
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

/* "Open as B", from any view: there Compare is shown. */
static void the_chooser_opens_as_b_too(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("tiny-distil");
    open_chooser(window, catalog);
    window_click(window, heed_models_target(HEED_COMMAND_MODEL_OPEN, 1), 1, 0);
    assert_non_null(window->effects.load_model);
    heed_ui_take_model(window->ui, "/models/b");
    assert_int_equal(window_state(window)->view, HEED_VIEW_COMPARE);
    assert_string_equal(window_state(window)->compare_model, "/models/b");
    assert_non_null(window_state(window)->compare);
    window_press(window, 'Z', CTRL | SHIFT); /* nothing to redo */
    window_press(window, 'Z', CTRL);
    assert_int_not_equal(window_state(window)->view, HEED_VIEW_COMPARE);
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

/* A session's folder that is gone: one line, and Compare goes on with A's. */
static void a_model_of_b_that_is_gone_leaves_a_s(void **context)
{
    struct window *window = *context;
    struct heed_state state;
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    state.view = HEED_VIEW_COMPARE;
    assert_true(heed_state_set_compare_model(&state, "/gone", NULL));
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_build(window);
    const int undo = window->ui->history.n_undo;
    struct heed_result failed = {.generation = heed_ui_get_job(window->ui, 100).generation,
                                 .has_no_second = true};
    heed_error_set(&failed.error, HEED_ERROR_INPUT, "no model at '/gone'");
    heed_ui_set_result(window->ui, &failed);
    window_build(window);
    assert_null(window_state(window)->compare_model);
    assert_int_equal(window_state(window)->view, HEED_VIEW_COMPARE);
    assert_int_equal(window->ui->history.n_undo, undo);
    assert_true(window_says(window, "no model at '/gone': B is of the same model as A"));
    assert_null(heed_ui_get_job(window->ui, 101).compare_model);
}

/* Its files may be others since the list was made. */
static void one_that_isnt_read_is_tried_again(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("fam-camembert"); /* has no tokenizer */
    open_chooser(window, catalog);
    assert_int_equal(window->ui->models.n, 1);
    assert_true(window_says(window, "its tokenizer"));
    assert_true(window_says(window, "Try again"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_non_null(strstr(window->effects.load_model, "fam-camembert"));
    char folder[1024];
    snprintf(folder, sizeof(folder), "%s", window->effects.load_model);
    heed_ui_fail_load(window->ui, folder, "broken");
    window_build(window);
    assert_true(window_says(window, "broken"));
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

static void the_model_in_use_is_opened_again_when_its_files_are_others(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("tiny-bert");
    open_chooser(window, catalog);
    window->ui->models.open = heed_catalog_get(catalog, 0)->id;
    window_press(window, HEED_KEY_ENTER, 0);
    assert_null(window->effects.load_model); /* it is open already */
    struct heed_result failed = {.generation = ++window->generation};
    heed_error_set(&failed.error, HEED_ERROR_FILE, "'w' was changed while heed had it open");
    heed_ui_set_result(window->ui, &failed);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_non_null(window->effects.load_model);
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

static void a_path_lists_its_folders_and_tab_goes_in(void **context)
{
    struct window *window = *context;
    struct heed_catalog *catalog = look_in("tiny-b");
    open_chooser(window, NULL);
    window_type(window, "./x");
    assert_string_equal(window->effects.look_in, "./x");
    heed_ui_set_catalogs(window->ui, NULL, catalog);
    window_build(window);
    assert_true(window_says(window, "tiny-bert"));
    window_press(window, HEED_KEY_TAB, 0);
    assert_non_null(strstr(window->effects.look_in, "/tiny-bert/"));
    heed_catalog_destroy(catalog);
    heed_ui_set_catalogs(window->ui, NULL, NULL);
}

static void the_models_name_in_the_status_bar_opens_it(void **context)
{
    struct window *window = *context;
    window_click(window, command_target(HEED_COMMAND_MODELS, 0), 1, 0);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_MODELS);
}

static void a_state_that_names_no_model_keeps_the_one_in_use(void **context)
{
    struct window *window = *context;
    struct heed_state state;
    heed_ui_take_model(window->ui, "/models/a");
    assert_true(heed_state_init(&state, NULL));
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    assert_string_equal(window_state(window)->model, "/models/a");
    heed_state_finish(&state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_row_is_found_by_typing_and_opened_by_enter),
        IN_WINDOW(a_model_that_is_there_is_one_step_of_the_history),
        IN_WINDOW(a_model_that_fails_leaves_the_state_and_says_why),
        IN_WINDOW(esc_leaves_the_chooser_and_then_stops_the_loading),
        IN_WINDOW(b_takes_a_model_of_its_own),
        IN_WINDOW(the_chooser_opens_as_b_too),
        IN_WINDOW(a_model_of_b_that_is_gone_leaves_a_s),
        IN_WINDOW(one_that_isnt_read_is_tried_again),
        IN_WINDOW(the_model_in_use_is_opened_again_when_its_files_are_others),
        IN_WINDOW(a_path_lists_its_folders_and_tab_goes_in),
        IN_WINDOW(the_models_name_in_the_status_bar_opens_it),
        IN_WINDOW(a_state_that_names_no_model_keeps_the_one_in_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The ablation panel in the window, on a small model's own results: running,
 * progress, cancelling, staleness, the ranking, the head map, the table as a
 * file; and the inspector's four measures of a link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/ablation_task.h"
#include "scene/frame/ablation_values.h"
#include "scene/frame/tasks.h"
#include "scene/widgets/widgets.h"
#include "state/interventions.h"
#include "state/probe_files.h"
#include "tiny_model.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "window_rig.h"

enum { ANIMAL = 2, OLD = 5, DOG = 6, N_HEADS = 8 };

static const char sentence[] = "the animal and the old dog ran";

static void write_text(struct window *window, const char *text)
{
    window_press(window, 'L', CTRL);
    window_press(window, 'A', CTRL);
    window_type(window, text);
    window_leave_field(window);
}

/* The sentence in Links, dog -> animal pinned, the panel open. */
static void open_panel(struct window *window)
{
    heed_ui_set_model(window->ui, heed_pipeline_get_model(tiny_model_pipeline()),
                      heed_pipeline_get_tokenizer(tiny_model_pipeline()));
    write_text(window, sentence);
    window_click(window, token_target(HEED_TARGET_QUERY, DOG), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, ANIMAL), 1, 0);
    window_press(window, 'A', SHIFT);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_ABLATION);
}

/* The task that the last event asked for, as the app makes it. */
static struct heed_task *begun(struct window *window)
{
    struct heed_task *task = NULL;
    assert_true(window->effects.start);
    assert_int_equal(window->effects.start_kind, HEED_TASK_ABLATION);
    const struct heed_ablation_options options =
        heed_ui_get_ablation(window->ui, window->effects.start_id);
    assert_true(heed_ablation_task_create(&task, options, NULL));
    return task;
}

static void end(struct window *window, struct heed_task *task)
{
    assert_true(heed_task_run(task, tiny_model_pipeline(), NULL, NULL, NULL));
    heed_ui_set_task(window->ui, task);
    heed_task_release(task);
    window_build(window);
}

static void run(struct window *window)
{
    window_press(window, HEED_KEY_ENTER, CTRL);
    end(window, begun(window));
}

static bool shows_text(const struct window *window, const char *text)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_TEXT && strstr(item->as.text.text, text) != NULL) {
            return true;
        }
    }
    return false;
}

static const struct heed_ablation_table *table_of(const struct window *window)
{
    const struct heed_ablation_work *work =
        heed_tasks_get_work(heed_ui_get_tasks(window->ui), HEED_TASK_ABLATION);
    return work != NULL ? &work->table : NULL;
}

static void set_progress(struct window *window, int done)
{
    const struct heed_tasks *tasks = heed_ui_get_tasks(window->ui);
    const struct heed_task_progress progress = {tasks->running, done, N_HEADS};
    assert_true(heed_ui_set_progress(window->ui, progress));
    assert_false(heed_ui_set_progress(window->ui, progress)); /* no news */
    window_build(window);
}

/* What had run when the state was kept is run again with the first result, once. */
static void numbers_come_back_with_the_state(void **context)
{
    struct window *window = *context;
    enum heed_task_kind kind = HEED_N_TASKS;
    struct heed_state state = {0};
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    state.panel = HEED_PANEL_ABLATION;
    state.ablation_ran = true;
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    assert_true(heed_ui_resume(window->ui, &kind) != 0);
    assert_int_equal(kind, HEED_TASK_ABLATION);
    assert_true(heed_tasks_runs(heed_ui_get_tasks(window->ui), HEED_TASK_ABLATION));
    assert_true(heed_ui_resume(window->ui, &kind) == 0);
}

/* Those of a panel that isn't open, too: the open one's first. */
static void all_that_had_run_comes_back_one_after_the_other(void **context)
{
    struct window *window = *context;
    enum heed_task_kind kind = HEED_N_TASKS;
    struct heed_state state = {0};
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    assert_true(heed_state_set_text(&state, "The dog ran home.", 17, NULL)); /* not the first */
    assert_true(heed_state_set_probe(&state, "pronouns.tsv", 12, NULL));
    state.panel = HEED_PANEL_PROBE;
    state.ablation_ran = state.probe_ran = true;
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    const uint64_t first = heed_ui_resume(window->ui, &kind);
    assert_int_equal(kind, HEED_TASK_PROBE);
    assert_true(heed_ui_resume(window->ui, &kind) == 0);
    heed_ui_fail_task(window->ui, first, "it ended");
    assert_true(heed_ui_resume(window->ui, &kind) != 0);
    assert_int_equal(kind, HEED_TASK_ABLATION);
    /* Cancelled: the next window is spared it. */
    window_leave_field(window);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_true(heed_ui_resume(window->ui, &kind) == 0);
    assert_false(window_state(window)->ablation_ran);
}

/* Of another text nothing had run; of sentences it is all the same. */
static void another_text_has_no_numbers_to_come_back(void **context)
{
    struct window *window = *context;
    struct heed_state state = {0};
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    state.ablation_ran = state.probe_ran = true;
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_press(window, 'L', CTRL);
    window_type(window, "x");
    assert_false(window_state(window)->ablation_ran);
    assert_true(window_state(window)->probe_ran);
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, 'D', 0);
    window_press(window, 'Z', CTRL);
    assert_true(window_state(window)->probe_ran);
}

static void before_it_ran_it_says_what_it_costs(void **context)
{
    struct window *window = *context;
    open_panel(window);
    assert_true(shows_text(window, "Run mutes each of the 8 heads"));
    assert_true(shows_text(window, "8 runs"));

    assert_true(shows_text(window, "which head, when muted, changes dog"));
    assert_null(table_of(window));
}

static void running_shows_progress_and_then_the_ranking(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window_press(window, HEED_KEY_ENTER, CTRL);
    struct heed_task *task = begun(window);
    set_progress(window, 3);
    assert_true(shows_text(window, "3 of 8 heads"));
    end(window, task);
    assert_false(shows_text(window, "3 of 8 heads"));
    assert_true(shows_text(window, "Run again"));
    assert_string_equal(table_of(window)->from, "dog");
    assert_string_equal(table_of(window)->to, "animal");
    assert_true(shows_text(window, "Muted: change of dog"));
}

static void the_panel_shows_the_numbers_of_the_table(void **context)
{
    struct window *window = *context;
    open_panel(window);
    run(window);
    for (int i = 0; i < N_HEADS; i++) {
        char number[32];
        heed_format_number(number, sizeof(number),
                           (double)table_of(window)->rows[i].head.sentence_effect, 4);
        assert_true(shows_text(window, number));
    }
}

static void a_column_orders_the_rows_and_colours_the_map(void **context)
{
    struct window *window = *context;
    open_panel(window);
    run(window);
    window_click(window, command_target(HEED_COMMAND_ABLATION_BY, HEED_ABLATION_BY_TOKEN), 1, 0);
    assert_int_equal(window_state(window)->ablation_by, HEED_ABLATION_BY_TOKEN);
    assert_true(shows_text(window, "Muted: dog moves"));
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->ablation_by, HEED_ABLATION_BY_LARGEST);
}

static void cancelling_leaves_what_was_there(void **context)
{
    struct window *window = *context;
    open_panel(window);
    run(window);
    const struct heed_ablation_table *before = table_of(window);
    window_press(window, HEED_KEY_ENTER, CTRL);
    struct heed_task *task = begun(window);
    const uint64_t id = window->effects.start_id;
    set_progress(window, 5);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window->effects.cancel_task, id);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_ABLATION);
    end(window, task); /* it comes all the same: too late */
    assert_ptr_equal(table_of(window), before);
    assert_false(shows_text(window, "5 of 8 heads"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_NONE);
    assert_int_equal(window_state(window)->key.first, ANIMAL);
}

static void a_probe_that_takes_its_place_says_so(void **context)
{
    static const char says[] = "the ablation was stopped unfinished";
    static const char file[] = "sentence\tpronoun\tcandidates\tanswer\n"
                               "The dog saw the cat.\tsaw\tdog|cat\tdog\n";
    struct window *window = *context;
    const struct heed_probe_file probe = {"a.tsv", "", file, sizeof(file) - 1};
    heed_ui_set_probes(window->ui, &probe, 1);
    open_panel(window);
    window_press(window, HEED_KEY_ENTER, CTRL);
    window_press(window, HEED_KEY_ENTER, CTRL);
    assert_false(shows_text(window, says)); /* the same again */
    window_press(window, 'P', SHIFT);       /* the first list is run at once */
    assert_true(window->effects.start);
    assert_int_equal(window->effects.start_kind, HEED_TASK_PROBE);
    assert_true(shows_text(window, says));
}

static void the_cancel_button_cancels(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window_press(window, HEED_KEY_ENTER, CTRL);
    heed_task_release(begun(window));
    set_progress(window, 1);
    window_click(window, command_target(HEED_COMMAND_CANCEL, 0), 1, 0);
    assert_true(window->effects.cancel_task != 0);
    assert_true(shows_text(window, "Run mutes each"));
}

static void numbers_of_another_text_or_link_say_so(void **context)
{
    struct window *window = *context;
    open_panel(window);
    run(window);
    assert_false(shows_text(window, "Not of"));
    window_press(window, 'J', 0); /* another key */
    assert_true(window_state(window)->key.first != ANIMAL);
    assert_true(shows_text(window, "Not of what is pinned now"));
    assert_true(shows_text(window, "Run for this"));
    assert_false(shows_text(window, "Muted: change of"));
    window_press(window, 'Z', CTRL);
    assert_false(shows_text(window, "Not of"));
    write_text(window, "the animal and the old dog ran home");
    assert_true(shows_text(window, "Not of the text above"));
    assert_true(shows_text(window, "old dog ran\xE2\x80\x9D"));
}

static void without_a_pin_only_the_sentence_is_measured(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, 'A', SHIFT);
    run(window);
    assert_null(table_of(window)->from);
    assert_true(shows_text(window, "the sentence moves"));
    assert_false(shows_text(window, "weight in later heads"));
}

static void a_row_shows_its_head_and_its_button_mutes_it(void **context)
{
    struct window *window = *context;
    open_panel(window);
    run(window);
    const struct heed_head_id id = {1, 2};
    assert_false(window_shows(window, id.layer, id.head));
    window_click(window, head_target(id.layer, id.head), 1, 0);
    assert_true(window_shows(window, id.layer, id.head));
    window_click(window, command_target(HEED_COMMAND_MUTE, (id.layer << 16 | id.head) + 1), 1, 0);
    assert_true(heed_state_mutes(window_state(window), id));
    /* The numbers are of the untouched model: they still hold. */
    assert_false(shows_text(window, "Not of"));
    assert_true(shows_text(window, "counts as on here"));
}

static void rows_are_reached_and_scrolled_to_by_keys(void **context)
{
    struct window *window = *context;
    open_panel(window);
    run(window);
    heed_ui_resize(window->ui, 1024, 480, 1);
    window_build(window);
    const struct heed_ablated_head *last = &table_of(window)->rows[N_HEADS - 1].head;
    window_press(window, HEED_KEY_DOWN, 0); /* into the picture */
    for (int i = 0; i < N_HEADS; i++) {
        window_press(window, HEED_KEY_DOWN, 0);
    }
    /* By the largest change the last layer's heads, all 0, come last. */
    assert_false(window_shows(window, 1, 3));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_shows(window, 1, 3));
    assert_int_equal(last->layer, 1);
    float x = 0, y = 0;
    assert_true(window_find(window, head_target(1, 3), &x, &y));
}

static void a_view_takes_the_panels_place(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window_press(window, '3', 0);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_NONE);
    assert_int_equal(window_state(window)->view, HEED_VIEW_MATRIX);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_ABLATION);
    window_click(window, command_target(HEED_COMMAND_PANEL, HEED_PANEL_ABLATION), 1, 0);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_NONE);
}

static void the_table_is_written_as_the_command_writes_it(void **context)
{
    struct window *window = *context;
    struct heed_buffer out = {0}, wanted = {0};
    struct heed_error err = {0};
    open_panel(window);
    assert_false(heed_ui_put_table(window->ui, &out, true, &err));
    assert_non_null(strstr(err.text, "run it first"));
    run(window);
    assert_true(heed_ui_put_table(window->ui, &out, true, &err));
    heed_ablation_put_json(&wanted, table_of(window));
    assert_string_equal(out.data, wanted.data);
    heed_buffer_clear(&out);
    assert_true(heed_ui_put_table(window->ui, &out, false, &err));
    assert_non_null(strstr(out.data, "layer,head,weight,value_norm,rollout,link,"
                                     "token,sentence,change,change_layer,"
                                     "change_head\n"));
    int lines = 0;
    for (const char *c = out.data; *c != '\0'; c++) {
        lines += *c == '\n';
    }
    assert_int_equal(lines, 1 + N_HEADS);
    window_press(window, 'J', 0);
    assert_false(heed_ui_put_table(window->ui, &out, false, &err)); /* old */
    heed_buffer_finish(&out);
    heed_buffer_finish(&wanted);
}

static void its_key_runs_it_from_the_text_field_too(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window_press(window, 'L', CTRL);
    assert_int_not_equal(window->ui->focused_field, HEED_UI_FIELD_NONE);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_false(window->effects.start);
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_ENTER, CTRL);
    end(window, begun(window));
}

static void the_inspector_shows_four_measures_of_a_link(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window->time += 1; /* no run came for a while */
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_NONE);
    assert_true(shows_text(window, "Four measures"));
    assert_true(shows_text(window, "Run ablation"));
    assert_true(shows_text(window, "its only output"));
    const struct heed_head_id id = window_state(window)->shown[0].id;
    window_click(window, command_target(HEED_COMMAND_RUN, HEED_PANEL_ABLATION), 1, 0);
    end(window, begun(window));
    assert_false(shows_text(window, "Run ablation"));
    const struct heed_ablation_row *row = heed_ablation_row_of(table_of(window), id);
    for (int column = 0; column <= HEED_ABLATION_LINK; column++) {
        char number[32];
        heed_format_number(number, sizeof(number), row->values[column],
                           column == HEED_ABLATION_LINK ? 4 : 3);
        assert_true(shows_text(window, number));
    }
    char rho[32];
    double value = 0;
    assert_true(heed_ablation_correlate(table_of(window), HEED_ABLATION_WEIGHT, HEED_ABLATION_LINK,
                                        &value));
    heed_format_number(rho, sizeof(rho), value, 2);
    assert_true(shows_text(window, rho));
}

/* A measure that isn't known yet is a text of its own. */
static bool shows_gap(const struct window *window)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_TEXT && strcmp(item->as.text.text, "\xE2\x80\xA6") == 0) {
            return true;
        }
    }
    return false;
}

static void typing_does_not_wait_for_the_measures(void **context)
{
    struct window *window = *context;
    open_panel(window);
    window->time += 1;
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(shows_gap(window));
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_END, 0);
    window_type(window, "s");
    assert_true(shows_text(window, "Four measures"));
    assert_true(shows_gap(window)); /* not made yet */
    assert_true(window->built.wake_in > 0 && window->built.wake_in <= 0.25);
    window->time += 0.25;
    window_build(window);
    assert_false(shows_gap(window));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(numbers_come_back_with_the_state),
        IN_WINDOW(all_that_had_run_comes_back_one_after_the_other),
        IN_WINDOW(another_text_has_no_numbers_to_come_back),
        IN_WINDOW(before_it_ran_it_says_what_it_costs),
        IN_WINDOW(running_shows_progress_and_then_the_ranking),
        IN_WINDOW(the_panel_shows_the_numbers_of_the_table),
        IN_WINDOW(a_column_orders_the_rows_and_colours_the_map),
        IN_WINDOW(cancelling_leaves_what_was_there),
        IN_WINDOW(a_probe_that_takes_its_place_says_so),
        IN_WINDOW(the_cancel_button_cancels),
        IN_WINDOW(numbers_of_another_text_or_link_say_so),
        IN_WINDOW(without_a_pin_only_the_sentence_is_measured),
        IN_WINDOW(a_row_shows_its_head_and_its_button_mutes_it),
        IN_WINDOW(rows_are_reached_and_scrolled_to_by_keys),
        IN_WINDOW(a_view_takes_the_panels_place),
        IN_WINDOW(the_table_is_written_as_the_command_writes_it),
        IN_WINDOW(its_key_runs_it_from_the_text_field_too),
        IN_WINDOW(the_inspector_shows_four_measures_of_a_link),
        IN_WINDOW(typing_does_not_wait_for_the_measures),
    };
    return cmocka_run_group_tests(tests, tiny_model_open, tiny_model_close);
}

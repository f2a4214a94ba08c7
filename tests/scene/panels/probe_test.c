/* The probe's panel in a window on a small model's own results: what starts
 * it, what it shows, its sentences, its errors, and what cancelling leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/ablation_task.h"
#include "core/engine/probe_task.h"
#include "scene/frame/frame.h"
#include "scene/frame/tasks.h"
#include "scene/panels/panels.h"
#include "scene/panels/probe/listed.h"
#include "scene/parts/head_values.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"
#include "state/probe_files.h"
#include "tiny_model.h"
#include "ui/actions/probe.h"
#include "ui/actions/story.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/window.h"
#include "window_rig.h"

#define HEADER "sentence\tpronoun\tcandidates\tanswer\n"

static const char good[] = HEADER "# a minimal pair\n"
                                  "The dog saw the cat, it ran home.\tit\tdog|cat\tdog\n"
                                  "The dog saw the cat, it is old.\tit\tdog|cat\tcat\n"
                                  "The dog saw the cat, it is old.\tit\tdog|house\tdog\n"
                                  "A cat and a house: it is new.\tit\tcat|house\thouse\n"
                                  "too\tfew\tcolumns\n";
static const char bad[] = "sentence\tanswer\nThe dog.\tdog\n";
static const char grouped[] = "sentence\tpronoun\tcandidates\tanswer\tgroup\n"
                              "The dog saw the cat, it ran home.\tit\tdog|cat\tdog\tran\n"
                              "The dog saw the cat, it is old.\tit\tdog|cat\tcat\told\n"
                              "A cat and a house: it is old.\tit\tcat|house\thouse\told\n";
static const char tree[] = "# text = The dog saw the old cat.\n"
                           "1\tThe\t_\t_\t_\t_\t2\tdet\t_\t_\n"
                           "2\tdog\t_\t_\t_\t_\t3\tnsubj\t_\t_\n"
                           "3\tsaw\t_\t_\t_\t_\t0\troot\t_\t_\n"
                           "4\tthe\t_\t_\t_\t_\t6\tdet\t_\t_\n"
                           "5\told\t_\t_\t_\t_\t6\tamod\t_\t_\n"
                           "6\tcat\t_\t_\t_\t_\t3\tobj\t_\tSpaceAfter=No\n"
                           "7\t.\t_\t_\t_\t_\t3\tpunct\t_\t_\n\n";
enum { GOOD = 1, BAD, GROUPED, TREE };
static const struct heed_probe_file files[] = {
    {"good.tsv", "a few animals", good, sizeof(good) - 1},
    {"bad.tsv", "no header", bad, sizeof(bad) - 1},
    {"grouped.tsv", "two groups", grouped, sizeof(grouped) - 1},
    {"tree.conllu", "a tree", tree, sizeof(tree) - 1},
};

static int open_window(void **context)
{
    if (window_open(context) != 0) {
        return -1;
    }
    struct window *window = *context;
    heed_ui_set_probes(window->ui, files, TREE);
    window_press(window, HEED_KEY_ESCAPE, 0);
    return 0;
}

/* What the window's engine does with the task that was asked for. */
static void finish(struct window *window, uint64_t id)
{
    struct heed_probe_source source;
    struct heed_filter filter;
    heed_ui_get_probe(window->ui, &source, &filter);
    struct heed_task *task = heed_probe_task_create(id, &source, &filter);
    const struct heed_task_world world = {.pipeline = tiny_model_pipeline()};
    while (heed_task_advance(task, &world) == HEED_TASK_GOES_ON) {
        int done = 0, all = 0;
        heed_task_count(task, &done, &all);
        heed_ui_set_progress(window->ui, (struct heed_task_progress){id, done, all});
    }
    heed_ui_set_task(window->ui, task);
    heed_task_release(task);
    window_build(window);
}

/* The n-th carried file, chosen and probed. */
static void choose(struct window *window, int n)
{
    struct heed_event event = {.kind = HEED_EVENT_KEY, .key = (enum heed_key)'P', .mods = SHIFT};
    if (window_state(window)->panel != HEED_PANEL_PROBE) {
        window_send(window, event); /* which runs the first at once */
    }
    window_click(window, command_target(HEED_COMMAND_PROBE_FILE, 0), 1, 0);
    for (int i = 0; i < TREE; i++) {
        window_press(window, HEED_KEY_UP, 0);
    }
    for (int i = 1; i < n; i++) {
        window_press(window, HEED_KEY_DOWN, 0);
    }
    event = (struct heed_event){.kind = HEED_EVENT_KEY, .key = HEED_KEY_ENTER};
    window_send(window, event);
}

static void probe_file(struct window *window, int n)
{
    choose(window, n);
    assert_true(window->effects.start);
    assert_int_equal(window->effects.start_kind, HEED_TASK_PROBE);
    finish(window, window->effects.start_id);
}

/* A probe's colours lie about a guess, an ablation's about nothing, whatever was probed. */
static void an_ablation_s_heads_are_coloured_about_0(void **context)
{
    struct window *window = *context;
    struct heed_task *task = NULL;
    probe_file(window, 1);
    assert_int_equal(window_state(window)->color_by, HEED_COLOR_BY_PROBE_ACCURACY);
    window_press(window, 'A', SHIFT);
    window_press(window, HEED_KEY_ENTER, CTRL);
    const uint64_t id = window->effects.start_id;
    assert_true(heed_ablation_task_create(&task, heed_ui_get_ablation(window->ui, id), NULL));
    assert_true(heed_task_run(task, tiny_model_pipeline(), NULL, NULL, NULL));
    heed_ui_set_task(window->ui, task);
    heed_task_release(task);
    window_build(window);
    struct heed_list list = {0};
    const struct heed_frame frame = {.list = &list,
                                     .state = window_state(window),
                                     .kind = heed_view_get_kind(window_state(window)->view),
                                     .panel = heed_panel_get_kind(HEED_PANEL_ABLATION),
                                     .result = window->ui->result,
                                     .tasks = heed_ui_get_tasks(window->ui)};
    assert_float_equal(heed_head_map_middle(&frame), 0, 0);
    heed_list_finish(&list);
}

static void choosing_a_file_starts_it_and_is_one_step_back(void **context)
{
    struct window *window = *context;
    choose(window, 1);
    assert_true(window->effects.start);
    assert_int_equal(window->effects.start_kind, HEED_TASK_PROBE);
    assert_string_equal(window_state(window)->probe, "good.tsv");
    assert_int_equal(window_state(window)->color_by, HEED_COLOR_BY_PROBE_ACCURACY);
    assert_true(window_says(window, "Cancel"));
    window_press(window, 'Z', CTRL);
    assert_null(window_state(window)->probe);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_NONE);
}

static void a_dropped_file_opens_the_panel_and_starts(void **context)
{
    struct window *window = *context;
    heed_ui_open_probe(window->ui, "/a/path/mine.tsv");
    window_build(window);
    assert_int_equal(window->built.start_kind, HEED_TASK_PROBE);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_PROBE);
    assert_string_equal(window_state(window)->probe, "/a/path/mine.tsv");
    assert_true(window_says(window, "mine.tsv"));
}

/* heed FILE.tsv on the first start: the first result tells no story over it. */
static void a_file_that_is_opened_first_keeps_its_colours(void **context)
{
    struct window *window = *context;
    window_answer(window);
    window->ui->tokenizer = heed_pipeline_get_tokenizer(tiny_model_pipeline());
    window->ui->story = true;
    heed_ui_open_probe(window->ui, "/a/path/mine.tsv");
    heed_ui_tell_story(window->ui);
    assert_false(window->ui->story);
    assert_int_equal(window_state(window)->color_by, HEED_COLOR_BY_PROBE_ACCURACY);
    assert_int_equal(window_state(window)->query.count, 0);
}

static void the_panel_has_every_number_of_the_report(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    assert_true(window_says(window, "good.tsv: 3 sentences in 2 pairs, 2 skipped"));
    assert_true(window_says(window, "line 5: "));
    assert_true(window_says(window, "'house'"));
    assert_true(window_says(window, "line 7: it has "));
    assert_true(window_says(window, "Klein & Nabi 2019"));
    assert_true(window_says(window, "Choosing among 8 heads finds a good one by luck"));
    assert_true(window_says(window, "Always the nearest candidate"));
    const struct heed_probe_run *run =
        heed_tasks_get_work(heed_ui_get_tasks(window->ui), HEED_TASK_PROBE);
    char text[64];
    for (int h = 0; h < 8; h++) {
        snprintf(text, sizeof(text), "%.3f to %.3f", run->intervals[h].accuracy.low,
                 run->intervals[h].accuracy.high);
        assert_true(window_says(window, text));
        snprintf(text, sizeof(text), "%.3f", run->heads[h].accuracy);
        assert_true(window_says(window, text));
    }
}

static void a_click_on_a_sentence_pins_and_marks_its_words(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    window_click(window, command_target(HEED_COMMAND_PROBE_OPEN, 2), 1, 0);
    const struct heed_state *state = window_state(window);
    assert_string_equal(state->text, "The dog saw the cat, it is old.");
    assert_int_equal(state->n_candidates, 2);
    assert_int_equal(state->key.first, state->candidates[1].first);
    assert_true(state->query.first > state->key.first);
    assert_true(window_says(window, "cat \xE2\x88\x92 dog") || window_says(window, "Candidates"));
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_candidates, 0);
    assert_string_not_equal(window_state(window)->text, "The dog saw the cat, it is old.");
}

static void sentences_are_reached_and_opened_by_keys(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    for (int i = 0; i < 30; i++) {
        window_press(window, HEED_KEY_TAB, 0);
        window->time += 1; /* its tip says what has the focus */
        heed_ui_resize(window->ui, 1600, 1000, 1);
        window_build(window);
        if (window_says(window, ", of dog|cat") || window_says(window, ", of cat|house")) {
            break;
        }
    }
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    const char *opened = window_state(window)->text;
    assert_true(strncmp(opened, "The dog saw", 11) == 0 || strncmp(opened, "A cat and", 9) == 0);
}

static void the_list_is_by_margin(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    const struct heed_probe_run *run =
        heed_tasks_get_work(heed_ui_get_tasks(window->ui), HEED_TASK_PROBE);
    const int column = heed_probe_run_column(run, run->heads[0].layer, run->heads[0].head);
    float place[3] = {0};
    double margins[3];
    for (int i = 0; i < 3; i++) {
        (void)heed_probe_get_score(run->probe, i, column, &margins[i]);
        float x = 0;
        assert_true(
            window_find(window, command_target(HEED_COMMAND_PROBE_OPEN, i + 1), &x, &place[i]));
    }
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            assert_true(margins[i] <= margins[j] || place[i] < place[j]);
        }
    }
}

static void the_list_is_of_the_chosen_head(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    struct heed_target head = {
        .kind = HEED_TARGET_HEAD, .flags = HEED_TARGET_FLAG_PROBED, .a = 1, .b = 2};
    window_click(window, head, 1, 0);
    assert_int_equal(window_state(window)->matrix_head.layer, 1);
    assert_int_equal(window_state(window)->matrix_head.head, 2);
    assert_int_equal(window_state(window)->n_shown, 1);
    assert_true(window_says(window, "by L1H2's margin"));
}

static void the_head_map_follows_accuracy_or_margin(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    assert_true(window_says(window, "Probe: accuracy"));
    window_click(window, command_target(HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_PROBE_MARGIN + 1), 1,
                 0);
    assert_true(window_says(window, "Probe: margin"));
    const struct heed_frame frame = {.state = window_state(window)};
    assert_false(heed_probe_fits(&frame));
}

static const struct heed_probe_run *shown_run(const struct window *window)
{
    return heed_tasks_get_probe(heed_ui_get_tasks(window->ui));
}

static void a_group_has_its_own_numbers_and_list(void **context)
{
    struct window *window = *context;
    probe_file(window, GOOD);
    float x = 0, y = 0;
    assert_false(window_find(window, command_target(HEED_COMMAND_PROBE_GROUP, 0), &x, &y));
    probe_file(window, GROUPED);
    assert_true(window_says(window, "all 2"));
    assert_int_equal(shown_run(window)->n, 3);
    window_click(window, command_target(HEED_COMMAND_PROBE_GROUP, 0), 1, 0);
    assert_true(window_says(window, "old: 2"));
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_string_equal(shown_run(window)->name, "old");
    assert_int_equal(shown_run(window)->n, 2);
    assert_true(window_says(window, "old: 2 sentences"));
    /* What is opened is of the group, too. */
    window_click(window, command_target(HEED_COMMAND_PROBE_OPEN, 2), 1, 0);
    assert_string_equal(window_state(window)->text, "A cat and a house: it is old.");
    probe_file(window, GROUPED);
    assert_int_equal(shown_run(window)->n, 3);
}

static void the_list_holds_all_or_what_is_right_or_what_is_not(void **context)
{
    struct window *window = *context;
    float x = 0, y = 0;
    int n[HEED_PROBE_WRONG + 1] = {0};
    probe_file(window, GOOD);
    const struct heed_probe_run *run = shown_run(window);
    const int column = heed_probe_run_column(run, run->heads[0].layer, run->heads[0].head);
    for (int kept = HEED_PROBE_ALL; kept <= HEED_PROBE_WRONG; kept++) {
        window_click(window, command_target(HEED_COMMAND_PROBE_KEEP, kept + 1), 1, 0);
        for (int i = 0; i < 3; i++) {
            double margin = 0;
            const bool right = heed_probe_get_score(run->probe, i, column, &margin) >= 1;
            const bool listed =
                window_find(window, command_target(HEED_COMMAND_PROBE_OPEN, i + 1), &x, &y);
            assert_int_equal(listed, kept == HEED_PROBE_ALL || (kept == HEED_PROBE_RIGHT) == right);
            n[kept] += listed;
        }
    }
    assert_int_equal(n[HEED_PROBE_ALL], 3);
    assert_true(n[HEED_PROBE_RIGHT] > 0);
}

static void a_relation_opens_its_words_and_a_word_opens_in_arcs(void **context)
{
    struct window *window = *context;
    float x = 0, y = 0;
    probe_file(window, TREE);
    const struct heed_probe_run *run = shown_run(window);
    int obj = 0;
    while (strcmp(run->relation_names[run->related[obj].relation], "obj") != 0) {
        obj++;
    }
    const struct heed_related *of = &run->related[obj];
    assert_false(window_says(window, "By distance"));
    window_click(window, command_target(HEED_COMMAND_PROBE_RELATION, obj + 1), 1, 0);
    assert_true(window_says(window, "By distance"));
    assert_true(window_says(window, "A guess among the words"));
    assert_int_equal(window_state(window)->matrix_head.layer, of->layer);
    assert_int_equal(window_state(window)->matrix_head.head, of->head);
    assert_true(window_says(window, "Probe: accuracy"));
    /* obj is the fifth word with a head: det, nsubj, det, amod, obj. */
    assert_true(window_find(window, command_target(HEED_COMMAND_PROBE_OPEN, 5), &x, &y));
    assert_false(window_find(window, command_target(HEED_COMMAND_PROBE_OPEN, 4), &x, &y));
    struct heed_target other = {
        .kind = HEED_TARGET_HEAD, .flags = HEED_TARGET_FLAG_PROBED, .a = 1, .b = 2};
    window_click(window, other, 1, 0);
    assert_true(window_says(window, "L1H2, "));
    window_click(window, command_target(HEED_COMMAND_PROBE_RELATION, obj + 1), 1, 0);
    assert_false(window_says(window, "By distance"));
    window_click(window, command_target(HEED_COMMAND_PROBE_RELATION, obj + 1), 1, 0);
    window_click(window, command_target(HEED_COMMAND_PROBE_OPEN, 5), 1, 0);
    const struct heed_state *state = window_state(window);
    const bool forth = of->direction == HEED_RELATION_HEAD;
    assert_string_equal(state->text, "The dog saw the old cat.");
    assert_int_equal(state->view, HEED_VIEW_ARCS);
    assert_int_equal(state->panel, HEED_PANEL_NONE);
    assert_int_equal(state->query.first, forth ? 6 : 3); /* [CLS] The dog saw the old cat */
    assert_int_equal(state->key.first, forth ? 3 : 6);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_PROBE);
}

/* --- many sentences --- */

/* n sentences as a carried file, probed; what it holds is to be freed. */
static char *probe_many(struct window *window, struct heed_probe_file *file, int n)
{
    static const char row[] = "The dog saw the cat, it is old.\tit\tdog|cat\t";
    const size_t room = sizeof(HEADER) + (size_t)n * (sizeof(row) + 5);
    char *data = malloc(room);
    size_t size = (size_t)snprintf(data, room, "%s", HEADER);
    for (int i = 0; i < n; i++) {
        size +=
            (size_t)snprintf(data + size, room - size, "%s%s\n", row, i % 3 == 0 ? "dog" : "cat");
    }
    *file = (struct heed_probe_file){"many.tsv", "many animals", data, size};
    heed_ui_set_probes(window->ui, file, 1);
    probe_file(window, 1);
    assert_int_equal(shown_run(window)->n, n);
    return data;
}

static size_t count_items(int n)
{
    struct window *window = NULL;
    void *context = NULL;
    struct heed_probe_file file;
    assert_int_equal(open_window(&context), 0);
    window = context;
    char *data = probe_many(window, &file, n);
    const size_t items = window->list->n_items;
    window_close(&context);
    free(data);
    return items;
}

static void a_frame_draws_what_is_seen_however_many_there_are(void **context)
{
    const size_t few = count_items(300), many = count_items(3000);
    assert_true(many < few + 20);
}

static void nothing_is_listed_anew_but_for_another_list(void **context)
{
    struct window *window = *context;
    struct heed_probe_file file;
    char *data = probe_many(window, &file, 600);
    struct heed_probe_listed *listed = window->ui->panel_cache.data;
    assert_non_null(listed);
    listed->n_distances = 77; /* a mark: no list of sentences has it */
    assert_int_equal(listed->n, 600);
    const int *items = listed->items;
    /* The pointer moves, the list scrolls to its end, the theme changes: the same list. */
    for (int i = 0; i < 5; i++) {
        window_move_to(window, 500 + 20 * (float)i, 600);
        window_send(window, (struct heed_event){.kind = HEED_EVENT_WHEEL,
                                                .x = 600,
                                                .y = 600,
                                                .wheel_y = i < 4 ? -1 : -1e6F});
    }
    float x = 0, y = 0;
    assert_true(
        window_find(window, command_target(HEED_COMMAND_PROBE_OPEN, items[599] + 1), &x, &y));
    listed = window->ui->panel_cache.data;
    assert_int_equal(listed->n_distances, 77);
    /* Others: those that are right, another head's. */
    window_send(window,
                (struct heed_event){.kind = HEED_EVENT_WHEEL, .x = 600, .y = 600, .wheel_y = 1e6F});
    const int right = listed->right;
    window->ui->tasks.look.kept = HEED_PROBE_RIGHT;
    heed_ui_resize(window->ui, 1601, 1000, 1);
    window_build(window);
    listed = window->ui->panel_cache.data;
    assert_int_equal(listed->n, right);
    assert_int_equal(listed->n_distances, 0);
    const int column = listed->column;
    window_click(window,
                 (struct heed_target){
                     .kind = HEED_TARGET_HEAD, .flags = HEED_TARGET_FLAG_PROBED, .a = 1, .b = 2},
                 1, 0);
    listed = window->ui->panel_cache.data;
    assert_int_not_equal(listed->column, column);
    window_press(window, HEED_KEY_ESCAPE, 0); /* the panel goes, and the list with it */
    assert_null(window->ui->panel_cache.data);
    free(data);
}

static void it_says_how_fast_it_goes(void **context)
{
    struct window *window = *context;
    choose(window, 1);
    const uint64_t id = window->effects.start_id;
    assert_false(window_says(window, "a second"));
    for (int i = 0; i <= 4; i++) {
        window->time += 2;
        window_build(window);
        heed_ui_set_progress(window->ui, (struct heed_task_progress){id, 100 * i, 400});
        window_build(window);
        if (i == 3) {
            assert_true(window_says(window, "300 of 400 sentences"));
            assert_true(window_says(window, "50 a second, 0:02 left"));
        }
    }
    assert_true(window_says(window, "all read, adding up"));
    finish(window, id);
    assert_false(window_says(window, "a second"));
}

static void an_error_stands_in_the_panel_and_leaves_what_was_there(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    probe_file(window, 2);
    assert_true(window_says(window, "line 1 of 'bad.tsv' isn't the header"));
    assert_true(window_says(window, "good.tsv: 3 sentences"));
    probe_file(window, 1);
    assert_false(window_says(window, "isn't the header"));
}

static void cancelling_leaves_what_was_there(void **context)
{
    struct window *window = *context;
    probe_file(window, 1);
    choose(window, 2);
    const uint64_t id = window->effects.start_id;
    window_click(window, command_target(HEED_COMMAND_CANCEL, 0), 1, 0);
    finish(window, id);
    assert_true(window_says(window, "good.tsv: 3 sentences"));
    assert_false(window_says(window, "isn't the header"));
}

static void without_a_file_it_runs_the_first_list(void **context)
{
    struct window *window = *context;
    window_press(window, 'P', SHIFT);
    assert_string_equal(window_state(window)->probe, "good.tsv");
    assert_int_equal(window_state(window)->panel, HEED_PANEL_PROBE);
    assert_true(window->effects.start || window->built.start);
    window_press(window, HEED_KEY_ESCAPE, 0); /* cancels what runs */
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->panel, HEED_PANEL_NONE);
}

int main(void)
{
#define IN_PROBE(test) cmocka_unit_test_setup_teardown(test, open_window, window_close)
    const struct CMUnitTest tests[] = {
        IN_PROBE(choosing_a_file_starts_it_and_is_one_step_back),
        IN_PROBE(an_ablation_s_heads_are_coloured_about_0),
        IN_PROBE(a_dropped_file_opens_the_panel_and_starts),
        IN_PROBE(a_file_that_is_opened_first_keeps_its_colours),
        IN_PROBE(the_panel_has_every_number_of_the_report),
        IN_PROBE(a_click_on_a_sentence_pins_and_marks_its_words),
        IN_PROBE(sentences_are_reached_and_opened_by_keys),
        IN_PROBE(the_list_is_by_margin),
        IN_PROBE(the_list_is_of_the_chosen_head),
        IN_PROBE(the_head_map_follows_accuracy_or_margin),
        IN_PROBE(a_group_has_its_own_numbers_and_list),
        IN_PROBE(the_list_holds_all_or_what_is_right_or_what_is_not),
        IN_PROBE(a_relation_opens_its_words_and_a_word_opens_in_arcs),
        cmocka_unit_test(a_frame_draws_what_is_seen_however_many_there_are),
        IN_PROBE(nothing_is_listed_anew_but_for_another_list),
        IN_PROBE(it_says_how_fast_it_goes),
        IN_PROBE(an_error_stands_in_the_panel_and_leaves_what_was_there),
        IN_PROBE(cancelling_leaves_what_was_there),
        IN_PROBE(without_a_file_it_runs_the_first_list),
    };
    return cmocka_run_group_tests(tests, tiny_model_open, tiny_model_close);
}

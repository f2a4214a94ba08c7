/* Long tasks beside the live jobs: progress, cancelling, newest wins, and a
 * job that comes goes first. What a task does is made up here. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/ablation_task.h"
#include "core/engine/engine.h"

enum { UNITS = 6 };

/* Signals from the worker to the test, under one lock. */
struct board {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int rung;      /* wake-ups */
    int stuck;     /* units that wait to be cancelled */
    int destroyed; /* tasks */
};

struct made_up {
    struct board *board;
    int stick_at;  /* the unit that waits to be cancelled; -1: none */
    int stick_for; /* so often */
    int fail_at;   /* -1: none */
    int order[4 * UNITS];
    int n;
    bool ended;
};

static void add(struct board *board, int *count)
{
    pthread_mutex_lock(&board->lock);
    (*count)++;
    pthread_cond_broadcast(&board->changed);
    pthread_mutex_unlock(&board->lock);
}

static void wait_for(struct board *board, const int *count, int least)
{
    pthread_mutex_lock(&board->lock);
    while (*count < least) {
        pthread_cond_wait(&board->changed, &board->lock);
    }
    pthread_mutex_unlock(&board->lock);
}

static void ring(void *context)
{
    struct board *board = context;
    add(board, &board->rung);
}

static bool begin(void *work, const struct heed_task_world *world, int *n_units,
                  struct heed_error *err)
{
    const struct made_up *it = work;
    (void)world;
    if (it->fail_at == UNITS) {
        return heed_error_set(err, HEED_ERROR_INPUT, "no such text");
    }
    *n_units = UNITS;
    return true;
}

static bool step(void *work, const struct heed_task_world *world, int unit, struct heed_error *err)
{
    struct made_up *it = work;
    if (unit == it->fail_at) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "unit %d is bad", unit);
    }
    if (unit == it->stick_at && it->stick_for > 0) {
        it->stick_for--;
        add(it->board, &it->board->stuck);
        while (!world->cancelled(world->context)) {
            sched_yield();
        }
        return heed_error_set(err, HEED_ERROR_CANCELLED, "given up");
    }
    it->order[it->n++] = unit;
    return true;
}

static bool end(void *work, const struct heed_task_world *world, struct heed_error *err)
{
    struct made_up *it = work;
    (void)world;
    (void)err;
    it->ended = true;
    return true;
}

static void destroy(void *work)
{
    struct made_up *it = work;
    add(it->board, &it->board->destroyed);
    free(it);
}

static const struct heed_task_methods methods = {
    HEED_TASK_ABLATION, begin, step, end, destroy,
};

static struct heed_task *make(struct board *board, uint64_t id, int stick_at, int fail_at)
{
    struct made_up *work = calloc(1, sizeof *work);
    assert_non_null(work);
    work->board = board;
    work->stick_at = stick_at;
    work->stick_for = 1;
    work->fail_at = fail_at;
    struct heed_task *task = heed_task_create(id, &methods, work);
    assert_non_null(task);
    return task;
}

static struct heed_engine *start(struct board *board, const char *name)
{
    static char path[1024];
    const char *data = getenv("HEED_TEST_DATA");
    *board = (struct board){.rung = 0};
    pthread_mutex_init(&board->lock, NULL);
    pthread_cond_init(&board->changed, NULL);
    snprintf(path, sizeof path, "%s/data/%s", data ? data : "tests", name);
    struct heed_engine *engine = NULL;
    const struct heed_engine_options options = {
        .folder = path,
        .encoder = {.n_threads = 2},
        .wake = ring,
        .wake_context = board,
    };
    assert_true(heed_engine_create(&engine, options, NULL));
    return engine;
}

/* The next task that ends. */
static struct heed_task *take(struct heed_engine *engine, struct board *board)
{
    struct heed_task *task = NULL;
    for (int rung = 1; !task; rung++) {
        task = heed_engine_take_task(engine);
        if (!task) {
            wait_for(board, &board->rung, rung);
            heed_engine_get_progress(engine);
            task = heed_engine_take_task(engine);
        }
    }
    return task;
}

static void submit(struct heed_engine *engine, uint64_t generation, const char *text)
{
    const struct heed_job job = {
        .generation = generation,
        .text = text,
        .text_length = strlen(text),
        .filter = heed_filter_default(),
    };
    assert_true(heed_engine_submit(engine, &job, NULL));
}

static void every_unit_is_done_once_and_in_order(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    heed_engine_start(engine, make(&board, 7, -1, -1));
    struct heed_task *task = take(engine, &board);
    assert_int_equal(heed_task_get_id(task), 7);
    assert_int_equal(heed_task_get_kind(task), HEED_TASK_ABLATION);
    assert_null(heed_task_get_error(task));
    const struct made_up *work = heed_task_get_work(task);
    assert_int_equal(work->n, UNITS);
    for (int i = 0; i < UNITS; i++) {
        assert_int_equal(work->order[i], i);
    }
    assert_true(work->ended);
    assert_int_equal(heed_engine_get_progress(engine).id, 0);
    assert_null(heed_engine_take_task(engine));
    heed_engine_destroy(engine);
    assert_int_equal(board.destroyed, 0);
    heed_task_release(task);
    assert_int_equal(board.destroyed, 1);
}

static void progress_counts_the_units_that_are_done(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    heed_engine_start(engine, make(&board, 3, 4, -1));
    wait_for(&board, &board.stuck, 1); /* in the fifth of six */
    const struct heed_task_progress progress = heed_engine_get_progress(engine);
    assert_int_equal(progress.id, 3);
    assert_int_equal(progress.done, 4);
    assert_int_equal(progress.all, UNITS);
    assert_null(heed_engine_take_task(engine));
    heed_engine_destroy(engine);
    assert_int_equal(board.destroyed, 1);
}

static void a_job_goes_first_and_the_unit_is_done_again(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    heed_engine_start(engine, make(&board, 1, 2, -1));
    wait_for(&board, &board.stuck, 1);
    submit(engine, 1, "the animal");
    struct heed_task *task = take(engine, &board);
    const struct heed_result *result = heed_engine_take(engine);
    assert_non_null(result); /* it was there before the task ended */
    assert_true(result->ok);
    const struct made_up *work = heed_task_get_work(task);
    assert_int_equal(work->n, UNITS);
    assert_int_equal(work->order[2], 2);
    assert_int_equal(work->stick_for, 0);
    heed_result_release(result);
    heed_task_release(task);
    heed_engine_destroy(engine);
}

static void a_cancelled_task_leaves_nothing(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    heed_engine_start(engine, make(&board, 1, 3, -1));
    wait_for(&board, &board.stuck, 1);
    heed_engine_cancel(engine, 2); /* another one: nothing happens */
    assert_int_equal(heed_engine_get_progress(engine).id, 1);
    heed_engine_cancel(engine, 1);
    assert_int_equal(heed_engine_get_progress(engine).id, 0);
    wait_for(&board, &board.destroyed, 1);
    assert_null(heed_engine_take_task(engine));
    submit(engine, 1, "the animal"); /* the worker goes on as before */
    const struct heed_result *result = NULL;
    for (int rung = 1; !result; rung++) {
        wait_for(&board, &board.rung, rung);
        result = heed_engine_take(engine);
    }
    assert_true(result->ok);
    heed_result_release(result);
    heed_engine_destroy(engine);
}

static void a_task_that_ended_can_still_be_cancelled(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    heed_engine_start(engine, make(&board, 1, -1, -1));
    while (heed_engine_get_progress(engine).id != 0) {
        sched_yield();
    }
    heed_engine_cancel(engine, 1);
    assert_null(heed_engine_take_task(engine));
    heed_engine_destroy(engine);
    assert_int_equal(board.destroyed, 1);
}

static void the_newest_task_wins(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    heed_engine_start(engine, make(&board, 1, 0, -1));
    wait_for(&board, &board.stuck, 1);
    heed_engine_start(engine, make(&board, 2, -1, -1));
    struct heed_task *task = take(engine, &board);
    assert_int_equal(heed_task_get_id(task), 2);
    assert_int_equal(board.destroyed, 1);
    heed_task_release(task);
    heed_engine_destroy(engine);
}

static void a_unit_that_fails_ends_the_task_with_its_error(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    for (int fail_at = 0; fail_at <= UNITS; fail_at += UNITS / 2) {
        heed_engine_start(engine, make(&board, (uint64_t)fail_at + 1, -1, fail_at));
        struct heed_task *task = take(engine, &board);
        assert_non_null(heed_task_get_error(task));
        assert_int_equal(heed_engine_get_progress(engine).id, 0);
        heed_task_release(task);
    }
    heed_engine_destroy(engine);
}

static void without_a_model_a_task_fails_with_its_error(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "no-such-model");
    heed_engine_start(engine, make(&board, 1, -1, -1));
    struct heed_task *task = take(engine, &board);
    const struct heed_error *error = heed_task_get_error(task);
    assert_non_null(error);
    assert_non_null(strstr(error->text, "no-such-model"));
    heed_task_release(task);
    heed_engine_destroy(engine);
}

static void an_engine_can_be_destroyed_within_a_task(void **state)
{
    (void)state;
    for (int i = 0; i < 2 * UNITS; i++) {
        struct board board;
        struct heed_engine *engine = start(&board, "tiny-bert");
        heed_engine_start(engine, make(&board, 1, i % UNITS, -1));
        if (i < UNITS) {
            wait_for(&board, &board.stuck, 1);
        }
        heed_engine_destroy(engine);
        assert_int_equal(board.destroyed, 1);
    }
}

static bool count_to_four(void *context, int done, int all)
{
    assert_int_equal(all, UNITS);
    assert_int_equal(done, (*(int *)context)++);
    return done < 4;
}

/* Before each unit, and neither before it is known how many there are nor at the end. */
static bool count_calls(void *context, int done, int all)
{
    int *calls = context;
    assert_int_equal(all, UNITS);
    assert_int_equal(done, *calls);
    (*calls)++;
    return true;
}

static void a_command_runs_all_units_or_stops(void **state)
{
    (void)state;
    struct board board = {.rung = 0};
    pthread_mutex_init(&board.lock, NULL);
    pthread_cond_init(&board.changed, NULL);
    struct heed_error err = {0};
    int calls = 0;
    struct heed_task *task = make(&board, 1, -1, -1);
    assert_false(heed_task_run(task, NULL, count_to_four, &calls, &err));
    assert_int_equal(err.code, HEED_ERROR_CANCELLED);
    assert_int_equal(calls, 5);
    assert_true(heed_task_run(task, NULL, NULL, NULL, &err)); /* the rest */
    assert_int_equal(((const struct made_up *)heed_task_get_work(task))->n, UNITS);
    heed_task_release(task);
    task = make(&board, 3, -1, -1);
    calls = 0;
    assert_true(heed_task_run(task, NULL, count_calls, &calls, &err));
    assert_int_equal(calls, UNITS);
    heed_task_release(task);
    task = make(&board, 2, -1, 5);
    assert_false(heed_task_run(task, NULL, NULL, NULL, &err));
    assert_string_equal(err.text, "unit 5 is bad");
    heed_task_release(task);
}

/* The ablation of dog -> animal in a text that a pipeline of its own ran. */
static struct heed_task *make_ablation(const struct heed_result *result)
{
    const struct heed_ablation_options options = {
        .id = 1,
        .result = result,
        .query = {4, 1},
        .key = {2, 1},
    };
    struct heed_task *task = NULL;
    assert_true(heed_ablation_task_create(&task, options, NULL));
    return task;
}

static const struct heed_result *answer_to(struct heed_engine *engine, struct board *board,
                                           uint64_t generation)
{
    const struct heed_result *result = NULL;
    for (int rung = 1; !result || result->generation < generation; rung++) {
        heed_result_release(result);
        wait_for(board, &board->rung, rung);
        heed_engine_get_progress(engine);
        result = heed_engine_take(engine);
    }
    return result;
}

static void an_ablation_beside_typing_equals_one_at_once(void **state)
{
    (void)state;
    struct board board;
    struct heed_engine *engine = start(&board, "tiny-bert");
    submit(engine, 1, "the animal and dog");
    const struct heed_result *result = answer_to(engine, &board, 1);
    heed_engine_start(engine, make_ablation(result));
    for (uint64_t i = 2; i < 30; i++) {
        submit(engine, i, i % 2 ? "the old dog ran" : "a cat");
    }
    struct heed_task *beside = take(engine, &board);
    assert_null(heed_task_get_error(beside));

    char path[1024];
    const char *data = getenv("HEED_TEST_DATA");
    snprintf(path, sizeof path, "%s/data/tiny-bert", data ? data : "tests");
    struct heed_pipeline *pipeline = NULL;
    const struct heed_encoder_options options = {.n_threads = 1};
    assert_true(heed_pipeline_open(&pipeline, path, options, NULL));
    struct heed_task *at_once = make_ablation(result);
    assert_true(heed_task_run(at_once, pipeline, NULL, NULL, NULL));
    const struct heed_ablation_table *table = &heed_ablation_task_get(at_once)->table;
    assert_string_equal(table->from, "dog");
    assert_string_equal(table->to, "animal");

    struct heed_buffer a = {0};
    struct heed_buffer b = {0};
    heed_ablation_put_json(&a, &heed_ablation_task_get(beside)->table);
    heed_ablation_put_json(&b, &heed_ablation_task_get(at_once)->table);
    assert_string_equal(a.data, b.data);
    assert_non_null(strstr(a.data, "\"from\":\"dog\",\"to\":\"animal\""));
    heed_buffer_finish(&a);
    heed_buffer_finish(&b);
    heed_task_release(beside);
    heed_task_release(at_once);
    heed_pipeline_close(pipeline);
    heed_result_release(result);
    heed_engine_destroy(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_is_done_once_and_in_order),
        cmocka_unit_test(progress_counts_the_units_that_are_done),
        cmocka_unit_test(a_job_goes_first_and_the_unit_is_done_again),
        cmocka_unit_test(a_cancelled_task_leaves_nothing),
        cmocka_unit_test(a_task_that_ended_can_still_be_cancelled),
        cmocka_unit_test(the_newest_task_wins),
        cmocka_unit_test(a_unit_that_fails_ends_the_task_with_its_error),
        cmocka_unit_test(without_a_model_a_task_fails_with_its_error),
        cmocka_unit_test(an_engine_can_be_destroyed_within_a_task),
        cmocka_unit_test(a_command_runs_all_units_or_stops),
        cmocka_unit_test(an_ablation_beside_typing_equals_one_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

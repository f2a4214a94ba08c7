/* A probe beside live jobs comes to the same bytes as one on the calling
 * thread, which heed probe prints; and its file's errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/engine/engine.h"
#include "core/engine/probe_task.h"

#define HEADER "sentence\tpronoun\tcandidates\tanswer\n"

static const char text[] = HEADER "The dog saw the cat, it ran home.\tit\tdog|cat\tdog\r\n"
                                  "The dog saw the cat, it is old.\tit\tdog|cat\tcat\n"
                                  "\n# a remark\n"
                                  "The dog saw the cat, it is old.\tit\tdog|house\tdog\n"
                                  "A cat and a house: it is new.\tit\tcat|house\tdog\n"
                                  "A cat and a house: it is new.\tit\tcat|house\thouse";

static char folder[1024];

static struct heed_filter every_link(void)
{
    struct heed_filter filter = heed_filter_default();
    filter.threshold = 0;
    return filter;
}

static struct heed_task *make(const char *data, size_t size)
{
    const struct heed_probe_source source = {"mine.tsv", data, size};
    const struct heed_filter filter = every_link();
    struct heed_task *task = heed_probe_task_create(7, &source, &filter);
    assert_non_null(task);
    return task;
}

static struct heed_pipeline *open_pipeline(void)
{
    struct heed_pipeline *pipeline = NULL;
    const struct heed_encoder_options options = {.n_threads = 1};
    assert_true(heed_pipeline_open(&pipeline, folder, options, NULL));
    return pipeline;
}

static void report(const struct heed_task *task, struct heed_buffer *json, struct heed_buffer *csv)
{
    heed_probe_put_json(json, heed_probe_task_get(task));
    heed_probe_put_csv(csv, heed_probe_task_get(task));
    assert_false(json->failed || csv->failed);
}

static void beside_jobs_it_comes_to_the_same_bytes(void **state)
{
    (void)state;
    struct heed_buffer json[2] = {{0}}, csv[2] = {{0}};
    struct heed_pipeline *pipeline = open_pipeline();
    struct heed_task *alone = make(text, sizeof text - 1);
    assert_true(heed_task_run(alone, pipeline, NULL, NULL, NULL));
    report(alone, &json[0], &csv[0]);
    struct heed_engine *engine = NULL;
    const struct heed_engine_options options = {.folder = folder, .encoder = {.n_threads = 1}};
    assert_true(heed_engine_create(&engine, options, NULL));
    heed_engine_start(engine, make(text, sizeof text - 1));
    struct heed_task *done = NULL;
    for (uint64_t generation = 1; !done; generation++) {
        const struct heed_job job = {
            .generation = generation, .text = "A dog.", .text_length = 6, .filter = every_link()};
        assert_true(heed_engine_submit(engine, &job, NULL));
        usleep(2000);
        heed_result_release(heed_engine_take(engine));
        done = heed_engine_take_task(engine);
    }
    assert_null(heed_task_get_error(done));
    report(done, &json[1], &csv[1]);
    assert_string_equal(json[0].data, json[1].data);
    assert_string_equal(csv[0].data, csv[1].data);
    for (int i = 0; i < 2; i++) {
        heed_buffer_finish(&json[i]);
        heed_buffer_finish(&csv[i]);
    }
    heed_task_release(done);
    heed_task_release(alone);
    heed_engine_destroy(engine);
    heed_pipeline_close(pipeline);
}

static void skipped_lines_have_their_number_and_reason(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_pipeline();
    struct heed_task *task = make(text, sizeof text - 1);
    assert_true(heed_task_run(task, pipeline, NULL, NULL, NULL));
    const struct heed_probe_run *run = heed_probe_task_get(task);
    assert_int_equal(run->n, 3);
    assert_int_equal(run->summary.n_pairs, 2);
    assert_true(run->sentences[1].ends_pair);
    assert_int_equal(run->sentences[2].line, 8);
    assert_int_equal(run->n_skipped, 2);
    assert_int_equal(run->skipped[0].line, 6);
    assert_non_null(strstr(run->skipped[0].why, "house"));
    assert_int_equal(run->skipped[1].line, 7);
    assert_int_equal(heed_probe_run_find(run, 1, 3) >= 0, 1);
    assert_int_equal(heed_probe_run_find(run, 2, 0), -1);
    heed_task_release(task);
    heed_pipeline_close(pipeline);
}

static void the_sentences_scores_are_the_heads_accuracies(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_pipeline();
    struct heed_task *task = make(text, sizeof text - 1);
    assert_true(heed_task_run(task, pipeline, NULL, NULL, NULL));
    const struct heed_probe_run *run = heed_probe_task_get(task);
    for (int h = 0; h < run->n_layers * run->n_heads; h++) {
        const struct heed_probed_head *head = &run->heads[h];
        double score = 0, margins = 0;
        for (int s = 0; s < 3; s++) {
            double margin = 0;
            score += heed_probe_get_score(
                run->probe, s, heed_probe_run_column(run, head->layer, head->head), &margin);
            margins += margin;
        }
        assert_float_equal(score / 3, head->accuracy, 1e-12);
        assert_float_equal(margins / 3, head->margin, 1e-12);
    }
    heed_task_release(task);
    heed_pipeline_close(pipeline);
}

static void expect_failure(const char *data, const char *message)
{
    struct heed_pipeline *pipeline = open_pipeline();
    struct heed_task *task = make(data, strlen(data));
    struct heed_error err = {0};
    assert_false(heed_task_run(task, pipeline, NULL, NULL, &err));
    assert_non_null(strstr(err.text, message));
    heed_task_release(task);
    heed_pipeline_close(pipeline);
}

static void a_file_that_cant_be_used_names_the_line(void **state)
{
    (void)state;
    expect_failure("", "line 1 isn't the header");
    expect_failure("sentence\tpronoun\n", "line 1 of 'mine.tsv'");
    expect_failure(HEADER, "no sentence after line 1");
    expect_failure(HEADER "\nA cat.\tit\tcat|dog\tcat\n", "line 3: ");
}

int main(void)
{
    const char *data = getenv("HEED_TEST_DATA");
    snprintf(folder, sizeof folder, "%s/data/tiny-bert", data ? data : "tests");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_jobs_it_comes_to_the_same_bytes),
        cmocka_unit_test(skipped_lines_have_their_number_and_reason),
        cmocka_unit_test(the_sentences_scores_are_the_heads_accuracies),
        cmocka_unit_test(a_file_that_cant_be_used_names_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

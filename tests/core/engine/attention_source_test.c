/* An attention file that is read when it is looked at shows what one shows that is
 * read at opening, to the bit; what is wrong in it is told when it is looked at. */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/engine/overview_task.h"
#include "core/engine/pipeline.h"
#include "core/model/safetensors.h"

enum { LAYERS = 2, HEADS = 3, N = 70, M = 5, ALL = LAYERS * HEADS };

static char path[] = "/tmp/heed-source-XXXXXX";

/* [heads, n, m], each row a share of 1; with `causal` nothing behind the query. */
static float *make_weights(int n, int m, bool causal)
{
    float *weights = calloc((size_t)ALL * (size_t)n * (size_t)m, sizeof *weights);
    assert_non_null(weights);
    uint32_t random = 7;
    for (int row = 0; row < ALL * n; row++) {
        float sum = 0;
        float *to = weights + (size_t)row * (size_t)m;
        for (int j = 0; j < m && (!causal || j <= row % n); j++) {
            random = random * 1664525 + 1013904223;
            to[j] = (float)(random >> 8) + 1;
            sum += to[j];
        }
        for (int j = 0; j < m; j++) {
            to[j] /= sum;
        }
    }
    return weights;
}

static void put_tokens(char *text, size_t size, int n)
{
    size_t used = (size_t)snprintf(text, size, "[");
    for (int i = 0; i < n; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s\"t%d\"", i > 0 ? "," : "", i);
    }
    snprintf(text + used, size - used, "]");
}

/* m 0: the keys are the queries. */
static void write_file(int n, int m, const float *weights)
{
    char tokens[2000], keys[2000];
    put_tokens(tokens, sizeof tokens, n);
    put_tokens(keys, sizeof keys, m);
    struct heed_metadata_out metadata[] = {{.key = "format", .value = "heed-attention/1"},
                                           {.key = "tokens", .value = tokens},
                                           {.key = "special", .value = "[0]"},
                                           {.key = "key_tokens", .value = keys}};
    float norms[ALL * N];
    for (int i = 0; i < ALL * N; i++) {
        norms[i] = 1 + (float)(i % 5);
    }
    const int columns = m > 0 ? m : n;
    const struct heed_tensor_out tensors[] = {
        {"attentions", 4, {LAYERS, HEADS, (size_t)n, (size_t)columns}, weights},
        {"value_norms", 3, {LAYERS, HEADS, (size_t)columns}, norms},
    };
    const struct heed_safetensors_out content = {tensors, 2, metadata, m > 0 ? 4 : 3};
    assert_true(heed_safetensors_write(path, &content, NULL));
}

static const struct heed_result *run(struct heed_pipeline *pipeline,
                                     const struct heed_filter *filter)
{
    const struct heed_job job = {.text = "", .filter = *filter, .file = path};
    const struct heed_pipeline_hints hints = {0};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    if (!heed_pipeline_run(pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    return result;
}

static struct heed_pipeline *open_file(size_t most_read)
{
    struct heed_pipeline *pipeline = NULL;
    struct heed_error err = {0};
    if (!heed_pipeline_open_file(&pipeline, path, NULL, most_read, &err)) {
        fail_msg("%s", err.text);
    }
    return pipeline;
}

static void look_at_all(const struct heed_result *result)
{
    struct heed_task *task = NULL;
    assert_true(heed_overview_is_due(result));
    assert_true(heed_overview_task_create(&task, 1, result, NULL));
    assert_null(heed_maps_get_measures(result->maps));
    assert_true(heed_task_run(task, NULL, NULL, NULL, NULL));
    assert_false(heed_overview_is_due(result));
    const struct heed_overview_work *work = heed_task_get_work(task);
    assert_int_equal(work->rows.n_rows, (size_t)ALL * (size_t)(result->encoding->n_queries > 0
                                                                   ? result->encoding->n_queries
                                                                   : result->encoding->n_tokens));
    assert_int_equal(work->rows.n_off, 0);
    heed_task_release(task);
}

static void assert_same(const struct heed_result *read, const struct heed_result *mapped)
{
    const struct heed_maps *a = read->maps, *b = mapped->maps;
    const size_t n = (size_t)a->n;
    assert_int_equal(a->n, b->n);
    assert_null(a->store);
    assert_non_null(b->store);
    look_at_all(mapped);
    for (int map = 0; map < ALL; map++) {
        float room[N + M];
        const float *of = heed_maps_head(b, map);
        assert_memory_equal(heed_maps_head(a, map), of, n * n * sizeof(float));
        assert_memory_equal(a->hidden + (size_t)map * n, b->hidden + (size_t)map * n,
                            n * sizeof(float));
        const int row = a->rows.first + a->rows.count - 1;
        assert_memory_equal(heed_maps_read_row(b, map, row, room), of + (size_t)row * n,
                            n * sizeof(float));
        assert_memory_equal(heed_maps_measures_of(a, map), heed_maps_measures_of(b, map),
                            sizeof(struct heed_head_measures));
    }
    if (a->thumbnails) {
        const size_t cells = (size_t)a->thumbnail_rows * (size_t)a->thumbnail_columns;
        assert_memory_equal(a->thumbnails, b->thumbnails, ALL * cells * sizeof(float));
    }
    if (a->aggregate) {
        assert_memory_equal(a->aggregate, b->aggregate, n * n * sizeof(float));
        assert_memory_equal(a->aggregate_hidden, b->aggregate_hidden, n * sizeof(float));
    }
    assert_true(heed_maps_check(b, NULL));
}

static void compare(int n, int m, enum heed_measure measure, enum heed_aggregate aggregate)
{
    float *weights = make_weights(n, m > 0 ? m : n, m == 0);
    write_file(n, m, weights);
    struct heed_pipeline *read = open_file(HEED_MOST_READ), *mapped = open_file(0);
    for (int hide = 0; hide < 2; hide++) {
        struct heed_filter filter = heed_filter_default();
        filter.hide_special = hide;
        filter.renormalise = hide;
        filter.measure = measure;
        filter.aggregate = aggregate;
        const struct heed_result *a = run(read, &filter), *b = run(mapped, &filter);
        assert_same(a, b);
        heed_result_release(a);
        heed_result_release(b);
    }
    heed_pipeline_close(read);
    heed_pipeline_close(mapped);
    free(weights);
}

static void maps_are_the_same_however_they_are_read(void **state)
{
    (void)state;
    compare(N, 0, HEED_MEASURE_WEIGHT, HEED_AGGREGATE_NONE);
    compare(N, 0, HEED_MEASURE_VALUE_NORM, HEED_AGGREGATE_MEAN);
    compare(N, 0, HEED_MEASURE_ROLLOUT, HEED_AGGREGATE_MAX);
    compare(4, 0, HEED_MEASURE_WEIGHT, HEED_AGGREGATE_MEAN);
}

static void two_sides_are_the_same_however_they_are_read(void **state)
{
    (void)state;
    compare(N, M, HEED_MEASURE_WEIGHT, HEED_AGGREGATE_NONE);
    compare(M, N, HEED_MEASURE_VALUE_NORM, HEED_AGGREGATE_MAX);
}

static void a_wrong_value_is_told_when_it_is_looked_at(void **state)
{
    (void)state;
    struct heed_error err = {0};
    float *weights = make_weights(4, 4, true);
    weights[4 * 16 + 6] = -1; /* L1H1, row 1, column 2 */
    write_file(4, 0, weights);
    struct heed_pipeline *pipeline = NULL;
    assert_false(heed_pipeline_open_file(&pipeline, path, NULL, HEED_MOST_READ, &err));
    assert_non_null(strstr(err.text, "[1, 1, 1, 2]: -1 is no weight"));
    pipeline = open_file(0);
    const struct heed_filter filter = heed_filter_default();
    const struct heed_result *result = run(pipeline, &filter);
    (void)heed_maps_head(result->maps, 3);
    assert_true(heed_maps_check(result->maps, NULL));
    (void)heed_maps_head(result->maps, 4);
    err.text[0] = '\0';
    assert_false(heed_maps_check(result->maps, &err));
    assert_non_null(strstr(err.text, "[1, 1, 1, 2]: -1 is no weight"));
    assert_false(heed_pipeline_check(pipeline, NULL));
    heed_result_release(result);
    heed_pipeline_close(pipeline);
    free(weights);
}

static void a_file_that_is_cut_short_is_told(void **state)
{
    (void)state;
    struct heed_error err = {0};
    float *weights = make_weights(N, N, true);
    write_file(N, 0, weights);
    struct heed_pipeline *pipeline = open_file(0);
    const struct heed_filter filter = heed_filter_default();
    const struct heed_result *result = run(pipeline, &filter);
    assert_int_equal(truncate(path, 4096), 0);
    for (int map = 0; map < ALL; map++) {
        (void)heed_maps_head(result->maps, map); /* beyond the end are zeros */
    }
    assert_false(heed_maps_check(result->maps, &err));
    assert_non_null(strstr(err.text, "was changed while heed had it open"));
    struct heed_task *task = NULL;
    assert_true(heed_overview_task_create(&task, 1, result, NULL));
    assert_false(heed_task_run(task, NULL, NULL, NULL, &err));
    heed_task_release(task);
    heed_result_release(result);
    heed_pipeline_close(pipeline);
    free(weights);
}

static int set_up(void **state)
{
    (void)state;
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

enum { CROWD = 200, SIDE = 4 };

/* A row's first weight. */
static float share_of(int head)
{
    return (float)(head + 1) / 256;
}

static void write_crowd(void)
{
    float *weights = calloc((size_t)CROWD * SIDE * SIDE, sizeof *weights);
    char tokens[64];
    assert_non_null(weights);
    for (int i = 0; i < CROWD * SIDE; i++) {
        weights[i * SIDE] = share_of(i / SIDE);
        weights[i * SIDE + 1] = 1 - share_of(i / SIDE);
    }
    put_tokens(tokens, sizeof tokens, SIDE);
    struct heed_metadata_out metadata[] = {{.key = "format", .value = "heed-attention/1"},
                                           {.key = "tokens", .value = tokens}};
    const struct heed_tensor_out tensor = {"attentions", 4, {1, CROWD, SIDE, SIDE}, weights};
    const struct heed_safetensors_out content = {&tensor, 1, metadata, 2};
    assert_true(heed_safetensors_write(path, &content, NULL));
    free(weights);
}

/* With room for 64 each is made again when it is asked for; those that are held stay. */
static void maps_that_weren_t_asked_for_longest_give_way(void **context)
{
    (void)context;
    write_crowd();
    struct heed_pipeline *pipeline = open_file(1);
    const struct heed_result *result = run(pipeline, &(struct heed_filter){0});
    const struct heed_maps *maps = result->maps;
    const float *all[CROWD];
    assert_non_null(maps->store);
    for (int i = 0; i < 3 * CROWD; i++) {
        all[i % CROWD] = heed_maps_head(maps, i % CROWD);
        assert_true(all[i % CROWD][0] == share_of(i % CROWD));
    }
    int n_kept = 0;
    for (int i = 0; i < CROWD; i++) {
        n_kept += all[i][0] == share_of(i);
    }
    assert_int_equal(n_kept, 64);
    assert_int_equal(heed_maps_hold(maps, CROWD), CROWD);
    for (int i = 0; i < CROWD; i++) {
        all[i] = heed_maps_head(maps, i);
    }
    for (int i = 0; i < CROWD; i++) {
        assert_true(all[i][2 * SIDE] == share_of(i));
    }
    assert_true(heed_maps_check(maps, NULL));
    heed_result_release(result);
    heed_pipeline_close(pipeline);
}

/* What has no room is refused, as long as so many are asked for. */
static void more_heads_than_memory_are_not_shown(void **context)
{
    (void)context;
    write_crowd();
    struct heed_pipeline *pipeline = open_file(1);
    const struct heed_result *result = run(pipeline, &(struct heed_filter){0});
    struct heed_error err = {0};
    const int most = heed_maps_hold(result->maps, INT_MAX);
    assert_in_range(most, 1, INT_MAX - 1);
    assert_false(heed_maps_check(result->maps, &err));
    assert_non_null(strstr(err.text, "too many at once"));
    assert_int_equal(heed_maps_hold(result->maps, 3), 3);
    assert_true(heed_maps_check(result->maps, NULL));
    heed_result_release(result);
    heed_pipeline_close(pipeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_are_the_same_however_they_are_read),
        cmocka_unit_test(two_sides_are_the_same_however_they_are_read),
        cmocka_unit_test(a_wrong_value_is_told_when_it_is_looked_at),
        cmocka_unit_test(a_file_that_is_cut_short_is_told),
        cmocka_unit_test(maps_that_weren_t_asked_for_longest_give_way),
        cmocka_unit_test(more_heads_than_memory_are_not_shown),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

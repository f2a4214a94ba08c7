/* What a result holds doesn't depend on the number of threads, to the bit,
 * whatever the filter. With the real model (HEED_TEST_MODEL), as texts must be
 * long for its work to be shared out. HEED_TEST_QUICK: a shorter one, fewer filters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "core/analysis/thumbnails.h"
#include "core/engine/pipeline.h"
#include "kernel_sets.h"

enum { THREADS = 3, TEXT = 2048 };

static bool is_quick(void)
{
    return getenv("HEED_TEST_QUICK") != NULL;
}

/* About 200 tokens (quick: 90): words, pieces, signs, and words that come again. */
static const char *make_text(void)
{
    static char text[TEXT];
    text[0] = '\0';
    while (strlen(text) < (is_quick() ? 450 : 1000)) {
        strcat(text, "The animal didn't cross the street, because "
                     "antidisestablishmentarianism was too wide. ");
    }
    return text;
}

static const struct heed_result *run(struct heed_pipeline *pipeline,
                                     const struct heed_filter *filter)
{
    static const struct heed_head_id heads[] = {{0, 1}, {3, 2}, {5, 11}};
    const char *text = make_text();
    const struct heed_job job = {
        .text = text,
        .text_length = strlen(text),
        .pair = "It was tired.",
        .pair_length = 13,
        .compare = text + 40,
        .compare_length = strlen(text) - 40,
        .filter = *filter,
        .heads = heads,
        .n_heads = HEED_COUNT(heads),
    };
    const struct heed_pipeline_hints hints = {0};
    const struct heed_result *result = NULL;
    assert_true(heed_pipeline_run(pipeline, &job, hints, &result, NULL));
    return result;
}

static void assert_same(const float *a, const float *b, size_t count)
{
    assert_int_equal(a != NULL, b != NULL);
    if (a) {
        assert_memory_equal(a, b, count * sizeof *a);
    }
}

static void compare(struct heed_pipeline *const pipelines[2], const struct heed_filter *filter)
{
    const struct heed_result *one = run(pipelines[0], filter);
    const struct heed_result *many = run(pipelines[1], filter);
    const struct heed_maps *a = one->maps;
    const struct heed_maps *b = many->maps;
    const size_t n = (size_t)a->n;
    const size_t n_maps = (size_t)a->n_layers * (size_t)a->n_heads;
    const size_t side = (size_t)a->thumbnail_rows;
    assert_int_equal(a->n, b->n);
    assert_true(n > HEED_THUMBNAIL_MOST);
    assert_non_null(a->thumbnails);
    assert_same(a->weights, b->weights, n_maps * n * n);
    assert_same(a->hidden, b->hidden, n_maps * n);
    assert_same(a->thumbnails, b->thumbnails, n_maps * side * side);
    assert_same(a->aggregate, b->aggregate, n * n);
    assert_same(a->aggregate_hidden, b->aggregate_hidden, n);
    assert_memory_equal(one->compare->distances, many->compare->distances,
                        n_maps * sizeof *one->compare->distances);
    assert_memory_equal(a->measures, b->measures, n_maps * sizeof *a->measures);
    heed_result_release(one);
    heed_result_release(many);
}

static void any_number_of_threads_gives_the_same_bits(void **state)
{
    struct heed_pipeline *const *pipelines = *state;
    for (int i = 0; i < 12; i += is_quick() ? 5 : 1) {
        struct heed_filter filter = heed_filter_default();
        filter.measure = (enum heed_measure)(i % 3);
        filter.aggregate = (enum heed_aggregate)(i % 3);
        filter.words = i % 2 == 1;
        filter.hide_special = i >= 3;
        filter.hide_punctuation = i >= 6;
        filter.renormalise = i >= 9;
        compare(pipelines, &filter);
    }
}

/* The kernels that aren't the fastest. */
static void with_every_set_of_kernels_too(void **state)
{
    (void)state;
    const struct heed_filter filter = heed_filter_default();
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = kernel_sets(sets);
    for (int s = 0; s < n_sets - 1; s++) {
        struct heed_pipeline *pipelines[2] = {NULL, NULL};
        for (int i = 0; i < 2; i++) {
            const struct heed_encoder_options options = {.n_threads = i ? THREADS : 1,
                                                         .kernels = sets[s]->name};
            assert_true(
                heed_pipeline_open(&pipelines[i], getenv("HEED_TEST_MODEL"), options, NULL));
        }
        compare(pipelines, &filter);
        heed_pipeline_close(pipelines[0]);
        heed_pipeline_close(pipelines[1]);
    }
}

/* A thumbnail of blocks, and the plain measures, against simple loops. */
static void a_shared_out_map_is_complete(void **state)
{
    struct heed_pipeline *const *pipelines = *state;
    const struct heed_filter filter = heed_filter_default();
    const struct heed_result *result = run(pipelines[1], &filter);
    const struct heed_maps *maps = result->maps;
    const int n = maps->n;
    for (int map = 0; map < maps->n_layers * maps->n_heads; map++) {
        const int layer = map / maps->n_heads;
        const int head = map % maps->n_heads;
        double to_self = 0;
        for (int i = 0; i < n; i++) {
            const float *row = heed_maps_row(maps, layer, head, i);
            const float *blocks =
                maps->thumbnails + ((size_t)map * (size_t)maps->thumbnail_columns +
                                    (size_t)(i / maps->thumbnail_block)) *
                                       (size_t)maps->thumbnail_columns;
            to_self += (double)row[i];
            for (int j = 0; j < n; j++) {
                assert_true(blocks[j / maps->thumbnail_block] >= row[j]);
            }
        }
        assert_float_equal(maps->measures[map].to_self, to_self / n, 1e-5);
    }
    heed_result_release(result);
}

int main(void)
{
    const char *folder = getenv("HEED_TEST_MODEL");
    struct heed_pipeline *pipelines[2] = {NULL, NULL};
    struct heed_error err = {0};
    if (!folder) {
        return 77;
    }
    for (int i = 0; i < 2; i++) {
        const struct heed_encoder_options options = {.n_threads = i ? THREADS : 1};
        if (!heed_pipeline_open(&pipelines[i], folder, options, &err)) {
            fprintf(stderr, "%s\n", err.text);
            return 1;
        }
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(any_number_of_threads_gives_the_same_bits, pipelines),
        cmocka_unit_test(with_every_set_of_kernels_too),
        cmocka_unit_test_prestate(a_shared_out_map_is_complete, pipelines),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    heed_pipeline_close(pipelines[0]);
    heed_pipeline_close(pipelines[1]);
    return failed;
}

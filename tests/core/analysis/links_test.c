/* Which links of a row are drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/analysis/maps.h"

enum { N = 6 };

static const float row[N] = {0.30F, 0.05F, 0.30F, 0.02F, 0.33F, 0.0F};

static float cutoff(float threshold, float top_p, int top_k)
{
    const struct heed_maps maps = {.n = N};
    struct heed_filter filter = heed_filter_default();
    filter.threshold = threshold;
    filter.top_p = top_p;
    filter.top_k = top_k;
    return heed_maps_row_cutoff(&maps, row, &filter);
}

static int count_kept(float bound)
{
    int count = 0;
    for (int j = 0; j < N; j++) {
        count += row[j] >= bound;
    }
    return count;
}

static void threshold_alone_is_the_cutoff(void **state)
{
    (void)state;
    assert_float_equal(cutoff(0.04F, 1, 0), 0.04F, 0);
    assert_float_equal(cutoff(0, 1, 0), 0, 0);
}

static void top_k_keeps_the_k_largest_and_their_equals(void **state)
{
    (void)state;
    assert_int_equal(count_kept(cutoff(0, 1, 1)), 1);
    assert_int_equal(count_kept(cutoff(0, 1, 2)), 3); /* two are 0.30 */
    assert_int_equal(count_kept(cutoff(0, 1, 3)), 3);
    assert_int_equal(count_kept(cutoff(0, 1, 4)), 4);
    assert_int_equal(count_kept(cutoff(0, 1, 6)), 6);
    assert_int_equal(count_kept(cutoff(0, 1, 1000)), 6);
}

static void top_p_keeps_the_least_number_that_holds_the_share(void **state)
{
    (void)state;
    assert_int_equal(count_kept(cutoff(0, 0.0F, 0)), 1);
    assert_int_equal(count_kept(cutoff(0, 0.3F, 0)), 1);
    assert_int_equal(count_kept(cutoff(0, 0.9F, 0)), 3);
    assert_int_equal(count_kept(cutoff(0, 0.95F, 0)), 4);
    assert_int_equal(count_kept(cutoff(0, 0.99F, 0)), 5);
}

static void the_strictest_of_the_three_decides(void **state)
{
    (void)state;
    assert_int_equal(count_kept(cutoff(0.31F, 0.99F, 4)), 1);
    assert_int_equal(count_kept(cutoff(0.01F, 0.3F, 4)), 1);
    assert_int_equal(count_kept(cutoff(0.01F, 0.99F, 2)), 3);
}

static int compare(const void *a, const void *b)
{
    const float x = *(const float *)a;
    const float y = *(const float *)b;
    return x > y ? -1 : x < y;
}

static void cutoffs_of_random_rows_are_those_of_sorting(void **state)
{
    (void)state;
    enum { SIZE = 101 };
    float random[SIZE];
    float sorted[SIZE];
    uint32_t seed = 20261123;
    for (int j = 0; j < SIZE; j++) {
        seed = seed * 1664525U + 1013904223U;
        random[j] = (float)(seed >> 8) / 16777216.0F;
        sorted[j] = random[j];
    }
    qsort(sorted, SIZE, sizeof *sorted, compare);
    const struct heed_maps maps = {.n = SIZE};
    for (int k = 1; k < SIZE; k++) {
        const struct heed_filter filter = {.top_p = 1, .top_k = k};
        assert_float_equal(heed_maps_row_cutoff(&maps, random, &filter), sorted[k - 1], 0);
    }
}

static void segments_name_the_query_first(void **state)
{
    (void)state;
    const struct heed_unit units[2] = {{.segment = 0}, {.segment = 1}};
    const struct heed_maps maps = {.n = 2, .units = units};
    assert_true(heed_maps_segments_pass(&maps, 0, 1, HEED_SEGMENTS_ALL));
    assert_true(heed_maps_segments_pass(&maps, 0, 1, HEED_SEGMENTS_AB));
    assert_false(heed_maps_segments_pass(&maps, 0, 1, HEED_SEGMENTS_BA));
    assert_true(heed_maps_segments_pass(&maps, 1, 0, HEED_SEGMENTS_BA));
    assert_true(heed_maps_segments_pass(&maps, 0, 0, HEED_SEGMENTS_AA));
    assert_false(heed_maps_segments_pass(&maps, 1, 0, HEED_SEGMENTS_AA));
    assert_true(heed_maps_segments_pass(&maps, 1, 1, HEED_SEGMENTS_BB));
    assert_false(heed_maps_segments_pass(&maps, 0, 0, HEED_SEGMENTS_BB));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threshold_alone_is_the_cutoff),
        cmocka_unit_test(top_k_keeps_the_k_largest_and_their_equals),
        cmocka_unit_test(top_p_keeps_the_least_number_that_holds_the_share),
        cmocka_unit_test(the_strictest_of_the_three_decides),
        cmocka_unit_test(cutoffs_of_random_rows_are_those_of_sorting),
        cmocka_unit_test(segments_name_the_query_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

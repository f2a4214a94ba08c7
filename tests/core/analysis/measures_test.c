/* The inner loop of the measures, against double; the rule of the labels. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/analysis/measures.h"
#include "core/analysis/row_sums.h"

static float next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (float)(*seed >> 8) / 16777216.0F;
}

/* A row that sums to 1 and holds very small weights and zeros too. */
static void fill_row(float *row, int n, uint32_t *seed)
{
    double total = 0;
    for (int j = 0; j < n; j++) {
        row[j] = expf(-40.0F * next_random(seed));
        row[j] = j % 7 == 3 ? 0.0F : row[j];
        total += (double)row[j];
    }
    for (int j = 0; j < n; j++) {
        row[j] = (float)((double)row[j] / total);
    }
}

static void check_row_sums(heed_row_sums_function *sum, heed_row_entropy_function *entropy_of)
{
    uint32_t seed = 7;
    for (int n = 1; n <= 67; n++) {
        float row[68];
        float columns[68] = {0};
        columns[n] = 42; /* a guard */
        fill_row(row, n, &seed);
        const int index = n / 3;
        double entropy = 0;
        double distance = 0;
        double largest = 0;
        for (int j = 0; j < n; j++) {
            const double w = (double)row[j];
            entropy -= w > 0 ? w * log2(w) : 0;
            distance += w * abs(j - index);
            largest = w > largest ? w : largest;
        }
        const struct heed_row_sums sums = sum(row, n, index, columns);
        assert_float_equal(entropy_of(row, n), entropy, 2e-6 * (1 + entropy));
        assert_float_equal(sums.distance, distance, 2e-6 * (1 + distance));
        assert_float_equal(sums.largest, largest, 0);
        for (int j = 0; j < n; j++) {
            assert_float_equal(columns[j], row[j], 0);
        }
        assert_float_equal(columns[n], 42, 0);
    }
}

static void row_sums_equal_those_in_double_at_every_length(void **state)
{
    (void)state;
    check_row_sums(heed_row_sums, heed_row_entropy);
    check_row_sums(heed_row_sums_get_fastest(), heed_row_entropy_get_fastest());
}

static double log2_term(double w, double m)
{
    return w > 0 ? w * log2(w / m) : 0;
}

/* nearness: 0: other rows; else they differ by about that share. */
static void check_divergence(heed_row_divergence_function *divergence, float nearness)
{
    uint32_t seed = 11;
    for (int n = 1; n <= 67; n++) {
        float p[67];
        float q[67];
        double exact = 0;
        fill_row(p, n, &seed);
        fill_row(q, n, &seed);
        for (int j = 0; j < n; j++) {
            q[j] = nearness > 0 ? p[j] * (1 + nearness * next_random(&seed)) : q[j];
            const double m = ((double)p[j] + (double)q[j]) / 2;
            exact += (log2_term((double)p[j], m) + log2_term((double)q[j], m)) / 2;
        }
        /* Where rows are near, the sums in double cancel too. */
        assert_float_equal(divergence(p, q, n), exact, 3e-6 * exact + 1e-15);
        assert_true(divergence(p, p, n) == 0);
        assert_true(divergence(p, q, n) == divergence(q, p, n));
    }
}

static void the_divergence_equals_that_in_double_far_and_near(void **state)
{
    (void)state;
    static const float nearness[] = {0, 1.5F, 0.5F, 1e-2F, 1e-4F};
    for (size_t i = 0; i < sizeof nearness / sizeof *nearness; i++) {
        check_divergence(heed_row_divergence, nearness[i]);
        check_divergence(heed_row_divergence_get_fastest(), nearness[i]);
    }
}

static void the_largest_share_of_at_least_40_percent_labels(void **state)
{
    (void)state;
    float value = 0;
    const struct heed_head_measures previous = {
        .entropy = 0.9F, .to_previous = 0.5F, .to_cls = 0.45F};
    assert_int_equal(heed_head_label(&previous, &value), HEED_LABEL_PREVIOUS);
    assert_float_equal(value, 0.5F, 0);
    const struct heed_head_measures cls = {.to_previous = 0.41F, .to_cls = 0.45F};
    assert_int_equal(heed_head_label(&cls, NULL), HEED_LABEL_CLS);
}

static void without_a_share_high_entropy_is_broad(void **state)
{
    (void)state;
    float value = 0;
    const struct heed_head_measures broad = {.entropy = 0.81F, .to_sep = 0.39F};
    assert_int_equal(heed_head_label(&broad, &value), HEED_LABEL_BROAD);
    assert_float_equal(value, 0.81F, 0);
    const struct heed_head_measures none = {.entropy = 0.79F};
    assert_int_equal(heed_head_label(&none, &value), HEED_LABEL_NONE);
    for (int l = HEED_LABEL_NONE; l <= HEED_LABEL_BROAD; l++) {
        assert_non_null(heed_head_label_name((enum heed_head_label)l));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_sums_equal_those_in_double_at_every_length),
        cmocka_unit_test(the_divergence_equals_that_in_double_far_and_near),
        cmocka_unit_test(the_largest_share_of_at_least_40_percent_labels),
        cmocka_unit_test(without_a_share_high_entropy_is_broad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

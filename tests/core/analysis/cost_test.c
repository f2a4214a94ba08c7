/* The formulas of cost, at numbers that can be counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "core/analysis/cost.h"

static const struct heed_cost_model mini = {6, 12, 384, 1536};

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-9 * fabs(b)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

static void attention_grows_with_the_square(void **state)
{
    (void)state;
    assert_near(heed_cost_layer(&mini, HEED_COST_SOFTMAX, 16, 0), 196608);
    assert_near(heed_cost_layer(&mini, HEED_COST_SOFTMAX, 32, 0), 4 * 196608);
}

static void dense_maps_are_twelve_d_squared_where_f_is_four_d(void **state)
{
    (void)state;
    assert_near(heed_cost_layer(&mini, HEED_COST_DENSE, 16, 0), 12.0 * 16 * 384 * 384);
    const struct heed_cost_model narrow = {6, 12, 384, 384};
    assert_near(heed_cost_layer(&narrow, HEED_COST_DENSE, 16, 0), 6.0 * 16 * 384 * 384);
}

static void linear_grows_with_the_length(void **state)
{
    (void)state;
    assert_near(heed_cost_layer(&mini, HEED_COST_LINEAR, 16, 0), 2.0 * 16 * 384 * 32);
    assert_near(heed_cost_layer(&mini, HEED_COST_LINEAR, 1600, 0), 2.0 * 1600 * 384 * 32);
}

/* Pair by pair. */
static void a_window_costs_the_pairs_inside_it(void **state)
{
    (void)state;
    for (int n = 0; n <= 12; n++) {
        for (int window = 0; window <= 14; window++) {
            int pairs = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    pairs += abs(i - j) <= window;
                }
            }
            assert_near(heed_cost_layer(&mini, HEED_COST_WINDOW, n, window), 2.0 * pairs * 384);
        }
    }
}

static void a_recurrent_layer_multiplies_state_and_input(void **state)
{
    (void)state;
    assert_near(heed_cost_layer(&mini, HEED_COST_RECURRENT, 16, 0), 2.0 * 16 * 384 * 384);
}

static void at_the_crossing_both_cost_the_same(void **state)
{
    (void)state;
    const struct heed_cost_model models[] = {
        mini, {12, 12, 768, 3072}, {6, 12, 384, 384}, {2, 2, 32, 64}};
    assert_near(heed_cost_crossing(&mini), 2304);
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        const double n = heed_cost_crossing(&models[i]);
        assert_near(heed_cost_layer(&models[i], HEED_COST_SOFTMAX, n, 0),
                    heed_cost_layer(&models[i], HEED_COST_DENSE, n, 0));
    }
}

static void kept_weights_are_four_bytes_a_pair_and_head(void **state)
{
    (void)state;
    assert_near(heed_cost_weights_bytes(&mini, 512), 75497472);
    assert_near(heed_cost_weights_bytes(&mini, 1), 288);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attention_grows_with_the_square),
        cmocka_unit_test(dense_maps_are_twelve_d_squared_where_f_is_four_d),
        cmocka_unit_test(linear_grows_with_the_length),
        cmocka_unit_test(a_window_costs_the_pairs_inside_it),
        cmocka_unit_test(a_recurrent_layer_multiplies_state_and_input),
        cmocka_unit_test(at_the_crossing_both_cost_the_same),
        cmocka_unit_test(kept_weights_are_four_bytes_a_pair_and_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every fast kernel against the reference: all small sizes, odd tails, 0 and
 * 1, and guard values round every output. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tensor/kernels.h"
#include "core/tensor/memory.h"
#include "core/tensor/pack.h"
#include "kernel_sets.h"

enum { GUARD = 40, SEED = 20261123 };

static const float guard_value = 12345.5f;

static uint32_t random_state = SEED;

static float random_float(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (float)(random_state >> 8) / (float)(1 << 23) - 1.0f;
}

static float *random_floats(size_t count)
{
    float *x = heed_floats_alloc(count + 1);
    assert_non_null(x);
    for (size_t i = 0; i < count; i++) {
        x[i] = random_float();
    }
    return x;
}

/* count floats with guards before and behind; free with free_guarded. */
static float *alloc_guarded(size_t count)
{
    float *x = heed_floats_alloc(count + 2 * GUARD);
    assert_non_null(x);
    for (size_t i = 0; i < count + 2 * GUARD; i++) {
        x[i] = guard_value;
    }
    return x + GUARD;
}

static void free_guarded(float *x, size_t count)
{
    for (size_t i = 0; i < GUARD; i++) {
        assert_true(x[count + i] == guard_value);
        assert_true(*(x - 1 - i) == guard_value);
    }
    heed_floats_free(x - GUARD);
}

#if defined(HEED_TEST_PAIRS)
const struct heed_kernel_set *test_kernels_get_pairs(void);
#else
static const struct heed_kernel_set *test_kernels_get_pairs(void)
{
    return NULL;
}
#endif

/* All but the reference, which is the first. */
static int fast_sets(const struct heed_kernel_set **sets)
{
    int count = kernel_sets(sets) - 1;
    memmove(sets, sets + 1, (size_t)count * sizeof(*sets));
    sets[count] = test_kernels_get_pairs();
    return count + (sets[count] != NULL);
}

struct shape {
    int rows, depth, columns;
    enum heed_pointwise pointwise;
    bool has_bias;
    int group; /* 0: row-major */
};

static float *pack(const struct heed_kernel_set *set, const float *b, const struct shape *shape)
{
    const struct heed_pack packing = {
        heed_floats_alloc(heed_pack_floats(shape->depth, shape->columns, set->panel) + 1),
        shape->depth, shape->columns, set->panel};
    assert_non_null(packing.packed);
    const size_t panels = heed_pack_panels(shape->columns, set->panel);
    for (size_t p = 0; p < panels; p++) {
        heed_pack_panel_from_columns(&packing, (int)p, b, (size_t)shape->depth);
    }
    return packing.packed;
}

static struct heed_output output_of(const struct shape *shape, float *c)
{
    struct heed_output out = {.base = {c},
                              .segment = shape->columns,
                              .group = shape->columns,
                              .row_stride = (size_t)shape->columns};
    if (shape->group > 0) {
        out.segment = shape->columns / 2;
        out.base[1] = c + (size_t)shape->rows * (size_t)(shape->columns / 2);
        out.group = shape->group;
        out.group_stride = (size_t)shape->group * (size_t)shape->rows;
        out.row_stride = (size_t)shape->group;
    }
    return out;
}

static void multiply(const struct heed_kernel_set *set, const float *a, const float *b,
                     const float *bias, const struct shape *shape, float *c)
{
    float *packed = pack(set, b, shape);
    const struct heed_product product = {.a = a,
                                         .a_stride = (size_t)shape->depth,
                                         .packed = packed,
                                         .depth = shape->depth,
                                         .columns = shape->columns,
                                         .row_end = shape->rows,
                                         .column_end = shape->columns,
                                         .scale = 0.75f,
                                         .bias = shape->has_bias ? bias : NULL,
                                         .pointwise = shape->pointwise,
                                         .out = output_of(shape, c)};
    set->multiply(&product);
    heed_floats_free(packed);
}

/* Terms are at most 1, partial sums grow as sqrt(depth), each addition rounds
 * by 2^-24 of them: the error grows no faster than depth * 2^-24, and two
 * orders of summing differ by at most two of it. */
static float tolerance_of(int depth)
{
    return 1e-6f + 1e-7f * (float)depth;
}

static void check_product(const struct shape *shape)
{
    const size_t rows = (size_t)shape->rows;
    const size_t depth = (size_t)shape->depth;
    const size_t columns = (size_t)shape->columns;
    float *a = random_floats(rows * depth);
    float *b = random_floats(columns * depth);
    float *bias = random_floats(columns);
    float *expected = alloc_guarded(rows * columns);
    multiply(heed_kernels_get_reference(), a, b, bias, shape, expected);
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = fast_sets(sets);
    for (int s = 0; s < n; s++) {
        float *c = alloc_guarded(rows * columns);
        multiply(sets[s], a, b, bias, shape, c);
        for (size_t i = 0; i < rows * columns; i++) {
            if (!(fabsf(c[i] - expected[i]) <= tolerance_of(shape->depth))) {
                fail_msg("%s: %d x %d x %d, element %zu: %g, not %g", sets[s]->name, shape->rows,
                         shape->depth, shape->columns, i, (double)c[i], (double)expected[i]);
            }
        }
        free_guarded(c, rows * columns);
    }
    free_guarded(expected, rows * columns);
    heed_floats_free(bias);
    heed_floats_free(b);
    heed_floats_free(a);
}

static void check_packing(const struct heed_kernel_set *set, int depth, int columns)
{
    const size_t stride = (size_t)depth + 3;
    const size_t floats = heed_pack_floats(depth, columns, set->panel);
    float *b = random_floats((size_t)columns * stride);
    float *packed = alloc_guarded(floats);
    float *expected = alloc_guarded(floats);
    const struct heed_pack fast = {packed, depth, columns, set->panel};
    const struct heed_pack plain = {expected, depth, columns, set->panel};
    for (int p = 0; p < (int)heed_pack_panels(columns, set->panel); p++) {
        set->pack_columns(&fast, p, b, stride);
        heed_pack_panel_from_columns(&plain, p, b, stride);
    }
    assert_memory_equal(packed, expected, floats * sizeof(float));
    free_guarded(expected, floats);
    free_guarded(packed, floats);
    heed_floats_free(b);
}

static void packing_equals_the_reference(void **state)
{
    (void)state;
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = fast_sets(sets);
    for (int s = 0; s < n_sets; s++) {
        for (int columns = 1; columns <= 70; columns++) {
            for (int depth = 1; depth <= 20; depth++) {
                check_packing(sets[s], depth, columns);
            }
        }
    }
}

static void products_of_all_small_sizes_equal_the_reference(void **state)
{
    (void)state;
    static const int depths[] = {1, 2, 3, 4, 5, 8, 17, 33};
    for (int rows = 0; rows <= 30; rows++) {
        for (int columns = 0; columns <= 67; columns++) {
            for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++) {
                const struct shape shape = {.rows = rows,
                                            .depth = depths[d],
                                            .columns = columns,
                                            .has_bias = rows % 2 == 0};
                check_product(&shape);
            }
        }
    }
}

static void long_sums_equal_the_reference(void **state)
{
    (void)state;
    static const int depths[] = {383, 384, 385, 767, 768, 769, 1536, 3072};
    for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++) {
        const struct shape shape = {
            .rows = 23, .depth = depths[d], .columns = 50, .has_bias = true};
        check_product(&shape);
    }
}

static void every_activation_equals_the_reference(void **state)
{
    (void)state;
    for (int f = HEED_POINTWISE_NONE; f <= HEED_POINTWISE_RELU; f++) {
        const struct shape shape = {.rows = 19,
                                    .depth = 24,
                                    .columns = 53,
                                    .pointwise = (enum heed_pointwise)f,
                                    .has_bias = true};
        check_product(&shape);
    }
}

static void heads_are_laid_out_as_the_reference_does(void **state)
{
    (void)state;
    static const int groups[] = {1, 3, 8, 12, 16, 20, 32, 64};
    for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
        const struct shape shape = {.rows = 13,
                                    .depth = 20,
                                    .columns = groups[g] * 6,
                                    .has_bias = true,
                                    .group = groups[g]};
        check_product(&shape);
    }
}

/* x Phi(x) by the erf of a double. One number at a time by a 1 x 1 product. */
static void gelu_errs_by_a_millionth_at_most(void **state)
{
    (void)state;
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = fast_sets(sets);
    for (int s = 0; s < n; s++) {
        float packed[64] = {1.0f};
        for (float x = -14.0f; x <= 14.0f; x += 0.00137f) {
            float y = 0.0f;
            const struct heed_product product = {.a = &x,
                                                 .a_stride = 1,
                                                 .packed = packed,
                                                 .depth = 1,
                                                 .columns = 1,
                                                 .row_end = 1,
                                                 .column_end = 1,
                                                 .scale = 1.0f,
                                                 .pointwise = HEED_POINTWISE_GELU,
                                                 .out = {.base = {&y}, .segment = 1, .group = 1}};
            sets[s]->multiply(&product);
            const double exact = 0.5 * (double)x * (1.0 + erf((double)x * sqrt(0.5)));
            assert_true(fabs((double)y - exact) <= 5e-7 + 1e-7 * fabs(exact));
        }
    }
}

enum { SOFTMAX_ROWS = 3 };

/* Entropies sum up to n terms of an exponential's error and a few roundings. */
static void check_weights(const float *weights, const float *expected, const float *entropies,
                          int n)
{
    for (int r = 0; r < SOFTMAX_ROWS; r++) {
        double sum = 0.0;
        double entropy = 0.0;
        for (int i = 0; i < n; i++) {
            const float weight = weights[r * n + i];
            assert_true(fabsf(weight - expected[r * n + i]) <= 5e-7f);
            assert_true(i % 5 != 4 || weight == 0.0f);
            sum += (double)weight;
            entropy -= weight > 0.0f ? (double)weight * log2((double)weight) : 0.0;
        }
        assert_true(fabs(sum - 1.0) < 1e-6);
        assert_true(fabs((double)entropies[r] - entropy) <= 2e-6 * (1.0 + entropy));
    }
}

/* Weights that lie elsewhere than the scores, whose rows are further apart,
 * and weights in the place of the scores. */
static void softmax_equals_the_reference_and_sums_to_one(void **state)
{
    (void)state;
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = fast_sets(sets);
    for (int n = 1; n <= 70; n++) {
        const size_t strides[] = {(size_t)n, (size_t)n + 7};
        for (int s = 0; s < 2 * n_sets; s++) {
            const size_t stride = strides[s % 2];
            const size_t count = SOFTMAX_ROWS * stride;
            float *scores = random_floats(count);
            for (size_t i = 0; i < count; i++) {
                scores[i] = i % stride % 5 == 4 ? -INFINITY : 30.0f * scores[i];
            }
            float entropies[SOFTMAX_ROWS];
            float *expected = alloc_guarded(SOFTMAX_ROWS * (size_t)n);
            float *y = alloc_guarded(count);
            memcpy(y, scores, count * sizeof(float));
            heed_kernels_get_reference()->softmax(expected, y, stride, SOFTMAX_ROWS, n, entropies);
            check_weights(expected, expected, entropies, n);
            memcpy(y, scores, count * sizeof(float));
            float *weights = alloc_guarded(SOFTMAX_ROWS * (size_t)n);
            sets[s / 2]->softmax(weights, y, stride, SOFTMAX_ROWS, n, entropies);
            check_weights(weights, expected, entropies, n);
            if (stride == (size_t)n) {
                memcpy(y, scores, count * sizeof(float));
                sets[s / 2]->softmax(y, y, stride, SOFTMAX_ROWS, n, entropies);
                check_weights(y, expected, entropies, n);
            }
            free_guarded(weights, SOFTMAX_ROWS * (size_t)n);
            free_guarded(y, count);
            free_guarded(expected, SOFTMAX_ROWS * (size_t)n);
            heed_floats_free(scores);
        }
    }
}

static void softmax_gives_exactly_zero_far_below_the_largest(void **state)
{
    (void)state;
    const struct heed_kernel_set *set = heed_kernels_get_fastest();
    float x[3] = {0.0f, -200.0f, -3.0e38f};
    set->softmax(x, x, 3, 1, 3, NULL);
    assert_true(x[0] == 1.0f && x[1] == 0.0f && x[2] == 0.0f);
}

static void norm_equals_the_reference(void **state)
{
    (void)state;
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = fast_sets(sets);
    for (int width = 1; width <= 70; width++) {
        const size_t count = 3 * (size_t)width;
        float *x = random_floats(count);
        float *residual = random_floats(count);
        float *gamma = random_floats((size_t)width);
        float *beta = random_floats((size_t)width);
        const struct heed_norm norm = {gamma, beta, 1e-3f, width};
        float *expected = alloc_guarded(count);
        heed_kernels_get_reference()->add_norm(expected, x, width % 2 ? residual : NULL, 3, &norm);
        for (int s = 0; s < n_sets; s++) {
            float *y = alloc_guarded(count);
            sets[s]->add_norm(y, x, width % 2 ? residual : NULL, 3, &norm);
            for (size_t i = 0; i < count; i++) {
                assert_true(fabsf(y[i] - expected[i]) <= 5e-6f);
            }
            free_guarded(y, count);
        }
        free_guarded(expected, count);
        heed_floats_free(beta);
        heed_floats_free(gamma);
        heed_floats_free(residual);
        heed_floats_free(x);
    }
}

int main(void)
{
    print_message("seed %d\n", SEED);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packing_equals_the_reference),
        cmocka_unit_test(products_of_all_small_sizes_equal_the_reference),
        cmocka_unit_test(long_sums_equal_the_reference),
        cmocka_unit_test(every_activation_equals_the_reference),
        cmocka_unit_test(heads_are_laid_out_as_the_reference_does),
        cmocka_unit_test(gelu_errs_by_a_millionth_at_most),
        cmocka_unit_test(softmax_equals_the_reference_and_sums_to_one),
        cmocka_unit_test(softmax_gives_exactly_zero_far_below_the_largest),
        cmocka_unit_test(norm_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

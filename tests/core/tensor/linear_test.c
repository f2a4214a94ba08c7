/* Linear maps on a pool: stacked parts, and the same bits for any number of
 * threads. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/tensor/linear.h"
#include "core/tensor/memory.h"
#include "kernel_sets.h"

enum { N_IN = 37, ROWS = 211, PART = 23, N_OUT = 3 * PART };

static float weight_at(int part, int out, int in)
{
    return (float)((part * 7 + out * 3 + in * 5) % 11 - 5) / 8.0f;
}

static float x_at(int row, int in)
{
    return (float)((row * 5 + in * 3) % 13 - 6) / 8.0f;
}

static void run(const struct heed_kernel_set *kernels, int n_threads, float *y)
{
    static float weights[3][PART][N_IN];
    static float x[ROWS][N_IN];
    float bias[PART];
    struct heed_linear_part parts[3];
    for (int p = 0; p < 3; p++) {
        for (int o = 0; o < PART; o++) {
            bias[o] = (float)o / 8.0f;
            for (int i = 0; i < N_IN; i++) {
                weights[p][o][i] = weight_at(p, o, i);
            }
        }
        parts[p] = (struct heed_linear_part){&weights[p][0][0], p == 1 ? NULL : bias, PART};
    }
    for (int r = 0; r < ROWS; r++) {
        for (int i = 0; i < N_IN; i++) {
            x[r][i] = x_at(r, i);
        }
    }
    struct heed_pool *pool = NULL;
    float *memory = heed_floats_alloc(heed_linear_floats(kernels, N_IN, N_OUT));
    assert_non_null(memory);
    assert_true(heed_pool_create(&pool, n_threads, NULL));
    struct heed_linear linear =
        heed_linear_place(kernels, N_IN, N_OUT, HEED_POINTWISE_NONE, memory);
    heed_linear_pack(&linear, parts, 3, pool);
    heed_linear_run(&linear, pool, &x[0][0], ROWS, heed_linear_plain_output(&linear, y));
    heed_floats_free(memory);
    heed_pool_destroy(pool);
}

/* All numbers are multiples of 1/64 and small: float sums are exact. */
static void stacked_parts_give_the_exact_product(void **state)
{
    (void)state;
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = kernel_sets(sets);
    static float y[ROWS * N_OUT];
    for (int s = 0; s < n_sets; s++) {
        run(sets[s], 2, y);
        for (int r = 0; r < ROWS; r++) {
            for (int c = 0; c < N_OUT; c++) {
                const int p = c / PART;
                float sum = p == 1 ? 0.0f : (float)(c % PART) / 8.0f;
                for (int i = 0; i < N_IN; i++) {
                    sum += weight_at(p, c % PART, i) * x_at(r, i);
                }
                assert_true(y[r * N_OUT + c] == sum);
            }
        }
    }
}

static void any_number_of_threads_gives_the_same_bits(void **state)
{
    (void)state;
    static float one[ROWS * N_OUT], more[ROWS * N_OUT];
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = kernel_sets(sets);
    for (int s = 0; s < n_sets; s++) {
        run(sets[s], 1, one);
        for (int n = 2; n <= 7; n++) {
            run(sets[s], n, more);
            assert_memory_equal(one, more, sizeof(one));
        }
    }
}

static void large_memory_is_refused_without_overflow(void **state)
{
    (void)state;
    assert_null(heed_floats_alloc((size_t)-1));
    assert_null(heed_floats_alloc((size_t)-1 / sizeof(float)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stacked_parts_give_the_exact_product),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(large_memory_is_refused_without_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The pool of threads: every task once, phase after phase. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/platform.h"
#include "core/tensor/pool.h"

enum { MAX_TASKS = 300 };

struct tally {
    atomic_int count[MAX_TASKS];
    atomic_bool is_wrong;
    int n_threads;
};

static void count_task(void *context, int index, int thread)
{
    struct tally *tally = (struct tally *)context;
    if (thread < 0 || thread >= tally->n_threads) {
        atomic_store(&tally->is_wrong, true);
    }
    atomic_fetch_add(&tally->count[index], 1);
}

static void every_task_runs_once_in_every_phase(void **state)
{
    (void)state;
    for (int n_threads = 1; n_threads <= 5; n_threads++) {
        static struct tally tally;
        struct heed_pool *pool = NULL;
        assert_true(heed_pool_create(&pool, n_threads, NULL));
        assert_int_equal(heed_pool_get_threads(pool), n_threads);
        for (int phase = 0; phase < 2000; phase++) {
            const int n = phase * 7 % MAX_TASKS;
            tally.n_threads = n_threads;
            for (int i = 0; i < MAX_TASKS; i++) {
                atomic_store(&tally.count[i], 0);
            }
            if (phase % 100 == 0) {
                heed_pool_begin(pool);
            }
            heed_pool_run(pool, count_task, &tally, n);
            if (phase % 100 == 50) {
                heed_pool_end(pool);
            }
            for (int i = 0; i < MAX_TASKS; i++) {
                assert_int_equal(atomic_load(&tally.count[i]), i < n);
            }
        }
        assert_false(atomic_load(&tally.is_wrong));
        heed_pool_destroy(pool);
    }
}

static void a_pool_without_a_number_takes_the_cores(void **state)
{
    (void)state;
    struct heed_pool *pool = NULL;
    assert_true(heed_platform_cores() >= 1);
    assert_true(heed_pool_create(&pool, 0, NULL));
    assert_int_equal(heed_pool_get_threads(pool), heed_platform_cores());
    heed_pool_destroy(pool);
    heed_pool_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_runs_once_in_every_phase),
        cmocka_unit_test(a_pool_without_a_number_takes_the_cores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

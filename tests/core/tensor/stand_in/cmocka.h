/* As much of cmocka as the tests of core/tensor use, for a processor for which
 * no cmocka is installed (neon_test.py): the first thing that doesn't hold
 * ends the program. */
#ifndef HEED_TESTS_CORE_TENSOR_STAND_IN_CMOCKA_H
#define HEED_TESTS_CORE_TENSOR_STAND_IN_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

#define cmocka_unit_test(function)                                                                 \
    {                                                                                              \
#function, function                                                                        \
    }

#define print_message(...) printf(__VA_ARGS__)
#define fail_msg(...) (printf(__VA_ARGS__), printf(" (%s:%d)\n", __FILE__, __LINE__), exit(1))
#define assert_true(x) ((x) ? (void)0 : fail_msg("%s doesn't hold", #x))
#define assert_false(x) assert_true(!(x))
#define assert_null(x) assert_true((x) == NULL)
#define assert_non_null(x) assert_true((x) != NULL)
#define assert_int_equal(a, b) assert_true((a) == (b))
#define assert_memory_equal(a, b, size) assert_true(memcmp(a, b, size) == 0)

#define cmocka_run_group_tests(tests, set_up, tear_down)                                           \
    stand_in_run(tests, sizeof(tests) / sizeof((tests)[0]))

static inline int stand_in_run(const struct CMUnitTest *tests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        void *state = NULL;
        tests[i].run(&state);
        printf("%s: passed\n", tests[i].name);
    }
    return 0;
}

#endif

/* The tokenizer of the real model, which HEED_TEST_MODEL names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "token_golden.h"

static void the_real_tokenizer_equals_transformers(void **state)
{
    compare_goldens("model", getenv("HEED_TEST_MODEL"));
}

int main(void)
{
    if (!getenv("HEED_TEST_MODEL")) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_real_tokenizer_equals_transformers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

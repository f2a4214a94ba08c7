/* The real model against samples of what transformers computes for it. HEED_TEST_QUICK:
 * the longest text with the fastest kernels alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/bert/encoder_internal.h"
#include "golden.h"
#include "kernel_sets.h"

/* What product.md promises. */
static const double attention_tolerance = 1e-5;
static const double hidden_tolerance = 5e-4;

static void compare_case_from(const char *golden_case, int first_from_the_end)
{
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    if (!heed_model_open(&model, getenv("HEED_TEST_MODEL"), &err)) {
        fail_msg("%s", err.text);
    }
    struct heed_safetensors *file = golden_open("minilm.safetensors");
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = kernel_sets(sets);
    for (int i = first_from_the_end > 0 ? n - first_from_the_end : 0; i < n; i++) {
        struct heed_encoder *encoder = NULL;
        if (!heed_encoder_create_with_kernels(&encoder, heed_model_get_config(model),
                                              heed_model_get_weights(model), sets[i], 2, &err)) {
            fail_msg("%s", err.text);
        }
        print_message("%s\n", sets[i]->name);
        struct golden_request golden;
        golden_get_request(file, golden_case, &golden);
        const struct heed_run *run = NULL;
        assert_true(heed_encode(encoder, &golden.request, &run, &err));
        golden_compare(file, golden_case, run, attention_tolerance, hidden_tolerance);
        heed_run_release(run);
        heed_encoder_destroy(encoder);
    }
    heed_safetensors_destroy(file);
    heed_model_destroy(model);
}

static void compare_case(const char *golden_case)
{
    compare_case_from(golden_case, 0);
}

static void sentence_equals_transformers(void **state)
{
    (void)state;
    compare_case("sentence");
}

static void cut_links_and_scaled_heads_equal_transformers(void **state)
{
    (void)state;
    compare_case("changed");
}

static void pair_equals_transformers(void **state)
{
    (void)state;
    compare_case("pair");
}

static void shortest_texts_equal_transformers(void **state)
{
    (void)state;
    compare_case("word");
    compare_case("empty");
    compare_case("one");
}

static void longest_text_equals_transformers(void **state)
{
    (void)state;
    compare_case_from("long", getenv("HEED_TEST_QUICK") != NULL ? 1 : 0);
}

int main(void)
{
    if (!getenv("HEED_TEST_MODEL")) {
        fputs("HEED_TEST_MODEL isn't set\n", stderr);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentence_equals_transformers),
        cmocka_unit_test(cut_links_and_scaled_heads_equal_transformers),
        cmocka_unit_test(pair_equals_transformers),
        cmocka_unit_test(shortest_texts_equal_transformers),
        cmocka_unit_test(longest_text_equals_transformers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

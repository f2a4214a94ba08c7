/* Small random models: every tensor of transformers, with every kernel set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/bert/encoder_internal.h"
#include "golden.h"
#include "kernel_sets.h"

/* Weights of the tiny models are large, so that hidden states reach 5 and
 * scores 10: the real model's tolerances hold here with room. */
static const double attention_tolerance = 1e-5;
static const double hidden_tolerance = 1e-4;

static void compare_cases(const char *name, const struct heed_kernel_set *kernels)
{
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    struct heed_encoder *encoder = NULL;
    if (!heed_model_open(&model, golden_path("data", name), &err) ||
        !heed_encoder_create_with_kernels(&encoder, heed_model_get_config(model),
                                          heed_model_get_weights(model), kernels, 2, &err)) {
        fail_msg("%s", err.text);
    }
    char file_name[64];
    snprintf(file_name, sizeof(file_name), "%s.safetensors", name);
    struct heed_safetensors *file = golden_open(file_name);
    print_message("%s, %s\n", name, kernels->name);
    static const char *const cases[] = {"0", "1", "2", "3", "changed"};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct golden_request golden;
        const char *golden_case = cases[i];
        golden_get_request(file, golden_case, &golden);
        const struct heed_run *run = NULL;
        assert_true(heed_encode(encoder, &golden.request, &run, &err));
        golden_compare(file, golden_case, run, attention_tolerance, hidden_tolerance);
        heed_run_release(run);
    }
    heed_safetensors_destroy(file);
    heed_encoder_destroy(encoder);
    heed_model_destroy(model);
}

static void compare_model(const char *name)
{
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = kernel_sets(sets);
    for (int i = 0; i < n; i++) {
        compare_cases(name, sets[i]);
    }
}

static void bert_with_gelu_equals_transformers(void **state)
{
    (void)state;
    compare_model("tiny-bert");
}

static void distilbert_with_relu_equals_transformers(void **state)
{
    (void)state;
    compare_model("tiny-distilbert");
}

static void bert_with_tanh_gelu_equals_transformers(void **state)
{
    (void)state;
    compare_model("tiny-mlm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bert_with_gelu_equals_transformers),
        cmocka_unit_test(distilbert_with_relu_equals_transformers),
        cmocka_unit_test(bert_with_tanh_gelu_equals_transformers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

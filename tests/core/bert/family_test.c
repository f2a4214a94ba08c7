/* A tiny model of every family and option: every tensor of transformers, and what
 * its masked-language head gives. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "core/bert/classes.h"
#include "core/bert/encoder_internal.h"
#include "core/bert/mlm.h"
#include "golden.h"
#include "kernel_sets.h"

static const double attention_tolerance = 1e-5;
static const double hidden_tolerance = 1e-4;

static void compare_predictions(struct heed_safetensors *file, const char *golden_case,
                                const struct heed_model *model, const struct heed_run *run)
{
    const size_t vocab = (size_t)heed_model_get_config(model)->vocab_size;
    const size_t n = (size_t)run->n_tokens;
    const bool has_head = heed_model_get_weights(model)->has_mlm_head;
    assert_int_equal(has_head, golden_find(file, golden_case, "probabilities") != NULL);
    if (!has_head) {
        return;
    }
    float *all = malloc(n * vocab * sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < n; i++) {
        struct heed_error err = {0};
        assert_true(heed_mlm_probabilities(all + i * vocab, NULL, NULL, model, run, (int)i, &err));
    }
    golden_compare_tensor(file, golden_case, "probabilities", all, n * vocab, 1e-5);
    free(all);
}

/* Of a text its classes once, of tokens those of each. */
static void compare_classes(struct heed_safetensors *file, const char *golden_case,
                            const struct heed_model *model, const struct heed_run *run)
{
    const struct heed_model_config *config = heed_model_get_config(model);
    const size_t n_classes = (size_t)config->n_classes;
    const size_t n =
        config->class_kind == HEED_CLASSES_OF_TOKENS ? (size_t)run->n_tokens : n_classes > 0;
    const bool has_head = heed_model_get_weights(model)->classes.out.weight != NULL;
    assert_int_equal(has_head, golden_find(file, golden_case, "scores") != NULL);
    if (!has_head) {
        return;
    }
    float *all = malloc(n * n_classes * sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < n; i++) {
        struct heed_error err = {0};
        assert_true(heed_class_scores(all + i * n_classes, NULL, model, run, (int)i, &err));
    }
    golden_compare_tensor(file, golden_case, "scores", all, n * n_classes, 1e-5);
    free(all);
}

static void compare_cases(const char *name, const struct heed_kernel_set *kernels)
{
    static const char *const cases[] = {"0", "1", "2", "3"};
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    struct heed_encoder *encoder = NULL;
    char file_name[64];
    if (!heed_model_open(&model, golden_path("data", name), &err) ||
        !heed_encoder_create_with_kernels(&encoder, heed_model_get_config(model),
                                          heed_model_get_weights(model), kernels, 2, &err)) {
        fail_msg("%s", err.text);
    }
    snprintf(file_name, sizeof(file_name), "%s.safetensors", name);
    struct heed_safetensors *file = golden_open(file_name);
    print_message("%s, %s\n", name, kernels->name);
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        struct golden_request golden;
        const struct heed_run *run = NULL;
        golden_get_request(file, cases[i], &golden);
        for (int kind = 0; kind < HEED_N_ATTENTION_KINDS; kind++) {
            if (kind == HEED_ATTENTION_LINEAR) {
                continue; /* another formula; flash is the same */
            }
            golden.request.attention = (enum heed_attention_kind)kind;
            assert_true(heed_encode(encoder, &golden.request, &run, &err));
            golden_compare(file, cases[i], run, attention_tolerance, hidden_tolerance);
            compare_predictions(file, cases[i], model, run);
            compare_classes(file, cases[i], model, run);
            heed_run_release(run);
        }
    }
    heed_safetensors_destroy(file);
    heed_encoder_destroy(encoder);
    heed_model_destroy(model);
}

static void every_family_equals_transformers(void **state)
{
    static const char *const names[] = {"fam-roberta",
                                        "fam-xlm-roberta",
                                        "fam-camembert",
                                        "fam-mpnet",
                                        "fam-electra",
                                        "fam-electra-same",
                                        "fam-ernie",
                                        "fam-albert",
                                        "fam-silu",
                                        "fam-quick-gelu",
                                        "fam-gelu-10",
                                        "fam-mish",
                                        "fam-tanh",
                                        "fam-bert-classes",
                                        "fam-distilbert-classes",
                                        "fam-roberta-classes",
                                        "fam-mpnet-classes",
                                        "fam-electra-classes",
                                        "fam-albert-classes",
                                        "fam-bert-tokens",
                                        "fam-xlm-roberta-tokens",
                                        "fam-distilbert-tokens"};
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = kernel_sets(sets);
    (void)state;
    for (size_t i = 0; i < HEED_COUNT(names); i++) {
        /* The first and the last of the sets: what is new isn't in the kernels. */
        compare_cases(names[i], sets[0]);
        compare_cases(names[i], sets[n - 1]);
    }
}

/* Without the order of the tokens a bag of them: every query sees the same. */
static void without_positions_a_relative_bias_goes_too(void **state)
{
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    struct heed_encoder *encoder = NULL;
    const struct heed_run *run = NULL;
    const int32_t ids[] = {7, 9, 7, 9};
    (void)state;
    assert_true(heed_model_open(&model, golden_path("data", "fam-mpnet"), &err));
    assert_true(
        heed_encoder_create(&encoder, model, (struct heed_encoder_options){.n_threads = 1}, &err));
    const struct heed_request request = {
        .ids = ids, .n_tokens = 4, .positions = HEED_POSITIONS_OFF};
    assert_true(heed_encode(encoder, &request, &run, &err));
    for (int h = 0; h < run->n_heads; h++) {
        const float *weights = heed_run_attention(run, 0, h);
        for (int query = 0; query < 4; query++) {
            assert_true(weights[query * 4] == weights[query * 4 + 2]);
        }
    }
    heed_run_release(run);
    heed_encoder_destroy(encoder);
    heed_model_destroy(model);
}

/* What Neuron writes out: the weights are the softmax of scaled products and this bias. */
static void a_run_tells_the_bias_of_its_scores(void **state)
{
    struct heed_error err = {0};
    struct heed_model *model = NULL;
    struct heed_encoder *encoder = NULL;
    const struct heed_run *run = NULL;
    enum { N = 9 };
    const int32_t ids[N] = {7, 9, 3, 9, 12, 30, 2, 5, 8};
    float rows[N * N];
    (void)state;
    assert_true(heed_model_open(&model, golden_path("data", "fam-mpnet"), &err));
    assert_true(
        heed_encoder_create(&encoder, model, (struct heed_encoder_options){.n_threads = 1}, &err));
    struct heed_request request = {.ids = ids, .n_tokens = N};
    assert_true(heed_encode(encoder, &request, &run, &err));
    assert_true(heed_run_has(run, HEED_RUN_BIAS));
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        const float *bias = heed_run_rows(run, HEED_RUN_BIAS, map, 0, N, rows);
        for (int query = 0; query < N; query++) {
            const float *weights = run->attention + ((size_t)map * N + (size_t)query) * N;
            double shares[N], sum = 0;
            for (int key = 0; key < N; key++) {
                const size_t dim = (size_t)run->head_dim;
                const float *q = run->queries + ((size_t)map * N + (size_t)query) * dim;
                const float *k = run->keys + ((size_t)map * N + (size_t)key) * dim;
                double product = 0;
                for (size_t i = 0; i < dim; i++) {
                    product += (double)q[i] * (double)k[i];
                }
                assert_true(bias[query * N + key] == heed_run_bias(run, map, query, key));
                shares[key] =
                    exp(product / sqrt((double)dim) + (double)heed_run_bias(run, map, query, key));
                sum += shares[key];
            }
            for (int key = 0; key < N; key++) {
                assert_true(fabs(shares[key] / sum - (double)weights[key]) < 1e-5);
            }
        }
    }
    heed_run_release(run);
    request.positions = HEED_POSITIONS_OFF;
    assert_true(heed_encode(encoder, &request, &run, &err));
    assert_false(heed_run_has(run, HEED_RUN_BIAS));
    heed_run_release(run);
    heed_encoder_destroy(encoder);
    heed_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_family_equals_transformers),
        cmocka_unit_test(without_positions_a_relative_bias_goes_too),
        cmocka_unit_test(a_run_tells_the_bias_of_its_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

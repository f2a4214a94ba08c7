/* Counterfactuals of the whole encoder: equal to transformers on the tiny
 * models, and what must hold of each whatever the weights are. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "allocations.h"
#include "base/compiler.h"
#include "core/bert/encoder_internal.h"
#include "golden.h"
#include "kernel_sets.h"

enum { MOST = 64 };

static const double attention_tolerance = 1e-5;
static const double hidden_tolerance = 1e-4;

/* A model, its encoder with one kernel set, and a request of random tokens. */
struct rig {
    struct heed_model *model;
    struct heed_encoder *encoder;
    int32_t ids[MOST], segments[MOST];
    uint8_t allowed[MOST * MOST];
    struct heed_request request;
};

static void set_up(struct rig *rig, const char *name, const struct heed_kernel_set *kernels, int n)
{
    struct heed_error err = {0};
    *rig = (struct rig){0};
    if (!heed_model_open(&rig->model, golden_path("data", name), &err) ||
        !heed_encoder_create_with_kernels(&rig->encoder, heed_model_get_config(rig->model),
                                          heed_model_get_weights(rig->model), kernels, 2, &err)) {
        fail_msg("%s", err.text);
    }
    for (int i = 0; i < n; i++) {
        rig->ids[i] = (7 * i + i * i) % 44;
        rig->segments[i] = i > n / 2;
    }
    rig->request = (struct heed_request){.ids = rig->ids, .segments = rig->segments, .n_tokens = n};
}

static void tear_down(struct rig *rig)
{
    heed_encoder_destroy(rig->encoder);
    heed_model_destroy(rig->model);
}

static void set_mask(struct rig *rig, enum heed_mask_kind kind, int width)
{
    const int n = rig->request.n_tokens;
    const bool forbids = heed_mask_fill(rig->allowed, heed_mask_of(kind, width), rig->segments, n);
    rig->request.allowed = forbids ? rig->allowed : NULL;
}

static const struct heed_run *encode(struct rig *rig)
{
    struct heed_error err = {0};
    const struct heed_run *run = NULL;
    if (!heed_encode(rig->encoder, &rig->request, &run, &err)) {
        fail_msg("%s", err.text);
    }
    return run;
}

static void compare_case(struct rig *rig, struct heed_safetensors *file, const char *model,
                         const char *name)
{
    char key[64];
    struct golden_request golden;
    snprintf(key, sizeof key, "%s/%s", model, name);
    golden_get_request(file, key, &golden);
    const bool all = strcmp(name, "all") == 0;
    struct heed_mask mask = {0};
    memcpy(rig->segments, golden.segments, sizeof rig->segments);
    rig->request = golden.request;
    rig->request.ids = golden.ids;
    heed_mask_find(all ? "causal" : name, &mask);
    heed_positions_find(all ? "sinusoidal" : name, &rig->request.positions);
    heed_attention_find(all ? "linear" : name, &rig->request.attention);
    set_mask(rig, mask.kind, mask.width);
    const struct heed_run *run = encode(rig);
    const size_t n = (size_t)run->n_tokens;
    const size_t wide = n * (size_t)run->hidden;
    const size_t layers = (size_t)run->n_layers;
    golden_compare_tensor(file, key, "attentions", run->attention,
                          layers * (size_t)run->n_heads * n * n, attention_tolerance);
    golden_compare_tensor(file, key, "last", run->hidden_states + layers * wide, wide,
                          hidden_tolerance);
    heed_run_release(run);
}

static void every_variant_equals_transformers(void **state)
{
    static const char *const models[] = {"tiny-bert", "tiny-distilbert", "tiny-mlm"};
    static const char *const cases[] = {"causal", "window",     "strided", "cross",
                                        "off",    "sinusoidal", "linear",  "all"};
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = kernel_sets(sets);
    (void)state;
    struct heed_safetensors *file = golden_open("tiny-variants.safetensors");
    for (size_t m = 0; m < HEED_COUNT(models); m++) {
        for (int s = 0; s < n; s++) {
            struct rig rig;
            set_up(&rig, models[m], sets[s], 4);
            for (size_t c = 0; c < HEED_COUNT(cases); c++) {
                compare_case(&rig, file, models[m], cases[c]);
            }
            tear_down(&rig);
        }
    }
    heed_safetensors_destroy(file);
}

/* --- what must hold --- */

static float weight(const struct heed_run *run, int map, int query, int key)
{
    const int n = run->n_tokens;
    return run->attention[((size_t)map * (size_t)n + (size_t)query) * (size_t)n + (size_t)key];
}

static void check_rows(const struct heed_run *run, const uint8_t *allowed)
{
    const int n = run->n_tokens;
    for (int map = 0; map < run->n_layers * run->n_heads; map++) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                const float w = weight(run, map, i, j);
                const bool seen = !allowed || allowed[i * n + j];
                assert_true(seen ? w >= 0.0f : w == 0.0f);
                sum += (double)w;
            }
            assert_true(fabs(sum - 1.0) < 1e-5);
        }
    }
}

static void rows_sum_to_one_and_the_forbidden_is_exactly_zero(void **state)
{
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = kernel_sets(sets);
    (void)state;
    for (int s = 0; s < n_sets; s++) {
        struct rig rig;
        set_up(&rig, "tiny-bert", sets[s], 43);
        for (int a = 0; a < HEED_N_ATTENTION_KINDS; a++) {
            for (int m = 0; m < HEED_N_MASK_KINDS; m++) {
                rig.request.attention = (enum heed_attention_kind)a;
                set_mask(&rig, (enum heed_mask_kind)m, 0);
                const struct heed_run *run = encode(&rig);
                check_rows(run, rig.request.allowed);
                heed_run_release(run);
            }
        }
        tear_down(&rig);
    }
}

static void the_first_token_of_a_causal_mask_sees_itself(void **state)
{
    struct rig rig;
    (void)state;
    set_up(&rig, "tiny-bert", heed_kernels_get_fastest(), 9);
    set_mask(&rig, HEED_MASK_CAUSAL, 0);
    for (int a = 0; a < HEED_N_ATTENTION_KINDS; a++) {
        rig.request.attention = (enum heed_attention_kind)a;
        const struct heed_run *run = encode(&rig);
        for (int map = 0; map < run->n_layers * run->n_heads; map++) {
            assert_true(weight(run, map, 0, 0) == 1.0f);
        }
        heed_run_release(run);
    }
    tear_down(&rig);
}

static void check_near(const float *a, const float *b, size_t n, double tolerance)
{
    for (size_t i = 0; i < n; i++) {
        assert_float_equal(a[i], b[i], tolerance);
    }
}

/* Several blocks of keys, and one that isn't whole; rows whose first block is
 * forbidden as a whole; a cut and a scaled head. */
static void flash_attention_equals_softmax(void **state)
{
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = kernel_sets(sets);
    static const int lengths[] = {1, 2, 31, 33, 63, 64};
    static const struct heed_cut cuts[] = {{0, 1, 0, 0}};
    float scale[8] = {1, 1, 0.5f, 1, 1, 0, 1, 2};
    (void)state;
    for (int i = 0; i < n_sets * (int)HEED_COUNT(lengths) * HEED_N_MASK_KINDS; i++) {
        struct rig rig;
        const int n = lengths[(size_t)(i / n_sets) % HEED_COUNT(lengths)];
        const int m = i / n_sets / (int)HEED_COUNT(lengths);
        set_up(&rig, "tiny-bert", sets[i % n_sets], n);
        set_mask(&rig, (enum heed_mask_kind)m, 0);
        rig.request.head_scale = scale;
        rig.request.cuts = cuts;
        rig.request.n_cuts = m != HEED_MASK_CAUSAL && n > 2;
        const struct heed_run *plain = encode(&rig);
        rig.request.attention = HEED_ATTENTION_FLASH;
        const struct heed_run *flash = encode(&rig);
        const size_t layer = (size_t)(4 * n * n);
        check_near(flash->attention, plain->attention, layer, 1e-6);
        check_near(flash->attention + layer, plain->attention + layer, layer, 1e-5);
        check_near(flash->hidden_states, plain->hidden_states, (size_t)(3 * n * plain->hidden),
                   1e-4);
        heed_run_release(plain);
        heed_run_release(flash);
        tear_down(&rig);
    }
}

/* "dog bites man" and "man bites dog": the same weights, but for the tokens'
 * places. */
static void without_positions_weights_only_change_places(void **state)
{
    static const int32_t dog[] = {2, 28, 35, 29, 3}, man[] = {2, 29, 35, 28, 3};
    static const int place[] = {0, 3, 2, 1, 4};
    (void)state;
    for (int a = 0; a < HEED_N_ATTENTION_KINDS; a++) {
        struct rig rig;
        set_up(&rig, "tiny-bert", heed_kernels_get_fastest(), 5);
        rig.request.segments = NULL;
        rig.request.attention = (enum heed_attention_kind)a;
        for (int with = 0; with < 2; with++) {
            double most = 0;
            rig.request.positions = with ? HEED_POSITIONS_LEARNED : HEED_POSITIONS_OFF;
            rig.request.ids = dog;
            const struct heed_run *first = encode(&rig);
            rig.request.ids = man;
            const struct heed_run *second = encode(&rig);
            for (int i = 0; i < 8 * 25; i++) {
                const float x = weight(first, i / 25, i / 5 % 5, i % 5);
                const float y = weight(second, i / 25, place[i / 5 % 5], place[i % 5]);
                most = fmax(most, fabs((double)x - (double)y));
            }
            assert_true(with ? most > 1e-2 : most < 1e-5);
            heed_run_release(first);
            heed_run_release(second);
        }
        tear_down(&rig);
    }
}

static void sinusoids_have_the_learned_rows_mean_norm(void **state)
{
    struct rig rig;
    float row[32];
    double learned = 0;
    (void)state;
    set_up(&rig, "tiny-bert", heed_kernels_get_fastest(), 4);
    const float *rows = heed_model_get_weights(rig.model)->position_embeddings;
    const float factor = heed_positions_factor(rows, 64, 32);
    for (int i = 0; i < 64; i++) {
        double square = 0;
        for (int k = 0; k < 32; k++) {
            square += (double)rows[i * 32 + k] * (double)rows[i * 32 + k];
        }
        learned += sqrt(square) / 64;
    }
    for (int pos = 0; pos < 64; pos += 9) {
        double square = 0;
        heed_positions_sinusoid(row, pos, 32, factor);
        for (int k = 0; k < 32; k++) {
            square += (double)row[k] * (double)row[k];
        }
        assert_float_equal(sqrt(square), learned, 1e-4);
        assert_float_equal(row[0], (double)factor * sin(pos), 1e-5);
        assert_float_equal(row[1], (double)factor * cos(pos), 1e-5);
        assert_float_equal(row[3], (double)factor * cos(pos / pow(10000, 2 / 32.0)), 1e-5);
    }
    tear_down(&rig);
}

static void a_warm_call_of_any_variant_asks_for_no_memory(void **state)
{
    struct rig rig;
    (void)state;
    set_up(&rig, "tiny-bert", heed_kernels_get_fastest(), 40);
    set_mask(&rig, HEED_MASK_WINDOW, 0);
    for (int i = 0; i < HEED_N_ATTENTION_KINDS * HEED_N_POSITIONS; i++) {
        rig.request.attention = (enum heed_attention_kind)(i / HEED_N_POSITIONS);
        rig.request.positions = (enum heed_positions)(i % HEED_N_POSITIONS);
        heed_run_release(encode(&rig));
        const int before = allocations_count();
        heed_run_release(encode(&rig));
        assert_true(HEED_FINDS_MISUSE || allocations_count() == before);
    }
    tear_down(&rig);
}

static void a_mask_and_cuts_that_empty_a_row_are_refused(void **state)
{
    struct rig rig;
    struct heed_error err = {0};
    const struct heed_run *run = NULL;
    static const struct heed_cut cuts[] = {{1, 2, 1, 0}, {-1, -1, 1, 1}};
    (void)state;
    set_up(&rig, "tiny-bert", heed_kernels_get_fastest(), 5);
    set_mask(&rig, HEED_MASK_CAUSAL, 0);
    rig.request.cuts = cuts;
    rig.request.n_cuts = 2;
    assert_false(heed_encode(rig.encoder, &rig.request, &run, &err));
    assert_int_equal(err.code, HEED_ERROR_INPUT);
    assert_string_equal(err.text, "mask and cut links leave token 1 nothing to "
                                  "attend to in L1H2; put a link back");
    tear_down(&rig);
}

/* --- masks and names --- */

static void a_mask_is_as_wide_as_it_says(void **state)
{
    const struct heed_mask window = heed_mask_of(HEED_MASK_WINDOW, 3);
    const struct heed_mask strided = heed_mask_of(HEED_MASK_STRIDED, 4);
    (void)state;
    assert_true(heed_mask_allows(window, 7, 4, true));
    assert_true(heed_mask_allows(window, 4, 7, false));
    assert_false(heed_mask_allows(window, 4, 8, true));
    assert_true(heed_mask_allows(strided, 2, 10, true));
    assert_true(heed_mask_allows(strided, 10, 2, true));
    assert_true(heed_mask_allows(strided, 5, 6, true));
    assert_false(heed_mask_allows(strided, 5, 7, true));
    assert_int_equal(heed_mask_of(HEED_MASK_WINDOW, 0).width, 2);
    assert_int_equal(heed_mask_of(HEED_MASK_STRIDED, 0).width, 3);
    assert_int_equal(heed_mask_of(HEED_MASK_WINDOW, 99).width, 64);
    assert_int_equal(heed_mask_of(HEED_MASK_CAUSAL, 9).width, 0);
}

static void a_mask_that_forbids_nothing_is_none(void **state)
{
    uint8_t allowed[25];
    static const int32_t one[5] = {0}, two[5] = {0, 0, 0, 1, 1};
    const struct heed_mask cross = heed_mask_of(HEED_MASK_CROSS, 0);
    (void)state;
    assert_false(heed_mask_fill(allowed, (struct heed_mask){0}, two, 5));
    assert_false(heed_mask_fill(allowed, heed_mask_of(HEED_MASK_WINDOW, 4), two, 5));
    assert_false(heed_mask_fill(allowed, heed_mask_of(HEED_MASK_STRIDED, 1), two, 5));
    assert_false(heed_mask_fill(allowed, cross, one, 5));
    assert_false(heed_mask_fill(allowed, cross, NULL, 5));
    assert_true(heed_mask_fill(allowed, cross, two, 5));
    assert_int_equal(allowed[0 * 5 + 3], 1);
    assert_int_equal(allowed[3 * 5 + 0], 1);
    assert_int_equal(allowed[3 * 5 + 3], 0);
}

static void names_are_read_back(void **state)
{
    static const char *const bad[] = {"",          "Causal",     "window:",    "window:0",
                                      "window:65", "window:064", "window:x",   "window:-1",
                                      "causal:2",  "cross:1",    "strided:3 ", "windows"};
    (void)state;
    for (int kind = 0; kind < HEED_N_MASK_KINDS; kind++) {
        const struct heed_mask mask = heed_mask_of((enum heed_mask_kind)kind, 17);
        struct heed_mask read = {0};
        char name[24];
        heed_mask_name(mask, name, sizeof name);
        assert_true(heed_mask_find(name, &read));
        assert_true(heed_mask_equal(read, mask));
    }
    for (size_t i = 0; i < HEED_COUNT(bad); i++) {
        struct heed_mask mask = heed_mask_of(HEED_MASK_WINDOW, 5);
        enum heed_positions positions = HEED_POSITIONS_OFF;
        enum heed_attention_kind attention = HEED_ATTENTION_FLASH;
        assert_false(heed_mask_find(bad[i], &mask));
        assert_int_equal(mask.width, 5);
        assert_false(heed_positions_find(bad[i], &positions));
        assert_false(heed_attention_find(bad[i], &attention));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_variant_equals_transformers),
        cmocka_unit_test(rows_sum_to_one_and_the_forbidden_is_exactly_zero),
        cmocka_unit_test(the_first_token_of_a_causal_mask_sees_itself),
        cmocka_unit_test(flash_attention_equals_softmax),
        cmocka_unit_test(without_positions_weights_only_change_places),
        cmocka_unit_test(sinusoids_have_the_learned_rows_mean_norm),
        cmocka_unit_test(a_warm_call_of_any_variant_asks_for_no_memory),
        cmocka_unit_test(a_mask_and_cuts_that_empty_a_row_are_refused),
        cmocka_unit_test(a_mask_is_as_wide_as_it_says),
        cmocka_unit_test(a_mask_that_forbids_nothing_is_none),
        cmocka_unit_test(names_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Properties of a run: what interventions do, what is refused, what is kept,
 * and what a warm call doesn't do. On a tiny model. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "allocations.h"
#include "base/compiler.h"
#include "core/bert/encoder_internal.h"
#include "golden.h"
#include "kernel_sets.h"

enum { N = 9 };

static const int32_t ids[N] = {2, 5, 6, 11, 7, 40, 41, 20, 3};

struct fixture {
    struct heed_model *model;
    struct heed_encoder *encoder;
};

static struct heed_encoder *create(const struct heed_model *model, int n_threads)
{
    struct heed_error err = {0};
    struct heed_encoder *encoder = NULL;
    const struct heed_encoder_options options = {.n_threads = n_threads};
    if (!heed_encoder_create(&encoder, model, options, &err)) {
        fail_msg("%s", err.text);
    }
    return encoder;
}

static int set_up(void **state)
{
    static struct fixture fixture;
    struct heed_error err = {0};
    if (!heed_model_open(&fixture.model, golden_path("data", "tiny-bert"), &err)) {
        fail_msg("%s", err.text);
    }
    fixture.encoder = create(fixture.model, 2);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = (struct fixture *)*state;
    heed_encoder_destroy(fixture->encoder);
    heed_model_destroy(fixture->model);
    return 0;
}

static struct heed_request request_of(int n)
{
    return (struct heed_request){.ids = ids, .n_tokens = n};
}

static const struct heed_run *encode(void **state, const struct heed_request *request)
{
    struct fixture *fixture = (struct fixture *)*state;
    struct heed_error err = {0};
    const struct heed_run *run = NULL;
    if (!heed_encode(fixture->encoder, request, &run, &err)) {
        fail_msg("%s", err.text);
    }
    return run;
}

static void refuse(void **state, const struct heed_request *request, enum heed_error_code code)
{
    struct fixture *fixture = (struct fixture *)*state;
    struct heed_error err = {0};
    const struct heed_run *run = NULL;
    assert_false(heed_encode(fixture->encoder, request, &run, &err));
    assert_int_equal(err.code, code);
    assert_true(strlen(err.text) > 0);
    assert_null(strchr(err.text, '\n'));
    assert_null(run);
}

static float weight(const struct heed_run *run, int layer, int head, int query, int key)
{
    return heed_run_attention(run, layer, head)[query * run->n_tokens + key];
}

static size_t attention_size(const struct heed_run *run)
{
    return sizeof(float) * (size_t)(run->n_layers * run->n_heads * run->n_tokens * run->n_tokens);
}

static size_t hidden_size(const struct heed_run *run)
{
    return sizeof(float) * (size_t)((run->n_layers + 1) * run->n_tokens * run->hidden);
}

static const float *hidden_state(const struct heed_run *run, int layer, int token)
{
    return run->hidden_states +
           ((size_t)layer * (size_t)run->n_tokens + (size_t)token) * (size_t)run->hidden;
}

static void rows_sum_to_one(void **state)
{
    const struct heed_request request = request_of(N);
    const struct heed_run *run = encode(state, &request);
    for (int l = 0; l < run->n_layers; l++) {
        for (int h = 0; h < run->n_heads; h++) {
            for (int q = 0; q < N; q++) {
                double sum = 0.0;
                for (int k = 0; k < N; k++) {
                    assert_true(weight(run, l, h, q, k) >= 0.0f);
                    sum += (double)weight(run, l, h, q, k);
                }
                assert_true(fabs(sum - 1.0) < 1e-5);
            }
        }
    }
    heed_run_release(run);
}

static void one_token_attends_to_itself(void **state)
{
    const struct heed_request request = request_of(1);
    const struct heed_run *run = encode(state, &request);
    assert_true(weight(run, 0, 0, 0, 0) == 1.0f);
    heed_run_release(run);
}

static void without_positions_order_doesn_t_matter(void **state)
{
    int32_t turned[N];
    for (int i = 0; i < N; i++) {
        turned[i] = ids[N - 1 - i];
    }
    struct heed_request request = request_of(N);
    request.positions = HEED_POSITIONS_OFF;
    const struct heed_run *run = encode(state, &request);
    request.ids = turned;
    const struct heed_run *back = encode(state, &request);
    for (int q = 0; q < N; q++) {
        for (int k = 0; k < N; k++) {
            assert_float_equal(weight(run, 1, 2, q, k), weight(back, 1, 2, N - 1 - q, N - 1 - k),
                               1e-5);
        }
    }
    request.positions = HEED_POSITIONS_LEARNED;
    const struct heed_run *other = encode(state, &request);
    assert_true(fabsf(weight(run, 1, 2, 1, 2) - weight(other, 1, 2, N - 2, N - 3)) > 1e-4f);
    heed_run_release(other);
    heed_run_release(back);
    heed_run_release(run);
}

static void a_muted_head_keeps_its_weights_and_changes_what_follows(void **state)
{
    struct heed_request request = request_of(N);
    const struct heed_run *plain = encode(state, &request);
    float scale[8] = {1, 0, 1, 1, 1, 1, 1, 1};
    request.head_scale = scale;
    const struct heed_run *muted = encode(state, &request);
    const size_t first = attention_size(plain) / (size_t)plain->n_layers;
    assert_memory_equal(plain->attention, muted->attention, first);
    assert_true(weight(plain, 1, 0, 0, 1) != weight(muted, 1, 0, 0, 1));
    for (int i = 0; i < 8; i++) {
        scale[i] = 1.0f;
    }
    const struct heed_run *same = encode(state, &request);
    assert_memory_equal(plain->hidden_states, same->hidden_states, hidden_size(plain));
    heed_run_release(same);
    heed_run_release(muted);
    heed_run_release(plain);
}

static void all_heads_muted_leave_only_the_bias(void **state)
{
    struct heed_request request = request_of(N);
    const float scale[8] = {0};
    request.head_scale = scale;
    request.positions = HEED_POSITIONS_OFF;
    const int32_t same[N] = {7, 7, 7, 9, 7, 7, 7, 7, 7};
    request.ids = same;
    const struct heed_run *run = encode(state, &request);
    /* Nothing flows between tokens: equal tokens stay equal, to the bit. */
    assert_memory_equal(hidden_state(run, 2, 0), hidden_state(run, 2, 8),
                        sizeof(float) * (size_t)run->hidden);
    heed_run_release(run);
}

static void a_cut_link_renormalises_its_row_only(void **state)
{
    struct heed_request request = request_of(N);
    const struct heed_run *plain = encode(state, &request);
    const struct heed_cut cuts[] = {{0, 2, 3, 4}, {0, 2, 3, 4}, {0, 2, 3, 0}};
    request.cuts = cuts;
    request.n_cuts = 3;
    const struct heed_run *run = encode(state, &request);
    assert_true(weight(run, 0, 2, 3, 4) == 0.0f);
    assert_true(weight(run, 0, 2, 3, 0) == 0.0f);
    const double left = 1.0 - (double)weight(plain, 0, 2, 3, 4) - (double)weight(plain, 0, 2, 3, 0);
    for (int k = 1; k < N; k++) {
        if (k != 4) {
            assert_float_equal(weight(run, 0, 2, 3, k), (double)weight(plain, 0, 2, 3, k) / left,
                               1e-5);
        }
        assert_true(weight(run, 0, 2, 2, k) == weight(plain, 0, 2, 2, k));
        assert_true(weight(run, 0, 1, 3, k) == weight(plain, 0, 1, 3, k));
    }
    heed_run_release(run);
    heed_run_release(plain);
}

static void a_link_cut_everywhere_is_cut_in_every_head(void **state)
{
    struct heed_request request = request_of(N);
    const struct heed_cut cuts[] = {{-1, -1, 3, 4}};
    request.cuts = cuts;
    request.n_cuts = 1;
    const struct heed_run *run = encode(state, &request);
    for (int l = 0; l < run->n_layers; l++) {
        for (int h = 0; h < run->n_heads; h++) {
            assert_true(weight(run, l, h, 3, 4) == 0.0f);
            assert_true(weight(run, l, h, 3, 5) > 0.0f);
            assert_true(weight(run, l, h, 4, 4) > 0.0f);
        }
    }
    heed_run_release(run);
}

static void a_mask_holds_in_every_layer_and_head(void **state)
{
    uint8_t allowed[N * N];
    for (int q = 0; q < N; q++) {
        for (int k = 0; k < N; k++) {
            allowed[q * N + k] = k <= q;
        }
    }
    struct heed_request request = request_of(N);
    request.allowed = allowed;
    const struct heed_run *run = encode(state, &request);
    for (int l = 0; l < run->n_layers; l++) {
        for (int h = 0; h < run->n_heads; h++) {
            assert_true(weight(run, l, h, 0, 0) == 1.0f);
            assert_true(weight(run, l, h, 3, 4) == 0.0f);
            assert_true(weight(run, l, h, 3, 2) > 0.0f);
        }
    }
    /* A causal model's first tokens don't know what follows. */
    request.n_tokens = 4;
    uint8_t shorter[16];
    for (int i = 0; i < 16; i++) {
        shorter[i] = i % 4 <= i / 4;
    }
    request.allowed = shorter;
    const struct heed_run *prefix = encode(state, &request);
    for (int i = 0; i < run->hidden; i++) {
        assert_float_equal(hidden_state(run, 2, 3)[i], hidden_state(prefix, 2, 3)[i], 1e-5);
    }
    heed_run_release(prefix);
    heed_run_release(run);
}

static const struct heed_run *encode_on(const struct heed_model *model, const char *kernels,
                                        int n_threads, const struct heed_request *request)
{
    const struct heed_encoder_options options = {.n_threads = n_threads, .kernels = kernels};
    struct heed_encoder *encoder = NULL;
    const struct heed_run *run = NULL;
    assert_true(heed_encoder_create(&encoder, model, options, NULL));
    assert_true(heed_encode(encoder, request, &run, NULL));
    heed_encoder_destroy(encoder);
    return run;
}

static void any_number_of_threads_gives_the_same_bits_by_every_set(void **state)
{
    const struct fixture *fixture = (struct fixture *)*state;
    const struct heed_request request = request_of(N);
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n_sets = kernel_sets(sets);
    for (int s = 0; s < n_sets; s++) {
        const char *name = sets[s]->name;
        const struct heed_run *expected = encode_on(fixture->model, name, 1, &request);
        for (int n = 2; n <= 5; n++) {
            const struct heed_run *run = encode_on(fixture->model, name, n, &request);
            assert_memory_equal(run->attention, expected->attention, attention_size(run));
            assert_memory_equal(run->hidden_states, expected->hidden_states, hidden_size(run));
            heed_run_release(run);
        }
        heed_run_release(expected);
    }
}

static void kernels_that_are_not_there_are_refused(void **state)
{
    const struct fixture *fixture = (struct fixture *)*state;
    struct heed_encoder *encoder = NULL;
    struct heed_error err = {0};
    assert_false(heed_encoder_create(&encoder, fixture->model,
                                     (struct heed_encoder_options){.kernels = "mmx"}, &err));
    assert_non_null(strstr(err.text, "mmx"));
    assert_null(encoder);
}

static void a_warm_call_allocates_nothing(void **state)
{
    if (HEED_FINDS_MISUSE) {
        skip(); /* no block is kept there */
    }
    const struct heed_request longer = request_of(N);
    const struct heed_request shorter = request_of(4);
    for (int i = 0; i < 2; i++) {
        const struct heed_run *shown = encode(state, &longer);
        heed_run_release(encode(state, &shorter));
        heed_run_release(encode(state, &longer));
        heed_run_release(shown);
    }
    const int before = allocations_count();
    const struct heed_run *shown = encode(state, &longer);
    heed_run_release(encode(state, &shorter));
    heed_run_release(encode(state, &longer));
    heed_run_release(shown);
    assert_int_equal(allocations_count(), before);
}

static void a_run_outlives_its_encoder(void **state)
{
    struct fixture *fixture = (struct fixture *)*state;
    const struct heed_request request = request_of(N);
    struct heed_encoder *encoder = create(fixture->model, 1);
    const struct heed_run *run = NULL;
    assert_true(heed_encode(encoder, &request, &run, NULL));
    const struct heed_run *kept = heed_run_retain(run);
    heed_run_release(run);
    heed_encoder_destroy(encoder);
    assert_float_equal(weight(kept, 0, 0, 0, 0) + 1.0f, 1.0f + weight(kept, 0, 0, 0, 0), 0.0);
    heed_run_release(kept);
    heed_run_release(NULL);
}

static bool count_down(void *context)
{
    int *left = (int *)context;
    return (*left)-- == 0;
}

static void a_cancelled_run_ends_between_layers(void **state)
{
    int left = 1;
    struct heed_request request = request_of(N);
    request.cancelled = count_down;
    request.cancelled_context = &left;
    refuse(state, &request, HEED_ERROR_CANCELLED);
    assert_int_equal(left, -1);
    left = 100;
    heed_run_release(encode(state, &request));
}

static void what_doesn_t_fit_the_model_is_refused(void **state)
{
    struct heed_request request = request_of(0);
    refuse(state, &request, HEED_ERROR_INPUT);
    int32_t many[65] = {0};
    request = (struct heed_request){.ids = many, .n_tokens = 65};
    refuse(state, &request, HEED_ERROR_INPUT);
    request.n_tokens = 64;
    heed_run_release(encode(state, &request));
    request.n_tokens = 3;
    many[2] = 44;
    refuse(state, &request, HEED_ERROR_INPUT);
    many[2] = -1;
    refuse(state, &request, HEED_ERROR_INPUT);
    many[2] = 0;
    const int32_t segments[3] = {0, 1, 2};
    request.segments = segments;
    refuse(state, &request, HEED_ERROR_INPUT);
    request.segments = NULL;
    const float scale[8] = {0, 0, 0, NAN, 0, 0, 0, 0};
    request.head_scale = scale;
    refuse(state, &request, HEED_ERROR_INPUT);
}

static void a_row_without_links_is_refused(void **state)
{
    struct heed_request request = request_of(3);
    uint8_t allowed[9] = {1, 1, 1, 0, 0, 1, 0, 1, 1};
    request.allowed = allowed;
    heed_run_release(encode(state, &request));
    const struct heed_cut cuts[] = {{1, 3, 1, 2}};
    request.cuts = cuts;
    request.n_cuts = 1;
    refuse(state, &request, HEED_ERROR_INPUT);
    request.n_cuts = 0;
    allowed[5] = 0;
    refuse(state, &request, HEED_ERROR_INPUT);
    request.allowed = NULL;
    const struct heed_cut outside[] = {{2, 0, 0, 0}};
    request.cuts = outside;
    request.n_cuts = 1;
    refuse(state, &request, HEED_ERROR_INPUT);
    /* What is cut everywhere counts for each head's row. */
    const struct heed_cut together[] = {{-1, -1, 1, 0}, {1, 3, 1, 1}, {0, 3, 1, 2}};
    request.cuts = together;
    request.n_cuts = 3;
    heed_run_release(encode(state, &request));
    const struct heed_cut all[] = {{-1, -1, 1, 0}, {1, 3, 1, 1}, {1, 3, 1, 2}};
    request.cuts = all;
    refuse(state, &request, HEED_ERROR_INPUT);
    const struct heed_cut everywhere[] = {{-1, -1, 1, 0}, {-1, -1, 1, 1}, {-1, -1, 1, 2}};
    request.cuts = everywhere;
    refuse(state, &request, HEED_ERROR_INPUT);
    const struct heed_cut half[] = {{-1, 0, 1, 0}};
    request.cuts = half;
    request.n_cuts = 1;
    refuse(state, &request, HEED_ERROR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_sum_to_one),
        cmocka_unit_test(one_token_attends_to_itself),
        cmocka_unit_test(without_positions_order_doesn_t_matter),
        cmocka_unit_test(a_muted_head_keeps_its_weights_and_changes_what_follows),
        cmocka_unit_test(all_heads_muted_leave_only_the_bias),
        cmocka_unit_test(a_cut_link_renormalises_its_row_only),
        cmocka_unit_test(a_link_cut_everywhere_is_cut_in_every_head),
        cmocka_unit_test(a_mask_holds_in_every_layer_and_head),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits_by_every_set),
        cmocka_unit_test(kernels_that_are_not_there_are_refused),
        cmocka_unit_test(a_warm_call_allocates_nothing),
        cmocka_unit_test(a_run_outlives_its_encoder),
        cmocka_unit_test(a_cancelled_run_ends_between_layers),
        cmocka_unit_test(what_doesn_t_fit_the_model_is_refused),
        cmocka_unit_test(a_row_without_links_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* A run that doesn't keep its weights makes the same bits again, whatever rows are asked
 * for, of every kind of attention, with masks, cuts and a bias of positions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "core/bert/encoder_internal.h"
#include "golden.h"
#include "kernel_sets.h"

enum { MOST_TOKENS = 61 };

struct rig {
    struct heed_model *model;
    struct heed_encoder *keeps, *makes;
    int32_t ids[MOST_TOKENS];
    uint8_t *allowed;
    struct heed_cut cuts[3];
    struct heed_request request;
};

static struct heed_encoder *open_encoder(const struct heed_model *model, const char *kernels,
                                         size_t budget)
{
    struct heed_error err = {0};
    struct heed_encoder *encoder = NULL;
    const struct heed_encoder_options options = {
        .n_threads = 2, .kernels = kernels, .budget = budget};
    if (!heed_encoder_create(&encoder, model, options, &err)) {
        fail_msg("%s", err.text);
    }
    return encoder;
}

static void rig_open(struct rig *rig, const char *folder, const char *kernels)
{
    struct heed_error err = {0};
    *rig = (struct rig){0};
    if (!heed_model_open(&rig->model, golden_path("data", folder), &err)) {
        fail_msg("%s", err.text);
    }
    rig->keeps = open_encoder(rig->model, kernels, 0);
    rig->makes = open_encoder(rig->model, kernels, 1);
    const struct heed_model_config *config = heed_model_get_config(rig->model);
    const int n = config->max_positions < MOST_TOKENS ? config->max_positions : MOST_TOKENS;
    for (int i = 0; i < n; i++) {
        rig->ids[i] = 3 + i * 7 % (config->vocab_size - 3);
    }
    rig->cuts[0] = (struct heed_cut){-1, -1, 2, 1};
    rig->cuts[1] = (struct heed_cut){1, 0, n - 1, 0};
    rig->cuts[2] = (struct heed_cut){0, (int16_t)(config->n_heads - 1), 3, 3};
    rig->request = (struct heed_request){.ids = rig->ids, .n_tokens = n};
}

static void rig_close(struct rig *rig)
{
    heed_encoder_destroy(rig->keeps);
    heed_encoder_destroy(rig->makes);
    heed_model_destroy(rig->model);
}

static void expect_rows(const struct heed_run *kept, const struct heed_run *made, int map,
                        int first, int count)
{
    const size_t n = (size_t)kept->n_tokens;
    const size_t size = (size_t)count * n * sizeof(float);
    float *room = malloc(size);
    assert_non_null(room);
    const float *rows = heed_run_rows(made, HEED_RUN_ATTENTION, map, first, count, room);
    assert_ptr_equal(rows, room);
    const float *wanted = heed_run_rows(kept, HEED_RUN_ATTENTION, map, first, count, NULL);
    if (memcmp(rows, wanted, size) != 0) {
        fail_msg("rows %d to %d of map %d are others", first, first + count - 1, map);
    }
    free(room);
}

static void expect_equal(const struct heed_run *kept, const struct heed_run *made)
{
    const int n = kept->n_tokens;
    const size_t states =
        (size_t)(kept->n_layers + 1) * (size_t)n * (size_t)kept->hidden * sizeof(float);
    assert_true(heed_run_keeps(kept, HEED_RUN_ATTENTION));
    assert_false(heed_run_keeps(made, HEED_RUN_ATTENTION));
    assert_true(heed_run_has(made, HEED_RUN_ATTENTION));
    assert_false(made->reader.is_slow);
    assert_memory_equal(kept->hidden_states, made->hidden_states, states);
    assert_int_equal(!kept->entropies, !made->entropies);
    if (kept->entropies) {
        assert_memory_equal(kept->entropies, made->entropies,
                            (size_t)(kept->n_layers * kept->n_heads * n) * sizeof(float));
    }
    for (int map = 0; map < kept->n_layers * kept->n_heads; map++) {
        expect_rows(kept, made, map, 0, n);
        for (int first = 0; first < n; first += 5) {
            expect_rows(kept, made, map, first, first + 3 < n ? 3 : 1);
        }
    }
    assert_true(made->reader.check(made->reader.context, NULL));
}

/* With what was asked for gone when the weights are. */
static void compare(struct rig *rig)
{
    struct heed_error err = {0};
    const struct heed_run *kept = NULL, *made = NULL;
    const size_t n = (size_t)rig->request.n_tokens;
    struct heed_request request = rig->request;
    struct heed_cut cuts[HEED_COUNT(rig->cuts)];
    uint8_t *allowed = request.allowed ? malloc(n * n) : NULL;
    if (allowed) {
        memcpy(allowed, request.allowed, n * n);
        request.allowed = allowed;
    }
    memcpy(cuts, rig->cuts, sizeof cuts);
    request.cuts = cuts;
    if (!heed_encode(rig->makes, &request, &made, &err) ||
        !heed_encode(rig->keeps, &rig->request, &kept, &err)) {
        fail_msg("%s", err.text);
    }
    memset(cuts, 0, sizeof cuts);
    free(allowed);
    expect_equal(kept, made);
    heed_run_release(kept);
    heed_run_release(made);
}

static void compare_requests(struct rig *rig)
{
    const size_t n = (size_t)rig->request.n_tokens;
    uint8_t *causal = malloc(n * n);
    assert_non_null(causal);
    assert_true(heed_mask_fill(causal, heed_mask_of(HEED_MASK_CAUSAL, 0), NULL, (int)n));
    rig->request.cuts = rig->cuts;
    for (int kind = 0; kind < HEED_N_ATTENTION_KINDS; kind++) {
        rig->request.attention = (enum heed_attention_kind)kind;
        for (int positions = 0; positions < HEED_N_POSITIONS; positions++) {
            rig->request.positions = (enum heed_positions)positions;
            for (int mask = 0; mask < 2; mask++) {
                rig->request.allowed = mask ? causal : NULL;
                rig->request.n_cuts = mask ? 0 : (int)HEED_COUNT(rig->cuts);
                compare(rig);
            }
        }
    }
    free(causal);
}

static void weights_are_made_again_to_the_bit(void **state)
{
    static const char *const folders[] = {"tiny-bert", "fam-roberta", "fam-mpnet", "fam-albert",
                                          "fam-electra"};
    const struct heed_kernel_set *sets[MAX_KERNEL_SETS];
    const int n = kernel_sets(sets);
    (void)state;
    for (size_t i = 0; i < HEED_COUNT(folders); i++) {
        for (int set = 0; set < n; set++) {
            struct rig rig;
            print_message("%s, %s\n", folders[i], sets[set]->name);
            rig_open(&rig, folders[i], sets[set]->name);
            compare_requests(&rig);
            rig_close(&rig);
        }
    }
}

static void a_run_outlives_its_encoder(void **state)
{
    struct rig rig;
    struct heed_error err = {0};
    const struct heed_run *kept = NULL, *made = NULL;
    (void)state;
    rig_open(&rig, "fam-mpnet", NULL);
    assert_true(heed_encode(rig.makes, &rig.request, &made, &err));
    assert_true(heed_encode(rig.keeps, &rig.request, &kept, &err));
    rig_close(&rig);
    expect_equal(kept, made);
    heed_run_release(kept);
    heed_run_release(made);
}

/* The first runs fit the budget, the next don't, until those are gone. */
static void the_budget_is_for_all_runs_that_are_held(void **state)
{
    enum { MOST = 6 };
    struct rig rig;
    const struct heed_run *runs[MOST] = {NULL};
    struct heed_error err = {0};
    (void)state;
    rig_open(&rig, "tiny-bert", NULL);
    assert_true(heed_encode(rig.keeps, &rig.request, &runs[0], &err));
    const size_t cells = (size_t)rig.request.n_tokens * (size_t)rig.request.n_tokens;
    const size_t of_one = (size_t)(runs[0]->n_layers * runs[0]->n_heads) * cells * sizeof(float);
    heed_run_release(runs[0]);
    heed_encoder_destroy(rig.makes);
    rig.makes = open_encoder(rig.model, NULL, 4 * of_one);
    int n_kept = 0;
    for (int i = 0; i < MOST; i++) {
        assert_true(heed_encode(rig.makes, &rig.request, &runs[i], &err));
        const bool keeps = heed_run_keeps(runs[i], HEED_RUN_ATTENTION);
        assert_false(keeps && n_kept < i); /* none behind the first that isn't */
        n_kept += keeps;
    }
    assert_in_range(n_kept, 1, 3);
    for (int i = 0; i < MOST; i++) {
        heed_run_release(runs[i]);
    }
    assert_true(heed_encode(rig.makes, &rig.request, &runs[0], &err));
    assert_true(heed_run_keeps(runs[0], HEED_RUN_ATTENTION));
    heed_run_release(runs[0]);
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_made_again_to_the_bit),
        cmocka_unit_test(a_run_outlives_its_encoder),
        cmocka_unit_test(the_budget_is_for_all_runs_that_are_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

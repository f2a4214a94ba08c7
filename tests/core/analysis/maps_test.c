/* The maps of a small model against a plain calculation by numpy (see
 * tests/golden/make_analysis_goldens.py), and what must always hold. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/rank.h"
#include "golden_rig.h"

static const char text[] = "The animals didn't cross the street, zebra!";
static const char pair[] = "The unhappier dog ran.";

static struct heed_pipeline *pipeline;
static struct heed_safetensors *golden;
static const struct heed_head_id chosen[] = {{0, 3}, {1, 1}};

static int open_all(void **state)
{
    (void)state;
    return golden_rig_open(&pipeline, &golden, "tiny-analysis.safetensors") ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    heed_safetensors_destroy(golden);
    heed_pipeline_close(pipeline);
    return 0;
}

static const struct heed_result *run(struct heed_filter filter)
{
    struct heed_error err = {0};
    const struct heed_job job = {
        .text = text,
        .text_length = sizeof text - 1,
        .pair = pair,
        .pair_length = sizeof pair - 1,
        .filter = filter,
        .heads = chosen,
        .n_heads = 2,
    };
    const struct heed_result *result = NULL;
    const struct heed_pipeline_hints hints = {0};
    if (!heed_pipeline_run(pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    return result;
}

static void expect(const char *name, const float *values, size_t count)
{
    const struct heed_tensor_info *info = heed_safetensors_find(golden, name);
    assert_non_null(info);
    assert_int_equal(info->size, count * sizeof(float));
    float worst = 0;
    for (size_t i = 0; i < count; i++) {
        float wanted;
        memcpy(&wanted, info->data + i * sizeof wanted, sizeof wanted);
        worst = fmaxf(worst, fabsf(values[i] - wanted));
        assert_false(isnan(values[i]));
    }
    if (worst > 1e-5F) {
        fail_msg("%s differs by %g", name, (double)worst);
    }
}

static size_t count_weights(const struct heed_maps *maps)
{
    return (size_t)(maps->n_layers * maps->n_heads) * (size_t)maps->n * (size_t)maps->n;
}

static size_t count_rows(const struct heed_maps *maps)
{
    return (size_t)(maps->n_layers * maps->n_heads) * (size_t)maps->n;
}

static void plain_maps_are_the_runs_own_attention(void **state)
{
    (void)state;
    struct heed_filter filter = heed_filter_default();
    filter.renormalise = true; /* of rows that already sum to 1 */
    const struct heed_result *result = run(filter);
    const struct heed_maps *maps = result->maps;
    assert_ptr_equal(maps->weights, result->run->attention);
    assert_null(maps->aggregate);
    assert_int_equal(maps->n, maps->n_all);
    expect("attention", maps->weights, count_weights(maps));
    for (size_t i = 0; i < count_rows(maps); i++) {
        assert_float_equal(maps->hidden[i], 0, 0);
    }
    heed_result_release(result);
}

static void expect_weights(const char *name, struct heed_filter filter)
{
    const struct heed_result *result = run(filter);
    expect(name, result->maps->weights, count_weights(result->maps));
    heed_result_release(result);
}

static void measures_of_a_link_equal_numpy(void **state)
{
    (void)state;
    expect_weights("value_norm", (struct heed_filter){.measure = HEED_MEASURE_VALUE_NORM});
    expect_weights("rollout", (struct heed_filter){.measure = HEED_MEASURE_ROLLOUT});
}

static void words_sum_columns_and_average_rows(void **state)
{
    (void)state;
    expect_weights("words", (struct heed_filter){.words = true});
    expect_weights("rollout_words",
                   (struct heed_filter){.words = true, .measure = HEED_MEASURE_ROLLOUT});
}

static void hidden_tokens_are_left_out_and_counted(void **state)
{
    (void)state;
    const struct heed_result *result = run((struct heed_filter){.hide_special = true});
    const struct heed_maps *maps = result->maps;
    assert_int_equal(maps->n, maps->n_all - 3);
    expect("hide_special", maps->weights, count_weights(maps));
    expect("hide_special.hidden", maps->hidden, count_rows(maps));
    heed_result_release(result);
}

static void renormalising_keeps_the_hidden_mass_true(void **state)
{
    (void)state;
    const struct heed_result *result =
        run((struct heed_filter){.hide_special = true, .renormalise = true});
    const struct heed_maps *maps = result->maps;
    expect("hide_special.renormalised", maps->weights, count_weights(maps));
    expect("hide_special.hidden", maps->hidden, count_rows(maps));
    heed_result_release(result);
}

static void all_filters_together_equal_numpy(void **state)
{
    (void)state;
    const struct heed_result *result =
        run((struct heed_filter){.hide_special = true,
                                 .hide_punctuation = true,
                                 .renormalise = true,
                                 .words = true,
                                 .measure = HEED_MEASURE_VALUE_NORM});
    const struct heed_maps *maps = result->maps;
    expect("all", maps->weights, count_weights(maps));
    expect("all.hidden", maps->hidden, count_rows(maps));
    heed_result_release(result);
}

static void expect_aggregate(enum heed_aggregate aggregate, const char *name, const char *hidden)
{
    const struct heed_result *result =
        run((struct heed_filter){.hide_special = true, .aggregate = aggregate});
    const struct heed_maps *maps = result->maps;
    const size_t n = (size_t)maps->n;
    expect(name, maps->aggregate, n * n);
    expect(hidden, maps->aggregate_hidden, n);
    heed_result_release(result);
}

static void aggregates_are_over_the_chosen_heads(void **state)
{
    (void)state;
    expect_aggregate(HEED_AGGREGATE_MEAN, "mean", "mean.hidden");
    expect_aggregate(HEED_AGGREGATE_MAX, "max", "max.hidden");
}

static void measures_of_heads_equal_numpy_under_any_filter(void **state)
{
    (void)state;
    for (int words = 0; words < 2; words++) {
        const struct heed_result *result =
            run((struct heed_filter){.words = words == 1, .hide_special = true});
        const struct heed_maps *maps = result->maps;
        const size_t n_maps = (size_t)(maps->n_layers * maps->n_heads);
        float *numbers = malloc(n_maps * 10 * sizeof *numbers);
        assert_non_null(numbers);
        for (size_t m = 0; m < n_maps; m++) {
            const struct heed_head_measures *of = &maps->measures[m];
            const float all[10] = {
                of->entropy, of->distance, of->confidence, of->to_self,        of->to_previous,
                of->to_next, of->to_cls,   of->to_sep,     of->to_punctuation, of->to_same_word,
            };
            memcpy(numbers + m * 10, all, sizeof all);
        }
        expect("measures", numbers, n_maps * 10);
        free(numbers);
        heed_result_release(result);
    }
}

static void expect_labels(struct heed_filter filter, const char *const *labels, int n)
{
    const struct heed_result *result = run(filter);
    assert_int_equal(result->maps->n, n);
    for (int i = 0; i < n; i++) {
        assert_string_equal(result->maps->units[i].label, labels[i]);
    }
    heed_result_release(result);
}

static void a_unit_shows_the_text_that_it_stands_for(void **state)
{
    (void)state;
    static const char *const tokens[] = {"[CLS]", "The", "animal", "##s", "did",       "##n",
                                         "'",     "t",   "cross",  "the", "street",    ",",
                                         "zebra", "!",   "[SEP]",  "The", "unhappier", "dog",
                                         "ran",   ".",   "[SEP]"};
    static const char *const words[] = {"The",   "animals", "didn't",    "cross", "the", "street",
                                        "zebra", "The",     "unhappier", "dog",   "ran"};
    expect_labels((struct heed_filter){0}, tokens, 21);
    expect_labels(
        (struct heed_filter){.words = true, .hide_special = true, .hide_punctuation = true}, words,
        11);
}

static void a_token_finds_its_unit_unless_it_is_hidden(void **state)
{
    (void)state;
    const struct heed_result *result =
        run((struct heed_filter){.words = true, .hide_special = true});
    const struct heed_maps *maps = result->maps;
    for (int token = 0; token < result->encoding->n_tokens; token++) {
        const int unit = heed_maps_find_unit(maps, token);
        if (result->encoding->tokens[token].special) {
            assert_int_equal(unit, -1);
        } else {
            assert_in_range(unit, 0, maps->n - 1);
            assert_true(maps->units[unit].first <= token);
            assert_true(token < maps->units[unit].first + maps->units[unit].count);
        }
    }
    heed_result_release(result);
}

static void an_unknown_head_is_refused(void **state)
{
    (void)state;
    const struct heed_result *result = run((struct heed_filter){0});
    static const struct heed_head_id bad[] = {{0, 4}};
    const struct heed_maps_request request = {
        .encoding = result->encoding,
        .run = result->run,
        .heads = bad,
        .n_heads = 1,
    };
    const struct heed_maps *maps = NULL;
    struct heed_error err = {0};
    assert_false(heed_maps_create(&maps, &request, &err));
    assert_null(maps);
    assert_non_null(strstr(err.text, "L0H4"));
    heed_result_release(result);
}

static void hiding_everything_leaves_empty_maps(void **state)
{
    (void)state;
    struct heed_error err = {0};
    const struct heed_job job = {
        .text = "",
        .filter = {.hide_special = true,
                   .renormalise = true,
                   .aggregate = HEED_AGGREGATE_MEAN,
                   .measure = HEED_MEASURE_ROLLOUT},
    };
    const struct heed_result *result = NULL;
    const struct heed_pipeline_hints hints = {0};
    assert_true(heed_pipeline_run(pipeline, &job, hints, &result, &err));
    assert_int_equal(result->maps->n, 0);
    assert_int_equal(result->maps->n_all, 2);
    heed_result_release(result);
}

static void heads_are_ranked_by_the_merged_link(void **state)
{
    (void)state;
    const struct heed_result *tokens = run((struct heed_filter){0});
    const struct heed_result *words = run((struct heed_filter){.words = true});
    const struct heed_token_range query = {4, 4}; /* did ##n ' t */
    const struct heed_token_range key = {2, 2};   /* animal ##s */
    struct heed_unit_range a[2];
    struct heed_unit_range b[2];
    assert_true(heed_rank_find_units(tokens->maps, query, "didn't", &a[0], NULL));
    assert_true(heed_rank_find_units(tokens->maps, key, "animals", &a[1], NULL));
    assert_true(heed_rank_find_units(words->maps, query, "didn't", &b[0], NULL));
    assert_true(heed_rank_find_units(words->maps, key, "animals", &b[1], NULL));
    assert_int_equal(a[0].count, 4);
    assert_int_equal(b[0].count, 1);
    struct heed_ranked_head ranked[8];
    heed_rank_heads(ranked, tokens->maps, a[0], a[1]);
    for (int i = 0; i < 8; i++) {
        assert_float_equal(
            ranked[i].weight,
            heed_rank_link_weight(words->maps, ranked[i].layer, ranked[i].head, b[0], b[1]), 1e-6);
        assert_true(i == 0 || ranked[i - 1].weight >= ranked[i].weight);
        double others = 0;
        for (int row = 0; row < tokens->maps->n; row++) {
            const float *weights =
                heed_maps_row(tokens->maps, ranked[i].layer, ranked[i].head, row);
            others += row < 4 || row >= 8 ? (double)weights[2] + (double)weights[3] : 0;
        }
        assert_float_equal(ranked[i].others, others / (tokens->maps->n - 4), 1e-6);
    }
    const struct heed_unit_range all = {0, tokens->maps->n};
    assert_true(
        isnan(heed_rank_others(tokens->maps, heed_maps_row(tokens->maps, 0, 0, 0), all, all)));
    heed_rank_changes(ranked, 8, words->maps, b[1], b[0]);
    for (int i = 0; i < 8; i++) {
        assert_float_equal(ranked[i].change, ranked[i].weight2 - ranked[i].weight, 0);
        assert_true(i == 0 || fabsf(ranked[i - 1].change) >= fabsf(ranked[i].change));
    }
    heed_result_release(tokens);
    heed_result_release(words);
}

static void a_hidden_word_cant_be_ranked(void **state)
{
    (void)state;
    struct heed_error err = {0};
    struct heed_unit_range units = {7, 7};
    const struct heed_result *result = run((struct heed_filter){.hide_punctuation = true});
    const struct heed_token_range comma = {11, 1};
    assert_false(heed_rank_find_units(result->maps, comma, ",", &units, &err));
    assert_non_null(strstr(err.text, "','"));
    assert_int_equal(units.first, 7);
    heed_result_release(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_maps_are_the_runs_own_attention),
        cmocka_unit_test(measures_of_a_link_equal_numpy),
        cmocka_unit_test(words_sum_columns_and_average_rows),
        cmocka_unit_test(hidden_tokens_are_left_out_and_counted),
        cmocka_unit_test(renormalising_keeps_the_hidden_mass_true),
        cmocka_unit_test(all_filters_together_equal_numpy),
        cmocka_unit_test(aggregates_are_over_the_chosen_heads),
        cmocka_unit_test(measures_of_heads_equal_numpy_under_any_filter),
        cmocka_unit_test(a_unit_shows_the_text_that_it_stands_for),
        cmocka_unit_test(a_token_finds_its_unit_unless_it_is_hidden),
        cmocka_unit_test(an_unknown_head_is_refused),
        cmocka_unit_test(hiding_everything_leaves_empty_maps),
        cmocka_unit_test(heads_are_ranked_by_the_merged_link),
        cmocka_unit_test(a_hidden_word_cant_be_ranked),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}

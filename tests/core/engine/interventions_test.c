/* Cut links and scaled heads through the pipeline: what is held against the
 * untouched run, and where cuts go when the text is edited or compared. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/bert/pooled.h"
#include "core/engine/pipeline.h"
#include "golden.h"

static const char *const models[] = {"tiny-bert", "tiny-distilbert", "tiny-mlm"};

static struct heed_pipeline *open_pipeline(const char *name)
{
    const struct heed_encoder_options options = {.n_threads = 2};
    struct heed_pipeline *pipeline = NULL;
    assert_true(heed_pipeline_open(&pipeline, golden_path("data", name), options, NULL));
    return pipeline;
}

static int set_up(void **state)
{
    *state = open_pipeline("tiny-bert");
    return 0;
}

static int tear_down(void **state)
{
    heed_pipeline_close(*state);
    return 0;
}

static struct heed_job job_of(const char *text)
{
    return (struct heed_job){
        .text = text, .text_length = strlen(text), .filter = heed_filter_default()};
}

static const struct heed_result *run(struct heed_pipeline *pipeline, const struct heed_job *job,
                                     const struct heed_result *previous)
{
    const struct heed_pipeline_hints hints = {.previous = previous};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    if (!heed_pipeline_run(pipeline, job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    return result;
}

static float weight(const struct heed_result *result, int layer, int head, int query, int key)
{
    return heed_run_attention(result->run, layer, head)[query * result->run->n_tokens + key];
}

static const struct heed_run *encode(struct heed_pipeline *pipeline, struct golden_request *golden,
                                     bool plain)
{
    struct heed_request request = golden->request;
    const struct heed_run *made = NULL;
    if (plain) {
        request.head_scale = NULL;
        request.n_cuts = 0;
    }
    assert_true(heed_encode(heed_pipeline_get_encoder(pipeline), &request, &made, NULL));
    return made;
}

static void near(struct heed_safetensors *file, const char *tensor, size_t index, double value)
{
    const struct heed_tensor_info *info = golden_find(file, "changed", tensor);
    float expected = 0;
    assert_non_null(info);
    assert_true((index + 1) * sizeof expected <= info->size);
    memcpy(&expected, info->data + index * sizeof expected, sizeof expected);
    assert_float_equal(value, (double)expected, 1e-5);
}

static void how_far_a_run_has_moved_equals_transformers(void **state)
{
    (void)state;
    for (size_t m = 0; m < sizeof models / sizeof models[0]; m++) {
        char name[64];
        struct golden_request golden;
        struct heed_pipeline *pipeline = open_pipeline(models[m]);
        snprintf(name, sizeof name, "%s.safetensors", models[m]);
        struct heed_safetensors *file = golden_open(name);
        golden_get_request(file, "changed", &golden);
        const struct heed_run *plain = encode(pipeline, &golden, true);
        const struct heed_run *changed = encode(pipeline, &golden, false);
        struct heed_arena arena = {0};
        double cosine = 0;
        assert_true(heed_pooled_runs(&cosine, &arena, plain, changed, HEED_POOLING_MEAN, NULL));
        near(file, "sentence_cosine", 0, cosine);
        heed_arena_finish(&arena);
        for (int token = 0; token < plain->n_tokens; token++) {
            float cosines[8];
            heed_cosine_layers(cosines, plain, token, changed, token);
            for (int layer = 0; layer <= plain->n_layers; layer++) {
                near(file, "cosines", (size_t)(layer * plain->n_tokens + token),
                     (double)cosines[layer]);
            }
        }
        heed_run_release(plain);
        heed_run_release(changed);
        heed_safetensors_destroy(file);
        heed_pipeline_close(pipeline);
    }
}

static void predictions_before_and_after_equal_transformers(void **state)
{
    (void)state;
    struct golden_request golden;
    struct heed_pipeline *pipeline = open_pipeline("tiny-mlm");
    struct heed_safetensors *file = golden_open("tiny-mlm.safetensors");
    golden_get_request(file, "changed", &golden);
    const struct heed_run *plain = encode(pipeline, &golden, true);
    const struct heed_run *changed = encode(pipeline, &golden, false);
    struct heed_token tokens[GOLDEN_MAX_TOKENS] = {{0}};
    for (int i = 0; i < plain->n_tokens; i++) {
        tokens[i].id = golden.ids[i];
    }
    const struct heed_encoding encoding = {.tokens = tokens, .n_tokens = plain->n_tokens};
    const struct heed_model *model = heed_pipeline_get_model(pipeline);
    const size_t vocab = (size_t)heed_model_get_config(model)->vocab_size;
    struct heed_arena arena = {0};
    const struct heed_mask_change *masks = NULL;
    int n = 0;
    const struct heed_prediction_request request = {
        .model = model,
        .encoding = &encoding,
        .before = plain,
        .after = changed,
        .mask_id = golden.ids[3],
        .pool = heed_encoder_get_pool(heed_pipeline_get_encoder(pipeline)),
    };
    assert_true(heed_mask_changes_create(&masks, &n, &arena, &request, NULL));
    assert_true(n > 0);
    assert_int_equal(masks[0].n, HEED_MASK_PREDICTIONS);
    for (int i = 0; i < masks[0].n; i++) {
        const struct heed_prediction_change *it = &masks[0].items[i];
        const size_t at = (size_t)masks[0].token * vocab + (size_t)it->id;
        near(file, "plain_probabilities", at, (double)it->before);
        near(file, "probabilities", at, (double)it->after);
        if (i > 0) {
            assert_true(fmaxf(it->before, it->after) <= fmaxf(it[-1].before, it[-1].after));
        }
    }
    heed_arena_finish(&arena);
    heed_run_release(plain);
    heed_run_release(changed);
    heed_safetensors_destroy(file);
    heed_pipeline_close(pipeline);
}

static void a_masked_word_is_predicted_with_and_without(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_pipeline("tiny-mlm");
    const struct heed_scaled_head scaled[] = {{{0, 1}, 3}};
    struct heed_job job = job_of("the [MASK] was [MASK]");
    const struct heed_result *unasked = run(pipeline, &job, NULL);
    assert_int_equal(unasked->n_masks, 0);
    job.predicts = true;
    const struct heed_result *plain = run(pipeline, &job, unasked);
    assert_true(plain->total_ms == unasked->total_ms); /* the picture's */
    heed_result_release(unasked);
    job.scaled = scaled;
    job.n_scaled = 1;
    const struct heed_result *result = run(pipeline, &job, plain);
    assert_int_equal(plain->n_masks, 2); /* with nothing off both are its own */
    assert_true(plain->masks[0].items[0].before == plain->masks[0].items[0].after);
    assert_int_equal(result->n_masks, 2);
    assert_int_equal(result->masks[0].token, 2);
    assert_int_equal(result->masks[1].token, 4);
    assert_true(result->masks[0].items[0].before != result->masks[0].items[0].after);
    heed_result_release(plain);
    heed_result_release(result);
    heed_pipeline_close(pipeline);
}

/* A result of the same runs has them without being asked; another, and a second text, don't. */
static void predictions_are_made_once_and_of_the_first_text(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_pipeline("tiny-mlm");
    const struct heed_head_id muted[] = {{0, 1}};
    struct heed_job job = job_of("the [MASK] was tired");
    job.compare = "the cat was [MASK]";
    job.compare_length = strlen(job.compare);
    job.predicts = true;
    const struct heed_result *asked = run(pipeline, &job, NULL);
    assert_int_equal(asked->n_masks, 1);
    assert_false(asked->compare->result->has_predicted);
    assert_int_equal(asked->compare->result->n_masks, 0);
    job.predicts = false;
    job.filter.hide_special = true;
    const struct heed_result *filtered = run(pipeline, &job, asked);
    assert_true(filtered->has_predicted);
    assert_memory_equal(filtered->masks, asked->masks, sizeof *asked->masks);
    job.muted = muted;
    job.n_muted = 1;
    const struct heed_result *other = run(pipeline, &job, filtered);
    assert_false(other->has_predicted);
    assert_true(heed_result_lacks_predictions(other));
    assert_false(heed_result_lacks_predictions(filtered));
    heed_result_release(asked);
    heed_result_release(filtered);
    heed_result_release(other);
    heed_pipeline_close(pipeline);
}

static void a_cut_link_is_held_against_the_untouched_run(void **state)
{
    /* [CLS] the animal was tired [SEP] */
    const struct heed_cut_link cuts[] = {
        {{0, 2}, {4, 1}, {2, 1}}, {{9, 0}, {4, 1}, {2, 1}}, {{0, 2}, {4, 1}, {6, 1}}};
    struct heed_job job = job_of("the animal was tired");
    const struct heed_result *plain = run(*state, &job, NULL);
    job.cuts = cuts;
    job.n_cuts = 3;
    const struct heed_result *result = run(*state, &job, plain);
    const struct heed_result *same = run(*state, &job, result);
    const struct heed_result *alone = run(*state, &job, NULL);
    job.n_cuts = 0;
    const struct heed_result *again = run(*state, &job, result);
    assert_int_equal(result->n_cut_links, 1); /* the others don't exist */
    assert_int_equal(result->n_cuts, 1);
    assert_true(heed_cuts_have(result->cuts, 1, 0, 2, 4, 2));
    assert_false(heed_cuts_have(result->cuts, 1, 0, 1, 4, 2));
    assert_true(weight(result, 0, 2, 4, 2) == 0);
    assert_true(weight(plain, 0, 2, 4, 2) > 0);
    assert_null(plain->plain);
    assert_ptr_equal(result->plain, plain->run);
    assert_ptr_equal(same->run, result->run);
    assert_ptr_equal(same->maps, result->maps);
    assert_ptr_equal(again->run, plain->run);
    assert_true(result->plain_cosine < 1);
    assert_float_equal(alone->plain_cosine, result->plain_cosine, 1e-12);
    heed_result_release(plain);
    heed_result_release(result);
    heed_result_release(same);
    heed_result_release(alone);
    heed_result_release(again);
}

static void a_scaled_head_keeps_its_weights(void **state)
{
    const struct heed_scaled_head scaled[] = {{{0, 1}, 2}, {{7, 7}, 2}, {{1, 3}, 1}};
    struct heed_job job = job_of("the animal was tired");
    const struct heed_result *plain = run(*state, &job, NULL);
    job.scaled = scaled;
    job.n_scaled = 3;
    const struct heed_result *result = run(*state, &job, plain);
    assert_float_equal(result->head_scale[1], 2, 0);
    assert_float_equal(result->head_scale[7], 1, 0);
    assert_true(weight(result, 0, 1, 4, 2) == weight(plain, 0, 1, 4, 2));
    assert_true(weight(result, 1, 0, 4, 2) != weight(plain, 1, 0, 4, 2));
    job.scaled = scaled + 2; /* by 1: nothing is off */
    job.n_scaled = 1;
    const struct heed_result *none = run(*state, &job, plain);
    assert_null(none->plain);
    assert_null(none->head_scale);
    heed_result_release(plain);
    heed_result_release(result);
    heed_result_release(none);
}

static void cuts_follow_their_tokens_through_an_edit(void **state)
{
    const struct heed_cut_link cuts[] = {{{0, 2}, {4, 1}, {2, 1}}, {{-1, -1}, {4, 1}, {3, 1}}};
    struct heed_job job = job_of("the animal was tired");
    const struct heed_result *old = run(*state, &job, NULL);
    job = job_of("the old animal was tired");
    job.cuts = cuts;
    job.n_cuts = 2;
    job.cuts_of = old;
    const struct heed_result *longer = run(*state, &job, NULL);
    assert_int_equal(longer->n_cut_links, 2);
    assert_true(weight(longer, 0, 2, 5, 3) == 0);
    assert_true(weight(longer, 1, 1, 5, 4) == 0);
    assert_true(weight(longer, 0, 2, 4, 2) > 0);
    job.text = "the animal is tired";
    job.text_length = strlen(job.text);
    const struct heed_result *other = run(*state, &job, NULL);
    assert_int_equal(other->n_cut_links, 1); /* "was" is gone */
    assert_int_equal(other->cut_links[0].head.layer, 0);
    heed_result_release(old);
    heed_result_release(longer);
    heed_result_release(other);
}

static void a_compared_text_is_cut_where_it_is_aligned(void **state)
{
    const struct heed_cut_link cuts[] = {{{0, 2}, {4, 1}, {2, 1}}, {{0, 2}, {4, 1}, {3, 1}}};
    const struct heed_scaled_head scaled[] = {{{1, 3}, 0.5F}};
    struct heed_job job = job_of("the animal was tired");
    job.compare = "the old animal tired";
    job.compare_length = strlen(job.compare);
    job.cuts = cuts;
    job.n_cuts = 2;
    job.scaled = scaled;
    job.n_scaled = 1;
    const struct heed_result *result = run(*state, &job, NULL);
    const struct heed_result *b = result->compare->result;
    assert_int_equal(result->n_cuts, 2);
    assert_int_equal(b->n_cuts, 1);
    assert_int_equal(b->n_cut_links, 0);
    assert_true(weight(b, 0, 2, 4, 3) == 0);
    assert_float_equal(b->head_scale[7], 0.5, 0);
    assert_non_null(b->plain);
    heed_result_release(result);
}

static void a_variant_is_held_against_the_untouched_run(void **state)
{
    struct heed_job job = job_of("the animal was tired");
    const struct heed_result *plain = run(*state, &job, NULL);
    job.variant.mask = heed_mask_of(HEED_MASK_CAUSAL, 0);
    const struct heed_result *masked = run(*state, &job, plain);
    const struct heed_result *same = run(*state, &job, masked);
    job.variant.positions = HEED_POSITIONS_OFF;
    const struct heed_result *both = run(*state, &job, masked);
    job.variant = (struct heed_variant){0};
    const struct heed_result *again = run(*state, &job, both);
    job.variant.attention = HEED_ATTENTION_FLASH;
    const struct heed_result *flash = run(*state, &job, plain);
    assert_null(plain->allowed);
    assert_non_null(masked->allowed);
    assert_int_equal(masked->allowed[1], 0);
    assert_true(weight(masked, 1, 2, 0, 0) == 1);
    assert_ptr_equal(masked->plain, plain->run);
    assert_true(masked->plain_cosine < 0.9999);
    assert_ptr_equal(same->run, masked->run);
    assert_ptr_equal(same->maps, masked->maps);
    assert_ptr_not_equal(both->run, masked->run);
    assert_ptr_equal(both->plain, plain->run);
    assert_ptr_equal(again->run, plain->run);
    assert_null(again->plain);
    assert_int_equal(both->variant.positions, HEED_POSITIONS_OFF);
    assert_ptr_not_equal(flash->run, plain->run);
    assert_float_equal(flash->plain_cosine, 1, 1e-6);
    heed_result_release(plain);
    heed_result_release(masked);
    heed_result_release(same);
    heed_result_release(both);
    heed_result_release(again);
    heed_result_release(flash);
}

static void a_mask_that_forbids_nothing_changes_nothing(void **state)
{
    struct heed_job job = job_of("the animal was tired");
    job.variant.mask = heed_mask_of(HEED_MASK_WINDOW, 64);
    const struct heed_result *wide = run(*state, &job, NULL);
    job.variant.mask = heed_mask_of(HEED_MASK_CROSS, 0);
    const struct heed_result *alone = run(*state, &job, NULL);
    job.pair = "it ran";
    job.pair_length = strlen(job.pair);
    const struct heed_result *pair = run(*state, &job, NULL);
    assert_null(wide->plain);
    assert_null(wide->allowed);
    assert_int_equal(wide->variant.mask.kind, HEED_MASK_FULL);
    assert_null(alone->plain);
    assert_non_null(pair->plain);
    /* [CLS] the animal was tired [SEP] it ran [SEP] */
    for (int i = 0; i < 81; i++) {
        assert_int_equal(pair->allowed[i], (i / 9 < 6) != (i % 9 < 6));
    }
    heed_result_release(wide);
    heed_result_release(alone);
    heed_result_release(pair);
}

static void a_compared_text_has_the_mask_of_its_own_length(void **state)
{
    struct heed_job job = job_of("the animal was tired");
    job.compare = "the old animal was too tired";
    job.compare_length = strlen(job.compare);
    job.variant.mask = heed_mask_of(HEED_MASK_WINDOW, 1);
    const struct heed_result *result = run(*state, &job, NULL);
    const struct heed_result *b = result->compare->result;
    const struct heed_result *again = run(*state, &job, result);
    assert_int_equal(b->run->n_tokens, 8);
    for (int i = 0; i < 64; i++) {
        const bool near_by = abs(i / 8 - i % 8) <= 1;
        assert_int_equal(b->allowed[i], near_by);
        assert_true((weight(b, 1, 0, i / 8, i % 8) > 0) == near_by);
    }
    assert_non_null(b->plain);
    assert_ptr_equal(again->compare->result->run, b->run);
    heed_result_release(result);
    heed_result_release(again);
}

static void a_row_that_would_lose_every_link_is_found(void **state)
{
    (void)state;
    const struct heed_cut_link cuts[] = {
        {{-1, -1}, {1, 1}, {0, 1}}, {{1, 3}, {0, 2}, {1, 2}}, {{1, 3}, {0, 1}, {0, 1}}};
    static struct heed_token tokens[4];
    struct heed_encoding encoding = {.tokens = tokens, .n_tokens = 3};
    const struct heed_mask full = {0};
    struct heed_empty_row row = {-1, {-1, -1}};
    assert_false(heed_cuts_keep_rows(cuts, 2, full, &encoding, &row));
    assert_int_equal(row.query, 1);
    assert_int_equal(row.head.layer, 1);
    assert_true(heed_cuts_keep_rows(cuts + 1, 1, full, &encoding, &row));
    assert_false(heed_cuts_keep_rows(cuts + 1, 2, full, &encoding, &row));
    encoding.n_tokens = 4;
    assert_true(heed_cuts_keep_rows(cuts, 2, full, &encoding, &row));
    const struct heed_mask causal = heed_mask_of(HEED_MASK_CAUSAL, 0);
    assert_true(heed_cuts_keep_rows(cuts, 1, causal, &encoding, &row));
    assert_false(heed_cuts_keep_rows(cuts, 2, causal, &encoding, &row));
    assert_int_equal(row.query, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_far_a_run_has_moved_equals_transformers),
        cmocka_unit_test(predictions_before_and_after_equal_transformers),
        cmocka_unit_test(a_masked_word_is_predicted_with_and_without),
        cmocka_unit_test(predictions_are_made_once_and_of_the_first_text),
        cmocka_unit_test(a_cut_link_is_held_against_the_untouched_run),
        cmocka_unit_test(a_scaled_head_keeps_its_weights),
        cmocka_unit_test(cuts_follow_their_tokens_through_an_edit),
        cmocka_unit_test(a_compared_text_is_cut_where_it_is_aligned),
        cmocka_unit_test(a_variant_is_held_against_the_untouched_run),
        cmocka_unit_test(a_mask_that_forbids_nothing_changes_nothing),
        cmocka_unit_test(a_compared_text_has_the_mask_of_its_own_length),
        cmocka_unit_test(a_row_that_would_lose_every_link_is_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

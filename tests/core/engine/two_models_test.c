/* B of another model: whose heads are held against whose, and how far they lie apart. */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/pipeline.h"
#include "golden.h"
#include "other_model.h"

static const char a_text[] = "The animal didn't cross the street because it was too tired.";
static const char b_text[] = "The old animals didn't cross a road because it was too wide";

static struct heed_pipeline *open_tiny(void)
{
    struct heed_pipeline *pipeline = NULL;
    const struct heed_encoder_options options = {.n_threads = 2};
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", golden_path("data", "tiny-bert"));
    assert_true(heed_pipeline_open(&pipeline, path, options, NULL));
    return pipeline;
}

static const struct heed_result *compare(struct heed_pipeline *pipeline, const char *model,
                                         const char *text)
{
    const struct heed_pipeline_hints hints = {0};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    const struct heed_job job = {.text = a_text,
                                 .text_length = strlen(a_text),
                                 .compare = text,
                                 .compare_length = strlen(text),
                                 .compare_model = model,
                                 .filter = heed_filter_default()};
    if (!heed_pipeline_run(pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    assert_non_null(result->compare);
    return result;
}

/* Of heads that B lacks there is none. */
static void check_distances(const struct heed_result *result, const char *name)
{
    FILE *file = fopen(golden_path("golden", "two-models.txt"), "r");
    char found[32];
    int layer = 0, head = 0, n = 0;
    double distance = 0;
    assert_non_null(file);
    while (fscanf(file, "%31s %d %d %lf", found, &layer, &head, &distance) == 4) {
        if (strcmp(found, name) == 0) {
            const int place = layer * result->maps->n_heads + head;
            assert_true(fabs((double)result->compare->distances[place].distance - distance) < 1e-5);
            n++;
        }
    }
    fclose(file);
    assert_int_equal(n, 6);
    for (int i = 0; i < 2; i++) {
        assert_true(isnan(result->compare->distances[i * 4 + 3].distance));
    }
}

static void one_vocabulary_is_aligned_by_its_ids(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_tiny();
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", golden_path("data", "tiny-distilbert"));
    const struct heed_result *result = compare(pipeline, folder, a_text);
    assert_false(result->compare->by_words);
    assert_int_equal(result->compare->tokens.n_same, result->encoding->n_tokens);
    assert_ptr_not_equal(result->compare->result->kit, result->kit);
    assert_string_equal(result->compare->result->model, folder);
    assert_null(result->compare->cosines); /* of other widths */
    check_distances(result, "tokens");
    heed_result_release(result);
    result = compare(pipeline, folder, b_text);
    check_distances(result, "tokens-twin");
    heed_result_release(result);
    heed_pipeline_close(pipeline);
}

static void two_vocabularies_are_aligned_by_words(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_tiny();
    const char *folder = other_model_make();
    const struct heed_result *result = compare(pipeline, folder, a_text);
    const struct heed_comparison *it = result->compare;
    assert_true(it->by_words);
    assert_int_equal(it->words.n_cut_otherwise, 1); /* animal */
    assert_int_equal(it->words.words.n_same, it->words.words.n);
    assert_int_equal(it->units.n_same, it->units.n);
    assert_true(result->maps->filter.words); /* whatever was asked for */
    assert_true(it->result->maps->filter.words);
    check_distances(result, "words");
    heed_result_release(result);
    result = compare(pipeline, folder, b_text);
    check_distances(result, "words-twin");
    heed_result_release(result);
    heed_pipeline_close(pipeline);
    other_model_drop();
}

/* An average is over those of the heads that B has; without one there is none. */
static void an_average_takes_the_heads_that_are_there(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_tiny();
    char folder[PATH_MAX];
    struct heed_head_id heads[] = {{0, 3}, {1, 1}};
    const struct heed_pipeline_hints hints = {0};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    snprintf(folder, sizeof folder, "%s", golden_path("data", "tiny-distilbert"));
    struct heed_job job = {.text = a_text,
                           .text_length = strlen(a_text),
                           .compare = a_text,
                           .compare_length = strlen(a_text),
                           .compare_model = folder,
                           .filter = heed_filter_default(),
                           .heads = heads,
                           .n_heads = 2};
    job.filter.aggregate = HEED_AGGREGATE_MEAN;
    assert_true(heed_pipeline_run(pipeline, &job, hints, &result, NULL));
    const struct heed_maps *b = result->compare->result->maps;
    assert_memory_equal(b->aggregate, heed_maps_row(b, 1, 1, 0),
                        (size_t)b->n * (size_t)b->n * sizeof(float));
    heed_result_release(result);
    job.n_heads = 1;
    assert_false(heed_pipeline_run(pipeline, &job, hints, &result, &err));
    assert_non_null(strstr(err.text, "none of the heads"));
    heed_pipeline_close(pipeline);
}

static void a_model_that_isnt_there_is_named(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = open_tiny();
    struct heed_error err = {0};
    assert_false(heed_pipeline_open_second(pipeline, "/no/such/model", &err));
    assert_non_null(strstr(err.text, "/no/such/model"));
    assert_null(heed_pipeline_get_second(pipeline));
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", golden_path("data", "tiny-bert"));
    assert_true(heed_pipeline_open_second(pipeline, folder, NULL)); /* it is A's */
    assert_null(heed_pipeline_get_second(pipeline));
    const struct heed_result *result = compare(pipeline, folder, a_text);
    assert_ptr_equal(result->compare->result->kit, result->kit);
    heed_result_release(result);
    heed_pipeline_close(pipeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_vocabulary_is_aligned_by_its_ids),
        cmocka_unit_test(two_vocabularies_are_aligned_by_words),
        cmocka_unit_test(an_average_takes_the_heads_that_are_there),
        cmocka_unit_test(a_model_that_isnt_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

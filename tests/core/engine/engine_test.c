/* The worker: newest wins, results stay as they are, errors are results. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/engine.h"
#include "core/engine/pipeline.h"

/* What the wake-up tells the test: how often it came; and it may hold the
 * worker until the test lets it go on. */
struct bell {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int rung;
    bool hold;
};

static void ring(void *context)
{
    struct bell *bell = context;
    pthread_mutex_lock(&bell->lock);
    bell->rung++;
    pthread_cond_broadcast(&bell->changed);
    while (bell->hold) {
        pthread_cond_wait(&bell->changed, &bell->lock);
    }
    pthread_mutex_unlock(&bell->lock);
}

static void set_hold(struct bell *bell, bool hold)
{
    pthread_mutex_lock(&bell->lock);
    bell->hold = hold;
    pthread_cond_broadcast(&bell->changed);
    pthread_mutex_unlock(&bell->lock);
}

static void wait_for(struct bell *bell, int count)
{
    pthread_mutex_lock(&bell->lock);
    while (bell->rung < count) {
        pthread_cond_wait(&bell->changed, &bell->lock);
    }
    pthread_mutex_unlock(&bell->lock);
}

static void bell_init(struct bell *bell)
{
    *bell = (struct bell){.rung = 0};
    pthread_mutex_init(&bell->lock, NULL);
    pthread_cond_init(&bell->changed, NULL);
}

static const char *model_path(const char *name)
{
    static char path[1024];
    const char *data = getenv("HEED_TEST_DATA");
    snprintf(path, sizeof path, "%s/data/%s", data ? data : "tests", name);
    return path;
}

static struct heed_engine *start(struct bell *bell, const char *name)
{
    bell_init(bell);
    struct heed_engine *engine = NULL;
    const struct heed_engine_options options = {
        .folder = model_path(name),
        .encoder = {.n_threads = 2},
        .wake = ring,
        .wake_context = bell,
    };
    assert_true(heed_engine_create(&engine, options, NULL));
    return engine;
}

static struct heed_job make_job(uint64_t generation, const char *text)
{
    return (struct heed_job){
        .generation = generation,
        .text = text,
        .text_length = strlen(text),
        .filter = heed_filter_default(),
    };
}

static void submit(struct heed_engine *engine, uint64_t generation, const char *text)
{
    const struct heed_job job = make_job(generation, text);
    assert_true(heed_engine_submit(engine, &job, NULL));
}

static void a_job_gives_a_result(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    submit(engine, 1, "the animal was tired");
    wait_for(&bell, 1);
    const struct heed_result *result = heed_engine_take(engine);
    assert_non_null(result);
    assert_true(result->ok);
    assert_int_equal(result->generation, 1);
    assert_int_equal(result->encoding->n_tokens, 6);
    assert_int_equal(result->run->n_tokens, 6);
    assert_int_equal(result->maps->n, 6);
    const struct heed_kit *kit = heed_engine_get_kit(engine);
    assert_non_null(heed_kit_get_tokenizer(kit));
    assert_ptr_equal(kit, result->kit);
    heed_kit_release(kit);
    assert_null(heed_engine_take(engine));
    heed_result_release(result);
    heed_engine_destroy(engine);
}

static void jobs_that_were_overtaken_are_dropped(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    set_hold(&bell, true);
    submit(engine, 1, "the animal");
    wait_for(&bell, 1); /* the worker now waits in ring */
    for (uint64_t generation = 2; generation <= 9; generation++) {
        submit(engine, generation, generation == 9 ? "the road" : "a cat");
    }
    set_hold(&bell, false);
    wait_for(&bell, 2);
    const struct heed_result *result = heed_engine_take(engine);
    assert_int_equal(result->generation, 9);
    assert_string_equal(result->encoding->text, "the road");
    assert_int_equal(bell.rung, 2);
    heed_result_release(result);
    heed_engine_destroy(engine);
}

static void typing_ends_with_the_newest_text(void **state)
{
    (void)state;
    static const char full[] = "the animal did cross the street because it was "
                               "too tired and the dog ran home, a new house";
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    const uint64_t length = sizeof full - 1;
    for (uint64_t end = 1; end <= length; end++) {
        struct heed_job job = make_job(end, full);
        job.text_length = end;
        assert_true(heed_engine_submit(engine, &job, NULL));
    }
    uint64_t newest = 0;
    for (int rung = 1; newest < length; rung++) {
        wait_for(&bell, rung);
        const struct heed_result *result = heed_engine_take(engine);
        if (result) {
            assert_true(result->ok);
            assert_true(result->generation > newest);
            newest = result->generation;
            assert_int_equal(result->encoding->text_length, newest);
        }
        heed_result_release(result);
    }
    heed_engine_destroy(engine);
}

static void a_result_never_changes_and_outlives_the_engine(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    submit(engine, 1, "the animal was tired");
    wait_for(&bell, 1);
    const struct heed_result *result = heed_engine_take(engine);
    const size_t size = 2 * 4 * 6 * 6 * sizeof(float);
    float *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, result->maps->weights, size);
    for (int i = 0; i < 8; i++) {
        submit(engine, (uint64_t)i + 2, i % 2 ? "the dog was old" : "a");
        wait_for(&bell, i + 2);
    }
    heed_engine_destroy(engine);
    assert_memory_equal(copy, result->maps->weights, size);
    assert_string_equal(result->encoding->text, "the animal was tired");
    assert_string_equal(result->maps->units[2].label, "animal");
    free(copy);
    heed_result_release(result);
}

static void another_filter_reuses_the_run(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    struct heed_job job = make_job(1, "the animal was tired");
    const struct heed_result *results[3];
    for (int i = 0; i < 3; i++) {
        job.generation = (uint64_t)i + 1;
        job.filter.threshold = i == 0 ? 0.01F : 0.5F;
        job.filter.hide_special = i == 2;
        assert_true(heed_engine_submit(engine, &job, NULL));
        wait_for(&bell, i + 1);
        results[i] = heed_engine_take(engine);
    }
    assert_ptr_equal(results[0]->run, results[1]->run);
    assert_ptr_equal(results[0]->encoding, results[2]->encoding);
    assert_ptr_equal(results[0]->maps, results[1]->maps); /* same content */
    assert_ptr_not_equal(results[0]->maps, results[2]->maps);
    assert_true(results[0]->maps->id != results[2]->maps->id);
    assert_memory_equal(results[0]->maps->measures, results[2]->maps->measures,
                        8 * sizeof *results[0]->maps->measures);
    for (int i = 0; i < 3; i++) {
        heed_result_release(results[i]);
    }
    heed_engine_destroy(engine);
}

static void submit_compared(struct heed_engine *engine, uint64_t generation, const char *text,
                            const char *compare)
{
    struct heed_job job = make_job(generation, text);
    job.compare = compare;
    job.compare_length = strlen(compare);
    assert_true(heed_engine_submit(engine, &job, NULL));
}

/* In Compare. */
static void typing_in_one_text_reuses_the_others_run(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"the animal", "a cat ran"}, {"the animal was", "a cat ran"}, {"the animal was", "a cat"}};
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    const struct heed_result *results[3] = {NULL};
    for (int i = 0; i < 3; i++) {
        submit_compared(engine, (uint64_t)i + 1, texts[i][0], texts[i][1]);
        wait_for(&bell, i + 1);
        results[i] = heed_engine_take(engine);
        assert_true(results[i]->ok);
    }
    assert_ptr_equal(results[0]->compare->result->run, results[1]->compare->result->run);
    assert_ptr_not_equal(results[0]->run, results[1]->run);
    assert_ptr_equal(results[1]->run, results[2]->run);
    assert_int_equal(results[2]->compare->result->encoding->n_tokens, 4);
    for (int i = 0; i < 3; i++) {
        heed_result_release(results[i]);
    }
    heed_engine_destroy(engine);
}

static void the_aggregate_follows_the_chosen_heads(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    struct heed_job job = make_job(1, "the animal was tired");
    job.filter.aggregate = HEED_AGGREGATE_MEAN;
    for (int i = 0; i < 2; i++) {
        const struct heed_head_id head = {0, (int16_t)(i + 1)};
        job.generation = (uint64_t)i + 1;
        job.heads = &head;
        job.n_heads = 1;
        assert_true(heed_engine_submit(engine, &job, NULL));
        wait_for(&bell, i + 1);
        const struct heed_result *result = heed_engine_take(engine);
        assert_memory_equal(result->maps->aggregate, heed_maps_row(result->maps, 0, i + 1, 0),
                            6 * 6 * sizeof(float));
        heed_result_release(result);
    }
    heed_engine_destroy(engine);
}

static void a_model_that_cant_be_opened_is_every_results_error(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "no-such-model");
    for (int i = 1; i <= 2; i++) {
        submit(engine, (uint64_t)i, "the animal");
        wait_for(&bell, i);
        const struct heed_result *result = heed_engine_take(engine);
        assert_false(result->ok);
        assert_int_equal(result->generation, i);
        assert_non_null(strstr(result->error.text, "no-such-model"));
        heed_result_release(result);
    }
    assert_null(heed_engine_get_kit(engine));
    heed_engine_destroy(engine);
}

static void submit_of(struct heed_engine *engine, uint64_t generation, const char *model)
{
    struct heed_job job = make_job(generation, "the animal was tired");
    job.model = model;
    assert_true(heed_engine_submit(engine, &job, NULL));
}

static const struct heed_result *await(struct heed_engine *engine, struct bell *bell, int count)
{
    wait_for(bell, count);
    const struct heed_result *result = heed_engine_take(engine);
    assert_non_null(result);
    return result;
}

static void another_model_takes_the_place_of_the_first_and_back(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    char other[1024];
    snprintf(other, sizeof other, "%s", model_path("tiny-distilbert"));
    submit_of(engine, 1, NULL);
    const struct heed_result *first = await(engine, &bell, 1);
    submit_of(engine, 2, other);
    const struct heed_result *second = await(engine, &bell, 2);
    assert_true(second->ok);
    assert_string_equal(second->model, other);
    assert_string_equal(heed_model_get_folder(heed_kit_get_model(second->kit)), other);
    /* What was made with the first is whole, its model too. */
    assert_non_null(strstr(heed_model_get_folder(heed_kit_get_model(first->kit)), "tiny-bert"));
    assert_true(heed_model_get_weights(heed_kit_get_model(first->kit))->word_embeddings[0] <= 1e9F);
    submit_of(engine, 3, NULL);
    const struct heed_result *third = await(engine, &bell, 3);
    assert_memory_equal(first->run->attention, third->run->attention, 36 * sizeof(float));
    heed_result_release(second);
    heed_result_release(third);
    heed_engine_destroy(engine);
    heed_result_release(first);
}

static void a_model_that_fails_is_that_jobs_error(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    submit_of(engine, 1, "no/such/model");
    const struct heed_result *result = await(engine, &bell, 1);
    assert_false(result->ok);
    assert_true(result->has_no_model);
    heed_result_release(result);
    submit_of(engine, 2, NULL);
    result = await(engine, &bell, 2);
    assert_true(result->ok);
    heed_result_release(result);
    heed_engine_destroy(engine);
}

static struct heed_loaded load(const char *folder)
{
    struct bell bell;
    struct heed_loader *loader = NULL;
    struct heed_loaded loaded = {0};
    bell_init(&bell);
    assert_true(heed_loader_create(&loader, ring, &bell, NULL));
    assert_false(heed_loader_get_progress(loader).is_loading);
    assert_true(
        heed_loader_start(loader, folder, (struct heed_encoder_options){.n_threads = 1}, NULL));
    for (int i = 1; !heed_loader_take(loader, &loaded); i++) {
        assert_true(heed_loader_get_progress(loader).is_loading);
        wait_for(&bell, i);
    }
    heed_loader_destroy(loader);
    assert_string_equal(loaded.folder, folder);
    return loaded;
}

static void a_model_that_was_offered_is_taken(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    char other[1024];
    snprintf(other, sizeof other, "%s", model_path("tiny-distilbert"));
    struct heed_loaded loaded = load(other);
    assert_non_null(loaded.pipeline);
    const struct heed_kit *kit = heed_pipeline_get_kit(loaded.pipeline);
    heed_engine_offer(engine, &loaded);
    submit_of(engine, 1, NULL); /* another is asked for: it waits */
    const struct heed_result *result = await(engine, &bell, 1);
    assert_ptr_not_equal(result->kit, kit);
    heed_result_release(result);
    submit_of(engine, 2, other);
    result = await(engine, &bell, 2);
    assert_ptr_equal(result->kit, kit);
    heed_result_release(result);
    heed_engine_destroy(engine);
}

static void submit_pair(struct heed_engine *engine, uint64_t generation, const char *model,
                        const char *second)
{
    struct heed_job job = make_job(generation, "the animal was tired");
    job.model = model;
    job.compare = job.text;
    job.compare_length = job.text_length;
    job.compare_model = second;
    assert_true(heed_engine_submit(engine, &job, NULL));
}

static const struct heed_kit *kit_of_b(const struct heed_result *result)
{
    return result->compare->result->kit;
}

static void a_second_text_has_the_model_that_was_offered(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    char other[1024], first[1024];
    snprintf(other, sizeof other, "%s", model_path("tiny-distilbert"));
    snprintf(first, sizeof first, "%s", model_path("tiny-bert"));
    struct heed_loaded loaded = load(other);
    const struct heed_kit *kit = heed_pipeline_get_kit(loaded.pipeline);
    heed_engine_offer(engine, &loaded);
    submit_pair(engine, 1, NULL, other);
    const struct heed_result *result = await(engine, &bell, 1);
    assert_true(result->ok);
    assert_ptr_equal(kit_of_b(result), kit);
    const struct heed_kit *kit_of_a = heed_kit_retain(result->kit);
    heed_result_release(result);
    submit_pair(engine, 2, other, first); /* swapped: nothing is opened */
    result = await(engine, &bell, 2);
    assert_ptr_equal(result->kit, kit);
    assert_ptr_equal(kit_of_b(result), kit_of_a);
    heed_result_release(result);
    submit_pair(engine, 3, other, NULL); /* of one model */
    result = await(engine, &bell, 3);
    assert_ptr_equal(kit_of_b(result), kit);
    heed_result_release(result);
    submit_pair(engine, 4, other, "no/such/model");
    result = await(engine, &bell, 4);
    assert_false(result->ok);
    assert_true(result->has_no_second);
    assert_false(result->has_no_model);
    heed_result_release(result);
    heed_engine_destroy(engine);
    heed_kit_release(kit_of_a);
}

static void a_load_that_fails_says_why(void **state)
{
    (void)state;
    struct heed_loaded loaded = load("no/such/model");
    assert_null(loaded.pipeline);
    assert_non_null(strstr(loaded.error.text, "no/such/model"));
    heed_loaded_finish(&loaded);
}

static bool stop_at_the_second(void *context, int layer, int n_layers)
{
    int *calls = context;
    assert_true(layer <= n_layers);
    (*calls)++;
    return layer < 1;
}

static void opening_ends_between_layers(void **state)
{
    (void)state;
    struct heed_pipeline *pipeline = NULL;
    struct heed_error err = {0};
    int calls = 0;
    const struct heed_encoder_options options = {
        .n_threads = 1, .go_on = stop_at_the_second, .go_on_context = &calls};
    assert_false(heed_pipeline_open(&pipeline, model_path("tiny-bert"), options, &err));
    assert_int_equal(err.code, HEED_ERROR_CANCELLED);
    assert_int_equal(calls, 2);
}

static void a_bad_text_is_an_error_and_the_next_one_works(void **state)
{
    (void)state;
    struct bell bell;
    struct heed_engine *engine = start(&bell, "tiny-bert");
    submit(engine, 1, "the \xFF animal");
    wait_for(&bell, 1);
    const struct heed_result *result = heed_engine_take(engine);
    assert_false(result->ok);
    assert_null(result->maps);
    heed_result_release(result);
    submit(engine, 2, "the animal");
    wait_for(&bell, 2);
    result = heed_engine_take(engine);
    assert_true(result->ok);
    heed_result_release(result);
    heed_engine_destroy(engine);
}

static void an_engine_can_be_destroyed_at_any_time(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++) {
        struct bell bell;
        struct heed_engine *engine = start(&bell, "tiny-bert");
        for (int k = 0; k < i % 4; k++) {
            submit(engine, (uint64_t)k + 1, k % 2 ? "the dog" : "a cat ran");
        }
        if (i % 4 > 0 && i % 3 == 0) {
            wait_for(&bell, 1);
        }
        heed_engine_destroy(engine);
    }
    heed_engine_destroy(NULL);
}

static bool always(void *context)
{
    (*(int *)context)++;
    return true;
}

static void a_cancelled_run_is_an_error_of_its_own(void **state)
{
    (void)state;
    struct heed_error err = {0};
    struct heed_pipeline *pipeline = NULL;
    const struct heed_encoder_options options = {.n_threads = 1};
    assert_true(heed_pipeline_open(&pipeline, model_path("tiny-bert"), options, &err));
    int polled = 0;
    const struct heed_pipeline_hints hints = {.cancelled = always, .context = &polled};
    const struct heed_job job = make_job(1, "the animal");
    const struct heed_result *result = NULL;
    assert_false(heed_pipeline_run(pipeline, &job, hints, &result, &err));
    assert_int_equal(err.code, HEED_ERROR_CANCELLED);
    assert_true(polled > 0);
    assert_null(result);
    heed_pipeline_close(pipeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_gives_a_result),
        cmocka_unit_test(jobs_that_were_overtaken_are_dropped),
        cmocka_unit_test(typing_ends_with_the_newest_text),
        cmocka_unit_test(a_result_never_changes_and_outlives_the_engine),
        cmocka_unit_test(another_filter_reuses_the_run),
        cmocka_unit_test(typing_in_one_text_reuses_the_others_run),
        cmocka_unit_test(the_aggregate_follows_the_chosen_heads),
        cmocka_unit_test(a_model_that_cant_be_opened_is_every_results_error),
        cmocka_unit_test(another_model_takes_the_place_of_the_first_and_back),
        cmocka_unit_test(a_model_that_fails_is_that_jobs_error),
        cmocka_unit_test(a_model_that_was_offered_is_taken),
        cmocka_unit_test(a_second_text_has_the_model_that_was_offered),
        cmocka_unit_test(a_load_that_fails_says_why),
        cmocka_unit_test(opening_ends_between_layers),
        cmocka_unit_test(a_bad_text_is_an_error_and_the_next_one_works),
        cmocka_unit_test(an_engine_can_be_destroyed_at_any_time),
        cmocka_unit_test(a_cancelled_run_is_an_error_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

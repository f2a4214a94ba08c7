/* The steps of a layer and the masked-language head, on the tiny models. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/bert/encoder.h"
#include "core/bert/mlm.h"
#include "core/bert/plain.h"
#include "core/bert/stages.h"
#include "golden.h"

struct fixture {
    struct heed_model *model;
    struct heed_encoder *encoder;
    const struct heed_run *run;
    struct golden_request golden;
    struct heed_safetensors *file;
};

static void open_model(struct fixture *f, const char *folder, const char *file,
                       const float *head_scale)
{
    struct heed_error err = {0};
    const struct heed_encoder_options options = {.n_threads = 1};
    if (!heed_model_open(&f->model, golden_path("data", folder), &err) ||
        !heed_encoder_create(&f->encoder, f->model, options, &err)) {
        fail_msg("%s", err.text);
    }
    f->file = golden_open(file);
    golden_get_request(f->file, "3", &f->golden);
    f->golden.request.head_scale = head_scale;
    assert_true(heed_encode(f->encoder, &f->golden.request, &f->run, &err));
}

static void close_model(struct fixture *f)
{
    heed_run_release(f->run);
    heed_safetensors_destroy(f->file);
    heed_encoder_destroy(f->encoder);
    heed_model_destroy(f->model);
}

static void check_stages(const struct fixture *f, const float *head_scale)
{
    const size_t hidden = (size_t)f->run->hidden;
    const size_t n = (size_t)f->run->n_tokens;
    for (int layer = 0; layer < f->run->n_layers; layer++) {
        const struct heed_stage_request request = {f->run, layer, 5, head_scale};
        struct heed_stages *s = NULL;
        assert_true(heed_stage_compute(&s, f->model, &request, NULL));
        const float *next = f->run->hidden_states + ((size_t)(layer + 1) * n + 5) * hidden;
        for (size_t i = 0; i < hidden; i++) {
            assert_float_equal(s->output[i], next[i], 2e-5);
        }
        assert_memory_equal(s->input, next - n * hidden, hidden * sizeof(float));
        assert_memory_equal(s->weights + n, heed_run_attention(f->run, layer, 1) + 5 * n,
                            n * sizeof(float));
        heed_stages_destroy(s);
    }
}

static void the_last_step_is_the_next_hidden_state(void **state)
{
    (void)state;
    static const char *const names[] = {"tiny-bert", "tiny-distilbert", "tiny-mlm"};
    static const char *const files[] = {"tiny-bert.safetensors", "tiny-distilbert.safetensors",
                                        "tiny-mlm.safetensors"};
    const float scale[8] = {0.5f, 0, 1, 2, 1, 0.25f, 1, 1};
    for (int i = 0; i < 3; i++) {
        struct fixture f = {0};
        open_model(&f, names[i], files[i], NULL);
        check_stages(&f, NULL);
        close_model(&f);
        open_model(&f, names[i], files[i], scale);
        check_stages(&f, scale);
        close_model(&f);
    }
}

static void a_token_that_isn_t_there_is_refused(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_model(&f, "tiny-bert", "tiny-bert.safetensors", NULL);
    struct heed_stages *s = NULL;
    struct heed_stage_request request = {f.run, 0, 17, NULL};
    assert_false(heed_stage_compute(&s, f.model, &request, NULL));
    request = (struct heed_stage_request){f.run, 2, 0, NULL};
    assert_false(heed_stage_compute(&s, f.model, &request, NULL));
    assert_null(s);
    heed_stages_destroy(NULL);
    close_model(&f);
}

static void predictions_equal_transformers(void **state)
{
    (void)state;
    enum { VOCAB = 44 };
    struct fixture f = {0};
    open_model(&f, "tiny-mlm", "tiny-mlm.safetensors", NULL);
    const struct heed_tensor_info *info = golden_find(f.file, "3", "probabilities");
    assert_non_null(info);
    for (int token = 0; token < f.run->n_tokens; token++) {
        float expected[VOCAB];
        float got[VOCAB];
        int32_t found[VOCAB];
        memcpy(expected, info->data + (size_t)token * VOCAB * sizeof(float), sizeof(expected));
        assert_true(heed_mlm_predict(f.model, f.run, token, VOCAB, found, got, NULL));
        for (int i = 0; i < VOCAB; i++) {
            assert_float_equal(got[i], expected[found[i]], 1e-5);
            assert_true(i == 0 || got[i - 1] >= got[i]);
        }
        int32_t best = -1;
        float probability = 0.0f;
        assert_true(heed_mlm_predict(f.model, f.run, token, 1, &best, &probability, NULL));
        assert_true(best == found[0] && probability == got[0]);
    }
    close_model(&f);
}

static void a_model_without_the_head_says_so(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_model(&f, "tiny-bert", "tiny-bert.safetensors", NULL);
    struct heed_error err = {0};
    int32_t id = 0;
    float probability = 0.0f;
    assert_false(heed_mlm_predict(f.model, f.run, 0, 1, &id, &probability, &err));
    assert_int_equal(err.code, HEED_ERROR_UNSUPPORTED);
    close_model(&f);
}

/* The parts, their norm and the map give the run's first hidden state. */
static void parts_of_narrow_embeddings_make_the_first_state(void **state)
{
    (void)state;
    static const char *const names[] = {"fam-albert", "fam-electra"};
    for (size_t m = 0; m < 2; m++) {
        struct heed_error err = {0};
        struct heed_model *model = NULL;
        struct heed_encoder *encoder = NULL;
        const struct heed_run *run = NULL;
        const int32_t ids[] = {7, 9, 3, 12}, types[] = {0, 0, 1, 1};
        float position[64], normed[64], made[64];
        assert_true(heed_model_open(&model, golden_path("data", names[m]), &err));
        assert_true(heed_encoder_create(&encoder, model,
                                        (struct heed_encoder_options){.n_threads = 1}, &err));
        const struct heed_request request = {.ids = ids, .segments = types, .n_tokens = 4};
        assert_true(heed_encode(encoder, &request, &run, &err));
        const struct heed_embedding_parts parts = heed_stage_get_embedding(model, 3, 1);
        assert_true(parts.is_mapped);
        assert_true(parts.width != run->hidden && parts.width <= 64);
        assert_true(heed_stage_get_position(model, HEED_POSITIONS_LEARNED, 2, position));
        for (int i = 0; i < parts.width; i++) {
            position[i] += parts.word[i] + parts.segment[i];
        }
        heed_stage_norm_embedding(model, position, normed);
        heed_plain_linear(made, normed, parts.width, run->hidden,
                          &heed_model_get_weights(model)->projection);
        for (int i = 0; i < run->hidden; i++) {
            assert_float_equal(made[i], run->hidden_states[2 * run->hidden + i], 1e-5);
        }
        heed_run_release(run);
        heed_encoder_destroy(encoder);
        heed_model_destroy(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_step_is_the_next_hidden_state),
        cmocka_unit_test(a_token_that_isn_t_there_is_refused),
        cmocka_unit_test(predictions_equal_transformers),
        cmocka_unit_test(a_model_without_the_head_says_so),
        cmocka_unit_test(parts_of_narrow_embeddings_make_the_first_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

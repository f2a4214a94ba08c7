/* What is off, on small models' own runs: what the window says it changes, and
 * how Neuron and Matrix show a cut link. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/pipeline.h"
#include "lists.h"
#include "render/record/record.h"
#include "scene/frame/scores.h"
#include "scene/widgets/widgets.h"
#include "state/interventions.h"
#include "state/state.h"
#include "tiny_model.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"
#include "ui/window/window.h"

struct rig {
    struct heed_pipeline *pipeline;
    struct heed_ui *ui;
    struct heed_state state;
    const struct heed_result *result;
    const struct heed_list *list;
    uint64_t generation;
    double time;
};

static struct heed_effects build(struct rig *rig)
{
    struct heed_effects effects = {0};
    rig->list = heed_ui_build(rig->ui, rig->time, heed_record_get_metrics(), &effects);
    assert_false(rig->list->failed);
    return effects;
}

/* The worker's answer to what is asked for; returns the job. */
static struct heed_job answer(struct rig *rig)
{
    const struct heed_pipeline_hints hints = {.previous = rig->result};
    const struct heed_job job = heed_ui_get_job(rig->ui, ++rig->generation);
    const struct heed_result *result = NULL;
    assert_true(heed_pipeline_run(rig->pipeline, &job, hints, &result, NULL));
    heed_result_release(rig->result);
    rig->result = result;
    heed_ui_set_result(rig->ui, result);
    return job;
}

/* The first picture, and what it still wants. */
static struct heed_effects show(struct rig *rig)
{
    assert_true(heed_ui_set_state(rig->ui, &rig->state, true, NULL));
    (void)answer(rig);
    return build(rig);
}

static void start(struct rig *rig, const char *model, const char *text)
{
    memset(rig, 0, sizeof(*rig));
    rig->time = 1;
    rig->pipeline = tiny_model_open_folder(model);
    assert_true(heed_ui_create(&rig->ui, NULL));
    heed_ui_resize(rig->ui, 1600, 1600, 1);
    heed_ui_set_model(rig->ui, heed_pipeline_get_model(rig->pipeline),
                      heed_pipeline_get_tokenizer(rig->pipeline));
    assert_true(heed_state_init(&rig->state, NULL));
    assert_true(heed_state_set_text(&rig->state, text, strlen(text), NULL));
    const struct heed_head_id heads[] = {{0, 0}, {0, 1}};
    heed_state_show_only(&rig->state, heads, 2);
}

static void stop(struct rig *rig)
{
    heed_result_release(rig->result);
    heed_ui_destroy(rig->ui);
    heed_state_finish(&rig->state);
    heed_pipeline_close(rig->pipeline);
}

/* [CLS] the animal was tired [SEP]: was -> animal, cut in L0H1. */
static void cut(struct rig *rig, struct heed_head_id head)
{
    const struct heed_cut_link link = {head, {3, 1}, {2, 1}};
    assert_true(heed_state_add_cut(&rig->state, &link));
    rig->state.query = (struct heed_pin){3, 1};
    rig->state.key = (struct heed_pin){2, 1};
}

static bool says_number(const struct rig *rig, double value)
{
    char number[32];
    heed_format_number(number, sizeof(number), value, 3);
    return list_says(rig->list, number);
}

static void the_inspector_says_what_a_cut_changes(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    show(&rig);
    assert_false(list_says(rig.list, "What is off changes"));
    assert_false(list_says(rig.list, "Counterfactual"));
    cut(&rig, (struct heed_head_id){0, 1});
    show(&rig);
    const struct heed_result *result = rig.result;
    float cosines[8];
    heed_cosine_layers(cosines, result->plain, 3, result->run, 3);
    assert_true(cosines[result->run->n_layers] < 0.9995F);
    assert_true(list_says(rig.list, "What is off changes"));
    assert_true(says_number(&rig, result->plain_cosine));
    for (int layer = 1; layer <= result->run->n_layers; layer++) {
        assert_true(says_number(&rig, (double)cosines[layer]));
    }
    assert_true(list_says(rig.list, "Link moves most in L1H"));
    assert_true(list_says(rig.list, "Counterfactual: was \xE2\x86\x92 animal cut in L0H1"));
    assert_true(list_says(rig.list, "row renormalised"));
    assert_true(list_says(rig.list, "trained that way"));
    stop(&rig);
}

/* None is in the picture of the run, whose place is kept; when nothing else has come for a while
 * they are asked for, once, and the run stays. */
static void see_predictions(struct rig *rig, const char *of)
{
    const struct heed_run *run = rig->result->run;
    assert_false(rig->result->has_predicted);
    assert_true(list_says(rig->list, of));
    assert_true(list_says(rig->list, "\xE2\x80\xA6"));
    assert_false(build(rig).encode);
    rig->time += 0.3;
    assert_true(build(rig).encode);
    assert_true(answer(rig).predicts);
    assert_true(rig->result->has_predicted);
    assert_ptr_equal(run, rig->result->run);
    assert_false(build(rig).encode);
    rig->time += 0.3;
    assert_false(build(rig).encode);
}

static void a_masks_predictions_stand_before_and_after(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-mlm", "the [MASK] was tired");
    assert_true(heed_state_set_factor(&rig.state, (struct heed_head_id){0, 1}, 3));
    assert_true(show(&rig).wake_in <= 0.25);
    see_predictions(&rig, "token 2");
    const struct heed_mask_change *mask = rig.result->masks;
    char line[96], before[32], after[32];
    assert_int_equal(rig.result->n_masks, 1);
    heed_format_number(before, sizeof(before), (double)mask->items[0].before, 3);
    heed_format_number(after, sizeof(after), (double)mask->items[0].after, 3);
    snprintf(line, sizeof(line), "%s \xE2\x86\x92 %s", before, after);
    assert_true(list_says(rig.list, line));
    assert_true(
        list_says(rig.list, heed_tokenizer_get_piece(heed_pipeline_get_tokenizer(rig.pipeline),
                                                     mask->items[0].id)));
    assert_true(list_says(rig.list, "L0H1 \xC3\x97 3"));
    stop(&rig);
}

static void a_model_without_a_head_says_that_it_predicts_nothing(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the [MASK] was tired");
    heed_state_toggle_muted(&rig.state, (struct heed_head_id){0, 1});
    show(&rig);
    assert_true(list_says(rig.list, "no output head"));
    stop(&rig);
}

static void neuron_shows_a_cut_links_score(void **state)
{
    (void)state;
    static const char infinite[] = "\xE2\x88\x92\xE2\x88\x9E";
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.view = HEED_VIEW_NEURON;
    show(&rig);
    assert_false(list_says(rig.list, infinite));
    cut(&rig, (struct heed_head_id){-1, -1});
    show(&rig);
    assert_true(list_says(rig.list, infinite));
    assert_true(list_says(rig.list, "score: cut"));
    stop(&rig);
}

static void matrix_marks_the_cell_of_a_cut_link(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.view = HEED_VIEW_MATRIX;
    rig.state.matrix_head = (struct heed_head_id){0, 0};
    cut(&rig, (struct heed_head_id){1, 3}); /* not the one that is seen */
    show(&rig);
    const int before = list_count(rig.list, HEED_ITEM_LINE);
    rig.state.cuts[0].head = (struct heed_head_id){0, 0};
    show(&rig);
    /* The cell's broken line, and that on the head map as before. */
    assert_int_equal(list_count(rig.list, HEED_ITEM_LINE), before + 2);
    assert_true(list_says(rig.list, "cut: \xE2\x88\x92\xE2\x88\x9E"));
    stop(&rig);
}

static void a_cut_that_has_no_place_in_b_is_said(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    assert_true(heed_state_set_compare(&rig.state, "the road was wide", 17, NULL));
    rig.state.view = HEED_VIEW_COMPARE;
    cut(&rig, (struct heed_head_id){0, 1});
    show(&rig);
    assert_true(list_says(rig.list, "Sentence embedding of A"));
    assert_true(list_says(rig.list, "Sentence embedding of B"));
    assert_true(heed_state_set_compare(&rig.state, "a", 1, NULL));
    show(&rig);
    assert_int_equal(rig.result->compare->result->n_cuts, 0);
    assert_true(list_says(rig.list, "nothing cut in B"));
    stop(&rig);
}

static void the_window_names_a_variant_and_what_it_changes(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.variant =
        (struct heed_variant){{HEED_MASK_CAUSAL, 0}, HEED_POSITIONS_OFF, HEED_ATTENTION_LINEAR};
    show(&rig);
    assert_true(list_says(rig.list, "Counterfactual: causal mask, positions off, linear "
                                    "attention"));
    assert_true(list_says(rig.list, "trained that way"));
    assert_true(list_says(rig.list, "Not as trained"));
    assert_true(list_says(rig.list, "What is off changes"));
    assert_true(says_number(&rig, rig.result->plain_cosine));
    cut(&rig, (struct heed_head_id){0, 1});
    heed_state_toggle_muted(&rig.state, (struct heed_head_id){1, 1});
    show(&rig);
    assert_true(list_says(rig.list, "linear attention, L1H1 muted, was"));
    rig.state.n_cuts = 0;
    rig.state.query = (struct heed_pin){2, 1};
    rig.state.key = (struct heed_pin){3, 1};
    show(&rig);
    assert_true(list_says(rig.list, "masked in every head"));
    assert_true(list_says(rig.list, "masked: 0"));
    assert_true(list_says(rig.list, "f(q)"));
    stop(&rig);
}

static void flash_attention_is_no_counterfactual(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.variant.attention = HEED_ATTENTION_FLASH;
    show(&rig);
    assert_true(list_says(rig.list, "flash attention: the same softmax, block by block"));
    assert_true(list_says(rig.list, "Computed otherwise"));
    assert_false(list_says(rig.list, "Counterfactual"));
    assert_false(list_says(rig.list, "Not as trained"));
    assert_false(list_says(rig.list, "trained that way"));
    heed_state_toggle_muted(&rig.state, (struct heed_head_id){1, 1});
    show(&rig);
    assert_true(list_says(rig.list, "Counterfactual: flash attention, L1H1 muted"));
    assert_true(list_says(rig.list, "Not as trained"));
    stop(&rig);
}

/* Scores of the row that isn't masked, as shares of their sum, are weights. */
static void neuron_shows_linear_attentions_own_numbers(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.view = HEED_VIEW_NEURON;
    rig.state.variant.mask = heed_mask_of(HEED_MASK_CAUSAL, 0);
    rig.state.query = (struct heed_pin){2, 1};
    rig.state.key = (struct heed_pin){3, 1};
    show(&rig);
    assert_true(list_says(rig.list, "score: masked"));
    rig.state.variant.attention = HEED_ATTENTION_LINEAR;
    rig.state.key = (struct heed_pin){1, 1};
    show(&rig);
    const struct heed_head_id head = {0, 0};
    double sum = 0;
    for (int key = 0; key <= 2; key++) {
        sum += heed_link_score(rig.result, head, 2, key);
    }
    assert_float_equal(heed_link_score(rig.result, head, 2, 1) / sum,
                       (double)heed_run_attention(rig.result->run, 0, 0)[2 * 6 + 1], 1e-6);
    assert_true(list_says(rig.list, "no exp"));
    assert_true(says_number(&rig, heed_link_score(rig.result, head, 2, 1) / sum));
    stop(&rig);
}

static void stack_shows_the_position_that_was_added(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.view = HEED_VIEW_STACK;
    rig.state.query = (struct heed_pin){2, 1};
    show(&rig);
    assert_true(list_says(rig.list, "Position embedding"));
    rig.state.variant.positions = HEED_POSITIONS_SINUSOIDAL;
    show(&rig);
    assert_true(list_says(rig.list, "Sinusoidal position"));
    rig.state.variant.positions = HEED_POSITIONS_OFF;
    show(&rig);
    assert_false(list_says(rig.list, "Position embedding"));
    assert_false(list_says(rig.list, "Sinusoidal position"));
    rig.state.stack_page = 1;
    rig.state.variant.mask = heed_mask_of(HEED_MASK_WINDOW, 1);
    show(&rig);
    assert_true(list_says(rig.list, " + "));
    rig.state.variant.attention = HEED_ATTENTION_LINEAR;
    show(&rig);
    assert_true(list_says(rig.list, " / its sum, "));
    stop(&rig);
}

/* However long the run took: the picture of its weights doesn't wait for them. */
static void a_links_measures_come_after_the_first_picture(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    show(&rig);
    assert_true(heed_state_set_text(&rig.state, "the animals ran", 15, NULL));
    rig.state.query = (struct heed_pin){3, 1};
    rig.state.key = (struct heed_pin){1, 1};
    show(&rig);
    const double times[] = {30, 30.2, 30.3};
    for (size_t i = 0; i < HEED_COUNT(times); i++) {
        struct heed_effects effects = {0};
        if (i == 0) { /* the same run, come late */
            heed_ui_set_result(rig.ui, rig.result);
        }
        heed_ui_build(rig.ui, times[i], heed_record_get_metrics(), &effects);
        assert_int_equal(effects.encode, i == 2);
        assert_true(i == 2 || (effects.wake_in >= 0 && effects.wake_in <= 0.25));
    }
    /* By the worker: the run and the picture's time stay, and it is asked once. */
    const struct heed_run *run = rig.result->run;
    assert_null(rig.result->links);
    rig.time = 31;
    assert_true(answer(&rig).measures_links);
    assert_false(build(&rig).encode);
    assert_ptr_equal(rig.result->run, run);
    assert_ptr_equal(heed_link_measures_get_run(rig.result->links), run);
    rig.time = 32;
    assert_false(build(&rig).encode);
    stop(&rig);
}

/* A key that is only pointed at makes a pair of the pinned query, and one of them is enough. */
static void the_measures_of_a_pair_that_is_pointed_at_come_too(void **state)
{
    (void)state;
    struct rig rig;
    start(&rig, "tiny-bert", "the animal was tired");
    rig.state.query = (struct heed_pin){3, 1};
    rig.state.key = (struct heed_pin){0, 0};
    show(&rig);
    rig.time += 1;
    assert_false(build(&rig).encode);
    rig.ui->pointer.hot = (struct heed_target){.kind = HEED_TARGET_KEY, .a = 1, .b = 1};
    rig.time += 1;
    assert_true(build(&rig).encode);
    assert_true(answer(&rig).measures_links);
    assert_non_null(rig.result->links);
    stop(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inspector_says_what_a_cut_changes),
        cmocka_unit_test(a_masks_predictions_stand_before_and_after),
        cmocka_unit_test(a_model_without_a_head_says_that_it_predicts_nothing),
        cmocka_unit_test(neuron_shows_a_cut_links_score),
        cmocka_unit_test(matrix_marks_the_cell_of_a_cut_link),
        cmocka_unit_test(the_window_names_a_variant_and_what_it_changes),
        cmocka_unit_test(flash_attention_is_no_counterfactual),
        cmocka_unit_test(neuron_shows_linear_attentions_own_numbers),
        cmocka_unit_test(stack_shows_the_position_that_was_added),
        cmocka_unit_test(a_cut_that_has_no_place_in_b_is_said),
        cmocka_unit_test(a_links_measures_come_after_the_first_picture),
        cmocka_unit_test(the_measures_of_a_pair_that_is_pointed_at_come_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

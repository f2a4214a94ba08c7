/* The Stack view's vectors are the encoder's: a layer's last step is the next
 * hidden state. */
#include "model_rig.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/display_list.h"
#include "draw/hit.h"
#include "scene/views/neuron/neuron.h"
#include "scene/views/stack/parts.h"
#include "scene/views/stack/steps.h"
#include "scene/views/stack/words.h"
#include "scene/widgets/widgets.h"
#include "state/state.h"

static const char TEXT[] = "the cat sat on the mat";

static void open_stack(struct model_rig *rig, const char *model)
{
    model_rig_open(rig, model, TEXT);
    rig->state.view = HEED_VIEW_STACK;
}

static const float *hidden_state(const struct heed_run *run, int layer, int token)
{
    return run->hidden_states +
           ((size_t)layer * (size_t)run->n_tokens + (size_t)token) * (size_t)run->hidden;
}

static void expect_vector(const struct heed_stack *stack, enum heed_stack_vector vector,
                          const float *expected)
{
    const float *values = heed_stack_values(stack, vector);
    double norm = 0;
    assert_int_equal(stack->places[vector].n, stack->hidden);
    for (int i = 0; i < stack->hidden; i++) {
        assert_float_equal(values[i], expected[i], 1e-4F);
        norm += (double)expected[i] * (double)expected[i];
    }
    assert_float_equal((float)stack->places[vector].norm, (float)sqrt(norm), 1e-3F);
}

static void a_layers_last_step_is_the_next_hidden_state(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    const struct heed_run *run = rig.result->run;
    for (int token = 0; token < run->n_tokens; token++) {
        rig.state.query = (struct heed_pin){token, 1};
        for (int layer = 0; layer < run->n_layers; layer++) {
            rig.state.stack_page = layer + 1;
            model_rig_draw(&rig, 960, 852);
            assert_non_null(rig.stack);
            expect_vector(rig.stack, HEED_STACK_INPUT, hidden_state(run, layer, token));
            expect_vector(rig.stack, HEED_STACK_OUTPUT, hidden_state(run, layer + 1, token));
        }
    }
    model_rig_close(&rig);
}

static void the_embedding_page_ends_in_the_first_hidden_state(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.query = (struct heed_pin){3, 1};
    model_rig_draw(&rig, 960, 852);
    const struct heed_stack *stack = rig.stack;
    expect_vector(stack, HEED_STACK_START, hidden_state(rig.result->run, 0, 3));
    const float *word = heed_stack_values(stack, HEED_STACK_WORD);
    const float *position = heed_stack_values(stack, HEED_STACK_POSITION);
    const float *segment = heed_stack_values(stack, HEED_STACK_SEGMENT);
    const float *sum = heed_stack_values(stack, HEED_STACK_SUM);
    for (int i = 0; i < stack->hidden; i++) {
        assert_float_equal(sum[i], word[i] + position[i] + segment[i], 1e-6F);
    }
    model_rig_close(&rig);
}

static struct heed_color color_of(const struct heed_item_heatmap *map, float value)
{
    return heed_palette_color(&map->palette, (value - map->low) / (map->high - map->low));
}

static bool is_white(struct heed_color color)
{
    return color.r > 0.99F && color.g > 0.99F && color.b > 0.99F;
}

/* Blue and orange are the same grey: the place says the sign. */
static void on_paper_a_strips_upper_half_is_above_zero(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.stack_page = 1;
    rig.state.theme = HEED_THEME_PAPER;
    model_rig_draw(&rig, 960, 852);
    const struct heed_item_heatmap *upper = NULL;
    int halves = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind != HEED_ITEM_HEATMAP) {
            continue;
        }
        const struct heed_item_heatmap *map = &item->as.heatmap;
        const bool above = upper == NULL;
        assert_true(is_white(color_of(map, above ? -map->high : map->high)));
        assert_false(is_white(color_of(map, above ? map->high : -map->high)));
        assert_int_equal(item->target.kind, above ? HEED_TARGET_VALUE : HEED_TARGET_NONE);
        if (!above) {
            assert_float_equal(map->rect.y, upper->rect.y + upper->rect.h, 1e-3F);
            assert_int_equal(map->row, upper->row);
        }
        upper = above ? map : NULL;
        halves++;
    }
    assert_true(halves > 8 && halves % 2 == 0);
    model_rig_close(&rig);
}

static void the_end_is_the_mean_of_all_tokens(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.stack_page = 3;
    model_rig_draw(&rig, 960, 852);
    const struct heed_run *run = rig.result->run;
    float mean[32] = {0};
    for (int t = 0; t < run->n_tokens; t++) {
        for (int i = 0; i < 32; i++) {
            mean[i] += hidden_state(run, 2, t)[i] / (float)run->n_tokens;
        }
    }
    expect_vector(rig.stack, HEED_STACK_POOLED, mean);
    assert_int_equal(rig.stack->n_predictions, 0);
    assert_non_null(list_find_text(&rig.list, "Mean pooling"));
    /* s s = the sum over the tokens of h s / n, so that these are parts. */
    double sum = 0, square = 0;
    for (int i = 0; i < 32; i++) {
        square += (double)mean[i] * (double)mean[i];
    }
    for (int t = 0; t < run->n_tokens; t++) {
        double product = 0;
        for (int i = 0; i < 32; i++) {
            product += (double)hidden_state(run, 2, t)[i] * (double)mean[i];
        }
        assert_float_equal(rig.stack->shares[t], (float)(product / square / run->n_tokens), 1e-5F);
        sum += (double)rig.stack->shares[t];
    }
    assert_float_equal((float)sum, 1, 1e-5F);
    assert_non_null(list_find_text(&rig.list, "Every token"));
    model_rig_close(&rig);
}

static void a_model_with_a_head_ends_in_predictions(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-mlm");
    const int layers = rig.result->run->n_layers;
    rig.state.stack_page = layers + 1;
    model_rig_draw(&rig, 960, 852);
    assert_int_equal(rig.stack->n_predictions, HEED_STACK_PREDICTIONS);
    for (int i = 1; i < rig.stack->n_predictions; i++) {
        assert_true(rig.stack->probabilities[i - 1] >= rig.stack->probabilities[i]);
    }
    const char *best = heed_tokenizer_get_piece(heed_pipeline_get_tokenizer(rig.pipeline),
                                                rig.stack->predictions[0]);
    assert_non_null(list_find_text(&rig.list, best));
    model_rig_close(&rig);
}

static void every_step_is_a_strip_with_its_norm(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.stack_page = 1;
    model_rig_draw(&rig, 960, 852);
    struct heed_stack_step steps[HEED_STACK_MAX_STEPS];
    const int n = heed_stack_steps(rig.stack, steps);
    assert_int_equal(n, 9);
    for (int i = 0; i < n; i++) {
        assert_non_null(list_find_text(&rig.list, steps[i].name));
        if (steps[i].vector == HEED_STACK_ATTENTION) {
            continue;
        }
        const struct heed_item *strip =
            model_rig_find_strip(&rig, HEED_STACK_TARGET + (int32_t)steps[i].vector, 0);
        assert_non_null(strip);
        assert_float_equal(model_rig_strip_value(strip, 2),
                           heed_stack_values(rig.stack, steps[i].vector)[2], 0);
        char number[32];
        const double norm = rig.stack->places[steps[i].vector].norm;
        heed_format_size(number, sizeof(number), norm);
        assert_non_null(list_find_text(&rig.list, number));
    }
    /* 61 inner values of 32 a row are two strips. */
    assert_non_null(
        model_rig_find_strip(&rig, HEED_STACK_TARGET + HEED_STACK_INNER, rig.stack->hidden));
    model_rig_close(&rig);
}

static void the_same_page_is_computed_once(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.stack_page = 1;
    model_rig_draw(&rig, 960, 852);
    const struct heed_stack *first = rig.stack;
    rig.frame.hover.query = (struct heed_pin){4, 1};
    model_rig_draw(&rig, 700, 500);
    assert_ptr_equal(rig.stack, first);
    const uint64_t id = first->values_id;
    rig.state.stack_page = 2;
    model_rig_draw(&rig, 960, 852);
    assert_true(rig.stack->values_id != id);
    rig.state.view = HEED_VIEW_LINKS;
    model_rig_draw(&rig, 960, 852);
    assert_null(rig.stack);
    model_rig_close(&rig);
}

static void likeness_is_the_cosine_of_hidden_states(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.query = (struct heed_pin){2, 1};
    model_rig_draw(&rig, 960, 852);
    const struct heed_run *run = rig.result->run;
    for (int layer = 0; layer <= run->n_layers; layer++) {
        const float *a = hidden_state(run, layer, 2), *b = hidden_state(run, 0, 2);
        double both = 0, first = 0, second = 0;
        for (int i = 0; i < run->hidden; i++) {
            both += (double)a[i] * (double)b[i];
            first += (double)a[i] * (double)a[i];
            second += (double)b[i] * (double)b[i];
        }
        assert_float_equal(rig.stack->likeness[layer].input, (float)(both / sqrt(first * second)),
                           1e-5F);
    }
    model_rig_close(&rig);
}

static void a_tooltip_tells_dimension_and_value_or_what_a_step_is_for(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    rig.state.stack_page = 1;
    model_rig_draw(&rig, 960, 852);
    char lines[HEED_TIP_LINES][HEED_TIP_BYTES];
    struct heed_target target = {
        .kind = HEED_TARGET_VALUE, .a = HEED_STACK_TARGET + HEED_STACK_QUERY, .c = 32};
    char number[32], expected[64];
    heed_format_number(number, sizeof(number),
                       (double)heed_stack_values(rig.stack, HEED_STACK_QUERY)[13], 4);
    snprintf(expected, sizeof(expected), "%s in dimension 13", number);
    assert_int_equal(
        heed_stack_describe(&rig.frame, &(struct heed_tip_subject){target, -1, 13}, lines), 2);
    assert_string_equal(lines[0], expected);
    assert_string_equal(lines[1], "query, head 1, its dimension 5");
    target.a = HEED_STACK_TARGET_NAME + HEED_STACK_PROJECTION;
    assert_int_equal(
        heed_stack_describe(&rig.frame, &(struct heed_tip_subject){target, -1, -1}, lines), 2);
    assert_string_equal(lines[0], "Project");
    model_rig_close(&rig);
}

/* Beside the strips or above them: names and formulas are whole. */
static void no_step_is_cut_at_any_width(void **context)
{
    struct model_rig rig;
    open_stack(&rig, "tiny-bert");
    for (int page = 0; page <= rig.result->run->n_layers + 1; page++) {
        rig.state.stack_page = page;
        for (int width = 480; width <= 1600; width += 20) {
            model_rig_draw(&rig, (float)width, 600);
            if (rig.list.lack.n > 0) {
                fail_msg("page %d, %d px wide: %s", page, width, rig.list.lack.text);
            }
        }
    }
    model_rig_close(&rig);
}

static bool can_choose(const struct model_rig *rig, int token)
{
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_target target = rig->list.items[i].target;
        if (target.kind == HEED_TARGET_QUERY && target.a == token) {
            return true;
        }
    }
    return false;
}

/* All where there is room; else those round the pinned one, and what leads on. */
static void every_token_can_be_chosen(void **context)
{
    struct model_rig rig;
    model_rig_open(&rig, "tiny-bert",
                   "The animal didn't cross the street because it was too tired.");
    rig.state.view = HEED_VIEW_STACK;
    const int n = rig.result->run->n_tokens;
    rig.state.query = (struct heed_pin){n / 2, 1};
    model_rig_draw(&rig, 1600, 852);
    for (int token = 0; token < n; token++) {
        assert_true(can_choose(&rig, token));
    }
    model_rig_draw(&rig, 480, 600);
    assert_false(can_choose(&rig, 0));
    for (int token = n / 2; token > 0; token--) {
        rig.state.query = (struct heed_pin){token, 1};
        model_rig_draw(&rig, 480, 600);
        assert_true(can_choose(&rig, token) && can_choose(&rig, token - 1));
    }
    model_rig_close(&rig);
}

static void without_vectors_it_says_why(void **context)
{
    struct model_rig rig;
    model_rig_open(&rig, "tiny-bert", "");
    rig.state.view = HEED_VIEW_STACK;
    rig.state.filter.hide_special = true;
    model_rig_compute(&rig);
    model_rig_draw(&rig, 960, 852);
    assert_null(rig.stack);
    assert_non_null(list_find_text(&rig.list, "No token is left."));
    model_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_layers_last_step_is_the_next_hidden_state),
        cmocka_unit_test(the_embedding_page_ends_in_the_first_hidden_state),
        cmocka_unit_test(on_paper_a_strips_upper_half_is_above_zero),
        cmocka_unit_test(the_end_is_the_mean_of_all_tokens),
        cmocka_unit_test(a_model_with_a_head_ends_in_predictions),
        cmocka_unit_test(every_step_is_a_strip_with_its_norm),
        cmocka_unit_test(the_same_page_is_computed_once),
        cmocka_unit_test(likeness_is_the_cosine_of_hidden_states),
        cmocka_unit_test(a_tooltip_tells_dimension_and_value_or_what_a_step_is_for),
        cmocka_unit_test(no_step_is_cut_at_any_width),
        cmocka_unit_test(every_token_can_be_chosen),
        cmocka_unit_test(without_vectors_it_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

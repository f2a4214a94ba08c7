/* Masks, positions and kinds of attention by the palette, the strip and undo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "state/interventions.h"
#include "ui/ui.h"
#include "window_rig.h"

static void give(struct window *window, const char *command)
{
    window_leave_field(window);
    window_press(window, 'K', CTRL);
    window_type(window, command);
    window_press(window, HEED_KEY_ENTER, 0);
}

static const struct heed_variant *variant(const struct window *window)
{
    return &window_state(window)->variant;
}

static void start(struct window *window, const char *text)
{
    window_press(window, 'A', CTRL);
    window_type(window, text);
    window_leave_field(window);
}

static void each_is_a_command_and_one_step_to_undo(void **context)
{
    struct window *window = *context;
    static const struct {
        const char *command, *chip;
        struct heed_variant becomes;
    } steps[] = {
        {"Mask: causal", "causal mask", {.mask = {HEED_MASK_CAUSAL}}},
        {"Mask: window",
         "window mask \xC2\xB1"
         "2",
         {.mask = {HEED_MASK_WINDOW, 2}}},
        {"Mask: strided", "strided mask, every 3rd", {.mask = {HEED_MASK_STRIDED, 3}}},
        {"Positions: off", "positions off", {.positions = HEED_POSITIONS_OFF}},
        {"Positions: sinusoidal", "sinusoidal positions", {.positions = HEED_POSITIONS_SINUSOIDAL}},
        {"Attention: linear", "linear attention", {.attention = HEED_ATTENTION_LINEAR}},
        {"Attention: flash", "flash attention", {.attention = HEED_ATTENTION_FLASH}},
    };
    for (size_t i = 0; i < HEED_COUNT(steps); i++) {
        const uint64_t before = window->generation;
        give(window, steps[i].command);
        assert_true(heed_variant_equal(variant(window), &steps[i].becomes));
        assert_true(window->generation > before);
        const struct heed_job job = heed_ui_get_job(window->ui, 1000 + i);
        assert_true(heed_variant_equal(&job.variant, &steps[i].becomes));
        assert_true(window_says(window, steps[i].chip));
        window_press(window, 'Z', CTRL);
        assert_true(heed_variant_is_plain(variant(window)));
        assert_false(window_says(window, "Not as trained"));
        window_press(window, 'Y', CTRL);
        assert_true(heed_variant_equal(variant(window), &steps[i].becomes));
        window_click(window, chip_target(0), 1, 0);
        assert_true(heed_variant_is_plain(variant(window)));
    }
}

static void what_was_trained_is_a_command_too(void **context)
{
    struct window *window = *context;
    give(window, "Mask: causal");
    give(window, "Positions: off");
    give(window, "Attention: linear");
    assert_int_equal(heed_state_count_off(window_state(window)), 3);
    give(window, "Mask: full");
    give(window, "Positions: learned");
    give(window, "Attention: softmax");
    assert_int_equal(heed_state_count_off(window_state(window)), 0);
}

static void a_width_is_stepped_within_its_limits(void **context)
{
    struct window *window = *context;
    give(window, "Mask: wider");
    assert_true(heed_variant_is_plain(variant(window)));
    give(window, "Mask: window");
    give(window, "Mask: wider");
    assert_int_equal(variant(window)->mask.width, 3);
    give(window, "Mask: window"); /* keeps it */
    assert_int_equal(variant(window)->mask.width, 3);
    for (int i = 0; i < 4; i++) {
        give(window, "Mask: narrower");
    }
    assert_int_equal(variant(window)->mask.width, 1);
    give(window, "Mask: strided");
    assert_int_equal(variant(window)->mask.width, 3);
}

static void a_cross_mask_needs_a_pair_and_goes_with_it(void **context)
{
    struct window *window = *context;
    give(window, "Mask: text to pair");
    assert_true(heed_variant_is_plain(variant(window)));
    window_leave_field(window);
    window_press(window, 'P', CTRL);
    window_type(window, "it ran");
    give(window, "Mask: text to pair");
    assert_int_equal(variant(window)->mask.kind, HEED_MASK_CROSS);
    assert_true(window_says(window, "cross mask"));
    window_press(window, 'P', CTRL);
    assert_null(window_state(window)->pair);
    assert_true(heed_variant_is_plain(variant(window)));
    window_press(window, 'Z', CTRL);
    assert_non_null(window_state(window)->pair);
    assert_int_equal(variant(window)->mask.kind, HEED_MASK_CROSS);
}

/* [CLS] a dog saw it [SEP] */
static void a_mask_and_cuts_leave_each_row_a_link(void **context)
{
    struct window *window = *context;
    start(window, "a dog saw it");
    for (int key = 0; key < 2; key++) {
        window_pin_pair(window, 1, key);
        window_press(window, 'X', CTRL | SHIFT);
    }
    assert_int_equal(window_state(window)->n_cuts, 2);
    give(window, "Mask: causal");
    assert_int_equal(variant(window)->mask.kind, HEED_MASK_FULL);
    assert_true(window_says(window, "would have nothing left to attend to"));
    assert_true(window_says(window, "put a cut link"));
    window_click(window, chip_target(0), 1, 0);
    give(window, "Mask: causal");
    assert_int_equal(variant(window)->mask.kind, HEED_MASK_CAUSAL);
    window_pin_pair(window, 1, 0);
    window_press(window, 'X', CTRL | SHIFT);
    assert_int_equal(window_state(window)->n_cuts, 1);
    assert_true(window_says(window, "in every head under the mask"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(each_is_a_command_and_one_step_to_undo),
        IN_WINDOW(what_was_trained_is_a_command_too),
        IN_WINDOW(a_width_is_stepped_within_its_limits),
        IN_WINDOW(a_cross_mask_needs_a_pair_and_goes_with_it),
        IN_WINDOW(a_mask_and_cuts_leave_each_row_a_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

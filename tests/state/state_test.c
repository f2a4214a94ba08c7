/* The state: first start, copies, shown heads and their colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scene/frame/off_words.h"
#include "state/interventions.h"
#include "state/state.h"

static struct heed_head_id head(int layer, int index)
{
    return (struct heed_head_id){(int16_t)layer, (int16_t)index};
}

static int color_of(const struct heed_state *state, struct heed_head_id id)
{
    int index = 0;
    return heed_state_shows(state, id, &index) ? state->shown[index].color : -1;
}

static int make(void **context)
{
    struct heed_state *state = malloc(sizeof(*state));
    *context = state;
    return heed_state_init(state, NULL) ? 0 : -1;
}

static int drop(void **context)
{
    heed_state_finish(*context);
    free(*context);
    return 0;
}

static void first_start_shows_the_example_and_three_heads(void **context)
{
    const struct heed_state *state = *context;
    assert_string_equal(state->text,
                        "The animal didn't cross the street because it was too tired.");
    assert_null(state->pair);
    assert_int_equal(state->n_shown, 3);
    assert_int_equal(color_of(state, head(0, 2)), 2);
    assert_int_equal(state->query.count, 0);
    assert_int_equal(state->view, HEED_VIEW_LINKS);
}

static void a_shown_head_takes_the_lowest_free_colour(void **context)
{
    struct heed_state *state = *context;
    heed_state_hide(state, head(0, 1));
    heed_state_show(state, head(5, 11));
    assert_int_equal(color_of(state, head(5, 11)), 1);
    heed_state_show(state, head(3, 1));
    assert_int_equal(color_of(state, head(3, 1)), 3);
    assert_int_equal(color_of(state, head(0, 2)), 2);
}

static void shown_heads_stand_by_layer_then_head(void **context)
{
    struct heed_state *state = *context;
    heed_state_show(state, head(5, 0));
    heed_state_show(state, head(2, 7));
    assert_int_equal(state->shown[3].id.layer, 2);
    assert_int_equal(state->shown[4].id.layer, 5);
    heed_state_show(state, head(2, 7));
    assert_int_equal(state->n_shown, 5);
}

static void the_matrix_head_is_one_that_is_shown(void **context)
{
    struct heed_state *state = *context;
    heed_state_show(state, head(4, 4));
    assert_int_equal(state->matrix_head.layer, 4);
    heed_state_hide(state, head(4, 4));
    assert_true(heed_state_shows(state, state->matrix_head, NULL));
    const struct heed_head_id only[] = {{3, 1}, {2, 2}};
    heed_state_show_only(state, only, 2);
    assert_int_equal(state->matrix_head.layer, 3);
    assert_int_equal(color_of(state, only[1]), 1);
}

static void heads_and_pins_that_do_not_exist_are_dropped(void **context)
{
    struct heed_state *state = *context;
    heed_state_show(state, head(11, 3));
    state->query = (struct heed_pin){3, 1};
    state->key = (struct heed_pin){9, 2};
    heed_state_fit(state, 6, 12, 10);
    assert_int_equal(state->n_shown, 3);
    assert_true(heed_state_shows(state, state->matrix_head, NULL));
    assert_int_equal(state->query.count, 1);
    assert_int_equal(state->key.count, 0);
    state->key = (struct heed_pin){1, 1};
    heed_state_fit(state, 6, 12, 3);
    assert_int_equal(state->query.count, 0);
    assert_int_equal(state->key.count, 0);
}

static void a_copy_is_equal_and_has_its_own_texts(void **context)
{
    struct heed_state *state = *context;
    struct heed_state other;
    assert_true(heed_state_set_pair(state, "two", 3, NULL));
    assert_true(heed_state_copy(&other, state, NULL));
    assert_true(heed_state_equal(state, &other));
    assert_ptr_not_equal(state->text, other.text);
    other.filter.top_k = 3;
    assert_false(heed_state_equal(state, &other));
    other.filter.top_k = 0;
    assert_true(heed_state_set_pair(&other, NULL, 0, NULL));
    assert_false(heed_state_equal(state, &other));
    heed_state_finish(&other);
}

static void text_that_is_not_utf8_or_too_long_is_refused(void **context)
{
    struct heed_state *state = *context;
    struct heed_error err = {0};
    const size_t size = HEED_MAX_TEXT + 1;
    char *text = malloc(size);
    memset(text, 'a', size);
    assert_false(heed_state_set_text(state, "a\xFFz", 3, &err));
    assert_non_null(strstr(err.text, "byte 1"));
    assert_false(heed_state_set_text(state, text, size, &err));
    assert_true(heed_state_set_text(state, text, size - 1, &err));
    free(text);
}

static void views_are_found_by_name_in_any_case(void **context)
{
    (void)context;
    enum heed_view view = HEED_VIEW_LINKS;
    assert_true(heed_view_find("mAtRiX", &view));
    assert_int_equal(view, HEED_VIEW_MATRIX);
    assert_false(heed_view_find("matrices", &view));
    assert_int_equal(view, HEED_VIEW_MATRIX);
}

static void more_heads_than_fit_are_left_out(void **context)
{
    struct heed_state *state = *context;
    for (int i = 0; i < HEED_MAX_SHOWN + 10; i++) {
        heed_state_show(state, head(i / 64, i % 64));
    }
    assert_int_equal(state->n_shown, HEED_MAX_SHOWN);
    assert_true(heed_state_shows(state, state->matrix_head, NULL));
}

static struct heed_cut_link link_of(struct heed_head_id id, int query, int key)
{
    return (struct heed_cut_link){id, {query, 1}, {key, 1}};
}

static void a_head_has_one_factor(void **context)
{
    struct heed_state *state = *context;
    assert_float_equal(heed_state_factor(state, head(1, 2)), 1, 0);
    assert_true(heed_state_set_factor(state, head(1, 2), 0.5F));
    assert_true(heed_state_set_factor(state, head(0, 7), 2));
    assert_int_equal(state->n_scaled, 2);
    assert_int_equal(state->scaled[0].id.layer, 0); /* by layer, then head */
    assert_true(heed_state_set_factor(state, head(1, 2), 0));
    assert_int_equal(state->n_scaled, 1);
    assert_true(heed_state_mutes(state, head(1, 2)));
    heed_state_toggle_muted(state, head(0, 7));
    assert_int_equal(state->n_scaled, 0);
    assert_true(heed_state_set_factor(state, head(0, 7), 1));
    assert_int_equal(state->n_muted, 1);
    for (int i = 0; i < HEED_MAX_SCALED; i++) {
        assert_true(heed_state_set_factor(state, head(2 + i / 16, i % 16), 3));
    }
    assert_false(heed_state_set_factor(state, head(1, 2), 3));
    assert_true(heed_state_mutes(state, head(1, 2)));
    assert_true(heed_state_set_factor(state, head(2, 0), 4));
}

static void links_of_a_pair_are_put_back_together(void **context)
{
    struct heed_state *state = *context;
    const struct heed_cut_link links[] = {link_of(head(1, 2), 3, 4), link_of(head(0, 1), 5, 4),
                                          link_of(head(2, 2), 3, 4)};
    struct heed_off off;
    for (int i = 0; i < 3; i++) {
        assert_true(heed_state_add_cut(state, &links[i]));
        assert_true(heed_state_add_cut(state, &links[i]));
    }
    assert_int_equal(state->n_cuts, 3);
    assert_int_equal(heed_state_count_off(state), 2);
    assert_true(heed_state_get_off(state, 0, &off));
    assert_int_equal(off.n_heads, 2);
    assert_false(heed_state_get_off(state, 2, &off));
    assert_false(heed_state_get_off(state, -1, &off));
    assert_true(heed_state_get_off(state, 0, &off));
    heed_state_put_back(state, &off);
    assert_int_equal(state->n_cuts, 1);
    assert_int_equal(state->cuts[0].query.first, 5);
    heed_state_all_on(state);
    for (int i = 0; i < HEED_MAX_CUTS; i++) {
        const struct heed_cut_link link = link_of(head(i / 16, i % 16), 3, 4);
        assert_true(heed_state_add_cut(state, &link));
    }
    assert_false(heed_state_add_cut(state, &links[1]));
    const struct heed_cut_link everywhere = link_of(head(-1, -1), 3, 4);
    assert_true(heed_state_add_cut(state, &everywhere));
    assert_int_equal(state->n_cuts, 1);
}

static void a_variant_is_put_back_part_by_part(void **context)
{
    struct heed_state *state = *context;
    const struct heed_state plain = *state;
    static const enum heed_off_kind kinds[] = {HEED_OFF_MASK, HEED_OFF_POSITIONS,
                                               HEED_OFF_ATTENTION};
    const struct heed_variant all = {
        {HEED_MASK_WINDOW, 5}, HEED_POSITIONS_SINUSOIDAL, HEED_ATTENTION_LINEAR};
    struct heed_off off;
    char text[64];
    heed_state_toggle_muted(state, head(0, 7));
    state->variant = all;
    assert_int_equal(heed_state_count_off(state), 4);
    for (int i = 0; i < 3; i++) {
        assert_true(heed_state_get_off(state, i, &off));
        assert_int_equal(off.kind, kinds[i]);
    }
    assert_true(heed_state_get_off(state, 3, &off));
    assert_int_equal(off.kind, HEED_OFF_MUTED);
    assert_false(heed_state_get_off(state, 4, &off));
    assert_true(heed_state_get_off(state, 0, &off));
    heed_off_text(NULL, 0, NULL, &off, text, sizeof(text));
    assert_string_equal(text, "window mask \xC2\xB1"
                              "5");
    for (int i = 0; i < 3; i++) {
        assert_true(heed_state_get_off(state, 0, &off));
        heed_state_put_back(state, &off);
        assert_false(heed_state_same_off(state, &plain));
        assert_int_equal(heed_state_count_off(state), 3 - i);
    }
    assert_true(heed_variant_is_plain(&state->variant));
    assert_true(heed_state_mutes(state, head(0, 7)));
    state->variant = all;
    heed_state_all_on(state);
    assert_true(heed_state_same_off(state, &plain));
}

static void each_part_of_a_variant_makes_another_state(void **context)
{
    struct heed_state *state = *context;
    struct heed_state copy;
    assert_true(heed_state_copy(&copy, state, NULL));
    copy.variant.mask = heed_mask_of(HEED_MASK_CAUSAL, 0);
    assert_false(heed_state_equal(&copy, state));
    copy.variant = state->variant;
    copy.variant.positions = HEED_POSITIONS_OFF;
    assert_false(heed_state_equal(&copy, state));
    copy.variant = state->variant;
    copy.variant.attention = HEED_ATTENTION_FLASH;
    assert_false(heed_state_equal(&copy, state));
    copy.variant = state->variant;
    assert_true(heed_state_equal(&copy, state));
    heed_state_finish(&copy);
}

static void a_cross_mask_goes_with_the_pair(void **context)
{
    struct heed_state *state = *context;
    assert_true(heed_state_set_pair(state, "x", 1, NULL));
    state->variant.mask = heed_mask_of(HEED_MASK_CROSS, 0);
    assert_true(heed_state_set_pair(state, "y", 1, NULL));
    assert_int_equal(state->variant.mask.kind, HEED_MASK_CROSS);
    assert_true(heed_state_set_pair(state, NULL, 0, NULL));
    assert_int_equal(state->variant.mask.kind, HEED_MASK_FULL);
}

static void what_is_off_fits_model_and_text(void **context)
{
    struct heed_state *state = *context;
    struct heed_state copy;
    const struct heed_cut_link links[] = {link_of(head(-1, -1), 3, 4), link_of(head(5, 0), 3, 4),
                                          link_of(head(0, 0), 9, 4), link_of(head(0, 0), 3, 9)};
    for (int i = 0; i < 4; i++) {
        assert_true(heed_state_add_cut(state, &links[i]));
    }
    assert_true(heed_state_set_factor(state, head(5, 0), 2));
    assert_true(heed_state_set_factor(state, head(0, 11), 2));
    assert_true(heed_state_copy(&copy, state, NULL));
    assert_true(heed_state_equal(&copy, state));
    copy.scaled[0].factor = 3;
    assert_false(heed_state_equal(&copy, state));
    copy.scaled[0].factor = state->scaled[0].factor;
    copy.cuts[3].key.first = 8;
    assert_false(heed_state_equal(&copy, state));
    heed_state_finish(&copy);
    heed_state_fit(state, 2, 4, 9);
    assert_int_equal(state->n_scaled, 0);
    assert_int_equal(state->n_cuts, 1);
    assert_true(heed_cut_is_everywhere(&state->cuts[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(first_start_shows_the_example_and_three_heads, make, drop),
        cmocka_unit_test_setup_teardown(a_shown_head_takes_the_lowest_free_colour, make, drop),
        cmocka_unit_test_setup_teardown(shown_heads_stand_by_layer_then_head, make, drop),
        cmocka_unit_test_setup_teardown(the_matrix_head_is_one_that_is_shown, make, drop),
        cmocka_unit_test_setup_teardown(heads_and_pins_that_do_not_exist_are_dropped, make, drop),
        cmocka_unit_test_setup_teardown(a_copy_is_equal_and_has_its_own_texts, make, drop),
        cmocka_unit_test_setup_teardown(text_that_is_not_utf8_or_too_long_is_refused, make, drop),
        cmocka_unit_test_setup_teardown(views_are_found_by_name_in_any_case, make, drop),
        cmocka_unit_test_setup_teardown(more_heads_than_fit_are_left_out, make, drop),
        cmocka_unit_test_setup_teardown(a_head_has_one_factor, make, drop),
        cmocka_unit_test_setup_teardown(a_variant_is_put_back_part_by_part, make, drop),
        cmocka_unit_test_setup_teardown(each_part_of_a_variant_makes_another_state, make, drop),
        cmocka_unit_test_setup_teardown(a_cross_mask_goes_with_the_pair, make, drop),
        cmocka_unit_test_setup_teardown(links_of_a_pair_are_put_back_together, make, drop),
        cmocka_unit_test_setup_teardown(what_is_off_fits_model_and_text, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

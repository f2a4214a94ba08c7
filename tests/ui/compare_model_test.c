/* Compare in the window on a small model's own results: pins of words that
 * only B has, tips, choices, and what an edit of either text does to them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/display_list.h"
#include "draw/hit.h"
#include "other_model.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"
#include "state/commands.h"
#include "state/event.h"
#include "state/state.h"
#include "tiny_model.h"
#include "ui/input/spoken.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/window.h"
#include "window_rig.h"

static void write_second(struct window *window, const char *text)
{
    window_press(window, 'L', CTRL | SHIFT);
    window_press(window, 'A', CTRL);
    window_type(window, text);
    window_leave_field(window);
}

static void write_first(struct window *window, const char *text)
{
    window_press(window, 'L', CTRL);
    window_press(window, 'A', CTRL);
    window_type(window, text);
    window_leave_field(window);
}

static void open_texts(struct window *window, const char *a, const char *b)
{
    window_leave_field(window);
    window_press(window, '7', 0);
    write_first(window, a);
    write_second(window, b);
    assert_string_equal(window_state(window)->text, a);
    assert_string_equal(window_state(window)->compare, b);
}

static struct heed_target word_of_b(enum heed_target_kind kind, int first)
{
    struct heed_target target = token_target(kind, first);
    target.flags = HEED_TARGET_FLAG_B;
    return target;
}

static void a_word_that_only_b_has_is_pinned_by_a_click(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the very old dog ran");
    window_click(window, word_of_b(HEED_TARGET_QUERY, 2), 1, 0);
    assert_true(window_state(window)->query.in_b);
    assert_int_equal(window_state(window)->query.first, 2);
    assert_true(window_says(window, "only in B"));
    assert_true(window_says(window, "A has no"));
    window_click(window, word_of_b(HEED_TARGET_KEY, 3), 1, 0);
    assert_true(window_state(window)->key.in_b);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->key.count, 0);
    window_press(window, 'Z', CTRL);
    assert_true(window_state(window)->key.in_b);
}

static void a_click_on_a_ranked_head_shows_it_and_shift_adds(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the very old dog ran");
    heed_ui_resize(window->ui, 1600, 1000, 1);
    window_build(window);
    struct heed_target rows[2];
    int n = 0;
    for (size_t i = 0; i < window->list->n_items && n < 2; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && item->target.flags == HEED_TARGET_FLAG_COMPARED) {
            rows[n++] = item->target;
        }
    }
    assert_int_equal(n, 2);
    const struct heed_state *state = window_state(window);
    window_click(window, rows[0], 1, 0);
    assert_int_equal(state->n_shown, 1);
    assert_int_equal(state->shown[0].id.layer, rows[0].a);
    assert_int_equal(state->shown[0].id.head, rows[0].b);
    window_click(window, rows[1], 1, SHIFT);
    assert_int_equal(state->n_shown, 2);
    window_click(window, rows[1], 1, 0);
    assert_int_equal(state->n_shown, 1);
    assert_int_equal(state->shown[0].id.head, rows[1].b);
}

static void a_pin_of_b_goes_with_the_view(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the very old dog ran");
    window_click(window, word_of_b(HEED_TARGET_QUERY, 2), 1, 0);
    window_press(window, '1', 0);
    assert_int_equal(window_state(window)->query.count, 0);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->view, HEED_VIEW_COMPARE);
    assert_true(window_state(window)->query.in_b);
}

static void a_pin_of_b_follows_its_word(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the very old dog ran");
    window_click(window, word_of_b(HEED_TARGET_QUERY, 2), 1, 0);
    window_press(window, 'L', CTRL | SHIFT);
    window_press(window, HEED_KEY_HOME, 0);
    window_type(window, "not ");
    assert_true(window_state(window)->query.in_b);
    assert_int_equal(window_state(window)->query.first, 3);
    /* Undo brings back the text and the pin's place in it. */
    window_press(window, 'Z', CTRL);
    assert_string_equal(window_state(window)->compare, "the very old dog ran");
    assert_int_equal(window_state(window)->query.first, 2);
    /* Once A has the word, the pin is A's. */
    write_first(window, "the very old dog ran");
    assert_false(window_state(window)->query.in_b);
    assert_int_equal(window_state(window)->query.first, 2);
}

static void a_deleted_word_of_b_is_unpinned_and_said(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the very old dog ran");
    window_click(window, word_of_b(HEED_TARGET_QUERY, 2), 1, 0);
    window_press(window, 'Z', 0); /* copies A to B */
    assert_string_equal(window_state(window)->compare, "the dog ran");
    assert_int_equal(window_state(window)->query.count, 0);
    assert_true(window_says(window, "in the text any more"));
}

static void a_link_of_either_side_tells_both_numbers(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the very old dog ran");
    window_click(window, token_target(HEED_TARGET_QUERY, 1), 1, 0);
    int above = 0, below = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_TRIANGLE && item->target.kind == HEED_TARGET_LINK) {
            above += item->target.flags == 0;
            below += item->target.flags == HEED_TARGET_FLAG_B;
        }
    }
    assert_true(above > 0);
    assert_true(below > above); /* B has more words */
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_TRIANGLE && item->target.flags == HEED_TARGET_FLAG_B) {
            window_move_to(window, item->as.triangle.x2, item->as.triangle.y2 + 4);
            break;
        }
    }
    assert_true(window_says(window, "A ") && window_says(window, " B "));
}

static void choices_are_state_and_undone(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the old dog ran");
    window_click(window, command_target(HEED_COMMAND_COMPARE_MAP, HEED_COMPARE_LAYERS + 1), 1, 0);
    assert_int_equal(window_state(window)->compare_map, HEED_COMPARE_LAYERS);
    assert_true(window_says(window, "Hidden states"));
    window_press(window, 'M', SHIFT);
    assert_int_equal(window_state(window)->compare_map, HEED_COMPARE_DIFFERENCE);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->compare_map, HEED_COMPARE_LAYERS);
    window_click(window, token_target(HEED_TARGET_QUERY, 1), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    assert_true(window_says(window, "Change of link"));
    window_click(window, command_target(HEED_COMMAND_COMPARE_RANK, 0), 1, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->compare_rank, HEED_COMPARE_BY_MAP);
    assert_true(window_says(window, "Whole map"));
    window_press(window, 'Z', CTRL);
    assert_true(window_says(window, "Change of link"));
}

static int count_maps(const struct window *window)
{
    int n = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        n += window->list->items[i].target.kind == HEED_TARGET_CELL;
    }
    return n;
}

static void a_low_window_shows_three_maps_or_the_heads(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the old dog ran");
    assert_int_equal(count_maps(window), 3);
    assert_true(window_says(window, "L0H0"));
    heed_ui_resize(window->ui, 1024, 700, 1);
    window_build(window);
    assert_int_equal(count_maps(window), 3);
    window_press(window, 'H', SHIFT);
    assert_true(window_state(window)->compare_heads);
    assert_int_equal(count_maps(window), 0);
    window_click(window, command_target(HEED_COMMAND_COMPARE_TAB, 1), 1, 0);
    assert_int_equal(count_maps(window), 3);
    window_press(window, 'H', SHIFT);
    window_press(window, 'M', SHIFT); /* another map is seen at once */
    assert_false(window_state(window)->compare_heads);
    assert_true(window_says(window, "cosine"));
}

static void a_cell_of_any_map_pins_its_pair(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the old dog ran");
    struct heed_target cell = {.kind = HEED_TARGET_CELL, .a = 0, .b = 0, .c = 1 + HEED_COMPARE_B};
    const struct heed_item *map = NULL;
    for (size_t i = 0; i < window->list->n_items; i++) {
        if (heed_target_equal(window->list->items[i].target, cell)) {
            map = &window->list->items[i];
        }
    }
    assert_non_null(map);
    const struct heed_rect r = map->as.heatmap.rect;
    /* Row 2 is "old", which A lacks; column 1 is "the". */
    window_click_at(window, r.x + 1.5F * r.w / 6, r.y + 2.5F * r.h / 6, 1, 0);
    assert_true(window_state(window)->query.in_b);
    assert_int_equal(window_state(window)->query.first, 2);
    assert_false(window_state(window)->key.in_b);
    assert_int_equal(window_state(window)->key.first, 1);
    /* The keyboard walks there and stays inside. */
    for (int i = 0; i < 9; i++) {
        window_press(window, HEED_KEY_DOWN, 0);
    }
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->query.first, 4);
}

/* What each head's margin of "dog" over "home" changes by, calculated once more. */
static float margin_change(const struct heed_result *result, int layer, int head)
{
    const struct heed_maps *maps[] = {result->maps, result->compare->result->maps};
    float margins[2];
    for (int i = 0; i < 2; i++) {
        const float *row = heed_maps_row(maps[i], layer, head, 6);
        margins[i] = row[2] - row[4];
    }
    return margins[1] - margins[0];
}

static void candidates_are_marked_by_ctrl_click_and_the_heads_that_move_most_shown(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran home and it was old", "the dog ran home and it was new");
    assert_true(window_says(window, "Mark two words as candidates"));
    window_click(window, token_target(HEED_TARGET_QUERY, 6), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, CTRL);
    window_click(window, token_target(HEED_TARGET_KEY, 4), 1, CTRL);
    assert_int_equal(window_state(window)->n_candidates, 2);
    assert_int_equal(window_state(window)->key.count, 0);
    assert_true(window_says(window, "Show the 3 that move most"));
    window_press(window, 'T', SHIFT);
    assert_int_equal(window_state(window)->n_shown, 3);
    float least = 1;
    for (int i = 0; i < 3; i++) {
        const struct heed_head_id id = window_state(window)->shown[i].id;
        least = fminf(least, fabsf(margin_change(window->ui->result, id.layer, id.head)));
    }
    for (int i = 0; i < 8; i++) {
        const struct heed_head_id id = {(int16_t)(i / 4), (int16_t)(i % 4)};
        if (!heed_state_shows(window_state(window), id, NULL)) {
            assert_true(fabsf(margin_change(window->ui->result, id.layer, id.head)) <= least);
        }
    }
    window_press(window, 'Z', CTRL);
    assert_true(window_shows(window, 0, 0));
    window_click(window, token_target(HEED_TARGET_KEY, 4), 1, CTRL);
    assert_int_equal(window_state(window)->n_candidates, 1);
}

static void changed_words_stand_out_in_both_fields(void **context)
{
    struct window *window = *context;
    open_texts(window, "the dog ran", "the old cat ran");
    int marks[2] = {0, 0};
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->target.kind == HEED_TARGET_TEXT_FIELD && item->kind == HEED_ITEM_RECT &&
            item->as.rect.radius == 4) {
            marks[item->target.a]++;
        }
    }
    assert_int_equal(marks[0], 1);
    assert_int_equal(marks[1], 2);
}

/* B of a model with other words and fewer heads a layer. */
static void open_other_model(struct window *window)
{
    struct heed_state state;
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    assert_true(heed_state_set_compare_model(&state, other_model_make(), NULL));
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_answer(window);
    window_build(window);
    other_model_drop();
}

/* Its two segments say why, a key does, and neither changes anything. */
static void pieces_or_words_is_no_choice_between_two_vocabularies(void **context)
{
    struct window *window = *context;
    open_texts(window, "the old dog ran", "the animal ran home");
    open_other_model(window);
    int n_idle = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && item->target.kind == HEED_TARGET_COMMAND &&
            item->target.a == HEED_COMMAND_WORDS) {
            n_idle += item->target.flags == HEED_TARGET_FLAG_IDLE;
        }
    }
    assert_int_equal(n_idle, 2);
    window_press(window, 'W', 0);
    assert_false(window_state(window)->filter.words);
    assert_true(window_says(window, "The two vocabularies differ: whole words are compared."));
    window_press(window, '1', 0); /* in the other views it is one */
    window_press(window, 'W', 0);
    assert_true(window_state(window)->filter.words);
}

/* B of a model with other words and fewer heads a layer. */
static void compare_with_other_words(struct window *window)
{
    struct heed_state state;
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    assert_true(heed_state_set_compare_model(&state, other_model_make(), NULL));
    heed_state_show_only(&state, (struct heed_head_id[]){{0, 3}, {1, 0}}, 2);
    state.matrix_head = (struct heed_head_id){0, 3};
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_answer(window);
    window_build(window);
    other_model_drop();
}

/* Why A's map is alone stands beside it: the row above has the tabs. */
static void a_low_window_s_lonely_map_leaves_its_tabs_free(void **context)
{
    struct window *window = *context;
    open_texts(window, "the old dog ran", "the animal ran home");
    heed_ui_resize(window->ui, 1280, 720, 1);
    compare_with_other_words(window);
    float tabs = 0, why = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const bool is_text = item->kind == HEED_ITEM_TEXT;
        if (is_text && strcmp(item->as.text.text, "Heads") == 0 && item->as.text.x > 310) {
            tabs = item->as.text.y;
        } else if (is_text && strstr(item->as.text.text, "model has no") != NULL) {
            why = item->as.text.y; /* the last: of the map */
        }
    }
    assert_true(tabs > 0);
    assert_true(why > tabs + 20);
}

/* The band of the lecture hall holds the caveat to its end. */
static void the_projected_band_holds_what_it_says_of_two_models(void **context)
{
    struct window *window = *context;
    open_texts(window, "the old dog ran", "the animal ran home");
    heed_ui_resize(window->ui, 1280, 720, 1);
    compare_with_other_words(window);
    window_press(window, HEED_KEY_F1 + 4, 0);
    assert_true(window_state(window)->projector);
    const struct heed_rect band = window->ui->layout.caption;
    bool is_whole = false;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_TEXT && item->as.text.y > band.y) {
            assert_null(strstr(item->as.text.text, "\xE2\x80\xA6"));
            is_whole |= strstr(item->as.text.text, "cut otherwise") != NULL;
        }
    }
    assert_true(is_whole);
}

static bool speaks(struct window *window, const char *name)
{
    struct heed_spoken_tree tree = {0};
    bool found = false;
    assert_true(heed_ui_speak(window->ui, &tree));
    for (int i = 0; i < tree.n; i++) {
        found |= strcmp(tree.items[i].name, name) == 0;
    }
    heed_spoken_finish(&tree);
    return found;
}

/* Fields and weights are called by their side, and that by its model where there are two. */
static void what_is_spoken_tells_two_models_apart(void **context)
{
    struct window *window = *context;
    open_texts(window, "the old dog ran", "the animal ran home");
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    assert_true(speaks(window, "Text of A"));
    assert_true(speaks(window, "Text of B"));
    open_other_model(window);
    assert_true(speaks(window, "Text of A (tiny-bert)"));
    assert_true(speaks(window, "Text of B (other-words)"));
    assert_true(speaks(window, "Weights of \xE2\x80\x9C"
                               "dog\xE2\x80\x9D of A (tiny-bert)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_word_that_only_b_has_is_pinned_by_a_click),
        IN_WINDOW(a_click_on_a_ranked_head_shows_it_and_shift_adds),
        IN_WINDOW(a_pin_of_b_goes_with_the_view),
        IN_WINDOW(a_pin_of_b_follows_its_word),
        IN_WINDOW(a_deleted_word_of_b_is_unpinned_and_said),
        IN_WINDOW(a_link_of_either_side_tells_both_numbers),
        IN_WINDOW(choices_are_state_and_undone),
        IN_WINDOW(a_low_window_shows_three_maps_or_the_heads),
        IN_WINDOW(a_cell_of_any_map_pins_its_pair),
        IN_WINDOW(candidates_are_marked_by_ctrl_click_and_the_heads_that_move_most_shown),
        IN_WINDOW(changed_words_stand_out_in_both_fields),
        IN_WINDOW(a_low_window_s_lonely_map_leaves_its_tabs_free),
        IN_WINDOW(the_projected_band_holds_what_it_says_of_two_models),
        IN_WINDOW(what_is_spoken_tells_two_models_apart),
        IN_WINDOW(pieces_or_words_is_no_choice_between_two_vocabularies),
    };
    return cmocka_run_group_tests(tests, tiny_model_open, tiny_model_close);
}

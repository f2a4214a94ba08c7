/* Marked candidates: by menu and key, their mark, their margin in the head
 * map and the inspector, what an edit takes away, the ranking of all heads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_result.h"
#include "scene/frame/frame.h"
#include "scene/parts/candidate_words.h"
#include "scene/widgets/widgets.h"
#include "ui/ui.h"
#include "window_rig.h"

/* "The animal didn't cross the street because it was too tired.": the words'
 * first tokens there ("because" is two pieces). */
enum { ANIMAL = 2, STREET = 8, BECAUSE = 9, IT = 11 };

static struct heed_target row(enum heed_command command, int argument)
{
    struct heed_target target = command_target(command, argument);
    target.flags = 0x100;
    return target;
}

static void point_at(struct window *window, struct heed_target target)
{
    float x = 0;
    float y = 0;
    assert_true(window_find(window, target, &x, &y));
    window_move_to(window, x, y);
}

static void mark(struct window *window, int token)
{
    point_at(window, token_target(HEED_TARGET_KEY, token));
    window_press(window, 'C', SHIFT);
}

/* Links with "it" pinned and both nouns marked. */
static void open_marked(struct window *window)
{
    window_leave_field(window);
    window_click(window, token_target(HEED_TARGET_QUERY, IT), 1, 0);
    mark(window, STREET);
    mark(window, ANIMAL);
    window_move_to(window, 800, 990);
}

static int count_lines_of(const struct window *window, struct heed_target target)
{
    int n = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        n += item->kind == HEED_ITEM_LINE && heed_target_equal(item->target, target);
    }
    return n;
}

static void a_key_marks_the_word_under_the_pointer_and_unmarks_it(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    const struct heed_target street = token_target(HEED_TARGET_KEY, STREET);
    const int before = count_lines_of(window, street);
    mark(window, STREET);
    assert_int_equal(window_state(window)->n_candidates, 1);
    assert_int_equal(window_state(window)->candidates[0].first, STREET);
    assert_int_equal(count_lines_of(window, street), before + 3);
    assert_true(window_says(window, "is a candidate"));
    mark(window, STREET);
    assert_int_equal(window_state(window)->n_candidates, 0);
    assert_int_equal(count_lines_of(window, street), before);
}

static void the_menu_marks_a_whole_word_though_a_piece_was_meant(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_right_click(window, token_target(HEED_TARGET_KEY, BECAUSE + 1));
    assert_true(window_says(window, "as a candidate"));
    window_click(window, row(HEED_COMMAND_CANDIDATE, 0), 1, 0);
    assert_int_equal(window_state(window)->n_candidates, 1);
    assert_int_equal(window_state(window)->candidates[0].first, BECAUSE);
    assert_int_equal(window_state(window)->candidates[0].count, 2);
    window_right_click(window, token_target(HEED_TARGET_KEY, BECAUSE));
    assert_true(window_says(window, "Unmark "));
}

static void marking_is_undone_and_done_again(void **context)
{
    struct window *window = *context;
    open_marked(window);
    assert_int_equal(window_state(window)->n_candidates, 2);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_candidates, 1);
    window_press(window, 'Z', CTRL | SHIFT);
    assert_int_equal(window_state(window)->n_candidates, 2);
    assert_int_equal(window_state(window)->candidates[0].first, ANIMAL);
}

/* Else the two would look like one frame that is drawn twice. */
static void its_bracket_stands_below_a_pinned_word_s_frame(void **context)
{
    struct window *window = *context;
    const struct heed_target street = token_target(HEED_TARGET_KEY, STREET);
    open_marked(window);
    window_click(window, street, 1, 0);
    window_move_to(window, 800, 990);
    float bottom = 0;
    int n_lines = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (!heed_target_equal(item->target, street)) {
            continue;
        }
        if (item->kind == HEED_ITEM_RECT && item->as.rect.stroke.width > 0) {
            bottom = item->as.rect.rect.y + item->as.rect.rect.h;
        } else if (item->kind == HEED_ITEM_LINE) {
            n_lines++;
            assert_true(bottom > 0 && item->as.line.y0 > bottom - 1 &&
                        item->as.line.y1 > bottom - 1);
        }
    }
    assert_int_equal(n_lines, 3);
}

static void two_candidates_colour_the_map_by_their_margin(void **context)
{
    struct window *window = *context;
    open_marked(window);
    assert_int_equal(window_state(window)->color_by, HEED_COLOR_BY_MARGIN);
    assert_true(window_says(window, "animal \xE2\x88\x92 street"));
    assert_true(window_says(window, "Margin by layer"));
    window_click(window, token_target(HEED_TARGET_KEY, STREET), 1, 0);
    assert_true(window_says(window, "street \xE2\x88\x92 animal"));
    window_press(window, HEED_KEY_ESCAPE, 0); /* the key */
    window_press(window, HEED_KEY_ESCAPE, 0); /* the query */
    assert_int_equal(window_state(window)->n_candidates, 2);
    assert_true(window_says(window, "Pin the word that could mean them"));
    assert_false(window_says(window, "Margin by layer"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->n_candidates, 0);
}

static void the_margin_is_the_answer_minus_the_best_other(void **context)
{
    struct window *window = *context;
    open_marked(window);
    mark(window, 1);
    struct heed_job job = heed_ui_get_job(window->ui, 1);
    const struct heed_result *result = fake_result_create(&job);
    const struct heed_frame frame = {.state = window_state(window), .result = result};
    struct heed_margin_request request;
    assert_true(heed_candidates_have_margin(&frame, &request));
    assert_int_equal(request.n, 3);
    assert_int_equal(request.keys[request.answer].first, 1);
    struct heed_margin_head heads[FAKE_LAYERS * FAKE_HEADS];
    heed_margin_heads(heads, &request, HEED_MARGIN_BY_MARGIN);
    for (int h = 0; h < FAKE_LAYERS * FAKE_HEADS; h++) {
        const float *it = heed_maps_row(result->maps, heads[h].layer, heads[h].head, IT);
        const float other = it[ANIMAL] > it[STREET] ? it[ANIMAL] : it[STREET];
        assert_float_equal(heads[h].margin, it[1] - other, 1e-6);
        assert_true(h == 0 || heads[h].margin <= heads[h - 1].margin);
    }
    heed_result_release(result);
}

static void an_edit_that_removes_a_candidate_says_so_by_its_name(void **context)
{
    struct window *window = *context;
    open_marked(window);
    static const char text[] = "The animal didn't cross it, because it was tired.";
    window_press(window, '/', 0);
    window_press(window, 'A', CTRL);
    window_paste(window, text, sizeof(text) - 1);
    assert_int_equal(window_state(window)->n_candidates, 1);
    assert_int_equal(window_state(window)->candidates[0].first, ANIMAL);
    assert_true(window_says(window, "\xE2\x80\x9Cstreet\xE2\x80\x9D"));
    assert_true(window_says(window, "it is no candidate now"));
    window_type(window, "x");
    assert_true(window_says(window, "it is no candidate now"));
    window->time += 10;
    window_type(window, "y");
    assert_false(window_says(window, "it is no candidate now"));
    window_press(window, 'Z', CTRL);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->n_candidates, 2);
}

static void an_edit_that_removes_the_pinned_words_says_what_went(void **context)
{
    struct window *window = *context;
    open_marked(window);
    window_click(window, token_target(HEED_TARGET_KEY, STREET), 1, 0);
    static const char text[] = "Nobody.";
    window_press(window, '/', 0);
    window_press(window, 'A', CTRL);
    window_paste(window, text, sizeof(text) - 1);
    assert_int_equal(window_state(window)->query.count, 0);
    assert_int_equal(window_state(window)->n_candidates, 0);
    assert_true(window_says(window, "\xE2\x80\x9Cit\xE2\x80\x9D"));
    assert_true(window_says(window, "query and key were unpinned, and they are no "
                                    "candidates now"));
}

static void words_before_the_candidates_move_them_along(void **context)
{
    struct window *window = *context;
    open_marked(window);
    window_press(window, '/', 0);
    window_press(window, HEED_KEY_HOME, CTRL);
    window_type(window, "Yes ");
    assert_int_equal(window_state(window)->n_candidates, 2);
    assert_int_equal(window_state(window)->candidates[0].first, ANIMAL + 1);
    assert_int_equal(window_state(window)->candidates[1].first, STREET + 1);
}

static int count_ranked(const struct window *window)
{
    int n = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        n += item->kind == HEED_ITEM_HOTSPOT && item->target.kind == HEED_TARGET_HEAD &&
             item->target.flags == 4;
    }
    return n;
}

static void the_ranking_lists_heads_by_margin_or_by_weight(void **context)
{
    struct window *window = *context;
    open_marked(window);
    window_press(window, 'D', 0);
    assert_true(window_says(window, "has its largest margin in"));
    assert_true(window_says(window, "Heads ranked"));
    assert_true(window_says(window, "share"));
    assert_int_equal(count_ranked(window), 8);
    window_click(window, command_target(HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_LINK + 1), 1, 0);
    assert_int_equal(window_state(window)->color_by, HEED_COLOR_BY_LINK);
    window_click(window, command_target(HEED_COMMAND_RANK_ALL, HEED_RANKING_INSPECTOR), 1, 0);
    assert_true(count_ranked(window) > 8);
    /* No other ranking unfolds with it. */
    assert_int_equal(window->ui->unfolded, 1U << HEED_RANKING_INSPECTOR);
}

static void what_cant_be_ranked_by_is_said_with_the_remedy(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_click(window, token_target(HEED_TARGET_QUERY, BECAUSE + 1), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, ANIMAL), 1, 0);
    assert_true(window_says(window, "Heads ranked"));
    assert_false(window_says(window, "is a part of"));
    window_press(window, 'W', 0); /* words merged: the second piece of "because" is no unit */
    assert_true(window_state(window)->filter.words);
    assert_int_equal(count_ranked(window), 0);
    assert_true(window_says(window, "Heads ranked"));
    assert_true(window_says(window, "is a part of"));
    window_press(window, 'W', 0);
    assert_int_equal(count_ranked(window), 8);
    /* A part among the candidates is left out, and said so. */
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, HEED_KEY_ESCAPE, 0);
    open_marked(window);
    mark(window, BECAUSE + 1); /* which marks the word; a session may have a part of one */
    assert_int_equal(window_state(window)->n_candidates, 3);
    window->ui->now.state.candidates[2] = (struct heed_pin){BECAUSE + 1, 1};
    window_press(window, 'W', 0);
    assert_true(window_says(window, "Left out"));
    assert_true(window_says(window, "is a part of"));
    assert_true(count_ranked(window) > 0);
    window_press(window, 'W', 0);
    assert_false(window_says(window, "Left out"));
}

static void a_row_of_the_ranking_shows_its_head(void **context)
{
    struct window *window = *context;
    open_marked(window);
    struct heed_target first = {0};
    for (size_t i = 0; i < window->list->n_items && first.kind == 0; i++) {
        const struct heed_target target = window->list->items[i].target;
        if (target.kind == HEED_TARGET_HEAD && target.flags == 4 &&
            !window_shows(window, target.a, target.b)) {
            first = target;
        }
    }
    assert_int_equal(first.kind, HEED_TARGET_HEAD);
    window_click(window, first, 1, 0);
    assert_true(window_shows(window, first.a, first.b));
}

static void a_hidden_candidate_is_left_out_and_comes_back(void **context)
{
    struct window *window = *context;
    open_marked(window);
    mark(window, 0); /* [CLS] */
    assert_int_equal(window_state(window)->n_candidates, 3);
    assert_true(window_says(window, "best of 2"));
    window_press(window, 'S', 0);
    assert_int_equal(window_state(window)->n_candidates, 3);
    assert_true(window_says(window, "animal \xE2\x88\x92 street"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_key_marks_the_word_under_the_pointer_and_unmarks_it),
        IN_WINDOW(the_menu_marks_a_whole_word_though_a_piece_was_meant),
        IN_WINDOW(marking_is_undone_and_done_again),
        IN_WINDOW(its_bracket_stands_below_a_pinned_word_s_frame),
        IN_WINDOW(two_candidates_colour_the_map_by_their_margin),
        IN_WINDOW(the_margin_is_the_answer_minus_the_best_other),
        IN_WINDOW(an_edit_that_removes_a_candidate_says_so_by_its_name),
        IN_WINDOW(an_edit_that_removes_the_pinned_words_says_what_went),
        IN_WINDOW(words_before_the_candidates_move_them_along),
        IN_WINDOW(the_ranking_lists_heads_by_margin_or_by_weight),
        IN_WINDOW(what_cant_be_ranked_by_is_said_with_the_remedy),
        IN_WINDOW(a_row_of_the_ranking_shows_its_head),
        IN_WINDOW(a_hidden_candidate_is_left_out_and_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

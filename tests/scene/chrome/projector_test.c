/* Projector mode: only the picture, large, and a caption that says in words
 * what is pinned. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/result.h"
#include "draw/fit.h"
#include "fake_result.h"
#include "render/record/record.h"
#include "ui/ui.h"
#include "ui/window/run.h"
#include "window_rig.h"

static void project(struct window *window)
{
    window_press(window, HEED_KEY_F1 + 4, 0);
    assert_true(window_state(window)->projector);
}

static void f5_shows_only_the_picture_and_esc_leaves(void **context)
{
    struct window *window = *context;
    assert_true(window->built.text_input);
    assert_false(window->built.fullscreen);
    project(window);
    assert_true(window->built.fullscreen);
    assert_false(window->built.text_input);
    assert_false(window_says(window, "Ctrl K"));
    assert_false(window_says(window, "Filters"));
    assert_true(window_says(window, "Point at a word"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_state(window)->projector);
    assert_false(window->built.fullscreen);
    assert_true(window_says(window, "Filters"));
}

static void f11_and_alt_enter_fill_the_screen_at_the_desk(void **context)
{
    struct window *window = *context;
    window_press(window, HEED_KEY_F1 + 10, 0);
    assert_true(window->built.fullscreen);
    assert_true(window_says(window, "Filters"));
    window_press(window, HEED_KEY_ENTER, HEED_MOD_ALT);
    assert_false(window->built.fullscreen);
}

/* The headline is of a head on screen, and its number that head's. */
static void the_headline_speaks_of_the_head_on_screen(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    window_press(window, '3', HEED_MOD_ALT);
    window_press(window, '.', 0);
    const struct heed_head_id id = window_state(window)->matrix_head;
    assert_int_equal(id.head, 1);
    project(window);
    window_move_to(window, 5, 995);
    const struct heed_job job = heed_ui_get_job(window->ui, 99);
    const struct heed_result *result = fake_result_create(&job);
    const struct heed_maps *maps = result->maps;
    const float *row = heed_maps_row(maps, id.layer, id.head, 5);
    int best = 0;
    for (int i = 0; i < maps->n; i++) {
        best = row[i] > row[best] ? i : best;
    }
    char words[160];
    snprintf(words, sizeof(words),
             "L0H1: \xE2\x80\x9C%s\xE2\x80\x9D looks most at \xE2\x80\x9C%s\xE2\x80\x9D %.3f",
             maps->units[5].label, maps->units[best].label, (double)row[best]);
    assert_true(window_says(window, words));
    heed_result_release(result);
}

static void a_pair_is_said_with_every_shown_head(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    project(window);
    window_move_to(window, 5, 995);
    assert_true(window_says(window, "looks at \xE2\x80\x9C"));
    assert_true(window_says(window, "L0H2 0."));
}

/* The sentence stands in the picture; the band has room for what it doesn't say. */
static void the_sentence_isnt_repeated(void **context)
{
    struct window *window = *context;
    project(window);
    assert_false(window_says(window, window_state(window)->text));
    assert_true(window_says(window, "L0H0, L0H1, L0H2"));
}

static void a_text_is_typed_over_the_picture(void **context)
{
    struct window *window = *context;
    project(window);
    window_press(window, '/', 0);
    assert_true(window_state(window)->projector);
    assert_true(window->built.text_input);
    assert_true(window->ui->layout.field.w > 0);
    window_type(window, "!");
    assert_non_null(strchr(window_state(window)->text, '!'));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_true(window_state(window)->projector);
    assert_false(window->built.text_input);
    assert_true(window->ui->layout.field.w == 0);
}

static bool is_blank(const struct window *window, float grey)
{
    const struct heed_item *item = &window->list->items[window->list->n_items - 1];
    return item->kind == HEED_ITEM_RECT && item->as.rect.rect.w == window->list->width &&
           item->as.rect.rect.h == window->list->height && item->as.rect.fill.r == grey;
}

static void b_and_a_dot_make_it_black_and_w_white(void **context)
{
    static const struct {
        int key;
        float grey;
    } keys[] = {{'B', 0}, {'.', 0}, {'W', 1}};
    struct window *window = *context;
    project(window);
    const bool words = window_state(window)->filter.words;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        window_press(window, keys[i].key, 0);
        assert_true(is_blank(window, keys[i].grey));
        window_press(window, 'S', 0); /* does nothing but show it again */
        assert_false(is_blank(window, keys[i].grey));
        assert_false(window_state(window)->filter.hide_special);
    }
    assert_int_equal(window_state(window)->filter.words, words);
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, 'W', 0); /* at the desk it means what it meant */
    assert_int_equal(window_state(window)->filter.words, !words);
}

static void a_remote_changes_no_heads(void **context)
{
    struct window *window = *context;
    project(window);
    window_press(window, HEED_KEY_PAGE_DOWN, 0);
    assert_true(window_shows(window, 0, 0));
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, HEED_KEY_PAGE_DOWN, 0);
    assert_true(window_shows(window, 1, 0));
}

static bool is_weight(const struct heed_item_text *text)
{
    return text->length == 5 && text->text[0] == '0' && text->text[1] == '.';
}

static void assert_large(const struct window *window, const char *where)
{
    const float height = window->list->height;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const struct heed_item_text *text = &item->as.text;
        const bool token =
            item->target.kind == HEED_TARGET_QUERY || item->target.kind == HEED_TARGET_KEY;
        if (item->kind != HEED_ITEM_TEXT) {
            continue;
        }
        const float least = token || is_weight(text) ? height / 30 : height / 36;
        if (text->style.size < least - 0.01F) {
            fail_msg("%s: \"%.*s\" is %g px of %g", where, (int)text->length, text->text,
                     (double)text->style.size, (double)height);
        }
    }
    assert_true(window->ui->layout.caption.h <= height / 6);
}

/* The size of this text on screen; 0: it isn't there. */
static float size_of(const struct window *window, const char *words)
{
    float size = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item_text *text = &window->list->items[i].as.text;
        if (window->list->items[i].kind == HEED_ITEM_TEXT && text->length == strlen(words) &&
            memcmp(text->text, words, text->length) == 0) {
            size = fmaxf(size, text->style.size);
        }
    }
    return size;
}

/* In every view both words and each head's weight can be read from far away. */
static void z_makes_the_pinned_pair_large(void **context)
{
    struct window *window = *context;
    window_pin_pair(window, 5, 2);
    project(window);
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        const char *name = heed_view_name((enum heed_view)view);
        window_press(window, '1' + view, HEED_MOD_ALT);
        const struct heed_maps *maps = window->ui->result->maps;
        const size_t whole = window->list->n_items;
        window_press(window, 'Z', 0);
        const float least = window->list->height / 12;
        if (size_of(window, maps->units[5].label) < least ||
            size_of(window, maps->units[2].label) < least) {
            fail_msg("%s: the pair's words are small", name);
        }
        for (int i = 0; i < window_state(window)->n_shown; i++) {
            const struct heed_head_id id = window_state(window)->shown[i].id;
            char weight[16];
            snprintf(weight, sizeof(weight), "%.3f",
                     (double)heed_maps_row(maps, id.layer, id.head, 5)[2]);
            if (size_of(window, weight) < window->list->height / 18) {
                fail_msg("%s: %s is small", name, weight);
            }
        }
        assert_large(window, name);
        assert_true(heed_list_fits(&window->ui->list, heed_record_get_metrics()));
        window_press(window, view % 2 == 0 ? 'Z' : HEED_KEY_ESCAPE, 0);
        assert_true(window_state(window)->projector);
        assert_int_equal(window->list->n_items, whole);
    }
    window_press(window, 'Z', 0); /* what is shown next is seen whole */
    window_press(window, '1', HEED_MOD_ALT);
    assert_true(size_of(window, "Z shows the whole picture") == 0);
}

static void z_says_what_it_needs(void **context)
{
    struct window *window = *context;
    assert_false(heed_ui_can(window->ui, HEED_COMMAND_ZOOM_PAIR, 0));
    project(window);
    assert_false(heed_ui_can(window->ui, HEED_COMMAND_ZOOM_PAIR, 0));
    window_press(window, 'Z', 0);
    assert_true(window_says(window, "Z makes the pinned pair large: no pair is pinned"));
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    assert_false(heed_ui_can(window->ui, HEED_COMMAND_ZOOM_PAIR, 0));
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    assert_true(heed_ui_can(window->ui, HEED_COMMAND_ZOOM_PAIR, 0));
}

/* Nothing below 1/36 of the height, words and weights not below 1/30: in every view, in what
 * lies over it, on screens of different shapes. */
static void type_is_large_enough_for_a_hall(void **context)
{
    static const float sizes[][2] = {{1280, 720}, {1920, 1080}, {1024, 768}, {1600, 900}};
    struct window *window = *context;
    window_pin_pair(window, 5, 2);
    project(window);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        heed_ui_resize(window->ui, sizes[i][0], sizes[i][1], 1);
        for (int view = 0; view < HEED_N_VIEWS; view++) {
            window_press(window, '1' + view, HEED_MOD_ALT);
            if (view == HEED_VIEW_STACK) { /* sub- and superscripts are exempt */
                continue;
            }
            assert_large(window, heed_view_name((enum heed_view)view));
        }
        window_press(window, '1', HEED_MOD_ALT);
        window_press(window, HEED_KEY_F1, 0);
        assert_large(window, "help");
        window_press(window, HEED_KEY_ESCAPE, 0);
        window_press(window, 'K', CTRL);
        assert_large(window, "commands");
        window_press(window, HEED_KEY_ESCAPE, 0);
        float x = 0, y = 0;
        assert_true(window_find(window, token_target(HEED_TARGET_KEY, 2), &x, &y));
        window_move_to(window, x, y);
        window->time += 2;
        window_build(window);
        assert_large(window, "a tip");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(f5_shows_only_the_picture_and_esc_leaves),
        IN_WINDOW(f11_and_alt_enter_fill_the_screen_at_the_desk),
        IN_WINDOW(the_headline_speaks_of_the_head_on_screen),
        IN_WINDOW(a_pair_is_said_with_every_shown_head),
        IN_WINDOW(the_sentence_isnt_repeated),
        IN_WINDOW(a_text_is_typed_over_the_picture),
        IN_WINDOW(b_and_a_dot_make_it_black_and_w_white),
        IN_WINDOW(a_remote_changes_no_heads),
        IN_WINDOW(z_makes_the_pinned_pair_large),
        IN_WINDOW(z_says_what_it_needs),
        IN_WINDOW(type_is_large_enough_for_a_hall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

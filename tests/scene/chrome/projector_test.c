/* Projector mode: only the picture, large, and a caption that says in words
 * what is pinned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/result.h"
#include "fake_result.h"
#include "ui/ui.h"
#include "window_rig.h"

static void f5_shows_only_the_picture_and_esc_leaves(void **context)
{
    struct window *window = *context;
    assert_true(window->built.text_input);
    window_press(window, HEED_KEY_F1 + 4, 0);
    assert_true(window_state(window)->projector);
    assert_false(window->built.text_input);
    assert_false(window_says(window, "Ctrl K"));
    assert_false(window_says(window, "Filters"));
    assert_true(window_says(window, "Point at a word"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_state(window)->projector);
    assert_true(window_says(window, "Filters"));
}

static void the_caption_names_the_strongest_key_and_its_weight(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 5), 1, 0);
    window_press(window, HEED_KEY_F1 + 4, 0);
    window_move_to(window, 5, 995);
    assert_true(window_says(window, "attends to"));
    const struct heed_state *state = window_state(window);
    const struct heed_job job = heed_ui_get_job(window->ui, 99);
    const struct heed_result *result = fake_result_create(&job);
    const struct heed_maps *maps = result->maps;
    const struct heed_head_id id = state->shown[0].id;
    const float *row = heed_maps_row(maps, id.layer, id.head, 5);
    int best = 0;
    for (int i = 0; i < maps->n; i++) {
        best = row[i] > row[best] ? i : best;
    }
    char words[160];
    snprintf(words, sizeof(words), "L0H0 most to \xE2\x80\x9C%s\xE2\x80\x9D %.3f",
             maps->units[best].label, (double)row[best]);
    assert_true(window_says(window, words));
    heed_result_release(result);
}

static void a_pair_is_said_with_every_shown_head(void **context)
{
    struct window *window = *context;
    window_click(window, token_target(HEED_TARGET_QUERY, 3), 1, 0);
    window_click(window, token_target(HEED_TARGET_KEY, 2), 1, 0);
    window_press(window, HEED_KEY_F1 + 4, 0);
    window_move_to(window, 5, 995);
    assert_true(window_says(window, "attends to \xE2\x80\x9C"));
    assert_true(window_says(window, "L0H2 0."));
}

static void the_text_is_reached_by_leaving(void **context)
{
    struct window *window = *context;
    window_press(window, HEED_KEY_F1 + 4, 0);
    window_press(window, '/', 0);
    assert_false(window_state(window)->projector);
    assert_true(window->built.text_input);
}

static void type_is_large_enough_for_a_hall(void **context)
{
    struct window *window = *context;
    for (int view = HEED_VIEW_LINKS; view <= HEED_VIEW_MATRIX; view++) {
        window_press(window, '1' + view, HEED_MOD_ALT);
        if (!window_state(window)->projector) {
            window_press(window, HEED_KEY_F1 + 4, 0);
        }
        for (size_t i = 0; i < window->list->n_items; i++) {
            const struct heed_item *item = &window->list->items[i];
            if (item->kind == HEED_ITEM_TEXT) {
                assert_true(item->as.text.style.size >= 19);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(f5_shows_only_the_picture_and_esc_leaves),
        IN_WINDOW(the_caption_names_the_strongest_key_and_its_weight),
        IN_WINDOW(a_pair_is_said_with_every_shown_head),
        IN_WINDOW(the_text_is_reached_by_leaving),
        IN_WINDOW(type_is_large_enough_for_a_hall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

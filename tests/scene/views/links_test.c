/* The Links view draws the links that the filter keeps, no other, and prints
 * the numbers of the maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/theme.h"
#include "scene/views/views.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

static const char TEXT[] = "The animal didn't cross the street because it was too tired.";

static void links_drawn_are_those_that_the_filter_keeps(void **context)
{
    const float thresholds[] = {0, 0.01F, 0.05F, 0.3F, 1};
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    for (size_t i = 0; i < HEED_COUNT(thresholds); i++) {
        rig.state.filter.threshold = thresholds[i];
        view_rig_draw_view(&rig, 960, 852);
        const int drawn = list_count(&rig.list, HEED_ITEM_CUBIC);
        const int n = rig.result->maps->n;
        assert_int_equal(drawn, view_rig_count_kept(&rig));
        assert_int_equal(rig.frame.links_total, 3 * n * n);
        assert_int_equal(rig.frame.links_below, rig.frame.links_total - drawn);
        assert_int_equal(rig.frame.links_left_out, 0);
    }
    view_rig_close(&rig);
}

static void top_share_and_segments_choose_links_too(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, "It wanted to rest.");
    rig.state.filter.top_p = 0.5F;
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(list_count(&rig.list, HEED_ITEM_CUBIC), view_rig_count_kept(&rig));
    rig.state.filter.segments = HEED_SEGMENTS_BA;
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(list_count(&rig.list, HEED_ITEM_CUBIC), view_rig_count_kept(&rig));
    view_rig_close(&rig);
}

static void a_long_text_draws_the_strongest_links_and_counts_the_rest(void **context)
{
    struct view_rig rig;
    view_rig_open_long(&rig);
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(list_count(&rig.list, HEED_ITEM_CUBIC), 2000);
    assert_true(rig.frame.links_left_out > 0);
    assert_true(rig.frame.mass_left_out > 0 && rig.frame.mass_left_out < 1);
    float weakest = 1;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        if (rig.list.items[i].kind == HEED_ITEM_CUBIC) {
            weakest = fminf(weakest, rig.list.items[i].as.cubic.stroke.color.a);
        }
    }
    /* Even the weakest of those drawn is a strong one of this text. */
    assert_true(weakest > 0.002F);
    view_rig_close(&rig);
}

static void only_visible_rows_are_emitted(void **context)
{
    struct view_rig rig;
    view_rig_open_long(&rig);
    view_rig_draw_view(&rig, 960, 852);
    const int rows = list_count_hotspots(&rig.list, HEED_TARGET_QUERY);
    assert_in_range(rows, 30, 45);
    assert_true(rig.frame.content_height > 852);
    assert_non_null(list_find_text(&rig.list, "w0"));
    rig.frame.scroll_y = 1e9F;
    view_rig_draw_view(&rig, 960, 852);
    assert_null(list_find_text(&rig.list, "w0"));
    assert_non_null(list_find_text(&rig.list, "w149"));
    view_rig_close(&rig);
}

static void stronger_links_lie_on_top(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    view_rig_draw_view(&rig, 960, 852);
    float before = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_CUBIC) {
            assert_true(item->as.cubic.stroke.color.a >= before);
            before = item->as.cubic.stroke.color.a;
        }
    }
    view_rig_close(&rig);
}

static void the_ground_stays_the_same_under_hover_and_pin(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    const uint64_t key = view_rig_draw_ground(&rig)->key;
    assert_true(key != 0);
    assert_float_equal(view_rig_draw_ground(&rig)->opacity, 1, 0);
    rig.frame.hover.query = (struct heed_pin){3, 1};
    assert_true(view_rig_draw_ground(&rig)->key == key);
    assert_float_equal(view_rig_draw_ground(&rig)->opacity, 0.5, 0);
    rig.state.query = (struct heed_pin){2, 1};
    rig.state.key = (struct heed_pin){1, 1};
    assert_true(view_rig_draw_ground(&rig)->key == key);
    view_rig_close(&rig);
}

static void the_ground_changes_with_what_it_shows(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    uint64_t keys[6];
    keys[0] = view_rig_draw_ground(&rig)->key;
    rig.state.filter.threshold = 0.02F;
    keys[1] = view_rig_draw_ground(&rig)->key;
    rig.state.filter.top_p = 0.9F;
    keys[2] = view_rig_draw_ground(&rig)->key;
    view_rig_show_layer(&rig, 1, 3);
    keys[3] = view_rig_draw_ground(&rig)->key;
    rig.state.theme = HEED_THEME_DARK;
    keys[4] = view_rig_draw_ground(&rig)->key;
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    keys[5] = view_rig_draw_ground(&rig)->key;
    for (int i = 0; i < 6; i++) {
        for (int j = 0; j < i; j++) {
            assert_true(keys[i] != keys[j]);
        }
    }
    view_rig_close(&rig);
}

static const struct heed_item *text_in(const struct heed_list *list, const char *text,
                                       struct heed_rect area)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_TEXT && item->as.text.length == strlen(text) &&
            memcmp(item->as.text.text, text, strlen(text)) == 0 && item->as.text.y >= area.y &&
            item->as.text.y <= area.y + area.h) {
            return item;
        }
    }
    return NULL;
}

static void numbers_printed_are_the_maps(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    rig.state.query = (struct heed_pin){5, 1};
    view_rig_draw_view(&rig, 960, 852);
    const struct heed_maps *maps = rig.result->maps;
    const int query = heed_maps_find_unit(maps, 5);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind != HEED_ITEM_HOTSPOT || item->target.kind != HEED_TARGET_KEY) {
            continue;
        }
        const int key = heed_maps_find_unit(maps, item->target.a);
        for (int head = 0; head < 3; head++) {
            char number[32];
            heed_format_number(number, sizeof(number),
                               (double)heed_maps_row(maps, 0, head, query)[key], 3);
            assert_non_null(text_in(&rig.list, number, item->as.hotspot));
        }
    }
    char hidden[32];
    heed_format_number(hidden, sizeof(hidden), (double)maps->hidden[query], 3);
    assert_non_null(list_find_text(&rig.list, hidden));
    view_rig_close(&rig);
}

static void every_token_can_be_pointed_at_on_both_sides(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    view_rig_draw_view(&rig, 960, 852);
    const int n = rig.result->maps->n;
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_QUERY), n);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_KEY), n);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        if (rig.list.items[i].kind == HEED_ITEM_HOTSPOT) {
            assert_true(rig.list.items[i].as.hotspot.h >= 20);
            assert_true(rig.list.items[i].as.hotspot.w >= 24);
        }
    }
    view_rig_close(&rig);
}

static int strong_links(const struct view_rig *rig)
{
    int count = 0;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        count += rig->list.items[i].target.kind == HEED_TARGET_LINK;
    }
    return count;
}

static void a_pinned_query_and_a_hovered_key_bring_out_their_links(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    rig.state.filter.threshold = 0;
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(strong_links(&rig), 0);
    rig.state.query = (struct heed_pin){2, 1};
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(strong_links(&rig), 3 * rig.result->maps->n);
    rig.state.query = (struct heed_pin){0, 0};
    rig.frame.hover.key = (struct heed_pin){2, 1};
    view_rig_draw_view(&rig, 960, 852);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        if (rig.list.items[i].target.kind == HEED_TARGET_LINK) {
            assert_int_equal(rig.list.items[i].target.b, 2);
        }
    }
    assert_int_equal(strong_links(&rig), 3 * rig.result->maps->n);
    view_rig_close(&rig);
}

/* What a key gets is the queries' number: beside their labels, before the curves; no label moves.
 */
static void a_hovered_keys_numbers_stand_at_the_query_side(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    view_rig_draw_view(&rig, 960, 852);
    const struct heed_item *label = list_find_text(&rig.list, "Key");
    assert_non_null(label);
    const float before = label->as.text.x;
    rig.frame.hover.key = (struct heed_pin){2, 1};
    view_rig_draw_view(&rig, 960, 852);
    int numbers = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_TEXT && strncmp(item->as.text.text, "0.", 2) == 0 &&
            strlen(item->as.text.text) == 5) {
            assert_true(item->as.text.x < before);
            numbers++;
        }
    }
    assert_true(numbers >= 2 * rig.result->maps->n);
    assert_float_equal(list_find_text(&rig.list, "Key")->as.text.x, before, 0);
    view_rig_close(&rig);
}

static void an_empty_picture_says_why(void **context)
{
    struct view_rig rig;
    view_rig_open(&rig, TEXT, NULL);
    heed_state_show_only(&rig.state, NULL, 0);
    view_rig_draw_view(&rig, 960, 852);
    assert_non_null(list_find_text(&rig.list, "No head is shown."));
    view_rig_close(&rig);
    view_rig_open(&rig, "", NULL);
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    view_rig_draw_view(&rig, 960, 852);
    assert_non_null(list_find_text(&rig.list, "No token is left."));
    view_rig_close(&rig);
}

static void an_export_draws_all_links_and_fits_its_height(void **context)
{
    struct view_rig rig;
    view_rig_open_long(&rig);
    rig.frame.is_export = true;
    rig.scale = rig.frame.scale = 0.533F;
    view_rig_draw_view(&rig, 321, 100);
    const float height = heed_view_export_height(&rig.frame, 321);
    view_rig_draw_view(&rig, 321, height);
    assert_int_equal(rig.frame.links_left_out, 0);
    assert_int_equal(list_count(&rig.list, HEED_ITEM_CUBIC), view_rig_count_kept(&rig));
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_TEXT) {
            const struct heed_rect box = view_rig_text_box(&item->as.text);
            assert_true(box.x >= 0 && box.x + box.w <= 321.5F);
            assert_true(box.y >= 0 && box.y + box.h <= height);
        }
    }
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_drawn_are_those_that_the_filter_keeps),
        cmocka_unit_test(top_share_and_segments_choose_links_too),
        cmocka_unit_test(a_long_text_draws_the_strongest_links_and_counts_the_rest),
        cmocka_unit_test(only_visible_rows_are_emitted),
        cmocka_unit_test(stronger_links_lie_on_top),
        cmocka_unit_test(the_ground_stays_the_same_under_hover_and_pin),
        cmocka_unit_test(the_ground_changes_with_what_it_shows),
        cmocka_unit_test(numbers_printed_are_the_maps),
        cmocka_unit_test(every_token_can_be_pointed_at_on_both_sides),
        cmocka_unit_test(a_pinned_query_and_a_hovered_key_bring_out_their_links),
        cmocka_unit_test(a_hovered_keys_numbers_stand_at_the_query_side),
        cmocka_unit_test(an_empty_picture_says_why),
        cmocka_unit_test(an_export_draws_all_links_and_fits_its_height),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/display_list.h"
#include "draw/hit.h"

static const struct heed_color black = {0, 0, 0, 1};

static struct heed_target target(int a)
{
    return (struct heed_target){.kind = HEED_TARGET_HEAD, .a = a};
}

static void fill(struct heed_list *list, float x, float y, float w, float h)
{
    heed_list_rect(list, (struct heed_item_rect){.rect = {x, y, w, h}, .fill = black});
}

/* The target's a at a point; -1: nothing there. */
static int hit(const struct heed_list *list, float x, float y)
{
    const struct heed_item *item = heed_list_hit(list, x, y);
    return item ? item->target.a : -1;
}

static void the_topmost_item_is_hit(void **state)
{
    (void)state;
    struct heed_list list = {0};
    list.target = target(1);
    fill(&list, 0, 0, 100, 100);
    list.target = target(2);
    fill(&list, 50, 50, 100, 100);
    list.target = (struct heed_target){0};
    fill(&list, 0, 0, 200, 200);
    assert_int_equal(hit(&list, 10, 10), 1);
    assert_int_equal(hit(&list, 60, 60), 2);
    assert_int_equal(hit(&list, 100, 100), 2);
    assert_int_equal(hit(&list, 150, 150), -1); /* edges are half open */
    assert_int_equal(hit(&list, 170, 20), -1);
    assert_int_equal(hit(&list, NAN, 20), -1);
    heed_list_finish(&list);
}

static void an_item_is_hit_only_within_its_clips(void **state)
{
    (void)state;
    struct heed_list list = {0};
    list.target = target(1);
    heed_list_clip(&list, (struct heed_rect){10, 10, 50, 50});
    fill(&list, 0, 0, 100, 100);
    heed_list_group(&list, (struct heed_item_group){.key = 1, .opacity = 1});
    list.target = target(2);
    heed_list_clip(&list, (struct heed_rect){40, 40, 100, 100});
    fill(&list, 0, 0, 100, 100);
    heed_list_unclip(&list);
    list.target = target(3);
    fill(&list, 10, 10, 5, 5);
    heed_list_ungroup(&list);
    heed_list_unclip(&list);
    list.target = target(4);
    fill(&list, 80, 80, 10, 10);
    heed_list_clip(&list, (struct heed_rect){0, 0, NAN, 10});
    fill(&list, 0, 0, 200, 200);
    heed_list_unclip(&list);
    assert_int_equal(hit(&list, 5, 5), -1);
    assert_int_equal(hit(&list, 12, 12), 3);
    assert_int_equal(hit(&list, 20, 20), 1);
    assert_int_equal(hit(&list, 45, 45), 2);
    assert_int_equal(hit(&list, 65, 65), -1);
    assert_int_equal(hit(&list, 85, 85), 4);
    heed_list_finish(&list);
}

static void a_link_is_hit_within_four_px_of_its_stroke(void **state)
{
    (void)state;
    struct heed_list list = {0};
    const struct heed_stroke stroke = {.width = 2, .color = black};
    list.target = target(1);
    heed_list_line(&list, (struct heed_item_line){0, 10, 100, 10, stroke});
    list.target = target(2);
    heed_list_cubic(&list, (struct heed_item_cubic){0, 100, 50, 100, 50, 200, 100, 200, stroke});
    list.target = target(3);
    heed_list_arc(&list, (struct heed_item_arc){300, 100, 50, 20, 3.14159265f, 6.2831853f, stroke});
    assert_int_equal(hit(&list, 50, 14.9f), 1);
    assert_int_equal(hit(&list, 50, 15.1f), -1);
    assert_int_equal(hit(&list, 104, 10), 1);
    assert_int_equal(hit(&list, 50, 150), 2);
    assert_int_equal(hit(&list, 50, 120), -1);
    assert_int_equal(hit(&list, 0, 104), 2);
    assert_int_equal(hit(&list, 300, 80), 3);
    assert_int_equal(hit(&list, 300, 76), 3);
    assert_int_equal(hit(&list, 300, 120), -1); /* the lower half is open */
    assert_int_equal(hit(&list, 300, 100), -1);
    heed_list_finish(&list);
}

static void triangles_hotspots_and_heatmaps_are_hit_inside(void **state)
{
    (void)state;
    static const float values[4] = {0};
    struct heed_list list = {0};
    list.target = target(1);
    heed_list_triangle(&list, (struct heed_item_triangle){0, 0, 40, 0, 0, 40, black});
    list.target = target(2);
    heed_list_hotspot(&list, (struct heed_rect){100, 0, 20, 20});
    list.target = target(3);
    heed_list_heatmap(&list, (struct heed_item_heatmap){.rect = {200, 0, 20, 20},
                                                        .values = {1, values, 1, 2, 2},
                                                        .rows = 2,
                                                        .columns = 2,
                                                        .high = 1});
    list.target = target(4);
    heed_list_text(&list, (struct heed_item_text){
                              .style = {.size = 20}, .color = black, .text = "x", .length = 1});
    assert_int_equal(hit(&list, 10, 10), 1);
    assert_int_equal(hit(&list, 30, 30), -1);
    assert_int_equal(hit(&list, 110, 10), 2);
    assert_int_equal(hit(&list, 210, 10), 3);
    heed_list_finish(&list);
}

static void what_paints_nothing_is_left_out(void **state)
{
    (void)state;
    struct heed_list list = {0};
    fill(&list, 0, 0, 0, 10);
    fill(&list, 0, NAN, 10, 10);
    fill(&list, 0, 0, INFINITY, 10);
    heed_list_rect(&list, (struct heed_item_rect){.rect = {0, 0, 9, 9}});
    heed_list_hotspot(&list, (struct heed_rect){0, 0, 9, 9});
    heed_list_text(&list, (struct heed_item_text){
                              .style = {.size = 20}, .color = black, .text = "", .length = 0});
    assert_int_equal(list.n_items, 0);
    list.target = target(1);
    heed_list_rect(&list, (struct heed_item_rect){.rect = {0, 0, 9, 9}});
    heed_list_hotspot(&list, (struct heed_rect){0, 0, 9, 9});
    assert_int_equal(list.n_items, 2);
    assert_false(list.failed);
    heed_list_finish(&list);
}

static void huge_rectangles_keep_what_can_be_seen(void **state)
{
    (void)state;
    struct heed_list list = {0};
    fill(&list, -1e20f, 10, 2e20f, 1e20f);
    assert_int_equal(list.n_items, 1);
    const struct heed_rect rect = list.items[0].as.rect.rect;
    assert_true(rect.x == -HEED_LIST_LIMIT && rect.y == 10);
    assert_true(rect.w == 2 * HEED_LIST_LIMIT);
    assert_true(rect.y + rect.h >= HEED_LIST_LIMIT - 1);
    heed_list_finish(&list);
}

static void text_is_copied_as_one_line_of_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        size_t length;
    } cases[] = {
        {"plain", "plain", 5},
        {"a\nb\tc\x7F", "a b c ", 6},
        {"\xFF", "\xEF\xBF\xBD", 1},
        {"a\xE2\x82", "a\xEF\xBF\xBD\xEF\xBF\xBD", 3},
        {"a\0b", "a b", 3},
        {"x\xE2\x80\xA8y", "x y", 5},
        {"\xEF\xBF\xBF", "\xEF\xBF\xBD", 3},
    };
    struct heed_list list = {0};
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        heed_list_text(&list, (struct heed_item_text){.style = {.size = 20},
                                                      .color = black,
                                                      .text = cases[i].from,
                                                      .length = (uint32_t)cases[i].length});
        assert_int_equal(list.n_items, i + 1);
        assert_string_equal(list.items[i].as.text.text, cases[i].to);
        assert_int_equal(list.items[i].as.text.length, strlen(cases[i].to));
    }
    heed_list_finish(&list);
}

static void gradients_own_their_stops(void **state)
{
    (void)state;
    struct heed_list list = {0};
    struct heed_color stops[2] = {black, {1, 0, 0, 1}};
    heed_list_gradient(
        &list, (struct heed_item_gradient){.rect = {0, 0, 9, 9}, .stops = stops, .n_stops = 2});
    stops[1].r = 0;
    assert_true(list.items[0].as.gradient.stops[1].r == 1);
    heed_list_finish(&list);
}

static void clearing_keeps_memory_size_and_background(void **state)
{
    (void)state;
    struct heed_list list = {.width = 10, .background = {1, 1, 1, 1}};
    list.target = target(1);
    for (int i = 0; i < 1000; i++) {
        fill(&list, 0, 0, 9, 9);
    }
    heed_list_clip(&list, (struct heed_rect){0, 0, 9, 9});
    const struct heed_item *items = list.items;
    heed_list_clear(&list);
    assert_int_equal(list.n_items, 0);
    assert_int_equal(list.depth, 0);
    assert_int_equal(list.target.kind, HEED_TARGET_NONE);
    assert_true(list.width == 10 && list.background.r == 1);
    fill(&list, 0, 0, 9, 9);
    assert_ptr_equal(list.items, items);
    heed_list_finish(&list);
    assert_int_equal(list.capacity, 0);
}

static void a_point_gives_the_heatmap_s_cell(void **state)
{
    (void)state;
    const struct heed_item_heatmap map = {
        .rect = {10, 20, 100, 50}, .row = 3, .rows = 5, .column = 2, .columns = 4};
    static const struct {
        float x, y;
        int row, column;
    } cases[] = {{10, 20, 3, 2},  {34.9f, 29.9f, 3, 2}, {35.1f, 30.1f, 4, 3},
                 {110, 70, 7, 5}, {500, 500, 7, 5},     {-5, -5, 3, 2}};
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        int row = -1;
        int column = -1;
        heed_heatmap_cell(&map, cases[i].x, cases[i].y, &row, &column);
        assert_int_equal(row, cases[i].row);
        assert_int_equal(column, cases[i].column);
    }
}

static void a_value_gives_its_colour(void **state)
{
    (void)state;
    struct heed_item_heatmap map = {.low = -1, .high = 1, .threshold = 0.2f};
    for (int i = 0; i < HEED_PALETTE_STOPS; i++) {
        map.palette.stops[i] = (struct heed_color){(float)i / 8, 0, 0, 1};
    }
    static const struct {
        float value, red;
    } cases[] = {{-1, 0},      {-9, 0},       {1, 1},        {INFINITY, 1},
                 {0.1f, 0.5f}, {-0.1f, 0.5f}, {0.5f, 0.75f}, {0.2f, 0.6f}};
    struct heed_color color = {0};
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        assert_true(heed_heatmap_color(&map, cases[i].value, &color));
        assert_float_equal(color.r, cases[i].red, 1e-6);
    }
    assert_false(heed_heatmap_color(&map, NAN, &color));
    map.low = map.high = 0.5f;
    map.threshold = 0;
    assert_true(heed_heatmap_color(&map, 0.5f, &color) && color.r == 0);
    assert_true(heed_heatmap_color(&map, 0.6f, &color) && color.r == 1);
    assert_true(heed_palette_color(&map.palette, NAN).r == 0);
}

static void the_peak_is_the_largest_magnitude(void **state)
{
    (void)state;
    static const float values[] = {9,    9,    9,   9, /* */
                                   0.1f, NAN,  -2,  9, /* */
                                   1,    0.5f, NAN, 9};
    const struct heed_item_heatmap map = {
        .values = {1, values, 1, 3, 4}, .row = 1, .rows = 2, .columns = 3};
    assert_true(heed_heatmap_peak(&map, 0, 2, 0, 3) == -2);
    assert_true(heed_heatmap_peak(&map, 1, 2, 0, 2) == 1);
    assert_true(isnan(heed_heatmap_peak(&map, 1, 2, 2, 3)));
    assert_true(isnan(heed_heatmap_peak(&map, 0, 0, 0, 0)));
}

static void a_part_beyond_the_matrix_is_left_out(void **state)
{
    (void)state;
    static const float values[4] = {0};
    const struct heed_item_heatmap good = {
        .rect = {0, 0, 9, 9}, .values = {1, values, 1, 2, 2}, .rows = 2, .columns = 2, .high = 1};
    struct heed_list list = {0};
    struct heed_item_heatmap map = good;
    map.row = 1;
    heed_list_heatmap(&list, map);
    map = good;
    map.slice = 1;
    heed_list_heatmap(&list, map);
    map = good;
    map.columns = 0;
    heed_list_heatmap(&list, map);
    map = good;
    map.column = -1;
    heed_list_heatmap(&list, map);
    assert_int_equal(list.n_items, 0);
    heed_list_heatmap(&list, good);
    assert_int_equal(list.n_items, 1);
    heed_list_finish(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_topmost_item_is_hit),
        cmocka_unit_test(an_item_is_hit_only_within_its_clips),
        cmocka_unit_test(a_link_is_hit_within_four_px_of_its_stroke),
        cmocka_unit_test(triangles_hotspots_and_heatmaps_are_hit_inside),
        cmocka_unit_test(what_paints_nothing_is_left_out),
        cmocka_unit_test(huge_rectangles_keep_what_can_be_seen),
        cmocka_unit_test(text_is_copied_as_one_line_of_utf8),
        cmocka_unit_test(gradients_own_their_stops),
        cmocka_unit_test(clearing_keeps_memory_size_and_background),
        cmocka_unit_test(a_point_gives_the_heatmap_s_cell),
        cmocka_unit_test(a_value_gives_its_colour),
        cmocka_unit_test(the_peak_is_the_largest_magnitude),
        cmocka_unit_test(a_part_beyond_the_matrix_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The Matrix view shows one map, cell by cell, with its numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "scene/views/views.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

static const char TEXT[] = "The animal didn't cross the street";

static void open_matrix(struct view_rig *rig)
{
    view_rig_open(rig, TEXT, NULL);
    rig->state.view = HEED_VIEW_MATRIX;
    rig->state.matrix_head = (struct heed_head_id){0, 1};
}

static const struct heed_item *find(const struct heed_list *list, enum heed_item_kind kind)
{
    for (size_t i = 0; i < list->n_items; i++) {
        if (list->items[i].kind == kind) {
            return &list->items[i];
        }
    }
    return NULL;
}

static void the_chosen_head_is_shown_whole(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    view_rig_draw_view(&rig, 960, 852);
    const struct heed_item *item = find(&rig.list, HEED_ITEM_HEATMAP);
    assert_non_null(item);
    const struct heed_item_heatmap *heatmap = &item->as.heatmap;
    const int n = rig.result->maps->n;
    assert_ptr_equal(heatmap->values.data, rig.result->maps->weights);
    assert_int_equal(heatmap->slice, 1);
    assert_int_equal(heatmap->rows, n);
    assert_int_equal(heatmap->columns, n);
    assert_float_equal(heatmap->low, 0, 0);
    assert_float_equal(heatmap->high, 1, 0);
    assert_int_equal(item->target.kind, HEED_TARGET_CELL);
    assert_int_equal(item->target.a, 0);
    assert_int_equal(item->target.b, 1);
    const float cell = heatmap->rect.w / (float)n;
    assert_true(cell >= 28 && cell <= 56);
    view_rig_close(&rig);
}

static void an_aggregate_is_its_own_map(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    rig.state.filter.aggregate = HEED_AGGREGATE_MEAN;
    view_rig_compute(&rig);
    view_rig_draw_view(&rig, 960, 852);
    const struct heed_item *item = find(&rig.list, HEED_ITEM_HEATMAP);
    assert_ptr_equal(item->as.heatmap.values.data, rig.result->maps->aggregate);
    assert_int_equal(item->as.heatmap.values.n_slices, 1);
    assert_int_equal(item->target.b, -1);
    assert_non_null(list_find_text(&rig.list, "mean of L0H0, L0H1, L0H2"));
    view_rig_close(&rig);
}

static void numbers_in_cells_are_the_maps_in_two_decimals(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    view_rig_draw_view(&rig, 960, 852);
    const struct heed_maps *maps = rig.result->maps;
    const struct heed_rect area = find(&rig.list, HEED_ITEM_HEATMAP)->as.heatmap.rect;
    const float cell = area.w / (float)maps->n;
    int found = 0, expected = 0;
    for (int i = 0; i < maps->n * maps->n; i++) {
        expected += heed_maps_row(maps, 0, 1, 0)[i] >= 0.005F;
    }
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind != HEED_ITEM_TEXT || item->as.text.x < area.x ||
            item->as.text.x > area.x + area.w || item->as.text.y < area.y ||
            item->as.text.y > area.y + area.h) {
            continue;
        }
        const int row = (int)((item->as.text.y - 4 - area.y) / cell);
        const int column = (int)((item->as.text.x - area.x) / cell);
        char number[16];
        snprintf(number, sizeof(number), "%.2f", (double)heed_maps_row(maps, 0, 1, row)[column]);
        const char *shown = number[0] == '0' ? number + 1 : number;
        assert_int_equal(item->as.text.length, strlen(shown));
        assert_memory_equal(item->as.text.text, shown, strlen(shown));
        found++;
    }
    assert_int_equal(found, expected);
    view_rig_close(&rig);
}

static void other_shown_heads_can_be_chosen(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    view_rig_draw_view(&rig, 960, 852);
    int switches = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && item->target.kind == HEED_TARGET_HEAD) {
            assert_int_equal(item->target.flags, 1);
            assert_int_not_equal(item->target.b, 1);
            switches++;
        }
    }
    assert_int_equal(switches, 2);
    view_rig_close(&rig);
}

static void a_pinned_pair_is_marked_on_the_colour_bar(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    rig.state.query = (struct heed_pin){3, 1};
    rig.state.key = (struct heed_pin){1, 1};
    view_rig_draw_view(&rig, 960, 852);
    char number[32];
    heed_format_number(number, sizeof(number), (double)heed_maps_row(rig.result->maps, 0, 1, 3)[1],
                       3);
    assert_non_null(list_find_text(&rig.list, number));
    assert_int_equal(list_count(&rig.list, HEED_ITEM_TRIANGLE), 1);
    view_rig_close(&rig);
}

static void a_zoomed_map_scrolls_and_its_labels_stay(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    rig.frame.zoom = 4;
    view_rig_draw_view(&rig, 960, 852);
    assert_true(rig.frame.content_width > 960);
    assert_true(rig.frame.content_height > 852);
    assert_non_null(list_find_text(&rig.list, "[CLS]"));
    assert_null(list_find_text(&rig.list, "[SEP]"));
    const struct heed_rect start = find(&rig.list, HEED_ITEM_HEATMAP)->as.heatmap.rect;
    rig.frame.scroll_x = rig.frame.scroll_y = 1e9F;
    view_rig_draw_view(&rig, 960, 852);
    assert_null(list_find_text(&rig.list, "[CLS]"));
    assert_non_null(list_find_text(&rig.list, "[SEP]"));
    assert_true(find(&rig.list, HEED_ITEM_HEATMAP)->as.heatmap.rect.x < start.x);
    view_rig_close(&rig);
}

static void the_axes_say_who_attends(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    view_rig_draw_view(&rig, 960, 852);
    assert_non_null(list_find_text(&rig.list, "Query"));
    assert_non_null(list_find_text(&rig.list, "attends"));
    assert_non_null(list_find_text(&rig.list, "Key"));
    assert_non_null(list_find_text(&rig.list, "is attended to"));
    view_rig_close(&rig);
}

static void an_export_fits_its_height(void **context)
{
    struct view_rig rig;
    open_matrix(&rig);
    rig.frame.is_export = true;
    rig.scale = 0.711F;
    view_rig_draw_view(&rig, 321, 100);
    const float height = heed_view_export_height(&rig.frame, 321);
    view_rig_draw_view(&rig, 321, height);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_TEXT && item->as.text.angle == 0) {
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
        cmocka_unit_test(the_chosen_head_is_shown_whole),
        cmocka_unit_test(an_aggregate_is_its_own_map),
        cmocka_unit_test(numbers_in_cells_are_the_maps_in_two_decimals),
        cmocka_unit_test(other_shown_heads_can_be_chosen),
        cmocka_unit_test(a_pinned_pair_is_marked_on_the_colour_bar),
        cmocka_unit_test(a_zoomed_map_scrolls_and_its_labels_stay),
        cmocka_unit_test(the_axes_say_who_attends),
        cmocka_unit_test(an_export_fits_its_height),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

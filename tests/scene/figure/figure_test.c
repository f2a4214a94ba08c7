/* The figure's numbers, colours and widths are those of the maps, and it fits
 * the size that it asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/hit.h"
#include "draw/theme.h"
#include "scene/figure/figure.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

enum { QUERY = 6 /* the second "it" of TEXT */ };

static const char TEXT[] = "The cat saw it because it was too near.";
static const char OTHER[] = "The cat saw it because it was too far.";
static const float column = 321; /* 85 mm */

static void open_figure(struct view_rig *rig)
{
    view_rig_open(rig, TEXT, NULL);
    rig->state.theme = HEED_THEME_PAPER;
    rig->state.filter.words = true;
    rig->state.filter.hide_special = true;
    rig->state.query = (struct heed_pin){QUERY, 1};
    view_rig_show_layer(rig, 0, 2);
    view_rig_compute(rig);
    view_rig_draw_view(rig, column, 100); /* fills the frame */
    rig->frame.is_export = true;
    rig->frame.scale = 10.667F / 15;
    rig->frame.hairline = 0.533F;
}

static float draw(struct view_rig *rig, float width)
{
    heed_list_clear(&rig->list);
    rig->frame.result = rig->result;
    const float height = heed_figure_height(&rig->frame, width);
    heed_list_clear(&rig->list);
    heed_figure_draw(&rig->frame, (struct heed_rect){0, 0, width, height});
    assert_false(rig->list.failed);
    return height;
}

/* How often a text stands near this line. */
static int count_text(const struct view_rig *rig, const char *text, float y)
{
    int count = 0;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        count += item->kind == HEED_ITEM_TEXT && item->as.text.length == strlen(text) &&
                 memcmp(item->as.text.text, text, strlen(text)) == 0 &&
                 fabsf(item->as.text.y - y) < 2;
    }
    return count;
}

/* The line of a unit: labels may repeat, lines don't. */
static float line_of(const struct view_rig *rig, int unit)
{
    const struct heed_maps *maps = rig->result->maps;
    float first = 0, second = 0;
    const struct heed_item *a = list_find_text(&rig->list, maps->units[0].label);
    const struct heed_item *b = list_find_text(&rig->list, maps->units[1].label);
    assert_non_null(a);
    assert_non_null(b);
    first = a->as.text.y;
    second = b->as.text.y;
    return first + (float)unit * (second - first);
}

static void numbers_are_the_maps(void **context)
{
    struct view_rig rig;
    open_figure(&rig);
    draw(&rig, column);
    const struct heed_maps *maps = rig.result->maps;
    const int query = heed_maps_find_unit(maps, QUERY);
    int arcs = 0;
    for (int key = 0; key < maps->n; key++) {
        assert_int_equal(count_text(&rig, maps->units[key].label, line_of(&rig, key)), 1);
        for (int head = 0; head < 2; head++) {
            const float weight = heed_maps_row(maps, 0, head, query)[key];
            char number[32];
            heed_format_number(number, sizeof(number), (double)weight, 2);
            const bool shown = weight >= rig.state.filter.threshold || key == query;
            assert_true(!shown || count_text(&rig, number, line_of(&rig, key)) >= 1);
            arcs += weight >= rig.state.filter.threshold && key != query;
        }
    }
    assert_int_equal(list_count(&rig.list, HEED_ITEM_CUBIC), arcs);
    assert_int_equal(list_count(&rig.list, HEED_ITEM_TRIANGLE), arcs);
    for (int head = 0; head < 2; head++) {
        char hidden[32];
        const size_t n = (size_t)maps->n;
        heed_format_number(hidden, sizeof(hidden),
                           (double)maps->hidden[(size_t)head * n + (size_t)query], 2);
        assert_non_null(list_find_text(&rig.list, hidden));
    }
    view_rig_close(&rig);
}

static void widths_and_colours_follow_the_weight_as_the_bar_says(void **context)
{
    struct view_rig rig;
    open_figure(&rig);
    view_rig_show_layer(&rig, 0, 1);
    view_rig_compute(&rig);
    draw(&rig, column);
    const struct heed_maps *maps = rig.result->maps;
    const int query = heed_maps_find_unit(maps, QUERY);
    const float *row = heed_maps_row(maps, 0, 0, query);
    const struct heed_palette *tide = heed_palette_get(HEED_THEME_PAPER, HEED_PALETTE_TIDE);
    float largest = 0;
    for (int key = 0; key < maps->n; key++) {
        largest = key != query ? fmaxf(largest, row[key]) : largest;
    }
    const struct heed_item_cubic *last = NULL;
    const struct heed_item_gradient *bar = NULL;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_CUBIC) {
            assert_true(last == NULL || item->as.cubic.stroke.width >= last->stroke.width);
            last = &item->as.cubic;
        } else if (item->kind == HEED_ITEM_GRADIENT) {
            bar = &item->as.gradient;
        }
    }
    assert_non_null(last);
    assert_non_null(bar);
    assert_float_equal(last->stroke.width, (0.7F + 3 * largest) * 96 / 72, 0.01F);
    const struct heed_color color = heed_palette_color(tide, 0.22F + 0.78F * largest);
    assert_float_equal(last->stroke.color.g, color.g, 0.002F);
    assert_float_equal(bar->stops[0].r, heed_palette_color(tide, 0.22F).r, 0.002F);
    assert_float_equal(bar->stops[bar->n_stops - 1].r, heed_palette_color(tide, 1).r, 0.002F);
    view_rig_close(&rig);
}

static const struct heed_result *other_result(const struct view_rig *rig)
{
    const struct heed_job job = {
        .text = OTHER, .text_length = strlen(OTHER), .filter = rig->state.filter};
    return fake_result_create(&job);
}

static void a_second_text_stands_beside_the_first_titled_with_the_difference(void **context)
{
    struct view_rig rig;
    open_figure(&rig);
    const struct heed_result *other = other_result(&rig);
    rig.frame.compare = other;
    rig.frame.compare_query = (struct heed_pin){QUERY, 1};
    draw(&rig, 660);
    const struct heed_item *a = list_find_text(&rig.list, "\xE2\x80\x9Ctoo near.\xE2\x80\x9D");
    const struct heed_item *b = list_find_text(&rig.list, "\xE2\x80\x9Ctoo far.\xE2\x80\x9D");
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(list_find_text(&rig.list, "(a)"));
    assert_non_null(list_find_text(&rig.list, "(b)"));
    assert_float_equal(a->as.text.y, b->as.text.y, 0.01F);
    assert_true(b->as.text.x > a->as.text.x + 200);
    assert_true(heed_figure_fits(&rig.frame, 660));
    assert_false(heed_figure_fits(&rig.frame, 160));
    heed_result_release(other);
    view_rig_close(&rig);
}

static void everything_lies_within_the_size_that_it_asks_for(void **context)
{
    const float widths[] = {170, 240, 321, 661};
    struct view_rig rig;
    open_figure(&rig);
    const struct heed_result *other = other_result(&rig);
    for (int heads = 1; heads <= 5; heads++) {
        view_rig_show_layer(&rig, 1, heads);
        for (size_t k = 0; k < 2 * HEED_COUNT(widths); k++) {
            const float width = widths[k / 2];
            rig.frame.compare = k % 2 ? other : NULL;
            rig.frame.compare_query = (struct heed_pin){QUERY, 1};
            const float height = draw(&rig, width);
            for (size_t i = 0; i < rig.list.n_items; i++) {
                const struct heed_item *item = &rig.list.items[i];
                if (item->kind == HEED_ITEM_TEXT) {
                    const struct heed_rect box = view_rig_text_box(&item->as.text);
                    assert_true(box.x >= -0.5F && box.x + box.w <= width + 0.5F);
                    assert_true(box.y >= 0 && box.y + box.h <= height);
                }
            }
        }
    }
    heed_result_release(other);
    view_rig_close(&rig);
}

static void what_is_hidden_or_cut_is_said(void **context)
{
    struct view_rig rig;
    open_figure(&rig);
    rig.state.filter.threshold = 0.05F;
    rig.state.filter.renormalise = true;
    rig.state.filter.top_k = 3;
    view_rig_compute(&rig);
    draw(&rig, column);
    assert_non_null(list_find_text(&rig.list, "hidden: [CLS] and [SEP]"));
    assert_non_null(list_find_text(&rig.list, "rows renormalised"));
    assert_non_null(list_find_text(&rig.list, "links below 0.05 not drawn"));
    assert_non_null(list_find_text(&rig.list, "only the 3 largest links drawn"));
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_the_maps),
        cmocka_unit_test(widths_and_colours_follow_the_weight_as_the_bar_says),
        cmocka_unit_test(a_second_text_stands_beside_the_first_titled_with_the_difference),
        cmocka_unit_test(everything_lies_within_the_size_that_it_asks_for),
        cmocka_unit_test(what_is_hidden_or_cut_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

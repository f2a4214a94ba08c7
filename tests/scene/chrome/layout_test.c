/* The parts of the window share it without a gap, and give way in the order
 * that the design states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/compiler.h"
#include "draw/display_list.h"
#include "scene/chrome/layout.h"

static struct heed_layout compute(float width, float height, float scale)
{
    const struct heed_layout_input input = {.width = width, .height = height, .scale = scale};
    return heed_layout_compute(&input);
}

static float right(struct heed_rect rect)
{
    return rect.x + rect.w;
}

static float bottom(struct heed_rect rect)
{
    return rect.y + rect.h;
}

static void the_design_size_has_the_design_places(void **context)
{
    const struct heed_layout layout = compute(1600, 1000, 1);
    assert_float_equal(layout.text_row.h, 72, 0);
    assert_float_equal(layout.tab_row.h, 44, 0);
    assert_float_equal(layout.status.h, 32, 0);
    assert_float_equal(layout.rail.w, 304, 0);
    assert_float_equal(layout.inspector.w, 336, 0);
    assert_float_equal(layout.canvas.w, 960, 0);
    assert_float_equal(layout.canvas.h, 852, 0);
    assert_float_equal(layout.field.h, 44, 0);
    assert_false(layout.compact);
    assert_false(layout.filters_fold);
}

static void what_gives_way_follows_the_width(void **context)
{
    assert_false(compute(1200, 900, 1).inspector_is_drawer);
    assert_true(compute(1199, 900, 1).inspector_is_drawer);
    assert_float_equal(compute(1100, 900, 1).rail.w, 304, 0);
    assert_float_equal(compute(1099, 900, 1).rail.w, 248, 0);
    assert_false(compute(800, 900, 1).rail_folds);
    assert_true(compute(799, 900, 1).rail_folds);
    assert_float_equal(compute(799, 900, 1).rail.w, 0, 0);
    assert_float_equal(compute(799, 900, 1).canvas.x, 0, 0);
    assert_false(compute(1600, 820, 1).filters_fold);
    assert_true(compute(1600, 819, 1).filters_fold);
}

static void parts_meet_without_gap_or_overlap(void **context)
{
    const float scales[] = {0.75F, 1, 1.25F, 1.5F, 2, 3};
    const float sizes[][2] = {{640, 480},  {801, 601},   {1024, 700},
                              {1199, 820}, {1600, 1000}, {3840, 2160}};
    for (size_t i = 0; i < HEED_COUNT(scales); i++) {
        for (size_t j = 0; j < HEED_COUNT(sizes); j++) {
            const float w = roundf(sizes[j][0] * scales[i]);
            const float h = roundf(sizes[j][1] * scales[i]);
            const struct heed_layout layout = compute(w, h, scales[i]);
            assert_float_equal(bottom(layout.text_row), layout.tab_row.y, 0);
            assert_float_equal(bottom(layout.tab_row), layout.canvas.y, 0);
            assert_float_equal(bottom(layout.canvas), layout.status.y, 0);
            assert_float_equal(bottom(layout.status), h, 1);
            assert_float_equal(right(layout.rail), layout.canvas.x, 0);
            assert_true(right(layout.canvas) <= w);
            assert_true(right(layout.field) < w);
            if (!layout.inspector_is_drawer) {
                assert_float_equal(right(layout.canvas), layout.inspector.x, 0);
            }
        }
    }
}

static void a_drawer_lies_over_the_canvas_and_moves_nothing(void **context)
{
    struct heed_layout_input input = {.width = 700, .height = 600, .scale = 1};
    const struct heed_layout closed = heed_layout_compute(&input);
    input.inspector_open = input.rail_open = true;
    const struct heed_layout open = heed_layout_compute(&input);
    assert_float_equal(closed.inspector.w, 0, 0);
    assert_float_equal(open.inspector.w, 336, 0);
    assert_float_equal(open.rail.w, 248, 0);
    assert_float_equal(open.canvas.w, closed.canvas.w, 0);
}

static void a_pair_adds_its_row(void **context)
{
    struct heed_layout_input input = {.width = 1600, .height = 1000, .scale = 1, .has_pair = true};
    const struct heed_layout layout = heed_layout_compute(&input);
    assert_float_equal(layout.text_row.h, 72 + 54, 0);
    assert_true(layout.pair_field.y >= bottom(layout.field));
}

/* Up to four, and fewer where the window is low: the picture keeps its place. */
static void a_long_text_has_a_higher_field(void **context)
{
    struct heed_layout_input input = {.width = 1600, .height = 1000, .scale = 1, .rows = 3};
    assert_float_equal(heed_layout_compute(&input).field.h, 44 + 2 * 26, 0);
    assert_float_equal(heed_layout_compute(&input).text_row.h, 72 + 2 * 26, 0);
    input.rows = 40;
    assert_float_equal(heed_layout_compute(&input).field.h, 44 + 3 * 26, 0);
    input.has_pair = true;
    input.pair_rows = 2;
    const struct heed_layout both = heed_layout_compute(&input);
    assert_float_equal(both.pair_field.h, 44 + 26, 0);
    assert_float_equal(both.pair_field.y, bottom(both.field) + 10, 0);
    assert_float_equal(both.tab_row.y, bottom(both.pair_field) + 14, 0);
    input.height = 480;
    assert_float_equal(heed_layout_compute(&input).field.h, 44 + 26, 0);
}

static void a_projector_shows_only_the_picture(void **context)
{
    struct heed_layout_input input = {.width = 1600, .height = 900, .scale = 1, .projector = true};
    const struct heed_layout layout = heed_layout_compute(&input);
    assert_float_equal(layout.canvas.w, 1600, 0);
    assert_float_equal(layout.canvas.h, 804, 0);
    assert_float_equal(layout.caption.y, 804, 0);
    assert_float_equal(layout.caption.h, 96, 0);
    assert_float_equal(layout.status.w, 0, 0);
    assert_float_equal(layout.field.w, 0, 0);
    input.field_open = true;
    assert_true(heed_layout_compute(&input).field.w > 1400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_design_size_has_the_design_places),
        cmocka_unit_test(what_gives_way_follows_the_width),
        cmocka_unit_test(parts_meet_without_gap_or_overlap),
        cmocka_unit_test(a_drawer_lies_over_the_canvas_and_moves_nothing),
        cmocka_unit_test(a_pair_adds_its_row),
        cmocka_unit_test(a_long_text_has_a_higher_field),
        cmocka_unit_test(a_projector_shows_only_the_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Another set of kernels gives the same picture: shapes within 0.01 pt, colours within a
 * step, and no written number is another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/tensor/kernels.h"
#include "export/page.h"
#include "render/cairo/cairo_painter.h"
#include "room_cases.h"
#include "scene/views/views.h"

#define NEAR_PX (0.01f * HEED_PX_PER_PT)
#define NEAR_COLOR (1.01f / 255)

/* The list's maps lie in cache. */
static bool draw(const struct room_rig *rig, struct heed_pango *pango,
                 struct heed_view_cache *cache, struct heed_list *list)
{
    const struct heed_model *model = heed_pipeline_get_model(rig->pipeline);
    const struct heed_export_options options = {0};
    struct heed_error err = {0};
    struct heed_page page = {
        .width = 175 * HEED_PX_PER_MM, .pt = 8, .unit = HEED_PX_PER_MM, .unit_name = "mm"};
    const struct heed_view_source looked = {&rig->state, rig->result, model, NULL};
    heed_view_follow(cache, &looked);
    const struct heed_page_source source = {.options = &options,
                                            .state = &rig->state,
                                            .result = rig->result,
                                            .model = model,
                                            .metrics = heed_pango_get_metrics(pango),
                                            .cache = cache->data};
    return heed_page_find(&source, &page, list, &err);
}

static void expect_near(const float *a, const float *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_float_equal(a[i], b[i], NEAR_PX);
    }
}

static void expect_color(struct heed_color a, struct heed_color b)
{
    assert_float_equal(a.r, b.r, NEAR_COLOR);
    assert_float_equal(a.g, b.g, NEAR_COLOR);
    assert_float_equal(a.b, b.b, NEAR_COLOR);
    assert_float_equal(a.a, b.a, NEAR_COLOR);
}

static void expect_values(const struct heed_item_heatmap *a, const struct heed_item_heatmap *b)
{
    const size_t wide = (size_t)a->values.n_columns;
    const size_t first = (size_t)a->slice * (size_t)a->values.n_rows + (size_t)a->row;
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->columns, b->columns);
    for (size_t row = first; row < first + (size_t)(a->rows > 0 ? a->rows : 1); row++) {
        for (int i = a->column; i < a->column + a->columns; i++) {
            const float x = a->values.data[row * wide + (size_t)i];
            const float y = b->values.data[row * wide + (size_t)i];
            assert_true((isnan(x) && isnan(y)) || fabsf(x - y) <= (a->high - a->low) / 255);
        }
    }
}

static void expect_same(const struct heed_item *a, const struct heed_item *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_memory_equal(&a->target, &b->target, sizeof a->target);
    switch (a->kind) {
    case HEED_ITEM_TEXT:
        assert_string_equal(a->as.text.text, b->as.text.text);
        expect_near(&a->as.text.x, &b->as.text.x, 2);
        break;
    case HEED_ITEM_RECT:
        expect_near(&a->as.rect.rect.x, &b->as.rect.rect.x, 4);
        expect_color(a->as.rect.fill, b->as.rect.fill);
        break;
    case HEED_ITEM_CUBIC:
        expect_near(&a->as.cubic.x0, &b->as.cubic.x0, 8);
        expect_near(&a->as.cubic.stroke.width, &b->as.cubic.stroke.width, 1);
        expect_color(a->as.cubic.stroke.color, b->as.cubic.stroke.color);
        break;
    case HEED_ITEM_ARC:
        expect_near(&a->as.arc.cx, &b->as.arc.cx, 4);
        expect_near(&a->as.arc.stroke.width, &b->as.arc.stroke.width, 1);
        expect_color(a->as.arc.stroke.color, b->as.arc.stroke.color);
        break;
    case HEED_ITEM_TRIANGLE:
        expect_near(&a->as.triangle.x0, &b->as.triangle.x0, 6);
        break;
    case HEED_ITEM_LINE:
        expect_near(&a->as.line.x0, &b->as.line.x0, 4);
        break;
    case HEED_ITEM_HEATMAP:
        expect_near(&a->as.heatmap.rect.x, &b->as.heatmap.rect.x, 4);
        expect_values(&a->as.heatmap, &b->as.heatmap);
        break;
    default:
        break;
    }
}

static bool is_tried(const struct room_case *it)
{
    return !it->figure && it->script == 0 && it->n_tokens == 16 && it->heads == 1 &&
           it->width_mm == 175 && it->pt == 8;
}

static void another_set_of_kernels_gives_the_same_picture(void **state)
{
    struct room_rig rigs[2];
    struct heed_pango *pango = NULL;
    struct heed_error err = {0};
    struct heed_list lists[2] = {0};
    int n_compared = 0;
    (void)state;
    assert_true(heed_pango_create(&pango, &err));
    for (int set = 0; heed_kernels_names[set] != NULL; set++) {
        if (heed_kernels_find(heed_kernels_names[set]) == NULL ||
            heed_kernels_find(heed_kernels_names[set]) == heed_kernels_get_fastest()) {
            continue;
        }
        room_open(&rigs[0], getenv("HEED_TEST_MODEL"), NULL);
        room_open(&rigs[1], getenv("HEED_TEST_MODEL"), heed_kernels_names[set]);
        for (size_t i = 0; i < room_count(); i++) {
            const struct room_case it = room_case_of(i);
            if (!is_tried(&it)) {
                continue;
            }
            struct heed_view_cache caches[2] = {0};
            for (int k = 0; k < 2; k++) {
                room_choose(&rigs[k], &it);
                assert_true(draw(&rigs[k], pango, &caches[k], &lists[k]));
            }
            assert_int_equal(lists[0].n_items, lists[1].n_items);
            for (size_t k = 0; k < lists[0].n_items; k++) {
                expect_same(&lists[0].items[k], &lists[1].items[k]);
            }
            heed_view_forget(&caches[0]);
            heed_view_forget(&caches[1]);
            n_compared++;
        }
        room_close(&rigs[0]);
        room_close(&rigs[1]);
    }
    heed_list_finish(&lists[0]);
    heed_list_finish(&lists[1]);
    heed_pango_destroy(pango);
    assert_true(n_compared >= (int)HEED_N_VIEWS * ROOM_TURNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_set_of_kernels_gives_the_same_picture),
    };
    return getenv("HEED_TEST_MODEL") == NULL ? 77 : cmocka_run_group_tests(tests, NULL, NULL);
}

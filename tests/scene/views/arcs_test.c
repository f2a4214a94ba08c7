/* The Arcs view draws the links that the filter keeps, earlier words above and
 * later ones below, and prints the numbers of the maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "scene/views/views.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

static const char TEXT[] = "The cat saw it because it was too near.";

static void open_arcs(struct view_rig *rig, const char *text, const char *pair)
{
    view_rig_open(rig, text, pair);
    rig->state.view = HEED_VIEW_ARCS;
}

static int drawn(const struct view_rig *rig)
{
    return list_count(&rig->list, HEED_ITEM_ARC) + list_count(&rig->list, HEED_ITEM_CUBIC);
}

static void arcs_drawn_are_those_that_the_filter_keeps(void **context)
{
    const float thresholds[] = {0, 0.01F, 0.05F, 0.3F, 1};
    struct view_rig rig;
    open_arcs(&rig, TEXT, "It purred.");
    for (size_t i = 0; i < HEED_COUNT(thresholds); i++) {
        rig.state.filter.threshold = thresholds[i];
        view_rig_draw_view(&rig, 960, 852);
        const int n = rig.result->maps->n;
        assert_int_equal(drawn(&rig), view_rig_count_kept(&rig));
        assert_int_equal(rig.frame.links_total, 3 * n * n);
        assert_int_equal(rig.frame.links_below, 3 * n * n - drawn(&rig));
    }
    rig.state.filter.threshold = 0;
    rig.state.filter.segments = HEED_SEGMENTS_BA;
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(drawn(&rig), view_rig_count_kept(&rig));
    view_rig_close(&rig);
}

static void earlier_words_lie_above_and_later_ones_below(void **context)
{
    struct view_rig rig;
    int above = 0, below = 0;
    open_arcs(&rig, TEXT, NULL);
    rig.state.query = (struct heed_pin){5, 1};
    rig.state.filter.threshold = 0;
    view_rig_draw_view(&rig, 960, 852);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_ARC && item->target.kind == HEED_TARGET_LINK) {
            assert_int_equal(item->target.a, 5);
            const bool is_above = item->as.arc.from > 3;
            assert_int_equal(is_above, item->target.b <= 5);
            above += is_above;
            below += !is_above;
        }
    }
    assert_int_equal(above, 3 * 6);
    assert_int_equal(below, 3 * (rig.result->maps->n - 6));
    view_rig_close(&rig);
}

static void arcs_stay_between_the_header_and_the_rows(void **context)
{
    const float heights[] = {350, 500, 852, 1700};
    struct view_rig rig;
    open_arcs(&rig, TEXT, NULL);
    rig.state.query = (struct heed_pin){5, 1};
    rig.state.filter.threshold = 0;
    for (size_t k = 0; k < HEED_COUNT(heights); k++) {
        view_rig_draw_view(&rig, 960, heights[k]);
        for (size_t i = 0; i < rig.list.n_items; i++) {
            const struct heed_item *item = &rig.list.items[i];
            if (item->kind == HEED_ITEM_ARC) {
                const struct heed_item_arc *arc = &item->as.arc;
                if (arc->from > 3) { /* the upper half */
                    assert_true(arc->cy - arc->ry >= 34);
                } else {
                    assert_true(arc->cy + arc->ry <= heights[k] - 30);
                }
                assert_true(arc->cx - arc->rx >= 0 && arc->cx + arc->rx <= 960);
            }
        }
    }
    view_rig_close(&rig);
}

static void a_word_is_a_query_and_then_the_others_are_keys(void **context)
{
    struct view_rig rig;
    open_arcs(&rig, TEXT, NULL);
    view_rig_draw_view(&rig, 960, 852);
    const int n = rig.result->maps->n;
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_QUERY), n);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_KEY), 0);
    rig.state.query = (struct heed_pin){3, 1};
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_QUERY), 1);
    assert_int_equal(list_count_hotspots(&rig.list, HEED_TARGET_KEY), n - 1);
    for (size_t i = 0; i < rig.list.n_items; i++) {
        if (rig.list.items[i].kind == HEED_ITEM_HOTSPOT) {
            assert_true(rig.list.items[i].as.hotspot.h >= 24);
            assert_true(rig.list.items[i].as.hotspot.w >= 24);
        }
    }
    view_rig_close(&rig);
}

static const struct heed_item *word_at(const struct view_rig *rig, int token)
{
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && item->target.a == token &&
            (item->target.kind == HEED_TARGET_QUERY || item->target.kind == HEED_TARGET_KEY)) {
            return item;
        }
    }
    return NULL;
}

static void numbers_under_the_words_are_the_maps(void **context)
{
    struct view_rig rig;
    open_arcs(&rig, TEXT, NULL);
    rig.state.filter.hide_special = true;
    view_rig_compute(&rig);
    rig.state.query = (struct heed_pin){5, 1};
    view_rig_draw_view(&rig, 1400, 852);
    const struct heed_maps *maps = rig.result->maps;
    const int query = heed_maps_find_unit(maps, 5);
    for (int key = 0; key < maps->n; key++) {
        const struct heed_item *word = word_at(&rig, maps->units[key].first);
        assert_non_null(word);
        const float x = word->as.hotspot.x + word->as.hotspot.w / 2;
        for (int head = 0; head < 3; head++) {
            char number[32];
            int found = 0;
            heed_format_number(number, sizeof(number),
                               (double)heed_maps_row(maps, 0, head, query)[key], 3);
            for (size_t i = 0; i < rig.list.n_items; i++) {
                const struct heed_item *item = &rig.list.items[i];
                found += item->kind == HEED_ITEM_TEXT &&
                         item->as.text.y > word->as.hotspot.y + 60 &&
                         fabsf(item->as.text.x - x) < 1 && item->as.text.length == strlen(number) &&
                         memcmp(item->as.text.text, number, strlen(number)) == 0;
            }
            assert_true(found >= 1);
        }
    }
    char hidden[48] = "hidden ";
    heed_format_number(hidden + 7, sizeof(hidden) - 7, (double)maps->hidden[query], 3);
    assert_non_null(list_find_text(&rig.list, hidden));
    view_rig_close(&rig);
}

static void the_pinned_pair_has_its_number_at_the_arc(void **context)
{
    struct view_rig rig;
    open_arcs(&rig, TEXT, NULL);
    rig.state.query = (struct heed_pin){6, 1};
    rig.state.key = (struct heed_pin){2, 1};
    view_rig_show_layer(&rig, 0, 1);
    view_rig_draw_view(&rig, 500, 600); /* too narrow for rows */
    char number[32];
    heed_format_number(number, sizeof(number), (double)heed_maps_row(rig.result->maps, 0, 0, 6)[2],
                       3);
    assert_non_null(list_find_text(&rig.list, number));
    view_rig_close(&rig);
}

static void a_long_text_wraps_and_only_visible_lines_are_emitted(void **context)
{
    struct view_rig rig;
    view_rig_open_long(&rig);
    rig.state.view = HEED_VIEW_ARCS;
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(drawn(&rig), 2000);
    assert_true(rig.frame.links_left_out > 0);
    assert_true(rig.frame.content_height > 852);
    assert_non_null(list_find_text(&rig.list, "w0"));
    assert_null(list_find_text(&rig.list, "w149"));
    const int words = list_count_hotspots(&rig.list, HEED_TARGET_QUERY);
    assert_in_range(words, 30, 110);
    rig.frame.scroll_y = 1e9F;
    view_rig_draw_view(&rig, 960, 852);
    assert_null(list_find_text(&rig.list, "w0"));
    assert_non_null(list_find_text(&rig.list, "w149"));
    view_rig_close(&rig);
}

static void words_of_a_line_stand_side_by_side(void **context)
{
    struct view_rig rig;
    view_rig_open_long(&rig);
    rig.state.view = HEED_VIEW_ARCS;
    const float widths[] = {260, 500, 960, 2000};
    for (size_t k = 0; k < HEED_COUNT(widths); k++) {
        view_rig_draw_view(&rig, widths[k], 852);
        struct heed_rect last = {0, 0, 0, 0};
        for (size_t i = 0; i < rig.list.n_items; i++) {
            const struct heed_item *item = &rig.list.items[i];
            if (item->kind != HEED_ITEM_HOTSPOT) {
                continue;
            }
            const struct heed_rect box = item->as.hotspot;
            assert_true(box.x >= 0 && box.x + box.w <= widths[k] + 0.5F);
            if (item->target.kind == HEED_TARGET_SCROLL) {
                continue; /* the minimap */
            }
            if (fabsf(box.y - last.y) < 1) {
                assert_true(box.x >= last.x + last.w - 0.01F);
            } else {
                assert_true(box.y >= last.y + last.h);
            }
            last = box;
        }
    }
    view_rig_close(&rig);
}

static float middle(const struct view_rig *rig, int token)
{
    const struct heed_item *word = word_at(rig, token);
    assert_non_null(word);
    return word->as.hotspot.x + word->as.hotspot.w / 2;
}

static void right_to_left_words_run_leftwards(void **context)
{
    struct view_rig rig;
    /* Three Hebrew words, two Latin ones, one Hebrew. */
    open_arcs(&rig,
              "\xD7\x90\xD7\x91 \xD7\x92\xD7\x93 \xD7\x94\xD7\x95 ab cd "
              "\xD7\x96\xD7\x97",
              NULL);
    view_rig_draw_view(&rig, 960, 852);
    assert_true(middle(&rig, 0) > middle(&rig, 1)); /* [CLS] first: right */
    assert_true(middle(&rig, 1) > middle(&rig, 2));
    assert_true(middle(&rig, 2) > middle(&rig, 3));
    assert_true(middle(&rig, 3) > middle(&rig, 5));
    assert_true(middle(&rig, 4) < middle(&rig, 5)); /* but "ab cd" as always */
    assert_true(middle(&rig, 4) > middle(&rig, 6));
    assert_non_null(
        list_find_text(&rig.list, "attends to the right above the line, to the left below"));
    view_rig_close(&rig);
    /* A Hebrew phrase within a sentence that runs to the right. */
    open_arcs(&rig, "ab \xD7\x92\xD7\x93 \xD7\x94\xD7\x95 cd", NULL);
    view_rig_draw_view(&rig, 960, 852);
    assert_true(middle(&rig, 1) < middle(&rig, 3));
    assert_true(middle(&rig, 3) < middle(&rig, 2));
    assert_true(middle(&rig, 2) < middle(&rig, 4));
    view_rig_close(&rig);
}

static void the_ground_stays_the_same_under_hover_and_pin(void **context)
{
    struct view_rig rig;
    open_arcs(&rig, TEXT, NULL);
    const uint64_t key = view_rig_draw_ground(&rig)->key;
    assert_true(key != 0);
    assert_float_equal(view_rig_draw_ground(&rig)->opacity, 1, 0);
    rig.frame.hover.query = (struct heed_pin){3, 1};
    assert_true(view_rig_draw_ground(&rig)->key == key);
    assert_float_equal(view_rig_draw_ground(&rig)->opacity, 0.5, 0);
    rig.state.query = (struct heed_pin){2, 1};
    rig.state.key = (struct heed_pin){1, 1};
    assert_true(view_rig_draw_ground(&rig)->key == key);
    rig.state.filter.threshold = 0.02F;
    assert_true(view_rig_draw_ground(&rig)->key != key);
    view_rig_close(&rig);
}

static void an_empty_picture_says_why(void **context)
{
    struct view_rig rig;
    open_arcs(&rig, TEXT, NULL);
    heed_state_show_only(&rig.state, NULL, 0);
    view_rig_draw_view(&rig, 960, 852);
    assert_non_null(list_find_text(&rig.list, "No head is shown."));
    view_rig_close(&rig);
    open_arcs(&rig, "", NULL);
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
    rig.state.view = HEED_VIEW_ARCS;
    rig.frame.is_export = true;
    rig.scale = rig.frame.scale = 0.711F;
    for (int pinned = 0; pinned < 2; pinned++) {
        rig.state.query = (struct heed_pin){4, pinned};
        view_rig_draw_view(&rig, 321, 100);
        const float height = heed_view_export_height(&rig.frame, 321);
        view_rig_draw_view(&rig, 321, height);
        assert_int_equal(rig.frame.links_left_out, 0);
        assert_true(drawn(&rig) >= view_rig_count_kept(&rig));
        for (size_t i = 0; i < rig.list.n_items; i++) {
            const struct heed_item *item = &rig.list.items[i];
            if (item->kind == HEED_ITEM_TEXT) {
                const struct heed_rect box = view_rig_text_box(&item->as.text);
                assert_true(box.x >= 0 && box.x + box.w <= 321.5F);
                assert_true(box.y >= 0 && box.y + box.h <= height);
            }
        }
    }
    view_rig_close(&rig);
}

/* px from the top of the lines' place to the highest arc or word, from the lowest to its end. */
static void measure_edges(const struct view_rig *rig, float *above, float *below)
{
    struct heed_rect body = {0};
    *above = *below = 1e9F;
    for (size_t i = 0; i < rig->list.n_items; i++) {
        const struct heed_item *item = &rig->list.items[i];
        float y = 0;
        if (item->kind == HEED_ITEM_CLIP) {
            body = item->as.clip;
            continue;
        }
        if (item->kind == HEED_ITEM_UNCLIP) {
            return;
        }
        if (item->kind == HEED_ITEM_ARC) {
            y = item->as.arc.cy + (item->as.arc.from > 0 ? -1 : 1) * item->as.arc.ry;
        } else if (item->kind == HEED_ITEM_TEXT) {
            y = item->as.text.y;
        } else {
            continue;
        }
        *above = fminf(*above, y - body.y);
        *below = fminf(*below, body.y + body.h - y);
    }
}

/* Nothing but the arcs decides how much is left above and below the words. */
static void an_export_is_no_higher_than_its_arcs(void **context)
{
    static const float thresholds[] = {0.01F, 0.2F, 0.5F};
    static const float widths[] = {321, 661}; /* lines of words; one */
    (void)context;
    for (size_t i = 0; i < HEED_COUNT(thresholds) * HEED_COUNT(widths); i++) {
        struct view_rig rig;
        float above = 0, below = 0;
        open_arcs(&rig, TEXT, NULL);
        rig.frame.is_export = true;
        rig.scale = rig.frame.scale = 0.711F;
        rig.state.filter.threshold = thresholds[i / HEED_COUNT(widths)];
        view_rig_show_layer(&rig, 0, 1);
        view_rig_compute(&rig);
        const float width = widths[i % HEED_COUNT(widths)];
        view_rig_draw_view(&rig, width, 100);
        view_rig_draw_view(&rig, width, heed_view_export_height(&rig.frame, width));
        measure_edges(&rig, &above, &below);
        assert_true(above >= 0 && above < 26);
        assert_true(below >= 0 && below < 26);
        view_rig_close(&rig);
    }
}

/* Wrapped words have no rows of numbers: those from 0.1 up stand in words. */
static void an_export_of_wrapped_words_tells_their_numbers(void **context)
{
    struct view_rig rig;
    (void)context;
    open_arcs(&rig, TEXT, "It purred because it was near, and the cat saw that it was not.");
    rig.frame.is_export = true;
    rig.scale = rig.frame.scale = 0.711F;
    rig.state.query = (struct heed_pin){4, 1};
    view_rig_draw_view(&rig, 321, 100);
    view_rig_draw_view(&rig, 321, heed_view_export_height(&rig.frame, 321));
    const struct heed_maps *maps = rig.result->maps;
    int told = 0;
    for (int i = 0; i < rig.state.n_shown; i++) {
        const struct heed_head_id id = rig.state.shown[i].id;
        for (int key = 0; key < maps->n; key++) {
            char number[32], text[64];
            const float weight = heed_maps_row(maps, id.layer, id.head, 4)[key];
            heed_format_number(number, sizeof(number), (double)weight, 3);
            snprintf(text, sizeof(text), "%s\xC2\xA0%s", maps->units[key].label, number);
            told += weight >= 0.1F;
            assert_true(weight < 0.1F || list_says(&rig.list, text));
        }
    }
    assert_true(told > 0);
    view_rig_close(&rig);
}

/* At no scale does the type grow beyond what fits, by rounding. */
static void number_rows_stand_under_one_line_only(void **context)
{
    static const char text[] = "The animal didn't cross the street because it was too tired.";
    struct view_rig rig;
    (void)context;
    view_rig_open(&rig, text, NULL);
    rig.state.view = HEED_VIEW_ARCS;
    rig.state.query = (struct heed_pin){5, 1};
    for (int i = 0; i < 500; i++) {
        const float scale = 0.77F + 0.05F * (float)(i % 20);
        rig.scale = scale;
        view_rig_draw_view(&rig, (900 + (float)i) * scale, 700 * scale);
        float first = -1;
        int lines = 0;
        bool rows = false;
        for (size_t k = 0; k < rig.list.n_items; k++) {
            const struct heed_item *item = &rig.list.items[k];
            if (item->kind == HEED_ITEM_HOTSPOT &&
                (item->target.kind == HEED_TARGET_QUERY || item->target.kind == HEED_TARGET_KEY) &&
                fabsf(item->as.hotspot.y - first) > 1) {
                first = item->as.hotspot.y;
                lines++;
            }
            rows |=
                item->kind == HEED_ITEM_TEXT && strncmp(item->as.text.text, "Weight from", 11) == 0;
        }
        assert_true(lines == 1 || !rows);
    }
    view_rig_close(&rig);
}

static void an_exports_words_have_the_given_size(void **context)
{
    struct view_rig rig;
    (void)context;
    view_rig_open(&rig, "a few words", NULL);
    rig.state.view = HEED_VIEW_ARCS;
    rig.frame.is_export = true;
    rig.scale = rig.frame.scale = 10.667F / 15;
    view_rig_draw_view(&rig, 321, 300);
    float size = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_TEXT) {
            size = size > 0 ? size : item->as.text.style.size;
            assert_float_equal(item->as.text.style.size, size, 0.01F);
        }
    }
    assert_true(size > 0);
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_rows_stand_under_one_line_only),
        cmocka_unit_test(an_exports_words_have_the_given_size),
        cmocka_unit_test(arcs_drawn_are_those_that_the_filter_keeps),
        cmocka_unit_test(earlier_words_lie_above_and_later_ones_below),
        cmocka_unit_test(arcs_stay_between_the_header_and_the_rows),
        cmocka_unit_test(a_word_is_a_query_and_then_the_others_are_keys),
        cmocka_unit_test(numbers_under_the_words_are_the_maps),
        cmocka_unit_test(the_pinned_pair_has_its_number_at_the_arc),
        cmocka_unit_test(a_long_text_wraps_and_only_visible_lines_are_emitted),
        cmocka_unit_test(words_of_a_line_stand_side_by_side),
        cmocka_unit_test(right_to_left_words_run_leftwards),
        cmocka_unit_test(the_ground_stays_the_same_under_hover_and_pin),
        cmocka_unit_test(an_empty_picture_says_why),
        cmocka_unit_test(an_export_draws_all_links_and_fits_its_height),
        cmocka_unit_test(an_export_is_no_higher_than_its_arcs),
        cmocka_unit_test(an_export_of_wrapped_words_tells_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A finished list says what it has no room for: texts over the page's edge, cut by
 * a clip or over one another, maps that are cut, and whatever was cut short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "draw/display_list.h"
#include "draw/fit.h"
#include "draw/text_fit.h"
#include "render/record/record.h"

static const struct heed_color black = {0, 0, 0, 1};

/* A page of 200 x 100 px. */
static struct heed_list page(void)
{
    return (struct heed_list){.width = 200, .height = 100};
}

/* A letter is 5.5 px wide, 7.4 high, and reaches 2 below. */
static void put(struct heed_list *list, float x, float y, enum heed_anchor anchor, float angle,
                const char *text)
{
    heed_list_text(list, (struct heed_item_text){.x = x,
                                                 .y = y,
                                                 .style = {.size = 10, .weight = 400},
                                                 .anchor = anchor,
                                                 .angle = angle,
                                                 .color = black,
                                                 .text = text,
                                                 .length = (uint32_t)strlen(text)});
}

/* Checks and empties it. */
static bool fits(struct heed_list *list)
{
    const bool does = heed_list_fits(list, heed_record_get_metrics());
    assert_int_equal(does, list->lack.n == 0);
    assert_int_equal(does, list->lack.text[0] == '\0');
    assert_false(list->failed);
    heed_list_clear(list);
    return does;
}

static void a_text_lies_on_the_page(void **state)
{
    (void)state;
    struct heed_list list = page();
    put(&list, 0, 8, HEED_ANCHOR_START, 0, "word");
    put(&list, 200, 8, HEED_ANCHOR_END, 0, "word");
    put(&list, 100, 97.5f, HEED_ANCHOR_MIDDLE, 0, "word");
    assert_true(fits(&list));
    const struct {
        float x, y;
        enum heed_anchor anchor;
        float angle;
    } off[] = {
        {-2, 50, HEED_ANCHOR_START, 0},  {180, 50, HEED_ANCHOR_START, 0},
        {202, 50, HEED_ANCHOR_END, 0},   {10, 50, HEED_ANCHOR_MIDDLE, 0},
        {50, 6, HEED_ANCHOR_START, 0},   {50, 99, HEED_ANCHOR_START, 0},
        {50, 20, HEED_ANCHOR_START, -1}, {195, 40, HEED_ANCHOR_START, 1},
    };
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        put(&list, off[i].x, off[i].y, off[i].anchor, off[i].angle, "worded");
        assert_false(fits(&list));
    }
    heed_list_finish(&list);
}

static void texts_lie_beside_one_another(void **state)
{
    (void)state;
    struct heed_list list = page();
    put(&list, 50, 50, HEED_ANCHOR_START, 0, "word");
    put(&list, 72, 50, HEED_ANCHOR_START, 0, "next");
    put(&list, 50, 60, HEED_ANCHOR_START, 0, "below");
    assert_true(fits(&list));
    put(&list, 50, 50, HEED_ANCHOR_START, 0, "word");
    put(&list, 70, 50, HEED_ANCHOR_START, 0, "next");
    assert_false(fits(&list));
    put(&list, 50, 50, HEED_ANCHOR_START, 0, "word");
    put(&list, 60, 56, HEED_ANCHOR_START, 0, "below");
    assert_false(fits(&list));
    /* Slanted side by side their bounds cross, they don't. */
    put(&list, 50, 80, HEED_ANCHOR_START, -0.785f, "slanted");
    put(&list, 66, 80, HEED_ANCHOR_START, -0.785f, "slanted");
    assert_true(fits(&list));
    put(&list, 50, 80, HEED_ANCHOR_START, -0.785f, "slanted");
    put(&list, 56, 80, HEED_ANCHOR_START, -0.785f, "slanted");
    assert_false(fits(&list));
    heed_list_finish(&list);
}

/* Of a page of many words that are too close, one is enough: the page is thrown away. */
static void it_ends_at_the_first_that_does_not_fit(void **state)
{
    (void)state;
    struct heed_list list = page();
    for (int i = 0; i < 50; i++) {
        put(&list, 50, (float)(20 + i), HEED_ANCHOR_START, 0, "word");
        put(&list, -50, (float)(20 + i), HEED_ANCHOR_START, 0, "gone");
    }
    assert_false(heed_list_fits(&list, heed_record_get_metrics()));
    assert_int_equal(list.lack.n, 1);
    assert_string_equal(list.lack.text, "\xE2\x80\x9Cgone\xE2\x80\x9D");
    assert_false(heed_list_fits(&list, heed_record_get_metrics()));
    assert_int_equal(list.lack.n, 1);
    heed_list_clear(&list);
    put(&list, 60, 50, HEED_ANCHOR_START, 0, "right");
    put(&list, 50, 50, HEED_ANCHOR_START, 0, "left");
    put(&list, 50, 20, HEED_ANCHOR_START, 0, "above");
    put(&list, 52, 53, HEED_ANCHOR_START, 0, "below");
    assert_false(heed_list_fits(&list, heed_record_get_metrics()));
    assert_int_equal(list.lack.n, 1);
    assert_string_equal(list.lack.text,
                        "\xE2\x80\x9Cleft\xE2\x80\x9D beside \xE2\x80\x9Cright\xE2\x80\x9D");
    heed_list_finish(&list);
}

static void what_a_clip_cuts_off_is_noted(void **state)
{
    (void)state;
    struct heed_list list = page();
    const float values[] = {0, 1, 1, 0};
    const struct heed_item_heatmap map = {
        .rect = {20, 20, 40, 40}, .values = {1, values, 1, 2, 2}, .rows = 2, .columns = 2};
    for (int wide = 0; wide < 2; wide++) {
        const struct heed_rect clip = {10, 10, wide ? 80 : 45, 80};
        heed_list_group(&list, (struct heed_item_group){.key = 1, .opacity = 1, .bounds = clip});
        heed_list_clip(&list, clip);
        heed_list_heatmap(&list, map);
        heed_list_unclip(&list);
        heed_list_ungroup(&list);
        assert_int_equal(fits(&list), wide);
        heed_list_clip(&list, clip);
        put(&list, 20, 50, HEED_ANCHOR_START, 0, "worded it");
        heed_list_unclip(&list);
        put(&list, 120, 50, HEED_ANCHOR_START, 0, "worded it");
        assert_int_equal(fits(&list), wide);
    }
    heed_list_finish(&list);
}

static void what_is_cut_short_is_noted_by_its_words(void **state)
{
    (void)state;
    struct heed_list list = page();
    float width = 0;
    const struct heed_text_style style = {.size = 10, .weight = 400};
    assert_non_null(
        heed_text_elide(&list, heed_record_get_metrics(), style, "a long word", 30, &width));
    heed_list_lack(&list, "%d of %d heads", 18, 72);
    assert_int_equal(list.lack.n, 2);
    assert_string_equal(list.lack.text, "\xE2\x80\x9C"
                                        "a long word\xE2\x80\x9D");
    assert_false(fits(&list));
    assert_true(fits(&list)); /* emptied */
    heed_list_finish(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_lies_on_the_page),
        cmocka_unit_test(texts_lie_beside_one_another),
        cmocka_unit_test(it_ends_at_the_first_that_does_not_fit),
        cmocka_unit_test(what_a_clip_cuts_off_is_noted),
        cmocka_unit_test(what_is_cut_short_is_noted_by_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

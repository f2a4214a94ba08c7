/* The Compare view on a small model's own results. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/theme.h"
#include "render/record/record.h"
#include "scene/frame/frame.h"
#include "scene/frame/shown.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/parts.h"
#include "scene/views/views.h"
#include "scene/widgets/label.h"
#include "scene/widgets/widgets.h"
#include "state/state.h"
#include "tiny_model.h"

static const char text_a[] = "The animal didn't cross the street because it was too tired.";
static const char text_b[] = "The animal didn't cross the street because it was too wide.";

/* A picture and what it is made of. */
struct rig {
    struct heed_state state;
    struct heed_list list;
    struct heed_frame frame;
    const struct heed_result *result;
};

static void compute(struct rig *rig)
{
    const struct heed_job job = {
        .text = rig->state.text,
        .text_length = strlen(rig->state.text),
        .compare = rig->state.compare,
        .compare_length = rig->state.compare ? strlen(rig->state.compare) : 0,
        .filter = rig->state.filter,
    };
    const struct heed_pipeline_hints hints = {.previous = rig->result};
    const struct heed_result *result = NULL;
    struct heed_error err = {0};
    if (!heed_pipeline_run(tiny_model_pipeline(), &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    heed_result_release(rig->result);
    rig->result = result;
}

static void open_rig(struct rig *rig, const char *a, const char *b)
{
    memset(rig, 0, sizeof(*rig));
    assert_true(heed_state_init(&rig->state, NULL));
    assert_true(heed_state_set_text(&rig->state, a, strlen(a), NULL));
    assert_true(heed_state_set_compare(&rig->state, b, b ? strlen(b) : 0, NULL));
    rig->state.view = HEED_VIEW_COMPARE;
    compute(rig);
}

static void close_rig(struct rig *rig)
{
    heed_result_release(rig->result);
    heed_state_finish(&rig->state);
    heed_list_finish(&rig->list);
}

static void draw(struct rig *rig, float width, float height)
{
    heed_list_clear(&rig->list);
    rig->list.width = width;
    rig->list.height = height;
    rig->frame.list = &rig->list;
    rig->frame.state = &rig->state;
    rig->frame.result = rig->result;
    rig->frame.theme = heed_theme_get(rig->state.theme);
    rig->frame.metrics = heed_record_get_metrics();
    rig->frame.scale = rig->frame.hairline = rig->frame.zoom = 1;
    heed_view_draw(&rig->frame, (struct heed_rect){0, 0, width, height});
    assert_false(rig->list.failed);
    assert_int_equal(rig->list.depth, 0);
}

static int count_text(const struct heed_list *list, const char *text)
{
    int count = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        count += item->kind == HEED_ITEM_TEXT && item->as.text.length == strlen(text) &&
                 memcmp(item->as.text.text, text, strlen(text)) == 0;
    }
    return count;
}

static const struct heed_item_heatmap *find_heatmap(const struct heed_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        if (list->items[i].kind == HEED_ITEM_HEATMAP) {
            return &list->items[i].as.heatmap;
        }
    }
    return NULL;
}

static void pin_it_to_animal(struct rig *rig)
{
    rig->state.query = (struct heed_pin){12, 1};
    rig->state.key = (struct heed_pin){2, 1};
}

static void a_changed_word_is_stacked_and_named_in_both(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, text_a, text_b);
    draw(&rig, 960, 797);
    assert_int_equal(count_text(&rig.list, "tired"), 1);
    assert_int_equal(count_text(&rig.list, "wide"), 1);
    /* The row and the column of the difference. */
    assert_int_equal(count_text(&rig.list, "tired, wide"), 2);
    char text[160];
    heed_compare_proviso(&rig.frame, text, sizeof(text));
    assert_string_equal(text, "16 of 17 tokens aligned, 1 replaced");
    close_rig(&rig);
}

static void the_difference_is_b_minus_a_with_limits_on_both_sides(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, text_a, text_b);
    rig.state.matrix_head = (struct heed_head_id){0, 1};
    draw(&rig, 960, 797);
    const struct heed_item_heatmap *map = find_heatmap(&rig.list);
    assert_non_null(map);
    assert_int_equal(map->values.n_rows, 17);
    assert_float_equal(map->low, -map->high, 0);
    const float *a = heed_maps_row(rig.result->maps, 0, 1, 3);
    const float *b = heed_maps_row(rig.result->compare->result->maps, 0, 1, 3);
    for (int j = 0; j < 17; j++) {
        const float value = map->values.data[3 * 17 + j];
        assert_float_equal(value, b[j] - a[j], 1e-7);
        assert_true(fabsf(value) <= map->high);
    }
    close_rig(&rig);
}

static void heads_are_ordered_by_the_change_of_the_pinned_link(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, text_a, text_b);
    pin_it_to_animal(&rig);
    draw(&rig, 960, 797);
    bool is_link = false;
    const struct heed_compared_head *heads = heed_compare_ranked(&rig.frame, &is_link);
    assert_true(is_link);
    for (int i = 0; i < 8; i++) {
        assert_float_equal(heads[i].change, heads[i].b - heads[i].a, 0);
        assert_true(i == 0 || fabsf(heads[i - 1].change) >= fabsf(heads[i].change));
    }
    const float *row = heed_maps_row(rig.result->maps, heads[0].id.layer, heads[0].id.head, 12);
    assert_float_equal(heads[0].a, row[2], 1e-6);
    close_rig(&rig);
}

static void without_a_link_heads_are_ordered_by_distance(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, text_a, text_b);
    draw(&rig, 960, 797);
    bool is_link = true;
    const struct heed_compared_head *heads = heed_compare_ranked(&rig.frame, &is_link);
    assert_false(is_link);
    for (int i = 0; i < 8; i++) {
        const int place = heads[i].id.layer * 4 + heads[i].id.head;
        assert_float_equal(heads[i].change, rig.result->compare->distances[place].distance, 0);
        assert_true(i == 0 || heads[i - 1].change >= heads[i].change);
    }
    close_rig(&rig);
}

static void equal_texts_differ_nowhere(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, text_a, text_a);
    draw(&rig, 960, 797);
    const struct heed_item_heatmap *map = find_heatmap(&rig.list);
    for (int i = 0; i < 17 * 17; i++) {
        assert_float_equal(map->values.data[i], 0, 0);
    }
    assert_float_equal(rig.result->compare->sentence_cosine, 1, 1e-12);
    close_rig(&rig);
}

static void texts_with_nothing_in_common_are_drawn_whole(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, "not very new house ran home", "dog");
    rig.state.filter.hide_special = true;
    compute(&rig);
    draw(&rig, 960, 797);
    assert_int_equal(count_text(&rig.list, "not"), 1);
    assert_int_equal(count_text(&rig.list, "dog"), 1);
    char text[160];
    heed_compare_proviso(&rig.frame, text, sizeof(text));
    assert_string_equal(text, "2 of 8 tokens aligned, 1 replaced, 5 only in A");
    close_rig(&rig);
    open_rig(&rig, "", text_b);
    draw(&rig, 960, 797);
    close_rig(&rig);
}

static void every_size_is_drawn(void **state)
{
    (void)state;
    struct rig rig;
    char text[512] = "the dog";
    for (int i = 0; i < 60; i++) {
        strcat(text, " cat");
    }
    open_rig(&rig, text, "a dog and a cat");
    static const float sizes[][2] = {{320, 240}, {640, 380}, {960, 797}, {3000, 1800}, {1, 1}};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        draw(&rig, sizes[i][0], sizes[i][1]);
        assert_true(rig.frame.content_width >= sizes[i][0]);
        assert_true(rig.frame.content_height >= sizes[i][1]);
    }
    close_rig(&rig);
}

static void a_pinned_word_that_b_lacks_has_no_arcs_below(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, "the very old dog ran", "the dog ran");
    rig.state.query = (struct heed_pin){2, 1}; /* very */
    draw(&rig, 960, 797);
    float line = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_TEXT && item->as.text.length == 4 &&
            memcmp(item->as.text.text, "very", 4) == 0 && line == 0) {
            line = item->as.text.y;
        }
    }
    int above = 0;
    for (size_t i = 0; i < rig.list.n_items; i++) {
        const struct heed_item *item = &rig.list.items[i];
        if (item->kind == HEED_ITEM_ARC) {
            assert_true(item->as.arc.cy < line);
            above++;
        }
    }
    assert_true(above > 0);
    close_rig(&rig);
}

static void b_is_made_once_while_only_the_filter_changes(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, text_a, text_b);
    const struct heed_run *run = rig.result->compare->result->run;
    rig.state.filter.words = true;
    compute(&rig);
    assert_ptr_equal(rig.result->compare->result->run, run);
    assert_int_equal(rig.result->compare->result->maps->n, 14);
    close_rig(&rig);
}

static float x_of(const struct heed_list *list, const char *text)
{
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_TEXT && item->as.text.length == strlen(text) &&
            memcmp(item->as.text.text, text, strlen(text)) == 0) {
            return item->as.text.x;
        }
    }
    fail_msg("%s isn't drawn", text);
    return 0;
}

/* "\u05d0\u05d1 \u05d2\u05d3" against its first word and another. */
static void texts_from_right_to_left_run_leftwards(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, "\xD7\x90\xD7\x91 \xD7\x92\xD7\x93 \xD7\x94",
             "\xD7\x90\xD7\x91 \xD7\x92\xD7\x95 \xD7\x94");
    draw(&rig, 960, 797);
    const float first = x_of(&rig.list, "\xD7\x90\xD7\x91");
    const float last = x_of(&rig.list, "\xD7\x94");
    assert_true(first > last);
    assert_true(x_of(&rig.list, "[CLS]") > first);
    close_rig(&rig);
}

static void a_pieces_mark_stands_where_its_word_goes_on_from(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, "dog", "dog");
    draw(&rig, 960, 797);
    const struct heed_skin skin = heed_frame_get_skin(&rig.frame);
    const struct heed_text_style style = {.size = 20, .weight = 400};
    struct heed_unit unit = {.label = "##ran", .continues = true};
    heed_list_clear(&rig.list);
    heed_token_draw(&skin, 100, 0, style, HEED_ANCHOR_START, rig.frame.theme->text, &unit, 0);
    assert_true(x_of(&rig.list, "##") < x_of(&rig.list, "ran"));
    unit.label = "##\xD7\x92\xD7\x93";
    heed_list_clear(&rig.list);
    heed_token_draw(&skin, 100, 0, style, HEED_ANCHOR_START, rig.frame.theme->text, &unit, 0);
    assert_true(x_of(&rig.list, "##") > x_of(&rig.list, "\xD7\x92\xD7\x93"));
    assert_float_equal(x_of(&rig.list, "\xD7\x92\xD7\x93"), 100, 0.1);
    close_rig(&rig);
}

static void compare_begins_with_the_first_sentences_other_half(void **context)
{
    (void)context;
    struct heed_state state;
    assert_true(heed_state_init(&state, NULL));
    assert_null(state.compare);
    assert_true(heed_state_begin_compare(&state, NULL));
    assert_string_equal(state.compare, text_b);
    heed_state_set_compare(&state, NULL, 0, NULL);
    heed_state_set_text(&state, "a dog", 5, NULL);
    assert_true(heed_state_begin_compare(&state, NULL));
    assert_string_equal(state.compare, "a dog");
    assert_null(heed_state_get_second(&state));
    state.view = HEED_VIEW_COMPARE;
    assert_string_equal(heed_state_get_second(&state), "a dog");
    struct heed_state copy;
    assert_true(heed_state_copy(&copy, &state, NULL));
    assert_true(heed_state_equal(&copy, &state));
    heed_state_set_compare(&copy, "a cat", 5, NULL);
    assert_false(heed_state_equal(&copy, &state));
    heed_state_finish(&copy);
    heed_state_finish(&state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_word_is_stacked_and_named_in_both),
        cmocka_unit_test(the_difference_is_b_minus_a_with_limits_on_both_sides),
        cmocka_unit_test(heads_are_ordered_by_the_change_of_the_pinned_link),
        cmocka_unit_test(without_a_link_heads_are_ordered_by_distance),
        cmocka_unit_test(equal_texts_differ_nowhere),
        cmocka_unit_test(texts_with_nothing_in_common_are_drawn_whole),
        cmocka_unit_test(every_size_is_drawn),
        cmocka_unit_test(a_pinned_word_that_b_lacks_has_no_arcs_below),
        cmocka_unit_test(texts_from_right_to_left_run_leftwards),
        cmocka_unit_test(a_pieces_mark_stands_where_its_word_goes_on_from),
        cmocka_unit_test(b_is_made_once_while_only_the_filter_changes),
        cmocka_unit_test(compare_begins_with_the_first_sentences_other_half),
    };
    return cmocka_run_group_tests(tests, tiny_model_open, tiny_model_close);
}

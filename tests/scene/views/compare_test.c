/* The Compare view on a small model's own results. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model_rig.h"
#include "scene/frame/frame.h"
#include "scene/frame/shown.h"
#include "scene/panels/panels.h"
#include "scene/parts/provisos.h"
#include "scene/views/compare/layout.h"
#include "scene/views/compare/marks.h"
#include "scene/views/compare/parts.h"
#include "scene/views/compare/ranking.h"
#include "scene/widgets/label.h"
#include "scene/widgets/widgets.h"
#include "state/state.h"

static const char text_a[] = "The animal didn't cross the street because it was too tired.";
static const char text_b[] = "The animal didn't cross the street because it was too wide.";

static void open_rig(struct model_rig *rig, const char *a, const char *b)
{
    model_rig_open(rig, "tiny-bert", a);
    assert_true(heed_state_set_compare(&rig->state, b, b ? strlen(b) : 0, NULL));
    rig->state.view = HEED_VIEW_COMPARE;
    model_rig_compute(rig);
}

/* That of the change, which lies on both sides of 0. */
static const struct heed_item_heatmap *find_heatmap(const struct heed_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        if (list->items[i].kind == HEED_ITEM_HEATMAP && list->items[i].as.heatmap.low < 0) {
            return &list->items[i].as.heatmap;
        }
    }
    return NULL;
}

static void pin_it_to_animal(struct model_rig *rig)
{
    rig->state.query = (struct heed_pin){12, 1};
    rig->state.key = (struct heed_pin){2, 1};
}

static void a_changed_word_is_stacked_and_named_in_both(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    model_rig_draw(&rig, 960, 797);
    /* On the line, over a column, and in its map's title where that has room. */
    assert_int_equal(list_count_text(&rig.list, "tired"), 3);
    assert_int_equal(list_count_text(&rig.list, "wide"), 2);
    /* The row, and the column of the difference. */
    assert_int_equal(list_count_text(&rig.list, "tired, wide"), 2);
    struct heed_proviso provisos[HEED_MAX_PROVISOS];
    assert_true(heed_provisos_collect(&rig.frame, false, provisos) > 0);
    assert_string_equal(provisos[0].text, "16 of 17 tokens aligned, 1 replaced");
    model_rig_close(&rig);
}

static void the_difference_is_b_minus_a_with_limits_on_both_sides(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    rig.state.matrix_head = (struct heed_head_id){0, 1};
    model_rig_draw(&rig, 960, 797);
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
    model_rig_close(&rig);
}

/* How many points of arcs a text's box holds. */
static int count_hidden(const struct heed_list *list, const struct heed_item_text *text, float s)
{
    const float width = 40 * s, high = 6 * s;
    int hidden = 0;
    for (size_t i = 0; i < list->n_items; i++) {
        const struct heed_item_arc *arc = &list->items[i].as.arc;
        for (int k = 0; list->items[i].kind == HEED_ITEM_ARC && k <= 64; k++) {
            const float angle = arc->from + (arc->to - arc->from) * (float)k / 64;
            const float x = arc->cx + arc->rx * cosf(angle), y = arc->cy + arc->ry * sinf(angle);
            hidden += x > text->x && x < text->x + width && y < text->y && y > text->y - 2 * high;
        }
    }
    return hidden;
}

static void values_stand_beyond_all_arcs_with_the_change_beside_bs(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    pin_it_to_animal(&rig);
    model_rig_draw(&rig, 960, 797);
    const struct heed_maps *a = rig.result->maps, *b = rig.result->compare->result->maps;
    int n_values = 0;
    for (int head = 0; head < 3; head++) {
        char values[2][32], change[32];
        const float in_a = heed_maps_row(a, 0, head, 12)[2],
                    in_b = heed_maps_row(b, 0, head, 12)[2];
        heed_format_number(values[0], sizeof values[0], (double)in_a, 3);
        heed_format_number(values[1], sizeof values[1], (double)in_b, 3);
        heed_format_signed(change, sizeof change, (double)(in_b - in_a));
        assert_true(list_count_text(&rig.list, change) >= 1);
        for (size_t i = 0; i < rig.list.n_items; i++) {
            const struct heed_item_text *text = &rig.list.items[i].as.text;
            if (rig.list.items[i].kind == HEED_ITEM_TEXT && text->style.size > 17.5f &&
                (strcmp(text->text, values[0]) == 0 || strcmp(text->text, values[1]) == 0)) {
                assert_int_equal(count_hidden(&rig.list, text, 1), 0);
                n_values++;
            }
        }
    }
    assert_true(n_values >= 6);
    model_rig_close(&rig);
}

static void heads_are_ordered_by_the_change_of_the_pinned_link(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    pin_it_to_animal(&rig);
    model_rig_draw(&rig, 960, 797);
    bool is_link = false;
    const struct heed_compared_head *heads = heed_compare_ranked(&rig.frame, &is_link);
    assert_true(is_link);
    for (int i = 0; i < 8; i++) {
        assert_float_equal(heads[i].change, heads[i].b - heads[i].a, 0);
        assert_true(i == 0 || fabsf(heads[i - 1].change) >= fabsf(heads[i].change));
    }
    const float *row = heed_maps_row(rig.result->maps, heads[0].id.layer, heads[0].id.head, 12);
    assert_float_equal(heads[0].a, row[2], 1e-6);
    model_rig_close(&rig);
}

static void without_a_link_heads_are_ordered_by_distance(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    model_rig_draw(&rig, 960, 797);
    bool is_link = true;
    const struct heed_compared_head *heads = heed_compare_ranked(&rig.frame, &is_link);
    assert_false(is_link);
    for (int i = 0; i < 8; i++) {
        const int place = heads[i].id.layer * 4 + heads[i].id.head;
        assert_float_equal(heads[i].change, rig.result->compare->distances[place].distance, 0);
        assert_true(i == 0 || heads[i - 1].change >= heads[i].change);
    }
    model_rig_close(&rig);
}

static void equal_texts_differ_nowhere(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_a);
    model_rig_draw(&rig, 960, 797);
    const struct heed_item_heatmap *map = find_heatmap(&rig.list);
    for (int i = 0; i < 17 * 17; i++) {
        assert_float_equal(map->values.data[i], 0, 0);
    }
    assert_float_equal(rig.result->compare->sentence_cosine, 1, 1e-12);
    model_rig_close(&rig);
}

static void texts_with_nothing_in_common_are_drawn_whole(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, "not very new house ran home", "dog");
    rig.state.filter.hide_special = true;
    model_rig_compute(&rig);
    model_rig_draw(&rig, 960, 797);
    assert_true(list_count_text(&rig.list, "not") >= 1);
    assert_true(list_count_text(&rig.list, "dog") >= 1);
    struct heed_proviso provisos[HEED_MAX_PROVISOS];
    assert_true(heed_provisos_collect(&rig.frame, false, provisos) > 0);
    assert_string_equal(provisos[0].text, "2 of 8 tokens aligned, 1 replaced, 5 only in A");
    model_rig_close(&rig);
    open_rig(&rig, "", text_b);
    model_rig_draw(&rig, 960, 797);
    model_rig_close(&rig);
}

static void every_size_is_drawn(void **state)
{
    (void)state;
    struct model_rig rig;
    char text[512] = "the dog";
    for (int i = 0; i < 60; i++) {
        strcat(text, " cat");
    }
    open_rig(&rig, text, "a dog and a cat");
    static const float sizes[][2] = {{320, 240}, {640, 380}, {960, 797}, {3000, 1800}, {1, 1}};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        model_rig_draw(&rig, sizes[i][0], sizes[i][1]);
        assert_true(rig.frame.content_width >= sizes[i][0]);
        assert_true(rig.frame.content_height >= sizes[i][1]);
    }
    model_rig_close(&rig);
}

static void a_pinned_word_that_b_lacks_has_no_arcs_below(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, "the very old dog ran", "the dog ran");
    rig.state.query = (struct heed_pin){2, 1}; /* very */
    model_rig_draw(&rig, 960, 797);
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
    model_rig_close(&rig);
}

static void b_is_made_once_while_only_the_filter_changes(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    const struct heed_run *run = rig.result->compare->result->run;
    rig.state.filter.words = true;
    model_rig_compute(&rig);
    assert_ptr_equal(rig.result->compare->result->run, run);
    assert_int_equal(rig.result->compare->result->maps->n, 14);
    model_rig_close(&rig);
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
    struct model_rig rig;
    open_rig(&rig, "\xD7\x90\xD7\x91 \xD7\x92\xD7\x93 \xD7\x94",
             "\xD7\x90\xD7\x91 \xD7\x92\xD7\x95 \xD7\x94");
    model_rig_draw(&rig, 960, 797);
    const float first = x_of(&rig.list, "\xD7\x90\xD7\x91");
    const float last = x_of(&rig.list, "\xD7\x94");
    assert_true(first > last);
    assert_true(x_of(&rig.list, "[CLS]") > first);
    model_rig_close(&rig);
}

static void a_pieces_mark_stands_where_its_word_goes_on_from(void **state)
{
    (void)state;
    struct model_rig rig;
    open_rig(&rig, "dog", "dog");
    model_rig_draw(&rig, 960, 797);
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
    model_rig_close(&rig);
}

static void compare_begins_with_the_first_sentences_other_half(void **context)
{
    (void)context;
    struct heed_state state;
    assert_true(heed_state_init(&state, NULL));
    assert_null(state.compare);
    assert_true(heed_state_begin_compare(&state, NULL));
    assert_string_equal(state.compare, text_b);
    assert_true(heed_state_set_compare(&state, NULL, 0, NULL));
    assert_true(heed_state_set_text(&state, "a dog", 5, NULL));
    assert_true(heed_state_begin_compare(&state, NULL));
    assert_string_equal(state.compare, "a dog");
    assert_null(heed_state_get_second(&state));
    state.view = HEED_VIEW_COMPARE;
    assert_string_equal(heed_state_get_second(&state), "a dog");
    struct heed_state copy;
    assert_true(heed_state_copy(&copy, &state, NULL));
    assert_true(heed_state_equal(&copy, &state));
    assert_true(heed_state_set_compare(&copy, "a cat", 5, NULL));
    assert_false(heed_state_equal(&copy, &state));
    heed_state_finish(&copy);
    heed_state_finish(&state);
}

/* While a text is typed, before its numbers come. */
static void marks_move_with_what_is_typed_around_them(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        int from, to; /* bytes; none if they are equal */
    } typed[] = {
        {"The animal didn't cross the street because it was too tired.", 54, 59},
        {"The animal didn't cross the street because it was too tired. Or not.", 54, 59},
        {"Why? The animal didn't cross the street because it was too tired.", 59, 64},
        {"It was too tired.", 11, 16},
        {"The animal didn't cross the street because it was too tired", 54, 59},
        {"The animal didn't cross the street because it was too tir", 0, 0},
        {"The animal didn't cross the street because it was too retired.", 56, 61},
        {"tired.", 0, 5},
        {".", 0, 0},
        {"", 0, 0},
    };
    struct model_rig rig;
    open_rig(&rig, text_a, text_b);
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct heed_textfield field = {0};
        struct heed_textfield_look look = {0};
        assert_true(heed_textfield_set(&field, typed[i].a, strlen(typed[i].a), false));
        model_rig_draw(&rig, 960, 797);
        heed_compare_mark_field(&rig.frame, false, &field, &look);
        assert_int_equal(look.n_marks, typed[i].from < typed[i].to);
        if (look.n_marks > 0) {
            assert_int_equal(look.marks[0].from, typed[i].from);
            assert_int_equal(look.marks[0].to, typed[i].to);
        }
        heed_textfield_finish(&field);
    }
    model_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_word_is_stacked_and_named_in_both),
        cmocka_unit_test(the_difference_is_b_minus_a_with_limits_on_both_sides),
        cmocka_unit_test(values_stand_beyond_all_arcs_with_the_change_beside_bs),
        cmocka_unit_test(heads_are_ordered_by_the_change_of_the_pinned_link),
        cmocka_unit_test(without_a_link_heads_are_ordered_by_distance),
        cmocka_unit_test(equal_texts_differ_nowhere),
        cmocka_unit_test(texts_with_nothing_in_common_are_drawn_whole),
        cmocka_unit_test(every_size_is_drawn),
        cmocka_unit_test(a_pinned_word_that_b_lacks_has_no_arcs_below),
        cmocka_unit_test(texts_from_right_to_left_run_leftwards),
        cmocka_unit_test(a_pieces_mark_stands_where_its_word_goes_on_from),
        cmocka_unit_test(b_is_made_once_while_only_the_filter_changes),
        cmocka_unit_test(marks_move_with_what_is_typed_around_them),
        cmocka_unit_test(compare_begins_with_the_first_sentences_other_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Several heads are panels of one sheet: each named and lettered, tokens named once a
 * line, one scale; and nothing of it is left out or overprinted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/fit.h"
#include "scene/figure/sheet.h"
#include "scene/frame/kind.h"
#include "scene/views/views.h"
#include "scene/widgets/widgets.h"
#include "view_rig.h"

static const char TEXT[] = "The cat saw it because it was near.";

static const enum heed_view sheets[] = {HEED_VIEW_MATRIX, HEED_VIEW_LINKS};

/* On paper at 8 pt. */
static void open_sheet(struct view_rig *rig, enum heed_view view, const char *text, int n_heads)
{
    view_rig_open(rig, text, NULL);
    rig->state.view = view;
    rig->state.theme = HEED_THEME_PAPER;
    rig->frame.is_export = true;
    rig->scale = 10.667F / (view == HEED_VIEW_LINKS ? 20 : 15);
    view_rig_show_layer(rig, 0, n_heads);
    view_rig_compute(rig);
}

/* As high as it needs. True if it then lacks nothing. */
static bool draw(struct view_rig *rig, float mm)
{
    const float width = mm * 96 / 25.4F;
    view_rig_draw_view(rig, width, 2000); /* fills the frame */
    heed_list_clear(&rig->list);
    rig->foot = (struct heed_foot){0};
    const float height = rig->frame.kind->height(&rig->frame, width);
    view_rig_draw_view(rig, width, ceilf(height));
    return heed_list_fits(&rig->list, rig->frame.metrics);
}

static void every_panel_has_letter_heading_and_place(void **context)
{
    for (size_t v = 0; v < HEED_COUNT(sheets); v++) {
        struct view_rig rig;
        open_sheet(&rig, sheets[v], TEXT, 5);
        assert_true(draw(&rig, 175));
        for (int i = 0; i < 5; i++) {
            char letter[16], name[24];
            heed_panel_letter(5, i, letter, sizeof(letter));
            heed_head_name(rig.state.shown[i].id, name, sizeof(name));
            assert_int_equal(list_count_text(&rig.list, name), 1);
            const struct heed_item *at = list_find_text(&rig.list, letter);
            assert_non_null(at);
            assert_true(at->as.text.x < list_find_text(&rig.list, name)->as.text.x);
        }
        const bool is_map = sheets[v] == HEED_VIEW_MATRIX;
        assert_int_equal(list_count(&rig.list, HEED_ITEM_HEATMAP), is_map ? 5 : 0);
        assert_int_equal(list_count(&rig.list, HEED_ITEM_GRADIENT), is_map ? 1 : 0);
        if (!is_map) {
            assert_int_equal(list_count(&rig.list, HEED_ITEM_CUBIC), view_rig_count_kept(&rig));
        }
        view_rig_close(&rig);
    }
}

static void one_map_alone_has_no_letter(void **context)
{
    for (size_t v = 0; v < HEED_COUNT(sheets); v++) {
        struct view_rig rig;
        open_sheet(&rig, sheets[v], TEXT, 1);
        assert_true(draw(&rig, 85));
        assert_int_equal(list_count_text(&rig.list, "L0H0"), 1);
        assert_null(list_find_text(&rig.list, "(a)"));
        view_rig_close(&rig);
    }
}

static void letters_go_on_after_z(void **context)
{
    static const struct {
        int index;
        const char *letter;
    } rows[] = {{0, "(a)"}, {25, "(z)"}, {26, "(aa)"}, {701, "(zz)"}, {702, "(aaa)"}};
    for (size_t i = 0; i < HEED_COUNT(rows); i++) {
        char letter[16];
        heed_panel_letter(1024, rows[i].index, letter, sizeof(letter));
        assert_string_equal(letter, rows[i].letter);
    }
}

/* Rows and, of maps, only the first line's columns: each token so often. */
static void tokens_are_named_once_a_line(void **context)
{
    for (size_t v = 0; v < HEED_COUNT(sheets); v++) {
        for (int columns = 1; columns <= 4; columns++) {
            struct view_rig rig;
            open_sheet(&rig, sheets[v], TEXT, 4);
            rig.frame.columns = columns;
            assert_true(draw(&rig, 200));
            const int lines = (4 + columns - 1) / columns;
            const bool is_map = sheets[v] == HEED_VIEW_MATRIX;
            const int times = is_map ? lines + columns : 2 * lines;
            assert_int_equal(list_count_text(&rig.list, "cat"), times);
            const struct heed_item *b = list_find_text(&rig.list, "(b)");
            const struct heed_item *a = list_find_text(&rig.list, "(a)");
            assert_int_equal(a->as.text.y == b->as.text.y, columns > 1);
            view_rig_close(&rig);
        }
    }
}

/* A head as it was trained, and beside it in the lab: never torn apart by a line's end. */
static void what_belongs_together_stands_in_one_line(void **context)
{
    static const float widths[] = {85, 110, 140, 175, 300};
    for (size_t w = 0; w < HEED_COUNT(widths); w++) {
        for (int n = 1; n <= 4; n++) {
            struct view_rig rig;
            open_sheet(&rig, HEED_VIEW_LAB, TEXT, n);
            assert_true(draw(&rig, widths[w]));
            assert_false(rig.frame.is_meagre);
            for (int i = 0; i < n; i++) {
                const char trained[] = {'(', (char)('a' + 2 * i), ')', '\0'};
                const char lab[] = {'(', (char)('b' + 2 * i), ')', '\0'};
                const struct heed_item *left = list_find_text(&rig.list, trained);
                const struct heed_item *right = list_find_text(&rig.list, lab);
                assert_non_null(left);
                assert_non_null(right);
                assert_true(left->as.text.y == right->as.text.y);
                assert_true(left->as.text.x < right->as.text.x);
            }
            assert_int_equal(list_count_text(&rig.list, "as trained"), n);
            assert_int_equal(list_count_text(&rig.list, "in the lab"), n);
            view_rig_close(&rig);
        }
    }
}

static void where_they_have_no_room_beside_each_other_they_stand_below(void **context)
{
    struct view_rig rig;
    open_sheet(&rig, HEED_VIEW_LAB,
               "The cat saw it because it was near. It was near because it saw it.", 2);
    assert_true(draw(&rig, 85));
    assert_true(rig.frame.is_meagre); /* a page without a size is wider */
    const struct heed_item *above = list_find_text(&rig.list, "as trained");
    const struct heed_item *below = list_find_text(&rig.list, "in the lab");
    assert_true(above->as.text.y < below->as.text.y);
    view_rig_close(&rig);
}

static void columns_that_dont_fit_are_refused_not_shrunk(void **context)
{
    struct view_rig rig;
    open_sheet(&rig, HEED_VIEW_MATRIX, TEXT, 4);
    rig.frame.columns = 4;
    assert_false(draw(&rig, 85));
    assert_true(draw(&rig, 200));
    view_rig_close(&rig);
}

/* No line is nearer to the next than its neighbours for the sake of whole px, which paper
 * doesn't have: letters of close rows would touch. */
static void rows_stand_equally_far_apart(void **context)
{
    for (size_t v = 0; v < HEED_COUNT(sheets); v++) {
        char text[512] = "", word[8];
        for (int i = 10; i < 40; i++) {
            snprintf(text + strlen(text), sizeof(text) - strlen(text), "%c%c ", 'a' + i / 10,
                     'a' + i % 10);
        }
        struct view_rig rig;
        open_sheet(&rig, sheets[v], text, 3);
        rig.scale *= 1.13F;
        assert_true(draw(&rig, 175));
        const struct heed_item *rows[30];
        for (int i = 10; i < 40; i++) {
            snprintf(word, sizeof(word), "%c%c", 'a' + i / 10, 'a' + i % 10);
            rows[i - 10] = list_find_text(&rig.list, word);
            assert_non_null(rows[i - 10]);
        }
        for (int i = 2; i < 30; i++) {
            const float pitch = rows[1]->as.text.y - rows[0]->as.text.y;
            assert_true(fabsf(rows[i]->as.text.y - rows[i - 1]->as.text.y - pitch) < 0.01F);
        }
        view_rig_close(&rig);
    }
}

static void all_tokens_are_named_or_the_page_lacks_them(void **context)
{
    static const int lengths[] = {1, 2, 5, 16, 42, 66, 90};
    for (size_t l = 0; l < HEED_COUNT(lengths); l++) {
        char text[1024] = "";
        for (int i = 0; i < lengths[l] - 2; i++) {
            snprintf(text + strlen(text), sizeof(text) - strlen(text), "w%d ", i);
        }
        struct view_rig rig;
        open_sheet(&rig, HEED_VIEW_MATRIX, text, 3);
        bool fitted = false;
        for (int mm = 60; mm <= 400; mm += 17) {
            const bool fits = draw(&rig, (float)mm);
            assert_false(fitted && !fits); /* more room never has less room */
            fitted = fits;
            for (int i = 0; fits && i < rig.result->maps->n; i++) {
                const char *label = rig.result->maps->units[i].label;
                assert_true(list_count_text(&rig.list, label) >= 2);
            }
            assert_true(fits || mm < 85 || lengths[l] > 42);
        }
        assert_true(fitted);
        view_rig_close(&rig);
    }
}

static void pinned_pair_and_hidden_shares_are_told_of_every_head(void **context)
{
    struct view_rig rig;
    open_sheet(&rig, HEED_VIEW_MATRIX, TEXT, 3);
    rig.state.filter.hide_special = true;
    rig.state.query = (struct heed_pin){3, 1};
    rig.state.key = (struct heed_pin){2, 1};
    view_rig_compute(&rig);
    assert_true(draw(&rig, 110));
    const struct heed_maps *maps = rig.result->maps;
    const struct heed_range query = {2, 1}, key = {1, 1}, all = {0, maps->n};
    const size_t n = (size_t)maps->n;
    for (int head = 0; head < 3; head++) {
        char text[32];
        const float weight = heed_map_weight(heed_maps_row(maps, 0, head, 0), maps->n, query, key);
        heed_format_number(text, sizeof(text), (double)weight, 2);
        assert_non_null(list_find_text(&rig.list, text));
        const float hidden = heed_map_hidden(maps->hidden + (size_t)head * n, all);
        heed_format_number(text, sizeof(text), (double)hidden, 2);
        assert_non_null(list_find_text(&rig.list, text));
    }
    assert_true(list_says(&rig.list, "hidden: the share of [CLS] and [SEP]"));
    view_rig_close(&rig);
}

static void merged_words_and_unknown_ones_are_explained(void **context)
{
    struct view_rig rig;
    open_sheet(&rig, HEED_VIEW_MATRIX, TEXT, 1);
    rig.state.filter.words = true;
    view_rig_compute(&rig);
    draw(&rig, 175);
    assert_true(list_says(&rig.list, "word pieces merged"));
    assert_false(list_says(&rig.list, "[UNK]"));
    struct heed_maps *maps = (struct heed_maps *)rig.result->maps;
    struct heed_unit *units = (struct heed_unit *)maps->units;
    units[2].unknown = true;
    draw(&rig, 175);
    assert_true(list_says(&rig.list, "dashed: [UNK] to the model"));
    view_rig_close(&rig);
}

static void a_measure_heads_its_panel(void **context)
{
    for (size_t v = 0; v < HEED_COUNT(sheets); v++) {
        struct view_rig rig;
        open_sheet(&rig, sheets[v], TEXT, 2);
        rig.state.filter.aggregate = HEED_AGGREGATE_MEAN;
        view_rig_compute(&rig);
        draw(&rig, 110);
        assert_int_equal(list_count_text(&rig.list, "mean of L0H0, L0H1"), 1);
        rig.state.filter.aggregate = HEED_AGGREGATE_NONE;
        rig.state.filter.measure = HEED_MEASURE_ROLLOUT;
        view_rig_compute(&rig);
        draw(&rig, 110);
        assert_int_equal(list_count_text(&rig.list, "rollout to layer 0"), 1);
        assert_null(list_find_text(&rig.list, "(b)"));
        view_rig_close(&rig);
    }
}

/* Arcs shows one head; of several there is a panel for each, and what they leave out
 * together stands once. */
static void a_view_of_one_head_has_a_panel_for_each(void **context)
{
    for (int columns = 1; columns <= 2; columns++) {
        struct view_rig rig;
        char below[64];
        open_sheet(&rig, HEED_VIEW_ARCS, TEXT, 3);
        rig.frame.columns = columns;
        rig.state.filter.threshold = 0.15F;
        view_rig_compute(&rig);
        const float width = 175 * 96 / 25.4F;
        view_rig_draw_view(&rig, width, 2000);
        heed_list_clear(&rig.list);
        rig.foot = (struct heed_foot){0};
        const float height = heed_view_export_height(&rig.frame, width);
        view_rig_draw_view(&rig, width, height);
        assert_true(heed_list_fits(&rig.list, rig.frame.metrics));
        const int all = 3 * rig.result->maps->n * rig.result->maps->n;
        const int kept = view_rig_count_kept(&rig);
        assert_int_equal(rig.frame.links_total, all);
        assert_int_equal(rig.frame.links_below, all - kept);
        snprintf(below, sizeof(below), "%d of %d links below 0.15 not drawn", all - kept, all);
        assert_int_equal(list_count_text(&rig.list, below), 1);
        const struct heed_item *b = list_find_text(&rig.list, "(b)");
        assert_true((b->as.text.y == list_find_text(&rig.list, "(a)")->as.text.y) ==
                    (columns == 2));
        assert_non_null(list_find_text(&rig.list, "(c)"));
        assert_int_equal(list_count(&rig.list, HEED_ITEM_ARC), kept);
        assert_int_equal(list_count_text(&rig.list, "weight"), 1); /* one legend for all */
        assert_int_equal(list_count_text(&rig.list, "Each word"), 1);
        assert_true(list_find_text(&rig.list, "weight")->as.text.y >
                    list_find_text(&rig.list, "(c)")->as.text.y);
        view_rig_close(&rig);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_panel_has_letter_heading_and_place),
        cmocka_unit_test(one_map_alone_has_no_letter),
        cmocka_unit_test(letters_go_on_after_z),
        cmocka_unit_test(tokens_are_named_once_a_line),
        cmocka_unit_test(what_belongs_together_stands_in_one_line),
        cmocka_unit_test(where_they_have_no_room_beside_each_other_they_stand_below),
        cmocka_unit_test(columns_that_dont_fit_are_refused_not_shrunk),
        cmocka_unit_test(rows_stand_equally_far_apart),
        cmocka_unit_test(all_tokens_are_named_or_the_page_lacks_them),
        cmocka_unit_test(pinned_pair_and_hidden_shares_are_told_of_every_head),
        cmocka_unit_test(merged_words_and_unknown_ones_are_explained),
        cmocka_unit_test(a_measure_heads_its_panel),
        cmocka_unit_test(a_view_of_one_head_has_a_panel_for_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The text field: caret, selection, words, graphemes, composition, scrolling,
 * with the fixed widths of render/record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/theme.h"
#include "render/record/record.h"
#include "scene/field/textfield.h"
#include "scene/field/textfield_draw.h"
#include "state/event.h"

enum { SIZE = 20, WIDTH = 400 };
static const struct heed_rect inner = {0, 0, WIDTH, 44};
static const struct heed_text_style style = {.size = SIZE, .weight = 400};
static const float advance = 0.55F * SIZE;

static struct heed_textfield_change handle(struct heed_textfield *field, struct heed_event event)
{
    return heed_textfield_handle(field, &event, inner, style, heed_record_get_metrics(), 1 << 20);
}

static struct heed_textfield_change press(struct heed_textfield *field, int key, int mods)
{
    return handle(field, (struct heed_event){.kind = HEED_EVENT_KEY,
                                             .key = (enum heed_key)key,
                                             .mods = (uint8_t)mods});
}

static struct heed_textfield_change type(struct heed_textfield *field, const char *text)
{
    return handle(
        field, (struct heed_event){.kind = HEED_EVENT_TEXT, .text = text, .length = strlen(text)});
}

static struct heed_textfield_change point(struct heed_textfield *field, enum heed_event_kind kind,
                                          float x, int clicks)
{
    return handle(
        field, (struct heed_event){.kind = kind, .x = x, .y = 20, .button = 1, .clicks = clicks});
}

static struct heed_rect draw(struct heed_textfield *field, struct heed_list *list)
{
    struct heed_rect caret = {0};
    const struct heed_textfield_look look = {.rect = {-8, 0, WIDTH + 16, 44},
                                             .inner = inner,
                                             .style = style,
                                             .theme = heed_theme_get(HEED_THEME_LIGHT),
                                             .scale = 1,
                                             .focused = true,
                                             .caret_on = true,
                                             .kept = field->text.size};
    heed_list_clear(list);
    heed_textfield_draw(field, list, &look, heed_record_get_metrics(), &caret);
    return caret;
}

static void assert_selected(const struct heed_textfield *field, const char *expected)
{
    size_t length = 0;
    const char *text = heed_textfield_selection(field, &length);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(text, expected, length);
}

static int make(void **context)
{
    struct heed_textfield *field = calloc(1, sizeof(*field));
    *context = field;
    return heed_textfield_set(field, "", 0, false) ? 0 : -1;
}

static int drop(void **context)
{
    heed_textfield_finish(*context);
    free(*context);
    return 0;
}

static void typing_inserts_at_the_caret(void **context)
{
    struct heed_textfield *field = *context;
    type(field, "hllo");
    press(field, HEED_KEY_HOME, 0);
    press(field, HEED_KEY_RIGHT, 0);
    assert_true(type(field, "e").text_changed);
    assert_string_equal(field->text.data, "hello");
    assert_int_equal(field->caret, 2);
}

static void words_are_moved_over_and_erased_with_ctrl(void **context)
{
    struct heed_textfield *field = *context;
    type(field, "one two, three");
    press(field, HEED_KEY_LEFT, HEED_MOD_CTRL);
    assert_int_equal(field->caret, 9);
    press(field, HEED_KEY_LEFT, HEED_MOD_CTRL);
    assert_int_equal(field->caret, 7);
    press(field, HEED_KEY_BACKSPACE, HEED_MOD_CTRL);
    assert_string_equal(field->text.data, "one , three");
    press(field, HEED_KEY_HOME, 0);
    press(field, HEED_KEY_DELETE, HEED_MOD_CTRL);
    assert_string_equal(field->text.data, " , three");
}

/* It stood still there: the accent is a letter, the full stop isn't. */
static void a_word_motion_gets_past_a_sign_with_an_accent(void **context)
{
    struct heed_textfield *field = *context;
    type(field, ".\xCC\x81x");
    press(field, HEED_KEY_HOME, 0);
    press(field, HEED_KEY_RIGHT, HEED_MOD_CTRL);
    assert_int_equal(field->caret, 3);
    press(field, HEED_KEY_RIGHT, HEED_MOD_CTRL);
    assert_int_equal(field->caret, 4);
}

static void an_emoji_of_several_code_points_goes_at_once(void **context)
{
    struct heed_textfield *field = *context;
    /* a family of three by two joiners; e and an acute accent */
    const char *family = "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80"
                         "\x8D\xF0\x9F\x91\xA7";
    type(field, "a");
    type(field, family);
    type(field, "e\xCC\x81");
    press(field, HEED_KEY_BACKSPACE, 0);
    assert_int_equal(field->text.size, 1 + strlen(family));
    press(field, HEED_KEY_LEFT, 0);
    assert_int_equal(field->caret, 1);
    press(field, HEED_KEY_DELETE, 0);
    assert_string_equal(field->text.data, "a");
}

static void shift_selects_and_typing_replaces(void **context)
{
    struct heed_textfield *field = *context;
    type(field, "one two");
    assert_true(press(field, HEED_KEY_LEFT, HEED_MOD_CTRL | HEED_MOD_SHIFT).selected);
    assert_selected(field, "two");
    const struct heed_textfield_change change = type(field, "x");
    assert_true(change.apart);
    assert_string_equal(field->text.data, "one x");
    press(field, 'A', HEED_MOD_CTRL);
    assert_selected(field, "one x");
    assert_true(press(field, 'X', HEED_MOD_CTRL).cut);
    press(field, HEED_KEY_LEFT, 0);
    assert_int_equal(field->caret, 0);
    assert_selected(field, "");
}

static void clicks_select_place_word_and_all(void **context)
{
    struct heed_textfield *field = *context;
    type(field, "one two, three");
    point(field, HEED_EVENT_POINTER_DOWN, 5.4F * advance, 1);
    assert_int_equal(field->caret, 5);
    point(field, HEED_EVENT_POINTER_UP, 5.4F * advance, 1);
    assert_true(point(field, HEED_EVENT_POINTER_DOWN, 5.4F * advance, 2).selected);
    assert_selected(field, "two");
    point(field, HEED_EVENT_POINTER_MOVE, 10.0F * advance, 2);
    assert_selected(field, "two, three");
    point(field, HEED_EVENT_POINTER_UP, 10.0F * advance, 2);
    point(field, HEED_EVENT_POINTER_DOWN, 1.0F * advance, 3);
    assert_selected(field, "one two, three");
}

/* Right of a letter's middle the nearest place for a caret is behind it. */
static void a_double_click_means_the_word_under_the_pointer(void **context)
{
    struct heed_textfield *field = *context;
    type(field, "one didn't, three");
    point(field, HEED_EVENT_POINTER_DOWN, 2.8F * advance, 2);
    assert_selected(field, "one");
    point(field, HEED_EVENT_POINTER_UP, 2.8F * advance, 2);
    point(field, HEED_EVENT_POINTER_DOWN, 9.9F * advance, 2);
    assert_selected(field, "didn't");
    point(field, HEED_EVENT_POINTER_UP, 9.9F * advance, 2);
    point(field, HEED_EVENT_POINTER_DOWN, 4.1F * advance, 2);
    point(field, HEED_EVENT_POINTER_MOVE, 2.6F * advance, 2);
    assert_selected(field, "one didn't");
}

static void the_right_button_keeps_a_selection_that_it_is_over(void **context)
{
    struct heed_textfield *field = *context;
    struct heed_event right = {.kind = HEED_EVENT_POINTER_DOWN, .y = 20, .button = 3, .clicks = 1};
    type(field, "one two three");
    point(field, HEED_EVENT_POINTER_DOWN, 5.4F * advance, 2);
    point(field, HEED_EVENT_POINTER_UP, 5.4F * advance, 2);
    right.x = 5.0F * advance;
    handle(field, right);
    assert_selected(field, "two");
    right.x = 10.0F * advance;
    handle(field, right);
    assert_selected(field, "");
    assert_int_equal(field->caret, 10);
}

/* 36 letters a row: the first holds "aaaa " seven times, and no eighth. */
static void long_text_runs_in_rows(void **context)
{
    struct heed_textfield *field = *context;
    field->wraps = true;
    for (int i = 0; i < 20; i++) {
        type(field, "aaaa ");
    }
    assert_int_equal(heed_textfield_count_rows(field, WIDTH, style, heed_record_get_metrics()), 3);
    field->wraps = false;
    assert_int_equal(heed_textfield_count_rows(field, WIDTH, style, heed_record_get_metrics()), 1);
    field->wraps = true;
    press(field, HEED_KEY_HOME, 0);
    assert_int_equal(field->caret, 70);
    press(field, HEED_KEY_UP, 0);
    assert_int_equal(field->caret, 35);
    press(field, HEED_KEY_END, 0);
    assert_int_equal(field->caret, 70);
    press(field, HEED_KEY_UP, 0); /* it hung in the second row */
    assert_in_range(field->caret, 34, 35);
    press(field, HEED_KEY_UP, 0);
    assert_int_equal(field->caret, 0);
    press(field, HEED_KEY_END, HEED_MOD_CTRL);
    assert_int_equal(field->caret, 100);
    press(field, HEED_KEY_HOME, HEED_MOD_CTRL);
    assert_int_equal(field->caret, 0);
}

/* Down through a short row and on: the caret is where it began. */
static void up_and_down_keep_their_column(void **context)
{
    struct heed_textfield *field = *context;
    field->wraps = true;
    type(field, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb aaaaaa cccccccccccccccccccccccccccccccccc dd "
                "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
    press(field, HEED_KEY_HOME, HEED_MOD_CTRL);
    for (int i = 0; i < 20; i++) {
        press(field, HEED_KEY_RIGHT, 0);
    }
    press(field, HEED_KEY_DOWN, 0); /* "aaaaaa " */
    assert_in_range(field->caret, 37, 38);
    press(field, HEED_KEY_DOWN, 0);
    assert_int_equal(field->caret, 38 + 20);
    press(field, HEED_KEY_UP, HEED_MOD_SHIFT);
    press(field, HEED_KEY_UP, HEED_MOD_SHIFT);
    assert_int_equal(field->caret, 20);
    assert_int_equal(field->anchor, 58);
}

static void the_pointer_finds_its_row_and_the_caret_is_brought_into_view(void **context)
{
    struct heed_textfield *field = *context;
    struct heed_list list = {0};
    field->wraps = true;
    for (int i = 0; i < 20; i++) {
        type(field, "aaaa ");
    }
    draw(field, &list); /* one row has room: the caret's, the last */
    assert_int_equal(field->top, 2);
    point(field, HEED_EVENT_POINTER_DOWN, 5.0F * advance, 1);
    assert_int_equal(field->caret, 75);
    press(field, HEED_KEY_HOME, HEED_MOD_CTRL);
    draw(field, &list);
    assert_int_equal(field->top, 0);
    heed_textfield_scroll(field, 10.0F);
    draw(field, &list);
    assert_int_equal(field->top, 1);
    point(field, HEED_EVENT_POINTER_DOWN, 5.0F * advance, 1);
    assert_int_equal(field->caret, 40);
    heed_list_finish(&list);
}

/* Without a space a row ends between two graphemes; right-to-left words wrap likewise. */
static void rows_end_inside_words_that_are_too_long(void **context)
{
    struct heed_textfield *field = *context;
    field->wraps = true;
    for (int i = 0; i < 50; i++) {
        type(field, "\xE6\xBC\xA2"); /* 20 px wide: 20 a row */
    }
    press(field, HEED_KEY_HOME, 0);
    assert_int_equal(field->caret, 3 * 40);
    press(field, HEED_KEY_LEFT, 0);
    press(field, HEED_KEY_HOME, 0);
    assert_int_equal(field->caret, 3 * 20);
    assert_true(heed_textfield_set(field, "", 0, false));
    for (int i = 0; i < 10; i++) {
        type(field, "\xD7\x90\xD7\x91\xD7\x92\xD7\x93\xD7\x94\xD7\x95 ");
    }
    assert_int_equal(heed_textfield_count_rows(field, WIDTH, style, heed_record_get_metrics()), 2);
    for (int i = 0; i < 80; i++) { /* on and on to the left: through both rows */
        press(field, HEED_KEY_HOME, i == 0 ? HEED_MOD_CTRL : HEED_MOD_ALT);
        press(field, HEED_KEY_LEFT, 0);
    }
    assert_int_equal(field->caret, field->text.size);
}

static void a_drag_selects_in_both_directions(void **context)
{
    struct heed_textfield *field = *context;
    type(field, "abcdef");
    point(field, HEED_EVENT_POINTER_DOWN, 3.0F * advance, 1);
    point(field, HEED_EVENT_POINTER_MOVE, 5.0F * advance, 1);
    assert_selected(field, "de");
    point(field, HEED_EVENT_POINTER_MOVE, 1.0F * advance, 1);
    assert_selected(field, "bc");
    assert_int_equal(field->caret, 1);
}

static void pasted_line_ends_become_spaces(void **context)
{
    struct heed_textfield *field = *context;
    handle(field, (struct heed_event){
                      .kind = HEED_EVENT_PASTE, .text = "a\r\nb\nc\td\x01\x7F", .length = 10});
    assert_string_equal(field->text.data, "a b c d");
}

static void invalid_bytes_become_replacement_characters(void **context)
{
    struct heed_textfield *field = *context;
    assert_true(heed_textfield_insert(field, "a\xFF\xC3z\0b", 6, 1000));
    assert_string_equal(field->text.data, "a\xEF\xBF\xBD\xEF\xBF\xBDzb");
}

static void text_beyond_the_limit_is_refused_as_a_whole(void **context)
{
    struct heed_textfield *field = *context;
    assert_true(heed_textfield_insert(field, "12345678", 8, 10));
    assert_false(heed_textfield_insert(field, "abc", 3, 10));
    assert_string_equal(field->text.data, "12345678");
    field->anchor = 0;
    assert_true(heed_textfield_insert(field, "abcdefghij", 10, 10));
    assert_string_equal(field->text.data, "abcdefghij");
}

static void a_composition_is_shown_but_not_part_of_the_text(void **context)
{
    struct heed_textfield *field = *context;
    struct heed_list list = {0};
    type(field, "ab");
    press(field, HEED_KEY_LEFT, 0);
    handle(field, (struct heed_event){
                      .kind = HEED_EVENT_COMPOSE, .text = "xyz", .length = 3, .cursor = 2});
    assert_string_equal(field->text.data, "ab");
    const struct heed_rect caret = draw(field, &list);
    assert_true(caret.x > 2.9F * advance && caret.x < 3.1F * advance);
    bool shown = false;
    for (size_t i = 0; i < list.n_items; i++) {
        const struct heed_item_text *text = &list.items[i].as.text;
        shown = shown || (list.items[i].kind == HEED_ITEM_TEXT && text->length == 5 &&
                          memcmp(text->text, "axyzb", 5) == 0);
    }
    assert_true(shown);
    assert_false(press(field, HEED_KEY_BACKSPACE, 0).text_changed);
    type(field, "Q");
    assert_string_equal(field->text.data, "aQb");
    assert_int_equal(field->compose.size, 0);
    heed_list_finish(&list);
}

static void the_caret_stays_in_view_of_wide_text(void **context)
{
    struct heed_textfield *field = *context;
    struct heed_list list = {0};
    for (int i = 0; i < 60; i++) {
        type(field, "word ");
    }
    struct heed_rect caret = draw(field, &list);
    assert_true(caret.x > WIDTH - 20 && caret.x + caret.w <= WIDTH + 1);
    press(field, HEED_KEY_HOME, 0);
    caret = draw(field, &list);
    assert_true(caret.x < 1);
    for (int i = 0; i < 150; i++) {
        press(field, HEED_KEY_RIGHT, 0);
        caret = draw(field, &list);
        assert_true(caret.x >= 0 && caret.x + caret.w <= WIDTH + 1);
    }
    for (int i = 0; i < 150; i++) {
        press(field, HEED_KEY_LEFT, 0);
        caret = draw(field, &list);
        assert_true(caret.x >= 0 && caret.x + caret.w <= WIDTH + 1);
    }
    assert_int_equal(field->caret, 0);
    heed_list_finish(&list);
}

static size_t measured;

static float counted_width(void *context, struct heed_text_style its_style, const char *text,
                           size_t length)
{
    (void)context;
    measured += length;
    return heed_text_width(heed_record_get_metrics(), its_style, text, length);
}

static float counted_caret(void *context, struct heed_text_style its_style, const char *text,
                           size_t length, size_t offset)
{
    const struct heed_metrics *metrics = heed_record_get_metrics();
    (void)context;
    measured += length;
    return metrics->caret(metrics->context, its_style, text, length, offset);
}

/* One long word, words, and text from right to left. */
static void a_megabyte_is_measured_only_where_it_is_seen(void **context)
{
    struct heed_textfield *field = *context;
    static const char *const patterns[] = {"abcdefgh", "word and ", "\xD7\xA9\xD7\x9C\xD7\x95 "};
    const struct heed_metrics metrics = {NULL, counted_width, counted_caret};
    struct heed_list list = {0};
    const size_t size = 1 << 20;
    char *text = malloc(size);
    for (size_t p = 0; p < 3; p++) {
        const size_t length = strlen(patterns[p]);
        const size_t whole = size / length * length;
        for (size_t i = 0; i < whole; i += length) {
            memcpy(text + i, patterns[p], length);
        }
        assert_true(heed_textfield_set(field, text, whole, false));
        struct heed_rect caret = {0};
        struct heed_textfield_look look = {.rect = inner,
                                           .inner = inner,
                                           .style = style,
                                           .theme = heed_theme_get(HEED_THEME_LIGHT),
                                           .scale = 1,
                                           .focused = true,
                                           .kept = 100};
        measured = 0;
        heed_list_clear(&list);
        heed_textfield_draw(field, &list, &look, &metrics, &caret);
        assert_true(measured < 100000);
        press(field, HEED_KEY_HOME, 0);
        measured = 0;
        heed_textfield_draw(field, &list, &look, &metrics, &caret);
        assert_true(measured < 100000);
        /* Before a word from right to left it stands at its right. */
        assert_true(caret.x < 1 || p == 2);
    }
    free(text);
    heed_list_finish(&list);
}

static void the_wheel_scrolls_without_moving_the_caret(void **context)
{
    struct heed_textfield *field = *context;
    struct heed_list list = {0};
    for (int i = 0; i < 60; i++) {
        type(field, "word ");
    }
    draw(field, &list);
    const size_t origin = field->origin;
    heed_textfield_scroll(field, -500);
    draw(field, &list);
    assert_true(field->origin < origin);
    assert_int_equal(field->caret, 300);
    heed_textfield_scroll(field, 1e6F);
    draw(field, &list);
    assert_int_equal(field->origin, origin);
    heed_list_finish(&list);
}

static void random_edits_keep_the_text_valid(void **context)
{
    struct heed_textfield *field = *context;
    static const char *const pieces[] = {"a",
                                         " ",
                                         "\xC3\xA9",
                                         "e\xCC\x81",
                                         "\xF0\x9F\x91\xA8\xE2\x80\x8D",
                                         "\xF0\x9F\x91\xA9",
                                         "\xD7\xA9",
                                         "\xEF\xBB\xBF",
                                         ".",
                                         "\xE4\xB8\xAD"};
    static const int keys[] = {HEED_KEY_LEFT,
                               HEED_KEY_RIGHT,
                               HEED_KEY_HOME,
                               HEED_KEY_END,
                               HEED_KEY_BACKSPACE,
                               HEED_KEY_DELETE,
                               'A'};
    struct heed_list list = {0};
    uint32_t seed = 20261123;
    for (int i = 0; i < 5000; i++) {
        seed = seed * 1664525U + 1013904223U;
        const uint32_t r = seed >> 8;
        if (r % 3 == 0) {
            press(field, keys[r / 3 % 7], (int)(r / 32 % 4));
        } else if (r % 17 == 1) {
            point(field, HEED_EVENT_POINTER_DOWN, (float)(r / 64 % WIDTH), (int)(r % 3) + 1);
            point(field, HEED_EVENT_POINTER_MOVE, (float)(r / 9 % WIDTH), 1);
            point(field, HEED_EVENT_POINTER_UP, 0, 1);
        } else {
            type(field, pieces[r / 7 % 10]);
        }
        assert_true(field->caret <= field->text.size);
        assert_true(field->anchor <= field->text.size);
        const struct heed_rect caret = draw(field, &list);
        assert_true(caret.x >= -1 && caret.x <= WIDTH + 1);
    }
    heed_list_finish(&list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

/* "shalom" from right to left: it ends at the right edge, and what comes next
 * lies to the left. */
static void a_right_to_left_line_stands_at_the_right(void **context)
{
    struct heed_textfield *field = *context;
    static const char word[] = "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D";
    struct heed_list list = {0};
    assert_true(heed_textfield_set(field, word, strlen(word), false));
    press(field, HEED_KEY_HOME, 0);
    const float right = draw(field, &list).x;
    assert_true(right > WIDTH - 8);
    press(field, HEED_KEY_LEFT, 0);
    assert_int_equal(field->caret, 2);
    const float next = draw(field, &list).x;
    assert_true(next < right - 5);
    press(field, HEED_KEY_RIGHT, 0);
    assert_int_equal(field->caret, 0);
    press(field, HEED_KEY_END, 0);
    const float left = draw(field, &list).x;
    assert_true(left > WIDTH / 2.0F && left < next);
    point(field, HEED_EVENT_POINTER_DOWN, next, 1);
    assert_int_equal(field->caret, 2);
    heed_list_finish(&list);
}

/* Presses the key until the caret stays; the places that it came by. */
static int walk(struct heed_textfield *field, int key, size_t places[32])
{
    int n = 0;
    for (size_t last = field->caret + 1; last != field->caret && n < 32;) {
        last = field->caret;
        places[n++] = last;
        press(field, key, 0);
    }
    return n;
}

static void assert_places(const size_t *places, int n, const size_t *expected, int n_expected)
{
    assert_int_equal(n, n_expected);
    for (int i = 0; i < n; i++) {
        assert_int_equal(places[i], expected[i]);
    }
}

/* "abc", three Hebrew letters, "def": on screen abc GBA def, where A is the
 * first of them. */
static void arrows_go_where_they_point_in_mixed_lines(void **context)
{
    struct heed_textfield *field = *context;
    static const char text[] = "abc \xD7\x90\xD7\x91\xD7\x92 def";
    static const size_t to_right[] = {0, 1, 2, 3, 8, 6, 4, 11, 12, 13, 14};
    static const size_t to_left[] = {14, 13, 12, 11, 10, 6, 8, 3, 2, 1, 0};
    size_t places[32];
    struct heed_list list = {0};
    assert_true(heed_textfield_set(field, text, strlen(text), false));
    press(field, HEED_KEY_HOME, 0);
    float x = -1;
    for (int i = 0; i < 11; i++) { /* never back */
        const float at = draw(field, &list).x;
        assert_true(at > x);
        x = at;
        press(field, HEED_KEY_RIGHT, 0);
    }
    press(field, HEED_KEY_HOME, 0);
    assert_places(places, walk(field, HEED_KEY_RIGHT, places), to_right, 11);
    press(field, HEED_KEY_END, 0);
    assert_places(places, walk(field, HEED_KEY_LEFT, places), to_left, 11);
    heed_list_finish(&list);
}

/* Arabic "salam"; then Hebrew with points, which stay with their letters. */
static void arrows_walk_all_of_a_right_to_left_line(void **context)
{
    struct heed_textfield *field = *context;
    static const char arabic[] = "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85";
    static const char pointed[] = "\xD7\xA9\xD7\x81\xD6\xB8\xD7\x9C\xD7\x95\xD6\xB9\xD7\x9D";
    static const size_t of_arabic[] = {0, 2, 4, 6, 8};
    static const size_t of_pointed[] = {0, 6, 8, 12, 14};
    size_t places[32];
    assert_true(heed_textfield_set(field, arabic, strlen(arabic), false));
    press(field, HEED_KEY_HOME, 0);
    assert_places(places, walk(field, HEED_KEY_LEFT, places), of_arabic, 5);
    assert_true(heed_textfield_set(field, pointed, strlen(pointed), false));
    press(field, HEED_KEY_HOME, 0);
    assert_places(places, walk(field, HEED_KEY_LEFT, places), of_pointed, 5);
}

static void an_arrow_leaves_a_selection_at_the_side_it_points_to(void **context)
{
    struct heed_textfield *field = *context;
    static const char word[] = "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D";
    assert_true(heed_textfield_set(field, word, strlen(word), false));
    press(field, 'A', HEED_MOD_CTRL);
    press(field, HEED_KEY_RIGHT, 0);
    assert_int_equal(field->caret, 0);
    press(field, 'A', HEED_MOD_CTRL);
    press(field, HEED_KEY_LEFT, 0);
    assert_int_equal(field->caret, 8);
    assert_true(heed_textfield_set(field, "abc", 3, false));
    press(field, 'A', HEED_MOD_CTRL);
    press(field, HEED_KEY_RIGHT, 0);
    assert_int_equal(field->caret, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(typing_inserts_at_the_caret),
        TEST(words_are_moved_over_and_erased_with_ctrl),
        TEST(a_word_motion_gets_past_a_sign_with_an_accent),
        TEST(an_emoji_of_several_code_points_goes_at_once),
        TEST(shift_selects_and_typing_replaces),
        TEST(clicks_select_place_word_and_all),
        TEST(a_double_click_means_the_word_under_the_pointer),
        TEST(the_right_button_keeps_a_selection_that_it_is_over),
        TEST(long_text_runs_in_rows),
        TEST(up_and_down_keep_their_column),
        TEST(the_pointer_finds_its_row_and_the_caret_is_brought_into_view),
        TEST(rows_end_inside_words_that_are_too_long),
        TEST(a_drag_selects_in_both_directions),
        TEST(pasted_line_ends_become_spaces),
        TEST(invalid_bytes_become_replacement_characters),
        TEST(text_beyond_the_limit_is_refused_as_a_whole),
        TEST(a_composition_is_shown_but_not_part_of_the_text),
        TEST(the_caret_stays_in_view_of_wide_text),
        TEST(a_megabyte_is_measured_only_where_it_is_seen),
        TEST(the_wheel_scrolls_without_moving_the_caret),
        TEST(random_edits_keep_the_text_valid),
        TEST(a_right_to_left_line_stands_at_the_right),
        TEST(arrows_go_where_they_point_in_mixed_lines),
        TEST(arrows_walk_all_of_a_right_to_left_line),
        TEST(an_arrow_leaves_a_selection_at_the_side_it_points_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

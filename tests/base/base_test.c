/* Arena, buffer, error, UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/utf8.h"

static void checked_sizes_stop_at_overflow(void **state)
{
    size_t result = 7;
    assert_false(heed_checked_add(SIZE_MAX, 1, &result));
    assert_false(heed_checked_mul(SIZE_MAX / 2, 3, &result));
    assert_int_equal(result, 7);
    assert_true(heed_checked_mul(SIZE_MAX, 1, &result));
    assert_true(result == SIZE_MAX);
    assert_true(heed_checked_mul(0, SIZE_MAX, &result));
    assert_int_equal(result, 0);
}

static void an_arena_gives_aligned_memory_that_stays(void **state)
{
    struct heed_arena arena = {0};
    char *kept[300];
    for (int i = 0; i < 300; i++) {
        kept[i] = heed_arena_alloc(&arena, (size_t)i * 37 + 1);
        assert_non_null(kept[i]);
        assert_int_equal((uintptr_t)kept[i] % _Alignof(max_align_t), 0);
        memset(kept[i], i & 0x7F, (size_t)i * 37 + 1);
    }
    for (int i = 0; i < 300; i++) {
        assert_int_equal(kept[i][0], i & 0x7F);
        assert_int_equal(kept[i][i * 37], i & 0x7F);
    }
    heed_arena_finish(&arena);
}

static void a_reset_arena_gives_the_same_memory_again(void **state)
{
    struct heed_arena arena = {0};
    void *small = heed_arena_alloc(&arena, 10);
    void *large = heed_arena_alloc(&arena, 1 << 20);
    heed_arena_reset(&arena);
    assert_ptr_equal(heed_arena_alloc(&arena, 10), small);
    assert_ptr_equal(heed_arena_alloc(&arena, 1 << 20), large);
    heed_arena_finish(&arena);
}

#if HEED_FINDS_MISUSE
static void beyond_what_an_arena_gave_is_out_of_bounds(void **state)
{
    (void)state;
    struct heed_arena arena = {0};
    char *first = heed_arena_alloc(&arena, 13);
    char *second = heed_arena_alloc(&arena, 16);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(__asan_region_is_poisoned(first, 13));
    assert_ptr_equal(__asan_region_is_poisoned(first, 14), first + 13);
    assert_ptr_equal(__asan_region_is_poisoned(second, 17), second + 16);
    second = heed_arena_grow(&arena, second, 16, 20);
    assert_ptr_equal(__asan_region_is_poisoned(second, 21), second + 20);
    heed_arena_reset(&arena);
    assert_ptr_equal(__asan_region_is_poisoned(first, 1), first);
    heed_arena_finish(&arena);
}
#endif

static void an_arena_refuses_impossible_sizes(void **state)
{
    struct heed_arena arena = {0};
    assert_null(heed_arena_alloc(&arena, SIZE_MAX));
    assert_null(heed_arena_zeroed(&arena, SIZE_MAX / 2, 4));
    assert_null(heed_arena_copy(&arena, "x", SIZE_MAX));
    assert_string_equal(heed_arena_copy(&arena, "abc", 2), "ab");
    const char *zero = heed_arena_zeroed(&arena, 3, 1);
    assert_true(zero[0] == 0 && zero[2] == 0);
    heed_arena_finish(&arena);
}

static void json_text_is_escaped(void **state)
{
    struct heed_buffer buffer = {0};
    const char text[] = "a\"\\\n\t\r\x01\x7f\0\xC3\xA9\xff\xed\xa0\x80";
    heed_buffer_put_json(&buffer, text, sizeof text - 1);
    assert_string_equal(buffer.data, "\"a\\\"\\\\\\n\\t\\r\\u0001\\u007f\\u0000\xC3\xA9"
                                     "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    heed_buffer_finish(&buffer);
}

static void xml_text_is_escaped(void **state)
{
    struct heed_buffer buffer = {0};
    const char text[] = "<a b=\"&\">\x01\0\n\xEF\xBF\xBE\xff";
    heed_buffer_put_xml(&buffer, text, sizeof text - 1);
    assert_string_equal(buffer.data, "&lt;a b=&quot;&amp;&quot;&gt;\xEF\xBF\xBD\xEF\xBF\xBD"
                                     "\n\xEF\xBF\xBD\xEF\xBF\xBD");
    heed_buffer_finish(&buffer);
}

static void a_buffer_grows_and_clears(void **state)
{
    struct heed_buffer buffer = {0};
    for (int i = 0; i < 10000; i++) {
        heed_buffer_printf(&buffer, "%04d,", i);
    }
    assert_int_equal(buffer.size, 50000);
    assert_memory_equal(buffer.data + 49995, "9999,", 6);
    heed_buffer_append(&buffer, NULL, 0);
    heed_buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    assert_string_equal(buffer.data, "");
    heed_buffer_append(&buffer, "x", SIZE_MAX);
    assert_true(buffer.failed);
    heed_buffer_finish(&buffer);
}

static void a_long_message_ends_on_a_character(void **state)
{
    struct heed_error err;
    char text[1024];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof text; i += 3) {
            memcpy(text + i, "\xE2\x82\xAC", 4);
        }
        assert_false(heed_error_set(&err, HEED_ERROR_INPUT, "%s", text));
        const size_t length = strlen(err.text);
        assert_in_range(length, sizeof err.text - 4, sizeof err.text - 1);
        assert_true(heed_utf8_valid(err.text, length, NULL));
        assert_string_equal(err.text + length - 3, "...");
    }
}

static void a_message_is_one_line(void **state)
{
    struct heed_error err;
    assert_false(heed_error_set(&err, HEED_ERROR_FILE, "'%s'", "a\nb\x1b[1m"));
    assert_string_equal(err.text, "'a?b?[1m'");
    assert_int_equal(err.code, HEED_ERROR_FILE);
    assert_false(heed_error_set(NULL, HEED_ERROR_FILE, "x"));
}

static void every_character_is_encoded_and_decoded(void **state)
{
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        uint32_t back = 0;
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        const size_t size = heed_utf8_encode(c, bytes);
        assert_int_equal(heed_utf8_decode(bytes, size, &back), size);
        assert_int_equal(back, c);
        assert_int_equal(heed_utf8_decode(bytes, size - 1, &back), 0);
    }
}

static void a_cut_text_ends_in_whole_characters_and_dots(void **state)
{
    (void)state;
    static const char text[] = "a\xE2\x82\xAC\xF0\x9F\x98\x80z"; /* 1, 3, 4 and 1 bytes */
    char out[16];
    heed_utf8_cut(out, sizeof out, text, 9);
    assert_string_equal(out, text);
    heed_utf8_cut(out, 10, text, 9);
    assert_string_equal(out, text);
    heed_utf8_cut(out, 9, text, 9);
    assert_string_equal(out, "a\xE2\x82\xAC\xE2\x80\xA6");
    heed_utf8_cut(out, 7, text, 9);
    assert_string_equal(out, "a\xE2\x80\xA6");
    heed_utf8_cut(out, 4, text, 9);
    assert_string_equal(out, "\xE2\x80\xA6");
    heed_utf8_cut(out, sizeof out, text, 4); /* not ended by a 0 */
    assert_string_equal(out, "a\xE2\x82\xAC");
}

static void wrong_utf8_is_found_where_it_begins(void **state)
{
    static const char *const wrong[] = {
        "\x80",         "\xC0\x80",         "\xC1\xBF",     "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF5\x80\x80", "\xF4\x90\x80\x80",
        "\xE2\x82",     "\xE2\x28\xA1",     "\xFF"};
    for (size_t i = 0; i < HEED_COUNT(wrong); i++) {
        char text[16] = "\xC3\xA9"
                        "a";
        size_t bad = 99;
        strcat(text, wrong[i]);
        assert_false(heed_utf8_valid(text, strlen(text), &bad));
        assert_int_equal(bad, 3);
    }
}

static void code_points_are_counted(void **state)
{
    const char *text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
    assert_int_equal(heed_utf8_count(text, 10), 4);
    assert_int_equal(heed_utf8_offset(text, 10, 0), 0);
    assert_int_equal(heed_utf8_offset(text, 10, 2), 3);
    assert_int_equal(heed_utf8_offset(text, 10, 3), 6);
    assert_int_equal(heed_utf8_offset(text, 10, 4), 10);
    assert_int_equal(heed_utf8_offset(text, 10, 99), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checked_sizes_stop_at_overflow),
        cmocka_unit_test(an_arena_gives_aligned_memory_that_stays),
        cmocka_unit_test(a_reset_arena_gives_the_same_memory_again),
        cmocka_unit_test(an_arena_refuses_impossible_sizes),
#if HEED_FINDS_MISUSE
        cmocka_unit_test(beyond_what_an_arena_gave_is_out_of_bounds),
#endif
        cmocka_unit_test(json_text_is_escaped),
        cmocka_unit_test(xml_text_is_escaped),
        cmocka_unit_test(a_buffer_grows_and_clears),
        cmocka_unit_test(a_long_message_ends_on_a_character),
        cmocka_unit_test(a_message_is_one_line),
        cmocka_unit_test(every_character_is_encoded_and_decoded),
        cmocka_unit_test(a_cut_text_ends_in_whole_characters_and_dots),
        cmocka_unit_test(wrong_utf8_is_found_where_it_begins),
        cmocka_unit_test(code_points_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

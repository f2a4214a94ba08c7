/* Numbers as they are read: each formatter's, by a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/compiler.h"
#include "scene/frame/off_words.h"
#include "scene/frame/shown.h"
#include "scene/widgets/numbers.h"

#define MINUS "\xE2\x88\x92"
#define INFINITE "\xE2\x88\x9E"

static void numbers_have_a_real_minus_and_zero_has_none(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {
        {0.6774, 3, "0.677"},
        {0.6776, 3, "0.678"},
        {-0.6774, 3, MINUS "0.677"},
        {12345.6, 1, "12345.6"},
        {-1, 0, MINUS "1"},
        {-10, 0, MINUS "10"},
        {-90.5, 1, MINUS "90.5"},
        {0, 2, "0.00"},
        {-0.0, 2, "0.00"},
        {-0.004, 2, "0.00"},
        {0.004, 2, "0.00"},
        {-0.006, 2, MINUS "0.01"},
        {-0.4, 0, "0"},
        {-0.6, 0, MINUS "1"},
        {INFINITY, 3, INFINITE},
        {-INFINITY, 3, MINUS INFINITE},
        {1e-9, 4, "0.0000"},
        {-0.09, 2, MINUS "0.09"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_format_number(text, sizeof text, cases[i].value, cases[i].decimals);
        assert_string_equal(text, cases[i].text);
    }
}

static void changes_have_a_sign_unless_they_are_none(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.25, "+0.250"},
        {-0.25, MINUS "0.250"},
        {0, "0.000"},
        {0.00049, "0.000"},
        {-0.00049, "0.000"},
        {0.00051, "+0.001"},
        {-0.00051, MINUS "0.001"},
        {12.3456, "+12.346"},
        {INFINITY, "+" INFINITE},
        {-INFINITY, MINUS INFINITE},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_format_signed(text, sizeof text, cases[i].value);
        assert_string_equal(text, cases[i].text);
    }
}

static void counts_are_in_groups_of_three(void **state)
{
    static const struct {
        long value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {1000, "1,000"},
        {1001, "1,001"},
        {12345, "12,345"},
        {999999, "999,999"},
        {1000000, "1,000,000"},
        {1002003, "1,002,003"},
        {1234567890, "1,234,567,890"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_format_count(text, sizeof text, cases[i].value);
        assert_string_equal(text, cases[i].text);
    }
}

static void shares_have_no_zero_before_the_point(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{0.684, ".68"}, {0.005001, ".01"}, {0.994, ".99"}, {0.996, "1.00"},
                 {1, "1.00"},    {0.1, ".10"},      {10.5, "10.50"}};
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_format_share(text, sizeof text, cases[i].value);
        assert_string_equal(text, cases[i].text);
    }
}

static void sizes_keep_the_digits_that_can_be_read(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0.000"},        {0.000012, "1.2e-05"}, {0.00099, "9.9e-04"},   {0.001, "0.001"},
        {0.0994, "0.099"},   {0.1, "0.10"},         {6.834, "6.83"},        {9.994, "9.99"},
        {10, "10.0"},        {68.34, "68.3"},       {99.94, "99.9"},        {100, "100"},
        {683.4, "683"},      {999.4, "999"},        {999.5, "1,000"},       {1000, "1,000"},
        {12345.4, "12,345"}, {12345.6, "12,346"},   {5e9, "5,000,000,000"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_format_size(text, sizeof text, cases[i].value);
        assert_string_equal(text, cases[i].text);
    }
}

static void bytes_have_three_digits_and_a_unit(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0 bytes"},
        {512, "512 bytes"},
        {999, "999 bytes"},
        {1000, "0.977 KiB"},
        {1024, "1 KiB"},
        {1536, "1.5 KiB"},
        {1010 * 1024.0, "0.986 MiB"},
        {1048576, "1 MiB"},
        {45.3 * 1048576, "45.3 MiB"},
        {1073741824, "1 GiB"},
        {1099511627776, "1 TiB"},
        {5e14, "455 TiB"},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_format_bytes(text, sizeof text, cases[i].value);
        assert_string_equal(text, cases[i].text);
    }
}

static void factors_have_a_real_minus(void **state)
{
    static const struct {
        float value;
        const char *text;
    } cases[] = {{0, "\xC3\x97 0"},           {0.5F, "\xC3\x97 0.5"},
                 {2, "\xC3\x97 2"},           {-0.5F, "\xC3\x97 " MINUS "0.5"},
                 {-1, "\xC3\x97 " MINUS "1"}, {1.23456F, "\xC3\x97 1.235"}};
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        char text[64];
        heed_factor_text(cases[i].value, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

static void what_is_longer_is_cut(void **state)
{
    char text[4];
    heed_format_number(text, sizeof text, 123.45, 2);
    assert_string_equal(text, "123");
    heed_format_count(text, sizeof text, 12345);
    assert_string_equal(text, "12,");
    heed_format_signed(text, sizeof text, 12.3);
    assert_string_equal(text, "+12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_a_real_minus_and_zero_has_none),
        cmocka_unit_test(changes_have_a_sign_unless_they_are_none),
        cmocka_unit_test(counts_are_in_groups_of_three),
        cmocka_unit_test(shares_have_no_zero_before_the_point),
        cmocka_unit_test(sizes_keep_the_digits_that_can_be_read),
        cmocka_unit_test(bytes_have_three_digits_and_a_unit),
        cmocka_unit_test(factors_have_a_real_minus),
        cmocka_unit_test(what_is_longer_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

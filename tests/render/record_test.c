/* The dump of every picture is as it was: tests/golden/record. With
 * HEED_UPDATE_GOLDEN set the files are written anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "pictures.h"
#include "render/record/record.h"

static void check_golden(const char *name, const struct heed_buffer *dump)
{
    char path[512];
    struct heed_error err = {0};
    snprintf(path, sizeof path, "%s/golden/record/%s.txt", getenv("HEED_TEST_DATA"), name);
    if (getenv("HEED_UPDATE_GOLDEN")) {
        assert_true(heed_file_write(path, dump->data, dump->size, &err));
        return;
    }
    char *golden = NULL;
    size_t size = 0;
    if (!heed_file_read(path, (size_t)1 << 20, &golden, &size, &err)) {
        fail_msg("%s", err.text);
    }
    if (size != dump->size || memcmp(golden, dump->data, size) != 0) {
        fail_msg("%s differs:\n%s", name, dump->data);
    }
    free(golden);
}

static void every_picture_is_recorded_as_before(void **state)
{
    (void)state;
    struct heed_list list = {0};
    struct heed_buffer dump = {0};
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        picture_draw(&pictures[i], &list);
        heed_buffer_clear(&dump);
        heed_record_write(&list, &dump);
        check_golden(pictures[i].name, &dump);
    }
    heed_list_finish(&list);
    heed_buffer_finish(&dump);
}

static void widths_are_fixed(void **state)
{
    (void)state;
    const struct heed_metrics *metrics = heed_record_get_metrics();
    struct heed_text_style style = {.size = 20, .weight = 400};
    assert_float_equal(heed_text_width(metrics, style, "abc", 3), 33, 1e-4);
    assert_float_equal(heed_text_width(metrics, style, "\xE6\xB3\xA8", 3), 20, 1e-4);
    assert_float_equal(heed_text_width(metrics, style, "e\xCC\x81", 3), 11, 1e-4);
    assert_float_equal(heed_text_width(metrics, style, "\xFF", 1), 11, 1e-4);
    style.weight = 600;
    assert_float_equal(heed_text_width(metrics, style, "abc", 3), 34.65, 1e-4);
}

static void the_caret_goes_leftwards_in_hebrew(void **state)
{
    (void)state;
    const struct heed_metrics *metrics = heed_record_get_metrics();
    const struct heed_text_style style = {.size = 20, .weight = 400};
    const char *text = "ab \xD7\x90\xD7\x91";
    static const float expected[] = {0, 11, 22, 55, -1, 44, -1, 55};
    for (size_t i = 0; i <= 7; i++) {
        if (expected[i] >= 0) {
            assert_float_equal(metrics->caret(metrics->context, style, text, 7, i), expected[i],
                               1e-4);
        }
    }
    assert_float_equal(metrics->caret(metrics->context, style, text + 3, 4, 4), 0, 0);
    assert_float_equal(metrics->caret(metrics->context, style, "", 0, 0), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_is_recorded_as_before),
        cmocka_unit_test(widths_are_fixed),
        cmocka_unit_test(the_caret_goes_leftwards_in_hebrew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

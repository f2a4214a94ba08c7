#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "session/settings.h"

static char folder[64];

static int make_folder(void **context)
{
    (void)context;
    strcpy(folder, "/tmp/heed-settings-XXXXXX");
    return mkdtemp(folder) && setenv("XDG_CONFIG_HOME", folder, 1) == 0 ? 0 : -1;
}

static int remove_folder(void **context)
{
    (void)context;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

static bool same(const struct heed_settings *a, const struct heed_settings *b)
{
    return heed_settings_equal(a, b);
}

static void without_a_file_there_are_defaults(void **context)
{
    (void)context;
    struct heed_settings settings = {.theme = HEED_THEME_DARK};
    const struct heed_settings defaults = heed_settings_default();
    struct heed_error err = {0};
    assert_true(heed_settings_load(&settings, &err));
    assert_true(same(&settings, &defaults));
}

static void settings_come_back(void **context)
{
    (void)context;
    struct heed_settings settings = heed_settings_default();
    settings.theme = HEED_THEME_DARK;
    settings.palette = HEED_PALETTE_CIVIDIS;
    settings.ui_scale = 1.1f;
    settings.reduced_motion = settings.hint_seen = true;
    settings.window = (struct heed_window_place){-40, 30, 900, 700, true};
    strcpy(settings.model, "/models/\"quoted\"");
    strcpy(settings.recent[0], "/models/a");
    strcpy(settings.recent[1], "/models/b");
    strcpy(settings.files[0], "/papers/\"one\".heed");
    strcpy(settings.lessons[0].name, "it");
    settings.lessons[0].steps = 10;
    strcpy(settings.lessons[1].name, "/home/\"me\"/mine.json");
    settings.lessons[1].steps = 2;
    strcpy(settings.export_folder, "~/papers \"new\"");
    struct heed_export_choice *of_heads = &settings.exports[HEED_VIEW_HEADS];
    *of_heads = (struct heed_export_choice){.format = HEED_EXPORT_PNG,
                                            .width = HEED_EXPORT_WIDTH_OTHER,
                                            .other_mm = 123.5f,
                                            .pt = 7.5f,
                                            .theme = HEED_THEME_DARK,
                                            .font = "DejaVu Serif",
                                            .figure = true,
                                            .transparent = true,
                                            .dpi = 600};
    settings.exports[HEED_N_EXPORT_CHOICES - 1].pt = 9;
    struct heed_settings back = {0};
    struct heed_error err = {0};
    assert_true(heed_settings_save(&settings, &err));
    assert_true(heed_settings_load(&back, &err));
    assert_true(same(&settings, &back));
}

static void what_is_put_first_is_there_once(void **context)
{
    (void)context;
    struct heed_settings settings = heed_settings_default();
    char(*files)[PATH_MAX] = settings.files;
    char name[8];
    for (int i = 0; i < HEED_MOST_FILES + 2; i++) {
        snprintf(name, sizeof name, "/%d", i);
        heed_settings_put_first(files, HEED_MOST_FILES, name);
    }
    assert_string_equal(files[0], "/9");
    assert_string_equal(files[HEED_MOST_FILES - 1], "/2");
    heed_settings_put_first(files, HEED_MOST_FILES, files[3]);
    assert_string_equal(files[0], "/6");
    assert_string_equal(files[3], "/7");
    assert_string_equal(files[4], "/5");
    heed_settings_put_first(files, HEED_MOST_FILES, "/6");
    assert_string_equal(files[1], "/9");
}

static void a_broken_file_is_refused_and_stays(void **context)
{
    (void)context;
    static const char text[] = "{\"version\": 1, \"theme\": \"pink\"}";
    char path[256];
    char *kept = NULL;
    size_t size = 0;
    struct heed_settings settings = {.ui_scale = 2};
    struct heed_error err = {0};
    assert_true(heed_settings_path(path, sizeof path, &err));
    assert_true(heed_file_write(path, text, sizeof text - 1, &err));
    assert_false(heed_settings_load(&settings, &err));
    assert_non_null(strstr(err.text, "settings.json"));
    assert_non_null(strstr(err.text, "\"theme\" must be one of light, dark"));
    assert_true(settings.ui_scale == 2);
    assert_true(heed_file_read(path, 100, &kept, &size, &err));
    assert_string_equal(kept, text);
    free(kept);
}

static void a_state_takes_and_gives_its_settings(void **context)
{
    (void)context;
    struct heed_settings settings = heed_settings_default();
    settings.theme = HEED_THEME_DARK;
    settings.palette = HEED_PALETTE_INK;
    settings.ui_scale = 1.5f;
    settings.reduced_motion = true;
    struct heed_state state = {0};
    assert_true(heed_state_init(&state, NULL));
    heed_settings_apply(&settings, &state);
    assert_int_equal(state.theme, HEED_THEME_DARK);
    struct heed_settings back = heed_settings_default();
    heed_settings_take(&back, &state);
    assert_true(same(&settings, &back));
    heed_state_finish(&state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_there_are_defaults),
        cmocka_unit_test(settings_come_back),
        cmocka_unit_test(what_is_put_first_is_there_once),
        cmocka_unit_test(a_broken_file_is_refused_and_stays),
        cmocka_unit_test(a_state_takes_and_gives_its_settings),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

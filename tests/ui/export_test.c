/* The export panel without a window: what its keys and controls come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "rig/window_rig.h"
#include "ui/sheet/export_panel.h"
#include "ui/ui.h"
#include "ui/window/fields.h"

static struct heed_target control(enum heed_export_control which, int value)
{
    return command_target(HEED_COMMAND_EXPORT_SET, heed_export_control(which, value));
}

/* A page of 100 x 60 mm, as app/ would lay it out. */
static void show_page(struct window *window, bool fits)
{
    static struct heed_list page;
    heed_list_clear(&page);
    page.width = 378;
    page.height = 227;
    page.background = (struct heed_color){1, 1, 1, 1};
    const struct heed_export_shown shown = {.list = &page,
                                            .width_mm = 100,
                                            .height_mm = 60,
                                            .pt = 8,
                                            .fits = fits,
                                            .fit_pt = 6.5F,
                                            .problem = fits ? "" : "no room for the words",
                                            .caption = "Links of a model."};
    heed_ui_show_export(window->ui, &shown);
    window_build(window);
}

static void open_panel(struct window *window, bool fits)
{
    window_press(window, 'E', CTRL);
    show_page(window, fits);
}

static const char *path_of(struct window *window)
{
    static char path[HEED_EXPORT_PATH];
    heed_ui_export_path(window->ui, path);
    return path;
}

static void a_name_is_typed_at_once_and_its_ending_is_the_format(void **context)
{
    struct window *window = *context;
    open_panel(window, true);
    assert_string_equal(path_of(window), "heed-links.pdf");
    window_type(window, "figure.svg");
    assert_int_equal(heed_ui_export_choice(window->ui)->format, HEED_EXPORT_SVG);
    const struct heed_event enter = {.kind = HEED_EVENT_KEY, .key = HEED_KEY_ENTER};
    window_send(window, enter);
    assert_int_equal(window->effects.export_act, HEED_EXPORT_ACT_SAVE);
    assert_string_equal(path_of(window), "figure.svg");
    assert_string_equal(window_state(window)->text, window->ui->fields[0].text.data);
}

static void what_does_not_fit_is_not_exported_and_has_two_ways_out(void **context)
{
    struct window *window = *context;
    open_panel(window, false);
    const struct heed_event enter = {.kind = HEED_EVENT_KEY, .key = HEED_KEY_ENTER};
    window_send(window, enter);
    assert_int_equal(window->effects.export_act, HEED_EXPORT_ACT_NONE);
    assert_true(window_says(window, "no room for the words"));
    assert_true(window_says(window, "Needs 100 mm"));
    window_click(window, control(HEED_EXPORT_SET_LEAST, 0), 1, 0);
    assert_true(heed_export_choice_mm(heed_ui_export_choice(window->ui)) == 100);
    show_page(window, false);
    window_click(window, control(HEED_EXPORT_SET_FIT, 0), 1, 0);
    assert_true(heed_ui_export_choice(window->ui)->pt == 6.5F);
    show_page(window, true);
    assert_false(window_says(window, "Needs 100 mm"));
}

static void each_view_keeps_what_was_chosen_for_it(void **context)
{
    struct window *window = *context;
    open_panel(window, true);
    window_click(window, control(HEED_EXPORT_SET_WIDTH, HEED_EXPORT_WIDTH_SLIDE), 1, 0);
    window_click(window, control(HEED_EXPORT_SET_FORMAT, HEED_EXPORT_PNG), 1, 0);
    window_press(window, '2', HEED_MOD_ALT);
    assert_int_equal(heed_ui_export_choice(window->ui)->width, HEED_EXPORT_WIDTH_AUTO);
    assert_string_equal(path_of(window), "heed-arcs.pdf");
    window_press(window, '1', HEED_MOD_ALT);
    assert_int_equal(heed_ui_export_choice(window->ui)->width, HEED_EXPORT_WIDTH_SLIDE);
    assert_string_equal(path_of(window), "heed-links.png");
}

static void tab_takes_what_completes_the_folder(void **context)
{
    struct window *window = *context;
    open_panel(window, true);
    heed_ui_focus_field(window->ui, HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER);
    window_type(window, "~/pa");
    heed_ui_show_export_path(window->ui, false, "pers/");
    window_press(window, HEED_KEY_TAB, 0);
    assert_string_equal(heed_ui_export_get_folder(window->ui), "~/papers/");
    window_press(window, HEED_KEY_TAB, 0); /* now it goes on */
    assert_int_not_equal(window->ui->focused_field,
                         HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER);
    assert_string_equal(path_of(window), "~/papers/heed-links.pdf");
}

static void the_figure_is_of_words_and_undo_takes_them_back(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_pin_pair(window, 1, 2);
    open_panel(window, true);
    window_click(window, control(HEED_EXPORT_SET_FIGURE, 1), 1, 0);
    assert_true(window_state(window)->filter.words);
    assert_true(heed_export_is_figure(window_state(window), heed_ui_export_choice(window->ui)));
    window_click(window, control(HEED_EXPORT_SET_FIGURE, 0), 1, 0);
    assert_false(heed_export_is_figure(window_state(window), heed_ui_export_choice(window->ui)));
}

/* Each control by Tab, none twice, and never what the panel covers. */
static void tab_walks_the_panel_and_nothing_below_it(void **context)
{
    struct window *window = *context;
    open_panel(window, false);
    bool width = false, format = false, save = false, folder = false;
    for (int i = 0; i < 60; i++) {
        window_press(window, HEED_KEY_TAB, 0);
        const struct heed_target target = window->ui->focus.target;
        const struct heed_rect rect = window->ui->focus.rect;
        folder |= window->ui->focused_field == HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER;
        if (target.kind == HEED_TARGET_COMMAND && target.a == HEED_COMMAND_EXPORT_SET) {
            width |= target.b / 65536 == HEED_EXPORT_SET_WIDTH;
            format |= target.b / 65536 == HEED_EXPORT_SET_FORMAT;
        }
        save |= target.kind == HEED_TARGET_COMMAND && target.a == HEED_COMMAND_EXPORT_COPY;
        const bool covered = target.kind == HEED_TARGET_QUERY || target.kind == HEED_TARGET_KEY;
        assert_false(covered && rect.x + rect.w / 2 > window->ui->exporting.rect.x);
    }
    assert_true(width && format && save && folder);
}

static void every_size_keeps_the_controls_in_reach(void **context)
{
    static const float sizes[][2] = {{640, 480}, {1024, 700}, {1280, 720}, {1600, 1000}};
    struct window *window = *context;
    open_panel(window, false);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        heed_ui_resize(window->ui, sizes[i][0], sizes[i][1], 1);
        window_build(window);
        float x = 0, y = 0;
        const struct heed_rect r = window->ui->exporting.rect;
        assert_true(r.x >= 0 && r.x + r.w <= sizes[i][0] && r.y + r.h <= sizes[i][1]);
        assert_true(window_find(window, command_target(HEED_COMMAND_EXPORT, 1), &x, &y));
        assert_true(window_find(window, command_target(HEED_COMMAND_EXPORT_COPY, 1), &x, &y));
        heed_ui_focus_field(window->ui, HEED_UI_FIELD_EXPORT + HEED_EXPORT_FIELD_FOLDER);
        window->ui->exporting.scroll = 1e6F;
        window_build(window);
        window_build(window);
        assert_true(window->ui->exporting.content - window->ui->exporting.scroll <=
                        window->ui->exporting.body.h + 1 ||
                    window->ui->exporting.scroll == 0);
    }
}

/* The frame around the page, as it lies in the panel: the widest that is empty. */
static struct heed_rect frame_of(const struct window *window)
{
    struct heed_rect widest = {0};
    for (size_t i = window->ui->sheet_items; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_RECT && item->as.rect.fill.a == 0.0F &&
            item->as.rect.radius == 0.0F && item->as.rect.rect.w > widest.w) {
            widest = item->as.rect.rect;
        }
    }
    return widest;
}

static void its_true_size_is_the_screens(void **context)
{
    struct window *window = *context;
    open_panel(window, true);
    assert_true(window_says(window, "taken as 96 dots an inch"));
    assert_true(window_says(window, "100 \xC3\x97 60 mm"));
    heed_ui_set_dots(window->ui, 144);
    window_build(window);
    assert_true(window_says(window, "144 dots an inch"));
    assert_false(window_says(window, "taken"));
    const float one = frame_of(window).w;
    assert_float_equal(one, 378 * 1.5F, 2.5F);
    heed_ui_set_dots(window->ui, 72);
    window_build(window);
    assert_float_equal(frame_of(window).w, one / 2, 2.5F);
}

static void escape_closes_it_and_the_field_loses_the_focus(void **context)
{
    struct window *window = *context;
    open_panel(window, true);
    assert_true(window_says(window, "True size"));
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, "True size"));
    assert_int_equal(window->ui->focused_field, HEED_UI_FIELD_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_name_is_typed_at_once_and_its_ending_is_the_format),
        IN_WINDOW(what_does_not_fit_is_not_exported_and_has_two_ways_out),
        IN_WINDOW(each_view_keeps_what_was_chosen_for_it),
        IN_WINDOW(tab_takes_what_completes_the_folder),
        IN_WINDOW(the_figure_is_of_words_and_undo_takes_them_back),
        IN_WINDOW(tab_walks_the_panel_and_nothing_below_it),
        IN_WINDOW(every_size_keeps_the_controls_in_reach),
        IN_WINDOW(its_true_size_is_the_screens),
        IN_WINDOW(escape_closes_it_and_the_field_loses_the_focus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

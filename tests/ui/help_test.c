/* What helps a beginner: the About panel, and a tip for every control. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "base/version.h"
#include "draw/hit.h"
#include "draw/theme.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"
#include "ui/actions/lesson.h"
#include "ui/commands.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"
#include "ui/window/run.h"
#include "window_rig.h"

static void about_names_the_program_the_licence_and_the_papers(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, HEED_KEY_F1, SHIFT);
    char named[64];
    snprintf(named, sizeof(named), "heed %s", heed_version);
    const char *const parts[] = {named,  "licence",   "explanation", "bias",
                                 "Jain", "Wiegreffe", "Abnar",       "Kobayashi"};
    for (size_t i = 0; i < HEED_COUNT(parts); i++) {
        assert_true(window_says(window, parts[i]));
    }
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, "Kobayashi"));
}

static void about_scrolls_in_a_small_window(void **context)
{
    struct window *window = *context;
    heed_ui_resize(window->ui, 640, 480, 1);
    window_leave_field(window);
    window_press(window, HEED_KEY_F1, SHIFT);
    for (int i = 0; i < 8; i++) {
        window_press(window, HEED_KEY_PAGE_DOWN, 0);
    }
    assert_true(window_says(window, "Kobayashi"));
    window_press(window, HEED_KEY_ENTER, 0);
    assert_false(window_says(window, "Kobayashi"));
}

/* Does it set what is shown, and not only do something once? */
static bool is_option(const struct heed_command_info *info)
{
    return info->flips > 0 || info->set != NULL || info->menu != NULL ||
           info->command == HEED_COMMAND_MASK || info->command == HEED_COMMAND_POSITIONS ||
           info->command == HEED_COMMAND_ATTENTION || info->command == HEED_COMMAND_PANEL ||
           info->command == HEED_COMMAND_SCALE_HEAD || info->command == HEED_COMMAND_PROBE_FILE;
}

/* Of a control that sets something two lines tell what and how high. */
static void check_term(const struct heed_target *target, const struct heed_command_info *info)
{
    if (info != NULL && is_option(info) && heed_term_of(target->a, target->b) == NULL) {
        print_error("command %d (%s), %d has no words in the table of terms\n", target->a,
                    info->name, target->b);
        fail();
    }
}

/* A tip is a command's name and key; so each needs an entry in the table. */
static void check_tips(struct window *window)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_target *target = &window->list->items[i].target;
        if (target->kind == HEED_TARGET_SLIDER) {
            assert_non_null(heed_term_of(HEED_TERM_SLIDER, target->a));
        }
        if (target->kind != HEED_TARGET_COMMAND) {
            continue;
        }
        const enum heed_command command = (enum heed_command)target->a;
        const struct heed_command_info *info =
            heed_commands_get_info(&heed_ui_commands, command, target->b);
        info = info != NULL ? info : heed_commands_get_info(&heed_ui_commands, command, 0);
        if (command == HEED_COMMAND_TRY) {
            continue; /* it says itself what it is */
        }
        if (info == NULL || info->name == NULL) {
            print_error("command %d has no tip\n", target->a);
            fail();
        }
        check_term(target, info);
    }
}

static void every_control_has_a_tip(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        if (heed_commands_get_info(&heed_ui_commands, HEED_COMMAND_VIEW, view) == NULL) {
            continue;
        }
        const float sizes[][2] = {{1600, 1000}, {1024, 700}, {640, 480}};
        for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
            heed_ui_resize(window->ui, sizes[i][0], sizes[i][1], 1);
            window_press(window, '1' + view, 0);
            assert_int_equal(window_state(window)->view, view);
            check_tips(window);
        }
    }
}

/* Every row of a menu that sets something, too. */
static void every_choice_of_a_menu_has_its_words(void **context)
{
    static const enum heed_command menus[] = {HEED_COMMAND_COLOR_BY, HEED_COMMAND_HEADS_ORDER,
                                              HEED_COMMAND_VIEW_MENU, HEED_COMMAND_PALETTE};
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '1' + HEED_VIEW_HEADS, 0);
    for (size_t i = 0; i < HEED_COUNT(menus); i++) {
        heed_ui_run(window->ui, menus[i], 0);
        window_build(window);
        int n = 0;
        for (size_t j = window->ui->popover_items; j < window->list->n_items; j++) {
            const struct heed_target *target = &window->list->items[j].target;
            n += target->kind == HEED_TARGET_COMMAND;
            if (target->kind == HEED_TARGET_COMMAND && menus[i] != HEED_COMMAND_PALETTE) {
                assert_non_null(heed_term_of(target->a, target->b));
            }
        }
        assert_true(n > 3);
        window_press(window, HEED_KEY_ESCAPE, 0);
    }
}

/* A number at the right of the inspector or the rail has its label's words. */
static bool is_explained(const struct window *window, const struct heed_item *label)
{
    const struct heed_item *item =
        heed_list_hit(window->list, label->as.text.x + 2, label->as.text.y - 4);
    const struct heed_target hit = item != NULL ? item->target : label->target;
    return hit.kind == HEED_TARGET_TERM || hit.kind == HEED_TARGET_COMMAND ||
           hit.kind == HEED_TARGET_HEAD || hit.kind == HEED_TARGET_SLIDER ||
           hit.kind == HEED_TARGET_QUERY || hit.kind == HEED_TARGET_KEY;
}

static bool is_number(const struct heed_item *item)
{
    const char *text = item->as.text.text;
    return item->kind == HEED_ITEM_TEXT && item->as.text.anchor == HEED_ANCHOR_END &&
           ((text[0] >= '0' && text[0] <= '9') || memcmp(text, "\xE2\x88\x92", 3) == 0);
}

/* Labels are muted and 14 px; tokens have the text's colour, "3 others" says itself what. */
static bool is_label(const struct window *window, const struct heed_item *item)
{
    const struct heed_rect inspector = window->ui->layout.inspector;
    const struct heed_color muted = heed_theme_get(window_state(window)->theme)->muted;
    return item->kind == HEED_ITEM_TEXT && item->as.text.anchor == HEED_ANCHOR_START &&
           item->as.text.x >= inspector.x && item->as.text.y < inspector.y + inspector.h &&
           item->as.text.y > inspector.y && item->as.text.style.size == 14 &&
           memcmp(&item->as.text.color, &muted, sizeof muted) == 0 &&
           strstr(item->as.text.text, " other") == NULL;
}

static void every_statistic_of_the_inspector_has_its_words(void **context)
{
    struct window *window = *context;
    int n = 0;
    heed_ui_resize(window->ui, 1600, 2400, 1);
    window_leave_field(window);
    window_pin_pair(window, 3, 1);
    for (int view = 0; view < HEED_N_VIEWS; view++) {
        window_press(window, '1' + view, 0);
        for (size_t i = 0; i < window->list->n_items; i++) {
            const struct heed_item *label = &window->list->items[i];
            for (size_t j = 0; is_label(window, label) && j < window->list->n_items; j++) {
                const struct heed_item *number = &window->list->items[j];
                const bool beside = is_number(number) && number->as.text.x > label->as.text.x &&
                                    fabsf(number->as.text.y - label->as.text.y) < 1.5F;
                n += beside;
                if (beside && !is_explained(window, label)) {
                    print_error("%s: \"%s\" %s has no words\n",
                                heed_view_name((enum heed_view)view), label->as.text.text,
                                number->as.text.text);
                    fail();
                }
            }
        }
    }
    assert_true(n > 10);
}

static void a_tip_has_two_lines_and_the_help_lists_them_all(void **context)
{
    struct window *window = *context;
    int n = 0;
    const struct heed_term *terms = heed_terms_get(&n);
    float x = 0;
    float y = 0;
    window_leave_field(window);
    assert_true(window_find(window, command_target(HEED_COMMAND_RENORMALISE, 0), &x, &y));
    window_move_to(window, x, y);
    window->time += 1;
    window_build(window);
    const struct heed_term *term = heed_term_of(HEED_COMMAND_RENORMALISE, 0);
    assert_true(window_says(window, term->what));
    assert_true(window_says(window, term->high));
    window_press(window, HEED_KEY_F1, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_GLOSSARY);
    for (int i = 0; i < n; i++) {
        char begin[24];
        snprintf(begin, sizeof begin, "%.20s", terms[i].name);
        assert_true(window_says(window, begin));
        assert_true(strlen(terms[i].what) > 10 && strlen(terms[i].high) > 10);
    }
    window_press(window, HEED_KEY_LEFT, 0);
    assert_int_equal(window->ui->popover.kind, HEED_POPOVER_HELP);
}

/* The lowest edge of the tabs' row and of the note below it. */
static float canvas_top(const struct window *window)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_RECT && item->target.kind == HEED_TARGET_SCROLL &&
            item->target.a == HEED_SCROLL_CANVAS && item->target.flags == 0) {
            return item->as.rect.rect.y;
        }
    }
    return -1;
}

static void the_hint_takes_room_of_its_own_until_it_is_closed(void **context)
{
    static const float sizes[][2] = {{1600, 1000}, {1024, 700}, {640, 480}};
    struct window *window = *context;
    window_leave_field(window);
    for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
        heed_ui_resize(window->ui, sizes[i][0], sizes[i][1], 1);
        window_build(window);
        const float top = canvas_top(window);
        assert_false(window_says(window, "Three things to try"));
        window_press(window, HEED_KEY_F1 + 2, 0);
        assert_true(window_says(window, "Three things to try"));
        assert_true(canvas_top(window) > top + 40);
        assert_true(canvas_top(window) < top + 180);
        window_press(window, HEED_KEY_ESCAPE, 0);
        assert_false(window_says(window, "Three things to try"));
        assert_true(canvas_top(window) == top);
    }
    window_press(window, HEED_KEY_F1 + 2, 0);
    window_click(window, command_target(HEED_COMMAND_CLOSE_NOTE, 0), 1, 0);
    assert_false(window_says(window, "Three things to try"));
}

/* With a lesson and an inspector with room the hint is a card, whose things get ticks. */
static void the_card_ticks_what_was_tried_and_goes(void **context)
{
    static struct heed_lesson_step step;
    static struct heed_lesson lesson = {.id = "why",
                                        .path = "why",
                                        .title = "Why",
                                        .aim = "",
                                        .minutes = 6,
                                        .steps = &step,
                                        .n_steps = 1};
    struct window *window = *context;
    heed_ui_set_lessons(window->ui, &lesson, 1);
    window_leave_field(window);
    window_press(window, HEED_KEY_F1 + 2, 0);
    assert_true(window_says(window, "Point at another word"));
    assert_true(window_says(window, "Start with"));
    assert_true(window->ui->note_height == 0);
    window->ui->told_query = (struct heed_pin){.first = 10, .count = 1};
    window_pin_pair(window, 10, 2);
    window_build(window);
    assert_int_equal(window->ui->tried, 0);
    window_pin_pair(window, 3, 2);
    window_build(window);
    assert_int_equal(window->ui->tried, 1);
    window_click(window, command_target(HEED_COMMAND_TRY, 2), 1, 0);
    assert_int_equal(window->ui->tried, 1); /* the word is chosen, and not yet another */
    window_type(window, "wide");
    assert_non_null(strstr(window_state(window)->text, "too wide."));
    assert_int_equal(window->ui->tried, 3);
    window_leave_field(window);
    window_press(window, HEED_KEY_F1 + 3, 0);
    assert_false(window->ui->hint); /* all three: it is gone for good */
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window_says(window, "Point at another word"));
}

static void esc_closes_the_card_before_it_unpins(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_pin_pair(window, 3, 1);
    window_press(window, HEED_KEY_F1 + 2, 0);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window->ui->hint);
    assert_int_equal(window_state(window)->query.count, 1);
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_int_equal(window_state(window)->key.count, 0);
}

static void reset_is_the_first_start_and_can_be_undone(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, '1' + HEED_VIEW_STACK, 0);
    window_press(window, 'T', 0);
    const enum heed_theme_id theme = window_state(window)->theme;
    heed_ui_run(window->ui, HEED_COMMAND_RESET, 0);
    window_build(window);
    assert_int_equal(window_state(window)->view, HEED_VIEW_LINKS);
    assert_int_equal(window_state(window)->theme, theme);
    assert_true(window->ui->hint);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->view, HEED_VIEW_STACK);
}

static void a_projector_shows_no_hint(void **context)
{
    struct window *window = *context;
    heed_ui_show_hint(window->ui);
    window_build(window);
    assert_true(window_says(window, "Three things to try"));
    window_press(window, HEED_KEY_F1 + 4, 0);
    assert_false(window_says(window, "Three things to try"));
}

static void a_name_with_spaces_can_be_typed_in_the_palette(void **context)
{
    struct window *window = *context;
    window_leave_field(window);
    window_press(window, 'K', CTRL);
    window_type(window, "Hide special");
    assert_false(window_state(window)->filter.hide_special);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_true(window_state(window)->filter.hide_special);
}

/* Where a text that begins so stands; negative: nowhere. */
static float place_of(const struct window *window, const char *text)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const size_t n = strlen(text) < 24 ? strlen(text) : 24;
        if (item->kind == HEED_ITEM_TEXT && item->as.text.length >= n &&
            memcmp(item->as.text.text, text, n) == 0) {
            return item->as.text.y;
        }
    }
    return -1;
}

static void look_for(struct window *window, const char *query)
{
    window_leave_field(window);
    window_press(window, 'K', CTRL);
    window_type(window, query);
}

static void the_palette_finds_the_command_that_is_named_so_first(void **context)
{
    struct window *window = *context;
    look_for(window, "open");
    const float file = place_of(window, "Open \xE2\x80\xA6");
    const float head = place_of(window, "Open this head in Matrix");
    assert_true(file > 0);
    assert_true(file < head);
}

static void the_palette_takes_a_typed_apostrophe_for_the_printed_one(void **context)
{
    struct window *window = *context;
    look_for(window, "head's");
    assert_true(place_of(window, "Less of this head\xE2\x80\x99s output") > 0);
}

static void every_key_is_on_the_sheet_of_a_large_window(void **context)
{
    struct window *window = *context;
    const struct heed_command_info *table = heed_ui_commands.rows;
    const int n = heed_ui_commands.n;
    window_press(window, HEED_KEY_F1, 0);
    for (int i = 0; i < n; i++) {
        char key[40];
        heed_command_key_text(&table[i], key, sizeof(key));
        const float y = place_of(window, table[i].name);
        if (key[0] != '\0' && (y < 20 || y > 980)) {
            print_error("\"%s\" isn't on the sheet\n", table[i].name);
            fail();
        }
    }
    assert_in_range((int)place_of(window, "Next, previous found"), 20, 980);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(every_key_is_on_the_sheet_of_a_large_window),
        IN_WINDOW(the_hint_takes_room_of_its_own_until_it_is_closed),
        IN_WINDOW(the_card_ticks_what_was_tried_and_goes),
        IN_WINDOW(esc_closes_the_card_before_it_unpins),
        IN_WINDOW(reset_is_the_first_start_and_can_be_undone),
        IN_WINDOW(a_projector_shows_no_hint),
        IN_WINDOW(about_names_the_program_the_licence_and_the_papers),
        IN_WINDOW(about_scrolls_in_a_small_window),
        IN_WINDOW(every_control_has_a_tip),
        IN_WINDOW(every_choice_of_a_menu_has_its_words),
        IN_WINDOW(every_statistic_of_the_inspector_has_its_words),
        IN_WINDOW(a_tip_has_two_lines_and_the_help_lists_them_all),
        IN_WINDOW(a_name_with_spaces_can_be_typed_in_the_palette),
        IN_WINDOW(the_palette_finds_the_command_that_is_named_so_first),
        IN_WINDOW(the_palette_takes_a_typed_apostrophe_for_the_printed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

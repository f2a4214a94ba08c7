/* A view is its row: one that no table has, made up here, is drawn, measured,
 * inspected and told of as its row says, whatever the state's view is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "render/record/record.h"
#include "scene/chrome/chrome.h"
#include "scene/chrome/inspector_panel.h"
#include "scene/chrome/rail.h"
#include "scene/chrome/status.h"
#include "scene/frame/panel_kind.h"
#include "scene/inspector/column.h"
#include "scene/parts/head_values.h"
#include "scene/parts/provisos.h"
#include "scene/views/views.h"
#include "view_rig.h"

static const char TEXT[] = "The cat saw it because it was too near.";

/* How often each part of the row was asked. */
static struct asked {
    int draw, height, inspect, below, options, say, changes, forget;
} asked;

static void put_text(struct heed_list *list, float x, float y, const char *text)
{
    heed_list_text(list, (struct heed_item_text){.x = x,
                                                 .y = y,
                                                 .style = {.size = 12, .weight = 400},
                                                 .color = {0, 0, 0, 1},
                                                 .text = text,
                                                 .length = (uint32_t)strlen(text)});
}

static void draw(struct heed_frame *frame, struct heed_rect rect)
{
    asked.draw++;
    put_text(frame->list, rect.x, rect.y + 12, "drawn by the row");
    frame->content_height = 5000;
}

static float height(struct heed_frame *frame, float width)
{
    (void)frame;
    asked.height++;
    return width / 2 + 0.25F;
}

static bool inspect(struct heed_column *column)
{
    asked.inspect++;
    put_text(column->skin->list, column->x, column->y + 12, "inspected by the row");
    column->y += 100;
    return true;
}

static bool inspect_nothing(struct heed_column *column)
{
    (void)column;
    asked.inspect++;
    return false;
}

static void inspect_below(struct heed_column *column)
{
    asked.below++;
    put_text(column->skin->list, column->x, column->y + 12, "below");
    column->y += 20;
}

static float options(const struct heed_options_place *place)
{
    asked.options++;
    put_text(place->skin->list, place->right - 100, place->row.y + 20, "an option");
    return place->right - 100;
}

static void say(struct heed_clauses *clauses)
{
    asked.say++;
    heed_clauses_say(clauses, HEED_COMMAND_UNMUTE, 0, "made up");
}

static void say_nothing(struct heed_clauses *clauses)
{
    (void)clauses;
    asked.say++;
}

static bool fill_changes(const struct heed_frame *frame, float *changes)
{
    const struct heed_maps *maps = frame->result->maps;
    asked.changes++;
    for (int i = 0; i < maps->n_layers * maps->n_heads; i++) {
        changes[i] = i == 3 ? -0.5F : 0.25F;
    }
    return true;
}

static bool changes_are_signed(const struct heed_frame *frame)
{
    (void)frame;
    return true;
}

static void forget(void *cache)
{
    *(int *)cache += 1;
    asked.forget++;
}

static const struct heed_view_kind least = {
    .draw = draw,
    .height = height,
    .export_type = 15,
    .say = say_nothing,
};

static const struct heed_view_kind full = {
    .draw = draw,
    .height = height,
    .export_type = 15,
    .inspect = inspect,
    .inspect_below = inspect_below,
    .options = options,
    .owns_options = true,
    .say = say,
    .forget = forget,
    .one_head = true,
};

static void open_rig(struct view_rig *rig, const struct heed_view_kind *kind)
{
    view_rig_open(rig, TEXT, NULL);
    rig->kind = kind;
    asked = (struct asked){0};
}

/* --- the canvas and an export --- */

static void what_is_drawn_is_the_rows_drawing_alone(void **context)
{
    struct view_rig rig;
    open_rig(&rig, &least);
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(asked.draw, 1);
    assert_int_equal(rig.list.n_items, 1);
    assert_non_null(list_find_text(&rig.list, "drawn by the row"));
    assert_true(rig.frame.content_width == 960);
    assert_true(rig.frame.content_height == 5000);
    view_rig_close(&rig);
}

static void nothing_is_asked_to_be_drawn_where_there_is_no_room(void **context)
{
    struct view_rig rig;
    open_rig(&rig, &least);
    view_rig_draw_view(&rig, 0, 852);
    assert_int_equal(asked.draw, 0);
    view_rig_close(&rig);
}

static void an_export_is_as_high_as_the_row_says_in_whole_px(void **context)
{
    struct view_rig rig;
    open_rig(&rig, &least);
    view_rig_draw_view(&rig, 300, 100);
    assert_true(heed_view_export_height(&rig.frame, 300) == 151);
    assert_int_equal(asked.height, 1);
    view_rig_close(&rig);
}

static void what_it_keeps_it_frees(void **context)
{
    int data = 0;
    struct heed_view_cache cache = {&full, &data};
    asked = (struct asked){0};
    heed_view_forget(&cache);
    assert_int_equal(data, 1);
    assert_null(cache.kind);
    heed_view_forget(&cache);
    cache = (struct heed_view_cache){&least, &data};
    heed_view_forget(&cache); /* its row frees nothing */
    assert_int_equal(asked.forget, 1);
}

/* --- words --- */

static void provisos_end_with_the_rows_own(void **context)
{
    struct heed_proviso provisos[HEED_MAX_PROVISOS];
    char text[200];
    struct view_rig rig;
    open_rig(&rig, &full);
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(heed_provisos_collect(&rig.frame, false, provisos), 1);
    assert_string_equal(provisos[0].text, "made up");
    assert_int_equal(provisos[0].undo, HEED_COMMAND_UNMUTE);
    rig.kind = &least;
    view_rig_draw_view(&rig, 960, 852);
    heed_provisos(&rig.frame, false, text, sizeof(text));
    assert_string_equal(text, "");
    assert_int_equal(asked.say, 2);
    view_rig_close(&rig);
}

static void a_caption_names_filters_of_links_only_for_a_row_that_draws_them(void **context)
{
    struct view_rig rig;
    char with[400], without[400];
    struct heed_view_kind links = least;
    links.draws_links = true;
    open_rig(&rig, &least);
    rig.state.filter.threshold = 0.125F;
    heed_view_caption(&rig.state, &links, NULL, with, sizeof(with));
    heed_view_caption(&rig.state, &least, NULL, without, sizeof(without));
    assert_non_null(strstr(with, "0.125"));
    assert_null(strstr(without, "0.125"));
    view_rig_close(&rig);
}

/* --- the window --- */

static void the_window_holds_all_that_the_row_has(void **context)
{
    struct view_rig rig;
    open_rig(&rig, &full);
    view_rig_draw_window(&rig);
    assert_int_equal(asked.draw, 1);
    assert_int_equal(asked.inspect, 1);
    assert_int_equal(asked.below, 1);
    assert_int_equal(asked.options, 1);
    assert_int_equal(asked.height, 0);
    assert_non_null(list_find_text(&rig.list, "drawn by the row"));
    assert_non_null(list_find_text(&rig.list, "inspected by the row"));
    assert_non_null(list_find_text(&rig.list, "an option"));
    assert_true(list_says(&rig.list, "made up"));
    assert_null(list_find_text(&rig.list, "Words")); /* its options stand in their place */
    const struct heed_item *above = list_find_text(&rig.list, "inspected by the row");
    const struct heed_item *below = list_find_text(&rig.list, "below");
    assert_true(below->as.text.y == above->as.text.y + 100);
    view_rig_close(&rig);
}

static void what_a_row_leaves_out_is_as_in_most_views(void **context)
{
    struct view_rig rig;
    open_rig(&rig, &least);
    view_rig_draw_window(&rig);
    assert_non_null(list_find_text(&rig.list, "Words"));
    assert_non_null(list_find_text(&rig.list, "Nothing pinned"));
    assert_true(list_says(&rig.list, "Hover a token"));
    view_rig_close(&rig);
}

static void a_row_that_inspects_nothing_may_still_say_how_to_pin(void **context)
{
    struct heed_view_kind kind = least;
    kind.inspect = inspect_nothing;
    kind.how_to_pin = "Shake it.";
    struct view_rig rig;
    open_rig(&rig, &kind);
    view_rig_draw_window(&rig);
    assert_int_equal(asked.inspect, 1);
    assert_non_null(list_find_text(&rig.list, "Nothing pinned"));
    assert_non_null(list_find_text(&rig.list, "Shake it."));
    view_rig_close(&rig);
}

static void the_map_of_heads_is_of_the_rows_changes(void **context)
{
    struct heed_view_kind kind = least;
    kind.fill_changes = fill_changes;
    kind.changes_are_signed = changes_are_signed;
    struct view_rig rig;
    float high = 0;
    open_rig(&rig, &kind);
    const struct heed_comparison comparison = {.result = rig.result};
    struct heed_result compared = *rig.result;
    compared.compare = &comparison;
    view_rig_draw_view(&rig, 960, 852);
    rig.frame.result = &compared;
    const float *values = heed_head_map_values(&rig.frame, &high);
    assert_non_null(values);
    assert_int_equal(asked.changes, 1);
    assert_true(values[3] == -0.5F && values[0] == 0.25F);
    assert_true(high == 0.5F);
    assert_true(heed_head_map_is_signed(&rig.frame));
    view_rig_close(&rig);
}

/* --- nothing else is asked --- */

/* Everything but the tabs, which are the state's. */
static void dump_parts(struct view_rig *rig, struct heed_buffer *out)
{
    view_rig_draw_window(rig);
    heed_list_clear(&rig->list);
    heed_view_draw(&rig->chrome.frame, rig->chrome.layout.canvas);
    heed_inspector_draw(&rig->chrome);
    heed_rail_draw(&rig->chrome);
    heed_status_draw(&rig->chrome);
    heed_record_write(&rig->list, out);
}

static void the_states_view_is_never_asked(void **context)
{
    const struct heed_view_kind *const kinds[] = {&least, &full};
    for (size_t k = 0; k < HEED_COUNT(kinds); k++) {
        struct heed_buffer first = {0};
        for (int view = 0; view < HEED_N_VIEWS; view++) {
            struct heed_buffer out = {0};
            struct view_rig rig;
            open_rig(&rig, kinds[k]);
            rig.state.view = (enum heed_view)view;
            rig.state.query = (struct heed_pin){.first = 2, .count = 1};
            dump_parts(&rig, &out);
            view_rig_close(&rig);
            if (view == 0) {
                first = out;
            } else {
                assert_string_equal(first.data, out.data);
                heed_buffer_finish(&out);
            }
        }
        heed_buffer_finish(&first);
    }
}

static void draw_panel(struct heed_frame *frame, const struct heed_skin *skin,
                       struct heed_rect rect)
{
    (void)skin;
    put_text(frame->list, rect.x, rect.y + 12, "drawn by the panel");
}

static float panel_height(struct heed_frame *frame, float width)
{
    (void)frame;
    return width + 0.5F;
}

static void under_a_panel_a_view_is_neither_drawn_nor_inspected(void **context)
{
    static const struct heed_panel_kind panel = {.draw = draw_panel, .height = panel_height};
    struct view_rig rig;
    open_rig(&rig, &full);
    rig.panel = &panel;
    rig.state.panel = HEED_PANEL_ABLATION; /* one is open */
    view_rig_draw_window(&rig);
    assert_non_null(list_find_text(&rig.list, "drawn by the panel"));
    assert_int_equal(asked.draw, 0);
    assert_int_equal(asked.inspect, 0);
    assert_int_equal(asked.below, 0);
    assert_true(heed_view_export_height(&rig.frame, 300) == 301);
    assert_int_equal(asked.height, 0);
    view_rig_draw_view(&rig, 960, 852);
    assert_int_equal(rig.list.n_items, 1);
    assert_non_null(list_find_text(&rig.list, "drawn by the panel"));
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_drawn_is_the_rows_drawing_alone),
        cmocka_unit_test(nothing_is_asked_to_be_drawn_where_there_is_no_room),
        cmocka_unit_test(an_export_is_as_high_as_the_row_says_in_whole_px),
        cmocka_unit_test(what_it_keeps_it_frees),
        cmocka_unit_test(provisos_end_with_the_rows_own),
        cmocka_unit_test(a_caption_names_filters_of_links_only_for_a_row_that_draws_them),
        cmocka_unit_test(the_window_holds_all_that_the_row_has),
        cmocka_unit_test(what_a_row_leaves_out_is_as_in_most_views),
        cmocka_unit_test(a_row_that_inspects_nothing_may_still_say_how_to_pin),
        cmocka_unit_test(the_map_of_heads_is_of_the_rows_changes),
        cmocka_unit_test(the_states_view_is_never_asked),
        cmocka_unit_test(under_a_panel_a_view_is_neither_drawn_nor_inspected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

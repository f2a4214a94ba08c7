/* Attention files in the window, each drawn from the tensors that it holds. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/engine/picture.h"
#include "core/engine/pipeline.h"
#include "lists.h"
#include "render/record/record.h"
#include "state/state.h"
#include "ui/actions/attention_file.h"
#include "ui/popover/examples.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"
#include "ui/window/fields.h"
#include "ui/window/pins.h"
#include "ui/window/run.h"
#include "ui/window/window.h"

struct rig {
    struct heed_pipeline *pipeline;
    struct heed_ui *ui;
    const struct heed_result *result;
    const struct heed_list *list;
};

static void build(struct rig *rig)
{
    struct heed_effects effects = {0};
    rig->list = heed_ui_build(rig->ui, 1, heed_record_get_metrics(), &effects);
    assert_false(rig->list->failed);
}

static void answer(struct rig *rig)
{
    struct heed_error err = {0};
    const struct heed_job job = heed_ui_get_job(rig->ui, 1);
    const struct heed_pipeline_hints hints = {.previous = NULL};
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(rig->pipeline, &job, hints, &result, &err)) {
        fail_msg("%s", err.text);
    }
    heed_result_release(rig->result);
    rig->result = result;
    heed_ui_set_result(rig->ui, result);
    build(rig);
}

/* tests/data/attention/NAME, its part or NULL. */
static void start(struct rig *rig, const char *name, const char *part)
{
    char path[1024];
    const char *data = getenv("HEED_TEST_DATA");
    struct heed_error err = {0};
    memset(rig, 0, sizeof(*rig));
    snprintf(path, sizeof path, "%s/data/attention/%s", data != NULL ? data : "tests", name);
    if (!heed_pipeline_open_file(&rig->pipeline, path, part, HEED_MOST_READ, &err)) {
        fail_msg("%s", err.text);
    }
    assert_true(heed_ui_create(&rig->ui, NULL));
    heed_ui_resize(rig->ui, 1600, 1000, 1);
    struct heed_state state = {0};
    assert_true(heed_state_copy(&state, heed_ui_get_state(rig->ui), NULL));
    state.filter.hide_special = true;
    assert_true(heed_ui_set_state(rig->ui, &state, false, NULL));
    heed_state_finish(&state);
    heed_ui_open_attention(rig->ui, path, HEED_PART_SELF);
    heed_ui_focus_field(rig->ui, HEED_UI_FIELD_NONE);
    answer(rig);
}

static void end(struct rig *rig)
{
    heed_ui_destroy(rig->ui);
    heed_result_release(rig->result);
    heed_pipeline_close(rig->pipeline);
}

static void press(struct rig *rig, int key)
{
    struct heed_effects effects = {0};
    const struct heed_event event = {.kind = HEED_EVENT_KEY, .key = (enum heed_key)key, .time = 1};
    heed_ui_handle(rig->ui, &event, heed_record_get_metrics(), &effects);
    effects.encode ? answer(rig) : build(rig);
}

/* Maps in the rail: their number; the shape of the last. */
static int rail_maps(const struct rig *rig, struct heed_item_heatmap *last)
{
    int n = 0;
    for (size_t i = 0; i < rig->list->n_items; i++) {
        const struct heed_item *item = &rig->list->items[i];
        if (item->kind == HEED_ITEM_HEATMAP && item->as.heatmap.rect.x < 300 &&
            !item->as.heatmap.is_picture) {
            *last = item->as.heatmap;
            n++;
        }
    }
    return n;
}

static void maps_in_the_rail_are_as_long_and_high_as_they_have_keys_and_queries(void **context)
{
    (void)context;
    struct rig rig;
    struct heed_item_heatmap map = {0};
    start(&rig, "whisper.safetensors", "cross"); /* 3 x 8 */
    assert_int_equal(rail_maps(&rig, &map), 2);
    assert_int_equal(map.rows, 3);
    assert_int_equal(map.columns, 8);
    assert_float_equal(map.rect.h / map.rect.w, 3.0F / 8, 0.03F);
    assert_true(list_says(rig.list, "decoder \xC3\x97 encoder"));
    heed_ui_run(rig.ui, HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_ENTROPY + 1);
    build(&rig);
    assert_int_equal(rail_maps(&rig, &map), 0);
    end(&rig);
    start(&rig, "gpt2.safetensors", NULL); /* asked for */
    assert_int_equal(rail_maps(&rig, &map), 0);
    heed_ui_run(rig.ui, HEED_COMMAND_COLOR_BY, HEED_COLOR_BY_MAPS + 1);
    build(&rig);
    assert_int_equal(rail_maps(&rig, &map), 4);
    assert_true(map.rect.w == map.rect.h);
    end(&rig);
}

static void what_to_try_with_a_text_is_not_said_over_a_file(void **context)
{
    (void)context;
    struct rig rig;
    start(&rig, "gpt2.safetensors", NULL);
    heed_ui_show_hint(rig.ui); /* the first start's */
    build(&rig);
    assert_false(list_says(rig.list, "Three things to try"));
    assert_false(list_says(rig.list, "Ctrl+W"));
    heed_ui_run(rig.ui, HEED_COMMAND_HINT, 0);
    build(&rig);
    assert_false(list_says(rig.list, "Three things to try"));
    assert_true(list_says(rig.list, "Ctrl+W"));
    heed_ui_close_file(rig.ui);
    build(&rig);
    assert_true(list_says(rig.list, "Three things to try"));
    end(&rig);
}

static int pinned(const struct rig *rig)
{
    const struct heed_pin query = heed_ui_get_state(rig->ui)->query;
    assert_true(query.count <= 1);
    return query.count == 1 ? query.first : -1;
}

/* What a file doesn't hold isn't told of it: no ids, no place in a text, no share of special
 * tokens or neighbours, no measure that it can't have. */
static void nothing_is_told_that_a_file_doesn_t_hold(void **context)
{
    (void)context;
    struct rig rig;
    start(&rig, "whisper.safetensors", "cross");
    assert_false(list_says(rig.list, "Compare Weight"));
    assert_true(heed_ui_get_state(rig.ui)->filter.hide_special); /* as with the text before */
    assert_false(list_says(rig.list, "special tokens hidden"));
    heed_ui_run(rig.ui, HEED_COMMAND_VIEW, HEED_VIEW_HEADS);
    build(&rig);
    assert_true(list_says(rig.list, "Where its rows go"));
    assert_false(list_says(rig.list, "[CLS]"));
    assert_false(list_says(rig.list, "previous"));
    end(&rig);
    start(&rig, "vit.safetensors", NULL);
    assert_true(list_says(rig.list, "To [CLS]"));
    assert_false(list_says(rig.list, "other special"));
    assert_true(rig.result->encoding->tokens[1].id < 0);
    end(&rig);
}

/* [CLS] and 3 x 3 patches. */
static void arrows_move_the_pinned_patch_in_its_picture(void **context)
{
    (void)context;
    struct rig rig;
    start(&rig, "vit.safetensors", NULL);
    heed_ui_pin_query(rig.ui, (struct heed_pin){.first = 1, .count = 1});
    build(&rig);
    press(&rig, HEED_KEY_DOWN);
    assert_int_equal(pinned(&rig), 4);
    press(&rig, HEED_KEY_RIGHT);
    assert_int_equal(pinned(&rig), 5);
    press(&rig, HEED_KEY_RIGHT);
    press(&rig, HEED_KEY_RIGHT); /* at the edge it stays */
    assert_int_equal(pinned(&rig), 6);
    press(&rig, HEED_KEY_UP);
    press(&rig, HEED_KEY_UP);
    assert_int_equal(pinned(&rig), 3);
    press(&rig, HEED_KEY_LEFT);
    assert_int_equal(pinned(&rig), 2);
    end(&rig);
}

/* Without a pin they go from patch to patch, and Enter pins; two panels are one picture. */
static void arrows_walk_the_patches_and_enter_pins(void **context)
{
    (void)context;
    struct rig rig;
    start(&rig, "vit.safetensors", NULL);
    heed_ui_run(rig.ui, HEED_COMMAND_UNPIN, 0);
    build(&rig);
    press(&rig, HEED_KEY_RIGHT); /* enters */
    for (int i = 0; i < 4; i++) {
        press(&rig, HEED_KEY_RIGHT);
    }
    press(&rig, HEED_KEY_DOWN);
    press(&rig, HEED_KEY_ENTER);
    assert_int_equal(pinned(&rig), 6);
    end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_in_the_rail_are_as_long_and_high_as_they_have_keys_and_queries),
        cmocka_unit_test(what_to_try_with_a_text_is_not_said_over_a_file),
        cmocka_unit_test(nothing_is_told_that_a_file_doesn_t_hold),
        cmocka_unit_test(arrows_move_the_pinned_patch_in_its_picture),
        cmocka_unit_test(arrows_walk_the_patches_and_enter_pins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

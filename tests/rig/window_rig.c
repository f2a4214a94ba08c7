#include "window_rig.h"

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "draw/hit.h"
#include "fake_result.h"
#include "render/record/record.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"
#include "state/commands.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"

static void build(struct window *window)
{
    window->built = (struct heed_effects){0};
    window->list =
        heed_ui_build(window->ui, window->time, heed_record_get_metrics(), &window->built);
    assert_false(window->list->failed);
}

/* A pinned link's measures are asked for while a picture is built: its result gets them. The
 * run is none of that model, but of its shape. */
void window_build(struct window *window)
{
    build(window);
    if ((window->ui->later & HEED_LATER_LINKS) != 0) {
        const struct heed_link_measures_hints hints = {0};
        struct heed_result *result = (struct heed_result *)(uintptr_t)window->ui->result;
        window->ui->later = 0;
        assert_true(heed_link_measures_create(&result->links, heed_result_untouched(result),
                                              window->ui->model, hints, NULL));
        build(window);
    }
}

const struct heed_state *window_state(const struct window *window)
{
    return heed_ui_get_state(window->ui);
}

/* What an engine does that is quick enough. */
void window_answer(struct window *window)
{
    const struct heed_job job = heed_ui_get_job(window->ui, ++window->generation);
    const struct heed_result *result = fake_result_create(&job);
    heed_ui_set_result(window->ui, result);
    heed_result_release(result);
}

void window_send(struct window *window, struct heed_event event)
{
    window->time += 0.05;
    event.time = window->time;
    heed_ui_handle(window->ui, &event, heed_record_get_metrics(), &window->effects);
    if (window->effects.encode) {
        window_answer(window);
    }
    window_build(window);
}

void window_press(struct window *window, int key, int mods)
{
    window_send(window, (struct heed_event){.kind = HEED_EVENT_KEY,
                                            .key = (enum heed_key)key,
                                            .mods = (uint8_t)mods});
}

/* Key by key, as a keyboard does: the key first, if it is one, then its text. */
void window_type(struct window *window, const char *text)
{
    for (size_t i = 0; text[i] != '\0';) {
        uint32_t c = 0;
        const size_t size = heed_utf8_decode(text + i, strlen(text + i), &c);
        if (c == ' ') {
            window_press(window, HEED_KEY_SPACE, 0);
        } else if (c < 0x80) {
            window_press(window, toupper((int)c), isupper((int)c) ? SHIFT : 0);
        }
        window_send(window,
                    (struct heed_event){.kind = HEED_EVENT_TEXT, .text = text + i, .length = size});
        i += size;
    }
}

void window_paste(struct window *window, const char *text, size_t length)
{
    window_send(window,
                (struct heed_event){.kind = HEED_EVENT_PASTE, .text = text, .length = length});
}

void window_move_to(struct window *window, float x, float y)
{
    window_send(window, (struct heed_event){.kind = HEED_EVENT_POINTER_MOVE, .x = x, .y = y});
}

void window_click_at(struct window *window, float x, float y, int clicks, int mods)
{
    struct heed_event event = {.kind = HEED_EVENT_POINTER_DOWN,
                               .x = x,
                               .y = y,
                               .button = 1,
                               .clicks = clicks,
                               .mods = (uint8_t)mods};
    window_send(window, event);
    event.kind = HEED_EVENT_POINTER_UP;
    window_send(window, event);
}

struct heed_rect window_item_rect(const struct heed_item *item)
{
    switch (item->kind) {
    case HEED_ITEM_HOTSPOT:
        return item->as.hotspot;
    case HEED_ITEM_RECT:
        return item->as.rect.rect;
    case HEED_ITEM_HEATMAP:
        return item->as.heatmap.rect;
    default:
        return (struct heed_rect){0};
    }
}

/* The middle of what a target is drawn as, where the pointer finds it. */
bool window_find(struct window *window, struct heed_target target, float *x, float *y)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const struct heed_rect r = window_item_rect(item);
        if (!heed_target_equal(item->target, target) || r.w <= 0) {
            continue;
        }
        *x = r.x + r.w / 2;
        *y = r.y + r.h / 2;
        const struct heed_item *hit = heed_list_hit(window->list, *x, *y);
        if (hit != NULL && heed_target_equal(hit->target, target)) {
            return true;
        }
    }
    return false;
}

void window_click(struct window *window, struct heed_target target, int clicks, int mods)
{
    float x = 0;
    float y = 0;
    assert_true(window_find(window, target, &x, &y));
    window_move_to(window, x, y);
    window_click_at(window, x, y, clicks, mods);
}

bool window_shows(const struct window *window, int layer, int head)
{
    const struct heed_head_id id = {(int16_t)layer, (int16_t)head};
    return heed_state_shows(window_state(window), id, NULL);
}

/* Leaves the text field, as Esc does. */
void window_leave_field(struct window *window)
{
    window_press(window, HEED_KEY_ESCAPE, 0);
    assert_false(window->effects.text_input);
}

bool window_says(const struct window *window, const char *text)
{
    return list_says(window->list, text);
}

int window_open(void **context)
{
    struct window *window = calloc(1, sizeof(*window));
    *context = window;
    if (!heed_ui_create(&window->ui, NULL)) {
        return -1;
    }
    heed_ui_resize(window->ui, 1600, 1000, 1);
    window->time = 100;
    window_answer(window);
    window_build(window);
    return 0;
}

int window_close(void **context)
{
    struct window *window = *context;
    heed_ui_destroy(window->ui);
    free(window);
    return 0;
}

void window_right_click(struct window *window, struct heed_target target)
{
    struct heed_event event = {.kind = HEED_EVENT_POINTER_DOWN, .button = 3, .clicks = 1};
    assert_true(window_find(window, target, &event.x, &event.y));
    window_move_to(window, event.x, event.y);
    window_send(window, event);
    event.kind = HEED_EVENT_POINTER_UP;
    window_send(window, event);
}

void window_pin_pair(struct window *window, int query, int key)
{
    struct heed_state state;
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    state.query = (struct heed_pin){query, 1};
    state.key = (struct heed_pin){key, 1};
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_answer(window);
    window_build(window);
}

struct heed_target chip_target(int index)
{
    struct heed_target target = command_target(HEED_COMMAND_PUT_BACK, index + 1);
    target.flags = HEED_TARGET_FLAG_UNDO;
    return target;
}

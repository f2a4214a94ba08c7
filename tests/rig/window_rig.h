/*
 * A window without a window for tests of the ui: events go in, each is
 * followed by a build and, when it asks for one, by a fake result.
 */
#ifndef HEED_TESTS_RIG_WINDOW_RIG_H
#define HEED_TESTS_RIG_WINDOW_RIG_H

#include "draw/display_list.h"
#include "lists.h"
#include "state/commands.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/window/effects.h"
#include "ui/window/window.h"

enum { CTRL = HEED_MOD_CTRL, SHIFT = HEED_MOD_SHIFT };

struct window {
    struct heed_ui *ui;
    struct heed_effects effects; /* of the last event */
    struct heed_effects built;   /* of the last build */
    const struct heed_list *list;
    uint64_t generation;
    double time;
};

/* cmocka's set-up and tear-down. 1600 x 1000, the first start's state. */
int window_open(void **context);
int window_close(void **context);
#define IN_WINDOW(test) cmocka_unit_test_setup_teardown(test, window_open, window_close)

void window_build(struct window *window);
const struct heed_state *window_state(const struct window *window);
/* What an engine does that is quick enough. */
void window_answer(struct window *window);
/* One event, the run that it asks for, a build. */
void window_send(struct window *window, struct heed_event event);
void window_press(struct window *window, int key, int mods);
/* Key by key, as a keyboard does. */
void window_type(struct window *window, const char *text);
void window_paste(struct window *window, const char *text, size_t length);
void window_move_to(struct window *window, float x, float y);
void window_click_at(struct window *window, float x, float y, int clicks, int mods);
/* The right button, at the middle of a target. */
void window_right_click(struct window *window, struct heed_target target);
struct heed_rect window_item_rect(const struct heed_item *item);
/* The middle of what a target is drawn as, where the pointer finds it. */
bool window_find(struct window *window, struct heed_target target, float *x, float *y);
void window_click(struct window *window, struct heed_target target, int clicks, int mods);
bool window_shows(const struct window *window, int layer, int head);
/* Leaves the text field, as Esc does. */
void window_leave_field(struct window *window);
bool window_says(const struct window *window, const char *text);
/* Tokens query -> key, as one step that can be undone. */
void window_pin_pair(struct window *window, int query, int key);

static inline struct heed_target head_target(int layer, int head)
{
    return (struct heed_target){.kind = HEED_TARGET_HEAD, .a = layer, .b = head};
}

static inline struct heed_target token_target(enum heed_target_kind kind, int first)
{
    return (struct heed_target){.kind = (uint16_t)kind, .a = first, .b = 1};
}

/* The cross of the strip's index-th chip. */
struct heed_target chip_target(int index);

static inline struct heed_target command_target(enum heed_command command, int argument)
{
    return (struct heed_target){.kind = HEED_TARGET_COMMAND, .a = (int32_t)command, .b = argument};
}

#endif

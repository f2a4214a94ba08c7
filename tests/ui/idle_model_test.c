/*
 * A control acts in a view, or it stands there at less strength and says why: on a small
 * model each filter is changed in each view, and the picture, the inspector and the heads'
 * map are looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "scene/views/needs.h"
#include "scene/views/views.h"
#include "scene/widgets/target.h"
#include "scene/widgets/terms.h"
#include "state/commands.h"
#include "tiny_model.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/window.h"
#include "window_rig.h"

static bool within(struct heed_rect area, struct heed_rect r)
{
    const float x = r.x + r.w / 2;
    const float y = r.y + r.h / 2;
    return x >= area.x && x < area.x + area.w && y >= area.y && y < area.y + area.h;
}

/* What is seen of an item, and of which it is. */
static uint64_t add(uint64_t sum, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ ((const unsigned char *)bytes)[i]) * 1099511628211U;
    }
    return sum;
}

static uint64_t add_cells(uint64_t sum, const struct heed_item_heatmap *map)
{
    const struct heed_values *values = &map->values;
    sum = add(sum, &map->threshold, sizeof map->threshold);
    for (int i = 0; i < map->rows; i++) {
        const int row = map->slice * values->n_rows + map->row + i;
        sum = add(sum, values->data + (size_t)row * (size_t)values->n_columns + map->column,
                  sizeof(float) * (size_t)map->columns);
    }
    return sum;
}

/* Of the picture, the inspector and the heads: not of the filters' own places, nor of what
 * tells in words that they are set. */
static uint64_t look(const struct window *window)
{
    const struct heed_layout *layout = &window->ui->layout;
    uint64_t sum = 14695981039346656037U;
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const struct heed_rect r = window_item_rect(item);
        const bool of_head = item->target.kind == HEED_TARGET_HEAD;
        const bool stroke = item->kind == HEED_ITEM_CUBIC || item->kind == HEED_ITEM_GRADIENT ||
                            item->kind == HEED_ITEM_ARC || item->kind == HEED_ITEM_TRIANGLE;
        if (!stroke && !within(layout->canvas, r) && !within(layout->inspector, r) && !of_head) {
            continue;
        }
        switch (item->kind) {
        case HEED_ITEM_TEXT:
            sum = add(sum, item->as.text.text, item->as.text.length);
            break;
        case HEED_ITEM_RECT:
            sum = add(sum, &item->as.rect.fill, sizeof item->as.rect.fill);
            sum = add(sum, &item->as.rect.rect, sizeof item->as.rect.rect);
            break;
        case HEED_ITEM_HEATMAP:
            sum = add_cells(sum, &item->as.heatmap);
            break;
        case HEED_ITEM_CUBIC:
            sum = add(sum, &item->as.cubic, sizeof(float) * 8);
            break;
        case HEED_ITEM_LINE:
            sum = add(sum, &item->as.line, sizeof(float) * 4);
            break;
        default:
            sum += stroke;
            break;
        }
    }
    return sum;
}

/* Each filter, changed so far that it shows where it can; its control. */
struct control {
    const char *name;
    int command; /* enum heed_command, or HEED_TERM_SLIDER */
    int argument;
};

static const struct control controls[] = {
    {"special tokens", HEED_COMMAND_HIDE_SPECIAL, 0},
    {"punctuation", HEED_COMMAND_HIDE_PUNCTUATION, 0},
    {"words", HEED_COMMAND_WORDS, 0},
    {"average", HEED_COMMAND_AGGREGATE, 0},
    {"threshold", HEED_TERM_SLIDER, HEED_SLIDER_THRESHOLD},
    {"top share", HEED_TERM_SLIDER, HEED_SLIDER_TOP_P},
    {"largest", HEED_TERM_SLIDER, HEED_SLIDER_TOP_K},
    {"measure", HEED_COMMAND_MEASURE, HEED_MEASURE_ROLLOUT},
    {"segments", HEED_COMMAND_SEGMENTS, HEED_SEGMENTS_AB},
};

static void change(struct heed_filter *filter, size_t which)
{
    switch (which) {
    case 0:
        filter->hide_special = true;
        break;
    case 1:
        filter->hide_punctuation = true;
        break;
    case 2:
        filter->words = true;
        break;
    case 3:
        filter->aggregate = HEED_AGGREGATE_MEAN;
        break;
    case 4:
        filter->threshold = 0.2F;
        break;
    case 5:
        filter->top_p = 0.05F;
        break;
    case 6:
        filter->top_k = 1;
        break;
    case 7:
        filter->measure = HEED_MEASURE_ROLLOUT;
        break;
    default:
        filter->segments = HEED_SEGMENTS_AB;
        break;
    }
}

static void set(struct window *window, const struct heed_state *state)
{
    assert_true(heed_ui_set_state(window->ui, state, true, NULL));
    window_answer(window);
    window_build(window);
}

static bool is_idle(const struct window *window, const struct control *control)
{
    const struct heed_state *state = window_state(window);
    return control->command == HEED_TERM_SLIDER
               ? heed_slider_is_idle(heed_view_get_kind(state->view), state, control->argument,
                                     NULL, 0)
               : heed_command_is_idle(heed_view_get_kind(state->view), state, NULL,
                                      control->command, NULL, 0);
}

enum { MARKS = 4 };

/* Does it change the picture of this view, with so much pinned? */
static bool acts(struct window *window, struct heed_state *state, size_t which, int marks)
{
    state->filter = heed_filter_default();
    state->filter.threshold = 0;
    state->query.count = marks % 2;
    state->key.count = marks / 2 % 2;
    set(window, state);
    const uint64_t before = look(window);
    change(&state->filter, which);
    set(window, state);
    return look(window) != before;
}

static void begin(struct window *window, struct heed_state *state, enum heed_view view)
{
    static const char text[] = "the dogged dogs ran, the dog ran.";
    static const char second[] = "the dogged dogs ran, the cat ran.";
    assert_true(heed_state_copy(state, window_state(window), NULL));
    assert_true(heed_state_set_text(state, text, strlen(text), NULL));
    assert_true(heed_state_set_pair(state, view == HEED_VIEW_COMPARE ? NULL : "the dogs ran",
                                    view == HEED_VIEW_COMPARE ? 0 : 12, NULL));
    state->view = view;
    assert_true(heed_state_set_compare(state, second, strlen(second), NULL));
    state->query.first = 3;
    state->key.first = 1;
}

static void a_filter_acts_in_a_view_or_says_why_not(void **context)
{
    struct window *window = *context;
    int bad = 0;
    for (int view = 0; view < HEED_N_VIEWS + 1; view++) {
        struct heed_state state;
        const bool links = view == HEED_N_VIEWS; /* heads, drawn as those */
        begin(window, &state, links ? HEED_VIEW_HEADS : (enum heed_view)view);
        state.heads_mode = links ? HEED_HEADS_LINKS : HEED_HEADS_HEATMAPS;
        for (size_t i = 0; i < HEED_COUNT(controls); i++) {
            bool any = false;
            if (state.pair == NULL && i == HEED_COUNT(controls) - 1) {
                continue; /* Compare's texts have no segments */
            }
            for (int marks = 0; marks < MARKS && !any; marks++) {
                any = acts(window, &state, i, marks);
            }
            /* Stack has no places for tokens: what is hidden there shows in the map of heads
             * alone, and that not of every text. */
            const bool known = state.view == HEED_VIEW_STACK && i == 1;
            if (any == is_idle(window, &controls[i]) && !known) {
                print_error("%s: %s %s, and its control says otherwise\n",
                            heed_view_name(state.view), controls[i].name,
                            any ? "acts" : "doesn't act");
                bad++;
            }
        }
        heed_state_finish(&state);
    }
    assert_int_equal(bad, 0);
}

static void an_idle_control_is_faint_says_why_and_changes_nothing(void **context)
{
    struct window *window = *context;
    float x = 0;
    float y = 0;
    const struct heed_target weak = {
        .kind = HEED_TARGET_SLIDER, .flags = HEED_TARGET_FLAG_IDLE, .a = HEED_SLIDER_THRESHOLD};
    window_leave_field(window);
    assert_false(window_find(window, weak, &x, &y));
    window_press(window, '1' + HEED_VIEW_STACK, 0);
    assert_true(window_find(window, weak, &x, &y));
    window_move_to(window, x, y);
    window->time += 1;
    window_build(window);
    assert_true(window_says(window, "It acts in Links, Arcs, Heads as links, Compare."));
    const float before = window_state(window)->filter.threshold;
    window_press(window, ']', 0);
    window_click_at(window, x + 40, y, 1, 0);
    assert_true(window_state(window)->filter.threshold == before);
    window_press(window, '1' + HEED_VIEW_LINKS, 0);
    window_press(window, ']', 0);
    assert_true(window_state(window)->filter.threshold > before);
    window_press(window, '1' + HEED_VIEW_LAB, 0);
    window_press(window, 'A', 0);
    assert_int_equal(window_state(window)->filter.aggregate, HEED_AGGREGATE_NONE);
    assert_true(window_says(window, "each head stands for itself"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_filter_acts_in_a_view_or_says_why_not),
        IN_WINDOW(an_idle_control_is_faint_says_why_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, tiny_model_open, tiny_model_close);
}

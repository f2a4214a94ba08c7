/* Shots of the views of attention and of the window around them, with weights
 * from a formula: six layers of twelve heads, some weights strong. */
#include "shots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "state/interventions.h"
#include "ui/ui.h"
#include "ui/window/window.h"

/* [CLS] The keeper fed it , unwi llingly . [SEP] */
static const char text[] = "The keeper fed it, unwillingly.";
static const char pair[] = "It ate.";

int shots_set_up(void **state)
{
    (void)state;
    return 0;
}

int shots_tear_down(void **state)
{
    (void)state;
    return 0;
}

void shots_open(struct window *window)
{
    (void)window;
}

/* Few links, all of them strong. */
void shots_begin(struct heed_state *state)
{
    assert_true(heed_state_set_text(state, text, strlen(text), NULL));
    heed_state_show_only(state, (struct heed_head_id[]){{0, 0}, {2, 5}, {5, 11}}, 3);
    state->filter.threshold = 0.2F;
    state->query = (struct heed_pin){4, 1};
}

static void pin_nothing(struct heed_state *state)
{
    state->query.count = 0;
}

static void pin_pair(struct heed_state *state)
{
    state->key = (struct heed_pin){2, 1};
}

/* The first token is the best of its row, and the last one is pinned. */
static void pin_edges(struct heed_state *state)
{
    state->query = (struct heed_pin){0, 1};
    state->key = (struct heed_pin){9, 1};
}

static void merge_words(struct heed_state *state)
{
    state->filter.words = true;
    state->filter.hide_special = true;
}

static void renormalise(struct heed_state *state)
{
    pin_pair(state);
    state->filter.hide_special = true;
    state->filter.hide_punctuation = true;
    state->filter.renormalise = true;
}

static void keep_few(struct heed_state *state)
{
    state->filter.threshold = 0;
    state->filter.top_k = 1;
    state->filter.top_p = 0.5F;
}

static void take_mean(struct heed_state *state)
{
    pin_pair(state);
    state->filter.aggregate = HEED_AGGREGATE_MEAN;
    state->filter.threshold = 0.1F;
}

static void roll_out(struct heed_state *state)
{
    state->filter.measure = HEED_MEASURE_ROLLOUT;
    state->filter.threshold = 0.12F;
}

static void add_pair(struct heed_state *state)
{
    assert_true(heed_state_set_pair(state, pair, strlen(pair), NULL));
    state->filter.segments = HEED_SEGMENTS_AB;
}

static void turn_off(struct heed_state *state)
{
    pin_pair(state);
    heed_state_toggle_muted(state, (struct heed_head_id){2, 5});
    assert_true(heed_state_set_factor(state, (struct heed_head_id){0, 1}, -0.5F));
    const struct heed_cut_link cut = {{0, 0}, {4, 1}, {2, 1}};
    assert_true(heed_state_add_cut(state, &cut));
    state->variant = (struct heed_variant){heed_mask_of(HEED_MASK_STRIDED, 3), HEED_POSITIONS_OFF,
                                           HEED_ATTENTION_LINEAR};
}

/* More to say than the status bar has room for. */
static void filter_all(struct heed_state *state)
{
    turn_off(state);
    add_pair(state);
    state->filter = (struct heed_filter){.hide_special = true,
                                         .hide_punctuation = true,
                                         .renormalise = true,
                                         .words = true,
                                         .measure = HEED_MEASURE_ROLLOUT,
                                         .aggregate = HEED_AGGREGATE_MEAN,
                                         .segments = HEED_SEGMENTS_AB,
                                         .threshold = 0.02F,
                                         .top_p = 0.9F,
                                         .top_k = 5};
}

/* Heads too small for their names, which they need when they aren't in a grid. */
static void order_heads(struct heed_state *state)
{
    state->heads_order = (enum heed_heads_order)(HEED_ORDER_MEASURE + HEED_COLOR_BY_DISTANCE);
}

static void show_no_head(struct heed_state *state)
{
    heed_state_show_only(state, NULL, 0);
}

static void show_many_heads(struct heed_state *state)
{
    struct heed_head_id heads[14];
    for (int i = 0; i < 14; i++) {
        heads[i] = (struct heed_head_id){(int16_t)(i / 12 + 2), (int16_t)(i % 12)};
    }
    heed_state_show_only(state, heads, 14);
    pin_pair(state);
    state->filter.threshold = 0.4F;
}

static void write_nothing(struct heed_state *state)
{
    assert_true(heed_state_set_text(state, "", 0, NULL));
    pin_nothing(state);
}

static void look_otherwise(struct heed_state *state)
{
    pin_pair(state);
    state->theme = HEED_THEME_DARK;
    state->palette = HEED_PALETTE_VIRIDIS;
    state->color_by = HEED_COLOR_BY_ENTROPY;
}

static void project(struct heed_state *state)
{
    pin_pair(state);
    state->projector = true;
}

/* More than a screen holds. */
static void write_much(struct heed_state *state)
{
    char much[2048] = "";
    for (int i = 0; i < 20; i++) {
        strcat(much, "Nobody saw it. ");
    }
    assert_true(heed_state_set_text(state, much, strlen(much), NULL));
    heed_state_show_only(state, (struct heed_head_id[]){{0, 0}}, 1);
}

static void hide_and_look_up(struct heed_state *state)
{
    pin_pair(state);
    state->filter.hide_special = true;
    state->filter.aggregate = HEED_AGGREGATE_MAX;
}

/* Hebrew, from the right, with a number and a Latin word in it. */
static void write_hebrew(struct heed_state *state)
{
    static const char hebrew[] = "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D 12 it "
                                 "\xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D";
    assert_true(heed_state_set_text(state, hebrew, sizeof hebrew - 1, NULL));
    pin_pair(state);
}

static void hover_query(struct window *window)
{
    shot_hover(window, HEED_TARGET_QUERY, 3);
}

static void hover_key(struct window *window)
{
    shot_hover(window, HEED_TARGET_KEY, 1);
}

static void hover_cell(struct window *window)
{
    shot_hover(window, HEED_TARGET_CELL, 0);
}

static void say_error(struct window *window)
{
    heed_ui_set_message(window->ui, "a file that can't be read: try another", true);
}

static void write_long_line(struct window *window)
{
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_END, 0);
    for (int i = 0; i < 12; i++) {
        window_paste(window, " longer and", 11);
    }
    window_press(window, HEED_KEY_LEFT, CTRL | SHIFT);
}

/* One word of signs of two bytes, far too long to be laid out whole; the caret inside. */
static void write_long_word(struct window *window)
{
    char word[2 * 900 + 1];
    for (int i = 0; i < 900; i++) {
        memcpy(word + (ptrdiff_t)(2 * i), i % 10 == 0 ? "\xC3\xA9" : "\xC3\xA0", 2);
    }
    window_press(window, 'L', CTRL);
    window_paste(window, word, sizeof word - 1);
    for (int i = 0; i < 300; i++) {
        window_press(window, HEED_KEY_LEFT, 0);
    }
}

static void hover_head(struct window *window)
{
    shot_hover(window, HEED_TARGET_HEAD, 40);
}

/* The first one in the list of those that are shown: after the map's 72. */
static void hover_shown(struct window *window)
{
    shot_hover(window, HEED_TARGET_HEAD, 73);
}

static void hover_layer(struct window *window)
{
    shot_hover(window, HEED_TARGET_LAYER_LABEL, 1);
}

static void hover_slider(struct window *window)
{
    window->ui->filters_open = true;
    window_build(window);
    shot_hover(window, HEED_TARGET_SLIDER, 0);
}

static void hover_button(struct window *window)
{
    shot_hover(window, HEED_TARGET_COMMAND, 20);
}

static void hold_button(struct window *window)
{
    shot_hover(window, HEED_TARGET_COMMAND, 20);
    window_send(window, (struct heed_event){.kind = HEED_EVENT_POINTER_DOWN,
                                            .x = window->ui->pointer.x,
                                            .y = window->ui->pointer.y,
                                            .button = 1,
                                            .clicks = 1});
}

static void focus_next(struct window *window)
{
    window_press(window, HEED_KEY_ESCAPE, 0);
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_TAB, 0);
}

static void select_text(struct window *window)
{
    window_press(window, 'L', CTRL);
    window_press(window, HEED_KEY_HOME, 0);
    window_press(window, HEED_KEY_RIGHT, CTRL | SHIFT);
}

static void scroll(struct window *window)
{
    shot_hover(window, HEED_TARGET_QUERY, 1);
    window_send(window, (struct heed_event){.kind = HEED_EVENT_WHEEL,
                                            .x = window->ui->pointer.x,
                                            .y = window->ui->pointer.y,
                                            .wheel_y = -3});
}

static void open_menu(struct window *window)
{
    window_leave_field(window);
    window_press(window, HEED_KEY_MENU, 0);
}

/* What to try, and what to see in an example. */
static void show_hint(struct window *window)
{
    window_leave_field(window);
    window_press(window, HEED_KEY_F1 + 2, 0);
}

static void show_links(struct heed_state *state)
{
    pin_pair(state);
    state->heads_mode = HEED_HEADS_LINKS;
    state->filter.threshold = 0.35F;
}

static void zoom_in(struct window *window)
{
    window_leave_field(window);
    for (int i = 0; i < 4; i++) {
        window_press(window, '+', 0);
    }
}

static void write_some(struct heed_state *state)
{
    static const char some[] = "Nobody saw it. Nobody saw it. Nobody saw the keeper.";
    assert_true(heed_state_set_text(state, some, sizeof some - 1, NULL));
    pin_pair(state);
}

static void scale_a_shown_head(struct heed_state *state)
{
    pin_pair(state);
    assert_true(heed_state_set_factor(state, (struct heed_head_id){0, 0}, 0.5F));
    heed_state_toggle_muted(state, (struct heed_head_id){5, 11});
}

static void show_few_in_columns(struct heed_state *state)
{
    pin_nothing(state);
    state->filter.threshold = 0.3F;
    state->filter.hide_special = true;
}

static void list_all_heads(struct window *window)
{
    window->ui->unfolded = ~0U;
}

#define LINKS HEED_VIEW_LINKS
#define ARCS HEED_VIEW_ARCS
#define MATRIX HEED_VIEW_MATRIX
#define HEADS HEED_VIEW_HEADS

const struct shot shots[] = {
    {"arcs", NULL, ARCS, NULL, NULL, ALONE},
    {"arcs unpinned", "arcs", ARCS, pin_nothing, NULL, ALONE},
    {"arcs pair", "arcs", ARCS, pin_pair, NULL, ALONE},
    {"arcs words", "arcs", ARCS, merge_words, NULL, ALONE},
    {"arcs renormalised", "arcs pair", ARCS, renormalise, NULL, ALONE},
    {"arcs rollout", "arcs", ARCS, roll_out, NULL, ALONE},
    {"arcs mean", "arcs pair", ARCS, take_mean, NULL, ALONE},
    {"arcs two texts", "arcs", ARCS, add_pair, NULL, ALONE},
    {"arcs hover query", "arcs", ARCS, pin_nothing, hover_query, ALONE},
    {"arcs hover key", "arcs", ARCS, NULL, hover_key, ALONE},
    {"arcs no head", "arcs", ARCS, show_no_head, NULL, ALONE},
    {"arcs hebrew", "arcs", ARCS, write_hebrew, NULL, ALONE},
    {"arcs least", NULL, ARCS, pin_edges, NULL, IN_LEAST},
    {"arcs widths", NULL, ARCS, pin_pair, NULL, OVER_WIDTHS},
    {"arcs heights", NULL, ARCS, pin_pair, NULL, OVER_HEIGHTS},
    {"arcs export", NULL, ARCS, pin_pair, NULL, AS_EXPORT},
    {"arcs export off", "arcs export", ARCS, turn_off, NULL, AS_EXPORT},
    {"arcs export two texts", "arcs export", ARCS, add_pair, NULL, AS_EXPORT},

    {"links", "arcs", LINKS, NULL, NULL, ALONE},
    {"links unpinned", "links", LINKS, pin_nothing, NULL, ALONE},
    {"links pair", "links", LINKS, pin_pair, NULL, ALONE},
    {"links edges", "links", LINKS, pin_edges, NULL, IN_DRAWER},
    {"links few", "links", LINKS, keep_few, NULL, ALONE},
    {"links hover key", "links", LINKS, NULL, hover_key, ALONE},
    {"links many heads", "links", LINKS, show_many_heads, NULL, ALONE},
    {"links much", "links", LINKS, write_much, scroll, ALONE},
    {"links hebrew", "links", LINKS, write_hebrew, NULL, ALONE},
    {"links mean", "links", LINKS, hide_and_look_up, NULL, ALONE},
    {"links projector", NULL, LINKS, project, NULL, ALONE},
    {"links widths", NULL, LINKS, pin_pair, NULL, OVER_WIDTHS},
    {"links heights", NULL, LINKS, pin_pair, NULL, OVER_HEIGHTS},
    {"links export", NULL, LINKS, pin_pair, NULL, AS_EXPORT},
    {"links export unpinned", NULL, LINKS, pin_nothing, NULL, AS_EXPORT},
    {"links export few", "links export unpinned", LINKS, show_few_in_columns, NULL, AS_EXPORT},
    {"links export much", "links export unpinned", LINKS, write_some, NULL, AS_EXPORT},

    {"matrix", "arcs", MATRIX, NULL, NULL, ALONE},
    {"matrix pair", "matrix", MATRIX, pin_pair, NULL, IN_DRAWER},
    {"matrix edges", "matrix", MATRIX, pin_edges, NULL, ALONE},
    {"matrix words", "matrix", MATRIX, merge_words, NULL, ALONE},
    {"matrix few", "matrix", MATRIX, keep_few, NULL, ALONE},
    {"matrix mean", "matrix", MATRIX, take_mean, NULL, ALONE},
    {"matrix two texts", "matrix", MATRIX, add_pair, NULL, ALONE},
    {"matrix hover", "matrix", MATRIX, NULL, hover_cell, ALONE},
    {"matrix much", "matrix", MATRIX, write_much, NULL, ALONE},
    {"matrix hebrew", "matrix", MATRIX, write_hebrew, NULL, ALONE},
    {"matrix projector", NULL, MATRIX, project, NULL, ALONE},
    {"matrix widths", NULL, MATRIX, pin_pair, NULL, OVER_WIDTHS},
    {"matrix heights", NULL, MATRIX, pin_pair, NULL, OVER_HEIGHTS},
    {"matrix export", NULL, MATRIX, renormalise, NULL, AS_EXPORT},
    {"matrix export pair", "matrix export", MATRIX, pin_pair, NULL, AS_EXPORT},

    {"matrix zoomed", "matrix", MATRIX, write_some, zoom_in, ALONE},
    {"grid links", NULL, HEADS, show_links, NULL, ALONE},
    {"grid widths", NULL, HEADS, NULL, NULL, OVER_WIDTHS},
    {"grid heights", NULL, HEADS, NULL, NULL, OVER_HEIGHTS},
    {"grid ordered", NULL, HEADS, order_heads, NULL, OVER_WIDTHS},

    {"window", NULL, ARCS, pin_pair, NULL, IN_WIDE},
    {"window note", "window", ARCS, pin_pair, show_hint, IN_WIDE},
    {"window note least", "window least", ARCS, pin_pair, show_hint, IN_LEAST},
    {"window all heads", "window", ARCS, pin_pair, list_all_heads, IN_WIDE},
    {"window least", NULL, ARCS, pin_pair, NULL, IN_LEAST},
    {"grid window", "window", HEADS, pin_pair, NULL, IN_WIDE},
    {"grid least", "window least", HEADS, pin_pair, NULL, IN_LEAST},
    {"window message", "window least", ARCS, pin_pair, say_error, IN_LEAST},
    {"window long line", "window least", ARCS, pin_pair, write_long_line, IN_LEAST},
    {"window long word", "window least", ARCS, pin_nothing, write_long_word, IN_LEAST},
    {"window off wide", "window", ARCS, scale_a_shown_head, NULL, IN_WIDE},
    {"window hebrew", "window least", ARCS, write_hebrew, NULL, IN_LEAST},
    {"window two texts", "window least", ARCS, add_pair, NULL, IN_LEAST},
    {"window all filters", "window least", ARCS, filter_all, NULL, IN_LEAST},
    {"window no text", "window least", ARCS, write_nothing, NULL, IN_LEAST},
    {"window off", "window least", ARCS, turn_off, NULL, IN_LEAST},
    {"window dark", "window least", ARCS, look_otherwise, NULL, IN_LEAST},
    {"window projector", "window", ARCS, project, NULL, IN_WIDE},
    {"window hover head", "window", ARCS, pin_pair, hover_head, IN_WIDE},
    {"window hover shown", "window", ARCS, pin_pair, hover_shown, IN_WIDE},
    {"window matrix", "window", MATRIX, pin_pair, NULL, IN_WIDE},
    {"window hover layer", "window", ARCS, pin_pair, hover_layer, IN_WIDE},
    {"window hover slider", "window", ARCS, pin_pair, hover_slider, IN_WIDE},
    {"window hover button", "window", ARCS, pin_pair, hover_button, IN_WIDE},
    {"window button held", "window", ARCS, pin_pair, hold_button, IN_WIDE},
    {"window focus", "window", ARCS, pin_pair, focus_next, IN_WIDE},
    {"window selected text", "window", ARCS, pin_pair, select_text, IN_WIDE},
    {"window menu", "window", ARCS, pin_pair, open_menu, IN_WIDE},

    {"figure", NULL, ARCS, NULL, NULL, AS_FIGURE},
    {"figure pair", "figure", ARCS, pin_pair, NULL, AS_FIGURE},
    {"figure words", "figure", ARCS, merge_words, NULL, AS_FIGURE},
    {"figure few", "figure", ARCS, keep_few, NULL, AS_FIGURE},
    {"figure off", "figure", ARCS, turn_off, NULL, AS_FIGURE},
    {"figure hidden", "figure", ARCS, renormalise, NULL, AS_FIGURE},
    {"figure mean", "figure", ARCS, hide_and_look_up, NULL, AS_FIGURE},
    {"figure many heads", "figure", ARCS, show_many_heads, NULL, AS_FIGURE},
    {"figure two texts", "figure", ARCS, add_pair, NULL, AS_FIGURE},
};
const size_t n_shots = HEED_COUNT(shots);

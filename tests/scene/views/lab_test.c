/* Lab in the window, on a small model's own results: what lies where, what a
 * click and a key change, and that the numbers are the runs'. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "core/engine/variants_task.h"
#include "scene/frame/shown.h"
#include "scene/frame/tasks.h"
#include "scene/views/lab/parts.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"
#include "state/interventions.h"
#include "tiny_model.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "window_rig.h"

enum { IT = 12, ANIMAL = 2 }; /* tokens of the first text */

/* --- a window that shows Lab --- */

static void change(struct window *window, void (*edit)(struct heed_state *state))
{
    struct heed_state state = {0};
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    edit(&state);
    assert_true(heed_ui_set_state(window->ui, &state, true, NULL));
    heed_state_finish(&state);
    window_answer(window);
    window_build(window);
}

static void set_up(struct heed_state *state)
{
    const struct heed_head_id heads[] = {{0, 1}, {1, 2}};
    heed_state_show_only(state, heads, 2);
    state->matrix_head = heads[0];
}

static void open_lab(struct window *window)
{
    heed_ui_set_model(window->ui, heed_pipeline_get_model(tiny_model_pipeline()),
                      heed_pipeline_get_tokenizer(tiny_model_pipeline()));
    change(window, set_up);
    window_leave_field(window);
    window_press(window, '8', 0);
    assert_int_equal(window_state(window)->view, HEED_VIEW_LAB);
}

static void resize(struct window *window, float width, float height)
{
    heed_ui_resize(window->ui, width, height, 1);
    window_build(window);
}

static void pin(struct heed_state *state)
{
    state->query = (struct heed_pin){.first = IT, .count = 1};
    state->key = (struct heed_pin){.first = ANIMAL, .count = 1};
}

static void pin_query(struct heed_state *state)
{
    state->query = (struct heed_pin){.first = IT, .count = 1};
}

static void add_pair(struct heed_state *state)
{
    assert_true(heed_state_set_pair(state, "It was old.", 11, NULL));
}

static void choose_window(struct heed_state *state)
{
    state->variant.mask = heed_mask_of(HEED_MASK_WINDOW, 2);
}

static struct heed_target card(enum heed_mask_kind kind)
{
    return command_target(HEED_COMMAND_MASK, (int)kind);
}

/* The rectangle of what is clicked; w 0: there is none. */
static struct heed_rect spot_of(const struct window *window, struct heed_target target)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_HOTSPOT && heed_target_equal(item->target, target)) {
            return item->as.hotspot;
        }
    }
    return (struct heed_rect){0};
}

static const struct heed_item_heatmap *matrix_of(const struct window *window, bool is_trained)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_HEATMAP && item->target.kind == HEED_TARGET_CELL &&
            item->target.c == (is_trained ? HEED_LAB_TRAINED : 0)) {
            return &item->as.heatmap;
        }
    }
    return NULL;
}

static const struct heed_item_text *find_text(const struct window *window, const char *text)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        if (item->kind == HEED_ITEM_TEXT && strcmp(item->as.text.text, text) == 0) {
            return &item->as.text;
        }
    }
    return NULL;
}

/* How often a number with three decimals stands in the picture. */
static int count_number(const struct window *window, double number)
{
    char text[32];
    int count = 0;
    heed_format_number(text, sizeof(text), number, 3);
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        count += item->kind == HEED_ITEM_TEXT && strcmp(item->as.text.text, text) == 0;
    }
    return count;
}

/* --- where things lie --- */

static void cards_stand_in_rows_and_are_never_narrower_than_120(void **context)
{
    struct window *window = *context;
    static const float widths[] = {640, 800, 1024, 1200, 1600, 2560};
    open_lab(window);
    for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]); w++) {
        resize(window, widths[w], 1000);
        struct heed_rect before = {0};
        for (int kind = 0; kind < HEED_MASK_CROSS; kind++) {
            const struct heed_rect spot = spot_of(window, card((enum heed_mask_kind)kind));
            assert_true(spot.w >= 120 && spot.w <= 168);
            assert_true(spot.x >= before.x + before.w || spot.y >= before.y + before.h);
            assert_true(spot.x + spot.w <= widths[w]);
            before = spot;
        }
    }
}

static void cost_stands_beside_the_effect_where_the_canvas_is_wide(void **context)
{
    struct window *window = *context;
    open_lab(window);
    const struct heed_item_text *effect = find_text(window, "Effect");
    const struct heed_item_text *cost = find_text(window, "Cost against length");
    assert_true(effect->y == cost->y && cost->x > effect->x + 300);
    resize(window, 1024, 700);
    effect = find_text(window, "Effect");
    cost = find_text(window, "Cost against length");
    assert_true(effect->x == cost->x && cost->y > effect->y + 200);
}

static void both_matrices_are_alike_in_size_and_place(void **context)
{
    struct window *window = *context;
    open_lab(window);
    const struct heed_item_heatmap *trained = matrix_of(window, true);
    const struct heed_item_heatmap *lab = matrix_of(window, false);
    assert_true(trained->rect.y == lab->rect.y && trained->rect.w == lab->rect.w &&
                trained->rect.h == lab->rect.h);
    assert_true(lab->rect.x >= trained->rect.x + trained->rect.w);
    assert_true(trained->values.id != lab->values.id);
    assert_true(trained->rect.w == trained->rect.h);
}

static void the_projector_has_every_control_that_a_lecture_needs(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_press(window, HEED_KEY_F1 + 4, 0);
    assert_true(spot_of(window, card(HEED_MASK_CAUSAL)).w > 0);
    const float bottom = window->ui->layout.caption.y;
    for (int i = 0; i < 3; i++) {
        const struct heed_rect positions =
            spot_of(window, command_target(HEED_COMMAND_POSITIONS, i));
        const struct heed_rect attention =
            spot_of(window, command_target(HEED_COMMAND_ATTENTION, i));
        assert_true(positions.w > 0 && positions.y + positions.h < bottom);
        assert_true(attention.w > 0 && attention.y + attention.h < bottom);
    }
    assert_non_null(matrix_of(window, false));
}

/* --- what is changed --- */

static void a_click_on_a_card_masks_and_one_undo_takes_it_back(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_click(window, card(HEED_MASK_CAUSAL), 1, 0);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_CAUSAL);
    assert_non_null(tiny_model_last()->plain);
    assert_int_equal(tiny_model_last()->variant.mask.kind, HEED_MASK_CAUSAL);
    window_click(window, card(HEED_MASK_WINDOW), 1, 0);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_WINDOW);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_CAUSAL);
    window_press(window, 'Z', CTRL);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_FULL);
    assert_null(tiny_model_last()->plain);
}

static void mask_causally(struct heed_state *state)
{
    state->variant.mask = heed_mask_of(HEED_MASK_CAUSAL, 0);
}

static int count_heatmaps(const struct window *window)
{
    int n = 0;
    for (size_t i = 0; i < window->list->n_items; i++) {
        n += window->list->items[i].kind == HEED_ITEM_HEATMAP;
    }
    return n;
}

/* Matrix and Heads draw over each map what the mask forbids, as grey as Lab's. */
static void what_the_mask_forbids_is_grey_in_matrix_and_heads(void **context)
{
    struct window *window = *context;
    open_lab(window);
    static const char keys[] = "34";
    int before[2];
    for (int i = 0; i < 2; i++) {
        window_press(window, keys[i], 0);
        before[i] = count_heatmaps(window);
        assert_true(before[i] > 0);
    }
    change(window, mask_causally);
    for (int i = 0; i < 2; i++) {
        window_press(window, keys[i], 0);
        assert_int_equal(count_heatmaps(window), 2 * before[i]);
    }
}

/* A pair's texts are divided by a rule. */
static void a_rule_divides_a_pairs_texts(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_int_equal(heed_pair_start(window->ui->result->maps), 0);
    change(window, add_pair);
    const struct heed_maps *maps = window->ui->result->maps;
    const int start = heed_pair_start(maps);
    assert_true(start > 0);
    assert_int_equal(maps->units[start].segment, 1);
    assert_int_equal(maps->units[start - 1].segment, 0);
}

static void without_a_pair_its_card_says_why_and_does_nothing(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_non_null(find_text(window, "needs a pair"));
    assert_true(spot_of(window, card(HEED_MASK_CROSS)).w == 0);
    change(window, add_pair);
    assert_null(find_text(window, "needs a pair"));
    window_click(window, card(HEED_MASK_CROSS), 1, 0);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_CROSS);
}

static void the_chosen_card_alone_steps_its_width(void **context)
{
    struct window *window = *context;
    const struct heed_target wider = command_target(HEED_COMMAND_MASK_WIDER, 0);
    const struct heed_target narrower = command_target(HEED_COMMAND_MASK_NARROWER, 0);
    open_lab(window);
    assert_true(spot_of(window, wider).w == 0);
    window_click(window, card(HEED_MASK_WINDOW), 1, 0);
    assert_int_equal(window_state(window)->variant.mask.width, 2);
    window_click(window, wider, 1, 0);
    assert_int_equal(window_state(window)->variant.mask.width, 3);
    window_click(window, narrower, 1, 0);
    window_click(window, narrower, 1, 0);
    assert_int_equal(window_state(window)->variant.mask.width, 1);
    assert_true(spot_of(window, narrower).w == 0); /* at its least */
    assert_true(spot_of(window, wider).w >= 24);
}

static void segments_choose_positions_and_attention(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_click(window, command_target(HEED_COMMAND_POSITIONS, HEED_POSITIONS_OFF), 1, 0);
    window_click(window, command_target(HEED_COMMAND_ATTENTION, HEED_ATTENTION_LINEAR), 1, 0);
    assert_int_equal(window_state(window)->variant.positions, HEED_POSITIONS_OFF);
    assert_int_equal(window_state(window)->variant.attention, HEED_ATTENTION_LINEAR);
    window_click(window, command_target(HEED_COMMAND_UNMUTE, 0), 1, 0);
    assert_true(heed_variant_is_plain(&window_state(window)->variant));
    assert_int_equal(heed_state_count_off(window_state(window)), 0);
}

static void a_chip_puts_its_head_back(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_click(window, command_target(HEED_COMMAND_MUTE_MENU, 0), 1, 0);
    window_press(window, HEED_KEY_ENTER, 0); /* the first shown head */
    assert_int_equal(window_state(window)->n_muted, 1);
    assert_non_null(find_text(window, "L0H1 muted"));
    struct heed_target chip = command_target(HEED_COMMAND_PUT_BACK, 1);
    chip.flags = HEED_TARGET_FLAG_UNDO;
    window_click(window, chip, 1, 0);
    assert_int_equal(window_state(window)->n_muted, 0);
}

static void a_link_is_cut_once_a_pair_is_pinned(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_click(window, command_target(HEED_COMMAND_CUT_MENU, 0), 1, 0);
    assert_true(window_says(window, "pin a query and a key first"));
    change(window, pin);
    window_click(window, command_target(HEED_COMMAND_CUT_MENU, 0), 1, 0);
    window_press(window, HEED_KEY_ENTER, 0); /* in the head in hand */
    assert_int_equal(window_state(window)->n_cuts, 1);
    assert_int_equal(window_state(window)->cuts[0].head.head, 1);
    assert_true(window_says(window, "cut in L0H1"));
}

static void choose_wide_window(struct heed_state *state)
{
    state->variant.mask = heed_mask_of(HEED_MASK_WINDOW, 64);
}

static void what_changes_nothing_is_told_from_no_change(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_true(window_says(window, "nothing is changed"));
    change(window, choose_wide_window); /* wider than the text */
    assert_null(tiny_model_last()->plain);
    assert_true(window_says(window, "that changes nothing here"));
    window_click(window, card(HEED_MASK_CAUSAL), 1, 0);
    assert_false(window_says(window, "nothing"));
}

/* --- numbers --- */

static void numbers_are_those_of_both_runs(void **context)
{
    struct window *window = *context;
    open_lab(window);
    change(window, pin);
    window_click(window, card(HEED_MASK_CAUSAL), 1, 0);
    const size_t n = (size_t)tiny_model_last()->run->n_tokens;
    for (int i = 0; i < 2; i++) {
        const struct heed_head_id id = window_state(window)->shown[i].id;
        const size_t at = (size_t)IT * n + ANIMAL;
        const float a = heed_run_attention(tiny_model_last()->plain, id.layer, id.head)[at];
        const float b = heed_run_attention(tiny_model_last()->run, id.layer, id.head)[at];
        assert_true(a != b);
        assert_true(count_number(window, (double)a) >= 1);
        assert_true(count_number(window, (double)b) >= 1);
    }
    const float *before = tiny_model_last()->plain->hidden_states;
    const float *after = tiny_model_last()->run->hidden_states;
    const size_t width = (size_t)tiny_model_last()->run->hidden;
    const size_t at = ((size_t)tiny_model_last()->run->n_layers * n + IT) * width;
    assert_true(tiny_model_last()->plain_cosine < 0.9995);
    assert_true(count_number(window, tiny_model_last()->plain_cosine) >= 1);
    assert_true(count_number(window, heed_cosine(before + at, after + at, (int)width)) >= 1);
}

static void the_inspector_tells_where_the_query_went_and_goes(void **context)
{
    struct window *window = *context;
    open_lab(window);
    change(window, pin_query);
    window_click(window, card(HEED_MASK_CAUSAL), 1, 0);
    const int n = tiny_model_last()->run->n_tokens;
    const float *before = heed_run_attention(tiny_model_last()->plain, 0, 1) + IT * n;
    const float *after = heed_run_attention(tiny_model_last()->run, 0, 1) + IT * n;
    int top = 0;
    for (int i = 0; i < n; i++) {
        top = fmaxf(before[i], after[i]) > fmaxf(before[top], after[top]) ? i : top;
    }
    assert_non_null(find_text(window, "trained and lab"));
    assert_true(count_number(window, (double)before[top]) >= 1);
    assert_true(count_number(window, (double)after[top]) >= 1);
    assert_true(window_says(window, "masked"));
}

static void without_a_pin_it_says_what_to_pin(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_true(window_says(window, "Pin a query and a key"));
    change(window, pin_query);
    assert_true(window_says(window, "Pin a key too"));
    change(window, pin);
    assert_false(window_says(window, "Pin a"));
}

static void cells_are_the_weights_and_masked_ones_are_empty(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_click(window, card(HEED_MASK_CAUSAL), 1, 0);
    const struct heed_item_heatmap *trained = matrix_of(window, true);
    const struct heed_item_heatmap *lab = matrix_of(window, false);
    const int n = tiny_model_last()->run->n_tokens;
    const float *before = heed_run_attention(tiny_model_last()->plain, 0, 1);
    const float *after = heed_run_attention(tiny_model_last()->run, 0, 1);
    assert_int_equal(lab->rows, n);
    for (int i = 0; i < n * n; i++) {
        assert_true(trained->values.data[i] == before[i]);
        if (i % n > i / n) {
            assert_true(isnan(lab->values.data[i]));
            assert_true(after[i] == 0);
        } else {
            assert_true(lab->values.data[i] == after[i]);
        }
    }
}

static void hide_and_merge(struct heed_state *state)
{
    state->filter.hide_special = true;
    state->filter.words = true;
}

/* As the other views make it of the lab's run. */
static void words_are_merged_as_elsewhere(void **context)
{
    struct window *window = *context;
    open_lab(window);
    change(window, hide_and_merge);
    const struct heed_item_heatmap *lab = matrix_of(window, false);
    const float *map = heed_maps_row(tiny_model_last()->maps, 0, 1, 0);
    assert_true(tiny_model_last()->maps->n < tiny_model_last()->run->n_tokens - 2);
    assert_int_equal(lab->rows, tiny_model_last()->maps->n);
    for (int i = 0; i < tiny_model_last()->maps->n * tiny_model_last()->maps->n; i++) {
        assert_true(fabsf(lab->values.data[i] - map[i]) < 1e-6F);
    }
}

static void ask_for_rollout(struct heed_state *state)
{
    state->filter.measure = HEED_MEASURE_ROLLOUT;
}

static void weights_stay_weights_and_it_says_so(void **context)
{
    struct window *window = *context;
    open_lab(window);
    change(window, ask_for_rollout);
    const float *weights = heed_run_attention(tiny_model_last()->run, 0, 1);
    assert_true(matrix_of(window, false)->values.data[1] == weights[1]);
    assert_true(window_says(window, "weights themselves"));
    assert_true(window_says(window, "own weights"));
}

static void a_cell_tells_both_numbers(void **context)
{
    struct window *window = *context;
    open_lab(window);
    change(window, choose_window);
    const struct heed_rect r = matrix_of(window, false)->rect;
    const float cell = r.w / (float)tiny_model_last()->run->n_tokens;
    char text[64], a[24];
    heed_format_number(a, sizeof(a), (double)heed_run_attention(tiny_model_last()->plain, 0, 1)[9],
                       3);
    snprintf(text, sizeof(text), "trained %s \xC2\xB7 lab 0.000", a);
    window_move_to(window, r.x + 9.5F * cell, r.y + 0.5F * cell);
    window_build(window);
    assert_true(window_says(window, text));
    assert_true(window_says(window, "masked"));
}

static void a_click_on_a_cell_pins_its_pair(void **context)
{
    struct window *window = *context;
    open_lab(window);
    const struct heed_rect r = matrix_of(window, true)->rect;
    const float cell = r.w / (float)tiny_model_last()->run->n_tokens;
    window_click_at(window, r.x + 2.5F * cell, r.y + 5.5F * cell, 1, 0);
    assert_int_equal(window_state(window)->query.first, 5);
    assert_int_equal(window_state(window)->key.first, 2);
}

/* --- the keyboard --- */

/* Tab until what has the focus is one of a command's. */
static bool tab_to(struct window *window, enum heed_command command)
{
    for (int i = 0; i < 40; i++) {
        window_press(window, HEED_KEY_TAB, 0);
        for (int argument = 0; argument < 8; argument++) {
            struct heed_target target = command_target(command, argument);
            struct heed_rect spot = spot_of(window, target);
            for (size_t k = 0; spot.w > 0 && k < window->list->n_items; k++) {
                const struct heed_item *item = &window->list->items[k];
                const struct heed_rect *ring = &item->as.rect.rect;
                if (item->kind == HEED_ITEM_RECT && ring->x == spot.x - 4 &&
                    ring->y == spot.y - 4 && ring->w == spot.w + 8) {
                    return true;
                }
            }
        }
    }
    return false;
}

static void the_keyboard_reaches_and_chooses_a_mask(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_true(tab_to(window, HEED_COMMAND_MASK));
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_CAUSAL);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_SPACE, 0);
    assert_int_equal(window_state(window)->variant.mask.kind, HEED_MASK_WINDOW);
}

static void the_keyboard_reaches_the_menus_of_heads_and_links(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_true(tab_to(window, HEED_COMMAND_MUTE_MENU));
    window_press(window, HEED_KEY_ENTER, 0);
    window_press(window, HEED_KEY_DOWN, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->n_muted, 1);
    assert_int_equal(window_state(window)->muted[0].layer, 1);
}

static void the_cards_tab_goes_on_to_positions_and_attention(void **context)
{
    struct window *window = *context;
    open_lab(window);
    assert_true(tab_to(window, HEED_COMMAND_MASK));
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->variant.positions, HEED_POSITIONS_OFF);
    window_press(window, HEED_KEY_TAB, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_RIGHT, 0);
    window_press(window, HEED_KEY_ENTER, 0);
    assert_int_equal(window_state(window)->variant.attention, HEED_ATTENTION_FLASH);
}

/* --- each change by itself --- */

/* What the last event asked for, as the app makes and the worker does it. */
static void run_variants(struct window *window)
{
    struct heed_task *task = NULL;
    struct heed_error err = {0};
    assert_true(window->effects.start);
    assert_int_equal(window->effects.start_kind, HEED_TASK_VARIANTS);
    const uint64_t id = window->effects.start_id;
    assert_true(
        heed_variants_task_create(&task, id, heed_ui_get_ablation(window->ui, id).result, &err));
    assert_true(heed_task_run(task, tiny_model_pipeline(), NULL, NULL, &err));
    heed_ui_set_task(window->ui, task);
    heed_task_release(task);
    window_build(window);
}

static double cosine_of(const struct heed_variant *variant)
{
    const struct heed_job job = {
        .text = tiny_model_last()->encoding->text,
        .text_length = tiny_model_last()->encoding->text_length,
        .pair = tiny_model_last()->encoding->pair,
        .pair_length = tiny_model_last()->encoding->pair_length,
        .variant = *variant,
    };
    const struct heed_pipeline_hints hints = {.previous = NULL};
    const struct heed_result *result = NULL;
    assert_true(heed_pipeline_run(tiny_model_pipeline(), &job, hints, &result, NULL));
    const double cosine = result->plain_cosine;
    heed_result_release(result);
    return cosine;
}

static void each_change_alone_moves_the_text_as_if_it_were_chosen(void **context)
{
    struct window *window = *context;
    open_lab(window);
    change(window, add_pair);
    window_click(window, card(HEED_MASK_CAUSAL), 1, 0); /* counts as trained */
    window_click(window, command_target(HEED_COMMAND_RUN, HEED_TASK_VARIANTS + 1), 1, 0);
    assert_true(window_says(window, "Cancel"));
    run_variants(window);
    const struct heed_variants_work *work =
        heed_tasks_get_work(heed_ui_get_tasks(window->ui), HEED_TASK_VARIANTS);
    assert_int_equal(work->n, HEED_MOST_VARIANTS);
    for (int i = 0; i < work->n; i++) {
        const struct heed_variants_row *row = &work->rows[i];
        assert_true(row->cosine == cosine_of(&row->variant));
        assert_true(count_number(window, row->cosine) >= 1);
        if (row->variant.attention == HEED_ATTENTION_FLASH) {
            assert_true(fabs(row->cosine - 1) < 1e-6);
        }
    }
    assert_true(window_says(window, "Sinusoidal posi"));
    assert_non_null(find_text(window, "A \xE2\x86\x94 B only"));
}

static void changes_of_another_text_are_not_shown(void **context)
{
    struct window *window = *context;
    open_lab(window);
    window_click(window, command_target(HEED_COMMAND_RUN, HEED_TASK_VARIANTS + 1), 1, 0);
    run_variants(window);
    assert_null(find_text(window, "Try each"));
    change(window, add_pair);
    assert_non_null(find_text(window, "Try each"));
    assert_null(find_text(window, "Causal mask"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(cards_stand_in_rows_and_are_never_narrower_than_120),
        IN_WINDOW(cost_stands_beside_the_effect_where_the_canvas_is_wide),
        IN_WINDOW(both_matrices_are_alike_in_size_and_place),
        IN_WINDOW(the_projector_has_every_control_that_a_lecture_needs),
        IN_WINDOW(a_click_on_a_card_masks_and_one_undo_takes_it_back),
        IN_WINDOW(what_the_mask_forbids_is_grey_in_matrix_and_heads),
        IN_WINDOW(a_rule_divides_a_pairs_texts),
        IN_WINDOW(without_a_pair_its_card_says_why_and_does_nothing),
        IN_WINDOW(the_chosen_card_alone_steps_its_width),
        IN_WINDOW(segments_choose_positions_and_attention),
        IN_WINDOW(a_chip_puts_its_head_back),
        IN_WINDOW(a_link_is_cut_once_a_pair_is_pinned),
        IN_WINDOW(what_changes_nothing_is_told_from_no_change),
        IN_WINDOW(numbers_are_those_of_both_runs),
        IN_WINDOW(the_inspector_tells_where_the_query_went_and_goes),
        IN_WINDOW(without_a_pin_it_says_what_to_pin),
        IN_WINDOW(cells_are_the_weights_and_masked_ones_are_empty),
        IN_WINDOW(words_are_merged_as_elsewhere),
        IN_WINDOW(weights_stay_weights_and_it_says_so),
        IN_WINDOW(a_cell_tells_both_numbers),
        IN_WINDOW(a_click_on_a_cell_pins_its_pair),
        IN_WINDOW(the_keyboard_reaches_and_chooses_a_mask),
        IN_WINDOW(the_keyboard_reaches_the_menus_of_heads_and_links),
        IN_WINDOW(the_cards_tab_goes_on_to_positions_and_attention),
        IN_WINDOW(each_change_alone_moves_the_text_as_if_it_were_chosen),
        IN_WINDOW(changes_of_another_text_are_not_shown),
    };
    return cmocka_run_group_tests(tests, tiny_model_open, tiny_model_close);
}

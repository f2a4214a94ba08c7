/* Dumps the display list of each shot: "=== NAME" or "=== NAME < BASE", then
 * its lines. pictures_test.py compares them with tests/golden/pictures.
 *
 * usage: dump */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/theme.h"
#include "edges.h"
#include "render/record/record.h"
#include "scene/figure/figure.h"
#include "scene/panels/panels.h"
#include "scene/views/views.h"
#include "shots.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/window.h"

static const struct {
    float width, height, pixel_ratio;
} places[] = {
    [ALONE] = {1185, 960, 1.5f},   [IN_DRAWER] = {1185, 960, 1.5f}, [IN_WIDE] = {1920, 1200, 1.5f},
    [IN_LEAST] = {640, 480, 1},    [AS_EXPORT] = {790, 640, 1},     [AS_FIGURE] = {790, 640, 1},
    [OVER_WIDTHS] = {790, 640, 1}, [OVER_HEIGHTS] = {790, 640, 1},
};

/* The item's middle, where the pointer finds it or not. */
void shot_hover(struct window *window, enum heed_target_kind kind, int n)
{
    for (size_t i = 0; i < window->list->n_items; i++) {
        const struct heed_item *item = &window->list->items[i];
        const struct heed_rect rect = window_item_rect(item);
        if (item->target.kind == kind && rect.w > 0 && n-- == 0) {
            window_move_to(window, rect.x + rect.w / 2, rect.y + rect.h / 2);
            window->time += 2; /* until a tip is shown */
            window_build(window);
            return;
        }
    }
    fail_msg("no target of kind %d (%d too few)", (int)kind, n + 1);
}

/* The status bar tells what the run took. */
static void forget_time(const struct heed_result *result)
{
    if (result != NULL && result->run != NULL) {
        ((struct heed_run *)result->run)->encode_ms = 2;
        ((struct heed_result *)result)->total_ms = 3;
    }
}

static struct window *open_window(const struct shot *shot)
{
    struct window *window = NULL;
    struct heed_state state = {0};
    assert_int_equal(window_open((void **)&window), 0);
    shots_open(window);
    window->ui->inspector_open = shot->place == IN_DRAWER;
    heed_ui_resize(window->ui, places[shot->place].width, places[shot->place].height,
                   places[shot->place].pixel_ratio);
    assert_true(heed_state_copy(&state, window_state(window), NULL));
    shots_begin(&state);
    state.view = shot->view;
    if (shot->change != NULL) {
        shot->change(&state);
    }
    assert_true(heed_ui_set_state(window->ui, &state, false, NULL));
    heed_state_finish(&state);
    window_answer(window);
    forget_time(window->ui->result);
    window_build(window);
    if (shot->act != NULL) {
        shot->act(window);
        forget_time(window->ui->result);
        window_build(window);
    }
    return window;
}

/* As heed_export_write does, at 8 pt. */
static void draw_export(struct heed_ui *ui, bool figure, struct heed_list *list,
                        struct heed_view_cache *cache)
{
    const struct heed_state *state = heed_ui_get_state(ui);
    const struct heed_view_kind *kind = heed_view_get_kind(state->view);
    const bool wide = figure || state->panel != HEED_PANEL_NONE;
    const struct heed_view_source source = {state, ui->result, ui->model, ui->tokenizer};
    heed_view_follow(cache, &source);
    struct heed_foot foot = {.is_set = false};
    struct heed_frame frame = {.list = list,
                               .state = state,
                               .result = ui->result,
                               .theme = heed_theme_get(HEED_THEME_PAPER),
                               .metrics = heed_record_get_metrics(),
                               .scale = 8.0f * 96 / 72 / (wide ? 15.0f : kind->export_type),
                               .hairline = 0.4f * 96 / 72,
                               .is_export = true,
                               .model = ui->model,
                               .cache = cache->data,
                               .tasks = &ui->tasks,
                               .foot = &foot,
                               .kind = kind,
                               .panel = heed_panel_get_kind(state->panel),
                               .zoom = 1};
    list->background = frame.theme->canvas;
    list->width = 175.0f * 96 / 25.4f;
    list->height = figure ? heed_figure_height(&frame, list->width)
                          : ceilf(heed_view_export_height(&frame, list->width));
    heed_list_clear(list);
    const struct heed_rect rect = {0, 0, list->width, list->height};
    if (figure) {
        heed_figure_draw(&frame, rect);
    } else {
        heed_view_draw(&frame, rect);
    }
}

static void dump(const struct shot *shot)
{
    struct window *window = open_window(shot);
    struct heed_view_cache cache = {0};
    struct heed_list list = {0};
    struct heed_buffer text = {0};
    const struct heed_list *seen = window->list;
    if (shot->place == AS_EXPORT || shot->place == AS_FIGURE) {
        draw_export(window->ui, shot->place == AS_FIGURE, &list, &cache);
        seen = &list;
    }
    assert_false(seen->failed);
    printf("=== %s%s%s\n", shot->name, shot->base != NULL ? " < " : "",
           shot->base != NULL ? shot->base : "");
    if (shot->place >= OVER_WIDTHS) {
        edges_print(window, shot->place == OVER_HEIGHTS);
    } else {
        heed_record_write(seen, &text);
        if (window->effects.set_clipboard != NULL) {
            heed_buffer_puts(&text, "copied\n");
            heed_buffer_puts(&text, window->effects.set_clipboard);
            heed_buffer_puts(&text, "\n");
        }
        assert_false(text.failed);
        printf("%s", text.data);
    }
    heed_buffer_finish(&text);
    heed_list_finish(&list);
    heed_view_forget(&cache);
    window_close((void **)&window);
}

static void every_shot(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_shots; i++) {
        dump(&shots[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_shot)};
    return cmocka_run_group_tests(tests, shots_set_up, shots_tear_down);
}

/* What a person has done leaves no memory behind: after all kinds of things, long
 * texts above all, a window at rest that shows what it showed at first is about as
 * large as it was then. Engine, ui and painter as in the window, on a picture that
 * nobody sees; with the real model (HEED_TEST_MODEL). The window itself is used at
 * random by soak_test.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "base/platform.h"
#include "core/engine/ablation_task.h"
#include "core/engine/engine.h"
#include "render/gl/gl_offscreen.h"
#include "render/gl/gl_painter.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"

enum { WIDTH = 1600, HEIGHT = 1000, STEPS = 60, MS = 1000000, PATIENCE = 3000 };
enum { MAX_WORDS = 30000, MAX_WORD = 24 };

static const double most_growth = 1.2;

struct fixture {
    struct heed_engine *engine;
    struct heed_ui *ui;
    struct heed_gl_offscreen *offscreen;
    struct heed_gl_painter *painter;
    const struct heed_result *result;
    uint64_t generation, random;
    double time;
    char words[MAX_WORDS][MAX_WORD];
    int n_words;
};

static uint32_t roll(struct fixture *fixture, uint32_t n)
{
    fixture->random =
        fixture->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(fixture->random >> 33) % n;
}

static void pause_a_little(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 10 * MS}, NULL);
}

static double resident_mib(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return (double)pages * 4096 / (1 << 20);
}

/* --- what app/ does --- */

static void paint(struct fixture *fixture)
{
    struct heed_error err = {0};
    struct heed_effects effects = {0};
    const struct heed_list *list = heed_ui_build(
        fixture->ui, fixture->time, heed_gl_painter_get_metrics(fixture->painter), &effects);
    if (!heed_gl_painter_repaint(fixture->painter, list, WIDTH, HEIGHT, &err)) {
        fail_msg("%s", err.text);
    }
    heed_gl_offscreen_finish(fixture->offscreen);
}

static void submit(struct fixture *fixture)
{
    const struct heed_job job = heed_ui_get_job(fixture->ui, ++fixture->generation);
    assert_true(heed_engine_submit(fixture->engine, &job, NULL));
}

static void take(struct fixture *fixture)
{
    struct heed_task *task = heed_engine_take_task(fixture->engine);
    const struct heed_result *result = heed_engine_take(fixture->engine);
    heed_ui_set_progress(fixture->ui, heed_engine_get_progress(fixture->engine));
    if (task) {
        heed_ui_set_task(fixture->ui, task);
        heed_task_release(task);
    }
    if (result) {
        assert_true(result->ok);
        heed_ui_set_result(fixture->ui, result);
        heed_engine_give_back(fixture->engine, fixture->result);
        fixture->result = result;
    }
}

/* The result of what was submitted last. */
static void await(struct fixture *fixture)
{
    for (int i = 0; !fixture->result || fixture->result->generation < fixture->generation; i++) {
        assert_true(i < PATIENCE);
        pause_a_little();
        take(fixture);
    }
    paint(fixture);
}

static void start(struct fixture *fixture, const struct heed_effects *effects)
{
    struct heed_task *task = NULL;
    if (effects->start_kind == HEED_TASK_ABLATION &&
        heed_ablation_task_create(&task, heed_ui_get_ablation(fixture->ui, effects->start_id),
                                  NULL)) {
        heed_engine_start(fixture->engine, task);
    } else {
        heed_ui_fail_task(fixture->ui, effects->start_id, "not here");
    }
}

static void send(struct fixture *fixture, struct heed_event event)
{
    struct heed_effects effects = {0};
    event.time = fixture->time += 0.05;
    heed_ui_handle(fixture->ui, &event, heed_gl_painter_get_metrics(fixture->painter), &effects);
    if (effects.encode) {
        submit(fixture);
    }
    if (effects.cancel_task) {
        heed_engine_cancel(fixture->engine, effects.cancel_task);
    }
    if (effects.start) {
        start(fixture, &effects);
    }
    take(fixture);
    paint(fixture);
}

static void press(struct fixture *fixture, int key, int mods)
{
    send(fixture, (struct heed_event){
                      .kind = HEED_EVENT_KEY, .key = (enum heed_key)key, .mods = (uint8_t)mods});
}

static void set_state(struct fixture *fixture, const struct heed_state *state)
{
    assert_true(heed_ui_set_state(fixture->ui, state, true, NULL));
    submit(fixture);
    await(fixture);
}

/* --- what a person does --- */

static void paste(struct fixture *fixture, int n_words)
{
    char text[500 * MAX_WORD];
    size_t length = 0;
    for (int i = 0; i < n_words; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s ",
                                   fixture->words[roll(fixture, (uint32_t)fixture->n_words)]);
    }
    press(fixture, HEED_KEY_ESCAPE, 0);
    press(fixture, 'L', HEED_MOD_CTRL);
    press(fixture, 'A', HEED_MOD_CTRL);
    send(fixture, (struct heed_event){.kind = HEED_EVENT_PASTE, .text = text, .length = length});
    await(fixture);
}

static void look(struct fixture *fixture)
{
    struct heed_state state;
    assert_true(heed_state_copy(&state, heed_ui_get_state(fixture->ui), NULL));
    state.view = (enum heed_view)roll(fixture, HEED_N_VIEWS);
    state.theme = (enum heed_theme_id)roll(fixture, 3);
    state.palette = (enum heed_palette_id)roll(fixture, HEED_N_PALETTES);
    state.filter.measure = (enum heed_measure)roll(fixture, 3);
    state.ui_scale = 0.75f + (float)roll(fixture, 4) * 0.25f;
    set_state(fixture, &state);
    heed_state_finish(&state);
}

static void hover(struct fixture *fixture)
{
    for (int i = 0; i < 8; i++) {
        send(fixture, (struct heed_event){.kind = HEED_EVENT_POINTER_MOVE,
                                          .x = (float)roll(fixture, WIDTH),
                                          .y = (float)roll(fixture, HEIGHT)});
    }
}

static void act(struct fixture *fixture)
{
    static const int lengths[] = {5, 60, 240, 480};
    switch (roll(fixture, 5)) {
    case 0:
        paste(fixture, lengths[roll(fixture, HEED_COUNT(lengths))]);
        break;
    case 1:
        press(fixture, 'Z', HEED_MOD_CTRL | (roll(fixture, 3) == 0 ? HEED_MOD_SHIFT : 0));
        await(fixture);
        break;
    case 2:
        press(fixture, HEED_KEY_ESCAPE, 0);
        press(fixture, 'A', HEED_MOD_SHIFT); /* mutes every head in turn */
        press(fixture, HEED_KEY_ENTER, HEED_MOD_CTRL);
        break;
    case 3:
        hover(fixture);
        break;
    default:
        look(fixture);
        break;
    }
}

/* --- */

/* The rest is the worker's: waits until the window is that small, and gets no
 * smaller for a second. */
static double rest(struct fixture *fixture, double wished)
{
    heed_gl_painter_rest(fixture->painter);
    heed_engine_rest(fixture->engine);
    double least = resident_mib();
    for (int i = 0, steady = 0; i < PATIENCE && (steady < 100 || least > wished); i++) {
        pause_a_little();
        const double now = resident_mib();
        steady = now < least ? 0 : steady + 1;
        least = now < least ? now : least;
    }
    return least;
}

/* Of the model's vocabulary: a token each, whose embeddings lie all over the file. */
static void read_words(struct fixture *fixture)
{
    char path[4096], line[256];
    snprintf(path, sizeof path, "%s/vocab.txt", getenv("HEED_TEST_MODEL"));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fixture->n_words < MAX_WORDS && fgets(line, sizeof line, file)) {
        const size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyz");
        if (line[length] == '\n' && length > 0 && length < MAX_WORD) {
            line[length] = '\0';
            memcpy(fixture->words[fixture->n_words++], line, length + 1);
        }
    }
    fclose(file);
    assert_true(fixture->n_words > 1000);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    struct heed_error err = {0};
    fixture.random = 2026;
    fixture.time = 100;
    *state = &fixture;
    heed_platform_share_heap();
    const struct heed_engine_options options = {
        .folder = getenv("HEED_TEST_MODEL"),
        .encoder = {.n_threads = 2},
    };
    if (!heed_gl_offscreen_create(&fixture.offscreen, WIDTH, HEIGHT, &err) ||
        !heed_gl_painter_create(&fixture.painter, &err) ||
        !heed_engine_create(&fixture.engine, options, &err) || !heed_ui_create(&fixture.ui, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return -1;
    }
    heed_ui_resize(fixture.ui, WIDTH, HEIGHT, 1);
    read_words(&fixture);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    heed_engine_destroy(fixture->engine);
    heed_result_release(fixture->result);
    heed_ui_destroy(fixture->ui);
    heed_gl_painter_destroy(fixture->painter);
    heed_gl_offscreen_destroy(fixture->offscreen);
    return 0;
}

static void at_rest_it_is_as_large_as_a_fresh_one(void **state)
{
    struct fixture *fixture = *state;
    struct heed_state first;
    submit(fixture);
    await(fixture);
    assert_true(heed_state_copy(&first, heed_ui_get_state(fixture->ui), NULL));
    const double fresh = rest(fixture, 1e9);
    double most = 0;
    for (int i = 0; i < STEPS; i++) {
        act(fixture);
        most = resident_mib() > most ? resident_mib() : most;
    }
    press(fixture, HEED_KEY_ESCAPE, 0); /* cancels what runs */
    press(fixture, HEED_KEY_ESCAPE, 0);
    set_state(fixture, &first);
    heed_state_finish(&first);
    const double used = rest(fixture, fresh * most_growth);
    printf("%.0f MiB fresh, %.0f at most, %.0f at rest\n", fresh, most, used);
    /* Else what was done proves nothing. */
    assert_true(most > 2 * fresh);
    assert_true(used <= fresh * most_growth);
}

int main(void)
{
    if (!getenv("HEED_TEST_MODEL")) {
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(at_rest_it_is_as_large_as_a_fresh_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/bench.h"
#include "core/engine/probe_task.h"
#include "draw/theme.h"
#include "render/gl/gl_offscreen.h"
#include "render/gl/gl_painter.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/effects.h"
#include "ui/window/window.h"

enum { WIDTH = 1600, HEIGHT = 1000, WARM_UPS = 3, RUNS = 20, MAX_TEXT = 8192, PROBE_TOKENS = 16 };

/* px of the window that aren't the view's */
enum { RAIL = 304, INSPECTOR = 336, HEADER = 116, STATUS = 32 };

/* Words that are one token each in the vocabularies of BERT. */
static const char *const words[] = {"the", "animal", "was", "too", "tired", "street", "it"};

/* The window without a window. */
struct stage {
    struct heed_pipeline *pipeline;
    struct heed_gl_offscreen *offscreen;
    struct heed_gl_painter *painter;
    struct heed_ui *ui;
    const struct heed_list *list;     /* the last picture's, of the ui */
    float x, y;                       /* where the pointer goes next */
    const struct heed_result *result; /* the newest */
    uint64_t generation;
    char texts[3][MAX_TEXT]; /* two typed in turn: each picture is a new one;
                                one to compare with */
};

/* What is done to the window, again and again. */
enum action {
    TYPE, /* another text: encode, maps, picture */
    HOVER,
    PIN, /* in turn with Esc */
    THRESHOLD,
    PALETTE,
    SCROLL,
    N_ACTIONS
};

static const char *const action_names[N_ACTIONS] = {"keystroke_ms", "hover_ms",   "pin_ms",
                                                    "threshold_ms", "palette_ms", "scroll_ms"};

struct draw_times {
    struct heed_timings actions[N_ACTIONS]; /* from the event to the pixels */
    struct heed_timings draw, build, paint; /* of TYPE, after its maps */
};

static bool stage_open(struct stage *stage, struct heed_pipeline *pipeline, struct heed_error *err)
{
    stage->pipeline = pipeline;
    if (!heed_gl_offscreen_create(&stage->offscreen, WIDTH, HEIGHT, err) ||
        !heed_gl_painter_create(&stage->painter, err) || !heed_ui_create(&stage->ui, err)) {
        return false;
    }
    heed_ui_set_model(stage->ui, heed_pipeline_get_model(pipeline),
                      heed_pipeline_get_tokenizer(pipeline));
    heed_ui_resize(stage->ui, WIDTH, HEIGHT, 1.0F);
    return true;
}

static void stage_close(struct stage *stage)
{
    heed_ui_destroy(stage->ui);
    if (stage->painter) {
        heed_gl_painter_destroy(stage->painter);
    }
    heed_gl_offscreen_destroy(stage->offscreen);
    heed_result_release(stage->result);
    free(stage);
}

/* A text of n tokens, [CLS] and [SEP] counted, that begins at another word. */
static void make_text(char *text, int n, size_t shift)
{
    size_t length = 0;
    for (int i = 0; i + 2 < n; i++) {
        const char *word = words[((size_t)i + shift) % HEED_COUNT(words)];
        const size_t size = strlen(word);
        if (length + size + 2 > MAX_TEXT) {
            break;
        }
        memcpy(text + length, word, size);
        text[length + size] = ' ';
        length += size + 1;
    }
    text[length] = '\0';
}

static bool set_view(struct stage *stage, enum heed_view view, struct heed_error *err)
{
    struct heed_state state;
    if (!heed_state_copy(&state, heed_ui_get_state(stage->ui), err)) {
        return false;
    }
    state.view = view;
    const char *second = stage->texts[2];
    const bool ok = heed_state_set_text(&state, stage->texts[0], strlen(stage->texts[0]), err) &&
                    (!heed_state_compares(&state) ||
                     heed_state_set_compare(&state, second, strlen(second), err)) &&
                    heed_ui_set_state(stage->ui, &state, false, err);
    heed_state_finish(&state);
    return ok;
}

/* Runs what the window would submit; the tokens and weights of the last run
 * serve again if the text is the same. */
static bool encode(struct stage *stage, struct heed_error *err)
{
    struct heed_job job = heed_ui_get_job(stage->ui, ++stage->generation);
    const struct heed_pipeline_hints hints = {.previous = stage->result};
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(stage->pipeline, &job, hints, &result, err)) {
        return false;
    }
    heed_ui_set_result(stage->ui, result);
    heed_result_release(stage->result);
    stage->result = result;
    return true;
}

static bool change_state(struct stage *stage, enum action action, int i, struct heed_error *err)
{
    struct heed_state state;
    if (!heed_state_copy(&state, heed_ui_get_state(stage->ui), err)) {
        return false;
    }
    const char *text = stage->texts[i % 2];
    bool ok = true;
    if (action == TYPE) {
        ok = heed_state_set_text(&state, text, strlen(text), err);
    } else if (action == THRESHOLD) {
        state.filter.threshold = i % 2 == 0 ? 0.02F : 0.01F;
    } else {
        state.palette = (enum heed_palette_id)(i % HEED_N_PALETTES);
    }
    ok = ok && heed_ui_set_state(stage->ui, &state, false, err);
    heed_state_finish(&state);
    return ok;
}

static void send(struct stage *stage, struct heed_event event, struct heed_effects *effects)
{
    event.time = heed_clock_seconds();
    heed_ui_handle(stage->ui, &event, heed_gl_painter_get_metrics(stage->painter), effects);
}

/* Where an item that answers to the pointer is to be pointed at; false for the
 * others, and for those of the rails. */
static bool find_spot(const struct heed_item *item, int i, float *x, float *y)
{
    const int kind = item->target.kind;
    const bool answers = kind == HEED_TARGET_QUERY || kind == HEED_TARGET_KEY ||
                         kind == HEED_TARGET_CELL || kind == HEED_TARGET_HEAD ||
                         kind == HEED_TARGET_VALUE;
    struct heed_rect r = {0};
    if (item->kind == HEED_ITEM_HOTSPOT) {
        r = item->as.hotspot;
    } else if (item->kind == HEED_ITEM_RECT) {
        r = item->as.rect.rect;
    } else if (item->kind == HEED_ITEM_HEATMAP) {
        r = item->as.heatmap.rect;
    }
    *x = r.x + r.w * (float)(i % 7 + 1) / 8.0F;
    *y = r.y + r.h * (float)(i % 5 + 1) / 6.0F;
    return answers && r.w > 0.0F && *x > RAIL && *x<WIDTH - INSPECTOR && * y> HEADER &&
           *y < HEIGHT - STATUS;
}

/* Another thing of the picture with each i; its middle if there is none. */
static void aim(const struct stage *stage, int i, float *x, float *y)
{
    const struct heed_list *list = stage->list;
    *x = RAIL + (WIDTH - RAIL - INSPECTOR) / 2.0F;
    *y = HEIGHT / 2.0F;
    int n = 0, seen = 0;
    for (size_t k = 0; list && k < list->n_items; k++) {
        float at_x, at_y;
        n += find_spot(&list->items[k], i, &at_x, &at_y);
    }
    const int wanted = n > 0 ? (int)((unsigned)i * 37U % (unsigned)n) : 0;
    for (size_t k = 0; list && k < list->n_items; k++) {
        float at_x, at_y;
        if (find_spot(&list->items[k], i, &at_x, &at_y) && seen++ == wanted) {
            *x = at_x;
            *y = at_y;
        }
    }
}

static void point(struct stage *stage, enum action action, int i, struct heed_effects *effects)
{
    struct heed_event event = {.kind = HEED_EVENT_POINTER_MOVE, .x = stage->x, .y = stage->y};
    send(stage, event, effects);
    if (action == PIN) {
        event.kind = HEED_EVENT_POINTER_DOWN;
        event.button = 1;
        event.clicks = 1;
        send(stage, event, effects);
        event.kind = HEED_EVENT_POINTER_UP;
        send(stage, event, effects);
    } else if (action == SCROLL) {
        event.kind = HEED_EVENT_WHEEL;
        event.wheel_y = i / 4 % 2 == 0 ? -1.0F : 1.0F;
        send(stage, event, effects);
    }
}

static bool act(struct stage *stage, enum action action, int i, struct heed_effects *effects,
                struct heed_error *err)
{
    const struct heed_event escape = {.kind = HEED_EVENT_KEY, .key = HEED_KEY_ESCAPE};
    switch (action) {
    case TYPE:
        return change_state(stage, action, i, err) && encode(stage, err);
    case THRESHOLD:
    case PALETTE:
        return change_state(stage, action, i, err);
    case PIN:
        if (i % 2 == 1) {
            send(stage, escape, effects);
            return true;
        }
        break;
    case HOVER:
    case SCROLL:
    case N_ACTIONS:
        break;
    }
    point(stage, action, i, effects);
    return true;
}

/* One action to its finished picture; *parts is when its event had been
 * handled, when its list was built and when it was drawn. */
static bool time_action(struct stage *stage, enum action action, int i, double parts[3],
                        struct heed_error *err)
{
    const struct heed_metrics *metrics = heed_gl_painter_get_metrics(stage->painter);
    struct heed_effects effects = {0};
    if (!act(stage, action, i, &effects, err)) {
        return false;
    }
    parts[0] = heed_clock_ms();
    const double time = parts[0] * 1e-3;
    const struct heed_list *list = heed_ui_build(stage->ui, time, metrics, &effects);
    if (effects.encode && action != TYPE) {
        if (!encode(stage, err)) {
            return false;
        }
        list = heed_ui_build(stage->ui, time, metrics, &effects);
    }
    parts[1] = heed_clock_ms();
    if (!heed_gl_painter_repaint(stage->painter, list, WIDTH, HEIGHT, err)) {
        return false;
    }
    heed_gl_offscreen_finish(stage->offscreen);
    parts[2] = heed_clock_ms();
    stage->list = list;
    return true;
}

static bool are_enough(const struct heed_timings *timings, enum action action)
{
    return action == TYPE ? heed_timings_are_enough(timings) : timings->n >= RUNS;
}

static bool keep_times(struct draw_times *times, enum action action, double start,
                       const double parts[3])
{
    return heed_timings_add(&times->actions[action], parts[2] - start) &&
           (action != TYPE || (heed_timings_add(&times->draw, parts[2] - parts[0]) &&
                               heed_timings_add(&times->build, parts[1] - parts[0]) &&
                               heed_timings_add(&times->paint, parts[2] - parts[1])));
}

static bool time_view(struct stage *stage, struct draw_times *times, struct heed_error *err)
{
    for (enum action action = TYPE; action < N_ACTIONS; action++) {
        for (int i = 0; !are_enough(&times->actions[action], action); i++) {
            double parts[3];
            aim(stage, action == SCROLL ? 0 : i, &stage->x, &stage->y);
            const double start = heed_clock_ms();
            if (!time_action(stage, action, i, parts, err)) {
                return false;
            }
            if (i >= WARM_UPS && !keep_times(times, action, start, parts)) {
                return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the timings");
            }
        }
    }
    return true;
}

/* *name is of length such units. */
static void put_times(struct heed_buffer *out, struct draw_times *times, const char *name,
                      const char *units, int length)
{
    const double draw = heed_timings_median(&times->draw); /* sorts */
    heed_buffer_printf(out, "{\"view\":\"%s\",\"%s\":%d,", name, units, length);
    heed_buffer_printf(out, "\"median_ms\":%.4f,\"min_ms\":%.4f,", draw, times->draw.ms[0]);
    heed_buffer_printf(out, "\"build_ms\":%.4f,\"paint_ms\":%.4f,",
                       heed_timings_median(&times->build), heed_timings_median(&times->paint));
    for (int k = 0; k < N_ACTIONS; k++) {
        heed_buffer_printf(out, "\"%s\":%.4f,", action_names[k],
                           heed_timings_median(&times->actions[k]));
    }
    heed_buffer_printf(out, "\"runs\":%d}", times->draw.n);
}

static void finish_times(struct draw_times *times)
{
    for (int k = 0; k < N_ACTIONS; k++) {
        heed_timings_finish(&times->actions[k]);
    }
    heed_timings_finish(&times->draw);
    heed_timings_finish(&times->build);
    heed_timings_finish(&times->paint);
}

static void make_texts(struct stage *stage, int length)
{
    make_text(stage->texts[0], length, 0);
    make_text(stage->texts[1], length, 3);
    make_text(stage->texts[2], length, 5);
}

static bool bench_view(struct heed_buffer *out, struct stage *stage, enum heed_view view,
                       const char *name, int length, struct heed_error *err)
{
    struct draw_times times = {0};
    make_texts(stage, length);
    const bool ok = set_view(stage, view, err) && time_view(stage, &times, err);
    if (ok) {
        put_times(out, &times, name, "tokens", length);
    }
    finish_times(&times);
    return ok;
}

static bool bench_views(struct heed_buffer *out, struct stage *stage, const int *lengths, int n,
                        struct heed_error *err)
{
    heed_buffer_puts(out, "\"draw\":[");
    for (int v = 0; v < HEED_N_VIEWS; v++) {
        for (int k = 0; k < n; k++) {
            heed_buffer_puts(out, v > 0 || k > 0 ? "," : "");
            if (!bench_view(out, stage, (enum heed_view)v, heed_view_words[v], lengths[k], err)) {
                return false;
            }
        }
    }
    heed_buffer_puts(out, "]");
    return true;
}

bool heed_bench_draw(struct heed_buffer *out, struct heed_pipeline *pipeline, const int *lengths,
                     int n, struct heed_error *err)
{
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the bench");
    }
    const bool ok = stage_open(stage, pipeline, err) && bench_views(out, stage, lengths, n, err);
    stage_close(stage);
    return ok;
}

/* ---- the probe's panel ---- */

/* What the window does with a file that is dropped on it. */
static bool run_probe(struct stage *stage, const char *path,
                      bool (*progress)(void *context, int done, int all), void *context,
                      int *n_sentences, struct heed_error *err)
{
    const struct heed_metrics *metrics = heed_gl_painter_get_metrics(stage->painter);
    struct heed_effects effects = {0};
    struct heed_probe_source source = {0};
    struct heed_filter filter;
    heed_ui_open_probe(stage->ui, path);
    heed_ui_build(stage->ui, heed_clock_seconds(), metrics, &effects);
    heed_ui_get_probe(stage->ui, &source, &filter);
    struct heed_task *task = heed_probe_task_create(effects.start_id, &source, &filter);
    if (!task) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the bench");
    }
    const bool ok = heed_task_run(task, stage->pipeline, progress, context, err);
    if (ok) {
        const struct heed_probe_run *run = heed_probe_task_get(task);
        *n_sentences = heed_probe_run_is_relations(run) ? run->n_sentences : (int)run->n;
        heed_ui_set_task(stage->ui, task);
    }
    heed_task_release(task);
    return ok;
}

bool heed_bench_probe(struct heed_buffer *out, struct heed_pipeline *pipeline, const char *path,
                      bool (*progress)(void *context, int done, int all), void *context,
                      struct heed_error *err)
{
    struct stage *stage = calloc(1, sizeof *stage);
    struct draw_times times = {0};
    int n = 0;
    if (!stage) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the bench");
    }
    make_texts(stage, PROBE_TOKENS);
    const bool ok = stage_open(stage, pipeline, err) && set_view(stage, HEED_VIEW_LINKS, err) &&
                    encode(stage, err) && run_probe(stage, path, progress, context, &n, err) &&
                    time_view(stage, &times, err);
    if (ok) {
        heed_buffer_puts(out, "\"probe\":");
        put_times(out, &times, "probe", "sentences", n);
    }
    finish_times(&times);
    stage_close(stage);
    return ok;
}

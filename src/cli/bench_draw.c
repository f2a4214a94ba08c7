#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"
#include "render/gl/gl_offscreen.h"
#include "render/gl/gl_painter.h"
#include "scene/state.h"
#include "scene/ui.h"

enum { WIDTH = 1600, HEIGHT = 1000, WARM_UPS = 3, MAX_TEXT = 8192 };

/* Words that are one token each in the vocabularies of BERT. */
static const char *const words[] = {"the",   "animal", "was", "too",
                                    "tired", "street", "it"};

/* The window without a window. */
struct stage {
    struct heed_pipeline *pipeline;
    struct heed_gl_offscreen *offscreen;
    struct heed_gl_painter *painter;
    struct heed_ui *ui;
    uint8_t *pixels;
    uint64_t generation;
    char texts[2][MAX_TEXT]; /* typed in turn: each picture is a new one */
};

struct draw_times {
    struct heed_timings draw, keystroke;
};

static bool stage_open(struct stage *stage, struct heed_pipeline *pipeline,
                       struct heed_error *err)
{
    stage->pipeline = pipeline;
    stage->pixels = malloc((size_t)WIDTH * HEIGHT * 4);
    if (!stage->pixels) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the picture");
    }
    if (!heed_gl_offscreen_create(&stage->offscreen, WIDTH, HEIGHT, err) ||
        !heed_gl_painter_create(&stage->painter, err) ||
        !heed_ui_create(&stage->ui, err)) {
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
    free(stage->pixels);
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

static bool set_view(struct stage *stage, enum heed_view view,
                     struct heed_error *err)
{
    struct heed_state state;
    if (!heed_state_copy(&state, heed_ui_get_state(stage->ui), err)) {
        return false;
    }
    state.view = view;
    const bool ok = heed_state_set_text(&state, stage->texts[0],
                                        strlen(stage->texts[0]), err) &&
                    heed_ui_set_state(stage->ui, &state, false, err);
    heed_state_finish(&state);
    return ok;
}

/* From a typed text to the pixels of its picture; *encoded is when the maps
 * were there, *done when the pixels had been read back. */
static bool type(struct stage *stage, double *encoded, double *done,
                 struct heed_error *err)
{
    const struct heed_metrics *metrics =
        heed_gl_painter_get_metrics(stage->painter);
    struct heed_job job = heed_ui_get_job(stage->ui, ++stage->generation);
    job.text = stage->texts[stage->generation % 2];
    job.text_length = strlen(job.text);
    const struct heed_pipeline_hints hints = {0};
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(stage->pipeline, &job, hints, &result, err)) {
        return false;
    }
    *encoded = heed_bench_now_ms();
    heed_ui_set_result(stage->ui, result);
    struct heed_effects effects = {0};
    const struct heed_list *list =
        heed_ui_build(stage->ui, heed_bench_now_ms() * 1e-3, metrics, &effects);
    const bool ok =
        heed_gl_painter_paint(stage->painter, list, WIDTH, HEIGHT, err) &&
        heed_gl_offscreen_read(stage->offscreen, stage->pixels, err);
    *done = heed_bench_now_ms();
    heed_result_release(result);
    return ok;
}

static bool time_view(struct stage *stage, struct draw_times *times,
                      struct heed_error *err)
{
    for (int i = 0; !heed_timings_are_enough(&times->draw); i++) {
        const double start = heed_bench_now_ms();
        double encoded = 0;
        double done = 0;
        if (!type(stage, &encoded, &done, err)) {
            return false;
        }
        if (i >= WARM_UPS && (!heed_timings_add(&times->draw, done - encoded) ||
                              !heed_timings_add(&times->keystroke, done - start))) {
            return heed_error_set(err, HEED_ERROR_MEMORY,
                                  "no memory left for the timings");
        }
    }
    return true;
}

static bool bench_view(struct heed_buffer *out, struct stage *stage,
                       enum heed_view view, const char *name, int length,
                       struct heed_error *err)
{
    make_text(stage->texts[0], length, 0);
    make_text(stage->texts[1], length, 3);
    struct draw_times times = {{0}, {0}};
    const bool ok = set_view(stage, view, err) && time_view(stage, &times, err);
    if (ok) {
        const double draw = heed_timings_median(&times.draw);
        const double keystroke = heed_timings_median(&times.keystroke);
        heed_buffer_printf(out,
                           "{\"view\":\"%s\",\"tokens\":%d,\"median_ms\":%.4f,"
                           "\"min_ms\":%.4f,\"keystroke_ms\":%.4f,"
                           "\"runs\":%d}",
                           name, length, draw, times.draw.ms[0], keystroke,
                           times.draw.n);
    }
    heed_timings_finish(&times.draw);
    heed_timings_finish(&times.keystroke);
    return ok;
}

static bool bench_views(struct heed_buffer *out, struct stage *stage,
                        const int *lengths, int n, struct heed_error *err)
{
    static const struct {
        enum heed_view view;
        const char *name;
    } views[] = {{HEED_VIEW_LINKS, "links"},
                 {HEED_VIEW_ARCS, "arcs"},
                 {HEED_VIEW_MATRIX, "matrix"}};
    heed_buffer_puts(out, "\"draw\":[");
    for (size_t v = 0; v < HEED_COUNT(views); v++) {
        for (int k = 0; k < n; k++) {
            heed_buffer_puts(out, v > 0 || k > 0 ? "," : "");
            if (!bench_view(out, stage, views[v].view, views[v].name,
                            lengths[k], err)) {
                return false;
            }
        }
    }
    heed_buffer_puts(out, "]");
    return true;
}

bool heed_bench_draw(struct heed_buffer *out, struct heed_pipeline *pipeline,
                     const int *lengths, int n, struct heed_error *err)
{
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        return heed_error_set(err, HEED_ERROR_MEMORY,
                              "no memory left for the bench");
    }
    const bool ok = stage_open(stage, pipeline, err) &&
                    bench_views(out, stage, lengths, n, err);
    stage_close(stage);
    return ok;
}

#include "export/slides.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "core/engine/probe_task.h"
#include "render/cairo/cairo_painter.h"
#include "render/svg/svg_painter.h"
#include "scene/chrome/lesson.h"
#include "ui/actions/lesson.h"
#include "ui/actions/probe.h"
#include "ui/actions/tasks.h"
#include "ui/ui.h"
#include "ui/window/document.h"
#include "ui/window/lesson.h"

enum { FRAMES_A_SLIDE = 8 };

/* The window that shows the lesson, and what its slides become. */
struct hall {
    const struct heed_lesson *lesson;
    const struct heed_slides *slides;
    const char *path;
    struct heed_pipeline *pipeline;
    struct heed_pango *pango;
    struct heed_ui *ui;
    const struct heed_list *list;
    struct heed_pdf *pdf; /* of that format */
    struct heed_buffer out;
    uint64_t generation;
    double time;
    int n; /* slides */
};

/* --- the window --- */

static bool encode(struct hall *hall, struct heed_error *err)
{
    const struct heed_job job = heed_ui_get_job(hall->ui, ++hall->generation);
    const struct heed_result *result = NULL;
    if (!heed_pipeline_run(hall->pipeline, &job, (struct heed_pipeline_hints){0}, &result, err)) {
        return false;
    }
    heed_ui_set_result(hall->ui, result);
    heed_result_release(result);
    return true;
}

static bool run_probe(struct hall *hall, uint64_t id, struct heed_error *err)
{
    struct heed_probe_source source = {0};
    struct heed_filter filter;
    heed_ui_get_probe(hall->ui, &source, &filter);
    struct heed_task *task = heed_probe_task_create(id, &source, &filter);
    if (!task) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the probe");
    }
    const bool ok = heed_task_run(task, hall->pipeline, NULL, NULL, err);
    if (ok) {
        heed_ui_set_task(hall->ui, task);
    }
    heed_task_release(task);
    return ok;
}

/* Does what the window asks for until it asks for nothing more. */
static bool settle(struct hall *hall, struct heed_error *err)
{
    bool ok = true;
    for (int i = 0; ok && i < FRAMES_A_SLIDE; i++) {
        struct heed_effects effects = {0};
        hall->time += 1;
        hall->list =
            heed_ui_build(hall->ui, hall->time, heed_pango_get_metrics(hall->pango), &effects);
        if (effects.encode) {
            ok = encode(hall, err);
        }
        if (ok && effects.start && effects.start_kind == HEED_TASK_PROBE) {
            ok = run_probe(hall, effects.start_id, err);
        }
        if (!effects.encode && !effects.start) {
            break;
        }
    }
    return ok;
}

static bool set_look(struct hall *hall, struct heed_error *err)
{
    struct heed_state state;
    if (!heed_state_copy(&state, heed_ui_get_state(hall->ui), err)) {
        return false;
    }
    state.projector = true;
    state.reduced_motion = true;
    state.theme = hall->slides->theme;
    state.palette = hall->slides->palette;
    const bool ok = heed_ui_set_state(hall->ui, &state, false, err);
    heed_state_finish(&state);
    return ok;
}

static bool open_hall(struct hall *hall, struct heed_error *err)
{
    const struct heed_slides *slides = hall->slides;
    if (!heed_pango_create(&hall->pango, err) ||
        (slides->font && !heed_pango_use_family(hall->pango, slides->font, err)) ||
        !heed_ui_create(&hall->ui, err)) {
        return false;
    }
    heed_ui_set_probes(hall->ui, slides->probes, slides->n_probes);
    heed_ui_set_lessons(hall->ui, hall->lesson, 1);
    heed_ui_set_model(hall->ui, heed_pipeline_get_model(hall->pipeline),
                      heed_pipeline_get_tokenizer(hall->pipeline));
    heed_ui_set_printed(hall->ui);
    heed_ui_resize(hall->ui, slides->width, slides->height, 1);
    return set_look(hall, err) && encode(hall, err);
}

/* --- the slides --- */

/* "slides.png" and 3: "slides-03.png". */
static bool put_path(char *path, size_t size, const char *output, int slide, struct heed_error *err)
{
    const char *name = strrchr(output, '/');
    const char *dot = strrchr(output, '.');
    const bool has_end = dot && dot > (name ? name : output);
    const int stem = (int)(has_end ? dot - output : (long)strlen(output));
    const int n = snprintf(path, size, "%.*s-%02d%s", stem, output, slide, has_end ? dot : "");
    return (n >= 0 && (size_t)n < size) ||
           heed_error_set(err, HEED_ERROR_USAGE, "'%s' is too long a name", output);
}

static bool write_slide(struct hall *hall, const char *name, struct heed_error *err)
{
    char path[4096];
    const struct heed_slides *slides = hall->slides;
    const char *title = slides->title ? slides->title : name;
    const float pixels = slides->dpi > 0 ? slides->dpi / 96 : 1;
    heed_buffer_clear(&hall->out);
    const bool drawn =
        slides->format == HEED_EXPORT_PNG
            ? heed_cairo_write_png(hall->pango, hall->list, title, pixels, &hall->out, err)
            : heed_svg_write(hall->list, title, 0, &hall->out, err);
    return drawn && put_path(path, sizeof path, hall->path, hall->n, err) &&
           heed_file_write(path, hall->out.data, hall->out.size, err);
}

static bool add_slide(struct hall *hall, struct heed_error *err)
{
    struct heed_lesson_look look;
    char name[460];
    if (!settle(hall, err)) {
        return false;
    }
    heed_ui_lesson_get_look(hall->ui, &look);
    if (!look.lesson || !look.settled) {
        return heed_error_set(err, HEED_ERROR_INPUT, "'%s', line %d: the step can't be shown",
                              hall->lesson->path, hall->lesson->steps[look.step].line);
    }
    snprintf(name, sizeof name, "%d. %s", look.step + 1, look.headline);
    hall->n++;
    return hall->slides->format == HEED_EXPORT_PDF
               ? heed_cairo_add_page(hall->pdf, hall->list, name, err)
               : write_slide(hall, name, err);
}

/* Each step, and before it its question. */
static bool add_slides(struct hall *hall, struct heed_error *err)
{
    bool ok = true;
    heed_ui_start_lesson(hall->ui, 1);
    for (int i = 0; ok && i < hall->lesson->n_steps; i++) {
        struct heed_lesson_look look;
        ok = add_slide(hall, err);
        heed_ui_lesson_get_look(hall->ui, &look);
        if (ok && look.asked) {
            heed_ui_lesson_next(hall->ui, 0);
            ok = add_slide(hall, err);
        }
        heed_ui_lesson_next(hall->ui, 0);
    }
    return ok;
}

static bool write_pdf(struct hall *hall, struct heed_error *err)
{
    const char *title = hall->slides->title ? hall->slides->title : hall->lesson->title;
    if (!heed_cairo_begin_pdf(&hall->pdf, hall->pango, title, &hall->out, err)) {
        return false;
    }
    const bool drawn = add_slides(hall, err);
    const bool ended = heed_cairo_end_pdf(hall->pdf, drawn ? err : NULL);
    return drawn && ended && heed_file_write(hall->path, hall->out.data, hall->out.size, err);
}

bool heed_slides_write(const struct heed_lesson *lesson, struct heed_pipeline *pipeline,
                       const struct heed_slides *slides, const char *path, int *n,
                       struct heed_error *err)
{
    struct hall hall = {.lesson = lesson, .slides = slides, .path = path, .pipeline = pipeline};
    const bool ok =
        open_hall(&hall, err) &&
        (slides->format == HEED_EXPORT_PDF ? write_pdf(&hall, err) : add_slides(&hall, err));
    *n = hall.n;
    heed_ui_destroy(hall.ui);
    heed_pango_destroy(hall.pango);
    heed_buffer_finish(&hall.out);
    return ok;
}

#include "export/export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/file.h"
#include "draw/display_list.h"
#include "draw/theme.h"
#include "render/cairo/cairo_painter.h"
#include "render/svg/svg_painter.h"
#include "scene/figure/figure.h"
#include "scene/frame/frame.h"
#include "scene/frame/off_words.h"
#include "scene/panels/panels.h"
#include "scene/parts/provisos.h"
#include "scene/views/views.h"

static const float px_per_mm = 96.0f / 25.4f;
static const float px_per_pt = 96.0f / 72.0f;
static const float max_px = 32767.0f;

bool heed_export_find_format(const char *path, enum heed_export_format *format,
                             struct heed_error *err)
{
    static const struct {
        const char *ending;
        enum heed_export_format format;
    } endings[] = {
        {".svg", HEED_EXPORT_SVG},
        {".pdf", HEED_EXPORT_PDF},
        {".png", HEED_EXPORT_PNG},
    };
    const size_t length = strlen(path);
    if (strcmp(path, "-") == 0) {
        *format = HEED_EXPORT_SVG;
        return true;
    }
    for (size_t i = 0; i < HEED_COUNT(endings); i++) {
        const size_t n = strlen(endings[i].ending);
        if (length > n && strcasecmp(path + length - n, endings[i].ending) == 0) {
            *format = endings[i].format;
            return true;
        }
    }
    struct stat status;
    const bool exists = stat(path, &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "'%s' is a folder: give the picture a name in it", path);
    }
    if (exists && !S_ISREG(status.st_mode)) { /* a device, a pipe: as "-" */
        *format = HEED_EXPORT_SVG;
        return true;
    }
    return heed_error_set(
        err, HEED_ERROR_USAGE,
        "%s: give the picture a name that ends in .svg, .pdf or .png, or --format", path);
}

/* What one export is made of; all lengths in the list's px (1/96 inch). */
struct job {
    const struct heed_export_options *options;
    enum heed_export_format format;
    struct heed_state state; /* borrows the texts of the caller's */
    struct heed_list list;
    struct heed_view_cache cache;
    struct heed_foot foot;
    const struct heed_model *model;
    struct heed_pango *pango;
    struct heed_buffer out;
    float width, height; /* height 0: as the view needs */
    float pixels_per_px; /* of a PNG */
    float width_mm;      /* 0: the file's unit is px */
    float font_px;
    char caption[1024];
};

/* A side in px; *fallback_mm is used when none is given. */
static float side_px(const struct job *job, float mm, float px, float fallback_mm)
{
    if (px > 0.0f) {
        return job->format == HEED_EXPORT_PNG ? px / job->pixels_per_px : px;
    }
    return (mm > 0.0f ? mm : fallback_mm) * px_per_mm;
}

static bool in_range(float value, float low, float high)
{
    return isfinite(value) && value >= low && value <= high;
}

static float default_width_mm(const struct heed_state *state)
{
    return state->panel != HEED_PANEL_NONE ? 175.0f : heed_view_get_kind(state->view)->export_mm;
}

static bool check_options(const struct heed_export_options *options, struct heed_error *err)
{
    const float sides[] = {options->width_mm, options->height_mm, options->width_px,
                           options->height_px};
    for (size_t i = 0; i < HEED_COUNT(sides); i++) {
        if (!(sides[i] >= 0.0f) || !isfinite(sides[i])) {
            return heed_error_set(err, HEED_ERROR_USAGE, "the size of a picture must be positive");
        }
    }
    if (options->font_size_pt != 0.0f && !in_range(options->font_size_pt, 1.0f, 200.0f)) {
        return heed_error_set(err, HEED_ERROR_USAGE, "the font size must be 1 to 200 pt");
    }
    if (options->dpi != 0.0f && !in_range(options->dpi, 10.0f, 4800.0f)) {
        return heed_error_set(err, HEED_ERROR_USAGE, "the resolution must be 10 to 4800 dpi");
    }
    return true;
}

static bool choose_sizes(struct job *job, const struct heed_export_options *options,
                         struct heed_error *err)
{
    const float dpi = options->dpi > 0.0f ? options->dpi : 300.0f;
    const float pt = options->font_size_pt > 0.0f ? options->font_size_pt : 8.0f;
    job->pixels_per_px = dpi / 96.0f;
    job->font_px = pt * px_per_pt;
    job->width = side_px(job, options->width_mm, options->width_px, default_width_mm(&job->state));
    job->height = side_px(job, options->height_mm, options->height_px, 0.0f);
    job->width_mm = options->width_px > 0.0f ? 0.0f : job->width / px_per_mm;
    if (!in_range(job->width, 1.0f, max_px) || !in_range(job->height, 0.0f, max_px)) {
        const bool wide = !in_range(job->width, 1.0f, max_px);
        return heed_error_set(
            err, HEED_ERROR_USAGE,
            "the picture would be %.6g px %s; --size takes sides of 1 to 32767 px (%.0f mm)",
            (double)(wide ? job->width : job->height), wide ? "wide" : "high",
            (double)(max_px / px_per_mm));
    }
    return true;
}

/* The size of type, in logical px, that the given pt stands for. */
static float base_type(const struct heed_state *state)
{
    return state->panel != HEED_PANEL_NONE ? 15.0f : heed_view_get_kind(state->view)->export_type;
}

/* A figure's panels stand side by side: in one column if they fit. */
static void size_figure(struct job *job, struct heed_frame *frame)
{
    const struct heed_export_options *options = job->options;
    if (options->width_mm == 0.0f && options->width_px == 0.0f) {
        const float column = 85.0f * px_per_mm;
        job->width_mm = heed_figure_fits(frame, column) ? 85.0f : 175.0f;
        job->width = job->width_mm * px_per_mm;
    }
    if (job->height <= 0.0f) {
        job->height = heed_figure_height(frame, job->width);
    }
}

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to draw the picture");
}

static bool draw(struct job *job, const struct heed_result *result, struct heed_error *err)
{
    const bool figure = job->options->figure;
    const float scale = job->font_px / (figure ? 15.0f : base_type(&job->state));
    struct heed_frame frame = {
        .list = &job->list,
        .state = &job->state,
        .kind = heed_view_get_kind(job->state.view),
        .panel = heed_panel_get_kind(job->state.panel),
        .result = result,
        .theme = heed_theme_get(job->state.theme),
        .metrics = heed_pango_get_metrics(job->pango),
        .scale = scale,
        .hairline = 0.4f * px_per_pt,
        .is_export = true,
        .compare = job->options->compare,
        .compare_query = job->options->compare_query,
        .compare_key = job->options->compare_key,
        .model = job->model,
        .cache = job->cache.data,
        .foot = &job->foot,
        .tasks = job->options->tasks,
        .zoom = 1.0f,
    };
    if (figure) {
        size_figure(job, &frame);
    } else if (job->height <= 0.0f) {
        job->height = ceilf(heed_view_export_height(&frame, job->width));
    }
    if (heed_list_failed(&job->list)) { /* the height is of a part then */
        return no_memory(err);
    }
    if (!in_range(job->height, 1.0f, max_px)) {
        return heed_error_set(
            err, HEED_ERROR_INPUT,
            "the picture would be %.0f px high, more than a file can hold; give it a --size",
            (double)job->height);
    }
    heed_list_clear(&job->list);
    job->list.width = job->width;
    job->list.height = job->height;
    job->list.background = frame.theme->canvas;
    const struct heed_rect rect = {0.0f, 0.0f, job->width, job->height};
    if (figure) {
        heed_figure_draw(&frame, rect);
    } else {
        heed_view_draw(&frame, rect);
    }
    return !heed_list_failed(&job->list) || no_memory(err);
}

static bool paint(struct job *job, struct heed_error *err)
{
    switch (job->format) {
    case HEED_EXPORT_PDF:
        return heed_cairo_write_pdf(job->pango, &job->list, job->caption, &job->out, err);
    case HEED_EXPORT_PNG:
        return heed_cairo_write_png(job->pango, &job->list, job->pixels_per_px, &job->out, err);
    default:
        return heed_svg_write(&job->list, job->caption, job->width_mm, &job->out, err);
    }
}

/* What the run was made without. */
static void add_off(struct job *job, const struct heed_result *result)
{
    char off[256];
    heed_off_words(result, off, sizeof off);
    const size_t used = strlen(job->caption);
    if (off[0] != '\0') {
        snprintf(job->caption + used, sizeof job->caption - used, "  \xC2\xB7  %s%s",
                 heed_off_is_exact(result) ? "" : "counterfactual: ", off);
    }
}

static bool run(struct job *job, const struct heed_result *result, const struct heed_model *model,
                const struct heed_export_options *options, const char *path, struct heed_error *err)
{
    if (!check_options(options, err) || !choose_sizes(job, options, err) ||
        !heed_pango_create(&job->pango, err) || !draw(job, result, err)) {
        return false;
    }
    heed_view_caption(&job->state, heed_view_get_kind(job->state.view), model, job->caption,
                      sizeof job->caption);
    add_off(job, result);
    return paint(job, err) && heed_file_write(path, job->out.data, job->out.size, err);
}

bool heed_export_write(const struct heed_state *state, const struct heed_result *result,
                       const struct heed_model *model, const struct heed_export_options *options,
                       const char *path, struct heed_error *err)
{
    const struct heed_export_options defaults = {0};
    if (!options) {
        options = &defaults;
    }
    enum heed_export_format format = options->format;
    if (format == HEED_EXPORT_BY_NAME && !heed_export_find_format(path, &format, err)) {
        return false;
    }
    struct job *job = calloc(1, sizeof *job);
    if (!job) {
        return no_memory(err);
    }
    job->format = format;
    job->options = options;
    job->model = model;
    job->state = *state;
    if (!options->keep_theme) {
        job->state.theme = HEED_THEME_PAPER;
    }
    const struct heed_view_source source = {state, result, model, options->tokenizer};
    heed_view_follow(&job->cache, &source);
    const bool ok = run(job, result, model, options, path, err);
    heed_view_forget(&job->cache);
    heed_buffer_finish(&job->out);
    heed_list_finish(&job->list);
    heed_pango_destroy(job->pango);
    free(job);
    return ok;
}

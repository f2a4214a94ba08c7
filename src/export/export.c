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
#include "core/engine/overview_task.h"
#include "draw/display_list.h"
#include "export/data.h"
#include "export/describe.h"
#include "export/page.h"
#include "render/cairo/cairo_painter.h"
#include "render/svg/svg_painter.h"
#include "scene/frame/off_words.h"
#include "scene/panels/panels.h"
#include "scene/parts/provisos.h"
#include "scene/views/views.h"

bool heed_export_find_format(const char *path, enum heed_export_format *format,
                             struct heed_error *err)
{
    static const struct {
        const char *ending;
        enum heed_export_format format;
    } endings[] = {
        {".svg", HEED_EXPORT_SVG}, {".pdf", HEED_EXPORT_PDF},   {".png", HEED_EXPORT_PNG},
        {".csv", HEED_EXPORT_CSV}, {".json", HEED_EXPORT_JSON}, {".txt", HEED_EXPORT_TEXT},
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
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "%s: give the picture a name that ends in .svg, .pdf, .png, .csv, .json "
                          "or .txt, or --format",
                          path);
}

/* What one export is made of. */
struct job {
    const struct heed_export_options *options;
    enum heed_export_format format;
    struct heed_state state; /* borrows the texts of the caller's */
    struct heed_list list;
    struct heed_view_cache cache;
    const struct heed_model *model;
    struct heed_pango *pango;
    struct heed_buffer out;
    float pixels_per_px;              /* of a PNG */
    char title[1024];                 /* of the file's */
    char caption[HEED_CAPTION_BYTES]; /* and what it says there */
    struct heed_about about;
};

static bool in_range(float value, float low, float high)
{
    return isfinite(value) && value >= low && value <= high;
}

static bool check_options(const struct heed_export_options *options, enum heed_export_format format,
                          struct heed_error *err)
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
    if (options->dpi != 0.0f && format != HEED_EXPORT_PNG) {
        return heed_error_set(err, HEED_ERROR_USAGE,
                              "--dpi is of a PNG: no other format has pixels; leave it out");
    }
    if (options->dpi != 0.0f && !in_range(options->dpi, 10.0f, 4800.0f)) {
        return heed_error_set(err, HEED_ERROR_USAGE, "the resolution must be 10 to 4800 dpi");
    }
    return true;
}

/* As it was asked for: in mm or px, those of a PNG being its own. */
static bool ask_for_page(struct job *job, struct heed_page *page, struct heed_error *err)
{
    const struct heed_export_options *options = job->options;
    const bool in_px = options->width_px > 0.0f || options->height_px > 0.0f;
    const float dpi = options->dpi > 0.0f ? options->dpi : 300.0f;
    job->pixels_per_px = dpi / 96.0f;
    page->pt = options->font_size_pt > 0.0f ? options->font_size_pt : HEED_EXPORT_PT;
    page->unit_name = in_px ? "px" : "mm";
    page->unit = !in_px                           ? HEED_PX_PER_MM
                 : job->format == HEED_EXPORT_PNG ? 1.0f / job->pixels_per_px
                                                  : 1.0f;
    page->width = (in_px ? options->width_px : options->width_mm) * page->unit;
    page->height = (in_px ? options->height_px : options->height_mm) * page->unit;
    const bool wide = page->width > HEED_MOST_PX;
    if (!wide && !(page->height > HEED_MOST_PX)) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "the picture would be %.6g px %s; --size takes sides of 1 to 32767 px "
                          "(%.0f mm)",
                          (double)(wide ? page->width : page->height), wide ? "wide" : "high",
                          (double)(HEED_MOST_PX / HEED_PX_PER_MM));
}

static bool no_memory(struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_MEMORY, "not enough memory to draw the picture");
}

static void report(const struct job *job, const struct heed_page *page)
{
    struct heed_export_page *out = job->options->page;
    if (out) {
        out->width_mm = page->width / HEED_PX_PER_MM;
        out->height_mm = page->height / HEED_PX_PER_MM;
        out->pt = page->pt;
        out->is_data = heed_export_format_is_data(job->format);
        memcpy(out->caption, job->caption, sizeof out->caption);
    }
}

static struct heed_page_source source_of(struct job *job, const struct heed_result *result)
{
    return (struct heed_page_source){
        .options = job->options,
        .state = &job->state,
        .result = result,
        .model = job->model,
        .metrics = heed_pango_get_metrics(job->pango),
        .cache = job->cache.data,
        .caption = job->caption,
    };
}

static bool draw(struct job *job, const struct heed_result *result, float *width_mm,
                 struct heed_error *err)
{
    struct heed_page page = {0}, least = {0};
    struct heed_page_source source = source_of(job, result);
    source.least = &least;
    if (!ask_for_page(job, &page, err)) {
        return false;
    }
    const bool any_size = heed_export_format_is_data(job->format) && page.width <= 0.0f;
    if (!heed_page_find(&source, &page, &job->list, err)) {
        page = least;
        if (!any_size || least.width <= 0.0f || !heed_page_find(&source, &page, &job->list, err)) {
            return false;
        }
    }
    report(job, &page);
    *width_mm = job->options->width_px > 0.0f ? 0.0f : page.width / HEED_PX_PER_MM;
    return true;
}

static bool write_data(struct job *job, const struct heed_result *result, struct heed_error *err)
{
    const struct heed_data_source source = {
        .list = &job->list,
        .state = &job->state,
        .result = result,
        .compare = job->options->compare,
        .tasks = job->options->tasks,
        .caption = job->caption,
        .model = job->model ? heed_model_get_name(job->model) : NULL,
    };
    return job->format == HEED_EXPORT_TEXT
               ? heed_describe_write(&source, &job->out, err)
               : heed_data_write(&source, job->format == HEED_EXPORT_JSON, &job->out, err);
}

/* width_mm 0: an SVG's unit is px. */
static bool paint(struct job *job, const struct heed_result *result, float width_mm,
                  struct heed_error *err)
{
    const char *title = job->options->title ? job->options->title : job->title;
    job->about = (struct heed_about){.text = job->caption, .family = job->options->font};
    job->list.about = &job->about;
    if (job->options->transparent) {
        job->list.background.a = 0;
    }
    switch (job->format) {
    case HEED_EXPORT_CSV:
    case HEED_EXPORT_JSON:
    case HEED_EXPORT_TEXT:
        return write_data(job, result, err);
    case HEED_EXPORT_PDF:
        return heed_cairo_write_pdf(job->pango, &job->list, title, &job->out, err);
    case HEED_EXPORT_PNG:
        return heed_cairo_write_png(job->pango, &job->list, title, job->pixels_per_px, &job->out,
                                    err);
    default:
        return heed_svg_write(&job->list, title, width_mm, &job->out, err);
    }
}

/* What the run was made without. */
static void add_off(struct job *job, const struct heed_result *result)
{
    char off[256];
    heed_off_words(result, off, sizeof off);
    const size_t used = strlen(job->title);
    if (off[0] != '\0') {
        snprintf(job->title + used, sizeof job->title - used, "  \xC2\xB7  %s%s",
                 heed_off_is_exact(result) ? "" : "counterfactual: ", off);
    }
}

/* A picture that would say only that it is empty is none. */
static bool has_content(const struct heed_state *state, const struct heed_result *result,
                        struct heed_error *err)
{
    const struct heed_view_kind *kind = heed_view_get_kind(state->view);
    if (state->panel != HEED_PANEL_NONE) {
        return true;
    }
    if (result->maps->n == 0) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "no token is left to draw: show special tokens or punctuation again");
    }
    if (state->n_shown == 0 && !kind->all_heads && !kind->has_pages) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "no head is shown: there is nothing to draw; give --heads L3H1");
    }
    return true;
}

/* Of a large file a picture of all heads is of those that were looked at. */
static bool is_whole(const struct job *job, const struct heed_result *result,
                     struct heed_error *err)
{
    const struct heed_maps *maps = result->maps;
    if (job->options->unread || job->state.panel != HEED_PANEL_NONE ||
        !heed_overview_is_due(result) || !heed_view_get_kind(job->state.view)->all_heads) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_INPUT,
                          "only %d of %d heads are read so far: wait until all of them are, and "
                          "export again",
                          heed_maps_count_seen(maps), maps->n_layers * maps->n_heads);
}

/* All that is needed to lay a page out. */
static struct job *begin(const struct heed_export_source *source,
                         const struct heed_export_options *options, struct heed_error *err)
{
    struct job *job = calloc(1, sizeof *job);
    if (!job) {
        no_memory(err);
        return NULL;
    }
    job->format = options->format;
    job->options = options;
    job->model = source->model;
    job->state = *source->state;
    heed_state_order_shown(&job->state);
    if (!options->keep_theme) {
        job->state.theme = HEED_THEME_PAPER;
    }
    const struct heed_view_source view = {&job->state, source->result, source->model,
                                          options->tokenizer};
    heed_view_follow(&job->cache, &view);
    return job;
}

static void end(struct job *job)
{
    heed_view_forget(&job->cache);
    heed_buffer_finish(&job->out);
    heed_list_finish(&job->list);
    heed_pango_destroy(job->pango);
    free(job);
}

static bool check(struct job *job, const struct heed_result *result, struct heed_error *err)
{
    const struct heed_export_options *options = job->options;
    const struct heed_view_kind *kind = heed_view_get_kind(job->state.view);
    const struct heed_panel_kind *panel = heed_panel_get_kind(job->state.panel);
    return check_options(options, job->format, err) &&
           (options->figure || heed_view_can(kind, panel, result, err)) &&
           has_content(&job->state, result, err) && is_whole(job, result, err) &&
           heed_pango_create(&job->pango, err) &&
           (!options->font || heed_pango_use_family(job->pango, options->font, err));
}

static bool run(struct job *job, const struct heed_export_source *source, struct heed_error *err)
{
    float width_mm = 0.0f;
    const struct heed_result *result = source->result;
    if (!check(job, result, err) || !draw(job, result, &width_mm, err) ||
        !heed_maps_check(result->maps, err)) {
        return false;
    }
    heed_view_caption(&job->state, heed_view_get_kind(job->state.view),
                      job->model != NULL ? heed_model_get_name(job->model) : result->origin,
                      job->title, sizeof job->title);
    add_off(job, result);
    return paint(job, result, width_mm, err);
}

bool heed_export_make(const struct heed_export_source *source,
                      const struct heed_export_options *options, struct heed_buffer *out,
                      struct heed_error *err)
{
    struct job *job = begin(source, options, err);
    const bool ok = job && run(job, source, err);
    if (ok) {
        *out = job->out;
        job->out = (struct heed_buffer){0};
    }
    if (job) {
        end(job);
    }
    return ok;
}

bool heed_export_write(const struct heed_state *state, const struct heed_result *result,
                       const struct heed_model *model, const struct heed_export_options *options,
                       const char *path, struct heed_error *err)
{
    struct heed_export_options whole = options ? *options : (struct heed_export_options){0};
    const struct heed_export_source source = {state, result, model};
    struct heed_buffer out = {0};
    if (whole.format == HEED_EXPORT_BY_NAME && !heed_export_find_format(path, &whole.format, err)) {
        return false;
    }
    const bool ok = heed_export_make(&source, &whole, &out, err) &&
                    heed_file_write(path, out.data, out.size, err);
    heed_buffer_finish(&out);
    return ok;
}

/* --- what a person sees of it before --- */

/* The asked page, or, if that is refused, the least that does, with the largest type
 * that would do in the asked one. */
static bool lay_preview(struct job *job, const struct heed_result *result,
                        struct heed_export_preview *preview, struct heed_error *err)
{
    struct heed_page asked = {0}, least = {0};
    struct heed_page_source source = source_of(job, result);
    struct heed_error why = {0};
    source.least = &least;
    if (!ask_for_page(job, &asked, err)) {
        return false;
    }
    struct heed_page page = asked;
    preview->fits = heed_page_find(&source, &page, &job->list, &why);
    if (preview->fits) {
        report(job, &page);
        return true;
    }
    snprintf(preview->problem, sizeof preview->problem, "%s", why.text);
    struct heed_export_options smaller = *job->options;
    smaller.fit = true;
    source.options = &smaller;
    page = asked;
    preview->fit_pt = heed_page_find(&source, &page, &job->list, NULL) ? page.pt : 0.0f;
    source.options = job->options;
    page = least;
    page.height = 0.0f;
    if (least.width <= 0.0f || !heed_page_find(&source, &page, &job->list, NULL)) {
        *err = why;
        return false;
    }
    report(job, &page);
    return true;
}

bool heed_export_preview(const struct heed_export_source *source,
                         const struct heed_export_options *options,
                         struct heed_export_preview *preview, struct heed_error *err)
{
    struct heed_export_options whole = *options;
    whole.page = &preview->page;
    whole.fit = false;
    heed_list_finish(&preview->list);
    *preview = (struct heed_export_preview){0};
    struct job *job = begin(source, &whole, err);
    const bool ok =
        job && check(job, source->result, err) && lay_preview(job, source->result, preview, err);
    if (ok) {
        preview->list = job->list;
        preview->list.about = NULL;
        preview->list.background.a = options->transparent ? 0.0f : 1.0f;
        job->list = (struct heed_list){0};
    }
    if (job) {
        end(job);
    }
    return ok;
}

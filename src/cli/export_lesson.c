#include "cli/export_lesson.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/export_values.h"
#include "cli/lesson_step.h"
#include "export/page.h"
#include "export/slides.h"
#include "lesson/check.h"
#include "session/probes.h"

enum { SLIDE_WIDTH = 1600, SLIDE_HEIGHT = 900, LEAST_SIDE = 480 };

static bool fail_usage(struct heed_error *err, const char *message)
{
    return heed_error_set(err, HEED_ERROR_USAGE, "export --lesson %s", message);
}

static bool asks_for_more(const struct heed_cli_options *options)
{
    return options->text || options->file || options->session || options->view || options->heads ||
           options->head || options->layer >= 0 || options->query || options->key ||
           options->pair || options->compare || options->mute || options->scale || options->cut ||
           options->part || options->strict || options->step > 0 || options->page > 0 ||
           options->style != 0 || options->limit > 0 || options->columns > 0 || options->fit ||
           options->caption || options->transparent || options->font_size_pt > 0 ||
           heed_cli_changes_filter(options) || heed_cli_changes_variant(options);
}

static bool read_size(struct heed_slides *slides, const char *asked, struct heed_error *err)
{
    struct heed_export_options sides = {.width_px = SLIDE_WIDTH, .height_px = SLIDE_HEIGHT};
    if (asked) {
        sides = (struct heed_export_options){0};
    }
    if (asked && !heed_export_parse_size(asked, &sides, err)) {
        return false;
    }
    slides->width = sides.width_px + sides.width_mm * HEED_PX_PER_MM;
    slides->height = sides.height_px + sides.height_mm * HEED_PX_PER_MM;
    if (slides->height == 0) {
        slides->height = slides->width * SLIDE_HEIGHT / SLIDE_WIDTH;
    }
    if (slides->width >= LEAST_SIDE && slides->height >= LEAST_SIDE &&
        slides->width <= HEED_MOST_PX && slides->height <= HEED_MOST_PX) {
        return true;
    }
    return heed_error_set(err, HEED_ERROR_USAGE,
                          "--size %s is no slide: its sides are %d to %.0f px (1 px is 1/96 inch), "
                          "like 1600x900px",
                          asked, LEAST_SIDE, (double)HEED_MOST_PX);
}

static bool check(struct heed_slides *slides, const struct heed_cli_options *options,
                  struct heed_error *err)
{
    slides->format = (enum heed_export_format)options->format;
    if (!options->output) {
        return fail_usage(err, "needs -o and a name that ends in .pdf, .png or .svg");
    }
    if (asks_for_more(options)) {
        return fail_usage(err, "takes what is shown from the lesson: beside it only -o, --format, "
                               "--theme, --palette, --size, --dpi, --font, --title and --model");
    }
    if (options->format == 0 && !heed_export_find_format(options->output, &slides->format, err)) {
        return false;
    }
    if (heed_export_format_is_data(slides->format)) {
        return fail_usage(err, "writes pictures: .pdf, .png or .svg");
    }
    if (slides->format != HEED_EXPORT_PDF && strcmp(options->output, "-") == 0) {
        return fail_usage(err, "writes many pictures: to standard output only with --format pdf");
    }
    if (options->json && strcmp(options->output, "-") == 0) {
        return fail_usage(err, "can't write both the slides and --json to standard output");
    }
    if (options->dpi > 0 && slides->format != HEED_EXPORT_PNG) {
        return fail_usage(err, "takes --dpi with a PNG only: no other format has pixels");
    }
    return read_size(slides, options->size, err);
}

/* --- the lesson, looked at before it is drawn --- */

static void note(void *context, const char *problem)
{
    (void)context;
    heed_cli_note("note: %s", problem);
}

/* Errors: a step that can't be shown. What else is wrong is told. */
static bool look_at(const struct heed_lesson *lesson, struct heed_pipeline *pipeline,
                    struct heed_error *err)
{
    struct heed_cli_step at = {0};
    struct heed_lesson_critic critic = {.tell = note};
    bool ok = true;
    heed_lesson_check_words(lesson, &critic);
    for (int i = 0; ok && i < lesson->n_steps; i++) {
        ok = heed_cli_run_step(&at, lesson, i, pipeline, err);
        if (ok) {
            const struct heed_lesson_world world = heed_cli_step_world(&at, pipeline);
            heed_lesson_check_step(lesson, i, &world, &critic);
        }
    }
    heed_cli_step_finish(&at);
    return ok;
}

static bool print_summary(const struct heed_cli_options *options, const struct heed_lesson *lesson,
                          int n_slides, struct heed_error *err)
{
    struct heed_buffer out = {0};
    if (options->json) {
        heed_buffer_puts(&out, "{\"file\":");
        heed_buffer_put_json(&out, options->output, strlen(options->output));
        heed_buffer_puts(&out, ",\"lesson\":");
        heed_buffer_put_json(&out, lesson->id, strlen(lesson->id));
        heed_buffer_printf(&out, ",\"steps\":%d,\"slides\":%d}\n", lesson->n_steps, n_slides);
    }
    return heed_cli_print_end(&out, err);
}

bool heed_export_lesson(const struct heed_cli_options *options, struct heed_error *err)
{
    int n = 0;
    struct heed_lesson lesson = {0};
    struct heed_pipeline *pipeline = NULL;
    struct heed_slides slides = {.dpi = options->dpi,
                                 .theme = HEED_THEME_LIGHT,
                                 .font = options->font,
                                 .title = options->title};
    slides.probes = heed_probes_get(&slides.n_probes);
    const bool ok =
        check(&slides, options, err) &&
        (!options->theme || heed_export_parse_theme(options->theme, &slides.theme, err)) &&
        (!options->palette || heed_export_parse_palette(options->palette, &slides.palette, err)) &&
        heed_cli_read_lesson(&lesson, options->lesson, err) &&
        heed_cli_open_model(&pipeline, options, err) && look_at(&lesson, pipeline, err) &&
        heed_slides_write(&lesson, pipeline, &slides, options->output, &n, err) &&
        print_summary(options, &lesson, n, err);
    heed_pipeline_close(pipeline);
    heed_lesson_finish(&lesson);
    return ok;
}

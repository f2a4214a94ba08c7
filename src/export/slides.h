/*
 * A lesson as slides: each step as the projector shows it, a question before its answer.
 * The window without a window draws them, so what is said and shown is what a hall sees.
 */
#ifndef HEED_EXPORT_SLIDES_H
#define HEED_EXPORT_SLIDES_H

#include "base/error.h"
#include "core/engine/pipeline.h"
#include "export/export.h"
#include "lesson/lesson.h"
#include "state/probe_files.h"

struct heed_slides {
    enum heed_export_format format; /* PDF: a page each; PNG, SVG: a file each */
    float width, height;            /* px, 1/96 inch */
    float dpi;                      /* of a PNG; 0: 96 */
    enum heed_theme_id theme;
    enum heed_palette_id palette;
    const char *font;                     /* a family; NULL: Inter */
    const char *title;                    /* the file's; NULL: the lesson's, or the slide's */
    const struct heed_probe_file *probes; /* that steps may name */
    int n_probes;
};

/* Writes the slides: path, or for a format with a file each "slides-01.png" of "slides.png";
 * how many in *n. Errors: a step that can't be shown, no font, memory, the files. */
HEED_NODISCARD bool heed_slides_write(const struct heed_lesson *lesson,
                                      struct heed_pipeline *pipeline,
                                      const struct heed_slides *slides, const char *path, int *n,
                                      struct heed_error *err);

#endif

/*
 * export --lesson: its options, and the lesson held against the model before it is drawn
 * (export/slides.h).
 */
#ifndef HEED_CLI_EXPORT_LESSON_H
#define HEED_CLI_EXPORT_LESSON_H

#include "base/error.h"
#include "cli/options.h"

/* Writes what --lesson names to --output: a PDF of a page a slide, or of PNG and SVG a
 * file each, NAME-01.png ... What of the lesson doesn't hold is noted, and its slide says
 * so. Errors: options that slides have no use for, the lesson, the model, the files. */
HEED_NODISCARD bool heed_export_lesson(const struct heed_cli_options *options,
                                       struct heed_error *err);

#endif

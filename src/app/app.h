/*
 * The window: SDL's events to the scene's, the worker's results to the
 * screen, the clipboard, files. Runs on the main thread until it is closed.
 */
#ifndef HEED_APP_APP_H
#define HEED_APP_APP_H

#include "base/error.h"
#include "core/analysis/filter.h"
#include "core/attention/attention_file.h"

struct heed_app_options {
    const char *model_folder;      /* NULL: the default model's */
    int n_threads;                 /* 0: all */
    size_t attention_budget;       /* in bytes; 0: the usual (core/bert/encoder.h) */
    const char *text;              /* NULL: the last state, else the first start's */
    const char *session_path;      /* NULL: none */
    const char *attention_path;    /* an attention file in the text's place; NULL: none */
    const char *const *more_paths; /* [n_more] others, which are listed beside it */
    int n_more;
    enum heed_part_kind part;         /* of it; SELF: its first */
    const char *file_path;            /* opened as a dropped file is; NULL: none */
    const struct heed_filter *filter; /* NULL: the state's own */
};

/* Returns when the window was closed and the state is saved. */
HEED_NODISCARD bool heed_app_run(const struct heed_app_options *options, struct heed_error *err);

#endif

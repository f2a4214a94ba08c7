/*
 * What the parts of the window share. Nothing outside of app/ includes it.
 * Main thread only, but for wake_event and can_wake.
 */
#ifndef HEED_APP_APP_PRIVATE_H
#define HEED_APP_APP_PRIVATE_H

#include <SDL.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/app_motion.h"
#include "app/app_save.h"
#include "app/app_window.h"
#include "core/engine/catalog.h"
#include "core/engine/engine.h"
#include "draw/metrics.h"
#include "render/gl/gl_painter.h"
#include "session/examples.h"
#include "session/last.h"
#include "session/lessons.h"
#include "session/settings.h"
#include "state/state.h"
#include "ui/window/window.h"

struct heed_keeper;
struct heed_errand;
struct heed_app_export;
struct heed_clipboard;
struct heed_app_report;
struct heed_bus;
struct heed_access;
struct heed_chooser;
struct heed_app_teacher;

enum { HEED_MOST_DROPPED = 64 };

/* The attention files of the drop that is under way. */
struct heed_dropped {
    char *paths[HEED_MOST_DROPPED];
    int n;
};

struct heed_app {
    struct heed_ui *ui;
    struct heed_engine *engine;
    struct heed_gl_painter *painter;
    struct heed_motion motion;
    const struct heed_metrics *metrics;
    struct heed_window window;
    struct heed_examples examples;    /* the ui borrows them */
    struct heed_lessons lessons;      /* likewise */
    const struct heed_result *result; /* the newest good one, retained */
    uint64_t generation;
    const struct heed_kit *kit; /* the model that the ui knows, held; NULL: none yet */
    bool names_model;           /* one was asked for, not the default one */
    bool has_told;              /* that the model's file was changed */

    Uint16 key_mods; /* held at the key that was taken last */
    Uint32 wake_event;
    atomic_bool can_wake; /* SDL's queue stands */

    struct heed_dropped dropped;
    bool quit, redraw;
    bool exposed;   /* the display lost the picture */
    double wake_at; /* seconds; negative: never */
    double painted_at;
    double rest_at; /* seconds, as wake_at */

    struct heed_settings settings; /* as they are on disk */
    bool has_settings;             /* they could be read: may be written */

    struct heed_app_export *exporting; /* the panel's preview; NULL: it wasn't opened yet */
    struct heed_clipboard *clipboard;  /* holds a picture; NULL: nothing */
    struct heed_app_teacher *teacher;  /* the second window; NULL: never asked for */
    struct heed_app_report *report;    /* being made; NULL: none is */

    struct heed_bus *bus;         /* NULL: there is none */
    struct heed_chooser *chooser; /* the desktop's; NULL: none is open */
    char *chosen;                 /* by it, and not taken yet; NULL: nothing */
    struct heed_access *access;   /* NULL: nobody listens */

    struct heed_loader *loader;
    struct heed_encoder_options encoder;  /* of models that are opened later */
    struct heed_catalog *models, *inside; /* what was found; of the folder that is typed */
    int n_models, n_inside;               /* of them that the ui knows; -1: not all */
    char *document_path;                  /* of the session that is open as a file; NULL: none is */
    struct heed_state document;           /* as that file has it */
    bool has_document;
    char *asked_path; /* what a question was about last */

    char files[HEED_MOST_FILES][PATH_MAX]; /* opened or saved last, then "" */
    bool has_gone[HEED_MOST_FILES];        /* of them */
    bool has_looked;                       /* for those, since a file is asked for */
    struct heed_errand *recent;            /* looks for them; NULL: none does */

    struct heed_last last; /* where the last state is kept */
    struct heed_keeper *keeper;
    struct heed_state saved; /* the last state as the keeper has it */
    bool has_saved;
    struct heed_errand *opening; /* looks at the path to open; NULL: none is */
    char opening_path[PATH_MAX];
    struct heed_saving saving;
    struct heed_errand *listing; /* reads the folder of a path that is typed; NULL: none does */
    char listing_path[PATH_MAX];
    double save_at; /* seconds; negative: nothing to save */
};

#endif

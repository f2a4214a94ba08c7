/*
 * What the parts of the window share. Nothing outside of app/ includes it.
 * Main thread only, but for heed_app_wake.
 */
#ifndef HEED_APP_APP_PRIVATE_H
#define HEED_APP_APP_PRIVATE_H

#include <SDL.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/app.h"
#include "core/engine/engine.h"
#include "draw/metrics.h"
#include "render/gl/gl_painter.h"
#include "session/examples.h"
#include "session/settings.h"
#include "state/event.h"
#include "state/state.h"
#include "ui/window/effects.h"
#include "ui/window/window.h"

/* The SDL window and its OpenGL context. */
struct heed_window {
    SDL_Window *sdl;
    SDL_GLContext context;
    SDL_Cursor *cursors[3]; /* by enum heed_cursor; NULL: the default */
    enum heed_cursor cursor;
    bool text_input;
    int width, height; /* px of the drawable */
    float pixel_ratio; /* px a window unit */
    bool is_software;  /* drawn by the processor, whose every pixel costs */
    bool keeps;        /* the back buffer still holds the last picture */
};

struct heed_app {
    struct heed_ui *ui;
    struct heed_engine *engine;
    struct heed_gl_painter *painter;
    const struct heed_metrics *metrics;
    struct heed_window window;
    struct heed_examples examples;    /* the ui borrows them */
    const struct heed_result *result; /* the newest good one, retained */
    uint64_t generation;
    bool has_model; /* the ui knows it */

    Uint16 key_mods; /* held at the key that was taken last */
    Uint32 wake_event;
    atomic_bool can_wake; /* SDL's queue stands */

    bool quit, redraw;
    bool exposed;   /* the display lost the picture */
    double wake_at; /* seconds; negative: never */
    double painted_at;

    struct heed_settings settings; /* as they are on disk */
    bool has_settings;             /* they could be read: may be written */

    struct heed_state saved; /* the last state as it is on disk */
    bool has_saved;
    double save_at; /* seconds; negative: nothing to save */
};

/* app.c */
/* One event of the scene: the ui first, then what it asks for. */
void heed_app_handle(struct heed_app *app, struct heed_event event);
void heed_app_paint(struct heed_app *app);

/* app_window.c: false names what the display lacks. */
bool heed_window_open(struct heed_window *window, struct heed_error *err);
void heed_window_close(struct heed_window *window);
/* True if the drawable's size isn't what it was. */
bool heed_window_measure(struct heed_window *window);
/* Shows the back buffer; finds out whether that is kept. */
void heed_window_show(struct heed_window *window);
void heed_window_follow(struct heed_window *window, const struct heed_effects *effects);

/* app_events.c: one SDL event to the scene's, handled. */
void heed_app_take_event(struct heed_app *app, const SDL_Event *event);

/* app_files.c */
/* The state to begin with: options, the last one, or the first start's. A last
 * state that can't be read leaves its message in *warning. */
bool heed_app_load_first(struct heed_app *app, const struct heed_app_options *options,
                         struct heed_error *warning, struct heed_error *err);
void heed_app_open_file(struct heed_app *app, const char *path);
void heed_app_save_file(struct heed_app *app, const char *path);
void heed_app_export_file(struct heed_app *app, const char *path);
/* Greets on the first start ever. */
void heed_app_greet(struct heed_app *app);
/* Plans to save the last state if it changed. */
void heed_app_note_change(struct heed_app *app);
/* Saves it if that is due, or at once when ending. */
bool heed_app_save_last(struct heed_app *app, bool at_once, struct heed_error *err);

#endif

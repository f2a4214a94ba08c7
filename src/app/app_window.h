/*
 * The window as SDL and OpenGL have it: its size, its buffers, pointer and
 * text input. It knows nothing of what is shown. Main thread.
 */
#ifndef HEED_APP_APP_WINDOW_H
#define HEED_APP_APP_WINDOW_H

#include <SDL.h>
#include <stdbool.h>

#include "base/error.h"
#include "session/settings.h"
#include "ui/window/effects.h"

struct heed_window {
    SDL_Window *sdl;
    SDL_GLContext context;
    SDL_Cursor *cursors[3]; /* by enum heed_cursor; NULL: the default */
    enum heed_cursor cursor;
    bool text_input, fullscreen;
    int width, height;              /* px of the drawable */
    float pixel_ratio;              /* px a window unit */
    bool is_software;               /* drawn by the processor, whose every pixel costs */
    bool keeps;                     /* the back buffer still holds the last picture */
    float dots;                     /* of its screen, an inch; 0: not known */
    float scale;                    /* logical px a window unit, as the desktop wants it */
    struct heed_window_place place; /* for the next time */
};

/* Where it was left, if a screen is there. False names what the display lacks. */
HEED_NODISCARD bool heed_window_open(struct heed_window *window, struct heed_window_place place,
                                     struct heed_error *err);
void heed_window_close(struct heed_window *window);
/* True if the drawable's size isn't what it was, or its screen is another. */
bool heed_window_measure(struct heed_window *window);
/* It was moved or has another size. */
void heed_window_note_place(struct heed_window *window);
/* Px a logical px before the person's own scale: as large as leaves 640 x 480 of them. */
float heed_window_scale(const struct heed_window *window);
/* Shows the back buffer; finds out whether that is kept. */
void heed_window_show(struct heed_window *window);
void heed_window_follow(struct heed_window *window, const struct heed_effects *effects);

#endif

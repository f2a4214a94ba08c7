#include "app/app_window.h"

#include <epoxy/gl.h>
#include <math.h>
#include <string.h>

#include "app/app_desktop.h"
#include "app/app_icon.h"
#include "base/utf8.h"
#include "render/gl/gl_program.h"
#include "ui/window/effects.h"

enum { FIRST_WIDTH = 1600, FIRST_HEIGHT = 1000, LEAST_WIDTH = 640, LEAST_HEIGHT = 480 };

static int between(int value, int least, int most)
{
    return value > most ? most : value < least ? least : value;
}

/* The screen that shows most of a place; -1: none shows enough to get hold of it. */
static int find_screen(const struct heed_window_place *place)
{
    const SDL_Rect rect = {place->x, place->y, place->width, place->height};
    int found = -1, most = 160 * 60;
    for (int i = 0; i < SDL_GetNumVideoDisplays() && place->width > 0; i++) {
        SDL_Rect usable, seen;
        if (SDL_GetDisplayUsableBounds(i, &usable) == 0 &&
            SDL_IntersectRect(&usable, &rect, &seen) == SDL_TRUE && seen.w * seen.h > most) {
            most = seen.w * seen.h;
            found = i;
        }
    }
    return found;
}

/* Where it was; of a place that no screen shows only the size, as far as there is room.
 * Hidden: without a context it goes again, and another one comes. */
static SDL_Window *create_window(const struct heed_window_place *place)
{
    const int screen = find_screen(place);
    SDL_Rect usable = {0, 0, FIRST_WIDTH, FIRST_HEIGHT};
    SDL_GetDisplayUsableBounds(screen < 0 ? 0 : screen, &usable);
    const int width = place->width > 0 ? place->width : FIRST_WIDTH;
    const int height = place->width > 0 ? place->height : FIRST_HEIGHT;
    SDL_Window *window = SDL_CreateWindow(
        "heed", screen < 0 ? (int)SDL_WINDOWPOS_CENTERED : place->x,
        screen < 0 ? (int)SDL_WINDOWPOS_CENTERED : place->y,
        between(width, LEAST_WIDTH, usable.w > LEAST_WIDTH ? usable.w : LEAST_WIDTH),
        between(height, LEAST_HEIGHT, usable.h > LEAST_HEIGHT ? usable.h : LEAST_HEIGHT),
        SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | SDL_WINDOW_HIDDEN |
            (place->maximised ? SDL_WINDOW_MAXIMIZED : 0));
    if (window) {
        SDL_SetWindowMinimumSize(window, LEAST_WIDTH, LEAST_HEIGHT);
        heed_icon_set(window);
    }
    return window;
}

/* A first window of a fine screen has as many logical px as of another. */
static void grow_first(struct heed_window *window)
{
    SDL_Rect usable;
    const float scale = window->scale;
    if (scale <= 1.0f ||
        SDL_GetDisplayUsableBounds(SDL_GetWindowDisplayIndex(window->sdl), &usable) != 0) {
        return;
    }
    SDL_SetWindowSize(window->sdl, between((int)(FIRST_WIDTH * scale), LEAST_WIDTH, usable.w),
                      between((int)(FIRST_HEIGHT * scale), LEAST_HEIGHT, usable.h));
    SDL_SetWindowPosition(window->sdl, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED);
}

/* Of the window itself: not while it fills the screen. */
void heed_window_note_place(struct heed_window *window)
{
    const Uint32 flags = SDL_GetWindowFlags(window->sdl);
    struct heed_window_place *place = &window->place;
    if ((flags & (SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MINIMIZED)) != 0 ||
        window->fullscreen) {
        return;
    }
    place->maximised = (flags & SDL_WINDOW_MAXIMIZED) != 0;
    if (!place->maximised) {
        int top = 0, left = 0;
        SDL_GetWindowSize(window->sdl, &place->width, &place->height);
        SDL_GetWindowPosition(window->sdl, &place->x, &place->y);
        /* What a window is placed by is its frame's corner. */
        if (SDL_GetWindowBordersSize(window->sdl, &top, &left, NULL, NULL) == 0) {
            place->x -= left;
            place->y -= top;
        }
    }
}

float heed_window_scale(const struct heed_window *window)
{
    const float room =
        fminf((float)window->width / LEAST_WIDTH, (float)window->height / LEAST_HEIGHT);
    return fmaxf(fminf(window->pixel_ratio * window->scale, room),
                 fminf(window->pixel_ratio, window->scale * window->pixel_ratio));
}

/* A window and its context, or neither. */
static bool open_with(struct heed_window *window, struct heed_window_place *place, bool is_es)
{
    heed_gl_set_attributes(is_es);
    window->sdl = create_window(place);
    window->context = window->sdl ? SDL_GL_CreateContext(window->sdl) : NULL;
    if (window->sdl && !window->context) {
        SDL_DestroyWindow(window->sdl);
        window->sdl = NULL;
    }
    return window->context != NULL;
}

bool heed_window_open(struct heed_window *window, struct heed_window_place place,
                      struct heed_error *err)
{
    window->place = place;
    if ((heed_gl_wants_es() || !open_with(window, &place, false)) &&
        !open_with(window, &place, true)) {
        return heed_error_set(err, HEED_ERROR_SYSTEM,
                              "OpenGL 3.3 or OpenGL ES 3.0 is needed, and this display doesn't "
                              "give it (%s); try LIBGL_ALWAYS_SOFTWARE=1",
                              SDL_GetError());
    }
    window->scale = heed_desktop_scale(window->sdl);
    if (place.width == 0) {
        grow_first(window);
    }
    SDL_ShowWindow(window->sdl);
    /* A late frame is shown at once instead of waiting for the next turn. */
    if (SDL_GL_SetSwapInterval(-1) != 0) {
        SDL_GL_SetSwapInterval(1);
    }
    window->is_software = heed_gl_is_software();
    window->cursors[HEED_CURSOR_ARROW] = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_ARROW);
    window->cursors[HEED_CURSOR_TEXT] = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_IBEAM);
    window->cursors[HEED_CURSOR_HAND] = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_HAND);
    window->text_input = SDL_IsTextInputActive();
    heed_window_measure(window);
    return true;
}

void heed_window_close(struct heed_window *window)
{
    for (int i = 0; i < 3; i++) {
        SDL_FreeCursor(window->cursors[i]);
    }
    if (window->context) {
        SDL_GL_DeleteContext(window->context);
    }
    if (window->sdl) {
        SDL_DestroyWindow(window->sdl);
    }
    *window = (struct heed_window){0};
}

bool heed_window_measure(struct heed_window *window)
{
    int width = 0, height = 0, units = 0;
    SDL_GL_GetDrawableSize(window->sdl, &width, &height);
    SDL_GetWindowSize(window->sdl, &units, NULL);
    const float ratio = units > 0 ? (float)width / (float)units : 1.0f;
    const float dots = heed_desktop_dots(window->sdl);
    const bool resized =
        width != window->width || height != window->height || ratio != window->pixel_ratio;
    const bool changed = resized || dots != window->dots;
    window->keeps = window->keeps && !resized;
    window->dots = dots;
    window->width = width;
    window->height = height;
    window->pixel_ratio = ratio;
    return changed;
}

/* Pixels of the back buffer from corner to corner. */
static void read_samples(const struct heed_window *window, uint32_t samples[32])
{
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    for (int i = 0; i < 32; i++) {
        glReadPixels(window->width * i / 32, window->height * (i * 7 % 32) / 32, 1, 1, GL_RGBA,
                     GL_UNSIGNED_BYTE, &samples[i]);
    }
}

/* What is drawn by the processor is copied to the display and stays where it
 * was; a graphics card changes buffers, and has no need of it. */
void heed_window_show(struct heed_window *window)
{
    uint32_t before[32], after[32];
    const bool ask = window->is_software && !window->keeps;
    if (ask) {
        read_samples(window, before);
    }
    SDL_GL_SwapWindow(window->sdl);
    if (ask) {
        read_samples(window, after);
        window->keeps = memcmp(before, after, sizeof before) == 0;
    }
}

/* The text of a plain key. A sign on a shifted key isn't known here. */
static bool find_text(const SDL_KeyboardEvent *key, char text[8])
{
    const SDL_Keycode code = key->keysym.sym;
    const unsigned mods = key->keysym.mod;
    const bool letter = code >= 'a' && code <= 'z';
    const bool shift = (mods & KMOD_SHIFT) != 0;
    const bool upper = shift != ((mods & KMOD_CAPS) != 0);
    if (code < ' ' || (code >= 0x7F && code < 0xA0) || code > 0x10FFFF ||
        (mods & (KMOD_CTRL | KMOD_ALT | KMOD_GUI | KMOD_MODE)) != 0 || (!letter && shift)) {
        return false;
    }
    const uint32_t c = (uint32_t)(letter && upper ? code - 'a' + 'A' : code);
    text[heed_utf8_encode(c, text)] = '\0';
    return true;
}

static bool is_next(Uint32 type)
{
    SDL_Event next;
    return SDL_PeepEvents(&next, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
           next.type == type;
}

/* Keys that were pressed while the window was busy lie in the queue without
 * their text: SDL makes it only while text is asked for. Each event goes from the
 * queue's head to its end, so that all of them are in their order again. */
static void supply_text(void)
{
    const int n = SDL_PeepEvents(NULL, 0, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
    for (int i = 0; i < n; i++) {
        SDL_Event event, typed = {.text = {.type = SDL_TEXTINPUT}};
        if (SDL_PeepEvents(&event, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) != 1) {
            return;
        }
        SDL_PeepEvents(&event, 1, SDL_ADDEVENT, 0, 0);
        const bool has_text = i + 1 < n && is_next(SDL_TEXTINPUT);
        if (event.type == SDL_KEYDOWN && !has_text && find_text(&event.key, typed.text.text)) {
            typed.text.windowID = event.key.windowID;
            SDL_PeepEvents(&typed, 1, SDL_ADDEVENT, 0, 0);
        }
    }
}

void heed_window_follow(struct heed_window *window, const struct heed_effects *effects)
{
    if (effects->cursor != window->cursor && window->cursors[effects->cursor]) {
        SDL_SetCursor(window->cursors[effects->cursor]);
        window->cursor = effects->cursor;
    }
    if (effects->fullscreen != window->fullscreen) {
        window->fullscreen = effects->fullscreen;
        SDL_SetWindowFullscreen(window->sdl,
                                effects->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    }
    if (effects->text_input != window->text_input) {
        window->text_input = effects->text_input;
        if (effects->text_input) {
            SDL_StartTextInput();
            supply_text();
        } else {
            SDL_StopTextInput();
        }
    }
    if (effects->raise_input) {
        const float ratio = window->pixel_ratio;
        const SDL_Rect rect = {
            (int)floorf(effects->input.x / ratio), (int)floorf(effects->input.y / ratio),
            (int)ceilf(effects->input.w / ratio), (int)ceilf(effects->input.h / ratio)};
        SDL_SetTextInputRect(&rect);
    }
}

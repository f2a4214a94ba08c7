#include "app/app_teacher.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/app_files.h"
#include "app/app_handle.h"
#include "app/app_icon.h"
#include "app/app_private.h"
#include "base/clock.h"
#include "draw/hit.h"
#include "render/cairo/cairo_painter.h"
#include "scene/chrome/teacher.h"
#include "scene/widgets/target.h"
#include "ui/sheet/teacher.h"
#include "ui/ui.h"

enum { LEAST_NOTES = 12, MOST_NOTES = 40, LEAST_WIDTH = 720, LEAST_HEIGHT = 450 };

/* Two pictures lie at least so far apart, s: the hall's comes first. */
static const double pause = 0.1;

struct heed_app_teacher {
    SDL_Window *window; /* NULL: closed */
    struct heed_pango *pango;
    struct heed_list list;
    struct heed_rect wall;
    struct heed_pixels pixels; /* of the picture; owned */
    struct heed_target hot, pressed;
    float notes;
    double painted_at, next_at; /* next_at negative: never */
    /* Also while it is closed: */
    const struct heed_lesson *running;
    double began_at;
};

static struct heed_app_teacher *get(struct heed_app *app)
{
    if (!app->teacher) {
        app->teacher = calloc(1, sizeof *app->teacher);
        if (app->teacher) {
            app->teacher->notes = HEED_TEACHER_NOTES;
            app->teacher->next_at = -1.0;
        }
    }
    return app->teacher;
}

static void follow_lesson(struct heed_app *app)
{
    struct heed_app_teacher *it = get(app);
    const struct heed_lesson *running = heed_ui_get_running(app->ui);
    if (it && running != it->running) {
        it->running = running;
        it->began_at = heed_clock_seconds();
    }
}

/* --- the picture --- */

static bool fit_pixels(struct heed_pixels *pixels, int width, int height)
{
    if (pixels->data && pixels->width == width && pixels->height == height) {
        return true;
    }
    free(pixels->data);
    *pixels = (struct heed_pixels){.width = width, .height = height, .stride = 4 * width};
    pixels->data = calloc((size_t)height, (size_t)pixels->stride);
    return pixels->data != NULL;
}

static struct heed_teacher_page describe(const struct heed_app_teacher *it, int width, int height)
{
    struct tm day = {0};
    const time_t now = time(NULL);
    localtime_r(&now, &day);
    return (struct heed_teacher_page){.width = (float)width,
                                      .height = (float)height,
                                      .elapsed = (int)(heed_clock_seconds() - it->began_at),
                                      .hour = day.tm_hour,
                                      .minute = day.tm_min,
                                      .notes = it->notes,
                                      .hot = it->hot};
}

/* The window's list without what hides it. */
static bool paint_wall(const struct heed_app_teacher *it, const struct heed_list *wall,
                       bool is_blank, struct heed_error *err)
{
    struct heed_list seen = *wall;
    seen.n_items -= is_blank && seen.n_items > 0;
    return seen.width <= 0 || heed_cairo_paint(it->pango, &seen, &it->pixels, it->wall.x,
                                               it->wall.y, it->wall.w / seen.width, err);
}

static bool put_on_screen(struct heed_app *app)
{
    const struct heed_app_teacher *it = app->teacher;
    SDL_Surface *to = SDL_GetWindowSurface(it->window);
    SDL_Surface *from =
        SDL_CreateRGBSurfaceWithFormatFrom(it->pixels.data, it->pixels.width, it->pixels.height, 32,
                                           it->pixels.stride, SDL_PIXELFORMAT_RGB888);
    const bool ok = to && from && SDL_BlitSurface(from, NULL, to, NULL) == 0 &&
                    SDL_UpdateWindowSurface(it->window) == 0;
    SDL_FreeSurface(from);
    /* A display may draw a surface by a context of its own. */
    SDL_GL_MakeCurrent(app->window.sdl, app->window.context);
    return ok;
}

static void paint(struct heed_app *app, const struct heed_list *wall)
{
    struct heed_app_teacher *it = app->teacher;
    struct heed_error err = {0};
    int width = 0, height = 0;
    bool is_blank = false;
    SDL_GetWindowSize(it->window, &width, &height);
    if (width < 1 || height < 1 || !fit_pixels(&it->pixels, width, height)) {
        return;
    }
    const struct heed_teacher_page page = describe(it, width, height);
    heed_ui_build_teacher(app->ui, heed_pango_get_metrics(it->pango), &page, &it->list, &it->wall,
                          &is_blank);
    const bool ok = heed_cairo_paint(it->pango, &it->list, &it->pixels, 0, 0, 1, &err) &&
                    paint_wall(it, wall, is_blank, &err);
    if (!ok || !put_on_screen(app)) {
        heed_app_close_teacher(app);
        heed_app_say(app, true, ok ? SDL_GetError() : err.text);
        return;
    }
    it->painted_at = heed_clock_seconds();
    it->next_at = it->painted_at + 1.0; /* the clock */
}

void heed_app_show_teacher(struct heed_app *app, const struct heed_list *wall)
{
    follow_lesson(app);
    struct heed_app_teacher *it = app->teacher;
    if (!it || !it->window) {
        return;
    }
    if (heed_clock_seconds() - it->painted_at >= pause) {
        paint(app, wall);
    } else {
        it->next_at = it->painted_at + pause;
    }
}

void heed_app_step_teacher(struct heed_app *app)
{
    if (heed_app_teacher_next(app) >= 0.0 && heed_clock_seconds() >= heed_app_teacher_next(app)) {
        app->redraw = true; /* the window's list is the wall's picture */
    }
}

double heed_app_teacher_next(const struct heed_app *app)
{
    return app->teacher && app->teacher->window ? app->teacher->next_at : -1.0;
}

/* --- the window --- */

/* Another screen than that on which the window is; its own, if there is one alone. */
static int find_screen(const struct heed_app *app)
{
    const int own = SDL_GetWindowDisplayIndex(app->window.sdl);
    return SDL_GetNumVideoDisplays() > 1 ? (own == 0 ? 1 : 0) : own;
}

static void open(struct heed_app *app)
{
    struct heed_app_teacher *it = get(app);
    struct heed_error err = {0};
    const int at = (int)SDL_WINDOWPOS_CENTERED_DISPLAY((unsigned)find_screen(app));
    if (!it || (!it->pango && !heed_pango_create(&it->pango, &err))) {
        heed_app_say(app, true, it ? err.text : "out of memory");
        return;
    }
    if (strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0) { /* others may have no other way */
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    }
    it->window = SDL_CreateWindow("heed: teacher", at, at, HEED_TEACHER_WIDTH, HEED_TEACHER_HEIGHT,
                                  SDL_WINDOW_RESIZABLE);
    if (!it->window) {
        heed_app_say(app, true, SDL_GetError());
        return;
    }
    SDL_SetWindowMinimumSize(it->window, LEAST_WIDTH, LEAST_HEIGHT);
    heed_icon_set(it->window);
    follow_lesson(app);
    it->painted_at = 0;
    app->redraw = true;
}

static void close_window(struct heed_app_teacher *it)
{
    if (it->window) {
        SDL_DestroyWindow(it->window);
    }
    it->window = NULL;
    it->next_at = -1.0;
    it->hot = it->pressed = (struct heed_target){0};
}

void heed_app_toggle_teacher(struct heed_app *app)
{
    if (app->teacher && app->teacher->window) {
        close_window(app->teacher);
    } else {
        open(app);
    }
}

void heed_app_offer_teacher(struct heed_app *app)
{
    if (SDL_GetNumVideoDisplays() > 1 && !(app->teacher && app->teacher->window)) {
        open(app);
    }
}

void heed_app_close_teacher(struct heed_app *app)
{
    struct heed_app_teacher *it = app->teacher;
    if (it) {
        close_window(it);
        heed_list_finish(&it->list);
        heed_pango_destroy(it->pango);
        free(it->pixels.data);
        free(it);
        app->teacher = NULL;
    }
}

/* --- its events --- */

static struct heed_target find(const struct heed_app_teacher *it, int x, int y)
{
    const struct heed_item *item = heed_list_hit(&it->list, (float)x, (float)y);
    return item && item->target.kind == HEED_TARGET_COMMAND ? item->target
                                                            : (struct heed_target){0};
}

static void point(struct heed_app *app, struct heed_target target)
{
    if (!heed_target_equal(target, app->teacher->hot)) {
        app->teacher->hot = target;
        app->redraw = true;
    }
}

static void press(struct heed_app *app, const SDL_MouseButtonEvent *event)
{
    struct heed_app_teacher *it = app->teacher;
    const struct heed_target target = find(it, event->x, event->y);
    const bool down = event->type == SDL_MOUSEBUTTONDOWN;
    const bool meant = !down && target.kind != 0 && heed_target_equal(target, it->pressed);
    it->pressed = down && event->button == SDL_BUTTON_LEFT ? target : (struct heed_target){0};
    if (meant) {
        heed_app_handle(app, (struct heed_event){.kind = HEED_EVENT_COMMAND,
                                                 .command = target.a,
                                                 .argument = target.b});
    }
}

/* Ctrl and plus, minus or 0: the notes' type. */
static bool take_key(struct heed_app *app, const SDL_Keysym *key)
{
    struct heed_app_teacher *it = app->teacher;
    const bool larger =
        key->sym == SDLK_PLUS || key->sym == SDLK_EQUALS || key->sym == SDLK_KP_PLUS;
    const bool smaller = key->sym == SDLK_MINUS || key->sym == SDLK_KP_MINUS;
    if (!(key->mod & KMOD_CTRL) || (!larger && !smaller && key->sym != SDLK_0)) {
        return false;
    }
    const float notes = larger ? it->notes + 2 : smaller ? it->notes - 2 : HEED_TEACHER_NOTES;
    it->notes = notes < LEAST_NOTES ? LEAST_NOTES : notes > MOST_NOTES ? MOST_NOTES : notes;
    app->redraw = true;
    return true;
}

static void take_window(struct heed_app *app, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_CLOSE) {
        close_window(app->teacher);
    } else if (event->event == SDL_WINDOWEVENT_LEAVE) {
        point(app, (struct heed_target){0});
    } else if (event->event == SDL_WINDOWEVENT_EXPOSED ||
               event->event == SDL_WINDOWEVENT_SIZE_CHANGED) {
        app->teacher->painted_at = 0;
        app->redraw = true;
    }
}

bool heed_app_take_teacher_event(struct heed_app *app, const SDL_Event *event)
{
    const struct heed_app_teacher *it = app->teacher;
    /* The kinds that have a window have it at one place. */
    if (!it || !it->window || event->window.windowID != SDL_GetWindowID(it->window)) {
        return false;
    }
    switch (event->type) {
    case SDL_WINDOWEVENT:
        take_window(app, &event->window);
        return true;
    case SDL_MOUSEMOTION:
        point(app, find(it, event->motion.x, event->motion.y));
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        press(app, &event->button);
        return true;
    case SDL_MOUSEWHEEL:
        return true;
    case SDL_KEYDOWN:
        return take_key(app, &event->key.keysym);
    default:
        return false; /* keys mean what they mean there */
    }
}

#include "app/app_end.h"

#include <SDL.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "app/app_files.h"
#include "base/compiler.h"

/* From being asked to end to the end, whatever holds it up. */
static const struct itimerval time_to_end = {.it_value = {.tv_sec = 1, .tv_usec = 800000}};

static const int asking[] = {SIGINT, SIGTERM, SIGHUP};
static void (*of_sdl)(int); /* makes an event of it */

/* Handlers call only what a handler may. */
static void on_time_up(int number)
{
    static const char line[] =
        "heed: something held the end up; the last second may not be saved\n";
    (void)number;
    const ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
    (void)ignored;
    _exit(1);
}

static void on_asked(int number)
{
    heed_end_begin();
    of_sdl(number);
}

void heed_end_begin(void)
{
    struct itimerval left;
    if (getitimer(ITIMER_REAL, &left) == 0 && left.it_value.tv_sec == 0 &&
        left.it_value.tv_usec == 0) {
        setitimer(ITIMER_REAL, &time_to_end, NULL);
    }
}

void heed_end_watch(void)
{
    struct sigaction action;
    if (sigaction(SIGTERM, NULL, &action) != 0 || action.sa_handler == SIG_DFL ||
        action.sa_handler == SIG_IGN) {
        return;
    }
    of_sdl = action.sa_handler;
    action.sa_handler = on_asked;
    for (size_t i = 0; i < HEED_COUNT(asking); i++) {
        sigaction(asking[i], &action, NULL);
    }
    action.sa_handler = on_time_up;
    sigaction(SIGALRM, &action, NULL);
}

static struct heed_app *saved_app;

/* Xlib calls it when the connection is gone, and ends the program after. */
static int on_display_lost(void *display)
{
    struct heed_error err = {0};
    struct heed_app *app = saved_app;
    (void)display;
    saved_app = NULL;
    if (app && !heed_app_save_last(app, true, &err)) {
        fprintf(stderr, "heed: the display is gone, and the state is lost: %s\n", err.text);
    } else {
        fprintf(stderr, "heed: the display is gone; the state is saved: start heed again\n");
    }
    _exit(1);
}

void heed_end_save_from(struct heed_app *app)
{
    typedef int (*handler)(void *display);
    union {
        void *address;
        handler (*call)(handler);
    } set = {NULL};
    const char *driver = SDL_GetCurrentVideoDriver();
    saved_app = app;
    if (!app || !driver || strcmp(driver, "x11") != 0) {
        return;
    }
    /* The library that SDL has opened, once more. */
    void *x11 = SDL_LoadObject("libX11.so.6");
    set.address = x11 ? SDL_LoadFunction(x11, "XSetIOErrorHandler") : NULL;
    if (set.address) {
        set.call(on_display_lost);
    }
}

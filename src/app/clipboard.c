#include "app/clipboard.h"

#include <SDL.h>
#include <SDL_syswm.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app_window.h"

#ifdef HEED_HAVE_X11
#include <X11/Xatom.h>
#include <X11/Xlib.h>

struct heed_clipboard {
    Display *display;
    Window window;
    Atom clipboard, targets;
    Atom types[HEED_MOST_CLIPS];
    struct heed_buffer bytes[HEED_MOST_CLIPS];
    size_t n;
    int end[2]; /* a byte in it ends the thread */
    pthread_t thread;
    bool runs;
};

static void put_targets(const struct heed_clipboard *it, const XSelectionRequestEvent *request)
{
    unsigned long atoms[HEED_MOST_CLIPS + 1] = {it->targets};
    for (size_t i = 0; i < it->n; i++) {
        atoms[i + 1] = it->types[i];
    }
    XChangeProperty(it->display, request->requestor, request->property, XA_ATOM, 32,
                    PropModeReplace, (const unsigned char *)atoms, (int)it->n + 1);
}

/* Gives one program what it asks for; property None tells it that there is none. */
static void answer(struct heed_clipboard *it, const XSelectionRequestEvent *request)
{
    XSelectionEvent reply = {.type = SelectionNotify,
                             .requestor = request->requestor,
                             .selection = request->selection,
                             .target = request->target,
                             .time = request->time};
    const long most = XExtendedMaxRequestSize(it->display) > 0
                          ? XExtendedMaxRequestSize(it->display)
                          : XMaxRequestSize(it->display);
    if (request->target == it->targets && request->property != None) {
        put_targets(it, request);
        reply.property = request->property;
    }
    for (size_t i = 0; i < it->n && request->property != None; i++) {
        if (request->target == it->types[i] && it->bytes[i].size < (size_t)most * 4 - 256) {
            XChangeProperty(it->display, request->requestor, request->property, it->types[i], 8,
                            PropModeReplace, (const unsigned char *)it->bytes[i].data,
                            (int)it->bytes[i].size);
            reply.property = request->property;
        }
    }
    XSendEvent(it->display, request->requestor, False, 0, (XEvent *)&reply);
    XFlush(it->display);
}

/* A program that asked and is gone by now is no reason to end. */
static int ignore(Display *display, XErrorEvent *error)
{
    (void)display;
    (void)error;
    return 0;
}

static void *serve(void *context)
{
    struct heed_clipboard *it = context;
    struct pollfd polled[2] = {{.fd = ConnectionNumber(it->display), .events = POLLIN},
                               {.fd = it->end[0], .events = POLLIN}};
    bool owned = true;
    while (owned && polled[1].revents == 0 && (polled[0].revents & (POLLHUP | POLLERR)) == 0) {
        while (owned && XPending(it->display) > 0) {
            XEvent event;
            XNextEvent(it->display, &event);
            if (event.type == SelectionRequest) {
                answer(it, &event.xselectionrequest);
            }
            owned = event.type != SelectionClear;
        }
        if (owned && poll(polled, 2, -1) < 0 && errno != EINTR) {
            break;
        }
    }
    return NULL;
}

static bool open_display(struct heed_clipboard *it, const struct heed_clip *clips,
                         struct heed_error *err)
{
    it->display = XOpenDisplay(NULL);
    if (!it->display) {
        return heed_error_set(err, HEED_ERROR_SYSTEM, "the display's clipboard can't be opened");
    }
    it->window =
        XCreateSimpleWindow(it->display, DefaultRootWindow(it->display), 0, 0, 1, 1, 0, 0, 0);
    it->clipboard = XInternAtom(it->display, "CLIPBOARD", False);
    it->targets = XInternAtom(it->display, "TARGETS", False);
    for (size_t i = 0; i < it->n; i++) {
        it->types[i] = XInternAtom(it->display, clips[i].type, False);
    }
    XSetSelectionOwner(it->display, it->clipboard, it->window, CurrentTime);
    return XGetSelectionOwner(it->display, it->clipboard) == it->window ||
           heed_error_set(err, HEED_ERROR_SYSTEM, "another program holds the clipboard");
}

static bool offer_on_x11(struct heed_clipboard **clipboard, const struct heed_clip *clips, size_t n,
                         struct heed_error *err)
{
    struct heed_clipboard *it = calloc(1, sizeof *it);
    if (!it || pipe(it->end) != 0) {
        free(it);
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for the clipboard");
    }
    it->n = n < HEED_MOST_CLIPS ? n : HEED_MOST_CLIPS;
    XSetErrorHandler(ignore);
    bool ok = open_display(it, clips, err);
    if (ok) {
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        for (size_t i = 0; i < it->n; i++) {
            it->bytes[i] = *clips[i].bytes;
            *clips[i].bytes = (struct heed_buffer){0};
        }
        it->runs = pthread_create(&it->thread, NULL, serve, it) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        ok = it->runs || heed_error_set(err, HEED_ERROR_SYSTEM, "no thread for the clipboard");
    }
    if (!ok) {
        heed_clipboard_close(it);
        return false;
    }
    *clipboard = it;
    return true;
}

void heed_clipboard_close(struct heed_clipboard *it)
{
    if (!it) {
        return;
    }
    if (it->runs) {
        const ssize_t ignored = write(it->end[1], "", 1);
        (void)ignored;
        pthread_join(it->thread, NULL);
    }
    if (it->display) {
        XCloseDisplay(it->display);
    }
    for (size_t i = 0; i < it->n; i++) {
        heed_buffer_finish(&it->bytes[i]);
    }
    close(it->end[0]);
    close(it->end[1]);
    free(it);
}
#else
static bool offer_on_x11(struct heed_clipboard **clipboard, const struct heed_clip *clips, size_t n,
                         struct heed_error *err)
{
    return heed_error_set(err, HEED_ERROR_UNSUPPORTED,
                          "this heed was built without X11: copy the file instead");
}

void heed_clipboard_close(struct heed_clipboard *it)
{
    (void)it;
}
#endif

/* wl-copy goes on by itself and ends when something else is copied. It offers one kind. */
static bool offer_on_wayland(const struct heed_clip *clip, struct heed_error *err)
{
    char command[96];
    snprintf(command, sizeof command, "wl-copy --type %s 2>/dev/null", clip->type);
    FILE *pipe = popen(command, "w");
    const bool ok =
        pipe && fwrite(clip->bytes->data, 1, clip->bytes->size, pipe) == clip->bytes->size;
    const int status = pipe ? pclose(pipe) : -1;
    return (ok && status == 0) ||
           heed_error_set(err, HEED_ERROR_SYSTEM,
                          "a picture is copied on Wayland by wl-copy (package wl-clipboard), "
                          "which isn't there");
}

bool heed_clipboard_offer(struct heed_clipboard **clipboard, const struct heed_window *window,
                          const struct heed_clip *clips, size_t n, struct heed_error *err)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    const bool known = SDL_GetWindowWMInfo(window->sdl, &info);
    return known && info.subsystem == SDL_SYSWM_WAYLAND ? offer_on_wayland(&clips[0], err)
                                                        : offer_on_x11(clipboard, clips, n, err);
}

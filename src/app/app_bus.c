#include "app/app_bus.h"

#include <gio/gio.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MOST_FDS = 64 };

/* The main thread owns GLib's context for good, so that others that add to it wake it. */
struct heed_bus {
    GMainContext *context;
    pthread_t thread;
    int knock; /* an eventfd: stop waiting, there is something new to wait for */
    pthread_mutex_t lock;
    pthread_cond_t given;
    GPollFD fds[MOST_FDS + 1]; /* the last is knock */
    int n, timeout;
    bool waits, quits;
    void (*wake)(void *context);
    void *wake_context;
    GDBusConnection *session;
    GCancellable *cancel; /* what is asked for it */
    struct {
        void (*ready)(GDBusConnection *session, void *context);
        void *context;
    } guests[HEED_BUS_GUESTS]; /* who wait for it */
    int n_guests;
};

/* Waits for what it was given, once, and says that it came. */
static void *wait_for(void *argument)
{
    struct heed_bus *bus = argument;
    struct pollfd fds[MOST_FDS + 1];
    pthread_mutex_lock(&bus->lock);
    while (!bus->quits) {
        if (!bus->waits) {
            pthread_cond_wait(&bus->given, &bus->lock);
            continue;
        }
        const int n = bus->n;
        for (int i = 0; i < n; i++) {
            fds[i] = (struct pollfd){.fd = bus->fds[i].fd, .events = (short)bus->fds[i].events};
        }
        const int timeout = bus->timeout;
        pthread_mutex_unlock(&bus->lock);
        const int came = poll(fds, (nfds_t)n, timeout);
        pthread_mutex_lock(&bus->lock);
        if (came > 0 && (fds[n - 1].revents & POLLIN) != 0) {
            uint64_t count;
            if (read(bus->knock, &count, sizeof count) < 0) {
                continue;
            }
            continue; /* the main thread has turned, and gives anew */
        }
        bus->waits = false;
        if (!bus->quits) {
            bus->wake(bus->wake_context);
        }
    }
    pthread_mutex_unlock(&bus->lock);
    return NULL;
}

static void knock(struct heed_bus *bus)
{
    const uint64_t one = 1;
    if (write(bus->knock, &one, sizeof one) < 0) {
        return; /* it is full: somebody knocks already */
    }
}

/* What is to be waited for now, to the thread. */
static void give(struct heed_bus *bus)
{
    gint priority = 0, timeout = -1;
    GPollFD fds[MOST_FDS];
    g_main_context_prepare(bus->context, &priority);
    int n = g_main_context_query(bus->context, priority, &timeout, fds, MOST_FDS);
    n = n < MOST_FDS ? n : MOST_FDS;
    pthread_mutex_lock(&bus->lock);
    bool same = bus->waits && bus->n == n + 1 && timeout < 0 && bus->timeout < 0;
    for (int i = 0; same && i < n; i++) {
        same = fds[i].fd == bus->fds[i].fd && fds[i].events == bus->fds[i].events;
    }
    if (!same) {
        for (int i = 0; i < n; i++) {
            bus->fds[i] = fds[i];
        }
        bus->fds[n] = (GPollFD){.fd = bus->knock, .events = G_IO_IN};
        bus->n = n + 1;
        bus->timeout = timeout;
        if (bus->waits) {
            knock(bus);
        }
        bus->waits = true;
        pthread_cond_signal(&bus->given);
    }
    pthread_mutex_unlock(&bus->lock);
}

/* --- the session's bus --- */

/* Without one GLib would start one. */
static bool has_session(void)
{
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    const char *folder = getenv("XDG_RUNTIME_DIR");
    char path[4096];
    if (address && *address) {
        return true;
    }
    snprintf(path, sizeof path, "%s/bus", folder && *folder ? folder : "");
    return folder && *folder && access(path, F_OK) == 0;
}

static void welcome(GObject *source, GAsyncResult *result, gpointer context)
{
    GDBusConnection *session = g_bus_get_finish(result, NULL);
    if (!session) {
        return; /* nobody is there, or the window is gone */
    }
    struct heed_bus *bus = context;
    bus->session = session;
    g_dbus_connection_set_exit_on_close(session, FALSE);
    for (int i = 0; i < bus->n_guests; i++) {
        bus->guests[i].ready(session, bus->guests[i].context);
    }
    bus->n_guests = 0;
}

void heed_bus_join(struct heed_bus *bus, void (*ready)(GDBusConnection *session, void *context),
                   void *context)
{
    if (bus && bus->session) {
        ready(bus->session, context);
    } else if (bus && bus->n_guests < HEED_BUS_GUESTS) {
        bus->guests[bus->n_guests].ready = ready;
        bus->guests[bus->n_guests++].context = context;
    }
}

GDBusConnection *heed_bus_get_session(const struct heed_bus *bus)
{
    return bus ? bus->session : NULL;
}

/* --- the loop --- */

struct heed_bus *heed_bus_create(void (*wake)(void *context), void *context)
{
    struct heed_bus *bus = calloc(1, sizeof *bus);
    if (!bus) {
        return NULL;
    }
    bus->context = g_main_context_default();
    bus->wake = wake;
    bus->wake_context = context;
    bus->knock = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    pthread_mutex_init(&bus->lock, NULL);
    pthread_cond_init(&bus->given, NULL);
    if (bus->knock < 0 || !g_main_context_acquire(bus->context)) {
        heed_bus_destroy(bus);
        return NULL;
    }
    if (pthread_create(&bus->thread, NULL, wait_for, bus) != 0) {
        bus->quits = true;
        heed_bus_destroy(bus);
        return NULL;
    }
    if (has_session()) {
        bus->cancel = g_cancellable_new();
        g_bus_get(G_BUS_TYPE_SESSION, bus->cancel, welcome, bus);
    }
    give(bus);
    return bus;
}

void heed_bus_turn(struct heed_bus *bus)
{
    if (!bus) {
        return;
    }
    while (g_main_context_iteration(bus->context, FALSE)) {
    }
    give(bus);
}

void heed_bus_destroy(struct heed_bus *bus)
{
    if (!bus) {
        return;
    }
    bus->n_guests = 0;
    if (bus->cancel) {
        g_cancellable_cancel(bus->cancel);
        while (g_main_context_iteration(bus->context, FALSE)) { /* what was asked ends */
        }
        g_object_unref(bus->cancel);
        g_clear_object(&bus->session);
    }
    if (bus->thread) {
        pthread_mutex_lock(&bus->lock);
        bus->quits = true;
        pthread_cond_signal(&bus->given);
        pthread_mutex_unlock(&bus->lock);
        knock(bus);
        pthread_join(bus->thread, NULL);
    }
    if (bus->knock >= 0) {
        close(bus->knock);
    }
    pthread_cond_destroy(&bus->given);
    pthread_mutex_destroy(&bus->lock);
    g_main_context_release(bus->context);
    free(bus);
}

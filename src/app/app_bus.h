/*
 * The session's bus and what else lives in GLib's main loop, beside SDL's: a thread waits
 * for its descriptors while the window's thread waits for events, and wakes it. Nothing
 * turns while nothing happens. Main thread.
 */
#ifndef HEED_APP_APP_BUS_H
#define HEED_APP_APP_BUS_H

struct _GDBusConnection;
struct heed_bus;

/* wake is called on the bus's thread when heed_bus_turn has something to do. NULL: there is
 * no memory, or no thread; then there is no bus. */
struct heed_bus *heed_bus_create(void (*wake)(void *context), void *context);
void heed_bus_destroy(struct heed_bus *bus); /* NULL is harmless */
/* Does what is due, and waits for the next by itself. To be called after each event. */
void heed_bus_turn(struct heed_bus *bus);
/* Tells once when the session's bus is there: at once, later, or never where there is none (no
 * bus is started, none is waited for, and NULL has none). At most HEED_BUS_GUESTS ask. */
enum { HEED_BUS_GUESTS = 4 };
void heed_bus_join(struct heed_bus *bus,
                   void (*ready)(struct _GDBusConnection *session, void *context), void *context);
/* NULL: it isn't there, or not yet. */
struct _GDBusConnection *heed_bus_get_session(const struct heed_bus *bus);

#endif

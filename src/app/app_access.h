/*
 * The window for screen readers: the tree of ui/input/spoken.h by ATK and its bridge to
 * AT-SPI. Nothing is made before the desktop says that somebody listens; without a session
 * bus, or in a build without ATK, never. Main thread.
 */
#ifndef HEED_APP_APP_ACCESS_H
#define HEED_APP_APP_ACCESS_H

struct heed_app;
struct heed_access;

/* Asks the desktop. NULL: nobody will ever listen. */
struct heed_access *heed_access_create(struct heed_app *app);
void heed_access_destroy(struct heed_access *access); /* NULL is harmless, as below */
/* After a picture was shown: what has changed is told. */
void heed_access_follow(struct heed_access *access);

#endif

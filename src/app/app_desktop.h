/*
 * What the desktop wishes of a window: its scale, and whether things may move. Nothing
 * here waits for anyone.
 */
#ifndef HEED_APP_APP_DESKTOP_H
#define HEED_APP_APP_DESKTOP_H

#include <SDL.h>
#include <stdbool.h>

struct heed_bus;

/* Logical px a window unit: GDK_SCALE, else Xft.dpi, else what SDL makes of a screen that is
 * much finer than usual; 1 where units are logical already (Wayland). Main thread. */
float heed_desktop_scale(SDL_Window *window);

/* Dots an inch of the screen that the window is on, px of its drawable; 0: it doesn't say, or
 * says what no screen is. Main thread. */
float heed_desktop_dots(SDL_Window *window);

/* Asks for reduced motion: GTK's settings.ini, then the desktop's portal by the session's bus,
 * which is followed. Main thread, once. */
void heed_desktop_watch(struct heed_bus *bus);
/* As far as it has answered. Main thread. */
bool heed_desktop_is_still(void);

#endif

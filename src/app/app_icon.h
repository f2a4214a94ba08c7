/* The program's icon, as assets/desktop/heed.svg has it, for desktops that know no
 * installed one. Main thread. */
#ifndef HEED_APP_APP_ICON_H
#define HEED_APP_APP_ICON_H

#include <SDL.h>

/* Without memory the window has none. */
void heed_icon_set(SDL_Window *window);

#endif

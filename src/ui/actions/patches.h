/* Patches of a file's picture under the arrow keys. Inside ui; one thread. */
#ifndef HEED_UI_ACTIONS_PATCHES_H
#define HEED_UI_ACTIONS_PATCHES_H

#include <stdbool.h>

#include "draw/hit.h"
#include "ui/window/window.h"

/* Of a patch in view the one beside it; at the picture's edge itself. False: it is none. */
bool heed_ui_next_patch(const struct heed_ui *ui, struct heed_target patch, int right, int down,
                        struct heed_target *next);
/* Moves the pinned patch: the query, or the key where the query is none. False: there is none
 * in view. */
bool heed_ui_move_patch(struct heed_ui *ui, int right, int down);

#endif

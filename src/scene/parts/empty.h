/* A picture that can't be: it says why and how to get back. */
#ifndef HEED_SCENE_PARTS_EMPTY_H
#define HEED_SCENE_PARTS_EMPTY_H

#include <stdbool.h>

#include "scene/frame/frame.h"

/* An empty picture that says why and how to get back. */
void heed_view_empty(struct heed_frame *frame, struct heed_rect rect, const char *why,
                     const char *how);
/* The same where no token is left. */
void heed_view_no_token(struct heed_frame *frame, struct heed_rect rect);
/* Draws that, or that no head is shown, and returns true if there is nothing
 * else to draw. There are maps. */
bool heed_view_is_empty(struct heed_frame *frame, struct heed_rect rect, int n_shown);

#endif

/*
 * Tokens that are patches of a file's picture, as those patches. Inside scene only;
 * pure.
 */
#ifndef HEED_SCENE_PARTS_PATCHES_H
#define HEED_SCENE_PARTS_PATCHES_H

#include "core/engine/picture.h"
#include "scene/frame/shown.h"

/* NULL: the file has none. */
const struct heed_picture *heed_frame_get_picture(const struct heed_frame *frame);
/* The token's patch fitted into a square, framed; false, and nothing drawn, if it is
 * none. */
bool heed_patch_draw(const struct heed_frame *frame, int token, struct heed_rect square);
/* True if the token is a patch. */
bool heed_patch_is(const struct heed_frame *frame, int token);
/* Rings round the patches of these units. */
void heed_picture_mark(const struct heed_frame *frame, struct heed_rect rect,
                       struct heed_range units);
/* The whole picture, or the pale one without colour. */
void heed_picture_draw(const struct heed_frame *frame, struct heed_rect rect, bool pale);

#endif

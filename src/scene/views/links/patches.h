/*
 * Links of a picture's patches: for each shown head the picture under what the query
 * gives its patches, and the largest keys. In the place of the lists.
 */
#ifndef HEED_SCENE_VIEWS_LINKS_PATCHES_H
#define HEED_SCENE_VIEWS_LINKS_PATCHES_H

#include <stdbool.h>

#include "core/engine/picture.h"
#include "draw/hit.h"
#include "scene/frame/frame.h"
#include "scene/frame/kind.h"

/* The file has a picture whose patches are keys, and the lists weren't asked for. */
bool heed_patches_wanted(const struct heed_frame *frame);
void heed_patches_draw(struct heed_frame *frame, struct heed_rect rect);
/* What a patch of the picture is to the pointer and the keyboard: a query if it is one, else
 * a key. */
struct heed_target heed_patches_target(const struct heed_picture *picture, int row, int column);
/* px that an export of this width needs. */
float heed_patches_height(struct heed_frame *frame, float width);
/* "Patches", "Lists" in the tab row, of a file with a picture. */
float heed_patches_options(const struct heed_options_place *place);

#endif

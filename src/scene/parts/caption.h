/*
 * The sentences that say what a picture is and what it leaves out, for a
 * caption and a file's metadata. Inside scene and export; pure.
 */
#ifndef HEED_SCENE_PARTS_CAPTION_H
#define HEED_SCENE_PARTS_CAPTION_H

#include "scene/frame/frame.h"

enum { HEED_CAPTION_BYTES = 2048 };

/* Model, heads in both numberings, pins, filters with how many links they leave
 * out, and what hidden tokens hold in each head. name: the picture's, "links".
 * After it was drawn; at most `size` bytes, ended before a part that has no room. */
void heed_caption(const struct heed_frame *frame, const char *name, char *text, size_t size);

#endif

/*
 * What a picture leaves out or changes, in words, clause by clause, and the
 * command that takes each back: the one place where it is said. Inside scene
 * only; pure.
 */
#ifndef HEED_SCENE_PROVISOS_H
#define HEED_SCENE_PROVISOS_H

#include "scene/commands.h"
#include "scene/view.h"

enum { HEED_PROVISO_TEXT = 256, HEED_MAX_PROVISOS = 16 };

struct heed_proviso {
    char text[HEED_PROVISO_TEXT];
    enum heed_command undo; /* NONE: follows from another, or can't be helped */
    int32_t argument;
};

/* short_form chooses fewer words. Returns how many. */
int heed_provisos_collect(const struct heed_frame *frame, bool short_form,
                          struct heed_proviso provisos[HEED_MAX_PROVISOS]);

#endif

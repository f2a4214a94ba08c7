/*
 * A text worth looking at. Where examples come from is session/'s; the ui
 * lists them and takes one over.
 */
#ifndef HEED_SCENE_EXAMPLES_H
#define HEED_SCENE_EXAMPLES_H

#include "scene/state.h"

struct heed_example {
    char *title;
    char *look; /* what there is to be seen in it */
    struct heed_state state;
};

#endif

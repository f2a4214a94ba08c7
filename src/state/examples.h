/*
 * A text worth looking at. Where examples come from is session/'s; the ui
 * lists them and takes one over.
 */
#ifndef HEED_STATE_EXAMPLES_H
#define HEED_STATE_EXAMPLES_H

#include "state/state.h"

struct heed_example {
    char *title;
    char *group;       /* "Pronouns": what it is listed under */
    char *look;        /* what there is to be seen in it */
    char *query, *key; /* words to pin, as heed_names_find has them, so that
                          any vocabulary finds them; NULL: none */
    struct heed_state state;
};

#endif

/*
 * What is looked at in the window: a state, and what a person does in it. For
 * tests; one thread.
 */
#ifndef HEED_TESTS_SCENE_PICTURES_SHOTS_H
#define HEED_TESTS_SCENE_PICTURES_SHOTS_H

#include <stddef.h>

#include "state/state.h"
#include "window_rig.h"

/* ALONE: the view, without rail and inspector; IN_DRAWER: with the inspector. At a
 * scale of 1.5, where what isn't scaled is seen; IN_LEAST at 1. OVER_WIDTHS and OVER_HEIGHTS: where
 * a window of each shows it otherwise (edges.h). */
enum shot_place {
    ALONE,
    IN_DRAWER,
    IN_WIDE,
    IN_LEAST,
    AS_EXPORT,
    AS_FIGURE,
    OVER_WIDTHS,
    OVER_HEIGHTS
};

struct shot {
    const char *name; /* "arcs pair": its file is arcs.txt */
    const char *base; /* an earlier shot: only what differs from it is kept; NULL: all is */
    enum heed_view view;
    void (*change)(struct heed_state *state); /* NULL: nothing */
    void (*act)(struct window *window);       /* NULL: nothing */
    enum shot_place place;
};

/* Of the rig that this is linked with. */
extern const struct shot shots[];
extern const size_t n_shots;
/* cmocka's, of all of them. */
int shots_set_up(void **state);
int shots_tear_down(void **state);
/* What they all begin with: the window, its state. */
void shots_open(struct window *window);
void shots_begin(struct heed_state *state);

/* The pointer goes to the n-th item (from 0) with this kind of target. */
void shot_hover(struct window *window, enum heed_target_kind kind, int n);

#endif

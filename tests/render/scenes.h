/*
 * Pictures of real states: every view with every pin, filter, measure and
 * aggregate, in every theme, as a window of several sizes, as an export and as
 * a figure. A model's own results, nothing faked. For tests; one thread.
 */
#ifndef HEED_TESTS_RENDER_SCENES_H
#define HEED_TESTS_RENDER_SCENES_H

#include <stddef.h>

#include "core/engine/pipeline.h"
#include "draw/display_list.h"
#include "draw/metrics.h"
#include "draw/theme.h"
#include "scene/views/views.h"
#include "state/state.h"
#include "ui/window/window.h"

enum scene_place {
    SCENE_WIDE,   /* a window of 1600 x 1000 */
    SCENE_NARROW, /* 1024 x 700 */
    SCENE_LEAST,  /* 640 x 480 */
    SCENE_EXPORT, /* as wide as a page has room, as high as it needs */
    SCENE_DENSE,  /* 1600 x 1000 at a scale of 1.5 */
    SCENE_N_PLACES,
    SCENE_FIGURE = SCENE_N_PLACES /* the two-sided figure */
};

struct scene {
    char name[96]; /* "matrix top-k narrow dark" */
    enum heed_view view;
    int turn; /* which of the changes of the state */
    enum heed_theme_id theme;
    enum scene_place place;
};

struct scenes {
    struct scene *all;
    size_t n;
    struct heed_pipeline *pipeline;
    struct heed_ui *ui; /* of the scene that was drawn last */
    const struct heed_result *result;
    struct heed_view_cache cache;
    struct heed_list list; /* of an export */
    uint64_t generation;
};

/* model: a folder. */
void scenes_open(struct scenes *scenes, const char *model);
void scenes_close(struct scenes *scenes);

/* State and result of one; before any scenes_draw of it. */
void scenes_choose(struct scenes *scenes, const struct scene *scene);
/* The chosen scene's list with the widths of these letters; valid until the
 * next call. */
const struct heed_list *scenes_draw(struct scenes *scenes, const struct scene *scene,
                                    const struct heed_metrics *metrics);

#endif

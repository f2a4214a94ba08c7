/*
 * What a panel is, in one row: the table in scene/panels has one for each value
 * of enum heed_panel, and a frame points to its own. Pure functions, on the
 * thread that builds the list.
 */
#ifndef HEED_SCENE_FRAME_PANEL_KIND_H
#define HEED_SCENE_FRAME_PANEL_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "core/engine/task.h"
#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

/* What the open panel colours the map of heads by. */
struct heed_panel_map {
    const float *values; /* by place; in the list's arena */
    float high;          /* the palette's upper end */
    bool is_signed;      /* its lower end is -high, else 0 */
    int decimals;        /* of the ends */
    char note[32];       /* "largest change" */
    char title[160];
};

struct heed_panel_kind {
    enum heed_task_kind task; /* the work that it shows */
    unsigned needs;           /* as a view's */
    const char *what;         /* as a view's */
    /* Into rect; skin is the window's, or an export's. Fills content_height. */
    void (*draw)(struct heed_frame *frame, const struct heed_skin *skin, struct heed_rect rect);
    /* What an export of it needs at this width, px. */
    float (*height)(struct heed_frame *frame, float width);
    /* False: it has nothing that is of what is shown. NULL: it never has. */
    bool (*get_map)(const struct heed_frame *frame, struct heed_panel_map *map);
    /* As JSON, as its command prints it, or as CSV. Looks at the frame's state,
     * result and tasks alone. Errors: it hasn't run, or not for what is shown. */
    bool (*put_table)(struct heed_buffer *out, const struct heed_frame *frame, bool json,
                      struct heed_error *err);
    /* Of a window: makes *cache what frame->panel_cache is to be; it may stay as it is, and
     * is the panel's alone. NULL: it keeps nothing between frames. */
    void (*follow)(void **cache, const struct heed_state *state, const struct heed_tasks *tasks);
    void (*forget)(void *cache); /* NULL is harmless */
};

/* Each is defined in its panel's folder. */
#define HEED_PANEL_KIND(upper, word, name) extern const struct heed_panel_kind heed_panel_##word;
HEED_EACH_PANEL(HEED_PANEL_KIND)

/* False: no panel is open, or it has no map now. */
static inline bool heed_panel_get_map(const struct heed_frame *frame, struct heed_panel_map *map)
{
    return frame->panel != NULL && frame->panel->get_map != NULL &&
           frame->panel->get_map(frame, map);
}

#endif

/*
 * The middle of a stroke as a chain of short lines, and its dashes. Plain
 * arithmetic, no OpenGL. One thread at a time.
 */
#ifndef HEED_RENDER_RASTER_PATH_H
#define HEED_RENDER_RASTER_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
#include "draw/display_list.h"

struct heed_path_point {
    float x, y;
    float nx, ny; /* unit normal */
    float s;      /* px along the path */
};

/* All zero is an empty path. */
struct heed_path {
    struct heed_path_point *points;
    size_t n, capacity;
    struct heed_path_point *dash; /* scratch of the same capacity: n + 2 at least */
    bool failed;                  /* memory ran out */
};

void heed_path_finish(struct heed_path *path);

/* The middle of a rectangle's stroke, in place of what the path was. Numbers must
 * be finite. False if nothing of it is to be drawn: no length, or a stroke that
 * doesn't show. */
HEED_NODISCARD bool heed_path_set_outline(struct heed_path *path,
                                          const struct heed_item_rect *rect);

/* The path and the stroke of a line, a cubic or an arc, all multiplied by
 * `scale`. Likewise, and false for other items, and where nothing of it lies in `seen`. */
HEED_NODISCARD bool heed_path_set_item(struct heed_path *path, const struct heed_item *item,
                                       float scale, struct heed_rect seen,
                                       struct heed_stroke *stroke);

/* At least two points. */
typedef void heed_path_visitor(void *context, const struct heed_path_point *points, size_t n);
/* All of the path if the stroke is solid, else each dash. */
void heed_path_visit(struct heed_path *path, const struct heed_stroke *stroke,
                     heed_path_visitor *visitor, void *context);

#endif

/* What the open panel colours the map of heads by. */
#ifndef HEED_SCENE_FRAME_PANEL_MAP_H
#define HEED_SCENE_FRAME_PANEL_MAP_H

#include <stdbool.h>

/* What the open panel colours the head map by. */
struct heed_panel_map {
    const float *values; /* by place; in the list's arena */
    float high;          /* the palette's upper end */
    bool is_signed;      /* its lower end is -high, else 0 */
    int decimals;        /* of the ends */
    char note[32];       /* "largest change" */
    char title[160];
};

#endif

/*
 * Rectangles of whole pixels: clips, and where something may paint. Plain
 * arithmetic, no OpenGL.
 */
#ifndef HEED_RENDER_GL_GL_CLIP_H
#define HEED_RENDER_GL_GL_CLIP_H

#include <stdbool.h>

/* Of the list: [x0, x1) x [y0, y1). */
struct heed_gl_clip {
    int x0, y0, x1, y1;
};

static inline bool heed_gl_clip_is_empty(struct heed_gl_clip a)
{
    return a.x0 >= a.x1 || a.y0 >= a.y1;
}

/* What lies in both; all zero if nothing does. */
static inline struct heed_gl_clip heed_gl_clip_intersect(struct heed_gl_clip a,
                                                         struct heed_gl_clip b)
{
    const struct heed_gl_clip c = {a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0,
                                   a.x1 < b.x1 ? a.x1 : b.x1, a.y1 < b.y1 ? a.y1 : b.y1};
    return heed_gl_clip_is_empty(c) ? (struct heed_gl_clip){0} : c;
}

/* The least that holds both, neither of which is empty. */
static inline struct heed_gl_clip heed_gl_clip_join(struct heed_gl_clip a, struct heed_gl_clip b)
{
    return (struct heed_gl_clip){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                                 a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

static inline bool heed_gl_clip_meets(struct heed_gl_clip a, struct heed_gl_clip b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static inline long heed_gl_clip_area(struct heed_gl_clip a)
{
    return (long)(a.x1 - a.x0) * (long)(a.y1 - a.y0);
}

#endif

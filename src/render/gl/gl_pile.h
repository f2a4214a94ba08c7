/*
 * Instances of one kind, each with the command that draws it. They come in
 * any order of commands and are sorted by command when they are sent. Knows
 * no OpenGL.
 */
#ifndef HEED_RENDER_GL_GL_PILE_H
#define HEED_RENDER_GL_GL_PILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/compiler.h"
/* Where something paints, px. */
struct heed_gl_box {
    float x0, y0, x1, y1;
};

static inline bool heed_gl_box_meets(struct heed_gl_box a, struct heed_gl_box b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

struct heed_gl_place {
    struct heed_gl_box box;
    size_t command;
    size_t before; /* 1 + index of the one before it in its command; 0: none */
};

/* Zeroed but for item_size it is empty. */
struct heed_gl_pile {
    size_t item_size;
    char *items;
    struct heed_gl_place *places;
    char *sorted; /* as items */
    size_t n, capacity;
};

void heed_gl_pile_finish(struct heed_gl_pile *pile);
/* False (and nothing added) when memory is exhausted. */
HEED_NODISCARD bool heed_gl_pile_add(struct heed_gl_pile *pile, const void *item,
                                     struct heed_gl_place place);
/* Fills pile->sorted; next[command] is where that command's items begin and
 * is moved to where they end. */
void heed_gl_pile_sort(struct heed_gl_pile *pile, size_t *next);

#endif

/*
 * Where a picture differs from the one before. Each item becomes a number that
 * stands for all that its pixels depend on, its clips and groups included. The
 * two lists' longest common row of numbers stays; where anything else paints
 * or painted, the picture is to be painted anew. A pixel outside of that is
 * touched by the same items in the same order: it stays as it is. Knows no
 * OpenGL. One thread at a time.
 */
#ifndef HEED_RENDER_GL_GL_CHANGES_H
#define HEED_RENDER_GL_GL_CHANGES_H

#include <stddef.h>
#include <stdint.h>

#include "render/gl/gl_clip.h"
#include "render/gl/gl_lines.h"

/* One of each item of the list, in its order. */
struct heed_gl_entry {
    uint64_t hash;           /* 0: nothing of it can be seen */
    struct heed_gl_clip box; /* where it may paint, within its clips */
};

enum { HEED_GL_MAX_CHANGES = 6 };

/* All zero knows no picture. */
struct heed_gl_changes {
    struct heed_gl_entry *before, *now; /* of the last two lists */
    size_t n_before, n_now, before_capacity, now_capacity;
    uint32_t *scratch;
    size_t scratch_capacity;
    struct heed_color background; /* of the picture before */
    int width, height;            /* likewise; 0: none */
    uint64_t unique;              /* for items that equal no other */
    /* What find has found: they don't meet. */
    struct heed_gl_clip places[HEED_GL_MAX_CHANGES];
    int n_places;
};

/* The index of the UNGROUP that ends the group at i, or the list's end. */
size_t heed_gl_changes_group_end(const struct heed_list *list, size_t i);

void heed_gl_changes_finish(struct heed_gl_changes *changes);
/* The next picture is all new. */
void heed_gl_changes_forget(struct heed_gl_changes *changes);

/* Fills `places` and `now` for this list, which is then the picture before.
 * Without memory all of the picture is one place and now is NULL. */
void heed_gl_changes_find(struct heed_gl_changes *changes, const struct heed_list *list, int width,
                          int height, struct heed_gl_lines *lines);

#endif

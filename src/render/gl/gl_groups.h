/*
 * Off-screen textures of groups, kept by their key. Needs the painter's
 * context.
 */
#ifndef HEED_RENDER_GL_GL_GROUPS_H
#define HEED_RENDER_GL_GL_GROUPS_H

#include <epoxy/gl.h>
#include <stdbool.h>
#include <stdint.h>

enum { HEED_GL_N_GROUPS = 12 };

struct heed_gl_group {
    GLuint texture, framebuffer;
    uint64_t key;            /* 0: not to be found again */
    int x, y, width, height; /* of the list, px */
    int texture_width, texture_height;
    uint64_t last_use;
};

/* All zero is an empty cache. */
struct heed_gl_groups {
    struct heed_gl_group groups[HEED_GL_N_GROUPS];
    uint64_t now;
    uint64_t n_sent; /* bytes, ever */
};

/* Leaves an empty cache, which may be used again. */
void heed_gl_groups_finish(struct heed_gl_groups *groups);
/* Groups got before this call may be overwritten from now on. */
void heed_gl_groups_advance(struct heed_gl_groups *groups);

/* The group of this key and place. *is_painted: it holds its picture already.
 * NULL if there is none to be had. May bind another framebuffer. */
struct heed_gl_group *heed_gl_groups_get(struct heed_gl_groups *groups, uint64_t key, int x, int y,
                                         int width, int height, bool *is_painted);
/* The whole picture: premultiplied, the last row first. */
void heed_gl_groups_send(struct heed_gl_groups *groups, const struct heed_gl_group *group,
                         const uint8_t *rgba);

#endif

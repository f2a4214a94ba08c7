/*
 * Heatmaps' numbers as texture arrays, kept by the id of their content: what
 * was sent once isn't sent again. A slice is sent when it is first drawn.
 * Needs the painter's context.
 */
#ifndef HEED_RENDER_GL_GL_VALUES_H
#define HEED_RENDER_GL_GL_VALUES_H

#include <epoxy/gl.h>
#include <stdbool.h>
#include <stdint.h>

#include "scene/display_list.h"

enum { HEED_GL_N_VALUES = 12 };

struct heed_gl_values_slot {
    GLuint texture;
    uint64_t id; /* 0: not to be found again */
    int first_slice, n_slices, n_rows, n_columns;
    uint64_t sent; /* a bit a slice */
    uint64_t last_use;
};

/* All zero is an empty cache. */
struct heed_gl_values {
    struct heed_gl_values_slot slots[HEED_GL_N_VALUES];
    uint64_t now;
    GLint max_size; /* 0: not asked yet */
};

void heed_gl_values_finish(struct heed_gl_values *values);
/* Textures got before this call may be overwritten from now on. */
void heed_gl_values_advance(struct heed_gl_values *values);

/* The texture array and the layer in it that hold a slice. False if it can't
 * be had: *is_full tells that drawing and advancing would help. */
bool heed_gl_values_get(struct heed_gl_values *values,
                        const struct heed_values *data, int slice,
                        GLuint *texture, int *layer, bool *is_full);

#endif

#include "render/gl/gl_values.h"

#include <stddef.h>

/* A texture array holds at most so many slices and bytes. */
enum { MAX_SLICES = 64, MAX_BYTES = 16 << 20 };

void heed_gl_values_finish(struct heed_gl_values *values)
{
    for (int i = 0; i < HEED_GL_N_VALUES; i++) {
        if (values->slots[i].texture) {
            glDeleteTextures(1, &values->slots[i].texture);
        }
    }
    *values = (struct heed_gl_values){0};
}

void heed_gl_values_advance(struct heed_gl_values *values)
{
    values->now++;
}

static int slices_a_texture(const struct heed_values *data)
{
    const size_t bytes =
        (size_t)data->n_rows * (size_t)data->n_columns * sizeof(float);
    const size_t n = MAX_BYTES / bytes;
    return n < 1 ? 1 : n > MAX_SLICES ? MAX_SLICES : (int)n;
}

static bool holds(const struct heed_gl_values_slot *slot,
                  const struct heed_values *data, int first)
{
    return slot->texture && slot->id == data->id && data->id != 0 &&
           slot->first_slice == first && slot->n_rows == data->n_rows &&
           slot->n_columns == data->n_columns;
}

static struct heed_gl_values_slot *find_slot(struct heed_gl_values *values,
                                             const struct heed_values *data,
                                             int first)
{
    struct heed_gl_values_slot *oldest = NULL;
    for (int i = 0; i < HEED_GL_N_VALUES; i++) {
        struct heed_gl_values_slot *slot = &values->slots[i];
        if (holds(slot, data, first)) {
            return slot;
        }
        if ((!slot->texture || slot->last_use < values->now) &&
            (!oldest || slot->last_use < oldest->last_use)) {
            oldest = slot;
        }
    }
    return oldest;
}

/* Makes an empty array for the data in a slot whose content nobody needs. */
static void prepare(struct heed_gl_values_slot *slot,
                    const struct heed_values *data, int first, int n)
{
    const bool fits = slot->texture && slot->n_slices == n &&
                      slot->n_rows == data->n_rows &&
                      slot->n_columns == data->n_columns;
    if (!slot->texture) {
        glGenTextures(1, &slot->texture);
    }
    glBindTexture(GL_TEXTURE_2D_ARRAY, slot->texture);
    if (!fits) {
        glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_R32F, data->n_columns,
                     data->n_rows, n, 0, GL_RED, GL_FLOAT, NULL);
        glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D_ARRAY, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    }
    slot->id = data->id;
    slot->first_slice = first;
    slot->n_slices = n;
    slot->n_rows = data->n_rows;
    slot->n_columns = data->n_columns;
    slot->sent = 0;
}

bool heed_gl_values_get(struct heed_gl_values *values,
                        const struct heed_values *data, int slice,
                        GLuint *texture, int *layer, bool *is_full)
{
    *is_full = false;
    if (values->max_size == 0) {
        glGetIntegerv(GL_MAX_TEXTURE_SIZE, &values->max_size);
    }
    if (!data->data || slice < 0 || slice >= data->n_slices ||
        data->n_rows < 1 || data->n_columns < 1 ||
        data->n_rows > values->max_size || data->n_columns > values->max_size) {
        return false;
    }
    const int step = slices_a_texture(data);
    const int first = slice / step * step;
    struct heed_gl_values_slot *slot = find_slot(values, data, first);
    if (!slot) {
        *is_full = true;
        return false;
    }
    if (!holds(slot, data, first)) {
        const int left = data->n_slices - first;
        prepare(slot, data, first, left < step ? left : step);
    }
    slot->last_use = values->now;
    const uint64_t bit = UINT64_C(1) << (slice - first);
    if (!(slot->sent & bit)) {
        glBindTexture(GL_TEXTURE_2D_ARRAY, slot->texture);
        glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, slice - first,
                        data->n_columns, data->n_rows, 1, GL_RED, GL_FLOAT,
                        data->data + (size_t)slice * (size_t)data->n_rows *
                                         (size_t)data->n_columns);
        slot->sent |= bit;
    }
    *texture = slot->texture;
    *layer = slice - first;
    return true;
}

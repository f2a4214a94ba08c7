/*
 * Packing of a matrix b [depth, columns] into panels: panel p holds columns
 * p * width .. as [depth][width], zero where there is no column. Knows
 * nothing of kernels. Any thread.
 */
#ifndef HEED_CORE_TENSOR_PACK_H
#define HEED_CORE_TENSOR_PACK_H

#include <stddef.h>

static inline size_t heed_pack_panels(int columns, int width)
{
    return ((size_t)columns + (size_t)width - 1) / (size_t)width;
}

/* Floats of the packed matrix. */
static inline size_t heed_pack_floats(int depth, int columns, int width)
{
    return heed_pack_panels(columns, width) * (size_t)width * (size_t)depth;
}

struct heed_pack {
    float *packed; /* of panel 0 */
    int depth, columns, width;
};

/* Packs panel p. from_columns: source [columns, depth], as weights lie in a
 * file; stride: floats between its lines. */
void heed_pack_panel_from_columns(const struct heed_pack *pack, int p, const float *source,
                                  size_t stride);
/* source [depth, columns]. */
void heed_pack_panel_from_rows(const struct heed_pack *pack, int p, const float *source,
                               size_t stride);

#endif

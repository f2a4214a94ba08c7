#include "core/tensor/pack.h"

#include <string.h>

static int columns_of_panel(const struct heed_pack *pack, int p)
{
    const int left = pack->columns - p * pack->width;
    return left < pack->width ? left : pack->width;
}

static float *panel_of(const struct heed_pack *pack, int p)
{
    return pack->packed + (size_t)p * (size_t)pack->width * (size_t)pack->depth;
}

void heed_pack_panel_from_columns(const struct heed_pack *pack, int p, const float *source,
                                  size_t stride)
{
    enum { STEP = 16 }; /* a cache line of each column */
    const int n = columns_of_panel(pack, p);
    const size_t width = (size_t)pack->width;
    const float *first = source + (size_t)p * width * stride;
    float *panel = panel_of(pack, p);
    if (n < pack->width) {
        memset(panel, 0, width * (size_t)pack->depth * sizeof(float));
    }
    for (int k0 = 0; k0 < pack->depth; k0 += STEP) {
        const int k1 = k0 + STEP < pack->depth ? k0 + STEP : pack->depth;
        for (int c = 0; c < n; c++) {
            const float *column = first + (size_t)c * stride;
            for (int k = k0; k < k1; k++) {
                panel[(size_t)k * width + (size_t)c] = column[k];
            }
        }
    }
}

void heed_pack_panel_from_rows(const struct heed_pack *pack, int p, const float *source,
                               size_t stride)
{
    const int n = columns_of_panel(pack, p);
    const size_t width = (size_t)pack->width;
    float *panel = panel_of(pack, p);
    for (int k = 0; k < pack->depth; k++) {
        const float *row = source + (size_t)k * stride + (size_t)p * width;
        float *line = panel + (size_t)k * width;
        memcpy(line, row, (size_t)n * sizeof(float));
        for (size_t c = (size_t)n; c < width; c++) {
            line[c] = 0.0f;
        }
    }
}

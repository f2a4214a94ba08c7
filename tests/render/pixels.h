/* Pictures as pixels, and how far two of them are apart. For tests. */
#ifndef HEED_TESTS_RENDER_PIXELS_H
#define HEED_TESTS_RENDER_PIXELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct pixels {
    int width, height;
    uint8_t *rgb; /* [height * width * 3], heap */
};

bool pixels_decode(struct pixels *pixels, const struct heed_buffer *png);
bool pixels_read(struct pixels *pixels, const char *path);
void pixels_finish(struct pixels *pixels);

/* The largest difference (0..255) of a channel's mean over any block of
 * block x block pixels; 256 if the sizes differ. */
double pixels_difference(const struct pixels *a, const struct pixels *b, int block);

#endif

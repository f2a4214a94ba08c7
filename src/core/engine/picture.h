/*
 * The picture of an attention file whose tokens are its patches, as numbers that a
 * heatmap shows. Immutable.
 */
#ifndef HEED_CORE_ENGINE_PICTURE_H
#define HEED_CORE_ENGINE_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/attention/attention_file.h"

enum { HEED_PICTURE_MOST = 1024 /* px a side that are kept of a larger one */ };

struct heed_picture {
    uint64_t id;               /* of its colours, for caches; id + 1: of its greys */
    int width, height;         /* px that are kept */
    int all_width, all_height; /* px of the file's */
    const float *colors;       /* [height, width]: 0xRRGGBB */
    const float *greys;        /* the same, pale and without colour: a ground for heat */
    /* Which tokens are its patches, numbered as in the run; rows 0: none of that side. */
    struct heed_patch_grid queries, keys;
};

/* In the arena; *picture is NULL if the part has no image, or no tokens of it. False:
 * no memory. */
HEED_NODISCARD bool heed_picture_create(const struct heed_picture **picture,
                                        struct heed_arena *arena,
                                        const struct heed_attention_part *part);
/* The place of a token's patch in its grid; false: it is none. */
bool heed_picture_find(const struct heed_picture *picture, int token, int *row, int *column);
/* The token of that patch among the queries, or the keys; -1: none. */
int heed_picture_token(const struct heed_patch_grid *grid, int row, int column);

#endif

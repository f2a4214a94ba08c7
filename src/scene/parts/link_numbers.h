/* Numbers in words, where they have no room beside their links or below them. Inside scene
 * only; pure. */
#ifndef HEED_SCENE_PARTS_LINK_NUMBERS_H
#define HEED_SCENE_PARTS_LINK_NUMBERS_H

#include "scene/frame/shown.h"

/* Logical px from line to line; of few lines, which are in larger type. */
enum { HEED_NUMBERS_LINE = 16, HEED_FEW_NUMBERS_LINE = 20 };

struct heed_link_numbers {
    struct heed_frame *frame;
    const struct heed_skin *skin;
    const struct heed_maps *maps;
    struct heed_shown_maps shown;
    struct heed_range query, key; /* one of them or both */
    const char *lead;             /* what stands first: "A: ", "" */
    int most;                     /* lines; 0: as many as they are */
};

/* The pinned word's weights from 0.1 up (a pair's all), wrapped from the first line's
 * centre on; returns how many lines. With draw false only counts. */
int heed_link_numbers(const struct heed_link_numbers *numbers, float x, float cy, float width,
                      bool draw);

#endif

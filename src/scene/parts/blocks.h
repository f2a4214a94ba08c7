/*
 * Blocks of an export's page from top to bottom, each measured as it is drawn: what the
 * sheets of Compare and Lab have in common. Inside scene only; pure.
 */
#ifndef HEED_SCENE_PARTS_BLOCKS_H
#define HEED_SCENE_PARTS_BLOCKS_H

#include "scene/widgets/widgets.h"

struct heed_blocks {
    struct heed_skin skin;
    struct heed_rect rect; /* within the edges; its height has no meaning */
    float em;              /* px of all type */
    bool draws;            /* else only measures */
};

/* Sets all but draws. */
void heed_blocks_begin(struct heed_blocks *blocks, const struct heed_skin *skin,
                       struct heed_rect page);
float heed_blocks_line(const struct heed_blocks *blocks);
/* Lines of text from the top y on, as wide as the page from x on or less; px of their
 * height. */
float heed_blocks_text(const struct heed_blocks *blocks, float x, float y, float width,
                       struct heed_color color, const char *text);

#endif

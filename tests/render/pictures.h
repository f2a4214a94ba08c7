/*
 * One table of display lists, small and named, that hold every kind of item
 * and its edges. All painters paint all of them.
 */
#ifndef HEED_TESTS_RENDER_PICTURES_H
#define HEED_TESTS_RENDER_PICTURES_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/display_list.h"

enum { PICTURE_WIDTH = 160, PICTURE_HEIGHT = 120 };

struct picture {
    const char *name;
    void (*draw)(struct heed_list *list);
    bool rough; /* letters differ by a pixel or two, and viewers smooth images:
                   compared more loosely */
};

const struct picture *pictures_get(size_t *n);

/* Clears the list and draws the picture on white. */
void picture_draw(const struct picture *picture, struct heed_list *list);

#endif

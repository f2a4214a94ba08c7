/* Heads' numbers in A and in B on one axis: A filled, B open, a line between them. */
#ifndef HEED_SCENE_VIEWS_COMPARE_AXIS_H
#define HEED_SCENE_VIEWS_COMPARE_AXIS_H

#include "scene/views/compare/parts.h"

struct heed_compare_axis {
    const struct heed_compare *compare;
    float left, right;     /* px */
    float low, high, step; /* of the values; a line at each step */
};

/* The least round range that holds 0 and all numbers. */
struct heed_compare_axis heed_compare_axis_of(const struct heed_compare *compare,
                                              const struct heed_compared_head *heads, int n,
                                              float left, float right);
/* Lines down to `bottom`; the numbers' centre is `cy`, 0: none. */
void heed_compare_axis_draw(const struct heed_compare_axis *axis, float top, float bottom,
                            float cy);
/* With `is_link` false b alone, filled. */
void heed_compare_axis_pair(const struct heed_compare_axis *axis,
                            const struct heed_compared_head *head, bool is_link, float cy,
                            struct heed_color color);
/* A dot as these are. */
void heed_compare_dot(const struct heed_compare *compare, float x, float cy, bool filled,
                      struct heed_color color);

#endif

#include "scene/views/compare/space.h"

#include <math.h>

void heed_compare_take(struct heed_compare_space *space, struct heed_rect box)
{
    if (space->n_boxes < HEED_COMPARE_BOXES) {
        space->boxes[space->n_boxes++] = box;
    }
}

float heed_compare_reach(const struct heed_compare_side *side,
                         const struct heed_compare_space *space, float foot, float left,
                         float right)
{
    float reach = HEED_COMPARE_STEM * side->compare->s;
    for (int i = 0; i < space->n; i++) {
        const struct heed_compare_dot *dot = &space->at[i];
        if (dot->x + dot->radius >= left && dot->x - dot->radius <= right) {
            reach = fmaxf(reach, fabsf(dot->y - foot) + dot->radius);
        }
    }
    return reach;
}

float heed_compare_clearance(const struct heed_compare_space *space, struct heed_rect box,
                             float beat)
{
    float least = 1.0e6F;
    for (int i = 0; i < space->n_boxes && least > beat; i++) {
        const struct heed_rect *it = &space->boxes[i];
        least = fminf(least, fmaxf(fmaxf(it->x - box.x - box.w, box.x - it->x - it->w),
                                   fmaxf(it->y - box.y - box.h, box.y - it->y - it->h)));
    }
    for (int i = 0; i < space->n && least > beat; i++) {
        const struct heed_compare_dot *dot = &space->at[i];
        const float x = fmaxf(fmaxf(box.x - dot->x, dot->x - box.x - box.w), 0);
        const float y = fmaxf(fmaxf(box.y - dot->y, dot->y - box.y - box.h), 0);
        if (x < least + dot->radius && y < least + dot->radius) {
            least = fminf(least, sqrtf(x * x + y * y) - dot->radius);
        }
    }
    return least;
}

bool heed_compare_find_space(const struct heed_compare_side *side,
                             const struct heed_compare_space *space, struct heed_rect span,
                             struct heed_rect *box)
{
    const float s = side->compare->s;
    const float step_x = fmaxf(4 * s, (span.w - box->w) / 32), step_y = 4 * s;
    float most = HEED_COMPARE_CLEAR * s;
    bool found = false;
    for (float y = span.y; y + box->h <= span.y + span.h; y += step_y) {
        for (float x = span.x; x + box->w <= span.x + span.w; x += step_x) {
            const float clear =
                heed_compare_clearance(space, (struct heed_rect){x, y, box->w, box->h}, most);
            if (clear > most) {
                most = clear;
                box->x = x;
                box->y = y;
                found = true;
            }
        }
    }
    return found;
}

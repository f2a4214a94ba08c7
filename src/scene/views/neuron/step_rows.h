/* Neuron in steps, inside: where all lies (steps.c), the table (step_rows.c). */
#ifndef HEED_SCENE_VIEWS_NEURON_STEP_ROWS_H
#define HEED_SCENE_VIEWS_NEURON_STEP_ROWS_H

#include "scene/views/neuron/parts.h"

/* Columns of the steps from HEED_NEURON_SUM on; the least pitch when projected. */
enum { HEED_STEPS_GROUPS = 4, HEED_STEPS_LEAST_ROW = 19 };

struct heed_steps_group {
    float x, w; /* px; 0: not drawn */
    int when;   /* -1: done, 0: in hand, 1: to come */
};

struct heed_steps {
    struct heed_neuron_view view;
    enum heed_neuron_step step;
    bool small;
    /* Logical px from the top of the content; heights. */
    float header, bar, bar_h, vectors, strip, bars, bar_room, table, head, rows, sums, end, foot,
        foot_h;
    float key_w; /* px */
    int others;  /* keys that share one line; they aren't among the rows */
    struct heed_steps_group groups[HEED_STEPS_GROUPS];
};

void heed_steps_draw_table(struct heed_steps *it);
/* The place of a step that is to come, and the border of the one in hand. */
void heed_steps_later(const struct heed_steps *it, struct heed_rect rect,
                      enum heed_neuron_step step);
void heed_steps_current(const struct heed_steps *it, struct heed_rect rect);

#endif

/* Neuron's vectors in full: a strip with its name, and products as bars. */
#ifndef HEED_SCENE_VIEWS_NEURON_VECTORS_H
#define HEED_SCENE_VIEWS_NEURON_VECTORS_H

#include "scene/views/neuron/parts.h"

/* One strip's words and numbers. */
struct heed_neuron_row {
    const char *symbol, *what;
    enum heed_neuron_value kind;
    int token;
    float limit;
};

struct heed_neuron_bars {
    enum heed_neuron_value kind;
    const char *symbol, *under, *what;
    double sum;
};

double heed_neuron_norm(const struct heed_neuron_numbers *n, enum heed_neuron_value kind,
                        int token);
/* Over the view's width, h px high. */
void heed_neuron_row_draw(struct heed_neuron_view *view, const struct heed_neuron_row *row, float y,
                          float h);
/* Bars that span `room` px between the names of the largest: room + 34 logical px in all. */
void heed_neuron_bars_draw(struct heed_neuron_view *view, const struct heed_neuron_bars *bars,
                           float y, float room);

#endif

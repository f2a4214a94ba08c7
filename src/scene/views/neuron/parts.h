/*
 * Inside the Neuron view: its numbers (values.c), where they lie and
 * the upper part (neuron.c), the table of keys (table.c).
 */
#ifndef HEED_SCENE_VIEWS_NEURON_PARTS_H
#define HEED_SCENE_VIEWS_NEURON_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "scene/frame/frame.h"
#include "scene/frame/scores.h"
#include "scene/widgets/widgets.h"

/* What a HEED_TARGET_VALUE stands for; b is the token. */
enum heed_neuron_value {
    HEED_NEURON_QUERY,
    HEED_NEURON_KEY,
    HEED_NEURON_PRODUCT,
    HEED_NEURON_VALUE,
    HEED_NEURON_CARRIED, /* weight x v */
    HEED_NEURON_HIDDEN,  /* the sum of it over hidden keys */
    HEED_NEURON_OUTPUT,
    HEED_NEURON_BOX,   /* b: which of the four */
    HEED_NEURON_SCORE, /* of a key, and its weight: written numbers, in an export */
    HEED_NEURON_WEIGHT
};

#define HEED_NEURON_APART 1e-3

struct heed_neuron_numbers {
    const struct heed_maps *maps;
    struct heed_head_id head;
    struct heed_color color;
    bool dashed;
    char name[24];
    int n, d;                             /* tokens, head's width */
    const float *queries, *keys, *values; /* [n, d] of the head; with linear
                                             attention f(q), f(k) */
    const float *weights;                 /* [n]: the query's row */
    float *scores;                        /* [n] q k / sqrt(d), -inf for a cut or masked link; with
                                             linear attention f(q) f(k), and 0 */
    bool linear;
    const float *bias; /* [n] that is added to the scores; NULL: nothing is */
    double scale;      /* of q k: 1 / sqrt(d), or a file's own */
    bool plain;        /* the scores are q k / sqrt(d) and no more */
    /* The file's weights aren't the softmax of these scores: how far the row's are from
     * it at most, and no softmax is drawn. 0: they are, within HEED_NEURON_APART. */
    double apart;
    enum heed_link_off key_off;    /* of the key in hand */
    float *output, *hidden_output; /* [d] */
    int *rows;                     /* visible tokens as they are shown */
    int n_rows;
    int query, key; /* tokens */
    bool query_chosen, key_chosen;
    float hidden_weight;
    double dot, exp, exp_sum; /* of the pair; linear: exp is the score */
    double shift;             /* taken off the scores before exp; 0 where that is small */
    float limit, product_limit, carried_limit, value_limit; /* of scales */
    float output_limit;
    float score_limit;
};

struct heed_neuron_view {
    struct heed_frame *frame;
    struct heed_skin skin;
    struct heed_neuron_numbers numbers;
    struct heed_rect rect;
    float s, x, width; /* px */
    float y;           /* the content's top, px */
    float table_y;     /* the table head's natural top */
    bool fixed_top;    /* only the rows scroll */
    float row;         /* pitch */
    bool tall_boxes;   /* their words stand below the numbers */
    int box_columns;   /* of the four boxes: 4, or 2 on a page that is narrow */
    int head_lines;    /* of a page's header */
    float grow;        /* of the upper part where there is room, 0 to 1 */
    /* One array holds all strips that are drawn: [n_strips, d]. */
    float *strips;
    int n_strips, most_strips;
    uint64_t strips_id;
};

#endif

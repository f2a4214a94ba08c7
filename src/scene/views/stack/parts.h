/*
 * Inside the Stack view: its vectors (values.c), the steps of each page
 * (steps.c), how they are drawn (stack.c), words and numbers beside it
 * (words.c, inspector.c).
 */
#ifndef HEED_SCENE_VIEWS_STACK_PARTS_H
#define HEED_SCENE_VIEWS_STACK_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scene/frame/frame.h"
#include "scene/widgets/widgets.h"

enum heed_stack_vector {
    HEED_STACK_WORD,
    HEED_STACK_POSITION,
    HEED_STACK_SEGMENT,
    HEED_STACK_SUM,
    HEED_STACK_NORMED, /* its norm, where embeddings are mapped to the layers' width */
    HEED_STACK_START,  /* h of layer 0 */
    HEED_STACK_INPUT,
    HEED_STACK_QUERY,
    HEED_STACK_KEY,
    HEED_STACK_VALUE,
    HEED_STACK_CONCAT,
    HEED_STACK_PROJECTION,
    HEED_STACK_MIDDLE, /* x */
    HEED_STACK_INNER,
    HEED_STACK_OUTER,
    HEED_STACK_OUTPUT,
    HEED_STACK_LAST,
    HEED_STACK_POOLED,
    HEED_STACK_N_VECTORS,
    HEED_STACK_ATTENTION = HEED_STACK_N_VECTORS, /* no vector, but a step */
    HEED_STACK_TOKENS, /* likewise; in a tooltip's target b is the token */
    HEED_STACK_N_STEPS
};

/* A tooltip's target.a: a number of a vector, or a step's name. */
enum { HEED_STACK_TARGET = 64, HEED_STACK_TARGET_NAME = 128 };

enum { HEED_STACK_PREDICTIONS = 8 };

/* Rows [row, row + n_rows) of the values, `hidden` wide; n numbers in all. */
struct heed_stack_place {
    int row, n_rows, n;
    double norm;
    float limit; /* of its colours */
};

/* How the token's state at one layer's entry lies to others. */
struct heed_stack_likeness {
    float input;  /* cosine to the state before layer 0 */
    float others; /* mean cosine to the other tokens of the same layer */
    int closest;  /* the token most like it; -1: there is none */
    float closest_cosine;
};

struct heed_stack {
    const struct heed_run *run; /* held */
    const struct heed_model *model;
    const struct heed_tokenizer *tokenizer;
    int token, page;
    int n_layers, n_heads, head_dim, hidden, n_tokens, intermediate;
    int vocab_size, id, segment;
    int embedding;               /* of the first page: the width of its parts */
    struct heed_variant variant; /* of the run */
    enum heed_activation activation;
    bool has_bias; /* scores get one by the distance of their tokens */
    bool has_mlm_head;
    uint64_t values_id;
    int n_rows;
    const float *values;                                  /* [n_rows, hidden] */
    struct heed_stack_place places[HEED_STACK_N_VECTORS]; /* n 0: not here */
    float limit;                                          /* what the legend shows */
    const float *weights;                       /* [heads, n_tokens]; NULL but in a layer */
    const struct heed_stack_likeness *likeness; /* [n_layers + 1] */
    /* At the end, else NULL: of each token's output h to the sentence's vector
     * s its cosine, and its share h s / (n |s|^2); the shares sum to 1. */
    const float *to_pooled, *shares;        /* [n_tokens] */
    uint64_t outputs_id;                    /* of the run's last hidden states */
    double attention_cosine, output_cosine; /* of a layer, to its input */
    double attention_share, inner_share;    /* |added| / |residual| */
    int n_predictions;
    int32_t predictions[HEED_STACK_PREDICTIONS];
    float probabilities[HEED_STACK_PREDICTIONS];
    float before[HEED_STACK_PREDICTIONS]; /* likewise of the untouched run, with something off */
    bool has_before;
    bool has_classes; /* they are of the head for classes: of the text, or of the token */
};

static inline const float *heed_stack_values(const struct heed_stack *stack,
                                             enum heed_stack_vector vector)
{
    return stack->values + (size_t)stack->places[vector].row * (size_t)stack->hidden;
}

struct heed_stack_step {
    enum heed_stack_vector vector; /* the first of its strips */
    int n_strips;                  /* vectors that follow one another */
    const char *name;
    char formula[160]; /* markup */
    const char *purpose;
    float height; /* least, logical px */
    bool adds;    /* a plus and the residual before it */
};

enum { HEED_STACK_MAX_STEPS = 9 };

/* Where a page lies; all lengths in px. */
struct heed_stack_view {
    struct heed_frame *frame;
    const struct heed_stack *stack;
    struct heed_skin skin;
    struct heed_rect rect;
    float s, x, width, end;
    float strip, strip_w;                       /* of the strips */
    float line;                                 /* x of the residual */
    float stepper, chips, legend, rows, bottom; /* y: centres, then the rows' area */
    bool is_stacked;                            /* words above their strips ... */
    int n_lines;                                /* ... in so many lines */
    float grow;                                 /* added to each row */
    float content;                              /* height of all that scrolls */
    struct heed_stack_step steps[HEED_STACK_MAX_STEPS];
    int n_steps;
};

#endif

#include "scene/views/stack/steps.h"

#include <stdio.h>

struct steps {
    const struct heed_stack *stack;
    struct heed_stack_step *items;
    int n;
};

static struct heed_stack_step *add(struct steps *steps, enum heed_stack_vector vector,
                                   const char *name, const char *purpose)
{
    struct heed_stack_step *step = &steps->items[steps->n++];
    *step = (struct heed_stack_step){
        .vector = vector, .n_strips = 1, .name = name, .purpose = purpose, .height = 56};
    return step;
}

#define FORMULA(step, ...) snprintf((step)->formula, sizeof((step)->formula), __VA_ARGS__)

static void add_position(struct steps *steps, double at)
{
    const struct heed_stack *stack = steps->stack;
    const bool sinusoidal = stack->variant.positions == HEED_POSITIONS_SINUSOIDAL;
    if (stack->places[HEED_STACK_POSITION].n > 0) {
        FORMULA(
            add(steps, HEED_STACK_POSITION,
                sinusoidal ? "Sinusoidal position" : "Position embedding",
                sinusoidal
                    ? "Sines and cosines of its place, as long as the learned ones are on average."
                    : "Where it stands: attention itself doesn\xE2\x80\x99t know order."),
            "place %d   at \xC2\xB1%g", stack->token, at);
    }
}

static void add_embedding(struct steps *steps)
{
    const struct heed_stack *stack = steps->stack;
    const double at = (double)stack->places[HEED_STACK_WORD].limit;
    if (stack->places[HEED_STACK_WORD].n == 0) {
        FORMULA(add(steps, HEED_STACK_START, "Embed and map",
                    "The embeddings are wider than the layers: their sum is scaled and mapped."),
                "*h*_0 = LN(word + position + segment) *W_E* + *b_E*, to layer 0");
        return;
    }
    FORMULA(add(steps, HEED_STACK_WORD, "Word embedding",
                "What the model has learnt about this piece, wherever it stands."),
            "row %d of %d   at \xC2\xB1%g", stack->id, stack->vocab_size, at);
    add_position(steps, at);
    if (stack->places[HEED_STACK_SEGMENT].n > 0) {
        FORMULA(add(steps, HEED_STACK_SEGMENT, "Segment embedding",
                    "Which of two texts it belongs to."),
                "text %c   at \xC2\xB1%g", stack->segment == 1 ? 'B' : 'A', at);
    }
    struct heed_stack_step *sum = add(steps, HEED_STACK_SUM, "Add", "The parts as one vector.");
    FORMULA(sum, "their sum   at \xC2\xB1%g", at);
    sum->adds = true;
    if (stack->places[HEED_STACK_NORMED].n > 0) {
        FORMULA(add(steps, HEED_STACK_NORMED, "Normalise",
                    "Scales the vector to a steady size, still as narrow as the embeddings."),
                "*e* = LN(sum), %d wide", stack->embedding);
        FORMULA(add(steps, HEED_STACK_START, "Map",
                    "From the embeddings\xE2\x80\x99 width to the layers\xE2\x80\x99: the first "
                    "hidden state."),
                "*h*_0 = *e W_E* + *b_E*, %d wide, to layer 0", stack->hidden);
        return;
    }
    FORMULA(add(steps, HEED_STACK_START, "Normalise",
                "Scales the vector to a steady size: the first hidden state."),
            "*h*_0 = LN(sum), to layer 0");
}

static const char *activation_name(enum heed_activation activation)
{
    static const char *const names[] = {
        [HEED_ACTIVATION_GELU] = "GELU",
        [HEED_ACTIVATION_GELU_TANH] = "GELU_{tanh}",
        [HEED_ACTIVATION_RELU] = "ReLU",
        [HEED_ACTIVATION_GELU_10] = ("GELU_{\xE2\x89\xA4"
                                     "10}"),
        [HEED_ACTIVATION_QUICK_GELU] = "quick GELU",
        [HEED_ACTIVATION_SILU] = "SiLU",
        [HEED_ACTIVATION_MISH] = "Mish",
        [HEED_ACTIVATION_TANH] = "tanh",
    };
    return names[activation];
}

static void add_attention(struct steps *steps)
{
    const struct heed_stack *stack = steps->stack;
    struct heed_stack_step *step =
        add(steps, HEED_STACK_INPUT, "Input", "What the layers so far have made of this token.");
    if (stack->page == 1) {
        FORMULA(step, "*h*  from the embedding");
    } else {
        FORMULA(step, "*h*  from layer %d", stack->page - 2);
    }
    step = add(steps, HEED_STACK_QUERY, "Queries, keys, values",
               "Each head asks (q), is asked by (k) and hands on (v) in its own numbers.");
    FORMULA(step, "*q*, *k*, *v* = *h W* + *b*   at \xC2\xB1%g",
            (double)stack->places[HEED_STACK_QUERY].limit);
    step->n_strips = 3;
    step->height = 74;
    step = add(steps, HEED_STACK_ATTENTION, "Attention",
               "How each head shares its weight of 1 over the tokens.");
    if (stack->variant.attention == HEED_ATTENTION_LINEAR) {
        FORMULA(step, "*a* = *f*(*q*) *f*(*K*)^T / its sum, *f* = elu + 1");
    } else {
        FORMULA(step, "*a* = softmax(*q K*^T / \xE2\x88\x9A%d%s%s)", stack->head_dim,
                stack->has_bias ? " + *b*_{distance}" : "",
                stack->variant.mask.kind != HEED_MASK_FULL ? " + *M*" : "");
    }
    step->height = 92;
    FORMULA(add(steps, HEED_STACK_CONCAT, "Concatenate",
                "What each head brings back, one head beside the other."),
            "*c* = \xCE\xA3 *a v*  per head, side by side");
    FORMULA(add(steps, HEED_STACK_PROJECTION, "Project",
                "Mixes what the heads brought into one vector."),
            "*c W_O* + *b_O*");
}

/* Of a file: what lies between needs the model. */
static void add_states(struct steps *steps)
{
    const struct heed_stack *stack = steps->stack;
    if (stack->page <= 0) {
        FORMULA(add(steps, HEED_STACK_START, "Before the layers",
                    "The token's state before the first layer, as the file has it."),
                "*h*_0, to layer 0");
        return;
    }
    struct heed_stack_step *step =
        add(steps, HEED_STACK_INPUT, "Input", "What the layers so far have made of this token.");
    if (stack->page == 1) {
        FORMULA(step, "*h*_0");
    } else {
        FORMULA(step, "*h*  from layer %d", stack->page - 2);
    }
    step = add(steps, HEED_STACK_ATTENTION, "Attention",
               "How each head shares its weight over the tokens, as the file has it.");
    FORMULA(step, "*a*");
    step->height = 92;
    step = add(steps, HEED_STACK_OUTPUT, "Output",
               "The layer\xE2\x80\x99s output. How it is made of the input isn\xE2\x80\x99t in the "
               "file.");
    if (stack->page < stack->n_layers) {
        FORMULA(step, "*h*, to layer %d", stack->page);
    } else {
        FORMULA(step, "*h*, the output");
    }
}

static void add_layer(struct steps *steps)
{
    const struct heed_stack *stack = steps->stack;
    add_attention(steps);
    struct heed_stack_step *step =
        add(steps, HEED_STACK_MIDDLE, "Add and normalise",
            "Adds it to the input, so that nothing is lost, and scales the sum.");
    FORMULA(step, "*x* = LN(*h* + projection)");
    step->adds = true;
    step = add(steps, HEED_STACK_INNER, "Feed-forward",
               "Each token by itself: many small detectors, few of which fire.");
    FORMULA(step, "*g* = %s(*x W*_1 + *b*_1), %d wide", activation_name(stack->activation),
            stack->intermediate);
    step->height = 68;
    FORMULA(
        add(steps, HEED_STACK_OUTER, "Project back", "What the detectors that fired want to add."),
        "*g W*_2 + *b*_2");
    step = add(steps, HEED_STACK_OUTPUT, "Add and normalise",
               "Adds it to x and scales the sum: the layer\xE2\x80\x99s output.");
    if (stack->page < stack->n_layers) {
        FORMULA(step, "LN(*x* + feed-forward), to layer %d", stack->page);
    } else {
        FORMULA(step, "LN(*x* + feed-forward), the output");
    }
    step->adds = true;
}

static void add_end(struct steps *steps)
{
    const struct heed_stack *stack = steps->stack;
    FORMULA(add(steps, HEED_STACK_LAST, "Output",
                "The token after all layers, with what it took from the others."),
            "*h*  from layer %d", stack->n_layers - 1);
    FORMULA(add(steps, HEED_STACK_POOLED, "Mean pooling",
                "One vector for the whole text: the mean of all its tokens."),
            "*s* = \xCE\xA3 *h* / %d,  over all tokens", stack->n_tokens);
}

int heed_stack_steps(const struct heed_stack *stack,
                     struct heed_stack_step items[HEED_STACK_MAX_STEPS])
{
    struct steps steps = {stack, items, 0};
    if (stack->model == NULL && stack->page <= stack->n_layers) {
        add_states(&steps);
    } else if (stack->page <= 0) {
        add_embedding(&steps);
    } else if (stack->page <= stack->n_layers) {
        add_layer(&steps);
    } else {
        add_end(&steps);
    }
    return steps.n;
}

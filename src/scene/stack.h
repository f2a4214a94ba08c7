/*
 * The Stack view: the encoder as a walk for one token, each step as the true
 * vector. Its vectors are computed once for a run, a token and a page (about a
 * millisecond for all-MiniLM-L6-v2), outside of the drawing, by whoever builds
 * the frame. heed_stack_create may be called on any thread; drawing is pure.
 */
#ifndef HEED_SCENE_STACK_H
#define HEED_SCENE_STACK_H

#include "core/model/model.h"
#include "core/text/tokenizer.h"
#include "scene/chrome_parts.h"
#include "scene/neuron.h"

struct heed_stack_request {
    const struct heed_model *model;
    const struct heed_tokenizer *tokenizer; /* NULL: no words for ids */
    const struct heed_result *result;
    int token;
    int page;                          /* as in heed_state */
    const struct heed_stack *previous; /* or NULL: what it has is taken over */
};

/* The stack holds its run, and borrows model and tokenizer. */
bool heed_stack_create(struct heed_stack **stack, const struct heed_stack_request *request,
                       struct heed_error *err);
/* NULL is harmless. */
void heed_stack_destroy(struct heed_stack *stack);
/* True if it is what the request would give. */
bool heed_stack_fits(const struct heed_stack *stack, const struct heed_stack_request *request);
/* Makes *stack what the state shows of the result, or NULL where it shows
 * none: for every holder of one. */
void heed_stack_follow(struct heed_stack **stack, const struct heed_state *state,
                       const struct heed_result *result, const struct heed_model *model,
                       const struct heed_tokenizer *tokenizer);

float heed_stack_height(struct heed_frame *frame, float width);
int heed_stack_describe(const struct heed_frame *frame, struct heed_target target, int column,
                        char lines[HEED_VALUE_LINES][HEED_VALUE_BYTES]);
int heed_stack_provisos(const struct heed_frame *frame, bool short_form,
                        struct heed_proviso *provisos, int count);
void heed_stack_inspect(struct heed_column *column);

#endif

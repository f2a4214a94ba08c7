/*
 * The Stack view: the encoder as a walk for one token, each step as the true
 * vector. Its vectors are computed once for a run, a token and a page (about a
 * millisecond for all-MiniLM-L6-v2), outside of the drawing, by whoever builds
 * the frame. heed_stack_follow may be called on any thread; drawing is pure.
 */
#ifndef HEED_SCENE_VIEWS_STACK_STACK_H
#define HEED_SCENE_VIEWS_STACK_STACK_H

#include "scene/frame/frame.h"

struct heed_stack;
struct heed_tokenizer;

struct heed_stack_request {
    const struct heed_model *model;
    const struct heed_tokenizer *tokenizer; /* NULL: no words for ids */
    const struct heed_result *result;
    int token;
    int page;                          /* as in heed_state */
    const struct heed_stack *previous; /* or NULL: what it has is taken over */
};

float heed_stack_height(struct heed_frame *frame, float width);
void heed_stack_draw(struct heed_frame *frame, struct heed_rect rect);

#endif

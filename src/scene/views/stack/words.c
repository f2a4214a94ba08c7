#include "scene/views/stack/words.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "scene/frame/shown.h"
#include "scene/parts/value_tokens.h"
#include "scene/views/stack/steps.h"

static const char *const names[HEED_STACK_N_VECTORS] = {
    [HEED_STACK_WORD] = "word embedding",
    [HEED_STACK_POSITION] = "position embedding",
    [HEED_STACK_SEGMENT] = "segment embedding",
    [HEED_STACK_SUM] = "sum of the embeddings",
    [HEED_STACK_NORMED] = "norm of that sum",
    [HEED_STACK_START] = "first hidden state",
    [HEED_STACK_INPUT] = "input",
    [HEED_STACK_QUERY] = "query",
    [HEED_STACK_KEY] = "key",
    [HEED_STACK_VALUE] = "value",
    [HEED_STACK_CONCAT] = "what the heads bring back",
    [HEED_STACK_PROJECTION] = "projection",
    [HEED_STACK_MIDDLE] = "after attention",
    [HEED_STACK_INNER] = "feed-forward",
    [HEED_STACK_OUTER] = "projected back",
    [HEED_STACK_OUTPUT] = "the layer\xE2\x80\x99s output",
    [HEED_STACK_LAST] = "the encoder\xE2\x80\x99s output",
    [HEED_STACK_POOLED] = "the sentence vector",
};

static int describe_step(const struct heed_stack *stack, int vector,
                         char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    struct heed_stack_step steps[HEED_STACK_MAX_STEPS];
    const int n = heed_stack_steps(stack, steps);
    for (int i = 0; i < n; i++) {
        if ((int)steps[i].vector == vector) {
            snprintf(lines[0], HEED_TIP_BYTES, "%s", steps[i].name);
            snprintf(lines[1], HEED_TIP_BYTES, "%s", steps[i].purpose);
            return 2;
        }
    }
    return 0;
}

static int describe_weight(const struct heed_frame *frame, int head, int token,
                           char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    const struct heed_stack *stack = frame->cache;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    struct heed_arena *arena = &frame->list->arena;
    char number[40];
    if (stack->weights == NULL || maps == NULL || head < 0 || head >= stack->n_heads || token < 0 ||
        token >= stack->n_tokens) {
        return 0;
    }
    heed_format_number(
        number, sizeof(number),
        (double)stack->weights[(size_t)head * (size_t)stack->n_tokens + (size_t)token], 4);
    snprintf(lines[0], HEED_TIP_BYTES, "%s in L%dH%d", number, stack->page - 1, head);
    snprintf(lines[1], HEED_TIP_BYTES, "%.60s \xE2\x86\x92 %.60s (token %d)",
             heed_neuron_label(arena, maps, stack->token), heed_neuron_label(arena, maps, token),
             token);
    return 2;
}

static int describe_output(const struct heed_frame *frame, int token, int dimension,
                           char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    const struct heed_stack *stack = frame->cache;
    const struct heed_maps *maps = heed_frame_get_maps(frame);
    if (stack->to_pooled == NULL || maps == NULL || token < 0 || token >= stack->n_tokens ||
        dimension < 0 || dimension >= stack->hidden) {
        return 0;
    }
    const size_t row = (size_t)stack->n_layers * (size_t)stack->n_tokens + (size_t)token;
    char number[40];
    heed_format_number(
        number, sizeof(number),
        (double)stack->run->hidden_states[row * (size_t)stack->hidden + (size_t)dimension], 4);
    snprintf(lines[0], HEED_TIP_BYTES, "%s in dimension %d", number, dimension);
    snprintf(lines[1], HEED_TIP_BYTES, "the output of %.60s (token %d)",
             heed_neuron_label(&frame->list->arena, maps, token), token);
    return 2;
}

int heed_stack_describe(const struct heed_frame *frame, const struct heed_tip_subject *subject,
                        char lines[HEED_TIP_LINES][HEED_TIP_BYTES])
{
    const struct heed_target target = subject->target;
    const int column = subject->column;
    const struct heed_stack *stack = frame->cache;
    if (stack == NULL || target.kind != HEED_TARGET_VALUE || target.a < HEED_STACK_TARGET) {
        return 0;
    }
    if (target.a >= HEED_STACK_TARGET_NAME) {
        return describe_step(stack, target.a - HEED_STACK_TARGET_NAME, lines);
    }
    const int vector = target.a - HEED_STACK_TARGET;
    if (vector == HEED_STACK_ATTENTION) {
        return describe_weight(frame, target.b, column, lines);
    }
    if (vector == HEED_STACK_TOKENS) {
        return describe_output(frame, target.b, column, lines);
    }
    if (vector > HEED_STACK_ATTENTION) {
        return 0;
    }
    const int index = target.b + column;
    if (column < 0 || index < 0 || index >= stack->places[vector].n) {
        return 0;
    }
    char number[40];
    heed_format_number(number, sizeof(number),
                       (double)heed_stack_values(stack, (enum heed_stack_vector)vector)[index], 4);
    snprintf(lines[0], HEED_TIP_BYTES, "%s in dimension %d", number, index);
    if (vector >= HEED_STACK_QUERY && vector <= HEED_STACK_CONCAT) {
        snprintf(lines[1], HEED_TIP_BYTES, "%s, head %d, its dimension %d", names[vector],
                 index / stack->head_dim, index % stack->head_dim);
    } else {
        snprintf(lines[1], HEED_TIP_BYTES, "%s", names[vector]);
    }
    return 2;
}

void heed_stack_say(struct heed_clauses *clauses)
{
    const struct heed_frame *frame = clauses->frame;
    const struct heed_stack *stack = frame->cache;
    const struct heed_maps *maps = clauses->maps;
    const bool short_form = clauses->short_form;
    if (stack == NULL) {
        return;
    }
    const struct heed_filter *filter = &maps->filter;
    if (frame->state->query.count == 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "nothing pinned: the first word");
    } else if (frame->state->query.count > 1) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "the word\xE2\x80\x99s first token");
    }
    if (filter->hide_special || filter->hide_punctuation ||
        filter->measure != HEED_MEASURE_WEIGHT || filter->words) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         short_form
                             ? "all tokens"
                             : "all tokens, plain weights: filters change nothing in the stack");
    }
    heed_say_nothing_hidden(clauses);
    if (!short_form && !frame->is_export) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "palette Difference, linear");
    }
    heed_say_strips(clauses);
    if (stack->places[HEED_STACK_QUERY].n > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         short_form ? "clipped at \xC2\xB1%g (q, k, v \xC2\xB1%g)"
                                    : "clipped at \xC2\xB1%g (q, k, v at \xC2\xB1%g)",
                         (double)stack->limit, (double)stack->places[HEED_STACK_QUERY].limit);
    } else if (stack->places[HEED_STACK_WORD].n > 0) {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0,
                         "clipped at \xC2\xB1%g (embeddings \xC2\xB1%g)", (double)stack->limit,
                         (double)stack->places[HEED_STACK_WORD].limit);
    } else {
        heed_clauses_say(clauses, HEED_COMMAND_NONE, 0, "clipped at \xC2\xB1%g",
                         (double)stack->limit);
    }
}

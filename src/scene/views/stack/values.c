#include "scene/views/stack/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/bert/classes.h"
#include "core/bert/mlm.h"
#include "core/bert/plain.h"
#include "core/bert/stages.h"
#include "scene/parts/value_tokens.h"

/* The struct and all that its pointers lie in. */
struct owned_stack {
    struct heed_stack stack;
    struct heed_stack_likeness *likeness;
    float *values, *weights, *to_pooled, *shares;
};

static const float *state_of(const struct heed_run *run, int layer, int token)
{
    return run->hidden_states +
           ((size_t)layer * (size_t)run->n_tokens + (size_t)token) * (size_t)run->hidden;
}

static double dot(const float *a, const float *b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (double)a[i] * (double)b[i];
    }
    return sum;
}

/* In one pass: it is called for every token of every layer. */
static double cosine(const float *a, const float *b, int n)
{
    double both = 0, first = 0, second = 0;
    for (int i = 0; i < n; i++) {
        both += (double)a[i] * (double)b[i];
        first += (double)a[i] * (double)a[i];
        second += (double)b[i] * (double)b[i];
    }
    const double norms = sqrt(first * second);
    return norms > 0 ? both / norms : 0;
}

/* Equal numbers have equal ids (FNV-1a, by words). */
static uint64_t hash(const float *values, size_t n)
{
    uint64_t id = 14695981039346656037U;
    for (size_t i = 0; i < n; i++) {
        uint32_t bits = 0;
        memcpy(&bits, &values[i], sizeof(bits));
        id = (id ^ bits) * 1099511628211U;
    }
    return id != 0 ? id : 1;
}

/* Copies a vector behind those that are there. */
static void put(struct owned_stack *owned, enum heed_stack_vector vector, const float *values,
                int n)
{
    struct heed_stack *stack = &owned->stack;
    if (values == NULL || n <= 0) {
        return;
    }
    const int rows = (n + stack->hidden - 1) / stack->hidden;
    stack->places[vector] =
        (struct heed_stack_place){.row = stack->n_rows,
                                  .n_rows = rows,
                                  .n = n,
                                  .norm = sqrt(dot(values, values, n)),
                                  .limit = heed_neuron_spread(values, (size_t)n)};
    memcpy(owned->values + (size_t)stack->n_rows * (size_t)stack->hidden, values,
           (size_t)n * sizeof(float));
    stack->n_rows += rows;
}

/* One scale for vectors that are compared with one another. */
static float share_limit(struct heed_stack *stack, enum heed_stack_vector first,
                         enum heed_stack_vector last)
{
    float limit = 0;
    for (int i = (int)first; i <= (int)last; i++) {
        if (stack->places[i].n > 0) {
            limit = fmaxf(limit, stack->places[i].limit);
        }
    }
    for (int i = (int)first; i <= (int)last; i++) {
        stack->places[i].limit = limit;
    }
    return limit;
}

/* Its parts, and with a norm of their own what it is before it is mapped. */
static void put_parts(struct owned_stack *owned, const struct heed_stack_request *request,
                      struct heed_embedding_parts parts, float *rows)
{
    struct heed_stack *stack = &owned->stack;
    const int n = parts.width;
    float *position = rows, *sum = rows + n; /* zeros if there is none */
    const int place = heed_stage_get_place(request->model, request->result->encoding, stack->token);
    const bool has_position =
        heed_stage_get_position(request->model, stack->variant.positions, place, position);
    for (int i = 0; i < n; i++) {
        sum[i] = parts.word[i] + position[i] + (parts.segment != NULL ? parts.segment[i] : 0);
    }
    put(owned, HEED_STACK_WORD, parts.word, n);
    put(owned, HEED_STACK_POSITION, has_position ? position : NULL, n);
    put(owned, HEED_STACK_SEGMENT, parts.segment, n);
    put(owned, HEED_STACK_SUM, sum, n);
    share_limit(stack, HEED_STACK_WORD, HEED_STACK_SUM);
    if (parts.is_mapped) {
        heed_stage_norm_embedding(request->model, sum, position);
        put(owned, HEED_STACK_NORMED, position, n);
    }
}

static bool fill_embedding(struct owned_stack *owned, const struct heed_stack_request *request)
{
    struct heed_stack *stack = &owned->stack;
    const struct heed_embedding_parts parts =
        heed_stage_get_embedding(request->model, stack->id, stack->segment);
    float *rows = calloc(2 * (size_t)parts.width, sizeof(*rows));
    if (rows == NULL) {
        return false;
    }
    stack->embedding = parts.width;
    if (parts.width <= stack->hidden) { /* wider ones have no room in the strips */
        put_parts(owned, request, parts, rows);
    }
    put(owned, HEED_STACK_START, state_of(stack->run, 0, stack->token), stack->hidden);
    stack->limit = stack->places[HEED_STACK_START].limit;
    free(rows);
    return true;
}

static void fill_changes(struct heed_stack *stack, const struct heed_stages *stages)
{
    const int n = stages->hidden;
    const double input = stack->places[HEED_STACK_INPUT].norm;
    const double middle = stack->places[HEED_STACK_MIDDLE].norm;
    stack->attention_cosine = cosine(stages->x, stages->input, n);
    stack->output_cosine = cosine(stages->output, stages->input, n);
    stack->attention_share = input > 0 ? stack->places[HEED_STACK_PROJECTION].norm / input : 0;
    stack->inner_share = middle > 0 ? stack->places[HEED_STACK_OUTER].norm / middle : 0;
}

static bool fill_layer(struct owned_stack *owned, const struct heed_stack_request *request,
                       struct heed_error *err)
{
    struct heed_stack *stack = &owned->stack;
    struct heed_stages *stages = NULL;
    const int n = stack->hidden;
    const struct heed_stage_request wanted = {.run = stack->run,
                                              .layer = stack->page - 1,
                                              .token = stack->token,
                                              .head_scale = request->result->head_scale};
    if (!heed_stage_compute(&stages, request->model, &wanted, err)) {
        return false;
    }
    put(owned, HEED_STACK_INPUT, stages->input, n);
    put(owned, HEED_STACK_QUERY, stages->query, n);
    put(owned, HEED_STACK_KEY, stages->key, n);
    put(owned, HEED_STACK_VALUE, stages->value, n);
    put(owned, HEED_STACK_CONCAT, stages->concat, n);
    put(owned, HEED_STACK_PROJECTION, stages->projection, n);
    put(owned, HEED_STACK_MIDDLE, stages->x, n);
    put(owned, HEED_STACK_INNER, stages->inner, stages->intermediate);
    put(owned, HEED_STACK_OUTER, stages->outer, n);
    put(owned, HEED_STACK_OUTPUT, stages->output, n);
    share_limit(stack, HEED_STACK_QUERY, HEED_STACK_VALUE);
    const float qkv = stack->places[HEED_STACK_QUERY].limit;
    stack->limit = share_limit(stack, HEED_STACK_CONCAT, HEED_STACK_OUTPUT);
    stack->places[HEED_STACK_INPUT].limit = stack->limit;
    stack->places[HEED_STACK_QUERY].limit = qkv;
    memcpy(owned->weights, stages->weights,
           (size_t)stack->n_heads * (size_t)stack->n_tokens * sizeof(float));
    stack->weights = owned->weights;
    fill_changes(stack, stages);
    heed_stages_destroy(stages);
    return true;
}

/* Of a file: the token's state before a layer and behind it, and each head's row. */
static void fill_states(struct owned_stack *owned, bool in_layer)
{
    struct heed_stack *stack = &owned->stack;
    const struct heed_run *run = stack->run;
    const int n = stack->hidden, layer = stack->page - 1, tokens = stack->n_tokens;
    if (!in_layer) {
        put(owned, HEED_STACK_START, state_of(run, 0, stack->token), n);
        stack->limit = stack->places[HEED_STACK_START].limit;
        return;
    }
    const float *before = state_of(run, layer, stack->token);
    const float *behind = state_of(run, layer + 1, stack->token);
    put(owned, HEED_STACK_INPUT, before, n);
    put(owned, HEED_STACK_OUTPUT, behind, n);
    stack->limit =
        fmaxf(stack->places[HEED_STACK_INPUT].limit, stack->places[HEED_STACK_OUTPUT].limit);
    stack->places[HEED_STACK_INPUT].limit = stack->places[HEED_STACK_OUTPUT].limit = stack->limit;
    for (int head = 0; head < stack->n_heads; head++) {
        float *to = owned->weights + (size_t)head * (size_t)tokens;
        const float *row = heed_run_rows(run, HEED_RUN_ATTENTION, layer * stack->n_heads + head,
                                         stack->token, 1, to);
        memmove(to, row, (size_t)tokens * sizeof(*to));
    }
    stack->weights = owned->weights;
    stack->output_cosine = cosine(before, behind, n);
}

/* The mean's square is the mean of the tokens' products with it. */
static void fill_tokens(struct owned_stack *owned, const float *mean)
{
    struct heed_stack *stack = &owned->stack;
    const int n = stack->hidden, layers = stack->n_layers;
    const double square = dot(mean, mean, n) * stack->n_tokens;
    for (int t = 0; t < stack->n_tokens; t++) {
        const float *h = state_of(stack->run, layers, t);
        owned->to_pooled[t] = (float)cosine(h, mean, n);
        owned->shares[t] = square > 0 ? (float)(dot(h, mean, n) / square) : 0;
    }
    stack->to_pooled = owned->to_pooled;
    stack->shares = owned->shares;
    stack->outputs_id = hash(state_of(stack->run, layers, 0), (size_t)stack->n_tokens * (size_t)n);
}

/* Of every piece, or every class. */
static bool score_all(float *scores, const struct heed_stack *stack, const struct heed_run *run)
{
    return stack->has_classes
               ? heed_class_scores(scores, NULL, stack->model, run, stack->token, NULL)
               : heed_mlm_probabilities(scores, NULL, NULL, stack->model, run, stack->token, NULL);
}

/* Of the token's output, or the text's; none without a head. */
static bool fill_predictions(struct heed_stack *stack, const struct heed_stack_request *request)
{
    if (!stack->has_mlm_head && !stack->has_classes) {
        return true;
    }
    const struct heed_run *plain = request->result->plain;
    const int all =
        stack->has_classes ? heed_model_get_config(stack->model)->n_classes : stack->vocab_size;
    const int k = HEED_STACK_PREDICTIONS < all ? HEED_STACK_PREDICTIONS : all;
    float *scores = malloc((size_t)all * sizeof(*scores));
    const bool ok = scores != NULL && score_all(scores, stack, stack->run);
    if (ok) {
        heed_plain_take_largest(scores, all, k, stack->predictions, stack->probabilities);
        stack->n_predictions = k;
        stack->has_before = plain != NULL && score_all(scores, stack, plain);
    }
    for (int i = 0; stack->has_before && i < k; i++) {
        stack->before[i] = scores[stack->predictions[i]];
    }
    free(scores);
    return ok;
}

static bool fill_end(struct owned_stack *owned, const struct heed_stack_request *request)
{
    struct heed_stack *stack = &owned->stack;
    const int n = stack->hidden, layers = stack->n_layers;
    double *sum = calloc((size_t)n, sizeof(*sum));
    float *mean = malloc((size_t)n * sizeof(*mean));
    const bool ok = sum != NULL && mean != NULL;
    for (int t = 0; ok && t < stack->n_tokens; t++) {
        const float *h = state_of(stack->run, layers, t);
        for (int i = 0; i < n; i++) {
            sum[i] += (double)h[i];
        }
    }
    for (int i = 0; ok && i < n; i++) {
        mean[i] = (float)(sum[i] / stack->n_tokens);
    }
    if (ok) {
        put(owned, HEED_STACK_LAST, state_of(stack->run, layers, stack->token), n);
        put(owned, HEED_STACK_POOLED, mean, n);
        stack->limit = share_limit(stack, HEED_STACK_LAST, HEED_STACK_POOLED);
        fill_tokens(owned, mean);
    }
    free(sum);
    free(mean);
    return ok && fill_predictions(stack, request);
}

static void fill_likeness(struct owned_stack *owned)
{
    const struct heed_stack *stack = &owned->stack;
    const float *first = state_of(stack->run, 0, stack->token);
    for (int layer = 0; layer <= stack->n_layers; layer++) {
        const float *own = state_of(stack->run, layer, stack->token);
        struct heed_stack_likeness *it = &owned->likeness[layer];
        double sum = 0;
        *it = (struct heed_stack_likeness){.input = (float)cosine(own, first, stack->hidden),
                                           .closest = -1};
        for (int t = 0; t < stack->n_tokens; t++) {
            if (t == stack->token) {
                continue;
            }
            const float other = (float)cosine(own, state_of(stack->run, layer, t), stack->hidden);
            sum += (double)other;
            if (it->closest < 0 || other > it->closest_cosine) {
                it->closest = t;
                it->closest_cosine = other;
            }
        }
        it->others = stack->n_tokens > 1 ? (float)(sum / (stack->n_tokens - 1)) : 0;
    }
}

/* It doesn't depend on the page. */
static void take_likeness(struct owned_stack *owned, const struct heed_stack *previous)
{
    const struct heed_stack *stack = &owned->stack;
    if (previous != NULL && previous->run == stack->run && previous->token == stack->token) {
        memcpy(owned->likeness, previous->likeness,
               ((size_t)stack->n_layers + 1) * sizeof(*owned->likeness));
    } else {
        fill_likeness(owned);
    }
}

static void describe(struct heed_stack *stack, const struct heed_stack_request *request)
{
    const struct heed_run *run = request->result->run;
    static const struct heed_model_config none; /* of a file: its states are all there is */
    const struct heed_model_config *config =
        request->model != NULL ? heed_model_get_config(request->model) : &none;
    const struct heed_token *token = &request->result->encoding->tokens[request->token];
    *stack = (struct heed_stack){
        .run = heed_run_retain(run),
        .model = request->model,
        .tokenizer = request->tokenizer,
        .token = request->token,
        .page = request->page,
        .n_layers = run->n_layers,
        .n_heads = run->n_heads,
        .head_dim = run->head_dim,
        .hidden = run->hidden,
        .n_tokens = run->n_tokens,
        .intermediate = config->intermediate,
        .vocab_size = config->vocab_size,
        .id = token->id,
        .segment = token->type,
        .variant = request->result->variant,
        .activation = config->activation,
        .has_bias = heed_run_has(run, HEED_RUN_BIAS),
        .has_mlm_head =
            request->model != NULL && heed_model_get_weights(request->model)->has_mlm_head,
        .has_classes = request->model != NULL &&
                       heed_model_get_weights(request->model)->classes.out.weight != NULL};
}

static bool allocate(struct owned_stack *owned)
{
    const struct heed_stack *stack = &owned->stack;
    const size_t hidden = (size_t)stack->hidden, n = (size_t)stack->n_tokens;
    const size_t rows = HEED_STACK_N_VECTORS + (size_t)stack->intermediate / hidden + 1;
    owned->values = calloc(rows * hidden, sizeof(float));
    owned->weights = calloc((size_t)stack->n_heads * n, sizeof(float));
    owned->to_pooled = calloc(n, sizeof(float));
    owned->shares = calloc(n, sizeof(float));
    owned->likeness = calloc((size_t)stack->n_layers + 1, sizeof(*owned->likeness));
    return owned->values != NULL && owned->weights != NULL && owned->to_pooled != NULL &&
           owned->shares != NULL && owned->likeness != NULL;
}

/* The stack holds its run, and borrows model and tokenizer. */
static bool create(struct heed_stack **stack, const struct heed_stack_request *request,
                   struct heed_error *err)
{
    struct owned_stack *owned = calloc(1, sizeof(*owned));
    if (owned == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the steps of a layer");
    }
    describe(&owned->stack, request);
    bool ok = allocate(owned);
    const bool in_layer = request->page > 0 && request->page <= owned->stack.n_layers;
    if (ok && request->model == NULL && request->page <= owned->stack.n_layers) {
        fill_states(owned, in_layer);
    } else if (ok && request->page <= 0) {
        ok = fill_embedding(owned, request);
    } else if (ok && in_layer) {
        ok = fill_layer(owned, request, err);
    } else if (ok) {
        ok = fill_end(owned, request);
    }
    if (ok && request->model != NULL && !heed_model_check(request->model, err)) {
        heed_stack_destroy(&owned->stack);
        return false;
    }
    if (!ok) {
        heed_stack_destroy(&owned->stack);
        return heed_error_set(err, HEED_ERROR_MEMORY, "out of memory for the steps of a layer");
    }
    take_likeness(owned, request->previous);
    owned->stack.values = owned->values;
    owned->stack.likeness = owned->likeness;
    owned->stack.values_id =
        hash(owned->values, (size_t)owned->stack.n_rows * (size_t)owned->stack.hidden);
    *stack = &owned->stack;
    return true;
}

void heed_stack_destroy(void *stack)
{
    struct owned_stack *owned = stack;
    if (owned != NULL) {
        heed_run_release(owned->stack.run);
        free(owned->values);
        free(owned->weights);
        free(owned->to_pooled);
        free(owned->shares);
        free(owned->likeness);
        free(owned);
    }
}

/* True if it is what the request would give. */
static bool fits(const struct heed_stack *stack, const struct heed_stack_request *request)
{
    return stack != NULL && stack->run == request->result->run && stack->token == request->token &&
           stack->page == request->page && stack->model == request->model &&
           stack->tokenizer == request->tokenizer;
}

/* What the steps are computed of. */
static bool can_follow(const struct heed_result *result, const struct heed_model *model)
{
    return result != NULL && result->ok && (model != NULL || result->file != NULL) &&
           result->run != NULL && result->run->hidden_states != NULL &&
           !heed_maps_have_sides(result->maps);
}

bool heed_stack_is_missing(const struct heed_frame *frame)
{
    return frame->cache == NULL && can_follow(frame->result, frame->model) &&
           heed_neuron_token(frame->result->maps, frame->state->query) >= 0;
}

void heed_stack_follow(void **cache, const struct heed_view_source *source)
{
    const struct heed_result *result = source->result;
    const bool wanted = can_follow(result, source->model);
    struct heed_stack_request request = {.model =
                                             wanted && result->file == NULL ? source->model : NULL,
                                         .tokenizer = source->tokenizer,
                                         .result = result,
                                         .page = source->state->stack_page,
                                         .previous = *cache};
    request.token = wanted ? heed_neuron_token(result->maps, source->state->query) : -1;
    if (wanted && request.token >= 0 && fits(*cache, &request)) {
        return;
    }
    struct heed_stack *fresh = NULL;
    if (request.token >= 0 && !create(&fresh, &request, NULL)) {
        fresh = NULL;
    }
    heed_stack_destroy(*cache);
    *cache = fresh;
}

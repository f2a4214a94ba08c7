#include "lesson/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/link_measures.h"
#include "core/bert/stages.h"

/* --- a row of scores --- */

static const float *vector(const float *of, const struct heed_run *run, struct heed_head_id head,
                           int token)
{
    const size_t at =
        ((size_t)head.layer * (size_t)run->n_heads + (size_t)head.head) * (size_t)run->n_tokens +
        (size_t)token;
    return of + at * (size_t)run->head_dim;
}

static double dot(const float *a, const float *b, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += (double)a[i] * (double)b[i];
    }
    return sum;
}

static double score(const struct heed_run *run, struct heed_head_id head, int query, int key)
{
    const int map = head.layer * run->n_heads + head.head;
    return dot(vector(run->queries, run, head, query), vector(run->keys, run, head, key),
               run->head_dim) /
               sqrt(run->head_dim) +
           (double)heed_run_bias(run, map, query, key);
}

/* What is made of one score alone needs one token; sums of products over the pieces of a
 * word mean nothing. */
static bool check_single(const struct heed_lesson_call *call, struct heed_error *err)
{
    const struct heed_run *run = call->run;
    if (run->queries == NULL || run->keys == NULL || run->values == NULL) {
        return heed_error_set(err, HEED_ERROR_INPUT, "queries and keys aren't known here");
    }
    return (call->query.count <= 1 && call->key.count <= 1) ||
           heed_error_set(err, HEED_ERROR_INPUT, "a word is several tokens here: name a piece");
}

/* The key's share of the row by exp(factor * score). */
static double share(const struct heed_lesson_call *call, double factor)
{
    double most = -INFINITY;
    double sum = 0;
    for (int key = 0; key < call->run->n_tokens; key++) {
        most = fmax(most, factor * score(call->run, call->head, call->query.first, key));
    }
    for (int key = 0; key < call->run->n_tokens; key++) {
        sum += exp(factor * score(call->run, call->head, call->query.first, key) - most);
    }
    return exp(factor * score(call->run, call->head, call->query.first, call->key.first) - most) /
           sum;
}

#define VALUE(name, condition, number_of)                                                          \
    static bool name(const struct heed_lesson_call *call, struct heed_lesson_value *value,         \
                     struct heed_error *err)                                                       \
    {                                                                                              \
        if (!(condition)) {                                                                        \
            return false;                                                                          \
        }                                                                                          \
        value->number = (number_of);                                                               \
        return true;                                                                               \
    }

#define SINGLE check_single(call, err)
#define SCORE score(call->run, call->head, call->query.first, call->key.first)

VALUE(get_weight, call != NULL,
      (double)heed_run_link_weight(call->run, call->head.layer, call->head.head, call->query,
                                   call->key))
VALUE(get_dot, SINGLE, SCORE *sqrt(call->run->head_dim))
VALUE(get_score, SINGLE, SCORE)
VALUE(get_exp, SINGLE, exp(SCORE))
VALUE(get_noscale, SINGLE, share(call, sqrt(call->run->head_dim)))
VALUE(get_temperature, SINGLE, share(call, 1 / call->number))

/* With 5 added to all: what softmax doesn't see. */
VALUE(get_shift, SINGLE, share(call, 1))

static double sum_exponentials(const struct heed_lesson_call *call)
{
    double sum = 0;
    for (int key = 0; key < call->run->n_tokens; key++) {
        sum += exp(score(call->run, call->head, call->query.first, key));
    }
    return sum;
}

VALUE(get_expsum, SINGLE, sum_exponentials(call))

/* --- rows and columns --- */

static double sum_of(const struct heed_lesson_call *call, bool column)
{
    const int n = call->run->n_tokens;
    const struct heed_token_range word = call->query;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const struct heed_token_range other = {i, 1};
        sum += (double)heed_run_link_weight(call->run, call->head.layer, call->head.head,
                                            column ? other : word, column ? word : other);
    }
    return sum;
}

VALUE(get_row, call != NULL, sum_of(call, false))
VALUE(get_column, call != NULL, sum_of(call, true))

/* What the rows but the query's give the key. */
static double others(const struct heed_lesson_call *call)
{
    const struct heed_token_range query = call->query;
    double sum = 0;
    int n = 0;
    for (int i = 0; i < call->run->n_tokens; i++) {
        if (i < query.first || i >= query.first + query.count) {
            const struct heed_token_range row = {i, 1};
            sum += (double)heed_run_link_weight(call->run, call->head.layer, call->head.head, row,
                                                call->key);
            n++;
        }
    }
    return n > 0 ? sum / n : 0;
}

VALUE(get_others, call != NULL, others(call))

static double over_heads(const struct heed_lesson_call *call, int first, int end, bool largest)
{
    double sum = 0;
    double most = 0;
    for (int layer = first; layer < end; layer++) {
        for (int head = 0; head < call->run->n_heads; head++) {
            const double weight =
                (double)heed_run_link_weight(call->run, layer, head, call->query, call->key);
            sum += weight;
            most = fmax(most, weight);
        }
    }
    return largest ? most : sum / ((end - first) * call->run->n_heads);
}

VALUE(get_mean, call != NULL, over_heads(call, call->layer, call->layer + 1, false))
VALUE(get_max, call != NULL, over_heads(call, 0, call->run->n_layers, true))

static bool get_top(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                    struct heed_error *err)
{
    double most = -1;
    int top = 0;
    for (int key = 0; key < call->run->n_tokens; key++) {
        const struct heed_token_range other = {key, 1};
        const double weight = (double)heed_run_link_weight(call->run, call->head.layer,
                                                           call->head.head, call->query, other);
        if (weight > most) {
            most = weight;
            top = key;
        }
    }
    const char *piece =
        heed_tokenizer_get_piece(call->world->tokenizer, call->result->encoding->tokens[top].id);
    snprintf(value->name, sizeof(value->name), "%s", piece != NULL ? piece : "?");
    (void)err;
    return true;
}

static bool get_best(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                     struct heed_error *err)
{
    double most = -1;
    for (int layer = 0; layer < call->run->n_layers; layer++) {
        for (int head = 0; head < call->run->n_heads; head++) {
            const double weight =
                (double)heed_run_link_weight(call->run, layer, head, call->query, call->key);
            if (weight > most) {
                most = weight;
                snprintf(value->name, sizeof(value->name), "L%dH%d", layer, head);
            }
        }
    }
    (void)err;
    return true;
}

/* --- values --- */

/* |v W_O| of one key: what a weight of 1 would add. */
static double value_norm(const struct heed_lesson_call *call, int key)
{
    const struct heed_run *run = call->run;
    const struct heed_linear_weights *output =
        &heed_model_get_weights(call->world->model)->layers[call->head.layer].attention_output;
    const float *of = output->weight + (size_t)call->head.head * (size_t)run->head_dim;
    double squares = 0;
    for (int i = 0; i < run->hidden; i++) {
        const double sum = dot(of + (size_t)i * (size_t)run->hidden,
                               vector(run->values, run, call->head, key), run->head_dim);
        squares += sum * sum;
    }
    return sqrt(squares);
}

/* The query's row of weights, the caller's to free; NULL without memory. */
static float *copy_row(const struct heed_lesson_call *call)
{
    const struct heed_run *run = call->run;
    const size_t size = (size_t)run->n_tokens * sizeof(float);
    float *row = malloc(size);
    if (row != NULL) {
        const float *read = heed_run_rows(run, HEED_RUN_ATTENTION,
                                          call->head.layer * run->n_heads + call->head.head,
                                          call->query.first, 1, row);
        memmove(row, read, size);
    }
    return row;
}

static double value_share(const struct heed_lesson_call *call, const float *row)
{
    double sum = 0;
    for (int key = 0; key < call->run->n_tokens; key++) {
        sum += (double)row[key] * value_norm(call, key);
    }
    return (double)row[call->key.first] * value_norm(call, call->key.first) / sum;
}

static bool has_model(const struct heed_lesson_call *call, struct heed_error *err)
{
    return call->world->model != NULL ||
           heed_error_set(err, HEED_ERROR_INPUT, "the model's weights aren't known here");
}

/* A number that is made of the query's row of weights. */
static bool of_row(const struct heed_lesson_call *call,
                   double (*number_of)(const struct heed_lesson_call *call, const float *row),
                   double *number, struct heed_error *err)
{
    float *row = copy_row(call);
    if (row == NULL) {
        return heed_error_set(err, HEED_ERROR_MEMORY, "no memory left for a row of weights");
    }
    *number = number_of(call, row);
    free(row);
    return true;
}

VALUE(get_vnorm, SINGLE &&has_model(call, err), value_norm(call, call->query.first))
static bool get_value(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                      struct heed_error *err)
{
    return SINGLE && has_model(call, err) && of_row(call, value_share, &value->number, err);
}

/* The head's result, a v, and the key's value. */
static double result_cosine(const struct heed_lesson_call *call, const float *row)
{
    const struct heed_run *run = call->run;
    const float *value = vector(run->values, run, call->head, call->key.first);
    double product = 0;
    double length = 0;
    for (int d = 0; d < run->head_dim; d++) {
        double sum = 0;
        for (int key = 0; key < run->n_tokens; key++) {
            sum += (double)row[key] * (double)vector(run->values, run, call->head, key)[d];
        }
        product += sum * (double)value[d];
        length += sum * sum;
    }
    return product / sqrt(length * dot(value, value, run->head_dim));
}

static bool get_outcos(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                       struct heed_error *err)
{
    return SINGLE && of_row(call, result_cosine, &value->number, err);
}

/* The lengths of what makes a token's first state. */
static bool get_norm(const struct heed_lesson_call *call, struct heed_lesson_value *value,
                     struct heed_error *err)
{
    float position[4096];
    const struct heed_token *token = &call->result->encoding->tokens[call->query.first];
    if (!has_model(call, err) || heed_model_get_config(call->world->model)->embedding > 4096) {
        return false;
    }
    const struct heed_embedding_parts parts =
        heed_stage_get_embedding(call->world->model, token->id, token->type);
    const float *of = parts.word;
    if (strcmp(call->kind, "position") == 0) {
        of =
            heed_stage_get_position(
                call->world->model, call->result->variant.positions,
                heed_stage_get_place(call->world->model, call->result->encoding, call->query.first),
                position)
                ? position
                : NULL;
    } else if (strcmp(call->kind, "segment") == 0) {
        of = parts.segment;
    } else if (strcmp(call->kind, "word") != 0) {
        return heed_error_set(err, HEED_ERROR_FORMAT,
                              "norm is of word, position or segment, not of '%s'", call->kind);
    }
    value->number = of != NULL ? sqrt(dot(of, of, parts.width)) : 0;
    return true;
}

const struct heed_lesson_function heed_lesson_head_functions[] = {
    {"weight", "lh", get_weight},   {"dot", "lh", get_dot},
    {"score", "lh", get_score},     {"exp", "lh", get_exp},
    {"noscale", "lh", get_noscale}, {"temp", "nlh", get_temperature},
    {"shift", "lh", get_shift},     {"expsum", "wh", get_expsum},
    {"row", "wh", get_row},         {"column", "wh", get_column},
    {"others", "lh", get_others},   {"mean", "lL", get_mean},
    {"max", "l", get_max},          {"top", "wh", get_top},
    {"best", "l", get_best},        {"vnorm", "wh", get_vnorm},
    {"value", "lh", get_value},     {"outcos", "lh", get_outcos},
    {"norm", "kw", get_norm},       {NULL, NULL, NULL},
};

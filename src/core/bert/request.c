#include "core/bert/request.h"

#include <math.h>
#include <stdio.h>

static bool check_ids(const struct heed_request *request, const struct heed_model_config *config,
                      struct heed_error *err)
{
    for (int i = 0; i < request->n_tokens; i++) {
        const int32_t id = request->ids[i];
        if (id < 0 || id >= config->vocab_size) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "token %d has id %d, but the model's vocabulary ends at %d; "
                                  "tokenizer and weights must be of one model",
                                  i, (int)id, config->vocab_size - 1);
        }
        const int32_t segment = request->segments ? request->segments[i] : 0;
        if (config->n_segments > 0 && (segment < 0 || segment >= config->n_segments)) {
            return heed_error_set(
                err, HEED_ERROR_INPUT,
                "token %d is of segment %d, but the model has only %d; leave the pair out", i,
                (int)segment, config->n_segments);
        }
    }
    return true;
}

static bool check_scales(const struct heed_request *request, const struct heed_model_config *config,
                         struct heed_error *err)
{
    if (!request->head_scale) {
        return true;
    }
    for (int i = 0; i < config->n_layers * config->n_heads; i++) {
        if (!isfinite(request->head_scale[i])) {
            return heed_error_set(err, HEED_ERROR_INPUT, "the factor of head L%dH%d isn't a number",
                                  i / config->n_heads, i % config->n_heads);
        }
    }
    return true;
}

static bool is_allowed(const struct heed_request *request, int query, int key)
{
    return !request->allowed ||
           request->allowed[(size_t)query * (size_t)request->n_tokens + (size_t)key];
}

static bool check_allowed(const struct heed_request *request, struct heed_error *err)
{
    for (int i = 0; request->allowed && i < request->n_tokens; i++) {
        int key = 0;
        while (key < request->n_tokens && !is_allowed(request, i, key)) {
            key++;
        }
        if (key == request->n_tokens) {
            return heed_error_set(
                err, HEED_ERROR_INPUT,
                "the mask leaves token %d nothing to attend to; allow at least one token", i);
        }
    }
    return true;
}

static bool is_everywhere(const struct heed_cut *cut)
{
    return cut->layer == -1 && cut->head == -1;
}

static bool is_same_row(const struct heed_cut *a, const struct heed_cut *b)
{
    return a->layer == b->layer && a->head == b->head && a->query == b->query;
}

static bool is_cut(const struct heed_request *request, const struct heed_cut *row, int key)
{
    for (int i = 0; i < request->n_cuts; i++) {
        const struct heed_cut *cut = &request->cuts[i];
        if (cut->key == key && cut->query == row->query &&
            (is_everywhere(cut) || is_same_row(cut, row))) {
            return true;
        }
    }
    return false;
}

/* True for the first cut of its row: the row is judged once. */
static bool is_first_of_row(const struct heed_request *request, int index)
{
    for (int i = 0; i < index; i++) {
        if (is_same_row(&request->cuts[i], &request->cuts[index])) {
            return false;
        }
    }
    return true;
}

static bool row_keeps_a_link(const struct heed_request *request, const struct heed_cut *row)
{
    for (int key = 0; key < request->n_tokens; key++) {
        if (is_allowed(request, row->query, key) && !is_cut(request, row, key)) {
            return true;
        }
    }
    return false;
}

static bool is_inside(const struct heed_cut *cut, int n, const struct heed_model_config *config)
{
    const bool is_head = cut->layer >= 0 && cut->layer < config->n_layers && cut->head >= 0 &&
                         cut->head < config->n_heads;
    return (is_head || is_everywhere(cut)) && cut->query >= 0 && cut->query < n && cut->key >= 0 &&
           cut->key < n;
}

/* Heads with cuts of their own are rows of their own; all others lose only
 * what is cut everywhere. */
static bool check_cuts(const struct heed_request *request, const struct heed_model_config *config,
                       struct heed_error *err)
{
    for (int i = 0; i < request->n_cuts; i++) {
        const struct heed_cut *cut = &request->cuts[i];
        if (!is_inside(cut, request->n_tokens, config)) {
            return heed_error_set(err, HEED_ERROR_INPUT,
                                  "the cut link L%dH%d %d -> %d doesn't exist", cut->layer,
                                  cut->head, (int)cut->query, (int)cut->key);
        }
    }
    for (int i = 0; i < request->n_cuts; i++) {
        const struct heed_cut *cut = &request->cuts[i];
        if (is_first_of_row(request, i) && !row_keeps_a_link(request, cut)) {
            char head[24] = "every head";
            if (!is_everywhere(cut)) {
                snprintf(head, sizeof head, "L%dH%d", cut->layer, cut->head);
            }
            return heed_error_set(
                err, HEED_ERROR_INPUT,
                request->allowed ? "mask and cut links leave token %d nothing to attend to in %s; "
                                   "put a link back"
                                 : "all links of token %d in %s are cut; leave it at least one",
                (int)cut->query, head);
        }
    }
    return true;
}

bool heed_request_check(const struct heed_request *request, const struct heed_model_config *config,
                        struct heed_error *err)
{
    if (request->n_tokens < 1 || !request->ids) {
        return heed_error_set(err, HEED_ERROR_INPUT, "there is no token to encode");
    }
    if (request->n_tokens > config->max_positions) {
        return heed_error_set(err, HEED_ERROR_INPUT,
                              "%d tokens, but the model has only %d positions; shorten the text",
                              request->n_tokens, config->max_positions);
    }
    return check_ids(request, config, err) && check_scales(request, config, err) &&
           check_allowed(request, err) && check_cuts(request, config, err);
}

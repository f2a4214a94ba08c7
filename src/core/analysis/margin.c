#include "core/analysis/margin.h"

#include "base/array.h"

double heed_margin_of(const double *weights, int n, int answer)
{
    double best = 0;
    for (int c = 0; c < n; c++) {
        if (c != answer && weights[c] > best) {
            best = weights[c];
        }
    }
    return weights[answer] - best;
}

void heed_margin_weigh(double *weights, const struct heed_margin_request *request, int layer,
                       int head)
{
    for (int c = 0; c < request->n; c++) {
        weights[c] = (double)heed_rank_link_weight(request->maps, layer, head, request->query,
                                                   request->keys[c]);
    }
}

static struct heed_margin_head measure(const struct heed_margin_request *request, int layer,
                                       int head)
{
    double weights[HEED_MARGIN_MOST_KEYS];
    heed_margin_weigh(weights, request, layer, head);
    struct heed_margin_head found = {
        .layer = layer,
        .head = head,
        .weight = (float)weights[request->answer],
        .best = -1,
        .margin = (float)heed_margin_of(weights, request->n, request->answer),
    };
    for (int c = 0; c < request->n; c++) {
        if (c != request->answer && (found.best < 0 || weights[c] > weights[found.best])) {
            found.best = c;
        }
    }
    found.other = found.best >= 0 ? (float)weights[found.best] : 0;
    const struct heed_unit_range all = {0, request->maps->n};
    found.row = heed_rank_link_weight(request->maps, layer, head, request->query, all);
    return found;
}

static int compare_weights(const void *left, const void *right)
{
    const struct heed_margin_head *a = left;
    const struct heed_margin_head *b = right;
    return heed_rank_compare((double)a->weight, (double)b->weight, a->layer - b->layer,
                             a->head - b->head);
}

static int compare_margins(const void *left, const void *right)
{
    const struct heed_margin_head *a = left;
    const struct heed_margin_head *b = right;
    return heed_rank_compare((double)a->margin, (double)b->margin, a->layer - b->layer,
                             a->head - b->head);
}

void heed_margin_heads(struct heed_margin_head *heads, const struct heed_margin_request *request,
                       enum heed_margin_order order)
{
    const int n_heads = request->maps->n_heads;
    const int n = request->maps->n_layers * n_heads;
    for (int h = 0; h < n; h++) {
        heads[h] = measure(request, h / n_heads, h % n_heads);
    }
    if (order != HEED_MARGIN_BY_PLACE) {
        heed_sort(heads, (size_t)n, sizeof *heads,
                  order == HEED_MARGIN_BY_WEIGHT ? compare_weights : compare_margins);
    }
}

void heed_margin_layers(struct heed_margin_layer *layers, const struct heed_margin_head *heads,
                        int n_layers, int n_heads)
{
    for (int layer = 0; layer < n_layers; layer++) {
        const struct heed_margin_head *of = heads + (size_t)layer * (size_t)n_heads;
        struct heed_margin_layer found = {0, of[0].margin, 0, of[0].margin};
        double sum = 0;
        for (int h = 0; h < n_heads; h++) {
            sum += (double)of[h].margin;
            if (of[h].margin > found.best) {
                found.best = of[h].margin;
                found.best_head = h;
            }
            found.least = of[h].margin < found.least ? of[h].margin : found.least;
        }
        found.mean = (float)(sum / n_heads);
        layers[layer] = found;
    }
}

#include "core/analysis/cost.h"

static double pairs_within(double n, double window)
{
    return n <= window ? n * n : n * (2 * window + 1) - window * (window + 1);
}

double heed_cost_layer(const struct heed_cost_model *model, enum heed_cost_kind kind, double n,
                       int window)
{
    const double d = model->hidden, f = model->intermediate;
    switch (kind) {
    case HEED_COST_SOFTMAX:
        return 2 * n * n * d;
    case HEED_COST_DENSE:
        return n * (4 * d * d + 2 * d * f);
    case HEED_COST_LINEAR:
        return 2 * n * d * (d / model->n_heads);
    case HEED_COST_WINDOW:
        return 2 * pairs_within(n, window) * d;
    case HEED_COST_RECURRENT:
        return 2 * n * d * d;
    case HEED_N_COSTS:
        break;
    }
    return 0;
}

double heed_cost_crossing(const struct heed_cost_model *model)
{
    return 2.0 * model->hidden + model->intermediate;
}

double heed_cost_weights_bytes(const struct heed_cost_model *model, double n)
{
    return 4 * n * n * model->n_layers * model->n_heads;
}

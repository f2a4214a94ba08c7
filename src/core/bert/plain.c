#include "core/bert/plain.h"

#include <math.h>
#include <stddef.h>

void heed_plain_linear(float *y, const float *x, int n_in, int n_out,
                       const struct heed_linear_weights *weights)
{
    for (int o = 0; o < n_out; o++) {
        const float *row = weights->weight + (size_t)o * (size_t)n_in;
        /* Four sums side by side: one would wait for each addition. */
        float sum[4] = {0};
        int i = 0;
        for (; i + 4 <= n_in; i += 4) {
            for (int j = 0; j < 4; j++) {
                sum[j] += x[i + j] * row[i + j];
            }
        }
        for (; i < n_in; i++) {
            sum[0] += x[i] * row[i];
        }
        y[o] = (sum[0] + sum[1]) + (sum[2] + sum[3]) + (weights->bias ? weights->bias[o] : 0.0f);
    }
}

static float activate(float x, enum heed_activation activation)
{
    switch (activation) {
    case HEED_ACTIVATION_GELU:
        return 0.5f * x * (1.0f + erff(x * 0.70710678f));
    case HEED_ACTIVATION_GELU_TANH: {
        const float inner = 0.79788456f * (x + 0.044715f * x * x * x);
        return 0.5f * x * (1.0f + tanhf(inner));
    }
    case HEED_ACTIVATION_GELU_10:
        return fminf(10.0f, fmaxf(-10.0f, activate(x, HEED_ACTIVATION_GELU)));
    case HEED_ACTIVATION_QUICK_GELU:
        return x / (1.0f + expf(-1.702f * x));
    case HEED_ACTIVATION_SILU:
        return x / (1.0f + expf(-x));
    case HEED_ACTIVATION_MISH: /* ln(1 + e^x) is x for what expf can't hold */
        return x * tanhf(x > 20.0f ? x : log1pf(expf(x)));
    case HEED_ACTIVATION_TANH:
        return tanhf(x);
    case HEED_ACTIVATION_RELU:
        break;
    }
    return x > 0.0f ? x : 0.0f;
}

void heed_plain_activate(float *y, const float *x, int n, enum heed_activation activation)
{
    for (int i = 0; i < n; i++) {
        y[i] = activate(x[i], activation);
    }
}

void heed_plain_norm(float *y, const float *x, int n, float epsilon,
                     const struct heed_norm_weights *weights)
{
    float sum = 0.0f;
    for (int i = 0; i < n; i++) {
        sum += x[i];
    }
    const float mean = sum / (float)n;
    float squares = 0.0f;
    for (int i = 0; i < n; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    const float factor = 1.0f / sqrtf(squares / (float)n + epsilon);
    for (int i = 0; i < n; i++) {
        y[i] = (x[i] - mean) * factor * weights->gamma[i] + weights->beta[i];
    }
}

void heed_plain_softmax(float *x, int n)
{
    float max = x[0];
    for (int i = 1; i < n; i++) {
        max = x[i] > max ? x[i] : max;
    }
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        x[i] = expf(x[i] - max);
        sum += (double)x[i];
    }
    for (int i = 0; i < n; i++) {
        x[i] = (float)((double)x[i] / sum);
    }
}

/* Keeps the k largest by insertion: k is small. */
void heed_plain_take_largest(const float *x, int n, int k, int32_t *ids, float *largest)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (count == k && x[i] <= largest[k - 1]) {
            continue;
        }
        int at = count < k ? count++ : k - 1;
        for (; at > 0 && largest[at - 1] < x[i]; at--) {
            largest[at] = largest[at - 1];
            ids[at] = ids[at - 1];
        }
        largest[at] = x[i];
        ids[at] = i;
    }
}

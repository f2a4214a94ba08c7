/* The reference: what every other kernel is tested against. */
#include <math.h>

#include "core/tensor/kernels.h"
#include "core/tensor/pack.h"

enum { PANEL = 16 };

static float pointwise(enum heed_pointwise function, float x)
{
    switch (function) {
    case HEED_POINTWISE_GELU:
        return 0.5f * x * (1.0f + erff(x * 0.70710678f));
    case HEED_POINTWISE_GELU_TANH: {
        const float inner = 0.79788456f * (x + 0.044715f * x * x * x);
        return 0.5f * x * (1.0f + tanhf(inner));
    }
    case HEED_POINTWISE_RELU:
        return x > 0.0f ? x : 0.0f;
    case HEED_POINTWISE_NONE:
        break;
    }
    return x;
}

static void multiply_row(const struct heed_product *product, int row, int panel)
{
    const float *a = product->a + (size_t)row * product->a_stride;
    const float *b = product->packed + (size_t)panel * PANEL * (size_t)product->depth;
    float sum[PANEL] = {0};
    for (int k = 0; k < product->depth; k++) {
        for (int c = 0; c < PANEL; c++) {
            sum[c] += a[k] * b[(size_t)k * PANEL + (size_t)c];
        }
    }
    const int first = panel * PANEL;
    for (int c = 0; c < PANEL && first + c < product->column_end; c++) {
        const float bias = product->bias ? product->bias[first + c] : 0.0f;
        *heed_output_at(&product->out, row, first + c) =
            pointwise(product->pointwise, product->scale * sum[c] + bias);
    }
}

static void multiply(const struct heed_product *product)
{
    const int begin = product->column_begin / PANEL;
    const int end = (product->column_end + PANEL - 1) / PANEL;
    for (int panel = begin; panel < end; panel++) {
        for (int r = product->row_begin; r < product->row_end; r++) {
            multiply_row(product, r, panel);
        }
    }
}

static float entropy_of(const float *weights, int n)
{
    float entropy = 0.0f;
    for (int i = 0; i < n; i++) {
        entropy -= weights[i] > 0.0f ? weights[i] * log2f(weights[i]) : 0.0f;
    }
    return entropy;
}

static void softmax(float *weights, float *scores, size_t stride, int rows, int n, float *entropies)
{
    for (int r = 0; r < rows; r++) {
        float *row = scores + (size_t)r * stride;
        float *to = weights + (size_t)r * (size_t)n;
        float max = row[0];
        for (int i = 1; i < n; i++) {
            max = row[i] > max ? row[i] : max;
        }
        float sum = 0.0f;
        for (int i = 0; i < n; i++) {
            row[i] = expf(row[i] - max);
            sum += row[i];
        }
        for (int i = 0; i < n; i++) {
            to[i] = row[i] / sum;
        }
        if (entropies) {
            entropies[r] = entropy_of(to, n);
        }
    }
}

static void norm_row(float *y, const float *x, const float *residual, const struct heed_norm *norm)
{
    const int n = norm->width;
    float sum = 0.0f;
    for (int i = 0; i < n; i++) {
        y[i] = residual ? x[i] + residual[i] : x[i];
        sum += y[i];
    }
    const float mean = sum / (float)n;
    float squares = 0.0f;
    for (int i = 0; i < n; i++) {
        squares += (y[i] - mean) * (y[i] - mean);
    }
    const float factor = 1.0f / sqrtf(squares / (float)n + norm->epsilon);
    for (int i = 0; i < n; i++) {
        y[i] = (y[i] - mean) * factor * norm->gamma[i] + norm->beta[i];
    }
}

static void add_norm(float *y, const float *x, const float *residual, int rows,
                     const struct heed_norm *norm)
{
    for (int r = 0; r < rows; r++) {
        const size_t offset = (size_t)r * (size_t)norm->width;
        norm_row(y + offset, x + offset, residual ? residual + offset : NULL, norm);
    }
}

static float sum(const float *x, size_t n)
{
    float total[PANEL] = {0};
    for (size_t i = 0; i + PANEL <= n; i += PANEL) {
        for (size_t j = 0; j < PANEL; j++) {
            total[j] += x[i + j];
        }
    }
    float all = 0.0f;
    for (int j = 0; j < PANEL; j++) {
        all += total[j];
    }
    return all;
}

static float multiply_add(int rounds)
{
    float x[PANEL];
    for (int j = 0; j < PANEL; j++) {
        x[j] = (float)j;
    }
    for (int i = 0; i < rounds; i++) {
        for (int j = 0; j < PANEL; j++) {
            x[j] = x[j] * 0.999f + 0.001f;
        }
    }
    return sum(x, PANEL);
}

const struct heed_kernel_set *heed_kernels_get_reference(void)
{
    static const struct heed_kernel_set set = {
        .name = "reference",
        .panel = PANEL,
        .tile_rows = 1,
        .pack_columns = heed_pack_panel_from_columns,
        .multiply = multiply,
        .softmax = softmax,
        .add_norm = add_norm,
        .multiply_add = multiply_add,
        .multiply_add_flops = 2 * PANEL,
        .sum = sum,
    };
    return &set;
}

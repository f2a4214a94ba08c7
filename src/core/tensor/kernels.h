/*
 * The arithmetic of the encoder as tables of functions: the plain C
 * reference, and the fast ones that are tested against it. A kernel works on
 * a block of rows and columns on the calling thread; what it computes for an
 * element doesn't depend on the block, so that any division of the work gives
 * the same bits. Knows nothing of models or threads. Any thread.
 */
#ifndef HEED_CORE_TENSOR_KERNELS_H
#define HEED_CORE_TENSOR_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

enum heed_pointwise {
    HEED_POINTWISE_NONE,
    HEED_POINTWISE_GELU,      /* x Phi(x), by erf (Hendrycks, Gimpel 2016) */
    HEED_POINTWISE_GELU_TANH, /* its approximation by tanh */
    HEED_POINTWISE_RELU
};

/* Where element (row, column) of a product goes: columns are cut into
 * segments, one for each base, and these into groups (heads):
 *   base[column / segment] + column % segment / group * group_stride
 *     + row * row_stride + column % segment % group */
struct heed_output {
    float *base[3];
    int segment; /* at least columns, if there is only base[0] */
    int group;
    size_t group_stride;
    size_t row_stride;
};

static inline float *heed_output_at(const struct heed_output *out, int row, int column)
{
    const int inside = column % out->segment;
    return out->base[column / out->segment] + (size_t)(inside / out->group) * out->group_stride +
           (size_t)row * out->row_stride + inside % out->group;
}

/* Rows [row_begin, row_end) and columns [column_begin, column_end) of
 *   out = f(scale * a b + bias), a [rows, depth], b [depth, columns] packed.
 * column_begin is a multiple of the set's panel, column_end one too or equal
 * to columns. out must not overlap a. */
struct heed_product {
    const float *a;  /* row 0 */
    size_t a_stride; /* floats from row to row */
    const float *packed;
    int depth;
    int columns;
    int row_begin, row_end;
    int column_begin, column_end;
    float scale;
    const float *bias; /* [columns], or NULL */
    enum heed_pointwise pointwise;
    struct heed_output out;
};

struct heed_norm {
    const float *gamma; /* [width] */
    const float *beta;  /* [width] */
    float epsilon;
    int width;
};

struct heed_pack;

struct heed_kernel_set {
    const char *name;
    int panel;     /* columns that are packed together */
    int tile_rows; /* a block of rows is best a multiple of it */
    /* As heed_pack_panel_from_columns, whose width is panel. */
    void (*pack_columns)(const struct heed_pack *pack, int p, const float *source, size_t stride);
    void (*multiply)(const struct heed_product *product);
    /* weights[r, 0 .. n) = exp(s - max) / sum over s = scores[r, 0 .. n), for
     * each of the rows. weights are [rows, n]; rows of scores, which lose what
     * they hold, are stride floats apart; the two may be the same. A row has at
     * least one finite score; -inf gives exactly 0. entropies: [rows] of
     * - sum w log2 w, or NULL. */
    void (*softmax)(float *weights, float *scores, size_t stride, int rows, int n,
                    float *entropies);
    /* y = LN(x + residual), rows of norm->width next to each other. residual
     * may be NULL; y may be x or residual (Ba et al. 2016, eq. 4). */
    void (*add_norm)(float *y, const float *x, const float *residual, int rows,
                     const struct heed_norm *norm);
    /* For machine.h: rounds of independent multiply-adds in registers, each
     * of multiply_add_flops operations; and a sum of n floats. The results
     * mean nothing else. */
    float (*multiply_add)(int rounds);
    int multiply_add_flops;
    float (*sum)(const float *x, size_t n);
};

/* The sets of this build, from the plainest to the fastest, then NULL. */
extern const char *const heed_kernels_names[];
/* NULL if this build has no such set or this processor lacks its instructions.
 */
const struct heed_kernel_set *heed_kernels_find(const char *name);
const struct heed_kernel_set *heed_kernels_get_reference(void);
/* What this build and machine do best. */
const struct heed_kernel_set *heed_kernels_get_fastest(void);

#endif

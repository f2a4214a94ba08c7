/*
 * The fast kernels, written for vectors of any width. A file that includes
 * this has included a simd_*.h and defined TILE_ROWS (6 or 14): a tile of
 * the product, TILE_ROWS x 2 vectors, is held in registers while the depth
 * passes. An element's sum runs over the depth in one order, whatever tile it
 * falls in. Not a header for anyone else.
 */
#include <math.h>
#include <string.h>

#include "core/tensor/kernels.h"
#include "core/tensor/pack.h"

enum {
    PANEL = 2 * VEC,
    LINE = 16, /* floats of a cache line */
    /* Depth that passes at a time: its part of a panel stays in the
     * first-level cache while all rows go by. */
    DEPTH_BLOCK = 384
};

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* exp(x) for x in EXP_LEAST .. 88. exp(x) = 2^n exp(r), |r| <= ln 2 / 2, exp(r)
 * = 1 + r + r^2 q(r), q a minimax polynomial (error 3.2e-9). At EXP_LEAST n is
 * -127, whose power has no bits: the result is 0. */
#define EXP_LEAST -88.03f
static ALWAYS_INLINE vec vec_exp_bounded(vec x)
{
    const vec n = vec_round(vec_mul(x, vec_all(1.44269504f)));
    vec r = vec_fnma(n, vec_all(0.693359375f), x);
    r = vec_fnma(n, vec_all(-2.12194440e-4f), r);
    vec q = vec_all(1.3950539e-3f);
    q = vec_fma(q, r, vec_all(8.3689181e-3f));
    q = vec_fma(q, r, vec_all(4.1666205e-2f));
    q = vec_fma(q, r, vec_all(1.66665186e-1f));
    q = vec_fma(q, r, vec_all(0.50000001f));
    q = vec_fma(q, vec_mul(r, r), r);
    const vec power = vec_exp2_whole(n);
    return vec_fma(q, power, power);
}

static ALWAYS_INLINE vec vec_exp(vec x)
{
    return vec_exp_bounded(vec_max(x, vec_all(EXP_LEAST)));
}

/* x Phi(x) = max(x, 0) - t Phi(-t), t = |x|. Phi(-t) exp(t^2 / 2) is a
 * minimax polynomial in s = 1 / (1 + 0.3 t): t Phi(-t) errs by 6e-9 and some
 * roundings of its value, which is 0.17 at most. */
static ALWAYS_INLINE vec vec_gelu(vec x)
{
    const vec t = vec_abs(x);
    const vec one = vec_all(1.0f);
    const vec s = vec_div(one, vec_fma(t, vec_all(0.3f), one));
    vec p = vec_all(-5.056071076879e-2f);
    p = vec_fma(p, s, vec_all(9.351478471230e-2f));
    p = vec_fma(p, s, vec_all(2.129314994489e-1f));
    p = vec_fma(p, s, vec_all(-8.043497015550e-2f));
    p = vec_fma(p, s, vec_all(2.345134177413e-1f));
    p = vec_fma(p, s, vec_all(8.612894844848e-2f));
    p = vec_fma(p, s, vec_all(3.906686134308e-3f));
    const vec bell = vec_exp(vec_mul(vec_mul(t, t), vec_all(-0.5f)));
    return vec_fnma(vec_mul(t, bell), p, vec_max(x, vec_all(0.0f)));
}

/* x (1 + tanh u) / 2 = x / (1 + exp(-2u)), u = sqrt(2/pi) (x + 0.044715 x^3) */
static ALWAYS_INLINE vec vec_gelu_tanh(vec x)
{
    const vec one = vec_all(1.0f);
    const vec cubic = vec_fma(vec_mul(x, x), vec_all(0.044715f), one);
    const vec exponent = vec_mul(vec_mul(x, cubic), vec_all(-2.0f * 0.79788456f));
    const vec e = vec_exp(vec_min(exponent, vec_all(88.0f)));
    return vec_div(x, vec_add(one, e));
}

static ALWAYS_INLINE vec vec_pointwise(enum heed_pointwise function, vec x)
{
    switch (function) {
    case HEED_POINTWISE_GELU:
        return vec_gelu(x);
    case HEED_POINTWISE_GELU_TANH:
        return vec_gelu_tanh(x);
    case HEED_POINTWISE_RELU:
        return vec_max(x, vec_all(0.0f));
    case HEED_POINTWISE_NONE:
        break;
    }
    return x;
}

/* A tile of the product: a [rows, depth], b [depth, PANEL], c [rows, PANEL].
 * Parts of the depth follow each other: the first sets c, others add to it,
 * the last scales and adds the bias. */
struct tile {
    const float *a;
    size_t a_stride;
    const float *b;
    int depth;
    float *c;
    size_t c_stride;
    bool is_first, is_last;
    float scale;
    const float *bias; /* of the panel, or NULL */
    /* Where the next panel lies that comes from memory: it is fetched
     * meanwhile, so many cache lines for every four steps of the depth. */
    const float *next;
    size_t next_lines;
};

/* The registers of a tile are named c<row>_<half>: an array of them would be
 * kept in memory by compilers that unroll late. */
#define EACH_ROW(DO)                                                                               \
    DO(0)                                                                                          \
    DO(1)                                                                                          \
    DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13)
#define DECLARE_ROW(r) vec c##r##_0 = vec_all(0.0f), c##r##_1 = vec_all(0.0f);
#define LOAD_ROW(r)                                                                                \
    if (r < rows) {                                                                                \
        c##r##_0 = vec_load(t->c + r * t->c_stride);                                               \
        c##r##_1 = vec_load(t->c + r * t->c_stride + VEC);                                         \
    }
/* A tile's place is fetched while it is computed: it may lie in memory. */
#define FETCH_ROW(r)                                                                               \
    if (r < rows) {                                                                                \
        vec_prefetch_near(t->c + r * t->c_stride);                                                 \
        vec_prefetch_near(t->c + r * t->c_stride + PANEL - 1);                                     \
    }
#define MULTIPLY_ROW(r)                                                                            \
    if (r < rows) {                                                                                \
        const vec_factor x = vec_factor_load(a + r * stride + step);                               \
        vec_accumulate(c##r##_0, x, b0);                                                           \
        vec_accumulate(c##r##_1, x, b1);                                                           \
    }
#define EACH_STEP(EACH, k_step)                                                                    \
    {                                                                                              \
        const size_t step = k_step;                                                                \
        const vec b0 = vec_load(b + k_step * PANEL);                                               \
        const vec b1 = vec_load(b + k_step * PANEL + VEC);                                         \
        EACH(MULTIPLY_ROW)                                                                         \
    }
#define SCALE_ROW(r)                                                                               \
    if (r < rows) {                                                                                \
        c##r##_0 = vec_fma(c##r##_0, scale, bias_0);                                               \
        c##r##_1 = vec_fma(c##r##_1, scale, bias_1);                                               \
    }
#define STORE_ROW(r)                                                                               \
    if (r < rows) {                                                                                \
        vec_store(t->c + r * t->c_stride, c##r##_0);                                               \
        vec_store(t->c + r * t->c_stride + VEC, c##r##_1);                                         \
    }

/* rows is a constant in each caller. */
static ALWAYS_INLINE void multiply_tile(const size_t rows, const struct tile *t)
{
    EACH_ROW(DECLARE_ROW)
    if (!t->is_first) {
        EACH_ROW(LOAD_ROW)
    } else {
        EACH_ROW(FETCH_ROW)
    }
    const float *a = t->a;
    const float *b = t->b;
    const size_t stride = t->a_stride;
    const float *next = t->next;
    int k = t->depth;
    for (; k >= 4; k -= 4) {
        for (size_t i = 0; i < t->next_lines; i++) {
            vec_prefetch(next);
            next += LINE;
        }
        EACH_STEP(EACH_ROW, 0)
        EACH_STEP(EACH_ROW, 1)
        EACH_STEP(EACH_ROW, 2)
        EACH_STEP(EACH_ROW, 3)
        a += 4;
        b += 4 * PANEL;
    }
    for (; k > 0; k--) {
        EACH_STEP(EACH_ROW, 0)
        a++;
        b += PANEL;
    }
    if (t->is_last) {
        const vec scale = vec_all(t->scale);
        const vec bias_0 = t->bias ? vec_load(t->bias) : vec_all(0.0f);
        const vec bias_1 = t->bias ? vec_load(t->bias + VEC) : vec_all(0.0f);
        EACH_ROW(SCALE_ROW)
    }
    EACH_ROW(STORE_ROW)
}

typedef void tile_function(const struct tile *t);

#define DEFINE_TILE(r)                                                                             \
    static void multiply_tile_##r(const struct tile *t)                                            \
    {                                                                                              \
        multiply_tile(r + 1, t);                                                                   \
    }
#define NAME_TILE(r) multiply_tile_##r,
#if TILE_ROWS > 6
#define EACH_TILE EACH_ROW
#else
#define EACH_TILE(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5)
#endif
EACH_TILE(DEFINE_TILE)

static tile_function *const tile_functions[TILE_ROWS] = {EACH_TILE(NAME_TILE)}; /* of 1 row on */

/* Rows of the next tile when so many are left: short tiles wait for their own
 * sums, so the last two tiles share what is left of them. */
static int next_rows(int left)
{
    if (left >= 2 * TILE_ROWS || left == TILE_ROWS) {
        return TILE_ROWS;
    }
    return left > TILE_ROWS ? (left + 1) / 2 : left;
}

static void activate(enum heed_pointwise function, float *c, size_t stride, int rows)
{
    if (function == HEED_POINTWISE_NONE) {
        return;
    }
    for (int r = 0; r < rows; r++) {
        float *row = c + (size_t)r * stride;
        vec_store(row, vec_pointwise(function, vec_load(row)));
        vec_store(row + VEC, vec_pointwise(function, vec_load(row + VEC)));
    }
}

/* True if the panel's columns lie next to each other in the output. */
static bool is_whole(const struct heed_product *product, int first)
{
    const int inside = first % product->out.segment;
    return first + PANEL <= product->column_end && inside + PANEL <= product->out.segment &&
           inside % product->out.group + PANEL <= product->out.group;
}

static struct tile tile_of(const struct heed_product *product, int first)
{
    return (struct tile){.a_stride = product->a_stride,
                         .b = product->packed + (size_t)first * (size_t)product->depth,
                         .depth = product->depth,
                         .is_first = true,
                         .is_last = true,
                         .scale = product->scale,
                         .bias = product->bias ? product->bias + first : NULL,
                         .next = product->packed};
}

static const float *packed_at(const struct heed_product *product, int first, int depth_begin)
{
    return product->packed + (size_t)first * (size_t)product->depth + (size_t)depth_begin * PANEL;
}

/* Where the block lies that is multiplied after this one. */
static const float *packed_after(const struct heed_product *product, int first, int depth_begin,
                                 int depth)
{
    if (first + PANEL < product->column_end) {
        return packed_at(product, first + PANEL, depth_begin);
    }
    if (depth_begin + depth < product->depth) {
        return packed_at(product, product->column_begin, depth_begin + depth);
    }
    return packed_at(product, first + PANEL, 0);
}

/* A part of the depth of a panel, for all rows. */
static void multiply_whole_panel(const struct heed_product *product, int first, int depth_begin,
                                 int depth)
{
    struct tile tile = tile_of(product, first);
    tile.b = packed_at(product, first, depth_begin);
    tile.depth = depth;
    tile.is_first = depth_begin == 0;
    tile.is_last = depth_begin + depth == product->depth;
    tile.c_stride = product->out.row_stride;
    float *c = heed_output_at(&product->out, 0, first);
    int r = product->row_begin;
    tile.next = packed_after(product, first, depth_begin, depth);
    const float *next_end = tile.next + (size_t)PANEL * (size_t)depth;
    /* All tiles of the panel together fetch it. */
    const int tiles = (product->row_end - r - 1) / TILE_ROWS + 1;
    tile.next_lines = (size_t)((4 * PANEL / LINE + tiles - 1) / tiles);
    while (r < product->row_end) {
        const int rows = next_rows(product->row_end - r);
        tile.a = product->a + (size_t)r * product->a_stride + depth_begin;
        tile.c = c + (size_t)r * tile.c_stride;
        tile_functions[rows - 1](&tile);
        if (tile.is_last) {
            activate(product->pointwise, tile.c, tile.c_stride, rows);
        }
        tile.next += (size_t)(depth / 4) * tile.next_lines * LINE;
        if (tile.next >= next_end) {
            tile.next_lines = 0;
        }
        r += rows;
    }
}

static void copy_tile(const struct heed_product *product, int first, int row, int rows,
                      const float *tile)
{
    const int left = product->column_end - first;
    const int n = left < PANEL ? left : PANEL;
    for (int c = 0; c < n; c++) {
        float *to = heed_output_at(&product->out, row, first + c);
        for (int r = 0; r < rows; r++) {
            to[(size_t)r * product->out.row_stride] = tile[r * PANEL + c];
        }
    }
}

/* A panel whose columns don't lie next to each other, or aren't all there. */
static void multiply_broken_panel(const struct heed_product *product, int first)
{
    float c[TILE_ROWS * PANEL];
    float bias[PANEL] = {0};
    struct tile tile = tile_of(product, first);
    for (int i = 0; product->bias && i < PANEL; i++) {
        bias[i] = first + i < product->columns ? product->bias[first + i] : 0.0f;
    }
    tile.bias = bias;
    tile.c = c;
    tile.c_stride = PANEL;
    int r = product->row_begin;
    while (r < product->row_end) {
        const int rows = next_rows(product->row_end - r);
        tile.a = product->a + (size_t)r * product->a_stride;
        tile_functions[rows - 1](&tile);
        activate(product->pointwise, c, PANEL, rows);
        copy_tile(product, first, r, rows, c);
        r += rows;
    }
}

static void multiply(const struct heed_product *product)
{
    const int parts = (product->depth + DEPTH_BLOCK - 1) / DEPTH_BLOCK;
    const int part = parts > 0 ? (product->depth + parts - 1) / parts : 0;
    for (int k = 0; k < product->depth; k += part) {
        const int left = product->depth - k;
        for (int c = product->column_begin; c < product->column_end; c += PANEL) {
            if (is_whole(product, c)) {
                multiply_whole_panel(product, c, k, left < part ? left : part);
            } else if (k == 0) {
                multiply_broken_panel(product, c);
            }
        }
    }
}

/* Eight columns and four steps of the depth at a time; what doesn't make up
 * such a block goes the plain way. */
static void pack_columns(const struct heed_pack *pack, int p, const float *source, size_t stride)
{
    if ((p + 1) * PANEL > pack->columns || pack->depth % 4 != 0) {
        heed_pack_panel_from_columns(pack, p, source, stride);
        return;
    }
    const size_t depth = (size_t)pack->depth;
    const float *first = source + (size_t)p * PANEL * stride;
    float *panel = pack->packed + (size_t)p * PANEL * depth;
    for (size_t k = 0; k < depth; k += 4) {
        for (size_t c = 0; c < PANEL; c += 8) {
            transpose_8x4(panel + k * PANEL + c, PANEL, first + c * stride + k, stride);
        }
    }
}

/* The last, short vector of a row: filled up on load, cut on store. */
static vec load_some(const float *x, int n, float fill)
{
    float some[VEC];
    for (int i = 0; i < VEC; i++) {
        some[i] = i < n ? x[i] : fill;
    }
    return vec_load(some);
}

static void store_some(float *x, int n, vec v)
{
    float some[VEC];
    vec_store(some, v);
    memcpy(x, some, (size_t)n * sizeof(float));
}

static float largest_of(vec v)
{
    float x[VEC];
    vec_store(x, v);
    float largest = x[0];
    for (int i = 1; i < VEC; i++) {
        largest = x[i] > largest ? x[i] : largest;
    }
    return largest;
}

static float sum_of(vec v)
{
    float x[VEC];
    vec_store(x, v);
    for (int step = VEC / 2; step > 0; step /= 2) {
        for (int i = 0; i < step; i++) {
            x[i] += x[i + step];
        }
    }
    return x[0];
}

static float row_max(const float *row, int whole, int rest)
{
    vec max = vec_all(-INFINITY);
    vec other = max;
    int i = 0;
    for (; i + PANEL <= whole; i += PANEL) {
        max = vec_max(max, vec_load(row + i));
        other = vec_max(other, vec_load(row + i + VEC));
    }
    if (i < whole) {
        max = vec_max(max, vec_load(row + i));
    }
    if (rest > 0) {
        other = vec_max(other, load_some(row + whole, rest, -INFINITY));
    }
    return largest_of(vec_max(max, other));
}

/* exp(x) of scores less their maximum, and what is summed over a row: these,
 * and x exp(x), of which the entropy is made. */
struct exponentials {
    vec sum, weighted;
};

static ALWAYS_INLINE vec add_exponentials(struct exponentials *sums, vec scores, vec max)
{
    const vec x = vec_max(vec_sub(scores, max), vec_all(EXP_LEAST));
    const vec e = vec_exp_bounded(x);
    sums->sum = vec_add(sums->sum, e);
    sums->weighted = vec_fma(x, e, sums->weighted);
    return e;
}

/* Returns the entropy, with w = exp(x) / sum: - sum w log2 w = log2 sum -
 * log2(e) sum w x. */
static float softmax_row(float *weights, float *row, int n)
{
    const int rest = n % VEC;
    const int whole = n - rest;
    const vec max = vec_all(row_max(row, whole, rest));
    struct exponentials sums = {vec_all(0.0f), vec_all(0.0f)};
    for (int i = 0; i < whole; i += VEC) {
        vec_prefetch_near(weights + i);
        vec_store(row + i, add_exponentials(&sums, vec_load(row + i), max));
    }
    vec last = vec_all(0.0f);
    if (rest > 0) {
        last = add_exponentials(&sums, load_some(row + whole, rest, -INFINITY), max);
    }
    const float sum = sum_of(sums.sum);
    const vec factor = vec_all(1.0f / sum);
    for (int i = 0; i < whole; i += VEC) {
        vec_store(weights + i, vec_mul(vec_load(row + i), factor));
    }
    if (rest > 0) {
        store_some(weights + whole, rest, vec_mul(last, factor));
    }
    const float entropy = log2f(sum) - 1.44269504f * sum_of(sums.weighted) / sum;
    return entropy > 0.0f ? entropy : 0.0f;
}

static void softmax(float *weights, float *scores, size_t stride, int rows, int n, float *entropies)
{
    for (int r = 0; r < rows; r++) {
        const float entropy =
            softmax_row(weights + (size_t)r * (size_t)n, scores + (size_t)r * stride, n);
        if (entropies) {
            entropies[r] = entropy;
        }
    }
}

/* y = x + residual; returns the sum. */
static float add_row(float *y, const float *x, const float *residual, int n)
{
    vec sum = vec_all(0.0f);
    int i = 0;
    for (; i + VEC <= n; i += VEC) {
        vec v = vec_load(x + i);
        v = residual ? vec_add(v, vec_load(residual + i)) : v;
        vec_store(y + i, v);
        sum = vec_add(sum, v);
    }
    float total = sum_of(sum);
    for (; i < n; i++) {
        y[i] = residual ? x[i] + residual[i] : x[i];
        total += y[i];
    }
    return total;
}

static float sum_of_squares(const float *y, float mean, int n)
{
    const vec means = vec_all(mean);
    vec squares = vec_all(0.0f);
    int i = 0;
    for (; i + VEC <= n; i += VEC) {
        const vec d = vec_sub(vec_load(y + i), means);
        squares = vec_fma(d, d, squares);
    }
    float total = sum_of(squares);
    for (; i < n; i++) {
        total += (y[i] - mean) * (y[i] - mean);
    }
    return total;
}

static void norm_row(float *y, const float *x, const float *residual, const struct heed_norm *norm)
{
    const int n = norm->width;
    const float mean = add_row(y, x, residual, n) / (float)n;
    const float variance = sum_of_squares(y, mean, n) / (float)n;
    const float factor = 1.0f / sqrtf(variance + norm->epsilon);
    const vec means = vec_all(mean);
    const vec factors = vec_all(factor);
    int i = 0;
    for (; i + VEC <= n; i += VEC) {
        const vec d = vec_mul(vec_sub(vec_load(y + i), means), factors);
        vec_store(y + i, vec_fma(d, vec_load(norm->gamma + i), vec_load(norm->beta + i)));
    }
    for (; i < n; i++) {
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

enum { CHAINS = 12 }; /* latency times width of the multipliers, and more */

static float multiply_add(int rounds)
{
    const vec a = vec_all(0.999f);
    const vec b = vec_all(0.001f);
    /* Chains that begin alike would be computed as one. */
    vec c0 = a, c1 = vec_add(c0, a), c2 = vec_add(c1, a), c3 = vec_add(c2, a);
    vec c4 = vec_add(c3, a), c5 = vec_add(c4, a), c6 = vec_add(c5, a);
    vec c7 = vec_add(c6, a), c8 = vec_add(c7, a), c9 = vec_add(c8, a);
    vec c10 = vec_add(c9, a), c11 = vec_add(c10, a);
    for (int i = 0; i < rounds; i++) {
        c0 = vec_fma(c0, a, b);
        c1 = vec_fma(c1, a, b);
        c2 = vec_fma(c2, a, b);
        c3 = vec_fma(c3, a, b);
        c4 = vec_fma(c4, a, b);
        c5 = vec_fma(c5, a, b);
        c6 = vec_fma(c6, a, b);
        c7 = vec_fma(c7, a, b);
        c8 = vec_fma(c8, a, b);
        c9 = vec_fma(c9, a, b);
        c10 = vec_fma(c10, a, b);
        c11 = vec_fma(c11, a, b);
    }
    const vec x = vec_add(vec_add(c0, c1), vec_add(c2, c3));
    const vec y = vec_add(vec_add(c4, c5), vec_add(c6, c7));
    const vec z = vec_add(vec_add(c8, c9), vec_add(c10, c11));
    return sum_of(vec_add(vec_add(x, y), z));
}

static float sum(const float *x, size_t n)
{
    vec s0 = vec_all(0.0f), s1 = s0, s2 = s0, s3 = s0;
    for (size_t i = 0; i + 4 * VEC <= n; i += 4 * VEC) {
        s0 = vec_add(s0, vec_load(x + i));
        s1 = vec_add(s1, vec_load(x + i + VEC));
        s2 = vec_add(s2, vec_load(x + i + 2 * VEC));
        s3 = vec_add(s3, vec_load(x + i + 3 * VEC));
    }
    return sum_of(vec_add(vec_add(s0, s1), vec_add(s2, s3)));
}

#define KERNEL_SET(its_name)                                                                       \
    {                                                                                              \
        .name = its_name, .panel = PANEL, .tile_rows = TILE_ROWS, .pack_columns = pack_columns,    \
        .multiply = multiply, .softmax = softmax, .add_norm = add_norm,                            \
        .multiply_add = multiply_add, .multiply_add_flops = 2 * CHAINS * VEC, .sum = sum           \
    }

/* Every block's number is its largest weight, whatever the length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "core/analysis/thumbnails.h"

enum { MAPS = 3 };

static float *make_weights(int n)
{
    const size_t count = (size_t)MAPS * (size_t)n * (size_t)n;
    float *weights = malloc(count * sizeof *weights);
    uint32_t random = 12345U + (uint32_t)n;
    assert_non_null(weights);
    for (size_t i = 0; i < count; i++) {
        random = random * 1664525U + 1013904223U;
        weights[i] = (float)(random >> 8) / 16777216.0F;
        weights[i] *= weights[i] * weights[i]; /* few large ones */
    }
    return weights;
}

static float block_maximum(const float *map, int n, int row, int column, int block)
{
    float maximum = 0;
    for (int i = row * block; i < (row + 1) * block && i < n; i++) {
        for (int j = column * block; j < (column + 1) * block && j < n; j++) {
            const float weight = map[(size_t)i * (size_t)n + (size_t)j];
            maximum = weight > maximum ? weight : maximum;
        }
    }
    return maximum;
}

static void check(int n)
{
    float *weights = make_weights(n);
    const int block = heed_thumbnail_block(n);
    const int side = heed_thumbnail_side(n, block);
    const size_t count = (size_t)MAPS * (size_t)side * (size_t)side;
    float *maxima = malloc((count + 1) * sizeof *maxima);
    assert_non_null(maxima);
    maxima[count] = -7;                    /* a guard */
    for (int map = 0; map < MAPS; map++) { /* in two goes, and at once */
        const int first = map == 0 ? 0 : n / block / 2 * block;
        float *to = maxima + (size_t)map * (size_t)side * (size_t)side;
        const struct heed_thumbnail_source of = {weights + (size_t)map * (size_t)n * (size_t)n,
                                                 (size_t)n, n, n, block};
        heed_thumbnails_fill(to, &of, 0, first);
        heed_thumbnails_fill(to, &of, first, n - first);
    }
    assert_float_equal(maxima[count], -7, 0);
    for (size_t i = 0; i < count; i++) {
        const size_t map = i / ((size_t)side * (size_t)side);
        const int row = (int)(i / (size_t)side) % side;
        const int column = (int)(i % (size_t)side);
        assert_float_equal(
            maxima[i], block_maximum(weights + map * (size_t)n * (size_t)n, n, row, column, block),
            0);
    }
    free(maxima);
    free(weights);
}

static void blocks_hold_their_largest_weight(void **state)
{
    (void)state;
    const int lengths[] = {1,   2,   15,  16,  17,  63,  64,  65,  66,
                           100, 127, 128, 129, 193, 200, 300, 511, 512};
    for (size_t i = 0; i < HEED_COUNT(lengths); i++) {
        check(lengths[i]);
    }
}

static void a_thumbnail_has_at_most_64_blocks_a_side(void **state)
{
    (void)state;
    assert_int_equal(heed_thumbnail_block(0), 1);
    assert_int_equal(heed_thumbnail_block(64), 1);
    assert_int_equal(heed_thumbnail_block(65), 2);
    assert_int_equal(heed_thumbnail_block(512), 8);
    for (int n = 1; n < 1000; n++) {
        const int side = heed_thumbnail_side(n, heed_thumbnail_block(n));
        assert_true(side <= HEED_THUMBNAIL_MOST && side > 0);
        assert_true(side * heed_thumbnail_block(n) >= n);
        assert_true((side - 1) * heed_thumbnail_block(n) < n);
        assert_true(n < 64 || side > HEED_THUMBNAIL_MOST / 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_hold_their_largest_weight),
        cmocka_unit_test(a_thumbnail_has_at_most_64_blocks_a_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

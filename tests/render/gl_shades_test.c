/* The bytes of heatmaps: as heed_heatmap_color has them, within rounding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "draw/hit.h"
#include "draw/theme.h"
#include "render/gl/gl_shades.h"

enum { ROWS = 9, COLUMNS = 11, CELLS = ROWS * COLUMNS };

static struct heed_item_heatmap make_item(const float *data, bool is_signed)
{
    const enum heed_palette_id id = is_signed ? HEED_PALETTE_DIFFERENCE : HEED_PALETTE_TIDE;
    return (struct heed_item_heatmap){
        .rect = {0, 0, COLUMNS, ROWS},
        .values = {.id = 1, .data = data, .n_slices = 1, .n_rows = ROWS, .n_columns = COLUMNS},
        .rows = ROWS,
        .columns = COLUMNS,
        .low = is_signed ? -0.5f : 0.0f,
        .high = is_signed ? 0.5f : 1.0f,
        .threshold = 0.02f,
        .palette = *heed_palette_get(HEED_THEME_LIGHT, id)};
}

static void make_values(float *values)
{
    for (int i = 0; i < CELLS; i++) {
        values[i] = (float)((i * 37) % 101) / 80.0f - 0.6f;
    }
    values[5] = NAN;
    values[6] = 0.0f;
    values[7] = 0.01f;
}

/* `step` cells a texel both ways. */
static void compare(const struct heed_item_heatmap *item, int step)
{
    static struct heed_gl_shades shades;
    struct heed_gl_cell_range columns[COLUMNS], rows[ROWS];
    const int n_columns = (COLUMNS + step - 1) / step, n_rows = (ROWS + step - 1) / step;
    for (int i = 0; i < n_columns; i++) {
        const int end = (i + 1) * step;
        columns[i] = (struct heed_gl_cell_range){i * step, end < COLUMNS ? end : COLUMNS};
    }
    for (int i = 0; i < n_rows; i++) {
        const int end = (i + 1) * step;
        rows[i] = (struct heed_gl_cell_range){i * step, end < ROWS ? end : ROWS};
    }
    uint8_t bytes[CELLS][4];
    heed_gl_shades_fill(&shades, item, columns, n_columns, rows, n_rows, bytes[0]);
    for (int i = 0; i < n_columns * n_rows; i++) {
        const struct heed_gl_cell_range row = rows[i / n_columns];
        const struct heed_gl_cell_range column = columns[i % n_columns];
        struct heed_color color = {0};
        heed_heatmap_color(
            item, heed_heatmap_peak(item, row.first, row.end, column.first, column.end), &color);
        const float wanted[4] = {color.r, color.g, color.b, color.a};
        for (int c = 0; c < 4; c++) {
            assert_in_range(abs((int)lroundf(wanted[c] * 255.0f) - bytes[i][c]), 0, 1);
        }
    }
}

static void cells_have_the_palette_s_colours(void **state)
{
    (void)state;
    float values[CELLS];
    make_values(values);
    const struct heed_item_heatmap plain = make_item(values, false);
    const struct heed_item_heatmap differences = make_item(values, true);
    compare(&plain, 1);
    compare(&differences, 1);
}

static void texels_of_many_cells_show_the_largest(void **state)
{
    (void)state;
    float values[CELLS];
    make_values(values);
    const struct heed_item_heatmap differences = make_item(values, true);
    compare(&differences, 2);
    compare(&differences, 4);
}

static void zero_is_the_middle_of_a_signed_palette(void **state)
{
    (void)state;
    static struct heed_gl_shades shades;
    const float zeros[CELLS] = {0};
    const struct heed_item_heatmap item = make_item(zeros, true);
    const struct heed_gl_cell_range first = {0, 1};
    uint8_t bytes[4];
    heed_gl_shades_fill(&shades, &item, &first, 1, &first, 1, bytes);
    assert_int_equal(bytes[0], 255);
    assert_int_equal(bytes[1], 255);
    assert_int_equal(bytes[2], 255);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_have_the_palette_s_colours),
        cmocka_unit_test(texels_of_many_cells_show_the_largest),
        cmocka_unit_test(zero_is_the_middle_of_a_signed_palette),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The OpenGL painter off-screen: pixels where they should be, the same as
 * cairo's within what edges and letters differ, and lists that nobody sane
 * makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/hit.h"
#include "pictures.h"
#include "pixels.h"
#include "render/cairo/cairo_painter.h"
#include "render/gl/gl_offscreen.h"
#include "render/gl/gl_painter.h"

enum { WIDTH = PICTURE_WIDTH, HEIGHT = PICTURE_HEIGHT };

/* Of 255, the mean over blocks of 8 px (24 px for pictures with letters or
 * with heatmaps finer than a pixel). Shapes differ by their edges; letters
 * by hinting and the weight that the window's type is given; the needle among
 * the triangles, thinner than a pixel, fades sooner. */
enum { BLOCK = 8, ROUGH_BLOCK = 24 };
#define TOLERANCE 20.0
#define ROUGH_TOLERANCE 40.0

struct fixture {
    struct heed_gl_offscreen *offscreen;
    struct heed_gl_painter *painter;
    struct heed_list list;
    uint8_t rgba[HEIGHT][WIDTH][4];
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct heed_error err = {0};
    fixture = (struct fixture){0};
    *state = &fixture;
    if (!heed_gl_offscreen_create(&fixture.offscreen, WIDTH, HEIGHT, &err) ||
        !heed_gl_painter_create(&fixture.painter, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    heed_gl_painter_destroy(fixture->painter);
    heed_gl_offscreen_destroy(fixture->offscreen);
    heed_list_finish(&fixture->list);
    return 0;
}

/* An empty white picture. */
static struct heed_list *begin(struct fixture *fixture)
{
    heed_list_clear(&fixture->list);
    fixture->list.width = WIDTH;
    fixture->list.height = HEIGHT;
    fixture->list.background = (struct heed_color){1, 1, 1, 1};
    return &fixture->list;
}

static void paint(struct fixture *fixture)
{
    struct heed_error err = {0};
    if (!heed_gl_painter_paint(fixture->painter, &fixture->list, WIDTH, HEIGHT, &err) ||
        !heed_gl_offscreen_read(fixture->offscreen, &fixture->rgba[0][0][0], &err)) {
        fail_msg("%s", err.text);
    }
}

static void expect(const struct fixture *fixture, int x, int y, int r, int g, int b)
{
    const uint8_t *pixel = fixture->rgba[y][x];
    if (abs(pixel[0] - r) > 2 || abs(pixel[1] - g) > 2 || abs(pixel[2] - b) > 2) {
        fail_msg("pixel %d, %d is %d %d %d instead of %d %d %d", x, y, pixel[0], pixel[1], pixel[2],
                 r, g, b);
    }
}

static const struct heed_color red = {1, 0, 0, 1};
static const struct heed_color blue = {0, 0, 1, 1};

static void fill(struct heed_list *list, struct heed_rect rect, struct heed_color color)
{
    heed_list_rect(list, (struct heed_item_rect){.rect = rect, .fill = color});
}

static void rectangle_fills_its_pixels_and_no_other(void **state)
{
    struct fixture *fixture = *state;
    fill(begin(fixture), (struct heed_rect){10, 20, 30, 5}, red);
    paint(fixture);
    expect(fixture, 10, 20, 255, 0, 0);
    expect(fixture, 39, 24, 255, 0, 0);
    expect(fixture, 9, 20, 255, 255, 255);
    expect(fixture, 40, 24, 255, 255, 255);
    expect(fixture, 10, 19, 255, 255, 255);
    expect(fixture, 39, 25, 255, 255, 255);
}

static void half_a_pixel_is_half_covered(void **state)
{
    struct fixture *fixture = *state;
    fill(begin(fixture), (struct heed_rect){10.5f, 20, 30, 5}, red);
    paint(fixture);
    expect(fixture, 10, 22, 255, 128, 128);
    expect(fixture, 40, 22, 255, 128, 128);
    expect(fixture, 11, 22, 255, 0, 0);
}

static void stroke_lies_inside_the_edge(void **state)
{
    struct fixture *fixture = *state;
    heed_list_rect(begin(fixture), (struct heed_item_rect){.rect = {10, 10, 40, 40},
                                                           .radius = 8,
                                                           .fill = red,
                                                           .stroke = {.width = 2, .color = blue}});
    paint(fixture);
    expect(fixture, 9, 30, 255, 255, 255);
    expect(fixture, 10, 30, 0, 0, 255);
    expect(fixture, 11, 30, 0, 0, 255);
    expect(fixture, 12, 30, 255, 0, 0);
    expect(fixture, 10, 10, 255, 255, 255); /* rounded */
}

static void later_items_lie_over_earlier_ones(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list *list = begin(fixture);
    const struct heed_stroke stroke = {.width = 6, .color = blue};
    fill(list, (struct heed_rect){10, 10, 40, 40}, red);
    heed_list_line(list, (struct heed_item_line){0, 30, 90, 30, stroke});
    fill(list, (struct heed_rect){60, 10, 20, 40}, red);
    paint(fixture);
    expect(fixture, 30, 30, 0, 0, 255);
    expect(fixture, 55, 30, 0, 0, 255);
    expect(fixture, 70, 30, 255, 0, 0);
}

static void large_plain_rectangles_keep_their_place(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list *list = begin(fixture);
    fill(list, (struct heed_rect){4, 4, 10, 10}, blue);
    heed_list_clip(list, (struct heed_rect){0, 0, 150, 110});
    fill(list, (struct heed_rect){0, 0, WIDTH, HEIGHT}, red);
    heed_list_unclip(list);
    paint(fixture);
    expect(fixture, 8, 8, 255, 0, 0);
    expect(fixture, 149, 109, 255, 0, 0);
    expect(fixture, 150, 109, 255, 255, 255);
    expect(fixture, 149, 110, 255, 255, 255);
}

static void clips_intersect_and_end(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list *list = begin(fixture);
    heed_list_clip(list, (struct heed_rect){10, 10, 50, 50});
    heed_list_clip(list, (struct heed_rect){40, 40, 50, 50});
    fill(list, (struct heed_rect){0, 0, 100, 100}, red);
    heed_list_unclip(list);
    heed_list_unclip(list);
    fill(list, (struct heed_rect){100, 0, 10, 10}, blue);
    paint(fixture);
    expect(fixture, 39, 45, 255, 255, 255);
    expect(fixture, 40, 40, 255, 0, 0);
    expect(fixture, 59, 59, 255, 0, 0);
    expect(fixture, 60, 59, 255, 255, 255);
    expect(fixture, 105, 5, 0, 0, 255);
}

static void draw_group(struct heed_list *list, uint64_t key, float opacity, float x)
{
    heed_list_group(
        list, (struct heed_item_group){.key = key, .opacity = opacity, .bounds = {x, 10, 60, 40}});
    fill(list, (struct heed_rect){x, 10, 40, 40}, red);
    fill(list, (struct heed_rect){x + 20, 10, 40, 40}, blue);
    heed_list_ungroup(list);
}

static void group_is_one_layer_with_one_opacity(void **state)
{
    struct fixture *fixture = *state;
    draw_group(begin(fixture), 7, 0.5f, 10);
    paint(fixture);
    expect(fixture, 15, 20, 255, 128, 128);
    expect(fixture, 35, 20, 128, 128, 255); /* the red doesn't shine through */
    expect(fixture, 60, 20, 128, 128, 255);
}

static void kept_group_is_painted_with_its_new_opacity(void **state)
{
    struct fixture *fixture = *state;
    draw_group(begin(fixture), 8, 0.5f, 10);
    paint(fixture);
    struct heed_list *list = begin(fixture);
    draw_group(list, 8, 0.25f, 10);
    fill(list, (struct heed_rect){100, 10, 10, 10}, blue);
    paint(fixture);
    expect(fixture, 15, 20, 255, 191, 191);
    expect(fixture, 105, 15, 0, 0, 255); /* what follows isn't lost */
}

static void group_is_cut_by_the_clip_around_it(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 2; i++) {
        struct heed_list *list = begin(fixture);
        heed_list_clip(list, (struct heed_rect){0, 0, i == 0 ? 20 : 70, 100});
        draw_group(list, 9, 1.0f, 10);
        heed_list_unclip(list);
        paint(fixture);
        expect(fixture, 15, 20, 255, 0, 0);
        if (i == 0) {
            expect(fixture, 25, 20, 255, 255, 255);
        } else {
            expect(fixture, 60, 20, 0, 0, 255); /* kept whole */
        }
    }
}

static struct heed_palette grey_to_red(void)
{
    struct heed_palette palette;
    for (int i = 0; i < HEED_PALETTE_STOPS; i++) {
        const float t = (float)i / (HEED_PALETTE_STOPS - 1);
        palette.stops[i] = (struct heed_color){0.5f + t / 2, 0.5f - t / 2, t * t, 1};
    }
    return palette;
}

static void heatmap_has_the_palettes_colours(void **state)
{
    struct fixture *fixture = *state;
    float data[2][6] = {{9, 9, 9, 9, 9, 9}, {0.0f, 0.3f, 0.5f, 0.77f, 1, NAN}};
    const struct heed_palette palette = grey_to_red();
    struct heed_item_heatmap item = {
        .rect = {10, 10, 60, 40},
        .values = {.id = 1, .data = &data[0][0], .n_slices = 2, .n_rows = 2, .n_columns = 3},
        .slice = 1,
        .rows = 2,
        .columns = 3,
        .high = 1,
        .threshold = 0.4f,
        .palette = palette,
    };
    heed_list_heatmap(begin(fixture), item);
    paint(fixture);
    const float shown[5] = {0, 0, 0.5f, 0.77f, 1}; /* 0.3 is below 0.4 */
    for (int i = 0; i < 5; i++) {
        const struct heed_color c = heed_palette_color(&palette, shown[i]);
        expect(fixture, 10 + i % 3 * 20 + 10, 10 + i / 3 * 20 + 10, (int)lroundf(c.r * 255),
               (int)lroundf(c.g * 255), (int)lroundf(c.b * 255));
    }
    expect(fixture, 60, 40, 255, 255, 255); /* NaN */
}

static void heatmap_follows_a_new_id_not_the_old_texture(void **state)
{
    struct fixture *fixture = *state;
    for (uint64_t id = 20; id < 60; id++) {
        const float value = (float)(id % 2);
        const struct heed_palette palette = grey_to_red();
        heed_list_heatmap(begin(fixture),
                          (struct heed_item_heatmap){.rect = {0, 0, 20, 20},
                                                     .values = {id, &value, 1, 1, 1},
                                                     .rows = 1,
                                                     .columns = 1,
                                                     .high = 1,
                                                     .palette = palette});
        paint(fixture);
        expect(fixture, 10, 10, value > 0 ? 255 : 128, value > 0 ? 0 : 128, value > 0 ? 255 : 0);
    }
}

static void fine_heatmap_shows_each_pixels_largest(void **state)
{
    struct fixture *fixture = *state;
    static float data[400 * 400];
    memset(data, 0, sizeof data);
    data[201 * 400 + 301] = 1;
    heed_list_heatmap(begin(fixture), (struct heed_item_heatmap){.rect = {0, 0, 100, 100},
                                                                 .values = {100, data, 1, 400, 400},
                                                                 .rows = 400,
                                                                 .columns = 400,
                                                                 .high = 1,
                                                                 .palette = grey_to_red()});
    paint(fixture);
    expect(fixture, 75, 50, 255, 0, 255);
    expect(fixture, 74, 50, 128, 128, 0);
    expect(fixture, 75, 51, 128, 128, 0);
}

static void dashes_begin_at_the_start(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_stroke stroke = {.width = 4, .color = blue, .dash_on = 6, .dash_off = 4};
    heed_list_line(begin(fixture), (struct heed_item_line){10, 30, 110, 30, stroke});
    paint(fixture);
    for (int x = 10; x < 110; x++) {
        const bool on = (x - 10) % 10 < 6;
        expect(fixture, x, 30, on ? 0 : 255, on ? 0 : 255, 255);
    }
}

static void one_pixel_line_is_crisp(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_stroke stroke = {.width = 1, .color = blue};
    heed_list_line(begin(fixture), (struct heed_item_line){10, 30.5f, 110, 30.5f, stroke});
    paint(fixture);
    expect(fixture, 10, 30, 0, 0, 255);
    expect(fixture, 109, 30, 0, 0, 255);
    expect(fixture, 9, 30, 255, 255, 255);
    expect(fixture, 110, 30, 255, 255, 255);
    expect(fixture, 50, 29, 255, 255, 255);
    expect(fixture, 50, 31, 255, 255, 255);
}

static void write_text(struct heed_list *list, const char *text, struct heed_text_style style,
                       float x, float y, float angle)
{
    heed_list_text(list, (struct heed_item_text){.x = x,
                                                 .y = y,
                                                 .style = style,
                                                 .angle = angle,
                                                 .color = {0, 0, 0, 1},
                                                 .text = text,
                                                 .length = (uint32_t)strlen(text)});
}

/* How dark a part of the picture is, 0 to 1. */
static double darkness(const struct fixture *fixture, int x0, int y0, int x1, int y1)
{
    double sum = 0;
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            sum += 255 - fixture->rgba[y][x][1];
        }
    }
    return sum / 255 / (x1 - x0) / (y1 - y0);
}

static const struct heed_text_style large = {.size = 40, .weight = 600};

static void text_stands_on_its_baseline(void **state)
{
    struct fixture *fixture = *state;
    write_text(begin(fixture), "HHH", large, 20, 60, 0);
    paint(fixture);
    assert_true(darkness(fixture, 20, 32, 100, 60) > 0.3);
    assert_true(darkness(fixture, 20, 62, 100, 80) == 0);
    assert_true(darkness(fixture, 20, 0, 100, 28) == 0);
    assert_true(darkness(fixture, 0, 0, 20, 120) == 0);
}

static void turned_text_goes_along_its_angle(void **state)
{
    struct fixture *fixture = *state;
    write_text(begin(fixture), "HHH", large, 60, 100, -1.5707963f);
    paint(fixture);
    assert_true(darkness(fixture, 32, 20, 60, 100) > 0.3);
    assert_true(darkness(fixture, 62, 0, 160, 120) == 0);
    assert_true(darkness(fixture, 0, 102, 160, 120) == 0);
}

static void width_is_what_is_drawn(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_metrics *metrics = heed_gl_painter_get_metrics(fixture->painter);
    const float width = heed_text_width(metrics, large, "HHHH", 4);
    write_text(begin(fixture), "HHHH", large, 10, 60, 0);
    paint(fixture);
    const int end = 10 + (int)ceilf(width);
    assert_true(darkness(fixture, end, 0, WIDTH, HEIGHT) == 0);
    assert_true(darkness(fixture, end - 8, 32, end, 60) > 0.1);
}

static void tabular_digits_are_of_one_width(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_metrics *metrics = heed_gl_painter_get_metrics(fixture->painter);
    const struct heed_text_style style = {.size = 15, .weight = 400, .tabular = true};
    const float width = heed_text_width(metrics, style, "0.000", 5);
    assert_float_equal(heed_text_width(metrics, style, "0.111", 5), width, 0.01);
    assert_float_equal(heed_text_width(metrics, style, "0.789", 5), width, 0.01);
}

static void carets_grow_with_the_text(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_metrics *metrics = heed_gl_painter_get_metrics(fixture->painter);
    const char *text = "The animal didn't";
    const size_t length = strlen(text);
    float last = -1;
    for (size_t i = 0; i <= length; i++) {
        const float x = metrics->caret(metrics->context, large, text, length, i);
        assert_true(x > last);
        last = x;
    }
    assert_float_equal(last, heed_text_width(metrics, large, text, length), 0.01);
}

static void carets_of_hebrew_go_leftwards(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_metrics *metrics = heed_gl_painter_get_metrics(fixture->painter);
    const char *text = "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D";
    float last = 1e9f;
    for (size_t i = 0; i <= 8; i += 2) {
        const float x = metrics->caret(metrics->context, large, text, 8, i);
        assert_true(x < last);
        last = x;
    }
    assert_float_equal(last, 0, 0.01);
}

/* What cairo and OpenGL make of the fixture's list, by how much it differs. */
static double compare_with_cairo(struct fixture *fixture, struct heed_pango *pango, int block)
{
    struct heed_buffer png = {0};
    struct pixels expected = {0};
    struct heed_error err = {0};
    uint8_t rgb[HEIGHT * WIDTH * 3];
    assert_true(heed_cairo_write_png(pango, &fixture->list, NULL, 1, &png, &err));
    assert_true(pixels_decode(&expected, &png));
    paint(fixture);
    for (int k = 0; k < WIDTH * HEIGHT; k++) {
        memcpy(rgb + k * 3, &fixture->rgba[0][0][0] + k * 4, 3);
    }
    const struct pixels painted = {WIDTH, HEIGHT, rgb};
    const double difference = pixels_difference(&expected, &painted, block);
    pixels_finish(&expected);
    heed_buffer_finish(&png);
    return difference;
}

static void all_pictures_look_as_in_cairo(void **state)
{
    struct fixture *fixture = *state;
    struct heed_pango *pango = NULL;
    struct heed_error err = {0};
    assert_true(heed_pango_create(&pango, &err));
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        picture_draw(&pictures[i], &fixture->list);
        const bool rough = pictures[i].rough;
        const double difference = compare_with_cairo(fixture, pango, rough ? ROUGH_BLOCK : BLOCK);
        print_message("%-24s %5.1f\n", pictures[i].name, difference);
        if (difference > (rough ? ROUGH_TOLERANCE : TOLERANCE)) {
            fail_msg("%s differs by %.1f", pictures[i].name, difference);
        }
    }
    heed_pango_destroy(pango);
}

/* The strokes of another list as one group, which is then kept. */
static void group_strokes(struct heed_list *list, const struct heed_list *from, uint64_t key)
{
    heed_list_group(
        list, (struct heed_item_group){.key = key, .opacity = 1, .bounds = {0, 0, WIDTH, HEIGHT}});
    for (size_t i = 0; i < from->n_items; i++) {
        const struct heed_item *item = &from->items[i];
        if (item->kind == HEED_ITEM_LINE) {
            heed_list_line(list, item->as.line);
        } else if (item->kind == HEED_ITEM_CUBIC) {
            heed_list_cubic(list, item->as.cubic);
        } else if (item->kind == HEED_ITEM_ARC) {
            heed_list_arc(list, item->as.arc);
        }
    }
    heed_list_ungroup(list);
}

static void groups_of_strokes_look_as_in_cairo(void **state)
{
    struct fixture *fixture = *state;
    struct heed_pango *pango = NULL;
    struct heed_error err = {0};
    assert_true(heed_pango_create(&pango, &err));
    size_t n = 0, n_seen = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        struct heed_list picture = {0};
        picture_draw(&pictures[i], &picture);
        group_strokes(begin(fixture), &picture, 7000 + i);
        if (fixture->list.n_items > 2) {
            n_seen++;
            const double difference = compare_with_cairo(fixture, pango, 4);
            print_message("%-24s %5.1f\n", pictures[i].name, difference);
            if (difference > TOLERANCE) {
                fail_msg("%s differs by %.1f", pictures[i].name, difference);
            }
        }
        heed_list_finish(&picture);
    }
    assert_true(n_seen >= 4);
    heed_pango_destroy(pango);
}

/* Curves of every direction, a thousand times larger than a tile of the
 * rasteriser or smaller than a pixel. */
static void stroke_is_nowhere_darker_than_its_colour(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_stroke stroke = {.width = 3, .color = {0, 0, 0, 0.5f}};
    for (int i = 0; i < 64; i++) {
        struct heed_list *list = begin(fixture);
        const float angle = (float)i * 0.0982f, size = ldexpf(0.5f, i % 18);
        const float x = size * cosf(angle), y = size * sinf(angle);
        heed_list_group(list, (struct heed_item_group){.key = 8000 + (uint64_t)i,
                                                       .opacity = 1,
                                                       .bounds = {-1e5f, -1e5f, 2e5f, 2e5f}});
        heed_list_cubic(list, (struct heed_item_cubic){80 - x, 60 - y, 80 - x / 2 + y,
                                                       60 - y / 2 - x, 80 + x / 2 - y,
                                                       60 + y / 2 + x, 80 + x, 60 + y, stroke});
        heed_list_ungroup(list);
        paint(fixture);
        int darkest = 255;
        for (int k = 0; k < WIDTH * HEIGHT; k++) {
            const int value = (&fixture->rgba[0][0][0])[k * 4];
            darkest = value < darkest ? value : darkest;
        }
        assert_true(darkest >= 126);
        assert_true(size < 2 || darkest <= 130);
    }
}

static void faint_strokes_keep_their_hue(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list *list = begin(fixture);
    const struct heed_stroke stroke = {.width = 40, .color = {1, 0.5f, 0.25f, 0.002f}};
    heed_list_group(
        list, (struct heed_item_group){.key = 9000, .opacity = 1, .bounds = {0, 0, 100, 100}});
    for (int i = 0; i < 2000; i++) {
        heed_list_line(list, (struct heed_item_line){0, 50, 100, 50, stroke});
    }
    heed_list_ungroup(list);
    paint(fixture);
    /* 1 - 0.998^2000 = 0.982 of the colour over white. */
    expect(fixture, 50, 50, 255, 130, 67);
}

static void strokes_are_cut_by_clip_and_bounds(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_stroke stroke = {.width = 4, .color = blue};
    for (int i = 0; i < 2; i++) {
        struct heed_list *list = begin(fixture);
        heed_list_clip(list, (struct heed_rect){0, 0, i == 0 ? 60 : 100, HEIGHT});
        heed_list_group(
            list, (struct heed_item_group){.key = 9001, .opacity = 1, .bounds = {20, 0, 60, 90}});
        heed_list_line(list, (struct heed_item_line){0, 30, 150, 30, stroke});
        heed_list_ungroup(list);
        heed_list_unclip(list);
        paint(fixture);
        expect(fixture, 19, 30, 255, 255, 255);
        expect(fixture, 20, 30, 0, 0, 255);
        expect(fixture, 70, 30, i == 0 ? 255 : 0, i == 0 ? 255 : 0, 255);
        expect(fixture, 80, 30, 255, 255, 255);
    }
}

static void heatmap_follows_palette_and_threshold(void **state)
{
    struct fixture *fixture = *state;
    const float data[2] = {0.25f, 1};
    struct heed_item_heatmap item = {.rect = {0, 0, 40, 20},
                                     .values = {4000, data, 1, 1, 2},
                                     .rows = 1,
                                     .columns = 2,
                                     .high = 1,
                                     .palette = grey_to_red()};
    for (int i = 0; i < 3; i++) {
        item.threshold = i == 1 ? 0.5f : 0;
        item.palette.stops[HEED_PALETTE_STOPS - 1] = i == 2 ? blue : red;
        heed_list_heatmap(begin(fixture), item);
        paint(fixture);
        expect(fixture, 10, 10, i == 1 ? 128 : 159, i == 1 ? 128 : 96, i == 1 ? 0 : 16);
        expect(fixture, 30, 10, i == 2 ? 0 : 255, 0, i == 2 ? 255 : 0);
    }
}

static void background_comes_back_over_what_hid_it(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_color white = {1, 1, 1, 1};
    struct heed_list *list = begin(fixture);
    fill(list, (struct heed_rect){0, 0, WIDTH, HEIGHT}, white);
    fill(list, (struct heed_rect){10, 10, 20, 20}, red);
    fill(list, (struct heed_rect){0, 0, WIDTH, HEIGHT}, white);
    fill(list, (struct heed_rect){50, 10, 20, 20}, red);
    paint(fixture);
    expect(fixture, 15, 15, 255, 255, 255);
    expect(fixture, 55, 15, 255, 0, 0);
}

static void a_picture_is_the_same_each_time(void **state)
{
    struct fixture *fixture = *state;
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        picture_draw(&pictures[i], &fixture->list);
        paint(fixture);
        uint8_t *first = malloc(sizeof fixture->rgba);
        assert_non_null(first);
        memcpy(first, fixture->rgba, sizeof fixture->rgba);
        paint(fixture);
        assert_memory_equal(first, fixture->rgba, sizeof fixture->rgba);
        free(first);
    }
}

/* Each list must leave the painter able to paint the next one. */
static void expect_still_works(struct fixture *fixture)
{
    fill(begin(fixture), (struct heed_rect){10, 10, 10, 10}, red);
    paint(fixture);
    expect(fixture, 15, 15, 255, 0, 0);
    expect(fixture, 25, 15, 255, 255, 255);
}

static void lists_of_a_million_items_are_painted(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list *list = begin(fixture);
    for (int i = 0; i < 1000000; i++) {
        const float x = (float)(i % WIDTH), y = (float)(i % HEIGHT);
        const struct heed_stroke stroke = {.width = 1, .color = blue};
        if (i % 100 == 0) {
            heed_list_cubic(list, (struct heed_item_cubic){x, 0, 50, 0, 50, y, 90, y, stroke});
        } else {
            fill(list, (struct heed_rect){x, y, 1, 1}, red);
        }
    }
    paint(fixture);
    expect_still_works(fixture);
}

static void unbalanced_lists_do_no_harm(void **state)
{
    struct fixture *fixture = *state;
    struct heed_list *list = begin(fixture);
    for (int i = 0; i < 1200; i++) {
        list->target.kind = HEED_TARGET_BLOCK;
        heed_list_hotspot(list, (struct heed_rect){0, 0, 1, 1});
        fill(list, (struct heed_rect){0, 0, 20, 20}, blue);
    }
    for (size_t i = 0; i < list->n_items; i++) {
        struct heed_item *item = &list->items[i];
        if (item->kind == HEED_ITEM_RECT) {
            continue;
        }
        if (i < 600) { /* ends without a beginning */
            item->kind = i % 4 ? HEED_ITEM_UNCLIP : HEED_ITEM_UNGROUP;
        } else if (i % 4) {
            item->kind = HEED_ITEM_CLIP;
            item->as.clip = (struct heed_rect){0, 0, 100, 100};
        } else {
            item->kind = HEED_ITEM_GROUP;
            item->as.group = (struct heed_item_group){
                .key = 1000 + i, .opacity = 0.9f, .bounds = {0, 0, 50, 50}};
        }
    }
    paint(fixture);
    expect_still_works(fixture);
}

static void numbers_that_are_none_are_skipped(void **state)
{
    struct fixture *fixture = *state;
    static const float bad[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f};
    struct heed_list *list = begin(fixture);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const float b = bad[i];
        const struct heed_stroke s = {.width = 2, .color = blue};
        fill(list, (struct heed_rect){b, 0, 10, 10}, blue);
        heed_list_line(list, (struct heed_item_line){0, b, 10, 10, s});
        heed_list_cubic(list, (struct heed_item_cubic){0, 0, b, 0, 0, b, 9, 9, s});
        heed_list_arc(list, (struct heed_item_arc){5, 5, b, 5, 0, 6, s});
        heed_list_arc(list, (struct heed_item_arc){5, 5, 5, 5, 0, b, s});
        heed_list_triangle(list, (struct heed_item_triangle){0, 0, b, 0, 5, 5, blue});
        heed_list_clip(list, (struct heed_rect){b, b, b, b});
        heed_list_unclip(list);
        heed_list_group(list, (struct heed_item_group){
                                  .key = 5000 + i, .opacity = 0.5f, .bounds = {0, 0, b, b}});
        heed_list_ungroup(list);
        write_text(list, "bad", large, b, 50, 0);
        write_text(list, "bad", large, 10, 50, b);
        write_text(list, "bad", (struct heed_text_style){.size = b, .weight = 400}, 10, 50, 0);
    }
    paint(fixture);
    expect_still_works(fixture);
}

static void long_texts_and_many_texts_are_painted(void **state)
{
    struct fixture *fixture = *state;
    enum { LENGTH = 1 << 20 };
    char *text = malloc(LENGTH + 1);
    assert_non_null(text);
    memset(text, 'w', LENGTH);
    text[LENGTH] = '\0';
    write_text(begin(fixture), text, large, -1000, 60, 0);
    paint(fixture);
    assert_true(darkness(fixture, 0, 30, WIDTH, 60) > 0.2);
    free(text);

    /* More pictures of text in one frame than the atlas has room for. */
    struct heed_list *list = begin(fixture);
    for (int i = 0; i < 4000; i++) {
        char number[16];
        snprintf(number, sizeof number, "x%dy", i);
        write_text(list, number, (struct heed_text_style){.size = 60}, 10, 100, 0);
    }
    write_text(list, "HHH", large, 20, 60, 0);
    paint(fixture);
    assert_true(darkness(fixture, 20, 32, 100, 60) > 0.3);
    expect_still_works(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rectangle_fills_its_pixels_and_no_other),
        cmocka_unit_test(half_a_pixel_is_half_covered),
        cmocka_unit_test(stroke_lies_inside_the_edge),
        cmocka_unit_test(later_items_lie_over_earlier_ones),
        cmocka_unit_test(large_plain_rectangles_keep_their_place),
        cmocka_unit_test(clips_intersect_and_end),
        cmocka_unit_test(group_is_one_layer_with_one_opacity),
        cmocka_unit_test(kept_group_is_painted_with_its_new_opacity),
        cmocka_unit_test(group_is_cut_by_the_clip_around_it),
        cmocka_unit_test(heatmap_has_the_palettes_colours),
        cmocka_unit_test(heatmap_follows_a_new_id_not_the_old_texture),
        cmocka_unit_test(fine_heatmap_shows_each_pixels_largest),
        cmocka_unit_test(dashes_begin_at_the_start),
        cmocka_unit_test(one_pixel_line_is_crisp),
        cmocka_unit_test(text_stands_on_its_baseline),
        cmocka_unit_test(turned_text_goes_along_its_angle),
        cmocka_unit_test(width_is_what_is_drawn),
        cmocka_unit_test(tabular_digits_are_of_one_width),
        cmocka_unit_test(carets_grow_with_the_text),
        cmocka_unit_test(carets_of_hebrew_go_leftwards),
        cmocka_unit_test(all_pictures_look_as_in_cairo),
        cmocka_unit_test(groups_of_strokes_look_as_in_cairo),
        cmocka_unit_test(stroke_is_nowhere_darker_than_its_colour),
        cmocka_unit_test(faint_strokes_keep_their_hue),
        cmocka_unit_test(strokes_are_cut_by_clip_and_bounds),
        cmocka_unit_test(heatmap_follows_palette_and_threshold),
        cmocka_unit_test(background_comes_back_over_what_hid_it),
        cmocka_unit_test(a_picture_is_the_same_each_time),
        cmocka_unit_test(lists_of_a_million_items_are_painted),
        cmocka_unit_test(unbalanced_lists_do_no_harm),
        cmocka_unit_test(numbers_that_are_none_are_skipped),
        cmocka_unit_test(long_texts_and_many_texts_are_painted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* All painters paint all pictures: the files are sound, the same list gives
 * the same bytes, and the painters agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "pictures.h"
#include "pixels.h"
#include "render/cairo/cairo_painter.h"
#include "render/svg/svg_painter.h"

/* Compared at four pixels a px, where cells of the finest heatmap can be seen
 * by every painter, in blocks of 8 px, or 24 px for rough pictures. */
enum { SCALE = 4, BLOCK = 8 * SCALE, ROUGH_BLOCK = 24 * SCALE };

/* Of 255. Shapes differ by their smooth edges only; rsvg's digits aren't
 * tabular, and its emoji are black blots. */
#define TOLERANCE 8.0
#define ROUGH_TOLERANCE 40.0

enum format { PNG, PDF, SVG, N_FORMATS };

struct fixture {
    struct heed_pango *pango;
    struct heed_list list;
    char folder[64];
};

static int set_up(void **state)
{
    static struct fixture fixture;
    struct heed_error err;
    fixture = (struct fixture){.folder = "/tmp/heed-painters-XXXXXX"};
    *state = &fixture;
    return mkdtemp(fixture.folder) && heed_pango_create(&fixture.pango, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", fixture->folder);
    heed_list_finish(&fixture->list);
    heed_pango_destroy(fixture->pango);
    return system(command) == 0 ? 0 : -1;
}

static void write_picture(struct fixture *fixture, enum format format, const char *title,
                          struct heed_buffer *out)
{
    struct heed_error err = {0};
    bool ok = false;
    switch (format) {
    case PNG:
        ok = heed_cairo_write_png(fixture->pango, &fixture->list, NULL, SCALE, out, &err);
        break;
    case PDF:
        ok = heed_cairo_write_pdf(fixture->pango, &fixture->list, title, out, &err);
        break;
    default:
        ok = heed_svg_write(&fixture->list, title, 0, out, &err);
        break;
    }
    if (!ok) {
        fail_msg("%s: %s", title, err.text);
    }
}

static void the_same_list_gives_the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct heed_pango *other = NULL;
    assert_true(heed_pango_create(&other, NULL));
    struct heed_pango *first = fixture->pango;
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        for (int format = 0; format < N_FORMATS; format++) {
            struct heed_buffer a = {0};
            struct heed_buffer b = {0};
            picture_draw(&pictures[i], &fixture->list);
            write_picture(fixture, (enum format)format, "title", &a);
            fixture->pango = other;
            picture_draw(&pictures[i], &fixture->list);
            write_picture(fixture, (enum format)format, "title", &b);
            fixture->pango = first;
            assert_int_equal(a.size, b.size);
            assert_memory_equal(a.data, b.data, a.size);
            heed_buffer_finish(&a);
            heed_buffer_finish(&b);
        }
    }
    heed_pango_destroy(other);
}

static bool has_tool(const char *name)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null", name);
    return system(command) == 0;
}

/* Runs a command in the folder, $name being the picture. */
static void run(const struct fixture *fixture, const char *name, const char *command)
{
    char line[512];
    snprintf(line, sizeof line, "cd '%s' && name=%s && %s", fixture->folder, name, command);
    if (system(line) != 0) {
        fail_msg("failed: %s", line);
    }
}

static void write_file(struct fixture *fixture, const char *name, const char *ending,
                       enum format format)
{
    struct heed_buffer data = {0};
    struct heed_error err = {0};
    char path[128];
    write_picture(fixture, format, name, &data);
    snprintf(path, sizeof path, "%s/%s.%s", fixture->folder, name, ending);
    assert_true(heed_file_write(path, data.data, data.size, &err));
    heed_buffer_finish(&data);
}

/* The command makes $name.seen.png of $name.<ending>. */
static void compare_all(struct fixture *fixture, enum format format, const char *ending,
                        const char *command)
{
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        const char *name = pictures[i].name;
        picture_draw(&pictures[i], &fixture->list);
        write_file(fixture, name, ending, format);
        run(fixture, name, command);
        struct heed_buffer png = {0};
        struct pixels ours;
        struct pixels seen;
        char path[128];
        write_picture(fixture, PNG, name, &png);
        snprintf(path, sizeof path, "%s/%s.seen.png", fixture->folder, name);
        assert_true(pixels_decode(&ours, &png));
        assert_true(pixels_read(&seen, path));
        const bool rough = pictures[i].rough;
        const double difference = pixels_difference(&ours, &seen, rough ? ROUGH_BLOCK : BLOCK);
        const double most = rough ? ROUGH_TOLERANCE : TOLERANCE;
        if (getenv("HEED_TEST_VERBOSE")) {
            print_message("%s %s %.2f\n", ending, name, difference);
        }
        if (difference > most) {
            fail_msg("%s as %s: a block differs by %.1f (at most %.1f)", name, ending, difference,
                     most);
        }
        pixels_finish(&ours);
        pixels_finish(&seen);
        heed_buffer_finish(&png);
    }
}

static void svg_looks_like_png(void **state)
{
    if (!has_tool("rsvg-convert")) {
        skip();
    }
    compare_all(*state, SVG, "svg", "rsvg-convert -z 4 $name.svg -o $name.seen.png");
}

static void pdf_looks_like_png(void **state)
{
    if (!has_tool("pdftoppm")) {
        skip();
    }
    compare_all(*state, PDF, "pdf", "pdftoppm -r 384 -png -singlefile $name.pdf $name.seen");
}

static void every_svg_is_well_formed(void **state)
{
    struct fixture *fixture = *state;
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        picture_draw(&pictures[i], &fixture->list);
        write_file(fixture, pictures[i].name, "svg", SVG);
    }
    run(fixture, "all",
        "python3 -c 'import glob, xml.etree.ElementTree as x\n"
        "for f in glob.glob(\"*.svg\"): x.parse(f)'");
}

static void pdf_keeps_its_text(void **state)
{
    if (!has_tool("pdftotext")) {
        skip();
    }
    struct fixture *fixture = *state;
    size_t n = 0;
    const struct picture *pictures = pictures_get(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(pictures[i].name, "tabular") == 0) {
            picture_draw(&pictures[i], &fixture->list);
            write_file(fixture, "tabular", "pdf", PDF);
        }
    }
    run(fixture, "tabular",
        "pdftotext $name.pdf - | grep -q '^0.111$' && "
        "pdffonts $name.pdf | awk 'NR > 2 && $(NF - 4) != \"yes\" {exit 1}'");
}

static void a_pdf_has_the_size_and_title_asked_for(void **state)
{
    if (!has_tool("pdfinfo")) {
        skip();
    }
    struct fixture *fixture = *state;
    heed_list_clear(&fixture->list);
    fixture->list.width = 85 / 25.4f * 96;
    fixture->list.height = 96;
    write_file(fixture, "title", "pdf", PDF);
    run(fixture, "title",
        "pdfinfo $name.pdf | grep -q '^Page size: *240.94[0-9]* x 72 pts' && "
        "pdfinfo $name.pdf | grep -q '^Title: *title$' && "
        "pdfinfo $name.pdf | grep -q '^Pages: *1$'");
}

static uint32_t big_endian(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static void a_png_has_the_pixels_and_density_asked_for(void **state)
{
    struct fixture *fixture = *state;
    struct heed_buffer png = {0};
    heed_list_clear(&fixture->list);
    fixture->list.width = 160;
    fixture->list.height = 99.9f;
    fixture->list.background = (struct heed_color){1, 1, 1, 1};
    assert_true(
        heed_cairo_write_png(fixture->pango, &fixture->list, NULL, 300.0f / 96, &png, NULL));
    assert_int_equal(big_endian(png.data + 16), 500);
    assert_int_equal(big_endian(png.data + 20), 312);
    assert_memory_equal(png.data + 37, "pHYs", 4);
    assert_int_equal(big_endian(png.data + 41), 11811);
    assert_int_equal(big_endian(png.data + 45), 11811);
    assert_int_equal(png.data[49], 1);
    assert_int_equal(big_endian(png.data + 50), 0x78A53F76); /* by zlib */
    struct pixels pixels;
    assert_true(pixels_decode(&pixels, &png));
    pixels_finish(&pixels);
    heed_buffer_finish(&png);
}

static void a_picture_too_large_or_without_size_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct heed_buffer out = {0};
    struct heed_error err = {0};
    static const float sizes[][2] = {{0, 10}, {10, -1}, {NAN, 10}, {10, INFINITY}};
    heed_list_clear(&fixture->list);
    for (size_t i = 0; i < HEED_COUNT(sizes); i++) {
        fixture->list.width = sizes[i][0];
        fixture->list.height = sizes[i][1];
        assert_false(heed_cairo_write_png(fixture->pango, &fixture->list, NULL, 1, &out, &err));
        assert_false(heed_cairo_write_pdf(fixture->pango, &fixture->list, NULL, &out, &err));
        assert_false(heed_svg_write(&fixture->list, NULL, 0, &out, &err));
    }
    fixture->list.width = 40000;
    fixture->list.height = 10;
    assert_false(heed_cairo_write_png(fixture->pango, &fixture->list, NULL, 1, &out, &err));
    assert_non_null(strstr(err.text, "32767"));
    assert_int_equal(out.size, 0);
    heed_buffer_finish(&out);
}

/* 64 x 64 cells on 16 x 16 px: one lone peak must stay, wherever it is. */
static void a_png_keeps_the_peaks_of_cells_below_a_pixel(void **state)
{
    struct fixture *fixture = *state;
    static float values[64 * 64];
    for (int peak = 0; peak < 64 * 64; peak += 61) {
        memset(values, 0, sizeof values);
        values[peak] = -1;
        heed_list_clear(&fixture->list);
        fixture->list.width = fixture->list.height = 16;
        fixture->list.background = (struct heed_color){0, 1, 0, 1};
        struct heed_item_heatmap map = {.rect = {0, 0, 16, 16},
                                        .values = {0, values, 1, 64, 64},
                                        .rows = 64,
                                        .columns = 64,
                                        .low = -1};
        map.palette.stops[0] = (struct heed_color){1, 1, 1, 1};
        for (int i = 1; i < HEED_PALETTE_STOPS; i++) {
            map.palette.stops[i] = (struct heed_color){0, 0, 0, 1};
        }
        heed_list_heatmap(&fixture->list, map);
        struct heed_buffer png = {0};
        struct pixels pixels;
        assert_true(heed_cairo_write_png(fixture->pango, &fixture->list, NULL, 1, &png, NULL));
        assert_true(pixels_decode(&pixels, &png));
        for (int i = 0; i < 16 * 16; i++) {
            const bool holds_it = i / 16 == peak / 64 / 4 && i % 16 == peak % 64 / 4;
            assert_int_equal(pixels.rgb[3 * i], holds_it ? 255 : 0);
            assert_int_equal(pixels.rgb[3 * i + 1], holds_it ? 255 : 0);
        }
        pixels_finish(&pixels);
        heed_buffer_finish(&png);
    }
}

static void svg_text_is_escaped_text(void **state)
{
    struct fixture *fixture = *state;
    struct heed_buffer svg = {0};
    heed_list_clear(&fixture->list);
    fixture->list.width = 160;
    fixture->list.height = 120;
    heed_list_text(&fixture->list,
                   (struct heed_item_text){.x = 10.126f,
                                           .y = -0.001f,
                                           .style = {.size = 8, .weight = 600, .tabular = true},
                                           .anchor = HEED_ANCHOR_END,
                                           .color = {0, 0, 0, 0.5f},
                                           .text = "</script> & \"x\"",
                                           .length = 15});
    assert_true(heed_svg_write(&fixture->list, "a < b", 85, &svg, NULL));
    assert_non_null(strstr(svg.data, "<text x=\"10.13\" y=\"0\" font-size=\"8\" "
                                     "font-weight=\"600\" style=\"font-variant-numeric:"
                                     "tabular-nums\" text-anchor=\"end\" fill=\"#000000\" "
                                     "fill-opacity=\"0.5\">&lt;/script&gt; &amp; &quot;x&quot;"
                                     "</text>"));
    assert_non_null(strstr(svg.data, "<title>a &lt; b</title>"));
    assert_non_null(strstr(svg.data, "width=\"85mm\" height=\"63.75mm\" "
                                     "viewBox=\"0 0 160 120\""));
    heed_buffer_finish(&svg);
}

static void svg_starts_leftward_text_at_its_right_end(void **state)
{
    struct fixture *fixture = *state;
    struct heed_buffer svg = {0};
    heed_list_clear(&fixture->list);
    fixture->list.width = fixture->list.height = 100;
    heed_list_text(&fixture->list, (struct heed_item_text){.x = 10,
                                                           .y = 20,
                                                           .style = {.size = 8, .weight = 400},
                                                           .color = {0, 0, 0, 1},
                                                           .text = "1 \xD7\x90 a",
                                                           .length = 6});
    assert_true(heed_svg_write(&fixture->list, NULL, 0, &svg, NULL));
    assert_non_null(strstr(svg.data, "direction=\"rtl\" text-anchor=\"end\""));
    heed_buffer_finish(&svg);
}

/* In a locale with a decimal comma, if there is one. */
static void files_are_the_same_in_every_locale(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "pl_PL.UTF-8"};
    struct heed_buffer a[N_FORMATS] = {0};
    struct heed_buffer b[N_FORMATS] = {0};
    size_t n = 0;
    picture_draw(&pictures_get(&n)[4], &fixture->list);
    for (int format = 0; format < N_FORMATS; format++) {
        write_picture(fixture, (enum format)format, "title", &a[format]);
    }
    bool found = false;
    for (size_t i = 0; i < HEED_COUNT(names) && !found; i++) {
        found = setlocale(LC_ALL, names[i]) != NULL;
    }
    for (int format = 0; format < N_FORMATS; format++) {
        write_picture(fixture, (enum format)format, "title", &b[format]);
        assert_int_equal(a[format].size, b[format].size);
        assert_memory_equal(a[format].data, b[format].data, a[format].size);
        heed_buffer_finish(&a[format]);
        heed_buffer_finish(&b[format]);
    }
    setlocale(LC_ALL, "C");
}

static void tabular_digits_have_one_width(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_metrics *metrics = heed_pango_get_metrics(fixture->pango);
    struct heed_text_style style = {.size = 20, .weight = 400};
    const float narrow = heed_text_width(metrics, style, "0.111", 5);
    style.tabular = true;
    const float width = heed_text_width(metrics, style, "0.000", 5);
    for (char digit = '1'; digit <= '9'; digit++) {
        const char text[] = {'0', '.', digit, digit, digit};
        const float other = heed_text_width(metrics, style, text, 5);
        assert_true(other > width - 0.01f && other < width + 0.01f);
    }
    assert_true(narrow <= width);
}

static void the_caret_moves_with_the_text(void **state)
{
    struct fixture *fixture = *state;
    const struct heed_metrics *metrics = heed_pango_get_metrics(fixture->pango);
    const struct heed_text_style style = {.size = 20, .weight = 400};
    const float width = heed_text_width(metrics, style, "animal", 6);
    float last = -1;
    for (size_t i = 0; i <= 6; i++) {
        const float x = metrics->caret(metrics->context, style, "animal", 6, i);
        assert_true(x > last);
        last = x;
    }
    assert_true(last > width - 0.1f && last < width + 0.1f);
    const char *hebrew = "\xD7\x90\xD7\x91";
    const float right = heed_text_width(metrics, style, hebrew, 4);
    const float start = metrics->caret(metrics->context, style, hebrew, 4, 0);
    assert_true(start > right - 0.1f && start < right + 0.1f);
    assert_true(metrics->caret(metrics->context, style, hebrew, 4, 4) < 0.1f);
    assert_true(metrics->caret(metrics->context, style, "", 0, 0) == 0);
    assert_true(heed_text_width(metrics, style, "", 0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_list_gives_the_same_bytes),
        cmocka_unit_test(every_svg_is_well_formed),
        cmocka_unit_test(svg_looks_like_png),
        cmocka_unit_test(pdf_looks_like_png),
        cmocka_unit_test(pdf_keeps_its_text),
        cmocka_unit_test(a_pdf_has_the_size_and_title_asked_for),
        cmocka_unit_test(a_png_has_the_pixels_and_density_asked_for),
        cmocka_unit_test(a_png_keeps_the_peaks_of_cells_below_a_pixel),
        cmocka_unit_test(a_picture_too_large_or_without_size_is_refused),
        cmocka_unit_test(svg_text_is_escaped_text),
        cmocka_unit_test(svg_starts_leftward_text_at_its_right_end),
        cmocka_unit_test(files_are_the_same_in_every_locale),
        cmocka_unit_test(tabular_digits_have_one_width),
        cmocka_unit_test(the_caret_moves_with_the_text),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

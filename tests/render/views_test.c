/* Every view, with every filter and measure in it, through every painter: each
 * paints it, they agree, and what they paint can be read. HEED_TEST_ONLY: only
 * the scenes whose names hold this; HEED_TEST_VERBOSE: what each differs by;
 * HEED_TEST_KEEP: a folder where the pictures stay, to be looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "legible.h"
#include "pixels.h"
#include "render/cairo/cairo_painter.h"
#include "render/gl/gl_offscreen.h"
#include "render/gl/gl_painter.h"
#include "render/record/record.h"
#include "render/svg/svg_painter.h"
#include "scenes.h"

/* What is painted of a picture: the rest of a high export is left out. */
enum { WIDTH = 1600, HEIGHT = 1000 };

/* Of 255. A block's mean: letters are heavier in one painter than in the
 * other. The whole picture's, pixel by pixel: a small one is all letters. */
enum { BLOCK = 24 };
#define TOLERANCE 32.0
#define MEAN_TOLERANCE 12.0

struct fixture {
    struct scenes scenes;
    struct heed_pango *pango;
    struct heed_gl_offscreen *offscreen;
    struct heed_gl_painter *painter;
    uint8_t *rgba;                  /* [HEIGHT, WIDTH, 4] */
    const char *model;              /* NULL: the small one of the tests ... */
    const char *n_layers, *n_heads; /* ... or if these are, one made by them */
    char folder[256];
    int n_bad;
};

static struct fixture fixture;

/* A folder with the model. */
static void find_model(char *model, size_t size)
{
    const char *data = getenv("HEED_TEST_DATA");
    char command[2048];
    if (fixture.model) {
        snprintf(model, size, "%s", fixture.model);
    } else if (!fixture.n_layers) {
        snprintf(model, size, "%s/data/tiny-bert", data);
    } else {
        snprintf(model, size, "%s/model", fixture.folder);
        snprintf(command, sizeof command, "python3 '%s/data/make_model.py' %s %s '%s'", data,
                 fixture.n_layers, fixture.n_heads, model);
        assert_int_equal(system(command), 0);
    }
}

static int set_up(void **state)
{
    struct heed_error err = {0};
    char model[1024];
    *state = &fixture;
    const char *kept = getenv("HEED_TEST_KEEP");
    snprintf(fixture.folder, sizeof fixture.folder, "%s", kept ? kept : "/tmp/heed-views-XXXXXX");
    if (!kept && !mkdtemp(fixture.folder)) {
        return -1;
    }
    find_model(model, sizeof model);
    scenes_open(&fixture.scenes, model);
    fixture.rgba = malloc((size_t)WIDTH * HEIGHT * 4);
    if (heed_pango_create(&fixture.pango, &err) &&
        heed_gl_offscreen_create(&fixture.offscreen, WIDTH, HEIGHT, &err) &&
        heed_gl_painter_create(&fixture.painter, &err)) {
        return 0;
    }
    fprintf(stderr, "%s\n", err.text);
    return -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[512];
    snprintf(command, sizeof command, "rm -r '%s'", fixture.folder);
    heed_gl_painter_destroy(fixture.painter);
    heed_gl_offscreen_destroy(fixture.offscreen);
    heed_pango_destroy(fixture.pango);
    scenes_close(&fixture.scenes);
    free(fixture.rgba);
    return getenv("HEED_TEST_KEEP") || system(command) == 0 ? 0 : -1;
}

static bool is_asked_for(const struct scene *scene)
{
    const char *only = getenv("HEED_TEST_ONLY");
    return only == NULL || strstr(scene->name, only) != NULL;
}

static void write_file(const char *name, const char *ending, const struct heed_buffer *data)
{
    struct heed_error err = {0};
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%s", fixture.folder, name, ending);
    if (!heed_file_write(path, data->data, data->size, &err)) {
        fail_msg("%s", err.text);
    }
}

/* With these letters' widths; how many texts of it can't be read. */
static int check_reading(const struct scene *scene, const char *letters,
                         const struct heed_metrics *metrics)
{
    struct heed_buffer out = {0};
    struct heed_buffer record = {0};
    const struct heed_list *list = scenes_draw(&fixture.scenes, scene, metrics);
    const float scale = scene->place == SCENE_DENSE    ? 1.5f
                        : scene->place >= SCENE_EXPORT ? 0.7f
                                                       : 1;
    heed_record_write(list, &record);
    assert_false(record.failed);
    const int n_bad = legible_check(list, metrics, scale, &out);
    if (n_bad > 0) {
        print_error("%s, %s letters:\n%s", scene->name, letters, out.data);
    }
    heed_buffer_finish(&out);
    heed_buffer_finish(&record);
    return n_bad;
}

static void every_text_can_be_read(void **state)
{
    (void)state;
    struct scenes *scenes = &fixture.scenes;
    int n_bad = 0;
    for (size_t i = 0; i < scenes->n; i++) {
        if (is_asked_for(&scenes->all[i])) {
            scenes_choose(scenes, &scenes->all[i]);
            n_bad += check_reading(&scenes->all[i], "fixed", heed_record_get_metrics());
            n_bad += check_reading(&scenes->all[i], "real", heed_pango_get_metrics(fixture.pango));
        }
    }
    assert_int_equal(n_bad, 0);
}

/* The part of the framebuffer that a picture of this size lies in: OpenGL
 * counts rows from below. */
static struct pixels cut_out(int width, int height)
{
    struct pixels out = {width, height, malloc((size_t)width * (size_t)height * 3)};
    for (int y = 0; y < height; y++) {
        const uint8_t *from = fixture.rgba + (size_t)(HEIGHT - height + y) * WIDTH * 4;
        uint8_t *to = out.rgb + (size_t)y * (size_t)width * 3;
        for (int x = 0; x < width; x++) {
            memcpy(to + 3 * x, from + 4 * x, 3);
        }
    }
    return out;
}

static double mean_difference(const struct pixels *a, const struct pixels *b)
{
    double sum = 0;
    const int n = a->width * a->height * 3;
    for (int i = 0; i < n; i++) {
        sum += abs(a->rgb[i] - b->rgb[i]);
    }
    return sum / n;
}

static void compare_with_gl(const struct scene *scene, const struct heed_list *list,
                            const struct heed_buffer *png)
{
    struct heed_error err = {0};
    struct pixels cairo = {0};
    assert_true(pixels_decode(&cairo, png));
    assert_true(cairo.width <= WIDTH && cairo.height <= HEIGHT);
    if (!heed_gl_painter_paint(fixture.painter, list, cairo.width, cairo.height, &err) ||
        !heed_gl_offscreen_read(fixture.offscreen, fixture.rgba, &err)) {
        fail_msg("%s: %s", scene->name, err.text);
    }
    struct pixels gl = cut_out(cairo.width, cairo.height);
    const double most = pixels_difference(&cairo, &gl, BLOCK);
    const double mean = mean_difference(&cairo, &gl);
    if (getenv("HEED_TEST_VERBOSE")) {
        print_message("%-40s %5.1f %5.2f\n", scene->name, most, mean);
    }
    if (most > TOLERANCE || mean > MEAN_TOLERANCE) {
        print_error("%s: OpenGL and cairo differ by %.1f in a block, %.2f in "
                    "the mean\n",
                    scene->name, most, mean);
        fixture.n_bad++;
    }
    pixels_finish(&cairo);
    pixels_finish(&gl);
}

/* All of them, and those that are seen as a whole. */
static void write_texts(const char *name, const struct heed_list *list)
{
    struct heed_buffer lines = {0};
    legible_write_whole(list, heed_pango_get_metrics(fixture.pango), &lines);
    write_file(name, "seen", &lines);
    heed_buffer_clear(&lines);
    for (size_t i = 0; i < list->n_items; i++) {
        if (list->items[i].kind == HEED_ITEM_TEXT) {
            heed_buffer_puts(&lines, list->items[i].as.text.text);
            heed_buffer_puts(&lines, "\n");
        }
    }
    write_file(name, "txt", &lines);
    heed_buffer_finish(&lines);
}

static void paint_with_all(const struct scene *scene)
{
    struct heed_error err = {0};
    struct heed_buffer png = {0};
    struct heed_buffer pdf = {0};
    struct heed_buffer svg = {0};
    scenes_choose(&fixture.scenes, scene);
    const struct heed_list *list =
        scenes_draw(&fixture.scenes, scene, heed_pango_get_metrics(fixture.pango));
    struct heed_list top = *list;
    top.height = fminf(top.height, HEIGHT);
    if (!heed_cairo_write_png(fixture.pango, &top, NULL, 1, &png, &err) ||
        !heed_cairo_write_pdf(fixture.pango, list, scene->name, &pdf, &err) ||
        !heed_svg_write(list, scene->name, 0, &svg, &err)) {
        fail_msg("%s: %s", scene->name, err.text);
    }
    compare_with_gl(scene, &top, &png);
    write_texts(scene->name, list);
    write_file(scene->name, "png", &png);
    write_file(scene->name, "pdf", &pdf);
    write_file(scene->name, "svg", &svg);
    heed_buffer_finish(&png);
    heed_buffer_finish(&pdf);
    heed_buffer_finish(&svg);
}

static void all_painters_paint_all_views_alike(void **state)
{
    (void)state;
    struct scenes *scenes = &fixture.scenes;
    /* Of another model the heads are more, the shapes not other ones. */
    const bool other = fixture.model || fixture.n_layers;
    const size_t step = other && !getenv("HEED_TEST_ONLY") ? 8 : 1;
    for (size_t i = 0; i < scenes->n; i += step) {
        if (is_asked_for(&scenes->all[i])) {
            paint_with_all(&scenes->all[i]);
        }
    }
    assert_int_equal(fixture.n_bad, 0);
}

/* The files of the test before. */
static void files_hold_the_texts_of_their_lists(void **state)
{
    (void)state;
    char command[1600];
    snprintf(command, sizeof command, "python3 '%s/render/check_files.py' '%s'",
             getenv("HEED_TEST_DATA"), fixture.folder);
    assert_int_equal(system(command), 0);
}

/* views_test: of a small model; --real-model: of HEED_TEST_MODEL; "24 16": of
 * a made-up one with so many layers and heads. */
int main(int argc, char **argv)
{
    if (argc == 3) {
        fixture.n_layers = argv[1];
        fixture.n_heads = argv[2];
    } else if (argc > 1) {
        fixture.model = getenv("HEED_TEST_MODEL");
        if (fixture.model == NULL) {
            return 77;
        }
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_can_be_read),
        cmocka_unit_test(all_painters_paint_all_views_alike),
        cmocka_unit_test(files_hold_the_texts_of_their_lists),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

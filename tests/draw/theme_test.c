/* The colours keep what the design promises of them: heads that can be told
 * apart, also by colour-blind eyes, palettes of even steps, and text that can
 * be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "draw/display_list.h"
#include "draw/hit.h"
#include "draw/theme.h"

#define PI 3.14159265358979323846

enum sight { NORMAL, PROTAN, DEUTAN, TRITAN, N_SIGHTS };

/* Machado, Oliveira & Fernandes 2009, table 1, severity 1: on linear RGB. */
static const double machado[N_SIGHTS][3][3] = {
    [NORMAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [PROTAN] = {{0.152286, 1.052583, -0.204868},
                {0.114503, 0.786281, 0.099216},
                {-0.003882, -0.048116, 1.051998}},
    [DEUTAN] = {{0.367322, 0.860646, -0.227968},
                {0.280085, 0.672501, 0.047413},
                {-0.011820, 0.042940, 0.968881}},
    [TRITAN] = {{1.255528, -0.076749, -0.178779},
                {-0.078411, 0.930809, 0.147602},
                {0.004733, 0.691367, 0.303900}},
};

struct lab {
    double l, a, b;
};

static double linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_root(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIE L*a*b*, D65, of a colour as it is seen. */
static struct lab to_lab(struct heed_color color, enum sight sight)
{
    const double rgb[3] = {linear((double)color.r), linear((double)color.g),
                           linear((double)color.b)};
    double seen[3];
    for (int i = 0; i < 3; i++) {
        seen[i] = 0;
        for (int j = 0; j < 3; j++) {
            seen[i] += machado[sight][i][j] * rgb[j];
        }
        seen[i] = fmin(fmax(seen[i], 0), 1);
    }
    const double x = 0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2];
    const double y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2];
    const double z = 0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2];
    const double fx = lab_root(x / 0.95047);
    const double fy = lab_root(y);
    const double fz = lab_root(z / 1.08883);
    return (struct lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

static double hue(double a, double b)
{
    const double angle = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / PI;
    return angle < 0 ? angle + 360 : angle;
}

static double cosine(double degrees)
{
    return cos(degrees * PI / 180);
}

/* Sharma, Wu & Dalal 2005, equations 2 to 22. */
static double ciede2000(struct lab p, struct lab q)
{
    const double c_mean = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2;
    const double c7 = pow(c_mean, 7);
    const double g = 0.5 * (1 - sqrt(c7 / (c7 + pow(25, 7))));
    const double a1 = (1 + g) * p.a;
    const double a2 = (1 + g) * q.a;
    const double c1 = hypot(a1, p.b);
    const double c2 = hypot(a2, q.b);
    const double h1 = hue(a1, p.b);
    const double h2 = hue(a2, q.b);
    const bool grey = c1 * c2 == 0;
    double dh = grey ? 0 : h2 - h1;
    dh = dh > 180 ? dh - 360 : dh < -180 ? dh + 360 : dh;
    double h_mean = h1 + h2;
    if (!grey) {
        h_mean = fabs(h1 - h2) <= 180 ? h_mean / 2
                 : h_mean < 360       ? (h_mean + 360) / 2
                                      : (h_mean - 360) / 2;
    }
    const double dl = q.l - p.l;
    const double dc = c2 - c1;
    const double dh_chord = 2 * sqrt(c1 * c2) * sin(dh / 2 * PI / 180);
    const double l_mean = (p.l + q.l) / 2 - 50;
    const double c_prime = (c1 + c2) / 2;
    const double t = 1 - 0.17 * cosine(h_mean - 30) + 0.24 * cosine(2 * h_mean) +
                     0.32 * cosine(3 * h_mean + 6) - 0.20 * cosine(4 * h_mean - 63);
    const double turn = 30 * exp(-pow((h_mean - 275) / 25, 2));
    const double cp7 = pow(c_prime, 7);
    const double rc = 2 * sqrt(cp7 / (cp7 + pow(25, 7)));
    const double sl = 1 + 0.015 * l_mean * l_mean / sqrt(20 + l_mean * l_mean);
    const double sc = 1 + 0.045 * c_prime;
    const double sh = 1 + 0.015 * c_prime * t;
    const double rt = -sin(2 * turn * PI / 180) * rc;
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dh_chord / sh, 2) +
                rt * dc / sc * dh_chord / sh);
}

/* Pairs of the paper's table 1. */
static void ciede2000_gives_the_published_numbers(void **state)
{
    (void)state;
    static const struct {
        struct lab p, q;
        double difference;
    } cases[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, 2.49, -0.001}, {50, -2.49, 0.0011}, 7.2195},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
        {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
    };
    for (size_t i = 0; i < HEED_COUNT(cases); i++) {
        assert_float_equal(ciede2000(cases[i].p, cases[i].q), cases[i].difference, 5e-5);
    }
}

static double least_difference(const struct heed_theme *theme, enum sight sight)
{
    double least = 1e9;
    for (int i = 0; i < HEED_N_HEAD_COLORS; i++) {
        for (int j = 0; j < i; j++) {
            least = fmin(least,
                         ciede2000(to_lab(theme->heads[i], sight), to_lab(theme->heads[j], sight)));
        }
    }
    return least;
}

static void heads_can_be_told_apart_by_every_eye(void **state)
{
    (void)state;
    static const double promised[HEED_N_THEMES][N_SIGHTS] = {
        [HEED_THEME_LIGHT] = {18.7, 11.7, 11.0, 14.2},
        [HEED_THEME_DARK] = {14.8, 8.1, 9.1, 9.1},
        [HEED_THEME_PAPER] = {17.7, 12.6, 12.1, 11.9},
    };
    for (int theme = 0; theme < HEED_N_THEMES; theme++) {
        for (int sight = 0; sight < N_SIGHTS; sight++) {
            const double least =
                least_difference(heed_theme_get((enum heed_theme_id)theme), (enum sight)sight);
            assert_float_equal(least, promised[theme][sight], 0.06);
        }
    }
}

/* As a printer without colours shows them: CIE lightness of the luminance, and
 * of the older luma (Rec. 601), which drivers use as well. */
static double grey(struct heed_color color, bool luma)
{
    const double y =
        luma ? linear(0.299 * (double)color.r + 0.587 * (double)color.g + 0.114 * (double)color.b)
             : 0.2126729 * linear((double)color.r) + 0.7151522 * linear((double)color.g) +
                   0.0721750 * linear((double)color.b);
    return 116 * lab_root(y) - 16;
}

static bool same_dash(struct heed_dash a, struct heed_dash b)
{
    return a.on == b.on && a.off == b.off;
}

/* Two heads with the same dashes are at least 25 of 100 apart in lightness, 13 by
 * luma; the first three, which most figures have, differ in dashes, and by 16. */
static void printed_heads_can_be_told_apart_without_colours(void **state)
{
    (void)state;
    const struct heed_theme *paper = heed_theme_get(HEED_THEME_PAPER);
    static const double least[] = {25, 13};
    for (int luma = 0; luma < 2; luma++) {
        for (int i = 0; i < HEED_N_HEAD_COLORS; i++) {
            for (int j = 0; j < i; j++) {
                const double apart =
                    fabs(grey(paper->heads[i], luma == 1) - grey(paper->heads[j], luma == 1));
                const bool same = same_dash(heed_theme_dash(paper, i), heed_theme_dash(paper, j));
                assert_true(!same || apart >= least[luma]);
                assert_true(i >= 3 || (!same && apart >= 16));
            }
        }
    }
}

static void repeated_colours_have_other_dashes(void **state)
{
    (void)state;
    for (int id = 0; id < HEED_N_THEMES; id++) {
        const struct heed_theme *theme = heed_theme_get((enum heed_theme_id)id);
        for (int i = 0; i < HEED_N_HEAD_COLORS; i++) {
            assert_false(same_dash(heed_theme_dash(theme, i),
                                   heed_theme_dash(theme, i + HEED_N_HEAD_COLORS)));
            assert_true(theme->for_print || heed_theme_dash(theme, i).on == 0);
        }
    }
}

static struct heed_color over(struct heed_color top, struct heed_color ground)
{
    return heed_color_mix(ground, heed_color_alpha(top, 1), top.a);
}

static void assert_contrast(struct heed_color a, struct heed_color b, double least)
{
    if ((double)heed_color_contrast(a, b) < least) {
        fail_msg("contrast %.2f is below %.2f", (double)heed_color_contrast(a, b), least);
    }
}

/* WCAG 2.1, 1.4.3 (AA): 4.5:1. */
static void text_can_be_read_on_every_ground(void **state)
{
    (void)state;
    for (int id = 0; id < HEED_N_THEMES; id++) {
        const struct heed_theme *t = heed_theme_get((enum heed_theme_id)id);
        const struct heed_color grounds[] = {t->canvas, over(t->panel, t->canvas), t->raised};
        for (size_t i = 0; i < HEED_COUNT(grounds); i++) {
            assert_contrast(t->text, grounds[i], 13);
            assert_contrast(t->muted, grounds[i], 6);
            assert_contrast(t->faint, grounds[i], 4.5);
        }
        assert_contrast(t->text, t->hover, 4.5);
        assert_contrast(t->text, t->sunken, 4.5);
        assert_contrast(t->muted, t->sunken, 4.5);
        assert_contrast(t->text, t->selection, 4.5);
        assert_contrast(t->text, t->note_fill, 4.5);
        assert_contrast(t->muted, t->note_fill, 4.5);
        assert_contrast(t->on_ink, t->ink, 4.5);
        assert_contrast(t->accent, t->canvas, 3);
        for (int h = 0; h < HEED_N_HEAD_COLORS; h++) {
            assert_contrast(heed_color_on(t->heads[h]), t->heads[h], 4.5);
        }
    }
}

static void shades_of_every_palette_take_readable_numbers(void **state)
{
    (void)state;
    for (int theme = 0; theme < HEED_N_THEMES; theme++) {
        for (int id = 0; id <= HEED_PALETTE_DIFFERENCE; id++) {
            const struct heed_palette *palette =
                heed_palette_get((enum heed_theme_id)theme, (enum heed_palette_id)id);
            for (int i = 0; i <= 100; i++) {
                const struct heed_color shade = heed_palette_color(palette, (float)i / 100);
                assert_contrast(heed_color_on(shade), shade, 4.5);
            }
        }
    }
}

/* Within a third: the ends are bound to the canvas and to sRGB. */
static void assert_even(const struct heed_palette *palette, int first, int last)
{
    double least = 1e9;
    double most = 0;
    for (int i = first; i < last; i++) {
        const double step =
            ciede2000(to_lab(palette->stops[i], NORMAL), to_lab(palette->stops[i + 1], NORMAL));
        least = fmin(least, step);
        most = fmax(most, step);
    }
    assert_true(most / least < 1.35);
}

static void our_palettes_have_equal_steps(void **state)
{
    (void)state;
    static const enum heed_theme_id themes[] = {HEED_THEME_LIGHT, HEED_THEME_DARK};
    for (size_t i = 0; i < HEED_COUNT(themes); i++) {
        assert_even(heed_palette_get(themes[i], HEED_PALETTE_TIDE), 0, 8);
        assert_even(heed_palette_get(themes[i], HEED_PALETTE_INK), 0, 8);
        const struct heed_palette *difference =
            heed_palette_get(themes[i], HEED_PALETTE_DIFFERENCE);
        assert_even(difference, 0, 4);
        assert_even(difference, 4, 8);
    }
}

static bool same(struct heed_color a, struct heed_color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static void zero_is_the_canvas_where_it_is_promised(void **state)
{
    (void)state;
    for (int id = 0; id < HEED_N_THEMES; id++) {
        const enum heed_theme_id theme = (enum heed_theme_id)id;
        const struct heed_color canvas = heed_theme_get(theme)->canvas;
        assert_true(
            same(heed_palette_color(heed_palette_get(theme, HEED_PALETTE_TIDE), 0), canvas));
        assert_true(same(heed_palette_color(heed_palette_get(theme, HEED_PALETTE_DIFFERENCE), 0.5f),
                         canvas));
    }
}

static void names_find_what_they_name(void **state)
{
    (void)state;
    for (int i = 0; i < HEED_N_THEMES; i++) {
        enum heed_theme_id id = HEED_N_THEMES;
        const char *name = heed_theme_name((enum heed_theme_id)i);
        assert_true(heed_theme_find(name, &id));
        assert_int_equal(id, i);
    }
    for (int i = 0; i < HEED_N_PALETTES; i++) {
        enum heed_palette_id id = HEED_N_PALETTES;
        assert_true(heed_palette_find(heed_palette_name((enum heed_palette_id)i), &id));
        assert_int_equal(id, i);
    }
    enum heed_theme_id theme = HEED_THEME_DARK;
    enum heed_palette_id palette = HEED_PALETTE_INK;
    assert_false(heed_theme_find("", &theme));
    assert_false(heed_palette_find("difference", &palette));
    assert_int_equal(theme, HEED_THEME_DARK);
    assert_int_equal(palette, HEED_PALETTE_INK);
}

static void mixing_ends_at_both_colours(void **state)
{
    (void)state;
    const struct heed_color a = {0.2f, 0.4f, 0.6f, 1};
    const struct heed_color b = {1, 0, 0.5f, 1};
    assert_true(same(heed_color_mix(a, b, 0), a));
    assert_true(same(heed_color_mix(a, b, NAN), a));
    assert_float_equal(heed_color_mix(a, b, 1).r, 1, 1e-6);
    assert_float_equal(heed_color_mix(a, b, 7).g, 0, 1e-6);
    assert_float_equal(heed_color_mix(a, b, 0.5f).r, 0.6, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ciede2000_gives_the_published_numbers),
        cmocka_unit_test(heads_can_be_told_apart_by_every_eye),
        cmocka_unit_test(printed_heads_can_be_told_apart_without_colours),
        cmocka_unit_test(repeated_colours_have_other_dashes),
        cmocka_unit_test(text_can_be_read_on_every_ground),
        cmocka_unit_test(shades_of_every_palette_take_readable_numbers),
        cmocka_unit_test(our_palettes_have_equal_steps),
        cmocka_unit_test(zero_is_the_canvas_where_it_is_promised),
        cmocka_unit_test(names_find_what_they_name),
        cmocka_unit_test(mixing_ends_at_both_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

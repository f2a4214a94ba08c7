#include "draw/theme.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/compiler.h"

#define RGBA(hex, alpha)                                                                           \
    {                                                                                              \
        (float)((hex) >> 16 & 255) / 255, (float)((hex) >> 8 & 255) / 255,                         \
            (float)((hex)&255) / 255, (alpha)                                                      \
    }

#define RGB(hex) RGBA(hex, 1)

#define STOPS(a, b, c, d, e, f, g, h, i)                                                           \
    {                                                                                              \
        {                                                                                          \
            RGB(a), RGB(b), RGB(c), RGB(d), RGB(e), RGB(f), RGB(g), RGB(h), RGB(i)                 \
        }                                                                                          \
    }

/* The heads' colours were chosen so that the smallest CIEDE2000 between any
 * two is as large as can be, also for colour-blind sight (see the test). */
#define HEADS_ON_WHITE                                                                             \
    {                                                                                              \
        RGB(0x0B66E7), RGB(0xD5381A), RGB(0x056058), RGB(0xA9608C), RGB(0x5B4B86), RGB(0xD98206),  \
            RGB(0x4AA5B8), RGB(0x8B0042), RGB(0x82A268), RGB(0x0B0B8C), RGB(0xA186FD),             \
            RGB(0x402801)                                                                          \
    }

/* For paper twelve equal steps of lightness, 21 to 68, and at each the hue and
 * chroma that keep all apart as above; then dealt out so that the first ones lie
 * far from each other, and one and the sixth from it six steps. */
#define HEADS_ON_PAPER                                                                             \
    {                                                                                              \
        RGB(0x1F52F3), RGB(0xEC7684), RGB(0x144601), RGB(0xAA7D0C), RGB(0x640A39), RGB(0x039DBA),  \
            RGB(0xED75FD), RGB(0x076464), RGB(0xE2238A), RGB(0x750695), RGB(0x6C7248),             \
            RGB(0x65493F)                                                                          \
    }

#define HEADS_ON_DARK                                                                              \
    {                                                                                              \
        RGB(0x86B6FF), RGB(0xF8551F), RGB(0x379C80), RGB(0xFFD0D8), RGB(0x9A5CED), RGB(0xCCDF1A),  \
            RGB(0x8AF7FD), RGB(0xB86068), RGB(0xC8F9AC), RGB(0x7E88B8), RGB(0xD6A6D2),             \
            RGB(0xE0A458)                                                                          \
    }

/* Paper has no controls: where visual.md gives it no colour, it takes the one
 * that vanishes on white or the light theme's. */
static const struct heed_theme themes[HEED_N_THEMES] = {
    [HEED_THEME_LIGHT] =
        {
            .canvas = RGB(0xFFFFFF),
            .panel = RGB(0xF6F7F9),
            .raised = RGB(0xFFFFFF),
            .hover = RGB(0xECEFF3),
            .sunken = RGB(0xE9ECF0),
            .border = RGB(0xDFE3E8),
            .strong_border = RGB(0xC4CAD3),
            .text = RGB(0x14171C),
            .muted = RGB(0x565E6B),
            .faint = RGB(0x6B7280),
            .accent = RGB(0x0B66E7),
            .selection = RGB(0xCFE1FC),
            .ink = RGB(0x14171C),
            .on_ink = RGB(0xFFFFFF),
            .note_fill = RGB(0xFFF6E0),
            .note_border = RGB(0xF0D9A0),
            .shadow = RGBA(0x14171C, 0.10f),
            .heads = HEADS_ON_WHITE,
            .ground = 0.5f,
        },
    [HEED_THEME_DARK] =
        {
            .canvas = RGB(0x14161B),
            .panel = RGB(0x1B1E24),
            .raised = RGB(0x22262E),
            .hover = RGB(0x262B33),
            .sunken = RGB(0x2A2E36),
            .border = RGB(0x2E333C),
            .strong_border = RGB(0x474E5A),
            .text = RGB(0xECEEF2),
            .muted = RGB(0xA3ABB8),
            .faint = RGB(0x858D99),
            .accent = RGB(0xA4C8FF),
            .selection = RGB(0x29426B),
            .ink = RGB(0xECEEF2),
            .on_ink = RGB(0x14161B),
            .note_fill = RGB(0x2B2618),
            .note_border = RGB(0x574A22),
            .shadow = RGBA(0x000000, 0.40f),
            .heads = HEADS_ON_DARK,
            .ground = 0.75f,
        },
    [HEED_THEME_PAPER] =
        {
            .canvas = RGB(0xFFFFFF),
            .panel = RGBA(0xFFFFFF, 0),
            .raised = RGB(0xFFFFFF),
            .hover = RGB(0xECEFF3),
            .sunken = RGB(0xE9ECF0),
            .border = RGB(0xD0D0D0),
            .strong_border = RGB(0x000000),
            .text = RGB(0x000000),
            .muted = RGB(0x4A4A4A),
            .faint = RGB(0x6B7280),
            .accent = RGB(0x0B66E7),
            .selection = RGB(0xE2E2E2),
            .ink = RGB(0x000000),
            .on_ink = RGB(0xFFFFFF),
            .note_fill = RGB(0xFFFFFF),
            .note_border = RGB(0xD0D0D0),
            .shadow = RGBA(0x000000, 0),
            .heads = HEADS_ON_PAPER,
            .ground = 0.5f,
            .for_print = true,
        },
};

#define VIRIDIS                                                                                    \
    STOPS(0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26838E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xFDE725)
#define CIVIDIS                                                                                    \
    STOPS(0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xFEE838)

static const struct heed_palette on_white[] = {
    [HEED_PALETTE_TIDE] = STOPS(0xFFFFFF, 0xDAF9F2, 0x8DE2E1, 0x29C0D8, 0x0C9CC5, 0x057BB2,
                                0x015BA1, 0x1E397E, 0x1E1E47),
    [HEED_PALETTE_INK] = STOPS(0xFFFFFF, 0xE0EEFF, 0xB3D3FF, 0x7EAFFA, 0x5A8BE5, 0x436DC9, 0x3350A4,
                               0x233374, 0x141B40),
    [HEED_PALETTE_VIRIDIS] = VIRIDIS,
    [HEED_PALETTE_CIVIDIS] = CIVIDIS,
    [HEED_PALETTE_DIFFERENCE] = STOPS(0x2C64D2, 0x568AE1, 0x8FB7F1, 0xCEE2FD, 0xFFFFFF, 0xF2D6BF,
                                      0xDEA174, 0xC86C2D, 0xAB4B01),
};

static const struct heed_palette on_dark[] = {
    [HEED_PALETTE_TIDE] = STOPS(0x14161B, 0x252A47, 0x25467D, 0x0166A6, 0x0185B7, 0x09A8CB,
                                0x58CAD7, 0xB3E6E2, 0xEAF5F2),
    [HEED_PALETTE_INK] = STOPS(0x141B40, 0x233374, 0x3350A4, 0x436DC9, 0x5A8BE5, 0x7EAFFA, 0xB3D3FF,
                               0xE0EEFF, 0xFFFFFF),
    [HEED_PALETTE_VIRIDIS] = VIRIDIS,
    [HEED_PALETTE_CIVIDIS] = CIVIDIS,
    [HEED_PALETTE_DIFFERENCE] = STOPS(0x74B3FF, 0x4E86D0, 0x3D6195, 0x283956, 0x14161B, 0x352315,
                                      0x75451C, 0xB76623, 0xFE8E37),
};

static const char *const theme_names[HEED_N_THEMES] = {"light", "dark", "paper"};
static const char *const palette_names[] = {"tide", "ink", "viridis", "cividis", "difference"};

const struct heed_theme *heed_theme_get(enum heed_theme_id id)
{
    return &themes[id];
}

const struct heed_palette *heed_palette_get(enum heed_theme_id theme, enum heed_palette_id palette)
{
    return theme == HEED_THEME_DARK ? &on_dark[palette] : &on_white[palette];
}

/* In print a head shares its dashes with the sixth from it, which is far lighter
 * or darker; from the 13th on, where colours repeat, they are others. */
struct heed_dash heed_theme_dash(const struct heed_theme *theme, int slot)
{
    static const struct heed_dash printed[] = {
        {0, 0, true}, {6, 3, true}, {1.5f, 2, true}, {12, 4, true}, {3, 3, true}, {1.5f, 5, true},
    };
    static const struct heed_dash repeated = {6, 4, false};
    const int turns = slot / HEED_N_HEAD_COLORS;
    if (theme->for_print) {
        return printed[(size_t)(slot + turns) % HEED_COUNT(printed)];
    }
    return turns > 0 ? repeated : (struct heed_dash){0};
}

const char *heed_theme_name(enum heed_theme_id theme)
{
    return theme_names[theme];
}

const char *heed_palette_name(enum heed_palette_id palette)
{
    return palette_names[palette];
}

/* -1: none of them is it. */
static int find_name(const char *name, const char *const *names, int n)
{
    int i = n - 1;
    while (i >= 0 && strcasecmp(name, names[i]) != 0) {
        i--;
    }
    return i;
}

bool heed_theme_find(const char *name, enum heed_theme_id *id)
{
    const int found = find_name(name, theme_names, HEED_N_THEMES);
    *id = found < 0 ? *id : (enum heed_theme_id)found;
    return found >= 0;
}

bool heed_palette_find(const char *name, enum heed_palette_id *id)
{
    const int found = find_name(name, palette_names, HEED_N_PALETTES);
    *id = found < 0 ? *id : (enum heed_palette_id)found;
    return found >= 0;
}

struct heed_color heed_color_mix(struct heed_color a, struct heed_color b, float t)
{
    t = t > 0 ? fminf(t, 1) : 0;
    return (struct heed_color){a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t,
                               a.a + (b.a - a.a) * t};
}

struct heed_color heed_color_alpha(struct heed_color color, float alpha)
{
    color.a = alpha;
    return color;
}

/* WCAG 2.1, "relative luminance". */
static float linear(float channel)
{
    return channel <= 0.04045f ? channel / 12.92f : powf((channel + 0.055f) / 1.055f, 2.4f);
}

static float luminance(struct heed_color color)
{
    return 0.2126f * linear(color.r) + 0.7152f * linear(color.g) + 0.0722f * linear(color.b);
}

float heed_color_contrast(struct heed_color a, struct heed_color b)
{
    const float first = luminance(a) + 0.05f;
    const float second = luminance(b) + 0.05f;
    return first > second ? first / second : second / first;
}

struct heed_color heed_color_on(struct heed_color ground)
{
    const struct heed_color black = RGB(0x000000);
    const struct heed_color white = RGB(0xFFFFFF);
    return heed_color_contrast(ground, black) >= heed_color_contrast(ground, white) ? black : white;
}

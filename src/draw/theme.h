/*
 * Colours, palettes and type of the three themes. Constants; any thread.
 */
#ifndef HEED_DRAW_THEME_H
#define HEED_DRAW_THEME_H

#include <stdbool.h>

#include "draw/display_list.h"

enum heed_theme_id { HEED_THEME_LIGHT, HEED_THEME_DARK, HEED_THEME_PAPER, HEED_N_THEMES };

enum heed_palette_id {
    HEED_PALETTE_TIDE,
    HEED_PALETTE_INK,
    HEED_PALETTE_VIRIDIS,
    HEED_PALETTE_CIVIDIS,
    HEED_N_PALETTES,
    HEED_PALETTE_DIFFERENCE = HEED_N_PALETTES /* signed; not for weights */
};

enum { HEED_N_HEAD_COLORS = 12 };

/* Logical px of a line that is drawn and left out; 0: solid. */
struct heed_dash {
    float on, off;
    bool by_width; /* they grow with a line wider than 2 logical px */
};

struct heed_theme {
    struct heed_color canvas, panel, raised, hover, sunken;
    struct heed_color border, strong_border;
    struct heed_color text, muted, faint;
    struct heed_color accent;
    struct heed_color selection; /* text selection, changed words */
    struct heed_color ink, on_ink;
    struct heed_color note_fill, note_border;
    struct heed_color shadow;
    struct heed_color heads[HEED_N_HEAD_COLORS];
    float ground; /* opacity of other links when a token is pinned: 0.5 or
                     0.75 of before */
    /* Paper: heads differ in lightness and dashes, signed cells have signs,
     * and what a link's opacity is doesn't depend on how many heads there are. */
    bool for_print;
};

const struct heed_theme *heed_theme_get(enum heed_theme_id id);
const struct heed_palette *heed_palette_get(enum heed_theme_id theme, enum heed_palette_id palette);
/* How the lines of the head with this colour's number are dashed. */
struct heed_dash heed_theme_dash(const struct heed_theme *theme, int slot);
/* "light". */
const char *heed_theme_name(enum heed_theme_id theme);
const char *heed_palette_name(enum heed_palette_id palette);
/* By name ("dark", "tide"); false if there is none. */
bool heed_theme_find(const char *name, enum heed_theme_id *id);
bool heed_palette_find(const char *name, enum heed_palette_id *id);
/* a over b by t: 0 gives a, 1 gives b. Opaque result of opaque colours. */
struct heed_color heed_color_mix(struct heed_color a, struct heed_color b, float t);
struct heed_color heed_color_alpha(struct heed_color color, float alpha);
/* Black or white, whichever contrasts more (WCAG relative luminance). */
struct heed_color heed_color_on(struct heed_color ground);
/* WCAG contrast ratio, 1..21. */
float heed_color_contrast(struct heed_color a, struct heed_color b);

#endif

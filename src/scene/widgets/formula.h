/*
 * Formulas as text: pieces set side by side, upright, italic, raised or
 * lowered (visual.md, "Grid, type"). Inside scene only; pure.
 *
 * In the markup *x* is italic, _x and _{xy} lowered, ^x and ^{xy} raised;
 * everything else stands as it is.
 */
#ifndef HEED_SCENE_WIDGETS_FORMULA_H
#define HEED_SCENE_WIDGETS_FORMULA_H

#include "scene/widgets/widgets.h"

/* Left to right from x, centred on its capitals at cy; cut off with "…" at
 * max_width (px, 0: never). Returns the width. */
float heed_formula_draw(const struct heed_skin *skin, float x, float cy,
                        struct heed_text_style style, struct heed_color color, const char *markup,
                        float max_width);
float heed_formula_width(const struct heed_skin *skin, struct heed_text_style style,
                         const char *markup);

#endif

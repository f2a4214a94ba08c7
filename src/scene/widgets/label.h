/* Labels: tokens, heads, measures, numbers, text that is cut or wrapped. */
#ifndef HEED_SCENE_WIDGETS_LABEL_H
#define HEED_SCENE_WIDGETS_LABEL_H

#include <stdbool.h>

#include "core/analysis/maps.h"
#include "scene/widgets/widgets.h"

/* A unit's label: a continuing piece begins with a faint "##", unknown text
 * has a dashed underline. Returns the width. */
float heed_token_draw(const struct heed_skin *skin, float x, float cy, struct heed_text_style style,
                      enum heed_anchor anchor, struct heed_color color,
                      const struct heed_unit *unit, float max_width);
float heed_token_width(const struct heed_skin *skin, struct heed_text_style style,
                       const struct heed_unit *unit);
/* text, or its beginning with "…", at most max_width wide. Borrowed from text
 * or from the list's arena. */
const char *heed_label_fit(const struct heed_skin *skin, struct heed_text_style style,
                           const char *text, float max_width, float *width);
/* The first of these texts, the longest first, that is at most max_width wide; else the last. */
const char *heed_label_choose(const struct heed_skin *skin, struct heed_text_style style,
                              const char *const *texts, int n, float max_width);
/* A head's chip: `size` logical px, dashed from the 13th colour on. */
void heed_chip_draw(const struct heed_skin *skin, float x, float cy, float size,
                    struct heed_color color, bool dashed);
/* The chip of the head that has the slot-th colour. */
void heed_chip_of(const struct heed_skin *skin, float x, float cy, float size, int slot);
/* Words wrapped at max_width from the first line's centre y on; returns the
 * number of lines. list NULL in the skin: only counts. */
int heed_text_wrapped(const struct heed_skin *skin, float x, float cy, float line_height,
                      struct heed_text_style style, struct heed_color color, const char *text,
                      float max_width, int max_lines);
/* How many lines that takes. */
int heed_text_lines(const struct heed_skin *skin, struct heed_text_style style, const char *text,
                    float max_width, int max_lines);
/* Is it whole in so many lines, no word cut? */
bool heed_text_holds(const struct heed_skin *skin, struct heed_text_style style, const char *text,
                     float max_width, int max_lines);

#endif

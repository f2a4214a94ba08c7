/* The column of controls that a panel is filled with from the top. */
#ifndef HEED_SCENE_INSPECTOR_COLUMN_H
#define HEED_SCENE_INSPECTOR_COLUMN_H

#include <stdbool.h>

#include "scene/frame/frame.h"
#include "scene/widgets/target.h"
#include "scene/widgets/widgets.h"

/* A panel that scrolls: what is added lies below what was added before. */
struct heed_column {
    struct heed_frame *frame;
    const struct heed_skin *skin;
    bool is_drawer; /* it can be closed */
    struct heed_rect panel;
    float s, x, width; /* of the content inside the padding, px */
    float y;           /* the next thing's top, px */
};

/* Ground, border, clip; to be closed. */
struct heed_column heed_column_open(struct heed_frame *frame, const struct heed_skin *skin,
                                    struct heed_rect panel, float scroll, enum heed_scroll area);
/* Returns the content's height, px. */
float heed_column_close(struct heed_column *column, float scroll);
/* False when [y, y + height) lies outside the panel: needn't be drawn. */
bool heed_column_sees(const struct heed_column *column, float height);
void heed_column_separator(struct heed_column *column);
/* A section title, with an explanation after it and a note at the right. */
void heed_column_title(struct heed_column *column, const char *title, const char *explanation,
                       const char *note);
/* "Entropy / log n" and its value or number, a row of 26. */
void heed_column_text(struct heed_column *column, const char *label, const char *value);
void heed_column_value(struct heed_column *column, const char *label, double value, int decimals);

/* Wrapped lines; in logical px. */
struct heed_prose {
    float size, line;   /* of the type; from line to line */
    float first, after; /* down to the first line's centre; below the last line */
    int most;           /* lines */
};
void heed_column_prose(struct heed_column *column, struct heed_prose look, const char *text);
/* How to get at what isn't shown. */
void heed_column_hint(struct heed_column *column, const char *text);

#endif

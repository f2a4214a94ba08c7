#include <ctype.h>
#include <stdio.h>

#include "scene/chrome/file_field.h"
#include "scene/inspector/column.h"
#include "scene/views/needs.h"
#include "scene/widgets/label.h"

/* In one line, or what it opens in the next ones. */
static void draw_lack(struct heed_column *column, const char *what, const char *opens)
{
    const struct heed_skin *skin = column->skin;
    const float s = column->s, cy = column->y + 12 * s, line = 19 * s;
    const struct heed_text_style style = heed_widget_style(skin, 13, 400);
    const float used = heed_widget_left(skin, column->x, cy, 14, 400, skin->theme->text, what, 0);
    if (used + 12 * s + heed_widget_width(skin, style, opens) <= column->width) {
        heed_widget_right(skin, column->x + column->width, cy, 13, 400, skin->theme->muted, opens,
                          0);
        column->y += 24 * s;
        return;
    }
    const int lines = heed_text_wrapped(skin, column->x, cy + 20 * s, line, style,
                                        skin->theme->muted, opens, column->width, 4);
    column->y += 28 * s + (float)lines * line;
}

void heed_file_lacks_draw(struct heed_column *column)
{
    const struct heed_result *result = column->frame->result;
    if (result == NULL || result->lacks == 0) {
        return;
    }
    heed_column_separator(column);
    heed_column_title(column, result->file != NULL ? "Not in this file" : "Not of this model", NULL,
                      NULL);
    for (unsigned i = 0; i < HEED_N_ABSENCES; i++) {
        char what[80], opens[160];
        if (!(result->lacks >> i & 1)) {
            continue;
        }
        snprintf(what, sizeof(what), "%s", heed_absence_words(1U << i));
        what[0] = (char)toupper((unsigned char)what[0]);
        heed_absence_opens(1U << i, opens, sizeof(opens));
        draw_lack(column, what, opens);
    }
    column->y += 8 * column->s;
}

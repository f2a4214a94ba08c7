#include "scene/views/lab/style.h"

void heed_lab_title(const struct heed_lab *lab, float x, float cy, float end, const char *title,
                    const char *explanation)
{
    const struct heed_theme *theme = lab->frame->theme;
    const float s = lab->s;
    x += heed_widget_left(&lab->skin, x, cy, 15, 600, theme->text, title, 0) + 10 * s;
    if (end - x > 40 * s) {
        heed_widget_left(&lab->skin, x, cy, 14, 400, theme->muted, explanation, end - x);
    }
}

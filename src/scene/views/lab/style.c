#include "scene/views/lab/style.h"

enum { EXPORT_BASE = 15, EXPORT_TYPE = 12 };

struct heed_text_style heed_lab_style(const struct heed_lab *lab, float size, int weight)
{
    return heed_widget_style(&lab->skin, lab->frame->is_export ? EXPORT_TYPE : size, weight);
}

void heed_lab_title(const struct heed_lab *lab, float x, float cy, float end, const char *title,
                    const char *explanation)
{
    const struct heed_theme *theme = lab->frame->theme;
    const float s = lab->s;
    x += heed_widget_text(&lab->skin, x, cy, heed_lab_style(lab, 15, 600), HEED_ANCHOR_START,
                          theme->text, title, 0) +
         10 * s;
    if (end - x > 40 * s) {
        heed_widget_text(&lab->skin, x, cy, heed_lab_style(lab, 14, 400), HEED_ANCHOR_START,
                         theme->muted, explanation, end - x);
    }
}

#include "scene/chrome/lesson_choices.h"

#include "scene/widgets/label.h"

bool heed_choices_hold(const struct heed_skin *skin, const struct heed_lesson_ask *ask,
                       struct heed_choice_type type, float width, float height)
{
    const struct heed_text_style style = heed_widget_style(skin, type.size, 600);
    bool all = true;
    for (int i = 0; i < ask->n; i++) {
        all =
            all && heed_text_holds(skin, style, ask->choices[i], width, (int)(height / type.line));
    }
    return all;
}

struct heed_choice_type heed_choices_fit(const struct heed_skin *skin,
                                         const struct heed_lesson_ask *ask, float largest,
                                         float least, float width, float height)
{
    struct heed_choice_type type = {.size = largest + 0.5F};
    do {
        type.size -= 0.5F;
        type.line = type.size * 1.2F * skin->scale;
    } while (type.size - 0.5F >= least && !heed_choices_hold(skin, ask, type, width, height));
    return type;
}

void heed_choice_draw(const struct heed_skin *skin, float x, float cy, struct heed_choice_type type,
                      int weight, struct heed_color color, const char *choice, float width)
{
    const struct heed_text_style style = heed_widget_style(skin, type.size, weight);
    const int lines = heed_text_lines(skin, style, choice, width, 9);
    heed_text_wrapped(skin, x, cy - (float)(lines - 1) * type.line / 2, type.line, style, color,
                      choice, width, 9);
}

/* The choices of a question in one type, as cards and beside the answer. Inside scene/chrome
 * only; pure. */
#ifndef HEED_SCENE_CHROME_LESSON_CHOICES_H
#define HEED_SCENE_CHROME_LESSON_CHOICES_H

#include <stdbool.h>

#include "lesson/lesson.h"
#include "scene/widgets/widgets.h"

/* One for all of them, in which none is cut. */
struct heed_choice_type {
    float size; /* logical px */
    float line; /* px */
};

/* Is each whole in this room, px? */
bool heed_choices_hold(const struct heed_skin *skin, const struct heed_lesson_ask *ask,
                       struct heed_choice_type type, float width, float height);
/* The largest in which they are; the least if they are in none. */
struct heed_choice_type heed_choices_fit(const struct heed_skin *skin,
                                         const struct heed_lesson_ask *ask, float largest,
                                         float least, float width, float height);
/* A choice from x on, its lines about cy. */
void heed_choice_draw(const struct heed_skin *skin, float x, float cy, struct heed_choice_type type,
                      int weight, struct heed_color color, const char *choice, float width);

#endif

/*
 * The teacher's page, in a window of its own: what is on the wall, what comes next, notes, the
 * truth of an open question, all steps, the time. Everything grows with the page. Draws from
 * what the ui hands it. Inside scene and ui.
 */
#ifndef HEED_SCENE_CHROME_TEACHER_H
#define HEED_SCENE_CHROME_TEACHER_H

#include <stdbool.h>

#include "scene/chrome/lesson.h"
#include "scene/widgets/widgets.h"

enum {
    HEED_TEACHER_WIDTH = 1440, /* logical px that fill the page's width, or its height */
    HEED_TEACHER_HEIGHT = 900,
    HEED_TEACHER_NOTES = 18 /* logical px of the notes' type, unless asked for otherwise */
};

struct heed_teacher_look {
    const struct heed_lesson_look *lesson; /* its lesson is NULL: none runs */
    const char *const *titles;             /* [n_steps] headlines, without numbers to come */
    const char *next_text;                 /* of the next step, likewise; NULL: none comes */
    const char *next_question;             /* likewise; NULL: it asks nothing */
    float aspect;                          /* of the wall, width by height */
    bool projected;
    const char *blank;      /* "black", what the wall is instead; NULL: it shows its picture */
    int elapsed;            /* s since the lesson began */
    int hour, minute;       /* of the day */
    float notes;            /* logical px of their type */
    struct heed_target hot; /* under the pointer */
};

/* Px a logical px of a page so large. */
float heed_teacher_scale(float width, float height);
/* *wall: where the wall's picture belongs. The skin's list is empty, and as large as the page. */
void heed_teacher_draw(const struct heed_skin *skin, const struct heed_teacher_look *look,
                       struct heed_rect *wall);

#endif

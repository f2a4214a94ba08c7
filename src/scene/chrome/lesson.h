/*
 * A lesson in the window: the band that says what a step says, the rings about what it
 * points at, the picture of an open question, the answer beside the votes, and the page
 * of cards. Draws from what the ui hands it. Inside scene and ui.
 */
#ifndef HEED_SCENE_CHROME_LESSON_H
#define HEED_SCENE_CHROME_LESSON_H

#include <stdbool.h>

#include "draw/display_list.h"
#include "lesson/lesson.h"

struct heed_chrome;
struct heed_frame;
struct heed_layout;
struct heed_skin;

struct heed_lesson_look {
    const struct heed_lesson *lesson; /* NULL: none runs */
    int step;
    bool asked;    /* its question is open: no weight is seen */
    bool answered; /* the answer stands beside the votes */
    bool settled;  /* the picture is of this step */
    bool hides_counts;
    int answer; /* of this run, from 1 */
    int votes[HEED_LESSON_CHOICES];
    double values[HEED_LESSON_CHOICES]; /* of the choices, or the first: of the truth */
    const char *headline, *text;        /* as they are said now */
    const char *lost;                   /* what no longer holds; NULL: all holds */
    float answer_scale;                 /* px a logical px of the answer */
    /* The page: */
    bool page;
    const struct heed_lesson *items;
    int n_items;
    const int *reached; /* [n_items] steps that were seen */
    const char *say;    /* what is wrong with a file of one's own; NULL: nothing */
};

static inline const struct heed_lesson_step *
heed_lesson_look_step(const struct heed_lesson_look *look)
{
    return look->lesson != NULL ? &look->lesson->steps[look->step] : NULL;
}

/* How high the band must be at this width (px), and the answer above it. */
float heed_lesson_band_height(const struct heed_skin *skin, float width,
                              const struct heed_lesson_look *look);
/* Projected: px a px of a screen 900 high; and how high the band must be. */
float heed_lesson_scale(const struct heed_layout *layout);
float heed_lesson_caption_height(const struct heed_skin *skin, float width,
                                 const struct heed_lesson_look *look);
float heed_lesson_answer_height(const struct heed_skin *skin, float width,
                                const struct heed_lesson_look *look);

void heed_lesson_band_draw(struct heed_chrome *chrome);
void heed_lesson_answer_draw(struct heed_chrome *chrome);
/* In place of the canvas, while a question is open. */
void heed_lesson_question_draw(struct heed_chrome *chrome);
/* In place of rail and inspector. */
void heed_lesson_veil_draw(struct heed_chrome *chrome);
void heed_lesson_rings_draw(struct heed_chrome *chrome);
void heed_lesson_page_draw(struct heed_chrome *chrome);

/* Where a step's point lies in the list; false: it isn't drawn. */
bool heed_lesson_point_find(const struct heed_frame *frame, const struct heed_lesson_point *point,
                            struct heed_rect clip, struct heed_rect *rect);

#endif

/*
 * A lesson in the ui: where it stands, what is said of it, votes. It isn't the state's:
 * undo leaves it alone. Inside the ui only. One thread.
 */
#ifndef HEED_UI_WINDOW_LESSON_H
#define HEED_UI_WINDOW_LESSON_H

#include <stdbool.h>

#include "scene/chrome/lesson.h"
#include "state/commands.h"

struct heed_skin;
struct heed_ui;

enum { HEED_UI_MOST_LESSONS = 64 };

struct heed_ui_lesson {
    const struct heed_lesson *items; /* borrowed */
    int n;
    int reached[HEED_UI_MOST_LESSONS]; /* steps that were seen */
    bool page;                         /* the cards are open */
    int at;                            /* the one that runs; -1: none */
    int step;
    bool asked, answered, hides_counts;
    int votes[HEED_LESSON_CHOICES];
    int last_vote;            /* index, for Backspace */
    bool moving;              /* a state is being set by a step */
    bool has_before;          /* before is to be restored */
    struct heed_state before; /* owned then */
    float height, caption_height, answer_height;
    /* What is said, and of what: made anew when one of these is another. */
    char headline[400], text[900], lost[600];
    double values[HEED_LESSON_CHOICES];
    int answer;
    bool settled;
    const void *of_result, *of_probe;
    int of_at, of_step;
    bool of_asked;
};

const struct heed_lesson *heed_ui_get_lesson(const struct heed_ui *ui);
const struct heed_lesson_step *heed_ui_get_step(const struct heed_ui *ui);
/* Makes what is said of the present result, if that is of the present state. */
void heed_ui_lesson_follow(struct heed_ui *ui);
/* Its words with a mark for each number that isn't known yet. */
void heed_ui_lesson_plain(const char *words, char *text, size_t size);
void heed_ui_lesson_get_look(const struct heed_ui *ui, struct heed_lesson_look *look);
/* Gives band and answer their room before a list is drawn. */
void heed_ui_lesson_measure(struct heed_ui *ui, const struct heed_skin *skin);
/* What may be done while a question is open: nothing that shows a weight. */
bool heed_ui_lesson_allows(const struct heed_ui *ui, enum heed_command command);
/* Another document was opened: the lesson ends where it is. */
void heed_ui_lesson_forget(struct heed_ui *ui);

#endif

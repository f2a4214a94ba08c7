/* What the commands of lessons do. Inside the ui only. One thread. */
#ifndef HEED_UI_ACTIONS_LESSON_H
#define HEED_UI_ACTIONS_LESSON_H

#include "lesson/lesson.h"
#include "state/event.h"

struct heed_ui;

/* Those that the page offers. Borrowed until the ui is destroyed, or set anew. */
void heed_ui_set_lessons(struct heed_ui *ui, const struct heed_lesson *lessons, int n);
/* How many of its steps were seen; for between two starts. */
int heed_ui_get_reached(const struct heed_ui *ui, int index);
void heed_ui_set_reached(struct heed_ui *ui, int index, int reached);
void heed_ui_toggle_lessons(struct heed_ui *ui, int32_t argument);
/* Goes on where it was left: argument is its index + 1. */
void heed_ui_start_lesson(struct heed_ui *ui, int32_t argument);
/* A question's answer comes before the next step. */
void heed_ui_lesson_next(struct heed_ui *ui, int32_t argument);
/* From an answer back to its question, for a second vote. */
void heed_ui_lesson_back(struct heed_ui *ui, int32_t argument);
/* argument is the step + 1. */
void heed_ui_lesson_go(struct heed_ui *ui, int32_t argument);
void heed_ui_lesson_first(struct heed_ui *ui, int32_t argument);
void heed_ui_lesson_last(struct heed_ui *ui, int32_t argument);
void heed_ui_lesson_vote(struct heed_ui *ui, int32_t argument);
void heed_ui_lesson_counts(struct heed_ui *ui, int32_t argument);
void heed_ui_lesson_sentence(struct heed_ui *ui, int32_t argument);
void heed_ui_leave_lesson(struct heed_ui *ui, int32_t argument);
/* Keys that mean something while a lesson runs, a presenter's remote's among them; true:
 * it was one. */
bool heed_ui_lesson_key(struct heed_ui *ui, const struct heed_event *event);

#endif

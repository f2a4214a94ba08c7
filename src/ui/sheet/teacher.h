/*
 * The teacher's page as the ui knows it. Inside ui and app; one thread.
 */
#ifndef HEED_UI_SHEET_TEACHER_H
#define HEED_UI_SHEET_TEACHER_H

#include "draw/display_list.h"
#include "draw/metrics.h"

struct heed_lesson;
struct heed_ui;

/* What the ui doesn't know. */
struct heed_teacher_page {
    float width, height;    /* px */
    int elapsed;            /* s since the lesson began */
    int hour, minute;       /* of the day */
    float notes;            /* logical px of the notes' type */
    struct heed_target hot; /* under the pointer */
};

/* The page, of what was built last. *wall: where the wall's picture belongs, which is the
 * window's list; *blank: its last item hides it. */
void heed_ui_build_teacher(struct heed_ui *ui, const struct heed_metrics *metrics,
                           const struct heed_teacher_page *page, struct heed_list *list,
                           struct heed_rect *wall, bool *blank);
/* NULL: none runs. Its address tells one from another. */
const struct heed_lesson *heed_ui_get_running(const struct heed_ui *ui);

#endif

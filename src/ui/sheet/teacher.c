#include "ui/sheet/teacher.h"

#include <math.h>

#include "scene/chrome/teacher.h"
#include "ui/window/lesson.h"
#include "ui/window/window.h"

enum { TITLE = 4 * HEED_LESSON_HEADLINE };

const struct heed_lesson *heed_ui_get_running(const struct heed_ui *ui)
{
    return heed_ui_get_lesson(ui);
}

static const char *blank_name(const struct heed_ui *ui)
{
    return ui->blank == HEED_BLANK_BLACK ? "black" : ui->blank == HEED_BLANK_WHITE ? "white" : NULL;
}

void heed_ui_build_teacher(struct heed_ui *ui, const struct heed_metrics *metrics,
                           const struct heed_teacher_page *page, struct heed_list *list,
                           struct heed_rect *wall, bool *blank)
{
    char texts[HEED_LESSON_MOST_STEPS][TITLE], next[4 * HEED_LESSON_TEXT];
    char question[4 * HEED_LESSON_TEXT];
    const char *titles[HEED_LESSON_MOST_STEPS];
    struct heed_lesson_look lesson;
    heed_ui_lesson_get_look(ui, &lesson);
    struct heed_teacher_look look = {.lesson = &lesson,
                                     .titles = titles,
                                     .aspect = ui->width / ui->height,
                                     .projected = ui->now.state.projector,
                                     .blank = blank_name(ui),
                                     .elapsed = page->elapsed,
                                     .hour = page->hour,
                                     .minute = page->minute,
                                     .notes = page->notes,
                                     .hot = page->hot};
    for (int i = 0; lesson.lesson != NULL && i < lesson.lesson->n_steps; i++) {
        heed_ui_lesson_plain(lesson.lesson->steps[i].headline, texts[i], TITLE);
        titles[i] = texts[i];
    }
    if (lesson.lesson != NULL && lesson.step + 1 < lesson.lesson->n_steps) {
        const struct heed_lesson_step *step = &lesson.lesson->steps[lesson.step + 1];
        heed_ui_lesson_plain(step->text, next, sizeof(next));
        look.next_text = next;
        if (step->ask.n > 0) {
            heed_ui_lesson_plain(step->ask.question, question, sizeof(question));
            look.next_question = question;
        }
    }
    heed_list_clear(list);
    list->width = page->width;
    list->height = page->height;
    const float scale = heed_teacher_scale(page->width, page->height);
    const struct heed_skin skin = {.list = list,
                                   .theme = heed_theme_get(ui->now.state.theme),
                                   .metrics = metrics,
                                   .scale = scale,
                                   .hairline = fmaxf(roundf(scale), 1),
                                   .hot = page->hot};
    heed_teacher_draw(&skin, &look, wall);
    *blank = ui->blank != HEED_BLANK_NONE;
}

#include "lesson/lesson.h"

void heed_lesson_finish(struct heed_lesson *lesson)
{
    for (int i = 0; i < lesson->n_steps; i++) {
        heed_state_finish(&lesson->steps[i].state);
    }
    heed_arena_finish(&lesson->arena);
    *lesson = (struct heed_lesson){0};
}

/* Whether a lesson holds: its words, and its claims on a run. Pure; any thread. */
#ifndef HEED_LESSON_CHECK_H
#define HEED_LESSON_CHECK_H

#include "lesson/expression.h"
#include "lesson/lesson.h"

/* Takes what is wrong, one line a call: "'it.json', line 12: ...". */
struct heed_lesson_critic {
    void (*tell)(void *context, const char *problem);
    void *context;
    int n; /* how often it was told */
};

/* Without a run: numbers typed where one could be computed. */
void heed_lesson_check_words(const struct heed_lesson *lesson, struct heed_lesson_critic *critic);
/* Of a step's own run: claims, answer, words that don't compute or come out too long, and
 * words that it points at and the text lacks. */
void heed_lesson_check_step(const struct heed_lesson *lesson, int step,
                            const struct heed_lesson_world *world,
                            struct heed_lesson_critic *critic);

/* What a question's run answers: the choice, from 1; 0 with an error. */
int heed_lesson_answer(const struct heed_lesson_ask *ask, const struct heed_lesson_world *world,
                       double values[HEED_LESSON_CHOICES], struct heed_error *err);
/* Whether the claim holds; what it came to in *value. Errors as of an expression. */
HEED_NODISCARD bool heed_lesson_claim_holds(const struct heed_lesson_claim *claim,
                                            const struct heed_lesson_world *world, bool *holds,
                                            struct heed_lesson_value *value,
                                            struct heed_error *err);

#endif

/* A step's state with its words made tokens, and what can be said of it. Pure; any thread. */
#ifndef HEED_LESSON_ENTER_H
#define HEED_LESSON_ENTER_H

#include "base/error.h"
#include "core/text/tokenizer.h"
#include "lesson/expression.h"
#include "lesson/lesson.h"

/* What a person has chosen for the eyes stays as it is in `own` (NULL: as in the step);
 * with own_text its texts, too, and words that these lack are left out. *state must not
 * own texts yet. Errors: a word that isn't in the step's text; memory. */
HEED_NODISCARD bool heed_lesson_enter(struct heed_state *state, const struct heed_lesson_step *step,
                                      const struct heed_tokenizer *tokenizer,
                                      const struct heed_model *model, const struct heed_state *own,
                                      bool own_text, struct heed_error *err);
/* The look of `own`: theme, palette, size, projector, motion. */
void heed_lesson_keep_look(struct heed_state *state, const struct heed_state *own);
/* The same texts as the step's: what it says holds. */
bool heed_lesson_has_texts(const struct heed_lesson_step *step, const struct heed_state *state);

#endif

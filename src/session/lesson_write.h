/* Writing lessons from states: for who begins one of their own. Any thread. */
#ifndef HEED_SESSION_LESSON_WRITE_H
#define HEED_SESSION_LESSON_WRITE_H

#include "base/error.h"
#include "core/text/tokenizer.h"
#include "state/state.h"

/* Adds the state as the last step of the lesson at path (DIR/ID.json) and its words to
 * DIR/en/ID.json, which are made if they aren't there. Pins and cuts are written as words.
 * Errors: a file that isn't a lesson's; the files. */
HEED_NODISCARD bool heed_lesson_add_step(const char *path, const struct heed_state *state,
                                         const struct heed_tokenizer *tokenizer, const char *model,
                                         struct heed_error *err);

#endif

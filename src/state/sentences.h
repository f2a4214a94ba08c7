/*
 * A session's sentences: the texts that a person goes through, in an order of their own, one
 * of which is shown. Each may have a name. Kept as lines of one string, "text" or
 * "name TAB text". Any thread.
 */
#ifndef HEED_STATE_SENTENCES_H
#define HEED_STATE_SENTENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "state/state.h"

enum { HEED_MAX_SENTENCES = 1000, HEED_MAX_SENTENCE_NAME = 80 /* bytes */ };

int heed_sentences_count(const struct heed_state *state);
/* Not ended by a NUL; index is in range. */
const char *heed_sentences_get(const struct heed_state *state, int index, size_t *length);
/* Likewise; of length 0 if it has none. */
const char *heed_sentences_get_name(const struct heed_state *state, int index, size_t *length);
/* Takes lines as they are in a file: a CR before the end is dropped, and so are blank ones.
 * The first is shown. NULL: none. Errors: too many, memory; nothing is changed then. */
HEED_NODISCARD bool heed_sentences_set(struct heed_state *state, const char *lines, size_t length,
                                       struct heed_error *err);
/* These change the shown one's line, or what is shown; false without memory, too many or
 * too long a name. */
HEED_NODISCARD bool heed_sentences_add(struct heed_state *state, struct heed_error *err);
HEED_NODISCARD bool heed_sentences_replace(struct heed_state *state, struct heed_error *err);
HEED_NODISCARD bool heed_sentences_remove(struct heed_state *state, struct heed_error *err);
HEED_NODISCARD bool heed_sentences_move(struct heed_state *state, int by, struct heed_error *err);
HEED_NODISCARD bool heed_sentences_name(struct heed_state *state, const char *name,
                                        struct heed_error *err);
HEED_NODISCARD bool heed_sentences_show(struct heed_state *state, int index,
                                        struct heed_error *err);

#endif

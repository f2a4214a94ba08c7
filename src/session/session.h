/*
 * State as versioned JSON (.heed). Pure but for the file
 * functions. A newer version or a broken file is refused with a message that
 * names the file and the key; an unknown key is passed over, a missing one
 * takes its value of the first start. Any thread, each state on one.
 */
#ifndef HEED_SESSION_SESSION_H
#define HEED_SESSION_SESSION_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "state/state.h"

enum { HEED_SESSION_VERSION = 1, HEED_SESSION_MAX_BYTES = 16 << 20 };

/* model: the model's name, written for people and checked by nobody. */
HEED_NODISCARD bool heed_session_write(const struct heed_state *state, const char *model,
                                       struct heed_buffer *out, struct heed_error *err);
/* *state must not own texts yet (zeroed). name: for messages. */
HEED_NODISCARD bool heed_session_parse(struct heed_state *state, const char *json, size_t length,
                                       const char *name, struct heed_error *err);

HEED_NODISCARD bool heed_session_save(const struct heed_state *state, const char *model,
                                      const char *path, struct heed_error *err);
HEED_NODISCARD bool heed_session_load(struct heed_state *state, const char *path,
                                      struct heed_error *err);

#endif

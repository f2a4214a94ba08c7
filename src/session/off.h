/*
 * What is off in a state (state/interventions.h) as a session's keys "mask",
 * "positions", "attention", "muted", "scaled" and "cuts", and heads by their
 * names. Inside session/ only.
 */
#ifndef HEED_SESSION_OFF_H
#define HEED_SESSION_OFF_H

#include "session/document.h"
#include "state/state.h"

/* "L3H1"; false if it is none. text may be NULL. */
bool heed_session_read_head(const char *text, struct heed_head_id *id);

void heed_session_put_off(struct heed_buffer *out, const struct heed_state *state);
void heed_session_read_off(struct heed_document *json, struct heed_state *state);

#endif

/*
 * The last state: what a window showed when it ended, or a moment ago. Each window
 * that is open has a file of its own, so that none overwrites another's text.
 * Main thread.
 */
#ifndef HEED_SESSION_LAST_H
#define HEED_SESSION_LAST_H

#include <limits.h>
#include <stdbool.h>

#include "base/error.h"
#include "state/state.h"

struct heed_last {
    char path[PATH_MAX];
    int number; /* 1: the first window's */
    int lock;   /* a descriptor; -1: none */
};

/* $XDG_STATE_HOME/heed/last.heed (~/.local/state without it), or the first of
 * last-2.heed, last-3.heed, ... that no other window has; makes the folder. A
 * window that is killed gives its file up. */
bool heed_last_claim(struct heed_last *last, struct heed_error *err);
/* The path of a window's file, unclaimed. */
bool heed_last_find(struct heed_last *last, int number, struct heed_error *err);
void heed_last_release(struct heed_last *last);
/* Without the folder. */
const char *heed_last_name(const struct heed_last *last);
/* Restores it: false with err->code HEED_OK if there is none. One that can't be
 * read is renamed (NAME.bad), and err says so. err isn't NULL. */
bool heed_last_load(const struct heed_last *last, struct heed_state *state, struct heed_error *err);

#endif

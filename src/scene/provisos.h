/*
 * What a picture leaves out or changes, in words, clause by clause, and the
 * command that takes each back: the one place where it is said. Inside scene
 * only; pure.
 */
#ifndef HEED_SCENE_PROVISOS_H
#define HEED_SCENE_PROVISOS_H

#include "base/compiler.h"
#include "scene/commands.h"
#include "scene/view.h"

enum { HEED_PROVISO_TEXT = 256, HEED_MAX_PROVISOS = 16 };

struct heed_proviso {
    char text[HEED_PROVISO_TEXT];
    enum heed_command undo; /* NONE: follows from another, or can't be helped */
    int32_t argument;
};

/* A list of them that grows by clauses; what is beyond the most is dropped. */
struct heed_clauses {
    struct heed_proviso *items; /* [HEED_MAX_PROVISOS] */
    int n;
};

void heed_clauses_say(struct heed_clauses *clauses, enum heed_command undo, int32_t argument,
                      const char *format, ...) HEED_PRINTF(4, 5);

/* short_form chooses fewer words. Returns how many. */
int heed_provisos_collect(const struct heed_frame *frame, bool short_form,
                          struct heed_proviso provisos[HEED_MAX_PROVISOS]);

#endif

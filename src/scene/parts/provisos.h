/*
 * What a picture leaves out or changes, in words, clause by clause, and the
 * command that takes each back: the one place where it is said. Inside scene
 * only; pure.
 */
#ifndef HEED_SCENE_PARTS_PROVISOS_H
#define HEED_SCENE_PARTS_PROVISOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scene/frame/kind.h"
#include "state/commands.h"

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
    const struct heed_frame *frame;
    const struct heed_maps *maps;
    bool short_form; /* fewer words */
};

void heed_clauses_say(struct heed_clauses *clauses, enum heed_command undo, int32_t argument,
                      const char *format, ...) HEED_PRINTF(4, 5);
/* What views say by themselves is made of these: tokens hidden; what was done
 * to the maps; links cut off by each filter, left out for their number. */
void heed_say_hidden(struct heed_clauses *clauses);
void heed_say_transforms(struct heed_clauses *clauses);
void heed_say_segments(struct heed_clauses *clauses);
void heed_say_cuts(struct heed_clauses *clauses);
void heed_say_links(struct heed_clauses *clauses);
/* If there is nothing to say. */
void heed_say_nothing_hidden(struct heed_clauses *clauses);
void heed_say_palette(struct heed_clauses *clauses);
/* All that a view of maps says, and one of links. */
void heed_say_maps(struct heed_clauses *clauses);
void heed_say_drawn_links(struct heed_clauses *clauses);
/* short_form chooses fewer words. Returns how many. */
int heed_provisos_collect(const struct heed_frame *frame, bool short_form,
                          struct heed_proviso provisos[HEED_MAX_PROVISOS]);
/* What a picture leaves out, for status bar and exports: at most `size` bytes
 * of clauses joined by " · ". short_form chooses fewer words. */
void heed_provisos(const struct heed_frame *frame, bool short_form, char *text, size_t size);
/* The proviso lines at the foot of an export, wrapped: px of their height, 0 in a
 * window; drawn from the first line's centre on. The view has counted its links. */
float heed_foot_height(struct heed_frame *frame, const struct heed_skin *skin, float width);
void heed_foot_draw(struct heed_frame *frame, const struct heed_skin *skin, float x, float cy,
                    float width);
/* The caption line of an export: model, heads in both numberings, filters. */
void heed_view_caption(const struct heed_state *state, const struct heed_view_kind *kind,
                       const char *model, char *text, size_t size);

#endif

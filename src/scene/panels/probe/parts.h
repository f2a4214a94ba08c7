/*
 * Inside the probe's panel: panel.c has the numbers of the heads,
 * sentences.c the list of sentences, relations.c the table of a treebank's
 * relations, words.c one relation's words, listed.c what both of them list.
 */
#ifndef HEED_SCENE_PANELS_PROBE_PARTS_H
#define HEED_SCENE_PANELS_PROBE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/engine/probe_task.h"
#include "scene/frame/frame.h"
#include "scene/panels/probe/listed.h"
#include "scene/widgets/widgets.h"

struct heed_probe_panel {
    const struct heed_frame *frame;
    const struct heed_skin *skin;
    const struct heed_probe_run *run;       /* NULL: none yet */
    struct heed_head_id chosen;             /* of pronouns: whose answers are listed */
    const struct heed_probe_listed *listed; /* NULL: nothing */
    struct heed_rect body;                  /* what scrolls, clipped */
    float s, x, width;                      /* of the content, px */
};

/* A section's title; returns the y below it. */
float heed_probe_title(const struct heed_probe_panel *panel, float x, float y, float width,
                       const char *title, const char *explanation);
/* A label and its number at the right; returns the y below it. */
float heed_probe_value(const struct heed_probe_panel *panel, float x, float y, float width,
                       const char *label, const char *number);
/* Right is a full disc, wrong an empty one, a tie half a one. */
void heed_probe_disc(const struct heed_probe_panel *panel, float cx, float cy, double score);
/* All, right, not right: the choice of the list, up to x end; returns its width. */
float heed_probe_draw_keeps(const struct heed_probe_panel *panel, float end, float y, int right,
                            int others);
/* Of n rows of one height from y on, those that heed_probe_sees: [first, end). */
struct heed_probe_rows_seen {
    int first, end;
};
struct heed_probe_rows_seen heed_probe_see_rows(const struct heed_probe_panel *panel, float y,
                                                float height, int n);
/* False: it lies far outside. What is just outside is reached by arrows. */
bool heed_probe_sees(const struct heed_probe_panel *panel, float y, float height);
/* Ground, ring and hotspot of a row that can be chosen; leaves the list's target set. */
void heed_probe_row(const struct heed_probe_panel *panel, struct heed_rect spot,
                    struct heed_target target, bool chosen);

#endif

/*
 * Inside the Lab view: the encoder as it is asked for beside the encoder as
 * it was trained. lab.c places the parts, lab_controls.c draws what can be
 * changed, lab_effect.c both matrices and the numbers, lab_cost.c the costs
 * against the length, lab_values.c finds the numbers, lab_inspector.c shows
 * the pinned query's, lab_variants.c each change by itself. Pure; the thread
 * that builds the list.
 */
#ifndef HEED_SCENE_LAB_PARTS_H
#define HEED_SCENE_LAB_PARTS_H

#include "core/engine/result.h"
#include "scene/chrome_parts.h"
#include "scene/off_values.h"

struct heed_lab {
    struct heed_frame *frame;
    struct heed_skin skin;
    float s; /* px a logical px; an export's type is 12 */
    const struct heed_result *result;
    const struct heed_maps *maps;
    const struct heed_run *lab, *trained;    /* the same if nothing is changed */
    struct heed_head_id head;                /* whose matrices are shown; layer -1: none */
    float pad;                               /* at the sides, px */
    bool low;                                /* the controls take less room */
    struct heed_rect controls, effect, cost; /* scrolled */
    bool columns;                            /* the cost stands beside the effect, not below */
    bool beside;                             /* the numbers stand beside the matrices, not below */
};

/* On a CELL's target, c: the matrix as trained. The lab's has 0. */
enum { HEED_LAB_TRAINED = 100 };

void heed_lab_draw(struct heed_frame *frame, struct heed_rect rect);
/* px that an export of this width needs. */
float heed_lab_height(struct heed_frame *frame, float width);
/* True: the pinned query's strongest keys, trained and in the lab. False, with
 * nothing drawn: no query is pinned. */
bool heed_lab_inspect(struct heed_column *column);
/* Each change of the encoder by itself, or the button that tries them. */
void heed_lab_inspect_variants(struct heed_column *column);

/* Fills all but the places; false without anything to show. */
bool heed_lab_begin(struct heed_lab *lab, struct heed_frame *frame);
struct heed_text_style heed_lab_style(const struct heed_lab *lab, float size, int weight);
/* A title and what follows it, as far as end, centred at cy. */
void heed_lab_title(const struct heed_lab *lab, float x, float cy, float end, const char *title,
                    const char *explanation);

/* What can be changed, from lab->controls on; returns its height, px. With draw
 * false only that. */
float heed_lab_controls(const struct heed_lab *lab, bool draw);
/* What an export says in their place. */
float heed_lab_words(const struct heed_lab *lab, bool draw);

/* px that the effect needs in a part of this width, as it is shown there. */
float heed_lab_effect_height(const struct heed_lab *lab, float width);
/* With matrices as small as they may be. */
float heed_lab_effect_least(const struct heed_lab *lab);
void heed_lab_draw_effect(const struct heed_lab *lab);
float heed_lab_cost_height(const struct heed_lab *lab, float width);
void heed_lab_draw_cost(const struct heed_lab *lab);

/* The shown head's weights over the visible units, [n, n]: columns of merged
 * pieces summed, their rows averaged, whatever is measured, averaged or
 * renormalised. NaN where the mask forbids all of a cell, in lab's own. In the
 * run, or in the list's arena; NULL without memory. */
const float *heed_lab_map(const struct heed_lab *lab, bool is_trained);
/* The mask lets no token of the query see one of the key. */
bool heed_lab_forbids(const struct heed_result *result, struct heed_token_range query,
                      struct heed_token_range key);

#endif

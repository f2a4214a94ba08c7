/*
 * What every option, measure, statistic and label is, in two plain lines: the one table
 * that tips, focus and the help's page of words are made of. Pure.
 */
#ifndef HEED_SCENE_WIDGETS_TERMS_H
#define HEED_SCENE_WIDGETS_TERMS_H

#include "scene/widgets/widgets.h"
#include "state/commands.h"

enum { HEED_TERM_CONTROLS = 4 };

struct heed_term {
    const char *group, *name;
    /* More words that stand on screen for it, parted by ";"; what ends in * only begins so,
     * what begins with * is somewhere in it. NULL: none. */
    const char *labels;
    /* What sets it; a command of NONE ends them. */
    struct {
        int command; /* enum heed_command, or HEED_TERM_SLIDER */
        int argument;
    } controls[HEED_TERM_CONTROLS];
    const char *what; /* it is, and its range */
    const char *high; /* what a high value means, or what else to know */
};

/* As a control's command: argument is an enum heed_slider. */
enum { HEED_TERM_SLIDER = -1 };

const struct heed_term *heed_terms_get(int *n);
/* Of a control; the argument counts where the table says which. NULL: it has none. */
const struct heed_term *heed_term_of(int command, int argument);
/* Of words on screen; NULL: they are none. */
const struct heed_term *heed_term_find(const char *label);

/* Pointing at it tells that control's term and does nothing: of a segment that is chosen
 * already. */
struct heed_target heed_term_target(int command, int argument);
/* A label at `rect`, px: pointing at it tells what it is. Nothing if it is no term. */
void heed_term_spot(const struct heed_skin *skin, struct heed_rect rect, const char *label);
/* heed_widget_left and heed_widget_right with that. */
float heed_term_left(const struct heed_skin *skin, float x, float cy, float size, int weight,
                     struct heed_color color, const char *text, float max_width);
float heed_term_right(const struct heed_skin *skin, float x, float cy, float size, int weight,
                      struct heed_color color, const char *text, float max_width);

#endif

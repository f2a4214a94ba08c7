/* What a target of the display list means beyond its kind. */
#ifndef HEED_SCENE_WIDGETS_TARGET_H
#define HEED_SCENE_WIDGETS_TARGET_H

#include <stdint.h>

#include "draw/display_list.h"
#include "state/commands.h"

enum heed_scroll { HEED_SCROLL_CANVAS, HEED_SCROLL_RAIL, HEED_SCROLL_INSPECTOR };

/* The a of a SLIDER's target. */
enum heed_slider {
    HEED_SLIDER_THRESHOLD, /* 0 .. 0.2, quadratic so that small values have
                              room: threshold = 0.2 t^2 */
    HEED_SLIDER_TOP_P,     /* 0.05 .. 1, linear */
    HEED_SLIDER_TOP_K,     /* 1 .. 20 of each row; at the right end 0: all */
    HEED_SLIDER_HEAT       /* 0 .. 100, of a file's picture: no filter */
};

static inline struct heed_target heed_command_target(enum heed_command command, int argument)
{
    return (struct heed_target){.kind = HEED_TARGET_COMMAND, .a = (int32_t)command, .b = argument};
}

/* A command's target that takes back what is said there, unlike the control that does the same. */
enum { HEED_TARGET_FLAG_UNDO = 2 };

/* Likewise, of which the file that is open lacks what it needs: at half strength, and
 * it says what. */
enum { HEED_TARGET_FLAG_LACKS = 16 };

/* Of a command or slider that does nothing in the view that is open: at 40 %, and it says
 * why. */
enum { HEED_TARGET_FLAG_IDLE = 32 };

/* In targets of kind HEAD, LAYER_LABEL and HEAD_LABEL: not the head map's. */
enum { HEED_TARGET_FLAG_THUMBNAIL = 2 };

/* On a head: a row of the probe's table. */
enum { HEED_TARGET_FLAG_PROBED = 8 };

/* On a head: a row of Compare's ranking. */
enum { HEED_TARGET_FLAG_COMPARED = 64 };

/* On a CELL's target, c: the matrix as trained. The lab's has 0. */
enum { HEED_LAB_TRAINED = 100 };

/* In Compare: a QUERY's or KEY's tokens, a LINK's units, are B's. */
enum { HEED_TARGET_FLAG_B = 4 };

#endif

/*
 * Where the parts of the window lie: a pure function of its size. What gives
 * way when it is small is decided here and nowhere else.
 */
#ifndef HEED_SCENE_CHROME_LAYOUT_H
#define HEED_SCENE_CHROME_LAYOUT_H

#include <stdbool.h>

#include "draw/display_list.h"

struct heed_layout_input {
    float width, height;  /* px */
    float scale;          /* px a logical px */
    bool has_pair;        /* a second text row */
    bool lettered;        /* the two texts are called A and B */
    int rows, pair_rows;  /* that the texts would take in their fields; 0: one */
    bool inspector_open;  /* asked for, where it is a drawer */
    bool rail_open;       /* asked for, where it folds */
    float note_height;    /* px, below the tabs; 0: no note */
    bool strip;           /* something is off: it is listed above the status,
                             where nothing moves under the pointer by it */
    bool projector;       /* only the picture */
    bool field_open;      /* there: a text is being typed */
    float caption_height; /* px there, if the caption needs more than its least */
    float lesson_height;  /* px of a lesson's band at the desk, 0: none */
    float answer_height;  /* px of a question's answer above the band, 0: none */
    bool page;            /* in place of tabs, rail, canvas and inspector */
};

struct heed_layout {
    float scale;
    struct heed_rect text_row, field, pair_field; /* w == 0: not shown */
    struct heed_rect note, strip;                 /* h == 0: none */
    struct heed_rect tab_row, rail, canvas, inspector, status;
    bool lettered;                   /* the fields begin with A and B */
    bool inspector_is_drawer;        /* lies over the canvas */
    bool rail_folds;                 /* narrower than 800: opened by its button */
    bool compact;                    /* below 1200: buttons lose words, the view
                                        options are one menu */
    bool names_pages;                /* from 1400 on: Lessons and Examples have words */
    bool filters_fold;               /* below 820 high: one line */
    struct heed_rect caption;        /* of projector mode */
    struct heed_rect lesson, answer; /* of a lesson: its band at the desk; h == 0: none */
    struct heed_rect page;           /* of the lessons' cards; w == 0: it is closed */
    struct heed_rect over;           /* there, the ground of the fields over the picture */
    float projection;                /* times scale: the picture's; 1 but there */
    float map_cell, map_pitch;       /* of the head map */
};

struct heed_layout heed_layout_compute(const struct heed_layout_input *input);

#endif

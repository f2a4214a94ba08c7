/*
 * A lesson: steps of a state, what it points at, what it claims and what it asks.
 * Plain data; the words of one language are in it. Where lessons come from is
 * session/'s (docs/lessons.md has the files). Words of a text are kept as words, as
 * a vocabulary finds them (core/text/names.h): heed_lesson_enter makes tokens of them.
 */
#ifndef HEED_LESSON_LESSON_H
#define HEED_LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "state/state.h"

enum {
    HEED_LESSON_MOST_STEPS = 40,
    HEED_LESSON_CHOICES = 4,      /* keys 1 to 4 */
    HEED_LESSON_CHOICE = 24,      /* characters of each ... */
    HEED_LESSON_CHOICE_WORD = 16, /* ... and of its longest word */
    HEED_LESSON_HEADLINE = 60,
    HEED_LESSON_TEXT = 160 /* characters, after numbers are filled in */
};

enum heed_point_kind {
    HEED_POINT_TOKEN,
    HEED_POINT_LINK, /* its two words, and its cell where there is one */
    HEED_POINT_HEAD, /* in the map of heads */
    HEED_POINT_CONTROL,
    HEED_N_POINT_KINDS
};

/* What a step points at. */
struct heed_lesson_point {
    enum heed_point_kind kind;
    const char *query, *key; /* words; a token is a query */
    bool in_b;               /* of Compare's second text */
    struct heed_head_id head;
    int command; /* of a control: enum heed_command */
    int line;
};

/* What must hold of the run. */
struct heed_lesson_claim {
    const char *of; /* an expression (lesson/expression.h) */
    const char *name;
    double is, within;   /* with has_is */
    double below, above; /* with has_below, has_above */
    bool has_is, has_below, has_above;
    int line;
};

/* choices are words; the answer is the largest of `of`, or where of[0] lies among bounds. */
struct heed_lesson_ask {
    int n; /* choices; 0: nothing is asked */
    const char *question;
    const char *choices[HEED_LESSON_CHOICES];
    bool by_bounds;
    const char *of[HEED_LESSON_CHOICES];
    int n_of;
    double bounds[HEED_LESSON_CHOICES - 1];
    int answer; /* from 1 */
    int line;
};

/* A link that is cut, in words. */
struct heed_lesson_cut {
    const char *query, *key;
    struct heed_head_id head; /* -1, -1: in every head */
};

struct heed_lesson_step {
    const char *id;
    struct heed_state state; /* without what is only words here */
    const char *query, *key; /* NULL: none */
    const struct heed_lesson_cut *cuts;
    int n_cuts;
    bool mute_all;
    const struct heed_lesson_point *points;
    int n_points;
    const struct heed_lesson_claim *claims;
    int n_claims;
    struct heed_lesson_ask ask;
    const char *headline, *text; /* with expressions in braces */
    const char *note;            /* for who teaches; NULL: none */
    const char *const *facts;    /* numbers that may stand in the words as they are */
    int n_facts;
    int line, words_line; /* in the two files */
};

struct heed_lesson {
    const char *id, *model, *language;
    const char *title, *aim, *limits, *licence;
    int minutes;
    struct heed_lesson_step *steps;
    int n_steps;
    const char *path, *words_path; /* for messages */
    struct heed_arena arena;       /* of all of it but the states' texts */
};

/* All zero is harmless. */
void heed_lesson_finish(struct heed_lesson *lesson);

#endif
